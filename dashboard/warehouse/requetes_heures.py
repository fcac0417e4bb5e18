"""Questions of the page of the hours: one method per question, each query run once.

One pass on the lots answers most figures; a typology that is filtered asks again without its own filter.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.domain.conditions import colonne_territoire
from dashboard.domain.filtre import PAR_CLE
from dashboard.domain.selection import REGION
from dashboard.warehouse import secret
from dashboard.warehouse.lecteur import Lecteur

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne


class LecteurHeures(Lecteur):
    """The questions of the page of the hours. Rows have ``valeur``, ``reference`` (engaged hours) and ``statut``."""

    def __init__(self, instantane: Instantane, selection: Selection) -> None:
        super().__init__(instantane, selection)
        self._croisees: dict[tuple[str, ...], list[Ligne]] = {}
        self._lieux = colonne_territoire(selection.geographie, "departement")
        if self.ref.a_suivi:
            self._devancer()

    def _devancer(self) -> None:
        """Start the questions on persons, the longest first."""
        ici, partout = self.condition(personnes=True), self.condition("territoire", personnes=True)
        self.devancer("heures_emploi", ici)
        self.devancer("heures_contrats", ici)
        self.devancer("heures_contrats_annees", self.condition("annee", personnes=True))
        if self.protege:
            self.devancer("heures_typologies", ici)
            self.devancer("heures_annees", self.condition("annee", personnes=True))
            self.devancer("heures_chaleur", partout, territoire=self._lieux)

    # -- over the years --------------------------------------------------------------

    @cached_property
    def trimestres(self) -> list[Ligne]:
        """Exact hours by quarter over all the years: debut, annee, engagees, realisees, validees, btp, hors_btp."""
        return self.lire("heures_trimestres", self.condition("annee")) if self.ref.a_suivi else []

    def personnes_par_annee(self) -> list[Ligne]:
        """Protected hours by year: annee, volet ('tous', 'btp', 'hors_btp'), effectif, heures, statut."""
        return self.personnes("heures_annees", self.condition("annee", personnes=True)) if self.ref.a_suivi else []

    def temps(self, annuelles: dict[int, Ligne]) -> dict[date, Ligne]:
        """Hours by step of the selection, keyed by first day; ``annuelles`` are those by year."""
        pas = self.selection.pas
        if pas == "annee":
            return {date(a, 1, 1): _heures(li["realisees"], li.get("engagees")) for a, li in annuelles.items()}
        if not self.ref.a_suivi:
            return {}
        if not self.protege:
            lues = self.trimestres if pas == "trimestre" else self._exactes("mois")
            return {
                li["debut" if pas == "trimestre" else "mois"]: _heures(li["realisees"], li["engagees"]) for li in lues
            }
        if pas == "trimestre":
            lues = self.personnes("heures_trimestres", self.condition("annee", personnes=True))
            return {li["debut"]: _heures(li["heures"]) for li in lues}
        return {li["mois"]: _heures(li["heures"]) for li in self.personnes("par_mois", self.condition(personnes=True))}

    # -- in the period -----------------------------------------------------------------

    def typologie(self, dimension: str, filtre: str | None) -> list[Ligne]:
        """code, valeur, part (0–1), reference, statut by decreasing hours; the view's own filter is left out."""
        sauf = (filtre,) if filtre and getattr(self.selection, PAR_CLE[filtre].attribut) else ()
        if self.protege:
            lues = self.personnes("heures_typologies", self.condition(*sauf, personnes=True))
            siennes = sorted(
                (li for li in lues if li["dimension"] == dimension), key=lambda li: (-(li["heures"] or 0.0), li["code"])
            )
            lignes = [{"code": li["code"], **_heures(li["heures"])} for li in siennes]
            return parts(lignes, assez=_assez(lues))
        exactes = [li for li in self._exactes(dimension, *sauf) if li["code"] is not None]
        return parts([{"code": li["code"], **_heures(li["realisees"], li["engagees"])} for li in exactes])

    def assez_de_personnes(self) -> bool:
        """Whether a share of the protected hours of the period may be published."""
        return _assez(self.personnes("heures_typologies", self.condition(personnes=True)))

    def chaleur(self) -> list[Ligne]:
        """mois, lieu (code of a département), valeur, statut; the territory is left out."""
        if self.protege:
            partout = self.condition("territoire", personnes=True)
            lues = self.personnes("heures_chaleur", partout, territoire=self._lieux)
            return [{**li, "valeur": li["heures"]} for li in lues]
        sauf = () if self.selection.territoire == REGION else ("territoire",)
        lues = [li for li in self._exactes("chaleur", *sauf) if li["lieu"] is not None]
        return [{"mois": li["mois"], "lieu": li["lieu"], "valeur": li["realisees"], "statut": "valeur"} for li in lues]

    def _exactes(self, dimension: str, *sauf: str) -> list[Ligne]:
        if sauf not in self._croisees:
            self._croisees[sauf] = self.lire("heures_croisees", self.condition(*sauf), territoire=self._lieux)
        return [li for li in self._croisees[sauf] if li["dimension"] == dimension]

    # -- the work contracts --------------------------------------------------------------

    def emploi(self) -> list[Ligne]:
        """dimension ('modalite', 'employeur', 'contrat'), code, groupe, effectif, heures, statut."""
        return self.personnes("heures_emploi", self.condition(personnes=True))

    def contrats(self, periode: tuple[int, int]) -> list[Ligne]:
        """contrat ('tous' included), effectif (contracts), moyenne_duree (months), statut."""
        autre = None if periode == self.periode else periode
        return self.personnes("heures_contrats", self.condition(periode=autre, personnes=True))

    def contrats_par_annee(self) -> dict[int, float | None]:
        """Published number of contracts by year."""
        lues = self.personnes("heures_contrats_annees", self.condition("annee", personnes=True))
        return {li["annee"]: li["effectif"] for li in lues}


def parts(lignes: list[Ligne], total: float | None = None, *, assez: bool = True) -> list[Ligne]:
    """The same rows with ``part``, of a total (by default their sum); ``None`` when nothing or too little is known."""
    total = sum(li["valeur"] or 0.0 for li in lignes) if total is None else total
    connue = bool(total) and assez
    return [
        {**li, "part": min(li["valeur"] / total, 1.0) if connue and li["valeur"] is not None else None} for li in lignes
    ]


def _assez(typologies: list[Ligne]) -> bool:
    totaux = [li["effectif"] for li in typologies if li["dimension"] == "total"]
    return bool(totaux) and (totaux[0] or 0) >= secret.DENOMINATEUR_MIN


def _heures(valeur: float | None, reference: float | None = None) -> Ligne:
    return {"valeur": valeur, "reference": reference, "statut": "s" if valeur is None else "valeur"}
