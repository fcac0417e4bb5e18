"""Figures of the page of the hours: engaged and realised over time, month × département."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from dashboard.domain import francais as fr
from dashboard.figures.theme import JETONS, Theme, gabarit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HAUTEUR_CHALEUR = 330
SECRET = "s (secret statistique)"  # noqa: S105 - a status, not a password
_ABREGES = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
#: Beyond this many steps, an axis names the years only.
PAS_NOMMES = 18
#: Beyond this many years, one in two is named: the axis must hold on a phone.
ANNEES_NOMMEES = 6


@dataclass(frozen=True, slots=True)
class Pas:
    """One step of time: its first day, its name in full, whether it is in the chosen period."""

    debut: date
    nom: str
    choisi: bool = True


# --- over time ---------------------------------------------------------------------------------------


def temps(
    pas: Sequence[Pas],
    valeurs: Sequence[float | None],
    references: Sequence[float | None] | None,
    theme: Theme,
    noms: tuple[str, str],
) -> go.Figure:
    """Bars of realised hours, those of the chosen period in full colour; dashed line of engaged hours.

    A masked step (``None``) leaves a gap; ``references=None`` draws no line. A click on a step filters its year.
    The height is that of its container.
    """
    j = JETONS[theme]
    dehors = [v for p, v in zip(pas, valeurs, strict=True) if not p.choisi and v is not None]
    traces: list[Any] = [_barres(pas, valeurs, noms[0], j["r4"], choisis=True)]
    if dehors:
        traces.append(_barres(pas, valeurs, f"{noms[0]} (hors période)", j["r2"], choisis=False))
    if references is not None:
        traces.append(_ligne(pas, references, noms[1], j["engaged"]))
    graduations = [(_majuscule(pas[i].nom), texte) for i, texte in _graduations([p.debut for p in pas])]
    return go.Figure(
        data=traces,
        layout={
            "template": gabarit(theme),
            "showlegend": True,
            "barmode": "overlay",
            "xaxis": {
                "type": "category",
                "tickvals": [nom for nom, _ in graduations],
                "ticktext": [t for _, t in graduations],
                "tickangle": 0,
            },
            "yaxis": {"tickformat": ",d", "nticks": 5},
        },
    )


def _barres(pas: Sequence[Pas], valeurs: Sequence[float | None], nom: str, couleur: str, *, choisis: bool) -> go.Bar:
    """Bars of the steps in (or out of) the period."""
    return go.Bar(
        x=[_majuscule(p.nom) for p in pas],
        y=[v if p.choisi == choisis else None for p, v in zip(pas, valeurs, strict=True)],
        name=nom,
        marker={"color": couleur, "cornerradius": 2},
        customdata=[[f"<b>{_ecrire(v)}</b>", f"annee={p.debut.year}"] for p, v in zip(pas, valeurs, strict=True)],
        hovertemplate="%{customdata[0]}",
    )


def _ligne(pas: Sequence[Pas], valeurs: Sequence[float | None], nom: str, couleur: str) -> go.Scatter:
    """Dashed line; a single step is a mark."""
    return go.Scatter(
        x=[_majuscule(p.nom) for p in pas],
        y=list(valeurs),
        name=nom,
        mode="lines" if len(pas) > 1 else "markers",
        line={"color": couleur, "width": 2.2, "dash": "6px,4px"},
        marker={"color": couleur, "size": 10, "symbol": "line-ew-open", "line": {"width": 3}},
        customdata=[[_ecrire(v), f"annee={p.debut.year}"] for p, v in zip(pas, valeurs, strict=True)],
        hovertemplate="%{customdata[0]}",
    )


# --- month × place -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lieu:
    """One line of the heat map: its name, the ``cle=valeur`` a click sets, whether it is the chosen one."""

    nom: str
    filtre: str
    choisi: bool = False


def chaleur(
    mois: Sequence[date], lieux: Sequence[Lieu], cases: Mapping[tuple[int, int], float | None], theme: Theme
) -> go.Figure:
    """Heat map, one line a place, one column a month. ``cases``: (rank of the place, rank of the month) → hours.

    A masked cell (``None``) is grey and marked « s »; a true zero is the paper itself. A click filters the place.
    """
    j = JETONS[theme]
    grille = [[cases[i, k] for k in range(len(mois))] for i in range(len(lieux))]
    echelle = [[0.0, j["surface"]], [1e-6, j["r0"]], *([k / 6, j[f"r{k}"]] for k in range(1, 7))]
    fine = len(mois) <= 24
    commun = {
        "x": list(range(len(mois))), "y": list(range(len(lieux))), "xgap": 2 if fine else 0, "ygap": 2,
        "customdata": _infobulles(mois, lieux, grille), "hovertemplate": "%{customdata[0]}<extra></extra>",
        "hoverongaps": False,
    }  # fmt: skip
    haut = max((v for ligne in grille for v in ligne if v is not None), default=0.0) or 1.0
    traces = [go.Heatmap(z=grille, zmin=0, zmax=haut, colorscale=echelle, colorbar=_echelle(j, haut), **commun)]
    if any(v is None for ligne in grille for v in ligne):
        traces.append(_masquees(grille, j, commun, lettres=fine))
    return go.Figure(data=traces, layout=_cadre(mois, lieux, theme))


def _infobulles(mois: Sequence[date], lieux: Sequence[Lieu], grille: list[list[float | None]]) -> list[list[list[str]]]:
    return [
        [
            [f"{lieu.nom}, {fr.mois(m)} : <b>{_ecrire(v)}</b>{' h' if v is not None else ''}", lieu.filtre]
            for m, v in zip(mois, ligne, strict=True)
        ]
        for lieu, ligne in zip(lieux, grille, strict=True)
    ]


def _masquees(
    grille: list[list[float | None]], j: Mapping[str, str], commun: dict[str, Any], *, lettres: bool
) -> go.Heatmap:
    """The masked cells, over the others."""
    textes = [["<i>s</i>" if v is None else "" for v in ligne] for ligne in grille]
    lettre = {"text": textes, "texttemplate": "%{text}", "textfont": {"color": j["ink"], "size": 12}} if lettres else {}
    masque = [[1.0 if v is None else None for v in ligne] for ligne in grille]
    gris = _voile(j["muted"], 0.3)
    return go.Heatmap(z=masque, zmin=0, zmax=1, colorscale=[[0, gris], [1, gris]], showscale=False, **lettre, **commun)


def _voile(couleur: str, opacite: float) -> str:
    """A colour seen through: « #56656e » → « rgba(86,101,110,0.45) »."""
    rouge, vert, bleu = (int(couleur[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({rouge},{vert},{bleu},{opacite})"


def _echelle(j: Mapping[str, str], haut: float) -> dict[str, Any]:
    """The scale of colours, its two ends named in one line: it must hold on a phone."""
    titre = {"text": f"De 0 à {fr.nombre(haut)} heures", "side": "top", "font": {"size": 12, "color": j["muted"]}}
    return {
        "orientation": "h", "thickness": 8, "len": 0.6, "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom",
        "xpad": 0, "ypad": 0, "showticklabels": False, "ticks": "", "outlinewidth": 0, "title": titre,
    }  # fmt: skip


def _cadre(mois: Sequence[date], lieux: Sequence[Lieu], theme: Theme) -> dict[str, Any]:
    graduations = _graduations(mois, pas=3)
    noms = [f"<b>{lieu.nom}</b>" if lieu.choisi else lieu.nom for lieu in lieux]
    return {
        "template": gabarit(theme),
        "height": HAUTEUR_CHALEUR,
        "hovermode": "closest",
        "plot_bgcolor": JETONS[theme]["line"],
        "xaxis": {
            "tickvals": [i for i, _ in graduations], "ticktext": [t for _, t in graduations], "tickangle": 0,
            "showline": False,
        },
        "yaxis": {
            "tickvals": list(range(len(lieux))), "ticktext": noms, "autorange": "reversed", "showgrid": False,
            "tickfont": {"size": 12},
        },
    }  # fmt: skip


# --- words -----------------------------------------------------------------------------------------------


def _ecrire(valeur: float | None) -> str:
    return SECRET if valeur is None else fr.nombre(valeur)


def _majuscule(texte: str) -> str:
    return f"{texte[0].upper()}{texte[1:]}"


def _graduations(debuts: Sequence[date], pas: int = 2) -> list[tuple[int, str]]:
    """Ticks that do not collide: steps by name while there are few, the years beyond."""
    annuel = len({d.year for d in debuts}) == len(debuts)
    if annuel or len(debuts) > PAS_NOMMES:
        return _annees(debuts)
    trimestres = len(debuts) > 1 and (debuts[1].month - debuts[0].month) % 12 == 3
    pas = 1 if trimestres or len(debuts) <= 7 else pas
    return [(i, _court(d, premier=i == 0, trimestre=trimestres)) for i, d in enumerate(debuts) if i % pas == 0]


def _annees(debuts: Sequence[date]) -> list[tuple[int, str]]:
    """The middle of each year; one year in two, the last included, when there are many."""
    rangs = {d.year: [i for i, x in enumerate(debuts) if x.year == d.year] for d in debuts}
    milieux = [(r[(len(r) - 1) // 2], str(annee)) for annee, r in rangs.items()]
    return milieux if len(milieux) <= ANNEES_NOMMEES else milieux[::-2][::-1]


def _court(debut: date, *, premier: bool, trimestre: bool) -> str:
    nom = f"T{(debut.month + 2) // 3}" if trimestre else _ABREGES[debut.month - 1]
    return f"{nom}<br>{debut.year}" if premier or debut.month == 1 else nom
