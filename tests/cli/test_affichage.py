"""Numbers and summary of a build, as printed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from dashboard.cli.affichage import afficher_bilan, duree, nombre, progression


def bilan(constats: int) -> Any:
    source = SimpleNamespace(
        fichier="a[b].json", format="JSON 2022", lues=12345, retenues=12000, hors_champ=300, corrigees=7, rejetees=45
    )
    return SimpleNamespace(
        instantane_id="20261001-abc",
        duree_s=12.34,
        sources=[source],
        echecs=["vide.json : fichier vide."],
        constats=[("rejet", f"regle_{i}", f"message {i} [x]", 1000 + i) for i in range(constats)],
    )


def test_nombres_a_la_francaise() -> None:
    assert nombre(1234567) == "1\u202f234\u202f567"
    assert nombre(0) == "0"
    assert duree(12.34) == "12,3\u202fs"


def test_bilan_complet(capsys: pytest.CaptureFixture[str]) -> None:
    afficher_bilan(cast("Any", bilan(12)))
    sortie = capsys.readouterr().out
    for attendu in (
        "a[b].json",
        "JSON 2022",
        "12\u202f345",
        "vide.json : fichier vide.",
        "20261001-abc",
        "message 9 [x]",
    ):
        assert attendu in sortie
    assert "message 10" not in sortie
    assert "et 2 autres règles" in sortie


def test_bilan_sans_constat(capsys: pytest.CaptureFixture[str]) -> None:
    afficher_bilan(bilan(0))
    assert "constats" not in capsys.readouterr().out


def test_progression_hors_terminal_une_ligne_par_etape(capsys: pytest.CaptureFixture[str]) -> None:
    with progression("Instantané") as progres:
        for part in (0.0, 0.25, 0.5):
            progres("Lecture [1]", part)
        progres("Contrôles", 0.9)
    assert capsys.readouterr().out.splitlines() == [
        "Instantané · Lecture [1] (0\u202f%)",
        "Instantané · Contrôles (90\u202f%)",
    ]
