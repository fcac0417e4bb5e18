"""A native chart (bars, columns, stacks, lines) as a small SVG, for what shows a bloc without Plotly nor script.

Same specification as the charts of the workbooks and the slides. Boundary: draws numbers already chosen by
:mod:`dashboard.contenu.graphique`; colours are the tokens of the site, through the style sheet of the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from dashboard.contenu.graphique import Graphique, manquantes
from dashboard.contenu.tableau import Cellule, Etat, ecrire
from dashboard.domain import francais as fr
from dashboard.export.couleurs import couleurs

#: Widths drawn, in units: one for a wide frame, one for a phone; the style sheet shows one of them.
LARGE, ETROIT = 720.0, 340.0
CORPS, HAUTEUR, GRADUATIONS = 13.0, 260.0, 4
#: Mean width of a character, in heights.
AIRE = 0.55
MARGE, GAUCHE_MAX, BARRE, ENTRE = 8.0, 250.0, 15.0, 9.0


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where numbers fall: ``bas`` and ``haut`` of the scale, its readable marks, the width of the drawing."""

    largeur: float
    bas: float
    haut: float
    marques: tuple[float, ...]

    def part(self, valeur: float) -> float:
        """Place of a value on the scale, from 0 to 1."""
        return (valeur - self.bas) / (self.haut - self.bas)


def dessiner(g: Graphique, titre: str) -> Markup:
    """The chart in both widths, its key above and, under it, what it leaves out or cannot draw."""
    teintes = couleurs([s.nom for s in g.series])
    dessins = [_svg(g, teintes, titre, largeur, nom) for largeur, nom in ((LARGE, "large"), (ETROIT, "etroit"))]
    reste = (g.reste or "").replace("les données à télécharger", "le tableau")
    notes = [n for n in (reste, _manque(g)) if n]
    suite = "".join(f'<p class="note-figure">{escape(fr.composer(n))}</p>' for n in notes)
    return Markup(f"{_cles(g, teintes)}{''.join(dessins)}{suite}")  # noqa: S704 - every text is escaped where written


def vecteur(g: Graphique, titre: str) -> str:
    """The chart alone, in the narrow width, whose letters stay readable when small; who shows it gives its key."""
    return _svg(g, couleurs([s.nom for s in g.series]), titre, ETROIT, "etroit")


def texte(cellule: Cellule, g: Graphique) -> str:
    """A cell as the table writes it; its state in words."""
    return cellule.en_mots if isinstance(cellule, Etat) else ecrire(cellule, g.forme)


def _manque(g: Graphique) -> str | None:
    combien = manquantes(g)
    if not combien:
        return None
    valeurs = fr.pluriel(combien, "valeur masquée ou non disponible", "valeurs masquées ou non disponibles")
    return f"{valeurs} : un vide, non un zéro ; le tableau dit lesquelles."


def _cles(g: Graphique, teintes: Sequence[str]) -> str:
    if len(g.series) < 2:
        return f'<p class="axe-figure">{escape(g.series[0].nom)}</p>'
    signes = (
        f'<li><i style="background:var(--{t})"></i>{escape(s.nom)}</li>'
        for s, t in zip(g.series, teintes, strict=True)
    )  # fmt: skip
    return f'<ul class="cles-figure">{"".join(signes)}</ul>'


def _svg(g: Graphique, teintes: Sequence[str], titre: str, largeur: float, nom: str) -> str:
    plan = _plan(g, largeur)
    marques, hauteur = _DESSINS[g.genre.partition("_")[0]](g, teintes, plan)
    return (
        f'<svg class="figure-svg {nom}" viewBox="0 0 {largeur:g} {hauteur:.0f}" role="img" '
        f'aria-label="{escape(titre)}. {escape(_resume(g))}">{"".join(marques)}</svg>'
    )


def _resume(g: Graphique) -> str:
    """What a reader of the screen hears: what is drawn, and where the numbers are."""
    series = fr.liste(s.nom for s in g.series)
    return f"{series}, {fr.pluriel(len(g.categories), 'ligne')} ; les mêmes nombres sont dans le tableau."


# --- scale -----------------------------------------------------------------------------------------


def _plan(g: Graphique, largeur: float) -> _Plan:
    """A scale that holds every mark, from zero, with readable graduations."""
    if g.genre.endswith("_empilees"):
        valeurs = [sum(v for s in g.series if (v := s.valeurs[i]) is not None) for i in range(len(g.categories))]
    else:
        valeurs = [v for s in g.series for v in s.valeurs if v is not None]
    bas, haut = min([0.0, *valeurs]), max([0.0, *valeurs])
    pas = _pas((haut - bas) / (GRADUATIONS if largeur == LARGE else GRADUATIONS - 1), entier=g.forme == "entier")
    bas, haut = math.floor(bas / pas) * pas, max(math.ceil(haut / pas - 1e-9), 1) * pas
    nombre = round((haut - bas) / pas)
    return _Plan(largeur, bas, haut, tuple(round(bas + i * pas, 10) for i in range(nombre + 1)))


