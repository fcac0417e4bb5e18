"""The rules of an insertion commitment: hours due, planned end, state in words, sum of projections.

Pure rules, lot by lot; how many hours a lot will end with is estimated elsewhere (``warehouse.projection``).
Neither the file, nor the statistics, nor the drawing belong here. Method: docs/methode/projection.md.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Literal

Etat = Literal["avance", "temps", "surveiller", "retard", "non_demarre", "atteint", "non_atteint", "nd"]
Motif = Literal["sans_date", "sans_duree", "sans_heures", "dates_inversees", "sans_suivi", "tronque", "sans_reference"]

#: Share of the planned duration under which a lot without any hour is « non démarré »: from there on it is judged.
DEMARRAGE = 0.25
#: A lot without declared state is finished when its planned end is past and nothing was declared for that long.
SILENCE_JOURS = 183
#: Share of the planned duration that may lie before the first hours known of its source (see ``motif``): a typical
#: lot has then done a tenth of its hours.
TRONQUE = 0.20
#: A duration over a century is a typing error, as in the reading of the DECP.
DUREE_MAX_MOIS = 1200
#: A lot that ends after that year has a wrong date.
ANNEE_MAX = 2300
#: Half-width of the 80 % interval of a normal law, in standard deviations.
ECARTS_80 = 1.2816
#: Correlation between the errors of two lots of the same sum; measured by the back-test (docs/methode/projection.md).
CORRELATION = 0.2
#: Half an hour: the grain of the declarations, under which a target is reached.
GRAIN = 0.5


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a contract asks: hours engaged at notification, and for the two other shapes the facts that move it.

    ``mode``: ``volume``, ``pourcentage`` (rate in percent of the hours worked) or ``tranche`` (one hour for each
    ``euros_par_heure`` euros invoiced). Source: CCAP 21_BAM_048, § 1.4, and charters of the owners.
    """

    mode: str | None
    engagees: float | None
    taux: float | None = None
    travaillees: float | None = None
    facture: float | None = None
    euros_par_heure: float | None = None


@dataclass(frozen=True, slots=True)
class Dues:
    """Hours due at the end and to date; ``mobile`` when they follow the facts of the contract. ``None`` unknown."""

    fin: float | None
    a_ce_jour: float | None
    mobile: bool


@dataclass(frozen=True, slots=True)
class Projection:
    """Hours of a lot or of several: realised, then final with the bounds of the 80 % interval."""

    realisees: float
    projetees: float
    bas: float
    haut: float


def _positif(valeur: float | None) -> float | None:
    return valeur if valeur is not None and valeur > 0 else None


def fin_prevue(debut: date | None, duree_mois: float | None) -> date | None:
    """Day a lot should end: its start plus its duration, at least one month; ``None`` when one is unusable."""
    if debut is None or duree_mois is None or not 0 < duree_mois <= DUREE_MAX_MOIS:
        return None
    rang = debut.month - 1 + max(1, round(duree_mois))
    annee, mois = debut.year + rang // 12, rang % 12 + 1
    return date(annee, mois, min(debut.day, monthrange(annee, mois)[1])) if annee <= ANNEE_MAX else None


def avancement(debut: date | None, fin: date | None, arrete: date | None) -> float | None:
    """Share of the planned duration elapsed: 0 before the start, over 1 after the planned end, ``None`` unknown."""
    if debut is None or fin is None or arrete is None or fin <= debut:
        return None
    return max(0.0, (arrete - debut).days / (fin - debut).days)


def termine(statut: str | None, fin: date | None, arrete: date | None, dernier: date | None) -> bool:
    """Whether a lot is finished: its declared state; without one, end past and six months without any hour.

    A lot declared running stays so after its planned end: contracts are prolonged.
    """
    if statut is not None or fin is None or arrete is None:
        return statut == "termine"
    return (arrete - max(fin, dernier or fin)).days > SILENCE_JOURS


def dues(obligation: Obligation, part: float | None, *, fini: bool) -> Dues:
    """Hours due under a commitment. ``part``: share of the planned duration elapsed; ``fini``: the lot is finished.

    Volume: the hours engaged, in proportion of the time elapsed to date. The two other shapes: what the hours
    worked (or the amount invoiced) make due today, plus the hours engaged for the time left; without these
    facts, the hours engaged.
    """
    ecoule = 1.0 if fini else None if part is None else min(part, 1.0)
    engagees = _positif(obligation.engagees)
    acquis = _acquis(obligation)
    if acquis is None:
        a_ce_jour = engagees * ecoule if engagees is not None and ecoule is not None else None
        return Dues(engagees, a_ce_jour, mobile=False)
    if ecoule is None:
        return Dues(max(acquis, engagees or 0.0), acquis, mobile=True)
    return Dues(acquis + (1 - ecoule) * (engagees or 0.0), acquis, mobile=True)


