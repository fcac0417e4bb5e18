"""The main job end to end, as a councillor does it."""

from __future__ import annotations

import csv
import io
import struct
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dashboard.warehouse.connexion import Instantane
from tests.navigateur.gestes import attendre, nombre, ouvrir, tableau

pytestmark = pytest.mark.navigateur


@pytest.fixture
def acheteur_actif(instantane: Instantane) -> str:
    """Name of the buyer with most hours in Seine-Saint-Denis in the year shown first."""
    requete = """SELECT any_value(a.nom) FROM activite f JOIN acheteur a ON a.siret = f.acheteur
                 WHERE exec_dep = '93' AND annee = ? GROUP BY a.siret ORDER BY sum(realisees) DESC LIMIT 1"""
    ligne = instantane.curseur().execute(requete, [instantane.manifeste.defaut]).fetchone()
    assert ligne
    return str(ligne[0])


def etat(page: Page) -> dict[str, object]:
    """All that the page says: sentence, key figures, twins, colours of the map."""
    return {
        "phrase": page.locator("#phrase").inner_text(),
        "chiffres": page.locator(".kpi .v").all_inner_texts(),
        "tableaux": {b: tableau(page, b) for b in ("carte", "mois", "secteurs", "profil", "niveaux", "publics")},
        "carte": page.locator("#bloc-carte .zone").evaluate_all(
            "zs => zs.map(z => z.dataset.code + ' ' + z.getAttribute('class'))"
        ),
        "puces": page.locator(".chip").all_inner_texts(),
    }


def changent(avant: dict[str, object], apres: dict[str, object]) -> set[str]:
    return {cle for cle in avant if avant[cle] != apres[cle]}


def test_choisir_un_departement_puis_un_acheteur_partager_et_exporter(
    page: Page, contexte: BrowserContext, site: str, tmp_path: Path, acheteur_actif: str
) -> None:
    ouvrir(page, site)
    expect(page.locator(".demo")).to_contain_text("Démonstration")
    debut = etat(page)

    page.locator('#bloc-carte .zone[data-code="93"]').click()
    expect(page.locator("#phrase")).to_contain_text("en Seine-Saint-Denis")
    expect(page).to_have_url(f"{site}/?dep=93")
    departement = etat(page)
    assert {"phrase", "chiffres", "tableaux", "carte", "puces"} <= changent(debut, departement)

    page.locator("#f-acheteur").click()
    page.keyboard.type(acheteur_actif, delay=20)
    page.locator(".dash-dropdown-content").get_by_text(acheteur_actif).first.click()
    expect(page.locator(".chip")).to_have_count(3)
    page.keyboard.press("Escape")
    attendre(page)
    acheteur = etat(page)
    assert {"phrase", "chiffres", "tableaux"} <= changent(departement, acheteur)

    copie = contexte.new_page()
    ouvrir(copie, page.url)
    expect(copie.locator(".chip")).to_have_count(3)
    assert etat(copie) == acheteur

    with page.expect_download() as attendu:
        page.locator("#bloc-secteurs summary").click()
        page.locator('#bloc-secteurs [data-telecharge="csv"]').click()
    fichier = tmp_path / "secteurs.csv"
    attendu.value.save_as(fichier)
    lignes = list(csv.reader(io.StringIO(fichier.read_text("utf-8-sig")), delimiter=";"))
    jumeau = tableau(page, "secteurs")
    assert len(jumeau) > 0
    assert [(nom, float(h)) for nom, h, _ in lignes[1 : len(jumeau) + 1]] == [(r[0], nombre(r[1])) for r in jumeau]

    with page.expect_download() as image:
        page.locator("#bloc-carte summary").click()
        page.locator('#bloc-carte [data-export="png"]').click()
    png = tmp_path / "carte.png"
    image.value.save_as(png)
    largeur, hauteur = struct.unpack(">II", png.read_bytes()[16:24])
    assert largeur >= 2000
    assert hauteur > 500
    assert image.value.suggested_filename.isascii()


def test_le_bouton_precedent_defait_un_filtre(page: Page, site: str) -> None:
    ouvrir(page, site)
    debut = etat(page)
    page.locator('#bloc-classement [data-filtre="dep=75"]').click()
    expect(page.locator("#phrase")).to_contain_text("à Paris")
    page.go_back()
    expect(page.locator("#phrase")).to_contain_text("en Île-de-France")
    attendre(page)
    page.wait_for_timeout(400)
    assert etat(page) == debut
    page.go_forward()
    expect(page.locator("#phrase")).to_contain_text("à Paris")


