"""The application as a server: headers, routes, states without a snapshot."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from dash import dcc
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.figures.theme import CONFIG, JETONS
from dashboard.settings import RACINE, Settings


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


def test_la_page_est_en_francais_et_ne_parle_qu_a_notre_hote(client: FlaskClient) -> None:
    reponse = client.get("/")
    page = reponse.get_data(as_text=True)
    assert reponse.status_code == 200
    assert '<html lang="fr">' in page
    assert "https://" not in page
    assert "default-src 'self'" in reponse.headers["Content-Security-Policy"]
    assert "unsafe-eval" not in reponse.headers["Content-Security-Policy"]


def test_les_fichiers_statiques_sont_compresses_et_gardes(client: FlaskClient) -> None:
    for adresse in ("/statique/bootstrap.min.css", "/assets/filtres.js?m=1", "/carte/epci.svg?v=1"):
        reponse = client.get(adresse, headers={"Accept-Encoding": "br"})
        assert reponse.status_code == 200, adresse
        assert reponse.headers["Content-Encoding"] == "br", adresse
        assert int(reponse.headers["Cache-Control"].split("max-age=")[1].split(",")[0]) >= 86400


@pytest.mark.parametrize(("niveau", "zones"), [("departement", 8), ("epci", 63), ("commune", 1266)])
def test_les_fonds_de_carte(client: FlaskClient, niveau: str, zones: int) -> None:
    svg = client.get(f"/carte/{niveau}.svg").get_data(as_text=True)
    assert svg.count('class="zone"') == zones


@pytest.mark.parametrize("adresse", ["/carte/canton.svg", "/telecharger/inconnu.csv"])
def test_une_route_inconnue_est_un_404(client: FlaskClient, adresse: str) -> None:
    assert client.get(adresse).status_code == 404


def test_un_csv_dit_sa_selection_et_la_demonstration(client: FlaskClient) -> None:
    reponse = client.get("/telecharger/secteurs.csv?dep=93&annee=2024")
    texte = reponse.get_data(as_text=True)
    assert "Seine-Saint-Denis" in texte
    assert "données de démonstration" in texte
    assert "demonstration" in reponse.headers["Content-Disposition"]


@pytest.mark.parametrize("requete", ["%00", "dep=%ff%fe", "&&&===", "annee=" + "9" * 5000, "secteur=" + "a," * 3000])
def test_une_requete_hostile_ne_casse_rien(client: FlaskClient, requete: str) -> None:
    assert client.get(f"/telecharger/carte.csv?{requete}").status_code == 200
    assert client.get(f"/?{requete}").status_code == 200


def test_sans_instantane_le_site_dit_quoi_faire(tmp_path: Path) -> None:
    vide = create_app(replace(Settings(), instantane=tmp_path / "absent.duckdb")).server.test_client()
    assert "observatoire construire" in json.dumps(vide.get("/_dash-layout").get_json(), ensure_ascii=False)
    assert vide.get("/telecharger/carte.csv").status_code == 503
    assert vide.get("/sante").status_code == 200


def test_tout_graphique_a_notre_configuration() -> None:
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["displaylogo"] is False
    sources = [p for p in (RACINE / "dashboard").rglob("*.py") if "dcc.Graph(" in p.read_text("utf-8")]
    assert [p.name for p in sources] == ["bloc.py"]
    assert "config=CONFIG" in sources[0].read_text("utf-8")
    assert dcc.Graph


def test_les_couleurs_des_figures_sont_celles_de_la_feuille_de_style() -> None:
    css = (RACINE / "assets" / "10_jetons.css").read_text("utf-8").lower()
    clair, sombre = css.split("[data-bs-theme=dark]", 1) if "[data-bs-theme=dark]" in css else css.split("dark", 1)
    for theme, texte in (("light", clair), ("dark", sombre)):
        for nom in ("r4", "engaged", "ink"):
            assert JETONS[theme][nom] in texte, (theme, nom)  # type: ignore[index]
