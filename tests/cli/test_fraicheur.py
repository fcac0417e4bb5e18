"""Freshness of the demo sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.cli.fraicheur import demo_a_jour, empreinte_demo, noter_demo, oublier_demo
from dashboard.settings import Settings


@pytest.fixture
def reglages(tmp_path: Path) -> Settings:
    (tmp_path / "dashboard/demo").mkdir(parents=True)
    (tmp_path / "dashboard/demo/a.py").write_text("A = 1")
    (tmp_path / "geo").mkdir()
    return Settings(racine=tmp_path)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    dossier = tmp_path / "demo"
    dossier.mkdir()
    (dossier / "sources.toml").write_text('[[source]]\nchemin = "a.json"\n')
    (dossier / "a.json").write_text("{}")
    return dossier


def test_empreinte_suit_le_code_les_tables_et_les_parametres(reglages: Settings) -> None:
    premiere = empreinte_demo(1, 1.0, reglages)
    assert empreinte_demo(1, 1.0, reglages) == premiere
    autres = {empreinte_demo(2, 1.0, reglages), empreinte_demo(1, 0.5, reglages)}
    (reglages.geo / "territoires.csv").write_text("code")
    autres.add(empreinte_demo(1, 1.0, reglages))
    (reglages.racine / "dashboard/demo/a.py").write_text("A = 2")
    autres.add(empreinte_demo(1, 1.0, reglages))
    assert len(autres | {premiere}) == 5


def test_a_jour_seulement_complete_et_notee(dossier: Path) -> None:
    assert not demo_a_jour(dossier, "e")
    noter_demo(dossier, "e")
    assert demo_a_jour(dossier, "e")
    assert not demo_a_jour(dossier, "autre")
    (dossier / "a.json").unlink()
    assert not demo_a_jour(dossier, "e")


def test_une_ecriture_interrompue_se_voit(dossier: Path) -> None:
    noter_demo(dossier, "e")
    oublier_demo(dossier)
    assert not demo_a_jour(dossier, "e")


def test_dossier_absent(tmp_path: Path) -> None:
    assert not demo_a_jour(tmp_path / "rien", "e")
