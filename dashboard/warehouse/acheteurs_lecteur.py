"""Questions of the page of the buyers and of a buyer's sheet: one method per question, exact facts of contracts.

Only the table ``achat`` (published contracts) is read, and what names a contract. A buyer's sheet asks the same
questions of all the contracts of one buyer, wherever they are carried out.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from dashboard.domain.conditions import Condition, colonne_territoire
from dashboard.domain.filtre import PAR_CLE
from dashboard.warehouse import execution
from dashboard.warehouse.acheteurs_mesures import Mesures, mesures
from dashboard.warehouse.fichiers_sql import texte
from dashboard.warehouse.lecteur import LECTURE, Lecteur

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne

#: Owners that may only be published together: none of their contracts is listed.
ENSEMBLE = "grands_projets"
#: Months ahead in the calendar of the ends (as in the queries).
HORIZON_MOIS = 18
#: Breakdowns of the page: column of the table ``achat``, and the filter of each that is one.
TYPOLOGIES: dict[str, tuple[str, str | None]] = {
    "secteur": ("secteur", "secteur"),
    "division": ("division", None),
    "achat": ("type_achat", "achat"),
    "tranche": ("tranche", None),
    "categorie": ("categorie_acheteur", None),
}

Groupes = dict[str, Mesures]
T = TypeVar("T")
_EQUIPE = ThreadPoolExecutor(max_workers=2, thread_name_prefix="achats")


@dataclass(frozen=True, slots=True)
class Acheteur:
    """One buyer: ``siret`` (or ``grands_projets``), and the number of contracts it has published."""

    siret: str
    nom: str
    categorie: str
    departement: str | None
    marches: int


@dataclass(frozen=True, slots=True)
class Regle:
    """One dated rule; ``fin`` or ``debut`` is ``None`` when open; ``origine``: whether it still has to be checked."""

    cle: str
    debut: date | None
    fin: date | None
    valeur: float
    libelle: str
    origine: str
    source: str


@lru_cache(maxsize=4)
def acheteurs(instantane: Instantane) -> dict[str, Acheteur]:
    """The buyers that have published at least one contract, those with most first."""
    lues = execution.lignes(instantane.curseur(), texte(LECTURE, "acheteurs_noms"), ())
    return {li["siret"]: Acheteur(**li) for li in lues}


@lru_cache(maxsize=4)
def regles(instantane: Instantane) -> tuple[Regle, ...]:
    """The dated rules of the purchases, by key then date."""
    return tuple(Regle(**li) for li in execution.lignes(instantane.curseur(), texte(LECTURE, "acheteurs_regles"), ()))


@lru_cache(maxsize=4)
def seuils(instantane: Instantane) -> tuple[Ligne, ...]:
    """The EU thresholds in force when the obligation applies: acheteur, type_achat, seuil, debut, fin, origine."""
    return tuple(execution.lignes(instantane.curseur(), texte(LECTURE, "acheteurs_seuils"), ()))


class LecteurAcheteurs(Lecteur):
    """The questions of the page. With ``objet``, those of the sheet of one buyer: nothing else restricts them."""

    def __init__(self, instantane: Instantane, selection: Selection) -> None:
        super().__init__(instantane, selection)
        self.fiche = selection.objet is not None
        if self.fiche:
            self.periode = self.ref.annees

    def ici(self, *sauf: str) -> Condition:
        """Condition of the page without some filters, or that of the sheet."""
        if self.fiche and "acheteur" not in sauf:
            return Condition("acheteur = ?", (self.selection.objet,))
        return Condition("TRUE") if self.fiche else self.condition(*sauf)

    def groupes(self, cle: str, cond: Condition) -> Groupes:
        """What shares need, by value of one column of ``achat``."""
        return {str(li["code"]): mesures(li) for li in self.lire("acheteurs_parts", cond, cle=cle)}

    def par_annee(self) -> dict[int, Mesures]:
        """Measures of every year with data."""
        return {li["annee"]: mesures(li) for li in self.lire("acheteurs_mesures", self.ici("annee"))}

    def typologie(self, nom: str) -> Groupes:
        """Measures of one breakdown, its own filter left out (a view never filters itself)."""
        colonne, filtre = TYPOLOGIES[nom]
        return self.groupes(colonne, self.ici(*([filtre] if filtre else [])))

    def par_territoire(self, niveau: str) -> Groupes:
        """Measures by territory of one level, the territory filter left out."""
        return self.groupes(colonne_territoire(self.selection.geographie, niveau), self.ici("territoire"))

    def par_acheteur(self) -> Groupes:
        """Measures by buyer, the filter of the buyers left out."""
        return self.groupes("acheteur", self.ici("acheteur"))

    def conformite(self) -> list[Ligne]:
        """Contracts under the obligation of social considerations, all years."""
        return self.lire("acheteurs_conformite", self.ici("annee"))

    def echeances(self) -> list[Ligne]:
        """Ends by month over the eighteen months to come; a month without any is a zero; nothing when all are."""
        lues = {li["mois"]: li for li in self.lire("acheteurs_echeances", self.ici("annee"))}
        absent: Ligne = {"fins": 0, "sans": 0, "inconnus": 0, "montant": 0.0, "dans_l_an": 0}
        return [lues.get(m, {"mois": m, **absent}) for m in self._mois_a_venir()] if lues else []

    def _mois_a_venir(self) -> list[date]:
        """First days of the months to come, that of the date of the data first when it is not over."""
        jour = self.instantane.manifeste.date_donnees
        debut = 0 if (jour + timedelta(days=1)).month == jour.month else 1
        rangs = range(jour.year * 12 + jour.month - 1 + debut, jour.year * 12 + jour.month + HORIZON_MOIS)
        return [date(r // 12, r % 12 + 1, 1) for r in rangs]

    def fins(self) -> list[Ligne]:
        """Contracts that end in the eighteen months to come, the largest first."""
        return self.lire("acheteurs_fins", self.ici("annee"))

    def a_venir(self) -> tuple[list[Ligne], list[Ligne], list[Ligne], list[Ligne]]:
        """What has dates of its own: conformite, echeances, fins, spaser (of the last year of the period)."""
        return self.conformite(), self.echeances(), self.fins(), self.spaser(self.periode[1])

    def a_cote(self, demande: Callable[[LecteurAcheteurs], T]) -> Future[T]:
        """Ask some questions beside the others, on a cursor of their own (DuckDB works outside Python's lock)."""
        return _EQUIPE.submit(demande, LecteurAcheteurs(self.instantane, self.selection))

    def au_dessus(self) -> list[Ligne]:
        """Contracts of the buyer of the sheet above the EU thresholds, those that miss the obligation first."""
        return self.lire("acheteurs_au_dessus", self.ici())

    def contrats(self) -> list[Ligne]:
        """Published contracts of the buyer of the sheet, the most recent first, with the link to their follow-up."""
        return self.lire("acheteurs_contrats", self.ici())

    def spaser(self, annee: int) -> list[Ligne]:
        """Buyers of the selection over the amount of the SPASER that year."""
        cond = self.condition()
        return self.lire("acheteurs_spaser", replace(cond, valeurs=(*cond.valeurs, annee)))


def filtres_de_typologie(nom: str) -> str | None:
    """Attribute of the selection that a breakdown sets, ``None`` when no filter has it."""
    filtre = TYPOLOGIES[nom][1]
    return PAR_CLE[filtre].attribut if filtre else None
