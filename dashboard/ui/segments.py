"""Segmented control: a few exclusive views of the same bloc, kept in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html


def segments(cle: str, choix: Mapping[str, str], choisi: str, defaut: str, libelle: str) -> html.Div:
    """Buttons ``cle=code``; the browser sets the parameter (removes it for ``defaut``) and the page answers."""
    boutons: list[Any] = [
        html.Button(
            texte,
            type="button",
            **{
                "data-filtre": f"{cle}={'' if code == defaut else code}",
                "aria-pressed": "true" if code == choisi else "false",
            },
        )
        for code, texte in choix.items()
    ]
    return html.Div(boutons, className="lvl", role="group", **{"aria-label": libelle})
