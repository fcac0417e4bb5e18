"""Hostile texts: nothing is run, nothing breaks a file, in any cell, heading, title, selection or caption of a bloc."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation

from dashboard.app import create_app
from dashboard.contenu import graphique, vue_ensemble
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.tableau import Bloc, Colonne, tableau
from dashboard.domain.selection import Selection
from dashboard.export import metadonnees
from dashboard.export.classeur import xlsx_de
from dashboard.export.diaporama import Diapo, pptx_de
from dashboard.export.tableau import csv_de, csv_machine
from dashboard.rapport import annuel_figures, page, pdf
from dashboard.settings import Settings
from dashboard.ui import graphique_svg, rendu
from dashboard.warehouse.connexion import Instantane
from tests.export import relecture
from tests.rapport.outils import fiche_ecrite

pytestmark = pytest.mark.complet

#: What starts a formula; what no XML may hold; what closes a tag, a quote or a row.
DANGERS = ("=", "+", "-", "@", "\t", "\r")
CONTROLES = "\x00\x01\x08\x0b\x0c\x0e\x1f\x7f\ufffe\ud800"
MECHANTS = st.builds(
    lambda debut, suite: debut + suite,
    st.sampled_from([*DANGERS, "", "<b>", "]]>", '"', "\n", *CONTROLES]),
    st.text(
        alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from(CONTROLES + "=;\"'\n\r\t<>&")), max_size=30
    ),
)
FORMULE = re.compile(r"<(?:\w+:)?f[ >]")


@pytest.fixture(scope="module")
def contexte(instantane: Instantane) -> Contexte[Any]:
    return vue_ensemble.PAGE.contexte(instantane, Selection())


def bloc(mechant: str) -> Bloc:
    """A bloc whose every text is hostile, with a chart of two bars."""
    colonnes = (Colonne("nom", mechant), Colonne("h", f"{mechant}Heures", "entier"))
    lignes = [(mechant, 12.0), (f"{mechant} bis", 30.0), ("Montreuil", 4.0)]
    return Bloc("essai", mechant or "Titre", mechant, mechant, tableau(colonnes, lignes), None, ("heures_realisees",))


def parties(contenu: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part of an Office file, those of the workbooks inside included."""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        assert archive.testzip() is None
        for nom in archive.namelist():
            partie = archive.read(nom)
            if nom.endswith(".xlsx"):
                yield from ((f"{nom}/{n}", p) for n, p in parties(partie))
            else:
                yield nom, partie


def verifier_le_fichier(contenu: bytes) -> None:
    """Every part is XML that can be read, without any formula, link to elsewhere or macro."""
    for nom, partie in parties(contenu):
        if nom.endswith((".xml", ".rels")):
            etree.fromstring(partie)
            texte = partie.decode("utf-8")
            assert not ("worksheets/" in nom and FORMULE.search(texte)), nom
            assert 'TargetMode="External"' not in texte, nom
        assert "vba" not in nom.lower()


HOSTILE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@HOSTILE
@given(MECHANTS)
def test_les_csv_ne_lancent_rien(mechant: str) -> None:
    for texte, separateur in ((csv_de(bloc(mechant)).removeprefix("\ufeff"), ";"), (csv_machine(bloc(mechant)), ",")):
        lignes = list(csv.reader(io.StringIO(texte, newline=""), delimiter=separateur))
        assert len(lignes) == (7 if separateur == ";" else 4), "aucune cellule ne se coupe en deux lignes"
        for ligne in lignes:
            assert not [c for c in ligne if c.startswith(DANGERS) and not re.fullmatch(r"-?\d+([.,]\d+)?", c)]
        texte.encode("utf-8")


@HOSTILE
@given(MECHANTS)
def test_le_classeur_s_ouvre_et_ne_lance_rien(contexte: Contexte[Any], mechant: str) -> None:
    contenu = xlsx_de(bloc(mechant), contexte)
    verifier_le_fichier(contenu)
    assert relecture.feuilles(contenu)["Données"][1][1] == 12.0


