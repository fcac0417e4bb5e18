"""The sheet « Graphique » of a workbook: the chart of the bloc, native, on the numbers written beside it.

The chart reads its own small table rather than the sheet of the data: a text (« s », « nd ») in a range is drawn as a
zero by spreadsheets, an empty cell is a gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.contenu import graphique
from dashboard.export.classeur_feuilles import entetes
from dashboard.export.couleurs import couleurs
from dashboard.export.tableau import arrondir
from dashboard.figures.theme import JETONS

if TYPE_CHECKING:
    from dashboard.contenu.graphique import Graphique
    from dashboard.contenu.tableau import Bloc

NOM = "Graphique"
#: Kind of the chart → type and subtype of XlsxWriter.
GENRES = {
    "barres": {"type": "bar"},
    "barres_empilees": {"type": "bar", "subtype": "stacked"},
    "colonnes": {"type": "column"},
    "colonnes_empilees": {"type": "column", "subtype": "stacked"},
    "courbe": {"type": "line"},
}
CODES = {"entier": "#,##0", "decimal": "#,##0.0", "part": "0%"}
LACUNE = "Cellule vide : valeur masquée (s) ou non disponible (nd), voir la feuille « Données »."
#: Size of the chart in pixels: its width, its height for a line, for each bar, at the least and at the most.
LARGEUR, HAUTEUR, BARRE, HAUTEUR_MIN, HAUTEUR_MAX = 860, 420, 34, 300, 760


def ajouter(classeur: Any, bloc: Bloc, entete: Any, nombres: dict[str, Any]) -> Any:
    """Add the sheet when the bloc has a chart; returns it, ``None`` otherwise."""
    g = graphique.de(bloc)
    if g is None:
        return None
    feuille = classeur.add_worksheet(NOM)
    titres = [g.axe, *(s.nom for s in g.series)]
    entetes(feuille, titres, [34, *(16 for _ in g.series)], entete)
    valeurs = [s.valeurs for s in g.series]
    for i, categorie in enumerate(g.categories, 1):
        feuille.write_string(i, 0, categorie)
        for k, serie in enumerate(valeurs, 1):
            if (valeur := serie[i - 1]) is not None:
                feuille.write_number(i, k, float(arrondir(valeur, g.forme)), nombres[g.forme])
    notes = [g.reste, LACUNE if graphique.manquantes(g) else None, f"{bloc.titre} — {bloc.sous_titre}", bloc.legende]
    for i, note in enumerate((n for n in notes if n), len(g.categories) + 2):
        feuille.write_string(i, 0, note)
    feuille.insert_chart(1, len(g.series) + 2, _tracer(classeur, g, bloc))
    return feuille


def _tracer(classeur: Any, g: Graphique, bloc: Bloc) -> Any:
    trace = classeur.add_chart(GENRES[g.genre])
    for k, nom in enumerate(couleurs([s.nom for s in g.series]), 1):
        fin = len(g.categories)
        place = {"name": [NOM, 0, k], "categories": [NOM, 1, 0, fin, 0], "values": [NOM, 1, k, fin, k]}
        trace.add_series({**place, **_aspect(g, JETONS["light"][nom])})
    _axes(trace, g)
    trace.set_title({"name": bloc.titre, "name_font": {"size": 13, "color": JETONS["light"]["ink"]}})
    trace.set_legend({"none": True} if len(g.series) == 1 else {"position": "bottom"})
    trace.set_size({"width": LARGEUR, "height": _hauteur(g)})
    trace.set_chartarea({"border": {"none": True}})
    trace.show_blanks_as("gap")
    return trace


def _aspect(g: Graphique, couleur: str) -> dict[str, Any]:
    """Line or bars of a series; a single series of bars says its numbers."""
    if g.genre == "courbe":
        return {"line": {"color": couleur, "width": 2.25}}
    etiquettes = {"data_labels": {"value": True, "num_format": CODES[g.forme]}} if len(g.series) == 1 else {}
    return {"fill": {"color": couleur}, "gap": 50, **etiquettes}


def _axes(trace: Any, g: Graphique) -> None:
    jetons = JETONS["light"]
    police, grille = {"color": jetons["muted"], "size": 10}, {"visible": True, "line": {"color": jetons["line"]}}
    categories: dict[str, Any] = {"num_font": police, "major_tick_mark": "none"}
    mesure: dict[str, Any] = {
        "num_format": CODES[g.forme],
        "num_font": police,
        "major_gridlines": grille,
        "line": {"none": True},
    }
    if all(v is None or v >= 0 for s in g.series for v in s.valeurs):
        mesure["min"] = 0
    if g.genre.startswith("barres"):  # the first row of the table on top; the numbers stay at the bottom
        trace.set_y_axis({**categories, "reverse": True})
        trace.set_x_axis({**mesure, "label_position": "high"})
    else:
        trace.set_x_axis(categories)
        trace.set_y_axis(mesure)


def _hauteur(g: Graphique) -> int:
    if not g.genre.startswith("barres"):
        return HAUTEUR
    return min(max(140 + BARRE * len(g.categories) * (1 + len(g.series) // 3), HAUTEUR_MIN), HAUTEUR_MAX)
