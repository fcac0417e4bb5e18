"""The table of many rows: sorted, filtered and searched in the browser, with AG Grid in French.

A page that shows one says so when it registers (``grille=True``): the library is sent to those pages only
(see ``app`` and ``assets/filtres.js``). Boundary: columns and rows come ready; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_ag_grid as dag
from dash import html

Rangee = dict[str, Any]

#: Rows sent to the browser; beyond, the page says how many are left out, and the CSV holds them all.
LIGNES_MAX = 3000

#: What AG Grid says, in French.
TEXTES: Mapping[str, str] = {
    "noRowsToShow": "Aucune ligne",
    "noMatchingRows": "Aucune ligne ne correspond",
    "loadingOoo": "Chargement…",
    "filterOoo": "Filtrer…",
    "contains": "Contient",
    "notContains": "Ne contient pas",
    "equals": "Égal à",
    "notEqual": "Différent de",
    "startsWith": "Commence par",
    "endsWith": "Finit par",
    "blank": "Vide",
    "notBlank": "Non vide",
    "lessThan": "Inférieur à",
    "lessThanOrEqual": "Inférieur ou égal à",
    "greaterThan": "Supérieur à",
    "greaterThanOrEqual": "Supérieur ou égal à",
    "inRange": "Entre",
    "inRangeStart": "De",
    "inRangeEnd": "À",
    "andCondition": "Et",
    "orCondition": "Ou",
    "applyFilter": "Appliquer",
    "resetFilter": "Réinitialiser",
    "clearFilter": "Effacer",
    "cancelFilter": "Annuler",
    "ariaSortableColumn": "Entrée pour trier",
    "ariaFilterColumn": "Ctrl + Entrée pour filtrer",
    "ariaFilterInput": "Filtre",
    "ariaColumnFiltered": "Colonne filtrée",
}


def colonne(champ: str, titre: str, largeur: int, genre: str = "texte", **options: Any) -> dict[str, Any]:
    """A column: ``genre`` texte, lien (goes to the row’s ``lien``), nombre, part (0–1) or date (ISO)."""
    commun: dict[str, Any] = {"field": champ, "headerName": titre, "width": largeur, "minWidth": 60}
    genres: dict[str, dict[str, Any]] = {
        "texte": {"filter": "agTextColumnFilter"},
        "lien": {"filter": "agTextColumnFilter", "cellRenderer": "Lien", "pinned": None},
        "nombre": {"filter": "agNumberColumnFilter", "type": "rightAligned",
                   "valueFormatter": {"function": "nombre(params.value)"}},
        "part": {"filter": "agNumberColumnFilter", "type": "rightAligned",
                 "valueFormatter": {"function": "part(params.value)"}},
        "date": {"filter": "agTextColumnFilter", "valueFormatter": {"function": "jour(params.value)"}},
    }  # fmt: skip
    return commun | {c: v for c, v in genres[genre].items() if v is not None} | options


def grille(ident: str, colonnes: Sequence[dict[str, Any]], hauteur: int, description: str) -> html.Div:
    """The table, empty, under its search box; the callback of the page gives it its rows."""
    recherche = html.Div(id=f"{ident}-recherche", className="recherche-grille")
    table = dag.AgGrid(
        id=f"{ident}-grille",
        columnDefs=list(colonnes),
        rowData=[],
        defaultColDef={"sortable": True, "resizable": True, "filter": True},
        dashGridOptions={
            "localeText": dict(TEXTES), "animateRows": False, "suppressColumnVirtualisation": False,
            "enableCellTextSelection": True, "ensureDomOrder": True,
        },
        style={"height": f"{hauteur}px", "width": "100%"},
        className="ag-observatoire",
    )  # fmt: skip
    return html.Div([recherche, table], role="region", **{"aria-label": description})
