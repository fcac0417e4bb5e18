"""« Les engagements du Grand Paris sont-ils tenus ? » as an owner uses it: a line, its lots, one of them, a file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.navigateur.gestes import debordements, tableau

pytestmark = pytest.mark.navigateur


def ouvrir(page: Page, adresse: str, nom: str = "projets") -> None:
    """Open and wait until the sentence and the curve are there."""
    page.goto(adresse)
    attendre(page, nom)


def attendre(page: Page, nom: str) -> None:
    expect(page.locator(f"#page-{nom}:not(.attente-page)")).to_be_attached()
    expect(page.locator("#contenu[aria-busy]")).to_have_count(0)
    expect(page.locator("#phrase")).to_contain_text(".")
    courbe = f"#{nom}-courbe-figure .main-svg, #{nom}-courbe-vide:not(:empty)"
    expect(page.locator(courbe).first).to_be_attached()


def etats(page: Page) -> set[str]:
    """States of the lots listed."""
    return {ligne[5].replace("\xa0", " ").split(" (")[0] for ligne in tableau(page, "projets-lots")}


def test_de_la_ligne_15_sud_a_un_lot_en_retard_et_a_son_fichier(page: Page, site: str, tmp_path: Path) -> None:
    ouvrir(page, f"{site}/projets")
    expect(page.locator("#phrase")).to_contain_text("en cours")
    page.goto(f"{site}/projets?programme=gpe_15s")
    attendre(page, "projets")
    expect(page.locator("#phrase")).to_contain_text("ligne 15 Sud")
    expect(page.locator("#projets-programmes-figure .programmes")).to_contain_text("ligne 15 Sud")

    inquietants = page.locator('#projets-lots-choix [data-bascule="etat=retard"]')
    inquietants.click()
    expect(page).to_have_url(re.compile("etat=retard"))
    page.locator('#projets-lots-choix [data-bascule="etat=surveiller"]').click()
    expect(page).to_have_url(re.compile("etat=retard,surveiller"))
    expect(page.locator("#projets-lots-titre")).to_contain_text(re.compile("en retard ou à surveiller|Les lots"))
    lignes = tableau(page, "projets-lots")
    if not lignes:
        page.goto(f"{site}/projets?etat=retard,surveiller")
        attendre(page, "projets")
        lignes = tableau(page, "projets-lots")
    assert lignes
    assert etats(page) <= {"En retard", "À surveiller"}

    with page.expect_download() as attendu:
        page.locator("#bloc-projets-lots summary").click()
        page.locator("#projets-lots-csv").click()
    fichier = tmp_path / "lots.csv"
    attendu.value.save_as(fichier)
    lus = list(csv.reader(io.StringIO(fichier.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert lus[0][0] == "Lot"
    assert [ligne[0] for ligne in lus[1 : 1 + len(lignes)]] == [ligne[0] for ligne in lignes]
    assert lus[1 + len(lignes)] == []  # then its title and its caption

    with page.expect_download() as classeur:
        page.locator("#bloc-projets-lots summary").click()
        page.locator("#projets-lots-xlsx").click()
    feuilles = CalamineWorkbook.from_path(str(classeur.value.path()))
    rangs = [r for nom in feuilles.sheet_names for r in feuilles.get_sheet_by_name(nom).to_python()]
    cellules = {str(valeur) for rang in rangs for valeur in rang}
    assert {ligne[0] for ligne in lignes} <= cellules

    page.goto(f"{site}/fiche/projet/{lignes[0][0]}")
    attendre(page, "fiche-projet")
    expect(page.locator("#phrase")).to_contain_text(lignes[0][0])
    expect(page.locator("#fiche-projet-etat-figure")).to_contain_text(
        "À surveiller" if "À" in lignes[0][5] else "En retard"
    )
    expect(page.locator("#fiche-projet-etat-figure")).to_contain_text("projection centrale")
    expect(page.locator("#fiche-projet-courbe-figure .legend")).to_contain_text("Projetées")
    assert tableau(page, "fiche-projet-courbe")
    page.locator(".fil a", has_text="Grands projets").click()
    expect(page).to_have_url(f"{site}/projets")


def test_les_etats_filtrent_la_liste_seule_et_le_retour_l_annule(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/projets")
    avant = tableau(page, "projets-etats")
    total = len(tableau(page, "projets-programmes"))
    page.locator('#projets-etats-figure [data-filtre="etat=atteint"]').click()
    expect(page.locator("#projets-lots-titre")).to_contain_text("terminé : atteint")
    assert etats(page) == {"Terminé : atteint"}
    assert tableau(page, "projets-etats") == avant
    assert len(tableau(page, "projets-programmes")) == total
    page.go_back()
    expect(page).to_have_url(f"{site}/projets")


def test_la_carte_porte_les_operations_et_un_clic_y_mene(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/projets")
    points = page.locator("#projets-carte-carte .operation")
    expect(points.first).to_be_attached()
    communes = tableau(page, "projets-carte")
    expect(points).to_have_count(len(communes))
    expect(page.locator("#projets-carte-carte .calque-gares circle").first).to_be_attached()
    seule = page.locator("#projets-carte-carte .operation[data-lien]").first
    adresse = seule.get_attribute("data-lien")
    seule.locator("circle").dispatch_event("click")
    expect(page).to_have_url(f"{site}{adresse}")
    attendre(page, "fiche-projet")


def test_un_projet_inconnu_se_dit_et_propose(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/fiche/projet/SGP-L99X", "fiche-projet")
    expect(page.locator("#phrase")).to_contain_text("ne porte l’identifiant « SGP-L99X »")
    page.locator(".fil a").nth(1).click()
    attendre(page, "fiche-projet")
    expect(page.locator("#phrase")).not_to_contain_text("ne porte l’identifiant")


@pytest.mark.parametrize("adresse", ["/projets", "/projets?programme=hors_programme&dep=93", "/fiche/projet/npnru"])
def test_au_telephone_rien_ne_deborde(page: Page, site: str, adresse: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ouvrir(page, f"{site}{adresse}", "fiche-projet" if "fiche" in adresse else "projets")
    assert debordements(page, ".bloc h2, .bloc header p, .programmes, .vignettes h3, .quatre, .kpi") == []
