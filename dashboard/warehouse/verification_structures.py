"""Check a list of inclusive structures before it is sent: the same loader and references, in memory, nothing kept.

Serves the command ``observatoire verifier``. Boundary: the rules are those of ``ingest.structures``; this module only
gives them a database and gathers what they say.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb

from dashboard.ingest import structures, structures_formats
from dashboard.ingest.journal import Constat, Declaration, Journal, SourceIllisible
from dashboard.ingest.structures_lecture import format_de
from dashboard.ingest.suivi_verification import Bilan, Verification
from dashboard.settings import Settings
from dashboard.warehouse import atelier
from dashboard.warehouse.fichiers_sql import texte


def reconnue(chemin: Path, reglages: Settings) -> bool:
    """Whether a file has the columns of a known list of structures (SIAE, GEIQ, EA, ESAT). Raises for no bad file."""
    formats = structures_formats.charger(reglages.correspondances)
    try:
        return bool(format_de(chemin, formats))
    except SourceIllisible:
        return False


def verifier(chemin: Path, reglages: Settings) -> Verification:
    """Run the loader on a list and return its counts and findings, rejects first, in the order of the file.

    Never raises for a bad file: ``motif`` then says in French why nothing of it can be read.
    """
    with duckdb.connect(":memory:") as con:
        atelier.preparer(con, reglages)
        journal = Journal(con)
        structures.preparer(con)
        try:
            structures.charger(con, Declaration(chemin, "structures"), journal, reglages.correspondances)
        except SourceIllisible as erreur:
            return Verification((), (), str(erreur))
        structures.finaliser(con, journal)
        comptes = con.execute(texte("travail", "verification_comptes")).fetchall()
        constats = con.execute(texte("travail", "verification_constats")).fetchall()
    bilans = tuple(Bilan(f"structures, {format_}", chemin.name, *nombres) for format_, *nombres in comptes)
    return Verification(bilans, tuple(replace(Constat(*c), feuille=chemin.name) for c in constats))
