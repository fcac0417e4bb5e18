"""Classes of the map: every value falls in one, the breaks are readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.classes import CLASSES_MAX, arrondi_lisible, bornes, classe, intervalles, teintes

valeurs = st.lists(st.floats(0, 1e9, allow_nan=False), max_size=60)


@given(valeurs)
def test_les_bornes_montent_et_restent_dans_les_valeurs(serie: list[float]) -> None:
    limites = bornes(serie)
    assert list(limites) == sorted(set(limites))
    assert len(limites) < CLASSES_MAX
    assert all(min(v for v in serie if v > 0) < b <= max(serie) for b in limites)


@given(valeurs)
def test_chaque_valeur_a_une_classe_et_aucune_classe_n_est_vide_aux_deux_bouts(serie: list[float]) -> None:
    limites = bornes(serie)
    positives = [v for v in serie if v > 0]
    classes = {classe(v, limites) for v in positives}
    assert classes <= set(range(len(limites) + 1))
    if limites:
        assert {0, len(limites)} <= classes
    assert len(intervalles(limites)) == len(limites) + 1 == len(teintes(len(limites) + 1))


@pytest.mark.parametrize(("brut", "rond"), [(1_234_567, 1_200_000), (0, 0), (987, 990), (0.0456, 0.046)])
def test_les_bornes_se_lisent_a_voix_haute(brut: float, rond: float) -> None:
    assert arrondi_lisible(brut) == pytest.approx(rond)


def test_les_bornes_d_un_compte_sont_entieres() -> None:
    assert all(float(b).is_integer() for b in bornes([1, 2, 3, 4, 6, 7, 9, 13, 18, 34]))


def test_huit_departements_sont_departages() -> None:
    limites = bornes([1_620_000, 1_180_000, 1_040_000, 980_000, 640_000, 610_000, 560_000, 470_000])
    assert len(limites) >= 5


def test_les_teintes_vont_du_clair_au_fonce() -> None:
    assert teintes(7) == (0, 1, 2, 3, 4, 5, 6)
    assert teintes(2) == (0, 6)
    assert teintes(1) == (3,)
