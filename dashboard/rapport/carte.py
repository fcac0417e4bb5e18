"""The map of a sheet: a territory among its neighbours, its parts coloured by hours, as a vector drawing.

Every mark carries its own colours and sizes (presentation attributes): a drawing inside a page reads no style sheet in
the PDF. Boundary: shapes and colours; what the classes mean is written by the legend of the sheet.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup, escape

from dashboard.domain import classes
from dashboard.domain import francais as fr
from dashboard.geo.carte_svg import LARGEUR, Cadre, chemin, etendue, projeter
from dashboard.settings import RACINE

#: The ramp of the site in its light theme, from the lowest class to the highest, and the other fills.
RAMPE: Final = ("#d6ebe9", "#b4d9d5", "#8cc4c0", "#60a9aa", "#2f8087", "#126470", "#0a4a56")
HORS: Final = "#eceff0"
ZERO: Final = "#ffffff"
ABSENT: Final = "#f6e3d6"
ENCRE: Final = "#17242b"
CLASSES: Final = 5
HAUTEUR: Final = 660
#: Share of the bounds left around them, so that the neighbours are seen; more around a single territory.
AUTOUR: Final = 0.08
CORPS: Final = 22.0
ETIQUETTES_MAX: Final = 12
_AIRE: Final = 0.54  # mean width of a character, in heights
_COUPE: Final = 15  # characters beyond which a name is set on two lines

FICHIERS: Final = {"region": "region", "departement": "departements", "epci": "epci", "commune": "communes"}
#: Levels drawn from the finer shapes: those of a frame a few kilometres wide.
FINS: Final = frozenset({"epci", "commune"})

Boite = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Palier:
    """One class or state of the legend: its fill and its words."""

    couleur: str
    texte: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A territory drawn: its code, its name and its value (``None``: not available)."""

    code: str
    nom: str
    valeur: float | None


def bornes(zones: Iterable[Zone]) -> tuple[float, ...]:
    """Breaks of the classes of the values drawn."""
    return classes.bornes([z.valeur for z in zones if z.valeur], CLASSES)


def couleur(valeur: float | None, limites: Sequence[float]) -> str:
    """Fill of a value: a true zero is not the lowest class, and nothing known is not a zero."""
    if valeur is None:
        return ABSENT
    if not valeur:
        return ZERO
    return RAMPE[classes.teintes(len(limites) + 1)[classes.classe(valeur, limites)]]


def dessiner(
    code: str, niveau: str, zones: Sequence[Zone], cadrage: Sequence[str], titre: str, corps: float = CORPS
) -> Markup:
    """The map: ``zones`` of one level coloured, the others in grey, the outline of the territory ``code``.

    ``niveau`` is that of the territory, ``cadrage`` the zones that the frame must hold (all of them when empty),
    ``corps`` the height of the names, in units of the drawing.
    """
    dessous = _niveau_de(zones)
    fin = niveau in FINS
    formes = _formes(dessous, fin=fin)
    tenues = [formes[c] for c in cadrage or [z.code for z in zones] if c in formes]
    cadre, boite = _cadre(tenues, AUTOUR)
    limites = bornes(zones)
    remplis = {z.code: couleur(z.valeur, limites) for z in zones}
    parties = [
        f'<svg class="carte" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LARGEUR} {HAUTEUR}" role="img" '
        f'aria-label="{escape(titre)}" fill-rule="evenodd" stroke-linejoin="round">',
        *_remplir(formes, remplis, cadre, boite),
        *_border(_formes("departement", fin=fin), cadre, boite, "#8a979e", 2.2, "7 5"),
        *_border({code: _formes(niveau, fin=fin)[code]}, cadre, boite, ENCRE, 4.5),
        *_nommer(formes, zones, code, cadre, corps),
        "</svg>",
    ]
    return Markup("").join(Markup(p) for p in parties)  # noqa: S704 - shapes of ours, texts escaped one by one


def _niveau_de(zones: Sequence[Zone]) -> str:
    """Level of the zones, from the form of their codes."""
    code = zones[0].code
    if len(code) == 2 and code.isdigit():
        return "departement"
    return "commune" if len(code) == 5 else "epci"


@lru_cache
def _formes(niveau: str, *, fin: bool) -> dict[str, dict[str, Any]]:
    """Features of a level by code, in the finer or the coarser resolution."""
    fichier = RACINE / "geo" / ("detail" if fin else "carte") / f"{FICHIERS[niveau]}.geojson"
    contenu = json.loads(fichier.read_text(encoding="utf-8"))
    return {e["properties"]["code"]: {**e, "etendue": etendue([e])} for e in contenu["features"]}


def _cadre(formes: Sequence[Mapping[str, Any]], autour: float) -> tuple[Cadre, Boite]:
    """The frame of the drawing around some shapes, and its bounds in degrees."""
    boites = [f["etendue"] for f in formes]
    ouest, sud = min(b[0] for b in boites), min(b[1] for b in boites)
    est, nord = max(b[2] for b in boites), max(b[3] for b in boites)
    cosinus = math.cos(math.radians((sud + nord) / 2))
    large, haut = (est - ouest) * cosinus * (1 + 2 * autour), (nord - sud) * (1 + 2 * autour)
    echelle = min(LARGEUR / large, HAUTEUR / haut)
    demi_large, demi_haut = LARGEUR / echelle / 2 / cosinus, HAUTEUR / echelle / 2
    milieu_x, milieu_y = (ouest + est) / 2, (sud + nord) / 2
    cadre = Cadre(milieu_x - demi_large, milieu_y + demi_haut, echelle, cosinus, HAUTEUR)
    return cadre, (milieu_x - demi_large, milieu_y - demi_haut, milieu_x + demi_large, milieu_y + demi_haut)


