"""The chapter of the départements: two tables that compare them, then one page each, read like their sheets.

Boundary: numbers and sentences of the sheets (``lecture``, ``prose``) and blocs of the first page, gathered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from dashboard.contenu import vue_ensemble as page_vue
from dashboard.contenu.contexte import SOURCE_DECP
from dashboard.contenu.tableau import Cellule, Colonne, Etat, Format, tableau
from dashboard.domain import francais as fr
from dashboard.rapport import lecture, prose
from dashboard.rapport.annuel_elements import Chapitre, Figure, Numeros, cartes, figure, pourquoi
from dashboard.rapport.annuel_plan import DEPARTEMENTS, Pose, demi

if TYPE_CHECKING:
    from dashboard.rapport.lecture import Lu
    from dashboard.warehouse.connexion import Instantane

Dire = Callable[[str, int], None]

#: Columns of the two tables: code of the value, heading, format.
ACTIVITE: tuple[tuple[str, str, Format], ...] = (
    ("heures", "Heures réalisées", "entier"),
    ("heures_hab", f"Heures pour 1{fr.FINE}000 habitants", "entier"),
    ("taux", "Taux de réalisation", "part"),
    ("part_hors_btp", "Part hors BTP", "part"),
    ("couverture", "Couverture de la collecte", "part"),
)
PUBLICS: tuple[tuple[str, str, Format], ...] = (
    ("beneficiaires", "Bénéficiaires", "entier"),
    ("part_femmes", "Femmes", "part"),
    ("part_moins_26", "Moins de 26 ans", "part"),
    ("part_qpv", "Habitants de QPV", "part"),
)
ACHATS: tuple[tuple[str, str, Format], ...] = (
    ("achats", "Marchés publiés", "entier"),
    ("part_sociale", "avec considération sociale", "part"),
)
DEFINITIONS = ("heures_realisees", "heures_hab", "taux_realisation", "part_hors_btp", "couverture")
#: What is shown of a département that has parts, and of Paris, which has none.
AVEC_CARTE = (Pose("carte", "carte", demi=True), *demi("secteurs", "mois", "niveaux"))
SANS_CARTE = demi("mois", "niveaux", "secteurs", "profil")


def cle(texte: str) -> str:
    """A text as it is sorted: no accent, no capital."""
    return "".join(c for c in normalize("NFD", texte.lower()) if not combining(c))


def chapitre(
    instantane: Instantane, region: Lu, codes: Sequence[str], annees: tuple[int, int], numeros: Numeros, dire: Dire
) -> Chapitre:
    """The chapter, with one section a département."""
    tables = _comparaisons(region, codes, numeros)
    sections = []
    for rang, code in enumerate(codes):
        dire(region.vue.ref.territoires[code].nom, rang)
        lu = lecture.lire(instantane, region.vue.ref.territoires[code], annees)
        sections.append(_departement(lu, numeros))
    return Chapitre(
        DEPARTEMENTS, "La région, département par département", figures=tuple(tables), sections=tuple(sections)
    )  # fmt: skip


def _comparaisons(region: Lu, codes: Sequence[str], numeros: Numeros) -> list[Figure]:
    """The départements, then the region, by activity and by public."""
    suivi = region.vue.ref.a_suivi
    activite = ("departements-activite", "L’activité, département par département", ACTIVITE, DEFINITIONS)
    publics = (
        "departements-publics",
        "Les publics et les achats, département par département",
        (*PUBLICS, *ACHATS),
        (),
    )
    achats = ("departements-achats", "Les achats, département par département", ACHATS, ())
    return [_comparaison(region, codes, numeros, *t) for t in ((activite, publics) if suivi else (achats,))]


def _comparaison(
    region: Lu, codes: Sequence[str], numeros: Numeros, ident: str, titre: str,
    colonnes: Sequence[tuple[str, str, Format]], definitions: tuple[str, ...],
) -> Figure:  # fmt: skip
    ref = region.vue.ref
    lignes = [
        (ref.territoires[code].nom, *(_cellule(region, code, c) for c, _, _ in colonnes))
        for code in (*codes, region.territoire.code)
    ]
    t = tableau((Colonne("territoire", "Territoire"), *(Colonne(*c) for c in colonnes)), lignes)
    bloc = region.vue.bloc(
        ident, titre, "Départements et région", t, personnes=ident == "departements-publics", suivi=ref.a_suivi,
        definitions=definitions,
    )  # fmt: skip
    if ref.a_suivi and ACHATS[0] in colonnes:
        bloc = replace(bloc, legende=f"{bloc.legende} · marchés : {SOURCE_DECP}")
    return figure(bloc, region.vue, Pose(ident, "tableau"), numeros)


def _cellule(lu: Lu, code: str, valeur: str) -> Cellule:
    nombre, statut = lu.valeurs(code)[valeur]
    return Etat(statut) if nombre is None else nombre


def _departement(lu: Lu, numeros: Numeros) -> Chapitre:
    """The page of a département: its sentences, its key figures, its map or its months, its sectors."""
    c, t = lu.vue, lu.territoire
    plusieurs = t.code not in lu.parties
    figures, vides = [], []
    for pose in AVEC_CARTE if plusieurs else SANS_CARTE:
        bloc = page_vue.PAGE.blocs[pose.ident](c)
        if bloc.vide:
            vides.append(pourquoi(bloc.vide))
        else:
            figures.append(figure(bloc, c, pose, numeros))
    phrases = [*prose.essentiel(lu), prose.publics_en_phrase(lu), prose.projets_en_phrase(lu),
               prose.achats_en_phrase(lu)]  # fmt: skip
    chiffres = [c.vue.chiffres[i] for i in page_vue.CHIFFRES]
    return Chapitre(
        f"departement-{t.code}", t.nom, phrases=tuple(phrases), cartes=tuple(cartes(chiffres, c)),
        figures=tuple(figures), vides=tuple(dict.fromkeys(vides)), page=bool(figures),
    )  # fmt: skip
