"""« Où en sont les heures ? »: engaged and realised, over time and by kind."""

from __future__ import annotations

import dash

from dashboard.contenu import heures as contenu
from dashboard.pages._reponse import relier
from dashboard.ui import heures
from dashboard.ui.page import Dessin, Page

dash.register_page(
    __name__, path="/heures", title="Heures · Observatoire des clauses sociales", name="Heures", onglet="Heures",
    order=2, description="Heures d’insertion engagées, réalisées et validées en Île-de-France.",
)  # fmt: skip

PAGE = Page(
    contenu.PAGE,
    "Où en sont les heures ?",
    {
        "heures-temps": Dessin(
            "w8 haut", figure=heures.temps, choix=heures.choix_temps, hauteur=430,
            description="Heures réalisées et engagées dans le temps ; les mêmes nombres sont dans le tableau.",
        ),
        "heures-validees": Dessin("w4", html=heures.validees),
        "heures-achat": Dessin("w4", html=heures.typologie("heures-achat")),
        "heures-secteur": Dessin("w6", html=heures.typologie("heures-secteur")),
        "heures-categorie": Dessin("w6", html=heures.typologie("heures-categorie")),
        "heures-btp": Dessin("w6", html=heures.btp),
        "heures-clause": Dessin("w6", html=heures.typologie("heures-clause")),
        "heures-chaleur": Dessin(
            "w12", figure=heures.chaleur, hauteur=330,
            description="Heures de chaque département mois par mois ; les mêmes nombres sont dans le tableau.",
        ),
        "heures-modalite": Dessin("w8", html=heures.typologie("heures-modalite")),
        "heures-employeur": Dessin("w4", html=heures.typologie("heures-employeur")),
        "heures-type-contrat": Dessin("w6", html=heures.typologie("heures-type-contrat")),
        "heures-contrats": Dessin("w6", html=heures.contrats),
    },
)  # fmt: skip

layout = relier(PAGE)
