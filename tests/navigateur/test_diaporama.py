"""A coordinator makes a deck: figures of three pages, in another order, with a title of hers, in one file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation

from tests.export import relecture
from tests.navigateur.gestes import debordements, tableau
from tests.rapport.outils import plat

pytestmark = pytest.mark.navigateur


def ajouter(page: Page, bloc: str) -> None:
    """Opens the menu of a bloc and adds it."""
    page.locator(f"#bloc-{bloc} details.menu > summary").click()
    page.locator(f"#bloc-{bloc} [data-diaporama=ajouter]").click()


def aller(page: Page, adresse: str, bloc: str) -> None:
    page.goto(adresse)
    expect(page.locator(f"#{bloc}-titre")).not_to_be_empty()
    expect(page.locator("#contenu[aria-busy]")).to_have_count(0)


def titres(page: Page) -> list[str]:
    return page.locator(".diapo .texte input").evaluate_all("champs => champs.map(c => c.value)")


def telecharger(page: Page, vers: Path) -> Any:
    with page.expect_download() as attendu:
        page.get_by_role("button", name="Télécharger le PowerPoint").click()
    attendu.value.save_as(vers)
    assert attendu.value.suggested_filename.isascii()
    return Presentation(str(vers))


def test_trois_figures_de_trois_pages_dans_l_ordre_voulu(page: Page, site: str, tmp_path: Path) -> None:
    for adresse, bloc in (("/?dep=93", "mois"), ("/heures", "heures-secteur"), ("/publics", "publics-niveaux")):
        aller(page, f"{site}{adresse}", bloc)
        ajouter(page, bloc)
        expect(page.locator(".avis")).to_contain_text("Ajoutée au diaporama")
    ajouter(page, "publics-niveaux")
    expect(page.locator(".avis")).to_contain_text("déjà dans le diaporama")
    expect(page.locator("#lien-diaporama .compte")).to_have_text("3")
    page.locator("#lien-diaporama").click()
    expect(page.locator(".diapo")).to_have_count(3)
    expect(page).to_have_url(re.compile("/diaporama$"))
    assert "Seine-Saint-Denis" in page.locator(".diapo").first.inner_text(), "la sélection est gardée avec la figure"
    mois, secteurs, niveaux = titres(page)

    page.get_by_role("button", name="Monter").nth(2).click()
    assert titres(page) == [mois, niveaux, secteurs]
    expect(page.locator(".diapo").nth(1).get_by_role("button", name="Monter")).to_be_focused()
    page.locator(".diapo .poignee").nth(2).drag_to(page.locator(".diapo").first, target_position={"x": 200, "y": 4})
    assert titres(page) == [secteurs, mois, niveaux]
    page.locator(".diapo .texte input").nth(1).fill("Ce que j’en dis")
    page.get_by_label("Titre du diaporama").fill("Comité du 12 mars")

    page.reload()
    expect(page.locator(".diapo")).to_have_count(3)
    assert titres(page) == [secteurs, "Ce que j’en dis", niveaux], "la liste survit au rechargement"
    deck = telecharger(page, tmp_path / "comite.pptx")
    expect(page.locator(".diapos-message")).to_contain_text("3 figures")
    lus = [d.shapes.title.text for d in deck.slides]
    assert lus[:4] == ["Comité du 12 mars", secteurs, "Ce que j’en dis", niveaux]
    assert all(any(f.has_chart for f in d.shapes) for d in list(deck.slides)[1:4]), "des graphiques natifs"
    vus = relecture.diapos((tmp_path / "comite.pptx").read_bytes())
    for adresse, bloc, diapo in (("/heures", "heures-secteur", vus[0]), ("/?dep=93", "mois", vus[1])):
        aller(page, f"{site}{adresse}", bloc)
        lignes = [[plat(cellule) for cellule in ligne] for ligne in tableau(page, bloc)]
        assert diapo.table is not None
        for ligne in diapo.table.lignes:
            trouvees = [li for li in lignes if li[0] == plat(ligne[0])]
            assert {plat(c) for c in ligne} <= {c for li in trouvees for c in li}, "les nombres que la page montre"
    dit = " ".join(t for t in vus[1].textes)
    assert "Seine-Saint-Denis" in dit, "la sélection est écrite sur la diapositive"


def test_retirer_puis_vider(page: Page, site: str) -> None:
    aller(page, f"{site}/", "mois")
    for bloc in ("mois", "secteurs", "carte"):
        ajouter(page, bloc)
    page.locator("#lien-diaporama").click()
    page.get_by_role("button", name="Retirer :").first.click()
    expect(page.locator(".diapo")).to_have_count(2)
    expect(page.locator("#lien-diaporama .compte")).to_have_text("2")
    page.get_by_role("button", name="Tout retirer").click()
    expect(page.locator(".diapo")).to_have_count(2)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("Aucune figure pour l’instant.")).to_be_visible()
    expect(page.locator("#lien-diaporama .compte")).to_be_empty()


def test_une_liste_abimee_dans_le_navigateur_ne_casse_rien(page: Page, site: str) -> None:
    page.goto(f"{site}/diaporama")
    for abime in ("{", "[]", '{"diapos": 3}', '{"diapos": [1, {"bloc": "mois", "adresse": "javascript:alert(1)"}]}'):
        page.evaluate("texte => localStorage.setItem('diaporama', texte)", abime)
        page.reload()
        expect(page.locator("#diaporama.en-place")).to_be_attached()
    expect(page.locator(".diapo")).to_have_count(1)
    expect(page.locator(".diapo a")).to_have_count(0)


def test_une_page_entiere_en_un_clic(page: Page, site: str, tmp_path: Path) -> None:
    aller(page, f"{site}/?dep=93", "mois")
    with page.expect_download() as attendu:
        page.get_by_role("button", name="Cette page en diaporama").click()
    attendu.value.save_as(tmp_path / "page.pptx")
    deck = Presentation(str(tmp_path / "page.pptx"))
    blocs = page.locator(".bloc h2").all_inner_texts()
    lus = [d.shapes.title.text for d in deck.slides][1 : len(blocs) + 1]
    assert lus == blocs, "les titres de la page, dans son ordre"


def test_l_image_se_copie(navigateur: Browser, site: str) -> None:
    contexte = navigateur.new_context(permissions=["clipboard-read", "clipboard-write"], reduced_motion="reduce")
    page = contexte.new_page()
    aller(page, f"{site}/", "secteurs")
    page.locator("#bloc-secteurs details.menu > summary").click()
    page.locator("#bloc-secteurs [data-export=copie]").click()
    expect(page.locator(".avis")).to_contain_text("Image copiée")
    types = page.evaluate("navigator.clipboard.read().then(r => r.flatMap(x => x.types))")
    contexte.close()
    assert types == ["image/png"]


@pytest.mark.parametrize("largeur", [1280, 390])
def test_la_page_tient_dans_sa_largeur(page: Page, site: str, largeur: int) -> None:
    page.set_viewport_size({"width": largeur, "height": 844})
    aller(page, f"{site}/", "mois")
    ajouter(page, "mois")
    page.locator("#lien-diaporama").click()
    expect(page.locator(".diapo")).to_have_count(1)
    assert debordements(page, ".diapo p, .diapos-actions, .top") == []
    page.set_viewport_size({"width": 1280, "height": 900})
