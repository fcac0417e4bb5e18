"""Everything the page of the buyers shows for one selection, in one cached pass.

The contracts are those published in the DECP: a followed lot that was never published is not here. What is
under the obligation of 2026, what ends soon and the SPASER have their own dates, not the period of the reader.
Boundary: numbers only, no word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.warehouse.acheteurs_comparables import Comparables, comparer
from dashboard.warehouse.acheteurs_lecteur import (
    TYPOLOGIES,
    Acheteur,
    Groupes,
    LecteurAcheteurs,
    Regle,
    acheteurs,
    regles,
    seuils,
)
from dashboard.warehouse.acheteurs_mesures import Mesures, somme
from dashboard.warehouse.chiffres import ChiffreCle, indisponible, periode_precedente

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne

CHIFFRES = (
    "achats_marches", "achats_montant", "achats_part_sociale", "achats_part_montant", "achats_part_env",
    "achats_seuils", "achats_conformite", "achats_echeances",
)  # fmt: skip
VIDE = Mesures()
SANS_COMPARABLE = Comparables(None, None, (), (), None, 0)


@dataclass(frozen=True, slots=True)
class Achats:
    """What the page and the sheet share.

    ``total`` and ``annees``: measures of the period, of every year; ``typologies``: by code; ``territoires``: by
    territory of the level shown; ``conformite``, ``echeances``, ``fins``, ``spaser``: rows of their queries;
    ``liste``: buyers with their measures over the period, those with most contracts first.
    """

    periode: tuple[int, int]
    precedente: tuple[int, int] | None = None
    couverture: float | None = None
    chiffres: dict[str, ChiffreCle] = field(default_factory=dict)
    total: Mesures = VIDE
    annees: dict[int, Mesures] = field(default_factory=dict)
    typologies: dict[str, Groupes] = field(default_factory=dict)
    territoires: Groupes = field(default_factory=dict)
    comparables: Comparables = SANS_COMPARABLE
    conformite: tuple[Ligne, ...] = ()
    echeances: tuple[Ligne, ...] = ()
    fins: tuple[Ligne, ...] = ()
    spaser: tuple[Ligne, ...] = ()
    liste: tuple[tuple[Acheteur, Mesures], ...] = ()
    regles: tuple[Regle, ...] = ()
    seuils: tuple[Ligne, ...] = ()

    def regle(self, cle: str) -> Regle | None:
        """The last rule of a key."""
        return next((r for r in reversed(self.regles) if r.cle == cle), None)


@lru_cache(maxsize=512)
def lire(instantane: Instantane, selection: Selection) -> Achats:
    """Compute the page. ``instantane`` is compared by identity: a new snapshot is a new key."""
    lecteur = LecteurAcheteurs(instantane, selection)
    if lecteur.residence:
        rien = {ident: indisponible(ident) for ident in CHIFFRES}
        return Achats(lecteur.periode, chiffres=rien, regles=regles(instantane), seuils=seuils(instantane))
    a_venir = lecteur.a_cote(LecteurAcheteurs.a_venir)
    annees, precedente = lecteur.par_annee(), periode_precedente(lecteur.periode, lecteur.annees)
    typologies = {nom: lecteur.typologie(nom) for nom in TYPOLOGIES}
    connus, groupes = acheteurs(instantane), lecteur.par_acheteur()
    conformite, echeances, fins, spaser = a_venir.result()
    choisi = selection.acheteurs[0] if len(selection.acheteurs) == 1 else None
    retenus = {s: m for s, m in groupes.items() if not selection.acheteurs or s in selection.acheteurs}
    compares = groupes if choisi else retenus
    duree = lecteur.periode[1] - lecteur.periode[0] + 1
    return Achats(
        periode=lecteur.periode,
        precedente=precedente,
        chiffres=chiffres(
            annees, lecteur.periode, precedente, conformite, echeances, en_vigueur=en_vigueur(instantane)
        ),
        total=de_la_periode(annees, lecteur.periode),
        annees=annees,
        typologies=typologies,
        territoires=lecteur.par_territoire(selection.niveau),
        comparables=comparer(compares, connus, selection.mesure, duree, choisi),
        conformite=tuple(conformite),
        echeances=tuple(echeances),
        fins=tuple(fins),
        spaser=tuple(spaser),
        liste=liste(retenus, connus),
        regles=regles(instantane),
        seuils=seuils(instantane),
    )


def de_la_periode(annees: dict[int, Mesures], periode: tuple[int, int]) -> Mesures:
    """Measures of some years together."""
    return somme(m for annee, m in annees.items() if periode[0] <= annee <= periode[1])


def liste(groupes: Groupes, connus: dict[str, Acheteur]) -> tuple[tuple[Acheteur, Mesures], ...]:
    """Buyers and their measures, those with most contracts first."""
    lignes = [(connus[siret], m) for siret, m in groupes.items() if siret in connus]
    return tuple(sorted(lignes, key=lambda li: (-li[1].marches, li[0].nom, li[0].siret)))


Mesurer = Callable[[Mesures], float | None]
_MESURES: dict[str, Mesurer] = {
    "achats_marches": lambda m: float(m.marches),
    "achats_montant": lambda m: m.depense if m.chiffres or not m.marches else None,
    "achats_part_sociale": lambda m: m.part_sociale(),
    "achats_part_montant": lambda m: m.part_sociale("montant"),
    "achats_part_env": lambda m: m.part_env(),
    "achats_seuils": lambda m: float(m.au_dessus) if m.seuils_connus or not m.marches else None,
}


def chiffres(
    annees: dict[int, Mesures],
    periode: tuple[int, int],
    precedente: tuple[int, int] | None,
    conformite: list[Ligne],
    echeances: list[Ligne],
    *,
    en_vigueur: bool,
) -> dict[str, ChiffreCle]:
    """The key figures: six of the period, two with their own dates; ``en_vigueur``: the data reach the obligation."""
    ici = de_la_periode(annees, periode)
    avant = de_la_periode(annees, precedente) if precedente else None
    resultat = {ident: _chiffre(ident, mesurer, ici, avant, annees) for ident, mesurer in _MESURES.items()}
    fins = sum(li["dans_l_an"] for li in echeances)
    resultat["achats_conformite"] = sans_clause(conformite, en_vigueur=en_vigueur)
    resultat["achats_echeances"] = ChiffreCle("achats_echeances", float(fins), "valeur", None, {})
    return resultat


def sans_clause(conformite: list[Ligne], *, en_vigueur: bool) -> ChiffreCle:
    """Contracts without a clause; not available before the obligation, or when no format says it."""
    if not en_vigueur or (conformite and all(li["etat"] == "inconnu" for li in conformite)):
        return indisponible("achats_conformite")
    nombre = sum(li["etat"] == "sans" for li in conformite)
    return ChiffreCle("achats_conformite", float(nombre), "valeur", None, {})


def en_vigueur(instantane: Instantane) -> bool:
    """Whether the data go as far as the obligation of social considerations."""
    jour = instantane.manifeste.date_donnees
    return any(r.cle == "obligation_sociale" and r.debut and r.debut <= jour for r in regles(instantane))


def _chiffre(
    ident: str, mesurer: Mesurer, ici: Mesures, avant: Mesures | None, annees: dict[int, Mesures]
) -> ChiffreCle:
    valeur = mesurer(ici)
    statut = "nd" if valeur is None else "valeur"
    serie = {annee: mesurer(m) for annee, m in annees.items()}
    return ChiffreCle(ident, valeur, statut, mesurer(avant) if avant else None, serie)
