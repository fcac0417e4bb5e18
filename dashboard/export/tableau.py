"""CSV of a bloc: for a French spreadsheet (BOM, semicolons, decimal commas), or for a program (commas, points)."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from dashboard.contenu.tableau import Bloc, Cellule, Etat, Format
from dashboard.domain import francais as fr

if TYPE_CHECKING:
    from decimal import Decimal

#: A cell starting with one of these could be run as a formula by a spreadsheet.
FORMULES = ("=", "+", "-", "@", "\t", "\r")
#: Hours and counts are written as whole numbers, shares with this many decimals.
DECIMALES_PART = 4


def arrondir(valeur: float, forme: Format) -> Decimal:
    """The number that every file writes for a cell: the same in CSV, workbooks and slides."""
    return fr.arrondi(valeur, {"part": DECIMALES_PART, "decimal": 1}.get(forme, 0))


def neutraliser(texte: str) -> str:
    """A text that no spreadsheet can take for a formula."""
    return f"'{texte}" if texte.startswith(FORMULES) else texte


def _ecrire(valeur: Cellule, forme: Format, virgule: str = ",") -> str:
    if isinstance(valeur, Etat):
        return str(valeur)
    if isinstance(valeur, str):
        return neutraliser(valeur)
    if isinstance(valeur, date):
        return f"{valeur:%Y-%m}"
    return f"{arrondir(valeur, forme)}".replace(".", virgule)


def csv_de(bloc: Bloc) -> str:
    """The table of a bloc, followed after an empty line by its title, its selection and its caption."""
    sortie = io.StringIO()
    sortie.write("\ufeff")
    plume = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    plume.writerow([c.libelle for c in bloc.tableau.colonnes])
    for ligne in bloc.tableau.lignes:
        plume.writerow([_ecrire(v, c.format) for v, c in zip(ligne, bloc.tableau.colonnes, strict=True)])
    plume.writerow([])
    plume.writerow([f"{bloc.titre} — {bloc.sous_titre}"])
    plume.writerow([bloc.legende])
    return sortie.getvalue()


def csv_machine(bloc: Bloc) -> str:
    """The table alone, for a program: no BOM, commas, decimal points, machine names of the columns, months AAAA-MM.

    A masked or missing cell holds its status (« s », « nd »), never a number; what the columns mean is in the
    metadata beside (:mod:`dashboard.export.metadonnees`).
    """
    sortie = io.StringIO()
    plume = csv.writer(sortie, lineterminator="\n")
    plume.writerow([c.cle for c in bloc.tableau.colonnes])
    for ligne in bloc.tableau.lignes:
        plume.writerow([_ecrire(v, c.format, ".") for v, c in zip(ligne, bloc.tableau.colonnes, strict=True)])
    return sortie.getvalue()
