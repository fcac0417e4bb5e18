"""Entry point of the web server: ``gunicorn dashboard.wsgi:server`` (threads; never ``--preload``).

What the first reader would pay is paid here: the templates and the first Plotly figure at once; the default
selection of each page and what the sheets of the territories are compared with, on a thread beside the requests.
"""

from __future__ import annotations

from datetime import date
from threading import Thread

# DuckDB imports pandas at its first bound value and Plotly looks at it: never while another thread half has it.
import pandas  # noqa: F401

from dashboard.app import create_app
from dashboard.contenu.registre import PAGES
from dashboard.domain.selection import Selection
from dashboard.figures.heures import par_mois
from dashboard.rapport import page as fiches
from dashboard.rapport.niveaux import du_niveau
from dashboard.settings import Settings
from dashboard.ui import rendu
from dashboard.ui.contexte import EXTENSION
from dashboard.warehouse.connexion import InstantaneAbsent

app = create_app(Settings.depuis_environnement())
server = app.server

# The first Plotly figure of a process costs 150 ms: paid here rather than by the first reader.
par_mois([{"mois": date(2025, 1, 1), "valeur": 1.0, "reference": 1.0}], "light", "", "")
rendu.preparer()
fiches.preparer()


def prechauffer() -> None:
    """Read ahead what is asked first; without a snapshot, there is nothing to read."""
    try:
        instantane = server.extensions[EXTENSION].instantane()
    except InstantaneAbsent:
        return
    for niveau in ("departement", "epci", "commune", "region"):
        du_niveau(instantane, None, niveau)
    for page in PAGES:
        if not page.fiche:
            page.contexte(instantane, Selection())


Thread(target=prechauffer, name="prechauffage", daemon=True).start()
