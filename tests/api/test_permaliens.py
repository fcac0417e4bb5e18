"""« /s/<snapshot>/<page> » leads to the page as it was quoted; every channel then reads the same snapshot."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.settings import Settings
from dashboard.ui.contexte import cite

ANCIEN = "20240101-0123456789"
PERDU = "20190101-0123456789"


@pytest.fixture(scope="module")
def client(fichier_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site with one older snapshot, in which every contract notified has been doubled in amount."""
    dossier = tmp_path_factory.mktemp("permaliens")
    place, vieux = dossier / "o.duckdb", dossier / f"o-{ANCIEN}.duckdb"
    os.link(fichier_demo, place)
    shutil.copyfile(fichier_demo, vieux)
    with duckdb.connect(str(vieux)) as con:
        con.execute("UPDATE manifeste SET instantane_id = ?, date_donnees = DATE '2024-01-01'", [ANCIEN])
        con.execute("UPDATE activite SET realisees = 0, validees = 0")
    return create_app(replace(Settings(), instantane=place)).server.test_client()


@pytest.mark.parametrize(
    ("adresse", "suite"),
    [
        (f"/s/{ANCIEN}/", f"/?instantane={ANCIEN}"),
        (f"/s/{ANCIEN}/heures?dep=93&regard=femmes", f"/heures?dep=93&regard=femmes&instantane={ANCIEN}"),
        (f"/s/{ANCIEN}/fiche/acheteur/123", f"/fiche/acheteur/123?instantane={ANCIEN}"),
        (f"/s/{ANCIEN}/%5C%5Cailleurs.example/x", f"/%5C%5Cailleurs.example/x?instantane={ANCIEN}"),
    ],
)
def test_le_lien_permanent_mene_a_la_page(client: FlaskClient, adresse: str, suite: str) -> None:
    reponse = client.get(adresse)
    assert reponse.status_code == 302
    assert reponse.headers["Location"] == suite


def test_un_instantane_perdu_est_dit_et_celui_du_jour_propose(client: FlaskClient) -> None:
    reponse = client.get(f"/s/{PERDU}/heures?dep=93")
    page = reponse.get_data(as_text=True)
    assert reponse.status_code == 410
    assert f"L’instantané « {PERDU} » n’est plus conservé." in page
    assert 'href="/heures?dep=93"' in page
    assert "<script>" not in client.get("/s/<script>/").get_data(as_text=True)


def test_un_telechargement_lit_l_instantane_cite(client: FlaskClient) -> None:
    aujourdhui = client.get("/telecharger/mois.csv").get_data(as_text=True)
    cites = client.get(f"/telecharger/mois.csv?instantane={ANCIEN}")
    assert "données au 01/01/2024" in cites.get_data(as_text=True)
    assert "données au 01/01/2024" not in aujourdhui
    assert cites.get_data(as_text=True) != aujourdhui
    assert ANCIEN in cites.headers["Content-Disposition"]
    perdu = client.get(f"/telecharger/mois.csv?instantane={PERDU}")
    assert perdu.status_code == 410
    assert "n’est plus conservé" in perdu.get_data(as_text=True)


def test_ce_que_cite_une_adresse() -> None:
    assert cite("?dep=93&instantane=x") == "x"
    assert cite("?dep=93") is cite("") is None
