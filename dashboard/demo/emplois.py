"""What surrounds a work contract: employer, way of hiring, kind of contract, trade; then exits and training.

The grands projets hire mostly through insertion temping agencies; services rely more on
insertion firms, associations and sheltered employment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.demo.calendrier import Dates, Entiers
from dashboard.demo.entreprises import sirets_entreprises
from dashboard.demo.lots import Lots
from dashboard.demo.objets import BTP, FORMATIONS, METIERS
from dashboard.demo.parcours import Contrats
from dashboard.demo.referentiel import Objets, tirer

MODALITES = ("directe", "etti", "ett", "geiq", "ei", "ai", "aci", "regie", "ea", "esat", "autre")
POIDS_MODALITES = {
    "gp": (0.33, 0.42, 0.10, 0.08, 0.03, 0.015, 0.005, 0.005, 0.005, 0.0, 0.01),
    "btp": (0.29, 0.37, 0.11, 0.11, 0.06, 0.02, 0.015, 0.01, 0.005, 0.0, 0.01),
    "services": (0.35, 0.10, 0.04, 0.03, 0.18, 0.10, 0.06, 0.06, 0.05, 0.02, 0.01),
}
TYPES = ("cdi", "cdd", "cddi", "interim", "interim_insertion", "apprentissage", "professionnalisation", "autre")
POIDS_TYPES = {
    "directe": (0.16, 0.60, 0.0, 0.0, 0.0, 0.12, 0.10, 0.02),
    "etti": (0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0),
    "ett": (0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0),
    "geiq": (0.0, 0.05, 0.0, 0.0, 0.0, 0.35, 0.60, 0.0),
    "ei": (0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "ai": (0.0, 0.60, 0.40, 0.0, 0.0, 0.0, 0.0, 0.0),
    "aci": (0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "regie": (0.05, 0.35, 0.60, 0.0, 0.0, 0.0, 0.0, 0.0),
    "ea": (0.30, 0.70, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "esat": (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
    "autre": (0.10, 0.50, 0.0, 0.10, 0.0, 0.0, 0.0, 0.30),
}
N_EMPLOYEURS = 420
"""Structures that hire (from number 9000; firms that win contracts are below, see ``entreprises``)."""
PREMIER_EMPLOYEUR = 9_000
SITUATIONS = ("emploi_durable", "transition", "positive", "autre", "sans_nouvelle")
POIDS_SITUATIONS = {
    0: (0.17, 0.30, 0.16, 0.22, 0.15),
    6: (0.25, 0.24, 0.12, 0.14, 0.25),
    12: (0.28, 0.19, 0.10, 0.12, 0.31),
}
REPONSES = {0: 0.82, 6: 0.55, 12: 0.40}
FIN_OBSERVATION = np.datetime64("2025-12-31")


@dataclass(slots=True)
class Emplois:
    """Attributes of the contracts of one producer, in their order."""

    employeur: Objets
    modalite: Objets
    type_contrat: Objets
    rome: Objets
    fin_connue: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    """False for a permanent contract still running: its last day is not written."""


@dataclass(slots=True)
class Suites:
    """Exits (person, horizon, situation) and training (person, day, hours, title)."""

    sortie_personne: Entiers
    sortie_horizon: Entiers
    sortie_situation: Objets
    formation_personne: Entiers
    formation_date: Dates
    formation_heures: Entiers
    formation_intitule: Objets


def tirer_emplois(rng: np.random.Generator, lots: Lots, contrats: Contrats, titulaire: Entiers) -> Emplois:
    """Employer, way of hiring, kind of contract and trade of each contract."""
    n, secteur = len(contrats), lots.secteur[contrats.lot]
    btp = secteur < BTP
    profil = np.where(~btp, "services", "gp" if lots.producteur.grand_projet else "btp")
    modalite = np.zeros(n, dtype=np.int64)
    for nom, poids in POIDS_MODALITES.items():
        ici = np.flatnonzero(profil == nom)
        modalite[ici] = tirer(rng, poids, len(ici))
    genre = np.zeros(n, dtype=np.int64)
    for k, nom in enumerate(MODALITES):
        ici = np.flatnonzero(modalite == k)
        genre[ici] = tirer(rng, POIDS_TYPES[nom], len(ici))
    structure = PREMIER_EMPLOYEUR + (modalite * 37 + tirer(rng, 1 / (np.arange(37) + 3.0), n)) % N_EMPLOYEURS
    employeur = sirets_entreprises(np.where(modalite == 0, titulaire[contrats.lot], structure))
    employeur[rng.random(n) < 0.03] = ""
    tirages = rng.random(n).tolist()
    rome = [METIERS[s].rome[int(t * len(METIERS[s].rome))] for s, t in zip(secteur.tolist(), tirages, strict=True)]
    return Emplois(
        employeur=employeur,
        modalite=np.asarray(MODALITES, dtype=object)[modalite],
        type_contrat=np.asarray(TYPES, dtype=object)[genre],
        rome=np.asarray(rome, dtype=object),
        fin_connue=~((genre == 0) & (contrats.fin > FIN_OBSERVATION - 120)),
    )


def tirer_suites(rng: np.random.Generator, contrats: Contrats) -> Suites:
    """Exits at 0, 6 and 12 months after the last contract, when that time has passed; training of some persons."""
    n = contrats.n_personnes
    dernier = np.zeros(n, dtype=np.int64)
    np.maximum.at(dernier, contrats.personne, contrats.fin.astype("datetime64[D]").astype(np.int64))
    personnes, horizons, situations = [], [], []
    for horizon, poids in POIDS_SITUATIONS.items():
        echeance = dernier.astype("datetime64[D]") + round(30.4375 * horizon)
        connus = np.flatnonzero((echeance <= FIN_OBSERVATION) & (rng.random(n) < REPONSES[horizon]))
        personnes.append(connus)
        horizons.append(np.full(len(connus), horizon, dtype=np.int64))
        situations.append(np.asarray(SITUATIONS, dtype=object)[tirer(rng, poids, len(connus))])
    forme = np.flatnonzero(rng.random(len(contrats)) < 0.085)
    jour = contrats.debut[forme] + rng.integers(0, 20, len(forme))
    titre = tirer(rng, (5, 4, 2, 3, 2, 1, 1, 3, 1.5), len(forme))
    heures = np.asarray((7, 14, 21, 35, 120, 400, 300, 7, 35))[titre]
    passee = jour <= FIN_OBSERVATION
    return Suites(
        sortie_personne=np.concatenate(personnes),
        sortie_horizon=np.concatenate(horizons),
        sortie_situation=np.concatenate(situations),
        formation_personne=contrats.personne[forme][passee],
        formation_date=jour[passee],
        formation_heures=heures[passee],
        formation_intitule=np.asarray(FORMATIONS, dtype=object)[titre][passee],
    )
