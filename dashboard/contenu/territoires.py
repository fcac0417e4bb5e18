"""The page of the territories in words and tables: map and ranking of the chosen indicator, and the page itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.contenu.page import PageContenu
from dashboard.contenu.tableau import Bloc, Cellule, Colonne, Tableau, cellule, tableau
from dashboard.contenu.territoires_distribution import absents, distribution
from dashboard.contenu.territoires_evolution import evolution
from dashboard.contenu.territoires_flux import flux
from dashboard.contenu.territoires_mots import SENSIBLE_COMMUNE
from dashboard.contenu.territoires_phrases import (
    PLURIELS,
    Ici,
    majuscule,
    mots,
    phrase,
    publiees,
    rang,
)
from dashboard.contenu.territoires_vue import (
    avec_couverture,
    definitions,
    du_suivi,
    pourquoi_vide,
    protegees,
    rangs,
    repere,
    sous_titre_region,
    tout_masque,
    toute_la_region,
)
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.warehouse import territoires

if TYPE_CHECKING:
    from dashboard.warehouse.chiffres import ChiffreCle
    from dashboard.warehouse.execution import Ligne


def _bloc(c: Ici, ident: str, titre: str, quoi: str, t: Tableau, vide: str | None = None) -> Bloc:
    vide = pourquoi_vide(c, c.vue.vues) or vide
    b = c.bloc(
        ident, titre, quoi, t, personnes=protegees(c), suivi=du_suivi(c), vide=vide, definitions=definitions(c)
    )  # fmt: skip
    return replace(b, sous_titre=sous_titre_region(c, quoi)) if toute_la_region(c) else b


def _cellules(c: Ici, ligne: Ligne) -> list[Cellule]:
    """Value, and coverage of the collection when the value depends on it."""
    valeurs = [cellule(ligne["valeur"], ligne["statut"])]
    return valeurs + ([cellule(ligne["couverture"])] if avec_couverture(c) else [])


def _colonnes(c: Ici) -> list[Colonne]:
    m = mots(c)
    couverture = [Colonne("couverture", "Couverture de la collecte", "part")] if avec_couverture(c) else []
    return [Colonne("valeur", m.libelle, m.format), *couverture]


def carte(c: Ici) -> Bloc:
    """Map of the chosen indicator, at the level shown."""
    t = tableau(
        [Colonne("code", "Code"), Colonne("territoire", "Territoire"), *_colonnes(c)],
        [[li["code"], c.ref.territoires[li["code"]].nom, *_cellules(c, li)] for li in c.vue.vues],
    )
    quoi = f"{mots(c).libelle} par {phrases.NIVEAUX_EN_MOTS[c.selection.niveau]}"
    return _bloc(c, "territoires-carte", _titre_carte(c), quoi, t)


def _titre_carte(c: Ici) -> str:
    """« Part des femmes : de 9 % à 21 % selon les communes »."""
    m, valeurs = mots(c), publiees(c.vue.vues)
    if c.vue.sensible and c.selection.niveau == "commune" and not c.vue.empechement:
        return SENSIBLE_COMMUNE
    if not valeurs or m.court(min(valeurs)) == m.court(max(valeurs)):
        return f"{m.libelle} par {phrases.NIVEAUX_EN_MOTS[c.selection.niveau]}"
    suite = f"selon les {PLURIELS[c.selection.niveau]}"
    return f"{m.libelle} : de {m.court(min(valeurs))} à {m.court(max(valeurs))} {suite}"


def classement(c: Ici) -> Bloc:
    """Ranking of the territories in view."""
    lignes = c.vue.vues
    t = tableau(
        [Colonne("territoire", "Territoire"), Colonne("rang", "Rang", "entier"), *_colonnes(c)],
        [
            [c.ref.territoires[li["code"]].nom, cellule(place), *_cellules(c, li)]
            for place, li in zip(rangs(lignes), lignes, strict=True)
        ],
    )
    quoi = mots(c).libelle + (" et couverture de la collecte" if avec_couverture(c) else "")
    b = _bloc(c, "territoires-classement", _titre_classement(c), quoi, t, tout_masque(c, lignes))
    return replace(b, legende=f"{b.legende}{absents(c, lignes, 'nd')}")


def _titre_classement(c: Ici) -> str:
    """Rank of the territory followed, or who comes first."""
    lignes, suivi = c.vue.vues, repere(c)
    if c.vue.empechement or not any(publiees(lignes)):
        return "Classement des territoires"
    egaux = publiees(lignes).count(lignes[0]["valeur"])
    if suivi is None and egaux > 1:
        return f"{fr.nombre(egaux)} {PLURIELS[c.selection.niveau]} en tête, à égalité"
    if suivi is None:
        return f"{majuscule(fr.nom_avec_article(c.ref.territoires[lignes[0]['code']]))} en tête"
    nom, place = c.ref.territoires[suivi].nom, rang(lignes, suivi)
    return f"{nom} : {place.ordinal} sur {fr.nombre(place.sur)}" if place else f"{nom} : valeur non publiée"


def _chiffres(c: Ici) -> list[ChiffreCle]:
    return list(c.vue.chiffres.values())


PAGE = PageContenu(
    "territoires",
    territoires.lire,
    {
        "territoires-carte": carte,
        "territoires-classement": classement,
        "territoires-distribution": distribution,
        "territoires-evolution": evolution,
        "territoires-flux": flux,
    },
    phrase,
    _chiffres,
)
