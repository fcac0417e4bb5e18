"""Everything the page of the hours shows for one selection, in one cached pass.

Hours of lots are exact; with a lens or by residence they belong to persons. Hours by kind of hiring, by
employer and by type of work contract always do: those come protected. Boundary: numbers only, no word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.warehouse.heures_chiffres import Chiffres, par_annee, part_hors_btp
from dashboard.warehouse.heures_emploi import par_dimension
from dashboard.warehouse.requetes_heures import LecteurHeures, parts

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.chiffres import ChiffreCle
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne

#: Typologies of the lots, and the filter of each that is one.
TYPOLOGIES: dict[str, str | None] = {"secteur": "secteur", "achat": "achat", "clause": "clause", "categorie": None}
MOIS_DU_PAS = {"mois": range(1, 13), "trimestre": range(1, 13, 3), "annee": range(1, 2)}


@dataclass(frozen=True, slots=True)
class Heures:
    """The data of the page. Rows hold ``valeur`` (realised hours), ``reference`` (engaged, ``None`` when they do not
    exist), ``part`` (0–1) and ``statut`` beside their key.

    ``temps``: debut, by the step of the selection; ``annees``: annee, btp, hors_btp, part; ``validation``: debut,
    annee, realisees, validees by quarter; ``typologies``: code; ``emploi``: code, effectif; ``chaleur``: mois, lieu,
    every month of the period and every département; ``contrats``: contrat, effectif, moyenne_duree (months), statut.
    """

    periode: tuple[int, int]
    precedente: tuple[int, int] | None
    chiffres: dict[str, ChiffreCle]
    couverture: float | None
    temps: list[Ligne]
    annees: list[Ligne]
    validation: list[Ligne]
    typologies: dict[str, list[Ligne]]
    emploi: dict[str, list[Ligne]]
    chaleur: list[Ligne]
    contrats: list[Ligne]


class _Calcul:
    """The figures of one selection."""

    def __init__(self, lecteur: LecteurHeures) -> None:
        self.lecteur = lecteur
        self.annuelles = par_annee(lecteur)
        self.avec_heures = [a for a, li in self.annuelles.items() if li["realisees"] != 0]
        self.jusqu_a = max([lecteur.instantane.manifeste.date_donnees, *(date(a, 12, 1) for a in self.avec_heures)])

    def debuts(self, pas: str, premier: int, dernier: int) -> list[date]:
        """First days of the steps of some years, up to the date of the data."""
        debuts = [date(a, m, 1) for a in range(premier, dernier + 1) for m in MOIS_DU_PAS[pas]]
        return [d for d in debuts if d <= self.jusqu_a]

    def fenetre(self) -> tuple[int, int]:
        """Years drawn over time: the period month by month; otherwise every year since the first one with hours."""
        debut, fin = self.lecteur.periode
        if self.lecteur.selection.pas == "mois" or not self.avec_heures:
            return debut, fin
        return min(debut, *self.avec_heures), max(fin, *self.avec_heures)

    def temps(self) -> list[Ligne]:
        """Realised and engaged hours by step; a step without any row is a zero."""
        lues = self.lecteur.temps(self.annuelles)
        absent: Ligne = {"valeur": 0.0, "reference": None if self.lecteur.protege else 0.0, "statut": "valeur"}
        return (
            [{"debut": d, **lues.get(d, absent)} for d in self.debuts(self.lecteur.selection.pas, *self.fenetre())]
            if lues
            else []
        )

    def annees(self) -> list[Ligne]:
        """Hours in construction and elsewhere, every year since the first one with hours."""
        if not self.avec_heures:
            return []
        absent: Ligne = {"btp": 0.0, "hors_btp": 0.0}
        annees = {a: self.annuelles.get(a, absent) for a in range(min(self.avec_heures), max(self.avec_heures) + 1)}
        return [
            {"annee": a, "btp": li["btp"], "hors_btp": li["hors_btp"], "part": part_hors_btp(li)}
            for a, li in annees.items()
        ]

    def chaleur(self) -> list[Ligne]:
        """Hours by month and département; a cell without any row is a zero."""
        lues = {(li["mois"], li["lieu"]): li for li in self.lecteur.chaleur()}
        lieux = [t.code for t in self.lecteur.ref.territoires.values() if t.niveau == "departement"]
        absent: Ligne = {"valeur": 0.0, "statut": "valeur"}
        mois = self.debuts("mois", *self.lecteur.periode) if lues else []
        cases = ((m, lieu, lues.get((m, lieu), absent)) for lieu in lieux for m in mois)
        return [{"mois": m, "lieu": lieu, "valeur": li["valeur"], "statut": li["statut"]} for m, lieu, li in cases]

    def emploi(self, total: float | None) -> dict[str, list[Ligne]]:
        """Published hours by kind of hiring, of employer, of contract, with their share of the total."""
        exact = None if self.lecteur.protege else total
        assez = exact is not None or self.lecteur.assez_de_personnes()
        lues = par_dimension(self.lecteur.emploi(), exact)
        return {dimension: parts(lignes, exact, assez=assez) for dimension, lignes in lues.items()}


@lru_cache(maxsize=512)
def lire(instantane: Instantane, selection: Selection) -> Heures:
    """Compute the page. ``instantane`` is compared by identity: a new snapshot is a new key."""
    lecteur = LecteurHeures(instantane, selection)
    calcul, suivi = _Calcul(lecteur), lecteur.ref.a_suivi
    chiffres = Chiffres(lecteur, calcul.annuelles)
    tous = chiffres.tous()
    return Heures(
        periode=chiffres.periode,
        precedente=chiffres.precedente,
        chiffres=tous,
        couverture=lecteur.couverture(),
        temps=calcul.temps(),
        annees=calcul.annees(),
        validation=[] if lecteur.protege else lecteur.trimestres,
        typologies={nom: lecteur.typologie(nom, filtre) if suivi else [] for nom, filtre in TYPOLOGIES.items()},
        emploi=calcul.emploi(tous["heures_realisees"].valeur) if suivi else {},
        chaleur=calcul.chaleur() if suivi else [],
        contrats=lecteur.contrats(chiffres.periode) if suivi else [],
    )
