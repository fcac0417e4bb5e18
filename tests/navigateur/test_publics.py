"""The page of the persons as an expert of inclusion reads it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.navigateur.conftest import Oreille
from tests.navigateur.gestes import debordements, nombre, tableau

pytestmark = pytest.mark.navigateur

BLOCS = ("ages", "qpv", "criteres", "niveaux", "distance", "residence", "prescripteurs", "parcours", "contrats",
         "sorties", "formation", "types")  # fmt: skip


def ouvrir(page: Page, site: str, requete: str = "") -> None:
    page.goto(f"{site}/publics{requete}")
    expect(page.locator("#page-publics:not(.attente-page)")).to_be_visible()
    expect(page.locator("#phrase")).to_contain_text(".")


def test_qui_en_beneficie(page: Page, site: str) -> None:
    ouvrir(page, site)
    expect(page.get_by_role("heading", name="Qui en bénéficie ?")).to_be_visible()
    expect(page.locator("#phrase")).to_contain_text("de femmes")
    expect(page.locator(".kpi")).to_have_count(8)
    for bloc in BLOCS:
        expect(page.locator(f"#publics-{bloc}-titre")).not_to_be_empty()
        expect(page.locator(f"#publics-{bloc}-legende")).to_contain_text("effectifs arrondis à 5 près")
    expect(page.locator("#bloc-publics-parcours .sankey-node")).not_to_have_count(0)


def test_un_clic_sur_un_critere_devient_un_regard_que_le_bouton_precedent_defait(page: Page, site: str) -> None:
    ouvrir(page, site)
    avant = page.locator("#kpi-beneficiaires .v").inner_text()
    page.locator('#bloc-publics-criteres [data-filtre="regard=rsa"]').click()
    expect(page).to_have_url(f"{site}/publics?regard=rsa")
    expect(page.locator("#phrase")).to_contain_text("bénéficiaires du rsa", ignore_case=True)
    expect(page.locator("#kpi-beneficiaires .v")).not_to_have_text(avant)
    page.locator('#bloc-publics-ages [data-filtre="regard=femmes"]').first.wait_for(state="detached")
    page.go_back()
    expect(page.locator("#kpi-beneficiaires .v")).to_have_text(avant)


def test_chaque_bloc_a_son_tableau(page: Page, site: str) -> None:
    ouvrir(page, site, "?annee=2019-2025")
    for bloc in BLOCS:
        bouton = page.locator(f"#bloc-publics-{bloc} [data-tableau]")
        bouton.click()
        expect(page.locator(f"#publics-{bloc}-jumeau table")).to_be_visible()
        expect(page.locator(f"#publics-{bloc}-corps")).to_be_hidden()
        bouton.click()
        expect(page.locator(f"#publics-{bloc}-corps")).to_be_visible()


def test_le_csv_dit_les_memes_personnes_et_les_memes_heures(page: Page, site: str, tmp_path: Path) -> None:
    ouvrir(page, site, "?dep=93&annee=2021-2025")
    jumeau = tableau(page, "publics-niveaux")
    with page.expect_download() as attendu:
        page.locator("#bloc-publics-niveaux summary").click()
        page.locator('#bloc-publics-niveaux [data-telecharge="csv"]').click()
    fichier = tmp_path / "niveaux.csv"
    attendu.value.save_as(fichier)
    lignes = list(csv.reader(io.StringIO(fichier.read_text("utf-8-sig")), delimiter=";"))
    assert lignes[0] == ["Niveau de formation", "Personnes", "Part des personnes", "Heures", "Part des heures"]
    for lue, vue in zip(lignes[1:], jumeau, strict=False):
        assert lue[0] == vue[0]
        for colonne in (1, 3):
            assert vue[colonne] == lue[colonne] == "s" or float(lue[colonne]) == nombre(vue[colonne])


def test_sous_un_regard_sensible_la_page_masque_et_l_explique(page: Page, site: str) -> None:
    ouvrir(page, site, "?regard=rqth&annee=2019-2025")
    expect(page.locator("#kpi-part_femmes .v")).to_have_text("s")
    expect(page.locator("#kpi-beneficiaires .v")).not_to_have_text("s")
    expect(page.locator("#bloc-publics-niveaux .pourquoi")).to_contain_text("donnée sensible")
    assert set(page.locator("#bloc-publics-niveaux .x abbr").all_inner_texts()) == {"s"}
    expect(page.locator("#publics-parcours-vide")).to_contain_text("donnée sensible")
    assert page.locator("#bloc-publics-residence .jumelees .ligne").count() > 0


def test_les_residences_par_ept(page: Page, site: str) -> None:
    ouvrir(page, site)
    page.locator('#bloc-publics-residence [data-filtre="niveau=epci"]').click()
    expect(page).to_have_url(f"{site}/publics?niveau=epci")
    expect(page.locator("#bloc-publics-residence .jumelees")).to_contain_text("Plaine Commune")


@pytest.mark.parametrize("requete", ["?annee=1950", "?regard=%3Cscript%3E", "?commune=99999&acheteur=" + "1," * 200])
def test_une_url_hostile_donne_la_page_et_une_note(page: Page, site: str, requete: str) -> None:
    ouvrir(page, site, requete)
    expect(page.locator("#notes .note").first).to_be_visible()
    expect(page.locator(".kpi")).to_have_count(8)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("largeur", [1280, 800, 390])
def test_la_page_tient_dans_sa_largeur(
    navigateur: Browser, site: str, tmp_path: Path, largeur: int, theme: str
) -> None:
    oreille = Oreille(urlsplit(site).netloc)
    contexte = navigateur.new_context(
        viewport={"width": largeur, "height": 900},
        color_scheme=theme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    oreille.ecouter(contexte)
    page = contexte.new_page()
    ouvrir(page, site, "?dep=93")
    expect(page.locator("#bloc-publics-parcours .sankey-node")).not_to_have_count(0)
    page.screenshot(path=tmp_path / f"publics-{largeur}-{theme}.png", full_page=True)
    debordent = debordements(
        page, "#page-publics .bloc h2, #page-publics .bloc p, .kpi .v, .jumelees .n, .jumelees .x, .cartes > li"
    )
    contexte.close()
    assert debordent == []
    assert oreille.erreurs == []
    assert oreille.ailleurs == []
