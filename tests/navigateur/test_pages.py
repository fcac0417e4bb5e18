"""Every page in a real browser, on a desk and on a phone: drawn, explained, the selection kept from one to the next."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dashboard.contenu.registre import PAGES
from dashboard.warehouse.connexion import Instantane

pytestmark = pytest.mark.navigateur

#: Pages with a tab, then the sheets: of a programme, and of the buyer that has most contracts.
CHEMINS = {"vue-ensemble": "/", **{p.nom: f"/{p.nom}" for p in PAGES if p.nom != "vue-ensemble" and not p.fiche}}
SANS = {p.nom: p.sans for p in PAGES}
FICHES = {"fiche-projet": "/fiche/projet/gpe_15s", "fiche-acheteur": "/fiche/acheteur/{acheteur}"}


def ouvrir(page: Page, adresse: str) -> None:
    page.goto(adresse)
    expect(page.locator("#phrase")).to_contain_text(".")
    expect(page.locator(".attente-page, #contenu[aria-busy]")).to_have_count(0)


@pytest.fixture(scope="module")
def acheteur(instantane: Instantane) -> str:
    """The buyer with most contracts."""
    return next(iter(instantane.referentiel.listes["acheteur"]))


@pytest.mark.parametrize("nom", [p.nom for p in PAGES])
@pytest.mark.parametrize("largeur", [1280, 390])
def test_chaque_bloc_montre_sa_figure_son_tableau_et_sa_definition(
    page: Page, site: str, acheteur: str, nom: str, largeur: int
) -> None:
    page.set_viewport_size({"width": largeur, "height": 900})
    ouvrir(page, site + (CHEMINS | FICHES)[nom].format(acheteur=acheteur))
    deborde = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert deborde <= 0, f"{deborde} px dépassent de l’écran"
    for bloc in page.locator(".bloc").all():
        ident = bloc.get_attribute("data-bloc")
        assert bloc.locator("h2").inner_text(), ident
        figure = bloc.locator(".corps :is(svg path, li, i, rect, td, dd, .ag-row)")
        expect(figure.first).to_be_attached()
        bloc.locator("[data-tableau]").click()
        expect(bloc.locator(".jumeau tbody tr").first).to_be_visible()
        expect(bloc.locator(".corps")).to_be_hidden()
        bloc.locator("footer [data-definition]").click()
        expect(page.locator("#definition")).to_contain_text("Instantané")
        page.keyboard.press("Escape")


def test_changer_de_page_garde_la_selection(page: Page, site: str) -> None:
    ouvrir(page, f"{site}/?dep=93&regard=femmes")
    for nom, chemin in CHEMINS.items():
        if nom == "vue-ensemble":
            continue
        page.locator(f'.tabs a[href="{chemin}"]').click()
        expect(page.locator(f"#page-{nom}")).to_be_visible()
        expect(page).to_have_url(f"{site}{chemin}?dep=93&regard=femmes")
        if "regard" in SANS[nom]:
            expect(page.locator("#notes")).to_contain_text("« Regard » : sans effet sur cette page.")
        else:
            expect(page.locator("#puces")).to_contain_text("Regard : Femmes")
        expect(page.locator(".attente-page, #contenu[aria-busy]")).to_have_count(0)
    page.go_back()
    expect(page).to_have_url(f"{site}{list(CHEMINS.values())[-2]}?dep=93&regard=femmes")


def test_valeur_zero_secret_et_non_disponible_ne_se_ressemblent_pas(page: Page, site: str) -> None:
    """Four states, four looks: on the map (pattern, paper) and in the twin (word, number)."""
    ouvrir(page, f"{site}/?lieu=residence&niveau=commune&regard=femmes")
    page.wait_for_selector("#bloc-carte .zone.etat-s")
    remplissages = page.evaluate(
        """() => Object.fromEntries(['.etat-s', '.etat-zero', '[class*=" c"]'].map((c) => {
             const zone = document.querySelector(`#bloc-carte .zone${c}`);
             return [c, zone && getComputedStyle(zone).fill];
           }))"""
    )
    assert len({f for f in remplissages.values() if f}) == 3, remplissages
    page.locator("#bloc-publics [data-tableau]").click()
    secret = page.locator("#publics-jumeau td.etat-s abbr").first
    expect(secret).to_have_attribute("title", "secret statistique")
    expect(page.locator("#kpi-heures_engagees .etat-nd abbr")).to_have_attribute("title", "non disponible")
    expect(page.locator("#bloc-carte .legende .hat")).to_contain_text(["0 (aucune heure)", "s : secret statistique"])


def test_une_adresse_contradictoire_dit_ce_qui_est_ignore_et_propose_d_elargir(page: Page, site: str) -> None:
    acheteurs = ",".join(str(21000000000000 + i) for i in range(200))
    ouvrir(page, f"{site}/heures?dep=93&commune=75056&annee=1999&secteur=<script>&acheteur={acheteurs}&epci=ZZ")
    notes = page.locator("#notes")
    for texte in (
        "Un seul territoire à la fois",
        "Aucune donnée pour 1999",
        "valeur inconnue ignorée",
        "Territoire inconnu",
    ):
        expect(notes).to_contain_text(texte)
    assert page.locator("#notes script").count() == 0
    ouvrir(page, f"{site}/?annee=2018&commune=77001&secteur=numerique")
    bloc = page.locator("#bloc-mois")
    expect(bloc.locator(".vide")).to_contain_text("Aucune donnée pour cette sélection")
    bloc.get_by_text("Retirer tous les filtres").click()
    expect(page).to_have_url(f"{site}/")
    expect(bloc.locator(".vide")).to_be_empty()
