"""The snapshot of the running application, reached from a page without a global variable.

An address may quote the snapshot it was read on (``instantane=20260930-357fc2594c``): it is then that one, as long
as it is kept.
"""

from __future__ import annotations

from typing import cast
from urllib.parse import parse_qs

from flask import current_app

from dashboard.domain.filtre import INSTANTANE
from dashboard.warehouse.archives import Archives
from dashboard.warehouse.connexion import Entrepot, Instantane, InstantaneAbsent

EXTENSION = "observatoire"
ARCHIVES = "observatoire-archives"


def cite(recherche: str) -> str | None:
    """Identity of the snapshot that a query string quotes, if any."""
    return next(iter(parse_qs(recherche.removeprefix("?")).get(INSTANTANE, [])), None)


def instantane(recherche: str | bytes = "") -> Instantane:
    """The snapshot an address quotes, else the one in place. Raises ``InstantaneAbsent``."""
    texte = recherche.decode("utf-8", "replace") if isinstance(recherche, bytes) else recherche
    identite = cite(texte)
    if identite:
        return cast(Archives, current_app.extensions[ARCHIVES]).instantane(identite)
    return cast(Entrepot, current_app.extensions[EXTENSION]).instantane()


def instantane_ou_present(recherche: str) -> tuple[Instantane, str | None]:
    """The snapshot an address quotes; when it cannot be read, the one in place and a French note that says so."""
    try:
        return instantane(recherche), None
    except InstantaneAbsent as erreur:
        if cite(recherche) is None:
            raise
        return instantane(), f"{erreur} Voici les données d’aujourd’hui."
