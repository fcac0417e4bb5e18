"""Freeforms of DrawingML: the rings of a territory as one native shape, clipped to a frame. Knows shapes and colours.

Written as XML because a map has a thousand of them: python-pptx's own builder adds them point by point.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

from dashboard.contenu.tableau import lisible
from dashboard.export.diaporama_theme import COULEURS, Cadre

#: Units of the file in an inch; coordinates inside a shape are in twentieths of a point.
POUCE, TWIP = 914_400, 635
#: Radius of the largest and of the smallest point, in inches.
RAYON, RAYON_MIN = 0.2, 0.04
#: Colour of a point by the state of what it counts; its sign is written in it when there is room.
ETATS = {"retard": "down", "surveiller": "warn", "temps": "accent", "avance": "up", "atteint": "up",
         "non_atteint": "down", "non_demarre": "muted", "nd": "muted"}  # fmt: skip
SIGNE_MIN = 0.07

Point = tuple[float, float]
Boite = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Zone:
    """What a territory shows: its class in the ramp, its state, low coverage, its number in words."""

    classe: int | None
    etat: str
    hachure: bool
    texte: str


@dataclass(frozen=True, slots=True)
class Vue:
    """The part of the drawing that is shown (``boite``, units of the site), and where it falls on the slide."""

    boite: Boite
    gauche: float
    haut: float
    echelle: float

    def placer(self, x: float, y: float) -> Point:
        """A point of the drawing, in inches on the slide."""
        return self.gauche + (x - self.boite[0]) * self.echelle, self.haut + (y - self.boite[1]) * self.echelle

    def contient(self, x: float, y: float) -> bool:
        """Whether a point of the drawing is shown."""
        return self.boite[0] <= x <= self.boite[2] and self.boite[1] <= y <= self.boite[3]


def couper(anneau: Sequence[Point], boite: Boite) -> list[Point]:
    """The part of a ring inside a box (Sutherland–Hodgman); empty when there is none."""
    points = list(anneau)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if min(xs) >= boite[0] and min(ys) >= boite[1] and max(xs) <= boite[2] and max(ys) <= boite[3]:
        return points
    if max(xs) < boite[0] or max(ys) < boite[1] or min(xs) > boite[2] or min(ys) > boite[3]:
        return []
    for axe, limite, garde in ((0, boite[0], 1), (0, boite[2], -1), (1, boite[1], 1), (1, boite[3], -1)):
        sortie: list[Point] = []
        for avant, point in zip([*points[-1:], *points[:-1]], points, strict=True):
            dedans, etait_dedans = garde * (point[axe] - limite) >= 0, garde * (avant[axe] - limite) >= 0
            if dedans != etait_dedans:
                part = (limite - avant[axe]) / (point[axe] - avant[axe])
                sortie.append((avant[0] + part * (point[0] - avant[0]), avant[1] + part * (point[1] - avant[1])))
            if dedans:
                sortie.append(point)
        points = sortie
    return points


# --- appearance ------------------------------------------------------------------------------------


def plein(couleur: str) -> str:
    """A plain fill."""
    return f'<a:solidFill><a:srgbClr val="{COULEURS[couleur]}"/></a:solidFill>'


def trait(couleur: str, points: float) -> str:
    """A line of a width in points."""
    return f'<a:ln w="{round(points * 12700)}">{plein(couleur)}</a:ln>'


def _motif(nom: str, avant: str, fond: str) -> str:
    clair, sombre = (f'<a:srgbClr val="{COULEURS[c]}"/>' for c in (fond, avant))
    return f'<a:pattFill prst="{nom}"><a:fgClr>{sombre}</a:fgClr><a:bgClr>{clair}</a:bgClr></a:pattFill>'


def remplir(zone: Zone) -> str:
    """How a territory is filled: its class, hatched when its coverage is low, or the pattern of its state."""
    if zone.etat in ("s", "nd"):
        return _motif("wdDnDiag" if zone.etat == "s" else "pct20", "trame", "nd")
    if zone.etat == "hors":
        return plein("hors")
    couleur = "inv" if zone.classe is None else f"r{zone.classe}"
    if zone.hachure:
        return _motif("wdUpDiag", "trame" if zone.classe is None else "inv", couleur)
    return plein(couleur)


# --- shapes ----------------------------------------------------------------------------------------


def _ouvrir(ident: int, nom: str, description: str) -> str:
    nom, description = quoteattr(lisible(nom)), quoteattr(lisible(description))
    propriete = f'<p:cNvPr id="{ident}" name={nom} descr={description}/>'
    return f"<p:sp><p:nvSpPr>{propriete}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"


def _place(x: int, y: int, largeur: int, hauteur: int) -> str:
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{largeur}" cy="{hauteur}"/></a:xfrm>'


def groupe(ident: int, cadre: Cadre, nom: str, description: str, enfants: str) -> Any:
    """A group of shapes that keep their own coordinates."""
    x, y, largeur, hauteur = cadre.emu
    place = _place(x, y, largeur, hauteur).replace(
        "</a:xfrm>", f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{largeur}" cy="{hauteur}"/></a:xfrm>'
    )
    return parse_xml(
        f'<p:grpSp {nsdecls("p", "a")}><p:nvGrpSpPr><p:cNvPr id="{ident}" name={quoteattr(nom)} '
        f"descr={quoteattr(description)}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>{place}</p:grpSpPr>"
        f"{enfants}</p:grpSp>"
    )


def forme(ident: int, nom: str, description: str, anneaux: Sequence[Sequence[Point]], vue: Vue, aspect: str) -> str:
    """A freeform of the parts of some rings inside the frame; nothing when there is none."""
    return _libre(ident, nom, description, _places(anneaux, vue), aspect, None)


def lignes(ident: int, nom: str, anneaux: Sequence[Sequence[Point]], vue: Vue, aspect: str) -> str:
    """The same rings as lines: the sides that clipping has laid on the frame are not drawn."""
    bords = (vue.placer(*vue.boite[:2]), vue.placer(*vue.boite[2:]))
    return _libre(ident, nom, "", _places(anneaux, vue), aspect, bords)


def _places(anneaux: Sequence[Sequence[Point]], vue: Vue) -> list[list[Point]]:
    coupes = (couper(a, vue.boite) for a in anneaux)
    return [[vue.placer(*p) for p in a] for a in coupes if len(a) > 2]


def _libre(
    ident: int, nom: str, description: str, anneaux: list[list[Point]], aspect: str, bords: tuple[Point, Point] | None
) -> str:
    if not anneaux:
        return ""
    xs, ys = [x for a in anneaux for x, _ in a], [y for a in anneaux for _, y in a]
    x, y = int(Inches(min(xs))), int(Inches(min(ys)))
    largeur, hauteur = max(int(Inches(max(xs))) - x, TWIP), max(int(Inches(max(ys))) - y, TWIP)
    chemins = "".join(_chemin(a, x, y, bords) for a in anneaux)
    vide = "" if bords is None else ' fill="none"'
    return (
        f"{_ouvrir(ident, nom, description)}{_place(x, y, largeur, hauteur)}<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/>"
        '<a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{largeur // TWIP}" h="{hauteur // TWIP}"{vide}>{chemins}</a:path></a:pathLst></a:custGeom>'
        f"{aspect}</p:spPr></p:sp>"
    )


def _chemin(anneau: Sequence[Point], x: int, y: int, bords: tuple[Point, Point] | None) -> str:
    morceaux: list[str] = []
    dernier: tuple[int, int] | None = None
    for rang, point in enumerate(anneau if bords is None else [*anneau, anneau[0]]):
        place = ((int(point[0] * POUCE) - x) // TWIP, (int(point[1] * POUCE) - y) // TWIP)
        saute = rang == 0 or (bords is not None and _au_bord(anneau[rang - 1], point, bords))
        if place == dernier and not saute:
            continue
        balise = "moveTo" if saute else "lnTo"
        morceaux.append(f'<a:{balise}><a:pt x="{place[0]}" y="{place[1]}"/></a:{balise}>')
        dernier = place
    return "".join(morceaux) + ("<a:close/>" if bords is None else "")


def _au_bord(a: Point, b: Point, bords: tuple[Point, Point]) -> bool:
    """Whether a side lies on the frame."""
    cotes = [(c[i], i) for c in bords for i in (0, 1)]
    return any(math.isclose(a[i], v, abs_tol=1e-6) and math.isclose(b[i], v, abs_tol=1e-6) for v, i in cotes)


@dataclass(frozen=True, slots=True)
class Pastille:
    """A point over the map: its place in the frame of the site, its size (0–100), its words (« nom — suite »).

    ``etat`` is the state it shows, ``signe`` the sign of that state.
    """

    x: float
    y: float
    taille: float
    texte: str
    etat: str = ""
    signe: str = ""


def pastille(ident: int, p: Pastille, centre: Point) -> str:
    """A disc whose area is in proportion of the size of a point."""
    nom, _, suite = p.texte.partition(" — ")
    rayon = max(RAYON_MIN, RAYON * math.sqrt(max(p.taille, 0) / 100))
    cote = int(Inches(2 * rayon))
    place = _place(int(Inches(centre[0] - rayon)), int(Inches(centre[1] - rayon)), cote, cote)
    couleur = ETATS.get(p.etat, "engaged")
    rempli = plein(couleur).replace("/></a:solidFill>", '><a:alpha val="78000"/></a:srgbClr></a:solidFill>')
    signe = _signe(p.signe) if p.signe and rayon >= SIGNE_MIN else ""
    return (
        f'{_ouvrir(ident, nom, suite)}{place}<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>{rempli}'
        f"{trait('surface', 0.5)}</p:spPr>{signe}</p:sp>"
    )


def _signe(texte: str) -> str:
    """A sign in the middle of a disc."""
    return (
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/><a:p><a:pPr '
        f'algn="ctr"/><a:r><a:rPr lang="fr-FR" sz="700" b="1">{plein("surface")}</a:rPr><a:t>{texte}</a:t></a:r></a:p>'
        "</p:txBody>"
    )


def lire(xml: str) -> Any:
    """A shape alone, outside any group."""
    return parse_xml(xml.replace("<p:sp>", f"<p:sp {nsdecls('p', 'a')}>", 1))


def rectangle(ident: int, nom: str, cadre: Cadre, aspect: str) -> Any:
    """A rectangle with the look of a territory: a key of the legend."""
    x, y, largeur, hauteur = cadre.emu
    geometrie = f'{_place(x, y, largeur, hauteur)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return lire(f"{_ouvrir(ident, nom, '')}{geometrie}{aspect}</p:spPr></p:sp>")
