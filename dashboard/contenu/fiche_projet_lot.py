"""A lot in plain words: where it stands, where it goes, what it is compared with, the contract it is joined to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.contenu.projets_mots import (
    RAPPROCHEMENTS,
    Ici,
    court,
    etat,
    fin,
    fourchette,
    ligne,
    motif,
    programme,
    rond,
)
from dashboard.contenu.tableau import Cellule, Colonne, Etat, Tableau, tableau
from dashboard.domain import francais as fr
from dashboard.warehouse.projets_lecteur import EN_COURS, TERMINES

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne

NON_DIT = "non déclaré"
#: How each shape of obligation is said.
OBLIGATIONS = {
    "volume": "Les heures dues sont un volume fixé au contrat.",
    "pourcentage": "Les heures dues sont un pourcentage des heures travaillées : elles bougent avec l’exécution.",
    "tranche": "Les heures dues dépendent du montant facturé : elles bougent avec l’exécution.",
}
ROLES = {"mandataire": "Mandataire", "cotitulaire": "Co-titulaire", "sous_traitant": "Sous-traitant"}
CATEGORIES = {"pme": "PME", "eti": "ETI", "ge": "grande entreprise"}


def avancement(li: Ligne) -> str:
    """« 62 % du temps, 48 % des heures »."""
    temps = f"{fr.pourcent(li['avancement'])} du temps" if li["avancement"] is not None else "durée inconnue"
    heures = f"{fr.pourcent(li['part'])} des heures" if li["part"] is not None else "heures dues inconnues"
    return f"{temps}, {heures}"


def bornes(li: Ligne) -> tuple[float, float, float] | None:
    """Low, central and high final hours of a running lot."""
    if li["projetees"] is None:
        return None
    return li["projetees_bas"], li["projetees"], li["projetees_haut"]


def explications(c: Ici, li: Ligne) -> list[str]:
    """The state of a lot in a few sentences."""
    dites = [f"{avancement(li)[0].upper()}{avancement(li)[1:]} {fin(c)}."]
    projection = bornes(li)
    if li["etat"] in TERMINES and li["heures_dues"]:
        dites.append(f"Le lot est terminé : {court(li['realisees'])} réalisées pour {rond(li['heures_dues'])} dues.")
    elif projection is not None and li["heures_dues"]:
        debut = "S’il suit" if li["etat"] == "non_demarre" else "Au"
        rythme = "rythme des lots comparables" if debut == "Au" else "les lots comparables"
        suite = f"{fourchette(projection)} à la fin pour {rond(li['heures_dues'])} dues"
        dites.append(f"{debut} {rythme}, {suite} (projection centrale : {court(projection[1])}).")
    if li["etat"] in EN_COURS and li["attendues"] is not None:
        dites.append(f"Un lot comparable en serait à {court(li['attendues'])} au même stade.")
    dites += [t for t in (_echeance(li), OBLIGATIONS.get(li["mode_obligation"] or "")) if t]
    if li["motif"]:
        dites.append(f"Pourquoi le lot n’est pas évaluable : {motif(c, li['motif'])}.")
    if li["avant_debut"]:
        dites.append("Des heures sont déclarées avant le début du lot : elles sont comptées, et signalées.")
    return dites


def _echeance(li: Ligne) -> str:
    jour = li["date_atteinte"]
    if jour is None:
        return "Les heures dues ne seraient pas atteintes avant la fin." if li["etat"] in EN_COURS else ""
    if li["arrete"] is not None and jour <= li["arrete"]:
        return f"Les heures dues ont été atteintes en {fr.mois(jour)}."
    return f"Les heures dues seraient atteintes en {fr.mois(jour)}."


def faits(c: Ici, li: Ligne) -> list[tuple[str, str]]:
    """What is known of a lot: heading and text."""
    nom_acheteur = c.ref.listes.get("acheteur", {}).get(li["acheteur"], li["acheteur"])
    commune = c.ref.territoires.get(li["exec_commune"] or "")
    lignes = [
        ("Objet", li["objet"]),
        ("Programme", programme(c, li["programme"])),
        ("Ligne", ligne(c, li["programme"], li["ligne"]) if li["ligne"] else None),
        ("Opération", li["operation"]),
        ("Acheteur", nom_acheteur),
        ("Secteur", c.libelle("secteur", li["secteur"]) if li["secteur"] else None),
        ("Commune d’exécution", commune.nom if commune else "inconnue"),
        ("Début", fr.date_longue(li["debut"]) if li["debut"] else NON_DIT),
        ("Fin prévue", fr.date_longue(li["fin_prevue"]) if li["fin_prevue"] else NON_DIT),
        ("Heures engagées", court(li["heures_engagees"]) if li["heures_engagees"] is not None else NON_DIT),
        ("Obligation", _obligation(c, li)),
        ("Heures travaillées", _nombre(li["heures_travaillees"], "h")),
        ("Montant facturé", _nombre(li["montant_facture"], "€")),
        ("Montant du lot", _nombre(li["montant"], "€")),
    ]
    return [(terme, fr.composer(texte)) for terme, texte in lignes if texte]


def _obligation(c: Ici, li: Ligne) -> str:
    mode = c.libelle("mode_obligation", li["mode_obligation"]) if li["mode_obligation"] else NON_DIT
    taux = f", {fr.nombre(li['taux_insertion'], 1).removesuffix(',0')}{fr.FINE}%" if li["taux_insertion"] else ""
    euros = li["euros_par_heure"]
    tranche = f", une heure par {fr.nombre(euros)}{fr.FINE}€ facturés" if euros else ""
    return f"{mode}{taux}{tranche}"


def _nombre(valeur: float | None, unite: str) -> str | None:
    return None if valeur is None else f"{fr.nombre(valeur)}{fr.FINE}{unite}"


def table_etat(c: Ici, li: Ligne) -> Tableau:
    """The lot as a table of facts."""
    lignes: list[tuple[Cellule, ...]] = [("État", etat(c, li["etat"]))]
    lignes += [("En clair", texte) for texte in explications(c, li)]
    lignes += list(faits(c, li))
    return tableau((Colonne("fait", "Fait"), Colonne("valeur", "Valeur")), lignes)


# --- contract ---------------------------------------------------------------------------------------------


def faits_contrat(c: Ici, li: Ligne, publie: Ligne) -> list[tuple[str, str]]:
    """The published contract a lot is joined to: heading and text."""
    score = li["rapprochement_score"]
    surete = RAPPROCHEMENTS.get(li["rapprochement"] or "", "Rattaché")
    lignes = [
        ("Rattachement", f"{surete}{f', score {fr.pourcent(score)}' if score is not None else ''}"),
        ("Identifiant (uid)", publie["uid"]),
        ("Objet publié", publie["objet"]),
        ("Notifié le", fr.date_longue(publie["date_notification"]) if publie["date_notification"] else None),
        ("Montant", _montant(publie)),
        ("Durée", fr.pluriel(publie["duree_mois"], "mois") if publie["duree_mois"] is not None else None),
        ("Procédure", publie["procedure"]),
        ("Considérations sociales", _sociales(publie["sociales"])),
    ]
    return [(terme, fr.composer(texte)) for terme, texte in lignes if texte]


def _montant(publie: Ligne) -> str | None:
    texte = _nombre(publie["montant"], "€ HT")
    if texte is None:
        return None
    initial = publie["montant_initial"]
    suite = f" ({_nombre(initial, '€')} à l’origine)" if initial is not None and initial != publie["montant"] else ""
    accord = ", maximum d’un accord-cadre" if publie["accord_cadre"] else ""
    return f"{texte}{suite}{accord}, compté au mandataire"


def _sociales(sociales: list[str] | None) -> str:
    return "nd (non publié)" if sociales is None else ", ".join(sociales) or "aucune"


def titulaires(firmes: list[Ligne]) -> list[tuple[str, str, str]]:
    """Role, name, and what is known of each firm."""
    lignes = []
    for f in firmes:
        categorie = CATEGORIES.get(f["categorie"] or "", "taille inconnue (nd)")
        montant = f" · {_nombre(f['montant'], '€')}" if f["montant"] is not None else ""
        rang = f" {f['rang']}" if f["role"] == "cotitulaire" else ""
        nom = f["denomination"] or f["identifiant"] or "nd"
        lignes.append((f"{ROLES[f['role']]}{rang}", nom, f"{categorie}{montant}"))
    return lignes


def modifications(lues: list[Ligne]) -> list[tuple[str, str]]:
    """When, and what changed."""
    resultat = []
    for m in lues:
        duree = fr.pluriel(m["duree_mois"], "mois") if m["duree_mois"] else None
        quoi = [m["objet"], _nombre(m["montant"], "€ HT"), duree]
        quand = fr.date_longue(m["date_notification"]) if m["date_notification"] else "date inconnue"
        resultat.append((quand, " · ".join(q for q in quoi if q) or "sans précision"))
    return resultat


PARTS = {
    "score_objet": "objet", "score_date": "date", "score_titulaire": "titulaire", "score_montant": "montant",
}  # fmt: skip


def candidats(lus: list[Ligne]) -> list[dict[str, Any]]:
    """What the contract of a lot could be, with the parts of the score."""
    return [
        {
            "score": fr.pourcent(k["score"]),
            "objet": k["objet"] or k["uid"],
            "details": " · ".join(
                t for t in (k["uid"], _nombre(k["montant"], "€"), _jour(k["date_notification"])) if t
            ),
            "parts": ", ".join(f"{nom} {_part(k[cle])}" for cle, nom in PARTS.items()),
        }
        for k in lus
    ]


def _part(valeur: float | None) -> str:
    return fr.pourcent(valeur) if valeur is not None else "nd"


def _jour(valeur: Any) -> str | None:
    return fr.date_longue(valeur) if valeur else None


def table_contrat(c: Ici) -> Tableau:
    """The contract, its firms, its changes and its candidates as rows of facts."""
    k, li = c.vue.contrat, c.vue.lot
    lignes: list[tuple[Cellule, ...]] = []
    if k.publie is not None:
        lignes += [("Marché publié", terme, texte) for terme, texte in faits_contrat(c, li, k.publie)]
    lignes += [(role, nom, suite) for role, nom, suite in titulaires(k.firmes)]
    lignes += [("Modification", quand, texte) for quand, texte in modifications(k.modifications)]
    lignes += [
        ("Candidat", f"{x['score']} : {x['objet']}", f"{x['details']} ({x['parts']})") for x in candidats(k.candidats)
    ]
    colonnes = (Colonne("rubrique", "Rubrique"), Colonne("fait", "Fait"), Colonne("valeur", "Valeur"))
    return tableau(colonnes, [tuple(x if x != "" else Etat.NON_DISPONIBLE for x in ligne_) for ligne_ in lignes])
