"""``/fiche/acheteur/<siret>``: one buyer, at a stable address."""

from __future__ import annotations

import dash

from dashboard.contenu import fiche_acheteur as contenu
from dashboard.pages._reponse import relier
from dashboard.ui import acheteurs, acheteurs_comparables, fiche_acheteur
from dashboard.ui.page import Dessin, Page

dash.register_page(
    __name__, path_template="/fiche/acheteur/<objet>", title="Fiche acheteur · Observatoire des clauses sociales",
    name="Fiche acheteur", onglet=None, description="Les marchés d’un acheteur et leurs considérations sociales.",
)  # fmt: skip

PAGE = Page(
    contenu.PAGE,
    "Où en est cet acheteur ?",
    {
        "fiche-acheteur-annees": Dessin(
            "w6", figure=acheteurs.annees, choix=acheteurs.choix_mesure, hauteur=340,
            description="Parts des marchés par année et objectifs nationaux ; les mêmes nombres sont dans le tableau.",
        ),
        "fiche-acheteur-comparables": Dessin("w6", html=acheteurs_comparables.dessiner),
        "fiche-acheteur-secteur": Dessin("w6", html=acheteurs.typologie("fiche-acheteur-secteur", contenu.SECTEUR)),
        "fiche-acheteur-achat": Dessin("w6", html=acheteurs.typologie("fiche-acheteur-achat", contenu.ACHAT)),
        "fiche-acheteur-tranche": Dessin("w6", html=acheteurs.typologie("fiche-acheteur-tranche", contenu.TRANCHE)),
        "fiche-acheteur-spaser": Dessin("w6", html=acheteurs.spaser_annees),
        "fiche-acheteur-conformite": Dessin("w12", html=fiche_acheteur.conformite),
        "fiche-acheteur-echeances": Dessin(
            "w12", figure=acheteurs.echeances, hauteur=340,
            description="Marchés qui finissent, mois par mois ; les mêmes nombres sont dans le tableau.",
        ),
        "fiche-acheteur-fins": Dessin("w12", html=acheteurs.fins),
        "fiche-acheteur-contrats": Dessin("w12", html=fiche_acheteur.contrats),
    },
    fil=fiche_acheteur.fil,
)  # fmt: skip

layout = relier(PAGE)
