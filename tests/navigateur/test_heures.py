"""« Où en sont les heures ? » as a coordinator uses it: over time, by kind, by département, then out in a file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur.gestes import nombre, tableau

pytestmark = pytest.mark.navigateur


def ouvrir(page: Page, adresse: str) -> None:
    """Open and wait until the sentence, the light marks and the two figures are there."""
    page.goto(adresse)
    expect(page.locator("#page-heures:not(.attente-page)")).to_be_attached()
    expect(page.locator("#phrase")).to_contain_text(".")
    for bloc in ("temps", "chaleur"):
        expect(page.locator(f"#heures-{bloc}-figure .main-svg, #heures-{bloc}-vide:not(:empty)").first).to_be_attached()


def cliquer(page: Page, figure: str, x: float, y: float, infobulle: str) -> None:
    """Click on a place of a Plotly figure, given as fractions of its drawing, once its tooltip says the right thing.

    A figure being redrawn forgets where the pointer is: the last answer must be in place and drawn.
    """
    expect(page.locator("#contenu[aria-busy]")).to_have_count(0)
    page.locator(f"#{figure}").scroll_into_view_if_needed()
    page.wait_for_timeout(600)
    boite = page.locator(f"#{figure} .nsewdrag").first.bounding_box()
    assert boite
    page.mouse.move(boite["x"] + boite["width"] * x, boite["y"] + boite["height"] * y, steps=4)
    expect(page.locator(f"#{figure} .hoverlayer")).to_contain_text(infobulle)
    page.mouse.down()
    page.mouse.up()


def jumeau(page: Page, bloc: str) -> list[list[str]]:
    """Rows of the table twin, opened once."""
    bouton = page.locator(f"#bloc-{bloc} [data-tableau]")
    if bouton.get_attribute("aria-pressed") == "false":
        bouton.click()
    expect(page.locator(f"#{bloc}-jumeau tbody tr").first).to_be_visible()
    expect(page.locator(f"#{bloc}-corps")).to_be_hidden()
    return tableau(page, bloc)


def test_du_mois_a_l_annee_et_au_cumul(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/heures?annee=2024")
    expect(page.locator("#phrase")).to_contain_text("des engagements")
    expect(page.locator(".kpi")).to_have_count(6)
    mois = jumeau(page, "heures-temps")
    assert [ligne[0] for ligne in mois[:2]] == ["janvier 2024", "février 2024"]
    page.locator('#bloc-heures-temps [data-filtre="cumul=oui"]').click()
    expect(page).to_have_url(re.compile("cumul=oui"))
    expect(page.locator("#heures-temps-titre")).to_contain_text("depuis janvier 2024")
    cumul = jumeau(page, "heures-temps")
    assert nombre(cumul[-1][1]) == pytest.approx(sum(nombre(ligne[1]) for ligne in mois), abs=12)
    page.locator('#bloc-heures-temps [data-filtre="pas=annee"]').click()
    expect(page.locator("#heures-temps-sous-titre")).to_contain_text("par année")
    annees = jumeau(page, "heures-temps")
    assert "2024" in [ligne[0] for ligne in annees]
    page.go_back()
    page.go_back()
    expect(page).to_have_url(f"{site}/heures?annee=2024")
    expect(page.locator("#heures-temps-sous-titre")).to_contain_text("Heures par mois")


def test_chaque_marque_filtre_et_une_vue_ne_se_filtre_pas(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/heures?annee=2022-2024")
    secteurs = page.locator("#bloc-heures-secteur .barres li").count()
    page.locator('#bloc-heures-secteur [data-filtre="secteur=nettoyage"]').click()
    expect(page.locator("#phrase")).to_contain_text("Nettoyage")
    expect(page.locator("#bloc-heures-secteur .barres li")).to_have_count(secteurs)
    expect(page.locator('#bloc-heures-secteur [aria-pressed="true"]')).to_have_count(1)
    page.locator('[data-retire="secteur=nettoyage"]').click()
    expect(page).to_have_url(f"{site}/heures?annee=2022-2024")

    cliquer(page, "heures-chaleur-figure", 0.5, 0.7, "Seine-Saint-Denis, ")  # sixth line of eight
    expect(page.locator("#phrase")).to_contain_text("en Seine-Saint-Denis")
    expect(page.locator("#heures-temps-sous-titre")).to_contain_text("Seine-Saint-Denis")
    expect(page.locator("#heures-chaleur-sous-titre")).not_to_contain_text("Seine-Saint-Denis")

    cliquer(page, "heures-temps-figure", 0.5, 0.9, " 2023")  # the middle of three years
    expect(page).to_have_url(f"{site}/heures?annee=2023&dep=93")
    page.locator('#bloc-heures-btp [data-filtre="annee=2024"]').click()
    expect(page.locator("#phrase")).to_contain_text("En 2024")


def test_un_regard_montre_des_etats_qui_se_distinguent(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/heures?annee=2024&regard=femmes&dep=93")
    expect(page.locator("#kpi-heures_engagees .v")).to_have_class(re.compile("etat-nd"))
    expect(page.locator("#kpi-heures_realisees .v")).not_to_have_class(re.compile("etat-"))
    expect(page.locator("#heures-validees-vide")).to_contain_text("se suit par marché")
    expect(page.locator("#heures-validees-corps")).to_be_hidden()
    textes = {cellule for ligne in jumeau(page, "heures-chaleur") for cellule in ligne}
    assert "s" in textes
    assert page.locator("#heures-chaleur-jumeau td.etat-s abbr").first.get_attribute("title") == "secret statistique"
    expect(page.locator("#heures-chaleur-legende")).to_contain_text("masquée")


def test_le_fichier_dit_la_meme_chose_que_la_page(page: Page, site: str, tmp_path: Path) -> None:
    ouvrir(page, f"{site}/heures?annee=2024&dep=93")
    with page.expect_download() as attendu:
        page.locator("#bloc-heures-modalite summary").click()
        page.locator('#bloc-heures-modalite [data-telecharge="csv"]').click()
    fichier = tmp_path / "modalites.csv"
    attendu.value.save_as(fichier)
    lues = list(csv.reader(io.StringIO(fichier.read_text("utf-8-sig")), delimiter=";"))
    page_ecrite = jumeau(page, "heures-modalite")
    assert [ligne[0] for ligne in lues[1 : len(page_ecrite) + 1]] == [ligne[0] for ligne in page_ecrite]
    for lue, ecrite in zip(lues[1:], page_ecrite, strict=False):
        assert lue[1] == ecrite[1] if ecrite[1] == "s" else float(lue[1]) == nombre(ecrite[1])


def test_sur_un_telephone_rien_ne_deborde(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ouvrir(page, f"{site}/heures?annee=2018-2025&pas=annee")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for bloc in ("heures-temps", "heures-chaleur"):
        figure = page.locator(f"#{bloc}-figure")
        figure.scroll_into_view_if_needed()
        boite = figure.bounding_box()
        assert boite
        assert boite["width"] <= 390
        assert boite["height"] >= 280
