"""Real lists: exact counts, and every point in the region."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb
import pytest

from dashboard.ingest.journal import Declaration
from dashboard.settings import Settings
from dashboard.warehouse import atelier

# file: format, read, kept, out of scope, rejected
REELS = {
    "siae_idf_2020_lemarche.csv": ("Marché de l’inclusion CSV", 373, 372, 0, 1),
    "esat_idf_2025.csv": ("ESAT, extraction FINESS CSV", 189, 189, 0, 0),
    "geiq_2019-11_sans_contacts.csv": ("Annuaire des GEIQ CSV", 171, 5, 165, 1),
}


@pytest.fixture(scope="module")
def con(partage: Path) -> duckdb.DuckDBPyConnection:
    """The three lists read together, as a build does."""
    dossier = partage / "data" / "structures"
    if not dossier.is_dir():
        pytest.skip("listes réelles de structures absentes : définissez OBSERVATOIRE_PARTAGE")
    connexion = duckdb.connect()
    atelier.preparer(connexion, Settings())
    declarations = [Declaration(dossier / nom, "structures") for nom in REELS]
    assert atelier.charger(connexion, declarations, Settings(), lambda etape, part: None) == []
    return connexion


def test_comptes_exacts(con: duckdb.DuckDBPyConnection) -> None:
    lus = con.execute("SELECT fichier, format, lues, retenues, hors_champ, rejetees FROM source").fetchall()
    assert {nom: tuple(reste) for nom, *reste in lus} == REELS
    assert all(lues == retenues + hors + rejetees for _, _, lues, retenues, hors, rejetees in lus)


def test_constats(con: duckdb.DuckDBPyConnection) -> None:
    """GEIQ AERO is at a CEDEX post code of no commune; five GEIQ and two ESAT are listed twice."""
    assert Counter(con.execute("SELECT fichier, regle FROM constat JOIN source USING (source_id)").fetchall()) == {
        ("siae_idf_2020_lemarche.csv", "commune_inconnue"): 1,
        ("geiq_2019-11_sans_contacts.csv", "commune_inconnue"): 1,
        ("geiq_2019-11_sans_contacts.csv", "doublon"): 5,
        ("esat_idf_2025.csv", "doublon"): 2,
        ("esat_idf_2025.csv", "siret_absent"): 7,
    }


def test_structures(con: duckdb.DuckDBPyConnection) -> None:
    types = dict(con.execute("SELECT type, count(*) FROM structure GROUP BY type").fetchall())
    assert types == {"ei": 148, "aci": 131, "ai": 59, "etti": 28, "geiq": 5, "ea": 1, "esat": 187}
    assert con.execute("SELECT count(*) FROM structure s ANTI JOIN ref_commune c ON c.code = s.commune").fetchone() == (
        0,
    )
    assert con.execute("SELECT count(lon), count(lat) FROM structure WHERE type <> 'esat'").fetchone() == (372, 372)
    assert con.execute("SELECT min(structure_no), max(structure_no) FROM structure").fetchone() == (1, 559)


def test_le_nom_d_une_personne_laisse_place_a_l_enseigne(con: duckdb.DuckDBPyConnection) -> None:
    noms = con.execute("SELECT nom FROM structure WHERE siret = '79931299600041' ORDER BY nom").fetchall()
    assert noms == [("A2I",), ("A2I Noisy le Grand",)]


def test_un_point_est_pres_de_sa_commune(con: duckdb.DuckDBPyConnection) -> None:
    loin = con.execute(
        "SELECT s.nom, s.commune FROM structure s JOIN ref_territoire t ON t.code = s.commune AND t.niveau = 'commune'"
        " WHERE sqrt(((s.lon - t.lon) * 73.2) ** 2 + ((s.lat - t.lat) * 111.2) ** 2) > 12"
    ).fetchall()
    assert loin == []
