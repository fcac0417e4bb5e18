"""What a reader does on the first page, in words."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def ouvrir(page: Page, adresse: str) -> None:
    """Open and wait until the map and the chart are drawn."""
    page.goto(adresse)
    attendre(page)


def attendre(page: Page) -> None:
    expect(page.locator("#phrase")).to_contain_text(".")
    expect(page.locator("#contenu[aria-busy]")).to_have_count(0)
    expect(page.locator("#bloc-carte svg .zone, #bloc-carte .vide:not(:empty)").first).to_be_attached()
    expect(page.locator("#bloc-mois .js-plotly-plot, #bloc-mois .vide").first).to_be_attached()


def nombre(texte: str) -> float:
    """Number in a French text: « 1,62 M » → 1 620 000."""
    facteur = 1_000_000 if "M" in texte else 1_000 if re.search(r"\dk|\sk", texte) else 1
    return float(re.sub(r"[^\d,]", "", texte).replace(",", ".")) * facteur


def tableau(page: Page, bloc: str) -> list[list[str]]:
    """Rows of the table twin of a bloc, written as when its reader opens it."""
    page.evaluate("bloc => window.Rendu.ouvrir(bloc, 'jumeau')", bloc)
    return page.locator(f"#{bloc}-jumeau tbody tr").evaluate_all(
        "rs => rs.map(r => [...r.cells].map(c => c.textContent))"
    )


def debordements(page: Page, selecteurs: str) -> list[str]:
    """Texts cut by their box, among some elements; the page itself when it is wider than the screen."""
    return page.evaluate(
        """(selecteurs) => [document.documentElement, ...document.querySelectorAll(selecteurs)]
              .filter((e) => (e.offsetParent || e === document.documentElement) && e.scrollWidth > e.clientWidth + 1
                                  && getComputedStyle(e).display !== 'inline')
              .map((e) => e.textContent.slice(0, 60))""",
        selecteurs,
    )
