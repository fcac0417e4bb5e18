"""Formats of the lists of structures: which columns of a file hold what the observatory keeps.

Read from ``data/mappings/structures.toml``. Nothing is read of the lists themselves here. A
contact column (telephone, e-mail, person) may not even be named: the mapping is then refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.ingest.decp_colonnes import normaliser
from dashboard.ingest.identifiants import colonne_suspecte
from dashboard.ingest.journal import SourceIllisible

FICHIER = "structures.toml"
COLONNES = ("nom", "siret", "type", "code_insee", "code_postal", "ville", "departement", "lon", "lat", "forme")
"""What is read of a structure, as text; ``forme`` (legal form) only serves to leave out names of persons."""
_CLES = {"libelle", "requis", "type", "ouverte", "colonnes", "types"}


@dataclass(frozen=True, slots=True)
class FormatStructures:
    """One known layout; every name of a column of the source is normalised (``decp_colonnes.normaliser``).

    ``type``: type of all the rows, when there is no column for it. ``types``: normalised value → code
    ("" out of scope). ``ouverte``: a value that is no type of ours is out of scope, not an error.
    """

    libelle: str
    requis: tuple[str, ...]
    colonnes: Mapping[str, tuple[str, ...]]
    types: Mapping[str, str]
    type: str | None = None
    ouverte: bool = False

    def reconnait(self, presentes: set[str]) -> bool:
        """Whether a file with these columns is of this layout."""
        utiles = [self.colonnes.get("nom", ())] + ([] if self.type else [self.colonnes.get("type", ())])
        return presentes.issuperset(self.requis) and all(presentes.intersection(noms) for noms in utiles)


def charger(dossier: Path) -> tuple[FormatStructures, ...]:
    """Read the layouts of ``<dossier>/structures.toml``, in the order of the file.

    Raises ``SourceIllisible`` (French, naming the section) when the file cannot be used.
    """
    chemin = dossier / FICHIER
    try:
        sections = tomllib.loads(chemin.read_text(encoding="utf-8"))
    except OSError as erreur:
        raise SourceIllisible(f"{FICHIER} : introuvable ou illisible ({erreur.strerror}).") from erreur
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as erreur:
        raise SourceIllisible(f"{FICHIER} : ce n’est pas un fichier TOML valide ({erreur}).") from erreur
    return tuple(_format(nom, section) for nom, section in sections.items())


def reconnaitre(formats: Sequence[FormatStructures], colonnes: Iterable[str], fichier: str) -> FormatStructures:
    """The layout of a file with these columns, the most demanding one when several fit.

    Raises ``SourceIllisible`` when none does; the message lists what each would need.
    """
    presentes = {normaliser(colonne) for colonne in colonnes}
    possibles = [f for f in formats if f.reconnait(presentes)]
    if not possibles:
        attendus = " ; ".join(f"{f.libelle} ({', '.join(f.requis)})" for f in formats)
        raise SourceIllisible(
            f"Fichier « {fichier} » : ce n’est pas une liste de structures d’un format connu. Attendu : {attendus}."
        )
    return max(possibles, key=lambda f: len(f.requis))


def _format(nom: str, section: Any) -> FormatStructures:
    ou = f"{FICHIER}, section [{nom}]"
    if not isinstance(section, dict) or not _CLES.issuperset(section):
        raise SourceIllisible(f"{ou} : clés attendues {', '.join(sorted(_CLES))}.")
    colonnes, types = section.get("colonnes", {}), section.get("types", {})
    if not section.get("requis") or not isinstance(colonnes, dict) or not set(COLONNES).issuperset(colonnes):
        raise SourceIllisible(f"{ou} : « requis » manque, ou une colonne n’est pas de {', '.join(COLONNES)}.")
    if not colonnes.get("nom") or not (colonnes.get("type") or section.get("type")):
        raise SourceIllisible(f"{ou} : il faut une colonne pour le nom, et une pour le type ou un type unique.")
    for source in (source for sources in colonnes.values() for source in sources):
        if colonne_suspecte(f"structure {source}"):
            raise SourceIllisible(f"{ou} : la colonne « {source} » est un contact ; elle ne peut pas être lue.")
    return FormatStructures(
        libelle=str(section.get("libelle", nom)),
        requis=tuple(normaliser(c) for c in section["requis"]),
        colonnes={cible: tuple(normaliser(c) for c in sources) for cible, sources in colonnes.items()},
        types={normaliser(valeur): str(code) for valeur, code in types.items()},
        type=section.get("type"),
        ouverte=bool(section.get("ouverte", False)),
    )
