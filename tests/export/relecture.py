"""Reads back what the site hands out, each format by a library that did not write it, as rows of texts and numbers."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lxml import html
from pptx import Presentation
from python_calamine import CalamineWorkbook

from dashboard.domain import francais as fr

ETATS = ("s", "nd")
#: A number as the site writes it, its unit aside.
NOMBRE = re.compile(r"−?\d{1,3}(?:\u202f\d{3})*(?:,\d+)?(?:\u202f%)?")


@dataclass(frozen=True)
class Rangees:
    """A table read back: its headings, its rows, and what is written under it."""

    entetes: list[str]
    lignes: list[list[Any]]
    suite: list[str] = field(default_factory=list)


def jumeau(fragment: str) -> Rangees:
    """The twin of a page; ``suite`` is its caption."""
    table = html.fragment_fromstring(fragment)
    lignes = [["".join(c.itertext()) for c in ligne] for ligne in table.findall("tbody/tr")]
    return Rangees(
        ["".join(c.itertext()) for c in table.findall("thead/tr/th")], lignes, [table.findtext("caption", "")]
    )


def csv_francais(contenu: bytes) -> Rangees:
    """The CSV of people: BOM, semicolons, then an empty line and what it is."""
    assert contenu.startswith(b"\xef\xbb\xbf"), "les tableurs attendent cette marque"
    toutes = list(csv.reader(io.StringIO(contenu.decode("utf-8-sig"), newline=""), delimiter=";"))
    fin = toutes.index([])
    return Rangees(toutes[0], [list(ligne) for ligne in toutes[1:fin]], [li[0] for li in toutes[fin + 1 :]])


def csv_programme(contenu: bytes) -> Rangees:
    """The CSV of programs: no mark, commas, machine names."""
    assert not contenu.startswith(b"\xef\xbb\xbf")
    entetes, *lignes = csv.reader(io.StringIO(contenu.decode("utf-8"), newline=""))
    return Rangees(entetes, [list(ligne) for ligne in lignes])


def feuilles(contenu: bytes) -> dict[str, list[list[Any]]]:
    """Every sheet of a workbook, by name."""
    livre = CalamineWorkbook.from_filelike(io.BytesIO(contenu))
    return {nom: livre.get_sheet_by_name(nom).to_python(skip_empty_area=False) for nom in livre.sheet_names}


def classeur(contenu: bytes) -> Rangees:
    """The sheet « Données »: its table up to the empty line."""
    entetes, *lignes = feuilles(contenu)["Données"]
    fin = next(i for i, ligne in enumerate(lignes) if not any(c != "" for c in ligne))
    return Rangees([str(e) for e in entetes], lignes[:fin], [str(li[0]) for li in lignes[fin + 1 :]])


def textes_partages(contenu: bytes) -> set[str]:
    """Every text that a workbook holds, shown or not."""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        if "xl/sharedStrings.xml" not in archive.namelist():
            return set()
        racine = html.etree.fromstring(archive.read("xl/sharedStrings.xml"))
    return {"".join(t.text or "" for t in si.iter("{*}t")) for si in racine.iter("{*}si")}


def caches(xml: bytes) -> list[list[Decimal | None]]:
    """Numbers kept in a chart, series by series; ``None`` where a point has none."""
    racine = html.etree.fromstring(xml)
    series = []
    for serie in racine.iter("{*}ser"):
        cache = serie.find("{*}val/{*}numRef/{*}numCache")
        assert cache is not None
        points = {int(p.get("idx")): Decimal(p.findtext("{*}v")) for p in cache.iter("{*}pt") if p.findtext("{*}v")}
        series.append([points.get(i) for i in range(int(cache.find("{*}ptCount").get("val")))])
    return series


def noms_des_categories(xml: bytes) -> list[list[str]]:
    """Names of the categories kept in a chart, series by series."""
    racine = html.etree.fromstring(xml)
    return [[v.text or "" for v in s.findall("{*}cat//{*}pt/{*}v")] for s in racine.iter("{*}ser")]


# --- slides ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trace:
    """A native chart: the name and the values of each series, its categories, the workbook it carries."""

    categories: list[str]
    series: dict[str, list[float | None]]
    xml: bytes
    classeur: bytes


@dataclass(frozen=True)
class Diapo:
    """A slide read back: its title, its texts, its table and its chart if any."""

    titre: str
    textes: list[str]
    table: Rangees | None
    trace: Trace | None


def diapos(contenu: bytes) -> list[Diapo]:
    """The slides of figures of a deck: neither its opening, nor its method."""
    lues = [_diapo(d) for d in list(Presentation(io.BytesIO(contenu)).slides)[1:]]
    return [d for d in lues if not d.titre.startswith("Méthode et définitions")]


def _diapo(d: Any) -> Diapo:
    table = next((f.table for f in d.shapes if f.has_table), None)
    lignes = [[c.text for c in ligne.cells] for ligne in table.rows] if table else []
    trace = next((_trace(f.chart) for f in d.shapes if f.has_chart), None)
    textes = [f.text_frame.text for f in d.shapes if f.has_text_frame]
    return Diapo(d.shapes.title.text, textes, Rangees(lignes[0], lignes[1:]) if table else None, trace)


def _trace(chart: Any) -> Trace:
    trace = chart.plots[0]
    series = {s.name: list(s.values) for s in trace.series}
    return Trace(list(trace.categories), series, chart.part.blob, chart.part.chart_workbook.xlsx_part.blob)


def embarques(contenu: bytes) -> list[str]:
    """Parts of a deck that hold anything else than slides, pictures and styles."""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        return [n for n in archive.namelist() if re.search(r"embeddings|externalLinks|customXml|\.bin$", n)]


# --- cells -----------------------------------------------------------------------------------------


def nombre(texte: str) -> Decimal | None:
    """The number of a cell as the site writes it (« 1 234,5 », « 12 % » is 0.12); ``None`` when it is none."""
    if not NOMBRE.fullmatch(texte):
        return None
    brut = Decimal(re.sub(r"[\u202f%]", "", texte).replace("−", "-").replace(",", "."))
    return brut / 100 if texte.endswith("%") else brut


def arrondi(valeur: Decimal, pas: Decimal) -> Decimal:
    """A number rounded to a step, halves away from zero."""
    return (valeur / pas).quantize(Decimal(1), ROUND_HALF_UP) * pas


def est_un_nombre(cellule: str) -> bool:
    """Whether a cell of the French CSV is a number."""
    return bool(re.fullmatch(r"-?\d+(,\d+)?", cellule))


def brute(texte: str) -> str:
    """A cell of a CSV without the mark that keeps a spreadsheet from running it."""
    return texte[1:] if re.match(r"'[=+\-@\t\r]", texte) else texte


def comme_csv(valeur: Any, attendue: str) -> str:
    """A typed cell of a workbook written as the French CSV writes it."""
    if isinstance(valeur, date):
        return f"{valeur:%Y-%m}"
    if isinstance(valeur, float):
        decimales = len(attendue.partition(",")[2])
        return (
            f"{valeur:.{decimales}f}".replace(".", ",")
            if Decimal(repr(valeur)) == Decimal(f"{valeur:.{decimales}f}")
            else repr(valeur)
        )
    return str(valeur)


def comme_page(cellule: str, forme: str) -> str:
    """A cell of the French CSV in the words of the page: a month is written out."""
    return fr.mois(cellule) if forme == "mois" and re.fullmatch(r"\d{4}-\d\d", cellule) else cellule
