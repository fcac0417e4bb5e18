"""Sums over lots: what they owe, have done and should end with, by state. Arithmetic only.

Expected hours add up; the interval of their sum follows the rule of ``domain.engagement.intervalle``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from dashboard.domain.engagement import intervalle
from dashboard.warehouse.projets_lecteur import EN_COURS, TERMINES

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne

#: Columns of ``projets_lignes`` that add up.
SOMMES = (
    "lots", "ensemble", "dues", "dues_mobiles", "engagees", "realisees", "validees", "restantes", "manquantes",
    "realisees_dues", "finales", "dues_finales", "realisees_finales", "lots_finales", "ecarts", "carres", "temps",
    "dues_temps", "travaillees", "realisees_travaillees", "lots_travaillees", "avant_debut", "sans_heures",
    "commences", "suivis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bilan:
    """What some lots owe, have done and should end with; hours, shares as fractions, ``None`` when undefined.

    ``sommes`` are those of :data:`SOMMES`; ``etats`` counts the lots by state; ``arrete`` is the last day declared.
    """

    sommes: dict[str, float]
    etats: dict[str, int]
    arrete: date | None = None

    def __getitem__(self, nom: str) -> float:
        return self.sommes[nom]

    @property
    def lots(self) -> int:
        """Number of lots."""
        return int(self["lots"])

    @property
    def en_cours(self) -> int:
        """Running lots whose end is projected."""
        return sum(self.etats.get(e, 0) for e in EN_COURS)

    @property
    def termines(self) -> int:
        """Finished lots whose due is known."""
        return sum(self.etats.get(e, 0) for e in TERMINES)

    @property
    def inquietants(self) -> int:
        """Running lots late or to watch."""
        return self.etats.get("retard", 0) + self.etats.get("surveiller", 0)

    @property
    def atteints(self) -> float | None:
        """Share of the finished lots that reached what they owed."""
        return _part(self.etats.get("atteint", 0), self.termines)

    @property
    def part(self) -> float | None:
        """Realised over due, on the lots that owe hours; may pass 1."""
        return _part(self["realisees_dues"], self["dues"])

    @property
    def temps(self) -> float | None:
        """Time elapsed, each lot weighing its due hours."""
        return _part(self["temps"], self["dues_temps"])

    @property
    def mobile(self) -> float | None:
        """Share of the due that moves with the facts (percentage of worked hours, hours per invoiced amount)."""
        return _part(self["dues_mobiles"], self["dues"])

    @property
    def taux(self) -> float | None:
        """Realised over worked hours, on the lots that declare worked hours."""
        return _part(self["realisees_travaillees"], self["travaillees"])

    @property
    def couverture(self) -> float | None:
        """Share of the lots begun with at least one hour declared."""
        return _part(self["suivis"], self["commences"])

    @property
    def finales(self) -> tuple[float, float, float] | None:
        """Final hours: low, central, high; realised hours of finished lots have no interval."""
        if not self["lots_finales"]:
            return None
        p = intervalle(self["realisees_finales"], self["finales"], self["ecarts"], self["carres"])
        return p.bas, p.projetees, p.haut

    @property
    def parts_finales(self) -> tuple[float, float, float] | None:
        """Final hours over the due of the same lots: low, central, high."""
        finales, dues = self.finales, self["dues_finales"]
        return None if finales is None or not dues else (finales[0] / dues, finales[1] / dues, finales[2] / dues)

    @property
    def sans_projection(self) -> int:
        """Lots without final hours: not evaluable, not begun, or without due."""
        return self.lots - int(self["lots_finales"])


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme: its sum, and the sum of each of its lines (in the order of their names)."""

    code: str
    bilan: Bilan
    lignes: tuple[tuple[str, Bilan], ...]


def _ordre(nom: str) -> tuple[bool, int, str]:
    """Lines by their number (4 before 11), then by name; lots without a line last."""
    chiffres = "".join(takewhile(str.isdigit, nom))
    return not nom, int(chiffres or 0), nom


def _part(haut: float, bas: float) -> float | None:
    return haut / bas if bas else None


def bilan(lignes: Iterable[Ligne]) -> Bilan:
    """Sum rows of ``projets_lignes``; nothing at all is a sum of zeros."""
    sommes, etats, arretes = dict.fromkeys(SOMMES, 0.0), dict[str, int](), []
    for li in lignes:
        for nom in SOMMES:
            sommes[nom] += li[nom] or 0.0
        etats[li["etat"]] = etats.get(li["etat"], 0) + li["lots"]
        arretes += [li["arrete"]] if li["arrete"] else []
    return Bilan(sommes, etats, max(arretes, default=None))


def programmes(lignes: list[Ligne], ordre: Iterable[str]) -> Iterator[Programme]:
    """The programmes that have lots, in the order of the nomenclature."""
    presents = {li["programme"] for li in lignes}
    for code in [*(c for c in ordre if c in presents), *sorted(presents - set(ordre))]:
        siennes = [li for li in lignes if li["programme"] == code]
        noms = sorted({li["ligne"] for li in siennes}, key=_ordre)
        yield Programme(code, bilan(siennes), tuple((n, bilan(li for li in siennes if li["ligne"] == n)) for n in noms))
