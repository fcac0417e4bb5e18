"""The annual report: the numbers of the site for the same selections, its table of contents, its texts, its annex."""

from __future__ import annotations

import io
import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from dashboard.contenu.registre import page_du_bloc
from dashboard.contenu.resume import indicateur, valeur_ecrite
from dashboard.contenu.tableau import Bloc, Colonne, Etat, ecrire, tableau
from dashboard.domain import francais as fr
from dashboard.domain.selection import Selection
from dashboard.ingest.journal import Declaration
from dashboard.rapport import annuel, annuel_classeur, annuel_figures, annuel_page, lecture, pdf
from dashboard.rapport.annuel import Rapport
from dashboard.rapport.annuel_editorial import Editorial, EditorialIllisible, composer, lire
from dashboard.rapport.annuel_plan import sections
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Entrepot, Instantane
from dashboard.warehouse.construction import construire
from tests.rapport.outils import FAUTES, mots, plat, serre
from tests.rapport.test_fiche import MARCHE

pytestmark = pytest.mark.complet

SECTIONS = sections(("75", "93"))
EDITO = Editorial(
    {
        "avant-propos": composer("Le mot de la *présidente* : bravo. " + "Une année de plus. " * 12),
        "departement-93": composer("Texte du 93."),
        "femmes": composer("<script>alert(1)</script> et <b>gras</b>"),
    }
)


@pytest.fixture(scope="module")
def rapport(instantane: Instantane) -> Rapport:
    return annuel.composer(instantane, 2025, EDITO)


@pytest.fixture(scope="module")
def texte(rapport: Rapport) -> str:
    return annuel_page.html(rapport)


@pytest.fixture(scope="module")
def vide(tmp_path_factory: pytest.TempPathFactory) -> Instantane:
    """A snapshot of one published contract, without any follow-up."""
    dossier = tmp_path_factory.mktemp("decp")
    source, cible = dossier / "marches.json", dossier / "o.duckdb"
    source.write_text(json.dumps({"marches": {"marche": [MARCHE]}}), encoding="utf-8")
    construire([Declaration(source, "decp")], cible, reglages=Settings())
    return Entrepot(cible).instantane()


def titres(html: str, balise: str) -> list[str]:
    """Text of the headings of a level, and of the numbers before them."""
    trouves = re.findall(rf"<{balise}[^>]*>(.*?)</{balise}>", html, re.DOTALL)
    return [" ".join(plat(re.sub(r"<[^>]+>", " ", t)).split()) for t in trouves]


# --- numbers ----------------------------------------------------------------------------------------------


def test_les_blocs_sont_ceux_du_site(rapport: Rapport) -> None:
    """Every bloc of a page, read again for the selection of its figure, has the same table."""
    relues = [f for f in rapport.figures if page_du_bloc(f.bloc.ident)]
    assert len(relues) > 50
    for f in random.Random(5).sample(relues, 25):
        page = page_du_bloc(f.bloc.ident)
        assert page is not None
        contexte = page.contexte(f.contexte.instantane, f.contexte.selection)
        assert page.blocs[f.bloc.ident](contexte).tableau == f.bloc.tableau, f.nom


def test_les_selections_sont_celles_de_l_annee_et_du_theme(rapport: Rapport) -> None:
    assert {f.contexte.selection.annees for f in rapport.figures} <= {(2025, 2025), None}
    regards = {"femmes": "femmes", "jeunes": "moins_26", "qpv": "qpv"}
    for ident, regard in regards.items():
        chapitre = next(c for c in rapport.chapitres if c.ident == ident)
        assert {f.contexte.selection.regard for f in chapitre.figures} == {regard}
    hors = next(c for c in rapport.chapitres if c.ident == "hors-btp")
    choisis = {s for f in hors.figures for s in f.contexte.selection.secteurs}
    assert "nettoyage" in choisis
    assert not choisis & {"gros_oeuvre", "second_oeuvre", "travaux_publics"}
    departement = next(c for c in rapport.chapitres if c.ident == "departements").sections[5]
    assert departement.titre == "Seine-Saint-Denis"
    assert {f.contexte.selection.territoire for f in departement.figures} == {"93"}


def test_les_nombres_ecrits_sont_ceux_des_tableaux(rapport: Rapport, texte: str) -> None:
    ecrit = mots(texte)
    for f in rapport.figures:
        if f.genre == "Tableau" and not f.bloc.ident.startswith("acheteurs"):
            for ligne in f.bloc.tableau.lignes:
                for cellule, colonne in zip(ligne, f.bloc.tableau.colonnes, strict=True):
                    assert plat(ecrire(cellule, colonne.format)) in ecrit


