"""« Les engagements du Grand Paris sont-ils tenus ? »: programmes, lines and lots, to their end."""

from __future__ import annotations

from typing import Any

import dash
from dash import callback, clientside_callback, html

from dashboard.contenu import projets as contenu
from dashboard.figures.projets import HAUTEUR_COURBE
from dashboard.figures.theme import Theme
from dashboard.ui import projets as vues
from dashboard.ui import projets_lots as lots
from dashboard.ui.page import ENTREES, POSER, Dessin, Page
from dashboard.ui.projets_carte import carte
from dashboard.ui.projets_colonnes import LOTS

dash.register_page(
    __name__, path="/projets", title="Grands projets · Observatoire des clauses sociales", name="Grands projets",
    onglet="Grands projets", order=4, grille=True,
    description="Heures dues, réalisées et projetées des programmes du Grand Paris, ligne par ligne et lot par lot.",
)  # fmt: skip

PAGE = Page(
    contenu.PAGE,
    "Les engagements du Grand Paris sont-ils tenus ?",
    {
        "projets-programmes": Dessin("w12", html=vues.programmes),
        "projets-courbe": Dessin(
            "w8", figure=vues.courbe, hauteur=HAUTEUR_COURBE,
            description="Heures engagées, réalisées et projetées, cumulées ; les mêmes nombres sont dans le tableau.",
        ),
        "projets-etats": Dessin("w4", html=lots.etats),
        "projets-multiples": Dessin("w12", html=vues.multiples),
        "projets-carte": Dessin("w7", carte=carte),
        "projets-publics": Dessin("w5", html=lots.parts),
        "projets-rapprochement": Dessin("w12", html=lots.rapprochement),
        "projets-pme": Dessin("w12", html=lots.pme),
        "projets-lots": Dessin(
            "w12", grille=lots.rangs, colonnes=LOTS, hauteur=520, choix=lots.choix_etats,
            description="Lots des programmes ; les mêmes lignes sont dans le tableau.",
        ),
    },
)  # fmt: skip


def layout(**_parametres: str) -> html.Div:
    """The page, empty: the callback fills it from the URL."""
    return PAGE.layout()


@callback(output=PAGE.sorties(), inputs=ENTREES)
def afficher(search: str | None, theme: Theme | None) -> dict[str, Any]:
    """URL → everything the page shows."""
    return PAGE.repondre(search, theme)


clientside_callback(POSER, *PAGE.a_poser())
