"""The page of the persons in words and tables: who they are, where they live, how far they work.

Titles state the finding, computed from published numbers; persons and hours each keep their own denominator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.contenu import publics_contrats, publics_parcours, publics_types
from dashboard.contenu.page import PageContenu
from dashboard.contenu.publics_rangees import (
    COLONNES,
    Base,
    Ici,
    Rangee,
    bloc,
    decroissantes,
    double,
    ligne,
    nomenclature,
    par_code,
    rangee,
    total,
)
from dashboard.contenu.tableau import Bloc, Colonne, tableau
from dashboard.contenu.tournures import sur_dix
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.domain.phrases import Morceau
from dashboard.domain.selection import REGION
from dashboard.warehouse import publics
from dashboard.warehouse.publics_chiffres import REGLES
from dashboard.warehouse.secret import part

if TYPE_CHECKING:
    from dashboard.warehouse.chiffres import ChiffreCle

SEXES = ("H", "F", "nd")
SANS_BAC = ("sans_diplome", "cap_bep")
QPV = {"oui": "En quartier prioritaire", "non": "Hors quartier prioritaire", "nd": "Non renseigné"}
DISTANCES = {
    "0_5": "Moins de 5 km", "5_10": "5 à 10 km", "10_20": "10 à 20 km", "20_40": "20 à 40 km",
    "40_plus": "40 km et plus", "nd": "Inconnue",
}  # fmt: skip
HORS = "Hors Île-de-France ou inconnue"
#: Criterion that a lens keeps for everybody: it says nothing of the others.
CRITERE_DU_REGARD = {"rsa": "rsa", "deld": "deld", "qpv": "qpv", "plus_50": "plus_50", "moins_26": "jeune_peu_qualifie"}
#: Criteria that are also lenses: a click re-bases the page.
REGARD_DU_CRITERE = {"rsa": "rsa", "deld": "deld"}
MEME_REGARD = "Le regard « {regard} » ne garde que ces personnes : retirez-le pour comparer."


def _part(c: Ici, dimension: str, code: str) -> float | None:
    """Published share of the persons; ``None`` when it cannot be said."""
    return part(par_code(c.vue.profil.get(dimension, ())).get(code, {}).get("effectif"), total(c))


def _deux_parts(r: Rangee) -> str | None:
    """« 28 % des personnes, 27 % des heures »; ``None`` when one is masked."""
    if not isinstance(r.part, float) or not isinstance(r.part_heures, float):
        return None
    return f"{fr.pourcent(r.part)} des personnes, {fr.pourcent(r.part_heures)} des heures"


# --- who they are -----------------------------------------------------------------------------


def ages_et_sexes(c: Ici) -> list[tuple[str, str, Rangee]]:
    """Label of the age, sex and row, age by age; an unknown age or sex is there only when somebody has it."""
    lues = {f"{li['code']} {li['croise']}": li for li in c.vue.profil.get("age", ())}
    cases = [(age, sexe) for age in c.ref.listes.get("tranche_age_fine", {}) for sexe in SEXES]
    return [
        (c.libelle("tranche_age_fine", age), sexe, rangee(c, age, c.libelle("sexe", sexe), ligne(c, lues, cle)))
        for age, sexe in cases
        if (cle := f"{age} {sexe}") in lues or "nd" not in (age, sexe)
    ]


def _titre_ages(c: Ici) -> str:
    if c.selection.regard in ("moins_26", "plus_50"):
        femmes = _part(c, "sexe", "F")
        return (
            f"Parmi eux, {fr.pourcent(femmes)} de femmes" if femmes is not None else "Les bénéficiaires par âge et sexe"
        )
    lues = par_code(c.vue.profil.get("tranche", ()))
    deux = _deux_parts(rangee(c, "moins_26", "", ligne(c, lues, "moins_26")))
    return f"Moins de 26 ans : {deux}" if deux else "Les bénéficiaires par âge et sexe"


def ages(c: Ici) -> Bloc:
    """Persons and hours by fine age band and sex."""
    lignes = [(age, *r.cellules) for age, _, r in ages_et_sexes(c)]
    t = tableau((Colonne("age", "Âge"), Colonne("sexe", "Sexe"), *COLONNES), lignes)
    quoi = "Personnes et heures par âge et sexe"
    return bloc(c, "publics-ages", _titre_ages(c), quoi, t, "beneficiaires", "part_femmes", "part_moins_26")


def rangees_niveaux(c: Ici) -> list[Rangee]:
    """Rows by level of education."""
    return nomenclature(c, "niveau", "niveau_formation")


def niveaux(c: Ici) -> Bloc:
    """Persons and hours by level of education."""
    rangees = rangees_niveaux(c)
    bas = [r.effectif for r in rangees if r.code in SANS_BAC]
    sans_bac = (
        part(sum(e for e in bas if isinstance(e, float)), total(c)) if all(isinstance(e, float) for e in bas) else None
    )
    titre = sur_dix(sans_bac, "personne", "sans le baccalauréat") if sans_bac else "Les niveaux de formation"
    t = double(rangees, "niveau", "Niveau de formation")
    return bloc(c, "publics-niveaux", titre, "Personnes et heures par niveau de formation", t, "beneficiaires")


def rangees_criteres(c: Ici) -> list[Rangee]:
    """Rows by eligibility criterion, the most frequent first; those that are lenses can be clicked."""
    lues = par_code(c.vue.profil.get("public", ()))
    rangees = []
    for code, libelle in c.ref.listes.get("publics", {}).items():
        regard = REGARD_DU_CRITERE.get(code)
        filtre, choisie = (f"regard={regard}", c.selection.regard == regard) if regard else (None, False)
        rangees.append(rangee(c, code, libelle, ligne(c, lues, code), filtre=filtre, choisie=choisie))
    return decroissantes(rangees)


def criteres(c: Ici) -> Bloc:
    """Persons and hours by eligibility criterion, several for one person."""
    rangees = rangees_criteres(c)
    autres = [r for r in rangees if r.code != CRITERE_DU_REGARD.get(c.selection.regard or "")]
    premier = next((r for r in autres if isinstance(r.part, float) and r.part), None)
    titre = f"{premier.libelle} : {_deux_parts(premier)}" if premier else "Les critères d’éligibilité"
    quoi = "Plusieurs critères possibles par personne : le total dépasse 100 %"
    t = double(rangees, "critere", "Critère d’éligibilité")
    return bloc(c, "publics-criteres", titre, quoi, t, "critere_eligibilite")


def rangees_qpv(c: Ici) -> list[Rangee]:
    """Rows in and out of a priority neighbourhood."""
    lues = par_code(c.vue.profil.get("qpv", ()))
    filtres = {"oui": "regard=qpv"}
    return [
        rangee(c, code, libelle, ligne(c, lues, code), filtre=filtres.get(code))
        for code, libelle in QPV.items()
        if code != "nd" or code in lues
    ]


def qpv(c: Ici) -> Bloc:
    """Persons and hours in and out of a priority neighbourhood."""
    rangees = rangees_qpv(c)
    meme = MEME_REGARD.format(regard=c.libelle("regard", "qpv")) if c.selection.regard == "qpv" else None
    dedans, titre = rangees[0].part, "Les habitants des quartiers prioritaires"
    if isinstance(dedans, float) and not meme:
        titre = f"{fr.pourcent(dedans)} habitent un quartier prioritaire"
    t = double(rangees, "qpv", "Résidence")
    quoi = "Quartiers prioritaires de la politique de la ville (QPV)"
    return bloc(c, "publics-qpv", titre, quoi, t, "part_qpv", vide_propre=meme)


def rangees_prescripteurs(c: Ici) -> list[Rangee]:
    """Rows by prescriber, the most frequent first."""
    return decroissantes(nomenclature(c, "prescripteur", "prescripteur"))


def prescripteurs(c: Ici) -> Bloc:
    """Persons and hours by the body that sent the person."""
    rangees = rangees_prescripteurs(c)
    premier = rangees[0].part if rangees else None
    titre = (
        f"{rangees[0].libelle} en tête : {fr.pourcent(premier)} des personnes" if isinstance(premier, float) and premier
        else "Qui oriente les bénéficiaires"
    )  # fmt: skip
    t = double(rangees, "prescripteur", "Prescripteur")
    return bloc(c, "publics-prescripteurs", titre, "Personnes et heures par prescripteur", t, "prescripteur")


# --- where they live --------------------------------------------------------------------------


def base_residence(c: Ici) -> Base:
    """Persons and hours that the places of residence are a share of."""
    return c.vue.voisins["effectif"], c.vue.voisins["heures"]


def rangees_residence(c: Ici) -> list[Rangee]:
    """Rows by place of residence, the most persons first; a click filters when that is the way of counting."""
    lues, niveau = par_code(c.vue.profil.get("residence", ())), c.vue.niveau
    codes = [t.code for t in c.ref.territoires.values() if t.niveau == niveau]
    base = base_residence(c)
    rangees = [
        rangee(
            c, code, c.ref.territoires[code].nom, ligne(c, lues, code),
            filtre=f"{CLES_TERRITOIRE[niveau]}={code}" if c.residence else None,
            choisie=c.residence and code == c.selection.territoire, base=base,
        )
        for code in codes
    ]  # fmt: skip
    ailleurs = [] if c.residence else [rangee(c, "hors", HORS, ligne(c, lues, "hors"), base=base)]
    return decroissantes(rangees) + ailleurs


def _titre_residence(c: Ici, rangees: list[Rangee]) -> str:
    """How many live where they work, or else where most of them live."""
    choisi = c.ref.territoires[c.selection.territoire]
    ici = {"departement": choisi.departement or choisi.code, "epci": choisi.epci or choisi.code}[c.vue.niveau]
    sur_place = next((r.part for r in rangees if r.code == ici), None)
    if choisi.code != REGION and isinstance(sur_place, float):
        return f"{fr.pourcent(sur_place)} habitent {fr.nom_avec_article(c.ref.territoires[ici])}"
    tete = rangees[0] if rangees else None
    if tete is None or not isinstance(tete.part, float) or not tete.part:
        return "Où habitent les bénéficiaires"
    nom = fr.nom_avec_article(c.ref.territoires[tete.code])
    return f"{nom[0].upper()}{nom[1:]} en tête : {fr.pourcent(tete.part)} des personnes"


def residence(c: Ici) -> Bloc:
    """Persons and hours by place of residence."""
    rangees = rangees_residence(c)
    lieu = phrases.NIVEAUX_EN_MOTS[c.vue.niveau]
    t = double(rangees, "residence", "Lieu de résidence")
    titre = _titre_residence(c, rangees)
    return bloc(c, "publics-residence", titre, f"Personnes et heures par {lieu} de résidence", t, "beneficiaires")


def rangees_distance(c: Ici) -> list[Rangee]:
    """Rows by band of distance between home and work."""
    lues = par_code(c.vue.profil.get("distance", ()))
    return [
        rangee(c, code, nom, ligne(c, lues, code)) for code, nom in DISTANCES.items() if code != "nd" or code in lues
    ]


def distance(c: Ici) -> Bloc:
    """Persons and hours by distance between home and work."""
    mediane = c.vue.chiffres["distance"].valeur
    titre = (
        "La distance entre domicile et lieu de travail" if mediane is None
        else f"La moitié travaillent à moins de {fr.nombre(mediane, 1)}{fr.INSECABLE}km de chez eux"
    )  # fmt: skip
    t = double(rangees_distance(c), "distance", "Distance")
    quoi = "Distance à vol d’oiseau entre communes de résidence et d’exécution"
    return bloc(c, "publics-distance", titre, quoi, t, "distance")


# --- the page ---------------------------------------------------------------------------------


def phrase(c: Ici) -> list[Morceau]:
    """Who benefits, in one sentence."""
    debut = phrases.debut(c.selection, c.ref, c.periode)
    if not c.ref.a_suivi:
        return [*debut, Morceau(", les bénéficiaires ne sont pas connus : aucun suivi d’exécution n’est chargé.")]
    personnes, heures = total(c), c.vue.heures
    if personnes == 0:
        return [*debut, Morceau(", "), Morceau("aucune personne", True), Morceau(" n’a travaillé en insertion.")]
    if personnes is None or heures is None:
        return [*debut, Morceau(", le nombre de bénéficiaires relève du secret statistique.")]
    volume = f"{fr.abrege(heures)} d’heures" if heures >= 1_000_000 else fr.pluriel(int(fr.arrondi(heures)), "heure")
    debut += [
        Morceau(", "), Morceau(fr.pluriel(personnes, "personne"), True),
        Morceau(" ont travaillé "), Morceau(volume, True), Morceau(" d’insertion"),
    ]  # fmt: skip
    parts = {
        "part_femmes": "de femmes",
        "part_moins_26": "de moins de 26 ans",
        "part_qpv": "d’habitants de quartiers prioritaires",
    }
    dites = [
        f"{fr.pourcent(v)} {nom}" for ident, nom in parts.items() if (v := c.vue.chiffres[ident].valeur) is not None
    ]
    return [*debut, Morceau(f" : {fr.liste(dites)}." if dites else ".")]


def _chiffres(c: Ici) -> list[ChiffreCle]:
    return [c.vue.chiffres[ident] for ident in REGLES]


PAGE = PageContenu(
    "publics",
    publics.lire,
    {"publics-ages": ages, "publics-qpv": qpv, "publics-niveaux": niveaux, "publics-criteres": criteres,
     "publics-prescripteurs": prescripteurs, "publics-residence": residence, "publics-distance": distance,
     "publics-parcours": publics_parcours.parcours, "publics-sorties": publics_parcours.sorties,
     "publics-contrats": publics_contrats.contrats, "publics-formation": publics_contrats.formation,
     "publics-types": publics_types.types},
    phrase,
    _chiffres,
)  # fmt: skip
