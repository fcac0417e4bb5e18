"""Components: every state has its look, every bloc its twin and its downloads."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from dash.development.base_component import Component
from lxml import etree
from plotly.utils import PlotlyJSONEncoder

from dashboard.contenu.tableau import Bloc, Colonne, Etat, tableau
from dashboard.ui.barres import Barre, barres, pyramide
from dashboard.ui.bloc import LIGNES_MAX, SORTIES, bloc, contenu, jumeau
from dashboard.ui.kpi import etincelle
from dashboard.ui.segments import segments


def texte(composant: Component) -> str:
    return PlotlyJSONEncoder().encode(composant)


def elements(composant: Component, type_: str) -> list[Component]:
    return [c for c in composant._traverse() if getattr(c, "_type", None) == type_]


def test_une_barre_zero_masquee_ou_pleine_ne_se_ressemblent_pas() -> None:
    liste = barres(
        [Barre("a", "A", 100.0, "100"), Barre("b", "B", 0.0, "0"), Barre("c", "C", Etat.SECRET, "s"),
         Barre("d", "D", Etat.NON_DISPONIBLE, "nd")]
    )  # fmt: skip
    largeurs = [i.style["width"] for i in elements(liste, "I")]
    assert largeurs == ["100.0%", "0.0%", "0.0%", "0.0%"]
    assert [a.title for a in elements(liste, "Abbr")] == ["secret statistique", "non disponible"]
    assert "etat-s" in texte(liste)
    assert "etat-nd" in texte(liste)


def test_une_barre_qui_filtre_est_un_bouton_et_dit_si_elle_est_choisie() -> None:
    liste = barres([Barre("93", "93", 1.0, "1", filtre="dep=93", choisie=True), Barre("x", "X", 1.0, "1")])
    boutons = elements(liste, "Button")
    assert len(boutons) == 1
    assert boutons[0].to_plotly_json()["props"]["data-filtre"] == "dep=93"
    assert boutons[0].to_plotly_json()["props"]["aria-pressed"] == "true"


def test_la_pyramide_garde_les_deux_cotes_a_la_meme_echelle() -> None:
    liste = pyramide(
        [("Moins de 26 ans", 80.0, "80 %", 20.0, "20 %"), ("50 ans et plus", Etat.SECRET, "s", 40.0, "40 %")]
    )
    largeurs = [float(i.style["width"].rstrip("%")) for i in elements(liste, "I")]
    assert largeurs[0] == pytest.approx(4 * largeurs[1], rel=0.01)
    assert largeurs[3] == pytest.approx(2 * largeurs[1], rel=0.01)
    assert largeurs[2] == 0


def test_un_bloc_a_toujours_titre_jumeau_legende_et_telechargements() -> None:
    section = bloc("essai", "w7", "figure")
    identifiants = {c.id for c in section._traverse() if getattr(c, "id", None)}
    assert {f"essai-{suffixe}" for suffixe, _ in SORTIES} <= identifiants
    brut = texte(section)
    for attribut in (
        '"data-tableau"',
        '"data-export": "png"',
        '"data-export": "svg"',
        "/telecharger/essai.csv",
        '"data-copie-lien"',
    ):
        assert attribut in brut


def test_le_jumeau_porte_les_memes_nombres_et_dit_ce_qu_il_coupe() -> None:
    lignes = [[f"T{i}", float(i)] for i in range(LIGNES_MAX + 5)]
    b = Bloc(
        "essai",
        "Titre",
        "2025",
        "Source",
        tableau([Colonne("t", "Territoire"), Colonne("h", "Heures", "entier")], lignes),
    )
    table = jumeau(b)
    assert len(elements(table, "Tr")) == LIGNES_MAX + 1
    assert "les 5 suivantes sont dans le CSV" in texte(table)
    assert len(contenu(b, "?dep=93")) == len(SORTIES)
    assert contenu(b, "?dep=93")[-1] == "/telecharger/essai.csv?dep=93"


def test_l_etincelle_est_un_svg_et_saute_les_annees_masquees() -> None:
    trace = etincelle({2020: 1.0, 2021: None, 2022: 3.0, 2023: 2.0})
    assert trace
    svg = etree.fromstring(unquote(trace.split(",", 1)[1]))
    chemin = svg.find("{http://www.w3.org/2000/svg}path")
    assert chemin is not None
    assert chemin.attrib["d"].count("L") == 2
    assert etincelle({2020: 1.0, 2021: None}) is None


def test_le_choix_par_defaut_s_ecrit_sans_parametre() -> None:
    choix = segments("niveau", {"departement": "Départements", "epci": "EPT"}, "epci", "departement", "Niveau")
    attributs = [b.to_plotly_json()["props"] for b in elements(choix, "Button")]
    assert [a["data-filtre"] for a in attributs] == ["niveau=", "niveau=epci"]
    assert [a["aria-pressed"] for a in attributs] == ["false", "true"]
