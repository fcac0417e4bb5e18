"""Components: every bloc has its twin, its definition and its downloads."""

from __future__ import annotations

from urllib.parse import unquote

from lxml import etree, html

from dashboard.ui.bloc import bloc, squelette
from dashboard.ui.kpi import etincelle


def test_un_bloc_a_toujours_titre_jumeau_legende_definition_et_telechargements() -> None:
    section = bloc("essai", "w7", "figure")
    racine = html.fragment_fromstring("".join(squelette("essai").values()), create_parent="div")
    identifiants = {c.id for c in section._traverse() if getattr(c, "id", None)} | set(racine.xpath("//@id"))
    suffixes = ("entete", "titre", "sous-titre", "corps", "vide", "jumeau", "provenance", "pied", "legende", "csv")
    assert {f"essai-{suffixe}" for suffixe in suffixes} <= identifiants
    assert {f"essai-{suffixe}" for suffixe in squelette("essai")} <= identifiants
    for attribut in ("data-tableau", "data-definition", "data-copie-lien"):
        assert racine.xpath(f"//button[@{attribut}]"), attribut
    assert racine.xpath("//button/@data-export") == ["png", "svg", "copie"]
    assert racine.xpath("//a/@data-telecharge") == ["csv", "xlsx", "machine", "json"]
    assert {a.partition(".")[0] for a in racine.xpath("//a/@href")} == {"/telecharger/essai"}
    assert racine.xpath("//button/@data-diaporama") == ["ajouter"]


def test_un_bloc_coute_peu_de_composants() -> None:
    """Each Dash component listens to every change of the page: what never changes is HTML."""
    assert sum(1 for _ in bloc("essai", "w7", "figure", choix=True)._traverse()) <= 9


def test_l_etincelle_est_un_svg_et_saute_les_annees_masquees() -> None:
    trace = etincelle({2020: 1.0, 2021: None, 2022: 3.0, 2023: 2.0})
    assert trace
    svg = etree.fromstring(unquote(trace.split(",", 1)[1]))
    chemin = svg.find("{http://www.w3.org/2000/svg}path")
    assert chemin is not None
    assert chemin.attrib["d"].count("L") == 2
    assert etincelle({2020: 1.0, 2021: None}) is None
