"""A chart as PowerPoint's own: editable, with its numbers in the workbook it carries. Draws what ``contenu.graphique``
has decided; a masked or missing cell is a gap, in the drawing and in that workbook.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.domain import francais as fr
from dashboard.export.couleurs import couleurs
from dashboard.export.diaporama_theme import Cadre, rgb
from dashboard.export.tableau import arrondir, neutraliser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.contenu.graphique import Genre, Graphique
    from dashboard.contenu.tableau import Format

GENRES: dict[Genre, Any] = {
    "barres": XL_CHART_TYPE.BAR_CLUSTERED,
    "barres_empilees": XL_CHART_TYPE.BAR_STACKED,
    "colonnes": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "colonnes_empilees": XL_CHART_TYPE.COLUMN_STACKED,
    "courbe": XL_CHART_TYPE.LINE,
}
#: Codes of the numbers of the labels and of the axis; a French PowerPoint writes « 1 234,5 » and « 12 % » from them.
CODES: dict[Format, str] = {"entier": "#,##0", "decimal": "#,##0.0", "part": "0\u00a0%"}
#: Letters of a category; width of a letter and room of the axis of values, in inches.
LETTRES, LETTRE, AXE = 42, 0.1, 0.9
#: Value from which the axis of a decimal is written in whole numbers.
ENTIERS = 20
#: Steps between two labels of time (months, years); round steps of an axis; how many it has, upright or lying.
PAS, ROND, GRADUATIONS, COUCHEES = (2, 3, 6, 12, 24, 36, 48, 60, 120), (1, 2, 2.5, 5, 10), 4, 3
#: Series that are no count: what is projected, what is aimed at.
POINTILLES = ("projet", "projection", "objectif")
#: Months of an axis: « janv. 2025 ».
ABREGES = dict(zip(fr.MOIS, ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
                             "déc."), strict=True))  # fmt: skip


def poser(diapo: Any, g: Graphique, cadre: Cadre, description: str) -> None:
    """Put the chart in a place of a slide; ``description`` is its text alternative."""
    donnees = CategoryChartData(number_format=CODES.get(g.forme, "General"))
    donnees.categories = [neutraliser(nom) for nom in _noms(g.categories)]
    for serie in g.series:
        valeurs = [None if v is None else float(arrondir(v, g.forme)) for v in serie.valeurs]
        donnees.add_series(neutraliser(serie.nom), valeurs)
    forme = diapo.shapes.add_chart(GENRES[g.genre], *cadre.emu, donnees)
    forme.name = "Graphique"
    forme._element.nvGraphicFramePr.cNvPr.set("descr", fr.composer(description))
    graphique = forme.chart
    graphique.font.size, graphique.font.color.rgb = Pt(11), rgb("muted")
    graphique.has_title = False
    _legende(graphique, len(g.series) > 1)
    _colorer(graphique, g)
    _axes(graphique, g, cadre.l)


def _court(texte: str) -> str:
    mois, _, annee = texte.partition(" ")
    if mois in ABREGES and annee.isdigit():
        return f"{ABREGES[mois]} {annee}"
    if len(texte) <= LETTRES:
        return texte
    moitie = LETTRES // 2 - 1  # names often differ by their end: « … à Massy », « … à Paris »
    debut, fin = texte[:moitie].rpartition(" ")[0], texte[-moitie:].partition(" ")[2]
    return f"{debut or texte[:moitie]} … {fin or texte[-moitie:]}"


def _noms(categories: Sequence[str]) -> list[str]:
    """Short names of the categories; one that is cut like another is written in full."""
    courts = [_court(c) for c in categories]
    return [court if courts.count(court) == 1 else c for court, c in zip(courts, categories, strict=True)]


def _legende(graphique: Any, plusieurs: bool) -> None:
    graphique.has_legend = plusieurs
    if plusieurs:
        graphique.legend.position, graphique.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        graphique.legend.font.size = Pt(11)


def _colorer(graphique: Any, g: Graphique) -> None:
    trace = graphique.plots[0]
    for serie, nom in zip(trace.series, couleurs([s.nom for s in g.series]), strict=True):
        if g.genre == "courbe":
            serie.smooth = False
            serie.format.line.width, serie.format.line.color.rgb = Pt(2.25), rgb(nom)
            if any(mot in serie.name.lower() for mot in POINTILLES):
                serie.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        else:
            serie.format.fill.solid()
            serie.format.fill.fore_color.rgb = rgb(nom)
            serie.invert_if_negative = False
    if g.genre != "courbe":
        trace.gap_width = 45 if len(g.series) == 1 else 60
        trace.overlap = 100 if g.genre.endswith("_empilees") else -5 if len(g.series) > 1 else 0
        if _etiquete(g):
            _etiquettes(trace, g)


def _etiquete(g: Graphique) -> bool:
    """Whether each bar says its number: a single series; several are read on the axis, and in the table."""
    return len(g.series) == 1


def _etiquettes(trace: Any, g: Graphique) -> None:
    trace.has_data_labels = True
    trace.data_labels.number_format, trace.data_labels.number_format_is_linked = CODES.get(g.forme, "General"), False
    trace.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    trace.data_labels.font.size, trace.data_labels.font.color.rgb = Pt(11), rgb("ink")


def _axes(graphique: Any, g: Graphique, largeur: float) -> None:
    categories, valeurs = graphique.category_axis, graphique.value_axis
    categories.format.line.color.rgb = rgb("line")
    categories.major_tick_mark = categories.minor_tick_mark = XL_TICK_MARK.NONE
    categories.tick_labels.font.size, categories.tick_labels.font.color.rgb = Pt(11), rgb("ink")
    categories.has_major_gridlines = False
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.reverse_order = g.genre.startswith("barres")  # the first row of the table on top
    besoin = len(g.categories) * (max(len(_court(c)) for c in g.categories) * LETTRE + 0.1)
    if g.genre == "courbe" and besoin > largeur - AXE:
        voulu = math.ceil(besoin / (largeur - AXE))
        categories.tick_labels.font.size = Pt(10)
        _espacer(categories, next((pas for pas in PAS if pas >= voulu), voulu))
    valeurs.minimum_scale = 0 if all(v is None or v >= 0 for s in g.series for v in s.valeurs) else None
    valeurs.visible = not _etiquete(g) or g.genre == "courbe"
    valeurs.has_major_gridlines = valeurs.visible
    if valeurs.visible:
        valeurs.major_gridlines.format.line.color.rgb = rgb("line")
        valeurs.format.line.fill.background()
        valeurs.major_tick_mark = XL_TICK_MARK.NONE
        haut = _haut(g)
        if valeurs.minimum_scale == 0 and haut > 0:
            valeurs.major_unit = _graduation(
                haut, COUCHEES if g.genre.startswith("barres") else GRADUATIONS, entiere=g.forme == "entier"
            )
        code = CODES["entier"] if g.forme == "decimal" and haut >= ENTIERS else CODES.get(g.forme, "General")
        valeurs.tick_labels.number_format, valeurs.tick_labels.number_format_is_linked = code, False
        if g.genre.startswith("barres"):
            valeurs.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # the order is reversed: high is the bottom


def _haut(g: Graphique) -> float:
    """The largest number that the axis has to reach."""
    rangees = [[v for v in r if v is not None] for r in zip(*(s.valeurs for s in g.series), strict=True)]
    return max((sum(r) if g.genre.endswith("_empilees") else max(r) for r in rangees if r), default=0.0)


def _graduation(haut: float, combien: int, *, entiere: bool) -> float:
    """A round step that makes a few graduations: every program would choose its own, some so close that they touch."""
    dizaine = 10.0 ** math.floor(math.log10(haut / combien))
    pas = next(r * dizaine for r in ROND if r * dizaine >= haut / combien * 0.999)
    return max(1.0, float(math.ceil(pas))) if entiere else pas


def _espacer(axe: Any, pas: int) -> None:
    """One label every ``pas`` categories, so that months can be read."""
    element = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{pas}"/>')
    suivant = next((e for e in axe._element if e.tag.endswith(("}tickMarkSkip", "}noMultiLvlLbl"))), None)
    if suivant is None:
        axe._element.append(element)
    else:
        suivant.addprevious(element)
