"""Components: every bloc has its twin, its definition and its downloads."""

from __future__ import annotations

from urllib.parse import unquote

from dash.development.base_component import Component
from lxml import etree
from plotly.utils import PlotlyJSONEncoder

from dashboard.ui.bloc import bloc
from dashboard.ui.kpi import etincelle


def texte(composant: Component) -> str:
    return PlotlyJSONEncoder().encode(composant)


def test_un_bloc_a_toujours_titre_jumeau_legende_definition_et_telechargements() -> None:
    section = bloc("essai", "w7", "figure")
    identifiants = {c.id for c in section._traverse() if getattr(c, "id", None)}
    suffixes = ("titre", "sous-titre", "corps", "vide", "jumeau", "provenance", "legende", "csv")
    assert {f"essai-{suffixe}" for suffixe in suffixes} <= identifiants
    brut = texte(section)
    for attribut in (
        '"data-tableau"',
        '"data-definition"',
        '"data-export": "png"',
        '"data-export": "svg"',
        "/telecharger/essai.csv",
        '"data-copie-lien"',
    ):
        assert attribut in brut


def test_l_etincelle_est_un_svg_et_saute_les_annees_masquees() -> None:
    trace = etincelle({2020: 1.0, 2021: None, 2022: 3.0, 2023: 2.0})
    assert trace
    svg = etree.fromstring(unquote(trace.split(",", 1)[1]))
    chemin = svg.find("{http://www.w3.org/2000/svg}path")
    assert chemin is not None
    assert chemin.attrib["d"].count("L") == 2
    assert etincelle({2020: 1.0, 2021: None}) is None
