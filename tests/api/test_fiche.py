"""``/fiche/territoire/<code>``: a page without JavaScript, its PDF, and what is said when there is neither."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane

Servir = Callable[..., FlaskClient]


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


def test_la_page_est_entiere_et_sans_script_en_ligne(client: FlaskClient) -> None:
    reponse = client.get("/fiche/territoire/93?annee=2024")
    texte = reponse.get_data(as_text=True)
    assert (reponse.status_code, reponse.mimetype) == (200, "text/html")
    assert texte.startswith("<!DOCTYPE html>")
    assert "<h1>Seine-Saint-Denis</h1>" in texte
    assert 'href="/fiche/territoire/93.pdf?annee=2024"' in texte
    assert texte.count("<script") == 1
    assert '<script src="/statique/fiche.js" defer></script>' in texte
    assert "script-src 'self'" in reponse.headers["Content-Security-Policy"]
    assert client.get("/statique/fiche.js").mimetype == "text/javascript"


def test_un_code_en_minuscules_mene_a_la_fiche(client: FlaskClient) -> None:
    reponse = client.get("/fiche/territoire/t8?annee=2023")
    assert (reponse.status_code, reponse.headers["Location"]) == (302, "/fiche/territoire/T8?annee=2023")


@pytest.mark.parametrize("code", ["99999", "courneuve", "93%20000", "<b>x", "%C3%A9tampes"])
@pytest.mark.parametrize("suffixe", ["", ".pdf"])
def test_un_code_inconnu_est_une_page_en_francais(client: FlaskClient, code: str, suffixe: str) -> None:
    reponse = client.get(f"/fiche/territoire/{code}{suffixe}")
    texte = reponse.get_data(as_text=True)
    assert (reponse.status_code, reponse.mimetype) == (404, "text/html")
    assert "Ce territoire n’existe pas" in texte
    assert "<b>x" not in texte


def test_ce_qui_est_ignore_est_dit(client: FlaskClient) -> None:
    texte = unescape(client.get("/fiche/territoire/93?annee=1998&truc=1&dep=75").get_data(as_text=True))
    assert "Aucune donnée pour 1998" in texte
    assert "Paramètre inconnu ignoré : « truc »." in texte
    assert "les autres filtres de l’adresse sont sans effet" in texte


def test_le_pdf_porte_un_nom_sans_accent(client: FlaskClient, instantane: Instantane) -> None:
    pytest.importorskip("weasyprint", exc_type=OSError)
    reponse = client.get("/fiche/territoire/95.pdf?annee=2024")
    assert (reponse.status_code, reponse.mimetype) == (200, "application/pdf")
    assert reponse.data.startswith(b"%PDF-")
    nom = f"fiche_territoire_95_2024_{instantane.manifeste.instantane_id}_demonstration.pdf"
    assert reponse.headers["Content-Disposition"] == f'inline; filename="{nom}"'
    assert nom.isascii()


def test_sans_weasyprint_le_serveur_le_dit(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    reponse = client.get("/fiche/territoire/93.pdf")
    assert (reponse.status_code, reponse.mimetype) == (501, "text/plain")
    assert "apt-get install libpango-1.0-0" in reponse.get_data(as_text=True)


@pytest.mark.parametrize(
    ("publique", "debut"), [("https://clauses.exemple.fr", "https://clauses.exemple.fr"), (None, "http://localhost")]
)
def test_le_lien_est_celui_de_l_adresse_publique(
    fichier_demo: Path, instantane: Instantane, publique: str | None, debut: str
) -> None:
    reglages = replace(Settings(), instantane=fichier_demo, url_publique=publique)
    client = create_app(reglages).server.test_client()
    chemin = f"/s/{instantane.manifeste.instantane_id}/fiche/territoire/93?annee={instantane.manifeste.defaut}"
    assert f'<a href="{debut}{chemin}">' in client.get("/fiche/territoire/93").get_data(as_text=True)
    suite = client.get(chemin, follow_redirects=True)
    assert suite.status_code == 200
    assert "<h1>Seine-Saint-Denis</h1>" in suite.get_data(as_text=True)


def test_sans_instantane_la_fiche_le_dit(tmp_path: Path) -> None:
    client = create_app(replace(Settings(), instantane=tmp_path / "absent.duckdb")).server.test_client()
    reponse = client.get("/fiche/territoire/93")
    assert reponse.status_code == 503
    assert "Aucun instantané" in reponse.get_data(as_text=True)
