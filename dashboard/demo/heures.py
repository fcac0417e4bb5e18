"""Monthly hours of the work contracts, raked so that each month of each producer reaches its total.

A row is a contract × a month it covers. The total of the month comes from the calendar;
a row never exceeds what the exchange template accepts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.demo.calendrier import MOIS, N_MOIS, ORIGINE, Entiers, Reels, heures_mensuelles
from dashboard.demo.parametres import HEURES_MENSUELLES, Producteur
from dashboard.demo.parcours import Contrats

MAXIMUM_MENSUEL = 238.0
TOURS_DE_CALAGE = 6


@dataclass(slots=True)
class Heures:
    """One row per contract and month: number of the contract, month (0 is January 2018), hours."""

    contrat: Entiers
    mois: Entiers
    heures: Reels


def deplier(contrats: Contrats) -> tuple[Entiers, Entiers, Reels]:
    """Contract, month, and share of the month under contract, for every month observed."""
    premier = (contrats.debut.astype("datetime64[M]") - ORIGINE).astype(int)
    dernier = (contrats.fin.astype("datetime64[M]") - ORIGINE).astype(int)
    premier, dernier = np.maximum(premier, 0), np.minimum(dernier, N_MOIS - 1)
    n = np.maximum(dernier - premier + 1, 0)
    contrat = np.repeat(np.arange(len(contrats)), n)
    mois = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n) + np.repeat(premier, n)
    debut_mois = MOIS[mois].astype("datetime64[D]")
    fin_mois = (MOIS[mois] + 1).astype("datetime64[D]")
    jours = np.minimum(contrats.fin[contrat] + 1, fin_mois) - np.maximum(contrats.debut[contrat], debut_mois)
    part = jours.astype(float) / (fin_mois - debut_mois).astype(float)
    return contrat, mois, part


def _caler(base: Reels, mois: Entiers, cible: Reels) -> Reels:
    """Scale each month towards its total; what a ceiling prevents goes to the neighbours of the year."""
    heures = base.copy()
    for tour in range(TOURS_DE_CALAGE):
        periode = mois if tour < TOURS_DE_CALAGE - 1 else mois // 12
        objectif = cible if tour < TOURS_DE_CALAGE - 1 else cible.reshape(-1, 12).sum(axis=1)
        actuel = np.bincount(periode, weights=heures, minlength=len(objectif))
        facteur = np.divide(objectif, actuel, out=np.zeros(len(objectif)), where=actuel > 0)
        heures = np.clip(heures * facteur[periode], 1.0, MAXIMUM_MENSUEL)
    return heures


def tirer_heures(rng: np.random.Generator, producteur: Producteur, contrats: Contrats, echelle: float) -> Heures:
    """Hours of every contract and month, in half hours."""
    contrat, mois, part = deplier(contrats)
    rythme = np.clip(rng.lognormal(-0.01, 0.15, len(contrats)), 0.35, 1.25)
    base = part * rythme[contrat] * rng.uniform(0.9, 1.1, len(contrat)) * HEURES_MENSUELLES
    cible = heures_mensuelles(producteur) * echelle
    actifs = cible[mois] > 0
    contrat, mois, base = contrat[actifs], mois[actifs], base[actifs]
    heures = _caler(base, mois, cible)
    return Heures(contrat, mois, np.maximum(np.round(heures * 2) / 2, 0.5))
