"""Figures of hours over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dashboard.domain import francais as fr
from dashboard.figures.theme import JETONS, Theme, gabarit

if TYPE_CHECKING:
    import pandas as pd

HAUTEUR = 300


def par_mois(cadre: pd.DataFrame, theme: Theme, nom: str, nom_reference: str | None) -> go.Figure:
    """Bars of the measure and dashed line of its reference, month by month.

    ``cadre``: mois (first day), valeur, reference, statut; a masked month leaves a gap.
    ``nom_reference=None`` draws no line.
    """
    j = JETONS[theme]
    mois = [fr.mois(m) for m in cadre["mois"]]
    figure = go.Figure(layout={"template": gabarit(theme), "height": HAUTEUR})
    valeurs = [None if v != v else v for v in cadre["valeur"].tolist()]
    figure.add_bar(
        x=list(range(len(mois))), y=valeurs, name=nom, marker={"color": j["r4"], "cornerradius": 2},
        customdata=[["secret statistique" if v is None else fr.nombre(v)] for v in valeurs],
        hovertemplate="%{customdata[0]}",
    )  # fmt: skip
    if nom_reference and cadre["reference"].notna().any():
        reference = [None if v != v else v for v in cadre["reference"].tolist()]
        figure.add_scatter(
            x=list(range(len(mois))), y=reference, name=nom_reference, mode="lines",
            line={"color": j["engaged"], "width": 2.2, "dash": "6px,4px"},
            customdata=[["nd" if v is None else fr.nombre(v)] for v in reference], hovertemplate="%{customdata[0]}",
        )  # fmt: skip
    graduations = _graduations(cadre["mois"].tolist())
    figure.update_xaxes(tickvals=[i for i, _ in graduations], ticktext=[t for _, t in graduations], showspikes=False)
    figure.update_yaxes(tickformat=",d", nticks=5, title=None)
    figure.update_layout(showlegend=True, meta={"mois": mois})
    figure.update_xaxes(unifiedhovertitle={"text": "%{x}"})
    return _titres_au_survol(figure, mois)


def _titres_au_survol(figure: go.Figure, mois: list[str]) -> go.Figure:
    """Head the tooltip of a month with its name in words."""
    for trace in figure.data[:1]:
        trace.hovertemplate = "%{text} : <b>%{customdata[0]}</b>"
        trace.text = mois
        trace.textposition = "none"
    return figure


def _graduations(mois: list[pd.Timestamp]) -> list[tuple[int, str]]:
    """Ticks that do not collide: months up to a year and a half, the middle of each year beyond."""
    if len(mois) <= 18:
        pas = 1 if len(mois) <= 7 else 2
        return [(i, _court(m, premier=i == 0)) for i, m in enumerate(mois) if i % pas == 0]
    annees = sorted({m.year for m in mois})
    milieux = [[i for i, m in enumerate(mois) if m.year == annee] for annee in annees]
    return [(rangs[len(rangs) // 2], str(annee)) for annee, rangs in zip(annees, milieux, strict=True)]


_ABREGES = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def _court(mois: pd.Timestamp, *, premier: bool) -> str:
    nom = _ABREGES[mois.month - 1]
    return f"{nom}<br>{mois.year}" if premier or mois.month == 1 else nom
