"""Reads the SQL files of the warehouse; knows nothing of what they say."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache
def texte(dossier: str, nom: str) -> str:
    """Text of ``sql/<dossier>/<nom>.sql``."""
    return files("dashboard.warehouse").joinpath("sql", dossier, f"{nom}.sql").read_text(encoding="utf-8")


@lru_cache
def noms(dossier: str) -> tuple[str, ...]:
    """Names of the SQL files of a folder, sorted."""
    chemin = files("dashboard.warehouse").joinpath("sql", dossier)
    return tuple(sorted(f.name.removesuffix(".sql") for f in chemin.iterdir() if f.name.endswith(".sql")))
