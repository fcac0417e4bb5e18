"""« Les marchés de la sélection » as a journalist uses it: filter, take the rows away, quoted data included."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.navigateur


def test_les_marches_de_la_page_se_telechargent_avec_la_selection(page: Page, site: str) -> None:
    page.goto(f"{site}/?dep=93&annee=2020-2025")
    lien = page.locator("#puces .emporter")
    expect(lien).to_contain_text("Les marchés de la sélection (")
    nombre = int("".join(c for c in lien.inner_text().split("(")[1].split("ligne")[0] if c.isdigit()))
    with page.expect_download() as attendu:
        lien.get_by_role("link", name="CSV").click()
    texte = Path(attendu.value.path()).read_text(encoding="utf-8-sig")
    lignes = list(csv.reader(io.StringIO(texte), delimiter=";"))
    assert lignes.index([]) == nombre + 1
    assert "2020–2025 · Seine-Saint-Denis" in lignes[nombre + 2][0]
    with page.expect_download() as attendu:
        lien.get_by_role("link", name="XLSX").click()
    assert attendu.value.suggested_filename.endswith(".xlsx")
    page.locator("#puces [data-reinitialise]").click()
    expect(lien.get_by_role("link", name="CSV")).to_have_attribute("href", "/telecharger/marches.csv")


def test_sur_des_donnees_citees_le_lien_les_cite(page: Page, site: str) -> None:
    page.goto(site)
    identite = page.locator(".observatoire").get_attribute("data-instantane")
    page.goto(f"{site}/?dep=93&instantane={identite}")
    csv_ = page.locator("#puces .emporter").get_by_role("link", name="CSV")
    expect(csv_).to_have_attribute("href", f"/telecharger/marches.csv?dep=93&instantane={identite}")
