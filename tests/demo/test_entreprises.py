"""The size of a winner follows the amount, PME win near their home, and the list is always the same."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.demo.entreprises import (
    CATEGORIES,
    DEPARTEMENTS,
    ETI,
    GE,
    N_ENTREPRISES,
    ORDINAIRE,
    PME,
    PROFILS,
    VOISINS,
    Entreprises,
    recenser,
    tirer_tailles,
)
from dashboard.demo.generateur import FLUX_ENTREPRISES, flux
from dashboard.demo.objets import METIERS


@pytest.fixture(scope="module")
def entreprises() -> Entreprises:
    return recenser(flux(2018, FLUX_ENTREPRISES))


def gagnants(entreprises: Entreprises, montant: float, n: int = 4_000, departement: str = "93") -> np.ndarray:
    lieu, metier = np.full(n, departement, dtype=object), np.arange(n) % len(METIERS)
    return entreprises.gagnants(flux(1, 1), np.full(n, montant), metier, lieu, np.zeros(n, dtype=bool))


def part_pme(entreprises: Entreprises, rangs: np.ndarray) -> float:
    return float(np.isin(entreprises.categorie[rangs - 1], [PME, CATEGORIES.index("")]).mean())


def test_la_liste_est_celle_de_la_graine(entreprises: Entreprises) -> None:
    encore = recenser(flux(2018, FLUX_ENTREPRISES))
    np.testing.assert_array_equal(entreprises.categorie, encore.categorie)
    assert len(entreprises.categorie) == N_ENTREPRISES - 1
    for taille in (PME, ETI, GE):
        assert set(entreprises.metier[entreprises.categorie == taille]) == set(range(len(METIERS)))


def test_les_grands_marches_vont_aux_grandes_entreprises(entreprises: Entreprises) -> None:
    parts = [part_pme(entreprises, gagnants(entreprises, m)) for m in (60_000, 1e6, 1e7, 1e8)]
    assert parts == sorted(parts, reverse=True)
    assert parts[0] > 0.68
    assert 0.15 < parts[2] < 0.35
    assert parts[3] == 0


def test_un_marche_reserve_va_a_une_pme(entreprises: Entreprises) -> None:
    n = 500
    rangs = entreprises.gagnants(
        flux(1, 1), np.full(n, 2e7), np.full(n, 3), np.full(n, "75", dtype=object), np.ones(n, dtype=bool)
    )
    assert part_pme(entreprises, rangs) == 1


def test_les_pme_gagnent_pres_de_chez_elles(entreprises: Entreprises) -> None:
    n = 3_000
    lieu, metier = np.full(n, "77", dtype=object), np.zeros(n, dtype=np.int64)
    ici = DEPARTEMENTS.index("77")
    parts = [
        (entreprises.departement[entreprises.choisir(flux(1, 1), np.full(n, t), metier, lieu) - 1] == ici).mean()
        for t in (PME, ETI)
    ]
    assert parts[0] > 0.45
    assert parts[0] > parts[1]


def test_metier_garde_et_departement_inconnu_accepte(entreprises: Entreprises) -> None:
    metier = np.arange(120) % len(METIERS)
    rangs = entreprises.choisir(flux(1, 1), np.full(120, GE), metier, np.full(120, "69", dtype=object))
    np.testing.assert_array_equal(entreprises.metier[rangs - 1], metier)
    assert not len(entreprises.choisir(flux(1, 1), metier[:0], metier[:0], np.empty(0, dtype=object)))


def test_voisins_reciproques() -> None:
    assert all(d in VOISINS[v].split() for d, voisins in VOISINS.items() for v in voisins.split())


@pytest.mark.parametrize("profil", [ORDINAIRE, *PROFILS.values()])
def test_tailles_regulieres_meme_sur_peu_de_marches(profil: object) -> None:
    montants = np.full(200, 5e6)
    parts = [(tirer_tailles(flux(g, 1), montants, profil) == PME).mean() for g in range(5)]  # type: ignore[arg-type]
    assert max(parts) - min(parts) <= 0.02
