"""What the charters of the programmes promise, dated: read from ``data/reference/objectifs_programmes.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from dashboard.domain import francais as fr
from dashboard.settings import RACINE

CHEMIN = RACINE / "data" / "reference" / "objectifs_programmes.csv"
#: What a target measures: percent of worked hours (works, then urban management), percent of amounts, hours.
MESURES = ("heures", "heures_gestion", "pme", "volume")


@dataclass(frozen=True, slots=True)
class Objectif:
    """One promise: ``valeur`` in percent (hours for ``volume``), between two dates (``None``: not over)."""

    programmes: tuple[str, ...]
    mesure: str
    valeur: float
    depuis: date
    jusqu_a: date | None
    libelle: str
    source: str

    def vaut(self, jour: date) -> bool:
        """Whether it binds what begins on a day."""
        return self.depuis <= jour and (self.jusqu_a is None or jour <= self.jusqu_a)


def charger(chemin: Path) -> tuple[Objectif, ...]:
    """Read the targets, in the order of the file. Raises ``ValueError`` naming the line at fault."""
    with chemin.open(encoding="utf-8", newline="") as flux:
        lecteur = csv.DictReader(flux)
        return tuple(_lire(ligne, f"{chemin.name}, ligne {lecteur.line_num}") for ligne in lecteur)


def _lire(ligne: dict[str, str], ou: str) -> Objectif:
    try:
        if ligne["mesure"] not in MESURES:
            raise ValueError(f"mesure « {ligne['mesure']} » inconnue")
        fin = date.fromisoformat(ligne["jusqu_a"]) if ligne["jusqu_a"] else None
        return Objectif(
            tuple(ligne["programmes"].split("|")), ligne["mesure"], float(ligne["valeur"]),
            date.fromisoformat(ligne["depuis"]), fin, fr.composer(ligne["libelle"]), fr.composer(ligne["source"]),
        )  # fmt: skip
    except (KeyError, ValueError) as erreur:
        raise ValueError(f"{ou} : objectif illisible ({erreur}).") from erreur


@lru_cache
def objectifs() -> tuple[Objectif, ...]:
    """The targets of the charters."""
    return charger(CHEMIN)


@lru_cache
def du_programme(programme: str, mesure: str) -> tuple[Objectif, ...]:
    """The targets of a programme for a measure, in the order of time."""
    return tuple(
        sorted((o for o in objectifs() if programme in o.programmes and o.mesure == mesure), key=lambda o: o.depuis)
    )


def au(programme: str, mesure: str, jour: date) -> Objectif | None:
    """The target that binds what begins on a day; before the first one, nothing does."""
    return next((o for o in reversed(du_programme(programme, mesure)) if o.vaut(jour)), None)


def taux_en_mots(programme: str) -> str:
    """« 5 %, puis 10 % depuis octobre 2020 »; nothing when no charter says."""
    suite = du_programme(programme, "heures")
    if not suite:
        return ""
    premier, *autres = suite
    textes = [f"{fr.nombre(premier.valeur)}{fr.FINE}%"]
    textes += [f"puis {fr.nombre(o.valeur)}{fr.FINE}% depuis {fr.mois(o.depuis)}" for o in autres]
    return ", ".join(textes)
