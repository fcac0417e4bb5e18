"""``/fiche/projet/<objet>``: a programme, an operation or a lot, at a stable address."""

from __future__ import annotations

import dash

from dashboard.contenu import fiche_projet as contenu
from dashboard.figures.projets import HAUTEUR_COURBE
from dashboard.pages._reponse import relier
from dashboard.ui import fiche_projet as vues
from dashboard.ui import projets, projets_lots
from dashboard.ui.page import Dessin, Page

dash.register_page(
    __name__, path_template="/fiche/projet/<objet>", title="Projet · Observatoire des clauses sociales", name="Projet",
    onglet=None, description="Un programme, une opération ou un lot : dû, réalisé, projeté à la fin.",
)  # fmt: skip

PAGE = Page(
    contenu.PAGE,
    "Cet engagement sera-t-il tenu ?",
    {
        "fiche-projet-etat": Dessin("w5", html=vues.situation),
        "fiche-projet-courbe": Dessin(
            "w7", figure=projets.courbe, hauteur=HAUTEUR_COURBE,
            description="Heures engagées, réalisées et projetées, cumulées ; les mêmes nombres sont dans le tableau.",
        ),
        "fiche-projet-comparables": Dessin("w6", html=vues.comparables),
        "fiche-projet-marche": Dessin("w6", html=vues.marche),
        "fiche-projet-lots": Dessin("w12", html=projets_lots.liste),
        "fiche-projet-publics": Dessin("w12", html=projets_lots.parts),
    },
    fil=vues.fil,
)  # fmt: skip

layout = relier(PAGE)
