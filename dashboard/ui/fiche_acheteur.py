"""How the sheet of a buyer is drawn: its list of contracts; the rest is drawn as on the page of the buyers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard.contenu.acheteurs_listes import regle_conformite
from dashboard.ui import rendu
from dashboard.ui.acheteurs import lister
from dashboard.ui.acheteurs_comparables import MODELE, fiche

if TYPE_CHECKING:
    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.tableau import Bloc
    from dashboard.warehouse.acheteurs_fiche import Fiche


#: Contracts drawn in the list of a buyer; the table twin and the CSV hold up to five hundred.
MONTRES = 100


def contrats(_c: Contexte[Any], bloc: Bloc) -> Markup:
    """The contracts, with their follow-up."""
    return lister(bloc, [None] * len(bloc.tableau.lignes), (1, 2, 5, 7, 8, 9, 10, 11), montres=MONTRES)


def conformite(c: Contexte[Any], bloc: Bloc) -> Markup:
    """The contracts above the thresholds, then the rule."""
    return lister(bloc, [None] * len(bloc.tableau.lignes), (1, 2, 3, 4, 6, 7, 8), regle_conformite(c))


def fil(c: Contexte[Fiche]) -> Markup:
    """Back to the page of the buyers, with this one chosen; the closest names when there is no such buyer."""
    proches = [(fiche(a.siret), a.nom) for a in c.vue.proches]
    retour = f"/acheteurs?acheteur={c.vue.acheteur.siret}" if c.vue.acheteur else "/acheteurs"
    return rendu.marque(MODELE, "fil", retour, bool(c.vue.acheteur), proches)
