"""Callbacks of the frame, shared by all pages: URL ↔ widgets in the browser, search on the server."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update

from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.domain.selection import depuis_url
from dashboard.ui import recherche
from dashboard.ui.contexte import instantane_ou_present
from dashboard.ui.filtres import WIDGETS


def relier(app: Dash) -> None:
    """Register the callbacks of the frame on the application."""
    _relier_url(app)
    _relier_recherche(app)


def _relier_url(app: Dash) -> None:
    """URL ↔ widgets, in the browser."""
    app.clientside_callback(
        ClientsideFunction("filtres", "versWidgets"),
        [Output(i, "value", allow_duplicate=True) for i in WIDGETS],
        Input("url", "search"),
        Input("table-filtres", "data"),
        # A dropdown forgets a value it has no option for: said again once the option is there.
        *[Input(f"f-{cle}", "options") for cle in ("territoire", "acheteur")],
        prevent_initial_call="initial_duplicate",
        optional=True,
    )
    app.clientside_callback(
        ClientsideFunction("filtres", "versUrl"),
        *[Input(i, "value") for i in WIDGETS],
        optional=True,
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("filtres", "rechercher"),
        Output("recherche", "value"),
        Input("recherche", "value"),
        optional=True,
    )

    app.clientside_callback(
        ClientsideFunction("filtres", "intitule"),
        Output("bouton-filtres", "children"),
        Input("url", "search"),
        optional=True,
    )


def _relier_recherche(app: Dash) -> None:
    """What is typed → what is proposed, on the server."""

    @app.callback(
        Output("recherche", "options"), Input("recherche", "search_value"), State("url", "search"), optional=True
    )
    def chercher_partout(saisie: str | None, search: str | None) -> Any:
        source, _ = instantane_ou_present(search or "")
        return recherche.chercher(source, saisie) if saisie and len(saisie) > 1 else []

    @app.callback(
        Output("f-territoire", "options"),
        Output("f-acheteur", "options"),
        Input("url", "search"),
        Input("f-territoire", "search_value"),
        Input("f-acheteur", "search_value"),
        State("f-territoire", "options"),
        State("f-acheteur", "options"),
        optional=True,
    )
    def proposer(
        search: str | None, territoire: str | None, acheteur: str | None, connus: list[Any], acheteurs: list[Any]
    ) -> Any:
        source, _ = instantane_ou_present(search or "")
        selection = depuis_url(search or "", source.referentiel).selection
        niveau = source.referentiel.territoires[selection.territoire].niveau
        choisi = [f"{CLES_TERRITOIRE[niveau]}:{selection.territoire}"] if niveau in CLES_TERRITOIRE else []
        ou = recherche.index(source)
        tape = ctx.triggered_id != "url"
        return (
            _options(ou.territoires, territoire, choisi, connus, tape),
            _options(ou.acheteurs, acheteur, selection.acheteurs, acheteurs, tape),
        )


def _options(
    entrees: tuple[recherche.Entree, ...], saisie: str | None, choisis: Collection[str], connues: list[Any], tape: bool
) -> Any:
    """Options of a long list; none when the browser already has what the URL asks: drawing a list again costs."""
    if not tape and connues and set(choisis) <= {option["value"] for option in connues}:
        return no_update
    return recherche.proposer(entrees, saisie, choisis)
