"""Classes of a choropleth map: few, readable, with rounded breaks.

Quantiles rounded to two significant digits: every class holds about as many
territories, and the legend can be read aloud.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import quantiles

CLASSES_MAX = 7


def arrondi_lisible(valeur: float, chiffres: int = 2) -> float:
    """Round to ``chiffres`` significant digits: 1 234 567 → 1 200 000."""
    if valeur == 0:
        return 0.0
    return round(valeur, chiffres - 1 - math.floor(math.log10(abs(valeur))))


def bornes(valeurs: Sequence[float], classes: int = CLASSES_MAX) -> tuple[float, ...]:
    """Increasing inner breaks (at most ``classes - 1``) of the positive values; empty without contrast."""
    positives = sorted(v for v in valeurs if v > 0)
    voulues = min(classes, len(set(positives)))
    if voulues < 2:
        return ()
    brutes = quantiles(positives, n=voulues, method="inclusive")
    entieres = all(float(v).is_integer() for v in positives)  # a count of contracts has no half
    rondes = sorted({math.ceil(arrondi_lisible(b)) if entieres else arrondi_lisible(b) for b in brutes})
    return tuple(b for b in rondes if positives[0] < b <= positives[-1])


def classe(valeur: float, limites: Sequence[float]) -> int:
    """Class of a value: 0 below the first break, ``len(limites)`` from the last one on."""
    return bisect_right(limites, valeur)


def teintes(nombre: int) -> tuple[int, ...]:
    """Indexes, in a ramp of seven, of the tints of ``nombre`` classes, spread from light to dark."""
    if nombre <= 1:
        return (3,)
    return tuple(round(i * (CLASSES_MAX - 1) / (nombre - 1)) for i in range(nombre))


def intervalles(limites: Sequence[float]) -> list[tuple[float | None, float | None]]:
    """Bounds of each class, ``None`` at both open ends."""
    complet = [None, *limites, None]
    return list(pairwise(complet))
