"""What the calculator compares its result with: the hours engaged in lots of the same kind and size.

Lots are those of the follow-up, exact facts of contracts. When fewer than ten are comparable, the comparison is
widened step by step, and says how far. Boundary: numbers only, no word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.domain import calcul
from dashboard.domain.conditions import Condition, condition
from dashboard.domain.selection import REGION
from dashboard.warehouse.lecteur import Lecteur

if TYPE_CHECKING:
    from dashboard.domain.calcul import Hypotheses
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne

#: Fewer comparable lots than this say nothing: the comparison is widened.
LOTS_MIN = 10
#: Amounts compared: between the amount divided and multiplied by this; then by that.
FACTEUR, FACTEUR_LARGE = 2.0, 4.0


@dataclass(frozen=True, slots=True)
class Portee:
    """How far lots are looked for: sectors and territory of ``selection``, amounts within a factor of the one asked
    (``None``: any amount)."""

    selection: Selection
    facteur: float | None

    def bornes(self, montant: float) -> tuple[float, float] | None:
        """Lowest and highest amount, in €."""
        return None if self.facteur is None else (montant / self.facteur, montant * self.facteur)


@dataclass(frozen=True, slots=True)
class Calculateur:
    """The data of the page. ``hypotheses`` is ``None`` when a number is out of bounds (``erreur`` says which).

    ``comparables``: montant, heures, pour_100k of each lot; ``proches``: the twenty closest in amount; ``demandes``:
    how many lots were comparable before widening; ``ecartes``: lots left out, by reason.
    """

    hypotheses: Hypotheses | None
    erreur: str | None
    portee: Portee
    elargi: int
    demandes: int
    comparables: list[Ligne]
    proches: list[Ligne]
    ecartes: dict[str, int]
    couverture: float | None = None


@lru_cache(maxsize=512)
def lire(instantane: Instantane, selection: Selection) -> Calculateur:
    """The result's numbers, and the lots to compare them with. A number out of bounds gives no lot, and says why."""
    depart = Portee(selection, FACTEUR)
    try:
        h = calcul.hypotheses(selection)
    except calcul.HypotheseInvalide as erreur:
        return Calculateur(None, str(erreur), depart, 0, 0, [], [], {})
    if not instantane.referentiel.a_suivi:
        return Calculateur(h, None, depart, 0, 0, [], [], {})
    lecteur = Lecteur(instantane, selection)
    rang, demandes, retenue, lots = 0, 0, depart, []
    for rang, retenue in enumerate(portees(selection)):
        lots = lecteur.lire("calculateur_comparables", _condition(lecteur, retenue, h.montant))
        demandes = demandes if rang else len(lots)
        if len(lots) >= LOTS_MIN:
            break
    voulue = _condition(lecteur, retenue, h.montant)
    proches = lecteur.lire("calculateur_proches", Condition(voulue.sql, (*voulue.valeurs, h.montant)))
    ecartes = lecteur.lire("calculateur_ecartes", _condition(lecteur, Portee(retenue.selection, None), h.montant))[0]
    return Calculateur(h, None, retenue, rang, demandes, lots, proches, ecartes)


def portees(selection: Selection) -> list[Portee]:
    """From what is asked to the widest: larger amounts, the whole region, all the sectors, any amount."""
    region = selection.avec(territoire=REGION)
    partout = region.avec(secteurs=())
    toutes = [
        Portee(selection, FACTEUR), Portee(selection, FACTEUR_LARGE), Portee(region, FACTEUR),
        Portee(region, FACTEUR_LARGE), Portee(partout, FACTEUR_LARGE), Portee(region, None), Portee(partout, None),
    ]  # fmt: skip
    return list(dict.fromkeys(toutes))


def _condition(lecteur: Lecteur, portee: Portee, montant: float) -> Condition:
    """Sectors, territory and amounts of a scope, whatever the year."""
    cond, bornes = condition(portee.selection, lecteur.ref, sauf={"annee"}), portee.bornes(montant)
    if bornes is None:
        return cond
    return Condition(f"{cond.sql} AND montant BETWEEN ? AND ?", (*cond.valeurs, *bornes))
