"""Size of the firms of the demonstration, in the columns of the stock of legal units of Sirene.

Three quarters are PME by number; the few that win most contracts are larger, hence a smaller
share of the amounts. Some have no category yet, as in the real file. No firm of the list exists.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from dashboard.demo.emplois import N_TITULAIRES
from dashboard.demo.identifiants import nom_entreprise, siren_entreprise
from dashboard.demo.referentiel import tirer

FICHIER = "entreprises/entreprises.csv"
CATEGORIES = ("PME", "ETI", "GE", "")
POIDS = (0.77, 0.13, 0.06, 0.04)
POIDS_PREMIERES = (0.58, 0.26, 0.15, 0.01)
N_PREMIERES = 600
"""The firms that win most (first ranks of ``emplois.titulaires``)."""
COLONNES = ("siren", "statutDiffusionUniteLegale", "denominationUniteLegale", "categorieEntreprise")


def ecrire(rng: np.random.Generator, dossier: Path) -> None:
    """Write the list under ``dossier``; the same stream writes the same bytes."""
    chemin = dossier / FICHIER
    chemin.parent.mkdir(parents=True, exist_ok=True)
    premieres, autres = tirer(rng, POIDS_PREMIERES, N_PREMIERES), tirer(rng, POIDS, N_TITULAIRES - N_PREMIERES)
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        plume = csv.writer(flux, lineterminator="\n")
        plume.writerow(COLONNES)
        for rang, choix in enumerate(np.concatenate([premieres, autres]).tolist()):
            if rang:  # the SIREN of the first one is nine zeros, which no register would list
                plume.writerow((siren_entreprise(rang), "O", nom_entreprise(rang), CATEGORIES[choix]))
