"""The list of the contracts of a buyer, each with the link to its follow-up kept visible: matched, possible, none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.contenu.acheteurs_listes import LISTE_MAX, jour, sociale
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.tableau import Bloc, Colonne, Etat, cellule, tableau
from dashboard.domain import francais as fr
from dashboard.warehouse.acheteurs_lecteur import ENSEMBLE

if TYPE_CHECKING:
    from dashboard.contenu.tableau import Cellule
    from dashboard.warehouse.acheteurs_fiche import Fiche
    from dashboard.warehouse.execution import Ligne

LIENS = {
    "exact": "suivi rapproché (numéro)",
    "probable": "suivi rapproché (probable)",
    "a_confirmer": "suivi à confirmer",
    "aucun": "aucun suivi trouvé",
}
ENSEMBLE_SANS_LISTE = "Ces maîtres d’ouvrage ne sont publiés qu’ensemble : leurs marchés sont comptés, pas listés."


def lien(li: Ligne) -> str:
    """How the contract is linked to its follow-up, with the score."""
    texte = LIENS[li["lien"]]
    if li["score"] is None or li["lien"] == "aucun":
        return texte
    return f"{texte}, score {fr.nombre(li['score'], 2)}"


def formes(li: Ligne) -> str:
    """« clause, critère », or what the format says of their absence."""
    noms = (("clause", "clause"), ("critere", "critère"), ("reserve", "réservé"))
    dites = [nom for cle, nom in noms if li[cle]]
    return fr.liste(dites) if dites else sociale(li)


def contrats(c: Contexte[Fiche]) -> Bloc:
    """The most recent contracts, with their follow-up when there is one."""
    colonnes = [
        Colonne("uid", "Numéro"), Colonne("objet", "Objet"), Colonne("date", "Notifié le"),
        Colonne("fin", "Fin prévue"), Colonne("achat", "Type d’achat"), Colonne("montant", "Montant (€ HT)", "entier"),
        Colonne("cadre", "Nature du montant"), Colonne("sociale", "Considération sociale"),
        Colonne("lien", "Suivi d’insertion"), Colonne("dues", "Heures dues", "entier"),
        Colonne("realisees", "Heures réalisées", "entier"), Colonne("etat", "État du suivi"),
    ]  # fmt: skip
    lignes = [_ligne(c, li) for li in c.vue.contrats]
    quoi = f"Marchés publiés, du plus récent au plus ancien, {LISTE_MAX} au plus"
    return c.bloc("fiche-acheteur-contrats", _titre(c), quoi, tableau(colonnes, lignes), suivi=False, vide=_vide(c),
                  definitions=("achats_marches", "achats_part_sociale"))  # fmt: skip


def _titre(c: Contexte[Fiche]) -> str:
    liste, total = len(c.vue.contrats), c.vue.total.marches
    if not liste:
        return "Les marchés publiés et leur suivi d’insertion"
    suivis = sum(li["lots"] > 0 for li in c.vue.contrats)
    suite = f"dont {fr.nombre(suivis)} {'rapproché' if suivis < 2 else 'rapprochés'} d’un suivi"
    if liste < total:
        return f"Les {fr.nombre(liste)} derniers marchés sur {fr.nombre(total)}, {suite}"
    return f"{fr.pluriel(total, 'marché publié', 'marchés publiés')}, {suite}"


def _vide(c: Contexte[Fiche]) -> str | None:
    if c.vue.acheteur and c.vue.acheteur.siret == ENSEMBLE:
        return ENSEMBLE_SANS_LISTE
    return None if c.vue.contrats else "Aucun marché publié."


def _ligne(c: Contexte[Fiche], li: Ligne) -> list[Cellule]:
    suivi = li["lots"] > 0
    return [
        li["uid"], li["objet"] or "sans objet", jour(li["date_notification"]), jour(li["date_fin"]),
        c.libelle("type_achat", li["type_achat"] or ""), cellule(li["montant"]),
        "maximum d’accord-cadre" if li["accord_cadre"] else "montant du marché", formes(li), lien(li),
        cellule(li["heures_dues"]) if suivi else Etat.NON_DISPONIBLE,
        cellule(li["realisees"]) if suivi else Etat.NON_DISPONIBLE,
        c.libelle("etat_lot", li["etat"]) if li["etat"] else "—",
    ]  # fmt: skip
