"""Assembles the web application. Importing does nothing; ``create_app`` opens nothing before the first request."""

from __future__ import annotations

import logging
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dash
from dash import Dash, html
from flask import Flask, Response, has_app_context, send_from_directory
from flask_compress import Compress

from dashboard.api import calques, fonds, telecharger
from dashboard.entetes import CacheStatique, cle_de_cache, proteger
from dashboard.settings import Settings
from dashboard.ui import cadre, rappels
from dashboard.ui.contexte import EXTENSION, instantane
from dashboard.warehouse.connexion import Entrepot, InstantaneAbsent

BOOTSTRAP = "/statique/bootstrap.min.css"

PAGE = """<!DOCTYPE html>
<html lang="fr">
  <head>
    {%metas%}
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
    <script src="/assets/theme.js"></script>
    {%css%}
  </head>
  <body>
    {%app_entry%}
    <noscript>Cette application a besoin de JavaScript. Les données restent téléchargeables en CSV :
      <a href="/telecharger/carte.csv">territoires</a>, <a href="/telecharger/mois.csv">mois</a>,
      <a href="/telecharger/secteurs.csv">secteurs</a>.</noscript>
    <footer>{%config%}{%scripts%}{%renderer%}</footer>
  </body>
</html>"""


def create_app(reglages: Settings) -> Dash:
    """The Dash application on the snapshot of the settings; its Flask server is ``.server``."""
    server = Flask(__name__, static_folder=None)
    server.secret_key = reglages.secret_session or secrets.token_hex(32)
    server.config.update(
        COMPRESS_CACHE_BACKEND=CacheStatique,
        COMPRESS_CACHE_KEY=cle_de_cache,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
    )
    server.extensions[EXTENSION] = Entrepot(reglages.instantane)
    app = Dash(
        __name__,
        server=server,
        use_pages=True,
        pages_folder=str(Path(__file__).parent / "pages"),
        assets_folder=str(reglages.racine / "assets"),
        assets_ignore=r"^theme\.js$",
        external_stylesheets=[BOOTSTRAP],
        index_string=PAGE,
        title=cadre.NOM,
        update_title="",
        health_endpoint="sante",
        on_error=_en_erreur,
        enable_mcp=False,
    )
    app.layout = _layout
    rappels.relier(app)
    _routes(server)
    Compress(server)
    proteger(app)
    return app


def _layout() -> Any:
    """The page as served: with the snapshot in place at that moment, or a page that says there is none."""
    if not has_app_context():  # Dash calls a layout once when it is set, before any request
        return html.Div()
    try:
        return cadre.cadre(instantane())
    except InstantaneAbsent as erreur:
        return cadre.sans_instantane(erreur)


def _routes(server: Flask) -> None:
    server.register_blueprint(telecharger.routes)
    server.register_blueprint(fonds.routes)
    server.register_blueprint(calques.routes)
    specification = find_spec("flask_bootstrap")
    if specification is None or not specification.submodule_search_locations:
        raise RuntimeError("Le paquet Bootstrap-Flask, d’où vient la feuille de style Bootstrap, n’est pas installé.")
    bootstrap = Path(specification.submodule_search_locations[0]) / "static" / "bootstrap5" / "css"

    @server.get(BOOTSTRAP)
    def feuille_bootstrap() -> Response:
        return send_from_directory(bootstrap, "bootstrap.min.css", max_age=86400)

    @server.errorhandler(InstantaneAbsent)
    def sans_instantane(erreur: InstantaneAbsent) -> Response:
        return Response(f"{erreur}\n", status=503, mimetype="text/plain")


def _en_erreur(erreur: Exception) -> Any:
    """A failed callback is logged whole and leaves the page as it was, with a note."""
    logging.getLogger(__name__).error("Échec d’un calcul de la page", exc_info=erreur)
    dash.set_props(
        "notes", {"children": "Un calcul a échoué : la page peut être incomplète. L’incident est journalisé."}
    )
    return dash.no_update
