"""The one declarative table of filters.

The widgets, the URL, the SQL conditions and the words of a selection are all
derived from :data:`FILTRES`; a filter is written nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Genre = Literal["intervalle", "territoire", "choix", "liste"]


@dataclass(frozen=True, slots=True)
class Filtre:
    """One filter: its URL key, the attribute of ``Selection`` it sets, its column and its words.

    ``colonne`` is the column of the fact tables (``None`` when the filter is not a plain
    equality); ``nomenclature`` names the list of its codes; ``tous`` is the text shown
    when nothing is chosen.
    """

    cle: str
    attribut: str
    genre: Genre
    libelle: str
    colonne: str | None = None
    nomenclature: str | None = None
    tous: str = "Tous"


FILTRES: tuple[Filtre, ...] = (
    Filtre("annee", "annees", "intervalle", "Période", "annee"),
    Filtre("territoire", "territoire", "territoire", "Territoire", tous="Île-de-France"),
    Filtre("lieu", "geographie", "choix", "Compter où ?", nomenclature="geographie"),
    Filtre("acheteur", "acheteurs", "liste", "Acheteur", "acheteur_siret", "acheteur"),
    Filtre("programme", "programmes", "liste", "Programme", "programme", "programme"),
    Filtre("secteur", "secteurs", "liste", "Secteur", "secteur", "secteur"),
    Filtre("clause", "clauses", "liste", "Type de clause", "type_clause", "type_clause"),
    Filtre("achat", "achats", "liste", "Type d’achat", "type_achat", "type_achat"),
)

PAR_CLE = {f.cle: f for f in FILTRES}
LISTES = tuple(f for f in FILTRES if f.genre == "liste")

NIVEAUX = ("departement", "epci", "commune")
GEOGRAPHIES = ("execution", "siege", "residence")
INDICATEURS = ("heures", "marches")

#: URL key of a territory by its level, coarse to fine.
CLES_TERRITOIRE = {"departement": "dep", "epci": "epci", "commune": "commune"}

#: Former names of parameters, still understood so that old links keep working.
ANCIENNES_CLES = {
    "annees": "annee",
    "periode": "annee",
    "departement": "dep",
    "ept": "epci",
    "insee": "commune",
    "geographie": "lieu",
    "acheteurs": "acheteur",
    "programmes": "programme",
    "secteurs": "secteur",
    "type_clause": "clause",
    "type_achat": "achat",
}

#: More values than this in one list are cut, with a note: a URL is not a database.
VALEURS_MAX = 60
