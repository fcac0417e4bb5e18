"""A page: its layout and the one answer that fills it, from what the page says and how each bloc is drawn.

Everything but Plotly's figures travels as one piece of data that ``assets/rendu.js`` puts in place: one
update of the browser a page, not one a component. Pages register the callback; nothing is queried here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import dash
from dash import ClientsideFunction, Input, Output, State, dcc, html
from markupsafe import Markup

from dashboard.contenu import marches, provenance
from dashboard.contenu.contexte import SANS_SUIVI, Contexte
from dashboard.contenu.page import PageContenu
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.filtre import OBJET_MAX
from dashboard.domain.selection import depuis_url, vers_url
from dashboard.ui import emporter, kpi, rendu
from dashboard.ui.bloc import bloc, graphe, squelette
from dashboard.ui.contexte import cite, instantane_ou_present

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.contenu.tableau import Bloc
    from dashboard.figures.theme import Theme
    from dashboard.warehouse.connexion import Instantane

#: What puts the answer of a page in place, in the browser.
POSER = ClientsideFunction("rendu", "poser")
#: Inputs of every page, in the order of :meth:`Page.repondre`.
ENTREES = {"search": Input("url", "search"), "theme": Input("theme", "data")}
#: Inputs of a sheet, whose object is the end of the path, in the order of :meth:`Page.repondre_fiche`.
ENTREES_FICHE = {"pathname": Input("url", "pathname"), **ENTREES}


@dataclass(frozen=True)
class Dessin:
    """How a bloc is drawn: light marks (``html``), Plotly (``figure``), a ``carte``, a ``grille``; ``choix`` above.

    ``largeur`` is its class in the grid of twelve columns; ``description`` the text alternative of a figure.
    A ``grille`` (many rows, in the ``colonnes`` of ``ui.grille``) belongs to a page registered with ``grille=True``.
    """

    largeur: str
    html: Callable[[Contexte[Any], Bloc], Markup] | None = None
    figure: Callable[[Contexte[Any], Bloc, Theme], go.Figure] | None = None
    carte: Callable[[Contexte[Any]], dict[str, Any]] | None = None
    grille: Callable[[Contexte[Any], Bloc], list[dict[str, Any]]] | None = None
    colonnes: tuple[dict[str, Any], ...] = ()
    choix: Callable[[Contexte[Any]], Markup] | None = None
    description: str = ""
    hauteur: int = 300


class Page:
    """One page of the site."""

    def __init__(
        self,
        contenu: PageContenu,
        titre: str,
        dessins: Mapping[str, Dessin],
        *,
        fil: Callable[[Contexte[Any]], Markup] | None = None,
        titre_visible: bool = True,
    ) -> None:
        if set(dessins) != set(contenu.blocs):
            raise ValueError(f"page {contenu.nom} : blocs écrits et blocs dessinés diffèrent")
        self.contenu, self.titre, self.dessins = contenu, titre, dessins
        self.fil, self.titre_visible = fil, titre_visible
        self.figures = [ident for ident, d in dessins.items() if d.figure]
        self.grilles = [ident for ident, d in dessins.items() if d.grille]

    def layout(self) -> html.Div:
        """The page, empty: the callback fills it from the URL."""
        blocs = [bloc(i, d.largeur, self._corps(i, d), choix=d.choix is not None) for i, d in self.dessins.items()]
        return html.Div(
            [
                dcc.Store(id=f"{self.contenu.nom}-rendu"),
                dcc.Store(id=f"{self.contenu.nom}-squelettes", data={i: squelette(i) for i in self.dessins}),
                html.H1(self.titre, className="question" if self.titre_visible else "visually-hidden"),
                html.Div(id="notes", className="notes", role="status"),
                *([html.Div(id="fil")] if self.fil else []),
                html.P(id="phrase", className="lede"),
                html.Div(id="puces", className="chips"),
                html.Div(id="chiffres", className="kpis"),
                html.Div(blocs, className="grid"),
            ],
            id=f"page-{self.contenu.nom}",
            className=f"attente-page{' page-fiche' if self.contenu.fiche else ''}",
            **{"data-sans": " ".join(self.contenu.sans)},
        )

    @staticmethod
    def _corps(ident: str, dessin: Dessin) -> Any:
        if dessin.figure:
            return graphe(f"{ident}-figure", dessin.description, dessin.hauteur)
        if dessin.carte:
            fond = html.Div(id=f"{ident}-carte", className="carte")
            return [fond, html.Div(id=f"{ident}-etats", className="legende")]
        if dessin.grille:
            from dashboard.ui.grille import grille  # brings AG Grid with it: only where there is one

            return grille(ident, dessin.colonnes, dessin.hauteur, dessin.description)
        return html.Div(id=f"{ident}-figure")

    def sorties(self) -> dict[str, Any]:
        """Outputs of the callback of the page."""
        return {
            "rendu": Output(f"{self.contenu.nom}-rendu", "data"),
            "figures": [Output(f"{ident}-figure", "figure") for ident in self.figures],
            "grilles": [Output(f"{ident}-grille", "rowData") for ident in self.grilles],
        }

    def a_poser(self) -> list[Input | State]:
        """Arguments of the callback of the browser that puts the answer in place (:data:`POSER`)."""
        return [Input(f"{self.contenu.nom}-rendu", "data"), State(f"{self.contenu.nom}-squelettes", "data")]

    def repondre(self, search: str | None, theme: Theme | None) -> dict[str, Any]:
        """URL → selection → data → figures: everything the page shows, in one answer."""
        source, tete = self._source(search or "")
        lecture = depuis_url(search or "", source.referentiel)
        notes = (*lecture.notes, *self.contenu.sans_effet(lecture.selection))
        return self.remplir(self.contenu.contexte(source, lecture.selection), theme or "light", notes, tete)

    def repondre_fiche(self, pathname: str | None, search: str | None, theme: Theme | None) -> dict[str, Any]:
        """The same for a sheet: ``/fiche/<kind>/<object>``; the query only holds settings of the views."""
        source, tete = self._source(search or "")
        lecture = depuis_url(search or "", source.referentiel)
        objet = " ".join(unquote((pathname or "").partition("/fiche/")[2].partition("/")[2]).split())[:OBJET_MAX]
        contexte = self.contenu.contexte(source, lecture.selection.avec(objet=objet or None))
        return self.remplir(contexte, theme or "light", lecture.notes, tete)

    @staticmethod
    def _source(search: str) -> tuple[Instantane, Markup]:
        """The snapshot read, and what must be said of it first when an address quotes one."""
        source, absent = instantane_ou_present(search)
        if absent:
            return source, rendu.notes([absent])
        return source, rendu.fige(source.manifeste) if cite(search) else Markup("")

    def remplir(
        self, contexte: Contexte[Any], theme: Theme, notes: tuple[str, ...] = (), tete: Markup | str = ""
    ) -> dict[str, Any]:
        """The answer for data already read: what is put in place, and Plotly's figures. ``tete`` opens the notes."""
        blocs = self.contenu.composer(contexte)
        figures = [self._figure(contexte, blocs[ident], theme) for ident in self.figures]
        grilles = [self._grille(contexte, blocs[ident]) for ident in self.grilles]
        return {
            "rendu": self._rendu(contexte, blocs, tete + rendu.notes(notes)),
            "figures": figures,
            "grilles": grilles,
        }

    def _figure(self, contexte: Contexte[Any], b: Bloc, theme: Theme) -> Any:
        dessiner = self.dessins[b.ident].figure
        return dash.no_update if b.vide or dessiner is None else dessiner(contexte, b, theme)

    def _grille(self, contexte: Contexte[Any], b: Bloc) -> list[dict[str, Any]]:
        lister = self.dessins[b.ident].grille
        return [] if b.vide or lister is None else lister(contexte, b)

    def _rendu(self, c: Contexte[Any], blocs: Mapping[str, Bloc], notes: str) -> dict[str, Any]:
        tete = {
            "notes": notes,
            "phrase": rendu.phrase(self.contenu.phrase(c)),
            "puces": rendu.outils_page(self._marches(c)) if self.contenu.fiche else self._puces(c),
            "chiffres": "".join(kpi.carte(chiffre, c) for chiffre in self.contenu.chiffres(c)),
            **({"fil": self.fil(c)} if self.fil else {}),
        }
        return {
            "page": self.contenu.nom,
            "url": vers_url(c.selection, c.ref),
            "introuvable": bool(getattr(c.vue, "introuvable", None)),
            "tete": tete,
            "blocs": {ident: self._bloc(c, b) for ident, b in blocs.items()},
        }

    def _puces(self, c: Contexte[Any]) -> Markup:
        chips = phrases.puces(c.selection, c.ref, periode="annee" not in self.contenu.sans)
        return rendu.puces(chips, self._marches(c))

    def _marches(self, c: Contexte[Any]) -> dict[str, str] | None:
        """The files of the contracts behind the page, where it has some."""
        emport = marches.a_emporter(self.contenu, c)
        return emporter.marches(emport, c) if emport else None

    def _bloc(self, c: Contexte[Any], b: Bloc) -> dict[str, Any]:
        """The pieces of a bloc, by the suffix of the element that receives them; ``carte`` is what the map needs."""
        dessin = self.dessins[b.ident]
        annees = "{}-{}".format(*c.ref.annees)
        pieces: dict[str, Any] = {
            "titre": fr.composer(b.titre),
            "sous-titre": fr.composer(b.sous_titre).replace(" · ", f"{fr.INSECABLE}· "),
            "legende": fr.composer(b.legende),
            "vide": rendu.vide(
                b.vide, annees if b.annuel and self._elargit(c) else None, filtres=self._filtrable(c, b)
            ),
            "jumeau": rendu.jumeau(b),
            "provenance": rendu.provenance([provenance.fiche(i, c) for i in b.definitions]),
        }
        if dessin.choix:
            pieces["choix"] = dessin.choix(c)
        if dessin.grille:
            pieces["recherche"] = rendu.recherche_grille(b.ident)
        if dessin.html:
            pieces["figure"] = "" if b.vide else dessin.html(c, b)
        if dessin.carte and not b.vide:
            pieces["carte"] = dessin.carte(c)
        return pieces

    def _filtrable(self, c: Contexte[Any], b: Bloc) -> bool:
        """Whether fewer filters could show more: never on a sheet, nor of what is not loaded, nor when none is set."""
        return not self.contenu.fiche and b.vide != SANS_SUIVI and self.contenu.filtre(c.selection)

    def _elargit(self, c: Contexte[Any]) -> bool:
        """Whether showing every year would show more."""
        return c.periode != c.ref.annees and "annee" not in self.contenu.sans
