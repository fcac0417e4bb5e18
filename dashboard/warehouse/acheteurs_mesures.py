"""What is counted of a group of published contracts, and the shares that may be said of it.

Frameworks have a maximum, not an amount spent: they count in the numbers of contracts, never in the amounts. A share
needs ten contracts whose format says what is counted: under that, one contract weighs too much. Only arithmetic here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

#: What a share counts: contracts, or euros (``Selection.mesure``).
Mesure = Literal["nombre", "montant"]
#: Contracts under which no share is said.
PLANCHER = 10
#: Decimals kept of a share: those of the files, so that a page and its CSV round alike.
DECIMALES = 4


@dataclass(frozen=True, slots=True)
class Mesures:
    """Counts and euros of a group of contracts, as ``sql/lecture/acheteurs_mesures.sql`` names them.

    ``connus`` and ``env_connus``: contracts whose format says whether there is a social, an environmental
    consideration (``deux_*``: both); ``sociale_tue``: those that say they have none and are followed for one;
    ``chiffres*``: contracts with an amount, frameworks left out; ``depense*``: their euros; ``maxima``: maximum
    amounts of the frameworks. Questions that need only shares leave the others at zero.
    """

    marches: int = 0
    connus: int = 0
    sociaux: int = 0
    clauses: int = 0
    criteres: int = 0
    reserves: int = 0
    env_connus: int = 0
    env: int = 0
    deux_connus: int = 0
    deux: int = 0
    aucune: int = 0
    sociaux_deux: int = 0
    sociale_tue: int = 0
    accords: int = 0
    sans_montant: int = 0
    chiffres: int = 0
    chiffres_connus: int = 0
    chiffres_env_connus: int = 0
    au_dessus: int = 0
    seuils_connus: int = 0
    depense: float = 0.0
    depense_connue: float = 0.0
    depense_sociale: float = 0.0
    depense_clauses: float = 0.0
    depense_criteres: float = 0.0
    depense_reserves: float = 0.0
    depense_env_connue: float = 0.0
    depense_env: float = 0.0
    maxima: float = 0.0

    def part_sociale(self, mesure: str = "nombre") -> float | None:
        """Share of the contracts, or of the euros, with a social consideration; ``None`` when it cannot be said."""
        if mesure == "montant":
            return _part(self.depense_sociale, self.depense_connue, self.chiffres_connus)
        return _part(self.sociaux, self.connus, self.connus)

    def part_env(self, mesure: str = "nombre") -> float | None:
        """The same with an environmental consideration."""
        if mesure == "montant":
            return _part(self.depense_env, self.depense_env_connue, self.chiffres_env_connus)
        return _part(self.env, self.env_connus, self.env_connus)

    def part_forme(self, forme: str, mesure: str = "nombre") -> float | None:
        """Share of one form: ``clauses``, ``criteres`` or ``reserves``; a contract may have several."""
        if mesure == "montant":
            return _part(getattr(self, f"depense_{forme}"), self.depense_connue, self.chiffres_connus)
        return _part(getattr(self, forme), self.connus, self.connus)

    def base(self, mesure: str = "nombre") -> int:
        """Number of contracts that the social share is computed on."""
        return self.chiffres_connus if mesure == "montant" else self.connus


def _part(partie: float, total: float, base: int) -> float | None:
    return min(round(partie / total, DECIMALES), 1.0) if base >= PLANCHER and total > 0 else None


NOMS = tuple(champ.name for champ in fields(Mesures))


def mesures(ligne: Mapping[str, Any]) -> Mesures:
    """The measures of a row of ``acheteurs_mesures`` or ``acheteurs_parts``; an absent sum is a zero."""
    return Mesures(**{nom: ligne.get(nom) or 0 for nom in NOMS})


def somme(groupes: Iterable[Mesures]) -> Mesures:
    """The measures of several groups without a common contract."""
    tous = list(groupes)
    return Mesures(**{nom: sum(getattr(m, nom) for m in tous) for nom in NOMS})
