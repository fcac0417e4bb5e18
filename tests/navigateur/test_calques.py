"""The layers of the map, drawn on a map of their own: what they say, their size, what a click does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.navigateur

PAGE = """<!DOCTYPE html><html lang="fr" data-bs-theme="light"><title>Essai</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/10_jetons.css"><link rel="stylesheet" href="/assets/40_figures.css">
<link rel="stylesheet" href="/assets/45_calques.css"><script src="/assets/carte_calques.js"></script></html>"""
PREPARER = """async () => {
  const texte = await (await fetch('/carte/departement.svg')).text();
  const hote = Object.assign(document.createElement('div'), { className: 'carte', innerHTML: texte });
  hote.style.width = '600px';
  document.body.replaceChildren(hote);
  const svg = hote.querySelector('svg');
  window.essai = { svg, clics: [] };
  for (const z of svg.querySelectorAll('.zone')) {
    z.addEventListener('click', () => window.essai.clics.push(z.dataset.code));
  }
  svg.style.setProperty('--unite', '2');
}"""
POSER = "(codes) => window.Calques.poser(window.essai.svg, codes)"
ETAT = """() => [...window.essai.svg.querySelectorAll('.calque')].map((g) => [g.dataset.calque, g.children.length])"""
RAYONS = """(calque) => [...window.essai.svg.querySelectorAll(`.calque-${calque} circle`)]
  .map((c) => [Number(c.dataset.n), Number(c.getAttribute('r'))])"""


@pytest.fixture
def carte(page: Page, site: str) -> Page:
    """A page that holds one map without any layer, and nothing of the pages of the site."""
    page.route(f"{site}/essai", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.goto(f"{site}/essai")
    page.evaluate(PREPARER)
    return page


def test_un_calque_se_pose_et_s_enleve(carte: Page) -> None:
    for codes, attendus in ((["gares", "structures"], ["structures", "gares"]), (["gares"], ["gares"]), ([], [])):
        carte.evaluate(POSER, codes)
        carte.evaluate(POSER, codes)  # asked twice, drawn once
        etat = carte.evaluate(ETAT)
        assert [nom for nom, _ in etat] == attendus  # stations above structures
        assert dict(etat).get("gares", 68) == 68
    carte.evaluate(POSER, ["metros"])
    assert carte.evaluate(ETAT) == []


def test_le_dernier_choix_l_emporte(carte: Page) -> None:
    """Layers asked for then given up while they were on their way do not appear."""
    carte.evaluate("() => Promise.all([['structures'], []].map((c) => window.Calques.poser(window.essai.svg, c)))")
    assert carte.evaluate(ETAT) == []


def test_chaque_point_se_lit_et_les_noms_restent_dessus(carte: Page) -> None:
    carte.evaluate(POSER, ["gares", "structures"])
    titres = carte.locator(".calque-gares title").all_text_contents()
    assert "Saint-Denis Pleyel — lignes 14, 15, 16, 17" in titres
    assert carte.locator(".calque-gares").get_attribute("aria-label") == "68\u00a0gares du Grand Paris Express"
    dernier = carte.evaluate("() => window.essai.svg.lastElementChild.getAttribute('class')")
    assert dernier == "etiquettes"


def test_la_taille_suit_l_ecran_pas_le_zoom(carte: Page) -> None:
    carte.evaluate(POSER, ["gares", "structures"])
    assert {r for _, r in carte.evaluate(RAYONS, "gares")} == {8}
    aires = [r * r / n for n, r in carte.evaluate(RAYONS, "structures")]
    assert max(aires) - min(aires) < 0.05 * max(aires)  # areas follow the numbers
    carte.evaluate("() => window.essai.svg.style.setProperty('--unite', '0.5')")
    expect(carte.locator(".calque-gares circle").first).to_have_attribute("r", "2.00")


def test_un_clic_sur_un_point_est_un_clic_sur_le_territoire(carte: Page) -> None:
    carte.evaluate(POSER, ["gares"])
    carte.locator(".calque-gares circle", has_text="Chelles").click()
    assert carte.evaluate("() => window.essai.clics") == ["77"]
