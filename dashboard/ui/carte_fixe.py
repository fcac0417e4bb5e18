"""The map of a bloc, drawn whole on the server: same shapes, classes and states as on the page, without script.

Boundary: draws what the page would send to its browser (``Dessin.carte``); colours are classes of the style sheet.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from dashboard.domain import francais as fr
from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.geo.carte_svg import NUMEROS, bornes, chemin, projeter
from dashboard.settings import RACINE
from dashboard.ui.carte import FICHIERS
from dashboard.ui.projets_points import cadre

Boite = tuple[float, float, float, float]

NIVEAUX = {cle: niveau for niveau, cle in CLES_TERRITOIRE.items()}
HORS = {"c": None, "t": "hors de la sélection", "s": "", "h": False, "e": "hors"}
#: Room around the territory zoomed to; widest and narrowest frame (width over height); width on screen (px).
AIR, RAPPORTS, ECRAN = 0.06, (1.1, 1.9), 700.0
#: From this class on, a name is written in the inverse colour.
SOMBRES = 4
#: Radius of a point on screen (px), from its size.
RAYONS: Mapping[str, Callable[[float], float]] = {
    "gares": lambda _n: 4.0, "structures": lambda n: 2.3 * math.sqrt(n),
    "operations": lambda n: max(5.0, 2.4 * math.sqrt(n)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Forme:
    """A territory: its properties, its outline, its box (x, y, width, height)."""

    p: Mapping[str, Any]
    trace: str
    boite: Boite


@lru_cache
def _formes(niveau: str) -> tuple[_Forme, ...]:
    contenu = (RACINE / "geo" / "carte" / f"{FICHIERS[niveau]}.geojson").read_text(encoding="utf-8")
    geojson = json.loads(contenu)
    return tuple(
        _Forme(e["properties"], chemin(e, cadre()), _boite(e)) for e in geojson["features"]
    )  # fmt: skip


def _boite(entite: Mapping[str, Any]) -> Boite:
    code = entite["properties"]["code"]
    x, y, large, haut = bornes({"features": [entite]}, code, cadre())
    return x, y, large, haut


def dessiner(d: Mapping[str, Any], calques: Callable[[str], Sequence[Mapping[str, Any]]]) -> Markup:
    """The map and its legend. ``d`` is what the browser receives; ``calques`` gives the points of a named layer."""
    legende = f'<div class="legende">{escape(_sans_clic(d["legende"]))}</div>'
    return Markup(f'<div class="carte">{vecteur(d, calques)}</div>{legende}')  # noqa: S704 - shapes of ours, texts escaped


def vecteur(d: Mapping[str, Any], calques: Callable[[str], Sequence[Mapping[str, Any]]]) -> str:
    """The map alone, as one ``<svg>``; its legend is for who shows it."""
    niveau = NIVEAUX[d["cle"]]
    vue = _vue(niveau, d["cadre"])
    unite = vue[2] / ECRAN
    formes = [f for f in _formes(niveau) if _touche(f.boite, vue)]
    dense = " dense" if len(formes) > 200 else ""
    parties = [
        f'<svg class="carte-fixe{dense}" viewBox="{" ".join(f"{v:.1f}" for v in vue)}" role="img" '
        f'style="--unite:{unite:.3f}" fill-rule="evenodd" aria-label="{escape(d["titre"])}">',
        _trames(unite),
        *(_zone(f, d["zones"].get(f.p["code"], HORS)) for f in formes),
        *_contours(niveau, vue),
        *(f'<path class="trait" d="{f.trace}"/>' for f in formes if f.p["code"] == d["selection"]),
        *(p for calque in d.get("calques", ()) for p in _points(calque, calques, vue, unite)),
        *(_noms(formes, d["zones"]) if niveau == "departement" else ()),
        "</svg>",
    ]
    return "".join(str(p) for p in parties)


def _sans_clic(legende: Markup) -> Markup:
    """The legend without what a click would do."""
    return Markup(re.sub(r"\s;\sun clic [^<]*", "", str(legende)))  # noqa: S704 - already escaped


def _vue(niveau: str, code: str | None) -> Boite:
    """The frame: the whole region, or a territory and some room around it."""
    entier = (0.0, 0.0, 1000.0, float(cadre().hauteur))
    siens = [f.boite for f in _formes(niveau) if code and code in (f.p["code"], f.p["departement"], f.p["epci"])]
    if not siens:
        return entier
    x0, y0 = min(b[0] for b in siens), min(b[1] for b in siens)
    x1, y1 = max(b[0] + b[2] for b in siens), max(b[1] + b[3] for b in siens)
    large, haut = (x1 - x0) * (1 + 2 * AIR), (y1 - y0) * (1 + 2 * AIR)
    large, haut = max(large, haut * RAPPORTS[0]), max(haut, large / RAPPORTS[1])
    return (x0 + x1 - large) / 2, (y0 + y1 - haut) / 2, large, haut


def _touche(b: Boite, vue: Boite) -> bool:
    return b[0] < vue[0] + vue[2] and b[0] + b[2] > vue[0] and b[1] < vue[1] + vue[3] and b[1] + b[3] > vue[1]


def _zone(f: _Forme, z: Mapping[str, Any]) -> str:
    """One territory, named and worded in its tooltip; hatched when its coverage is low."""
    etat = z["e"]
    classe = f"c{z['c']}" if etat == "valeur" else "hors" if etat == "hors" else f"etat-{etat}"
    hachure = f' style="fill:url(#hachures-{z["c"]})"' if z["h"] and etat == "valeur" else ""
    mots = fr.composer(f"{f.p['nom']} : {', '.join(t for t in (z['t'], z['s']) if t)}")
    return f'<path class="zone {classe}"{hachure} d="{f.trace}"><title>{escape(mots)}</title></path>'


def _contours(niveau: str, vue: Boite) -> Iterator[str]:
    """Borders of the départements over finer zones."""
    if niveau != "departement":
        traces = "".join(f'<path d="{f.trace}"/>' for f in _formes("departement") if _touche(f.boite, vue))
        yield f'<g class="contours">{traces}</g>'


def _noms(formes: Sequence[_Forme], zones: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Names of the départements; the number of those too small for their name."""
    yield '<g class="etiquettes" aria-hidden="true">'
    for f in formes:
        lon, lat = f.p["etiquette"]
        x, y = projeter(lon, lat, cadre())
        z = zones.get(f.p["code"], HORS)
        inverse = ' class="inv"' if z["e"] == "valeur" and (z["c"] or 0) >= SOMBRES else ""
        texte = f.p["code"] if f.p["code"] in NUMEROS else f.p["nom"]
        yield f'<text x="{x:.1f}" y="{y:.1f}"{inverse}>{escape(texte)}</text>'
    yield "</g>"


