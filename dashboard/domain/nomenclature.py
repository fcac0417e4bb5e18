"""Code lists of the métier: a code, its French label, its place in an ordered list.

The lists themselves are files (``data/nomenclatures/<liste>.csv``); this module only
reads them. It must not know where they are used, nor any table of the snapshot.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Modalite:
    """One value of a code list: ``code`` is stored, ``libelle`` is shown, ``ordre`` sorts."""

    code: str
    libelle: str
    ordre: int


Nomenclatures = Mapping[str, tuple[Modalite, ...]]


def charger(dossier: Path) -> dict[str, tuple[Modalite, ...]]:
    """Read every ``<liste>.csv`` (code, libelle, ordre, source) of a folder, each sorted by ``ordre``.

    Raises ``ValueError`` (in French, naming the file) when a column is missing, a rank is not
    an integer or a code appears twice.
    """
    return {fichier.stem: _lire(fichier) for fichier in sorted(dossier.glob("*.csv"))}


def libelle(nomenclatures: Nomenclatures, liste: str, code: str | None) -> str:
    """Return the label of a code, or the code itself when the list does not know it; empty for ``None``."""
    if code is None:
        return ""
    return next((m.libelle for m in nomenclatures.get(liste, ()) if m.code == code), code)


def codes(nomenclatures: Nomenclatures, liste: str) -> tuple[str, ...]:
    """Return the codes of a list, in order; empty when the list does not exist."""
    return tuple(m.code for m in nomenclatures.get(liste, ()))


def _lire(fichier: Path) -> tuple[Modalite, ...]:
    with fichier.open(encoding="utf-8-sig", newline="") as flux:
        try:
            modalites = [
                Modalite(ligne["code"].strip(), ligne["libelle"].strip(), int(ligne["ordre"]))
                for ligne in csv.DictReader(flux)
            ]
        except (KeyError, ValueError, AttributeError) as erreur:
            raise ValueError(
                f"{fichier.name} : chaque ligne doit porter un code, un libellé et un ordre entier."
            ) from erreur
    if len({m.code for m in modalites}) < len(modalites):
        raise ValueError(f"{fichier.name} : un code y figure deux fois.")
    return tuple(sorted(modalites, key=lambda m: m.ordre))
