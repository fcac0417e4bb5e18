"""Figures of hours over time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from dashboard.domain import francais as fr
from dashboard.figures.theme import JETONS, Theme, gabarit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HAUTEUR = 300
_ABREGES = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def par_mois(lignes: Sequence[Mapping[str, Any]], theme: Theme, nom: str, nom_reference: str | None) -> go.Figure:
    """Bars of the measure and dashed line of its reference, month by month; a click on a month filters its year.

    ``lignes``: mois (first day), valeur, reference, statut; a masked month leaves a gap.
    ``nom_reference=None``, or a reference that is never known, draws no line.
    """
    mois: list[date] = [li["mois"] for li in lignes]
    references: list[float | None] = [li["reference"] for li in lignes]
    traces: list[Any] = [_barres(mois, [li["valeur"] for li in lignes], nom, JETONS[theme]["r4"])]
    if nom_reference and any(r is not None for r in references):
        traces.append(_ligne(references, nom_reference, JETONS[theme]["engaged"]))
    graduations = _graduations(mois)
    return go.Figure(
        data=traces,
        layout={
            "template": gabarit(theme),
            "height": HAUTEUR,
            "showlegend": True,
            "xaxis": {"tickvals": [i for i, _ in graduations], "ticktext": [t for _, t in graduations]},
            "yaxis": {"tickformat": ",d", "nticks": 5},
        },
    )


def _barres(mois: list[date], valeurs: list[float | None], nom: str, couleur: str) -> go.Bar:
    """Bars, whose tooltip is headed by the month in words."""
    textes = [[f"{fr.mois(m)} : <b>{_ecrire(v)}</b>", f"annee={m.year}"] for m, v in zip(mois, valeurs, strict=True)]
    return go.Bar(
        x=list(range(len(mois))), y=valeurs, name=nom, marker={"color": couleur, "cornerradius": 2},
        customdata=textes, hovertemplate="%{customdata[0]}",
    )  # fmt: skip


def _ligne(valeurs: list[float | None], nom: str, couleur: str) -> go.Scatter:
    return go.Scatter(
        x=list(range(len(valeurs))), y=valeurs, name=nom, mode="lines",
        line={"color": couleur, "width": 2.2, "dash": "6px,4px"},
        customdata=[_ecrire(v) for v in valeurs], hovertemplate="%{customdata}",
    )  # fmt: skip


def _ecrire(valeur: float | None) -> str:
    return "s (secret statistique)" if valeur is None else fr.nombre(valeur)


def _graduations(mois: list[date]) -> list[tuple[int, str]]:
    """Ticks that do not collide: months up to a year and a half, the middle of each year beyond."""
    if len(mois) <= 18:
        pas = 1 if len(mois) <= 7 else 2
        return [(i, _court(m, premier=i == 0)) for i, m in enumerate(mois) if i % pas == 0]
    annees = sorted({m.year for m in mois})
    milieux = [[i for i, m in enumerate(mois) if m.year == annee] for annee in annees]
    return [(rangs[len(rangs) // 2], str(annee)) for annee, rangs in zip(annees, milieux, strict=True)]


def _court(mois: date, *, premier: bool) -> str:
    nom = _ABREGES[mois.month - 1]
    return f"{nom}<br>{mois.year}" if premier or mois.month == 1 else nom
