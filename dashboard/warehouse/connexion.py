"""One read-only connection per process to the published snapshot, reopened when it is replaced.

Never opened at import nor before a fork; a request or a thread takes a cursor.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

import duckdb

from dashboard.domain.selection import Referentiel
from dashboard.domain.territoire import Territoire
from dashboard.warehouse import manifeste
from dashboard.warehouse.fichiers_sql import texte
from dashboard.warehouse.manifeste import Manifeste

#: Threads of one query. Pages ask several questions at once, each on a cursor of its own: half of the cores a query
#: leaves the others to the questions beside it (measured on 2 cores: a third less work than with both of them).
FILS = max(1, (os.cpu_count() or 1) // 2)


class InstantaneAbsent(Exception):
    """There is no usable snapshot; the message is French and says what to do."""


class Entrepot:
    """Door to a snapshot file. Thread safe; swaps to a new snapshot without a restart."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        self._verrou = threading.Lock()
        self._ouvert: Instantane | None = None

    def instantane(self) -> Instantane:
        """The snapshot in place now. Raises ``InstantaneAbsent``."""
        try:
            etat = self.chemin.stat()
        except OSError as erreur:
            raise InstantaneAbsent(
                f"Aucun instantané à l’emplacement {self.chemin.name} : lancez « observatoire construire »."
            ) from erreur
        marque = (etat.st_ino, etat.st_mtime_ns, etat.st_size)
        with self._verrou:
            if self._ouvert is None or self._ouvert.marque != marque:
                self._ouvert = Instantane(self.chemin, marque)
            return self._ouvert


class Instantane:
    """An open snapshot: its manifest, its reference lists and a cursor per use."""

    def __init__(self, chemin: Path, marque: tuple[int, int, int]) -> None:
        self.marque = marque
        # A replaced file keeps its path: opened through a name of its own, DuckDB would
        # otherwise hand back the database it already has in memory under that path.
        try:
            self._con = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "threads": FILS})
            self._con.execute(f"ATTACH '{str(chemin).replace(chr(39), chr(39) * 2)}' AS instantane (READ_ONLY)")
            self._con.execute("USE instantane")
            self.manifeste: Manifeste = manifeste.lire(self._con)
        except (duckdb.Error, ValueError) as erreur:
            raise InstantaneAbsent(
                f"L’instantané {chemin.name} est illisible : relancez « observatoire construire »."
            ) from erreur
        self.referentiel = self._referentiel()

    def curseur(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one request or thread."""
        curseur = self._con.cursor()
        curseur.execute("USE instantane")
        return curseur

    def _referentiel(self) -> Referentiel:
        territoires = {
            ligne[0]: Territoire(*ligne)
            for ligne in self._con.execute(
                "SELECT code, niveau, nom, tncc, population, superficie_km2,"
                " coalesce(departement, ''), coalesce(epci, '') FROM territoire"
            ).fetchall()
        }
        listes: dict[str, dict[str, str]] = {}
        for liste, code, libelle in self._con.execute(
            "SELECT liste, code, libelle FROM nomenclature ORDER BY liste, ordre"
        ).fetchall():
            listes.setdefault(liste, {})[code] = libelle
        listes["acheteur"] = {s: n for s, n, _ in self._con.execute(texte("lecture", "acheteurs")).fetchall()}
        listes["operation"] = dict(self._con.execute(texte("lecture", "operations")).fetchall())
        m = self.manifeste
        return Referentiel(territoires, listes, m.annees, m.defaut, m.a_suivi)
