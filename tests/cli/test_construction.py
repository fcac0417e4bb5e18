"""What `construire` and `demo` decide to do again; the work itself is replaced by a witness."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.cli import construction
from dashboard.cli.construction import construire_instantane, ecrire_demo
from dashboard.cli.fraicheur import empreinte_demo, noter_demo
from dashboard.cli.sources import Demande, memoriser
from dashboard.ingest.journal import Declaration
from dashboard.settings import Settings

RIEN = Demande(())


@pytest.fixture
def reglages(tmp_path: Path) -> Settings:
    demo = tmp_path / "data" / "demo"
    demo.mkdir(parents=True)
    (demo / "marches.json").write_text("{}")
    (demo / "sources.toml").write_text('demo = true\n[[source]]\nchemin = "marches.json"\nnature = "decp"\n')
    reglages = Settings(racine=tmp_path, instantane=tmp_path / "o.duckdb")
    noter_demo(demo, empreinte_demo(construction.GRAINE, construction.ECHELLE, reglages))
    return reglages


@pytest.fixture
def faites(monkeypatch: pytest.MonkeyPatch) -> list[Demande]:
    """The builds that were asked for."""
    demandes: list[Demande] = []
    monkeypatch.setattr(construction, "_construire", lambda _reglages, demande: demandes.append(demande))
    monkeypatch.setattr(construction, "_a_jour", lambda _reglages, _demande: False)
    return demandes


def reelle(tmp_path: Path) -> Declaration:
    fichier = tmp_path / "reel.json"
    fichier.write_text("{}")
    return Declaration(fichier, "decp")


def noms(demandes: list[Demande]) -> list[list[str]]:
    return [[d.chemin.name for d in demande.declarations] for demande in demandes]


def test_sans_source_la_demonstration(reglages: Settings, faites: list[Demande]) -> None:
    construire_instantane(reglages, RIEN)
    assert noms(faites) == [["marches.json"]]
    assert faites[0].declarations[0].demo


def test_le_catalogue_de_l_operateur_passe_avant_la_demonstration(reglages: Settings, faites: list[Demande]) -> None:
    reelle(reglages.donnees)
    (reglages.donnees / "sources.toml").write_text('[[source]]\nchemin = "reel.json"\nnature = "decp"\n')
    construire_instantane(reglages, RIEN)
    assert noms(faites) == [["reel.json"]]


def test_si_absent_ne_touche_pas_a_l_instantane_present(reglages: Settings, faites: list[Demande]) -> None:
    reglages.instantane.touch()
    construire_instantane(reglages, RIEN, si_absent=True)
    assert faites == []
    reglages.instantane.unlink()
    construire_instantane(reglages, RIEN, si_absent=True)
    assert len(faites) == 1


def test_si_besoin_reprend_les_sources_reelles_de_l_instantane(
    tmp_path: Path, reglages: Settings, faites: list[Demande]
) -> None:
    reglages.instantane.touch()
    memoriser(reglages.instantane, Demande((reelle(tmp_path),)))
    construire_instantane(reglages, RIEN, si_besoin=True)
    assert noms(faites) == [["reel.json"]]
    construire_instantane(reglages, RIEN)
    assert noms(faites)[1] == ["marches.json"]


def test_si_besoin_garde_l_instantane_dont_les_sources_ont_disparu(
    tmp_path: Path, reglages: Settings, faites: list[Demande], capsys: pytest.CaptureFixture[str]
) -> None:
    reglages.instantane.touch()
    memoriser(reglages.instantane, Demande((Declaration(tmp_path / "parti.json", "decp"),)))
    construire_instantane(reglages, RIEN, si_besoin=True)
    assert faites == []
    assert "Instantané conservé" in capsys.readouterr().out


def test_si_besoin_ne_refait_pas_ce_qui_est_a_jour(
    reglages: Settings, faites: list[Demande], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(construction, "_a_jour", lambda _reglages, _demande: True)
    construire_instantane(reglages, RIEN, si_besoin=True)
    assert faites == []
    construire_instantane(reglages, RIEN)
    assert len(faites) == 1


def test_demo_a_jour_n_est_pas_reecrite(reglages: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue = ecrire_demo(reglages, reglages.demo, construction.GRAINE, construction.ECHELLE, si_besoin=True)
    assert catalogue == reglages.demo / "sources.toml"
    assert "à jour" in capsys.readouterr().out
