"""Lines and ribbons of the territories: what is drawn, what a click carries, nothing in place of what is masked."""

from __future__ import annotations

import re

import pytest

from dashboard.figures import territoires as figures
from dashboard.figures.theme import JETONS

ANNEES = [2022, 2023, 2024]
ICI = figures.Courbe("Est Ensemble", [0.1, None, 0.2], ["10 %", "s (secret statistique)", "20 %"])
DEPARTEMENT = figures.Courbe("Seine-Saint-Denis", [0.3, 0.2, 0.2], ["30 %", "20 %", "20 %"])
REGION = figures.Courbe("Île-de-France", [0.4, 0.4, 0.4], ["40 %", "40 %", "40 %"])


def test_une_ligne_par_territoire_la_premiere_la_plus_epaisse() -> None:
    figure = figures.evolution([ICI, DEPARTEMENT, REGION], ANNEES, "light", part=True)
    assert [t.name for t in figure.data] == ["Est Ensemble", "Seine-Saint-Denis", "Île-de-France"]
    assert figure.data[0].line.width > max(t.line.width for t in figure.data[1:])
    assert len({t.line.dash for t in figure.data}) == 3, "pas la couleur seule"
    assert figure.layout.yaxis.tickformat == ",.0%"
    assert figure.layout.showlegend


def test_une_annee_masquee_est_un_trou_et_un_clic_porte_l_annee() -> None:
    (ligne,) = figures.evolution([ICI], ANNEES, "dark", part=True).data
    assert list(ligne.y) == [0.1, None, 0.2]
    assert ligne.connectgaps is False
    assert [list(c) for c in ligne.customdata][1] == ["s (secret statistique)", "annee=2023"]


def test_les_annees_ne_se_chevauchent_pas() -> None:
    longue = figures.Courbe("Île-de-France", [1.0] * 10, ["1"] * 10)
    figure = figures.evolution([longue], list(range(2016, 2026)), "light", part=False)
    assert list(figure.layout.xaxis.tickvals) == [2017, 2019, 2021, 2023, 2025]
    assert list(figures.evolution([REGION], ANNEES, "light", part=False).layout.xaxis.tickvals) == ANNEES


RUBANS = [
    figures.Ruban("93", "T8", 40.0, "entrant", figures.texte_ruban("Ailleurs", "Est Ensemble", 40)),
    figures.Ruban("T8", "T8", 90.0, "interne", "dedans"),
    figures.Ruban("T8", "93", 10.0, "sortant", "dehors"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_les_rubans_relient_deux_colonnes(theme: str) -> None:
    figure = figures.flux(RUBANS, {"93": "Ailleurs", "T8": "Est Ensemble"}.__getitem__, lambda c: f"x={c}", theme)  # type: ignore[arg-type]
    (sankey,) = figure.data
    noeuds = list(zip(sankey.node.label, sankey.node.customdata, strict=True))
    assert noeuds == [("Est Ensemble", "x=T8"), ("Ailleurs", "x=93")] * 2, "la même place de chaque côté, deux fois"
    liens = list(zip(sankey.link.source, sankey.link.target, sankey.link.value, strict=True))
    assert liens == [(1, 2, 40.0), (0, 2, 90.0), (0, 3, 10.0)]
    assert len(set(sankey.link.color)) == 3
    assert all(re.fullmatch(r"rgba\(\d+,\d+,\d+,0\.\d+\)", c) for c in sankey.link.color)
    assert [a.text for a in figure.layout.annotations] == ["<b>Lieu de résidence</b>", "<b>Lieu d’exécution</b>"]
    assert sankey.node.color == JETONS[theme]["s6"]  # type: ignore[index]


def test_un_ruban_se_lit() -> None:
    assert RUBANS[0].texte == "Ailleurs → Est Ensemble : <b>40\u00a0personnes</b>"
    assert "=" not in RUBANS[0].texte, "un lien n’est pas un filtre"
