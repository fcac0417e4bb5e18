"""Key figures of the page of the persons: from published counts to shares, means and their trend.

One rule a figure, the same for the period, the period before and each year. Nothing is queried here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.warehouse import secret
from dashboard.warehouse.chiffres import ChiffreCle, indisponible

#: Lens that makes a share say nothing, by key figure: everybody there has the attribute, or nobody.
MEMES = {
    "part_femmes": ("femmes",),
    "part_moins_26": ("moins_26", "plus_50"),
    "part_plus_50": ("moins_26", "plus_50"),
    "part_qpv": ("qpv",),
}


@dataclass(frozen=True, slots=True)
class Mesures:
    """Published numbers of one period: 0 when there is nobody, ``None`` when masked.

    ``connue``: persons whose situation is known six months after their last contract, ``durable`` among them;
    ``situee``: persons whose two places are known, ``distance`` their median in km; ``heures``: hours realised.
    """

    tous: float | None = 0.0
    femmes: float | None = 0.0
    moins_26: float | None = 0.0
    plus_50: float | None = 0.0
    qpv: float | None = 0.0
    connue: float | None = 0.0
    durable: float | None = 0.0
    situee: float | None = 0.0
    distance: float | None = None
    heures: float | None = 0.0


def _heures_personne(m: Mesures) -> float | None:
    """Hours over published persons; needs ten of them."""
    if m.tous is None or m.heures is None or m.tous < secret.MOYENNE_MIN:
        return None
    return m.heures / m.tous


#: Value of each figure, and the count without which it does not exist.
REGLES: Mapping[str, tuple[Callable[[Mesures], float | None], Callable[[Mesures], float | None]]] = {
    "beneficiaires": (lambda m: m.tous, lambda _m: 1.0),
    "part_femmes": (lambda m: secret.part(m.femmes, m.tous), lambda m: m.tous),
    "part_moins_26": (lambda m: secret.part(m.moins_26, m.tous), lambda m: m.tous),
    "part_plus_50": (lambda m: secret.part(m.plus_50, m.tous), lambda m: m.tous),
    "part_qpv": (lambda m: secret.part(m.qpv, m.tous), lambda m: m.tous),
    "heures_personne": (_heures_personne, lambda m: m.tous),
    "distance": (lambda m: m.distance, lambda m: m.situee),
    "emploi_durable_6": (lambda m: secret.part(m.durable, m.connue), lambda m: m.connue),
}


def chiffre(
    ident: str, ici: Mesures, avant: Mesures | None, par_an: Mapping[int, Mesures], regard: str | None
) -> ChiffreCle:
    """One key figure; ``nd`` where there is nobody to count or where the lens empties its meaning."""
    calculer, necessaire = REGLES[ident]
    if necessaire(ici) == 0 or regard in MEMES.get(ident, ()):
        return indisponible(ident)
    valeur = calculer(ici)
    serie = {annee: calculer(m) for annee, m in par_an.items()}
    return ChiffreCle(ident, valeur, "s" if valeur is None else "valeur", calculer(avant) if avant else None, serie)
