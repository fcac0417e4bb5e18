"""A figure is quoted: its permanent link still shows the data of that day, on every page, until one leaves them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.mesures import serveur
from tests.navigateur.conftest import Oreille
from tests.navigateur.test_pages import ouvrir

pytestmark = pytest.mark.navigateur

ANCIEN = "20240101-0123456789"


@pytest.fixture(scope="module")
def archives(fichier_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that keeps an older snapshot, where no hour had been declared yet."""
    dossier = tmp_path_factory.mktemp("archives")
    os.link(fichier_demo, dossier / "o.duckdb")
    vieux = dossier / f"o-{ANCIEN}.duckdb"
    shutil.copyfile(fichier_demo, vieux)
    with duckdb.connect(str(vieux)) as con:
        con.execute("UPDATE manifeste SET instantane_id = ?, date_donnees = DATE '2024-01-01'", [ANCIEN])
        con.execute("UPDATE activite SET realisees = 0, validees = 0")
    with serveur(dossier / "o.duckdb") as (adresse, _):
        yield adresse


@pytest.fixture
def page(navigateur: Browser, archives: str) -> Iterator[Page]:
    """A page of that site, which must ask nothing elsewhere and say nothing on the console."""
    oreille = Oreille(urlsplit(archives).netloc)
    contexte = navigateur.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    oreille.ecouter(contexte)
    yield contexte.new_page()
    contexte.close()
    assert (oreille.ailleurs, oreille.erreurs) == ([], [])


def test_un_lien_permanent_garde_ses_donnees_d_une_page_a_l_autre(page: Page, archives: str) -> None:
    ouvrir(page, f"{archives}/s/{ANCIEN}/?annee=2021")
    expect(page).to_have_url(f"{archives}/?annee=2021&instantane={ANCIEN}")
    expect(page.locator("#notes")).to_contain_text("Données au 1er janvier 2024, telles qu’elles ont été citées")
    expect(page.locator("#phrase")).to_contain_text("aucune heure")
    page.locator('.tabs a[href="/heures"]').click()
    expect(page.locator("#page-heures")).to_be_visible()
    expect(page).to_have_url(f"{archives}/heures?annee=2021&instantane={ANCIEN}")
    expect(page.locator("#phrase")).to_contain_text("aucune heure")
    lien = page.locator("#heures-secteur-csv").get_attribute("href")
    assert lien
    assert f"instantane={ANCIEN}" in lien
    page.locator("#puces [data-reinitialise]").click()
    expect(page).to_have_url(f"{archives}/heures?instantane={ANCIEN}")
    page.locator("#notes").get_by_text("Lire les données d’aujourd’hui").click()
    expect(page).to_have_url(f"{archives}/heures")
    expect(page.locator("#phrase")).not_to_contain_text("aucune heure")


def test_le_menu_d_un_bloc_donne_le_lien_permanent(page: Page, archives: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ouvrir(page, f"{archives}/heures?annee=2021")
    identite = page.locator(".observatoire").get_attribute("data-instantane")
    page.locator("#bloc-heures-secteur summary").click()
    page.locator("#bloc-heures-secteur").get_by_text("Copier le lien permanent").click()
    attendu = f"{archives}/s/{identite}/heures?annee=2021#bloc-heures-secteur"
    assert page.evaluate("navigator.clipboard.readText()") == attendu
    ouvrir(page, attendu)
    expect(page.locator("#bloc-heures-secteur h2")).to_be_visible()


def test_un_instantane_qui_n_est_plus_garde_est_dit(page: Page, archives: str) -> None:
    ouvrir(page, f"{archives}/heures?instantane=20190101-0123456789")
    expect(page.locator("#notes")).to_contain_text("n’est plus conservé. Voici les données d’aujourd’hui.")
