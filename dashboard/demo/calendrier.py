"""Months of the demonstration: numbering, seasonality, hours and entries expected each month.

Pure arithmetic on the parameters; nothing is drawn at random here.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dashboard.demo.parametres import (
    AMORCE,
    ANNEES,
    CONFINEMENT,
    HEURES_PAR_CONTRAT,
    HEURES_PAR_CONTRAT_GP,
    PART_NOUVEAUX,
    PREMIERE_ANNEE,
    SAISON,
    SAISON_ENTREES,
    Producteur,
)

Reels = npt.NDArray[np.float64]
Entiers = npt.NDArray[np.int64]
Dates = npt.NDArray[np.datetime64]

N_MOIS = 12 * len(ANNEES)
ORIGINE = np.datetime64(f"{PREMIERE_ANNEE}-01", "M")
MOIS: Dates = ORIGINE + np.arange(N_MOIS)
MOIS_ENTREES: Dates = ORIGINE + np.arange(-AMORCE, N_MOIS)
"""Months in which contracts may start: the warm-up, then the eight years."""


def rang(mois: str) -> int:
    """Number of a month « AAAA-MM »: 0 is January 2018, negative before."""
    return int((np.datetime64(mois, "M") - ORIGINE).astype(int))


def _saisonnalite(mois: Dates, profil: tuple[float, ...]) -> Reels:
    numeros = mois.astype("datetime64[M]").astype(int) % 12
    valeurs: Reels = np.asarray(profil, dtype=float)[numeros]
    return valeurs


def heures_mensuelles(producteur: Producteur) -> Reels:
    """Hours to realise in each of the 96 months; the sum over each period is exactly its total."""
    centres, niveaux = [], []
    for debut, fin, heures in producteur.paliers:
        centres.append((rang(debut) + rang(fin)) / 2)
        niveaux.append(heures / (rang(fin) - rang(debut) + 1))
    tendance = np.interp(np.arange(N_MOIS), centres, niveaux)
    forme = tendance * _saisonnalite(MOIS, SAISON)
    for mois, facteur in CONFINEMENT.items():
        forme[rang(mois)] *= facteur
    resultat = np.zeros(N_MOIS)
    for debut, fin, heures in producteur.paliers:
        tranche = slice(rang(debut), rang(fin) + 1)
        resultat[tranche] = forme[tranche] * heures / forme[tranche].sum()
    return resultat


def entrees_mensuelles(producteur: Producteur, echelle: float) -> Entiers:
    """Contracts to sign in each month of ``MOIS_ENTREES``; yearly totals follow the published hours per contract."""
    heures = heures_mensuelles(producteur)
    suivantes = np.append(heures[1:], 0.0)
    forme = np.sqrt(heures * (0.6 * heures + 0.4 * suivantes)) * _saisonnalite(MOIS, SAISON_ENTREES)
    ratios = HEURES_PAR_CONTRAT_GP if producteur.grand_projet else HEURES_PAR_CONTRAT
    attendues = np.zeros(N_MOIS)
    for i, annee in enumerate(ANNEES):
        tranche = slice(12 * i, 12 * i + 12)
        if (total := forme[tranche].sum()) > 0:
            attendues[tranche] = forme[tranche] / total * producteur.heures_annee(annee) / ratios[annee]
    amorce = np.full(AMORCE, attendues[:6].mean())
    return arrondir_en_cumul(np.concatenate([amorce, attendues]) * echelle)


def arrondir_en_cumul(valeurs: Reels) -> Entiers:
    """Whole numbers whose running sum follows that of ``valeurs`` (a rounding never drifts)."""
    cumul = np.floor(np.cumsum(valeurs) + 0.5)
    return np.diff(cumul, prepend=0).astype(np.int64)


def cumul_personnes(producteur: Producteur) -> Reels:
    """Persons seen since the start, at the end of each month of ``MOIS_ENTREES``.

    Interpolated between the published points, in proportion to the hours; without
    points, a constant share of the persons of each year is new.
    """
    heures = heures_mensuelles(producteur)
    rythme = np.concatenate([np.full(AMORCE, heures[:3].mean()), heures])
    temps = np.cumsum(rythme)
    if not producteur.cumul_personnes:
        nouveaux = [producteur.personnes[a] * (PART_NOUVEAUX if a > PREMIERE_ANNEE else 1.0) for a in ANNEES]
        points = [0.0, *np.cumsum(nouveaux)]
        bornes = [0, *(AMORCE + 12 * (i + 1) - 1 for i in range(len(ANNEES)))]
    else:
        points = [n for _, n in producteur.cumul_personnes]
        bornes = [max(rang(m) + AMORCE, 0) for m, _ in producteur.cumul_personnes]
    cumul: Reels = np.interp(temps, temps[bornes], points)
    return cumul
