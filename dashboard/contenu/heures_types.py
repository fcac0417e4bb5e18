"""The blocs of the hours by kind: of lot (exact hours, engaged ones beside) and of work contract (protected)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.contenu.contexte import SANS_LIGNE, SANS_SUIVI
from dashboard.contenu.heures_temps import Ici, vide
from dashboard.contenu.tableau import Bloc, Colonne, cellule, tableau
from dashboard.contenu.tournures import sur_dix
from dashboard.contenu.vue_ensemble import BTP
from dashboard.domain import francais as fr
from dashboard.domain.filtre import PAR_CLE

if TYPE_CHECKING:
    from dashboard.contenu.tableau import Cellule
    from dashboard.warehouse.execution import Ligne

#: Codes said as the subject of « … des heures ».
CLAUSES = {
    "execution": "par une condition d’exécution",
    "critere": "par un critère d’attribution",
    "reserve_iae": "par un marché réservé à l’IAE",
    "reserve_handicap": "par un marché réservé au handicap",
    "insertion": "par un marché de services d’insertion",
}
ACHETEURS = {
    "commune": "pour les communes",
    "epci": "pour les EPCI et EPT",
    "departement": "pour les départements",
    "region": "pour la Région",
    "etat": "pour l’État",
    "etablissement_public": "pour les établissements publics",
    "hopital": "pour les hôpitaux",
    "bailleur_social": "pour les bailleurs sociaux",
    "sem_spl": "pour les SEM et SPL",
    "entite_adjudicatrice": "pour les entités adjudicatrices",
    "grands_projets": "pour les grands maîtres d’ouvrage",
}
#: Kinds of hiring and types of contract in a title.
COURTS = {
    "directe": "embauche directe",
    "etti": "intérim d’insertion (ETTI)",
    "ett": "intérim (ETT)",
    "ei": "entreprises d’insertion",
    "ai": "associations intermédiaires",
    "aci": "chantiers d’insertion",
    "regie": "régies de quartier",
    "ea": "entreprises adaptées",
    "autre": "autres",
    "cddi": "CDDI",
    "interim": "intérim",
    "interim_insertion": "intérim d’insertion",
    "apprentissage": "apprentissage",
    "professionnalisation": "professionnalisation",
}
EMPLOYEURS = {
    "siae": "SIAE (EI, AI, ACI, ETTI)",
    "inclusion": "GEIQ, EA, ESAT, régies",
    "autres": "Autres employeurs",
}


@dataclass(frozen=True)
class Typologie:
    """One breakdown of the hours: its bloc, its words, the list of its labels and the filter that a click sets."""

    cle: str
    colonne: str
    liste: str
    filtre: str | None
    titre: Callable[[Ici, list[Ligne]], str]
    definitions: tuple[str, ...]

    def libelle(self, c: Ici, code: str) -> str:
        """Label of a code."""
        return EMPLOYEURS[code] if self.cle == "employeur" else c.libelle(self.liste, code)


# --- titles ----------------------------------------------------------------------------------------


def _titre_secteur(_c: Ici, lignes: list[Ligne]) -> str:
    suite = "dans le bâtiment et les travaux publics"
    part = min(sum(li["part"] for li in lignes if li["code"] in BTP), 1.0)
    return f"Une heure sur deux {suite}" if round(10 * part) == 5 else sur_dix(part, "heure", suite)


def _titre_en_mots(mots: dict[str, str]) -> Callable[[Ici, list[Ligne]], str]:
    def titre(_c: Ici, lignes: list[Ligne]) -> str:
        tete = lignes[0]
        return f"{fr.pourcent(tete['part'])} des heures {mots.get(tete['code'], 'dans la première catégorie')}"

    return titre


def _titre_deux_premiers(liste: str) -> Callable[[Ici, list[Ligne]], str]:
    def titre(c: Ici, lignes: list[Ligne]) -> str:
        texte = fr.liste(COURTS.get(li["code"]) or c.libelle(liste, li["code"]) for li in lignes[:2])
        part = fr.pourcent(min(sum(li["part"] for li in lignes[:2]), 1.0))
        return f"{texte[0].upper()}{texte[1:]} : {part} des heures"

    return titre


def _titre_employeur(_c: Ici, lignes: list[Ligne]) -> str:
    return f"{fr.pourcent(min(sum(li['part'] for li in lignes if li['code'] == 'siae'), 1.0))} des heures en SIAE"


def _titre_achat(c: Ici, lignes: list[Ligne]) -> str:
    return f"{c.libelle('type_achat', lignes[0]['code'])} : {fr.pourcent(lignes[0]['part'])} des heures"


DE_MARCHES = {
    "heures-secteur": Typologie("secteur", "Secteur", "secteur", "secteur", _titre_secteur, ("part_hors_btp",)),
    "heures-achat": Typologie("achat", "Type d’achat", "type_achat", "achat", _titre_achat, ()),
    "heures-clause": Typologie("clause", "Type de clause", "type_clause", "clause", _titre_en_mots(CLAUSES), ()),
    "heures-categorie": Typologie(
        "categorie", "Catégorie d’acheteur", "categorie_acheteur", None, _titre_en_mots(ACHETEURS), ()
    ),
}
D_EMPLOI = {
    "heures-modalite": Typologie(
        "modalite", "Modalité d’embauche", "modalite_embauche", None, _titre_deux_premiers("modalite_embauche"), ()
    ),
    "heures-employeur": Typologie("employeur", "Employeur", "", None, _titre_employeur, ("part_siae",)),
    "heures-type-contrat": Typologie(
        "contrat", "Type de contrat", "type_contrat", None, _titre_deux_premiers("type_contrat"), ()
    ),
}


def lignes_de(c: Ici, t: Typologie) -> list[Ligne]:
    """Rows of a typology: code, valeur, part, reference, statut."""
    return (c.vue.typologies if t.cle in c.vue.typologies else c.vue.emploi).get(t.cle, [])


def part(c: Ici, li: Ligne) -> Cellule:
    """Share of a row; that of protected hours is masked when fewer than twenty persons worked them."""
    return cellule(li["part"], "s" if c.protege and li["part"] is None else li["statut"])


def _titre(c: Ici, t: Typologie, lignes: list[Ligne]) -> str:
    """The finding, when every share is known; the subject otherwise."""
    if lignes and all(li["part"] is not None for li in lignes) and any(li["valeur"] for li in lignes):
        return t.titre(c, lignes)
    return f"Les heures par {fr.minuscule(t.colonne)}"


def _sans_son_filtre(c: Ici, t: Typologie) -> Ici:
    """The context whose subtitle leaves out the filter that the view leaves out."""
    return replace(c, selection=c.selection.avec(**{PAR_CLE[t.filtre].attribut: ()})) if t.filtre else c


def _colonnes(t: Typologie) -> list[Colonne]:
    realisees = Colonne("realisees", "Heures réalisées", "entier")
    return [Colonne("code", t.colonne), realisees, Colonne("part", "Part", "part")]


# --- blocs -----------------------------------------------------------------------------------------


def de_marches(ident: str) -> Callable[[Ici], Bloc]:
    """Writer of the bloc of a typology of lots."""
    t = DE_MARCHES[ident]

    def ecrire(c: Ici) -> Bloc:
        lignes = lignes_de(c, t)
        colonnes = _colonnes(t)
        if not c.protege:
            colonnes.append(Colonne("engagees", "Heures engagées", "entier"))
        rangees: list[list[Cellule]] = [
            [t.libelle(c, li["code"]), cellule(li["valeur"], li["statut"]), part(c, li)]
            + ([] if c.protege else [cellule(li["reference"])])
            for li in lignes
        ]
        suite = "" if c.protege else " ; dessous, les heures engagées"
        quoi = f"Part des heures réalisées par {fr.minuscule(t.colonne)}{suite}"
        engagees = () if c.protege else ("heures_engagees",)
        return _sans_son_filtre(c, t).bloc(ident, _titre(c, t, lignes), quoi, tableau(colonnes, rangees),
                                           vide=vide(c, lignes, "valeur"),
                                           definitions=("heures_realisees", *engagees, *t.definitions))  # fmt: skip

    return ecrire


def d_emploi(ident: str) -> Callable[[Ici], Bloc]:
    """Writer of the bloc of a typology of work contracts: protected persons and hours."""
    t = D_EMPLOI[ident]

    def ecrire(c: Ici) -> Bloc:
        lignes = lignes_de(c, t)
        colonnes = [*_colonnes(t), Colonne("personnes", "Personnes", "entier")]
        rangees = [
            [t.libelle(c, li["code"]), cellule(li["valeur"], li["statut"]), part(c, li),
             cellule(li["effectif"], li["statut"])]
            for li in lignes
        ]  # fmt: skip
        quoi = f"Part des heures réalisées par {fr.minuscule(t.colonne)}"
        return c.bloc(ident, _titre(c, t, lignes), quoi, tableau(colonnes, rangees), personnes=True,
                      vide=c.sensible or vide(c, lignes, "valeur"),
                      definitions=("heures_emploi", *t.definitions))  # fmt: skip

    return ecrire


def contrats(c: Ici) -> Bloc:
    """Number of work contracts begun, and their mean duration, by type."""
    tous = next((li for li in c.vue.contrats if li["contrat"] == "tous"), None)
    lignes = contrats_par_type(c)
    colonnes = [Colonne("contrat", "Type de contrat"), Colonne("contrats", "Contrats commencés", "entier"),
                Colonne("duree", "Durée moyenne (mois)", "decimal")]  # fmt: skip
    rangees = [
        [nom, cellule(li["effectif"], li["statut"]), cellule(li["moyenne_duree"], li["statut"])]
        for nom, li in [
            *((c.libelle("type_contrat", li["contrat"]), li) for li in lignes),
            *([("Ensemble", tous)] if tous else []),
        ]
    ]
    absent = SANS_SUIVI if not c.ref.a_suivi else c.sensible or (None if lignes else SANS_LIGNE)
    titre = "Les contrats de travail et leur durée"
    if tous and tous["effectif"]:
        duree = tous["moyenne_duree"]
        titre = fr.pluriel(tous["effectif"], "contrat commencé", "contrats commencés")
        titre += f", {fr.nombre(duree, 1)} mois en moyenne" if duree is not None else ""
    quoi = "Contrats de travail commencés et durée moyenne, par type de contrat"
    return c.bloc("heures-contrats", titre, quoi, tableau(colonnes, [] if absent else rangees), personnes=True,
                  vide=absent, definitions=("contrats", "duree_contrats"))  # fmt: skip


def contrats_par_type(c: Ici) -> list[Ligne]:
    """Rows by type of contract, the most frequent first, masked ones last."""
    lignes = [li for li in c.vue.contrats if li["contrat"] != "tous"]
    return sorted(lignes, key=lambda li: (-(li["effectif"] or 0), li["contrat"]))
