"""All the pages, walked: every bloc has its twin, its definition, its CSV, and says the same in each."""

from __future__ import annotations

import csv
import io
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dash
import pytest
from flask.testing import FlaskClient
from lxml import html

from benchmarks.mesures import tirer_pour
from dashboard.app import create_app
from dashboard.contenu.page import PageContenu
from dashboard.contenu.registre import PAGES, page_du_bloc
from dashboard.contenu.tableau import Etat
from dashboard.domain import francais as fr
from dashboard.domain.selection import Selection, vers_url
from dashboard.settings import Settings
from dashboard.ui.page import Page
from dashboard.warehouse.connexion import Instantane

NOMS = [p.nom for p in PAGES]
FINES = str.maketrans({"\u202f": "", "\u00a0": "", ",": "."})


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


@pytest.fixture(scope="module")
def pages(client: FlaskClient) -> dict[str, Page]:
    modules = [sys.modules[p["module"]] for p in dash.page_registry.values()]
    return {m.PAGE.contenu.nom: m.PAGE for m in modules if hasattr(m, "PAGE")}


def exemples(contenu: PageContenu, instantane: Instantane) -> list[str | None]:
    """What a sheet is looked at with: the buyer of most contracts; a programme, an operation and a lot."""
    objets = {
        "acheteur": ["SELECT acheteur FROM marche GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"],
        "operation": [
            f"SELECT {colonne} FROM lot WHERE programme = 'gpe_15s' GROUP BY 1 ORDER BY sum(realisees) DESC, 1 LIMIT 1"
            for colonne in ("CAST(programme AS VARCHAR)", "operation_id", "marche_id")
        ],
    }
    if contenu.fiche is None:
        return [None]
    return [str(instantane.curseur().execute(sql).fetchall()[0][0]) for sql in objets[contenu.fiche]]


def lignes_html(fragment: str) -> Iterator[list[str]]:
    for ligne in html.fragment_fromstring(fragment).findall(".//tbody/tr"):
        yield ["".join(c.itertext()) for c in ligne]


def test_toutes_les_pages_du_registre_sont_servies_et_reciproquement(pages: dict[str, Page]) -> None:
    assert sorted(pages) == sorted(NOMS)


def test_chaque_bloc_a_un_identifiant_a_lui() -> None:
    idents = [ident for page in PAGES for ident in page.blocs]
    assert len(idents) == len(set(idents))
    assert all(page_du_bloc(i) is not None for i in idents)
    assert page_du_bloc("inconnu") is None


@pytest.mark.parametrize("nom", NOMS)
def test_chaque_bloc_dit_d_ou_il_vient_et_se_telecharge(
    pages: dict[str, Page], client: FlaskClient, instantane: Instantane, nom: str
) -> None:
    contenu, vides = pages[nom].contenu, set(pages[nom].contenu.blocs)
    for objet in exemples(contenu, instantane):
        selection = Selection(objet=objet)
        url = vers_url(selection, instantane.referentiel)
        for ident, bloc in contenu.composer(contenu.contexte(instantane, selection)).items():
            assert bloc.ident == ident
            assert bloc.definitions, f"{ident} : aucune définition"
            vides -= {ident} if bloc.tableau.lignes else set()
            reponse = client.get(f"/telecharger/{ident}.csv{url}")
            assert reponse.status_code == 200
            assert "données de démonstration" in reponse.get_data(as_text=True)
    assert not vides, "vides sur la sélection par défaut"


@pytest.mark.parametrize("nom", NOMS)
@pytest.mark.parametrize("tirage", range(12))
def test_la_page_et_ses_blocs_sont_bien_formes(
    pages: dict[str, Page], instantane: Instantane, nom: str, tirage: int
) -> None:
    page = pages[nom]
    selection = tirer_pour(page.contenu, instantane.referentiel, random.Random(7000 + tirage))
    pieces = page.remplir(page.contenu.contexte(instantane, selection), "light")["rendu"]
    phrase = "".join(html.fragment_fromstring(pieces["tete"]["phrase"], create_parent="p").itertext())
    assert phrase[0].isupper()
    assert phrase.endswith(".")
    assert "  " not in phrase
    for ident, bloc in pieces["blocs"].items():
        assert bloc["titre"], ident
        assert bloc["legende"].startswith("Source"), ident
        for nom_piece, piece in bloc.items():
            if not isinstance(piece, dict):
                texte = re.sub(r"<[^>]*>", " ", piece)
                assert not re.search(r"\b(nan|None|NaN|inf)\b", texte), (ident, nom_piece, texte[:300])


@pytest.mark.complet
@pytest.mark.parametrize("nom", NOMS)
@pytest.mark.parametrize("tirage", range(50))
def test_le_tableau_et_le_csv_disent_la_meme_chose(
    pages: dict[str, Page], client: FlaskClient, instantane: Instantane, nom: str, tirage: int
) -> None:
    """Fifty selections shared out among the pages; the sums are compared with SQL in the tests of each page."""
    page = pages[nom]
    selection = tirer_pour(page.contenu, instantane.referentiel, random.Random(tirage))
    blocs = page.contenu.composer(page.contenu.contexte(instantane, selection))
    ident = sorted(blocs)[tirage % len(blocs)]
    bloc = blocs[ident]
    pieces = page.remplir(page.contenu.contexte(instantane, selection), "dark")["rendu"]["blocs"][ident]
    reponse = client.get(f"/telecharger/{ident}.csv{vers_url(selection, instantane.referentiel)}")
    relu = list(csv.reader(io.StringIO(reponse.get_data(as_text=True).removeprefix("\ufeff")), delimiter=";"))
    assert relu[0] == [c.libelle for c in bloc.tableau.colonnes]
    lues = relu[1 : 1 + len(bloc.tableau.lignes)]
    for ecrite, lue, ligne in zip(lignes_html(pieces["jumeau"]), lues, bloc.tableau.lignes, strict=False):
        for texte, brut, cellule, colonne in zip(ecrite, lue, ligne, bloc.tableau.colonnes, strict=True):
            if isinstance(cellule, Etat | str):  # a word may stand where there is no number: « terminé »
                assert texte == (brut if isinstance(cellule, Etat) else cellule)
            elif colonne.format == "entier":
                assert texte == fr.nombre(cellule)
                assert int(texte.translate(FINES).replace("−", "-")) == int(brut)
            elif colonne.format == "part":
                valeur = float(brut.replace(",", "."))  # rounded in the file: a half may go either way
                assert texte in {fr.pourcent(valeur - 5e-5), fr.pourcent(valeur), fr.pourcent(valeur + 5e-5)}
