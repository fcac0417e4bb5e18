"""The stations of the Grand Paris Express: our table, and the published file where it is."""

from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path

import pytest

from dashboard.domain import territoire
from dashboard.geo.gares import LIGNES, Gare, charger
from dashboard.settings import Settings

GEO = Settings().geo
ABANDONNEE = "GA39"
"""Aéroport Charles de Gaulle T4: in the file of 2016 only."""


@pytest.fixture(scope="module")
def gares() -> tuple[Gare, ...]:
    return charger(GEO / "gares_gpe.csv")


def test_soixante_huit_gares_dans_des_communes_connues(gares: tuple[Gare, ...]) -> None:
    territoires = territoire.charger(GEO / "territoires.csv")
    assert len(gares) == len({g.code for g in gares}) == len({g.nom for g in gares}) == 68
    assert {territoires[g.commune].niveau for g in gares} == {"commune"}
    for g in gares:
        commune = territoires[g.commune]
        rayon = math.sqrt(commune.superficie_km2 / math.pi)
        assert distance_km(g.lon, g.lat, commune.lon, commune.lat) < 3 * rayon + 1, g.nom


def test_les_lignes_ont_leurs_gares(gares: tuple[Gare, ...]) -> None:
    """Lengths published: 16 stations for 15 Sud, 11 for 15 Ouest, 12 for 15 Est, both ends included."""
    comptes = Counter(ligne for g in gares for ligne in g.lignes)
    assert comptes == {"11": 1, "14": 12, "15S": 16, "15O": 11, "15E": 12, "16": 10, "17": 8, "18": 10}
    assert set(comptes) == set(LIGNES)
    pleyel = next(g for g in gares if g.nom == "Saint-Denis Pleyel")
    assert pleyel.numeros == ("14", "15", "16", "17")


def test_meme_reseau_que_le_fichier_publie(gares: tuple[Gare, ...], partage: Path) -> None:
    fichier = partage / "data" / "territoires" / "gpe_gares_2016_wgs84.csv"
    if not fichier.is_file():
        pytest.skip("gares publiées absentes : définissez OBSERVATOIRE_PARTAGE")
    with fichier.open(encoding="utf-8-sig", newline="") as flux:
        publiees = {ligne["code"]: ligne for ligne in csv.DictReader(flux)}
    assert set(publiees) - {g.code for g in gares} == {ABANDONNEE}
    for g in gares:
        publiee = publiees[g.code]
        commune = "75056" if publiee["insee_com"].startswith("751") else publiee["insee_com"]
        assert g.commune == commune, g.nom
        assert distance_km(g.lon, g.lat, float(publiee["lon"]), float(publiee["lat"])) < 1.5, g.nom
        anciennes = {ligne.removeprefix("L") for ligne in publiee["ligne"].split("/")}
        assert anciennes == set(g.numeros) - {"11"}, g.nom


@pytest.mark.parametrize("ligne", ["A,B,19,93066,2.3,48.9", "A,B,14,93066,est,48.9", "A,B,14"])
def test_une_faute_est_situee(tmp_path: Path, ligne: str) -> None:
    chemin = tmp_path / "gares.csv"
    chemin.write_text(f"code,nom,lignes,commune,lon,lat\nGA01,A,14|15S,93066,2.3,48.9\n{ligne}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"gares\.csv, ligne 3 : gare illisible"):
        charger(chemin)


def distance_km(lon: float, lat: float, autre_lon: float, autre_lat: float) -> float:
    return math.hypot((lon - autre_lon) * 111.2 * math.cos(math.radians(lat)), (lat - autre_lat) * 111.2)
