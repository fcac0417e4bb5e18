"""Are the demo sources those that the present generator would write?

A note beside the sources, written last, holds the fingerprint of what they depend on.
The freshness of a snapshot is not decided here: the snapshot itself knows it.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from dashboard.settings import Settings

NOTE = ".empreinte"
DEPENDANCES = ("dashboard/demo", "data/nomenclatures", "data/reference", "data/mappings", "geo")
SUFFIXES = {".py", ".csv", ".toml", ".json"}


def empreinte_demo(graine: int, echelle: float, reglages: Settings) -> str:
    """Fingerprint of the generator, of the tables it draws from, and of its parameters."""
    condense = hashlib.sha256(f"{graine} {echelle}".encode())
    for dossier in DEPENDANCES:
        for fichier in sorted((reglages.racine / dossier).rglob("*")):
            if fichier.suffix in SUFFIXES and fichier.is_file():
                condense.update(f"\0{fichier.relative_to(reglages.racine).as_posix()}\0".encode())
                condense.update(fichier.read_bytes())
    return condense.hexdigest()


def demo_a_jour(dossier: Path, empreinte: str) -> bool:
    """True when the sources are complete and were written by this very generator."""
    note, catalogue = dossier / NOTE, dossier / "sources.toml"
    if not (note.is_file() and catalogue.is_file()) or note.read_text(encoding="utf-8") != empreinte:
        return False
    sources = tomllib.loads(catalogue.read_text(encoding="utf-8")).get("source", [])
    return all((dossier / source["chemin"]).exists() for source in sources)


def oublier_demo(dossier: Path) -> None:
    """Remove the note before the sources are written again, so that an interruption shows."""
    (dossier / NOTE).unlink(missing_ok=True)


def noter_demo(dossier: Path, empreinte: str) -> None:
    """Write the note, once the sources are complete."""
    (dossier / NOTE).write_text(empreinte, encoding="utf-8")