def _points(
    calque: str | Mapping[str, Any], calques: Callable[[str], Sequence[Mapping[str, Any]]], vue: Boite, unite: float
) -> Iterator[str]:
    """The points of a layer that are in the frame, each worded; a state is a mark, not only a colour."""
    code = calque if isinstance(calque, str) else calque["code"]
    points = calques(calque) if isinstance(calque, str) else calque["points"]
    yield f'<g class="calque calque-{code}">'
    for p in points:
        if _touche((p["x"], p["y"], 0, 0), vue):
            rayon = RAYONS[code](float(p["n"])) * unite
            cercle = f'<circle cx="{p["x"]:g}" cy="{p["y"]:g}" r="{rayon:.2f}"><title>{escape(p["t"])}</title></circle>'
            if p.get("e"):
                signe = f'<text x="{p["x"]:g}" y="{p["y"]:g}">{escape(p["i"])}</text>'
                cercle = f'<g class="operation e-{p["e"]}">{cercle}{signe}</g>'
            yield cercle
    yield "</g>"


def _trames(unite: float) -> str:
    """Patterns: hatching over each class (low coverage), dots (secret), thin lines (not available)."""
    tour = f'patternUnits="userSpaceOnUse" patternTransform="rotate(45) scale({unite:.3f})"'
    hachures = "".join(
        f'<pattern id="hachures-{c}" width="7" height="7" {tour}><rect width="7" height="7" class="c{c}"/>'
        '<line y2="7" class="trame-trait"/></pattern>'
        for c in range(7)
    )
    nd, s = ('<rect width="6" height="6" class="trame-fond-nd"/>', '<rect width="6" height="6" class="trame-fond-s"/>')
    return (
        f'<defs>{hachures}<pattern id="trame-nd" width="6" height="6" {tour}>{nd}'
        f'<line y2="6" class="trame-nd"/></pattern><pattern id="trame-s" width="6" height="6" {tour}>{s}'
        '<circle cx="3" cy="3" r="1.1" class="trame-s"/></pattern></defs>'
    )
