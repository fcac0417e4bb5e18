"""Hours by kind of hiring, of employer and of work contract, each a partition of the hours of the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.warehouse.partition import caler, proteger_les_restes

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne

DIMENSIONS = ("modalite", "employeur", "contrat")


def par_dimension(lues: list[Ligne], total: float | None) -> dict[str, list[Ligne]]:
    """code, effectif, valeur (hours), statut of each dimension, by decreasing hours.

    ``lues``: dimension, code, groupe, effectif, heures, statut; ``total``: the exact hours of the period, if any.
    """
    resultat: dict[str, list[Ligne]] = {}
    for dimension in DIMENSIONS:
        siennes = [li for li in lues if li["dimension"] == dimension]
        if dimension == "modalite":
            siennes = proteger_les_restes(siennes, lambda li: li["groupe"])
        calees = sorted(caler(proteger_les_restes(siennes), total), key=lambda li: (-(li["heures"] or 0.0), li["code"]))
        resultat[dimension] = [
            {"code": li["code"], "effectif": li["effectif"], "valeur": li["heures"], "statut": li["statut"]}
            for li in calees
        ]
    return resultat
