"""Reads the facts of the territories of a level, or of the chosen one beside its département and the region.

Two shapes of questions, each on lots, on contracts and on persons; those on persons start at once on their own
cursors, and what they return is already protected.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard.domain.conditions import Condition, colonne_territoire, condition
from dashboard.domain.filtre import REGARDS_SENSIBLES
from dashboard.domain.selection import REGION
from dashboard.warehouse.chiffres import periode_precedente
from dashboard.warehouse.lecteur import Lecteur
from dashboard.warehouse.territoires_mesures import Critere, Faits, Regle

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne

#: Moments of a series that are not a year.
AVANT, PERIODE = 0, 1
#: Scales of a series, in the order of the SQL files.
ECHELLE_REGION, ECHELLE_DEPARTEMENT, ECHELLE_ICI = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Question:
    """One file of SQL to run: source, name, condition (values in the order of the text), placeholders.

    ``moment`` is that of all its rows, when they do not say it.
    """

    source: str
    nom: str
    cond: Condition
    colonnes: dict[str, str]
    moment: int | None = None

    @property
    def protegee(self) -> bool:
        """Whether it is about persons."""
        return self.source in ("personnes", "sexes")

    def cle(self, ligne: Ligne) -> Any:
        """What a row is about: a territory, or a scale and a moment."""
        if "groupe" in ligne:
            return ligne["groupe"]
        if "echelle" in ligne:
            return ligne["echelle"], ligne["moment"]
        return ECHELLE_REGION, ligne["annee"] if self.moment is None else self.moment


class LecteurTerritoires(Lecteur):
    """The questions of the page of the territories."""

    def __init__(self, instantane: Instantane, selection: Selection) -> None:
        super().__init__(instantane, selection)
        self.sensible = selection.regard in REGARDS_SENSIBLES
        self.choisi = self.ref.territoires[selection.territoire]
        self.precedente = periode_precedente(self.periode, self.annees)
        self.une_annee = self.periode[0] == self.periode[1]

    # -- what is asked -------------------------------------------------------------

    def niveau(self, niveau: str, regle: Regle, *, couverture: bool) -> list[Question]:
        """Facts of every territory of a level, the territory filter left out; ``couverture`` adds the lots."""
        colonne = colonne_territoire(self.selection.geographie, niveau)
        sources: set[str] = set(regle.lues(protege=self.protege))
        if couverture and regle.collecte and not self.residence:
            sources.add("activite")
        cond = {p: condition(self.selection, self.ref, sauf=("territoire",), personnes=p) for p in (True, False)}
        return [
            _question(source, f"territoires_{source}", cond[source == "personnes"], regle.critere, groupe=colonne)
            for source in sorted(sources)
        ]

    def series(self, sources: Collection[str], critere: Critere) -> list[Question]:
        """Years and periods of the chosen territory, beside its département and the region."""
        return [self._serie(source, critere, seul=False) for source in sorted(sources)]

    def series_seules(self, sources: Collection[str]) -> list[Question]:
        """Years and periods of the chosen territory alone, for the key figures."""
        questions = [self._serie(source, Critere(), seul=True) for source in sorted(sources) if source != "personnes"]
        return questions + (self._sexes() if "personnes" in sources else [])

    def _sexes(self) -> list[Question]:
        """Persons by sex: year by year, then over each period of several years, where a person counts once."""
        par_annee = Question("sexes", "par_annee", self.condition("annee", personnes=True), {})
        if self.une_annee:
            return [par_annee]
        periodes = {PERIODE: self.periode} | ({AVANT: self.precedente} if self.precedente else {})
        return [par_annee] + [
            Question("sexes", "total", self.condition(periode=periode, personnes=True), {}, moment)
            for moment, periode in periodes.items()
        ]

    def _serie(self, source: str, critere: Critere, *, seul: bool) -> Question:
        sauf = ("annee",) if seul else ("annee", "territoire")
        cond = condition(self.selection, self.ref, sauf=sauf, personnes=source == "personnes")
        geographie, niveau = self.selection.geographie, self.choisi.niveau
        ici = None if seul or niveau == "region" or self.interdit else self.choisi.code
        fin = colonne_territoire(geographie, niveau if ici else "departement")
        departement = None if seul or niveau in ("region", "departement") else self.choisi.departement
        cond = replace(cond, valeurs=(departement, ici, *cond.valeurs, *self._bornes()))
        depuis = colonne_territoire(geographie, "departement")
        return _question(source, f"territoires_{source}_echelles", cond, critere, departement=depuis, territoire=fin)

    def _bornes(self) -> tuple[int, int, int]:
        """First year of the period, then first and last year read for the periods; none when the period is one year."""
        debut, fin = self.periode
        return (1, 1, 0) if self.une_annee else (debut, self.precedente[0] if self.precedente else debut, fin)

    @property
    def interdit(self) -> bool:
        """Whether the chosen territory is too fine for the lens."""
        return self.sensible and self.choisi.niveau == "commune"

    def annoncer(self, questions: Collection[Question]) -> None:
        """Start the questions on persons, side by side."""
        for q in questions:
            if q.protegee:
                self.devancer(q.nom, q.cond, **q.colonnes)

    # -- what is answered ----------------------------------------------------------

    def faits(self, questions: Collection[Question], population: Callable[[Any], int]) -> dict[Any, Faits]:
        """Facts by territory, or by (scale, moment); ``population`` gives the inhabitants of a key."""
        trouves: dict[Any, Faits] = {}
        for q in questions:
            lire = self.personnes if q.protegee else self.lire
            for ligne in lire(q.nom, q.cond, **q.colonnes):
                cle = q.cle(ligne)
                if cle not in trouves:
                    trouves[cle] = Faits(population(cle), self.protege)
                _RANGER[q.source](trouves[cle], ligne)
        return trouves

    def echelles(self) -> dict[int, str]:
        """Territory of each scale of a full series: the chosen one is the region, a département, or finer."""
        choisi = self.choisi
        echelles = {ECHELLE_ICI: choisi.code, ECHELLE_DEPARTEMENT: choisi.departement, ECHELLE_REGION: REGION}
        if choisi.niveau in ("region", "departement"):
            del echelles[ECHELLE_DEPARTEMENT]
        if choisi.niveau == "region":
            del echelles[ECHELLE_ICI]
        return {echelle: code for echelle, code in echelles.items() if code}


def _question(source: str, nom: str, cond: Condition, critere: Critere, **colonnes: str) -> Question:
    """What a question on persons counts goes in its text with the columns."""
    return Question(source, nom, cond, colonnes | (critere.colonnes if source == "personnes" else {}))


def _activite(faits: Faits, ligne: Ligne) -> None:
    """Under a lens the hours belong to persons: only the lots are kept, for the coverage."""
    faits.lots, faits.lots_suivis = ligne["lots"], ligne["lots_suivis"]
    if not faits.protege:
        faits.engagees, faits.realisees = ligne["engagees"], ligne["realisees"]
        faits.comparables, faits.hors_btp, faits.connues = (
            ligne[colonne] or 0.0 for colonne in ("comparables", "hors_btp", "connues")
        )


def _marches(faits: Faits, ligne: Ligne) -> None:
    faits.marches, faits.avec_clause = ligne["marches"], ligne["avec_clause"]
    faits.sociale_connue = ligne["sociale_connue"]


def _personnes(faits: Faits, ligne: Ligne) -> None:
    if ligne["code"] == "femmes":
        faits.femmes = ligne["effectif"]
    elif ligne["code"]:
        faits.compte, faits.distance = ligne["effectif"], ligne["moyenne_distance"]
        if faits.protege:
            faits.hors_btp = ligne["heures"]
    else:
        faits.effectif = ligne["effectif"]
        if faits.protege:
            faits.realisees = ligne["heures"]


def _sexes(faits: Faits, ligne: Ligne) -> None:
    if ligne["sexe"] in ("tous", "F"):
        _personnes(faits, {**ligne, "code": "femmes" if ligne["sexe"] == "F" else None})


_RANGER: dict[str, Callable[[Faits, Ligne], None]] = {
    "activite": _activite,
    "marches": _marches,
    "personnes": _personnes,
    "sexes": _sexes,
}
