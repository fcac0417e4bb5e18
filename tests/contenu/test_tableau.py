"""Value, zero, masked and unavailable are four things."""

from __future__ import annotations

import math
from datetime import date

import pytest

from dashboard.contenu.tableau import Colonne, Etat, cellule, ecrire, tableau


@pytest.mark.parametrize(
    ("valeur", "statut", "attendu"),
    [
        (12.0, "valeur", 12.0),
        (0.0, "valeur", 0.0),
        (None, "s", Etat.SECRET),
        (3.0, "s", Etat.SECRET),
        (math.nan, "valeur", Etat.NON_DISPONIBLE),
        (None, "valeur", Etat.NON_DISPONIBLE),
        (7.0, "nd", Etat.NON_DISPONIBLE),
        ("Paris", "valeur", "Paris"),
    ],
)
def test_cellule(valeur: object, statut: str, attendu: object) -> None:
    assert cellule(valeur, statut) == attendu


def test_une_cellule_d_un_type_inconnu_est_refusee() -> None:
    with pytest.raises(TypeError, match="list"):
        cellule([1])


def test_quatre_etats_quatre_ecritures() -> None:
    textes = [ecrire(v, "entier") for v in (1234.0, 0.0, Etat.SECRET, Etat.NON_DISPONIBLE)]
    assert textes == ["1\u202f234", "0", "s", "nd"]
    assert len({Etat.SECRET.en_mots, Etat.NON_DISPONIBLE.en_mots}) == 2
    assert ecrire(0.124, "part") == "12\u202f%"
    assert ecrire(date(2025, 3, 1), "mois") == "mars 2025"


def test_les_cellules_masquees_sont_comptees() -> None:
    t = tableau(
        [Colonne("a", "A"), Colonne("b", "B", "entier")], [["x", Etat.SECRET], ["y", 0.0], ["z", Etat.NON_DISPONIBLE]]
    )
    assert t.masquees == 1
