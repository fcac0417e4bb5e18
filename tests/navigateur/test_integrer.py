"""A bloc framed by another site, which no page of ours accepts; a folder opened without a server nor a network."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from dashboard.__main__ import app
from tests.navigateur.test_pages import ouvrir

pytestmark = pytest.mark.navigateur


@contextmanager
def autre_site(corps: Callable[[], str]) -> Iterator[str]:
    """A page of another origin."""

    class Reponse(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is that of the library
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!DOCTYPE html><title>Autre site</title>{corps()}".encode())

        def log_message(self, *_morceaux: object) -> None:
            """Nothing on the terminal."""

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Reponse)
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield f"http://127.0.0.1:{serveur.server_address[1]}/"
    serveur.shutdown()
    serveur.server_close()
    fil.join()


def test_un_autre_site_encadre_un_bloc_et_aucune_page(navigateur: Browser, site: str) -> None:
    cadres = (
        f'<iframe id="bloc" src="{site}/integrer/heures-secteur?dep=93" width="600" height="500"></iframe>'
        f'<iframe id="page" src="{site}/heures?dep=93" width="600" height="500"></iframe>'
    )
    with autre_site(lambda: cadres) as adresse:
        contexte = navigateur.new_context(locale="fr-FR")
        page, refus = contexte.new_page(), []
        page.on("console", lambda m: refus.append(m.text) if "frame-ancestors" in m.text else None)
        demandes: list[str] = []
        page.on("request", lambda r: demandes.append(r.url))
        page.goto(adresse)
        cadre = page.frame_locator("#bloc")
        expect(cadre.locator("h1")).to_be_visible()
        expect(cadre.locator(".barres li").first).to_be_visible()
        expect(cadre.locator("header p")).to_contain_text("Seine-Saint-Denis")
        cadre.locator("summary").first.click()
        expect(cadre.locator("table")).to_be_visible()
        expect(page.frame_locator("#page").locator("#page-heures")).to_have_count(0)
        page.wait_for_timeout(300)
        assert len(refus) == 1, "une page du site doit refuser d’être encadrée"
        assert not [d for d in demandes if "plotly" in d or "_dash" in d]
        contexte.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_le_bloc_suit_le_theme_du_lecteur(navigateur: Browser, site: str, theme: str) -> None:
    contexte = navigateur.new_context(color_scheme="dark" if theme == "dark" else "light")
    page = contexte.new_page()
    page.goto(f"{site}/integrer/mois")
    fond = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert fond == {"light": "rgb(255, 255, 255)", "dark": "rgb(24, 35, 40)"}[theme]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    contexte.close()


def test_le_menu_donne_le_code_a_coller(navigateur: Browser, page: Page, site: str) -> None:
    ouvrir(page, f"{site}/heures?dep=93")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    bloc = page.locator("#bloc-heures-secteur")
    bloc.locator("details.menu > summary").click()
    bloc.get_by_text("Code à intégrer").click()
    expect(page.locator(".avis")).to_have_text("Code copié")
    code = page.evaluate("navigator.clipboard.readText()")
    assert code.startswith(f'<iframe src="{site}/integrer/heures-secteur?dep=93" title="')
    assert 'width="100%"' in code
    assert 'loading="lazy"' in code
    titre = bloc.locator("h2").inner_text()
    with autre_site(lambda: code) as adresse:
        ailleurs = navigateur.new_page()
        ailleurs.goto(adresse)
        expect(ailleurs.frame_locator("iframe").locator("h1")).to_have_text(titre)
        ailleurs.close()


def test_le_dossier_s_ouvre_sans_serveur_ni_reseau(navigateur: Browser, fichier_demo: Path, tmp_path: Path) -> None:
    cible = tmp_path / "dossier"
    arguments = ["figer", "--territoire", "T8", "--dossier", str(cible), "--instantane", str(fichier_demo)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    contexte = navigateur.new_context(offline=True, locale="fr-FR")
    page, demandes, erreurs = contexte.new_page(), [], []
    page.on("request", lambda r: demandes.append(r.url))
    page.on("console", lambda m: erreurs.append(m.text))
    page.goto((cible / "index.html").as_uri())
    expect(page.locator("h1")).to_contain_text("Est Ensemble")
    page.get_by_role("link", name="Territoires", exact=True).first.click()
    expect(page.locator("#territoires-carte svg .zone").first).to_be_visible()
    remplie = page.locator("#territoires-carte svg .zone:not(.hors, .etat-zero)").first
    assert remplie.evaluate("e => getComputedStyle(e).fill") not in ("none", "rgb(0, 0, 0)")
    page.get_by_role("link", name="Fiche du territoire").click()
    expect(page.locator("h1").first).to_have_text("Est Ensemble")
    page.get_by_role("link", name="Sommaire du dossier").click()
    expect(page.locator("h1")).to_contain_text("Est Ensemble")
    page.set_viewport_size({"width": 390, "height": 800})
    for fichier in sorted(cible.glob("*.html")):
        page.goto(fichier.as_uri())
        if fichier.name != "fiche.html":
            large = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert large <= 0, f"{fichier.name} dépasse de {large} px sur un téléphone"
    assert [d for d in demandes if not d.startswith(("file:", "data:"))] == []
    assert erreurs == []
    contexte.close()
