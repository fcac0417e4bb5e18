"""Published answers to the questions of the pages: one method per question.

Numbers about contracts are exact administrative data; numbers about persons come from
:mod:`dashboard.warehouse.secret` only. Every row has a ``statut``: ``valeur``, ``s``
(masked) or ``nd`` (not available); a true zero is a ``valeur`` of 0.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.domain.conditions import Condition, colonne_territoire, condition
from dashboard.warehouse import execution, secret
from dashboard.warehouse.fichiers_sql import texte

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne

LECTURE = "lecture"

#: Reads persons beside contracts: DuckDB answers outside the interpreter's lock. Threads start at the first question.
_EQUIPE = ThreadPoolExecutor(max_workers=4, thread_name_prefix="lecture")

Annees = dict[int, float | None]


class Lecteur:
    """Runs the questions of one selection on one snapshot, with one cursor."""

    def __init__(self, instantane: Instantane, selection: Selection) -> None:
        self.instantane, self.selection = instantane, selection
        self.ref = instantane.referentiel
        self.indicateur = self.ref.indicateur(selection)
        self.residence = selection.geographie == "residence"
        self._curseur = instantane.curseur()
        self._en_cours: dict[str, Future[list[Ligne]]] = {}

    def devancer(self) -> None:
        """Start the two long questions on persons, each on a cursor of its own, beside those on contracts."""
        if self.ref.a_suivi:
            for nom, sauf in (("par_annee", ("annee",)), ("par_profil", ())):
                cond, curseur = self._condition(*sauf), self.instantane.curseur()
                self._en_cours[nom] = _EQUIPE.submit(secret.personnes, curseur, nom, cond)

    def _condition(self, *sauf: str, periode: tuple[int, int] | None = None) -> Condition:
        return condition(self.selection, self.ref, sauf=sauf, periode=periode)

    def _lire(self, nom: str, cond: Condition, **colonnes: str) -> list[Ligne]:
        sql = texte(LECTURE, nom).format(condition=cond.sql, **colonnes)
        return execution.lignes(self._curseur, sql, cond.valeurs)

    def _personnes(self, nom: str, cond: Condition, **colonnes: str) -> list[Ligne]:
        if nom in self._en_cours:
            return self._en_cours[nom].result()
        return secret.personnes(self._curseur, nom, cond, colonnes)

    @property
    def disponible(self) -> bool:
        """Whether the chosen indicator exists for the chosen way of counting."""
        return self.ref.a_suivi if self.indicateur == "heures" else not self.residence

    # -- key figures ---------------------------------------------------------------

    def heures_par_annee(self) -> tuple[Annees, Annees]:
        """Hours engaged and realised by year; by residence, protected hours and no engaged hours."""
        if self.residence:
            return {}, {p["annee"]: p["heures"] for p in self.personnes_par_annee if p["sexe"] == "tous"}
        lues = self._lire("heures_par_annee", self._condition("annee"))
        return {li["annee"]: li["engagees"] for li in lues}, {li["annee"]: li["realisees"] for li in lues}

    def couverture(self) -> float | None:
        """Share of the running lots of the period with at least one hour declared; ``None`` by residence."""
        if self.residence:
            return None
        compte = self._lire("couverture", self._condition())[0]
        return float(compte["lots_suivis"] / compte["lots"]) if compte["lots"] else None

    def marches_par_annee(self) -> dict[int, Ligne]:
        """By year: marches, avec_clause, sociale_connue, montant (€); empty by residence."""
        if self.residence:
            return {}
        return {li["annee"]: li for li in self._lire("marches_par_annee", self._condition("annee"))}

    @cached_property
    def personnes_par_annee(self) -> list[Ligne]:
        """Rows of annee, sexe ('tous' included), effectif, heures, statut."""
        return self._personnes("par_annee", self._condition("annee"))

    def personnes(self, periode: tuple[int, int]) -> dict[str, float | None]:
        """Published number of distinct persons of a period, by sexe ('tous' included)."""
        if periode[0] == periode[1]:
            return {p["sexe"]: p["effectif"] for p in self.personnes_par_annee if p["annee"] == periode[0]}
        return {p["sexe"]: p["effectif"] for p in self._personnes("total", self._condition(periode=periode))}

    # -- figures -------------------------------------------------------------------

    def par_territoire(self, niveau: str) -> pd.DataFrame:
        """code, valeur, statut, couverture (0–1), for all the territories of a level, the territory filter left out."""
        codes = [t.code for t in self.ref.territoires.values() if t.niveau == niveau]
        lus = {li["code"]: li for li in self._territoires(niveau)} if self.disponible else {}
        absent: Ligne = {"valeur": 0.0, "statut": "valeur"} if self.disponible else {"valeur": None, "statut": "nd"}
        rangees = [lus.get(code, absent) for code in codes]
        return pd.DataFrame(
            {
                "code": codes,
                "valeur": _reels(r["valeur"] for r in rangees),
                "statut": [r["statut"] for r in rangees],
                "couverture": _reels(r.get("couverture") for r in rangees),
            }
        )

    def _territoires(self, niveau: str) -> list[Ligne]:
        colonne, cond = colonne_territoire(self.selection.geographie, niveau), self._condition("territoire")
        if self.residence:
            lues = self._personnes("par_residence", cond, territoire=colonne)
            return [{**li, "valeur": li["heures"]} for li in lues]
        lues = self._lire(f"{self.indicateur}_par_territoire", cond, territoire=colonne)
        if self.indicateur == "marches":
            return [{"code": li["code"], "valeur": li["marches"], "statut": "valeur"} for li in lues]
        return [
            {
                "code": li["code"],
                "valeur": li["realisees"],
                "statut": "valeur",
                "couverture": li["lots_suivis"] / li["lots"] if li["lots"] else None,
            }
            for li in lues
        ]

    def par_mois(self) -> pd.DataFrame:
        """Every month of the period: mois, valeur, statut, reference (engaged hours, or contracts with a clause)."""
        lues = {li["mois"]: li for li in self._serie("par_mois", "residence_par_mois")}
        if not lues:
            return _cadre("mois", [])
        debut, fin = self.ref.periode(self.selection)
        dernier = max(*lues, self.instantane.manifeste.date_donnees)
        mois = [date(annee, m, 1) for annee in range(debut, fin + 1) for m in range(1, 13)]
        connue = any(li["reference"] is not None for li in lues.values())
        absent = {"valeur": 0.0, "statut": "valeur", "reference": 0.0 if connue else None}
        return _cadre("mois", [{"mois": m, **lues.get(m, absent)} for m in mois if m <= dernier])

    def par_secteur(self) -> pd.DataFrame:
        """code, valeur, statut, reference; the sector filter is left out (a view never filters itself)."""
        return _cadre("code", self._serie("par_secteur", "residence_par_secteur", "secteur"))

    def _serie(self, nom: str, nom_residence: str, *sauf: str) -> list[Ligne]:
        if not self.disponible:
            return []
        if self.residence:
            lues = self._personnes(nom_residence, self._condition(*sauf))
            return [{**li, "valeur": li["heures"], "reference": None} for li in lues]
        mesure, reference = ("realisees", "engagees") if self.indicateur == "heures" else ("marches", "avec_clause")
        lues = self._lire(f"{self.indicateur}_{nom}", self._condition(*sauf))
        return [{**li, "valeur": li[mesure], "reference": li[reference], "statut": "valeur"} for li in lues]

    def profil(self) -> list[Ligne]:
        """Rows of dimension (total, sexe, age, niveau, public), code, sexe, effectif, heures, statut."""
        return self._personnes("par_profil", self._condition())


def _reels(valeurs: Iterable[float | None]) -> list[float]:
    return [float("nan") if v is None else float(v) for v in valeurs]


def _cadre(cle: str, rangees: list[Ligne]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            cle: [r[cle] for r in rangees],
            "valeur": _reels(r["valeur"] for r in rangees),
            "reference": _reels(r["reference"] for r in rangees),
            "statut": [r["statut"] for r in rangees],
        }
    )


def periode_precedente(periode: tuple[int, int], annees: Collection[int]) -> tuple[int, int] | None:
    """The period of same length just before, when the data cover all of it."""
    debut, fin = periode
    avant = range(debut - (fin - debut + 1), debut)
    return (avant[0], avant[-1]) if all(a in annees for a in avant) else None
