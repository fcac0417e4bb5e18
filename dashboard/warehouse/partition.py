"""What more must be protected when a whole partition is published beside its total, that may be exact.

The rows come published from the door (:mod:`dashboard.warehouse.secret`), one cell at a time; here all
the cells of a breakdown are taken together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.warehouse import secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dashboard.warehouse.execution import Ligne


def proteger_les_restes(lignes: Iterable[Ligne], groupe: Callable[[Ligne], object] = lambda _li: None) -> list[Ligne]:
    """Secondary suppression: the only masked row of a group would be its total less the others, so a second is masked.

    The smallest visible row is the one. Source: INSEE practice for tables whose margin is published (dossier §6).
    """
    rangees = [dict(li) for li in lignes]
    for cle in {groupe(li) for li in rangees}:
        siennes = [li for li in rangees if groupe(li) == cle and li["effectif"] != 0]
        visibles = [li for li in siennes if li["statut"] == "valeur"]
        if visibles and len(siennes) - len(visibles) == 1:
            min(visibles, key=lambda li: (li["effectif"], li["code"])).update(effectif=None, heures=None, statut="s")
    return rangees


def caler(lignes: list[Ligne], total: float | None) -> list[Ligne]:
    """Protected hours brought to add up to an exact total (``None``: there is none), in multiples of 10 h.

    Beside an exact total, the hours of a full partition, each scaled by published over true count, would give
    the true counts back: only their proportions leave. Nothing moves when a row is masked: its unknown hours
    already stand between the total and the others.
    """
    publiees = sum(li["heures"] or 0.0 for li in lignes)
    if total is None or not publiees or any(li["statut"] != "valeur" for li in lignes):
        return lignes
    pas = secret.ARRONDI_HEURES
    return [{**li, "heures": float(round(li["heures"] * total / publiees / pas) * pas)} for li in lignes]