def _pas(brut: float, *, entier: bool) -> float:
    """The readable step (1, 2, 2,5 or 5 times a power of ten) just over a raw one."""
    if brut <= 0:
        return 1.0
    puissance = 10.0 ** math.floor(math.log10(brut))
    pas = next(k * puissance for k in (1, 2, 2.5, 5, 10) if brut <= k * puissance * (1 + 1e-9))
    return max(1.0, math.ceil(pas)) if entier else pas


def _graduation(valeur: float, g: Graphique) -> str:
    if g.forme == "part":
        return fr.pourcent(valeur, 0 if abs(valeur * 100 - round(valeur * 100)) < 1e-9 else 1)
    if abs(valeur) >= 10_000:
        return fr.abrege_court(valeur)
    return fr.nombre(valeur, 0 if float(valeur).is_integer() else 1)


def _longueur(mots: str, corps: float = CORPS) -> float:
    return len(mots) * corps * AIRE


def _court(mots: str, place: float) -> str:
    """A text that fits in a place; whole in its tooltip and in the table."""
    combien = max(4, int(place / (CORPS * AIRE)))
    return mots if len(mots) <= combien else f"{mots[: combien - 1].rstrip(' ,;:(')}…"


def _ecrit(x: float, y: float, mots: str, ancre: str = "start", classe: str = "") -> str:
    genre = f' class="{classe}"' if classe else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{ancre}"{genre}>{escape(mots)}</text>'


def _bulle(g: Graphique, nom: str, categorie: str, cellule: Cellule) -> str:
    serie = f"{nom}, " if len(g.series) > 1 else ""
    return f"<title>{escape(f'{serie}{categorie} : {texte(cellule, g)}')}</title>"


# --- horizontal bars -------------------------------------------------------------------------------


def _barres(g: Graphique, teintes: Sequence[str], plan: _Plan) -> tuple[list[str], float]:
    """Bars, one a series (side by side or stacked); names at the left, above the bars when it is narrow."""
    empile = g.genre.endswith("_empilees")
    dessus = plan.largeur < LARGE
    gauche = MARGE if dessus else min(GAUCHE_MAX, max(_longueur(c) for c in g.categories) + 12)
    reserve = MARGE if empile else max(_longueur(texte(c, g)) for s in g.series for c in s.cellules) + 10
    utile = plan.largeur - gauche - reserve
    marques, y = [], 4.0
    for i, categorie in enumerate(g.categories):
        rangs = 1 if empile else len(g.series)
        haut = rangs * BARRE
        if dessus:
            marques.append(_ecrit(gauche, y + CORPS, _court(categorie, plan.largeur - 2 * MARGE)))
            y += CORPS + 6
        else:
            marques.append(_ecrit(gauche - 8, y + haut / 2 + 4.5, _court(categorie, gauche - 12), "end"))
        marques += _rangee(g, i, teintes, plan, (gauche, y, utile))
        y += haut + ENTRE
    return marques, y


def _rangee(
    g: Graphique, i: int, teintes: Sequence[str], plan: _Plan, place: tuple[float, float, float]
) -> Iterator[str]:
    """The bars of one category, from (x, y, width)."""
    gauche, y, utile = place
    empile, zero = g.genre.endswith("_empilees"), plan.part(0.0)
    debut = zero
    for k, (s, teinte) in enumerate(zip(g.series, teintes, strict=True)):
        valeur, ligne = s.valeurs[i], y if empile else y + k * BARRE
        fin = (debut if empile else zero) + ((plan.part(valeur) - zero) if valeur is not None else 0.0)
        depart = debut if empile else zero
        x, large = gauche + utile * min(depart, fin), utile * abs(fin - depart)
        bulle = _bulle(g, s.nom, g.categories[i], s.cellules[i])
        if valeur:
            yield _rect(x, ligne, max(large, 1.0), BARRE - 2, teinte, bulle)
        if empile:
            debut = fin
        else:
            classe = "" if valeur is not None else "absent"
            bout = x + large + 6 if valeur is None or valeur >= 0 else gauche + utile * zero + 6
            yield _ecrit(bout, ligne + BARRE - 3.5, _cellule(s.cellules[i], g), "start", classe)


def _cellule(cellule: Cellule, g: Graphique) -> str:
    return ecrire(cellule, g.forme)


