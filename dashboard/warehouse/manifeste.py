"""What a snapshot says of itself: identity, date, scope, demo flag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Manifeste:
    """Identity of a snapshot.

    ``annees`` are the first and last year with data; ``defaut`` the last complete year;
    ``a_suivi``: hours are present; ``a_social``: at least one contract says whether it
    has a social consideration; ``date_donnees``: date of the most recent fact; counts of
    persons under ``seuil`` are masked, the others multiples of ``arrondi``.
    """

    instantane_id: str
    cree_le: datetime
    version: str
    demo: bool
    entrees: str
    annees: tuple[int, int]
    defaut: int
    a_suivi: bool
    a_social: bool
    date_donnees: date
    seuil: int
    arrondi: int


def ecrire(con: duckdb.DuckDBPyConnection, m: Manifeste) -> None:
    """Write the one row of the table ``manifeste``."""
    con.execute(
        "CREATE TABLE manifeste (instantane_id VARCHAR, cree_le TIMESTAMP, version VARCHAR, demo BOOLEAN,"
        " entrees VARCHAR, annee_min SMALLINT, annee_max SMALLINT, defaut SMALLINT, a_suivi BOOLEAN,"
        " a_social BOOLEAN, date_donnees DATE, seuil SMALLINT, arrondi SMALLINT)"
    )
    con.execute(
        "INSERT INTO manifeste VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [m.instantane_id, m.cree_le, m.version, m.demo, m.entrees, *m.annees, m.defaut, m.a_suivi, m.a_social,
         m.date_donnees, m.seuil, m.arrondi],
    )  # fmt: skip


def lire(con: duckdb.DuckDBPyConnection) -> Manifeste:
    """Read the manifest of an open snapshot."""
    ligne = con.execute("SELECT * FROM manifeste").fetchone()
    if ligne is None:
        raise ValueError("Manifeste absent : ce fichier n’est pas un instantané de l’observatoire.")
    i, cree, version, demo, entrees, debut, fin, defaut, suivi, social, jour, seuil, arrondi = ligne
    return Manifeste(i, cree, version, demo, entrees, (debut, fin), defaut, suivi, social, jour, seuil, arrondi)
