"""« Combien d’heures prévoir ? »: the hours a contract can carry, beside those of comparable lots."""

from __future__ import annotations

import dash
from dash import ClientsideFunction, Input, clientside_callback

from dashboard.contenu import calculateur as contenu
from dashboard.contenu import calculateur_lots as lots
from dashboard.pages._reponse import relier
from dashboard.ui import calculateur, calculateur_lots
from dashboard.ui.page import Dessin, Page

dash.register_page(
    __name__, path="/calculateur", title="Calculateur · Observatoire des clauses sociales", name="Calculateur",
    onglet="Calculateur", order=6,
    description="Heures d’insertion à prévoir dans un marché, face aux lots comparables d’Île-de-France.",
)  # fmt: skip

PAGE = Page(
    contenu.PAGE,
    "Combien d’heures prévoir ?",
    {
        "calculateur-resultat": Dessin("w5", html=calculateur.resultat),
        "calculateur-comparables": Dessin("w7", html=calculateur_lots.distribution(lots.heures)),
        "calculateur-sensibilite": Dessin("w6", html=calculateur.sensibilite),
        "calculateur-tranche": Dessin("w6", html=calculateur.tranche),
        "calculateur-metiers": Dessin("w6 haut", html=calculateur.par_metier),
        "calculateur-reperes": Dessin("w6", html=calculateur_lots.reperes),
        "calculateur-ratio": Dessin("w6", html=calculateur_lots.distribution(lots.ratio)),
        "calculateur-faisabilite": Dessin("w12", html=calculateur.faisabilite),
        "calculateur-lots": Dessin("w12", html=calculateur_lots.proches),
    },
    fil=calculateur.formulaire,
)

layout = relier(PAGE)
clientside_callback(ClientsideFunction("calcul", "remplir"), Input("calculateur-rendu", "data"))
