"""Loads lists of inclusive structures into the working database: read, type, situate, clean, keep or say why not.

This module only orders the steps. The layouts are in ``structures_formats``, the reading in
``structures_lecture``, every rule of the métier in ``sql/structures``. No name of a person and no
contact is ever loaded: the structure is what is shown, not who answers its telephone.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import duckdb

from dashboard.ingest import decp, structures_formats
from dashboard.ingest.journal import Constat, Declaration, Journal, SourceIllisible
from dashboard.ingest.structures_lecture import Lecture, ecrire_ndjson
from dashboard.ingest.suivi_lecture import inserer_lignes

SQL = Path(__file__).parent / "sql" / "structures"
ETAPES = ("types", "lieu", "nettoyage", "rejets", "corrections", "conserver")
CODES = """
CREATE OR REPLACE TEMP TABLE structures_codes AS
SELECT code AS cle, code FROM nomenclature WHERE liste = 'type_structure'
"""


@cache
def requete(nom: str) -> str:
    """Text of a SQL file of this loader."""
    return (SQL / f"{nom}.sql").read_text(encoding="utf-8")


def preparer(con: duckdb.DuckDBPyConnection) -> None:
    """Install the macros of this connection and the empty staging table; needs ``nomenclature`` and ``ref_*``."""
    con.execute(decp.requete("macros"))
    con.execute(requete("macros"))
    con.execute(requete("etapes"))


def charger(con: duckdb.DuckDBPyConnection, declaration: Declaration, journal: Journal, correspondances: Path) -> None:
    """Read one list of structures and append those of Île-de-France to the staging table.

    Counts in ``source`` are records of the file: lues = retenues + hors_champ + rejetees. A record with two
    types is one record and two rows of ``structure``; duplicates stay « retenues » here, ``finaliser`` sets
    them aside. Raises ``SourceIllisible`` when nothing of the file can be read (it is then not registered).
    """
    formats = structures_formats.charger(correspondances)
    preparer(con)
    with tempfile.TemporaryDirectory(prefix="structures-") as dossier:
        ndjson = Path(dossier) / "structures.ndjson"
        lecture = ecrire_ndjson(declaration.chemin, formats, ndjson)
        con.execute(requete("lire"), [str(ndjson)])
    source_id = journal.ouvrir(declaration)
    con.execute("SET VARIABLE structures_source = $id::INTEGER", {"id": source_id})
    con.execute("SET VARIABLE structures_ouverte = $ouverte::BOOLEAN", {"ouverte": lecture.format.ouverte})
    con.execute(CODES)
    inserer_lignes(con, "structures_codes", list(lecture.format.types.items()))
    for etape in ETAPES:
        con.execute(requete(etape))
    _clore(con, journal, source_id, lecture)


def finaliser(con: duckdb.DuckDBPyConnection, journal: Journal) -> None:
    """Build the table ``structure`` from all the lists loaded (empty when there was none).

    One row per SIRET and type: the copy that has a point wins; every other is an ``avertissement`` of rule
    « doublon ». ``journal`` has created the table ``constat`` they go to.
    """
    preparer(con)
    con.execute(requete("finaliser"))


def _clore(con: duckdb.DuckDBPyConnection, journal: Journal, source_id: int, lecture: Lecture) -> None:
    """Write the account of the file and its summary findings."""
    compte = con.execute(requete("comptes")).fetchone()
    if compte is None:  # a SELECT of aggregates always gives its row
        raise SourceIllisible("comptes.sql n’a rien rendu")
    lues, retenues, rejetees, autres = (int(valeur) for valeur in compte)
    if autres:
        message = f"{autres} organisme(s) d’un autre réseau que l’insertion ou le handicap, laissés hors champ."
        lecture.constats.append(Constat("avertissement", "autre_reseau", message, valeur=str(autres)))
    if not lues:
        lecture.constats.append(
            Constat("avertissement", "aucune_structure", "Le fichier ne contient aucune structure.")
        )
    journal.constater(source_id, lecture.constats)
    libelle = lecture.format.libelle
    journal.clore(
        source_id,
        format=libelle if libelle.endswith(lecture.nature) else f"{libelle} {lecture.nature}",
        lues=lues + lecture.illisibles,
        retenues=retenues,
        hors_champ=lues - retenues - rejetees,
        rejetees=rejetees + lecture.illisibles,
    )
