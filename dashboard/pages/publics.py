"""« Publics »: who benefits, where they come from, what they become."""

from __future__ import annotations

import dash

from dashboard.contenu import publics as contenu
from dashboard.pages._reponse import relier
from dashboard.ui import publics as ui
from dashboard.ui import publics_parcours
from dashboard.ui.page import Dessin, Page

dash.register_page(
    __name__, path="/publics", title="Publics · Observatoire des clauses sociales", name="Publics",
    onglet="Publics", order=3,
    description="Qui bénéficie des clauses sociales en Île-de-France : âge, formation, résidence, parcours, sorties.",
)  # fmt: skip

PAGE = Page(
    contenu.PAGE,
    "Qui en bénéficie ?",
    {
        "publics-ages": Dessin("w8", html=ui.ages),
        "publics-qpv": Dessin("w4", html=ui.doubles(contenu.rangees_qpv)),
        "publics-criteres": Dessin("w6 haut", html=ui.doubles(contenu.rangees_criteres)),
        "publics-niveaux": Dessin("w6", html=ui.doubles(contenu.rangees_niveaux)),
        "publics-distance": Dessin("w6", html=ui.doubles(contenu.rangees_distance)),
        "publics-residence": Dessin("w6", html=ui.residence, choix=ui.choix_niveau),
        "publics-prescripteurs": Dessin("w6", html=ui.doubles(contenu.rangees_prescripteurs)),
        "publics-parcours": Dessin(
            "w12", figure=publics_parcours.chemins, hauteur=520,
            description="Diagramme de flux du prescripteur au contrat, puis à la situation six mois après ;"
            " les mêmes liens sont dans le tableau.",
        ),
        "publics-contrats": Dessin("w6 haut", html=ui.contrats),
        "publics-sorties": Dessin("w6", html=ui.sorties),
        "publics-formation": Dessin("w6", html=ui.formation),
        "publics-types": Dessin("w12", html=ui.types),
    },
)  # fmt: skip

layout = relier(PAGE)
