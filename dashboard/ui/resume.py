"""The head of a page: sentence, chips, notes on what the URL asked and could not have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import html

from dashboard.domain import francais as fr
from dashboard.domain.phrases import Morceau, Puce


def phrase(morceaux: Iterable[Morceau]) -> list[Any]:
    """The sentence, its strong parts in bold."""
    return [html.B(fr.composer(m.texte)) if m.fort else fr.composer(m.texte) for m in morceaux]


def puces(liste: Iterable[Puce]) -> list[Any]:
    """Chips, then what can be done with the whole selection."""
    enfants: list[Any] = []
    for puce in liste:
        retirer = [
            html.Button("×", type="button", **{"data-retire": puce.retire, "aria-label": f"Retirer {puce.libelle}"})
        ]
        enfants.append(
            html.Span(
                [puce.libelle, *(retirer if puce.retire else [])], className="chip" if puce.retire else "chip fixe"
            )
        )
    enfants.append(html.Button("Réinitialiser", type="button", className="lien", **{"data-reinitialise": ""}))
    enfants.append(html.Button("Copier le lien", type="button", className="lien", **{"data-copie-lien": ""}))
    return enfants


def notes(textes: Iterable[str]) -> list[Any]:
    """What was ignored in the URL, in words."""
    return [html.Span(fr.composer(t), className="note") for t in textes]
