"""The snapshot appears whole or not at all, and the previous ones stay."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dashboard.warehouse.publication import CONSERVES, publier


def neuf(dossier: Path, texte: str) -> Path:
    chemin = dossier / "neuf"
    chemin.write_text(texte, encoding="utf-8")
    return chemin


def test_le_nouvel_instantane_remplace_l_ancien_qui_reste_date(tmp_path: Path) -> None:
    cible = tmp_path / "o.duckdb"
    publier(neuf(tmp_path, "un"), cible, "20250101-aaaa")
    publier(neuf(tmp_path, "deux"), cible, "20250201-bbbb")
    assert cible.read_text(encoding="utf-8") == "deux"
    assert (tmp_path / "o-20250101-aaaa.duckdb").read_text(encoding="utf-8") == "un"
    assert not list(tmp_path.glob(".*"))


def test_seuls_les_derniers_sont_gardes(tmp_path: Path) -> None:
    cible = tmp_path / "o.duckdb"
    for i in range(CONSERVES + 3):
        publier(neuf(tmp_path, str(i)), cible, f"2025010{i}-x")
        os.utime(tmp_path / f"o-2025010{i}-x.duckdb", (i, i))
    gardes = sorted(p.name for p in tmp_path.glob("o-*.duckdb"))
    assert len(gardes) == CONSERVES
    assert gardes[-1] == f"o-2025010{CONSERVES + 2}-x.duckdb"


def test_sans_lien_physique_le_fichier_est_copie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(*_: object) -> None:
        raise OSError("lien refusé")

    monkeypatch.setattr(os, "link", refuser)
    cible = tmp_path / "o.duckdb"
    publier(neuf(tmp_path, "copie"), cible, "20250101-aaaa")
    assert cible.read_text(encoding="utf-8") == "copie"
