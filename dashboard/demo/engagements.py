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
TAUX_PROJETS = {"SGP": (5.0, 10.0), "SOLIDEO": (10.0, 10.0), "SNCFR": (7.0, 7.0)}
"""Rates that the charters of the grands projets ask for, until September 2020 and since October 2020."""
MOIS_RELEVEMENT = 33
"""October 2020, when the Société du Grand Paris went from 5 to 10 %."""
PART_AU_DELA = 0.08
"""Share of these lots whose rate is above the one asked for."""
MAIN_D_OEUVRE = {"SGP": (0.14, 0.21), "SNCFR": (0.15, 0.24)}
"""Share of labour in civil engineering: 1.1 million hours at 5 % for 3.7 billion euros (ligne 15 Sud, July 2017)."""
MONTANT_SOLIDEO = 2_144_000_000.0
"""Base of the promise of Solideo to PME: 536 million euros are 25 % of it."""
MODES = ("volume", "pourcentage", "tranche")
CLAUSES = ("execution", "critere", "reserve_iae", "reserve_handicap", "insertion")
MONTANT_MAXIMAL = 926_000_000.0
"""The largest contract of civil engineering of the Grand Paris Express (February 2017)."""
INERTIE = 3.2
"""Months: how late the hours come after the contracts they are spread over."""
APPUI = 0.12
"""Weight of what the size of a lot announces, as a share of its execution."""
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
    """Share finally realised: 63 % of the lots near or above the target, 20 % a little under, 17 % far under."""
    famille = tirer(rng, (0.63, 0.20, 0.17), n)
    dessus = rng.normal(1.10, 0.09, n)
    dessous = rng.normal(0.90, 0.06, n)
    loin = rng.uniform(0.25, 0.75, n)
    ratios: Reels = np.clip(np.choose(famille, [dessus, dessous, loin]), 0.2, 1.9)
    return ratios


def _execute(lots: Lots) -> Reels:
    """Share of the final hours of each lot expected by the end of December 2025.

    Contracts start evenly over the lot and last some months: the hours come ``INERTIE`` months late on average.
    """
    age = np.maximum(N_MOIS - 1.0 - lots.mois, 0.0)
    pendant = np.minimum(age, lots.duree)
    montee = pendant - INERTIE * (1 - np.exp(-pendant / INERTIE))
    reste = INERTIE * (1 - np.exp(-pendant / INERTIE)) * (1 - np.exp(-(age - pendant) / INERTIE))
    part: Reels = np.clip((montee + reste) / lots.duree, 0.0, 1.0)
    return part


def _engagees(rng: np.random.Generator, lots: Lots, realisees: Reels) -> Reels:
    """Hours promised, from the hours realised and, the less of them there are yet, from the size of the lot.

    A lot that ends without any hour is a failure of ordinary size.
    """
    n = len(realisees)
    execute = _execute(lots)
    ampleur = lots.poids * lots.duree
    murs = (execute > 0.5) & (realisees >= 5) & (lots.mois > N_MOIS - 48)
    murs = murs if murs.sum() >= 5 else realisees >= 5
    total = np.sum(realisees[murs]) / max(np.sum(ampleur[murs] * np.maximum(execute[murs], 0.05)), 1e-9)
    attendues = np.clip(total * ampleur, 150.0, None) * rng.lognormal(0.0, 0.25, n)
    appui = np.where(execute < 0.6, APPUI, APPUI * np.clip((1 - execute) / 0.4, 0.0, 1.0))
    finales = (realisees + appui * attendues) / np.maximum(execute + appui, 0.02)
    jamais = (realisees < 5) & (execute >= 0.6)
    typique = np.median(realisees[realisees >= 5]) if (realisees >= 5).any() else 800.0
    finales[jamais] = 1.3 * typique * rng.lognormal(0.0, 0.8, int(jamais.sum()))
    arrondies: Reels = np.maximum(np.round(finales / _ratios(rng, n) / 10) * 10, 30.0)
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


def _taux(rng: np.random.Generator, lots: Lots) -> Reels:
    """Insertion rate of each lot, in percent: what the charter asks for, or more; elsewhere, those met."""
    n = len(lots.mois)
    libre = np.asarray(TAUX)[tirer(rng, POIDS_TAUX, n)]
    exiges = TAUX_PROJETS.get(lots.producteur.code)
    if exiges is None:
        return libre
    exige = np.where(lots.mois < MOIS_RELEVEMENT, *exiges)
    taux: Reels = np.where(rng.random(n) < PART_AU_DELA, np.maximum(libre, exige), exige)
    return taux


def engager(rng: np.random.Generator, lots: Lots, realisees: Reels, echelle: float) -> Engagements:
    """Hours engaged, amount and state of every lot. ``realisees``: hours realised by lot, end of December 2025."""
    n, code = len(realisees), lots.producteur.code
    engagees = _engagees(rng, lots, realisees)
    if code in ("SOLIDEO", "SNCFR"):
        engagees = _caler_total(engagees, (OBJECTIF_SOLIDEO if code == "SOLIDEO" else OBJECTIF_EOLE) * echelle)
    taux = _taux(rng, lots)
    bornes = MAIN_D_OEUVRE.get(code, (0.35, 0.6))
    part_main_oeuvre = np.where(lots.secteur < BTP, rng.uniform(*bornes, n), rng.uniform(0.6, 0.85, n))
    montant = engagees * COUT_HORAIRE / (part_main_oeuvre * taux / 100) * rng.uniform(0.8, 1.25, n)
    if code == "SOLIDEO":
        montant *= MONTANT_SOLIDEO * echelle / montant.sum()
    fin = lots.mois + lots.duree
    statut = np.where(lots.mois >= N_MOIS, "prevision", np.where(fin <= N_MOIS, "termine", "en_cours"))
    if code == "SOLIDEO":
        statut[:] = "termine"
    tirages = rng.random(n).tolist()
    metiers = [METIERS[s] for s in lots.secteur.tolist()]
    return Engagements(
        heures_engagees=engagees,
        heures_prevues=np.maximum(np.round(engagees * rng.uniform(0.85, 1.1, n) / 10) * 10, 20.0),
        montant=np.clip(np.round(montant, -2), 41_000.0, MONTANT_MAXIMAL),
        taux=taux,
        mode=np.asarray(MODES, dtype=object)[tirer(rng, (0.62, 0.28, 0.10), n)],
        clause=_clauses(rng, lots.secteur),
        statut=statut.astype(object),
        cpv=np.asarray([m.cpv[int(t * len(m.cpv))] for m, t in zip(metiers, tirages, strict=True)], dtype=object),
        type_achat=np.asarray([m.type_achat for m in metiers], dtype=object),
        secteur=np.asarray([m.secteur for m in metiers], dtype=object),
    )
