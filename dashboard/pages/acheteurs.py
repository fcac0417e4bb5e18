"""« Mes achats sont-ils responsables ? »: social and environmental considerations of the published contracts."""

from __future__ import annotations

import dash

from dashboard.contenu import acheteurs as contenu
from dashboard.pages._reponse import relier
from dashboard.ui import acheteurs, acheteurs_comparables
from dashboard.ui.page import Dessin, Page

dash.register_page(
    __name__, path="/acheteurs", title="Acheteurs · Observatoire des clauses sociales", name="Acheteurs",
    onglet="Acheteurs", order=5,
    description="Considérations sociales et environnementales des marchés publics d’Île-de-France, par acheteur.",
)  # fmt: skip

PAGE = Page(
    contenu.PAGE,
    "Mes achats sont-ils responsables ?",
    {
        "acheteurs-annees": Dessin(
            "w8", figure=acheteurs.annees, choix=acheteurs.choix_mesure, hauteur=340,
            description="Parts des marchés par année et objectifs nationaux ; les mêmes nombres sont dans le tableau.",
        ),
        "acheteurs-formes": Dessin("w4", html=acheteurs.formes),
        "acheteurs-environnement": Dessin("w4", html=acheteurs.environnement),
        "acheteurs-comparables": Dessin("w8", html=acheteurs_comparables.dessiner),
        "acheteurs-secteur": Dessin("w6", html=acheteurs.typologie("acheteurs-secteur")),
        "acheteurs-division": Dessin("w6", html=acheteurs.typologie("acheteurs-division")),
        "acheteurs-achat": Dessin("w6", html=acheteurs.typologie("acheteurs-achat")),
        "acheteurs-tranche": Dessin("w6", html=acheteurs.typologie("acheteurs-tranche")),
        "acheteurs-categorie": Dessin("w6", html=acheteurs.typologie("acheteurs-categorie")),
        "acheteurs-territoire": Dessin("w6", html=acheteurs.territoire, choix=acheteurs.choix_niveau),
        "acheteurs-conformite": Dessin("w12", html=acheteurs.conformite),
        "acheteurs-echeances": Dessin(
            "w12", figure=acheteurs.echeances, hauteur=340,
            description="Marchés qui finissent, mois par mois ; les mêmes nombres sont dans le tableau.",
        ),
        "acheteurs-fins": Dessin("w12", html=acheteurs.fins),
        "acheteurs-spaser": Dessin("w12", html=acheteurs.spaser),
        "acheteurs-liste": Dessin("w12", html=acheteurs.liste),
    },
)  # fmt: skip

layout = relier(PAGE)
