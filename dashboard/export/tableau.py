"""CSV of a table: for a French spreadsheet (BOM, semicolons, decimal commas), or for a program (commas, points).

One writer for the table of a bloc and for a table too long to be held: batch by batch, each value of a column once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from dashboard.contenu.flux import de_bloc
from dashboard.contenu.tableau import Bloc, Cellule, Etat, Format
from dashboard.domain import francais as fr

if TYPE_CHECKING:
    from decimal import Decimal

    from dashboard.contenu.flux import Flux, Lot

#: A cell starting with one of these could be run as a formula by a spreadsheet.
FORMULES = ("=", "+", "-", "@", "\t", "\r")
#: Decimals written; hours and counts are whole numbers.
DECIMALES: Final[dict[Format, int]] = {"part": 4, "decimal": 1, "montant": 2}
#: From there on (or without a decimal point), the shortest writing of a number is not what its digits say.
GRAND: Final = 1e11
BOM: Final = "\ufeff"
#: What makes a field quoted, in the CSV of a spreadsheet, then in that of a program.
SPECIAUX: Final = (re.compile('[;"\r\n]'), re.compile('[,"\r\n]'))

Ecrivain = Callable[[Cellule | None], str]


def arrondir(valeur: float, forme: Format) -> Decimal:
    """The number that every file writes for a cell: the same in CSV, workbooks and slides."""
    return fr.arrondi(valeur, DECIMALES.get(forme, 0))


def arrondisseur(forme: Format) -> Callable[[float], str]:
    """The text of :func:`arrondir`, ten times faster: Python's own rounding, but where a number ends on a half."""
    decimales = DECIMALES.get(forme, 0)
    gabarit = f"%.{decimales}f"

    def ecrire(valeur: float) -> str:
        suite = repr(valeur).partition(".")[2]
        demi = len(suite) == decimales + 1 and suite[-1] == "5"
        if demi or not suite or "e" in suite or not -GRAND < valeur < GRAND:
            return str(arrondir(valeur, forme))
        return gabarit % valeur

    return ecrire


def neutraliser(texte: str) -> str:
    """A text that no spreadsheet can take for a formula."""
    return f"'{texte}" if texte.startswith(FORMULES) else texte


def ecrivain(forme: Format, *, machine: bool) -> Ecrivain:
    """How the cells of a column are written, quoted when the CSV needs it."""
    nombre, special, formules = arrondisseur(forme), SPECIAUX[machine].search, frozenset(FORMULES)

    def ecrire(valeur: Cellule | None) -> str:
        if isinstance(valeur, str):
            if valeur[:1] not in formules and special(valeur) is None and forme != "siret":
                return valeur  # nearly all of them
            if machine and forme == "siret":
                return valeur.replace(" ", "")
            return _champ(neutraliser(valeur), machine)
        if valeur is None:
            return Etat.NON_DISPONIBLE
        if isinstance(valeur, date):
            return _jour(valeur, machine) if forme == "jour" else valeur.isoformat()[:7]
        return nombre(valeur) if machine else nombre(valeur).replace(".", ",")

    return ecrire


def _champ(texte: str, machine: bool) -> str:
    """A field of a CSV (RFC 4180): between quotes when it holds a separator, a quote or an end of line."""
    return '"' + texte.replace('"', '""') + '"' if SPECIAUX[machine].search(texte) else texte


def _jour(jour: date, machine: bool) -> str:
    return jour.isoformat() if machine else f"{jour.day:02}/{jour.month:02}/{jour.year}"


def csv_de(bloc: Bloc) -> str:
    """The table of a bloc, followed after an empty line by its title, its selection and its caption."""
    return "".join(en_csv(de_bloc(bloc)))


def csv_machine(bloc: Bloc) -> str:
    """The table alone, for a program: no BOM, commas, decimal points, machine names of the columns, months AAAA-MM.

    A masked or missing cell holds its status (« s », « nd »), never a number; what the columns mean is in the
    metadata beside (:mod:`dashboard.export.metadonnees`).
    """
    return "".join(en_csv_machine(de_bloc(bloc)))


def en_csv(flux: Flux) -> Iterator[str]:
    """:func:`csv_de` piece by piece: the headings, a batch of rows a piece, then the lines under the table."""
    bloc = flux.bloc
    yield f"{BOM}{';'.join(_champ(neutraliser(c.libelle), False) for c in bloc.tableau.colonnes)}\r\n"
    yield from _corps(flux, machine=False)
    suite = (f"{bloc.titre} — {bloc.sous_titre}", bloc.legende, *flux.notes)
    yield "".join(f"{texte}\r\n" for texte in ("", *(_champ(neutraliser(t), False) for t in suite)))


def en_csv_machine(flux: Flux) -> Iterator[str]:
    """:func:`csv_machine` piece by piece."""
    yield ",".join(_champ(c.cle, True) for c in flux.bloc.tableau.colonnes) + "\n"
    yield from _corps(flux, machine=True)


def _corps(flux: Flux, *, machine: bool) -> Iterator[str]:
    """The batches, written."""
    ecrivains = [ecrivain(c.format, machine=machine) for c in flux.bloc.tableau.colonnes]
    separateur, fin = (",", "\n") if machine else (";", "\r\n")
    for lot in flux.lots():
        lignes = map(separateur.join, par_colonne(lot, ecrivains))
        yield "".join(f"{ligne}{fin}" for ligne in lignes)


def par_colonne(lot: Lot, ecrivains: Sequence[Ecrivain]) -> Iterator[tuple[str, ...]]:
    """The rows of a batch, each value of a column written once."""
    colonnes = zip(ecrivains, lot, strict=True)
    ecrites = (map([ecrire(v) for v in valeurs].__getitem__, rangs) for ecrire, (valeurs, rangs) in colonnes)
    return zip(*ecrites, strict=True)
