"""The stations of the Grand Paris Express: name, lines, commune, point.

Read from ``geo/gares_gpe.csv``, a table kept by hand (sources in ``geo/SOURCES.md``). Standard
library only: the web process reads it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

LIGNES = ("11", "14", "15S", "15O", "15E", "16", "17", "18")
"""Lines and sections of line 15, in the order they are told."""


@dataclass(frozen=True, slots=True)
class Gare:
    """One station; ``lignes`` are codes of ``LIGNES``, ``commune`` an INSEE code, the point in degrees WGS84."""

    code: str
    nom: str
    lignes: tuple[str, ...]
    commune: str
    lon: float
    lat: float

    @property
    def numeros(self) -> tuple[str, ...]:
        """Numbers of the lines, once each: the sections of line 15 are one line for who rides it."""
        return tuple(dict.fromkeys(ligne.rstrip("SOE") for ligne in self.lignes))


def charger(chemin: Path) -> tuple[Gare, ...]:
    """Read the table, in its order.

    Raises ``ValueError`` (French, naming file and line) on an unknown line or an unreadable value, and
    ``FileNotFoundError`` when there is no file.
    """
    with chemin.open(encoding="utf-8", newline="") as flux:
        lecteur = csv.DictReader(flux)
        return tuple(_gare(ligne, f"{chemin.name}, ligne {lecteur.line_num}") for ligne in lecteur)


def _gare(ligne: dict[str, str], ou: str) -> Gare:
    try:
        lignes = tuple(sorted(ligne["lignes"].split("|"), key=LIGNES.index))
        point = float(ligne["lon"] or ""), float(ligne["lat"] or "")
        return Gare(ligne["code"], ligne["nom"], lignes, ligne["commune"], *point)
    except (KeyError, ValueError) as erreur:
        raise ValueError(f"{ou} : gare illisible ({erreur}).") from erreur
