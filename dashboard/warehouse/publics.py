"""Everything the page of the persons shows for one selection, in one cached pass.

Every count of persons comes published from the door; hours are exact unless a lens or the residence makes them
belong to persons. Long questions start together, each on its own cursor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.domain.conditions import Condition, colonne_territoire
from dashboard.domain.filtre import REGARDS_SENSIBLES
from dashboard.domain.selection import REGION
from dashboard.warehouse.chiffres import ChiffreCle, indisponible, periode_precedente, somme
from dashboard.warehouse.lecteur import Lecteur
from dashboard.warehouse.partition import caler
from dashboard.warehouse.publics_chiffres import REGLES, Mesures, chiffre

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne

#: Dimensions in which everybody is counted once: beside an exact total, their hours add up to it.
PARTITIONS = ("sexe", "tranche", "age", "niveau", "qpv", "prescripteur", "residence", "distance")
TOUT = Condition("TRUE")


@dataclass(frozen=True, slots=True)
class TypeParcours:
    """A typical trajectory: its words, the persons of the selection by code ('tous', 'femmes', 'moins_26', 'qpv'),
    and what its members do over the whole snapshot: published rows by (quarter, state)."""

    groupe: str
    nom: str
    description: str
    personnes: dict[str, Ligne]
    etats: dict[tuple[int, str], Ligne]


@dataclass(frozen=True, slots=True)
class Publics:
    """The data of the page; rows have ``effectif``, ``heures`` and ``statut``.

    ``total`` is the row of everybody and ``heures`` their hours; ``profil`` maps a dimension to its rows,
    ``parcours`` a step to its rows; ``formations`` maps a year to its row; ``observes`` are the persons who
    have a typical trajectory, by code. ``niveau`` is the level of the places of residence.
    """

    periode: tuple[int, int]
    precedente: tuple[int, int] | None
    chiffres: dict[str, ChiffreCle]
    couverture: float | None
    niveau: str
    total: Ligne
    heures: float | None
    voisins: Ligne
    profil: dict[str, list[Ligne]] = field(default_factory=dict)
    parcours: dict[str, list[Ligne]] = field(default_factory=dict)
    formations: dict[int, Ligne] = field(default_factory=dict)
    par_annee: dict[int, Ligne] = field(default_factory=dict)
    types: tuple[TypeParcours, ...] = ()
    observes: dict[str, Ligne] = field(default_factory=dict)


PERSONNE: Ligne = {"effectif": 0, "heures": 0.0, "statut": "valeur"}


class LecteurPublics(Lecteur):
    """The questions of the page of the persons."""

    def __init__(self, instantane: Instantane, selection: Selection) -> None:
        super().__init__(instantane, selection)
        self.niveau = "departement" if selection.niveau == "departement" else "epci"
        self.lieu = colonne_territoire("residence", self.niveau)
        #: Under a sensitive lens the residence is read as a territory; otherwise, a view never filters itself.
        self.par_territoire = selection.regard in REGARDS_SENSIBLES or (
            self.residence and selection.territoire != REGION
        )
        self.devancer("publics_annees", self.condition("annee", personnes=True))
        self.devancer("publics_profil", self.condition(personnes=True), residence=self.lieu)
        self.devancer("publics_parcours", self.condition(personnes=True))
        self.devancer("publics_types", self.condition(personnes=True))
        self.devancer("publics_etats", TOUT)
        if self.par_territoire:
            self.devancer("par_territoire", self._ailleurs(), territoire=self.lieu)
            self.devancer("total", self._ailleurs())

    def _ailleurs(self) -> Condition:
        return self.condition(*(("territoire",) if self.residence else ()), personnes=True)

    def profil(self, periode: tuple[int, int] | None = None) -> dict[str, list[Ligne]]:
        """Rows (code, croise, effectif, heures, moyenne_distance, statut) by dimension."""
        cond = self.condition(periode=periode, personnes=True)
        return _ranger(self.personnes("publics_profil", cond, residence=self.lieu), "dimension")

    def residences(self) -> list[Ligne]:
        """Persons by place of residence, the territory left out."""
        return self.personnes("par_territoire", self._ailleurs(), territoire=self.lieu)

    def voisins(self) -> Ligne:
        """Everybody, the territory left out."""
        lues = self.personnes("total", self._ailleurs())
        return next((li for li in lues if li["sexe"] == "tous" and li["effectif"] != 0), PERSONNE)

    def parcours(self) -> dict[str, list[Ligne]]:
        """Rows (prescripteur, nature, situation, effectif, heures, statut) by step."""
        return _ranger(self.personnes("publics_parcours", self.condition(personnes=True)), "etape")

    def annees_lues(self) -> dict[int, dict[str, Ligne]]:
        """Rows by year and code."""
        resultat: dict[int, dict[str, Ligne]] = {}
        for li in self.personnes("publics_annees", self.condition("annee", personnes=True)):
            resultat.setdefault(li["annee"], {})[li["code"]] = li
        return resultat

    def heures_par_annee(self, annees: dict[int, dict[str, Ligne]]) -> dict[int, float | None]:
        """Hours realised by year: exact, or protected by residence and under a lens."""
        if self.protege:
            return {a: codes["tous"]["heures"] for a, codes in annees.items()}
        return {li["annee"]: li["realisees"] for li in self.lire("heures_par_annee", self.condition("annee"))}

    def types(self) -> tuple[tuple[TypeParcours, ...], dict[str, Ligne]]:
        """The typical trajectories, and the persons who have one by code."""
        lues: dict[str, dict[str, Ligne]] = {}
        for li in self.personnes("publics_types", self.condition(personnes=True)):
            lues.setdefault(li["groupe"], {})[li["code"]] = li
        etats: dict[str, dict[tuple[int, str], Ligne]] = {}
        for li in self.personnes("publics_etats", TOUT):
            etats.setdefault(str(li["groupe"]), {})[li["trimestre"], li["etat"]] = li
        types = tuple(
            TypeParcours(g, li["nom"], li["description"], lues.get(g, {}), etats.get(g, {}))
            for li in self.lire("publics_types", TOUT)
            if (g := str(li["groupe"]))
        )
        return types, lues.get("tous", {})


def _ranger(lignes: Iterable[Ligne], cle: str) -> dict[str, list[Ligne]]:
    resultat: dict[str, list[Ligne]] = {}
    for ligne in lignes:
        resultat.setdefault(ligne[cle], []).append(ligne)
    return resultat


def _mesures(profil: dict[str, list[Ligne]], parcours: dict[str, list[Ligne]], heures: float | None) -> Mesures:
    """Numbers of a period from its rows."""
    lues = {(d, li["code"]): li for d in ("total", "sexe", "tranche", "qpv", "situee") for li in profil.get(d, [])}
    six = {li["situation"]: li["effectif"] for li in parcours.get("6", [])}

    def effectif(dimension: str, code: str) -> float | None:
        valeur: float | None = lues.get((dimension, code), PERSONNE)["effectif"]
        return valeur

    return Mesures(
        tous=effectif("total", "tous"),
        femmes=effectif("sexe", "F"),
        moins_26=effectif("tranche", "moins_26"),
        plus_50=effectif("tranche", "50_plus"),
        qpv=effectif("qpv", "oui"),
        connue=six.get("connue", 0),
        durable=six.get("emploi_durable", 0),
        situee=effectif("situee", "oui"),
        distance=lues.get(("situee", "oui"), {}).get("moyenne_distance"),
        heures=heures,
    )


def _annuelles(codes: dict[str, Ligne], heures: float | None) -> Mesures:
    """Numbers of one year from its rows."""
    effectifs = {c: codes.get(c, PERSONNE)["effectif"] for c in Mesures.__slots__ if c not in ("distance", "heures")}
    return Mesures(**effectifs, distance=codes.get("situee", {}).get("moyenne_distance"), heures=heures)


class _Calcul:
    """The page of one selection, from the answers of its reader."""

    def __init__(self, lecteur: LecteurPublics) -> None:
        self.lecteur, self.periode = lecteur, lecteur.periode
        self.precedente = periode_precedente(self.periode, lecteur.annees)
        self.annees = lecteur.annees_lues()
        self.heures_an = lecteur.heures_par_annee(self.annees)
        self.profil, self.parcours = lecteur.profil(), lecteur.parcours()
        self.total = self.profil.get("total", [PERSONNE])[0]
        self.heures = self.total["heures"] if lecteur.protege else somme(self.heures_an, self.periode)

    def chiffres(self) -> dict[str, ChiffreCle]:
        """All the key figures, by identifier."""
        par_an = {a: self._annee(a) for a in self.lecteur.annees}
        ici, avant = _mesures(self.profil, self.parcours, self.heures), self._avant()
        return {ident: chiffre(ident, ici, avant, par_an, self.lecteur.selection.regard) for ident in REGLES}

    def _annee(self, annee: int) -> Mesures:
        return _annuelles(self.annees.get(annee, {}), self.heures_an.get(annee, 0.0))

    def _avant(self) -> Mesures | None:
        """Numbers of the period before: one year is in the series, several are counted together."""
        if self.precedente is None or self.precedente[0] == self.precedente[1]:
            return self.precedente and self._annee(self.precedente[0])
        profil = self.lecteur.profil(self.precedente)
        total = profil.get("total", [PERSONNE])[0]
        heures = total["heures"] if self.lecteur.protege else somme(self.heures_an, self.precedente)
        return _mesures(profil, {}, heures)

    def dimensions(self) -> dict[str, list[Ligne]]:
        """Rows by dimension; the hours of those who are counted once add up to an exact total."""
        exact = None if self.lecteur.protege else self.heures
        lues = {d: caler(li, exact) if d in PARTITIONS else li for d, li in self.profil.items()}
        return {**lues, "residence": self.lecteur.residences()} if self.lecteur.par_territoire else lues

    def voisins(self) -> Ligne:
        """Row of those whom the places of residence are a share of."""
        return self.lecteur.voisins() if self.lecteur.par_territoire else {**self.total, "heures": self.heures}

    def etapes(self) -> dict[str, list[Ligne]]:
        """Rows by step of the trajectory; hours by kind of contract add up to an exact total."""
        exact = None if self.lecteur.protege else self.heures
        return {etape: caler(li, exact) if etape == "contrat" else li for etape, li in self.parcours.items()}


@lru_cache(maxsize=512)
def lire(instantane: Instantane, selection: Selection) -> Publics:
    """Compute the page. ``instantane`` is compared by identity: a new snapshot is a new key."""
    ref = instantane.referentiel
    periode = ref.periode(selection)
    if not ref.a_suivi:
        absents = {ident: indisponible(ident) for ident in REGLES}
        return Publics(periode, None, absents, None, "departement", PERSONNE, 0.0, PERSONNE)
    calcul = _Calcul(LecteurPublics(instantane, selection))
    types, observes = calcul.lecteur.types()
    return Publics(
        periode=periode,
        precedente=calcul.precedente,
        chiffres=calcul.chiffres(),
        couverture=calcul.lecteur.couverture(),
        niveau=calcul.lecteur.niveau,
        total=calcul.total,
        heures=calcul.heures,
        voisins=calcul.voisins(),
        profil=calcul.dimensions(),
        parcours=calcul.etapes(),
        formations={a: codes["formee"] for a, codes in calcul.annees.items() if "formee" in codes},
        par_annee={a: codes["tous"] for a, codes in calcul.annees.items()},
        types=types,
        observes=observes,
    )
