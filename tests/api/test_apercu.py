"""``/apercu/<page>.png``: one picture a page and a snapshot, kept as long as its address lets it be."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from flask.testing import FlaskClient
from PIL import Image

from dashboard.api import apercu
from dashboard.app import create_app
from dashboard.export.apercu import HAUTEUR, LARGEUR
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane

pytestmark = pytest.mark.complet

ANCIEN = "20240101-0123456789"
Servir = Callable[[], FlaskClient]


@pytest.fixture
def place(fichier_demo: Path, tmp_path: Path) -> Path:
    """A snapshot alone in its folder: the pictures of a test are its own."""
    os.link(fichier_demo, tmp_path / "o.duckdb")
    return tmp_path / "o.duckdb"


@pytest.fixture
def servir(place: Path) -> Servir:
    return lambda: create_app(replace(Settings(), instantane=place)).server.test_client()


@pytest.mark.parametrize("cible", ["vue-ensemble", "heures", "fiche/territoire/93", "integrer/carte"])
def test_une_image_de_la_bonne_taille(servir: Servir, cible: str) -> None:
    reponse = servir().get(f"/apercu/{cible}.png")
    assert (reponse.status_code, reponse.mimetype) == (200, "image/png")
    assert len(reponse.data) < 300_000
    image = Image.open(io.BytesIO(reponse.data))
    assert image.size == (LARGEUR, HAUTEUR)
    assert len(image.convert("RGB").getcolors(LARGEUR * HAUTEUR) or []) > 100


@pytest.mark.parametrize(
    "cible", ["rien", "fiche/territoire/99999", "fiche/projet/x", "..%2Fheures", "%00", "integrer/fiche-projet-etat"]
)
def test_une_image_inconnue_n_est_ni_dessinee_ni_gardee(servir: Servir, place: Path, cible: str) -> None:
    reponse = servir().get(f"/apercu/{cible}.png")
    assert reponse.status_code == 404
    assert not list(place.parent.glob("*.apercus"))


def test_une_selection_ne_fait_pas_d_autre_image(servir: Servir, place: Path) -> None:
    client = servir()
    assert client.get("/apercu/heures.png").data == client.get("/apercu/heures.png?dep=93&secteur=x&n=1").data
    assert [p.name for p in place.parent.rglob("*.png")] == ["heures.png"]


def test_elle_n_est_dessinee_qu_une_fois(servir: Servir, monkeypatch: pytest.MonkeyPatch) -> None:
    appels: list[str] = []

    def dessiner(_source: Instantane, cible: str) -> bytes:
        appels.append(cible)
        return b"\x89PNG"

    monkeypatch.setattr(apercu, "dessiner", dessiner)
    site = servir().application

    def demander(_: int) -> bytes:
        return site.test_client().get("/apercu/heures.png").data

    with ThreadPoolExecutor(4) as equipe:
        assert set(equipe.map(demander, range(8))) == {b"\x89PNG"}
    assert appels == ["heures"]
    assert servir().get("/apercu/heures.png").data == b"\x89PNG"  # another process
    assert appels == ["heures"]


def test_une_adresse_datee_se_garde_une_autre_se_verifie(servir: Servir, instantane: Instantane) -> None:
    client, identite = servir(), instantane.manifeste.instantane_id
    courante = client.get("/apercu/heures.png")
    datee = client.get(f"/apercu/heures.png?instantane={identite}")
    assert datee.data == courante.data
    assert "immutable" in datee.headers["Cache-Control"]
    assert "no-cache" in courante.headers["Cache-Control"]
    assert identite in courante.headers["ETag"]
    relue = client.get("/apercu/heures.png", headers={"If-None-Match": courante.headers["ETag"]})
    assert (relue.status_code, relue.data) == (304, b"")


def test_un_instantane_cite_a_la_sienne_un_perdu_aucune(servir: Servir, place: Path) -> None:
    vieux = place.with_name(f"o-{ANCIEN}.duckdb")
    shutil.copyfile(place, vieux)
    with duckdb.connect(str(vieux)) as con:
        con.execute("UPDATE manifeste SET instantane_id = ?, date_donnees = DATE '2024-01-01'", [ANCIEN])
    client = servir()
    assert client.get(f"/apercu/heures.png?instantane={ANCIEN}").data != client.get("/apercu/heures.png").data
    assert len(list(place.parent.glob("*.apercus"))) == 2
    assert client.get("/apercu/heures.png?instantane=20190101-0123456789").status_code == 410


def test_sans_instantane_il_n_y_a_pas_d_image(tmp_path: Path) -> None:
    client = create_app(replace(Settings(), instantane=tmp_path / "absent.duckdb")).server.test_client()
    assert client.get("/apercu/heures.png").status_code == 503
