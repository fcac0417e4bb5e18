"""Layers of the map: placed in the units of the drawing, worded, kept by the browser until the snapshot changes."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.api.calques import CALQUES
from dashboard.app import create_app
from dashboard.geo.carte_svg import bornes, cadrer
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane

INSECABLE = "\u00a0"


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


def lire(client: FlaskClient, calque: str) -> dict[str, Any]:
    reponse = client.get(f"/carte/calque/{calque}.json", follow_redirects=True)
    assert reponse.status_code == 200
    contenu: dict[str, Any] = reponse.get_json()
    return contenu


def boite(code: str) -> tuple[float, float, float, float]:
    """Box of a commune in the drawing served by /carte/commune.svg."""
    geo = Settings().geo / "carte"
    cadre = cadrer(json.loads((geo / "departements.geojson").read_text("utf-8")))
    return bornes(json.loads((geo / "communes.geojson").read_text("utf-8")), code, cadre)


def dans(point: dict[str, Any], code: str) -> bool:
    x, y, largeur, hauteur = boite(code)
    return bool(x <= point["x"] <= x + largeur and y <= point["y"] <= y + hauteur)


def test_les_gares(client: FlaskClient) -> None:
    calque = lire(client, "gares")
    textes = {p["t"]: p for p in calque["points"]}
    assert calque["titre"] == f"68{INSECABLE}gares du Grand Paris Express"
    assert len(textes) == 68
    assert dans(textes["Saint-Denis Pleyel — lignes 14, 15, 16, 17"], "93066")
    assert dans(textes["Aéroport d’Orly — lignes 14, 18"], "91479")
    assert "Vitry Centre — ligne 15" in textes
    assert {p["n"] for p in textes.values()} == {1}


def test_les_structures_par_commune(client: FlaskClient, instantane: Instantane) -> None:
    calque = lire(client, "structures")
    con = instantane.curseur()
    total, communes = con.execute("SELECT count(*), count(DISTINCT commune) FROM structure").fetchall()[0]
    assert calque["titre"].startswith(f"{total}{INSECABLE}structures d’insertion")
    assert len(calque["points"]) == communes
    assert sum(p["n"] for p in calque["points"]) == total
    paris = calque["points"][0]
    ei, regies = con.execute(
        "SELECT count(*) FILTER (type = 'ei'), count(*) FILTER (type = 'regie') FROM structure WHERE commune = '75056'"
    ).fetchall()[0]
    assert paris["t"].startswith(f"Paris — {paris['n']}{INSECABLE}structures{INSECABLE}: {ei}{INSECABLE}EI, ")
    assert f"{regies}{INSECABLE}régies de quartier" in paris["t"]
    assert dans(paris, "75056")


def test_une_structure_seule_au_singulier(client: FlaskClient) -> None:
    seules = [p["t"] for p in lire(client, "structures")["points"] if p["n"] == 1]
    assert seules
    assert all(f"— 1{INSECABLE}structure{INSECABLE}: 1{INSECABLE}" in t for t in seules)


@pytest.mark.parametrize("calque", CALQUES)
@pytest.mark.parametrize("version", ["", "?v=perimee", "?v="])
def test_une_adresse_sans_sa_version_mene_a_la_bonne(client: FlaskClient, calque: str, version: str) -> None:
    envoi = client.get(f"/carte/calque/{calque}.json{version}")
    assert (envoi.status_code, envoi.headers["Cache-Control"]) == (302, "no-store")
    assert envoi.location.startswith(f"/carte/calque/{calque}.json?v=")
    reponse = client.get(envoi.location, headers={"Accept-Encoding": "br"})
    assert reponse.status_code == 200
    assert reponse.headers["Content-Encoding"] == "br"
    assert "immutable" in reponse.headers["Cache-Control"]


def test_la_version_des_structures_est_celle_de_l_instantane(client: FlaskClient, instantane: Instantane) -> None:
    assert client.get("/carte/calque/structures.json").location.endswith(instantane.manifeste.instantane_id)


def test_calque_inconnu(client: FlaskClient) -> None:
    assert client.get("/carte/calque/metros.json").status_code == 404


def test_sans_instantane_les_gares_seulement(tmp_path: Path) -> None:
    vide = create_app(replace(Settings(), instantane=tmp_path / "absent.duckdb")).server.test_client()
    assert vide.get("/carte/calque/gares.json", follow_redirects=True).status_code == 200
    assert vide.get("/carte/calque/structures.json").status_code == 503


def test_les_structures_suivent_l_instantane_cite(fichier_demo: Path, tmp_path: Path) -> None:
    """A page quoted on an older snapshot shows the structures it held, kept under an address of their own."""
    present, ancien = tmp_path / "observatoire.duckdb", tmp_path / "autre.duckdb"
    shutil.copyfile(fichier_demo, present)
    shutil.copyfile(fichier_demo, ancien)
    with duckdb.connect(str(ancien)) as con:
        con.execute("DELETE FROM structure WHERE commune = '75056'")
        (identite,) = con.execute(
            "UPDATE manifeste SET instantane_id = '20250101-0123456789' RETURNING instantane_id"
        ).fetchall()[0]
    ancien.rename(tmp_path / f"observatoire-{identite}.duckdb")
    client = create_app(replace(Settings(), instantane=present)).server.test_client()
    aujourd_hui, cite = (
        client.get(f"/carte/calque/structures.json{requete}") for requete in ("", f"?instantane={identite}")
    )
    assert cite.location == f"/carte/calque/structures.json?v={identite}&instantane={identite}"
    assert identite not in aujourd_hui.location
    textes = [[p["t"] for p in client.get(r.location).get_json()["points"]] for r in (aujourd_hui, cite)]
    assert textes[1] == [t for t in textes[0] if not t.startswith("Paris ")] != textes[0]


def test_les_structures_d_un_instantane_qui_n_est_plus_garde(client: FlaskClient) -> None:
    """The page then shows the data of today and says so: its map too."""
    envoi = client.get("/carte/calque/structures.json?instantane=20200101-aaaaaaaaaa")
    assert envoi.status_code == 302
    assert client.get(envoi.location).get_json() == lire(client, "structures")
