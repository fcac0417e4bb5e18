"""The S-curve: hours engaged, realised and projected, cumulated month after month, from increments that add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dashboard.domain.engagement import intervalle

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne

CUMULS = ("engagees", "realisees", "projetees", "ecarts", "carres")


@dataclass(frozen=True, slots=True)
class Point:
    """One month of an S-curve: cumulated hours at its end.

    ``realisees`` is ``None`` after the last month declared; ``projetees``, ``bas`` and ``haut`` before it, and
    everywhere when no lot is projected.
    """

    mois: date
    engagees: float
    realisees: float | None
    projetees: float | None = None
    bas: float | None = None
    haut: float | None = None


def suivant(mois: date) -> date:
    """First day of the next month."""
    return date(mois.year + mois.month // 12, mois.month % 12 + 1, 1)


def courbe(lignes: Iterable[Ligne], arrete: date | None) -> tuple[Point, ...]:
    """Cumulate rows of ``projets_courbe`` over every month from the first to the last; none when there is no row."""
    par_mois: dict[date, dict[str, float]] = {}
    for li in lignes:
        somme = par_mois.setdefault(li["mois"], dict.fromkeys(CUMULS, 0.0))
        for nom in CUMULS:
            somme[nom] += li[nom] or 0.0
    if not par_mois:
        return ()
    dernier_fait = arrete.replace(day=1) if arrete else max(par_mois)
    projete = any(s["projetees"] for s in par_mois.values())
    cumul, points, mois = dict.fromkeys(CUMULS, 0.0), [], min(par_mois)
    while mois <= max(*par_mois, dernier_fait):
        for nom, valeur in par_mois.get(mois, {}).items():
            cumul[nom] += valeur
        points.append(_point(mois, cumul, dernier_fait, projete=projete))
        mois = suivant(mois)
    return tuple(points)


def _point(mois: date, cumul: dict[str, float], dernier_fait: date, *, projete: bool) -> Point:
    faites = cumul["realisees"]
    if not projete or mois < dernier_fait:
        return Point(mois, cumul["engagees"], faites if mois <= dernier_fait else None)
    p = intervalle(faites, faites + cumul["projetees"], cumul["ecarts"], cumul["carres"])
    derniere = faites if mois == dernier_fait else None
    return Point(mois, cumul["engagees"], derniere, p.projetees, p.bas, p.haut)


def utiles(points: tuple[Point, ...], part: float = 0.995) -> tuple[Point, ...]:
    """The points up to the month when nearly everything engaged and projected is there: what is worth drawing."""
    if not points:
        return ()
    fin, dernier_fait = points[-1], max((i for i, p in enumerate(points) if p.realisees is not None), default=0)
    prevu = fin.projetees or 0.0
    for i, p in enumerate(points):
        if i >= dernier_fait and p.engagees >= part * fin.engagees and (p.projetees or 0.0) >= part * prevu:
            return points[: i + 1]
    return points
