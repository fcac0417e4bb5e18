"""The table behind a figure: the same numbers for the twin, the CSV and, later, every export."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal

from dashboard.domain import francais as fr

Format = Literal["texte", "siret", "entier", "decimal", "part", "mois", "jour", "montant"]
#: Formats of words: a SIRET is read in groups of digits, and written without spaces for a program.
TEXTES: tuple[Format, ...] = ("texte", "siret")

#: Characters that no XML may hold (XML 1.0, 2.2): a workbook, a slide or a drawing with one of them does not open.
_ILLISIBLES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def lisible(texte: str) -> str:
    """A text that every format can hold: characters that are no writing become spaces."""
    return _ILLISIBLES.sub(" ", texte)


class Etat(StrEnum):
    """A cell without a number: masked by statistical confidentiality, or not available. Never confused with 0."""

    SECRET = "s"  # noqa: S105 - a status, not a password
    NON_DISPONIBLE = "nd"

    @property
    def en_mots(self) -> str:
        return "secret statistique" if self is Etat.SECRET else "non disponible"


Cellule = str | float | date | Etat


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column: its machine name, its French heading (with its unit) and how it is written."""

    cle: str
    libelle: str
    format: Format = "texte"


@dataclass(frozen=True, slots=True)
class Tableau:
    """Rows of cells in the order of the columns."""

    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[Cellule, ...], ...]

    @property
    def masquees(self) -> int:
        """Number of masked cells, said in the caption."""
        return sum(c is Etat.SECRET for ligne in self.lignes for c in ligne)


@dataclass(frozen=True, slots=True)
class Bloc:
    """One unit of display. ``vide`` says in French why there is no figure and what to widen;
    ``definitions`` are the indicators that explain it (« D’où vient ce chiffre ? »); ``annuel``: other years of the
    selection could show more."""

    ident: str
    titre: str
    sous_titre: str
    legende: str
    tableau: Tableau
    vide: str | None = None
    definitions: tuple[str, ...] = ()
    annuel: bool = True

    def __post_init__(self) -> None:
        for champ in ("titre", "sous_titre", "legende"):
            object.__setattr__(self, champ, lisible(getattr(self, champ)))


def cellule(valeur: object, statut: object = "valeur") -> Cellule:
    """A cell from a value and its status; a missing number is never a zero."""
    if type(valeur) is float and statut == "valeur" and valeur == valeur:  # most of them; NaN differs from itself
        return valeur
    if statut == Etat.SECRET:
        return Etat.SECRET
    if statut == Etat.NON_DISPONIBLE or valeur is None or (isinstance(valeur, float) and math.isnan(valeur)):
        return Etat.NON_DISPONIBLE
    if isinstance(valeur, str | date):
        return valeur
    if isinstance(valeur, int | float):
        return float(valeur)
    raise TypeError(f"cellule d’un type inattendu : {type(valeur).__name__}")


def ecrire(valeur: Cellule, forme: Format) -> str:
    """A cell as the reader sees it."""
    if isinstance(valeur, Etat | str):
        return str(valeur)
    if isinstance(valeur, date):
        return fr.date_longue(valeur) if forme == "jour" else fr.mois(valeur)
    if forme in ("decimal", "montant"):
        return fr.nombre(valeur, 1 if forme == "decimal" else 2)
    return fr.pourcent(valeur) if forme == "part" else fr.nombre(valeur)


def tableau(colonnes: Iterable[Colonne], lignes: Iterable[Iterable[Cellule]]) -> Tableau:
    """Freeze columns and rows; every text can then be written in every format."""
    entetes = tuple(replace(c, libelle=lisible(c.libelle)) if _ILLISIBLES.search(c.libelle) else c for c in colonnes)
    # Type, not class: a state is a text that needs no care, and there are tens of thousands of cells.
    return Tableau(entetes, tuple(tuple([lisible(c) if type(c) is str else c for c in li]) for li in lignes))
