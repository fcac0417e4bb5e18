"""The S-curve: lines, band, and nothing of a projection that does not exist."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.figures.projets import courbe
from dashboard.figures.theme import Theme

MOIS = [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]
ENGAGEES = [10.0, 20.0, 30.0]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_la_projection_a_sa_bande_apres_le_realise(theme: Theme) -> None:
    projection = ([None, 15.0, 18.0], [None, 15.0, 22.0], [None, 15.0, 27.0])
    figure = courbe(MOIS, ENGAGEES, [5.0, 15.0, None], projection, 30.0, theme)
    noms = [t.name for t in figure.data]
    assert noms == [None, "Intervalle à 80 %", "Engagées", "Réalisées", "Projetées", "Dues à la fin"]
    bande = figure.data[1]
    assert bande.fill == "tonexty"
    assert bande.customdata[2] == "de 18 à 27"
    assert bande.customdata[0] == ""
    assert list(figure.data[3].y) == [5.0, 15.0, None]
    assert figure.data[0].x[0] == "Novembre 2025"
    assert figure.layout.xaxis.ticktext == ("2026",)


def test_sans_projection_ni_heures_dues_il_ne_reste_que_deux_lignes() -> None:
    vide = [None, None, None]
    figure = courbe(MOIS, ENGAGEES, [5.0, 15.0, 15.0], (vide, vide, vide), None, "light")
    assert [t.name for t in figure.data] == ["Engagées", "Réalisées"]


def test_de_longues_annees_ne_se_marchent_pas_dessus() -> None:
    mois = [date(2005 + i // 12, i % 12 + 1, 1) for i in range(300)]
    vide = [None] * 300
    figure = courbe(mois, [float(i) for i in range(300)], vide, (vide, vide, vide), None, "light")
    assert len(figure.layout.xaxis.ticktext) <= 8
