"""« Que se passe-t-il sur mon territoire ? » as a councillor explores it: down, up, another indicator, another page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.navigateur.gestes import tableau

pytestmark = pytest.mark.navigateur

PAGE = "/territoires"


def ouvrir(page: Page, adresse: str) -> None:
    """Open and wait until the map, the lines and the flows are drawn."""
    page.goto(adresse)
    expect(page.locator("#page-territoires:not(.attente-page)")).to_be_attached()
    expect(
        page.locator("#territoires-carte-carte svg .zone, #territoires-carte-vide:not(:empty)").first
    ).to_be_attached()
    for bloc in ("evolution", "flux"):
        dessin = f"#territoires-{bloc}-figure .main-svg, #territoires-{bloc}-vide:not(:empty)"
        expect(page.locator(dessin).first).to_be_attached()


def zone(page: Page, code: str) -> Locator:
    return page.locator(f'#territoires-carte-carte .zone[data-code="{code}"]')


def bouton(page: Page, texte: str) -> Locator:
    return page.locator("#territoires-carte-choix button", has_text=texte)


def fil(page: Page) -> str:
    """The breadcrumb, without the link to the sheet."""
    return str(
        page.locator("#fil nav").evaluate(
            "n => [...n.querySelectorAll('button, span, b')].map(e => e.innerText).join('')"
        )
    )


def test_on_descend_et_on_remonte(page: Page, site: str) -> None:
    ouvrir(page, f"{site}{PAGE}?annee=2024")
    expect(page.locator("#fil b")).to_have_text("Île-de-France")
    zone(page, "93").click()
    expect(page).to_have_url(re.compile("dep=93"))
    expect(page.locator("#phrase")).to_contain_text("1er rang des 8\u00a0départements")
    expect(zone(page, "93")).to_have_class(re.compile(r"\bon\b"))
    bouton(page, "Voir ses EPT et EPCI").click()
    expect(zone(page, "T8")).to_have_attribute("data-filtre", "epci=T8")
    expect(zone(page, "T1")).to_have_class(re.compile(r"\bhors\b"))
    expect(page.locator("#territoires-carte-carte .zone.hors")).not_to_have_count(0)
    zone(page, "T8").click()
    expect(page.locator("#fil b")).to_have_text("Est Ensemble")
    bouton(page, "Voir ses communes").click()
    expect(zone(page, "93048")).to_be_attached()
    page.locator('#territoires-classement-figure [data-filtre="commune=93048"]').click()
    expect(page.locator("#phrase")).to_contain_text("à Montreuil")
    assert fil(page) == "Île-de-France›Seine-Saint-Denis›Est Ensemble›Montreuil"
    expect(page.locator("#fil a")).to_have_attribute("href", re.compile("^/fiche/territoire/93048"))
    expect(page.locator("#territoires-classement-titre")).to_contain_text("Montreuil")
    page.locator("#fil button", has_text="Seine-Saint-Denis").click()
    expect(page).to_have_url(re.compile(r"dep=93&niveau=commune"))
    expect(page.locator("#fil b")).to_have_text("Seine-Saint-Denis")
    page.locator("#fil button", has_text="Île-de-France").click()
    expect(page.locator("#fil b")).to_have_text("Île-de-France")
    assert "dep=" not in page.url
    page.go_back()
    expect(page.locator("#fil b")).to_have_text("Seine-Saint-Denis")


def test_l_indicateur_se_choisit_au_clavier(page: Page, site: str) -> None:
    ouvrir(page, f"{site}{PAGE}?annee=2018-2025")
    liste = page.locator("#territoires-indicateur")
    liste.focus()
    liste.select_option("part_femmes")
    expect(page).to_have_url(re.compile("indicateur=part_femmes"))
    expect(page.locator("#territoires-carte-titre")).to_contain_text("Part des femmes : de")
    expect(page.locator("#territoires-indicateur")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("indicateur=part_moins_26"))
    expect(page.locator("#phrase")).to_contain_text("la part des moins de 26 ans est de")
    expect(page.locator("#territoires-indicateur")).to_be_focused()
    page.locator("#territoires-indicateur").select_option("heures")
    expect(page.locator("#phrase")).to_contain_text("heures d’insertion")
    assert "indicateur" not in page.url, "le choix par défaut n’est pas dans l’adresse"


def test_le_niveau_garde_le_clavier(page: Page, site: str) -> None:
    ouvrir(page, f"{site}{PAGE}")
    bouton(page, "EPT et EPCI").focus()
    page.keyboard.press("Enter")
    expect(zone(page, "T8")).to_be_attached()
    expect(bouton(page, "EPT et EPCI")).to_be_focused()


def test_la_carte_le_classement_et_le_tableau_disent_la_meme_chose(page: Page, site: str) -> None:
    ouvrir(page, f"{site}{PAGE}?annee=2018-2025&dep=93&niveau=epci&indicateur=part_qpv")
    lignes = {ligne[0]: ligne[2] for ligne in tableau(page, "territoires-carte")}
    assert len(lignes) == 4
    for code, part in lignes.items():
        expect(zone(page, code)).to_have_attribute("aria-label", re.compile(re.escape(f": {part} d’habitants de QPV")))
        rangee = page.locator(f'#territoires-classement-figure li[data-code="{code}"] .x')
        expect(rangee).to_have_text(part)
    assert "indicateur=part_qpv" in str(page.locator("#territoires-carte-csv").get_attribute("href"))


def test_un_critere_sensible_est_masque_dans_toutes_les_communes(page: Page, site: str) -> None:
    ouvrir(page, f"{site}{PAGE}?regard=rqth&niveau=commune")
    zones = page.locator("#territoires-carte-carte .zone")
    expect(page.locator("#territoires-carte-carte .zone.etat-s")).to_have_count(zones.count())
    expect(page.locator("#territoires-carte-titre")).to_contain_text("jamais publié par commune")
    expect(page.locator("#territoires-flux-vide")).to_contain_text("donnée sensible")


def test_les_quatre_etats_se_voient(page: Page, site: str) -> None:
    """Value, true zero, masked and missing do not look alike on the map, and the legend names them."""
    ouvrir(page, f"{site}{PAGE}?niveau=commune&annee=2018-2025&indicateur=part_femmes")
    fonds = page.evaluate(
        """() => Object.fromEntries(['s', 'nd'].map((e) => [e, getComputedStyle(
             document.querySelector(`#territoires-carte-carte .zone.etat-${e}`)).fill]))"""
    )
    assert fonds["s"] != fonds["nd"]
    assert all("url" in fond for fond in fonds.values())
    expect(page.locator("#territoires-carte-etats")).to_contain_text("s : secret statistique")
    expect(page.locator("#territoires-carte-etats")).to_contain_text("nd : non disponible")


def test_un_clic_sur_un_bout_de_flux_choisit_le_territoire(page: Page, site: str) -> None:
    ouvrir(page, f"{site}{PAGE}?annee=2018-2025")
    bout = page.locator("#territoires-flux-figure .sankey-node", has_text="Seine-Saint-Denis").first
    bout.scroll_into_view_if_needed()
    boite = bout.locator(".node-rect").bounding_box()
    assert boite
    milieu = (boite["x"] + boite["width"] / 2, boite["y"] + boite["height"] / 2)
    page.mouse.move(*milieu, steps=4)
    expect(page.locator("#territoires-flux-figure .hoverlayer")).to_contain_text("personnes")
    page.mouse.click(*milieu)
    expect(page).to_have_url(re.compile("dep=93"))
    expect(page.locator("#territoires-flux-choix")).to_contain_text("Y travaillent, vivent ailleurs")
    expect(page.locator("#territoires-flux-sous-titre")).to_contain_text("sont faites sur place")


def test_les_gares_se_posent_sur_la_carte(page: Page, site: str) -> None:
    ouvrir(page, f"{site}{PAGE}")
    bouton(page, "Gares du Grand Paris Express").click()
    expect(page.locator("#territoires-carte-carte .calque-gares circle").first).to_be_attached()
    bouton(page, "Gares du Grand Paris Express").click()
    expect(page.locator("#territoires-carte-carte .calque-gares")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("largeur", [1280, 390])
def test_la_page_tient_dans_sa_largeur(navigateur: Browser, site: str, largeur: int, theme: str) -> None:
    contexte = navigateur.new_context(
        viewport={"width": largeur, "height": 900}, color_scheme=theme, reduced_motion="reduce"  # type: ignore[arg-type]
    )  # fmt: skip
    page = contexte.new_page()
    ouvrir(page, f"{site}{PAGE}?dep=93&niveau=epci&indicateur=part_deld&annee=2018-2025")
    depasse = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    debordent = page.evaluate(
        """() => [...document.querySelectorAll(`.bloc h2, .bloc p, .kpi .v, .barres .n, .barres .x, .chip,
                                                .reglage select, .distribution .pile b, .cle span`)]
              .filter((e) => e.offsetParent && e.scrollWidth > e.clientWidth + 1
                                  && getComputedStyle(e).display !== 'inline')
              .map((e) => e.textContent.slice(0, 60))"""
    )
    contexte.close()
    assert depasse <= 0
    assert debordent == []
