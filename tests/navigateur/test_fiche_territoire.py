"""A councillor opens the sheet of a territory, changes the year, prints it, and reads it on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.rapport.outils import serre

pytestmark = pytest.mark.navigateur


def test_lire_changer_d_annee_et_imprimer(page: Page, site: str, tmp_path: Path) -> None:
    page.goto(f"{site}/fiche/territoire/93")
    expect(page.get_by_role("heading", level=1)).to_have_text("Seine-Saint-Denis")
    expect(page.get_by_role("img", name=re.compile("Heures réalisées par EPT ou EPCI"))).to_be_visible()
    page.get_by_label("Année").select_option("2024")
    page.get_by_role("button", name="Voir", exact=True).click()
    page.wait_for_url("**/fiche/territoire/93?annee=2024")
    expect(page.locator(".numero").first).to_have_text("Fiche territoire · 2024")
    ecrites = page.locator("tr").evaluate_all("rs => rs.map(r => [...r.cells].map(c => c.textContent).join(''))")
    page.evaluate("window.print = () => { document.title = 'imprimée'; }")
    page.get_by_role("button", name="Imprimer").click()
    expect(page).to_have_title("imprimée")
    page.emulate_media(media="print")
    expect(page.locator(".barre-site")).to_be_hidden()
    expect(page.locator(".page")).to_have_count(2)
    cible = tmp_path / "fiche.pdf"
    page.pdf(path=cible, prefer_css_page_size=True, print_background=True)
    document = pypdfium2.PdfDocument(cible)
    textes = [p.get_textpage().get_text_range() for p in document]
    document.close()
    assert len(textes) == 2
    assert "Télécharger" not in "".join(textes)
    assert "Méthode" in textes[1]
    imprime = serre("".join(textes))
    assert len(ecrites) > 30
    assert [ligne for ligne in map(serre, ecrites) if ligne not in imprime] == [], (
        "chaque ligne de l’écran est imprimée"
    )
    page.emulate_media(media="screen")


def test_monter_a_la_region_et_revenir_au_site(page: Page, site: str) -> None:
    page.goto(f"{site}/fiche/territoire/93066?annee=2024")
    page.get_by_role("link", name="Plaine Commune").click()
    page.wait_for_url("**/fiche/territoire/T6?annee=2024")
    page.get_by_role("link", name="Voir sur le site").click()
    page.wait_for_url("**/territoires?annee=2024&epci=T6")
    expect(page.locator("#phrase")).to_contain_text("sur le territoire de Plaine Commune")


@pytest.mark.parametrize("code", ["11", "T8", "78606"])
def test_sur_un_telephone_rien_ne_deborde(page: Page, site: str, code: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}/fiche/territoire/{code}")
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