def _rect(x: float, y: float, large: float, haut: float, teinte: str, bulle: str) -> str:
    cadre = f'x="{x:.1f}" y="{y:.1f}" width="{large:.1f}" height="{haut:.1f}"'
    return f'<rect {cadre} rx="2" style="fill:var(--{teinte})">{bulle}</rect>'


# --- columns and lines -----------------------------------------------------------------------------


def _fond(g: Graphique, plan: _Plan) -> tuple[list[str], float]:
    """Graduations of a vertical scale, and the left of the drawing."""
    mots = [_graduation(m, g) for m in plan.marques]
    gauche = max(_longueur(m) for m in mots) + 12
    marques = []
    for valeur, mot in zip(plan.marques, mots, strict=True):
        y = _y(plan, valeur)
        marques.append(f'<path class="grille" d="M{gauche:.1f} {y:.1f}H{plan.largeur - MARGE:.1f}"/>')
        marques.append(_ecrit(gauche - 7, y + 4.5, mot, "end"))
    return marques, gauche


def _y(plan: _Plan, valeur: float) -> float:
    return 10 + (HAUTEUR - 10) * (1 - plan.part(valeur))


def _abscisses(categories: Sequence[str], centres: Sequence[float], plan: _Plan) -> Iterator[str]:
    """Names under the axis, as many as there is room for."""
    place = max(_longueur(c) for c in categories) + 12
    pas = max(1, math.ceil(place * len(categories) / (plan.largeur - 60)))
    for i in range(0, len(categories), pas):
        x = min(max(centres[i], place / 2), plan.largeur - place / 2 + 4)
        yield _ecrit(x, HAUTEUR + CORPS + 6, categories[i], "middle")


def _colonnes(g: Graphique, teintes: Sequence[str], plan: _Plan) -> tuple[list[str], float]:
    """Columns, one a series (side by side or stacked)."""
    marques, gauche = _fond(g, plan)
    pas = (plan.largeur - MARGE - gauche) / len(g.categories)
    empile = g.genre.endswith("_empilees")
    large = pas * 0.74 / (1 if empile else len(g.series))
    for i in range(len(g.categories)):
        cumul = 0.0
        for k, (s, teinte) in enumerate(zip(g.series, teintes, strict=True)):
            valeur = s.valeurs[i]
            if not valeur:
                continue
            depart = cumul if empile else 0.0
            hauts = sorted((_y(plan, depart), _y(plan, depart + valeur)))
            x = gauche + pas * (i + 0.13) + (0 if empile else k * large)
            bulle = _bulle(g, s.nom, g.categories[i], s.cellules[i])
            marques.append(_rect(x, hauts[0], large - 1, hauts[1] - hauts[0], teinte, bulle))
            cumul += valeur if empile else 0.0
    centres = [gauche + pas * (i + 0.5) for i in range(len(g.categories))]
    return [*marques, *_abscisses(g.categories, centres, plan)], HAUTEUR + 28


def _courbe(g: Graphique, teintes: Sequence[str], plan: _Plan) -> tuple[list[str], float]:
    """Lines that stop where a value is missing; a value alone between two gaps is a point."""
    marques, gauche = _fond(g, plan)
    pas = (plan.largeur - MARGE - gauche - 6) / max(1, len(g.categories) - 1)
    centres = [gauche + 3 + pas * i for i in range(len(g.categories))]
    for s, teinte in zip(g.series, teintes, strict=True):
        for morceau in _morceaux(s.valeurs):
            points = [f"{centres[i]:.1f} {_y(plan, v):.1f}" for i, v in morceau]
            marques.append(f'<path class="courbe" style="stroke:var(--{teinte})" d="M{"L".join(points)}"/>')
            for i, v in morceau if pas > 14 or len(morceau) == 1 else ():
                bulle = _bulle(g, s.nom, g.categories[i], s.cellules[i])
                place = f'cx="{centres[i]:.1f}" cy="{_y(plan, v):.1f}"'
                marques.append(f'<circle {place} r="3" style="fill:var(--{teinte})">{bulle}</circle>')
    return [*marques, *_abscisses(g.categories, centres, plan)], HAUTEUR + 28


def _morceaux(valeurs: Iterable[float | None]) -> list[list[tuple[int, float]]]:
    """Runs of values without a gap: (rank, value)."""
    morceaux: list[list[tuple[int, float]]] = [[]]
    for i, v in enumerate(valeurs):
        if v is None:
            morceaux.append([])
        else:
            morceaux[-1].append((i, v))
    return [m for m in morceaux if m]


_DESSINS = {"barres": _barres, "colonnes": _colonnes, "courbe": _courbe}
