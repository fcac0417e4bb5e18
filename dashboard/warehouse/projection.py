"""Writes, lot by lot, where its commitment stands and how it should end: tables lot, lot_projection, lot_profil.

Build only, never imported by the web process. Rules of a commitment: ``domain.engagement``; comparison with
finished lots: ``projection_methode``. Method, measures and limits: docs/methode/projection.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from dashboard.domain import engagement
from dashboard.domain.engagement import Projection
from dashboard.warehouse.fichiers_sql import texte
from dashboard.warehouse.projection_donnees import Lot, Suivi, lire, premier_du_mois, reference
from dashboard.warehouse.projection_methode import GRILLE, Groupe, Reference

if TYPE_CHECKING:
    import duckdb

    from dashboard.warehouse.projection_methode import Reels

#: A projection is drawn over that many months, at least and at most.
MOIS_MIN, MOIS_MAX = 6, 240
CLASSES = {True: "construction", False: "services"}
LOT = {
    "marche_no": pa.int32(), "fin_prevue": pa.date32(), "arrete": pa.date32(), "heures_dues": pa.float64(),
    "dues_a_ce_jour": pa.float64(), "due_mobile": pa.bool_(), "realisees": pa.float64(), "validees": pa.float64(),
    "premier_mois": pa.date32(), "dernier_mois": pa.date32(), "classe": pa.string(), "avancement": pa.float64(),
    "attendues": pa.float64(), "projetees": pa.float64(), "projetees_bas": pa.float64(),
    "projetees_haut": pa.float64(), "esperance": pa.float64(), "ecart_type": pa.float64(),
    "date_atteinte": pa.date32(), "etat": pa.string(), "motif": pa.string(), "avant_debut": pa.bool_(),
}  # fmt: skip
MOIS = {
    "marche_no": pa.int32(), "mois": pa.date32(), "cumul": pa.float64(), "bas": pa.float64(), "haut": pa.float64(),
    "esperance": pa.float64(), "ecart_type": pa.float64(),
}  # fmt: skip
PROFIL = {"classe": pa.string(), "avancement": pa.float64(), "part": pa.float64()}


@dataclass(frozen=True, slots=True)
class Courbe:
    """Projection of one running lot: months (numbers), and share of the remaining hours done at the end of each."""

    mois: list[int]
    parts: Reels


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is known of one lot in the end; ``projection`` and ``courbe`` for a running lot that can be compared."""

    dues: engagement.Dues
    etat: engagement.Etat
    motif: engagement.Motif | None
    projection: Projection | None = None
    courbe: Courbe | None = None


def projeter(con: duckdb.DuckDBPyConnection) -> None:
    """Write lot, lot_projection and lot_profil from marche, operation and activite."""
    suivi = lire(con)
    savoir = reference(suivi)
    evaluations = [_situer(lot) for lot in suivi.lots]
    _comparer(suivi, evaluations, savoir)
    lots = [_ligne(suivi, i, evaluation, savoir) for i, evaluation in enumerate(evaluations)]
    mois = [m for lot, e in zip(suivi.lots, evaluations, strict=True) for m in _mois(lot, e)]
    for nom, lignes, types in (
        ("lot_calcule", lots, LOT),
        ("projection_calculee", mois, MOIS),
        ("profil_calcule", _profils(savoir), PROFIL),
    ):
        colonnes = zip(*lignes, strict=True) if lignes else ([] for _ in types)
        tableaux = [pa.array(list(c), t) for c, t in zip(colonnes, types.values(), strict=True)]
        con.register(nom, pa.table(tableaux, names=list(types)))
    con.execute(texte("projection", "publier"))
    for nom in ("lot_calcule", "projection_calculee", "profil_calcule"):
        con.unregister(nom)


def _situer(lot: Lot) -> Evaluation:
    """Due hours and state, as far as they are known without comparing the lot to others."""
    dues = engagement.dues(lot.obligation, lot.avancement, fini=lot.fini)
    atteint = dues.fin is not None and lot.realisees >= dues.fin - engagement.GRAIN
    motif = engagement.motif(lot.obligation, lot.debut, lot.duree_mois, lot.arrete, lot.premier)
    if motif == "tronque" and atteint:
        motif = None  # the hours that are missing would only add to it
    if not lot.fini:
        return Evaluation(dues, "nd", motif)
    if dues.fin is None:
        return Evaluation(dues, "nd", "sans_heures")
    if motif in ("tronque", "sans_suivi"):
        return Evaluation(dues, "nd", motif)
    return Evaluation(dues, engagement.etat_termine(lot.realisees, dues.fin), None)


