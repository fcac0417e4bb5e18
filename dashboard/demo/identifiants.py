"""Identifiers of the demonstration: SIRET with a right key, opaque codes of persons.

Firms carry a SIREN under 000 100 000, a range the register has never assigned: they
look like firms to every check and can be mistaken for none.
"""

from __future__ import annotations

from functools import cache

import numpy as np


def cle_luhn(chiffres: str) -> str:
    """The digit that makes ``chiffres`` + digit valid by Luhn's rule (SIREN and SIRET)."""
    total = 0
    for i, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (2 if i % 2 == 0 else 1)
        total += valeur - 9 if valeur > 9 else valeur
    return str(-total % 10)


def siret_siege(siren: str, etablissement: int = 1) -> str:
    """A SIRET with a right key for this SIREN (the last digit is free, the real seat may differ)."""
    debut = f"{siren}{etablissement:04d}"
    return debut + cle_luhn(debut)


def siren_entreprise(rang: int) -> str:
    """SIREN of the ``rang``-th firm of the demonstration, ``0 <= rang < 10 000``."""
    if not 0 <= rang < 10_000:
        raise ValueError(f"rang d’entreprise hors de la plage réservée : {rang}")
    debut = f"0000{rang:04d}"
    return debut + cle_luhn(debut)


@cache
def siret_entreprise(rang: int) -> str:
    """SIRET of the ``rang``-th firm of the demonstration."""
    return siret_siege(siren_entreprise(rang), 1 + rang % 3)


def nom_entreprise(rang: int) -> str:
    """Public name of the ``rang``-th firm: it says what it is."""
    return f"Entreprise de démonstration {rang:04d}"


def codes_opaques(prefixe: str, n: int, rng: np.random.Generator) -> list[str]:
    """``n`` distinct codes without meaning or order (« P77-3F09A2 »)."""
    base = rng.permutation(np.arange(0x100000, 0x100000 + 4 * max(n, 1), dtype=np.int64))[:n]
    brasses = (base * 2_654_435_761) % (1 << 32)
    return [f"{prefixe}-{valeur:08X}" for valeur in brasses.tolist()]
