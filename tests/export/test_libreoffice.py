"""Another program than ours reads the files: LibreOffice converts a deck and a workbook, and what it shows is read."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.contenu import projets
from dashboard.domain import francais as fr
from dashboard.domain.selection import Selection
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane
from tests.export import relecture
from tests.rapport.outils import serre

pytestmark = pytest.mark.complet

LONG = "Les heures d’insertion de la Seine-Saint-Denis dépassent celles de tous les départements voisins chaque année "
#: A chart, two maps (one of the communes), a long list, a pyramid, and a title of two lines.
DIAPOS: list[dict[str, Any]] = [
    {"bloc": "projets-programmes"}, {"bloc": "projets-courbe"}, {"bloc": "projets-lots"},
    {"bloc": "carte", "search": "?niveau=commune"}, {"bloc": "carte", "search": "?dep=93&niveau=epci"},
    {"bloc": "publics-ages"}, {"bloc": "mois", "search": "?dep=93", "titre": LONG + "depuis 2018"},
]  # fmt: skip


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


def en_pdf(contenu: bytes, nom: str, dossier: Path) -> list[str]:
    """Text of each page of a file as LibreOffice prints it; every page has something on it."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice n’est pas installé : la conversion n’est pas vérifiée")
    source = dossier / nom
    source.write_bytes(contenu)
    profil = f"-env:UserInstallation=file://{dossier}/profil"
    commande = [soffice, profil, "--headless", "--convert-to", "pdf", "--outdir", str(dossier), str(source)]
    subprocess.run(commande, check=True, capture_output=True, timeout=240)
    document = pypdfium2.PdfDocument(str(source.with_suffix(".pdf")))
    textes = []
    for page in document:
        image = page.render(scale=0.5, grayscale=True).to_pil()
        assert image.getextrema()[0] < 128, "une page blanche"
        textes.append(serre(page.get_textpage().get_text_range()))
    document.close()
    return textes


def test_le_diaporama(client: FlaskClient, tmp_path: Path) -> None:
    contenu = client.post("/diaporama.pptx", json={"titre": "Comité du 12 mars", "diapos": DIAPOS}).data
    pages, diapos = en_pdf(contenu, "deck.pptx", tmp_path), relecture.diapos(contenu)
    assert len(diapos) == len(DIAPOS)
    assert len(pages) > len(diapos) + 1, "une ouverture, une diapositive par figure, la méthode"
    assert pages[0].startswith(serre("Comité du 12 mars"))
    assert all(p.startswith("Démonstration") or "Démonstration" in p for p in pages)
    for page, diapo in zip(pages[1:], diapos, strict=False):
        assert serre(diapo.titre) in page
        for texte in diapo.textes[1:]:
            assert texte == "‹n°›" or all(serre(mot) in page for mot in texte.split()), (diapo.titre, texte)
        assert diapo.table is not None
        for ligne in diapo.table.lignes:
            assert all(serre(mot) in page for cellule in ligne for mot in cellule.split(" ")), (diapo.titre, ligne)
    carte = pages[4]
    assert serre("Tableau : 15 premières lignes sur 1 266") in carte
    assert serre("Méthode et définitions") in pages[-1]


def test_le_classeur(client: FlaskClient, instantane: Instantane, tmp_path: Path) -> None:
    contenu = client.get("/telecharger/projets-programmes.xlsx").data
    feuilles = relecture.feuilles(contenu)
    pages = en_pdf(contenu, "classeur.xlsx", tmp_path)
    assert len(pages) == len(feuilles) == 5, "une page par feuille"
    bloc = projets.PAGE.blocs["projets-programmes"](projets.PAGE.contexte(instantane, Selection()))
    donnees, lisez_moi, filtres, definitions, trace = pages
    for ligne in bloc.tableau.lignes:
        assert serre(str(ligne[0])) in donnees
    assert serre(fr.composer(bloc.legende)) in lisez_moi
    assert serre("Île-de-France (région 11)") in filtres
    assert serre("Heures dues à la fin") in definitions
    assert serre(bloc.titre) in trace
