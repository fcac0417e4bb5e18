"""Figures of the territories: one line a territory over the years, and ribbons from home to work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.domain import francais as fr
from dashboard.figures.theme import JETONS, Theme, gabarit

HAUTEUR_COURBES = 400
HAUTEUR_FLUX = 460


@dataclass(frozen=True, slots=True)
class Courbe:
    """One line: its name, one value a year (``None`` leaves a gap), the words of each value."""

    nom: str
    valeurs: Sequence[float | None]
    textes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Ruban:
    """One link: codes of both ends, persons, ``sens`` (a key of ``_SENS``), words of its tooltip."""

    depart: str
    arrivee: str
    valeur: float
    sens: str
    texte: str


#: Line of the chosen territory, of its département, of the region: token, width, dash; the last one when alone.
_TRAITS = (("s1", 3.0, "solid"), ("s3", 2.0, "6px,3px"), ("s6", 2.0, "2px,3px"))
#: Token and opacity of each kind of ribbon.
_SENS = {"interne": ("s1", 0.5), "entrant": ("s2", 0.34), "sortant": ("s3", 0.34), "autre": ("s6", 0.24)}


def evolution(courbes: Sequence[Courbe], annees: Sequence[int], theme: Theme, *, part: bool) -> go.Figure:
    """Lines by year, the first one the thickest; a click on a year filters it. ``part``: values are fractions."""
    traits = _TRAITS if len(courbes) == 3 else (_TRAITS[0], _TRAITS[2])
    marques = [a for a in annees if (annees[-1] - a) % (2 if len(annees) > 6 else 1) == 0]
    traces = [_ligne(courbe, annees, trait, theme) for courbe, trait in zip(courbes, traits, strict=False)]
    return go.Figure(
        data=traces,
        layout={
            "template": gabarit(theme),
            "height": HAUTEUR_COURBES,
            "showlegend": len(courbes) > 1,
            "xaxis": {"tickvals": marques, "ticktext": [str(a) for a in marques], "hoverformat": "d", "tickangle": 0},
            "yaxis": {"tickformat": ",.0%" if part else ",", "nticks": 6},
        },
    )


def _ligne(courbe: Courbe, annees: Sequence[int], trait: tuple[str, float, str], theme: Theme) -> go.Scatter:
    jeton, epaisseur, tirets = trait
    couleur = JETONS[theme][jeton]
    return go.Scatter(
        x=list(annees), y=list(courbe.valeurs), name=courbe.nom, mode="lines+markers",
        line={"color": couleur, "width": epaisseur, "dash": tirets},
        marker={"color": couleur, "size": 7 if tirets == "solid" else 5}, connectgaps=False,
        customdata=[[texte, f"annee={annee}"] for texte, annee in zip(courbe.textes, annees, strict=True)],
        hovertemplate="%{customdata[0]}",
    )  # fmt: skip


def flux(rubans: Sequence[Ruban], nom: Callable[[str], str], filtre: Callable[[str], str], theme: Theme) -> go.Figure:
    """Sankey of homes (left) and places of work (right); ``filtre`` gives what a click on an end selects."""
    departs, arrivees = _bouts(rubans, "depart"), _bouts(rubans, "arrivee")
    rang = {("d", code): i for i, code in enumerate(departs)}
    rang |= {("a", code): len(departs) + i for i, code in enumerate(arrivees)}
    codes = [*departs, *arrivees]
    j = JETONS[theme]
    noeuds = {
        "label": [nom(code) for code in codes], "customdata": [filtre(code) for code in codes],
        "color": j["s6"], "line": {"width": 0}, "pad": 12, "thickness": 12,
        "hovertemplate": "<b>%{label}</b><br>%{value:,d} personnes dans les liens dessinés<extra></extra>",
    }  # fmt: skip
    liens = {
        "source": [rang["d", r.depart] for r in rubans], "target": [rang["a", r.arrivee] for r in rubans],
        "value": [r.valeur for r in rubans], "color": [_couleur(r.sens, theme) for r in rubans],
        "customdata": [r.texte for r in rubans], "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    sankey = go.Sankey(
        node=noeuds, link=liens, arrangement="fixed", valueformat=",d", textfont={"color": j["ink"], "size": 12.5}
    )
    return go.Figure(
        data=[sankey],
        layout={
            "template": gabarit(theme), "height": HAUTEUR_FLUX, "hovermode": "closest",
            "margin": {"l": 4, "r": 4, "t": 30, "b": 10},
            "annotations": [_titre("Lieu de résidence", 0.0, "left"), _titre("Lieu d’exécution", 1.0, "right")],
        },
    )  # fmt: skip


def _bouts(rubans: Sequence[Ruban], cote: str) -> list[str]:
    """Ends of one side, the largest first."""
    totaux: dict[str, float] = {}
    for r in rubans:
        code = str(getattr(r, cote))
        totaux[code] = totaux.get(code, 0.0) + r.valeur
    return sorted(totaux, key=lambda code: -totaux[code])


def _couleur(sens: str, theme: Theme) -> str:
    jeton, opacite = _SENS[sens]
    rouge, vert, bleu = (int(JETONS[theme][jeton][i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({rouge},{vert},{bleu},{opacite})"


def _titre(texte: str, x: float, ancre: str) -> dict[str, Any]:
    return {
        "text": f"<b>{texte}</b>", "x": x, "y": 1.0, "xref": "paper", "yref": "paper", "yshift": 26,
        "xanchor": ancre, "showarrow": False, "font": {"size": 12.5},
    }  # fmt: skip


def texte_ruban(depart: str, arrivee: str, personnes: float) -> str:
    """« Paris → Seine-Saint-Denis : 320 personnes »."""
    return f"{depart} → {arrivee} : <b>{fr.pluriel(personnes, 'personne')}</b>"
