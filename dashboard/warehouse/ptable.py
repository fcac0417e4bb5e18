"""Writes ``data/reference/ptable.csv``, the table of the cell key method: ``python -m dashboard.warehouse.ptable``.

Run by hand when a parameter changes; a build only reads the CSV, and the site never
imports this module. The draw is fixed, so that anyone finds the same file again.
Source: Fraser and Wooton, "A proposed method for confidentialising tabular output to
protect against differencing" (Australian Bureau of Statistics, 2005); ADR 0006.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from dashboard.settings import RACINE

#: Number of cell keys; the record keys of the persons go from 0 to CLES - 1.
CLES = 256
#: A true count strictly under this is masked.
SEUIL = 5
#: Published counts are multiples of this.
BASE = 5
GRAINE = "observatoire des clauses sociales"
CIBLE = RACINE / "data" / "reference" / "ptable.csv"


class Perturbation(NamedTuple):
    """One line of the table: a count of row ``pcv`` whose cell has the key ``ckey`` is changed by ``pvalue``."""

    pcv: int
    ckey: int
    pvalue: int


def ligne(effectif: int) -> int:
    """Row of the table (``pcv``) where a true count is read: itself under 5, else 5 + its remainder by 5 (5 to 9)."""
    return effectif if effectif < SEUIL else SEUIL + effectif % BASE


def table() -> list[Perturbation]:
    """The whole table, 9 rows × 256 keys.

    Under the threshold the perturbation cancels the count. From it on, a remainder ``r`` by 5
    goes up to the next multiple for ``round(256 r / 5)`` keys and down for the others: the only
    unbiased way to publish a multiple of 5 at less than 5 from the truth.
    """
    masques = [Perturbation(n, cle, -n) for n in range(1, SEUIL) for cle in range(CLES)]
    arrondis = [Perturbation(SEUIL + r, cle, p) for r in range(BASE) for cle, p in enumerate(_arrondis(r))]
    return masques + arrondis


def _arrondis(reste: int) -> list[int]:
    """Perturbation of a remainder for each key; each remainder shuffles the keys its own way."""
    hausses = set(sorted(range(CLES), key=lambda cle: _tirage(reste, cle))[: round(CLES * reste / BASE)])
    return [BASE - reste if cle in hausses else -reste for cle in range(CLES)]


def _tirage(reste: int, cle: int) -> bytes:
    """Pseudo-random rank of a key: the same on every machine and with every version of Python."""
    return hashlib.sha256(f"{GRAINE}|{reste}|{cle}".encode()).digest()


def moments(lignes: Iterable[Perturbation], pcv: int) -> tuple[Fraction, Fraction]:
    """Exact bias and variance, in persons and persons², of the perturbation of a row over its keys."""
    valeurs = [p.pvalue for p in lignes if p.pcv == pcv]
    biais = Fraction(sum(valeurs), len(valeurs))
    return biais, Fraction(sum(v * v for v in valeurs), len(valeurs)) - biais**2


def lire(chemin: Path = CIBLE) -> list[Perturbation]:
    """The table of a CSV file."""
    with chemin.open(encoding="utf-8", newline="") as fichier:
        return [Perturbation(int(li["pcv"]), int(li["ckey"]), int(li["pvalue"])) for li in csv.DictReader(fichier)]


def ecrire(chemin: Path = CIBLE) -> None:
    """Write the table as CSV, columns ``pcv, ckey, pvalue``."""
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        sortie = csv.writer(fichier, lineterminator="\n")
        sortie.writerow(Perturbation._fields)
        sortie.writerows(table())


def rapport(lignes: list[Perturbation]) -> str:
    """Bias and variance of each remainder and overall, as a French text."""
    textes, cumul = [], [Fraction(0), Fraction(0)]
    for reste in range(BASE):
        biais, variance = moments(lignes, SEUIL + reste)
        cumul = [cumul[0] + biais, cumul[1] + variance + biais**2]
        textes.append(f"reste {reste} : biais {float(biais):+.4f}, variance {float(variance):.4f}")
    biais, carre = (c / BASE for c in cumul)
    return "\n".join([*textes, f"ensemble : biais {float(biais):+.4f}, variance {float(carre - biais**2):.4f}"])


if __name__ == "__main__":
    ecrire()
    sys.stdout.write(f"{rapport(lire())}\n")
