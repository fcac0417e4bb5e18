"""The preview picture of a page, as the social networks and the messaging services show it: 1200 × 630 pixels.

Left: the question, the finding, the key figures. Right: a figure. Foot: source, date, demonstration. Boundary: places
texts and drawings already made; chooses no number and no figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from dashboard.domain import francais as fr
from dashboard.export.image import POLICE, abreger, ajuster, largeur
from dashboard.figures.theme import JETONS

LARGEUR: Final = 1200
HAUTEUR: Final = 630
NOM: Final = "Observatoire des clauses sociales"
DEMONSTRATION: Final = "Données de démonstration"
#: Left and right of the page, where the figure begins, top of the body, its bottom, the line of the foot.
MARGE, FIGURE, HAUT, BAS, PIED = 56.0, 660.0, 112.0, 548.0, 594.0
#: Width of the texts beside a figure, and alone.
COLONNE, ENTIERE = FIGURE - MARGE - 44, LARGEUR - 2 * MARGE
TAILLES: Final = (40.0, 36.0, 33.0, 30.0, 27.0, 25.0)
INTERLIGNE, CHIFFRES_MAX, HAUT_CHIFFRES = 1.2, 2, 112.0
JETON: Final = {
    **JETONS["light"], "page": "#f5f7f8", "accent": "#0f6674", "warn": "#8a5a00", "warn-bg": "#fff6e0",
    "hors": "#e9ebec", "trame": "#a9b5bb", "inv": "#ffffff", "soft": "#e8f2f3",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Legende:
    """One key of a figure: its fill (a colour, or ``url(#…)`` of the figure), its words."""

    teinte: str
    texte: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: title, ``<svg …>`` with a ``viewBox``, keys, and what it leaves out."""

    titre: str
    dessin: str
    legende: tuple[Legende, ...] = ()


@dataclass(frozen=True, slots=True)
class Apercu:
    """What a picture shows: ``chiffres`` are (value, name); ``pied`` is the source and the date."""

    question: str
    constat: str
    chiffres: tuple[tuple[str, str], ...]
    figure: Figure | None
    pied: str
    demo: bool


def svg(a: Apercu) -> str:
    """The picture as an SVG that stands alone."""
    parties = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LARGEUR}" height="{HAUTEUR}" '
        f'viewBox="0 0 {LARGEUR} {HAUTEUR}" font-family="{POLICE}" fill="{JETON["ink"]}">',
        f"<style>{_style()}</style>",
        f'<rect width="{LARGEUR}" height="{HAUTEUR}" fill="{JETON["surface"]}"/>',
        f'<rect width="{LARGEUR}" height="10" fill="{JETON["accent"]}"/>',
        *_entete(a),
        *_texte(a),
        *(_figure(a.figure) if a.figure else ()),
        *_pied(a),
        "</svg>",
    ]
    return re.sub(r"var\(--([\w-]+)\)", lambda m: JETON[m[1]], "".join(parties))


def _style() -> str:
    """The classes of the maps and of the charts of the site, with the colours of its light theme."""
    rampe = "".join(f".c{i}{{fill:{JETON[f'r{i}']}}}" for i in range(7))
    return (
        f"{rampe}.zone{{stroke:#fff;stroke-width:2}}.dense .zone{{stroke-width:.7}}.etat-s{{fill:url(#trame-s)}}"
        f".etat-nd{{fill:url(#trame-nd)}}.hors{{fill:{JETON['hors']}}}.etat-zero{{fill:#fff;stroke:{JETON['muted']}}}"
        f".contours path{{fill:none;stroke:{JETON['muted']};stroke-width:1.6}}"
        f".trait{{fill:none;stroke:{JETON['ink']};stroke-width:4}}"
        f".etiquettes text{{font-size:32px;font-weight:600;text-anchor:middle;dominant-baseline:central}}"
        f".etiquettes .inv{{fill:#fff}}.trame-fond-s,.trame-fond-nd{{fill:{JETON['nd']}}}"
        f".trame-trait{{stroke:#fff;stroke-width:2.4}}.trame-nd{{stroke:{JETON['trame']}}}"
        f".trame-s{{fill:{JETON['trame']}}}"
        f".figure-svg text{{font-size:13px;fill:{JETON['muted']}}}.figure-svg .grille{{stroke:{JETON['line']}}}"
        ".figure-svg .courbe{fill:none;stroke-width:2.4;stroke-linejoin:round;stroke-linecap:round}"
    )


def _mots(
    x: float, y: float, texte: str, corps: float, teinte: str = "ink", poids: int = 400, fin: bool = False
) -> str:
    ancre = ' text-anchor="end"' if fin else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{corps:g}" font-weight="{poids}" fill="{JETON[teinte]}"{ancre}>'
        f"{escape(texte)}</text>"
    )


def _entete(a: Apercu) -> Iterator[str]:
    """The mark and the name of the site; the demonstration said at the right."""
    yield f'<rect x="{MARGE}" y="38" width="30" height="30" rx="6" fill="{JETON["accent"]}"/>'
    yield f'<rect x="{MARGE + 15}" y="38" width="15" height="30" rx="6" fill="{JETON["r2"]}"/>'
    yield _mots(MARGE + 44, 61, NOM, 25, poids=600)
    yield _mots(MARGE + 54 + largeur(NOM, 25, 600), 61, "Île-de-France", 22, "muted")
    if a.demo:
        large = largeur(DEMONSTRATION, 21, 600) + 36
        x = LARGEUR - MARGE - large
        yield f'<rect x="{x:.1f}" y="35" width="{large:.1f}" height="36" rx="18" fill="{JETON["warn-bg"]}"/>'
        yield _mots(x + 18, 60, DEMONSTRATION, 21, "warn", 600)


def _texte(a: Apercu) -> Iterator[str]:
    """Question, finding, key figures, from top to bottom."""
    place = COLONNE if a.figure else ENTIERE
    yield _mots(MARGE, HAUT + 22, abreger(fr.composer(a.question), 23, place, 600), 23, "accent", 600)
    fond = BAS - (HAUT_CHIFFRES if a.chiffres else 0)
    corps, lignes = ajuster(fr.composer(a.constat), TAILLES, place, fond - HAUT - 44, INTERLIGNE, 600)
    for rang, ligne in enumerate(lignes):
        yield _mots(MARGE, HAUT + 44 + corps * (0.95 + rang * INTERLIGNE), ligne, corps, poids=600)
    chiffres = a.chiffres[:CHIFFRES_MAX]
    for rang, (valeur, nom) in enumerate(chiffres):
        pas = place / max(2, len(chiffres))
        x = MARGE + rang * pas
        corps, mots = ajuster(fr.composer(nom), (19.0, 18.0), pas - 34, 46, 1.2)
        dessus = BAS - 36 - 22 * len(mots)
        yield f'<rect x="{x:.1f}" y="{dessus:.1f}" width="4" height="{BAS - dessus - 4:.1f}" rx="2" fill="var(--r2)"/>'
        yield _mots(x + 16, dessus + 33, abreger(fr.composer(valeur), 42, pas - 24, 600), 42, "accent", 600)
        for k, mot in enumerate(mots):
            yield _mots(x + 16, dessus + 58 + 22 * k, mot, corps, "muted")


def _figure(f: Figure) -> Iterator[str]:
    """Title, drawing as large as the place allows, keys under it."""
    place = LARGEUR - MARGE - FIGURE
    lignes = list(_rangees(f.legende, place))
    yield f'<rect x="{FIGURE - 22}" y="{HAUT - 8}" width="1.5" height="{BAS - HAUT + 8}" fill="{JETON["line"]}"/>'
    corps, titre = ajuster(fr.composer(f.titre), (21.0, 19.0), place, 52, 1.2, 600)
    for rang, mots in enumerate(titre):
        yield _mots(FIGURE, HAUT + 22 + rang * corps * 1.2, mots, corps, poids=600)
    dessus = HAUT + 14 + len(titre) * corps * 1.2
    haut = BAS - dessus - 6 - 30 * len(lignes)
    cadre = f'x="{FIGURE:g}" y="{dessus:g}" width="{place:g}" height="{haut:g}" preserveAspectRatio="xMidYMid meet"'
    yield f.dessin.replace("<svg ", f"<svg {cadre} ", 1)
    for rang, ligne in enumerate(lignes):
        y = BAS - 30 * (len(lignes) - 1 - rang) - 8
        for x, cle in ligne:
            if not cle.teinte:
                yield _mots(FIGURE + x, y, fr.composer(cle.texte), 18, "muted")
                continue
            carre = f'x="{FIGURE + x:.1f}" y="{y - 14:.1f}" width="17" height="17" rx="3" fill="{escape(cle.teinte)}"'
            yield f'<rect {carre} stroke="{JETON["trame"]}" stroke-width=".8"/>'
            yield _mots(FIGURE + x + 24, y, fr.composer(cle.texte), 18, "muted")


def _rangees(legende: Sequence[Legende], place: float) -> Iterator[list[tuple[float, Legende]]]:
    """Keys in lines: where each begins."""
    ligne: list[tuple[float, Legende]] = []
    x = 0.0
    for cle in legende:
        large = (24 if cle.teinte else 0) + largeur(fr.composer(cle.texte), 18) + 20
        if ligne and x + large - 20 > place:
            yield ligne
            ligne, x = [], 0.0
        ligne.append((x, cle))
        x += large
    if ligne:
        yield ligne


def _pied(a: Apercu) -> Iterator[str]:
    yield f'<rect x="{MARGE}" y="{BAS + 14}" width="{ENTIERE}" height="1.5" fill="{JETON["line"]}"/>'
    yield _mots(MARGE, PIED + 6, abreger(fr.composer(a.pied), 19, ENTIERE), 19, "muted")
