"""What stands under a key figure: its change, else what it can be read against, never an empty formula."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.contenu.resume import repere, variation
from dashboard.domain.selection import Referentiel
from dashboard.warehouse.chiffres import ChiffreCle
from dashboard.warehouse.connexion import Instantane

SERIE: dict[int, float | None] = {2023: 100.0, 2024: 120.0, 2025: 134.0}
CHIFFRE = ChiffreCle("achats_marches", 354.0, "valeur", None, SERIE)


@pytest.fixture
def ref(instantane: Instantane) -> Referentiel:
    return replace(instantane.referentiel, annees=(2016, 2026), defaut=2025)


def test_les_mots_de_la_page_passent_d_abord(ref: Referentiel) -> None:
    note = replace(CHIFFRE, note="sur 140 marchés concernés")
    assert repere(note, "nombre", ref, (2025, 2025), (2024, 2024)) == "sur 140 marchés concernés"


def test_plusieurs_annees_se_lisent_a_cote_de_la_derniere_entiere(ref: Referentiel) -> None:
    assert repere(CHIFFRE, "nombre", ref, (2016, 2026), None) == "134 en 2025"
    part = replace(CHIFFRE, valeur=0.25, serie={2025: 0.264})
    assert repere(part, "part", ref, (2016, 2025), None) == "26\u202f% en 2025"


def test_la_premiere_annee_le_dit_et_rien_ne_s_invente(ref: Referentiel) -> None:
    assert repere(CHIFFRE, "nombre", ref, (2016, 2016), None) == "première année des données"
    assert repere(CHIFFRE, "nombre", ref, (2025, 2025), (2024, 2024)) == ""


def test_zero_hier(ref: Referentiel) -> None:
    hier = replace(CHIFFRE, precedent=0.0)
    assert repere(hier, "nombre", ref, (2025, 2025), (2024, 2024)) == "0 en 2024"
    assert variation(hier, "nombre", (2024, 2024)) is None
    assert variation(replace(hier, valeur=0.0), "nombre", (2024, 2024)) == ("stable", "stable", "sur un an")
