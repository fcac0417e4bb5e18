"""Published answers to the questions of the pages: one function per question, DataFrames out.

Numbers about contracts are exact administrative data; numbers about persons come from
:mod:`dashboard.warehouse.secret` only. Every frame has a ``statut`` per row: ``valeur``,
``s`` (masked) or ``nd`` (not available); a true zero is a ``valeur`` of 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.domain.conditions import Condition, colonne_territoire, condition
from dashboard.warehouse import secret
from dashboard.warehouse.fichiers_sql import texte

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane

LECTURE = "lecture"


class Lecteur:
    """Runs the questions of one selection on one snapshot, with one cursor."""

    def __init__(self, instantane: Instantane, selection: Selection) -> None:
        self.instantane, self.selection = instantane, selection
        self.ref = instantane.referentiel
        self.indicateur = self.ref.indicateur(selection)
        self.residence = selection.geographie == "residence"
        self._curseur = instantane.curseur()

    def _condition(self, *sauf: str, periode: tuple[int, int] | None = None) -> Condition:
        return condition(self.selection, self.ref, sauf=sauf, periode=periode)

    def _lire(self, nom: str, cond: Condition, **colonnes: str) -> pd.DataFrame:
        sql = texte(LECTURE, nom).format(condition=cond.sql, **colonnes)
        return self._curseur.execute(sql, list(cond.valeurs)).df()

    @property
    def disponible(self) -> bool:
        """Whether the chosen indicator exists for the chosen way of counting."""
        return self.ref.a_suivi if self.indicateur == "heures" else not self.residence

    # -- key figures ---------------------------------------------------------------

    def heures_par_annee(self) -> pd.DataFrame:
        """annee, engagees, realisees; by residence, protected hours and no engaged hours."""
        if not self.residence:
            return self._lire("heures_par_annee", self._condition("annee")).set_index("annee")
        brut = secret.personnes(self._curseur, "par_annee", self._condition("annee"))
        tous = brut[brut["sexe"] == "tous"].rename(columns={"heures": "realisees"}).set_index("annee")
        return tous[["realisees", "statut"]].assign(engagees=float("nan"))

    def couverture(self) -> float | None:
        """Share of the running lots of the period with at least one hour declared; ``None`` by residence."""
        if self.residence:
            return None
        lots, suivis = self._lire("couverture", self._condition()).iloc[0]
        return float(suivis / lots) if lots else None

    def marches_par_annee(self) -> pd.DataFrame:
        """annee, marches, avec_clause, sociale_connue, montant (€); empty by residence."""
        if self.residence:
            return pd.DataFrame(columns=["marches", "avec_clause", "sociale_connue", "montant"])
        return self._lire("marches_par_annee", self._condition("annee")).set_index("annee")

    def personnes_par_annee(self) -> pd.DataFrame:
        """annee, sexe ('tous' included), effectif, heures, statut."""
        return secret.personnes(self._curseur, "par_annee", self._condition("annee"))

    def personnes(self, periode: tuple[int, int]) -> pd.DataFrame:
        """Distinct persons of a period, indexed by sexe ('tous' included)."""
        return secret.personnes(self._curseur, "total", self._condition(periode=periode)).set_index("sexe")

    # -- figures -------------------------------------------------------------------

    def par_territoire(self, niveau: str) -> pd.DataFrame:
        """code, valeur, statut, couverture (0–1), for all the territories of a level, the territory filter left out."""
        codes = [t.code for t in self.ref.territoires.values() if t.niveau == niveau]
        cadre = pd.DataFrame(index=pd.Index(codes, name="code"))
        if not self.disponible:
            return cadre.assign(valeur=float("nan"), statut="nd", couverture=float("nan")).reset_index()
        lu = self._territoires(niveau).astype({"valeur": "float64", "couverture": "float64"}).set_index("code")
        cadre = cadre.join(lu[["valeur", "statut", "couverture"]])
        return cadre.assign(
            statut=cadre["statut"].fillna("valeur"),
            valeur=cadre["valeur"].where(cadre["statut"].notna(), 0.0),
        ).reset_index()

    def _territoires(self, niveau: str) -> pd.DataFrame:
        colonne = colonne_territoire(self.selection.geographie, niveau)
        cond = self._condition("territoire")
        if self.residence:
            brut = secret.personnes(self._curseur, "par_residence", cond, {"territoire": colonne})
            return brut.rename(columns={"heures": "valeur"}).assign(couverture=float("nan"))
        brut = self._lire(f"{self.indicateur}_par_territoire", cond, territoire=colonne)
        if self.indicateur == "marches":
            return brut.rename(columns={"marches": "valeur"}).assign(statut="valeur", couverture=float("nan"))
        couverture = (brut["lots_suivis"] / brut["lots"]).where(brut["lots"] > 0)
        return brut.rename(columns={"realisees": "valeur"}).assign(statut="valeur", couverture=couverture)

    def par_mois(self) -> pd.DataFrame:
        """Every month of the period: mois, valeur, statut, reference (engaged hours, or contracts with a clause)."""
        lu = self._serie("mois", "par_mois", "residence_par_mois")
        if lu.empty:
            return lu
        debut, fin = self.ref.periode(self.selection)
        mois = pd.date_range(f"{debut}-01-01", f"{fin}-12-01", freq="MS", name="mois")
        mois = mois[mois <= max(lu["mois"].max(), pd.Timestamp(self.instantane.manifeste.date_donnees))]
        complet = lu.set_index("mois").reindex(mois)
        vides = complet["statut"].isna()
        reference = 0.0 if lu["reference"].notna().any() else float("nan")
        complet.loc[vides, ["valeur", "reference"]] = [0.0, reference]
        complet.loc[vides, "statut"] = "valeur"
        return complet.reset_index()

    def par_secteur(self) -> pd.DataFrame:
        """code, valeur, statut, reference; the sector filter is left out (a view never filters itself)."""
        return self._serie("code", "par_secteur", "residence_par_secteur", "secteur")

    def _serie(self, cle: str, nom: str, nom_residence: str, *sauf: str) -> pd.DataFrame:
        if not self.disponible:
            return pd.DataFrame(columns=[cle, "valeur", "reference", "statut"])
        if self.residence:
            brut = secret.personnes(self._curseur, nom_residence, self._condition(*sauf))
            lu = brut.rename(columns={"heures": "valeur"}).assign(reference=float("nan"))
        else:
            noms = {"realisees": "valeur", "engagees": "reference", "marches": "valeur", "avec_clause": "reference"}
            lu = self._lire(f"{self.indicateur}_{nom}", self._condition(*sauf)).rename(columns=noms)
            lu = lu.assign(statut="valeur")
        return lu[[cle, "valeur", "reference", "statut"]].astype({"valeur": "float64", "reference": "float64"})

    def profil(self) -> pd.DataFrame:
        """dimension (total, sexe, age, niveau, public), code, sexe, effectif, heures, statut."""
        return secret.personnes(self._curseur, "par_profil", self._condition())


def periode_precedente(periode: tuple[int, int], annees: Collection[int]) -> tuple[int, int] | None:
    """The period of same length just before, when the data cover all of it."""
    debut, fin = periode
    longueur = fin - debut + 1
    avant = (debut - longueur, debut - 1)
    return avant if all(a in annees for a in range(avant[0], avant[1] + 1)) else None


__all__ = ["Lecteur", "periode_precedente"]
