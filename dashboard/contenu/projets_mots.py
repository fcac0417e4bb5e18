"""Words shared by the blocs of the projects: hours, intervals, states, what is left out, and the bloc itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.contenu.contexte import SANS_RESIDENCE, SANS_SUIVI, Contexte
from dashboard.contenu.heures_temps import heures_en_mots
from dashboard.contenu.tableau import Bloc, Cellule, Etat, Tableau, cellule
from dashboard.domain import francais as fr
from dashboard.warehouse.projets_lecteur import ENSEMBLE, HORS

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne
    from dashboard.warehouse.projets import Mesures
    from dashboard.warehouse.projets_bilan import Bilan

Ici = Contexte[Any]

SANS_LOT = "Aucun lot suivi pour cette sélection : élargissez le territoire ou retirez un filtre."
#: Titles of the blocs that have nothing to find, by the end of their identifier.
QUESTIONS = {
    "-programmes": "Où en sont les programmes ?",
    "-courbe": "Les heures, de l’engagement à la fin",
    "-etats": "Où en sont les lots ?",
    "-etat": "Où en est ce projet ?",
    "-multiples": "Les courbes, ligne par ligne",
    "-carte": "Où sont les opérations ?",
    "-publics": "Qui travaille sur ces projets ?",
    "-pme": "Quelle part pour les PME ?",
    "-rapprochement": "Les lots et les marchés publiés",
    "-marche": "Les marchés publiés",
    "-lots": "Les lots",
}
RAPPROCHEMENTS = {
    "exact": "Rattaché (même numéro)",
    "probable": "Rattachement probable",
    "a_confirmer": "À confirmer",
    "aucun": "Sans marché publié",
}


def etat(c: Ici, code: str) -> str:
    """State of a lot in words."""
    return c.libelle("etat_lot", code)


def motif(c: Ici, code: str) -> str:
    """Why a lot cannot be evaluated, in words."""
    return fr.minuscule(c.libelle("motif_lot", code))


def mesures(c: Ici) -> Mesures:
    """The measures of the page or of the sheet."""
    valeur: Mesures = c.vue.mesures
    return valeur


def arrete(c: Ici) -> date:
    """Last day declared by the lots in view, else the date of the data."""
    return mesures(c).arrete or c.instantane.manifeste.date_donnees


def fin(c: Ici) -> str:
    """« au 31 décembre 2025 »."""
    return f"au {fr.date_longue(arrete(c))}"


def heures(valeur: float) -> str:
    """« 4 230 heures », « 1,62 million d’heures »."""
    return heures_en_mots(valeur)


def rond(valeur: float) -> str:
    """Three significant digits, in words beyond a million: « 628 000 », « 13,4 millions »."""
    if abs(valeur) >= 999_500:
        return fr.abrege(valeur)
    exposant = max(0, len(str(int(abs(valeur)))) - 3)
    return fr.nombre(round(valeur, -exposant) if exposant else valeur)


def court(valeur: float) -> str:
    """« 4 230 h », « 628 000 h », « 1,62 million d’heures »."""
    de = fr.accord(2, "heure") if abs(valeur) >= 999_500 else ""
    return f"{rond(valeur)} d’{de}" if de else f"{rond(valeur)}{fr.FINE}h"


def fourchette(bornes: tuple[float, float, float]) -> str:
    """« entre 4 100 et 5 200 h », « entre 13,2 et 13,4 millions d’heures »; equal bounds are one number."""
    bas, _, haut = bornes
    if rond(bas) == rond(haut):
        return court(haut)
    if bas >= 1_999_500 and haut < 999_500_000:
        return f"entre {rond(bas).removesuffix(f'{fr.INSECABLE}millions')} et {court(haut)}"
    return f"entre {rond(bas)} et {court(haut)}"


def fourchette_part(bornes: tuple[float, float, float]) -> str:
    """« 92 % (de 88 à 97 %) »; equal bounds are one number."""
    bas, centre, haut = bornes
    if fr.pourcent(bas) == fr.pourcent(haut):
        return fr.pourcent(centre)
    return f"{fr.pourcent(centre)} (de {fr.nombre(bas * 100)} à {fr.pourcent(haut)})"


def note(ident: str, b: Bilan) -> str:
    """What stands under a key figure of some lots: what it is out of, or how sure it is."""
    notes = {
        "projets_dues": f"dont {fr.pourcent(b.mobile)} suivent les faits" if b.mobile else "fixées par les contrats",
        "projets_realisees": f"{fr.pourcent(b.part)} des heures dues" if b.part is not None else "",
        "projets_restantes": "sur les lots non terminés",
        "projets_finales": fourchette(b.finales) if b.finales and b.en_cours else "",
        "projets_atteints": f"{b.etats.get('atteint', 0)} sur {fr.pluriel(b.termines, 'lot')}",
        "projets_couverture": f"{fr.nombre(b['suivis'])} sur {fr.nombre(b['commences'])} lots commencés",
    }
    return notes.get(ident, "")


def programme(c: Ici, code: str) -> str:
    """Label of a programme."""
    return c.libelle("programme", code)


def programme_court(c: Ici, code: str) -> str:
    """Short label of a programme, for charts: « GPE ligne 15 Sud », « RATP »."""
    return programme(c, code).replace("Grand Paris Express, ligne", "GPE ligne").split(" : ")[0]


def ligne(c: Ici, code: str, nom: str) -> str:
    """Name of a line inside its programme: « Ligne 11 », « Village des athlètes »; lots without one are named so."""
    if code in (HORS, ENSEMBLE):
        return programme(c, code)
    return (f"Ligne {nom}" if nom[:1].isdigit() else nom) or "Autres lots"


def nd(valeur: object) -> Cellule:
    """A cell; what is not known is « nd »."""
    return cellule(valeur)


def texte(valeur: str | None) -> Cellule:
    """A text cell; an absent text is « nd »."""
    return valeur or Etat.NON_DISPONIBLE


def laisses(nombre: int, pourquoi: str) -> str:
    """« 12 lots laissés de côté : sans commune connue »; nothing when there is none."""
    if not nombre:
        return ""
    accord = "laissés de côté" if nombre > 1 else "laissé de côté"
    return f"{fr.pluriel(nombre, 'lot')} {accord} : {pourquoi}"


def motifs_en_mots(c: Ici, motifs: Iterable[Ligne]) -> str:
    """« durée inconnue (5) et fin prévue avant le début (2) » of the lots that cannot be evaluated."""
    dites = [f"{motif(c, li['motif'])} ({fr.nombre(li['lots'])})" for li in motifs if li["motif"]]
    return fr.liste(dites)


def non_publies(c: Ici) -> str:
    """Lots counted in the totals and listed nowhere."""
    nombre = int(mesures(c).bilan["ensemble"])
    return laisses(nombre, "leur maître d’ouvrage n’est publié qu’avec d’autres") if nombre else ""


def vide(c: Ici) -> str | None:
    """Why there is no lot at all; ``None`` when there is one."""
    if not c.ref.a_suivi:
        return SANS_SUIVI
    if getattr(c.vue, "introuvable", None):
        return str(c.vue.introuvable)
    if c.residence:
        return SANS_RESIDENCE
    return None if mesures(c).bilan.lots else SANS_LOT


def bloc(
    c: Ici,
    ident: str,
    titre: str,
    quoi: str,
    contenu: Tableau,
    *definitions: str,
    notes: Iterable[str] = (),
    pourquoi: str | None = None,
    personnes: bool = False,
) -> Bloc:
    """A bloc on lots: what it leaves out (``notes``) ends its caption; ``pourquoi`` says why it has no figure."""
    if vide(c):
        titre = next((t for fin_, t in QUESTIONS.items() if ident.endswith(fin_)), titre)
    raison = vide(c) or pourquoi or (None if contenu.lignes else SANS_LOT)
    ecrit = c.bloc(ident, titre, quoi, contenu, personnes=personnes, vide=raison, definitions=definitions)
    suite = [n for n in notes if n] if not raison else []
    return replace(ecrit, legende=" · ".join([ecrit.legende, *suite]))
