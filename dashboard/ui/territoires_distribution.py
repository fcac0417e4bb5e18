"""The distribution of the territories: one dot each while they are few, columns beyond, the median as a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.contenu.territoires_distribution import Tranche, distinguees, milieu, tranches
from dashboard.contenu.territoires_phrases import PLURIELS, Ici, choisi, mots
from dashboard.contenu.territoires_vue import repere
from dashboard.domain import francais as fr
from dashboard.ui import rendu
from dashboard.ui.territoires import MODELE, filtre

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.contenu.tableau import Bloc

#: Height, in territories, beyond which dots become columns.
POINTS_MAX = 14
#: Territories up to which dots are large enough for a code.
GRANDS_MAX = 12
#: Labels under the axis.
BORDS_MAX = 5


@dataclass(frozen=True, slots=True)
class Point:
    """One territory; ``code`` is written in its dot when there is room."""

    code: str
    texte: str
    filtre: str
    on: bool
    choisi: bool


@dataclass(frozen=True, slots=True)
class ColonneTranche:
    """One bin: its label under the axis, its height (0–100) and the share of it told apart, or its dots."""

    titre: str
    bord: str
    nombre: str
    hauteur: float
    dont: float
    zero: bool
    points: tuple[Point, ...] = ()


def distribution(c: Ici, _bloc: Bloc) -> Markup:
    """Columns or dots, then what the colours mean."""
    bacs, a_part = tranches(c.vue.lignes, mots(c).pas), distinguees(c)
    sommet = max(len(t.codes) for t in bacs)
    en_points = sommet <= POINTS_MAX
    pas = -(-len(bacs) // BORDS_MAX)
    colonnes = []
    for i, t in enumerate(bacs):
        dont = sum(code in a_part for code in t.codes)
        colonnes.append(
            ColonneTranche(
                f"{t.en_mots(mots(c))} : {fr.nombre(len(t.codes))} {PLURIELS[c.selection.niveau]}",
                _bord(c, t) if t.fin is None or (i % pas == 0 and not _serre(i, bacs)) else "",
                fr.nombre(len(t.codes)) if t.codes else "",
                round(100 * len(t.codes) / sommet, 1),
                round(100 * dont / len(t.codes), 1) if dont else 0.0,
                t.fin == t.debut,
                _points(c, t, a_part) if en_points else (),
            )
        )
    return rendu.marque(MODELE, "distribution", colonnes, _place(bacs, milieu(c)), _cle(c), en_points)


def _serre(i: int, bacs: list[Tranche]) -> bool:
    """Whether a label would run into that of the last, open bin."""
    return bacs[-1].fin is None and len(bacs) > BORDS_MAX and len(bacs) - i <= 2


def _bord(c: Ici, t: Tranche) -> str:
    m = mots(c)
    return f"≥ {m.palier(t.debut)}" if t.fin is None else m.palier(t.debut)


def _points(c: Ici, t: Tranche, a_part: frozenset[str]) -> tuple[Point, ...]:
    valeurs = {li["code"]: li["valeur"] for li in c.vue.lignes}
    avec_code = len(c.vue.lignes) <= GRANDS_MAX
    return tuple(
        Point(
            code if avec_code else "",
            f"{c.ref.territoires[code].nom} : {mots(c).ecrire(valeurs[code])}",
            filtre(c, code),
            code in a_part,
            code == c.selection.territoire,
        )
        for code in t.codes
    )


def _place(bacs: list[Tranche], centre: float | None) -> float | None:
    """Where the median stands, in hundredths of the width; a median of zero needs no line."""
    if not centre:
        return None
    for i, t in enumerate(bacs):
        if t.fin is None or t.debut <= centre < t.fin:
            dans = (centre - t.debut) / (t.fin - t.debut) if t.fin is not None else 0.5
            return round(100 * (i + dans) / len(bacs), 2)
    return None


def _cle(c: Ici) -> list[tuple[str, str]]:
    """The territory followed, or the parts of the chosen one; the others; the median."""
    suivi, centre, pluriels = repere(c), milieu(c), PLURIELS[c.selection.niveau]
    cle = [("autre", pluriels[0].upper() + pluriels[1:])]
    if suivi:
        cle = [("on", c.ref.territoires[suivi].nom), ("autre", f"Autres {pluriels}")]
    elif distinguees(c):
        cle = [("on", f"{cle[0][1]} {fr.de(choisi(c))}"), ("autre", f"Autres {pluriels}")]
    return [*cle, *([("mediane", f"Médiane : {mots(c).court(centre)}")] if centre is not None else [])]
