"""Pictures of the page, looked at by people: no overflow, panel on a phone, and the README's screenshot."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.navigateur.conftest import Oreille
from tests.navigateur.gestes import debordements, ouvrir

pytestmark = pytest.mark.navigateur


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("largeur", [1280, 390])
def test_la_page_tient_dans_sa_largeur(
    navigateur: Browser, site: str, tmp_path: Path, largeur: int, theme: str
) -> None:
    oreille = Oreille(urlsplit(site).netloc)
    contexte = navigateur.new_context(
        viewport={"width": largeur, "height": 900},
        color_scheme=theme,
        reduced_motion="reduce",  # type: ignore[arg-type]
    )
    oreille.ecouter(contexte)
    page = contexte.new_page()
    ouvrir(page, f"{site}/?dep=93")
    page.screenshot(path=tmp_path / f"{largeur}-{theme}.png", full_page=True)
    debordent = debordements(page, ".bloc h2, .bloc p, .kpi .v, .barres .n, .barres .x, .chip")
    contexte.close()
    assert debordent == []
    assert oreille.erreurs == []
    assert oreille.ailleurs == []


def test_sur_un_telephone_les_filtres_sont_un_tiroir(navigateur: Browser, site: str) -> None:
    contexte = navigateur.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = contexte.new_page()
    ouvrir(page, f"{site}/?dep=93&secteur=nettoyage")
    bouton = page.locator("#bouton-filtres")
    expect(bouton).to_have_text("Filtres · 2")
    expect(page.locator("#f-secteur")).not_to_be_in_viewport()
    bouton.click()
    expect(page.locator("#f-territoire")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#f-territoire")).not_to_be_in_viewport()
    contexte.close()


def test_la_capture_du_readme(navigateur: Browser, site: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The README shows what the page really is (kept where ``--captures`` says)."""
    contexte = navigateur.new_context(viewport={"width": 1280, "height": 1130}, reduced_motion="reduce")
    page = contexte.new_page()
    ouvrir(page, f"{site}/?dep=93")
    expect(page.locator("#bloc-carte .zone.on")).to_be_visible()
    expect(page.locator("#page-vue-ensemble.attente-page")).to_have_count(0)
    dossier = request.config.getoption("--captures") or tmp_path
    dossier.mkdir(parents=True, exist_ok=True)
    image = page.screenshot(path=dossier / "vue-ensemble.png")
    contexte.close()
    assert len(image) > 50_000
