"""« Mon diaporama »: the figures collected while browsing, in order, ready for a PowerPoint file.

The list lives in the browser (``assets/diaporama.js``); the server only knows it when it is asked for the file.
"""

from __future__ import annotations

import dash
from dash import ClientsideFunction, Input, Output, clientside_callback, html

from dashboard.ui import diaporama

dash.register_page(
    __name__, path="/diaporama", title="Mon diaporama · Observatoire des clauses sociales", name="Mon diaporama",
    order=30, description="Les figures choisies, dans l’ordre voulu, en PowerPoint modifiable.",
)  # fmt: skip


def layout(**_parametres: str) -> html.Div:
    """The page: its list is put in place by the browser."""
    return diaporama.page()


# An output, so that the callback runs when the page comes: Dash finds the first calls by their outputs.
clientside_callback(
    ClientsideFunction("diaporama", "montrer"), Output("diaporama", "className"), Input("diaporama-squelette", "data")
)
