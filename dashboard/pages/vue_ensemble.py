"""« Vue d'ensemble »: how many hours, where, for whom; the first page."""

from __future__ import annotations

from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, callback, clientside_callback, dcc, html

from dashboard.contenu import resume as mots
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.vue_ensemble import composer
from dashboard.domain import phrases
from dashboard.domain.selection import depuis_url, vers_url
from dashboard.figures import heures as figures_heures
from dashboard.figures.theme import Theme
from dashboard.ui import carte, kpi, resume, vues
from dashboard.ui.bloc import SORTIES, bloc, contenu, graphe
from dashboard.ui.contexte import instantane
from dashboard.ui.segments import segments
from dashboard.warehouse.vue_ensemble import lire

dash.register_page(
    __name__, path="/", title="Vue d’ensemble · Observatoire des clauses sociales", name="Vue d’ensemble",
    onglet="Vue d’ensemble", order=0,
    description="Heures d’insertion, bénéficiaires et marchés avec clause sociale en Île-de-France.",
)  # fmt: skip

BLOCS = ("carte", "classement", "mois", "secteurs", "profil", "niveaux", "publics")
NIVEAUX = {"departement": "Départements", "epci": "EPT et EPCI", "commune": "Communes"}
INDICATEURS = {"heures": "Heures", "marches": "Marchés"}


def layout(**_parametres: str) -> html.Div:
    """The page, empty: the callback fills it from the URL."""
    return html.Div(
        [
            html.H1("Vue d’ensemble", className="visually-hidden"),
            html.Div(id="notes", className="notes", role="status"),
            html.P(id="phrase", className="lede"),
            html.Div(id="puces", className="chips"),
            html.Div(id="chiffres", className="kpis"),
            html.Div(_grille(), className="grid"),
        ],
        id="page-vue-ensemble",
        className="attente",
    )


def _grille() -> list[Any]:
    choix = html.Div([html.Div(id="choix-niveau"), html.Div(id="choix-indicateur")], className="choix")
    fond = [html.Div(id="carte", className="carte"), html.Div(id="carte-etats", className="legende")]
    graphique = graphe("mois-figure", "Histogramme par mois ; les mêmes nombres sont dans le tableau.")
    return [
        dcc.Store(id="carte-donnees"),
        bloc("carte", "w7", fond, avant=choix),
        bloc("classement", "w5", html.Div(id="classement-figure")),
        bloc("mois", "w7", graphique),
        bloc("secteurs", "w5", html.Div(id="secteurs-figure")),
        bloc("profil", "w5", html.Div(id="profil-figure")),
        bloc("publics", "w7 haut", html.Div(id="publics-figure")),
        bloc("niveaux", "w5", html.Div(id="niveaux-figure")),
    ]


@callback(
    output={
        "tete": [Output(i, "children") for i in ("notes", "phrase", "puces", "chiffres")],
        "page": Output("page-vue-ensemble", "className"),
        "choix": [Output(i, "children") for i in ("choix-niveau", "choix-indicateur")],
        "carte": [Output("carte-donnees", "data"), Output("carte-etats", "children")],
        "mois": Output("mois-figure", "figure"),
        "barres": [
            Output(f"{b}-figure", "children") for b in ("classement", "secteurs", "profil", "niveaux", "publics")
        ],
        "blocs": [[Output(f"{b}-{suffixe}", prop) for suffixe, prop in SORTIES] for b in BLOCS],
    },
    inputs={"search": Input("url", "search"), "theme": Input("theme", "data")},
)
def afficher(search: str | None, theme: Theme | None) -> dict[str, Any]:
    """URL → selection → data → figures: everything the page shows, in one answer."""
    source = instantane()
    ref = source.referentiel
    lecture = depuis_url(search or "", ref)
    selection = lecture.selection
    vue = lire(source, selection)
    contexte = Contexte(source, selection, vue)
    blocs = composer(source, selection, vue)
    url = vers_url(selection, ref)
    return {
        "tete": [
            resume.notes(lecture.notes),
            resume.phrase(mots.phrase(vue, selection, ref)),
            resume.puces(phrases.puces(selection, ref)),
            kpi.cartes(vue),
        ],
        "page": "",
        "choix": [
            segments("niveau", NIVEAUX, selection.niveau, "departement", "Niveau de la carte"),
            segments(
                "indicateur", INDICATEURS, vue.indicateur, "heures" if ref.a_suivi else "marches", "Ce que l’on compte"
            ),
        ],
        "carte": [carte.donnees(contexte, vues.fond(selection.niveau)), carte.legende(contexte)],
        "mois": figures_heures.par_mois(vue.mois, theme or "light", *vues.noms_series(contexte)),
        "barres": vues.figures(contexte, blocs),
        "blocs": [contenu(blocs[b], url) for b in BLOCS],
    }


clientside_callback(
    ClientsideFunction("carte", "dessiner"),
    Input("carte-donnees", "data"),
)