def _vues(formes: Mapping[str, Mapping[str, Any]], boite: Boite) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Shapes that meet the frame."""
    for code, forme in formes.items():
        o, s, e, n = forme["etendue"]
        if o < boite[2] and e > boite[0] and s < boite[3] and n > boite[1]:
            yield code, forme


def _remplir(
    formes: Mapping[str, Mapping[str, Any]], remplis: Mapping[str, str], cadre: Cadre, boite: Boite
) -> Iterator[str]:
    """Every shape in view: its colour when it is one of the zones, grey otherwise."""
    vues = sorted(_vues(formes, boite), key=lambda paire: paire[0] in remplis)
    for code, forme in vues:
        dedans = code in remplis
        trait = "#5f7078" if remplis.get(code) in (ZERO, ABSENT) else "#ffffff"
        yield (
            f'<path d="{chemin(forme, cadre)}" fill="{remplis.get(code, HORS)}" '
            f'stroke="{trait}" stroke-width="{1.6 if dedans else 1.2}"/>'
        )


def _border(
    formes: Mapping[str, Mapping[str, Any]], cadre: Cadre, boite: Boite, trait: str, epaisseur: float, tirets: str = ""
) -> Iterator[str]:
    """Outlines of the shapes in view."""
    tire = f' stroke-dasharray="{tirets}"' if tirets else ""
    for _, forme in _vues(formes, boite):
        yield (f'<path d="{chemin(forme, cadre)}" fill="none" stroke="{trait}" stroke-width="{epaisseur}"{tire}/>')


# --- names ------------------------------------------------------------------------------------------------


def _nommer(
    formes: Mapping[str, Mapping[str, Any]], zones: Sequence[Zone], code: str, cadre: Cadre, corps: float
) -> Iterator[str]:
    """Names that have room: the territory itself, then those with most hours; none covers another."""
    posees: list[Boite] = []
    connues = [z for z in zones if z.valeur or z.code == code] if any(z.valeur for z in zones) else zones
    for zone in sorted(connues, key=lambda z: (z.code != code, -(z.valeur or 0), z.nom)):
        if len(posees) >= ETIQUETTES_MAX * CORPS / corps or zone.code not in formes:
            continue
        lon, lat = formes[zone.code]["properties"]["etiquette"]
        x, y = projeter(lon, lat, cadre)
        lignes = _couper(zone.nom)
        demi = max(len(li) for li in lignes) * corps * _AIRE / 2
        haut = len(lignes) * corps * 1.1 / 2
        place = (x - demi, y - haut, x + demi, y + haut)
        if place[0] < 4 or place[2] > LARGEUR - 4 or place[1] < 4 or place[3] > HAUTEUR - 4:
            continue
        if any(place[0] < b[2] and place[2] > b[0] and place[1] < b[3] and place[3] > b[1] for b in posees):
            continue
        posees.append(place)
        yield from _etiquette(lignes, x, y, corps, gras=zone.code == code)


def _couper(nom: str) -> list[str]:
    """A name on one line, or on two when it is long: the break nearest to the middle."""
    coupes = [i for i, c in enumerate(nom) if c in " -"]
    if len(nom) <= _COUPE or not coupes:
        return [nom]
    milieu = min(coupes, key=lambda i: abs(i - len(nom) / 2))
    return [nom[: milieu + 1].rstrip(), nom[milieu + 1 :]]


def _etiquette(lignes: Sequence[str], x: float, y: float, corps: float, *, gras: bool) -> Iterator[str]:
    """One name: a white halo under dark letters."""
    poids = "700" if gras else "400"
    commun = f'font-family="Liberation Sans, Arial, sans-serif" font-size="{corps:g}" font-weight="{poids}" '
    blanc = f'stroke="#ffffff" stroke-width="{corps / CORPS * 5:g}" fill="#ffffff"'
    for halo in (f"{blanc} {commun}", f'fill="{ENCRE}" {commun}'):
        for rang, ligne in enumerate(lignes):
            bas = y + corps * (0.36 + 1.1 * (rang - (len(lignes) - 1) / 2))
            yield f'<text x="{x:.1f}" y="{bas:.1f}" text-anchor="middle" {halo}>{escape(ligne)}</text>'


# --- legend -----------------------------------------------------------------------------------------------


def paliers(zones: Sequence[Zone], aucun: str = "aucune heure") -> Iterator[Palier]:
    """Classes of the map, then the states present; ``aucun`` says a true zero."""
    limites = bornes(zones)
    if any(z.valeur for z in zones):
        teintes = classes.teintes(len(limites) + 1)
        for teinte, (bas, haut) in zip(teintes, classes.intervalles(limites), strict=True):
            yield Palier(RAMPE[teinte], _palier(bas, haut))
    if any(z.valeur == 0 for z in zones):
        yield Palier(ZERO, aucun)
    if any(z.valeur is None for z in zones):
        yield Palier(ABSENT, "nd : non disponible")


def _palier(bas: float | None, haut: float | None) -> str:
    if bas is None:
        return "toutes" if haut is None else f"moins de {fr.abrege_court(haut)}"
    if haut is None:
        return f"{fr.abrege_court(bas)} et plus"
    return f"{fr.abrege_court(bas)} à {fr.abrege_court(haut)}"
