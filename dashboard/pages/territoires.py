"""« Que se passe-t-il sur mon territoire ? »: any indicator, at any level, from the région to a commune."""

from __future__ import annotations

from typing import Any

import dash
from dash import callback, clientside_callback, html

from dashboard.contenu import territoires as contenu
from dashboard.figures.territoires import HAUTEUR_COURBES, HAUTEUR_FLUX
from dashboard.figures.theme import Theme
from dashboard.ui import territoires as vues
from dashboard.ui.page import ENTREES, POSER, Dessin, Page
from dashboard.ui.territoires_distribution import distribution

dash.register_page(
    __name__, path="/territoires", title="Territoires · Observatoire des clauses sociales", name="Territoires",
    onglet="Territoires", order=1,
    description="Heures, bénéficiaires, publics et marchés par département, EPT, EPCI et commune d’Île-de-France.",
)  # fmt: skip

PAGE = Page(
    contenu.PAGE,
    "Que se passe-t-il sur mon territoire ?",
    {
        "territoires-carte": Dessin("w8 haut", carte=vues.carte, choix=vues.choix_carte),
        "territoires-classement": Dessin("w4", html=vues.classement),
        "territoires-distribution": Dessin("w4", html=distribution),
        "territoires-evolution": Dessin(
            "w5", figure=vues.evolution, hauteur=HAUTEUR_COURBES,
            description="Courbes par année : territoire, département, région ; les mêmes nombres sont dans le tableau.",
        ),
        "territoires-flux": Dessin(
            "w7", figure=vues.flux, choix=vues.cle_flux, hauteur=HAUTEUR_FLUX,
            description="Flux du lieu de résidence au lieu d’exécution ; les mêmes nombres sont dans le tableau.",
        ),
    },
    fil=vues.fil,
)  # fmt: skip


def layout(**_parametres: str) -> html.Div:
    """The page, empty: the callback fills it from the URL."""
    return PAGE.layout()


@callback(output=PAGE.sorties(), inputs=ENTREES)
def afficher(search: str | None, theme: Theme | None) -> dict[str, Any]:
    """URL → everything the page shows."""
    return PAGE.repondre(search, theme)


clientside_callback(POSER, *PAGE.a_poser())
