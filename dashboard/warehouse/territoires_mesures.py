"""The indicators of the territories: from the facts of one place to a value and its status.

One rule an indicator, the same for the map, the ranking, the key figures and the years. Facts about persons are
already published ones; nothing is queried here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dashboard.domain.filtre import INDICATEURS, REGARDS, REGARDS_SENSIBLES
from dashboard.warehouse import secret
from dashboard.warehouse.vue_ensemble import HEURES_ETP

if TYPE_CHECKING:
    from dashboard.domain.selection import Referentiel, Selection

#: A share of contracts needs this many contracts whose format says whether there is a clause.
MARCHES_MIN = 10
#: Volumes are brought to this many inhabitants, so that territories compare; persons, jobs and contracts are rarer.
HABITANTS, HABITANTS_RARES = 1_000, 10_000

Statut = Literal["valeur", "s", "nd"]
Valeur = tuple[float | None, Statut]
Source = Literal["activite", "marches", "personnes"]
Empechement = Literal["suivi", "residence", "residence_engagement", "regard", "meme_critere", "sensible"]

SECRET: Valeur = (None, "s")
ABSENTE: Valeur = (None, "nd")


@dataclass(slots=True)
class Faits:
    """Facts of one territory (or one year): zero when nothing was found, ``None`` when masked.

    ``realisees`` and ``hors_btp`` are exact, or protected when ``protege`` (residence, lens); ``connues`` are the hours
    whose sector is known; ``compte`` are the persons that the indicator counts, ``distance`` their median in km.
    """

    population: int
    protege: bool = False
    engagees: float = 0.0
    realisees: float | None = 0.0
    comparables: float = 0.0
    hors_btp: float | None = 0.0
    connues: float = 0.0
    lots: int = 0
    lots_suivis: int = 0
    marches: int = 0
    avec_clause: int = 0
    sociale_connue: int = 0
    effectif: float | None = 0.0
    femmes: float | None = 0.0
    compte: float | None = 0.0
    distance: float | None = None

    @property
    def couverture(self) -> float | None:
        """Share of the running lots with at least one hour declared."""
        return self.lots_suivis / self.lots if self.lots else None


def _publiee(valeur: float | None) -> Valeur:
    return SECRET if valeur is None else (float(valeur), "valeur")


def _par_habitant(valeur: float | None, faits: Faits, habitants: int) -> Valeur:
    return _publiee(None if valeur is None else valeur * habitants / faits.population) if faits.population else ABSENTE


def _rapport(numerateur: float | None, denominateur: float | None) -> Valeur:
    """Ratio; not available without a denominator."""
    if numerateur is None or denominateur is None:
        return SECRET
    return (numerateur / denominateur, "valeur") if denominateur else ABSENTE


def _part_personnes(numerateur: float | None, faits: Faits) -> Valeur:
    """Share of the persons, from published counts (20 at least)."""
    return ABSENTE if faits.effectif == 0 else _publiee(secret.part(numerateur, faits.effectif))


def _heures_personne(faits: Faits) -> Valeur:
    """Hours over published persons (10 at least)."""
    if faits.effectif == 0:
        return ABSENTE
    if faits.effectif is None or faits.effectif < secret.MOYENNE_MIN:
        return SECRET
    return _rapport(faits.realisees, faits.effectif)


def _part_hors_btp(faits: Faits) -> Valeur:
    """Share of the hours; protected hours need as many persons as any share of persons."""
    if not faits.protege:
        return _rapport(faits.hors_btp, faits.connues)
    if faits.effectif == 0:
        return ABSENTE
    if faits.effectif is None or faits.effectif < secret.DENOMINATEUR_MIN:
        return SECRET
    part, statut = _rapport(faits.hors_btp, faits.realisees)
    return (None if part is None else min(part, 1.0)), statut


def _distance(faits: Faits) -> Valeur:
    return ABSENTE if faits.compte == 0 else _publiee(faits.distance)


def _part_clause(faits: Faits) -> Valeur:
    if faits.sociale_connue < MARCHES_MIN:
        return ABSENTE
    return faits.avec_clause / faits.sociale_connue, "valeur"


def _etp(faits: Faits) -> Valeur:
    return _publiee(None if faits.realisees is None else faits.realisees / HEURES_ETP)


@dataclass(frozen=True, slots=True)
class Critere:
    """What a question on persons counts beside everybody: constants put in its SQL, never a text of a URL.

    ``ligne`` is true on the rows counted, ``personne`` says when a person is (one row, or all: at two ages, the
    younger counts); ``dimension`` tells :mod:`secret` whether it is an attribute of the person; the others are
    their hours, their distance weighted by hours, and the median of the latter.
    """

    ligne: str = "false"
    personne: str = "bool_or"
    dimension: str = "'attribut'"
    comptees: str = "NULL"
    trajet: str = "NULL"
    mediane: str = "NULL"

    @property
    def colonnes(self) -> dict[str, str]:
        """Placeholders of the SQL files."""
        return {
            "critere": self.ligne, "compte": self.personne, "dimension": self.dimension,
            "comptees": self.comptees, "trajet": self.trajet, "mediane": self.mediane,
        }  # fmt: skip


_COMPTEES = "sum(heures) FILTER (critere)"
HORS_BTP = Critere(
    "secteur NOT IN ('gros_oeuvre', 'second_oeuvre', 'travaux_publics')", dimension="'secteur'", comptees=_COMPTEES
)
LOCALISES = Critere(
    "distance_km IS NOT NULL",
    dimension="'total'",
    comptees=_COMPTEES,
    trajet="sum(distance_km * heures)",
    mediane="median(trajet / nullif(comptees, 0))",
)


@dataclass(frozen=True, slots=True)
class Regle:
    """How an indicator is computed.

    ``sources``: what it reads; ``critere``: the persons it counts beside everybody; ``regard``: the lens that
    names the same persons; ``volume``: number of inhabitants its yearly values are brought to (``None`` for a
    ratio); ``collecte``: depends on the hours declared, hence on the coverage of the collection.
    """

    code: str
    calculer: Callable[[Faits], Valeur]
    sources: frozenset[Source]
    critere: Critere = Critere()
    regard: str | None = None
    volume: int | None = None
    collecte: bool = True

    @property
    def additif(self) -> bool:
        """Whether the values of the parts add up to that of the whole: not those of distinct persons."""
        return self.volume is not None and "personnes" not in self.sources

    def lues(self, *, protege: bool) -> frozenset[Source]:
        """Sources really read: hours that belong to persons are read with them."""
        if not protege or self.code == "couverture" or "activite" not in self.sources:
            return self.sources
        return (self.sources - {"activite"}) | {"personnes"}

    def empechement(self, selection: Selection, ref: Referentiel) -> Empechement | None:
        """Why the indicator does not exist for a selection; ``None`` when it does."""
        if "marches" in self.sources:
            return "residence" if selection.geographie == "residence" else "regard" if selection.regard else None
        if not ref.a_suivi:
            return "suivi"
        if self.code in ENGAGEMENTS and selection.geographie == "residence":
            return "residence_engagement"
        if self.code in ENGAGEMENTS and self.code != "couverture" and selection.regard:
            return "regard"
        if self.regard and selection.regard in REGARDS_SENSIBLES:
            return "sensible"
        return "meme_critere" if self.regard and _famille(self.regard) == _famille(selection.regard) else None


#: Indicators of lots: they have no residence, and only the coverage keeps its meaning under a lens.
ENGAGEMENTS = frozenset({"engagees", "taux", "couverture"})


def _famille(regard: str | None) -> str | None:
    """Both age lenses are one criterion."""
    return "age" if regard in ("moins_26", "plus_50") else regard


def _part(regard: str) -> Regle:
    """Share of the persons of a lens, as precise as it is shown: ranks and medians tell no more than a percent."""

    def calculer(faits: Faits) -> Valeur:
        part, statut = _part_personnes(faits.compte, faits)
        return (None if part is None else round(part, 2)), statut

    critere = Critere(REGARDS[regard], "bool_and" if regard == "plus_50" else "bool_or")
    return Regle(f"part_{regard}", calculer, _PERSONNES, critere, regard)


_ACTIVITE: frozenset[Source] = frozenset({"activite"})
_PERSONNES: frozenset[Source] = frozenset({"personnes"})
_MARCHES: frozenset[Source] = frozenset({"marches"})

REGLES: dict[str, Regle] = {
    r.code: r
    for r in (
        Regle("heures", lambda f: _publiee(f.realisees), _ACTIVITE, volume=HABITANTS),
        Regle("engagees", lambda f: _publiee(f.engagees), _ACTIVITE, volume=HABITANTS, collecte=False),
        Regle("taux", lambda f: _rapport(f.comparables, f.engagees), _ACTIVITE),
        Regle("heures_hab", lambda f: _par_habitant(f.realisees, f, HABITANTS), _ACTIVITE),
        Regle("etp", _etp, _ACTIVITE, volume=HABITANTS_RARES),
        Regle("beneficiaires", lambda f: _publiee(f.effectif), _PERSONNES, volume=HABITANTS_RARES),
        Regle("beneficiaires_hab", lambda f: _par_habitant(f.effectif, f, HABITANTS_RARES), _PERSONNES),
        Regle("heures_personne", _heures_personne, _ACTIVITE | _PERSONNES),
        *(_part(regard) for regard in REGARDS if regard not in REGARDS_SENSIBLES),
        Regle("distance", _distance, _PERSONNES, LOCALISES),
        Regle("part_hors_btp", _part_hors_btp, _ACTIVITE, HORS_BTP),
        Regle("marches", lambda f: _publiee(f.marches), _MARCHES, volume=HABITANTS_RARES, collecte=False),
        Regle("part_clause", _part_clause, _MARCHES, collecte=False),
        Regle("couverture", lambda f: _rapport(f.lots_suivis, f.lots), _ACTIVITE, collecte=False),
    )
}
if set(REGLES) != set(INDICATEURS):
    raise ValueError("les indicateurs des territoires diffèrent de ceux de la table des filtres")


def annuelle(regle: Regle, faits: Faits) -> Valeur:
    """Value of one year: volumes are brought to a number of inhabitants."""
    valeur, statut = regle.calculer(faits)
    if valeur is None or regle.volume is None:
        return valeur, statut
    return (valeur * regle.volume / faits.population, statut) if faits.population else ABSENTE


#: The share of women among the key figures, read beside any indicator.
FEMMES = Regle("part_femmes", lambda f: _part_personnes(f.femmes, f), _PERSONNES, regard="femmes")
