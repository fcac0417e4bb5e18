"""The frame of every page: header, pages, demonstration banner, filters, footer."""

from __future__ import annotations

from typing import Any

import dash
import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.domain import francais as fr
from dashboard.export.limites import DIAPOS_MAX
from dashboard.ui import filtres
from dashboard.warehouse.connexion import Instantane, InstantaneAbsent

NOM = "Observatoire des clauses sociales"


def cadre(instantane: Instantane) -> html.Div:
    """The whole page around ``dash.page_container``."""
    ref = instantane.referentiel
    bouton = html.Button("Filtres", id="bouton-filtres", type="button", className="fbtn", **{"data-ouvre": "filtres"})
    enfants = [
        *_magasins(filtres.table(ref)),
        html.A("Aller au contenu", href="#contenu", className="skip"),
        _entete(),
        html.Nav(_onglets(), **{"aria-label": "Pages", "data-grilles": " ".join(pages_a_grille())}),
        _bandeau(instantane),
        html.Div([filtres.panneau(ref), html.Main(dash.page_container, id="contenu")], className="page"),
        bouton,
        _pied(instantane),
    ]
    return html.Div(enfants, className="observatoire", **_marques(instantane))


def _marques(instantane: Instantane) -> dict[str, str]:
    """What the browser must know of the snapshot in place."""
    m = instantane.manifeste
    return {"data-instantane": m.instantane_id, **({"data-demo": "1"} if m.demo else {})}


def sans_instantane(erreur: InstantaneAbsent) -> html.Div:
    """The page shown when there is no snapshot: what is wrong and what to do."""
    message = [html.H1("L’observatoire n’a pas encore de données"), html.P(str(erreur), className="lede")]
    # Dash wants its container of pages in every layout: here, out of sight.
    pages = html.Div(dash.page_container, hidden=True)
    contenu = html.Main(message, id="contenu", className="page-seule")
    return html.Div([*_magasins([]), _entete(recherche=False), contenu, pages])


def _magasins(table: list[dict[str, Any]]) -> list[Any]:
    return [
        dcc.Location(id="url", refresh=False),
        dcc.Store(id="theme", data="light"),
        dcc.Store(id="table-filtres", data=table),
    ]


def _entete(*, recherche: bool = True) -> html.Header:
    marque = html.A(
        [html.Span(className="mark", **{"aria-hidden": "true"}), html.Span([html.B(NOM), html.Small("Île-de-France")])],
        href="/",
        className="brand",
    )
    boite = dcc.Dropdown(
        id="recherche", options=[], placeholder="Un territoire, un acheteur, un projet…",
        labels={**filtres.TEXTES, "no_options_found": "Tapez un nom ou un code"}, optionHeight="auto",
    )  # fmt: skip
    theme = html.Button(
        "◐", id="bouton-theme", type="button", className="ghost", **{"aria-label": "Thème clair ou sombre"}
    )
    outils = [html.Div(boite, className="search"), _diaporama()] if recherche else []
    return html.Header([marque, *outils, theme], className="top")


def _diaporama() -> html.A:
    """« Mon diaporama » and the number of its slides, written by ``assets/diaporama.js``."""
    mots = [html.Span("▤", **{"aria-hidden": "true"}), html.Span("Mon diaporama", className="mots")]
    return html.A(
        [*mots, html.Span(className="compte", **{"aria-hidden": "true"})], href="/diaporama", id="lien-diaporama",
        className="lien-diaporama", **{"data-page": "", "data-max": str(DIAPOS_MAX), "aria-label": "Mon diaporama"},
    )  # fmt: skip


def pages_a_grille() -> list[str]:
    """Paths of the pages that show a table of many rows, and need AG Grid for it."""
    return [p["path"] for p in dash.page_registry.values() if p.get("grille")]


def _onglets() -> dbc.Nav:
    pages = [p for p in dash.page_registry.values() if p.get("onglet")]
    pages.sort(key=lambda p: p["order"])
    liens = [dbc.NavLink(p["onglet"], href=p["path"], active="exact") for p in pages]
    return dbc.Nav(liens, class_name="tabs", navbar=False)


def _bandeau(instantane: Instantane) -> html.P:
    m = instantane.manifeste
    date = html.Span(f"Données au {fr.date_longue(m.date_donnees)}")
    if not m.demo:
        return html.P([date], className="demo reel")
    return html.P(
        [html.B("Démonstration"), "Chiffres synthétiques, calés sur les totaux publiés. Ne pas citer. ", date],
        className="demo",
    )


def _pied(instantane: Instantane) -> html.Footer:
    m = instantane.manifeste
    return html.Footer(
        f"Instantané {m.instantane_id} · effectifs de personnes inférieurs à {m.seuil} : secret statistique (s) · "
        "fonds de carte : IGN, INSEE, Etalab (Licence Ouverte 2.0)",
        className="pied",
    )
