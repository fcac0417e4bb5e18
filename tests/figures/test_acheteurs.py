"""Figures of the purchases: targets beside shares, gaps where nothing is known, a click that carries a year."""

from __future__ import annotations

from datetime import date

from dashboard.figures import acheteurs as figures
from dashboard.figures.acheteurs import Fin, Serie

ANNEES = [2020, 2021, 2022]
SOCIAL = Serie("Social", [0.1, None, 0.3], [0.25, None, 0.3])
ENV = Serie("Environnemental", [0.5, 0.5, 0.6], [None, None, None])


def test_une_part_et_son_objectif_se_distinguent_sans_la_couleur() -> None:
    figure = figures.annees([SOCIAL, ENV], ANNEES, range(2022, 2023), "light")
    assert [t.name for t in figure.data] == ["Social", "Objectif social", "Environnemental"]
    part, objectif, _ = figure.data
    assert part.line.dash is None
    assert objectif.line.dash
    assert list(part.y) == [0.1, None, 0.3]
    assert part.connectgaps is False
    assert [list(x) for x in part.customdata][1] == ["Social : <b>nd (non disponible)</b>", "annee=2021"]
    assert list(part.marker.size) == [6, 6, 11]


def test_l_axe_ne_depasse_guere_cent_pour_cent() -> None:
    plein = Serie("Social", [1.0, 1.0, 1.0], [1.0, 1.0, 1.0])
    assert figures.annees([plein], ANNEES, range(2020, 2021), "dark").layout.yaxis.range == (0, 1.04)
    assert figures.annees([ENV], ANNEES, range(2020, 2021), "dark").layout.yaxis.range[1] < 0.75


def test_les_annees_ne_se_chevauchent_pas() -> None:
    longue = Serie("Social", [0.1] * 10, [None] * 10)
    figure = figures.annees([longue], list(range(2017, 2027)), range(2026, 2027), "light")
    assert list(figure.layout.xaxis.tickvals) == [2018, 2020, 2022, 2024, 2026]


def test_le_calendrier_empile_et_ne_montre_l_inconnu_que_s_il_existe() -> None:
    fins = [Fin(date(2026, m, 1), 5, 2, 0) for m in range(1, 13)]
    figure = figures.echeances(fins, "light")
    assert [t.name for t in figure.data] == ["Sans considération sociale", "Avec"]
    assert figure.layout.barmode == "stack"
    assert figure.layout.xaxis.ticktext[0] == "janv.<br>2026"
    assert [t.name for t in figures.echeances([Fin(date(2026, 1, 1), 0, 0, 4)], "dark").data][-1] == "Inconnu (nd)"


def test_l_axe_des_parts_est_en_francais() -> None:
    axe = figures.annees([SOCIAL, ENV], ANNEES, range(2022, 2023), "light").layout.yaxis
    assert list(axe.ticktext)[:2] == ["0\u202f%", "20\u202f%"]
    assert len(axe.tickvals) <= 6
    faible = figures.annees([Serie("Social", [0.05] * 3, [None] * 3)], ANNEES, range(2022, 2023), "light").layout.yaxis
    assert list(faible.ticktext) == ["0\u202f%", "5\u202f%"]
