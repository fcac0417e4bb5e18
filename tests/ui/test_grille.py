"""The table of many rows: columns, French texts, and a library sent only to the pages that need it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.settings import Settings
from dashboard.ui import cadre
from dashboard.ui.grille import colonne, grille


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


@pytest.mark.parametrize(
    ("genre", "cle", "valeur"),
    [
        ("texte", "filter", "agTextColumnFilter"),
        ("lien", "cellRenderer", "Lien"),
        ("nombre", "valueFormatter", {"function": "nombre(params.value)"}),
        ("part", "valueFormatter", {"function": "part(params.value)"}),
        ("date", "valueFormatter", {"function": "jour(params.value)"}),
    ],
)
def test_une_colonne_est_definie_par_son_genre(genre: str, cle: str, valeur: object) -> None:
    c = colonne("heures", "Heures", 120, genre, hide=True)
    assert (c["field"], c["headerName"], c["width"], c["hide"]) == ("heures", "Heures", 120, True)
    assert c[cle] == valeur


def test_le_tableau_parle_francais_et_se_decrit() -> None:
    html = grille("lots", (colonne("lot", "Lot", 200, "lien"),), 400, "Lots de la sélection")
    recherche, table = html.children
    assert recherche.id == "lots-recherche"
    assert table.id == "lots-grille"
    assert table.dashGridOptions["localeText"]["noRowsToShow"] == "Aucune ligne"
    assert getattr(html, "aria-label") == "Lots de la sélection"


def test_la_bibliotheque_n_est_envoyee_qu_aux_pages_a_grille(client: FlaskClient) -> None:
    assert cadre.pages_a_grille() == ["/projets"]
    script = re.compile(r"<script[^>]*dash_ag_grid")
    assert script.search(client.get("/projets").get_data(as_text=True))
    for chemin in ("/", "/heures", "/acheteurs", "/fiche/projet/x"):
        assert not script.search(client.get(chemin).get_data(as_text=True)), chemin
