"""The synthetic directory of structures: size, types, places, and nothing that could be taken for someone."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import duckdb
import numpy as np
import pytest
import shapely

from dashboard.demo.referentiel import charger_referentiel
from dashboard.demo.structures import FICHIER, PAR_DEPARTEMENT, PAR_TYPE, ecrire
from dashboard.ingest import catalogue
from dashboard.settings import Settings
from dashboard.warehouse import atelier

RACINE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def fiches(demonstration: Path) -> list[dict[str, str]]:
    with (demonstration / FICHIER).open(encoding="utf-8", newline="") as flux:
        return list(csv.DictReader(flux))


def test_types_et_departements(fiches: list[dict[str, str]]) -> None:
    gardees = [f for f in fiches if not f["id"].endswith("-bis")]
    assert len(gardees) == sum(PAR_TYPE.values()) == 600
    assert Counter(json.loads(f["reseaux_porteurs"])[0] for f in gardees) == PAR_TYPE
    assert sum("aci" in json.loads(f["reseaux_porteurs"])[1:] for f in gardees) > 5
    parts = Counter(f["id"][15:17] for f in gardees)
    assert all(abs(parts[d] / 600 - part) < 0.05 for d, part in PAR_DEPARTEMENT.items())


def test_rien_qu_on_puisse_prendre_pour_vrai(fiches: list[dict[str, str]]) -> None:
    for f in fiches:
        assert "(démonstration)" in f["nom"] or not f["nom"]
        assert f["telephone"] == f["courriel"] == ""
        assert f["siret"].replace(" ", "").startswith("0000") or not f["siret"]


def test_un_point_est_dans_sa_commune(fiches: list[dict[str, str]]) -> None:
    contenu = json.loads((RACINE / "geo" / "detail" / "communes.geojson").read_text(encoding="utf-8"))
    formes = {e["id"]: shapely.geometry.shape(e["geometry"]) for e in contenu["features"]}
    places = 0
    for f in fiches:
        code = "75056" if f["code_insee"].startswith("751") else f["code_insee"]
        if code in formes and f["longitude"] > "1" and float(f["longitude"]) < 4:
            places += formes[code].contains(shapely.Point(float(f["longitude"]), float(f["latitude"])))
            assert formes[code].contains(shapely.Point(float(f["longitude"]), float(f["latitude"]))), f["id"]
    assert places > 580


def test_memes_octets_pour_le_meme_flux(tmp_path: Path) -> None:
    ref = charger_referentiel()
    for nom in ("a", "b"):
        ecrire(np.random.default_rng(3), tmp_path / nom, ref, 1.0)
    assert (tmp_path / "a" / FICHIER).read_bytes() == (tmp_path / "b" / FICHIER).read_bytes()


def test_lues_par_le_lecteur(demonstration: Path, fiches: list[dict[str, str]]) -> None:
    (declaration,) = [d for d in catalogue.lire(demonstration / "sources.toml") if d.nature == "structures"]
    with duckdb.connect() as con:
        atelier.preparer(con, Settings())
        assert atelier.charger(con, [declaration], Settings(), lambda etape, part: None) == []
        comptes = con.execute("SELECT lues, retenues, hors_champ, rejetees FROM source").fetchone()
        types = dict(con.execute("SELECT type, count(*) FROM structure GROUP BY type").fetchall())
    # at this scale one defect of each kind: a duplicate, three rejects, one other network, two out of the region
    assert comptes == (len(fiches), 601, 3, 3)
    doubles = sum("aci" in json.loads(f["reseaux_porteurs"])[1:] for f in fiches)
    assert types == PAR_TYPE | {"aci": PAR_TYPE["aci"] + doubles}
