"""Check a follow-up file before it is sent: the same loader, in memory, nothing kept.

Serves the command ``observatoire verifier`` and the page that does the same. The rules are
those of ``suivi``; only references to tables that the file does not bring are left out.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.domain import nomenclature
from dashboard.ingest.journal import Constat, Declaration, Journal, SourceIllisible
from dashboard.ingest.suivi import charger, finaliser
from dashboard.ingest.suivi_lecture import inserer_lignes, litteral, requete

RACINE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Bilan:
    """What became of the rows of one table (read = kept + out of scope + rejected)."""

    tableau: str
    feuille: str
    lues: int
    retenues: int
    hors_champ: int = 0

    @property
    def rejetees(self) -> int:
        """Rows read and not kept, though in scope."""
        return self.lues - self.retenues - self.hors_champ


@dataclass(frozen=True, slots=True)
class Verification:
    """Result of a check; ``motif`` is set when the file as a whole cannot be used."""

    bilans: tuple[Bilan, ...]
    constats: tuple[Constat, ...]
    motif: str | None = None

    @property
    def utilisable(self) -> bool:
        """Tell whether at least one row would be loaded."""
        return self.motif is None and any(bilan.retenues for bilan in self.bilans)


def verifier(chemin: Path, correspondance: str = "gabarit", racine: Path = RACINE) -> Verification:
    """Run the loader on a file or folder and return its counts and findings, in reading order.

    ``racine`` holds ``data/`` (mappings, code lists, CPV table) and ``geo/territoires.csv``;
    a reference file that is absent is simply not checked against. Never raises for a bad file.
    """
    with duckdb.connect(":memory:") as con:
        _references(con, racine)
        journal, motif = Journal(con), None
        declaration = Declaration(chemin, "suivi", correspondance=correspondance)
        try:
            charger(con, declaration, journal, secrets.token_bytes(32), racine / "data" / "mappings")
        except SourceIllisible as erreur:
            motif = str(erreur)
        finaliser(con, journal, partielle=True)
        bilans = con.execute("SELECT tableau, feuille, lues, retenues FROM suivi_lecture").fetchall()
        constats = con.execute(
            "SELECT nature, regle, message, feuille, ligne, colonne, valeur FROM constat "
            "ORDER BY nature = 'avertissement', feuille, ligne NULLS FIRST, colonne"
        ).fetchall()
    return Verification(tuple(Bilan(*b) for b in bilans), tuple(Constat(*c) for c in constats), motif)


def _references(con: duckdb.DuckDBPyConnection, racine: Path) -> None:
    con.execute(requete("references_verification"))
    listes = nomenclature.charger(racine / "data" / "nomenclatures")
    lignes = [(nom, m.code, m.libelle, m.ordre) for nom, modalites in listes.items() for m in modalites]
    inserer_lignes(con, "nomenclature", lignes)
    territoires, cpv = racine / "geo" / "territoires.csv", racine / "data" / "reference" / "cpv_secteur.csv"
    if territoires.exists():
        con.execute(requete("references_communes", territoires=litteral(str(territoires))))
    if cpv.exists():
        con.execute(
            "INSERT INTO ref_cpv_secteur SELECT prefixe, secteur FROM read_csv(?, all_varchar = true, header = true)",
            [str(cpv)],
        )
