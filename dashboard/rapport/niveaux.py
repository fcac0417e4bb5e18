"""The facts of every territory of a level, once for all the sheets: what a territory is compared with.

The questions and the rules are those of the pages of the territories and of the buyers, without what these ask
besides (series, flows, every other scale). Boundary: numbers and statuses, persons as the door publishes them; no word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.domain.selection import REGION, Selection
from dashboard.warehouse.acheteurs import de_la_periode
from dashboard.warehouse.acheteurs_lecteur import LecteurAcheteurs
from dashboard.warehouse.acheteurs_mesures import Mesures
from dashboard.warehouse.territoires_lecteur import ECHELLE_REGION, PERIODE, LecteurTerritoires, Question
from dashboard.warehouse.territoires_mesures import FEMMES, REGLES, Faits, Valeur

if TYPE_CHECKING:
    from dashboard.domain.territoire import Territoire
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.territoires_mesures import Regle

#: Shares of persons by the rule whose criterion counts them.
PARTS = ("part_femmes", "part_moins_26", "part_qpv")
#: Indicators of lots and hours, of persons, of published contracts.
DU_SUIVI = ("heures", "heures_hab", "taux", "part_hors_btp", "couverture")
DES_PERSONNES = ("beneficiaires", "beneficiaires_hab")
DES_ACHATS = ("achats", "part_sociale")
INDICATEURS = (*DU_SUIVI, *DES_PERSONNES, *PARTS, *DES_ACHATS)
ABSENTE: Valeur = (None, "nd")


@dataclass(frozen=True, slots=True)
class Valeurs:
    """Values and statuses of one territory, by indicator."""

    par_indicateur: dict[str, Valeur]

    def __getitem__(self, code: str) -> Valeur:
        return self.par_indicateur.get(code, ABSENTE)

    def nombre(self, code: str) -> float | None:
        """The value alone, ``None`` when it is masked or not available."""
        return self[code][0]


VIDE = Valeurs({})


@lru_cache(maxsize=64)
def du_niveau(instantane: Instantane, annees: tuple[int, int] | None, niveau: str) -> dict[str, Valeurs]:
    """Values of every territory of a level (``region`` included) over a period, by code."""
    lecteur = LecteurTerritoires(instantane, Selection(annees=annees, niveau="departement"))
    questions = _questions(lecteur, niveau)
    lecteur.annoncer([q for qs in questions.values() for q in qs])
    territoires = [t for t in lecteur.ref.territoires.values() if t.niveau == niveau]
    habitants = {t.code: t.population for t in territoires}
    achats = _achats(instantane, annees, niveau)
    faits = {nom: _faits(lecteur, qs, niveau, habitants) for nom, qs in questions.items()}
    return {
        t.code: _valeurs(t, {nom: lus.get(t.code) for nom, lus in faits.items()}, achats.get(t.code, Mesures()))
        for t in territoires
    }


def _questions(lecteur: LecteurTerritoires, niveau: str) -> dict[str, list[Question]]:
    """What is asked, by the name of the facts it gives: lots, persons by criterion; nothing without a follow-up."""
    if not lecteur.ref.a_suivi:
        return {}
    regles: dict[str, Regle] = {"heures": REGLES["heures"], **{ident: REGLES[ident] for ident in PARTS}}
    if niveau == "region":
        return {nom: lecteur.series(regle.sources, regle.critere) for nom, regle in regles.items()}
    return {nom: lecteur.niveau(niveau, regle, couverture=False) for nom, regle in regles.items()}


def _faits(
    lecteur: LecteurTerritoires, questions: list[Question], niveau: str, habitants: dict[str, int]
) -> dict[str, Faits]:
    """Facts by code; those of the region come as a series, of which the period is kept."""
    if niveau != "region":
        faits: dict[str, Faits] = lecteur.faits(questions, lambda code: habitants.get(code, 0))
        return faits
    moment = lecteur.periode[0] if lecteur.une_annee else PERIODE
    lus = lecteur.faits(questions, lambda _cle: habitants[REGION])
    return {REGION: lus[ECHELLE_REGION, moment]} if (ECHELLE_REGION, moment) in lus else {}


def _achats(instantane: Instantane, annees: tuple[int, int] | None, niveau: str) -> dict[str, Mesures]:
    """Measures of the published contracts by territory of a level."""
    lecteur = LecteurAcheteurs(instantane, Selection(annees=annees))
    if niveau == "region":
        return {REGION: de_la_periode(lecteur.par_annee(), lecteur.periode)}
    return lecteur.par_territoire(niveau)


def _valeurs(t: Territoire, lus: dict[str, Faits | None], achats: Mesures) -> Valeurs:
    """Every indicator of a territory; nothing found is a zero, nothing asked is not available."""
    faits, part = {nom: lu or Faits(t.population) for nom, lu in lus.items()}, achats.part_sociale()
    valeurs: dict[str, Valeur] = {
        "achats": (float(achats.marches), "valeur"),
        "part_sociale": ABSENTE if part is None else (part, "valeur"),
    }
    if "heures" in faits:
        valeurs |= {code: REGLES[code].calculer(faits["heures"]) for code in DU_SUIVI}
        valeurs |= {code: REGLES[code].calculer(faits[PARTS[0]]) for code in DES_PERSONNES}
        valeurs |= {ident: _part(faits[ident]) for ident in PARTS}
    return Valeurs(valeurs)


def _part(faits: Faits) -> Valeur:
    """Share of the persons of a criterion, as the key figures write it: from the published counts, not rounded."""
    faits.femmes = faits.compte
    return FEMMES.calculer(faits)
