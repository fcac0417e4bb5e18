"""The way from prescriber to exit, as a Sankey diagram."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.domain import francais as fr
from dashboard.figures.theme import JETONS, Theme, gabarit

HAUTEUR = 520
#: Space between two nodes, in pixels.
ECART = 14
TITRES = ("Prescripteur", "Contrat principal", "Six mois après")
#: Token of the situations; the other nodes are neutral, an exit without information fades.
COULEURS = {
    "emploi_durable": "r6", "transition": "s1", "positive": "s2", "autre": "s6",
    "sans_nouvelle": "muted", "sans_information": "line",
}  # fmt: skip
ALPHA_LIEN = {"light": 0.34, "dark": 0.42}


@dataclass(frozen=True, slots=True)
class Noeud:
    """A node: its column (0, 1, 2), its code, its label and its published number of persons."""

    colonne: int
    code: str
    libelle: str
    effectif: float | None


@dataclass(frozen=True, slots=True)
class Lien:
    """A link between two nodes, by their ranks, and its published number of persons."""

    source: int
    cible: int
    effectif: float


def parcours(noeuds: Sequence[Noeud], liens: Sequence[Lien], theme: Theme) -> go.Figure:
    """Sankey of visible links only; numbers shown are those of each node and link, never sums of links."""
    jetons = JETONS[theme]
    trace = {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": [n.libelle for n in noeuds],
            "color": [jetons[COULEURS.get(n.code, "muted")] if n.colonne == 2 else jetons["r4"] for n in noeuds],
            "x": [(0.001, 0.5, 0.999)[n.colonne] for n in noeuds],
            "y": _hauteurs(noeuds, liens),
            "pad": ECART,
            "thickness": 14,
            "line": {"width": 0},
            "customdata": [f"<b>{n.libelle}</b> : {_personnes(n.effectif)}" for n in noeuds],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "link": {
            "source": [x.source for x in liens],
            "target": [x.cible for x in liens],
            "value": [x.effectif for x in liens],
            "color": [_voile(jetons[_couleur(noeuds[x.cible])], ALPHA_LIEN[theme]) for x in liens],
            "customdata": [
                f"{noeuds[x.source].libelle} → {noeuds[x.cible].libelle} : <b>{_personnes(x.effectif)}</b>"
                for x in liens
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "textfont": {"color": jetons["ink"], "size": 13, "shadow": "none"},
    }
    marges = {"l": 8, "r": 8, "t": 30, "b": 8}
    return go.Figure(
        trace,
        layout={
            "template": gabarit(theme), "height": HAUTEUR, "hovermode": "closest", "margin": marges,
            "annotations": [_titre(i, texte) for i, texte in enumerate(TITRES)],
        },
    )  # fmt: skip


def _titre(colonne: int, texte: str) -> dict[str, object]:
    """Heading of a column, above it."""
    ancre = ("left", "center", "right")[colonne]
    return {
        "text": f"<b>{texte}</b>", "x": colonne / 2, "y": 1, "xref": "paper", "yref": "paper", "xanchor": ancre,
        "yanchor": "bottom", "yshift": 6, "showarrow": False,
    }  # fmt: skip


def _hauteurs(noeuds: Sequence[Noeud], liens: Sequence[Lien]) -> list[float]:
    """Middle of each node in its column (0 at the top), in the order given, so that no column overflows."""
    flux = [
        max(sum(x.effectif for x in liens if x.source == i), sum(x.effectif for x in liens if x.cible == i))
        for i in range(len(noeuds))
    ]
    colonnes = [[i for i, n in enumerate(noeuds) if n.colonne == colonne] for colonne in (0, 1, 2)]
    ecart = ECART / HAUTEUR
    echelle = min((1 - (len(c) - 1) * ecart) / (sum(flux[i] for i in c) or 1.0) for c in colonnes)
    milieux = [0.0] * len(noeuds)
    for colonne in colonnes:
        haut = (1 - sum(flux[i] for i in colonne) * echelle - (len(colonne) - 1) * ecart) / 2
        for i in colonne:
            milieux[i] = min(max(haut + flux[i] * echelle / 2, 0.001), 0.999)
            haut += flux[i] * echelle + ecart
    return milieux


def _couleur(cible: Noeud) -> str:
    return COULEURS.get(cible.code, "muted") if cible.colonne == 2 else "r4"


def _voile(couleur: str, alpha: float) -> str:
    """A token made transparent."""
    rouge, vert, bleu = (int(couleur[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({rouge},{vert},{bleu},{alpha})"


def _personnes(effectif: float | None) -> str:
    return "secret statistique" if effectif is None else fr.pluriel(effectif, "personne")


def rangs(noeuds: Sequence[Noeud]) -> Mapping[tuple[int, str], int]:
    """Rank of each node by column and code."""
    return {(n.colonne, n.code): i for i, n in enumerate(noeuds)}
