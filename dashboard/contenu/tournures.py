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


def etendue(quoi: str, bas: tuple[str, float], haut: tuple[str, float]) -> str:
    """« Considération sociale : de 1 % (fournitures) à 34 % (nettoyage) », from two names and their shares.

    One share only when both are written alike.
    """
    if fr.pourcent(bas[1]) != fr.pourcent(haut[1]):
        return f"{quoi} : de {_dite(bas)} à {_dite(haut)}"
    return f"{quoi} : {_dite(haut)}" if bas[0] == haut[0] else f"{quoi} : {fr.pourcent(haut[1])} partout"


def _dite(part: tuple[str, float]) -> str:
    return f"{fr.pourcent(part[1])} ({part[0]})"
