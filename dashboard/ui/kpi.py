"""Cards of the key figures, with their change, their trend and their definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dash import html

from dashboard.contenu.resume import indicateurs, valeur_ecrite, variation
from dashboard.contenu.tableau import Etat
from dashboard.domain import francais as fr
from dashboard.domain.indicateur import Indicateur

if TYPE_CHECKING:
    from dashboard.warehouse.vue_ensemble import ChiffreCle, VueEnsemble


def cartes(vue: VueEnsemble) -> list[html.Article]:
    """One card a key figure."""
    return [_carte(f, vue.chiffres[f.ident], vue) for f in indicateurs()]


def _carte(fiche: Indicateur, chiffre: ChiffreCle, vue: VueEnsemble) -> html.Article:
    definition = {
        "data-definition": fr.composer(fiche.definition),
        "aria-label": f"D’où vient ce chiffre ? {fiche.libelle}",
    }
    bouton = html.Button("i", type="button", className="i", **definition)
    texte: Any = valeur_ecrite(chiffre, fiche.genre)
    classe = "v"
    if chiffre.valeur is None:
        etat = Etat(chiffre.statut)
        texte, classe = html.Abbr(texte, title=etat.en_mots), f"v etat-{etat}"
    enfants = [
        html.H3([html.Span(fiche.libelle), bouton]),
        html.P(texte, className=classe),
        _variation(fiche, chiffre, vue),
    ]
    trace = etincelle(chiffre.serie)
    if trace:
        enfants.append(html.Span(className="spark", style={"--trace": f'url("{trace}")'}, **{"aria-hidden": "true"}))
    return html.Article(enfants, className="kpi", id=f"kpi-{fiche.ident}")


def _variation(fiche: Indicateur, chiffre: ChiffreCle, vue: VueEnsemble) -> html.P:
    dite = variation(chiffre, fiche.genre, vue.precedente)
    if dite:
        sens, texte, suite = dite
        return html.P([html.Span(texte, className=sens), " ", html.Em(suite)], className="d")
    if fiche.ident == "marches_clause" and vue.marches is not None and chiffre.valeur is None:
        return html.P(html.Em(f"sur {fr.pluriel(vue.marches, 'marché')} au total"), className="d")
    motif = Etat(chiffre.statut).en_mots if chiffre.valeur is None else "pas de comparaison"
    return html.P(html.Em(motif), className="d")


def etincelle(serie: dict[int, float | None], largeur: int = 84, hauteur: int = 22) -> str | None:
    """A sparkline as a data URL, used as a mask so that its colour is the theme's; ``None`` under two points."""
    points = [(a, v) for a, v in sorted(serie.items()) if v is not None]
    if len(points) < 2:
        return None
    bas, haut = min(v for _, v in points), max(v for _, v in points)
    debut, fin = points[0][0], points[-1][0]
    etendue = haut - bas or 1.0

    def place(annee: int, valeur: float) -> str:
        x = 2 + (annee - debut) / (fin - debut) * (largeur - 6)
        return f"{x:.1f} {hauteur - 3 - (valeur - bas) / etendue * (hauteur - 6):.1f}"

    trace = "L".join(place(a, v) for a, v in points)
    x, y = place(*points[-1]).split()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{largeur}" height="{hauteur}">'
        f'<path d="M{trace}" fill="none" stroke="#000" stroke-width="1.6"/><circle cx="{x}" cy="{y}" r="2.4"/></svg>'
    )
    return "data:image/svg+xml," + quote(svg, safe="")
