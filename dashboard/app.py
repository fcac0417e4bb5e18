"""Assembles the web application. Importing does nothing; ``create_app`` opens nothing before the first request."""

from __future__ import annotations

import logging
import re
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dash
from dash import Dash, html
from flask import Flask, Response, has_app_context, request, send_from_directory
from flask_compress import Compress
from markupsafe import escape

from dashboard.api import (
    adresse,
    apercu,
    calques,
    diaporama,
    fiche,
    fonds,
    integrer,
    marches,
    metas,
    permaliens,
    telecharger,
)
from dashboard.entetes import CacheStatique, cle_de_cache, proteger
from dashboard.settings import Settings
from dashboard.ui import cadre, rappels
from dashboard.ui.contexte import ARCHIVES, EXTENSION, cite, instantane
from dashboard.warehouse.apercus import Apercus
from dashboard.warehouse.archives import Archives
from dashboard.warehouse.connexion import Entrepot, InstantaneAbsent

BOOTSTRAP = "/statique/bootstrap.min.css"

#: What every page says of itself first; the rest depends on its address (:mod:`dashboard.api.metas`).
BASE = """<meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    """
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


class Application(Dash):
    """Dash, whose pages say their finding to who links to them, and which sends AG Grid (1.3 MB) to few of them."""

    def interpolate_index(self, scripts: str = "", **kwargs: str) -> str:  # type: ignore[override]
        """The page as served; the tabs load whole a page whose library is not there yet (``assets/filtres.js``)."""
        kwargs |= {"metas": f"{BASE}{metas.de_la_page().entete}", "title": str(escape(metas.onglet()))}
        if request.path not in cadre.pages_a_grille():
            scripts = re.sub(r"<script[^>]*dash_ag_grid[^>]*></script>\n?", "", scripts)
        return str(super().interpolate_index(scripts=scripts, **kwargs))


def create_app(reglages: Settings) -> Dash:
    """The Dash application on the snapshot of the settings; its Flask server is ``.server``."""
    server = Flask(__name__, static_folder=None)
    server.secret_key = reglages.secret_session or secrets.token_hex(32)
    server.config[adresse.ADRESSE] = reglages.url_publique
    server.config.update(
        COMPRESS_CACHE_BACKEND=CacheStatique,
        COMPRESS_CACHE_KEY=cle_de_cache,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
    )
    entrepot = Entrepot(reglages.instantane)
    server.extensions |= {EXTENSION: entrepot, ARCHIVES: Archives(entrepot)}
    server.extensions[apercu.EXTENSION] = Apercus(reglages.instantane)
    app = Application(
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
        include_pages_meta=False,  # they would be empty, or those of any selection
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
    server.register_blueprint(marches.routes)
    server.register_blueprint(diaporama.routes)
    server.register_blueprint(permaliens.routes)
    server.register_blueprint(fiche.routes)
    server.register_blueprint(apercu.routes)
    server.register_blueprint(integrer.routes)
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
        quitte = cite(request.query_string.decode("utf-8", "replace")) is not None
        return Response(f"{erreur}\n", status=410 if quitte else 503, mimetype="text/plain")


def _en_erreur(erreur: Exception) -> Any:
    """A failed callback is logged whole and leaves the page as it was, with a note."""
    logging.getLogger(__name__).error("Échec d’un calcul de la page", exc_info=erreur)
    dash.set_props(
        "notes", {"children": "Un calcul a échoué : la page peut être incomplète. L’incident est journalisé."}
    )
    return dash.no_update
