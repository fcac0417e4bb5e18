"""Reference tables for the DECP tests: a tiny one for the rules, the project's own for the real files."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import duckdb

from dashboard.ingest.decp import charger, finaliser
from dashboard.ingest.journal import Declaration, Journal

RACINE = Path(__file__).resolve().parents[2]
EXEMPLES = Path(__file__).parent / "exemples" / "decp"
PARTAGE = Path(os.environ.get("OBSERVATOIRE_PARTAGE", RACINE.parent / "shared"))
MARCHES: list[dict[str, Any]] = json.loads((EXEMPLES / "json_2022.json").read_text(encoding="utf-8"))["marches"][
    "marche"
]
COMPTES = "SELECT lues, retenues, hors_champ, rejetees FROM source"
SCHEMA = """
CREATE TABLE ref_commune(code VARCHAR, nom VARCHAR, departement VARCHAR, epci VARCHAR);
CREATE TABLE ref_ancienne(ancien VARCHAR, code VARCHAR);
CREATE TABLE ref_postal(code_postal VARCHAR, commune VARCHAR, departement VARCHAR);
CREATE TABLE ref_siege(siren VARCHAR, nom VARCHAR, categorie VARCHAR, commune VARCHAR, departement VARCHAR);
CREATE TABLE ref_cpv_secteur AS
    SELECT prefixe, secteur FROM read_csv($cpv, all_varchar = true, header = true);
"""
MINUSCULE = """
INSERT INTO ref_commune VALUES ('75056', 'Paris', '75', 'T1'), ('93027', 'La Courneuve', '93', 'T6'),
    ('93066', 'Saint-Denis', '93', 'T6'), ('77288', 'Melun', '77', '247700057'), ('95127', 'Cergy', '95', '249500109');
INSERT INTO ref_ancienne VALUES ('93059', '93066'), ('75101', '75056'), ('75120', '75056');
INSERT INTO ref_postal VALUES ('75001', '75056', '75'), ('75020', '75056', '75'), ('93120', '93027', '93'),
    ('93200', '93066', '93'), ('77000', NULL, '77'), ('95000', NULL, '95');
INSERT INTO ref_siege VALUES ('217500016', 'Ville de Paris', 'commune', '75056', '75'),
    ('219300274', 'La Courneuve', 'commune', '93027', '93'),
    ('227700010', 'Seine-et-Marne', 'departement', '77288', '77');
"""
PROJET = """
CREATE TEMP TABLE lu AS SELECT * FROM read_csv($territoires, all_varchar = true, header = true);
INSERT INTO ref_commune SELECT code, nom, departement, epci FROM lu WHERE niveau = 'commune';
INSERT INTO ref_ancienne SELECT unnest(string_split(anciens_codes, '|')), code FROM lu
    WHERE niveau = 'commune' AND anciens_codes <> '';
INSERT INTO ref_postal SELECT cp, CASE WHEN count(*) = 1 THEN any_value(code) END, any_value(departement)
    FROM (SELECT unnest(string_split(codes_postaux, '|')) AS cp, code, departement FROM lu
          WHERE niveau = 'commune' AND codes_postaux <> '') GROUP BY cp;
INSERT INTO ref_siege SELECT siren, nom, categorie, commune, departement
    FROM read_csv($acheteurs, all_varchar = true, header = true);
DROP TABLE lu;
"""


def base(*, projet: bool = False) -> duckdb.DuckDBPyConnection:
    """A working database with its reference tables: those of the project, or a handful of rows."""
    con = duckdb.connect()
    con.execute("SET threads = 1")  # tiny tables: threads would only wait for each other
    cpv = RACINE / "data" / "reference" / "cpv_secteur.csv"
    con.execute(SCHEMA.replace("$cpv", f"'{cpv}'"))
    if not projet:
        con.execute(MINUSCULE)
        return con
    territoires, acheteurs = RACINE / "geo" / "territoires.csv", RACINE / "data" / "reference" / "acheteurs.csv"
    con.execute(PROJET.replace("$territoires", f"'{territoires}'").replace("$acheteurs", f"'{acheteurs}'"))
    return con


def lire(*chemins: Path, projet: bool = False) -> tuple[duckdb.DuckDBPyConnection, Journal]:
    """Load and finalise files into a fresh working database."""
    con = base(projet=projet)
    journal = Journal(con)
    for chemin in chemins:
        charger(con, Declaration(chemin=chemin, nature="decp"), journal)
    finaliser(con, journal)
    return con, journal


def lignes(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    """All the rows of a query."""
    return con.execute(sql).fetchall()


def regles(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Number of findings by rule."""
    return dict(lignes(con, "SELECT regle, count(*) FROM constat GROUP BY regle"))


def ecrire(dossier: Path, *marches: dict[str, Any]) -> Path:
    """A 2022 JSON file of these contracts."""
    chemin = dossier / "marches.json"
    chemin.write_text(json.dumps({"marches": {"marche": marches}}), encoding="utf-8")
    return chemin


def variante(**champs: Any) -> dict[str, Any]:
    """The first example with other values."""
    return copy.deepcopy(MARCHES[0]) | champs
