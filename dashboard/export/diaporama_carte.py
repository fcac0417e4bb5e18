"""A map as native vectors: one editable shape a territory, named and described, in one group, with its legend.

The shapes are those of the site (``geo/carte``), clipped to the frame. Boundary: knows classes and states, never an
indicator: which class a territory has is decided by the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pptx.enum.text import PP_ALIGN

from dashboard.export import diaporama_formes as formes
from dashboard.export.diaporama_formes import Pastille, Point, Vue, Zone
from dashboard.export.diaporama_theme import Cadre, ecrire
from dashboard.geo.carte_svg import NUMEROS, cadrer, projeter
from dashboard.settings import RACINE

if TYPE_CHECKING:
    from dashboard.geo.carte_svg import Cadre as Repere

FICHIERS = {"departement": "departements", "epci": "epci", "commune": "communes"}
#: Room around the territory zoomed to, as a share of it; height of the legend and of its keys (inches).
AIR, LEGENDE, CLE = 0.06, 0.78, 0.13
#: Size of a point in the legend (0–100).
DISQUE = 8
#: Classes on which a name is written in white.
SOMBRES = 4

Trace = tuple[Mapping[str, Any], list[list[Point]]]


@dataclass(frozen=True, slots=True)
class Carte:
    """A map: level, territories by code, the territory it zooms to, the one chosen, its legend, its points.

    ``paliers`` are classes (« c3 ») and their words, ``signes`` states (« etat-s », « point-retard ») and theirs.
    """

    niveau: str
    zones: Mapping[str, Zone]
    cadre: str | None = None
    choisi: str | None = None
    titre: str = ""
    paliers: tuple[tuple[str, str], ...] = ()
    signes: tuple[tuple[str, str], ...] = ()
    points: tuple[Pastille, ...] = ()


def poser(diapo: Any, carte: Carte, cadre: Cadre, description: str) -> None:
    """Draw the map and its legend in a place of a slide; ``description`` is its text alternative.

    The last thing to put on a slide: each shape that python-pptx adds reads the numbers of all those there are.
    """
    tous = _traces(carte.niveau)
    vises = [t for p, t in tous if carte.cadre in (p["code"], p["departement"], p["epci"])]
    dessin = cadre._replace(h=cadre.h - LEGENDE)
    vue = _cadrer(vises or [t for _, t in tous], dessin, large=bool(vises))
    if carte.niveau == "departement" and not vises:
        _etiquettes(diapo, carte, vue)
    _legende(diapo, carte, Cadre(cadre.x, dessin.y + dessin.h + 0.08, cadre.l, LEGENDE))
    idents = _identifiants(diapo)
    groupe = next(idents)
    ordre = sorted(tous, key=lambda t: t[0]["code"] == carte.choisi)  # the chosen one last: its border is whole
    enfants = [_zone(t, carte, vue, next(idents)) for t in ordre]
    if carte.niveau != "departement":
        limites = [anneau for _, trace in _traces("departement") for anneau in trace]
        aspect = f"<a:noFill/>{formes.trait('muted', 0.9)}"
        enfants.append(formes.lignes(next(idents), "Limites des départements", limites, vue, aspect))
    for p in carte.points:
        if vue.contient(p.x, p.y):
            enfants.append(formes.pastille(next(idents), p, vue.placer(p.x, p.y)))
    dessous = formes.groupe(groupe, dessin, "Carte", description, "".join(enfants))
    diapo.shapes.title._element.addnext(dessous)  # under its labels, read right after the title


# --- shapes of the site ----------------------------------------------------------------------------


@lru_cache
def _geojson(niveau: str) -> Any:
    return json.loads((RACINE / "geo" / "carte" / f"{FICHIERS[niveau]}.geojson").read_text(encoding="utf-8"))


@lru_cache
def _repere() -> Repere:
    """The frame of every map of the site."""
    return cadrer(_geojson("departement"))


@lru_cache
def _traces(niveau: str) -> list[Trace]:
    """Every territory of a level (its properties, its rings), projected."""
    return [
        (e["properties"], [[projeter(lon, lat, _repere()) for lon, lat in anneau[:-1]] for anneau in _anneaux(e)])
        for e in _geojson(niveau)["features"]
    ]


def _anneaux(entite: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    forme = entite["geometry"]
    for polygone in forme["coordinates"] if forme["type"] == "MultiPolygon" else [forme["coordinates"]]:
        yield from polygone


def _cadrer(traces: Sequence[list[list[Point]]], cadre: Cadre, *, large: bool) -> Vue:
    """Fit some territories in a frame; ``large`` fills the frame with their neighbours."""
    points = [p for trace in traces for anneau in trace for p in anneau]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    air = AIR * max(max(xs) - min(xs), max(ys) - min(ys)) if large else 1.0
    x0, x1, y0, y1 = min(xs) - air, max(xs) + air, min(ys) - air, max(ys) + air
    echelle = min(cadre.l / (x1 - x0), cadre.h / (y1 - y0))
    dx, dy = (cadre.l / echelle - (x1 - x0)) / 2, (cadre.h / echelle - (y1 - y0)) / 2
    boite = (x0 - dx, y0 - dy, x1 + dx, y1 + dy)
    return Vue(boite, cadre.x, cadre.y, echelle)


# --- drawing ---------------------------------------------------------------------------------------


def _identifiants(diapo: Any) -> Iterator[int]:
    dernier = max(int(e.get("id")) for e in diapo.shapes._spTree.iter("{*}cNvPr"))
    while True:
        dernier += 1
        yield dernier


def _zone(trace: Trace, carte: Carte, vue: Vue, ident: int) -> str:
    p, anneaux = trace
    zone = carte.zones.get(p["code"], Zone(None, "hors", hachure=False, texte=""))
    bord = formes.trait("line" if zone.etat == "zero" else "surface", 0.5)
    if p["code"] == carte.choisi:
        bord = formes.trait("ink", 1.75)
    return formes.forme(ident, p["nom"], zone.texte, anneaux, vue, formes.remplir(zone) + bord)


def _etiquettes(diapo: Any, carte: Carte, vue: Vue) -> None:
    """Names of the départements; the number of those too small for their name."""
    for p, _ in _traces("departement"):
        lon, lat = p["etiquette"]
        x, y = vue.placer(*projeter(lon, lat, _repere()))
        zone = carte.zones.get(p["code"])
        sombre = zone is not None and zone.etat == "valeur" and (zone.classe or 0) >= SOMBRES
        texte = p["code"] if p["code"] in NUMEROS else p["nom"]
        ecrire(
            diapo, Cadre(x - 0.8, y - 0.09, 1.6, 0.18), [(texte, True)], 9, "inv" if sombre else "ink",
            cote=PP_ALIGN.CENTER, nom=f"Étiquette {p['code']}",
        )  # fmt: skip


def _legende(diapo: Any, carte: Carte, cadre: Cadre) -> None:
    """Title, classes in order, then the other signs."""
    if carte.titre:
        ecrire(diapo, cadre._replace(h=0.2), [(carte.titre, False)], 10, "muted", nom="Titre de la légende")
    x, y, pas = cadre.x, cadre.y + 0.24, min(0.82, cadre.l / max(1, len(carte.paliers)))
    for classe, texte in carte.paliers:
        _cle(diapo, Cadre(x, y, pas, CLE), Zone(int(classe[1:]), "valeur", hachure=False, texte=texte))
        ecrire(
            diapo, Cadre(x, y + 0.15, pas, 0.17), [(texte, False)], 9, "muted", cote=PP_ALIGN.CENTER, nom="Palier",
        )  # fmt: skip
        x += pas
    x, y = cadre.x, y + (0.36 if carte.paliers else 0)
    for genre, texte in carte.signes:
        if x + len(texte) * 0.07 + 0.3 > cadre.x + cadre.l:
            x, y = cadre.x, y + 0.19
        if genre.startswith("point-"):
            _disque(diapo, x + 0.16, y + 0.09, Pastille(0, 0, DISQUE, texte, genre.removeprefix("point-")))
        else:
            etat = genre.removeprefix("etat-") or "valeur"
            _cle(diapo, Cadre(x, y + 0.02, 0.22, CLE), Zone(3 if not genre else None, etat, not genre, texte))
        ecrire(diapo, Cadre(x + 0.28, y, 3, 0.18), [(texte, False)], 9, "muted", nom="Signe")
        x += 0.5 + len(texte) * 0.07


def _cle(diapo: Any, cadre: Cadre, zone: Zone) -> None:
    aspect = formes.remplir(zone) + formes.trait("line", 0.5)
    diapo.shapes._spTree.append(formes.rectangle(next(_identifiants(diapo)), "Légende", cadre, aspect))


def _disque(diapo: Any, x: float, y: float, p: Pastille) -> None:
    forme = formes.pastille(next(_identifiants(diapo)), p, (x, y))
    diapo.shapes._spTree.append(formes.lire(forme))
