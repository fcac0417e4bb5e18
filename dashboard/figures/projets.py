"""The S-curve of some lots: hours engaged, realised and projected, with the interval of the projection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboard.domain import francais as fr
from dashboard.figures.theme import JETONS, Theme, gabarit

HAUTEUR_COURBE = 360

Valeurs = Sequence[float | None]
#: A trace as Plotly writes it: checked once, by the figure (an object of Plotly would be checked twice).
Trace = dict[str, Any]


def courbe(
    mois: Sequence[date],
    engagees: Valeurs,
    realisees: Valeurs,
    projection: tuple[Valeurs, Valeurs, Valeurs],
    due: float | None,
    theme: Theme,
) -> go.Figure:
    """Cumulated hours month by month, at the height of its container.

    ``projection`` is low, central, high (``None`` before it begins); ``due`` draws the hours due at the end. No
    projection at all draws neither its line nor its band.
    """
    j, noms = JETONS[theme], [_majuscule(fr.mois(m)) for m in mois]
    traces: list[Trace] = []
    if any(v is not None for v in projection[1]):
        traces += _bande(noms, projection, _voile(j["r4"], 0.22))
    traces.append(_ligne(noms, engagees, "Engagées", j["engaged"], "6px,4px"))
    traces.append(_ligne(noms, realisees, "Réalisées", j["r4"], "solid", 3.0))
    if any(v is not None for v in projection[1]):
        traces.append(_ligne(noms, projection[1], "Projetées", j["r4"], "2px,3px", 2.6))
    if due:
        traces.append(_ligne(noms, [due] * len(noms), "Dues à la fin", j["muted"], "1px,5px", 1.8))
    return go.Figure(data=traces, layout=_cadre(mois, noms, theme))


def _ligne(noms: list[str], valeurs: Valeurs, nom: str, couleur: str, tirets: str, epaisseur: float = 2.2) -> Trace:
    return {
        "type": "scatter", "x": noms, "y": list(valeurs), "name": nom, "mode": "lines", "connectgaps": False,
        "line": {"color": couleur, "width": epaisseur, "dash": tirets},
        "customdata": [fr.nombre(v) if v is not None else "" for v in valeurs], "hovertemplate": "%{customdata}",
    }  # fmt: skip


def _bande(noms: list[str], projection: tuple[Valeurs, Valeurs, Valeurs], couleur: str) -> list[Trace]:
    """The interval: its low bound, not drawn, then its high bound filled down to it."""
    bas, _, haut = projection
    invisible = {"width": 0, "color": couleur}
    textes = [
        f"de {fr.nombre(b)} à {fr.nombre(h)}" if b is not None and h is not None else ""
        for b, h in zip(bas, haut, strict=True)
    ]
    return [
        {
            "type": "scatter", "x": noms, "y": list(bas), "mode": "lines", "line": invisible, "showlegend": False,
            "hoverinfo": "skip",
        },
        {
            "type": "scatter", "x": noms, "y": list(haut), "name": "Intervalle à 80 %", "mode": "lines",
            "line": invisible, "fill": "tonexty", "fillcolor": couleur, "customdata": textes,
            "hovertemplate": "%{customdata}",
        },
    ]  # fmt: skip


def _cadre(mois: Sequence[date], noms: list[str], theme: Theme) -> dict[str, Any]:
    annees = [(noms[i], str(m.year)) for i, m in enumerate(mois) if m.month == 1]
    pas = max(1, -(-len(annees) // 8))
    return {
        "template": gabarit(theme),
        "showlegend": True,
        "xaxis": {
            "type": "category", "tickangle": 0,
            "tickvals": [n for n, _ in annees[::pas]], "ticktext": [t for _, t in annees[::pas]],
        },
        "yaxis": {"tickformat": ",d", "nticks": 6},
    }  # fmt: skip


def _voile(couleur: str, opacite: float) -> str:
    rouge, vert, bleu = (int(couleur[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({rouge},{vert},{bleu},{opacite})"


def _majuscule(texte: str) -> str:
    return f"{texte[0].upper()}{texte[1:]}"
