"""How a running lot should end, by comparison with finished ones: numbers in, numbers out.

A lot is compared with the finished lots that were closest to it at the same share of their planned duration: same
share of the hours engaged already done, same size. What they still did is what it may still do. Build only (numpy);
neither the file nor the rules of a commitment belong here. Method, measures and limits: docs/methode/projection.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Reels = NDArray[np.float64]
    Entiers = NDArray[np.int64]
    Booleens = NDArray[np.bool_]

#: Shares of the planned duration at which the finished lots are looked at: up to twice the duration.
GRILLE: Reels = np.round(np.arange(0, 2.0001, 0.025), 3)
#: Under this number of finished lots there is no projection; under the second, a class borrows those of all classes.
LOTS_MIN = 30
CLASSE_MIN = 100
#: Lots compared with a lot: a tenth of its class, between these bounds.
VOISINS_MIN, VOISINS_MAX = 30, 80
#: Weight of the size: a lot 2.7 times larger is as far as a lot ahead by that share of its hours engaged.
POIDS_TAILLE = 0.1
#: Low, central and high final hours: eight lots in ten end between the first and the last.
QUANTILES = (0.1, 0.5, 0.9)
#: Share of the hours from which the reference curve is considered finished: the rest is a long tail of a few lots.
ACHEVE = 0.97


@dataclass(frozen=True, slots=True)
class Groupe:
    """Finished lots of a class: hours at each share of :data:`GRILLE` (n × grid), final and engaged hours (n).

    ``profil``: share of the final hours of all these lots done at each share of the duration, from 0 to 1.
    """

    trajectoires: Reels
    finales: Reels
    engagees: Reels
    profil: Reels

    def part(self, avancement: Reels) -> Reels:
        """Share of the final hours that a typical lot has done after these shares of its duration."""
        return np.interp(avancement, GRILLE, self.profil)

    def fin(self) -> float:
        """Share of the duration at which a typical lot has done practically all its hours (at least 1)."""
        return max(1.0, float(GRILLE[int(np.searchsorted(self.profil, ACHEVE))]))

    def restes(self, avancement: Reels, realisees: Reels, engagees: Reels) -> Reels:
        """Hours still to come, m × 3 (:data:`QUANTILES`), never negative, for m running lots.

        ``engagees`` must be positive. The lots at the same distance as the last one retained are retained too:
        the result does not depend on the order of the lots.
        """
        voisins = int(np.clip(len(self.finales) // 10, VOISINS_MIN, VOISINS_MAX))
        voisins = min(voisins, len(self.finales))
        taille, restes = np.log(self.engagees), np.empty((len(realisees), 3))
        for i, (part, fait, total) in enumerate(zip(avancement, realisees, engagees, strict=True)):
            acquis = self._acquis(float(part))
            distance = np.abs(acquis / self.engagees - fait / total) + POIDS_TAILLE * np.abs(taille - np.log(total))
            proches = distance <= np.partition(distance, voisins - 1)[voisins - 1]
            encore = np.sort((self.finales[proches] - acquis[proches]) / self.engagees[proches])
            # Ranks of a new lot among n known ones: the share q of them lies under the rank q × (n + 1).
            restes[i] = np.interp(np.array(QUANTILES) * (len(encore) + 1) - 1, np.arange(len(encore)), encore) * total
        return np.maximum(restes, 0.0)

    def _acquis(self, part: float) -> Reels:
        """Hours of each finished lot after this share of its duration."""
        rang = np.interp(part, GRILLE, np.arange(len(GRILLE)))
        bas = min(int(rang), len(GRILLE) - 2)
        reste = rang - bas
        acquis: Reels = self.trajectoires[:, bas] * (1 - reste) + self.trajectoires[:, bas + 1] * reste
        return acquis


@dataclass(frozen=True, slots=True)
class Reference:
    """What finished lots teach, for building and public works and for the rest (maybe the same, if too few)."""

    construction: Groupe
    services: Groupe

    def groupe(self, *, construction: bool) -> Groupe:
        """Group a lot is compared with."""
        return self.construction if construction else self.services


def trajectoires(cumuls: Reels, bornes: Entiers, debut: Entiers, duree: Entiers) -> Reels:
    """Hours of n lots at each share of :data:`GRILLE` of their duration (n × grid).

    ``cumuls`` (n × months + 1): hours before the first day of each month; ``bornes`` (months + 1): that day, as a
    day number; ``debut`` and ``duree`` (n): day number and days. Within a month hours grow evenly.
    """
    jours = debut[:, None] + GRILLE * duree[:, None]
    rang = np.interp(jours, bornes, np.arange(len(bornes)))
    bas = np.minimum(rang.astype(np.int64), len(bornes) - 2)
    reste = rang - bas
    lignes = np.arange(len(cumuls))[:, None]
    heures: Reels = cumuls[lignes, bas] * (1 - reste) + cumuls[lignes, bas + 1] * reste
    return heures


def apprendre(heures: Reels, finales: Reels, engagees: Reels, construction: Booleens) -> Reference | None:
    """Reference made of finished lots (``heures``: n × grid); ``None`` when they are too few to compare."""
    if len(finales) < LOTS_MIN or not finales.sum() > 0:
        return None

    def groupe(choix: Booleens) -> Groupe:
        if choix.sum() < CLASSE_MIN or not finales[choix].sum() > 0:
            choix = np.ones(len(finales), dtype=bool)
        profil = np.minimum(heures[choix].sum(axis=0) / finales[choix].sum(), 1.0)
        profil[-1] = 1.0
        return Groupe(heures[choix], finales[choix], engagees[choix], profil)

    return Reference(groupe(construction), groupe(~construction))
