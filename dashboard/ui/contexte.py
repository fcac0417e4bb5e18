"""The snapshot door of the running application, reached from a page without a global variable."""

from __future__ import annotations

from typing import cast

from flask import current_app

from dashboard.warehouse.connexion import Entrepot, Instantane

EXTENSION = "observatoire"


def instantane() -> Instantane:
    """The snapshot in place now. Raises ``InstantaneAbsent``."""
    return cast(Entrepot, current_app.extensions[EXTENSION]).instantane()
