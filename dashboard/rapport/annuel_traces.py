"""The vector drawings of the annual report: lines over time and columns, from the native chart of a bloc.

Marks carry their own colours and sizes: a drawing inside a page reads no style sheet in the PDF. Boundary: numbers to
drawing; which chart a bloc becomes is said by :mod:`dashboard.contenu.graphique`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from dashboard.contenu.tableau import Etat, ecrire
from dashboard.contenu.territoires_distribution import largeur_lisible
from dashboard.domain import francais as fr
from dashboard.export.couleurs import couleurs
from dashboard.figures.theme import JETONS

if TYPE_CHECKING:
    from dashboard.contenu.graphique import Graphique, Serie
    from dashboard.contenu.tableau import Format

#: Width of a drawing on the whole width of the page and on half of it, and their height, in pixels.
LARGEUR, DEMI, HAUTEUR = 860, 430, 190
_GAUCHE, _DROITE, _HAUT, _BAS, _CORPS = 58, 16, 14, 26, 13
_POLICE: Final = f'font-family="Liberation Sans, Arial, sans-serif" font-size="{_CORPS}"'
_ENCRE, _MUET, _TRAIT = "#17242b", "#56656e", "#dde4e8"
#: Graduations aimed at; width of a character of an axis, in pixels; points under which each one is marked.
GRADUATIONS, _AIRE, POINTS = 4, 7.0, 24
#: Multiple of which a graduation must be, by format.
PAS: Final[dict[str, float]] = {"part": 0.01, "decimal": 0.1}


def teintes(g: Graphique) -> list[str]:
    """A colour a series, that of the site."""
    return [JETONS["light"][nom] for nom in couleurs([s.nom for s in g.series])]


def axe(valeur: float, forme: Format) -> str:
    """A number on an axis or on a column: short."""
    return fr.pourcent(valeur) if forme == "part" else fr.abrege_court(valeur)


def tracer(g: Graphique, titre: str, large: int = LARGEUR) -> Markup:
    """The chart of a time or of classes in order, ``large`` pixels wide, with its text alternative."""
    graduations = _graduations(g)
    corps = _courbes(g, graduations[-1], large) if g.genre == "courbe" else _colonnes(g, graduations[-1], large)
    parties = [
        f'<svg class="trace" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {large} {HAUTEUR}" role="img" '
        f'aria-label="{escape(titre)} : {escape(_alternative(g))}">',
        *_grille(graduations, g.forme, large),
        *corps,
        *_abscisses(g, large),
        "</svg>",
    ]
    return Markup("").join(Markup(p) for p in parties)  # noqa: S704 - marks of ours, texts escaped one by one


def _alternative(g: Graphique) -> str:
    """The numbers of the drawing in words, the first and the last ones when there are many."""
    dites = []
    for s in g.series:
        paires = [(c, ecrire(v, g.forme)) for c, v in zip(g.categories, s.cellules, strict=True)]
        vues = paires if len(paires) <= POINTS else [paires[0], paires[-1]]
        dites.append(f"{s.nom}, " + " ; ".join(f"{c} : {v}" for c, v in vues))
    return ". ".join(dites)


def maximum(g: Graphique) -> float:
    if g.genre.endswith("_empilees"):
        totaux = [sum(v or 0.0 for v in rang) for rang in zip(*(s.valeurs for s in g.series), strict=True)]
        return max(totaux, default=0.0)
    return max((v for s in g.series for v in s.valeurs if v is not None), default=0.0)


def _graduations(g: Graphique) -> list[float]:
    """Readable values of the axis, from zero to above the greatest."""
    sommet = maximum(g) or 1.0
    pas = largeur_lisible(sommet, PAS.get(g.forme, 1.0), GRADUATIONS)
    valeurs, n = [0.0], 1
    while valeurs[-1] < sommet * (1 - 1e-9):
        valeurs.append(round(pas * n, 6))
        n += 1
    return valeurs


def _y(valeur: float, sommet: float) -> float:
    return HAUTEUR - _BAS - valeur / sommet * (HAUTEUR - _BAS - _HAUT)


def _grille(graduations: Sequence[float], forme: Format, large: int) -> Iterator[str]:
    for valeur in graduations:
        y = _y(valeur, graduations[-1])
        yield (
            f'<path d="M{_GAUCHE} {y:.1f}H{large - _DROITE}" stroke="{_TRAIT if valeur else "#81919a"}" '
            f'stroke-width="1"/><text x="{_GAUCHE - 7}" y="{y + 4.5:.1f}" text-anchor="end" {_POLICE} '
            f'fill="{_MUET}">{escape(axe(valeur, forme))}</text>'
        )


def _x(rang: int, g: Graphique, large: int) -> float:
    """Middle of a category."""
    return _GAUCHE + (large - _GAUCHE - _DROITE) * (rang + 0.5) / len(g.categories)


def _abscisses(g: Graphique, large: int) -> Iterator[str]:
    """Names of the categories, as many as there is room for: all, or one in two, three…"""
    noms = [_court(c) for c in g.categories]
    place = (large - _GAUCHE - _DROITE) / len(noms)
    un_sur = max(1, -int(-(max(len(n) for n in noms) * _AIRE + 8) // place))
    for rang, nom in enumerate(noms):
        if rang % un_sur == 0:
            yield (
                f'<text x="{_x(rang, g, large):.1f}" y="{HAUTEUR - 7}" text-anchor="middle" {_POLICE} '
                f'fill="{_MUET}">{escape(nom)}</text>'
            )


def _court(categorie: str) -> str:
    """« janv. 2025 » for a month, the text itself otherwise."""
    mois, _, annee = categorie.partition(" ")
    if mois not in fr.MOIS or not annee.isdigit():
        return categorie
    courts = {"janvier": "janv.", "février": "févr.", "avril": "avr.", "juillet": "juil.", "septembre": "sept.",
              "octobre": "oct.", "novembre": "nov.", "décembre": "déc."}  # fmt: skip
    return f"{courts.get(mois, mois)} {annee}"


def _courbes(g: Graphique, sommet: float, large: int) -> Iterator[str]:
    """One line a series, broken at the gaps; the bounds of an interval are dashed."""
    for serie, teinte in zip(g.series, teintes(g), strict=True):
        tire = ' stroke-dasharray="5 4"' if borne(serie) else ""
        for morceau in _morceaux(serie):
            points = " ".join(f"{_x(rang, g, large):.1f},{_y(v, sommet):.1f}" for rang, v in morceau)
            yield (
                f'<polyline points="{points}" fill="none" stroke="{teinte}" stroke-width="2.4" '
                f'stroke-linejoin="round" stroke-linecap="round"{tire}/>'
            )
            if len(g.categories) <= POINTS or len(morceau) == 1:
                for rang, v in morceau:
                    yield f'<circle cx="{_x(rang, g, large):.1f}" cy="{_y(v, sommet):.1f}" r="3" fill="{teinte}"/>'


def borne(serie: Serie) -> bool:
    """Whether a series is the bound of an interval rather than a measure."""
    return any(mot in serie.nom.lower() for mot in ("bas", "haut"))


def _morceaux(serie: Serie) -> Iterator[list[tuple[int, float]]]:
    """Runs of the points that have a number."""
    morceau: list[tuple[int, float]] = []
    for rang, v in enumerate(serie.valeurs):
        if v is not None:
            morceau.append((rang, v))
        elif morceau:
            yield morceau
            morceau = []
    if morceau:
        yield morceau


def _colonnes(g: Graphique, sommet: float, large: int) -> Iterator[str]:
    """Columns side by side or stacked; a number on each when there is one series, the state of a gap always."""
    empile, combien = g.genre == "colonnes_empilees", len(g.series)
    pas = (large - _GAUCHE - _DROITE) / len(g.categories)
    epaisse = pas * 0.7 / (1 if empile else combien)
    base = [0.0] * len(g.categories)
    for k, (serie, teinte) in enumerate(zip(g.series, teintes(g), strict=True)):
        for rang, (v, cellule) in enumerate(zip(serie.valeurs, serie.cellules, strict=True)):
            x = _x(rang, g, large) - pas * 0.35 + (0 if empile else k * epaisse)
            bas, haut = _y(base[rang], sommet), _y(base[rang] + (v or 0.0), sommet)
            if v:
                yield (
                    f'<rect x="{x:.1f}" y="{haut:.1f}" width="{epaisse:.1f}" height="{bas - haut:.1f}" '
                    f'fill="{teinte}"/>'
                )
            base[rang] += (v or 0.0) if empile else 0.0
            if combien == 1 or isinstance(cellule, Etat):
                texte = axe(v, g.forme) if v is not None else str(cellule)
                yield (
                    f'<text x="{x + epaisse / 2:.1f}" y="{haut - 4:.1f}" text-anchor="middle" {_POLICE} '
                    f'fill="{_ENCRE}">{escape(texte)}</text>'
                )
