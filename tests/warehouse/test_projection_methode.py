"""Comparison with finished lots: bounds in order, never negative, the same for any order, right on average."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.warehouse import projection_methode as methode
from dashboard.warehouse.projection_methode import GRILLE, Groupe, apprendre, trajectoires

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Reels = NDArray[np.float64]


def population(n: int, graine: int = 0) -> tuple[Reels, Reels, Reels]:
    """Hours along the duration (n × grid), final and engaged hours of made-up lots, without any link with the demo.

    The pace is a power of the time (early or late lots), the success depends on it, one lot in fifteen does nothing.
    """
    rng = np.random.default_rng(graine)
    engagees = rng.lognormal(7, 1, n)
    retard = rng.uniform(0.6, 2.2, n)
    finales = engagees * np.clip(rng.normal(1.25 - 0.2 * retard, 0.15, n), 0.05, None) * (rng.random(n) > 1 / 15)
    heures = finales[:, None] * np.minimum(GRILLE / 1.1, 1.0) ** retard[:, None]
    return heures, finales, engagees


def groupe(n: int, graine: int = 0) -> Groupe:
    heures, finales, engagees = population(n, graine)
    savoir = apprendre(heures, finales, engagees, np.ones(n, dtype=bool))
    assert savoir is not None
    return savoir.construction


def test_huit_lots_sur_dix_finissent_dans_l_intervalle() -> None:
    """Lots drawn from the same law as the reference, at the three stages of the back-test."""
    savoir = groupe(1500)
    heures, finales, engagees = population(1500, graine=1)
    for stade in (0.25, 0.5, 0.75):
        rang = int(np.searchsorted(GRILLE, stade))
        faites = heures[:, rang]
        bornes = faites[:, None] + savoir.restes(np.full(1500, stade), faites, engagees)
        dedans = (finales >= bornes[:, 0] - 0.5) & (finales <= bornes[:, 2] + 0.5)
        assert 0.76 <= dedans.mean() <= 0.88
        assert 0.4 <= (finales <= bornes[:, 1] + 0.5).mean() <= 0.6


def test_la_comparaison_ne_depend_pas_de_l_ordre_des_lots() -> None:
    heures, finales, engagees = population(300)
    melange = np.random.default_rng(3).permutation(300)
    tous = np.ones(300, dtype=bool)
    droit, autre = (
        apprendre(heures, finales, engagees, tous),
        apprendre(*(a[melange] for a in (heures, finales, engagees)), tous),
    )
    assert droit is not None
    assert autre is not None
    question = (np.array([0.3, 0.0, 0.9]), np.array([120.0, 0.0, 0.0]), np.array([900.0, 300.0, 5000.0]))
    np.testing.assert_allclose(droit.construction.restes(*question), autre.construction.restes(*question))


@given(
    st.floats(0, 50),
    st.floats(0, 1e6),
    st.floats(1e-3, 1e7),
    st.sampled_from([methode.LOTS_MIN, 120, 900]),
)
def test_quel_que_soit_le_lot_les_bornes_sont_en_ordre_et_jamais_negatives(
    part: float, fait: float, total: float, n: int
) -> None:
    bas, centre, haut = groupe(n).restes(np.array([part]), np.array([fait]), np.array([total]))[0]
    assert 0 <= bas <= centre <= haut < np.inf


def test_un_lot_plus_avance_finit_plus_haut() -> None:
    savoir = groupe(1500)
    faites = np.array([0.0, 200.0, 400.0, 700.0, 1200.0])
    restes = savoir.restes(np.full(5, 0.5), faites, np.full(5, 1000.0))
    assert (np.diff(faites + restes[:, 1]) > 0).all()


def test_la_courbe_de_reference_monte_de_zero_a_un() -> None:
    savoir = groupe(200)
    assert savoir.profil[0] == 0
    assert savoir.profil[-1] == 1
    assert (np.diff(savoir.profil) >= 0).all()
    assert savoir.part(np.array([0.0, 5.0])).tolist() == [0.0, 1.0]
    assert 1.0 <= savoir.fin() <= GRILLE[-1]


def test_trop_peu_de_lots_finis_pas_de_reference() -> None:
    heures, finales, engagees = population(methode.LOTS_MIN)
    tous = np.ones(methode.LOTS_MIN, dtype=bool)
    assert apprendre(heures, finales, engagees, tous) is not None
    assert apprendre(heures[1:], finales[1:], engagees[1:], tous[1:]) is None
    assert apprendre(heures * 0, finales * 0, engagees, tous) is None


def test_une_classe_trop_petite_emprunte_aux_autres() -> None:
    heures, finales, engagees = population(400)
    construction = np.arange(400) < methode.CLASSE_MIN - 1
    savoir = apprendre(heures, finales, engagees, construction)
    assert savoir is not None
    assert len(savoir.groupe(construction=True).finales) == 400
    assert len(savoir.groupe(construction=False).finales) == 400 - methode.CLASSE_MIN + 1


def test_les_heures_d_un_mois_s_etalent_sur_le_mois() -> None:
    """One lot of 100 days from day 0; 60 h in its first month (30 days), 40 h in the third."""
    cumuls = np.array([[0.0, 60.0, 60.0, 100.0]])
    heures = trajectoires(cumuls, np.array([0, 30, 60, 90]), np.array([0]), np.array([100]))[0]
    assert heures[0] == 0
    assert heures[np.searchsorted(GRILLE, 0.15)] == pytest.approx(30)
    assert heures[np.searchsorted(GRILLE, 0.3)] == pytest.approx(60)
    assert heures[np.searchsorted(GRILLE, 0.75)] == pytest.approx(80)
    assert heures[-1] == 100
