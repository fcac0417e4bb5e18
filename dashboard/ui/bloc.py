"""The bloc: title, figure, table twin, caption, definition and downloads, made by one function: none is forgotten.

Few Dash components on purpose: each one listens to every change of the page. What never changes in a bloc
(its tools, its texts' places) is HTML put in place once, from :func:`squelette`.
"""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.figures.theme import CONFIG
from dashboard.ui import rendu


def bloc(ident: str, largeur: str, corps: Any, *, choix: bool = False) -> html.Section:
    """An empty bloc, filled by ``assets/rendu.js``; ``corps`` holds its figure, ``choix`` its settings."""
    enfants = [
        html.Header(id=f"{ident}-entete"),
        *([html.Div(id=f"{ident}-choix", className="choix")] if choix else []),
        html.Div(corps, className="corps", id=f"{ident}-corps"),
        html.P(id=f"{ident}-vide", className="vide"),
        html.Div(id=f"{ident}-jumeau", className="jumeau", hidden=True),
        html.Div(id=f"{ident}-provenance", className="provenance", hidden=True),
        html.Footer(id=f"{ident}-pied"),
    ]
    attributs = {"data-bloc": ident, "aria-labelledby": f"{ident}-titre"}
    return html.Section(enfants, id=f"bloc-{ident}", className=f"bloc {largeur}", **attributs)


def squelette(ident: str) -> dict[str, str]:
    """What is put once in the header and in the footer of a bloc, by the suffix of the element."""
    return {"entete": rendu.entete_bloc(ident), "pied": rendu.pied_bloc(ident)}


def _vide(hauteur: int) -> dict[str, Any]:
    """What stands in a graph until the first answer: nothing, at the right height."""
    return {
        "data": [],
        "layout": {
            "height": hauteur, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
            "xaxis": {"visible": False}, "yaxis": {"visible": False},
        },
    }  # fmt: skip


def graphe(ident: str, description: str, hauteur: int = 300) -> html.Div:
    """The one way to place a Plotly figure: our configuration, keyboard reachable, with a text alternative."""
    return html.Div(
        dcc.Graph(id=ident, config=CONFIG, responsive=True, figure=_vide(hauteur)),
        className="graphe",
        style={"--hauteur": f"{hauteur}px"},
        role="img",
        tabIndex=0,
        **{"aria-label": description},
    )