def test_la_comparaison_est_celle_des_fiches(rapport: Rapport, instantane: Instantane) -> None:
    lu = lecture.lire(instantane, instantane.referentiel.territoires["11"], (2025, 2025))
    activite = next(f for f in rapport.figures if f.bloc.ident == "departements-activite")
    heures = {ligne[0]: ligne[1] for ligne in activite.bloc.tableau.lignes}
    assert len(heures) == 9
    assert heures["Seine-Saint-Denis"] == lu.valeurs("93").nombre("heures")
    assert heures["Île-de-France"] == lu.valeurs("11").nombre("heures")


def test_les_chiffres_cles_sont_ceux_de_la_premiere_page(rapport: Rapport, instantane: Instantane) -> None:
    page = page_du_bloc("carte")
    assert page is not None
    c = page.contexte(instantane, Selection(annees=(2025, 2025)))
    attendus = [valeur_ecrite(k, indicateur(k.ident).genre) for k in page.chiffres(c)]
    assert [k.texte for k in rapport.chapitres[0].sections[0].cartes] == attendus


# --- figures ----------------------------------------------------------------------------------------------


def test_les_figures_se_suivent(rapport: Rapport) -> None:
    for genre in ("Figure", "Tableau"):
        numeros = [f.numero for f in rapport.figures if f.genre == genre]
        assert numeros == list(range(1, len(numeros) + 1))


def test_chaque_figure_dit_la_demonstration(rapport: Rapport, texte: str) -> None:
    figures = re.findall(r"<figure .*?</figure>", texte, re.DOTALL)
    assert len(figures) == len(rapport.figures)
    assert all("données de démonstration" in f for f in figures)


def test_une_cellule_masquee_n_est_jamais_un_nombre() -> None:
    colonnes = (Colonne("age", "Âge"), Colonne("effectif", "Personnes", "entier"), Colonne("part", "Part", "part"))
    t = tableau(colonnes, [("Jeunes", 40.0, 0.8), ("Autres", Etat.SECRET, Etat.SECRET), ("Reste", 0.0, 0.0)])
    dessin = annuel_figures.dessiner(Bloc("essai", "Titre", "Personnes", "Source", t))
    assert dessin is not None
    lignes = [" ".join(li.split()) for li in mots(dessin).splitlines()]
    assert lignes == ["Jeunes", "40", "80 %", "Autres", "s", "s", "Reste", "0", "0 %"]


# --- the page ---------------------------------------------------------------------------------------------


def test_le_sommaire_dit_les_titres(texte: str) -> None:
    sommaire = re.search(r'<nav class="sommaire" .*?</nav>', texte, re.DOTALL)
    assert sommaire
    liens = re.findall(r'<a href="#([^"]+)">(.*?)</a>', sommaire[0], re.DOTALL)
    dits = [" ".join(plat(re.sub(r"<[^>]+>", " ", t)).split()) for _, t in liens]
    corps = texte[texte.index("<main>") :]
    attendus = {*titres(corps, "h1"), *titres(corps, "h2")}
    assert set(dits) == attendus
    assert dits[:3] == ["Avant-propos", "1 Panorama de la région", "1.1 L’essentiel de l’année"]
    for ancre in re.findall(r'href="#([^"]+)"', texte):
        assert texte.count(f'id="{ancre}"') == 1, ancre


def test_la_page_se_suffit(texte: str) -> None:
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', texte)
    assert "url(" not in texte
    assert "<script" not in texte.replace("&lt;script", "")


def test_les_phrases_sont_bien_ecrites(rapport: Rapport) -> None:
    for chapitre in rapport.chapitres:
        for s in (chapitre, *chapitre.sections):
            for phrase in s.phrases:
                dite = plat("".join(m.texte for m in phrase))
                assert not FAUTES.search(dite.replace("…", "")), dite
                assert "choisis" not in dite


def test_la_demonstration_est_dite_partout(texte: str) -> None:
    couverture = texte[texte.index('class="couverture"') : texte.index("<nav")]
    assert "Données de démonstration." in couverture
    assert '@top-center { content: "DONNÉES DE DÉMONSTRATION"; }' in texte


# --- editorial --------------------------------------------------------------------------------------------


def test_le_texte_est_a_sa_place_et_echappe(texte: str) -> None:
    section = texte[texte.index('<h2 id="departement-93"') : texte.index('<h2 id="departement-94"')]
    assert "<p>Texte du 93.</p>" in section
    assert texte.count("Texte du 93.") == 1
    assert "Le mot de la <em>présidente</em>\u00a0: bravo. Une année" in texte
    assert "&lt;script&gt;alert(1)&lt;/script&gt; et &lt;b&gt;gras&lt;/b&gt;" in texte