@HOSTILE
@given(MECHANTS)
def test_le_diaporama_s_ouvre_et_ne_lance_rien(contexte: Contexte[Any], mechant: str) -> None:
    b = bloc(mechant)
    assert graphique.de(b) is not None
    contenu = pptx_de(mechant or "Titre", [Diapo(b, contexte, mechant or None)])
    verifier_le_fichier(contenu)
    (trace,) = [f.chart for f in Presentation(io.BytesIO(contenu)).slides[1].shapes if f.has_chart]
    for texte in relecture.textes_partages(trace.part.chart_workbook.xlsx_part.blob):
        assert not texte.startswith(DANGERS), texte


@HOSTILE
@given(MECHANTS)
def test_les_dessins_sont_du_xml(mechant: str) -> None:
    b = bloc(mechant)
    g = graphique.de(b)
    assert g is not None
    for dessin in (graphique_svg.dessiner(g, b.titre), annuel_figures.dessiner(b), rendu.jumeau(b)):
        etree.fromstring(f"<div>{dessin}</div>".replace("<br>", "<br/>"))


def test_les_metadonnees_se_lisent(contexte: Contexte[Any]) -> None:
    import orjson

    for mechant in CONTROLES:
        assert orjson.loads(orjson.dumps(metadonnees.de(bloc(f"a{mechant}b"), contexte)))["bloc"] == "essai"


@pytest.mark.parametrize("mechant", ["Mairie\x0bde <Paris>", "a\x00b", "]]>\x1f", '=HYPERLINK("x")'])
def test_un_pdf_se_fait_de_n_importe_quel_nom(mechant: str) -> None:
    pytest.importorskip("weasyprint", exc_type=OSError)
    fiche = fiche_ecrite()
    fiche = replace(fiche, acheteurs=replace(fiche.acheteurs, lignes=((mechant, "x", "1", "nd", "2"),)))
    assert pdf.rendre(page.html(fiche, ecran=False)).startswith(b"%PDF")


# --- names of files --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


@pytest.mark.parametrize(
    "ident", ["..%2F..%2Fetc%2Fpasswd", "mois%0d%0aX: y", "é%22;x=%22", "mois.csv", "%00", "a" * 3000]
)
@pytest.mark.parametrize(
    "route",
    ["/telecharger/{}.csv", "/telecharger/{}.xlsx", "/telecharger/{}.json", "/diaporama/page/{}.pptx",
     "/fiche/territoire/{}.pdf", "/integrer/graphique/{}"],
)  # fmt: skip
def test_un_identifiant_hostile_est_refuse(client: FlaskClient, route: str, ident: str) -> None:
    """A 404, or the page of the site that says so; never a file."""
    reponse = client.get(route.format(ident))
    assert reponse.status_code in (400, 404) or reponse.mimetype == "text/html", reponse.status_code
    assert "X" not in reponse.headers
    assert "Content-Disposition" not in reponse.headers


@pytest.mark.parametrize(
    "adresse",
    ["/telecharger/mois.csv", "/telecharger/mois.csv?forme=machine", "/telecharger/mois.xlsx", "/telecharger/mois.json",
     "/diaporama/page/vue-ensemble.pptx", "/fiche/territoire/93.pdf"],
)  # fmt: skip
@pytest.mark.parametrize("requete", ["", "annee=2025%22%0d%0aX: y", "acheteur=%C3%A9%22;x", "dep=../.."])
def test_le_nom_d_un_fichier_est_ascii(client: FlaskClient, adresse: str, requete: str) -> None:
    reponse = client.get(f"{adresse}{'&' if '?' in adresse else '?'}{requete}")
    assert reponse.status_code == 200
    disposition = reponse.headers["Content-Disposition"]
    assert re.fullmatch(r'(?:attachment|inline); filename="?[\w.-]+"?', disposition, re.ASCII), disposition
    assert "X" not in reponse.headers
