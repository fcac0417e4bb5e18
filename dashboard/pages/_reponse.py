"""What every page with blocs registers: the callback that answers, and the one that puts the answer in place.

Each page module keeps its address, its title and how its blocs are drawn; the rest is here, once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import callback, clientside_callback, html

from dashboard.figures.theme import Theme
from dashboard.ui.page import ENTREES, ENTREES_FICHE, POSER, Page


def relier(page: Page) -> Callable[..., html.Div]:
    """Register the callbacks of a page, or of a sheet (whose object is in its path); returns its ``layout``."""
    if page.contenu.fiche:

        @callback(output=page.sorties(), inputs=ENTREES_FICHE)
        def afficher_fiche(pathname: str | None, search: str | None, theme: Theme | None) -> dict[str, Any]:
            return page.repondre_fiche(pathname, search, theme)
    else:

        @callback(output=page.sorties(), inputs=ENTREES)
        def afficher(search: str | None, theme: Theme | None) -> dict[str, Any]:
            return page.repondre(search, theme)

    clientside_callback(POSER, *page.a_poser())

    def layout(**_parametres: str) -> html.Div:
        """The page, empty: the callback fills it from the address."""
        return page.layout()

    return layout
