"""A real server on the small demonstration snapshot, and a real Chromium that notes all it hears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from benchmarks.mesures import serveur
from tests.navigateur.outils import ARGUMENTS, chromium

# A busy machine is slow, not wrong: what is asserted must come, within this delay.
expect.set_options(timeout=20_000)


@dataclass
class Oreille:
    """What a page said or asked that it should not have."""

    hote: str
    erreurs: list[str] = field(default_factory=list)
    ailleurs: list[str] = field(default_factory=list)

    def ecouter(self, contexte: BrowserContext) -> None:
        contexte.on("console", lambda m: self.erreurs.append(m.text) if m.type in ("error", "warning") else None)
        contexte.on("weberror", lambda e: self.erreurs.append(f"{e.error} {e.error.stack}"))
        contexte.on("request", lambda r: self._demande(r.url))
        contexte.on(
            "requestfailed",
            lambda r: self.erreurs.append(f"échec : {r.url}") if "ABORTED" not in (r.failure or "") else None,
        )
        contexte.on("response", lambda r: self.erreurs.append(f"{r.status} : {r.url}") if r.status >= 400 else None)

    def _demande(self, url: str) -> None:
        adresse = urlsplit(url)
        if adresse.scheme not in ("data", "blob") and adresse.netloc != self.hote:
            self.ailleurs.append(url)


@pytest.fixture(scope="session")
def site(fichier_demo: Path) -> Iterator[str]:
    """Address of a gunicorn serving the small demonstration."""
    with serveur(fichier_demo) as (adresse, _):
        yield adresse


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    with sync_playwright() as p:
        ouvert = p.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield ouvert
        ouvert.close()


@pytest.fixture(scope="session")
def oreille(site: str) -> Oreille:
    return Oreille(urlsplit(site).netloc)


@pytest.fixture(scope="session")
def contexte_commun(navigateur: Browser, oreille: Oreille) -> Iterator[BrowserContext]:
    """One context for all the journeys: the static files are fetched once, as a reader's browser does."""
    neuf = navigateur.new_context(
        viewport={"width": 1280, "height": 900}, locale="fr-FR", color_scheme="light", accept_downloads=True,
        reduced_motion="reduce",
    )  # fmt: skip
    oreille.ecouter(neuf)
    yield neuf
    neuf.close()


@pytest.fixture
def contexte(contexte_commun: BrowserContext, oreille: Oreille, site: str) -> Iterator[BrowserContext]:
    """At the end of a journey, nothing was asked elsewhere, nothing was said on the console, nothing stays."""
    oreille.erreurs.clear()
    yield contexte_commun
    for page in contexte_commun.pages:
        page.evaluate("localStorage.clear()")
        page.close()
    assert oreille.ailleurs == [], "le navigateur ne parle qu’à notre hôte"
    assert oreille.erreurs == [], "aucune erreur dans la console"


@pytest.fixture
def page(contexte: BrowserContext) -> Page:
    return contexte.new_page()
