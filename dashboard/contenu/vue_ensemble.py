"""The blocs of the first page in words and tables: titles that state the finding, computed from the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import pandas as pd

from dashboard.contenu.tableau import Bloc, Colonne, Tableau, cellule, rangees, tableau
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.territoire import Niveau, dedans
from dashboard.warehouse.secret import part

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.vue_ensemble import VueEnsemble

BTP = ("gros_oeuvre", "second_oeuvre", "travaux_publics")
SANS_BAC = ("sans_diplome", "cap_bep")
_DIXIEMES = ("", "Une", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf")
SANS_SUIVI = "Aucun suivi d’exécution n’est chargé : les heures et les bénéficiaires ne sont pas disponibles (nd)."
SANS_RESIDENCE = "Un marché n’a pas de lieu de résidence : choisissez le lieu d’exécution ou le siège de l’acheteur."
SANS_LIGNE = "Aucune donnée pour cette sélection : élargissez la période ou retirez un filtre."


@dataclass(frozen=True)
class Contexte:
    """A selection on a snapshot, with the data of the page."""

    instantane: Instantane
    selection: Selection
    vue: VueEnsemble

    def sous_titre(self, quoi: str) -> str:
        return phrases.sous_titre(quoi, self.selection, self.instantane.referentiel, self.vue.periode)

    def libelle(self, liste: str, code: str) -> str:
        return self.instantane.referentiel.listes.get(liste, {}).get(code, code)

    @cached_property
    def territoires(self) -> pd.DataFrame:
        """The territories in view: the parts of the chosen one at a finer level, all of them otherwise."""
        tous = self.instantane.referentiel.territoires
        vus = dedans(tous[self.selection.territoire], cast(Niveau, self.selection.niveau), tous)
        return self.vue.territoires[self.vue.territoires["code"].isin(vus)]

    @property
    def heures(self) -> bool:
        return self.vue.indicateur == "heures"

    @property
    def residence(self) -> bool:
        return self.selection.geographie == "residence"

    def legende(self, masquees: int = 0, *, personnes: bool = False) -> str:
        """Caption: source, date of the data, coverage, masked cells, demonstration."""
        m = self.instantane.manifeste
        suivi = "suivi d’exécution des coordinations et des maîtres d’ouvrage"
        source = suivi if self.heures or personnes else "données essentielles de la commande publique (DECP)"
        morceaux = [f"Source : {source}", f"données au {m.date_donnees:%d/%m/%Y}"]
        if self.vue.couverture is not None and (self.heures or personnes):
            morceaux.append(f"couverture {fr.pourcent(self.vue.couverture)}")
        if masquees:
            morceaux.append(f"{fr.pluriel(masquees, 'cellule masquée', 'cellules masquées')} (s)")
        return " · ".join(morceaux + (["données de démonstration"] if m.demo else []))

    def vide(self, cadre: pd.DataFrame) -> str | None:
        """Why there is nothing to draw, and what to do; ``None`` when there is."""
        if not self.vue.disponible:
            return SANS_SUIVI if self.heures else SANS_RESIDENCE
        if cadre.empty or ((cadre["valeur"].fillna(0) == 0) & (cadre["statut"] == "valeur")).all():
            return SANS_LIGNE
        return None


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
        [ligne.mois.date(), cellule(ligne.valeur, ligne.statut)] + ([] if c.residence else [cellule(ligne.reference)])
        for ligne in rangees(c.vue.mois)
    ]
    t = tableau(colonnes, lignes)
    quoi = "Heures par mois" if c.heures else "Marchés par mois"
    return Bloc("mois", _titre_mois(c), c.sous_titre(quoi), c.legende(t.masquees), t, c.vide(c.vue.mois))


def _sur_dix(fraction: float, nom: str, suite: str) -> str:
    """« Sept heures sur dix … »; the ends are said with « presque »."""
    dixiemes = round(fraction * 10)
    if dixiemes == 0:
        return f"Presque aucune {nom} {suite}"
    if dixiemes == 10:
        return f"Presque toutes les {nom}s {suite}"
    return f"{_DIXIEMES[dixiemes]} {fr.accord(dixiemes, nom)} sur dix {suite}"


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
        titre = _sur_dix(btp, "heure", "dans le bâtiment et les travaux publics")
    quoi = f"Part des {mesure(c).lower()} par secteur"
    return Bloc("secteurs", titre, c.sous_titre(quoi), c.legende(t.masquees), t, vide)


# --- persons ----------------------------------------------------------------------------------


def _dimension(c: Contexte, dimension: str) -> pd.DataFrame:
    return c.vue.profil[c.vue.profil["dimension"] == dimension] if len(c.vue.profil) else c.vue.profil


def _vide_personnes(c: Contexte) -> str | None:
    if not c.instantane.referentiel.a_suivi:
        return SANS_SUIVI
    total = _dimension(c, "total")
    return SANS_LIGNE if total.empty or (total["effectif"] == 0).all() else None


def total_publie(c: Contexte) -> float | None:
    """Published number of persons of the selection, ``None`` when masked."""
    total = _dimension(c, "total")
    return None if total.empty or pd.isna(total["effectif"].iloc[0]) else float(total["effectif"].iloc[0])


def _personnes(c: Contexte, dimension: str, liste: str, colonne: str) -> Tableau:
    """Count and share of persons, in the order of the nomenclature for levels, by size for publics."""
    cadre, total = _dimension(c, dimension), total_publie(c)
    if len(cadre) and dimension == "niveau":
        ordre = {code: i for i, code in enumerate(c.instantane.referentiel.listes[liste])}
        cadre = cadre.sort_values("code", key=lambda s: s.map(ordre))
    elif len(cadre):
        cadre = cadre.sort_values("effectif", ascending=False, na_position="last")
    return tableau(
        [Colonne("code", colonne), Colonne("effectif", "Personnes", "entier"), Colonne("part", "Part", "part")],
        [
            [c.libelle(liste, p.code), cellule(p.effectif, p.statut), cellule(part(p.effectif, total), p.statut)]
            for p in rangees(cadre)
        ],
    )


def profil(c: Contexte) -> Bloc:
    """Persons by age band and sex."""
    cadre, total = _dimension(c, "age"), total_publie(c)
    ages, sexes = ("moins_26", "26_49", "50_plus", "nd"), ("H", "F", "nd")
    lignes = []
    for age in ages:
        for sexe in sexes:
            trouve = cadre[(cadre["code"] == age) & (cadre["sexe"] == sexe)] if len(cadre) else cadre
            if len(trouve) or (age != "nd" and sexe != "nd" and len(cadre)):
                n, statut = (trouve["effectif"].iloc[0], trouve["statut"].iloc[0]) if len(trouve) else (0.0, "valeur")
                dont = cellule(part(n, total), statut)
                lignes.append([c.libelle("tranche_age", age), c.libelle("sexe", sexe), cellule(n, statut), dont])
    t = tableau(
        [Colonne("age", "Âge"), Colonne("sexe", "Sexe"), Colonne("effectif", "Personnes", "entier"),
         Colonne("part", "Part", "part")],
        lignes,
    )  # fmt: skip
    sous_titre = c.sous_titre("Personnes par âge et sexe")
    return Bloc(
        "profil", _titre_profil(c, total), sous_titre, c.legende(t.masquees, personnes=True), t, _vide_personnes(c)
    )


def _titre_profil(c: Contexte, total: float | None) -> str:
    sexe, age = _dimension(c, "sexe"), _dimension(c, "age")
    femmes = sexe.loc[sexe["code"] == "F", "effectif"].sum(min_count=1) if len(sexe) else 0
    jeunes = age.loc[age["code"] == "moins_26", "effectif"].sum(min_count=1) if len(age) else 0
    parts = [(femmes, "de femmes"), (jeunes, "de moins de 26 ans")]
    textes = [f"{fr.pourcent(p)} {nom}" for n, nom in parts if (p := part(n, total))]
    return ", ".join(textes) if textes else "Les bénéficiaires par âge et sexe"


def niveaux(c: Contexte) -> Bloc:
    """Persons by level of education."""
    t = _personnes(c, "niveau", "niveau_formation", "Niveau de formation")
    cadre = _dimension(c, "niveau")
    sans_bac = cadre.loc[cadre["code"].isin(SANS_BAC), "effectif"].sum(min_count=1) if len(cadre) else 0
    sur_total = part(sans_bac, total_publie(c))
    titre = _sur_dix(sur_total, "personne", "sans le baccalauréat") if sur_total else "Les niveaux de formation"
    sous_titre = c.sous_titre("Personnes par niveau de formation")
    return Bloc("niveaux", titre, sous_titre, c.legende(t.masquees, personnes=True), t, _vide_personnes(c))


def publics(c: Contexte) -> Bloc:
    """Persons by eligibility criterion (several for one person)."""
    t = _personnes(c, "public", "publics", "Critère d’éligibilité")
    premier = t.lignes[0][0] if t.lignes else None
    titre = f"{premier} : le premier critère" if premier else "Les critères d’éligibilité"
    sous_titre = c.sous_titre("Plusieurs critères possibles par personne, le total dépasse 100 %")
    return Bloc("publics", titre, sous_titre, c.legende(t.masquees, personnes=True), t, _vide_personnes(c))
