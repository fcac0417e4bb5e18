"""Brings CSV, Parquet and flat JSON files to the temporary table ``decp_colonnes``.

DuckDB reads; this module only names the columns. Every value stays the text that was
written; lines that DuckDB cannot cut into columns end in ``decp_lignes_illisibles``.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from dashboard.ingest.decp_colonnes import CANONIQUES, associer, manquantes
from dashboard.ingest.decp_format import entete_csv, refus

TEXTE = "VARCHAR"


def lire_csv(con: duckdb.DuckDBPyConnection, chemin: Path, nom: Path) -> None:
    """A UTF-8 CSV file → ``decp_colonnes``; line 1 is the header. ``nom``: the file as the user knows it."""
    with chemin.open("rb") as flux:
        tete = flux.read(1 << 16).decode("utf-8-sig", errors="replace")
    noms, separateur = entete_csv(tete)
    uniques = _dedoublonner(noms)
    con.execute("DROP TABLE IF EXISTS decp_rejets; DROP TABLE IF EXISTS decp_balayages")
    try:
        lecture = con.read_csv(
            str(chemin), header=False, skiprows=1, sep=separateur, quotechar='"', escapechar='"',
            all_varchar=True, auto_detect=False, strict_mode=False, store_rejects=True,
            rejects_table="decp_rejets", rejects_scan="decp_balayages",
            columns=dict.fromkeys(uniques, TEXTE),
        )  # fmt: skip
        _materialiser(lecture, associer(uniques), premiere_ligne=2)
    except duckdb.Error as erreur:
        raise refus(nom, f"CSV impossible à lire ({str(erreur).splitlines()[0]})") from erreur


def lire_parquet(con: duckdb.DuckDBPyConnection, chemin: Path) -> None:
    """A Parquet file → ``decp_colonnes``; ``ligne`` is the rank of the row. Refuses a layout without key columns."""
    try:
        lecture = con.read_parquet(str(chemin))
        colonnes = associer(lecture.columns)
        if absentes := manquantes(colonnes):
            raise refus(chemin, f"tableau sans colonne reconnue pour {', '.join(absentes)}")
        _materialiser(lecture, colonnes, premiere_ligne=1)
    except duckdb.Error as erreur:
        raise refus(chemin, f"Parquet impossible à lire ({str(erreur).splitlines()[0]})") from erreur


def lire_ndjson_plat(con: duckdb.DuckDBPyConnection, chemin: Path) -> None:
    """Canonical NDJSON written by ``decp_arbre`` → ``decp_colonnes``."""
    colonnes = {"n": "BIGINT", "ligne": "BIGINT"} | dict.fromkeys(CANONIQUES, TEXTE)
    _deposer(con.read_json(str(chemin), format="newline_delimited", columns=colonnes))


def _dedoublonner(noms: list[str]) -> list[str]:
    """Column names made distinct and never empty."""
    vus: dict[str, int] = {}
    uniques = []
    for rang, nom in enumerate(noms, start=1):
        base = nom.strip() or f"colonne {rang}"
        vus[base.lower()] = vus.get(base.lower(), 0) + 1
        uniques.append(base if vus[base.lower()] == 1 else f"{base} ({rang})")
    return uniques


def _materialiser(lecture: duckdb.DuckDBPyRelation, colonnes: dict[str, str], premiere_ligne: int) -> None:
    """Create ``decp_colonnes``: n, ligne, then every canonical column (NULL when the file has it not)."""
    rang = duckdb.SQLExpression("row_number() OVER ()")
    choix = [
        rang.alias("n"),
        (rang + duckdb.ConstantExpression(premiere_ligne - 1)).cast("BIGINT").alias("ligne"),
        *(
            (duckdb.ColumnExpression(colonnes[c]) if c in colonnes else duckdb.ConstantExpression(None))
            .cast(TEXTE)
            .alias(c)
            for c in CANONIQUES
        ),
    ]
    _deposer(lecture.select(*choix))


def _deposer(lecture: duckdb.DuckDBPyRelation) -> None:
    """Materialise what is read as a temporary table (files may be read at the same time, one per connection)."""
    lecture.query("decp_a_deposer", "CREATE OR REPLACE TEMP TABLE decp_colonnes AS FROM decp_a_deposer")
