"""Puts a finished snapshot in place, by one atomic rename, and keeps the previous ones, dated."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

CONSERVES = 5


def publier(neuf: Path, cible: Path, identite: str) -> None:
    """Publish ``neuf`` as ``cible``; a dated twin stays beside it so that a permalink keeps working.

    The twin is a hard link where the file system allows, a copy otherwise.
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
