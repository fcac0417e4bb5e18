"""Figures of the page of the hours: gaps where it is masked, colours of the theme, clicks that filter."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dashboard.figures import activite
from dashboard.figures.activite import Lieu, Pas
from dashboard.figures.theme import JETONS, Theme

NOMS = ("Heures réalisées", "Heures engagées")
FILTRE = re.compile(r"^[a-z_]+=[^<\s]+$")  # what the browser accepts, see assets/rendu.js


def mois(annee: int = 2025, combien: int = 12) -> list[Pas]:
    return [Pas(date(annee + k // 12, k % 12 + 1, 1), f"mois {k}") for k in range(combien)]


def test_un_pas_masque_laisse_un_trou_et_un_clic_filtre_son_annee() -> None:
    figure = activite.temps(mois(combien=3), [10.0, None, 0.0], [5.0, 6.0, 7.0], "light", NOMS)
    barres, ligne = figure.data
    assert list(barres.y) == [10.0, None, 0.0]
    assert "secret statistique" in barres.customdata[1][0]
    assert all(FILTRE.match(c[-1]) for trace in figure.data for c in trace.customdata)
    assert barres.customdata[0][-1] == "annee=2025"
    assert ligne.mode == "lines"
    assert (barres.name, ligne.name) == NOMS


def test_sans_engagement_pas_de_ligne_et_un_seul_pas_se_voit() -> None:
    assert len(activite.temps(mois(combien=2), [1.0, 2.0], None, "dark", NOMS).data) == 1
    seul = activite.temps(mois(combien=1), [1.0], [2.0], "light", NOMS)
    assert seul.data[1].mode == "markers"


def test_les_pas_hors_de_la_periode_sont_plus_pales() -> None:
    pas = [
        Pas(date(2023, 1, 1), "2023", False),
        Pas(date(2024, 1, 1), "2024", True),
        Pas(date(2025, 1, 1), "2025", False),
    ]
    dedans, dehors = activite.temps(pas, [1.0, 2.0, 3.0], None, "light", NOMS).data
    assert (list(dedans.y), list(dehors.y)) == ([None, 2.0, None], [1.0, None, 3.0])
    assert (dedans.marker.color, dehors.marker.color) == (JETONS["light"]["r4"], JETONS["light"]["r2"])
    assert "hors période" in dehors.name


@pytest.mark.parametrize(
    ("debuts", "attendu"),
    [
        ([date(2025, m, 1) for m in range(1, 13)], ["janv.<br>2025", "mars", "mai", "juil.", "sept.", "nov."]),
        ([date(2024, m, 1) for m in (1, 4, 7, 10)], ["T1<br>2024", "T2", "T3", "T4"]),
        ([date(a, m, 1) for a in (2023, 2024) for m in range(1, 13)], ["2023", "2024"]),
        ([date(a, 1, 1) for a in range(2018, 2026)], ["2019", "2021", "2023", "2025"]),
        ([date(a, 1, 1) for a in range(2021, 2026)], ["2021", "2022", "2023", "2024", "2025"]),
        ([date(2025, 1, 1)], ["2025"]),
    ],
)
def test_les_graduations_tiennent_sur_un_telephone(debuts: list[date], attendu: list[str]) -> None:
    figure = activite.temps([Pas(d, str(d)) for d in debuts], [1.0] * len(debuts), None, "light", NOMS)
    assert list(figure.layout.xaxis.ticktext) == attendu
    assert set(figure.layout.xaxis.tickvals) <= {str(d) for d in debuts}


# --- heat map --------------------------------------------------------------------------------------------

LIEUX = [Lieu("Paris", "dep=75"), Lieu("Seine-Saint-Denis", "dep=93", choisi=True)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_valeur_zero_et_secret_ne_se_ressemblent_pas(theme: Theme) -> None:
    debuts = [date(2025, 1, 1), date(2025, 2, 1)]
    cases = {(0, 0): 1000.0, (0, 1): 0.0, (1, 0): None, (1, 1): 500.0}
    valeurs, masquees = activite.chaleur(debuts, LIEUX, cases, theme).data
    assert [list(li) for li in valeurs.z] == [[1000.0, 0.0], [None, 500.0]]
    assert (valeurs.zmin, valeurs.zmax) == (0, 1000.0)
    assert valeurs.colorbar.title.text == "De 0 à 1\u202f000 heures"
    assert valeurs.colorscale[0] == (0.0, JETONS[theme]["surface"])  # a true zero is the paper
    assert valeurs.colorscale[1][1] == JETONS[theme]["r0"]
    assert [list(li) for li in masquees.z] == [[None, None], [1.0, None]]
    assert [list(li) for li in masquees.text] == [["", ""], ["<i>s</i>", ""]]
    assert masquees.colorscale[0][1] not in {c for _, c in valeurs.colorscale}


def test_un_clic_sur_une_case_filtre_son_departement() -> None:
    figure = activite.chaleur([date(2025, 3, 1)], LIEUX, {(0, 0): 79_414.0, (1, 0): None}, "light")
    infos = figure.data[0].customdata
    assert infos[0][0][0] == "Paris, mars 2025 : <b>79\u202f414</b> h"
    assert infos[1][0] == ["Seine-Saint-Denis, mars 2025 : <b>s (secret statistique)</b>", "dep=93"]
    assert all(FILTRE.match(ligne[0][-1]) for ligne in infos)
    assert list(figure.layout.yaxis.ticktext) == ["Paris", "<b>Seine-Saint-Denis</b>"]


def test_sans_case_masquee_il_n_y_a_qu_une_couche_et_une_carte_vide_se_dessine() -> None:
    assert len(activite.chaleur([date(2025, 1, 1)], LIEUX, {(0, 0): 0.0, (1, 0): 0.0}, "light").data) == 1
