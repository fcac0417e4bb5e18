"""The page for an address that does not exist."""

from __future__ import annotations

import dash
from dash import dcc, html

dash.register_page(__name__, title="Page introuvable", name="Page introuvable")


def layout(**_parametres: str) -> html.Div:
    """What happened, and the way out."""
    return html.Div(
        [
            html.H1("Cette page n’existe pas"),
            html.P("L’adresse est peut-être ancienne ou incomplète.", className="lede"),
            html.P(dcc.Link("Revenir à la vue d’ensemble", href="/")),
        ],
        className="page-seule",
    )
