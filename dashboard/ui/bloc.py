"""The bloc: title, figure, table twin, caption and downloads, made by one function so that none can be forgotten."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.contenu.tableau import Bloc, Etat, ecrire
from dashboard.domain import francais as fr
from dashboard.figures.theme import CONFIG

#: Rows shown in a twin; beyond, the CSV holds them all and the twin says so.
LIGNES_MAX = 100


def _outils(ident: str, images: bool) -> html.Div:
    entrees: list[Any] = []
    if images:
        entrees += [
            html.Button("Image PNG", type="button", **{"data-export": "png"}),
            html.Button("Image vectorielle SVG", type="button", **{"data-export": "svg"}),
        ]
    entrees += [
        html.A("Données CSV", id=f"{ident}-csv", href=f"/telecharger/{ident}.csv", **{"data-telecharge": "csv"}),
        html.Button("Copier le lien", type="button", **{"data-copie-lien": ""}),
    ]
    resume = html.Summary("⋯", **{"aria-label": "Télécharger ou partager ce bloc"})
    tableau = html.Button("Tableau", type="button", className="tw", **{"data-tableau": "", "aria-pressed": "false"})
    menu = html.Details([resume, html.Div(entrees, className="menu-liste")], className="menu")
    return html.Div([tableau, menu], className="tools")


def bloc(ident: str, largeur: str, figure: Any, *, avant: Any = None, images: bool = True) -> html.Section:
    """An empty bloc, filled by :func:`contenu`. ``figure`` goes in the body, ``avant`` between header and body."""
    entete = html.Header(
        [html.Div([html.H2(id=f"{ident}-titre"), html.P(id=f"{ident}-sous-titre")]), _outils(ident, images)]
    )
    enfants = [
        entete,
        *([avant] if avant is not None else []),
        html.Div(figure, className="corps", id=f"{ident}-corps"),
        html.P(id=f"{ident}-vide", className="vide"),
        html.Div(id=f"{ident}-jumeau", className="jumeau", hidden=True),
        html.Footer(id=f"{ident}-legende"),
    ]
    attributs = {"data-bloc": ident, "aria-labelledby": f"{ident}-titre"}
    return html.Section(enfants, id=f"bloc-{ident}", className=f"bloc {largeur}", **attributs)


#: What stands in a graph until the first answer: nothing, at the right height.
_VIDE: dict[str, Any] = {
    "data": [],
    "layout": {
        "height": 300, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {"visible": False}, "yaxis": {"visible": False},
    },
}  # fmt: skip


def graphe(ident: str, description: str) -> html.Div:
    """The one way to place a Plotly figure: our configuration, keyboard reachable, with a text alternative."""
    return html.Div(
        dcc.Graph(id=ident, config=CONFIG, responsive=True, figure=_VIDE),
        className="graphe",
        role="img",
        tabIndex=0,
        **{"aria-label": description},
    )


#: Outputs of a bloc, in the order of :func:`contenu`: (suffix of the id, property).
SORTIES = (
    ("titre", "children"),
    ("sous-titre", "children"),
    ("vide", "children"),
    ("jumeau", "children"),
    ("legende", "children"),
    ("csv", "href"),
)


def contenu(b: Bloc, url: str) -> list[Any]:
    """Values of the outputs of a bloc; ``url`` is the query string of the selection."""
    textes = [fr.composer(t) for t in (b.titre, b.sous_titre, b.vide or "")]
    return [*textes, jumeau(b), fr.composer(b.legende), f"/telecharger/{b.ident}.csv{url}"]


def jumeau(b: Bloc) -> html.Table:
    """The table twin: same numbers as the figure, states in words for screen readers."""
    colonnes = b.tableau.colonnes
    entete = html.Thead(html.Tr([html.Th(c.libelle, scope="col", className=c.format) for c in colonnes]))
    lignes = [
        html.Tr([_cellule(v, c.format, premiere=i == 0) for i, (v, c) in enumerate(zip(ligne, colonnes, strict=True))])
        for ligne in b.tableau.lignes[:LIGNES_MAX]
    ]
    reste = len(b.tableau.lignes) - LIGNES_MAX
    suite = f" Les {LIGNES_MAX} premières lignes ; les {reste} suivantes sont dans le CSV." if reste > 0 else ""
    legende = html.Caption(f"{b.titre}. {b.sous_titre}.{suite}")
    return html.Table([legende, entete, html.Tbody(lignes)], className="table table-sm")


def _cellule(valeur: Any, forme: Any, *, premiere: bool) -> Any:
    texte = ecrire(valeur, forme)
    if isinstance(valeur, Etat):
        return html.Td(html.Abbr(texte, title=valeur.en_mots), className=f"{forme} etat-{valeur}")
    return html.Th(texte, scope="row") if premiere else html.Td(texte, className=forme)
