"""The contracts of a buyer above the EU thresholds: which miss the obligation of 2026, how ready it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.contenu.acheteurs_listes import ETATS, jour, remarque
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.fiche_acheteur_contrats import ENSEMBLE_SANS_LISTE
from dashboard.contenu.tableau import Bloc, Colonne, cellule, tableau
from dashboard.domain import francais as fr
from dashboard.warehouse.acheteurs_lecteur import ENSEMBLE

if TYPE_CHECKING:
    from dashboard.warehouse.acheteurs_fiche import Fiche


def conformite(c: Contexte[Fiche]) -> Bloc:
    """Contracts above the thresholds, those without a clause since the obligation first."""
    colonnes = [
        Colonne("uid", "Numéro"), Colonne("objet", "Objet"), Colonne("date", "Notifié le"),
        Colonne("obligation", "Obligation de 2026"), Colonne("clause", "Clause sociale"),
        Colonne("achat", "Type d’achat"), Colonne("montant", "Montant (€ HT)", "entier"),
        Colonne("seuil", "Seuil européen (€ HT)", "entier"), Colonne("remarque", "À savoir"),
    ]  # fmt: skip
    lignes = [
        [li["uid"], li["objet"] or "sans objet", jour(li["date_notification"]),
         "s’applique" if li["obligation"] else "pas encore", ETATS[li["etat"]],
         c.libelle("type_achat", li["type_achat"] or ""), cellule(li["montant"]), cellule(li["seuil"]), remarque(li)]
        for li in c.vue.au_dessus
    ]  # fmt: skip
    quoi = f"Marchés au-dessus des seuils européens, les plus récents{_combien(c)}"
    return c.bloc("fiche-acheteur-conformite", _titre(c), quoi, tableau(colonnes, lignes), suivi=False, vide=_vide(c),
                  definitions=("achats_conformite", "achats_seuils"))  # fmt: skip


def _combien(c: Contexte[Fiche]) -> str:
    total = c.vue.au_dessus[0]["total"] if c.vue.au_dessus else 0
    return f" ({len(c.vue.au_dessus)} sur {fr.nombre(total)})" if total > len(c.vue.au_dessus) else ""


def _titre(c: Contexte[Fiche]) -> str:
    """What misses since the obligation; otherwise how many of the latest contracts had a clause."""
    concernes = [li for li in c.vue.conformite if li["etat"] != "inconnu"]
    sans = sum(li["etat"] == "sans" for li in concernes)
    if sans:
        return (
            f"Conformité 2026 : {fr.nombre(sans)} marchés concernés sur {fr.nombre(len(concernes))} sans clause sociale"
        )
    dits = [li for li in c.vue.au_dessus if li["etat"] != "inconnu"]
    if concernes or not dits:
        return "Conformité 2026 : aucun marché concerné n’est sans clause sociale"
    avec = sum(li["etat"] != "sans" for li in dits)
    derniers = f"sur les {fr.nombre(len(dits))} derniers au-dessus des seuils" if len(dits) > 1 else "sur un"
    return f"Conformité 2026 : aucun marché concerné encore ; {fr.nombre(avec)} avec clause {derniers}"


def _vide(c: Contexte[Fiche]) -> str | None:
    if c.vue.acheteur and c.vue.acheteur.siret == ENSEMBLE:
        return ENSEMBLE_SANS_LISTE
    return None if c.vue.au_dessus else "Aucun marché publié par cet acheteur n’atteint les seuils européens."
