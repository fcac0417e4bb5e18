"""Puts a finished snapshot in place, by one atomic rename, and keeps the previous ones, dated."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

CONSERVES = 5
#: What a folder of preview pictures ends with, beside the snapshot whose identity it bears.
APERCUS = ".apercus"


def dossier_apercus(cible: Path, identite: str) -> Path:
    """Folder of the preview pictures of a snapshot published at ``cible``."""
    return cible.with_name(f"{cible.stem}-{identite}{APERCUS}")


def publier(neuf: Path, cible: Path, identite: str) -> None:
    """Publish ``neuf`` as ``cible``; a dated twin stays beside it so that a permalink keeps working.

    The twin is a hard link where the file system allows, a copy otherwise. Preview pictures go with their snapshot.
    """
    date_e = cible.with_name(f"{cible.stem}-{identite}{cible.suffix}")
    os.replace(neuf, date_e)
    passage = cible.with_name(f".{cible.name}.passage")
    passage.unlink(missing_ok=True)
    try:
        os.link(date_e, passage)
    except OSError:
        shutil.copy2(date_e, passage)
    os.replace(passage, cible)
    anciens = sorted(cible.parent.glob(f"{cible.stem}-*{cible.suffix}"), key=lambda p: p.stat().st_mtime, reverse=True)
    for ancien in anciens[CONSERVES:]:
        ancien.unlink(missing_ok=True)
    _oublier_apercus(cible, identite)


def _oublier_apercus(cible: Path, identite: str) -> None:
    """Remove the pictures of the snapshots not kept any more, and those of one built again under the same identity."""
    for dossier in cible.parent.glob(f"{cible.stem}-*{APERCUS}"):
        if dossier == dossier_apercus(cible, identite) or not dossier.with_suffix(cible.suffix).exists():
            shutil.rmtree(dossier, ignore_errors=True)
