"""Flows from home to work: protected links, fine inside the chosen territory, coarse elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dashboard.domain.conditions import Condition, condition
from dashboard.domain.filtre import REGARDS_SENSIBLES
from dashboard.domain.selection import REGION
from dashboard.warehouse import secret

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.execution import Ligne
    from dashboard.warehouse.lecteur import Lecteur

Sens = Literal["interne", "entrant", "sortant", "autre"]

#: Residence of those who live outside the region, or whose commune is unknown.
AILLEURS = "ailleurs"

#: Level of a chosen territory → column suffix of its own grain: a département shows its EPT and EPCI.
_GRAINS = {"departement": "epci", "epci": "epci", "commune": "commune"}
_SUFFIXES = {"departement": "dep", "epci": "epci", "commune": "commune"}

#: A row that is not there: nobody.
_NUL = {"effectif": 0.0, "heures": 0.0}


@dataclass(frozen=True, slots=True)
class Lien:
    """Persons who live in ``depart`` and work in ``arrivee``.

    ``sens``: inside the chosen territory, towards it, away from it; without one, inside a département or not.
    """

    depart: str
    arrivee: str
    sens: Sens
    effectif: float | None
    statut: str


@dataclass(frozen=True, slots=True)
class Flux:
    """Links, largest first, and two shares of hours (fractions, ``None`` when they cannot be published).

    ``habitants``: share of the hours worked in the territory that its residents do (in the region: by residents
    of the same département); ``sur_place``: share of the hours of its residents that are worked in it.
    """

    liens: tuple[Lien, ...]
    habitants: float | None
    sur_place: float | None


class LecteurFlux:
    """The questions of the flows of one selection; started by :meth:`annoncer`, answered by :meth:`lire`.

    The territory is an end of the links, whatever the way of counting; the seat of the buyer, which is
    neither a residence nor a place of work, keeps its condition and shows the links between départements.
    """

    def __init__(self, lecteur: Lecteur) -> None:
        self.lecteur, selection = lecteur, lecteur.selection
        self.interdit = selection.regard in REGARDS_SENSIBLES
        niveau = lecteur.ref.territoires[selection.territoire].niveau
        self.entre_departements = selection.territoire == REGION or selection.geographie == "siege"
        self.tient = "dep" if self.entre_departements else _SUFFIXES[niveau]
        self.grain = "dep" if self.entre_departements else _GRAINS[niveau]
        self.arrivees = self._condition(selection if selection.geographie == "siege" else _a(selection, "execution"))
        self.departs = self._condition(_a(selection, "residence"))

    def _condition(self, selection: Selection) -> Condition:
        return condition(selection, self.lecteur.ref, personnes=True)

    def _colonnes(self, *, entrants: bool) -> dict[str, str]:
        """Outside the territory, the far end of a link is a département."""
        grain = self.grain
        return {
            "residence": f"res_{self.tient}",
            "execution": f"exec_{self.tient}",
            "depart": f"res_{grain}",
            "arrivee": f"exec_{grain}",
            "depart_loin": "res_dep" if entrants else f"res_{grain}",
            "arrivee_loin": f"exec_{grain}" if entrants else "exec_dep",
        }

    def annoncer(self) -> None:
        """Start the questions, side by side."""
        if self.interdit:
            return
        self.lecteur.devancer("territoires_flux", self.arrivees, **self._colonnes(entrants=True))
        if not self.entre_departements:
            self.lecteur.devancer("territoires_flux", self.departs, **self._colonnes(entrants=False))

    def lire(self) -> Flux:
        """The flows; none under a lens on sensitive data, which is never crossed with the residence."""
        if self.interdit:
            return Flux((), None, None)
        lignes = self.lecteur.personnes("territoires_flux", self.arrivees, **self._colonnes(entrants=True))
        if self.entre_departements:
            return Flux(_liens(_vers(lignes, "autre")), _part_interne(lignes), None)
        sortants = self.lecteur.personnes("territoires_flux", self.departs, **self._colonnes(entrants=False))
        ailleurs = [lien for lien in _vers(sortants, "sortant") if lien.sens != "interne"]
        return Flux(_liens([*_vers(lignes, "entrant"), *ailleurs]), _part_interne(lignes), _part_interne(sortants))


def _a(selection: Selection, geographie: str) -> Selection:
    return selection.avec(geographie=geographie)


def _vers(lignes: list[Ligne], sens: Sens) -> list[Lien]:
    """Links of an answer; those with both ends inside are ``interne``."""
    return [
        Lien(
            li["depart"] or AILLEURS, li["arrivee"], "interne" if li["interne"] else sens, li["effectif"], li["statut"]
        )
        for li in lignes
        if li["dimension"] == "lien"
    ]


def _liens(liens: list[Lien]) -> tuple[Lien, ...]:
    """The largest first, the masked ones last."""
    return tuple(sorted(liens, key=lambda li: (li.effectif is None, -(li.effectif or 0), li.depart, li.arrivee)))


def _part_interne(lignes: list[Ligne]) -> float | None:
    """Share of the hours done inside, from published hours of enough persons; an absent row is nobody."""
    bouts = {li["interne"]: li for li in lignes if li["dimension"] == "bout"}
    dedans, dehors = bouts.get(True, _NUL), bouts.get(False, _NUL)
    if dedans["effectif"] is None or dehors["effectif"] is None:
        return None
    if dedans["effectif"] + dehors["effectif"] < secret.DENOMINATEUR_MIN:
        return None
    total = dedans["heures"] + dehors["heures"]
    return float(dedans["heures"] / total) if total else None
