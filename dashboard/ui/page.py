"""A page: its layout and the one answer that fills it, from what the page says and how each bloc is drawn.

Everything but Plotly's figures travels as one piece of data that ``assets/rendu.js`` puts in place: one
update of the browser a page, not one a component. Pages register the callback; nothing is queried here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dash
from dash import ClientsideFunction, Input, Output, State, dcc, html

from dashboard.contenu import provenance
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.page import PageContenu
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.selection import depuis_url, vers_url
from dashboard.ui import kpi, rendu
from dashboard.ui.bloc import bloc, graphe, squelette
from dashboard.ui.contexte import instantane

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from markupsafe import Markup

    from dashboard.contenu.tableau import Bloc
    from dashboard.figures.theme import Theme

#: What puts the answer of a page in place, in the browser.
POSER = ClientsideFunction("rendu", "poser")
#: Inputs of every page, in the order of :meth:`Page.repondre`.
ENTREES = {"search": Input("url", "search"), "theme": Input("theme", "data")}


@dataclass(frozen=True)
class Dessin:
    """How a bloc is drawn: light marks (``html``), a Plotly ``figure`` or a ``carte``; ``choix`` above it.

    ``largeur`` is its class in the grid of twelve columns; ``description`` the text alternative of a figure.
    """

    largeur: str
    html: Callable[[Contexte[Any], Bloc], Markup] | None = None
    figure: Callable[[Contexte[Any], Bloc, Theme], go.Figure] | None = None
    carte: Callable[[Contexte[Any]], dict[str, Any]] | None = None
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
            className="attente-page",
        )

    @staticmethod
    def _corps(ident: str, dessin: Dessin) -> Any:
        if dessin.figure:
            return graphe(f"{ident}-figure", dessin.description, dessin.hauteur)
        if dessin.carte:
            fond = html.Div(id=f"{ident}-carte", className="carte")
            return [fond, html.Div(id=f"{ident}-etats", className="legende")]
        return html.Div(id=f"{ident}-figure")

    def sorties(self) -> dict[str, Any]:
        """Outputs of the callback of the page."""
        return {
            "rendu": Output(f"{self.contenu.nom}-rendu", "data"),
            "figures": [Output(f"{ident}-figure", "figure") for ident in self.figures],
        }

    def a_poser(self) -> list[Input | State]:
        """Arguments of the callback of the browser that puts the answer in place (:data:`POSER`)."""
        return [Input(f"{self.contenu.nom}-rendu", "data"), State(f"{self.contenu.nom}-squelettes", "data")]

    def repondre(self, search: str | None, theme: Theme | None) -> dict[str, Any]:
        """URL → selection → data → figures: everything the page shows, in one answer."""
        source = instantane()
        lecture = depuis_url(search or "", source.referentiel)
        return self.remplir(self.contenu.contexte(source, lecture.selection), theme or "light", lecture.notes)

    def remplir(self, contexte: Contexte[Any], theme: Theme, notes: tuple[str, ...] = ()) -> dict[str, Any]:
        """The answer for data already read: what is put in place, and Plotly's figures."""
        blocs = self.contenu.composer(contexte)
        figures = [self._figure(contexte, blocs[ident], theme) for ident in self.figures]
        return {"rendu": self._rendu(contexte, blocs, notes), "figures": figures}

    def _figure(self, contexte: Contexte[Any], b: Bloc, theme: Theme) -> Any:
        dessiner = self.dessins[b.ident].figure
        return dash.no_update if b.vide or dessiner is None else dessiner(contexte, b, theme)

    def _rendu(self, c: Contexte[Any], blocs: Mapping[str, Bloc], notes: tuple[str, ...]) -> dict[str, Any]:
        tete = {
            "notes": rendu.notes(notes),
            "phrase": rendu.phrase(self.contenu.phrase(c)),
            "puces": rendu.puces(phrases.puces(c.selection, c.ref)),
            "chiffres": "".join(kpi.carte(chiffre, c) for chiffre in self.contenu.chiffres(c)),
            **({"fil": self.fil(c)} if self.fil else {}),
        }
        return {
            "page": self.contenu.nom,
            "url": vers_url(c.selection, c.ref),
            "tete": tete,
            "blocs": {ident: self._bloc(c, b) for ident, b in blocs.items()},
        }

    def _bloc(self, c: Contexte[Any], b: Bloc) -> dict[str, Any]:
        """The pieces of a bloc, by the suffix of the element that receives them; ``carte`` is what the map needs."""
        dessin = self.dessins[b.ident]
        annees = c.ref.annees
        pieces: dict[str, Any] = {
            "titre": fr.composer(b.titre),
            "sous-titre": fr.composer(b.sous_titre),
            "legende": fr.composer(b.legende),
            "vide": rendu.vide(b.vide, f"{annees[0]}-{annees[1]}" if c.periode != annees else None),
            "jumeau": rendu.jumeau(b),
            "provenance": rendu.provenance([provenance.fiche(i, c) for i in b.definitions]),
        }
        if dessin.choix:
            pieces["choix"] = dessin.choix(c)
        if dessin.html:
            pieces["figure"] = "" if b.vide else dessin.html(c, b)
        if dessin.carte and not b.vide:
            pieces["carte"] = dessin.carte(c)
        return pieces
