"""The page « Mon diaporama »: what never changes of it, as HTML put in place once by ``assets/diaporama.js``."""

from __future__ import annotations

from dash import dcc, html

from dashboard.export.limites import DIAPOS_MAX, TITRE_MAX
from dashboard.ui import rendu

MODELE = "diaporama.html"


def page() -> html.Div:
    """The empty page, and what the browser writes in it."""
    return html.Div(
        [
            dcc.Store(id="diaporama-squelette", data=rendu.marque(MODELE, "page", DIAPOS_MAX, TITRE_MAX)),
            html.H1("Mon diaporama", className="question"),
            html.Div(id="diaporama"),
        ],
        id="page-diaporama",
        className="page-fiche page-diaporama",
    )
