"""« Vue d'ensemble »: how many hours, where, for whom; the first page."""

from __future__ import annotations

import dash

from dashboard.contenu import vue_ensemble
from dashboard.pages._reponse import relier
from dashboard.ui import vues
from dashboard.ui.page import Dessin, Page

dash.register_page(
    __name__, path="/", title="Vue d’ensemble · Observatoire des clauses sociales", name="Vue d’ensemble",
    onglet="Vue d’ensemble", order=0,
    description="Heures d’insertion, bénéficiaires et marchés avec clause sociale en Île-de-France.",
)  # fmt: skip

PAGE = Page(
    vue_ensemble.PAGE,
    "Vue d’ensemble",
    {
        "carte": Dessin("w7", carte=vues.fond, choix=vues.choix_carte),
        "classement": Dessin("w5", html=vues.classement),
        "mois": Dessin(
            "w7", figure=vues.par_mois, description="Histogramme par mois ; les mêmes nombres sont dans le tableau."
        ),
        "secteurs": Dessin("w5", html=vues.secteurs),
        "profil": Dessin("w5", html=vues.profil),
        "publics": Dessin("w7 haut", html=vues.personnes),
        "niveaux": Dessin("w5", html=vues.personnes),
    },
    titre_visible=False,
)

layout = relier(PAGE)
