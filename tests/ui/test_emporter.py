"""The link to the contracts of a page: its words, its addresses, the limit of the workbook before the click."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.contenu import vue_ensemble
from dashboard.contenu.marches import Emport
from dashboard.domain.selection import Selection
from dashboard.ui import emporter, rendu
from dashboard.warehouse.connexion import Instantane


@pytest.fixture
def contexte(instantane: Instantane) -> Any:
    return vue_ensemble.PAGE.contexte(instantane, Selection())


def test_le_lien_dit_le_nombre_de_lignes_et_garde_la_selection(contexte: Any) -> None:
    offre = emporter.marches(Emport("Les marchés de la sélection", Selection(territoire="93"), 1761), contexte)
    html = rendu.outils_page(offre)
    assert "Les marchés de la sélection (1\u202f761\xa0lignes)" in html
    assert 'href="/telecharger/marches.csv?dep=93"' in html
    assert 'href="/telecharger/marches.xlsx?dep=93"' in html
    assert "premières" not in html


def test_la_limite_du_classeur_se_lit_avant_le_clic(contexte: Any) -> None:
    html = rendu.outils_page(emporter.marches(Emport("Les marchés", Selection(), 412_345), contexte))
    assert "XLSX (300\u202f000 premières lignes)</a>" in html


def test_sans_marche_pas_de_lien() -> None:
    assert "marches." not in rendu.outils_page()
    assert "marches." not in rendu.puces([])
