"""« Où en sont les heures ? »: the sentence, the key figures and the list of the blocs of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.contenu import resume
from dashboard.contenu.heures_temps import Ici, btp, chaleur, heures_en_mots, temps, validees
from dashboard.contenu.heures_types import contrats, d_emploi, de_marches
from dashboard.contenu.page import PageContenu
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.phrases import Morceau
from dashboard.warehouse import heures
from dashboard.warehouse.heures_chiffres import CHIFFRES

if TYPE_CHECKING:
    from dashboard.warehouse.chiffres import ChiffreCle

SANS_SUIVI = ", les heures d’insertion ne sont pas disponibles : aucun suivi d’exécution n’est chargé."


def phrase(c: Ici) -> list[Morceau]:
    """Where the hours stand: realised against engaged, against the period before, and what remains to validate."""
    debut = phrases.debut(c.selection, c.ref, c.periode)
    if not c.ref.a_suivi:
        return [*debut, Morceau(SANS_SUIVI)]
    return debut + _realisees(c)


def _realisees(c: Ici) -> list[Morceau]:
    chiffre, engagees = c.vue.chiffres["heures_realisees"], c.vue.chiffres["heures_engagees"].valeur
    if chiffre.valeur is None:
        return [Morceau(", le nombre d’heures relève du secret statistique.")]
    pour = f" pour {heures_en_mots(engagees)} engagées" if engagees else ""
    if not chiffre.valeur:
        return [Morceau(", "), Morceau("aucune heure", True), Morceau(f" d’insertion n’a été réalisée{pour}.")]
    accord = "a été réalisée" if chiffre.valeur < 2 else "ont été réalisées"
    morceaux = [Morceau(", "), Morceau(heures_en_mots(chiffre.valeur), True), Morceau(f" d’insertion {accord}{pour}")]
    taux = c.vue.chiffres["taux_realisation"].valeur
    if taux is not None:
        morceaux += [Morceau(", soit "), Morceau(fr.pourcent(taux), True), Morceau(" des engagements")]
    return [*morceaux, Morceau("."), *_suite(c, chiffre)]


def _suite(c: Ici, chiffre: ChiffreCle) -> list[Morceau]:
    """The trend against the period before, and what remains to validate, in one sentence."""
    textes = [t for t in (_tendance(c, chiffre), _a_valider(c)) if t]
    return [Morceau(f" {' ; '.join([textes[0], *map(fr.minuscule, textes[1:])])}.")] if textes else []


def _tendance(c: Ici, chiffre: ChiffreCle) -> str:
    variation = resume.variation(chiffre, "abrege", c.vue.precedente)
    if variation is None or c.vue.precedente is None:
        return ""
    sens, texte, _ = variation
    avant = f"par rapport à {phrases.annees(c.vue.precedente)}"
    if sens == "stable":
        return f"Les heures réalisées sont stables {avant}"
    return (
        f"Les heures réalisées {'progressent' if sens == 'up' else 'reculent'} de {texte.split(maxsplit=1)[1]} {avant}"
    )


def _a_valider(c: Ici) -> str:
    part = c.vue.chiffres["part_validee"].valeur
    if part is None or round(1 - part, 2) <= 0:
        return ""
    return f"{fr.pourcent(1 - part)} des heures déclarées restent à valider"


def chiffres(c: Ici) -> list[ChiffreCle]:
    """The key figures, in order."""
    return [c.vue.chiffres[ident] for ident in CHIFFRES]


PAGE = PageContenu(
    "heures",
    heures.lire,
    {
        "heures-temps": temps,
        "heures-validees": validees,
        "heures-achat": de_marches("heures-achat"),
        "heures-secteur": de_marches("heures-secteur"),
        "heures-categorie": de_marches("heures-categorie"),
        "heures-btp": btp,
        "heures-clause": de_marches("heures-clause"),
        "heures-chaleur": chaleur,
        "heures-modalite": d_emploi("heures-modalite"),
        "heures-employeur": d_emploi("heures-employeur"),
        "heures-type-contrat": d_emploi("heures-type-contrat"),
        "heures-contrats": contrats,
    },
    phrase,
    chiffres,
)
