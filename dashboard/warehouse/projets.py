"""Everything the page of the projects shows for one selection, in one cached pass. Numbers only, no word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.warehouse.chiffres import ChiffreCle
from dashboard.warehouse.projets_bilan import Bilan, Programme, bilan, programmes
from dashboard.warehouse.projets_courbe import Point, courbe
from dashboard.warehouse.projets_lecteur import LecteurProjets

if TYPE_CHECKING:
    from datetime import date

    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne

#: The key figures, in the order of the page.
CHIFFRES = (
    "projets_dues", "projets_realisees", "projets_restantes", "projets_finales", "projets_atteints",
    "projets_couverture",
)  # fmt: skip


#: The long questions, asked beside the others.
A_COTE = ("projets_courbe", "projets_pme")


@dataclass(frozen=True, slots=True)
class Mesures:
    """What a page and a sheet of projects have in common, for the lots in view.

    ``motifs``: etat, motif, lots, dues, realisees, avant_debut; ``taux``: programme, ligne, taux, mois, lots;
    ``courbes``: by (programme, line); ``lots``: rows of ``projets_lots``, ``listables`` of them before the cut;
    ``rapprochement`` and ``pme``: rows of their files; ``publics``: groupe, dimension, local, effectif, statut.
    """

    bilan: Bilan
    programmes: tuple[Programme, ...]
    motifs: list[Ligne]
    courbe: tuple[Point, ...]
    courbes: Mapping[tuple[str, str], tuple[Point, ...]]
    lots: list[Ligne]
    listables: int
    rapprochement: list[Ligne]
    pme: list[Ligne]
    publics: list[Ligne]

    @property
    def arrete(self) -> date | None:
        """Last day declared by the sources in view."""
        return self.bilan.arrete


@dataclass(frozen=True, slots=True)
class Projets:
    """The data of the page: the measures, the contractual rates, and the map (``operations``: rows of its file)."""

    couverture: float | None
    chiffres: dict[str, ChiffreCle]
    mesures: Mesures
    taux: list[Ligne]
    operations: list[Ligne]


def mesurer(lecteur: LecteurProjets, etats: tuple[str, ...] = ()) -> Mesures:
    """Read the lots in view; the table of lots obeys some states, nothing else does."""
    personnes = lecteur.de_personnes()
    if personnes is not None:
        lecteur.devancer("projets_publics", personnes)
    for nom in A_COTE:
        lecteur.devancer_exacte(nom, lecteur.portee)
    lignes, increments = lecteur.sur("projets_lignes"), lecteur.sur("projets_courbe")
    tout, lots = bilan(lignes), lecteur.lots(etats)
    par_ligne: dict[tuple[str, str], list[Ligne]] = {}
    for li in increments:
        par_ligne.setdefault((li["programme"], li["ligne"]), []).append(li)
    return Mesures(
        bilan=tout,
        programmes=tuple(programmes(lignes, lecteur.ref.listes.get("programme", {}))),
        motifs=lecteur.sur("projets_motifs"),
        courbe=courbe(increments, tout.arrete),
        courbes={cle: courbe(siennes, tout.arrete) for cle, siennes in par_ligne.items()},
        lots=lots,
        listables=lots[0]["total"] if lots else 0,
        rapprochement=lecteur.sur("projets_rapprochement"),
        pme=lecteur.sur("projets_pme"),
        publics=lecteur.personnes("projets_publics", personnes) if personnes is not None else [],
    )


def chiffres(mesures: Mesures) -> dict[str, ChiffreCle]:
    """The key figures of some lots."""
    b, finales = mesures.bilan, mesures.bilan.finales
    valeurs: dict[str, float | None] = {
        "projets_dues": b["dues"] if b.lots else None,
        "projets_realisees": b["realisees"] if b.lots else None,
        "projets_restantes": b["restantes"] if b.lots else None,
        "projets_finales": finales[1] if finales else None,
        "projets_atteints": b.atteints,
        "projets_couverture": b.couverture,
    }
    series = {"projets_realisees": _par_annee(mesures.courbe)}
    return {
        ident: ChiffreCle(ident, v, "nd" if v is None else "valeur", None, series.get(ident, {}))
        for ident, v in valeurs.items()
    }


def _par_annee(points: tuple[Point, ...]) -> dict[int, float | None]:
    """Hours realised at the end of each year, since the beginning."""
    return {p.mois.year: p.realisees for p in points if p.realisees is not None}


@lru_cache(maxsize=512)
def lire(instantane: Instantane, selection: Selection) -> Projets:
    """Compute the page. ``instantane`` is compared by identity: a new snapshot is a new key."""
    if not instantane.referentiel.a_suivi or selection.geographie == "residence":
        return VIDE
    lecteur = LecteurProjets(instantane, selection)
    lecteur.devancer_exacte("projets_operations", lecteur.portee)
    mesures = mesurer(lecteur, selection.etat)
    return Projets(
        couverture=mesures.bilan.couverture,
        chiffres=chiffres(mesures),
        mesures=mesures,
        taux=lecteur.sur("projets_taux"),
        operations=lecteur.sur("projets_operations"),
    )


#: No lot at all.
AUCUNE = Mesures(bilan([]), (), [], (), {}, [], 0, [], [], [])
VIDE = Projets(None, chiffres(AUCUNE), AUCUNE, [], [])
