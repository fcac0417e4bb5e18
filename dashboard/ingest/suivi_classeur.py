"""Bring the sheets of a workbook (XLSX, and what python-calamine also opens) into temporary tables.

Cells become the text that the mapping expects (decimal separator, ISO dates); rows keep
their number in the sheet. Nothing else is interpreted here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from dashboard.ingest.journal import Constat, SourceIllisible
from dashboard.ingest.suivi_lecture import Feuille, Ligne, deposer

Cellule = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def est_classeur(chemin: Path) -> bool:
    """Tell from its first bytes or its name whether a file is meant to be a workbook."""
    with chemin.open("rb") as flux:
        return flux.read(4) in _SIGNATURES or chemin.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".ods"}


def ouvrir(chemin: Path) -> CalamineWorkbook:
    """Open a workbook. Raises ``SourceIllisible`` when it is empty, truncated, protected or not a workbook."""
    if chemin.stat().st_size == 0:
        raise SourceIllisible(f"{chemin.name} : le fichier est vide.")
    try:
        return CalamineWorkbook.from_path(str(chemin))
    except CalamineError as erreur:
        message = f"{chemin.name} : classeur tronqué, protégé ou d’un autre format ; il ne peut pas être ouvert."
        raise SourceIllisible(message) from erreur


def titres(classeur: CalamineWorkbook, nom: str) -> list[str]:
    """Titles of a sheet: its first non-empty row (empty list when the sheet is empty or unreadable)."""
    try:
        lignes = _lignes(classeur.get_sheet_by_name(nom), ".")
        return next(lignes, (0, []))[1]
    except CalamineError:
        return []


def lire_feuille(
    con: duckdb.DuckDBPyConnection, classeur: CalamineWorkbook, nom: str, brut: str, decimale: str, temporaire: Path
) -> Feuille:
    """Read one sheet into the temporary table ``brut``; empty rows are skipped, not counted.

    Raises ``SourceIllisible`` when the sheet is empty or damaged.
    """
    try:
        lignes = _lignes(classeur.get_sheet_by_name(nom), decimale)
        _, premiere = next(lignes, (0, []))
        entetes = [titre.strip() for titre in premiere]
        while entetes and not entetes[-1]:
            entetes.pop()
        if not entetes:
            raise SourceIllisible(f"Feuille « {nom} » : elle est vide.")
        feuille = Feuille(nom, entetes, brut)
        deposer(con, lignes, feuille, temporaire)
    except CalamineError as erreur:
        raise SourceIllisible(f"Feuille « {nom} » : elle est abîmée et ne peut pas être lue.") from erreur
    return feuille


def feuille_absente(nom: str, presentes: list[str]) -> Constat:
    """The finding for a sheet that the mapping names and the workbook lacks."""
    message = f"La feuille « {nom} » manque. Feuilles présentes : {', '.join(presentes)}."
    return Constat("avertissement", "feuille_absente", message, nom)


def _lignes(feuille: CalamineSheet, decimale: str) -> Iterator[Ligne]:
    for numero, ligne in enumerate(feuille.iter_rows(), start=1):
        valeurs = [_texte(cellule, decimale) for cellule in ligne]
        if any(valeurs):
            yield numero, valeurs


def _texte(cellule: Cellule, decimale: str) -> str:
    if isinstance(cellule, str):
        return cellule
    if isinstance(cellule, bool):
        return "oui" if cellule else "non"
    if isinstance(cellule, float):
        return str(int(cellule)) if cellule.is_integer() else repr(cellule).replace(".", decimale)
    if isinstance(cellule, dt.datetime) and cellule.time() == dt.time():
        return cellule.date().isoformat()
    return str(cellule)
