"""The blocs with their own dates: the obligation of 2026 and the ends to come.

They leave out the period of the reader and say theirs. Contracts of the owners that may only be published
together are counted, never listed. Boundary: words and tables, no drawing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dashboard.contenu.acheteurs_parts import SANS_SOCIAL, Ici, sans_annee
from dashboard.contenu.contexte import SANS_RESIDENCE
from dashboard.contenu.tableau import Bloc, Colonne, cellule, tableau
from dashboard.domain import francais as fr
from dashboard.warehouse.acheteurs_lecteur import ENSEMBLE

if TYPE_CHECKING:
    from dashboard.contenu.tableau import Cellule
    from dashboard.warehouse.execution import Ligne

#: Contracts listed at most; the queries stop there too.
LISTE_MAX = 500
ETATS = {
    "sans": "sans clause sociale",
    "clause": "avec clause sociale",
    "reserve": "marché réservé",
    "suivi": "clause suivie, non déclarée",
    "inconnu": "format sans champ social",
}
#: Derogations of L2112-2-1, as generally reported: our sources do not hold the text of the article.
DEROGATIONS = (
    "le besoin peut être satisfait par une solution immédiatement disponible",
    "le lien avec l’objet du marché serait insuffisant",
    "la concurrence serait restreinte, ou l’exécution techniquement ou économiquement difficile",
    "les travaux durent moins de trois mois",
)
NON_LISTES = "marchés des grands maîtres d’ouvrage publiés ensemble sont comptés mais pas listés (diffusion agrégée)"


def ensemble_non_liste(lignes: tuple[Ligne, ...]) -> str:
    """How many contracts are counted and not listed, and why; nothing when there is none."""
    combien = sum(li["acheteur"] == ENSEMBLE for li in lignes)
    return f" · {fr.nombre(combien)} {NON_LISTES}" if combien else ""


def jour(d: date | None) -> str:
    """« 29/08/2026 », « non renseignée »."""
    return f"{d:%d/%m/%Y}" if d else "non renseignée"


def sociale(li: Ligne) -> str:
    """What a contract declares, in words; a follow-up that says otherwise is not hidden."""
    if li["sociale"] is None:
        return "non disponible (format 2019)"
    if li["sociale"]:
        return "déclarée"
    return "aucune déclarée, mais suivi d’insertion" if li["suivi"] else "aucune"


# --- obligation of 2026 ------------------------------------------------------------------------------------


def entree(c: Ici) -> date | None:
    """Day the obligation is in force."""
    regle = c.vue.regle("obligation_sociale")
    return regle.debut if regle else None


def manquants(c: Ici) -> list[Ligne]:
    """Contracts under the obligation that declare neither clause nor reservation, and may be listed."""
    return [li for li in c.vue.conformite if li["etat"] == "sans" and li["acheteur"] != ENSEMBLE]


def conformite(c: Ici) -> Bloc:
    """Contracts above the EU thresholds without a social clause since the obligation."""
    lignes, depuis = manquants(c)[:LISTE_MAX], entree(c)
    colonnes = [
        Colonne("uid", "Numéro"), Colonne("acheteur", "Acheteur"), Colonne("objet", "Objet"),
        Colonne("date", "Notifié le"),
        Colonne("achat", "Type d’achat"), Colonne("montant", "Montant (€ HT)", "entier"),
        Colonne("seuil", "Seuil européen (€ HT)", "entier"), Colonne("remarque", "À savoir"),
    ]  # fmt: skip
    rangees: list[list[Cellule]] = [
        [li["uid"], c.libelle("acheteur", li["acheteur"]), li["objet"] or "sans objet", jour(li["date_notification"]),
         c.libelle("type_achat", li["type_achat"] or ""), cellule(li["montant"]), cellule(li["seuil"]), remarque(li)]
        for li in lignes
    ]  # fmt: skip
    le = fr.date_longue(depuis) if depuis else "l’entrée en vigueur"
    quoi = f"Marchés au-dessus des seuils européens, notifiés depuis le {le}, sans clause sociale ni réservation"
    b = sans_annee(c).bloc("acheteurs-conformite", _titre_conformite(c), quoi, tableau(colonnes, rangees), suivi=False,
                           vide=_vide_conformite(c, le),
                           definitions=("achats_conformite", "achats_seuils"))  # fmt: skip
    reste, tus = len(manquants(c)) - len(lignes), sum(li["etat"] == "suivi" for li in c.vue.conformite)
    suite = f" · les {LISTE_MAX} plus gros ; {fr.nombre(reste)} autres ne sont pas listés" if reste > 0 else ""
    suite += f" · {fr.nombre(tus)} sans clause déclarée mais suivis par un facilitateur n’y sont pas" if tus else ""
    return replace(b, legende=f"{b.legende}{suite}{ensemble_non_liste(c.vue.conformite)}")


def remarque(li: Ligne) -> str:
    """What may explain a missing clause, or lessen it."""
    textes = []
    if li["travaux_courts"]:
        textes.append("travaux de moins de trois mois : dérogation possible")
    if li["critere"]:
        textes.append("critère social seul")
    if li["accord_cadre"]:
        textes.append("accord-cadre : montant maximum")
    return " ; ".join(textes) or "—"


def _titre_conformite(c: Ici) -> str:
    tous = [li for li in c.vue.conformite if li["etat"] != "inconnu"]
    sans = sum(li["etat"] == "sans" for li in tous)
    if not tous:
        return "Conformité 2026 : l’obligation de considérations sociales"
    if not sans:
        return f"Conformité 2026 : aucun des {fr.nombre(len(tous))} marchés concernés n’est sans clause sociale"
    return f"Conformité 2026 : {fr.nombre(sans)} marchés concernés sur {fr.nombre(len(tous))} sans clause sociale"


def _vide_conformite(c: Ici, le: str) -> str | None:
    if c.residence:
        return SANS_RESIDENCE
    if manquants(c):
        return None
    if not c.vue.conformite:
        return f"Aucun marché au-dessus des seuils européens n’est notifié depuis le {le} dans cette sélection."
    if all(li["etat"] == "inconnu" for li in c.vue.conformite):
        return SANS_SOCIAL
    if any(li["etat"] == "sans" for li in c.vue.conformite):
        return "Les marchés concernés sont ceux de maîtres d’ouvrage publiés ensemble : ils sont comptés, pas listés."
    return "Tous les marchés concernés déclarent une clause sociale ou sont réservés."


def regle_conformite(c: Ici) -> list[tuple[str, str]]:
    """The rule, its thresholds, its derogations and its limits, each with what it rests on."""
    depuis, regle = entree(c), c.vue.regle("obligation_sociale")
    if depuis is None or regle is None:
        return []
    seuils = {(s["acheteur"], s["type_achat"]): s for s in c.vue.seuils}
    noms = (
        ("État, services et fournitures", "etat", "services"),
        ("autres acheteurs", "autre", "services"),
        ("entités adjudicatrices", "entite_adjudicatrice", "services"),
        ("travaux", "autre", "travaux"),
    )
    dits = [f"{nom} {fr.nombre(s['seuil'])} €" for nom, qui, quoi in noms if (s := seuils.get((qui, quoi)))]
    a_verifier = any(s["origine"] == "a_verifier" for s in c.vue.seuils)
    return [
        ("Règle", f"{regle.libelle} : en vigueur au plus tard le {fr.date_longue(depuis)}. Source : {regle.source}."),
        ("Seuils HT", f"{' ; '.join(dits)}{' (à vérifier au Journal officiel)' if a_verifier else ''}."),
        ("Dérogations", f"{' ; '.join(DEROGATIONS)}. Liste de connaissance générale, à vérifier sur Légifrance."),
        ("Limites", "Les DECP ne disent ni la dérogation invoquée, ni la date de lancement de la consultation ; "
                    "le montant d’un lot peut rester sous le seuil que le besoin entier dépasse."),
    ]  # fmt: skip


# --- ends to come ------------------------------------------------------------------------------------------


def echeances(c: Ici, ident: str = "acheteurs-echeances") -> Bloc:
    """Ends of contracts month by month over eighteen months."""
    colonnes = [
        Colonne("mois", "Mois", "mois"), Colonne("fins", "Marchés qui finissent", "entier"),
        Colonne("sans", "dont sans considération sociale ni suivi", "entier"),
        Colonne("inconnus", "dont format sans champ social", "entier"),
        Colonne("montant", "Montant, hors accords-cadres (€ HT)", "entier"),
    ]  # fmt: skip
    lignes = [
        [li["mois"], float(li["fins"]), _sans(li), float(li["inconnus"]), round(li["montant"] or 0)]
        for li in c.vue.echeances
    ]
    total, sans = (sum(li[k] for li in c.vue.echeances) for k in ("fins", "sans"))
    titre = "Les marchés qui finissent dans les dix-huit mois"
    if total:
        suite = f", dont {fr.nombre(sans)} sans considération sociale" if sans else ""
        titre = f"{fr.pluriel(total, 'marché finit', 'marchés finissent')} dans les dix-huit mois{suite}"
    le = fr.date_longue(c.instantane.manifeste.date_donnees)
    suite = "chaque renouvellement peut porter une clause"
    quoi = f"Fins prévues, mois par mois, dans les dix-huit mois qui suivent le {le} : {suite}"
    return sans_annee(c).bloc(ident, titre, quoi, tableau(colonnes, lignes), suivi=False, vide=_vide_echeances(c),
                              definitions=("achats_echeances",))  # fmt: skip


def _sans(li: Ligne) -> Cellule:
    """Ends without a social consideration; not available when no format of the month says it."""
    return cellule(None if li["fins"] and li["fins"] == li["inconnus"] else li["sans"])


def _vide_echeances(c: Ici) -> str | None:
    if c.residence:
        return SANS_RESIDENCE
    le = fr.date_longue(c.instantane.manifeste.date_donnees)
    return (
        None
        if c.vue.echeances
        else f"Aucun marché de cette sélection ne finit dans les dix-huit mois qui suivent le {le}."
    )


def fins(c: Ici, ident: str = "acheteurs-fins") -> Bloc:
    """The contracts that end, those without a social consideration first, the largest first."""
    colonnes = [
        Colonne("uid", "Numéro"), Colonne("acheteur", "Acheteur"), Colonne("objet", "Objet"),
        Colonne("fin", "Fin prévue"),
        Colonne("achat", "Type d’achat"), Colonne("montant", "Montant (€ HT)", "entier"),
        Colonne("cadre", "Nature du montant"), Colonne("sociale", "Considération sociale"),
    ]  # fmt: skip
    lignes: list[list[Cellule]] = [
        [li["uid"], c.libelle("acheteur", li["acheteur"]), li["objet"] or "sans objet", jour(li["date_fin"]),
         c.libelle("type_achat", li["type_achat"] or ""), cellule(li["montant"]),
         "maximum d’accord-cadre" if li["accord_cadre"] else "montant du marché", sociale(li)]
        for li in c.vue.fins
    ]  # fmt: skip
    sans = sum(li["sans"] for li in c.vue.echeances)
    titre = "À renouveler : les plus gros marchés qui finissent"
    if sans:
        titre = f"À renouveler : {fr.pluriel(sans, 'occasion', 'occasions')} d’inscrire une première clause sociale"
    quoi = "Marchés qui finissent dans les dix-huit mois, sans considération sociale d’abord, puis par montant"
    absent = _vide_echeances(c) or (
        None if lignes else "Ces marchés sont ceux de maîtres d’ouvrage publiés ensemble : pas de liste."
    )
    b = sans_annee(c).bloc(ident, titre, quoi, tableau(colonnes, lignes), suivi=False, vide=absent,
                           definitions=("achats_echeances", "achats_part_sociale"))  # fmt: skip
    reste = sum(li["fins"] for li in c.vue.echeances) - len(lignes)
    suite = (
        f" · {fr.nombre(len(lignes))} listés, {fr.nombre(reste)} autres comptés dans le calendrier" if reste > 0 else ""
    )
    return b if b.vide else replace(b, legende=f"{b.legende}{suite}")
