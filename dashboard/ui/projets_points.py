"""Where a point in degrees falls on the drawn maps, for the layers the site serves and those a page sends itself."""

from __future__ import annotations

import json
from functools import lru_cache

from dashboard.geo.carte_svg import Cadre, cadrer, projeter
from dashboard.settings import RACINE


@lru_cache
def cadre() -> Cadre:
    """The frame of the drawn maps: that of the départements (see ``geo.fonds``)."""
    contenu = (RACINE / "geo" / "carte" / "departements.geojson").read_text(encoding="utf-8")
    resultat: Cadre = cadrer(json.loads(contenu))
    return resultat


def situer(lon: float, lat: float) -> tuple[float, float]:
    """Place of a point (degrees WGS84), in the units of the drawing."""
    x, y = projeter(lon, lat, cadre())
    return round(x, 1), round(y, 1)
