"""What a bar of a light figure needs: the figure itself is drawn by :mod:`dashboard.ui.rendu`."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.contenu.tableau import Cellule


@dataclass(frozen=True, slots=True)
class Barre:
    """One bar: its code and label, the value drawn and its text, an optional second text, and what a click filters.

    ``reference`` is a second value drawn under the first, on the same scale (engaged under realised).
    """

    code: str
    libelle: str
    valeur: Cellule
    texte: str
    second: str | None = None
    filtre: str | None = None
    choisie: bool = False
    reference: Cellule | None = None
