"""What the tests of the follow-up loader share: findings, contents, pseudonyms."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path

import duckdb

from dashboard.ingest import gabarit

CLE = b"cle-des-essais"
Charge = Callable[..., None]
LUES = 12


def contenu(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Every result table, without source and line numbers."""
    return {
        nom: con.execute(
            f"SELECT * EXCLUDE (source_id, numero_ligne) FROM suivi_{nom} ORDER BY ALL"
        ).fetchall()
        for nom in gabarit.charger()
    }  # fmt: skip


def constats(con: duckdb.DuckDBPyConnection, nature: str | None = None) -> list[tuple[object, ...]]:
    """Findings as (nature, rule, sheet, line, column, value)."""
    return con.execute(
        "SELECT nature, regle, feuille, ligne, colonne, valeur FROM constat "
        "WHERE $1 IS NULL OR nature = $1 ORDER BY ALL",
        [nature],
    ).fetchall()


def modifier(dossier: Path, fichier: str, avant: str, apres: str) -> None:
    """Replace a text in a written CSV, which must hold it."""
    chemin = dossier / fichier
    texte = chemin.read_text(encoding="utf-8")
    assert avant in texte
    chemin.write_text(texte.replace(avant, apres), encoding="utf-8")


def hacher(brut: str) -> str:
    return hmac.new(CLE, brut.encode(), hashlib.sha256).hexdigest()
