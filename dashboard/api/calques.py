"""``/carte/calque/<calque>.json``: points laid over the map, in the units of its drawing.

Two layers: the stations of the Grand Paris Express and the inclusive structures by commune. Each
point comes placed and worded; the browser only draws it (``assets/carte_calques.js``). An address
without the right version is sent to the one that has it, which may then be kept for ever. The layer
of the operations obeys the filters: it is no address, its page sends it (``ui.projets_carte``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, request

from dashboard.domain import francais as fr
from dashboard.domain.filtre import INSTANTANE
from dashboard.geo import gares
from dashboard.settings import RACINE
from dashboard.ui.contexte import cite, instantane_ou_present
from dashboard.ui.projets_points import cadre, situer
from dashboard.warehouse.structures import Commune, par_commune

routes = Blueprint("calques", __name__)

Calque = dict[str, Any]


def _point(lon: float, lat: float, nombre: int, texte: str) -> dict[str, Any]:
    x, y = situer(lon, lat)
    return {"x": x, "y": y, "n": nombre, "t": texte}


def _gares(_requete: str) -> Calque:
    """« Saint-Denis Pleyel — lignes 14, 15, 16, 17 », one point a station."""
    toutes = gares.charger(RACINE / "geo" / "gares_gpe.csv")
    points = [
        _point(g.lon, g.lat, 1, f"{g.nom} — {fr.accord(len(g.numeros), 'ligne')} {', '.join(g.numeros)}")
        for g in toutes
    ]
    return {"titre": f"{fr.pluriel(len(points), 'gare')} du Grand Paris Express", "points": points}


def _structures(requete: str) -> Calque:
    """« Saint-Denis — 4 structures : 2 EI, 1 ACI, 1 ETTI », one point a commune of the snapshot that is quoted."""
    source, _absent = instantane_ou_present(requete)
    libelles = source.referentiel.listes.get("type_structure", {})
    communes = par_commune(source)
    total = sum(c.structures for c in communes)
    return {
        "titre": f"{fr.pluriel(total, 'structure')} d’insertion et de handicap, par commune",
        "points": [_point(c.lon, c.lat, c.structures, _decrire(c, libelles)) for c in communes],
    }


def _decrire(commune: Commune, libelles: Mapping[str, str]) -> str:
    details = ", ".join(_compter(nombre, libelles.get(code, code)) for code, nombre in commune.types)
    return fr.composer(f"{commune.nom} — {fr.pluriel(commune.structures, 'structure')} : {details}")


def _compter(nombre: int, libelle: str) -> str:
    """« 2 EI » when the label ends with initials, else « 2 régies de quartier »."""
    if libelle.endswith(")"):
        return f"{fr.nombre(nombre)}{fr.INSECABLE}{libelle.rpartition('(')[2].rstrip(')')}"
    premier, _, reste = f"{libelle[:1].lower()}{libelle[1:]}".partition(" ")
    return f"{fr.pluriel(nombre, premier)} {reste}".strip()


@lru_cache
def _empreinte_gares() -> str:
    contenu = (RACINE / "geo" / "gares_gpe.csv").read_bytes() + str(cadre()).encode()
    return hashlib.sha256(contenu).hexdigest()[:12]


def _version_gares(_requete: str) -> str:
    return _empreinte_gares()


def _version_structures(requete: str) -> str:
    source, _absent = instantane_ou_present(requete)
    return source.manifeste.instantane_id


#: Layer → (its content, its version), each for the query of an address.
CALQUES: dict[str, tuple[Callable[[str], Calque], Callable[[str], str]]] = {
    "gares": (_gares, _version_gares),
    "structures": (_structures, _version_structures),
}


@routes.get("/carte/calque/<calque>.json")
def calque(calque: str) -> Any:
    """Points of a layer (title, then x, y, n and text of each), immutable under the version in its address.

    ``instantane=`` quotes a snapshot: the structures are then those it holds, and its address keeps the quotation;
    those of today when it is not kept any more, as on the page, which says so.
    404 for an unknown layer; 503 when the structures have no snapshot to come from.
    """
    if calque not in CALQUES:
        abort(404)
    requete = request.query_string.decode("utf-8", "replace")
    composer, version = CALQUES[calque]
    attendue = version(requete)
    if request.args.get("v") != attendue:
        suite = f"&{INSTANTANE}={quote(identite)}" if (identite := cite(requete)) else ""
        envoi = redirect(f"/carte/calque/{calque}.json?v={attendue}{suite}")
        envoi.headers["Cache-Control"] = "no-store"
        return envoi
    contenu = json.dumps(composer(requete), ensure_ascii=False, separators=(",", ":"))
    reponse = Response(contenu, mimetype="application/json")
    reponse.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return reponse
