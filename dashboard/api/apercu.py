"""``/apercu/<page>.png``: the picture that a link shows once pasted in a message or on a social network.

Drawn at the first request and kept beside the snapshot. Only what the site has can be asked for (its pages, its
blocs, its territories, its programmes): no selection, hence no cache that anybody could fill.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from dashboard import __version__
from dashboard.api.adresse import avec_instantane, instantane_cite, requete, site
from dashboard.export import apercu as dessin
from dashboard.export import image
from dashboard.rapport import apercu
from dashboard.ui.contexte import instantane
from dashboard.warehouse.apercus import Apercus
from dashboard.warehouse.connexion import Instantane

routes = Blueprint("apercu", __name__)

EXTENSION = "observatoire-apercus"
#: How long a picture may be kept: for ever when its address names its snapshot, checked at each use otherwise.
GARDER, VERIFIER = "public, max-age=31536000, immutable", "public, no-cache"


@routes.get("/apercu/<path:cible>.png")
def montrer(cible: str) -> Response:
    """The picture of a page; 404 when the site has none by that name."""
    source = instantane(requete())
    if not apercu.existe(cible, source.referentiel):
        return Response("L’observatoire n’a pas d’aperçu pour cette adresse.\n", status=404, mimetype="text/plain")
    identite = source.manifeste.instantane_id
    reponse = Response(_octets(source, cible), mimetype=image.TYPE_MIME)
    reponse.set_etag(f"{identite}-{__version__}")
    reponse.headers["Cache-Control"] = GARDER if instantane_cite() else VERIFIER
    reponse.make_conditional(request)
    return reponse


def _octets(source: Instantane, cible: str) -> bytes:
    apercus: Apercus = current_app.extensions[EXTENSION]
    return apercus.obtenir(source.manifeste.instantane_id, cible.replace("/", "_"), lambda: dessiner(source, cible))


def dessiner(source: Instantane, cible: str) -> bytes:
    """The picture, drawn. Raises ``ApercuInconnu``."""
    return image.png(dessin.svg(apercu.composer(source, cible)))


def adresse(cible: str, identite: str) -> str:
    """Absolute address of a picture, which names its snapshot: a new one is a new picture."""
    return f"{site()}{avec_instantane(f'/apercu/{cible}.png', identite)}"