def _comparer(suivi: Suivi, evaluations: list[Evaluation], savoir: Reference | None) -> None:
    """Project the running lots that can be, in place."""
    choix = [i for i, (lot, e) in enumerate(zip(suivi.lots, evaluations, strict=True)) if not (lot.fini or e.motif)]
    if savoir is None:
        for i in choix:
            evaluations[i] = replace(evaluations[i], motif="sans_reference")
        return
    for construction in (True, False):
        rangs = [i for i in choix if suivi.lots[i].construction is construction]
        groupe = savoir.groupe(construction=construction)
        parts = np.array([suivi.lots[i].avancement or 0.0 for i in rangs])
        faites = np.array([suivi.lots[i].realisees for i in rangs])
        restes = groupe.restes(parts, faites, suivi.engagees[rangs])
        for i, fait, reste in zip(rangs, faites.tolist(), restes.tolist(), strict=True):
            lot, dues = suivi.lots[i], evaluations[i].dues
            bas, centre, haut = (fait + r for r in reste)
            projection = Projection(fait, centre, bas, haut)
            etat = engagement.etat_en_cours(dues.fin or 0.0, lot.avancement or 0.0, projection)
            evaluations[i] = replace(evaluations[i], etat=etat, projection=projection, courbe=_courbe(lot, groupe))


def _courbe(lot: Lot, groupe: Groupe) -> Courbe:
    """Months after ``arrete`` until the reference curve is finished, at least until the planned end.

    Beyond the reference (twice the duration), the hours to come are spread evenly.
    """
    (debut, duree), arrete, fin = lot.jours, lot.arrete, lot.fin
    if arrete is None or fin is None:
        raise ValueError("projection of a lot without dates")
    premier = arrete.year * 12 + arrete.month
    dernier = max(fin, date.fromordinal(debut + round(groupe.fin() * duree)))
    nombre = int(np.clip(dernier.year * 12 + dernier.month - premier, MOIS_MIN, MOIS_MAX))
    mois = [premier + k for k in range(nombre)]
    jours = np.array([arrete.toordinal(), *(premier_du_mois(m + 1).toordinal() for m in mois)])
    profil = groupe.part(np.maximum(jours - debut, 0) / duree)
    parts = (
        (profil[1:] - profil[0]) / (profil[-1] - profil[0])
        if profil[-1] > profil[0]
        else np.arange(1, nombre + 1) / nombre
    )
    return Courbe(mois, parts)


def _atteinte(suivi: Suivi, rang: int, evaluation: Evaluation) -> date | None:
    """Month the hours due are reached: in the hours declared, else in the central projection; ``None`` never."""
    lot, dues = suivi.lots[rang], evaluation.dues.fin
    if dues is None:
        return None
    cible = dues - engagement.GRAIN
    if lot.realisees >= cible:
        return premier_du_mois(suivi.mois + max(0, int(np.searchsorted(suivi.cumuls[rang], cible)) - 1))
    if evaluation.projection is None or evaluation.courbe is None or evaluation.projection.projetees < cible:
        return None
    manque = (cible - lot.realisees) / (evaluation.projection.projetees - lot.realisees)
    pas = int(np.searchsorted(evaluation.courbe.parts, manque))
    return premier_du_mois(evaluation.courbe.mois[min(pas, len(evaluation.courbe.mois) - 1)])


def _ligne(suivi: Suivi, rang: int, evaluation: Evaluation, savoir: Reference | None) -> tuple[Any, ...]:
    """Row of lot_calcule, in the order of :data:`LOT`."""
    lot, dues, projection = suivi.lots[rang], evaluation.dues, evaluation.projection
    attendues = None
    if savoir is not None and dues.fin is not None and (lot.fini or lot.avancement is not None):
        groupe = savoir.groupe(construction=lot.construction)
        attendues = dues.fin * (1.0 if lot.fini else float(groupe.part(np.array([lot.avancement]))[0]))
    esperance, ecart = (lot.realisees, 0.0) if lot.fini and evaluation.etat != "nd" else (None, None)
    if projection is not None:
        esperance, ecart = engagement.moments(projection)
    avant = bool(lot.debut and lot.premier_mois and lot.premier_mois < lot.debut.replace(day=1))
    return (
        lot.marche_no, lot.fin, lot.arrete, dues.fin, dues.a_ce_jour, dues.mobile, lot.realisees, lot.validees,
        lot.premier_mois, lot.dernier_mois, CLASSES[lot.construction], lot.avancement, attendues,
        projection and projection.projetees, projection and projection.bas, projection and projection.haut,
        esperance, ecart, _atteinte(suivi, rang, evaluation), evaluation.etat, evaluation.motif, avant,
    )  # fmt: skip


def _mois(lot: Lot, evaluation: Evaluation) -> list[tuple[Any, ...]]:
    """Rows of projection_calculee, in the order of :data:`MOIS`."""
    projection, courbe = evaluation.projection, evaluation.courbe
    if projection is None or courbe is None:
        return []
    esperance, ecart = engagement.moments(projection)
    fait = lot.realisees
    return [
        (
            lot.marche_no, premier_du_mois(m), fait + part * (projection.projetees - fait),
            fait + part * (projection.bas - fait), fait + part * (projection.haut - fait),
            fait + part * (esperance - fait), part * ecart,
        )
        for m, part in zip(courbe.mois, courbe.parts.tolist(), strict=True)
    ]  # fmt: skip


def _profils(savoir: Reference | None) -> list[tuple[Any, ...]]:
    """Rows of profil_calcule: the reference curve of each class, empty without reference."""
    if savoir is None:
        return []
    return [
        (classe, float(avancement), float(part))
        for construction, classe in CLASSES.items()
        for avancement, part in zip(GRILLE, savoir.groupe(construction=construction).profil, strict=True)
    ]
