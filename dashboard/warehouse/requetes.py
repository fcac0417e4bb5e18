"""Questions of the first page: one method per question.

Numbers about contracts are exact administrative data; numbers about persons come from
:mod:`dashboard.warehouse.secret` only. Every row has a ``statut``: ``valeur``, ``s``
(masked) or ``nd`` (not available); a true zero is a ``valeur`` of 0.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.domain.conditions import colonne_territoire
from dashboard.warehouse.lecteur import Lecteur

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.chiffres import Annees
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne


class LecteurVue(Lecteur):
    """The questions of the first page."""

    def __init__(self, instantane: Instantane, selection: Selection) -> None:
        super().__init__(instantane, selection)
        self.indicateur = "marches" if self.ref.indicateur(selection) == "marches" else "heures"
        if self.ref.a_suivi:  # the two long questions on persons
            self.devancer("par_annee", self.condition("annee", personnes=True))
            self.devancer("par_profil", self.condition(personnes=True))

    @property
    def disponible(self) -> bool:
        """Whether the chosen indicator exists for the chosen way of counting."""
        return self.ref.a_suivi if self.indicateur == "heures" else not self.protege

    # -- key figures ---------------------------------------------------------------

    def heures_par_annee(self) -> tuple[Annees, Annees]:
        """Hours engaged and realised by year; by residence or under a lens, protected hours and no engaged hours."""
        if self.protege:
            return {}, {p["annee"]: p["heures"] for p in self.personnes_par_annee if p["sexe"] == "tous"}
        lues = self.lire("heures_par_annee", self.condition("annee"))
        return {li["annee"]: li["engagees"] for li in lues}, {li["annee"]: li["realisees"] for li in lues}

    def marches_par_annee(self) -> dict[int, Ligne]:
        """By year: marches, avec_clause, sociale_connue, montant (€); empty by residence or under a lens."""
        if self.protege:
            return {}
        return {li["annee"]: li for li in self.lire("marches_par_annee", self.condition("annee"))}

    @cached_property
    def personnes_par_annee(self) -> list[Ligne]:
        """Rows of annee, sexe ('tous' included), effectif, heures, statut."""
        return self.personnes("par_annee", self.condition("annee", personnes=True))

    def effectifs(self, periode: tuple[int, int]) -> dict[str, float | None]:
        """Published number of distinct persons of a period, by sexe ('tous' included)."""
        if periode[0] == periode[1]:
            return {p["sexe"]: p["effectif"] for p in self.personnes_par_annee if p["annee"] == periode[0]}
        return {
            p["sexe"]: p["effectif"] for p in self.personnes("total", self.condition(periode=periode, personnes=True))
        }

    # -- figures -------------------------------------------------------------------

    def par_territoire(self, niveau: str) -> list[Ligne]:
        """code, valeur, statut, couverture (0–1), for all the territories of a level, the territory filter left out."""
        lus = {li["code"]: li for li in self._territoires(niveau)} if self.disponible else {}
        absent: Ligne = {"valeur": 0.0, "statut": "valeur"} if self.disponible else {"valeur": None, "statut": "nd"}
        codes = [t.code for t in self.ref.territoires.values() if t.niveau == niveau]
        return [{"couverture": None, **lus.get(code, absent), "code": code} for code in codes]

    def _territoires(self, niveau: str) -> list[Ligne]:
        colonne = colonne_territoire(self.selection.geographie, niveau)
        if self.protege:
            lues = self.personnes("par_territoire", self.condition("territoire", personnes=True), territoire=colonne)
            return [{**li, "valeur": li["heures"]} for li in lues]
        lues = self.lire(f"{self.indicateur}_par_territoire", self.condition("territoire"), territoire=colonne)
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

    def par_mois(self) -> list[Ligne]:
        """Every month of the period: mois, valeur, statut, reference (engaged hours, or contracts with a clause)."""
        lues = {li["mois"]: li for li in self._serie("par_mois")}
        if not lues:
            return []
        debut, fin = self.periode
        dernier = max(*lues, self.instantane.manifeste.date_donnees)
        mois = [date(annee, m, 1) for annee in range(debut, fin + 1) for m in range(1, 13)]
        connue = any(li["reference"] is not None for li in lues.values())
        absent = {"valeur": 0.0, "statut": "valeur", "reference": 0.0 if connue else None}
        return [{"mois": m, **lues.get(m, absent)} for m in mois if m <= dernier]

    def par_secteur(self) -> list[Ligne]:
        """code, valeur, statut, reference; the sector filter is left out (a view never filters itself)."""
        return self._serie("par_secteur", "secteur")

    def _serie(self, nom: str, *sauf: str) -> list[Ligne]:
        if not self.disponible:
            return []
        if self.protege:
            lues = self.personnes(nom, self.condition(*sauf, personnes=True))
            publiees = [{**li, "valeur": li["heures"], "reference": None} for li in lues]
            return publiees if nom == "par_mois" else sorted(publiees, key=_par_valeur)
        mesure, reference = ("realisees", "engagees") if self.indicateur == "heures" else ("marches", "avec_clause")
        lues = self.lire(f"{self.indicateur}_{nom}", self.condition(*sauf))
        return [{**li, "valeur": li[mesure], "reference": li[reference], "statut": "valeur"} for li in lues]

    def profil(self) -> list[Ligne]:
        """Rows of dimension (total, sexe, age, niveau, public), code, sexe, effectif, heures, statut."""
        return self.personnes("par_profil", self.condition(personnes=True))


def _par_valeur(ligne: Ligne) -> tuple[bool, float, str]:
    """Decreasing published value, masked ones last: an order on the true values would frame what is masked."""
    return ligne["valeur"] is None, -(ligne["valeur"] or 0), ligne["code"]
