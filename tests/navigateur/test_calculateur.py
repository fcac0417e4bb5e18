"""« Combien d’heures prévoir ? » as a buyer uses it: type, correct, pick a trade, share the link, take the workbook."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.navigateur.gestes import debordements

pytestmark = pytest.mark.navigateur

GROS = "#calculateur-resultat-figure .gros b"


def ouvrir(page: Page, adresse: str) -> None:
    """Open and wait until the form holds the values of the address."""
    page.goto(adresse)
    expect(page.locator("#page-calculateur:not(.attente-page)")).to_be_attached()
    expect(page.locator("#calcul")).to_be_visible()
    expect(page.locator("#phrase")).to_contain_text("heure")


def saisir(page: Page, champ: str, texte: str) -> None:
    """Type in a field and press Enter."""
    page.locator(f"#calcul-{champ}").fill(texte)
    page.locator(f"#calcul-{champ}").press("Enter")


def test_l_exemple_puis_un_calcul_a_soi_que_le_lien_redonne(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/calculateur")
    expect(page.locator(GROS)).to_have_text("833\u00a0h")
    saisir(page, "montant", "2 500 000,50")
    expect(page).to_have_url(f"{site}/calculateur?montant=2500000.5")
    saisir(page, "taux", "7,5")
    expect(page.locator(GROS)).to_have_text("3\u202f125\u00a0h")
    expect(page.locator("#calcul-taux")).to_have_value("7,5")
    expect(page.locator("#calcul-montant")).to_have_value("2\u202f500\u202f000,5")
    adresse = page.url
    autre = page.context.new_page()
    ouvrir(autre, adresse)
    expect(autre.locator(GROS)).to_have_text("3\u202f125\u00a0h")
    expect(autre.locator("#calcul-taux")).to_have_value("7,5")
    autre.close()
    page.go_back()
    expect(page.locator("#calcul-taux")).to_have_value("5")
    page.go_back()
    expect(page.locator(GROS)).to_have_text("833\u00a0h")
    expect(page.locator("#calcul-montant")).to_have_value("1\u202f000\u202f000")


@pytest.mark.parametrize(
    ("champ", "texte", "message"),
    [
        ("montant", "-5", "hors des bornes"), ("montant", "beaucoup", "pas un nombre"),
        ("cout", "0", "hors des bornes"),
        ("part", "150 %", "hors des bornes : de 0 à 100"), ("taux", "", "Un nombre est attendu"),
        ("montant", "1.500", "Écrivez 1 500 ou 1,500"),
    ],
)  # fmt: skip
def test_une_saisie_impossible_se_dit_a_cote_du_champ_et_garde_le_resultat(
    page: Page, site: str, champ: str, texte: str, message: str
) -> None:
    ouvrir(page, f"{site}/calculateur?montant=500000")
    expect(page.locator(GROS)).to_have_text("417\u00a0h")
    saisir(page, champ, texte)
    erreur = page.locator(f"#calcul-{champ}-erreur")
    expect(erreur).to_contain_text(message)
    expect(page.locator(f"#calcul-{champ}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#calcul-{champ}")).to_be_focused()
    expect(page.locator("#calcul .avertissement")).to_contain_text("valeurs précédentes")
    expect(page).to_have_url(f"{site}/calculateur?montant=500000")
    expect(page.locator(GROS)).to_have_text("417\u00a0h")
    saisir(page, champ, {"montant": "500 000 €", "cout": "30", "part": "50", "taux": "5"}[champ])
    expect(erreur).to_be_empty()
    expect(page.locator("#calcul .avertissement")).to_be_empty()


def test_une_adresse_impossible_est_signalee_et_laisse_l_exemple(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/calculateur?cout=0&part=200")
    expect(page.locator("#notes")).to_contain_text("Coût horaire")
    expect(page.locator("#notes")).to_contain_text("hors des bornes")
    expect(page.locator(GROS)).to_have_text("833\u00a0h")


def test_un_metier_une_case_et_une_tranche_changent_le_calcul(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/calculateur")
    page.locator("#calcul-metier").select_option(label="Peinture : 70\u202f%")
    expect(page).to_have_url(f"{site}/calculateur?secteur=second_oeuvre&part=70")
    expect(page.locator("#calcul-part")).to_have_value("70")
    expect(page.locator("#puces")).to_contain_text("Second œuvre")
    expect(page.locator("#calculateur-comparables-sous-titre")).to_contain_text("Second œuvre")
    expect(page.locator(GROS)).to_have_text("1\u202f167\u00a0h")
    page.locator('#bloc-calculateur-sensibilite [data-calcul="part=50&taux=10"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(GROS)).to_have_text("1\u202f667\u00a0h")
    expect(page.locator("#calcul-metier")).to_have_value("")
    page.locator('#bloc-calculateur-tranche [data-calcul="tranche=1000"]').click()
    expect(page.locator("#calcul-tranche")).to_have_value("1\u202f000")
    page.locator("[data-reinitialise]").first.click()
    expect(page.locator(GROS)).to_have_text("833\u00a0h")


def test_ce_qui_est_tape_n_est_pas_perdu_quand_une_reponse_arrive(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/calculateur")
    page.locator("#calcul-taux").fill("12")
    page.locator('#bloc-calculateur-tranche [data-calcul="tranche=1000"]').evaluate("b => b.click()")
    expect(page).to_have_url(re.compile("tranche=1000"))
    expect(page.locator("#contenu[aria-busy]")).to_have_count(0)
    page.locator("#calcul-taux").fill("15")
    page.locator("#calcul-taux").press("Enter")
    expect(page.locator(GROS)).to_have_text("2\u202f500\u00a0h")


def test_le_classeur_dit_la_meme_chose_que_la_page(page: Page, site: str, tmp_path: Path) -> None:
    ouvrir(page, f"{site}/calculateur?montant=2000000&taux=10")
    with page.expect_download() as attendu:
        page.locator("#bloc-calculateur-resultat summary").click()
        page.locator('#bloc-calculateur-resultat [data-telecharge="xlsx"]').click()
    assert re.fullmatch(
        r"observatoire_calculateur-resultat_[\w-]+_demonstration\.xlsx", attendu.value.suggested_filename
    )
    fichier = tmp_path / "calcul.xlsx"
    attendu.value.save_as(fichier)
    livre = CalamineWorkbook.from_filelike(io.BytesIO(fichier.read_bytes()))
    assert livre.sheet_names == ["Données", "Lisez-moi", "Filtres", "Définitions"]
    valeurs = {ligne[0]: ligne[2] for ligne in livre.get_sheet_by_name("Données").to_python()[1:7]}
    assert valeurs["Heures d’insertion"] == pytest.approx(3333.3)
    expect(page.locator(GROS)).to_have_text("3\u202f333\u00a0h")


def test_sur_un_telephone_rien_ne_deborde(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ouvrir(page, f"{site}/calculateur?montant=123456789.99&part=62.5&secteur=nettoyage")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert (
        debordements(page, ".bloc h2, .bloc p, .gros b, .etapes-calcul b, .calcul label, .lots-proches a, .chip") == []
    )
    for champ in page.locator("#calcul input").all():
        boite = champ.bounding_box()
        assert boite
        assert boite["height"] >= 44, "un doigt y tient"


def test_l_image_d_un_bloc_contient_sa_figure(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/calculateur")
    svg = page.evaluate(
        "() => window.Exports.composer(document.getElementById('bloc-calculateur-comparables')).then((d) => d.svg)"
    )
    assert "Votre calcul" in svg
    assert svg.count("<rect") > 5
