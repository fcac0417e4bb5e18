"""The address of the site, for links that leave it: QR codes, permalinks, previews, embeds.

The public address of the settings wins; without one, that of the request.
"""

from __future__ import annotations

from flask import current_app, request

from dashboard.domain.filtre import INSTANTANE
from dashboard.ui.contexte import cite

#: Setting of the server that holds the public address of the site, if any.
ADRESSE = "URL_PUBLIQUE"


def site() -> str:
    """« https://clauses.exemple.fr », without a slash at the end."""
    return str(current_app.config.get(ADRESSE) or request.host_url.rstrip("/"))


def requete() -> str:
    """The query string of the request, as text."""
    return request.query_string.decode("utf-8", "replace")


def instantane_cite() -> str | None:
    """Identity of the snapshot that the address of the request quotes, if any."""
    return cite(requete())


def permanent(chemin: str, identite: str) -> str:
    """The permalink of a path of the site (with its query, its anchor) on a snapshot: what may be quoted."""
    return f"{site()}/s/{identite}{chemin}"


def avec_instantane(chemin: str, identite: str | None) -> str:
    """A path that keeps to a snapshot, when there is one."""
    return f"{chemin}{'&' if '?' in chemin else '?'}{INSTANTANE}={identite}" if identite else chemin
