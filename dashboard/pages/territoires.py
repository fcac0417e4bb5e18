"""« Que se passe-t-il sur mon territoire ? »: any indicator, at any level, from the région to a commune."""

from __future__ import annotations

import dash

from dashboard.contenu import territoires as contenu
from dashboard.figures.territoires import HAUTEUR_COURBES, HAUTEUR_FLUX
from dashboard.pages._reponse import relier
from dashboard.ui import territoires as vues
from dashboard.ui.page import Dessin, Page
from dashboard.ui.territoires_distribution import distribution

dash.register_page(
    __name__, path="/territoires", title="Territoires · Observatoire des clauses sociales", name="Territoires",
    onglet="Territoires", order=1,
    description="Heures, bénéficiaires, publics et marchés par département, EPT, EPCI et commune d’Île-de-France.",
)  # fmt: skip

PAGE = Page(
    contenu.PAGE,
    "Que se passe-t-il sur mon territoire ?",
    {
        "territoires-carte": Dessin("w8 haut", carte=vues.carte, choix=vues.choix_carte),
        "territoires-classement": Dessin("w4", html=vues.classement),
        "territoires-distribution": Dessin("w4", html=distribution),
        "territoires-evolution": Dessin(
            "w5", figure=vues.evolution, hauteur=HAUTEUR_COURBES,
            description="Courbes par année : territoire, département, région ; les mêmes nombres sont dans le tableau.",
        ),
        "territoires-flux": Dessin(
            "w7", figure=vues.flux, choix=vues.cle_flux, hauteur=HAUTEUR_FLUX,
            description="Flux du lieu de résidence au lieu d’exécution ; les mêmes nombres sont dans le tableau.",
        ),
    },
    fil=vues.fil,
)  # fmt: skip

layout = relier(PAGE)
