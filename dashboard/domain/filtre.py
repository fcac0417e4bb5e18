"""The one declarative table of filters, and that of the settings of the views.

The widgets, the URL, the SQL conditions and the words of a selection are all
derived from :data:`FILTRES`; a filter is written nowhere else. The settings of
:data:`VUES` change how a page is shown, never what is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Genre = Literal["intervalle", "territoire", "choix", "liste", "regard"]


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
    Filtre("acheteur", "acheteurs", "liste", "Acheteur", "acheteur", "acheteur"),
    Filtre("programme", "programmes", "liste", "Programme", "programme", "programme"),
    Filtre("secteur", "secteurs", "liste", "Secteur", "secteur", "secteur"),
    Filtre("clause", "clauses", "liste", "Type de clause", "type_clause", "type_clause"),
    Filtre("achat", "achats", "liste", "Type d’achat", "type_achat", "type_achat"),
    Filtre("regard", "regard", "regard", "Regard", nomenclature="regard", tous="Tous les publics"),
)

PAR_CLE = {f.cle: f for f in FILTRES}
LISTES = tuple(f for f in FILTRES if f.genre == "liste")

NIVEAUX = ("departement", "epci", "commune")
GEOGRAPHIES = ("execution", "siege", "residence")

#: Condition of each lens on a table of persons; constants of ours, never a text of a URL.
REGARDS = {
    "femmes": "sexe = 'F'",
    "moins_26": "tranche_age = 'moins_26'",
    "plus_50": "tranche_age = '50_plus'",
    "qpv": "qpv",
    "rsa": "rsa",
    "deld": "deld",
    "rqth": "rqth",
}
#: Lenses on sensitive data: never crossed finer than the EPT or EPCI, nor with another criterion.
REGARDS_SENSIBLES = frozenset({"rqth"})

#: What a map can show. ``heures`` and ``marches`` exist on every page, the others on the page of the territories.
INDICATEURS = (
    "heures", "engagees", "taux", "heures_hab", "etp", "beneficiaires", "beneficiaires_hab", "heures_personne",
    "part_femmes", "part_moins_26", "part_plus_50", "part_qpv", "part_rsa", "part_deld", "distance",
    "part_hors_btp", "marches", "part_clause", "couverture",
)  # fmt: skip


#: States of a lot, from the one to look at first; their words are the nomenclature ``etat_lot``.
ETATS_LOT = ("retard", "surveiller", "temps", "avance", "non_demarre", "non_atteint", "atteint", "nd")


@dataclass(frozen=True, slots=True)
class ReglageVue:
    """A setting of how something is shown: its URL key (also the attribute of ``Selection``), its values, its default.

    ``plusieurs`` settings hold a tuple of values.
    """

    cle: str
    valeurs: tuple[str, ...]
    defaut: str | None
    plusieurs: bool = False


VUES: tuple[ReglageVue, ...] = (
    ReglageVue("niveau", NIVEAUX, "departement"),
    ReglageVue("indicateur", INDICATEURS, None),
    ReglageVue("pas", ("mois", "trimestre", "annee"), "mois"),
    ReglageVue("cumul", ("non", "oui"), "non"),
    ReglageVue("calques", ("gares", "structures"), None, plusieurs=True),
    ReglageVue("etat", ETATS_LOT, None, plusieurs=True),
    ReglageVue("mesure", ("nombre", "montant"), "nombre"),
)


@dataclass(frozen=True, slots=True)
class ReglageNombre:
    """A number of the calculator: its URL key (also the attribute of ``Selection``), its name and unit, its bounds."""

    cle: str
    libelle: str
    unite: str
    minimum: float
    maximum: float


NOMBRES: tuple[ReglageNombre, ...] = (
    ReglageNombre("montant", "Montant du marché", "€ HT", 1, 10_000_000_000),
    ReglageNombre("part", "Part de main-d’œuvre", "%", 0, 100),
    ReglageNombre("taux", "Taux d’insertion", "%", 0, 100),
    ReglageNombre("cout", "Coût horaire", "€", 1, 500),
    ReglageNombre("tranche", "Montant facturé par heure due", "€", 1, 1_000_000),
)

#: URL key of the snapshot an address quotes: which data, never what is counted in them.
INSTANTANE = "instantane"

#: Identifier of the object of a sheet (a SIRET, an operation, a lot, a programme): any printable text, but short.
OBJET_MAX = 80

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
