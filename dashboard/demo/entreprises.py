"""Firms of the demonstration: size, trade, home, and which of them wins what.

The size of a winner follows the amount: small contracts go to PME near the place, large ones to groups led
by large firms, where PME come as co-titulaires (``decp_json``) and subcontractors (``sous_traitance``). The
shares aimed at are published: 62 % of the contracts and 32 % of the amounts in the country (OECP 2019),
a fifth of the amounts of the Grand Paris Express, subcontracting included (``calage.toml``). PME win around
their home, larger firms everywhere. No firm of the list exists; some have no category, as in the real file.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from dashboard.demo.calendrier import Entiers, Reels
from dashboard.demo.identifiants import nom_entreprise, siren_entreprise, siret_entreprise
from dashboard.demo.objets import METIERS
from dashboard.demo.referentiel import Objets

FICHIER = "entreprises/entreprises.csv"
N_ENTREPRISES = 6_000
"""Firms that win contracts: numbers 1 to 5999 (the SIREN of number 0 is nine zeros, which no register would list)."""
CATEGORIES = ("PME", "ETI", "GE", "")
PARTS_CATEGORIES = (0.845, 0.095, 0.03, 0.03)
"""By number of firms; those without category win as PME do."""
POIDS_METIERS = (0.12, 0.20, 0.13, 0.08, 0.055, 0.035, 0.03, 0.08, 0.04, 0.03, 0.07, 0.13)
POIDS_DEPARTEMENTS = {"75": 0.2, "77": 0.1, "78": 0.1, "91": 0.1, "92": 0.15, "93": 0.15, "94": 0.12, "95": 0.08}
DEPARTEMENTS = tuple(POIDS_DEPARTEMENTS)
VOISINS = {
    "75": "92 93 94", "77": "91 93 94 95", "78": "91 92 95", "91": "77 78 92 94", "92": "75 78 91 93 94 95",
    "93": "75 77 92 94 95", "94": "75 77 91 92 93", "95": "77 78 92 93",
}  # fmt: skip
PROXIMITES = ((1.0, 0.22, 0.05), (1.0, 0.7, 0.5), (1.0, 1.0, 1.0))
"""By size (PME, ETI, GE): weight of a firm of the département of the works, of a neighbour, of elsewhere."""
CONCENTRATIONS = ((8.0, 0.65), (4.0, 0.75), (2.0, 0.75))
"""By size: offset and power of the weight of the k-th firm of a trade."""
PME, ETI, GE = range(3)
MONTANT_MAXIMAL_PME = 60_000_000.0
"""Euros: no contract above it goes to a PME, whose yearly turnover is under 50 million (décret 2008-1354)."""
NOMBRE_D_OR = 0.6180339887498949
COLONNES = ("siren", "statutDiffusionUniteLegale", "denominationUniteLegale", "categorieEntreprise")


@dataclass(frozen=True, slots=True)
class Profil:
    """Who wins from a kind of buyer: share of PME for the smallest contracts, amount (€) that halves it, slope."""

    plafond: float
    demi: float
    pente: float


ORDINAIRE = Profil(0.745, 7_000_000, 0.67)
PROFILS = {
    "SGP": Profil(0.78, 36_000_000, 1.0),
    "SOLIDEO": Profil(0.80, 7_000_000, 0.9),
    "RATP": Profil(0.75, 6_000_000, 0.8),
    "SNCFR": Profil(0.75, 6_000_000, 0.8),
}


@dataclass(frozen=True, slots=True)
class Entreprises:
    """The firms as parallel arrays: position i is firm number i + 1."""

    categorie: Entiers
    """Number in ``CATEGORIES``."""
    metier: Entiers
    departement: Entiers
    """Number in ``DEPARTEMENTS``."""
    _viviers: dict[tuple[int, int, int], tuple[Entiers, Reels]] = field(default_factory=dict)

    def _vivier(self, taille: int, metier: int, departement: int) -> tuple[Entiers, Reels]:
        """Firms of a size and a trade, and their cumulated weights for works in a département."""
        cle = taille, metier, departement
        if cle not in self._viviers:
            tailles = np.where(self.categorie == CATEGORIES.index(""), PME, self.categorie)
            rangs = np.flatnonzero((tailles == taille) & (self.metier == metier))
            dedans = np.asarray([DEPARTEMENTS.index(v) for v in VOISINS[DEPARTEMENTS[departement]].split()])
            ici, pres, loin = PROXIMITES[taille]
            siege = self.departement[rangs]
            proximite = np.where(siege == departement, ici, np.where(np.isin(siege, dedans), pres, loin))
            decalage, puissance = CONCENTRATIONS[taille]
            poids = proximite / (np.arange(len(rangs)) + decalage) ** puissance
            self._viviers[cle] = rangs + 1, np.cumsum(poids)
        return self._viviers[cle]

    def choisir(self, rng: np.random.Generator, taille: Entiers, metier: Entiers, departement: Objets) -> Entiers:
        """A firm of each size and trade, for works in each département (code; out of the region as in Paris)."""
        connus = {code: i for i, code in enumerate(DEPARTEMENTS)}
        lieu = np.asarray([connus.get(code, 0) for code in departement.tolist()], dtype=np.int64)
        cles = (taille * len(METIERS) + metier) * len(DEPARTEMENTS) + lieu
        tirages = rng.random(len(cles))
        ordre = np.argsort(cles, kind="stable")
        bornes = np.flatnonzero(np.diff(cles[ordre], prepend=-1))
        resultat = np.zeros(len(cles), dtype=np.int64)
        for groupe in np.split(ordre, bornes[1:]) if len(ordre) else ():
            i = groupe[0]
            rangs, cumul = self._vivier(int(taille[i]), int(metier[i]), int(lieu[i]))
            resultat[groupe] = rangs[np.searchsorted(cumul, tirages[groupe] * cumul[-1])]
        return resultat

    def gagnants(
        self, rng: np.random.Generator, montant: Reels, metier: Entiers, departement: Objets,
        reserve: np.ndarray, profil: Profil = ORDINAIRE,
    ) -> Entiers:  # fmt: skip
        """Number of the firm that wins each contract; ``reserve``: reserved to structures, which are PME."""
        taille = tirer_tailles(rng, montant, profil)
        petits = reserve & (montant <= MONTANT_MAXIMAL_PME)
        return self.choisir(rng, np.where(petits, PME, taille), metier, departement)


def _repartir(rng: np.random.Generator, parts: tuple[float, ...], n: int) -> Entiers:
    """``n`` kinds in random order, their numbers as near as can be to the parts."""
    bornes = np.round(np.cumsum(parts) / sum(parts) * n).astype(np.int64)
    return rng.permutation(np.repeat(np.arange(len(parts)), np.diff(bornes, prepend=0)))


def recenser(rng: np.random.Generator) -> Entreprises:
    """All the firms; the same stream gives the same ones."""
    n = N_ENTREPRISES - 1
    metier = _repartir(rng, POIDS_METIERS, n)
    categorie = np.zeros(n, dtype=np.int64)
    for rang in range(len(METIERS)):
        ici = np.flatnonzero(metier == rang)
        categorie[ici] = _repartir(rng, PARTS_CATEGORIES, len(ici))
    return Entreprises(categorie, metier, _repartir(rng, tuple(POIDS_DEPARTEMENTS.values()), n))


def tirer_tailles(rng: np.random.Generator, montant: Reels, profil: Profil = ORDINAIRE) -> Entiers:
    """Size (``PME``, ``ETI``, ``GE``) of the winner of each contract, by its amount in euros.

    Contracts of near amounts take regularly spaced draws, so that a few very large ones do not decide the share.
    """
    n = len(montant)
    tirages = np.empty(n)
    tirages[np.argsort(montant, kind="stable")] = (rng.random() + np.arange(n) * NOMBRE_D_OR) % 1
    part_pme = profil.plafond / (1 + (montant / profil.demi) ** profil.pente)
    part_pme = np.where(montant > MONTANT_MAXIMAL_PME, 0.0, part_pme)
    part_ge = np.clip(0.30 + 0.13 * np.log10(np.maximum(montant, 1.0) / 100_000), 0.30, 0.80)
    return np.where(tirages < part_pme, PME, np.where(tirages > 1 - (1 - part_pme) * part_ge, GE, ETI))


def sirets_entreprises(rangs: Entiers) -> Objets:
    """SIRET of these firms of the demonstration."""
    return np.asarray([siret_entreprise(r) for r in rangs.tolist()], dtype=object)


def ecrire(entreprises: Entreprises, dossier: Path) -> None:
    """Write the list under ``dossier``, in the columns of the stock of legal units of Sirene."""
    chemin = dossier / FICHIER
    chemin.parent.mkdir(parents=True, exist_ok=True)
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        plume = csv.writer(flux, lineterminator="\n")
        plume.writerow(COLONNES)
        for rang, categorie in enumerate(entreprises.categorie.tolist(), start=1):
            plume.writerow((siren_entreprise(rang), "O", nom_entreprise(rang), CATEGORIES[categorie]))
