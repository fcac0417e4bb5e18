"""How the calculator is drawn: a form that never changes, marks that set numbers, a result placed where it is."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dash
import pytest
from lxml import html
from lxml.html import HtmlElement

from dashboard.app import create_app
from dashboard.contenu import calculateur as contenu
from dashboard.contenu import calculateur_lots as lots
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.tableau import ecrire
from dashboard.contenu.territoires_distribution import Tranche
from dashboard.domain.filtre import NOMBRES
from dashboard.domain.selection import Selection, depuis_url
from dashboard.settings import Settings
from dashboard.ui import calculateur, calculateur_lots
from dashboard.ui.page import Page
from dashboard.warehouse.connexion import Instantane


@pytest.fixture(scope="module")
def page(fichier_demo: Path) -> Page:
    create_app(replace(Settings(), instantane=fichier_demo))
    module = next(p["module"] for p in dash.page_registry.values() if p["path"] == "/calculateur")
    return sys.modules[module].PAGE


def contexte(instantane: Instantane, **choix: Any) -> Contexte[Any]:
    return contenu.PAGE.contexte(instantane, Selection(**choix))


def lire(fragment: object) -> HtmlElement:
    return html.fragment_fromstring(str(fragment), create_parent="div")


DESSINS = {
    "calculateur-resultat": calculateur.resultat,
    "calculateur-comparables": calculateur_lots.distribution(lots.heures),
    "calculateur-sensibilite": calculateur.sensibilite,
    "calculateur-tranche": calculateur.tranche,
    "calculateur-metiers": calculateur.par_metier,
    "calculateur-lots": calculateur_lots.proches,
}


def dessin(instantane: Instantane, ident: str, **choix: Any) -> HtmlElement:
    c = contexte(instantane, **choix)
    return lire(DESSINS[ident](c, contenu.PAGE.blocs[ident](c)))


def choix_de(element: HtmlElement, instantane: Instantane) -> list[Selection]:
    """What each mark sets, read as an address."""
    lectures = [
        depuis_url(str(e.get("data-calcul")), instantane.referentiel) for e in element.xpath(".//*[@data-calcul]")
    ]
    assert all(not lecture.notes for lecture in lectures), "une marque ne pose que des nombres valables"
    return [lecture.selection for lecture in lectures]


def test_le_formulaire_est_toujours_le_meme_et_chaque_champ_est_nomme(instantane: Instantane) -> None:
    un, deux = (calculateur.formulaire(contexte(instantane, **c)) for c in ({}, {"montant": 5.0, "territoire": "93"}))
    assert un == deux, "réécrire le formulaire effacerait ce qui est tapé"
    forme = lire(un)
    champs = {i.get("name"): i for i in forme.iter("input")}
    assert list(champs) == [n.cle for n in NOMBRES]
    for n in NOMBRES:
        champ = champs[n.cle]
        assert forme.xpath(f".//label[@for='{champ.get('id')}']")[0].text_content() == n.libelle
        assert champ.get("inputmode") == "decimal"
        assert (float(champ.get("data-min")), float(champ.get("data-max"))) == (n.minimum, n.maximum)
        assert all(forme.xpath(f".//*[@id='{i}']") for i in str(champ.get("aria-describedby")).split())


def test_les_metiers_proposes_posent_une_part_et_un_secteur_connus(instantane: Instantane) -> None:
    options = [
        o.get("value") for o in lire(calculateur.formulaire(contexte(instantane))).iter("option") if o.get("value")
    ]
    assert len(options) == len(set(options)) == 16
    for valeur in options:
        lecture = depuis_url(str(valeur), instantane.referentiel)
        assert not lecture.notes
        assert lecture.selection.part
        assert len(lecture.selection.secteurs) == 1


def test_les_etapes_menent_au_resultat(instantane: Instantane) -> None:
    textes = [b.text_content() for b in dessin(instantane, "calculateur-resultat").iter("b")]
    assert textes[0] == "833\u00a0h"
    assert textes[3] == "833\u00a0heures d’insertion"
    assert textes[4].startswith("0,52 ETP")
    assert textes[5] == "environ 2\u00a0personnes"


@pytest.mark.parametrize("ident", ["calculateur-sensibilite", "calculateur-tranche", "calculateur-metiers"])
def test_une_case_pose_les_nombres_qu_elle_montre(instantane: Instantane, ident: str) -> None:
    c = contexte(instantane, part=62.0, taux=8.0, tranche=2500.0)
    element = dessin(instantane, ident, part=62.0, taux=8.0, tranche=2500.0)
    bloc = contenu.PAGE.blocs[ident](c)
    for selection, marque in zip(choix_de(element, instantane), element.xpath(".//*[@data-calcul]"), strict=True):
        h = contexte(instantane, **{k: getattr(selection, k) for k in ("part", "taux", "tranche")}).vue.hypotheses
        if ident == "calculateur-sensibilite":
            assert marque.text_content() == ecrire(h.heures, "entier")
        elif ident == "calculateur-tranche":
            ligne = next(li for li in bloc.tableau.lignes if li[0] == marque.text_content())
            assert ligne[2] == pytest.approx(h.par_tranche(h.tranche))
    choisies = element.xpath(".//button[@aria-pressed='true']")
    assert len(choisies) == (0 if ident == "calculateur-metiers" else 1)


def test_le_metier_choisi_est_marque(instantane: Instantane) -> None:
    element = dessin(instantane, "calculateur-metiers", part=70.0, secteurs=("second_oeuvre",))
    (ligne,) = element.find_class("on")
    assert "Peinture" in ligne.text_content()
    assert len(element.xpath(".//span[contains(@class, 'supposee')]")) == 13


def test_le_resultat_est_place_dans_sa_tranche(instantane: Instantane) -> None:
    element = dessin(instantane, "calculateur-comparables")
    c = contexte(instantane)
    groupes = lots.bacs(c, lots.heures(c))
    rang = lots.bac_du_resultat(groupes, c.vue.hypotheses.heures)
    piles = element.xpath(".//ol/li")
    assert len(piles) == len(groupes)
    assert [i for i, li in enumerate(piles) if li.xpath(".//i[@class='on']")] == [rang]
    gauche = float(re.search(r"left:([\d.]+)%", element.find_class("calcul-ici")[0].get("style"))[1])  # type: ignore[index]
    assert rang is not None
    assert 100 * rang / len(groupes) <= gauche <= 100 * (rang + 1) / len(groupes)


def test_une_valeur_hors_de_l_echelle_reste_au_bord() -> None:
    groupes = [Tranche(10.0, 20.0, ("a",)), Tranche(20.0, 30.0, ("b",))]
    assert [calculateur_lots.place(groupes, v) for v in (0.0, 10.0, 25.0, 99.0)] == [0.0, 0.0, 75.0, 100.0]
    ouvert = [Tranche(10.0, 20.0, ("a",)), Tranche(20.0, None, ("b",))]
    assert calculateur_lots.place(ouvert, 99.0) == 75.0


def test_hors_des_lots_compares_cela_se_dit(instantane: Instantane) -> None:
    c = contexte(instantane)
    grands = [{"montant": 1e6, "heures": 2000.0 + 10 * i, "pour_100k": 200.0 + i} for i in range(12)]
    loin = replace(c, vue=replace(c.vue, comparables=grands))
    element = lire(DESSINS["calculateur-comparables"](loin, contenu.PAGE.blocs["calculateur-comparables"](loin)))
    assert "833\u00a0h (hors des lots comparés)" in element.text_content()
    assert element.find_class("calcul-ici")[0].get("style") == "left:0.0%"
    assert not element.xpath(".//i[@class='on']")


def test_les_lots_proches_disent_acheteur_et_heures(instantane: Instantane) -> None:
    c = contexte(instantane)
    lignes = dessin(instantane, "calculateur-lots").xpath(".//li[not(@class)]")
    assert len(lignes) == min(len(c.vue.proches), calculateur_lots.LOTS_MAX)
    for li, lot in zip(lignes, c.vue.proches, strict=False):
        assert lot["acheteur"] in li.text_content()
        assert ecrire(lot["heures"], "entier") in li.text_content()
        assert li.xpath(".//a/@href") == [f"/fiche/projet/{quote(lot['marche_id'], safe='')}"]


def test_un_nombre_impossible_ne_dessine_rien(page: Page, instantane: Instantane) -> None:
    blocs = page.remplir(contexte(instantane, cout=0.0), "light")["rendu"]["blocs"]
    assert all(b["figure"] == "" and "Coût horaire" in b["vide"] for b in blocs.values())
