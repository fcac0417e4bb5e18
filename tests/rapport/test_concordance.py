"""The same number on the site, on the sheet and in its PDF: key figures, comparison, ranking, criteria, lists."""

from __future__ import annotations

import io
import random

import pypdfium2
import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from dashboard.contenu import vue_ensemble
from dashboard.domain import francais as fr
from dashboard.domain.selection import Selection, vers_url
from dashboard.export.classeur import xlsx_de
from dashboard.export.tableau import csv_de
from dashboard.rapport import page, pdf
from dashboard.rapport.fiche import Fiche, composer
from dashboard.ui import kpi
from dashboard.warehouse.connexion import Instantane
from tests.rapport.outils import plat, serre

pytestmark = pytest.mark.complet

pytest.importorskip("weasyprint", exc_type=OSError)

#: Key figures of the sheet that the first page of the site shows too.
COMMUNES = ("heures_realisees", "heures_engagees", "beneficiaires", "part_femmes", "etp")
#: Sheets whose rows are all looked for in their PDF.
ESSAIS = ("93", "T6", "93066", "hasard 1", "hasard 2")


def rangees(fragment: html.HtmlElement) -> list[list[str]]:
    """Cells of every row of every table, as they are read."""
    return [[c.text_content() for c in ligne if c.text_content().strip()] for ligne in fragment.iter("tr")]


def pages_du_pdf(contenu: bytes) -> str:
    document = pypdfium2.PdfDocument(contenu)
    texte = " ".join(p.get_textpage().get_text_range() for p in document)
    document.close()
    return texte


def choisir(instantane: Instantane, essai: str) -> tuple[str, Selection]:
    """A territory and a period: that of reference, or random ones."""
    ref = instantane.referentiel
    if not essai.startswith("hasard"):
        return essai, Selection(territoire=essai)
    hasard = random.Random(essai)
    debut = hasard.randint(2018, 2025)
    assez = (c for c, t in ref.territoires.items() if t.niveau != "commune" or t.population > 30_000)
    code = hasard.choice(sorted(assez))
    return code, Selection(territoire=code, annees=(debut, min(2025, debut + hasard.randint(0, 2))))


def fiche_de(instantane: Instantane, code: str, s: Selection) -> Fiche:
    periode = vers_url(Selection(annees=s.annees), instantane.referentiel).removeprefix("?")
    return composer(instantane, code, periode)


@pytest.mark.parametrize("essai", ESSAIS)
def test_les_chiffres_cles_sont_les_memes_partout(instantane: Instantane, essai: str) -> None:
    """Card of the site, card of the sheet, row of its comparison, text of its PDF."""
    code, selection = choisir(instantane, essai)
    c = vue_ensemble.PAGE.contexte(instantane, selection)
    site = {k.ident: html.fragment_fromstring(kpi.carte(k, c)) for k in vue_ensemble.PAGE.chiffres(c)}
    affiches = {i: (plat(site[i].findtext("h3/span")), site[i].find("p[@class]").text_content()) for i in COMMUNES}
    fiche = html.document_fromstring(page.html(fiche_de(instantane, code, selection), ecran=False))
    cartes = {
        plat(td.find("span[@class='libelle']").text_content()): td.xpath("string(span[contains(@class,'valeur')])")
        for td in fiche.find(".//table[@class='cartes']").iter("td")
    }
    personne = cartes["Bénéficiaires"] == "0"
    for ident, (libelle, valeur) in affiches.items():
        assert cartes[libelle] == ("nd" if personne and ident == "part_femmes" and valeur == "s" else valeur), libelle
    lignes = {plat(li[0]): li[1] for li in rangees(fiche.find(".//table[@class='comparaison']"))[1:]}
    for libelle in ("Heures réalisées", "Bénéficiaires"):
        entier = lignes[libelle]
        if entier in ("s", "nd"):
            assert cartes[libelle] == entier
        else:
            n = int(serre(entier))
            assert cartes[libelle] == (fr.abrege_court(n) if libelle.startswith("H") and n >= 10_000 else fr.nombre(n))
    if lignes["Part des femmes"] not in ("s", "nd"):
        assert lignes["Part des femmes"] == cartes["Part des femmes"]


@pytest.mark.parametrize("essai", ESSAIS)
def test_chaque_ligne_de_la_fiche_est_dans_son_pdf(instantane: Instantane, essai: str) -> None:
    """Row by row, cell by cell, and every sentence: the PDF says what the page says."""
    code, selection = choisir(instantane, essai)
    fiche = fiche_de(instantane, code, selection)
    texte = page.html(fiche, ecran=False)
    lu, arbre = serre(pages_du_pdf(pdf.rendre(texte))), html.document_fromstring(texte)
    voulues = [serre("".join(ligne)) for ligne in rangees(arbre) if ligne]
    assert len(voulues) >= 15
    assert [v for v in voulues if v not in lu] == []
    assert [p for p in map(serre, arbre.xpath("//p/text()[string-length() > 3]")) if p not in lu] == []
    assert [t for t in map(serre, arbre.xpath("//*[name()='svg']//*[name()='text']//text()")) if t not in lu] == []


@pytest.mark.parametrize("essai", ESSAIS)
def test_les_criteres_sont_ceux_du_csv_et_du_classeur(instantane: Instantane, essai: str) -> None:
    code, selection = choisir(instantane, essai)
    c = vue_ensemble.PAGE.contexte(instantane, selection)
    bloc = vue_ensemble.PAGE.blocs["publics"](c)
    csv = {li.split(";")[0]: li.split(";")[1] for li in csv_de(bloc).splitlines()[1 : len(bloc.tableau.lignes) + 1]}
    feuille = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_de(bloc, c))).get_sheet_by_name("Données").to_python()
    classeur = {str(li[0]): li[1] for li in feuille[1 : len(bloc.tableau.lignes) + 1]}
    for nom, effectif, _part in fiche_de(instantane, code, selection).criteres:
        assert serre(effectif) == csv[nom]
        assert classeur[nom] == float(csv[nom])
