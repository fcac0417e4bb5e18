"""The catalogue of sources (``sources.toml``): which files to read, of what nature, from whom.

Only declares; reading is the loaders' work.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from dashboard.ingest.journal import Declaration, SourceIllisible

NATURES = ("decp", "suivi", "structures", "entreprises")
DIFFUSIONS = ("public", "partenaires", "agrege")


def lire(chemin: Path) -> list[Declaration]:
    """Read a catalogue; paths are relative to it. Raises ``SourceIllisible`` with a French message."""
    try:
        contenu = tomllib.loads(chemin.read_text(encoding="utf-8"))
    except OSError as erreur:
        raise SourceIllisible(f"{chemin.name} : catalogue introuvable ou illisible ({erreur.strerror}).") from erreur
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as erreur:
        raise SourceIllisible(f"{chemin.name} : ce n’est pas un fichier TOML valide ({erreur}).") from erreur
    entrees = contenu.get("source")
    if not isinstance(entrees, list) or not entrees:
        raise SourceIllisible(f"{chemin.name} : aucune section [[source]].")
    demo = bool(contenu.get("demo", False))
    return [_declaration(chemin, i, e, demo) for i, e in enumerate(entrees, 1)]


def _declaration(catalogue: Path, rang: int, entree: dict[str, Any], demo: bool) -> Declaration:
    ou = f"{catalogue.name}, source n° {rang}"
    for cle in ("chemin", "nature"):
        if not isinstance(entree.get(cle), str):
            raise SourceIllisible(f"{ou} : la clé « {cle} » manque.")
    nature, diffusion = entree["nature"], entree.get("diffusion", "public")
    if nature not in NATURES:
        raise SourceIllisible(f"{ou} : nature « {nature} » inconnue (attendu : {', '.join(NATURES)}).")
    if diffusion not in DIFFUSIONS:
        raise SourceIllisible(f"{ou} : diffusion « {diffusion} » inconnue (attendu : {', '.join(DIFFUSIONS)}).")
    return Declaration(
        chemin=catalogue.parent / entree["chemin"],
        nature=nature,
        producteur=str(entree.get("producteur", "non précisé")),
        licence=str(entree.get("licence", "non précisée")),
        diffusion=diffusion,
        correspondance=str(entree.get("correspondance", "gabarit")),
        demo=demo,
    )
