"""The drawn charts: a mark a number, a gap for what is not known, every text escaped."""

from __future__ import annotations

import re

import pytest
from lxml import html

from dashboard.contenu.graphique import Genre, Graphique, Serie
from dashboard.contenu.tableau import Cellule, Etat
from dashboard.ui import graphique_svg


def graphique(genre: Genre, *series: tuple[Cellule, ...], forme: str = "entier") -> Graphique:
    noms = tuple(f"Lieu {i}" for i in range(len(series[0])))
    return Graphique(
        genre, "Lieu", noms, tuple(Serie(f"Série {k}", s) for k, s in enumerate(series)), forme, "Heures",  # type: ignore[arg-type]
    )  # fmt: skip


def dessin(g: Graphique, titre: str = "Titre", variante: str = "large") -> html.HtmlElement:
    racine = html.fragment_fromstring(str(graphique_svg.dessiner(g, titre)), create_parent="div")
    return racine.xpath(f"./svg[contains(@class, '{variante}')]")[0]


def test_les_barres_sont_proportionnelles_et_un_zero_n_a_pas_de_barre() -> None:
    svg = dessin(graphique("barres", (100.0, 50.0, 0.0)))
    largeurs = [float(r.get("width")) for r in svg.xpath(".//rect")]
    assert len(largeurs) == 2
    assert largeurs[0] == pytest.approx(2 * largeurs[1], rel=0.01)
    assert [t.text for t in svg.xpath(".//text")][1::2] == ["100", "50", "0"]


@pytest.mark.parametrize("variante", ["large", "etroit"])
def test_une_valeur_masquee_est_dite_jamais_dessinee(variante: str) -> None:
    svg = dessin(graphique("barres", (100.0, Etat.SECRET, Etat.NON_DISPONIBLE)), variante=variante)
    assert len(svg.xpath(".//rect")) == 1
    textes = [t.text for t in svg.xpath(".//text")]
    assert {"s", "nd"} <= set(textes)
    assert "2 valeurs masquées ou non disponibles" in str(
        graphique_svg.dessiner(graphique("barres", (100.0, Etat.SECRET, Etat.NON_DISPONIBLE)), "T")
    ).replace("\u202f", " ").replace("\xa0", " ")


def test_une_pile_fait_la_somme_de_ses_parts() -> None:
    svg = dessin(graphique("barres_empilees", (60.0, 20.0), (40.0, 30.0)))
    premiere, seconde = svg.xpath(".//rect")[:2]
    fin = float(premiere.get("x")) + float(premiere.get("width"))
    assert float(seconde.get("x")) == pytest.approx(fin, abs=0.2)
    assert "Série 1, Lieu 0 : 40" in "".join(seconde.itertext())


def test_une_courbe_s_arrete_ou_la_valeur_manque() -> None:
    svg = dessin(graphique("courbe", (1.0, 2.0, Etat.SECRET, 4.0, 5.0)))
    traces = [p.get("d") for p in svg.xpath(".//path[@class='courbe']")]
    assert [len(re.findall("[ML]", t)) for t in traces] == [2, 2]


def test_les_colonnes_et_leurs_graduations() -> None:
    svg = dessin(graphique("colonnes", (0.12, 0.5), forme="part"))
    assert len(svg.xpath(".//rect")) == 2
    textes = [t.text for t in svg.xpath(".//text")]
    assert textes[0] == "0\u202f%" or textes[0].replace("\xa0", "\u202f") == "0\u202f%"


@pytest.mark.parametrize("genre", ["barres", "colonnes", "courbe", "barres_empilees", "colonnes_empilees"])
def test_que_des_zeros_ou_des_negatifs(genre: Genre) -> None:
    for cellules in ((0.0, 0.0), (-5.0, 3.0)):
        svg = dessin(graphique(genre, cellules))
        assert "nan" not in html.tostring(svg, encoding="unicode")


def test_les_textes_sont_echappes() -> None:
    g = Graphique("barres", "Lieu", ("<b>A", "B&C"), (Serie('<i>"', (1.0, 2.0)),), "entier", "Heures")
    texte = str(graphique_svg.dessiner(g, '"><script>'))
    assert "<script" not in texte
    assert "<b>" not in texte
    assert "&lt;b&gt;A" in texte


def test_le_dessin_dit_ou_sont_les_nombres() -> None:
    svg = dessin(graphique("courbe", (1.0, 2.0, 3.0)), "Plus d’heures")
    assert svg.get("role") == "img"
    assert svg.get("aria-label").startswith("Plus d’heures. Série 0, 3")
