"""Key figures: a value over the period, the same over the period before, one value a year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Annees = Mapping[int, float | None]


@dataclass(frozen=True, slots=True)
class ChiffreCle:
    """One key figure; ``ident`` is that of its indicator.

    ``statut`` is ``valeur``, ``s`` or ``nd``; shares are fractions; ``serie`` maps a year to a value or ``None``;
    ``note``, written by a page, stands where there is no period to compare with.
    """

    ident: str
    valeur: float | None
    statut: str
    precedent: float | None
    serie: dict[int, float | None]
    note: str = ""


def indisponible(ident: str) -> ChiffreCle:
    """A figure that does not exist for this selection."""
    return ChiffreCle(ident, None, "nd", None, {})


def somme(serie: Annees, periode: tuple[int, int] | None) -> float | None:
    """Sum over the years of a period (an absent year is a zero); ``None`` when one of them is masked."""
    if periode is None:
        return None
    valeurs = [serie.get(a, 0.0) for a in range(periode[0], periode[1] + 1)]
    return None if None in valeurs else float(sum(v for v in valeurs if v is not None))


def periode_precedente(periode: tuple[int, int], annees: Collection[int]) -> tuple[int, int] | None:
    """The period of same length just before, when the data cover all of it."""
    debut, fin = periode
    avant = range(debut - (fin - debut + 1), debut)
    return (avant[0], avant[-1]) if all(a in annees for a in avant) else None
