"""XLSX of a table of many rows: xlsxwriter makes the workbook, its rows are then written into its sheet as a stream.

xlsxwriter takes some ten microseconds a cell, half a minute for a hundred thousand rows. Here it writes everything
but those rows — the sheets, the formats, the headings and one row of samples, which says the number of each format
in the workbook — and the rows follow in the XML of the sheet (ECMA-376, part 1, 18.3.1), batch by batch: memory
stays flat, and each value of a column is written once a batch.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date
from html import escape
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Final

from dashboard.contenu.tableau import Cellule, Etat, Format
from dashboard.export.tableau import arrondisseur, par_colonne

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dashboard.contenu.flux import Lot
    from dashboard.export.tableau import Ecrivain

#: The sheet of the rows: the first of the workbook.
FEUILLE: Final = "xl/worksheets/sheet1.xml"
#: Level of compression: from 1 to 6 the file loses a tenth and takes twice the time.
COMPRESSION: Final = 2
#: Characters of a cell; day zero of Excel.
TEXTE_MAX: Final = 32_767
JOUR_ZERO: Final = date(1899, 12, 30).toordinal()
#: Rows written at once.
RANGEES: Final = 256
#: Rows of the model: the headings, then the samples.
ENTETE, ECHANTILLON = 1, 2

_CONTROLES: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
#: What makes a text more than itself in XML.
_A_VOIR: Final = re.compile("[&<>\x00-\x1f\ufffe\uffff]|_x")


def remplir(modele: IO[bytes], formats: Sequence[Format], lots: Iterable[Lot], suite: Sequence[str]) -> IO[bytes]:
    """The workbook of ``modele`` with its rows, then, after an empty one, the lines of ``suite``: a temporary file.

    In the model, the first row of :data:`FEUILLE` holds the headings, the second one sample of each column (whose
    format is that of the column) then one of a state; it is left out. Same rows, same bytes.
    """
    sortie = TemporaryFile()  # noqa: SIM115 - closed by who sends it
    with (
        zipfile.ZipFile(modele) as source,
        zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as cible,
    ):
        for entree in source.infolist():
            contenu = source.read(entree)
            if entree.filename != FEUILLE:
                cible.writestr(entree, contenu)
                continue
            with cible.open(FEUILLE, "w", force_zip64=True) as feuille:
                for morceau in _feuille(contenu.decode(), formats, lots, suite):
                    feuille.write(morceau.encode())
    sortie.seek(0)
    return sortie


def _feuille(xml: str, formats: Sequence[Format], lots: Iterable[Lot], suite: Sequence[str]) -> Iterator[str]:
    """The XML of the sheet: what precedes the samples, the rows, the lines under them, what follows the samples."""
    avant, reste = re.sub('<dimension ref="[^"]*"/>', "", xml).split(f'<row r="{ECHANTILLON}"', 1)
    echantillon, apres = reste.split("</row>", 1)
    *styles, etat = (int(s) for s in re.findall(r'<c r="[A-Z]+\d+" s="(\d+)"', echantillon))
    ecrivains = [_ecrivain(forme, style, etat) for forme, style in zip(formats, styles, strict=True)]
    yield avant
    numero = ENTETE
    gabarit = _gabarit(len(formats))
    for lot in lots:
        rangees = enumerate(par_colonne(lot, ecrivains), numero + 1)
        while morceaux := [gabarit.replace("#", str(i)) % cellules for i, cellules in islice(rangees, RANGEES)]:
            numero += len(morceaux)
            yield "".join(morceaux)
    for i, texte in enumerate(suite, numero + 2):
        yield f'<row r="{i}"><c r="A{i}"{_texte(texte)}</c></row>'
    yield apres


def _gabarit(colonnes: int) -> str:
    """A row, « # » being its number: each of its cells says where it is."""
    cellules = "".join(f'<c r="{_lettres(k)}#"%s</c>' for k in range(colonnes))
    return f'<row r="#">{cellules}</row>'


def _lettres(k: int) -> str:
    """Name of a column: 0 is A, 26 is AA."""
    return (_lettres(k // 26 - 1) if k >= 26 else "") + chr(ord("A") + k % 26)


def _ecrivain(forme: Format, style: int, etat: int) -> Ecrivain:
    """The rest of a cell of a column, from its attributes: a number or a date with its format, a state, or a text."""
    nombre, tete, tete_etat = arrondisseur(forme), f' s="{style}"><v>', f' s="{etat}"'

    def ecrire(valeur: Cellule | None) -> str:
        if valeur is None or isinstance(valeur, Etat):
            return f"{tete_etat}{_texte(valeur or Etat.NON_DISPONIBLE)}"
        if isinstance(valeur, str):
            return _texte(valeur)
        return f"{tete}{valeur.toordinal() - JOUR_ZERO if isinstance(valeur, date) else nombre(valeur)}</v>"

    return ecrire


def _texte(texte: str) -> str:
    """A text held in its cell, never a formula; what XML refuses is written as Excel does (« _x0007_ »)."""
    if len(texte) > TEXTE_MAX or _A_VOIR.search(texte):
        texte = escape(_CONTROLES.sub(_code, texte[:TEXTE_MAX]), quote=False)
    garder = ' xml:space="preserve"' if texte != texte.strip() or "\n" in texte else ""
    return f' t="inlineStr"><is><t{garder}>{texte}</t></is>'


def _code(trouve: re.Match[str]) -> str:
    brut = trouve[0]
    return f"_x{ord(brut):04X}_" if len(brut) == 1 else f"_x005F{brut}"
