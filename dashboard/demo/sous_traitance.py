"""Subcontracting acts of the public contracts, in the fields of the official schema 2022.

Added to the contracts once they are drawn, from a stream of their own: nothing else of them
changes. Only large works contracts whose « sousTraitanceDeclaree » is already true have some:
about a quarter of them, and most of those of the grands projets (``decp_json``). Five firms in
six are PME; they are those of ``entreprises``. The official schema gives no name of a subcontractor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dashboard.demo.decp_json import DERNIERE_PUBLICATION, SIRENS_PROJETS
from dashboard.demo.defauts import Choix, Place, lots_de_defauts
from dashboard.demo.entreprises import Entreprises
from dashboard.demo.identifiants import cle_luhn, siret_entreprise
from dashboard.demo.objets import BTP
from dashboard.demo.referentiel import tirer

Fiche = dict[str, Any]
Retouche = Callable[[Fiche, Fiche], Fiche]

SEUIL = 500_000.0
"""Amount from which a works contract is called large here, in euros."""
PART_DES_DECLARES = 0.75
PART_MODIFIES = 0.10
ACTES, ACTES_PROJETS = (0.45, 0.27, 0.17, 0.11), (0.18, 0.24, 0.30, 0.28)
"""Weights of one, two, three and four acts: ordinary, of the grands projets."""
TAILLES = (0.84, 0.11, 0.05)
"""Shares of PME, ETI and GE among the subcontractors."""
PARTS = (0.02, 0.16)
"""Share of the amount of the contract given to each subcontractor: four acts stay under two thirds."""
VARIATIONS = ("Ferme", "Actualisable", "Révisable")


def _fausser(siret: str) -> str:
    return siret[:-1] + str((int(cle_luhn(siret[:-1])) + 5) % 10)


RETOUCHES: dict[str, Retouche] = {
    "sous_traitance_siret_cle": lambda acte, fiche: {
        "sousTraitant": {**acte["sousTraitant"], "id": _fausser(acte["sousTraitant"]["id"])}
    },
    "sous_traitance_montant_geant": lambda acte, fiche: {"montant": 1e15},
    "sous_traitance_superieure": lambda acte, fiche: {"montant": round(3.5 * float(fiche["montant"]), 2)},
}
"""How the first act of a contract is spoiled."""


def ajouter(rng: np.random.Generator, fiches: list[Fiche], entreprises: Entreprises) -> None:
    """Give acts to some of the contracts of a year, in place."""
    grands = [i for i, f in enumerate(fiches) if f["codeCPV"].startswith("45") and f["montant"] >= SEUIL]
    tirages = rng.random(len(grands))
    for i, tirage in zip(grands, tirages.tolist(), strict=True):
        if fiches[i]["sousTraitanceDeclaree"] and tirage < PART_DES_DECLARES:
            fiches[i] |= _actes(rng, fiches[i], entreprises)


def _actes(rng: np.random.Generator, fiche: Fiche, entreprises: Entreprises) -> Fiche:
    """Acts of one contract, by date, and the modifications of a few of them."""
    projet = fiche["acheteur"]["id"][:9] in SIRENS_PROJETS
    n = int(tirer(rng, ACTES_PROJETS if projet else ACTES, 1)[0]) + 1
    gagnants = {t["titulaire"]["id"] for t in fiche["titulaires"]}
    lieu = np.full(n, str(fiche["lieuExecution"]["code"])[:2], dtype=object)
    firmes = entreprises.choisir(rng, tirer(rng, TAILLES, n), rng.integers(0, BTP, n), lieu)
    sirets = [s for s in map(siret_entreprise, firmes.tolist()) if s not in gagnants]
    jours = np.datetime64(fiche["dateNotification"]) + np.sort(rng.integers(15, 240, len(sirets)))
    actes: list[Fiche] = []
    modifications: list[Fiche] = []
    for siret, jour in zip(sirets, jours, strict=True):
        montant = round(float(fiche["montant"]) * float(rng.uniform(*PARTS)), 2)
        duree, publiee = int(rng.integers(1, max(int(fiche["dureeMois"]), 1) + 1)), jour + int(rng.integers(5, 40))
        variation, modifie, hausse = VARIATIONS[int(rng.integers(0, 3))], rng.random(), float(rng.uniform(0.8, 1.3))
        if publiee > DERNIERE_PUBLICATION:
            continue
        actes.append(_acte(len(actes) + 1, siret, duree, str(jour), montant, variation, str(publiee)))
        if modifie < PART_MODIFIES and publiee + 60 <= DERNIERE_PUBLICATION:
            modifications.append(_modification(len(actes), round(montant * hausse, 2), str(publiee + 30), publiee + 60))
    lues = {"actesSousTraitance": actes, "modificationsActesSousTraitance": modifications}
    return {nom: liste for nom, liste in lues.items() if liste}


def _acte(rang: int, siret: str, duree: int, jour: str, montant: float, variation: str, publiee: str) -> Fiche:
    return {
        "acteSousTraitance": {
            "id": rang,
            "sousTraitant": {"typeIdentifiant": "SIRET", "id": siret},
            "dureeMois": duree,
            "dateNotification": jour,
            "montant": montant,
            "variationPrix": variation,
            "datePublicationDonnees": publiee,
        }
    }


def _modification(rang: int, montant: float, jour: str, publiee: np.datetime64) -> Fiche:
    return {
        "modificationActeSousTraitance": {
            "id": rang,
            "montant": montant,
            "dateNotificationModificationSousTraitance": jour,
            "datePublicationDonnees": str(publiee),
        }
    }


def planter(rng: np.random.Generator, fiches: list[Fiche], echelle: float, place: Place) -> dict[str, int]:
    """Spoil the first act of some contracts in place; returns how many of each defect. ``place``: that of the year."""
    admises = [i for i, f in enumerate(fiches) if "actesSousTraitance" in f and not _modifie(f)]
    choix = Choix(rng, np.asarray(admises, dtype=np.int64))
    comptes: dict[str, int] = {}
    for defaut, prevu in lots_de_defauts("sous_traitance", echelle, place):
        for i in choix.prendre(prevu):
            fiche = fiches[i]
            premier, *suite = fiche["actesSousTraitance"]
            acte = premier["acteSousTraitance"]
            retouche = {**acte, **RETOUCHES[defaut.code](acte, fiche)}
            fiches[i] = {**fiche, "actesSousTraitance": [{"acteSousTraitance": retouche}, *suite]}
            comptes[defaut.code] = comptes.get(defaut.code, 0) + 1
    return comptes


def _modifie(fiche: Fiche) -> bool:
    """A contract or an act modified later: the reading may then say something else of its amounts."""
    return "modifications" in fiche or "modificationsActesSousTraitance" in fiche
