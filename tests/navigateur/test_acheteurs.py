"""« Mes achats sont-ils responsables ? » as a buyer uses it: found by name, compared, its sheet shared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.warehouse.acheteurs_lecteur import ENSEMBLE, Acheteur, acheteurs
from dashboard.warehouse.connexion import Entrepot
from tests.navigateur import gestes
from tests.navigateur.gestes import debordements, tableau

pytestmark = pytest.mark.navigateur

TOUTES = "annee=2018-2025"


@pytest.fixture(scope="module")
def grand(fichier_demo: Path) -> Acheteur:
    """The buyer of most contracts."""
    return next(a for a in acheteurs(Entrepot(fichier_demo).instantane()).values() if a.siret != ENSEMBLE)


def ouvrir(page: Page, adresse: str, nom: str = "acheteurs") -> None:
    """Open and wait until the sentence, the first figure and the lists are there."""
    page.goto(adresse)
    attendre(page, nom)


def attendre(page: Page, nom: str = "acheteurs") -> None:
    expect(page.locator(f"#page-{nom}:not(.attente-page)")).to_be_attached()
    expect(page.locator("#phrase")).to_contain_text(".")
    expect(page.locator("#contenu[aria-busy]")).to_have_count(0)
    expect(page.locator(f"#{nom}-annees-figure .main-svg, #{nom}-annees-vide:not(:empty)").first).to_be_attached()


def chiffres(page: Page) -> list[str]:
    """The key figures, as read."""
    return page.locator(".kpi .v").all_text_contents()


def test_trouver_un_acheteur_le_comparer_et_partager_sa_fiche(page: Page, site: str, grand: Acheteur) -> None:
    gestes.ouvrir(page, f"{site}/?{TOUTES}")
    page.locator("#recherche").click()
    page.keyboard.type(grand.nom, delay=30)
    page.get_by_text(re.compile(rf"^{re.escape(grand.nom)}( \({grand.siret}\))?$")).first.click()
    expect(page).to_have_url(re.compile(f"acheteur={grand.siret}"))
    page.locator('.tabs a[href="/acheteurs"]').click()
    attendre(page)
    expect(page).to_have_url(re.compile(rf"/acheteurs\?.*acheteur={grand.siret}"))
    expect(page.locator("#phrase")).to_contain_text(grand.nom)
    expect(page.locator("#acheteurs-comparables-titre")).to_contain_text(f"{grand.nom} : ")
    expect(page.locator("#acheteurs-comparables-figure .bande-ronds .rond.on")).to_have_count(1)

    page.locator("#acheteurs-comparables-figure a", has_text="Ouvrir la fiche").click()
    attendre(page, "fiche-acheteur")
    assert page.url == f"{site}/fiche/acheteur/{grand.siret}"
    lus, phrase = chiffres(page), page.locator("#phrase").text_content()
    assert len(lus) == 8
    assert str(phrase).startswith(grand.nom)
    page.evaluate(
        "() => { navigator.clipboard.writeText = (t) => { window.lienCopie = t; return Promise.resolve(); } }"
    )
    page.locator("#puces [data-copie-lien]").click()
    lien = page.evaluate("window.lienCopie")
    assert lien == page.url

    autre = page.context.new_page()
    ouvrir(autre, lien, "fiche-acheteur")
    assert chiffres(autre) == lus
    assert autre.locator("#phrase").text_content() == phrase
    espaces = f"{grand.siret[:3]} {grand.siret[3:9]} {grand.siret[9:]}"
    ouvrir(autre, f"{site}/fiche/acheteur/{espaces}", "fiche-acheteur")
    assert chiffres(autre) == lus


def test_en_nombre_puis_en_montant(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/acheteurs?{TOUTES}")
    expect(page.locator("#acheteurs-secteur-sous-titre")).to_contain_text("en nombre")
    avant = tableau(page, "acheteurs-secteur")
    page.locator('#bloc-acheteurs-annees [data-filtre="mesure=montant"]').click()
    expect(page).to_have_url(re.compile("mesure=montant"))
    expect(page.locator("#acheteurs-secteur-sous-titre")).to_contain_text("en montant, hors accords-cadres")
    apres = tableau(page, "acheteurs-secteur")
    assert sorted(avant) == sorted(apres)  # both shares are in the table: only the order changes
    page.go_back()
    expect(page.locator("#acheteurs-secteur-sous-titre")).to_contain_text("en nombre")


def test_un_marche_sans_clause_mene_a_la_fiche_de_son_acheteur(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/acheteurs")
    expect(page.locator("#acheteurs-conformite-titre")).to_contain_text("Conformité 2026")
    expect(page.locator("#acheteurs-conformite-figure .regles")).to_contain_text("L2112-2-1")
    lien = page.locator("#acheteurs-conformite-figure tbody a").first
    nom = str(lien.text_content())
    lien.click()
    attendre(page, "fiche-acheteur")
    expect(page.locator("#phrase")).to_contain_text(nom)
    expect(page.locator("#fiche-acheteur-conformite-figure tbody tr").first).to_be_visible()
    page.locator("#fil a").first.click()
    attendre(page)
    expect(page.locator("#phrase")).to_contain_text(nom)


def test_un_siret_faux_propose_le_bon(page: Page, site: str, grand: Acheteur) -> None:
    faux = grand.siret[:-1] + str((int(grand.siret[-1]) + 1) % 10)
    page.goto(f"{site}/fiche/acheteur/{faux}")
    expect(page.locator("#phrase")).to_contain_text("La clé de contrôle du SIRET")
    expect(page.locator("#fiche-acheteur-contrats-vide")).to_contain_text("La clé de contrôle")
    page.locator("#fil .proches a", has_text=grand.nom).first.click()
    attendre(page, "fiche-acheteur")
    expect(page.locator("#phrase")).to_contain_text(grand.nom)


@pytest.mark.parametrize("adresse", ["/acheteurs?annee=2018-2025", "/fiche/acheteur/{siret}"])
def test_sur_un_telephone_rien_ne_deborde(page: Page, site: str, grand: Acheteur, adresse: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    nom = "fiche-acheteur" if "fiche" in adresse else "acheteurs"
    ouvrir(page, site + adresse.format(siret=grand.siret), nom)
    assert debordements(page, ".bloc h2, .kpi, .barres .n, .bande-ronds .axe li, .regles dd") == []
