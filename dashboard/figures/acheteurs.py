"""Figures of the purchases: shares over the years with their targets, and the calendar of the ends of contracts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboard.domain import francais as fr
from dashboard.figures.theme import JETONS, Theme, gabarit

HAUTEUR = 340
_ABREGES = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True, slots=True)
class Serie:
    """One share over the years and its target; fractions, ``None`` leaves a gap."""

    nom: str
    parts: Sequence[float | None]
    objectifs: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Fin:
    """Ends of one month: contracts without a social consideration, with one, and those whose format is silent."""

    mois: date
    sans: int
    avec: int
    inconnus: int


def annees(series: Sequence[Serie], abscisses: Sequence[int], choisies: range, theme: Theme) -> go.Figure:
    """Lines by year, dashed steps for the targets; the years chosen have larger marks; a click filters a year."""
    traces: list[Any] = []
    for serie, jeton in zip(series, ("r4", "engaged"), strict=False):
        couleur = JETONS[theme][jeton]
        traces.append(_part(serie, abscisses, choisies, couleur))
        if any(v is not None for v in serie.objectifs):
            traces.append(_objectif(serie, abscisses, couleur))
    marques = [a for a in abscisses if (choisies[-1] - a) % (2 if len(abscisses) > 8 else 1) == 0]
    return go.Figure(
        data=traces,
        layout={
            "template": gabarit(theme),
            "height": HAUTEUR,
            "xaxis": {
                "tickvals": marques,
                "ticktext": [str(a) for a in marques],
                "tickangle": 0,
                "hoverformat": "d",
            },
            "yaxis": {**_graduations(_sommet(series)), "range": [0, _sommet(series)]},
        },
    )


def _graduations(sommet: float) -> dict[str, Any]:
    """Marks of the axis of the shares, written in French (« 20 % »), six at most."""
    pas = next(p for p in (5, 10, 20) if sommet * 100 / p <= 6)
    marques = [m / 100 for m in range(0, int(sommet * 100) + 1, pas)]
    return {"tickvals": marques, "ticktext": [fr.pourcent(m) for m in marques]}


def _sommet(series: Sequence[Serie]) -> float:
    """Top of the axis: a little above the highest value, never above 104 %."""
    hautes = [v for s in series for v in (*s.parts, *s.objectifs) if v is not None]
    return min(1.04, 1.12 * max(hautes, default=0.5) + 0.02)


def _part(serie: Serie, abscisses: Sequence[int], choisies: range, couleur: str) -> go.Scatter:
    textes = [f"{serie.nom} : <b>{_ecrire(v)}</b>" for v in serie.parts]
    return go.Scatter(
        x=list(abscisses), y=list(serie.parts), name=serie.nom, mode="lines+markers", connectgaps=False,
        line={"color": couleur, "width": 2.6},
        marker={"color": couleur, "size": [11 if a in choisies else 6 for a in abscisses]},
        customdata=[[t, f"annee={a}"] for t, a in zip(textes, abscisses, strict=True)],
        hovertemplate="%{customdata[0]}<extra></extra>",
    )  # fmt: skip


def _objectif(serie: Serie, abscisses: Sequence[int], couleur: str) -> go.Scatter:
    return go.Scatter(
        x=list(abscisses), y=list(serie.objectifs), name=f"Objectif {serie.nom.lower()}",
        mode="lines+markers", marker={"color": couleur, "size": 9, "symbol": "line-ew-open", "line": {"width": 2}},
        line={"color": couleur, "width": 1.6, "dash": "5px,4px", "shape": "hvh"}, connectgaps=False,
        customdata=[f"Objectif national : {_ecrire(v)}" for v in serie.objectifs],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def _ecrire(part: float | None) -> str:
    return "nd (non disponible)" if part is None else fr.pourcent(part)


def echeances(fins: Sequence[Fin], theme: Theme) -> go.Figure:
    """Stacked bars, month by month: what could get a first clause, what has one, what is unknown."""
    j = JETONS[theme]
    piles = (
        ("Sans considération sociale", "sans", j["r4"]),
        ("Avec", "avec", j["r1"]),
        ("Inconnu (nd)", "inconnus", j["s6"]),
    )
    abscisses = list(range(len(fins)))
    traces = [
        go.Bar(
            x=abscisses, y=[getattr(f, cle) for f in fins], name=nom, marker={"color": couleur},
            customdata=[f"{nom} : <b>{fr.nombre(getattr(f, cle))}</b>" for f in fins],
            hovertemplate="%{customdata}<extra></extra>",
        )
        for nom, cle, couleur in piles
        if cle != "inconnus" or any(f.inconnus for f in fins)
    ]  # fmt: skip
    marques = [_court(f.mois, premier=i == 0) for i, f in enumerate(fins)]
    pas = 2 if len(fins) > 10 else 1
    return go.Figure(
        data=traces,
        layout={
            "template": gabarit(theme),
            "height": HAUTEUR,
            "barmode": "stack",
            "xaxis": {"tickvals": abscisses[::pas], "ticktext": marques[::pas], "tickangle": 0},
            "yaxis": {"tickformat": ",d", "nticks": 5},
            "legend": {"traceorder": "normal"},
        },
    )


def _court(mois: date, *, premier: bool) -> str:
    nom = _ABREGES[mois.month - 1]
    return f"{nom}<br>{mois.year}" if premier or mois.month <= 2 else nom
