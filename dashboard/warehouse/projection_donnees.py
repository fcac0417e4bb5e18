"""The lots to project and their hours, read from the snapshot under construction. Build only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.domain import engagement
from dashboard.warehouse import projection_methode as methode
from dashboard.warehouse.fichiers_sql import texte

if TYPE_CHECKING:
    import duckdb

    from dashboard.warehouse.projection_methode import Booleens, Entiers, Reels

#: Month that stands for the first one when no hour is known at all (January 2000).
AUCUN_MOIS = 2000 * 12


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot followed, with its dates and its obligation. ``premier``, ``arrete``: bounds of the hours of its source.

    ``premier_mois`` and ``dernier_mois`` are the first days of the months of its first and last hours.
    """

    marche_no: int
    obligation: engagement.Obligation
    debut: date | None
    duree_mois: float | None
    fin: date | None
    premier: date | None
    arrete: date | None
    construction: bool
    realisees: float
    validees: float
    premier_mois: date | None
    dernier_mois: date | None
    fini: bool

    @property
    def avancement(self) -> float | None:
        """Share of the planned duration elapsed."""
        return engagement.avancement(self.debut, self.fin, self.arrete)

    @property
    def jours(self) -> tuple[int, int]:
        """Day number of the start, and planned duration in days; (0, 1) when unknown."""
        if self.debut is None or self.fin is None:
            return 0, 1
        return self.debut.toordinal(), (self.fin - self.debut).days


@dataclass(frozen=True, slots=True)
class Suivi:
    """All the lots (n), and their hours before the first day of each month (n × months + 1).

    ``bornes``: day numbers of these first days; ``mois``: number of the first month (year × 12 + month − 1).
    """

    lots: list[Lot]
    cumuls: Reels
    bornes: Entiers
    mois: int

    @property
    def trajectoires(self) -> Reels:
        """Hours of every lot along its duration (n × grid)."""
        debut, duree = np.array([lot.jours for lot in self.lots], dtype=np.int64).reshape(-1, 2).T
        return methode.trajectoires(self.cumuls, self.bornes, debut, duree)

    @property
    def engagees(self) -> Reels:
        """Hours engaged, 0 when unknown."""
        return np.array([lot.obligation.engagees or 0.0 for lot in self.lots], dtype=float)

    @property
    def construction(self) -> Booleens:
        """Lots of building and public works."""
        return np.array([lot.construction for lot in self.lots], dtype=bool)


@lru_cache(maxsize=4096)
def premier_du_mois(rang: int) -> date:
    """First day of a month numbered year × 12 + month − 1."""
    return date(rang // 12, rang % 12 + 1, 1)


def lire(con: duckdb.DuckDBPyConnection) -> Suivi:
    """Read the lots followed and their hours."""
    lignes = con.execute(texte("projection", "lots")).fetchall()
    numeros, mois, realisees, validees = (
        colonne.to_numpy() for colonne in con.execute(texte("projection", "mois")).to_arrow_table().columns
    )
    debut, fin = (int(mois.min()), int(mois.max())) if len(mois) else (AUCUN_MOIS, AUCUN_MOIS)
    rangs = np.searchsorted(np.array([ligne[0] for ligne in lignes], dtype=np.int64), numeros)
    mensuelles = np.zeros((len(lignes), fin - debut + 2))
    mensuelles[rangs, mois - debut + 1] = realisees
    actifs = mensuelles > 0
    extremes = zip(
        mensuelles.sum(axis=1).tolist(),
        np.bincount(rangs, weights=validees, minlength=len(lignes)).tolist(),
        (actifs.argmax(axis=1) + debut - 1).tolist(),
        (fin + 1 - actifs[:, ::-1].argmax(axis=1)).tolist(),
        strict=True,
    )
    bornes = np.array([premier_du_mois(m).toordinal() for m in range(debut, fin + 2)], dtype=np.int64)
    lots = [_lot(ligne, *extreme) for ligne, extreme in zip(lignes, extremes, strict=True)]
    return Suivi(lots, mensuelles.cumsum(axis=1), bornes, debut)


def _lot(ligne: tuple[Any, ...], realisees: float, validees: float, premier_mois: int, dernier_mois: int) -> Lot:
    """One lot from its row and what its months say; the numbers of months mean nothing without hours."""
    numero, debut, duree, statut, mode, engagees, taux, travaillees, facture, euros, construction, *bornes = ligne
    premier, arrete, fin_operation = bornes
    dernier = premier_du_mois(dernier_mois) if realisees > 0 else None
    fin = engagement.fin_prevue(debut, duree)
    if debut and fin_operation and fin_operation < debut:
        fin, duree = None, -1.0  # the operation ends before the lot begins: its dates cannot be trusted
    return Lot(
        marche_no=numero,
        obligation=engagement.Obligation(mode, engagees, taux, travaillees, facture, euros),
        debut=debut,
        duree_mois=duree,
        fin=fin,
        premier=premier,
        arrete=arrete,
        construction=construction,
        realisees=realisees,
        validees=validees,
        premier_mois=premier_du_mois(premier_mois) if realisees > 0 else None,
        dernier_mois=dernier,
        fini=engagement.termine(statut, fin, arrete, dernier),
    )


def references(suivi: Suivi) -> Booleens:
    """Lots that teach: finished, wholly observed, without hours for six months, with hours engaged.

    A lot begun before the first hours of its source is left out: its first hours are not known.
    """

    def enseigne(lot: Lot) -> bool:
        if not lot.fini or not lot.debut or not lot.fin or not lot.arrete or not lot.premier:
            return False
        silence = timedelta(days=engagement.SILENCE_JOURS)
        derniere = max(lot.fin, lot.dernier_mois or lot.fin)
        return (lot.obligation.engagees or 0) > 0 and lot.debut >= lot.premier and lot.arrete - derniere > silence

    return np.array([enseigne(lot) for lot in suivi.lots], dtype=bool)


def reference(suivi: Suivi) -> methode.Reference | None:
    """What the finished lots of the follow-up teach; ``None`` when they are too few."""
    choix = references(suivi)
    return methode.apprendre(
        suivi.trajectoires[choix], suivi.cumuls[choix, -1], suivi.engagees[choix], suivi.construction[choix]
    )
