"""The years of a sheet: hours realised as bars, hours engaged as a mark, in one small vector drawing.

Marks carry their own colours: a drawing inside a page reads no style sheet in the PDF. Boundary: numbers to drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from dashboard.domain import francais as fr

LARGEUR: Final = 860
HAUTEUR: Final = 136
_HAUT, _BAS, _CORPS = 14, 22, 12.5
_DEDANS = 20  # height of a bar that holds its number
_BARRE, _BARRE_VUE, _ENGAGE, _ENCRE, _MUET = "#8cc4c0", "#126470", "#bd5318", "#17242b", "#56656e"
_POLICE = 'font-family="Liberation Sans, Arial, sans-serif"'


@dataclass(frozen=True, slots=True)
class Annee:
    """One year: hours realised (``None``: masked or unknown), engaged (``None``: unknown), and whether it is shown."""

    annee: int
    realisees: float | None
    engagees: float | None
    vue: bool


def annees(
    realisees: Mapping[int, float | None], engagees: Mapping[int, float | None], periode: tuple[int, int]
) -> list[Annee]:
    """The years from the first with something to the last known; none when there is nothing at all."""
    pleines = [a for a in sorted(realisees) if realisees[a] is None or realisees[a] or engagees.get(a)]
    if not pleines:
        return []
    return [
        Annee(a, realisees.get(a), engagees.get(a), periode[0] <= a <= periode[1])
        for a in range(pleines[0], max(realisees) + 1)
    ]


def dessiner(points: Sequence[Annee], titre: str) -> Markup:
    """Bars and marks of the years, each with its number; the same numbers are in the label of the drawing."""
    maximum = max((v for p in points for v in (p.realisees, p.engagees) if v), default=0.0) or 1.0
    pas = LARGEUR / len(points)
    parties = [
        f'<svg class="courbe" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LARGEUR} {HAUTEUR}" role="img" '
        f'aria-label="{escape(titre)} : {escape(_alternative(points))}">',
        f'<path d="M0 {HAUTEUR - _BAS}H{LARGEUR}" stroke="#81919a" stroke-width="1"/>',
        *(m for rang, p in enumerate(points) for m in _marque(p, pas * (rang + 0.5), min(pas * 0.7, 70), maximum)),
        "</svg>",
    ]
    return Markup("").join(Markup(p) for p in parties)  # noqa: S704 - marks of ours, texts escaped one by one


def _alternative(points: Sequence[Annee]) -> str:
    dites = [f"{p.annee} : {'s' if p.realisees is None else fr.nombre(p.realisees)}" for p in points]
    return " ; ".join(dites)


def _marque(p: Annee, x: float, largeur: float, maximum: float) -> Iterator[str]:
    """One year: its bar, its engaged mark, its number, its name."""
    bas, course = HAUTEUR - _BAS, HAUTEUR - _BAS - _HAUT
    hauteur = (p.realisees or 0.0) / maximum * course
    if hauteur:
        yield (
            f'<rect x="{x - largeur / 2:.1f}" y="{bas - hauteur:.1f}" width="{largeur:.1f}" height="{hauteur:.1f}" '
            f'fill="{_BARRE_VUE if p.vue else _BARRE}"/>'
        )
    haut = bas - hauteur
    if p.engagees:
        y = bas - p.engagees / maximum * course
        yield (
            f'<path d="M{x - largeur / 2 - 4:.1f} {y:.1f}H{x + largeur / 2 + 4:.1f}" stroke="{_ENGAGE}" '
            'stroke-width="2.4"/>'
        )
        haut = min(haut, y)
    texte = "s" if p.realisees is None else fr.abrege_court(round(p.realisees))
    poids, dedans = 700 if p.vue else 400, hauteur >= _DEDANS
    encre = "#ffffff" if dedans and p.vue else _ENCRE
    yield (
        f'<text x="{x:.1f}" y="{bas - 6 if dedans else haut - 5:.1f}" text-anchor="middle" {_POLICE} '
        f'font-size="{_CORPS}" font-weight="{poids}" fill="{encre}">{escape(texte)}</text>'
    )
    yield (
        f'<text x="{x:.1f}" y="{HAUTEUR - 7}" text-anchor="middle" {_POLICE} font-size="{_CORPS}" '
        f'font-weight="{poids}" fill="{_ENCRE if p.vue else _MUET}">{p.annee}</text>'
    )
