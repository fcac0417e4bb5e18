"""The distribution of the buyers: one dot each on an axis of shares, the middle half shaded, one's own place marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from dashboard.contenu.acheteurs_comparables import rayon
from dashboard.domain import francais as fr
from dashboard.ui import rendu

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.contenu.acheteurs_parts import Ici
    from dashboard.contenu.tableau import Bloc
    from dashboard.warehouse.acheteurs_comparables import Comparables, Point

MODELE = "acheteurs.html"
#: Width of a dot, in hundredths of the axis, on the narrow screen of a tablet; rows beyond which dots pile up.
PAS, RANGS_MIN, RANGS_MAX = 1.5, 9, 17


@dataclass(frozen=True, slots=True)
class Rond:
    """One dot: its place (hundredths of the width, rows from the axis), its words, what a click filters or opens."""

    x: float
    rang: int
    texte: str
    filtre: str | None
    lien: str
    choisi: bool


def fiche(siret: str) -> str:
    """Address of the sheet of a buyer."""
    return f"/fiche/acheteur/{quote(siret, safe='')}"


def dessiner(c: Ici, _bloc: Bloc) -> Markup:
    """The strip of dots, its axis, the quartiles in words, and the sheet of the buyer compared."""
    k = c.vue.comparables
    haut = sommet([p.part for p in k.points])
    ronds = placer(k, haut, filtre=k.choisi is None)
    bande = None
    if k.quartiles:
        bas, milieu, fin = (100 * q / haut for q in k.quartiles)
        bande = {"bas": f"{bas:.2f}", "largeur": f"{max(fin - bas, 0.4):.2f}", "milieu": f"{milieu:.2f}"}
    marques = [(f"{100 * v / haut:.2f}", fr.pourcent(v)) for v in graduations(haut)]
    lien = (fiche(k.choisi), c.libelle("acheteur", k.choisi)) if k.choisi and c.selection.objet is None else None
    hauteur = max(RANGS_MIN, max((r.rang for r in ronds), default=0) + 1)
    return rendu.marque(
        MODELE, "ronds", ronds, marques, bande, hauteur, cle(k), lien, rayon() if "montant" in k.cercle else ""
    )


def cle(k: Comparables) -> list[tuple[str, str]]:
    """What the marks mean, with the quartiles in words."""
    signes = [("rond", "Un acheteur")]
    if k.propre:
        signes = [("rond on", k.propre.nom), ("rond", "Acheteur comparable")]
    if k.quartiles:
        bas, milieu, fin = (fr.pourcent(q) for q in k.quartiles)
        signes += [("bande", f"Moitié du milieu : {bas} à {fin}"), ("mediane", f"Médiane : {milieu}")]
    return signes


def sommet(parts: Sequence[float]) -> float:
    """End of the axis: the next tenth above the highest share."""
    return min(1.0, (int(max(parts, default=0.0) * 10 + 1e-9) + 1) / 10)


def graduations(haut: float) -> list[float]:
    """At most six ticks, at tenths or fifths."""
    pas = 0.1 if haut <= 0.5 else 0.2
    return [round(i * pas, 1) for i in range(int(haut / pas + 1e-9) + 1)]


def placer(k: Comparables, haut: float, *, filtre: bool) -> list[Rond]:
    """Each dot on the lowest row where it touches no other; the chosen one first, on the axis."""
    occupes: list[float] = []
    ronds = []
    propres = [p for p in k.points if p.siret == k.choisi]
    for p in [*propres, *(p for p in k.points if p.siret != k.choisi)]:
        x = 100 * p.part / haut
        rang = next((i for i, dernier in enumerate(occupes) if _libre(x, dernier, i, propres, haut)), len(occupes))
        if rang == len(occupes) and len(occupes) < RANGS_MAX:
            occupes.append(x)
        elif rang < len(occupes):
            occupes[rang] = x if p.siret != k.choisi else occupes[rang]
        else:
            rang = RANGS_MAX - 1
        if p.siret == k.choisi:
            occupes[0] = -PAS
            rang = 0
        ronds.append(_rond(k, p, x, rang, filtre=filtre))
    return ronds


def _libre(x: float, dernier: float, rang: int, propres: Sequence[Point], haut: float) -> bool:
    """Whether a dot fits on a row: after the last one placed there, and clear of the chosen one on the axis."""
    libre = x - dernier >= PAS
    return libre and (rang > 1 or all(abs(x - 100 * p.part / haut) >= 1.4 * PAS for p in propres))


def _rond(k: Comparables, p: Point, x: float, rang: int, *, filtre: bool) -> Rond:
    texte = f"{p.nom} : {fr.pourcent(p.part)}, {fr.pluriel(p.marches, 'marché', 'marchés')}"
    return Rond(
        round(x, 2), rang, texte, f"acheteur={p.siret}" if filtre else None, fiche(p.siret), p.siret == k.choisi
    )
