"""Turns of phrase of the titles: a share said in tenths."""

from __future__ import annotations

from dashboard.domain import francais as fr

_DIXIEMES = ("", "Une", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf")


def sur_dix(fraction: float, nom: str, suite: str) -> str:
    """« Sept heures sur dix … »; the ends are said with « presque »."""
    dixiemes = round(fraction * 10)
    if dixiemes == 0:
        return f"Presque aucune {nom} {suite}"
    if dixiemes == 10:
        return f"Presque toutes les {nom}s {suite}"
    return f"{_DIXIEMES[dixiemes]} {fr.accord(dixiemes, nom)} sur dix {suite}"
