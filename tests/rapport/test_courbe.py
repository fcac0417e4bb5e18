"""The years of a sheet: from the first with something, a number on each, masked ones said."""

from __future__ import annotations

import re

from dashboard.rapport.courbe import HAUTEUR, annees, dessiner


def test_les_annees_vides_du_debut_sont_laissees() -> None:
    points = annees({2016: 0.0, 2017: 0.0, 2018: 10.0, 2019: 0.0}, {2018: 5.0}, (2018, 2019))
    assert [(p.annee, p.vue) for p in points] == [(2018, True), (2019, True)]
    assert annees({2016: 0.0, 2017: 0.0}, {}, (2017, 2017)) == []
    assert [p.annee for p in annees({2016: None, 2017: 1.0}, {}, (2017, 2017))] == [2016, 2017]


def test_chaque_annee_a_son_nombre_et_son_nom() -> None:
    svg = str(dessiner(annees({2023: None, 2024: 0.0, 2025: 1_530_000.0}, {2025: 1_440_000.0}, (2025, 2025)), "Heures"))
    textes = re.findall(r">([^<>]+)</text>", svg)
    assert textes == ["s", "2023", "0", "2024", "1,53\u202fM", "2025"]
    assert "Heures : 2023 : s ; 2024 : 0 ; 2025 : 1\u202f530\u202f000" in svg
    hauteurs = [float(h) for h in re.findall(r'<rect [^>]*height="([\d.]+)"', svg)]
    assert len(hauteurs) == 1
    assert 0 < hauteurs[0] < HAUTEUR
