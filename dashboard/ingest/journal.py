"""Register of the sources read and of every correction or reject made while reading.

Nothing disappears without a line here. The register lives in two tables of the
*working* database (never the published one), so that a rule written in SQL can
record a hundred thousand corrections in one statement.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import duckdb

Nature = Literal["rejet", "correction", "avertissement"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS source (
    source_id INTEGER, fichier VARCHAR, nature VARCHAR, format VARCHAR,
    sha256 VARCHAR, octets BIGINT, producteur VARCHAR, licence VARCHAR, diffusion VARCHAR,
    demo BOOLEAN, lues BIGINT, retenues BIGINT, hors_champ BIGINT, rejetees BIGINT);
CREATE TABLE IF NOT EXISTS constat (
    source_id INTEGER, nature VARCHAR, feuille VARCHAR, ligne BIGINT, colonne VARCHAR,
    valeur VARCHAR, regle VARCHAR, message VARCHAR);
"""

INSERTION = """
INSERT INTO constat BY NAME SELECT ?::INTEGER AS source_id, unnest(from_json(?::JSON, '[{
    "nature": "VARCHAR", "feuille": "VARCHAR", "ligne": "BIGINT", "colonne": "VARCHAR", "valeur": "VARCHAR",
    "regle": "VARCHAR", "message": "VARCHAR"}]'), recursive := true)
"""
_CHAMPS = ("nature", "feuille", "ligne", "colonne", "valeur", "regle", "message")
_PAQUET = 2000


class SourceIllisible(Exception):
    """The file as a whole cannot be used; the message is French and names the file."""


@dataclass(frozen=True, slots=True)
class Constat:
    """One correction or reject: where, what, by which rule, in words."""

    nature: Nature
    regle: str
    message: str
    feuille: str | None = None
    ligne: int | None = None
    colonne: str | None = None
    valeur: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the operator says of a file (or folder) before it is read."""

    chemin: Path
    nature: Literal["decp", "suivi", "structures", "entreprises"]
    producteur: str = "non précisé"
    licence: str = "non précisée"
    diffusion: Literal["public", "partenaires", "agrege"] = "public"
    correspondance: str = "gabarit"
    demo: bool = False


def empreinte(chemin: Path) -> tuple[str, int]:
    """SHA-256 and size in bytes of a file, or of all the files of a folder in name order."""
    condense, octets = hashlib.sha256(), 0
    fichiers = sorted(p for p in chemin.rglob("*") if p.is_file()) if chemin.is_dir() else [chemin]
    for fichier in fichiers:
        if chemin.is_dir():
            condense.update(fichier.relative_to(chemin).as_posix().encode())
        with fichier.open("rb") as flux:
            while bloc := flux.read(1 << 20):
                condense.update(bloc)
                octets += len(bloc)
    return condense.hexdigest(), octets


class Journal:
    """Writes the tables ``source`` and ``constat`` of a working database."""

    def __init__(self, con: duckdb.DuckDBPyConnection, numero: int | None = None) -> None:
        """``numero``: number kept for the next source, when several are read at the same time."""
        self.con, self.numero = con, numero
        con.execute(SCHEMA)

    def ouvrir(self, declaration: Declaration) -> int:
        """Register a source and return its number."""
        sha256, octets = empreinte(declaration.chemin)
        source_id = self.numero or self._suivant()
        self.con.execute(
            "INSERT INTO source VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)",
            [
                source_id,
                declaration.chemin.name,
                declaration.nature,
                sha256,
                octets,
                declaration.producteur,
                declaration.licence,
                declaration.diffusion,
                declaration.demo,
            ],
        )
        return source_id

    def _suivant(self) -> int:
        ligne = self.con.execute("SELECT coalesce(max(source_id), 0) + 1 FROM source").fetchone()
        return int(ligne[0]) if ligne else 1

    def clore(
        self, source_id: int, *, format: str, lues: int, retenues: int, hors_champ: int = 0, rejetees: int = 0
    ) -> None:
        """Record the recognised format and the row counts of a source (read = kept + out of scope + rejected)."""
        self.con.execute(
            "UPDATE source SET format=?, lues=?, retenues=?, hors_champ=?, rejetees=? WHERE source_id=?",
            [format, lues, retenues, hors_champ, rejetees, source_id],
        )

    def constater(self, source_id: int, constats: Iterable[Constat]) -> None:
        """Append constats found by Python code (SQL rules insert into ``constat`` themselves)."""
        lignes = [{champ: getattr(c, champ) for champ in _CHAMPS} for c in constats]
        for debut in range(0, len(lignes), _PAQUET):
            paquet = json.dumps(lignes[debut : debut + _PAQUET], ensure_ascii=False)
            self.con.execute(INSERTION, [source_id, paquet])
