"""Real frame of the demonstration: communes of the region and public buyers.

Reads the two reference files of the project and nothing else. The weights given to
communes and buyers are synthetic (population and kind of buyer).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.demo.calendrier import Entiers, Reels
from dashboard.demo.identifiants import siret_siege

Objets = npt.NDArray[np.object_]

RACINE = Path(__file__).resolve().parents[2]
TERRITOIRES = RACINE / "geo" / "territoires.csv"
ACHETEURS = RACINE / "data" / "reference" / "acheteurs.csv"

PART_CATEGORIE = {
    "commune": 0.38,
    "epci": 0.14,
    "departement": 0.11,
    "region": 0.04,
    "etat": 0.04,
    "etablissement_public": 0.08,
    "hopital": 0.05,
    "bailleur_social": 0.11,
    "sem_spl": 0.03,
    "entite_adjudicatrice": 0.02,
}
"""Share of the lots by kind of buyer (after the categories of Hérault 2020, adapted: synthetic)."""
SIRENS_GRANDS_PROJETS = frozenset({"525046017", "775663438", "412280737", "834553729"})
METROPOLE = ("75", "epci", 0.25)
"""Paris has no EPCI of its own: the only one seated there, the Métropole, takes a reduced share."""


@dataclass(frozen=True, slots=True)
class Communes:
    """The 1,266 communes as parallel arrays; ``rang`` finds one by its code."""

    code: Objets
    nom: Objets
    departement: Objets
    epci: Objets
    postal: Objets
    population: Reels
    rang: dict[str, int]

    def rangs(self, codes: tuple[str, ...]) -> Entiers:
        """Numbers of these communes; unknown codes are an error of the demonstration itself."""
        return np.asarray([self.rang[c] for c in codes], dtype=np.int64)

    def du_departement(self, departement: str) -> Entiers:
        """Numbers of the communes of a département."""
        return np.flatnonzero(self.departement == departement)


@dataclass(frozen=True, slots=True)
class Acheteurs:
    """Public buyers as parallel arrays; ``commune`` is a number in ``Communes`` (the seat)."""

    siret: Objets
    nom: Objets
    categorie: Objets
    departement: Objets
    commune: Entiers
    poids: Reels
    rang: dict[str, int]

    def poids_departement(self, departement: str) -> Reels:
        """Probabilities of the buyers for a coordination: its own, and a little of those of the whole region."""
        local = self.departement == departement
        poids = np.zeros(len(self.siret))
        for categorie, part in PART_CATEGORIE.items():
            ici = local & (self.categorie == categorie)
            if categorie == "region" or not ici.any():
                ici = self.categorie == categorie
            if departement == METROPOLE[0] and categorie == METROPOLE[1]:
                part *= METROPOLE[2]
            if (total := self.poids[ici].sum()) > 0:
                poids[ici] = part * self.poids[ici] / total
        resultat: Reels = poids / poids.sum()
        return resultat


@dataclass(frozen=True, slots=True)
class Referentiel:
    """What the generator knows of the real world."""

    communes: Communes
    acheteurs: Acheteurs


def _colonne(table: pd.DataFrame, nom: str) -> Objets:
    valeurs: Objets = np.asarray(table[nom].tolist(), dtype=object)
    return valeurs


def _communes(chemin: Path) -> Communes:
    table = pd.read_csv(chemin, dtype=str, keep_default_na=False)
    table = table[table["niveau"] == "commune"].sort_values("code")
    code = _colonne(table, "code")
    return Communes(
        code=code,
        nom=_colonne(table, "nom"),
        departement=_colonne(table, "departement"),
        epci=_colonne(table, "epci"),
        postal=np.asarray([c.split("|")[0] for c in table["codes_postaux"]], dtype=object),
        population=np.asarray([float(p or 0) for p in table["population"]]),
        rang={c: i for i, c in enumerate(code)},
    )


def _plus_peuplees(territoires: Path, communes: Communes) -> dict[str, int]:
    """Most populated commune of each EPT, EPCI (by SIREN) and département (by code): their seat when none is known."""
    table = pd.read_csv(territoires, dtype=str, keep_default_na=False)
    groupes = table[table["niveau"] == "epci"]
    cles = [(s, communes.epci == c) for s, c in zip(groupes["siren"], groupes["code"], strict=True)]
    cles += [(str(d), communes.departement == d) for d in sorted(set(communes.departement))]
    return {cle: int(np.argmax(np.where(dedans, communes.population, -1))) for cle, dedans in cles if dedans.any()}


def _acheteurs(chemin: Path, communes: Communes, sieges: dict[str, int]) -> Acheteurs:
    table = pd.read_csv(chemin, dtype=str, keep_default_na=False).sort_values("siren").drop_duplicates("siren")
    connue = table["commune"].isin(communes.rang) | table["siren"].isin(sieges) | table["departement"].isin(sieges)
    table = table[connue & table["categorie"].isin(PART_CATEGORIE)]
    siren, categorie, departement = (_colonne(table, nom) for nom in ("siren", "categorie", "departement"))
    trouves = [
        communes.rang.get(c, sieges.get(s, sieges.get(d, 0)))
        for c, s, d in zip(table["commune"], siren, departement, strict=True)
    ]
    siege = np.asarray(trouves, dtype=np.int64)
    poids = np.where(categorie == "commune", communes.population[siege] ** 0.8, 1.0)
    poids = np.where(categorie == "epci", np.minimum(communes.population[siege], 100_000.0) ** 0.5, poids)
    poids[np.isin(siren.astype(str), list(SIRENS_GRANDS_PROJETS))] = 0.0
    return Acheteurs(
        siret=np.asarray([siret_siege(s) for s in siren], dtype=object),
        nom=_colonne(table, "nom"),
        categorie=categorie,
        departement=departement,
        commune=siege,
        poids=poids,
        rang={s: i for i, s in enumerate(siren)},
    )


def charger_referentiel(territoires: Path = TERRITOIRES, acheteurs: Path = ACHETEURS) -> Referentiel:
    """Read the two reference files.

    Raises ``FileNotFoundError`` naming the missing file: the demonstration cannot do without them.
    """
    for chemin in (territoires, acheteurs):
        if not chemin.is_file():
            raise FileNotFoundError(f"Fichier de référence absent : {chemin.name}")
    communes = _communes(territoires)
    return Referentiel(communes, _acheteurs(acheteurs, communes, _plus_peuplees(territoires, communes)))


def rapprocher_du_siege(rng: np.random.Generator, ref: Referentiel, acheteur: Entiers, commune: Entiers) -> Entiers:
    """Places of execution brought back to the territory of the buyer: its EPT or EPCI, its département.

    Communes buy at home; buyers seated in Paris that are not the city keep the place drawn.
    """
    acheteurs, communes = ref.acheteurs, ref.communes
    siege, categorie = acheteurs.commune[acheteur], acheteurs.categorie[acheteur]
    resultat: Entiers = np.where(categorie == "commune", siege, commune)
    ailleurs = (categorie != "commune") & (acheteurs.departement[acheteur] != "75")
    for quoi, cles in (("epci", communes.epci), ("autre", communes.departement)):
        choix = ailleurs & ((categorie == "epci") == (quoi == "epci"))
        for cle in sorted({str(c) for c in cles[siege[choix]]}):
            ici = np.flatnonzero(choix & (cles[siege] == cle))
            voisines = np.flatnonzero(cles == cle)
            resultat[ici] = voisines[tirer(rng, communes.population[voisines], len(ici))]
    return resultat


def tirer(rng: np.random.Generator, poids: Any, n: int) -> Entiers:
    """``n`` draws with replacement among ``len(poids)`` items, in proportion to ``poids`` (fast inverse method)."""
    cumul = np.cumsum(np.asarray(poids, dtype=float))
    indices: Entiers = np.searchsorted(cumul, rng.random(n) * cumul[-1], side="right").astype(np.int64)
    return np.minimum(indices, len(cumul) - 1)
