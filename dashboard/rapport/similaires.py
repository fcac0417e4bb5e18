"""Which territories resemble a territory: the same level, and the closest on four measures.

Population and density are compared by ratios (logarithms), hours per inhabitant too; the share of the hours in
construction as it is. Each measure is divided by its spread over the level, so that none weighs more than another;
a measure that one of the two territories does not have is left out of their distance. Boundary: numbers, no word.
"""

from __future__ import annotations

from math import log, log1p, sqrt
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.domain.territoire import Territoire
    from dashboard.rapport.niveaux import Valeurs

#: Territories shown beside one.
COMBIEN = 3
#: The measures, in the order they are said; the first two exist for every territory.
MESURES = ("population", "densité", "heures pour 1 000 habitants", "part des heures hors BTP")

Profil = tuple[float | None, ...]


def profil(t: Territoire, valeurs: Valeurs) -> Profil:
    """The four measures of a territory, on the scale where they are compared; ``None`` when one does not exist."""
    heures, hors_btp = valeurs.nombre("heures_hab"), valeurs.nombre("part_hors_btp")
    habitants, surface = max(t.population, 1), max(t.superficie_km2, 0.01)
    return log(habitants), log(habitants / surface), None if heures is None else log1p(heures), hors_btp


def similaires(
    code: str, territoires: Mapping[str, Territoire], valeurs: Mapping[str, Valeurs], combien: int = COMBIEN
) -> list[str]:
    """Codes of the territories of the same level closest to one, the closest first; ties by code."""
    profils = {c: profil(territoires[c], v) for c, v in valeurs.items()}
    ecarts = [_dispersion(colonne) for colonne in zip(*profils.values(), strict=True)]
    autres = [c for c in profils if c != code]
    return sorted(autres, key=lambda c: (distance(profils[code], profils[c], ecarts), c))[:combien]


def _dispersion(valeurs: tuple[float | None, ...]) -> float:
    """Standard deviation of the values known; 1 when they are all the same."""
    connues = [v for v in valeurs if v is not None]
    milieu = fmean(connues) if connues else 0.0
    return sqrt(fmean((v - milieu) ** 2 for v in connues)) if len({*connues}) > 1 else 1.0


def distance(a: Profil, b: Profil, ecarts: list[float]) -> float:
    """Root of the mean squared gap on the measures that both territories have."""
    carres = [((x - y) / e) ** 2 for x, y, e in zip(a, b, ecarts, strict=True) if x is not None and y is not None]
    return sqrt(sum(carres) / len(carres)) if carres else float("inf")
