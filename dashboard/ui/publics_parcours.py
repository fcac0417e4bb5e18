"""The way from prescriber to exit: from the links that the bloc lists to the nodes and links of its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.contenu.publics_parcours import liens, noeuds
from dashboard.figures import publics as figures

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.tableau import Bloc
    from dashboard.figures.theme import Theme
    from dashboard.warehouse.publics import Publics

COLONNES = {"prescripteur": 0, "nature": 1, "situation": 2}
#: Order of the last column: best known outcomes first, what is unknown last.
ORDRE = ("emploi_durable", "transition", "positive", "autre", "sans_nouvelle", "sans_information")


def chemins(c: Contexte[Publics], _bloc: Bloc, theme: Theme) -> go.Figure:
    """Sankey of the links of five persons or more."""
    visibles = [x for x in liens(c) if isinstance(x.effectif, float) and x.effectif]
    touches = {(0 if x.etape == "entree" else 1, x.origine) for x in visibles}
    touches |= {(1 if x.etape == "entree" else 2, x.arrivee) for x in visibles}
    tous = [
        figures.Noeud(COLONNES[colonne], code, libelle, effectif)
        for (colonne, code), (libelle, effectif) in noeuds(c).items()
        if (COLONNES[colonne], code) in touches
    ]
    tous.sort(key=_rang)
    rangs = figures.rangs(tous)
    traces = [
        figures.Lien(rangs[0, x.origine], rangs[1, x.arrivee], x.effectif) if x.etape == "entree"
        else figures.Lien(rangs[1, x.origine], rangs[2, x.arrivee], x.effectif)
        for x in visibles
        if isinstance(x.effectif, float)
    ]  # fmt: skip
    return figures.parcours(tous, traces, theme)


def _rang(noeud: figures.Noeud) -> tuple[int, float, str]:
    """Column, then the known order of the situations or the most persons first."""
    if noeud.colonne == 2:
        return 2, float(ORDRE.index(noeud.code)) if noeud.code in ORDRE else 0.0, noeud.code
    return noeud.colonne, -(noeud.effectif or 0.0), noeud.code
