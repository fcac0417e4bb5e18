"""Inclusive structures of a snapshot, by commune: facts on organisations, no person and no selection.

Read once per snapshot: the layer of the map is the same whatever is being looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from dashboard.warehouse import execution
from dashboard.warehouse.fichiers_sql import texte

if TYPE_CHECKING:
    from dashboard.warehouse.connexion import Instantane


@dataclass(frozen=True, slots=True)
class Commune:
    """The structures of one commune: name, point in degrees WGS84, number by type in the order of the nomenclature."""

    code: str
    nom: str
    lon: float
    lat: float
    types: tuple[tuple[str, int], ...]

    @property
    def structures(self) -> int:
        """How many in all; one under two agreements counts twice, as in the official lists."""
        return sum(nombre for _, nombre in self.types)


@lru_cache(maxsize=4)
def par_commune(instantane: Instantane) -> tuple[Commune, ...]:
    """Communes that have at least one structure, the most endowed first."""
    lignes = execution.lignes(instantane.curseur(), texte("lecture", "structures_par_commune"), ())
    communes = [
        Commune(*cle, tuple((ligne["type"], ligne["structures"]) for ligne in siennes))
        for cle, siennes in groupby(lignes, key=lambda li: (li["commune"], li["nom"], li["lon"], li["lat"]))
    ]
    return tuple(sorted(communes, key=lambda c: (-c.structures, c.code)))
