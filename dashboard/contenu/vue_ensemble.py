"""The blocs of the first page in words and tables: titles that state the finding, computed from the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.contenu.contexte import Contexte
from dashboard.contenu.personnes import niveaux, profil, publics
from dashboard.contenu.tableau import Bloc, Colonne, Tableau, cellule, rangees, tableau
from dashboard.contenu.tournures import sur_dix
from dashboard.domain import francais as fr
from dashboard.domain import phrases

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.vue_ensemble import VueEnsemble

BTP = ("gros_oeuvre", "second_oeuvre", "travaux_publics")


def composer(instantane: Instantane, selection: Selection, vue: VueEnsemble) -> dict[str, Bloc]:
    """All the blocs of the page, by identifier."""
    contexte = Contexte(instantane, selection, vue)
    faire = (carte, classement, mois, secteurs, profil, niveaux, publics)
    return {b.ident: b for b in (f(contexte) for f in faire)}


def mesure(contexte: Contexte) -> str:
    """Heading of the measure shown."""
    return "Heures réalisées" if contexte.heures else "Marchés notifiés"


# --- territories ------------------------------------------------------------------------------


def classe_par_valeur(cadre: pd.DataFrame) -> pd.DataFrame:
    """Territories by decreasing value, masked ones last, ties by code."""
    return cadre.sort_values(["valeur", "code"], ascending=[False, True], na_position="last")


def _tableau_territoires(c: Contexte) -> Tableau:
    territoires = c.instantane.referentiel.territoires
    avec_couverture = c.heures and not c.residence
    colonnes = [Colonne("code", "Code"), Colonne("territoire", "Territoire"), Colonne("valeur", mesure(c), "entier")]
    if avec_couverture:
        colonnes.append(Colonne("couverture", "Couverture de la collecte", "part"))
    lignes = [
        [ligne.code, territoires[ligne.code].nom, cellule(ligne.valeur, ligne.statut)]
        + ([cellule(ligne.couverture)] if avec_couverture else [])
        for ligne in rangees(classe_par_valeur(c.territoires))
    ]
    return tableau(colonnes, lignes)


def carte(c: Contexte) -> Bloc:
    """Map of the level chosen."""
    titres = {
        "execution": "Où les heures sont réalisées" if c.heures else "Où les marchés sont exécutés",
        "siege": "Les heures selon le siège de l’acheteur" if c.heures else "Où siègent les acheteurs",
        "residence": "Où vivent les bénéficiaires",
    }
    quoi = f"{mesure(c)} par {phrases.NIVEAUX_EN_MOTS[c.selection.niveau]}"
    t = _tableau_territoires(c)
    return Bloc(
        "carte", titres[c.selection.geographie], c.sous_titre(quoi), c.legende(t.masquees), t, c.vide(c.territoires)
    )


def classement(c: Contexte) -> Bloc:
    """Ranking of the territories of the level chosen."""
    t = _tableau_territoires(c)
    vide = c.vide(c.territoires)
    tete = c.instantane.referentiel.territoires[classe_par_valeur(c.territoires)["code"].iloc[0]]
    nom = fr.nom_avec_article(tete)
    titre = "Classement des territoires" if vide else f"{nom[0].upper()}{nom[1:]} en tête"
    quoi = f"{mesure(c)}{' et couverture de la collecte' if c.heures and not c.residence else ''}"
    return Bloc("classement", titre, c.sous_titre(quoi), c.legende(t.masquees), t, vide)


# --- hours ------------------------------------------------------------------------------------


def _titre_mois(c: Contexte) -> str:
    if not c.heures:
        return "Les marchés notifiés, mois par mois"
    if c.vue.taux is None:
        return "Les heures réalisées, mois par mois"
    if 0.98 <= c.vue.taux <= 1.02:
        return "Autant d’heures réalisées qu’engagées"
    return f"{'Plus' if c.vue.taux > 1 else 'Moins'} d’heures réalisées qu’engagées"


def _reference(c: Contexte) -> str:
    return "Heures engagées" if c.heures else "dont marchés avec clause sociale"


def mois(c: Contexte) -> Bloc:
    """Hours engaged and realised (or contracts) by month."""
    colonnes = [Colonne("mois", "Mois", "mois"), Colonne("valeur", mesure(c), "entier")]
    if not c.residence:
        colonnes.append(Colonne("reference", _reference(c), "entier"))
    lignes = [
        [ligne.mois, cellule(ligne.valeur, ligne.statut)] + ([] if c.residence else [cellule(ligne.reference)])
        for ligne in rangees(c.vue.mois)
    ]
    t = tableau(colonnes, lignes)
    quoi = "Heures par mois" if c.heures else "Marchés par mois"
    return Bloc("mois", _titre_mois(c), c.sous_titre(quoi), c.legende(t.masquees), t, c.vide(c.vue.mois))


def secteurs(c: Contexte) -> Bloc:
    """Hours (or contracts) by sector, with their share."""
    cadre, vide = c.vue.secteurs, c.vide(c.vue.secteurs)
    total = float(cadre["valeur"].sum())
    t = tableau(
        [Colonne("secteur", "Secteur"), Colonne("valeur", mesure(c), "entier"), Colonne("part", "Part", "part")],
        [
            [
                c.libelle("secteur", s.code),
                cellule(s.valeur, s.statut),
                cellule(s.valeur / total if total else None, s.statut),
            ]
            for s in rangees(cadre)
        ],
    )  # fmt: skip
    titre = "Les heures par secteur" if c.heures else "Les marchés par secteur"
    if not vide and c.heures and not t.masquees:
        btp = float(cadre.loc[cadre["code"].isin(BTP), "valeur"].sum()) / total
        titre = sur_dix(btp, "heure", "dans le bâtiment et les travaux publics")
    quoi = f"Part des {mesure(c).lower()} par secteur"
    return Bloc("secteurs", titre, c.sous_titre(quoi), c.legende(t.masquees), t, vide)
