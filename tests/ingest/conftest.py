"""Shared fixtures of the ingest tests: a working database with tiny reference tables, and its journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard.domain import nomenclature
from dashboard.ingest.journal import Declaration, Journal
from dashboard.ingest.suivi import charger, finaliser
from dashboard.ingest.suivi_lecture import inserer_lignes
from tests.ingest.suivi_exemple import donnees, ecrire_csv
from tests.ingest.suivi_outils import CLE, Charge

RACINE = Path(__file__).resolve().parents[2]
REFERENCES = """
CREATE TABLE ref_commune (code VARCHAR, nom VARCHAR, departement VARCHAR, epci VARCHAR);
INSERT INTO ref_commune VALUES ('75056', 'Paris', '75', 'T1'), ('93066', 'Saint-Denis', '93', 'T6'),
    ('94028', 'Créteil', '94', 'T11');
CREATE TABLE ref_ancienne (ancien VARCHAR, code VARCHAR);
INSERT INTO ref_ancienne VALUES ('75101', '75056'), ('75118', '75056'), ('93059', '93066');
CREATE TABLE ref_postal (code_postal VARCHAR, commune VARCHAR, departement VARCHAR);
INSERT INTO ref_postal VALUES ('75018', '75056', '75'), ('93200', '93066', '93'), ('94000', '94028', '94');
CREATE TABLE ref_siege (siren VARCHAR, nom VARCHAR, categorie VARCHAR, commune VARCHAR, departement VARCHAR);
INSERT INTO ref_siege VALUES ('217500016', 'Ville de Paris', 'commune', '75056', '75');
CREATE TABLE ref_cpv_secteur (prefixe VARCHAR, secteur VARCHAR);
INSERT INTO ref_cpv_secteur VALUES ('45', 'gros_oeuvre'), ('454', 'second_oeuvre'), ('9091', 'nettoyage');
CREATE TABLE nomenclature (liste VARCHAR, code VARCHAR, libelle VARCHAR, ordre INTEGER);
"""


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory working database with the reference tables that the build creates."""
    with duckdb.connect(":memory:", config={"threads": 1}) as connexion:
        references(connexion)
        yield connexion


@pytest.fixture
def journal(con: duckdb.DuckDBPyConnection) -> Journal:
    """The register of the working database."""
    return Journal(con)


@pytest.fixture
def correspondances() -> Path:
    """Folder of the mappings that are shipped."""
    return RACINE / "data" / "mappings"


def references(connexion: duckdb.DuckDBPyConnection) -> None:
    """Create and fill the reference tables in a working database."""
    connexion.execute(REFERENCES)
    listes = nomenclature.charger(RACINE / "data" / "nomenclatures")
    lignes = [(nom, m.code, m.libelle, m.ordre) for nom, modalites in listes.items() for m in modalites]
    inserer_lignes(connexion, "nomenclature", lignes)


@pytest.fixture
def charge(con: duckdb.DuckDBPyConnection, journal: Journal, correspondances: Path) -> Charge:
    """Load one or several sources, then finalise."""

    def _charge(*chemins: Path, correspondance: str = "gabarit") -> None:
        for chemin in chemins:
            declaration = Declaration(chemin, "suivi", correspondance=correspondance)
            charger(con, declaration, journal, CLE, correspondances)
        finaliser(con, journal)

    return _charge


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """The example as a folder of CSV."""
    return ecrire_csv(tmp_path / "suivi", donnees())
