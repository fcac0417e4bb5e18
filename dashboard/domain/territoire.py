"""The territories of Île-de-France: what they are called, how they nest, how many people live there.

Read from ``geo/territoires.csv`` (written by ``dashboard.geo.fonds``). No geometry here, and
no words: articles and prepositions belong to ``dashboard.domain.francais``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Niveau = Literal["region", "departement", "epci", "commune"]
NIVEAUX: tuple[Niveau, ...] = ("region", "departement", "epci", "commune")


@dataclass(frozen=True, slots=True)
class Territoire:
    """One territory of one level.

    ``tncc`` is INSEE's code of the article (0 and 1: none, 2: le, 3: la, 4: les, 5: l’).
    ``departement`` is empty for an EPCI spread over several; ``epci`` is filled for communes
    only. ``population`` is municipal, in inhabitants; ``lon`` and ``lat`` are degrees WGS84.
    """

    code: str
    niveau: Niveau
    nom: str
    tncc: int
    population: int
    superficie_km2: float
    departement: str = ""
    epci: str = ""
    siren: str = ""
    type: str = ""
    lon: float = 0.0
    lat: float = 0.0

    @property
    def est_ept(self) -> bool:
        """Whether it is one of the twelve territories of the Métropole (Paris included)."""
        return self.niveau == "epci" and self.code.startswith("T")


def charger(chemin_csv: Path) -> dict[str, Territoire]:
    """Read the table of territories, keyed by code, in the order of the file.

    Raises ``ValueError`` (French, naming file, line and column) on a missing column, an
    unreadable value or a code present twice; ``FileNotFoundError`` when there is no file.
    """
    territoires: dict[str, Territoire] = {}
    with chemin_csv.open(encoding="utf-8", newline="") as flux:
        lecteur = csv.DictReader(flux)
        for ligne in lecteur:
            endroit = f"{chemin_csv.name}, ligne {lecteur.line_num}"
            territoire = _lire(ligne, endroit)
            if territoire.code in territoires:
                raise ValueError(f"{endroit}, colonne « code » : « {territoire.code} » est présent deux fois.")
            territoires[territoire.code] = territoire
    return territoires


def _lire(ligne: dict[str, str], endroit: str) -> Territoire:
    niveau = _texte(ligne, "niveau", endroit)
    if niveau not in NIVEAUX:
        raise ValueError(f"{endroit}, colonne « niveau » : « {niveau} » n’est pas un niveau connu.")
    return Territoire(
        code=_texte(ligne, "code", endroit),
        niveau=niveau,
        nom=_texte(ligne, "nom", endroit),
        tncc=int(_nombre(ligne, "tncc", endroit)),
        population=int(_nombre(ligne, "population", endroit)),
        superficie_km2=_nombre(ligne, "superficie_km2", endroit),
        departement=ligne.get("departement") or "",
        epci=ligne.get("epci") or "",
        siren=ligne.get("siren") or "",
        type=ligne.get("type") or "",
        lon=_nombre(ligne, "lon", endroit),
        lat=_nombre(ligne, "lat", endroit),
    )


def _texte(ligne: dict[str, str], colonne: str, endroit: str) -> str:
    valeur = ligne.get(colonne)
    if not valeur:
        raise ValueError(f"{endroit}, colonne « {colonne} » : valeur absente.")
    return valeur


def _nombre(ligne: dict[str, str], colonne: str, endroit: str) -> float:
    texte = _texte(ligne, colonne, endroit)
    try:
        return float(texte)
    except ValueError as erreur:
        raise ValueError(f"{endroit}, colonne « {colonne} » : « {texte} » n’est pas un nombre.") from erreur


def dedans(choisi: Territoire, niveau: Niveau, territoires: Mapping[str, Territoire]) -> list[str]:
    """Codes of the territories of a level that a chosen territory leaves in view, in the order of the table.

    A level finer than the chosen one shows its parts (an EPCI spread over two départements is
    part of both); the same level or a coarser one shows them all, so that neighbours compare.
    """
    du_niveau = [t for t in territoires.values() if t.niveau == niveau]
    if NIVEAUX.index(niveau) <= NIVEAUX.index(choisi.niveau) or choisi.niveau == "region":
        return [t.code for t in du_niveau]
    if choisi.niveau == "epci":
        return [t.code for t in du_niveau if t.epci == choisi.code]
    communes = [t for t in territoires.values() if t.niveau == "commune" and t.departement == choisi.code]
    parties = {t.code for t in communes} | {t.epci for t in communes}
    return [t.code for t in du_niveau if t.code in parties]
