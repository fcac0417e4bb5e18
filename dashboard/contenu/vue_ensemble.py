"""The blocs of the first page in words and tables: titles that state the finding, computed from the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from dashboard.contenu import resume
from dashboard.contenu.contexte import SANS_LIGNE, SANS_REGARD, SANS_RESIDENCE, SANS_SUIVI, Contexte
from dashboard.contenu.page import PageContenu
from dashboard.contenu.personnes import niveaux, profil, publics
from dashboard.contenu.tableau import Bloc, Colonne, Tableau, cellule, tableau
from dashboard.contenu.tournures import sur_dix
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.phrases import Morceau
from dashboard.domain.territoire import Niveau, dedans
from dashboard.warehouse import vue_ensemble
from dashboard.warehouse.vue_ensemble import VueEnsemble

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.warehouse.chiffres import ChiffreCle
    from dashboard.warehouse.execution import Ligne

BTP = ("gros_oeuvre", "second_oeuvre", "travaux_publics")


Ici = Contexte[VueEnsemble]


def en_heures(c: Ici) -> bool:
    """Whether the page counts hours rather than contracts."""
    return c.vue.indicateur == "heures"


def codes_vus(c: Contexte[Any]) -> frozenset[str]:
    """The territories in view: the parts of the chosen one at a finer level, all of them otherwise."""
    vus = dedans(c.ref.territoires[c.selection.territoire], cast(Niveau, c.selection.niveau), c.ref.territoires)
    return frozenset(vus)


def territoires_vus(c: Ici) -> list[Ligne]:
    """Rows of the territories in view, by decreasing value."""
    vus = codes_vus(c)
    return classe_par_valeur(li for li in c.vue.territoires if li["code"] in vus)


def pourquoi_vide(c: Ici, lignes: list[Ligne]) -> str | None:
    """Why there is nothing to draw, and what to do; ``None`` when there is."""
    if not c.vue.disponible:
        return SANS_SUIVI if en_heures(c) else SANS_RESIDENCE if c.residence else SANS_REGARD
    if all(li["statut"] == "valeur" and not li["valeur"] for li in lignes):
        return SANS_LIGNE
    return None


def mesure(contexte: Ici) -> str:
    """Heading of the measure shown."""
    return "Heures réalisées" if en_heures(contexte) else "Marchés notifiés"


def _bloc(c: Ici, ident: str, titre: str, quoi: str, t: Tableau, vide: str | None) -> Bloc:
    definitions = ("heures_realisees", "heures_engagees") if en_heures(c) else ("marches_clause",)
    return c.bloc(ident, titre, quoi, t, suivi=en_heures(c), vide=vide, definitions=definitions)


# --- territories ------------------------------------------------------------------------------


def classe_par_valeur(lignes: Iterable[Ligne]) -> list[Ligne]:
    """Rows by decreasing value, masked ones last, ties by code."""
    return sorted(lignes, key=lambda li: (li["valeur"] is None, -(li["valeur"] or 0), li["code"]))


def _tableau_territoires(c: Ici) -> Tableau:
    territoires = c.ref.territoires
    avec_couverture = en_heures(c) and not c.protege
    colonnes = [Colonne("code", "Code"), Colonne("territoire", "Territoire"), Colonne("valeur", mesure(c), "entier")]
    if avec_couverture:
        colonnes.append(Colonne("couverture", "Couverture de la collecte", "part"))
    lignes = [
        [li["code"], territoires[li["code"]].nom, cellule(li["valeur"], li["statut"])]
        + ([cellule(li["couverture"])] if avec_couverture else [])
        for li in territoires_vus(c)
    ]
    return tableau(colonnes, lignes)


def carte(c: Ici) -> Bloc:
    """Map of the level chosen."""
    titres = {
        "execution": "Où les heures sont réalisées" if en_heures(c) else "Où les marchés sont exécutés",
        "siege": "Les heures selon le siège de l’acheteur" if en_heures(c) else "Où siègent les acheteurs",
        "residence": "Où vivent les bénéficiaires",
    }
    quoi = f"{mesure(c)} par {phrases.NIVEAUX_EN_MOTS[c.selection.niveau]}"
    t = _tableau_territoires(c)
    return _bloc(c, "carte", titres[c.selection.geographie], quoi, t, pourquoi_vide(c, territoires_vus(c)))


def classement(c: Ici) -> Bloc:
    """Ranking of the territories of the level chosen."""
    t = _tableau_territoires(c)
    vus = territoires_vus(c)
    vide = pourquoi_vide(c, vus)
    tete = c.ref.territoires[vus[0]["code"]]
    nom = fr.nom_avec_article(tete)
    titre = "Classement des territoires" if vide else f"{nom[0].upper()}{nom[1:]} en tête"
    quoi = f"{mesure(c)}{' et couverture de la collecte' if en_heures(c) and not c.protege else ''}"
    return _bloc(c, "classement", titre, quoi, t, vide)


# --- hours ------------------------------------------------------------------------------------


def _titre_mois(c: Ici) -> str:
    if not en_heures(c):
        return "Les marchés notifiés, mois par mois"
    if c.vue.taux is None:
        return "Les heures réalisées, mois par mois"
    if 0.98 <= c.vue.taux <= 1.02:
        return "Autant d’heures réalisées qu’engagées"
    return f"{'Plus' if c.vue.taux > 1 else 'Moins'} d’heures réalisées qu’engagées"


def _reference(c: Ici) -> str:
    return "Heures engagées" if en_heures(c) else "dont marchés avec clause sociale"


def mois(c: Ici) -> Bloc:
    """Hours engaged and realised (or contracts) by month."""
    colonnes = [Colonne("mois", "Mois", "mois"), Colonne("valeur", mesure(c), "entier")]
    if not c.protege:
        colonnes.append(Colonne("reference", _reference(c), "entier"))
    lignes = [
        [li["mois"], cellule(li["valeur"], li["statut"])] + ([] if c.protege else [cellule(li["reference"])])
        for li in c.vue.mois
    ]
    t = tableau(colonnes, lignes)
    quoi = "Heures par mois" if en_heures(c) else "Marchés par mois"
    return _bloc(c, "mois", _titre_mois(c), quoi, t, pourquoi_vide(c, c.vue.mois))


def secteurs(c: Ici) -> Bloc:
    """Hours (or contracts) by sector, with their share."""
    lignes, vide = c.vue.secteurs, pourquoi_vide(c, c.vue.secteurs)
    total = float(sum(li["valeur"] or 0 for li in lignes))
    t = tableau(
        [Colonne("secteur", "Secteur"), Colonne("valeur", mesure(c), "entier"), Colonne("part", "Part", "part")],
        [
            [
                c.libelle("secteur", li["code"]),
                cellule(li["valeur"], li["statut"]),
                cellule(li["valeur"] / total if total and li["valeur"] is not None else None, li["statut"]),
            ]
            for li in lignes
        ],
    )  # fmt: skip
    titre = "Les heures par secteur" if en_heures(c) else "Les marchés par secteur"
    if not vide and en_heures(c) and not t.masquees:
        btp = sum(li["valeur"] for li in lignes if li["code"] in BTP) / total
        titre = sur_dix(btp, "heure", "dans le bâtiment et les travaux publics")
    quoi = f"Part des {mesure(c).lower()} par secteur"
    return _bloc(c, "secteurs", titre, quoi, t, vide)


# --- the page ---------------------------------------------------------------------------------

CHIFFRES = ("marches_clause", "heures_engagees", "heures_realisees", "beneficiaires", "etp", "part_femmes")


def _phrase(c: Ici) -> list[Morceau]:
    return resume.phrase(c.vue, c.selection, c.ref)


def _chiffres(c: Ici) -> list[ChiffreCle]:
    return [c.vue.chiffres[ident] for ident in CHIFFRES]


PAGE = PageContenu(
    "vue-ensemble",
    vue_ensemble.lire,
    {"carte": carte, "classement": classement, "mois": mois, "secteurs": secteurs, "profil": profil,
     "niveaux": niveaux, "publics": publics},
    _phrase,
    _chiffres,
)  # fmt: skip
