"""The blocs of the hours over time: engaged and realised, validated, construction, month × département."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dashboard.contenu.contexte import SANS_LIGNE, SANS_SUIVI, Contexte
from dashboard.contenu.tableau import Bloc, Colonne, cellule, tableau
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.warehouse.heures import MOIS_DU_PAS, Heures

if TYPE_CHECKING:
    from dashboard.contenu.tableau import Cellule
    from dashboard.warehouse.execution import Ligne

Ici = Contexte[Heures]

SANS_VALIDATION = (
    "La validation des heures se suit par marché : elle ne se décline ni par public, ni par lieu de résidence. "
    "Retirez le regard ou comptez au lieu d’exécution."
)
RIEN_DE_PUBLIABLE = (
    "Trop peu de personnes sont concernées : tout relève du secret statistique (s). "
    "Élargissez la période ou le territoire, ou retirez un filtre."
)
PAS = {"mois": "Mois", "trimestre": "Trimestre", "annee": "Année"}
#: More years than this are validated year by year.
ANNEES_EN_TRIMESTRES = 2


def heures_en_mots(heures: float) -> str:
    """« 1,62 million d’heures », « 4 230 heures »."""
    if heures >= 1_000_000:
        return f"{fr.abrege(heures)} d’heures"
    return f"{fr.nombre(heures)}{fr.INSECABLE}{fr.accord(heures, 'heure')}"


def nom_du_pas(debut: date, pas: str) -> str:
    """« mars 2025 », « 1er trimestre 2025 », « 2025 »."""
    if pas == "annee":
        return str(debut.year)
    rang = (debut.month + 2) // 3
    return fr.mois(debut) if pas == "mois" else f"{'1er' if rang == 1 else f'{rang}e'} trimestre {debut.year}"


def vide(c: Ici, lignes: list[Ligne], *mesures: str) -> str | None:
    """Why there is nothing to draw: no follow-up, everything masked, or only zeros."""
    if not c.ref.a_suivi:
        return SANS_SUIVI
    valeurs = [li[m] for li in lignes for m in mesures]
    trop_fin = c.sensible and c.ref.territoires[c.selection.territoire].niveau == "commune"
    if None in valeurs and (trop_fin or all(v is None for v in valeurs)):
        return c.sensible or RIEN_DE_PUBLIABLE
    connues = [li[m] for li in lignes for m in mesures if m != "reference" or li[m] is not None]
    return None if any(v != 0 for v in connues) else SANS_LIGNE


def _sur(bloc: Bloc, c: Ici, quoi: str, annees: tuple[int, int]) -> Bloc:
    """The same bloc, whose subtitle says other years than those of the selection."""
    return replace(bloc, sous_titre=phrases.sous_titre(quoi, c.selection, c.ref, annees))


# --- engaged and realised --------------------------------------------------------------------------


def serie(c: Ici) -> list[Ligne]:
    """debut, valeur, reference, statut of each step, cumulated when asked: nothing is known after a masked step."""
    if c.selection.cumul == "non":
        return c.vue.temps
    lignes: list[Ligne] = []
    valeur: float | None = 0.0
    reference: float | None = 0.0
    for li in c.vue.temps:
        valeur = None if valeur is None or li["valeur"] is None else valeur + li["valeur"]
        reference = None if reference is None or li["reference"] is None else reference + li["reference"]
        statut = "s" if valeur is None else "valeur"
        lignes.append({"debut": li["debut"], "valeur": valeur, "reference": reference, "statut": statut})
    return lignes


def _titre_temps(c: Ici, lignes: list[Ligne]) -> str:
    connues = [li for li in lignes if li["valeur"]]
    if not connues:
        engagees = any(li["reference"] for li in lignes)
        return "Aucune heure réalisée face aux engagements" if engagees else "Les heures réalisées dans le temps"
    if c.selection.cumul == "oui":
        return _titre_cumul(c, lignes[0], connues[-1])
    haut = max(connues, key=lambda li: li["valeur"])
    pic = f"un pic en {nom_du_pas(haut['debut'], 'mois')}" if c.selection.pas == "mois" else ""
    if c.selection.pas != "mois":
        return f"Le plus haut : {nom_du_pas(haut['debut'], c.selection.pas)}, avec {heures_en_mots(haut['valeur'])}"
    taux = c.vue.chiffres["taux_realisation"].valeur
    if taux is None:
        return f"{pic[0].upper()}{pic[1:]}, avec {heures_en_mots(haut['valeur'])}"
    if 0.98 <= taux <= 1.02:
        return f"Autant d’heures réalisées qu’engagées, avec {pic}"
    return f"{'Plus' if taux > 1 else 'Moins'} d’heures réalisées qu’engagées, avec {pic}"


def _titre_cumul(c: Ici, premiere: Ligne, derniere: Ligne) -> str:
    depuis = nom_du_pas(premiere["debut"], "mois" if c.selection.pas == "mois" else "annee")
    suite = f", pour {fr.abrege(derniere['reference'])} engagées" if derniere["reference"] else ""
    return f"{_majuscule(heures_en_mots(derniere['valeur']))} depuis {depuis}{suite}"


def _majuscule(texte: str) -> str:
    return f"{texte[0].upper()}{texte[1:]}"


def temps(c: Ici) -> Bloc:
    """Hours engaged and realised by month, quarter or year, cumulated or not."""
    lignes, pas = serie(c), c.selection.pas
    suffixe = " (cumul)" if c.selection.cumul == "oui" else ""
    colonnes = [Colonne("debut", PAS[pas]), Colonne("realisees", f"Heures réalisées{suffixe}", "entier")]
    if not c.protege:
        colonnes.append(Colonne("engagees", f"Heures engagées{suffixe}", "entier"))
    rangees: list[list[Cellule]] = [
        [nom_du_pas(li["debut"], pas), cellule(li["valeur"], li["statut"])]
        + ([] if c.protege else [cellule(li["reference"])])
        for li in lignes
    ]
    quoi = f"Heures{' cumulées' if suffixe else ''} par {PAS[pas].lower()}"
    definitions = ("heures_realisees",) if c.protege else ("heures_realisees", "heures_engagees", "taux_realisation")
    b = c.bloc("heures-temps", _titre_temps(c, lignes), quoi, tableau(colonnes, rangees),
               vide=vide(c, lignes, "valeur", "reference"), definitions=definitions)  # fmt: skip
    return _sur(b, c, quoi, (lignes[0]["debut"].year, lignes[-1]["debut"].year)) if lignes else b


# --- validated -------------------------------------------------------------------------------------


def pas_validation(c: Ici) -> str:
    """Quarters, unless the period is long or years are asked."""
    longue = c.periode[1] - c.periode[0] >= ANNEES_EN_TRIMESTRES
    return "annee" if longue or c.selection.pas == "annee" else "trimestre"


def validations(c: Ici) -> list[Ligne]:
    """debut, realisees, validees by quarter or year of the period, up to the last one with an hour declared."""
    pas, (premier, dernier) = pas_validation(c), c.periode
    sommes = {
        date(a, m, 1): {"realisees": 0.0, "validees": 0.0}
        for a in range(premier, dernier + 1)
        for m in MOIS_DU_PAS[pas]
    }
    for li in c.vue.validation:
        debut = li["debut"] if pas == "trimestre" else date(li["annee"], 1, 1)
        if debut in sommes:
            sommes[debut]["realisees"] += li["realisees"]
            sommes[debut]["validees"] += li["validees"]
    faites = [d for d, li in sommes.items() if li["realisees"]]
    return [{"debut": d, **li} for d, li in sommes.items() if faites and d <= max(faites)]


def validees(c: Ici) -> Bloc:
    """Hours declared, and those already validated."""
    lignes, pas = validations(c), pas_validation(c)
    colonnes = [Colonne("debut", PAS[pas]), Colonne("declarees", "Heures déclarées", "entier"),
                Colonne("validees", "dont validées", "entier"), Colonne("part", "Part validée", "part")]  # fmt: skip
    rangees = [
        [nom_du_pas(li["debut"], pas), cellule(li["realisees"]), cellule(li["validees"]),
         cellule(li["validees"] / li["realisees"] if li["realisees"] else None)]
        for li in lignes
    ]  # fmt: skip
    absent = SANS_VALIDATION if c.protege and c.ref.a_suivi else vide(c, lignes, "realisees")
    t = tableau(colonnes, [] if absent else rangees)
    quoi = f"Heures déclarées et validées par {PAS[pas].lower()}"
    return c.bloc("heures-validees", _titre_validees(c), quoi, t, vide=absent, definitions=("part_validee",))


def _titre_validees(c: Ici) -> str:
    part = c.vue.chiffres["part_validee"].valeur
    if part is None:
        return "Heures déclarées et heures validées"
    reste = 1 - part
    if round(reste, 2) == 0:
        return "Presque toutes les heures sont validées" if reste else "Toutes les heures sont validées"
    return f"{fr.pourcent(reste)} des heures restent à valider"


# --- construction ----------------------------------------------------------------------------------


def btp(c: Ici) -> Bloc:
    """Hours in construction and elsewhere, year by year."""
    lignes = c.vue.annees
    colonnes = [Colonne("annee", "Année"), Colonne("btp", "Bâtiment et travaux publics", "entier"),
                Colonne("hors_btp", "Hors BTP", "entier"), Colonne("part", "Part hors BTP", "part")]  # fmt: skip
    rangees = [[str(li["annee"]), *_volets(li)] for li in lignes]
    quoi = "Heures réalisées dans le BTP et ailleurs, par année"
    b = c.bloc("heures-btp", _titre_btp(lignes), quoi, tableau(colonnes, rangees),
               vide=vide(c, lignes, "btp", "hors_btp"), definitions=("part_hors_btp",))  # fmt: skip
    return _sur(b, c, quoi, (lignes[0]["annee"], lignes[-1]["annee"])) if lignes else b


def _volets(li: Ligne) -> list[Cellule]:
    masque = [cellule(li[m], "s" if li[m] is None else "valeur") for m in ("btp", "hors_btp")]
    connue = li["part"] is not None or (li["btp"] == 0 and li["hors_btp"] == 0)
    return [*masque, cellule(li["part"], "valeur" if connue else "s")]


def _titre_btp(lignes: list[Ligne]) -> str:
    connues = [li for li in lignes if li["part"] is not None]
    if not connues:
        return "Le bâtiment, les travaux publics et le reste"
    debut, fin = connues[0], connues[-1]
    if len(connues) == 1:
        return f"{fr.pourcent(fin['part'])} des heures hors du BTP en {fin['annee']}"
    ecart = round(fin["part"] * 100) - round(debut["part"] * 100)
    annees = f"entre {debut['annee']} et {fin['annee']}"
    if not ecart:
        return f"La part hors BTP reste à {fr.pourcent(fin['part'])} {annees}"
    sens = "monte" if ecart > 0 else "descend"
    return f"La part hors BTP {sens} de {fr.pourcent(debut['part'])} à {fr.pourcent(fin['part'])} {annees}"


# --- month × département -----------------------------------------------------------------------------


def lieux(c: Ici) -> list[str]:
    """Codes of the départements, in order."""
    return list(dict.fromkeys(li["lieu"] for li in c.vue.chaleur))


def chaleur(c: Ici) -> Bloc:
    """Hours by month and département; the chosen territory does not filter it."""
    codes, lignes = lieux(c), c.vue.chaleur
    lues = {(li["mois"], li["lieu"]): cellule(li["valeur"], li["statut"]) for li in lignes}
    mois = list(dict.fromkeys(li["mois"] for li in lignes))
    colonnes = [Colonne("mois", "Mois", "mois")]
    colonnes += [Colonne(f"d{code}", c.ref.territoires[code].nom, "entier") for code in codes]
    t = tableau(colonnes, [[m, *(lues[m, code] for code in codes)] for m in mois])
    quoi = {"execution": "", "siege": " du siège de l’acheteur", "residence": " de résidence"}[c.selection.geographie]
    region = replace(c, selection=c.selection.avec(territoire="11"))
    return region.bloc("heures-chaleur", _titre_chaleur(c, mois), f"Heures réalisées par mois et par département{quoi}",
                       t, vide=vide(c, lignes, "valeur"), definitions=("heures_realisees",))  # fmt: skip


def _titre_chaleur(c: Ici, mois: list[date]) -> str:
    """The département that comes first most often, when nothing masked could be before it."""
    par_mois = [[li for li in c.vue.chaleur if li["mois"] == m] for m in mois]
    pleins = [
        lignes
        for lignes in par_mois
        if all(li["statut"] == "valeur" for li in lignes) and any(li["valeur"] for li in lignes)
    ]
    if 2 * len(pleins) < len(mois) or not pleins:
        return "Les heures de chaque département, mois par mois"
    premiers = [max(lignes, key=lambda li: (li["valeur"], li["lieu"]))["lieu"] for lignes in pleins]
    tete = max(sorted(set(premiers)), key=premiers.count)
    nom, fois = fr.nom_avec_article(c.ref.territoires[tete]), premiers.count(tete)
    if len(pleins) == 1:
        return f"{nom[0].upper()}{nom[1:]} en tête en {fr.mois(pleins[0][0]['mois'])}"
    return f"{nom[0].upper()}{nom[1:]} en tête {fois} mois sur {len(pleins)}"
