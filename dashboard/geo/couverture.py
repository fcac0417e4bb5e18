"""Turn the raw outlines of the communes into a clean coverage, and every other level from it.

A coverage is a set of polygons without gap nor overlap whose common borders have exactly the
same vertices. Everything is repaired, simplified and rounded *once*, on the communes; the other
levels are unions of those very communes, so that the levels nest to the last vertex.
Build time only (geopandas, shapely): the web process never imports this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd  # type: ignore[import-untyped, unused-ignore]
import numpy as np
import shapely  # type: ignore[import-untyped, unused-ignore]

LAMBERT_93 = 2154
WGS84 = 4326
FRAGMENT_M2 = 50_000.0  # a detached piece smaller than 5 ha is an artefact of the source
LACUNE_M2 = 10_000.0  # a gap larger than 1 ha is a missing territory, not a mismatched edge

Geometries = dict[str, Any]


class CouvertureInvalide(Exception):
    """The outlines could not be made into a coverage; the message is French."""


@dataclass(slots=True)
class Reparations:
    """What was changed in the source, in French, in the order it was done."""

    lignes: list[str] = field(default_factory=list)


def decoder(geometries: Mapping[str, bytes]) -> Geometries:
    """Decode WKB (degrees) into Lambert-93 polygons (metres), keyed by commune, sorted.

    Raises ``CouvertureInvalide`` on a truncated geometry.
    """
    codes = sorted(geometries)
    try:
        formes = shapely.from_wkb([geometries[code] for code in codes])
    except shapely.errors.GEOSException as erreur:
        raise CouvertureInvalide(f"Contour de commune illisible : {erreur}.") from erreur
    return dict(zip(codes, _reprojeter(formes, WGS84, LAMBERT_93), strict=True))


def reparer(communes: Geometries, lacunes: Mapping[str, str], journal: Reparations) -> Geometries:
    """Fill gaps, absorb fragments, match edges; metres in, metres out.

    ``lacunes`` names, by commune, the territory whose absence is known (Pierrefitte for
    Saint-Denis): a large gap goes to the one of these that surrounds it most. Raises
    ``CouvertureInvalide`` when a large gap touches none of them or when edges still disagree.
    """
    formes = dict(communes)
    _combler(formes, lacunes, journal)
    _absorber(formes, journal)
    codes = list(formes)
    avant = np.array([formes[code] for code in codes])
    discordantes = [c for c, bord in zip(codes, shapely.coverage_invalid_edges(avant), strict=True) if bord]
    apres = shapely.coverage_clean(avant, gap_width=1.0)
    if not shapely.coverage_is_valid(apres):
        raise CouvertureInvalide("Les limites de certaines communes restent discordantes après réparation.")
    if discordantes:
        ecart = float(shapely.area(shapely.symmetric_difference(avant, apres)).max())
        journal.lignes.append(
            f"limites discordantes raccordées : {', '.join(discordantes)} (au plus {ecart:.0f} m² déplacés)"
        )
    return dict(zip(codes, apres, strict=True))


def generaliser(communes: Geometries, tolerance: float, decimales: int) -> Geometries:
    """Simplify the coverage (metres), project it to degrees, round it to a fixed grid.

    Rings come out clockwise, as d3-geo wants them. Raises ``CouvertureInvalide`` when rounding
    broke a polygon or a common border.
    """
    formes = np.array(list(communes.values()))
    if tolerance > 0:
        formes = shapely.coverage_simplify(formes, tolerance)
    degres = _reprojeter(formes, LAMBERT_93, WGS84)
    grille = shapely.transform(degres, lambda points: np.round(points, decimales))
    nettes = [shapely.remove_repeated_points(forme) for forme in grille]
    if not (shapely.is_valid(nettes).all() and shapely.coverage_is_valid(nettes)):
        raise CouvertureInvalide(
            f"Une simplification à {tolerance:.0f} m arrondie à {decimales} décimales croise des limites."
        )
    return dict(zip(communes, shapely.orient_polygons(nettes, exterior_cw=True), strict=True))


def reunir(communes: Geometries, groupes: Mapping[str, Iterable[str]]) -> Geometries:
    """Union the communes of each group without adding, moving or dropping a vertex."""
    return {
        code: shapely.orient_polygons(
            shapely.coverage_union_all([communes[membre] for membre in membres]), exterior_cw=True
        )
        for code, membres in groupes.items()
    }


def superficies_km2(degres: Geometries) -> dict[str, float]:
    """Area of each shape given in degrees, in km², measured in Lambert-93."""
    aires = shapely.area(_reprojeter(np.array(list(degres.values())), WGS84, LAMBERT_93)) / 1e6
    return {code: float(aire) for code, aire in zip(degres, aires, strict=True)}


def points_d_etiquette(degres: Geometries, precision_m: float = 200.0) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of the centre of the largest circle held by each shape."""
    metres = _reprojeter(np.array(list(degres.values())), WGS84, LAMBERT_93)
    centres = [
        shapely.get_point(shapely.maximum_inscribed_circle(_plus_grande(forme), precision_m), 0) for forme in metres
    ]
    points = shapely.get_coordinates(_reprojeter(np.array(centres), LAMBERT_93, WGS84))
    return {code: (round(float(x), 5), round(float(y), 5)) for code, (x, y) in zip(degres, points, strict=True)}


def _combler(formes: Geometries, lacunes: Mapping[str, str], journal: Reparations) -> None:
    for contour in _plus_grande(shapely.union_all(list(formes.values()))).interiors:
        vide = shapely.Polygon(contour)
        if vide.area < LACUNE_M2:
            continue
        bords = {code: formes[code].boundary.intersection(contour).length for code in lacunes if code in formes}
        code = max(bords, key=lambda c: bords[c], default="")
        if not code or not bords[code]:
            raise CouvertureInvalide(f"Lacune inexpliquée de {vide.area / 1e6:.2f} km² entre les communes.")
        formes[code] = shapely.union(formes[code], vide)
        journal.lignes.append(f"{code} : {lacunes[code]}, {vide.area / 1e6:.2f} km² rattachés")


def _absorber(formes: Geometries, journal: Reparations) -> None:
    """Give the tiny detached pieces of a commune to the neighbour with the longest border."""
    codes = list(formes)
    arbre = shapely.STRtree([formes[code] for code in codes])
    for code in codes:
        parties = shapely.get_parts(formes[code])
        fragments = [p for p in parties if p.area < FRAGMENT_M2] if len(parties) > 1 else []
        for fragment in fragments:
            voisins = [codes[i] for i in arbre.query(fragment, predicate="intersects") if codes[i] != code]
            accueil = max(voisins, key=lambda v: formes[v].boundary.intersection(fragment.boundary).length)
            formes[accueil] = shapely.union(formes[accueil], fragment)
            journal.lignes.append(f"{code} : fragment isolé de {fragment.area:.0f} m² rattaché à {accueil}")
        if fragments:
            formes[code] = shapely.union_all([p for p in parties if p.area >= FRAGMENT_M2])


def _plus_grande(forme: Any) -> Any:
    return max(shapely.get_parts(forme), key=lambda partie: partie.area)


def _reprojeter(formes: Any, origine: int, cible: int) -> Any:
    return np.asarray(gpd.GeoSeries(list(formes), crs=origine).to_crs(cible).array)
