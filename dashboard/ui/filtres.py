"""The filter panel, derived from the one table of filters."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.domain import francais as fr
from dashboard.domain.filtre import FILTRES, Filtre
from dashboard.domain.selection import Referentiel
from dashboard.ui import recherche

#: Strings of the dropdowns, in French.
TEXTES: dict[str, str] = {
    "select_all": "Tout choisir",
    "deselect_all": "Tout retirer",
    "selected_count": "{num_selected} choisis",
    "search": "Rechercher",
    "clear_search": "Effacer la recherche",
    "clear_selection": "Effacer le choix",
    "no_options_found": "Aucun résultat",
}


def identifiants(filtre: Filtre) -> list[str]:
    """Identifiers of the widgets of a filter."""
    if filtre.genre == "intervalle":
        return [f"f-{filtre.cle}-debut", f"f-{filtre.cle}-fin"]
    return [f"f-{filtre.cle}"]


WIDGETS = tuple(i for f in FILTRES for i in identifiants(f))


def table(ref: Referentiel) -> list[dict[str, Any]]:
    """The table of filters for the browser: key, widgets, kind, default."""
    defauts: dict[str, Any] = {"annee": [ref.defaut, ref.defaut], "lieu": "execution"}
    return [{"cle": f.cle, "widgets": identifiants(f), "genre": f.genre, "defaut": defauts.get(f.cle)} for f in FILTRES]


def panneau(ref: Referentiel) -> html.Aside:
    """The panel: a column on a desk, a drawer on a phone."""
    champs = [_champ(f, ref) for f in FILTRES]
    return html.Aside([html.H2("Filtres"), *champs], id="filtres", className="filters", **{"aria-label": "Filtres"})


def _champ(filtre: Filtre, ref: Referentiel) -> html.Div:
    if filtre.genre == "intervalle":
        return _periode(filtre, ref)
    ident = identifiants(filtre)[0]
    if filtre.genre == "choix":
        return _cadre(filtre, html.Label(filtre.libelle, id=f"{ident}-libelle"), _radios(filtre, ref, ident))
    etiquette = html.Label(filtre.libelle, htmlFor=ident)
    multiple = filtre.genre == "liste"
    if filtre.nomenclature in (None, "acheteur"):  # long lists: their options come from the server as one types
        nombre = len(ref.listes["acheteur"])
        invite = f"{filtre.tous} ({fr.nombre(nombre)})" if multiple else filtre.tous
        widget = _liste(ident, [], invite, multi=multiple, cherchable=True)
    else:
        options = recherche.liste(ref, filtre.nomenclature)
        widget = _liste(ident, options, filtre.tous, multi=multiple, cherchable=len(options) > 8)
    return _cadre(filtre, etiquette, widget)


def _cadre(filtre: Filtre, etiquette: html.Label, widget: Any) -> html.Div:
    """A filter and its label; its key lets a page hide it where it means nothing (``assets/21_fiches.css``)."""
    return html.Div([etiquette, widget], className="champ", **{"data-cle": filtre.cle})


def _liste(ident: str, options: list[recherche.Option], invite: str, *, multi: bool, cherchable: bool) -> dcc.Dropdown:
    return dcc.Dropdown(
        id=ident, options=options, multi=multi, placeholder=invite, clearable=True, labels=TEXTES,
        optionHeight="auto", searchable=cherchable, maxHeight=320,
    )  # fmt: skip


def _radios(filtre: Filtre, ref: Referentiel, ident: str) -> dcc.RadioItems:
    options = [{"label": libelle, "value": code} for code, libelle in ref.listes[filtre.nomenclature or ""].items()]
    return dcc.RadioItems(id=ident, options=options, value="execution")


def _periode(filtre: Filtre, ref: Referentiel) -> html.Div:
    annees = list(range(ref.annees[0], ref.annees[1] + 1))
    debut, fin = (
        dcc.Dropdown(id=i, options=annees, value=ref.defaut, clearable=False, searchable=False, labels=TEXTES)
        for i in identifiants(filtre)
    )
    ligne = html.Div([debut, html.Span("à"), fin], className="periode")
    return _cadre(filtre, html.Label(filtre.libelle, htmlFor=identifiants(filtre)[0]), ligne)
