"""What the tests of the slides share: a page of the demonstration, and one slide of it."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.contenu import vue_ensemble
from dashboard.contenu.contexte import Contexte
from dashboard.domain.selection import Selection
from dashboard.export.diaporama import Diapo
from dashboard.warehouse.connexion import Instantane


@pytest.fixture
def contexte(instantane: Instantane) -> Contexte[Any]:
    return vue_ensemble.PAGE.contexte(instantane, Selection())


@pytest.fixture
def modele(contexte: Contexte[Any]) -> Diapo:
    return Diapo(vue_ensemble.PAGE.blocs["secteurs"](contexte), contexte)
