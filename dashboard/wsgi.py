"""Entry point of the web server: ``gunicorn dashboard.wsgi:server`` (threads; never ``--preload``)."""

from __future__ import annotations

from datetime import date

# DuckDB imports pandas at its first bound value and Plotly looks at it: never while another thread half has it.
import pandas  # noqa: F401

from dashboard.app import create_app
from dashboard.figures.heures import par_mois
from dashboard.settings import Settings

app = create_app(Settings.depuis_environnement())
server = app.server

# The first Plotly figure of a process costs 150 ms: paid here rather than by the first reader.
par_mois([{"mois": date(2025, 1, 1), "valeur": 1.0, "reference": 1.0}], "light", "", "")
