"""« Les engagements du Grand Paris sont-ils tenus ? »: programmes, lines and lots, to their end."""

from __future__ import annotations

import dash

from dashboard.contenu import projets as contenu
from dashboard.figures.projets import HAUTEUR_COURBE
from dashboard.pages._reponse import relier
from dashboard.ui import projets as vues
from dashboard.ui import projets_lots as lots
from dashboard.ui.page import Dessin, Page
from dashboard.ui.projets_carte import carte
from dashboard.ui.projets_colonnes import LOTS

dash.register_page(
    __name__, path="/projets", title="Grands projets · Observatoire des clauses sociales", name="Grands projets",
    onglet="Grands projets", order=4, grille=True,
    description="Heures dues, réalisées et projetées des programmes du Grand Paris, ligne par ligne et lot par lot.",
)  # fmt: skip

PAGE = Page(
    contenu.PAGE,
    "Les engagements du Grand Paris sont-ils tenus ?",
    {
        "projets-programmes": Dessin("w12", html=vues.programmes),
        "projets-courbe": Dessin(
            "w8", figure=vues.courbe, hauteur=HAUTEUR_COURBE,
            description="Heures engagées, réalisées et projetées, cumulées ; les mêmes nombres sont dans le tableau.",
        ),
        "projets-etats": Dessin("w4", html=lots.etats),
        "projets-multiples": Dessin("w12", html=vues.multiples),
        "projets-carte": Dessin("w7", carte=carte),
        "projets-publics": Dessin("w5", html=lots.parts),
        "projets-rapprochement": Dessin("w12", html=lots.rapprochement),
        "projets-pme": Dessin("w12", html=lots.pme),
        "projets-lots": Dessin(
            "w12", grille=lots.rangs, colonnes=LOTS, hauteur=520, choix=lots.choix_etats,
            description="Lots des programmes ; les mêmes lignes sont dans le tableau.",
        ),
    },
)  # fmt: skip

layout = relier(PAGE)
