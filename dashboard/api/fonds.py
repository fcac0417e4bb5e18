"""``/carte/<niveau>.svg``: the shapes of a level, drawn once per process and kept by the browser."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort

from dashboard.geo.carte_svg import cadrer, svg_niveau
from dashboard.settings import RACINE

routes = Blueprint("fonds", __name__)

#: Level → (file, accessible title).
NIVEAUX = {
    "departement": ("departements", "Carte des départements d’Île-de-France"),
    "epci": ("epci", "Carte des EPT et EPCI d’Île-de-France"),
    "commune": ("communes", "Carte des communes d’Île-de-France"),
}


@lru_cache
def _geojson(nom: str) -> dict[str, Any]:
    chemin: Path = RACINE / "geo" / "carte" / f"{nom}.geojson"
    contenu: dict[str, Any] = json.loads(chemin.read_text(encoding="utf-8"))
    return contenu


@lru_cache
def svg(niveau: str) -> str:
    """The SVG of a level; all levels share the frame of the communes, so that they overlay."""
    fichier, titre = NIVEAUX[niveau]
    departements = _geojson("departements")
    fin = niveau != "departement"
    return svg_niveau(
        _geojson(fichier),
        titre=titre,
        etiquettes=not fin,
        contours=departements if fin else None,
        cadre=cadrer(departements),
    )


@routes.get("/carte/<niveau>.svg")
def carte(niveau: str) -> Response:
    """The SVG, immutable under the version given in its address."""
    if niveau not in NIVEAUX:
        abort(404)
    reponse = Response(svg(niveau), mimetype="image/svg+xml")
    reponse.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return reponse
