"""The marks of the page of the persons: what is drawn is what the rows say, states look different."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import dash
import pytest
from lxml import html

from dashboard.app import create_app
from dashboard.contenu import publics as contenu
from dashboard.contenu.publics_parcours import liens
from dashboard.contenu.tableau import Etat
from dashboard.domain.selection import Selection
from dashboard.settings import Settings
from dashboard.ui import publics, publics_parcours
from dashboard.ui.page import Page
from dashboard.warehouse.connexion import Instantane

ARBRE = html.HtmlElement


@pytest.fixture(scope="module")
def page(fichier_demo: Path) -> Page:
    create_app(replace(Settings(), instantane=fichier_demo))
    modules = [sys.modules[p["module"]] for p in dash.page_registry.values()]
    trouvee: Page = next(m.PAGE for m in modules if hasattr(m, "PAGE") and m.PAGE.contenu is contenu.PAGE)
    return trouvee


def figure(page: Page, instantane: Instantane, ident: str, selection: Selection) -> ARBRE:
    c = page.contenu.contexte(instantane, selection)
    dessiner = page.dessins[ident].html
    assert dessiner
    return html.fragment_fromstring(str(dessiner(c, page.contenu.blocs[ident](c))), create_parent="div")


def textes(arbre: ARBRE, classe: str) -> list[str]:
    return ["".join(e.itertext()) for e in arbre.find_class(classe)]


def test_chaque_ligne_a_ses_deux_mesures_et_leur_total(page: Page, instantane: Instantane) -> None:
    arbre = figure(page, instantane, "publics-niveaux", Selection())
    assert [t.split(" ")[0] for t in textes(arbre, "q")] == ["Personnes", "Heures"]
    assert all("100\u202f% = " in t for t in textes(arbre, "q"))
    rangees = contenu.rangees_niveaux(page.contenu.contexte(instantane, Selection()))
    lignes = arbre.find_class("ligne")
    assert len(lignes) == len(rangees)
    for li, r in zip(lignes, rangees, strict=True):
        assert textes(li, "n") == [r.libelle]
        assert len(li.find_class("p")) == len(li.find_class("h")) == 1
        assert textes(li, "x")[0].endswith("des personnes")
        assert textes(li, "x")[1].endswith("des heures")


def test_les_deux_mesures_sont_dessinees_a_la_meme_echelle(page: Page, instantane: Instantane) -> None:
    """Shares of both measures on one scale: the widest bar is the largest share of the two."""
    c = page.contenu.contexte(instantane, Selection())
    arbre = figure(page, instantane, "publics-distance", Selection())
    largeurs = [float(re.search(r"([\d.]+)%", i.get("style")).group(1)) for i in arbre.iterfind(".//i")]  # type: ignore[union-attr]
    parts = [p for r in contenu.rangees_distance(c) for p in (r.part, r.part_heures) if isinstance(p, float)]
    assert max(largeurs) == 100
    assert sorted(largeurs) == pytest.approx(sorted(100 * p / max(parts) for p in parts), abs=0.1)


def test_masque_et_zero_ne_se_dessinent_pas_pareil(page: Page, instantane: Instantane) -> None:
    arbre = figure(page, instantane, "publics-criteres", Selection(territoire="93066", annees=(2019, 2025)))
    masques = arbre.find_class("etat-s")
    assert masques
    assert {m.get("title") for m in masques} == {"secret statistique"}
    for ligne in arbre.find_class("ligne"):
        if ligne.find_class("etat-s"):
            assert {i.get("style") for i in ligne.iterfind(".//i")} == {"width:0%"}


def test_sous_un_regard_sensible_la_figure_dit_pourquoi(page: Page, instantane: Instantane) -> None:
    choix = Selection(regard="rqth", annees=(2019, 2025))
    for ident in ("publics-ages", "publics-qpv", "publics-niveaux", "publics-contrats", "publics-formation",
                  "publics-sorties", "publics-types"):  # fmt: skip
        assert "donnée sensible" in textes(figure(page, instantane, ident, choix), "pourquoi")[0], ident
    assert not figure(page, instantane, "publics-residence", choix).find_class("pourquoi")


def test_la_pyramide_montre_hommes_et_femmes_des_deux_mesures(page: Page, instantane: Instantane) -> None:
    arbre = figure(page, instantane, "publics-ages", Selection(annees=(2019, 2025)))
    pyramides = arbre.find_class("pyr2")
    assert len(pyramides) == 2
    ages = [[e.text for e in p.iterfind("li/b")] for p in pyramides]
    assert ages[0] == ages[1]
    assert ages[0][0] == "55 ans et plus"
    assert [b.get("data-filtre") for b in arbre.iterfind(".//button")] == ["regard=femmes"] * 2


def test_un_clic_rebase_ou_filtre_l_annee(page: Page, instantane: Instantane) -> None:
    filtres = {
        "publics-criteres": {"regard=rsa", "regard=deld"},
        "publics-qpv": {"regard=qpv"},
        "publics-residence": set(),
    }
    for ident, attendus in filtres.items():
        arbre = figure(page, instantane, ident, Selection())
        assert {b.get("data-filtre") for b in arbre.iterfind(".//button")} == attendus, ident
    arbre = figure(page, instantane, "publics-formation", Selection(annees=(2022, 2023)))
    choisies = [b.get("data-filtre") for b in arbre.iterfind(".//button") if b.get("aria-pressed") == "true"]
    assert choisies == ["annee=2022", "annee=2023"]


def test_les_sorties_font_cent_pour_cent(page: Page, instantane: Instantane) -> None:
    arbre = figure(page, instantane, "publics-sorties", Selection(annees=(2019, 2025)))
    piles = arbre.find_class("pile")
    assert len(piles) == 3
    for pile in piles:
        largeurs = [float(s.get("style").removeprefix("width:").removesuffix("%")) for s in pile.find_class("seg")]
        assert sum(largeurs) == pytest.approx(100, abs=0.5)
    assert all("connues, " in t for t in textes(arbre, "base"))


def test_chaque_parcours_type_a_huit_trimestres(page: Page, instantane: Instantane) -> None:
    arbre = figure(page, instantane, "publics-types", Selection(annees=(2019, 2025)))
    suites = arbre.find_class("suite")
    assert 4 <= len(suites) <= 6
    for suite in suites:
        assert len(suite.find_class("trim")) == 8
        assert suite.get("aria-label").startswith("État le plus fréquent")
    hauteurs = [
        sum(float(i.get("style").removeprefix("height:").removesuffix("%")) for i in t.iterfind("i"))
        for t in arbre.find_class("trim")
    ]
    assert all(h == pytest.approx(100, abs=0.5) for h in hauteurs)


def test_le_diagramme_ne_trace_que_les_liens_visibles(page: Page, instantane: Instantane) -> None:
    c = page.contenu.contexte(instantane, Selection(annees=(2019, 2025)))
    trace = publics_parcours.chemins(c, page.contenu.blocs["publics-parcours"](c), "light").data[0]
    visibles = [x for x in liens(c) if isinstance(x.effectif, float)]
    assert sorted(trace.link.value) == sorted(x.effectif for x in visibles)
    assert any(x.effectif is Etat.SECRET for x in liens(c))
    assert trace.node.label[-1] == "Sans information"


def test_le_niveau_des_residences_se_choisit(page: Page, instantane: Instantane) -> None:
    choix = publics.choix_niveau(page.contenu.contexte(instantane, Selection(niveau="commune")))
    arbre = html.fragment_fromstring(str(choix))
    assert [b.text for b in arbre if b.get("aria-pressed") == "true"] == ["EPT et EPCI"]
    arbre = figure(page, instantane, "publics-residence", Selection(niveau="epci", annees=(2019, 2025)))
    assert "longue" in arbre.find_class("jumelees")[0].get("class")
