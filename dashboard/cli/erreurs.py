"""The one way a command stops on purpose: a French message on the error output, exit code 2."""

from __future__ import annotations

from pathlib import Path


class Abandon(Exception):
    """The command cannot go on; the message is French and says what to do."""


def exiger(chemin: Path) -> Path:
    """The path itself, or ``Abandon`` when nothing is there."""
    if not chemin.exists():
        raise Abandon(f"Fichier introuvable : {chemin}")
    return chemin
