"""What a lot promised, once its execution is known: hours engaged, amount, state, kind of obligation.

Derived backwards from the hours realised, so that the shares realised/engaged have a
realistic spread: most finished lots near or above 100 %, some well under, some late.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.demo.calendrier import N_MOIS, Entiers, Reels
from dashboard.demo.lots import Lots
from dashboard.demo.objets import BTP, METIERS, RANG_SECTEUR
from dashboard.demo.parametres import OBJECTIF_EOLE, OBJECTIF_SOLIDEO
from dashboard.demo.referentiel import Objets, tirer

TAUX = (5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 15.0, 20.0)
POIDS_TAUX = (0.36, 0.06, 0.14, 0.06, 0.24, 0.04, 0.06, 0.04)
MODES = ("volume", "pourcentage", "tranche")
CLAUSES = ("execution", "critere", "reserve_iae", "reserve_handicap", "insertion")
COUT_HORAIRE = 30.0
"""Hourly cost used to go from hours to an amount (25 to 30 € in the published worked examples)."""


@dataclass(slots=True)
class Engagements:
    """Execution side of the lots of one producer, in their order."""

    heures_engagees: Reels
    heures_prevues: Reels
    montant: Reels
    taux: Reels
    mode: Objets
    clause: Objets
    statut: Objets
    cpv: Objets
    type_achat: Objets
    secteur: Objets


def _ratios(rng: np.random.Generator, n: int) -> Reels:
    """Share finally realised: 58 % of the lots near or above the target, 27 % a little under, 15 % far under."""
    famille = tirer(rng, (0.58, 0.27, 0.15), n)
    dessus = rng.normal(1.08, 0.11, n)
    dessous = rng.normal(0.90, 0.07, n)
    loin = rng.uniform(0.25, 0.75, n)
    ratios: Reels = np.clip(np.choose(famille, [dessus, dessous, loin]), 0.2, 1.9)
    return ratios


def _engagees(rng: np.random.Generator, lots: Lots, realisees: Reels) -> Reels:
    n = len(realisees)
    age = N_MOIS - lots.mois
    avancement = np.clip(age / lots.duree, 0.05, 1.0)
    vierges = realisees < 5
    typique = np.median(realisees[~vierges]) if (~vierges).any() else 800.0
    engagees = realisees / (_ratios(rng, n) * avancement**0.9)
    engagees[vierges] = typique * rng.lognormal(0.0, 0.8, int(vierges.sum()))
    arrondies: Reels = np.maximum(np.round(engagees / 10) * 10, 30.0)
    return arrondies


def _caler_total(engagees: Reels, total: float) -> Reels:
    """Scale to a published objective, the first lot taking the rounding."""
    resultat: Reels = np.round(engagees * total / engagees.sum())
    resultat[np.argmax(resultat)] += round(total) - resultat.sum()
    return resultat


def _clauses(rng: np.random.Generator, secteur: Entiers) -> Objets:
    propices = [RANG_SECTEUR[s] for s in ("nettoyage", "espaces_verts", "dechets", "autres_services", "restauration")]
    ordinaire = tirer(rng, (0.955, 0.035, 0.004, 0.001, 0.005), len(secteur))
    propice = tirer(rng, (0.72, 0.06, 0.13, 0.05, 0.04), len(secteur))
    return np.asarray(CLAUSES, dtype=object)[np.where(np.isin(secteur, propices), propice, ordinaire)]


def engager(rng: np.random.Generator, lots: Lots, realisees: Reels, echelle: float) -> Engagements:
    """Hours engaged, amount and state of every lot. ``realisees``: hours realised by lot, end of December 2025."""
    n, code = len(realisees), lots.producteur.code
    engagees = _engagees(rng, lots, realisees)
    if code in ("SOLIDEO", "SNCFR"):
        engagees = _caler_total(engagees, (OBJECTIF_SOLIDEO if code == "SOLIDEO" else OBJECTIF_EOLE) * echelle)
    taux = np.asarray(TAUX)[tirer(rng, POIDS_TAUX, n)]
    part_main_oeuvre = np.where(lots.secteur < BTP, rng.uniform(0.35, 0.6, n), rng.uniform(0.6, 0.85, n))
    montant = engagees * COUT_HORAIRE / (part_main_oeuvre * taux / 100) * rng.uniform(0.8, 1.25, n)
    fin = lots.mois + lots.duree
    statut = np.where(lots.mois >= N_MOIS, "prevision", np.where(fin <= N_MOIS, "termine", "en_cours"))
    if code == "SOLIDEO":
        statut[:] = "termine"
    tirages = rng.random(n).tolist()
    metiers = [METIERS[s] for s in lots.secteur.tolist()]
    return Engagements(
        heures_engagees=engagees,
        heures_prevues=np.maximum(np.round(engagees * rng.uniform(0.85, 1.1, n) / 10) * 10, 20.0),
        montant=np.clip(np.round(montant, -2), 41_000.0, 900_000_000.0),
        taux=taux,
        mode=np.asarray(MODES, dtype=object)[tirer(rng, (0.62, 0.28, 0.10), n)],
        clause=_clauses(rng, lots.secteur),
        statut=statut.astype(object),
        cpv=np.asarray([m.cpv[int(t * len(m.cpv))] for m, t in zip(metiers, tirages, strict=True)], dtype=object),
        type_achat=np.asarray([m.type_achat for m in metiers], dtype=object),
        secteur=np.asarray([m.secteur for m in metiers], dtype=object),
    )
