"""The pages of the site that have blocs: from the identifier of a bloc to the page that writes it."""

from __future__ import annotations

from dashboard.contenu import (
    acheteurs,
    calculateur,
    fiche_acheteur,
    fiche_projet,
    heures,
    projets,
    publics,
    territoires,
    vue_ensemble,
)
from dashboard.contenu.page import PageContenu

PAGES: tuple[PageContenu, ...] = (
    vue_ensemble.PAGE,
    territoires.PAGE,
    heures.PAGE,
    publics.PAGE,
    projets.PAGE,
    fiche_projet.PAGE,
    acheteurs.PAGE,
    fiche_acheteur.PAGE,
    calculateur.PAGE,
)


def page_du_bloc(ident: str) -> PageContenu | None:
    """The page a bloc belongs to; ``None`` when there is no such bloc."""
    return next((p for p in PAGES if ident in p.blocs), None)
