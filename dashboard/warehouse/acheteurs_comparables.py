"""Which buyers a buyer is compared with, and where it stands among them.

Comparable: same category, about the same amount a year, seat in the same département; when they are too few,
the criteria are dropped one by one, and the one that is used is said. Boundary: numbers, no word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING

from dashboard.warehouse.acheteurs_mesures import PLANCHER

if TYPE_CHECKING:
    from dashboard.warehouse.acheteurs_lecteur import Acheteur
    from dashboard.warehouse.acheteurs_mesures import Mesures

#: Buyers under which a wider group is looked for.
PAIRS_MIN = 5
#: How many times larger or smaller an amount may be and still be « about the same ».
RAPPORT = 2.5
#: The groups tried, from the closest: the criteria of each.
CERCLES: tuple[tuple[str, ...], ...] = (
    ("categorie", "montant", "departement"),
    ("categorie", "montant"),
    ("categorie",),
    (),
)


@dataclass(frozen=True, slots=True)
class Point:
    """One buyer of the distribution; ``montant`` is that of a year, frameworks left out, in euros."""

    siret: str
    nom: str
    part: float
    marches: int
    montant: float


@dataclass(frozen=True, slots=True)
class Comparables:
    """The distribution of a share among buyers.

    ``choisi`` is the one compared, ``propre`` its point (``None`` under ten contracts); ``cercle`` the criteria used;
    ``points`` are by increasing share, the chosen one included; ``quartiles`` those of the others; ``ecartes`` the
    buyers of the same group with too few contracts.
    """

    choisi: str | None
    propre: Point | None
    cercle: tuple[str, ...]
    points: tuple[Point, ...]
    quartiles: tuple[float, float, float] | None
    ecartes: int

    @property
    def devant(self) -> int:
        """How many have a higher share than the chosen one."""
        return sum(p.part > self.propre.part for p in self.points) if self.propre else 0


def comparer(
    groupes: Mapping[str, Mesures], connus: Mapping[str, Acheteur], mesure: str, annees: int, choisi: str | None
) -> Comparables:
    """Place ``choisi`` (or nobody) among the buyers of ``groupes``; ``annees`` is the length of the period."""
    points = {siret: p for siret, m in groupes.items() if (p := _point(siret, m, connus, mesure, annees))}
    if choisi is None or choisi not in connus:
        return _comparables(choisi, (), points, groupes.keys())
    for cercle in CERCLES:
        pairs = {s for s in groupes if s == choisi or _pair(s, choisi, cercle, groupes, connus)}
        gardes = {s: p for s, p in points.items() if s in pairs}
        if len(gardes.keys() - {choisi}) >= PAIRS_MIN or not cercle:
            return _comparables(choisi, cercle, gardes, pairs)
    raise AssertionError("le dernier cercle accepte tous les acheteurs")


def _point(siret: str, m: Mesures, connus: Mapping[str, Acheteur], mesure: str, annees: int) -> Point | None:
    part = m.part_sociale(mesure)
    if part is None or siret not in connus or m.base(mesure) < PLANCHER:
        return None
    return Point(siret, connus[siret].nom, part, m.marches, m.depense / annees)


def _pair(
    siret: str, choisi: str, cercle: tuple[str, ...], groupes: Mapping[str, Mesures], connus: Mapping[str, Acheteur],
) -> bool:  # fmt: skip
    autre, lui = connus.get(siret), connus[choisi]
    if autre is None:
        return False
    tests = {
        "categorie": autre.categorie == lui.categorie,
        "departement": autre.departement is not None and autre.departement == lui.departement,
        "montant": choisi in groupes and _proche(groupes[siret].depense, groupes[choisi].depense),
    }
    return all(tests[critere] for critere in cercle)


def _proche(un: float, autre: float) -> bool:
    """Whether two amounts are within :data:`RAPPORT`; nothing is close to zero."""
    return un > 0 and autre > 0 and max(un, autre) <= RAPPORT * min(un, autre)


def _comparables(
    choisi: str | None, cercle: tuple[str, ...], points: Mapping[str, Point], groupe: Collection[str]
) -> Comparables:
    tries = tuple(sorted(points.values(), key=lambda p: (p.part, p.nom, p.siret)))
    autres = [p.part for p in tries if p.siret != choisi]
    bornes = quantiles(autres, n=4, method="inclusive") if len(autres) >= 4 else None
    quartiles = (bornes[0], bornes[1], bornes[2]) if bornes else None
    ecartes = sum(siret not in points for siret in groupe)
    return Comparables(choisi, points.get(choisi or ""), cercle, tries, quartiles, ecartes)
