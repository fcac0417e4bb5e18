"""The bloc: title, figure, table twin, caption, definition and downloads, made by one function: none is forgotten."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.figures.theme import CONFIG


def _outils(ident: str) -> html.Div:
    entrees: list[Any] = [
        html.Button("Image PNG", type="button", **{"data-export": "png"}),
        html.Button("Image vectorielle SVG", type="button", **{"data-export": "svg"}),
        html.A("Données CSV", id=f"{ident}-csv", href=f"/telecharger/{ident}.csv", **{"data-telecharge": "csv"}),
        html.Button("Copier le lien", type="button", **{"data-copie-lien": ""}),
    ]
    resume = html.Summary("⋯", **{"aria-label": "Télécharger ou partager ce bloc"})
    tableau = html.Button("Tableau", type="button", className="tw", **{"data-tableau": "", "aria-pressed": "false"})
    menu = html.Details([resume, html.Div(entrees, className="menu-liste")], className="menu")
    return html.Div([tableau, menu], className="tools")


def _definition() -> html.Button:
    return html.Button("D’où vient ce chiffre ?", type="button", className="lien", **{"data-definition": ""})


def bloc(ident: str, largeur: str, corps: Any, *, choix: bool = False) -> html.Section:
    """An empty bloc, filled by ``assets/rendu.js``; ``corps`` holds its figure, ``choix`` its settings."""
    entete = html.Header([html.Div([html.H2(id=f"{ident}-titre"), html.P(id=f"{ident}-sous-titre")]), _outils(ident)])
    enfants = [
        entete,
        *([html.Div(id=f"{ident}-choix", className="choix")] if choix else []),
        html.Div(corps, className="corps", id=f"{ident}-corps"),
        html.P(id=f"{ident}-vide", className="vide"),
        html.Div(id=f"{ident}-jumeau", className="jumeau", hidden=True),
        html.Div(id=f"{ident}-provenance", className="provenance", hidden=True),
        html.Footer([html.Span(id=f"{ident}-legende"), _definition()]),
    ]
    attributs = {"data-bloc": ident, "aria-labelledby": f"{ident}-titre"}
    return html.Section(enfants, id=f"bloc-{ident}", className=f"bloc {largeur}", **attributs)


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
        role="img",
        tabIndex=0,
        **{"aria-label": description},
    )