def test_les_fichiers_du_dossier(tmp_path: Path) -> None:
    (tmp_path / "panorama.md").write_text("# Titre\n\nUne année : *dense*.", encoding="utf-8")
    (tmp_path / "femme.md").write_text("Oubli du s.", encoding="utf-8")
    (tmp_path / "jeunes.md").write_text("  \n", encoding="utf-8")
    lu = lire(tmp_path, SECTIONS)
    assert lu.textes == {"panorama": "<h4>Titre</h4>\n<p>Une année\u00a0: <em>dense</em>.</p>\n"}
    assert len(lu.notes) == 1
    assert "« femme.md » ne porte le nom d’aucune section" in lu.notes[0]
    assert lire(tmp_path / "absent", SECTIONS) == Editorial({})


@pytest.mark.parametrize("source", ["![x](https://exemple.fr/a.png)", "<img src=x>", "[a](javascript:alert(1))"])
def test_rien_n_est_charge_d_un_texte(source: str) -> None:
    rendu = composer(source)
    assert "<img" not in rendu
    assert "javascript:" not in rendu or "href" not in rendu


def test_un_texte_illisible_est_dit(tmp_path: Path) -> None:
    (tmp_path / "femmes.md").write_bytes("été".encode("latin-1"))
    with pytest.raises(EditorialIllisible, match="n’est pas en UTF-8"):
        lire(tmp_path, SECTIONS)


# --- annex and PDF ----------------------------------------------------------------------------------------


def test_l_annexe_a_une_feuille_par_figure(rapport: Rapport) -> None:
    contenu = annuel_classeur.xlsx(rapport)
    assert contenu == annuel_classeur.xlsx(rapport)
    classeur = CalamineWorkbook.from_filelike(io.BytesIO(contenu))
    assert classeur.sheet_names == ["Lisez-moi", *(f.nom for f in rapport.figures)]
    carte = rapport.figures[0]
    lignes = classeur.get_sheet_by_name(carte.nom).to_python()
    assert lignes[0] == [c.libelle for c in carte.bloc.tableau.colonnes]
    assert [li[2] for li in lignes[1:9]] == [float(fr.arrondi(float(str(li[2])))) for li in carte.bloc.tableau.lignes]
    assert isinstance(lignes[1][2], float)
    lisez = classeur.get_sheet_by_name("Lisez-moi").to_python()
    assert lisez[1][0] == "Attention"
    assert "Données de démonstration" in str(lisez[1][1])


def test_le_pdf_est_complet(rapport: Rapport, texte: str) -> None:
    pytest.importorskip("weasyprint", exc_type=OSError)
    contenu = pdf.rendre(texte)
    document = pypdfium2.PdfDocument(contenu)
    pages = [" ".join(plat(p.get_textpage().get_text_range()).split()) for p in document]
    document.close()
    assert all(len(p) > 150 for p in pages)
    imprime, arbre = serre("".join(pages)), html.document_fromstring(texte)
    lignes = [serre("".join(c.text_content() for c in ligne)) for ligne in arbre.iter("tr")]
    assert len(lignes) > 100
    assert [ligne for ligne in lignes if ligne not in imprime] == [], "chaque ligne de chaque tableau"
    assert all("DONNÉES DE DÉMONSTRATION" in p for p in pages[1:])
    for chapitre in rapport.chapitres:
        numero = next(n for n, p in enumerate(pages[4:], 5) if f"{chapitre.numero} {plat(chapitre.titre)}" in p[:200])
        assert re.search(rf"{plat(chapitre.titre)}[ .]*{numero}\b", pages[1]), chapitre.titre


def test_le_pdf_est_toujours_le_meme(rapport: Rapport) -> None:
    pytest.importorskip("weasyprint", exc_type=OSError)
    court = annuel_page.html(replace(rapport, chapitres=rapport.chapitres[-2:]))
    assert pdf.rendre(court) == pdf.rendre(court)


# --- without data -----------------------------------------------------------------------------------------


def test_une_annee_sans_heure_le_dit(vide: Instantane) -> None:
    rapport = annuel.composer(vide, vide.referentiel.annees[0], Editorial({}))
    assert any("Aucun suivi d’exécution n’est chargé" in a for a in rapport.avertissements)
    texte = annuel_page.html(rapport)
    assert "démonstration" not in texte
    ecrit = mots(texte)
    assert "Aucun suivi d’exécution n’est chargé" in ecrit
    femmes = next(c for c in rapport.chapitres if c.ident == "femmes")
    assert femmes.figures == ()
    assert "élargissez" not in ecrit
    assert femmes.vides


def test_une_annee_sans_rien_le_dit(vide: Instantane) -> None:
    rapport = annuel.composer(vide, vide.referentiel.annees[0] - 3, Editorial({}))
    assert any(a.startswith("Aucune donnée pour") for a in rapport.avertissements)
    assert "Aucune donnée pour" in mots(annuel_page.html(rapport))


def test_une_annee_incomplete_le_dit(instantane: Instantane) -> None:
    annee = instantane.manifeste.defaut + 1
    rapport = annuel.composer(instantane, annee, Editorial({}))
    assert any(a.startswith("Année incomplète") for a in rapport.avertissements)
