"""Shared fixtures: a small demonstration snapshot built by the real pipeline, and the real files where they are."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from dashboard.settings import Settings
from dashboard.warehouse.connexion import Entrepot, Instantane

settings.register_profile("projet", deadline=None, print_blob=True)
settings.load_profile("projet")

#: The demonstration at one thirtieth: enough for every table and every defect, built in seconds.
ECHELLE = 0.03


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of ``make captures``: the pictures of the README are those of the whole demonstration."""
    parser.addoption("--instantane", type=Path, help="instantané servi aux essais, au lieu de la petite démonstration")
    parser.addoption("--captures", type=Path, help="dossier où garder les captures d’écran du README")


#: Random selections of a test that ``make check`` tries; ``make test`` tries them all.
TIRAGES_DU_CHECK = 6


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first random selections of a test (its parameter ``tirage``) are quick tests, the following ones long."""
    for item in items:
        cas = getattr(item, "callspec", None)
        if cas is not None and cas.params.get("tirage", 0) >= TIRAGES_DU_CHECK:
            item.add_marker(pytest.mark.complet)


@pytest.fixture(scope="session")
def partage() -> Path:
    """Folder of the real files; the tests that need it are skipped where it is absent."""
    dossier = Settings.depuis_environnement().partage
    if not dossier.is_dir():
        pytest.skip(f"fichiers réels absents ({dossier.name}) : définissez OBSERVATOIRE_PARTAGE")
    return dossier


@pytest.fixture(scope="session")
def commun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder shared by the parallel workers of a run: what is long to make is made once."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def sources_demo(commun: Path) -> Path:
    """Catalogue of small demonstration sources."""
    from dashboard.demo.generateur import generer

    catalogue = commun / "demo" / "sources.toml"
    with FileLock(commun / "demo.lock"):
        return catalogue if catalogue.is_file() else generer(commun / "demo", echelle=ECHELLE)


@pytest.fixture(scope="session")
def fichier_demo(request: pytest.FixtureRequest, commun: Path) -> Path:
    """Snapshot file built from the small demonstration sources by the real pipeline."""
    if donne := request.config.getoption("--instantane"):
        return Path(donne)
    return _construire(commun, "instantane", lambda: request.getfixturevalue("sources_demo"))


@pytest.fixture(scope="session")
def fichier_complet(commun: Path) -> Path:
    """Snapshot file of the whole demonstration, for the long tests."""
    from dashboard.demo.generateur import generer

    return _construire(commun, "complet", lambda: generer(commun / "demo-complete"))


def _construire(commun: Path, nom: str, sources: Callable[[], Path]) -> Path:
    """The snapshot of a catalogue, built once by the first worker that asks for it."""
    from dashboard.ingest import catalogue
    from dashboard.warehouse.construction import construire

    cible = commun / nom / "observatoire.duckdb"
    cible.parent.mkdir(exist_ok=True)
    with FileLock(commun / f"{nom}.lock"):
        if not cible.is_file():
            construire(catalogue.lire(sources()), cible, reglages=Settings())
    return cible


@pytest.fixture(scope="session")
def instantane(fichier_demo: Path) -> Instantane:
    """The small demonstration snapshot, open."""
    return Entrepot(fichier_demo).instantane()
