"""Everything the sheet of one buyer shows: all the contracts it has published, over all the years of the data.

The same questions as the page, of one buyer, wherever its contracts are carried out; and the list of its contracts
with the link to their follow-up. Boundary: numbers only, no word, but why a buyer is not found.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.domain.conditions import Condition
from dashboard.warehouse.acheteurs import CHIFFRES, Achats, chiffres, de_la_periode, en_vigueur
from dashboard.warehouse.acheteurs_comparables import comparer
from dashboard.warehouse.acheteurs_lecteur import (
    ENSEMBLE,
    Acheteur,
    LecteurAcheteurs,
    acheteurs,
    regles,
    seuils,
)
from dashboard.warehouse.acheteurs_objet import Objet, trouver
from dashboard.warehouse.chiffres import indisponible

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne


@dataclass(frozen=True, slots=True)
class Fiche(Achats):
    """The data of the sheet.

    ``introuvable`` says in French why there is no such buyer, ``proches`` are the closest; ``contrats``: rows of
    ``acheteurs_contrats``, five hundred at most; ``au_dessus``: those above the EU thresholds, a hundred at most.
    """

    acheteur: Acheteur | None = None
    introuvable: str | None = None
    proches: tuple[Acheteur, ...] = ()
    contrats: tuple[Ligne, ...] = ()
    au_dessus: tuple[Ligne, ...] = ()


@lru_cache(maxsize=512)
def lire(instantane: Instantane, selection: Selection) -> Fiche:
    """Compute the sheet of ``selection.objet``."""
    objet = trouver(selection.objet, acheteurs(instantane))
    if objet.acheteur is None:
        return _introuvable(instantane, objet)
    acheteur = objet.acheteur
    lecteur = LecteurAcheteurs(instantane, selection.avec(objet=acheteur.siret))
    annees = lecteur.par_annee()
    periode = (min(annees), max(annees)) if annees else lecteur.periode
    conformite, echeances = lecteur.conformite(), lecteur.echeances()
    pairs = lecteur.groupes("acheteur", Condition("annee BETWEEN ? AND ?", periode))
    duree = periode[1] - periode[0] + 1
    return Fiche(
        periode=periode,
        chiffres=chiffres(annees, periode, None, conformite, echeances, en_vigueur=en_vigueur(instantane)),
        total=de_la_periode(annees, periode),
        annees=annees,
        typologies={nom: lecteur.typologie(nom) for nom in ("secteur", "achat", "tranche")},
        comparables=comparer(pairs, acheteurs(instantane), selection.mesure, duree, acheteur.siret),
        conformite=tuple(conformite),
        echeances=tuple(echeances),
        fins=tuple(lecteur.fins()),
        regles=regles(instantane),
        seuils=seuils(instantane),
        acheteur=acheteur,
        contrats=() if acheteur.siret == ENSEMBLE else tuple(lecteur.contrats()),
        au_dessus=() if acheteur.siret == ENSEMBLE else tuple(lecteur.au_dessus()),
    )


def _introuvable(instantane: Instantane, objet: Objet) -> Fiche:
    return Fiche(
        periode=instantane.referentiel.annees,
        chiffres={ident: indisponible(ident) for ident in CHIFFRES},
        regles=regles(instantane),
        seuils=seuils(instantane),
        introuvable=objet.introuvable,
        proches=objet.proches,
    )