def test_un_second_clic_ou_la_puce_retirent_le_filtre(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/?dep=93")
    page.locator('[data-retire="dep=93"]').click()
    expect(page).to_have_url(f"{site}/")
    page.locator('#bloc-carte .zone[data-code="92"]').click()
    expect(page).to_have_url(f"{site}/?dep=92")
    page.locator('#bloc-carte .zone[data-code="92"]').click()
    expect(page).to_have_url(f"{site}/")
    expect(page.locator("#phrase")).to_contain_text("en Île-de-France")


def test_les_niveaux_et_la_recherche(page: Page, site: str) -> None:
    ouvrir(page, site)
    for niveau, compte in (("epci", 63), ("commune", 1266)):
        page.locator(f'[data-filtre="niveau={niveau}"]').click()
        expect(page.locator("#bloc-carte .zone")).to_have_count(compte)
    page.locator("#recherche").click()
    page.keyboard.type("la courneuve", delay=30)
    page.get_by_text("La Courneuve (93027)").first.click()
    expect(page.locator("#phrase")).to_contain_text("à La Courneuve")
    expect(page).to_have_url(f"{site}/?commune=93027&niveau=commune")


def test_compter_ailleurs_change_les_mots_et_les_nombres(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/?dep=93")
    execution = page.locator("#phrase").inner_text()
    page.get_by_label("Résidence des bénéficiaires").check()
    expect(page.locator("#phrase")).to_contain_text("par des personnes résidant en Seine-Saint-Denis")
    assert page.locator("#phrase").inner_text() != execution
    expect(page.locator("#kpi-heures_engagees .etat-nd")).to_have_text("nd")
    expect(page.locator("#kpi-marches_clause .etat-nd")).to_have_text("nd")


def test_le_tableau_prend_la_place_de_la_figure(page: Page, site: str) -> None:
    ouvrir(page, site)
    for bloc in ("carte", "classement", "mois", "secteurs", "profil", "niveaux", "publics"):
        bouton = page.locator(f"#bloc-{bloc} [data-tableau]")
        bouton.click()
        expect(bouton).to_have_attribute("aria-pressed", "true")
        expect(page.locator(f"#{bloc}-jumeau table")).to_be_visible()
        expect(page.locator(f"#{bloc}-jumeau caption")).to_contain_text("2025")


@pytest.mark.parametrize(
    "adresse",
    ["/?couleur=bleu", "/?dep=999", "/?annee=abc&secteur=%00%ff", "/?acheteur=" + ",".join(map(str, range(200))),
     "/?dep=%3Cscript%3Ealert(1)%3C/script%3E", "/?annee=1950-1960"],
)  # fmt: skip
def test_une_url_hostile_donne_la_page_et_une_note(page: Page, site: str, adresse: str) -> None:
    ouvrir(page, site + adresse)
    expect(page.locator("#notes .note").first).to_be_visible()
    expect(page.locator(".kpi")).to_have_count(6)


def test_une_page_inconnue_est_une_page(page: Page, site: str) -> None:
    page.goto(f"{site}/nulle/part")
    expect(page.get_by_role("heading", name="Cette page n’existe pas")).to_be_visible()
    page.get_by_role("link", name="Revenir à la vue d’ensemble").click()
    attendre(page)


def test_une_selection_vide_dit_pourquoi(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/?programme=gpe_18&secteur=restauration&annee=2018&dep=77&clause=reserve_handicap")
    expect(page.locator("#bloc-secteurs .vide, #bloc-mois .vide").first).to_contain_text("élargissez")
    expect(page.locator("#phrase")).to_contain_text("aucune heure")


def test_au_clavier_la_carte_se_parcourt_et_filtre(page: Page, site: str) -> None:
    ouvrir(page, site)
    page.locator('#bloc-carte .zone[tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    code = page.evaluate("document.activeElement.dataset.code")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/?dep={code}")


def test_sombre_au_choix_et_memorise(page: Page, site: str) -> None:
    ouvrir(page, site)
    fond = "getComputedStyle(document.body).backgroundColor"
    clair = page.evaluate(fond)
    page.locator("#bouton-theme").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.evaluate(fond) != clair
    page.reload()
    attendre(page)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
