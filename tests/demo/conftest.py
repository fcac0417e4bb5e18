"""One small demonstration, written once for the whole folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.demo import generer

ECHELLE = 0.05


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a demonstration at a twentieth of the real scale."""
    return generer(tmp_path_factory.mktemp("demo"), echelle=ECHELLE).parent