def _acquis(obligation: Obligation) -> float | None:
    """Hours that the facts make due today, for the two shapes that move with them."""
    if obligation.mode == "pourcentage":
        taux, base = _positif(obligation.taux), _positif(obligation.travaillees)
        return base * taux / 100 if taux is not None and base is not None else None
    if obligation.mode == "tranche":
        euros, base = _positif(obligation.euros_par_heure), _positif(obligation.facture)
        return base / euros if euros is not None and base is not None else None
    return None


def motif(
    obligation: Obligation, debut: date | None, duree_mois: float | None, arrete: date | None, premier: date | None
) -> Motif | None:
    """Why a running lot cannot be projected, ``None`` when it can. ``premier``: first day with hours of its source.

    A lot of which more than a fifth of the duration lies before the first hours known has lost hours: « tronque ».
    """
    fin = fin_prevue(debut, duree_mois)
    if debut is None:
        return "sans_date"
    if duree_mois is not None and duree_mois < 0:
        return "dates_inversees"
    if fin is None:
        return "sans_duree"
    if _positif(obligation.engagees) is None:
        return "sans_heures"
    if arrete is None or premier is None:
        return "sans_suivi"
    return "tronque" if (premier - debut).days > TRONQUE * (fin - debut).days else None


def etat_termine(realisees: float, dues_fin: float | None) -> Etat:
    """State of a finished lot; not evaluable without hours due."""
    if dues_fin is None:
        return "nd"
    return "atteint" if realisees >= dues_fin - GRAIN else "non_atteint"


def etat_en_cours(dues_fin: float, part: float, projection: Projection) -> Etat:
    """State of a running lot, from its projection and the share of its duration elapsed."""
    if projection.realisees <= 0 and part < DEMARRAGE:
        return "non_demarre"
    cible = dues_fin - GRAIN
    if projection.bas >= cible:
        return "avance"
    if projection.projetees >= cible:
        return "temps"
    return "surveiller" if projection.haut >= cible else "retard"


def moments(projection: Projection) -> tuple[float, float]:
    """Mean and standard deviation of a final number of hours known by its 10th, 50th and 90th centiles.

    Swanson's weights (0.3, 0.4, 0.3), used for the same purpose on P90-P50-P10 petroleum reserves: the centre of a
    skewed law is not its mean, and only means add up.
    """
    moyenne = 0.3 * projection.bas + 0.4 * projection.projetees + 0.3 * projection.haut
    variance = (
        0.3 * (projection.bas - moyenne) ** 2
        + 0.4 * (projection.projetees - moyenne) ** 2
        + 0.3 * (projection.haut - moyenne) ** 2
    )
    return moyenne, sqrt(variance)


def intervalle(realisees: float, esperance: float, somme_ecarts: float, somme_carres: float) -> Projection:
    """Projection of a sum of lots, from sums over them: hours realised, means, standard deviations, their squares.

    Variance = (1 − r) × sum of the squares + r × square of the sum, ``r`` being :data:`CORRELATION`: quadrature when
    the lots err independently, a little wider because they partly err together. Never under the hours realised.
    """
    demi = ECARTS_80 * sqrt(max(0.0, (1 - CORRELATION) * somme_carres + CORRELATION * somme_ecarts**2))
    centre = max(realisees, esperance)
    return Projection(realisees, centre, max(realisees, esperance - demi), max(centre, esperance + demi))


def cumuler(projections: Iterable[Projection]) -> Projection:
    """Projection of a line or a programme from those of its lots; a finished lot has its realised hours everywhere.

    The centre is the sum of the means of the lots, not of their centres: see :func:`moments`. One lot alone keeps
    its own projection.
    """
    liste = list(projections)
    if len(liste) == 1:
        return liste[0]
    lois = [moments(p) for p in liste]
    return intervalle(
        sum(p.realisees for p in liste),
        sum(m for m, _ in lois),
        sum(s for _, s in lois),
        sum(s * s for _, s in lois),
    )
