"""Draw one level of territories as a static SVG, in pure Python.

Used inline by the web page (coloured there by CSS classes and custom properties) and, with
``autonome=True``, by printable sheets and embeds that carry their own styles. It knows shapes
and colours, not indicators: which colour a territory gets is decided by the caller.

Projection: equirectangular, longitudes scaled by the cosine of the mean latitude. Over the
170 km of the region it departs from a conformal one by less than 1 %, and it needs no library.
All levels of one resolution have the same bounds, hence the same frame: they overlay exactly.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

LARGEUR: Final = 1000
MARGE: Final = 6.0
CORPS: Final = 15.0  # height of a label, in units of the viewBox
NUMEROS: Final = frozenset({"75", "92", "93", "94"})  # too small for their name
_AIRE_CARACTERE: Final = 0.56  # mean width of a character, in heights

Point = tuple[float, float]
Anneau = list[tuple[int, int]]  # tenths of a unit


@dataclass(frozen=True, slots=True)
class Cadre:
    """The frame shared by the levels: where degrees fall in the viewBox."""

    ouest: float
    nord: float
    echelle: float
    cosinus: float
    hauteur: int

    @property
    def viewbox(self) -> str:
        """Value of the ``viewBox`` attribute."""
        return f"0 0 {LARGEUR} {self.hauteur}"


def cadrer(geojson: Mapping[str, Any]) -> Cadre:
    """Fit the frame to the bounds of a collection. Raises ``ValueError`` when it is empty."""
    ouest, sud, est, nord = etendue(geojson["features"])
    cosinus = math.cos(math.radians((sud + nord) / 2))
    echelle = (LARGEUR - 2 * MARGE) / ((est - ouest) * cosinus)
    return Cadre(ouest, nord, echelle, cosinus, math.ceil((nord - sud) * echelle + 2 * MARGE))


def etendue(entites: Iterable[Mapping[str, Any]]) -> tuple[float, float, float, float]:
    """West, south, east and north bounds (degrees) of some features. Raises ``ValueError`` when there is none."""
    points = [p for entite in entites for anneau in _anneaux(entite) for p in anneau]
    if not points:
        raise ValueError("Aucun territoire à dessiner.")
    longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def chemin(entite: Mapping[str, Any], cadre: Cadre) -> str:
    """The outline of one feature in a frame, as the data of a path."""
    return _chemin(_grille(entite, cadre))


def projeter(lon: float, lat: float, cadre: Cadre) -> Point:
    """Place a point (degrees WGS84) in the viewBox; ``y`` grows southwards."""
    x = MARGE + (lon - cadre.ouest) * cadre.cosinus * cadre.echelle
    return x, MARGE + (cadre.nord - lat) * cadre.echelle


def bornes(geojson: Mapping[str, Any], code: str, cadre: Cadre | None = None) -> tuple[float, float, float, float]:
    """Bounding box (x, y, width, height) of a territory. Raises ``KeyError`` if absent."""
    cadre = cadre or cadrer(geojson)
    for entite in geojson["features"]:
        if entite["properties"]["code"] == code:
            return _boite(_grille(entite, cadre))
    raise KeyError(code)


def svg_niveau(
    geojson: Mapping[str, Any],
    *,
    titre: str,
    etiquettes: bool = False,
    contours: Mapping[str, Any] | None = None,
    remplissage: Mapping[str, str] | None = None,
    hachures: Collection[str] = frozenset(),
    autonome: bool = False,
    cadre: Cadre | None = None,
) -> str:
    """Return the ``<svg>`` of one level.

    ``contours`` is a second collection drawn over as mere borders; ``remplissage`` maps a code
    to a CSS colour; ``hachures`` lists the codes to hatch. ``autonome`` adds the XML namespace
    and the styles, so that the text is a file by itself. Give the ``cadre`` of another level or
    resolution to overlay on it.
    """
    cadre = cadre or cadrer(geojson)
    grilles = {e["properties"]["code"]: _grille(e, cadre) for e in geojson["features"]}
    chemins = {code: _chemin(anneaux) for code, anneaux in grilles.items()}
    boites = grilles if geojson.get("niveau") in ("departement", "epci") else {}
    motif = f"hachures-{geojson.get('niveau', 'zone')}"
    espace = ' xmlns="http://www.w3.org/2000/svg" role="img"' if autonome else ' role="group"'
    parties = [f'<svg viewBox="{cadre.viewbox}" class="carte-svg"{espace} aria-label={quoteattr(titre)}>']
    if autonome:
        parties.append(f"<title>{escape(titre)}</title><style>{_STYLES}</style>")
    if hachures:
        parties.append(_MOTIF.format(motif=motif))
    parties.append('<g class="zones" fill-rule="evenodd">')
    for entite in geojson["features"]:
        code = entite["properties"]["code"]
        couleur = (remplissage or {}).get(code)
        parties.append(_zone(entite["properties"], chemins[code], boites.get(code), couleur))
    parties.append("</g>")
    parties += _hachures(hachures, chemins, motif)
    parties += _contours(contours, cadre)
    if etiquettes:
        parties += _etiquettes(geojson, cadre)
    return "\n".join([*parties, "</svg>"])


_STYLES: Final = (
    ".zone{fill:#e9e9e4;stroke:#fff;stroke-width:.8;stroke-linejoin:round}"
    ".contours path{fill:none;stroke:#33404d;stroke-width:1.4;stroke-linejoin:round}"
    ".etiquettes text{font:600 15px system-ui,sans-serif;fill:#16202a;stroke:#fff;stroke-width:3;"
    "paint-order:stroke;text-anchor:middle;dominant-baseline:central}"
)
_MOTIF: Final = (
    '<defs><pattern id="{motif}" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path d="M0 0V7" stroke="#33404d" stroke-opacity=".55" '
    'stroke-width="2.2"/></pattern></defs>'
)


# --- geometry ----------------------------------------------------------------------------


def _anneaux(entite: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    forme = entite["geometry"]
    polygones = forme["coordinates"] if forme["type"] == "MultiPolygon" else [forme["coordinates"]]
    for polygone in polygones:
        yield from polygone


def _grille(entite: Mapping[str, Any], cadre: Cadre) -> list[Anneau]:
    """Project the rings on the grid of tenths of a unit; neighbours fall on the same points."""
    grille = []
    for anneau in _anneaux(entite):
        ronds: Anneau = []
        for lon, lat in anneau[:-1]:
            x, y = projeter(lon, lat, cadre)
            point = (round(x * 10), round(y * 10))
            if not ronds or point != ronds[-1]:
                ronds.append(point)
        grille.append(ronds)
    return grille


def _chemin(anneaux: Sequence[Anneau]) -> str:
    """Write the rings as relative moves, one decimal, without the characters SVG can spare."""
    morceaux = []
    for anneau in anneaux:
        (x, y), suite = anneau[0], anneau[1:]
        morceaux.append(f"M{_dixiemes(x)}{_joindre(y)}")
        pas = []
        for suivant_x, suivant_y in suite:
            pas.append(f"{_joindre(suivant_x - x)}{_joindre(suivant_y - y)}")
            x, y = suivant_x, suivant_y
        morceaux.append(f"l{''.join(pas).lstrip()}z")
    return "".join(morceaux)


def _dixiemes(valeur: int) -> str:
    entier, reste = divmod(abs(valeur), 10)
    texte = f"{entier or (0 if not reste else '')}{f'.{reste}' if reste else ''}"
    return f"-{texte}" if valeur < 0 else texte


def _joindre(valeur: int) -> str:
    texte = _dixiemes(valeur)
    return texte if texte.startswith("-") else f" {texte}"


def _boite(anneaux: Sequence[Anneau]) -> tuple[float, float, float, float]:
    xs = [x for anneau in anneaux for x, _ in anneau]
    ys = [y for anneau in anneaux for _, y in anneau]
    return min(xs) / 10, min(ys) / 10, (max(xs) - min(xs)) / 10, (max(ys) - min(ys)) / 10


# --- elements ----------------------------------------------------------------------------


def _zone(p: Mapping[str, Any], chemin: str, anneaux: Sequence[Anneau] | None, couleur: str | None) -> str:
    attributs = {"data-code": p["code"], "data-nom": p["nom"], "data-dep": p["departement"]}
    attributs |= {"data-epci": p["epci"], "class": "zone"}
    if anneaux:
        attributs["data-bornes"] = " ".join(f"{v:g}" for v in _boite(anneaux))
    if couleur:
        attributs["style"] = f"fill:{couleur}"
    texte = " ".join(f"{nom}={quoteattr(valeur)}" for nom, valeur in attributs.items())
    return f'<path {texte} d="{chemin}"/>'


def _hachures(codes: Collection[str], chemins: Mapping[str, str], motif: str) -> Iterator[str]:
    if codes:
        traces = "".join(chemins[code] for code in sorted(codes) if code in chemins)
        yield f'<path class="hachures" fill="url(#{motif})" pointer-events="none" d="{traces}"/>'


def _contours(contours: Mapping[str, Any] | None, cadre: Cadre) -> Iterator[str]:
    if contours is not None:
        traces = "".join(f'<path d="{_chemin(_grille(e, cadre))}"/>' for e in contours["features"])
        yield f'<g class="contours" fill="none" pointer-events="none" aria-hidden="true">{traces}</g>'


def _etiquettes(geojson: Mapping[str, Any], cadre: Cadre) -> Iterator[str]:
    """Label the départements; finer levels have no room for text."""
    if geojson.get("niveau") != "departement":
        return
    yield '<g class="etiquettes" text-anchor="middle" pointer-events="none" aria-hidden="true">'
    posees: list[tuple[float, float, float]] = []
    for entite in geojson["features"]:
        p = entite["properties"]
        texte = p["code"] if p["code"] in NUMEROS else p["nom"]
        lon, lat = p["etiquette"]
        x, y = projeter(lon, lat, cadre)
        y = _ecarter(x, y, len(texte) * CORPS * _AIRE_CARACTERE / 2, posees)
        attributs = f'data-code={quoteattr(p["code"])} x="{x:.1f}" y="{y:.1f}"'
        yield f'<text {attributs} dominant-baseline="central">{escape(texte)}</text>'
    yield "</g>"


def _ecarter(x: float, y: float, demi: float, posees: list[tuple[float, float, float]]) -> float:
    """Move a label down until it covers none of those already placed; return its ``y``."""
    while any(abs(x - autre_x) < demi + d and abs(y - autre_y) < CORPS for autre_x, autre_y, d in posees):
        y += CORPS / 3
    posees.append((x, y, demi))
    return y
