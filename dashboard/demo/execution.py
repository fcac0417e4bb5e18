"""What a lot has consumed so far: hours worked, amount invoiced, price of one hour due.

The hours due of two kinds of obligation move with the facts: a share of the hours worked
(« pourcentage »), or one hour per so many euros invoiced (« tranche », as in CCAP 21_BAM_048:
one hour per 2 000 €). Derived from the engagements of the lot, so that the hours due at its end
lie around the hours engaged. Some producers do not send them: those cells stay empty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.demo.calendrier import N_MOIS, Reels
from dashboard.demo.engagements import Engagements
from dashboard.demo.lots import Lots

PART_NON_DECLAREE = 0.15
"""Share of the lots whose hours worked or amount invoiced are not known."""
PART_PRIX_INCONNU = 0.05
"""Share of the lots « par tranche » whose contract price of an hour was not recorded."""
ECART = 0.10
"""Spread of what is finally worked or invoiced around what was planned."""
RYTHME = 0.9
"""Same shape of progress as the hours engaged (``engagements``)."""


@dataclass(slots=True)
class Execution:
    """State of the lots of one producer at the end of December 2025, in their order; NaN where not declared."""

    heures_travaillees: Reels
    montant_facture: Reels
    euros_par_heure: Reels


def executer(rng: np.random.Generator, lots: Lots, engagements: Engagements) -> Execution:
    """Hours worked of the lots « pourcentage », amount invoiced and euros per hour due of the lots « tranche »."""
    n = len(lots.mois)
    avancement = np.clip((N_MOIS - lots.mois) / lots.duree, 0.0, 1.0) ** RYTHME
    consomme = avancement * rng.lognormal(0.0, ECART, n)
    declare = rng.random(n) >= PART_NON_DECLAREE
    prix_connu = rng.random(n) >= PART_PRIX_INCONNU
    prix = np.maximum(np.round(engagements.montant / engagements.heures_engagees, -1), 10.0)
    travaillees = np.round(engagements.heures_engagees / (engagements.taux / 100) * consomme)
    facture = np.round(engagements.montant * consomme, -2)
    pourcentage, tranche = engagements.mode == "pourcentage", engagements.mode == "tranche"
    return Execution(
        heures_travaillees=np.where(pourcentage & declare, travaillees, np.nan),
        montant_facture=np.where(tranche & declare, facture, np.nan),
        euros_par_heure=np.where(tranche & prix_connu, prix, np.nan),
    )
