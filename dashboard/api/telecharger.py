"""``/telecharger/<bloc>.csv?<selection>``: the table of a bloc, the very numbers of the page."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from dashboard.contenu.vue_ensemble import composer
from dashboard.domain.selection import depuis_url
from dashboard.export.tableau import csv_de
from dashboard.ui.contexte import instantane
from dashboard.warehouse.vue_ensemble import lire

routes = Blueprint("telecharger", __name__)


@routes.get("/telecharger/<ident>.csv")
def csv(ident: str) -> Response:
    """CSV of a bloc of the first page; 404 when there is no such bloc."""
    source = instantane()
    selection = depuis_url(request.query_string.decode("utf-8", "replace"), source.referentiel).selection
    blocs = composer(source, selection, lire(source, selection))
    if ident not in blocs:
        abort(404)
    nom = (
        f"observatoire_{ident}_{source.manifeste.instantane_id}{'_demonstration' if source.manifeste.demo else ''}.csv"
    )
    entetes = {"Content-Disposition": f'attachment; filename="{nom}"'}
    return Response(csv_de(blocs[ident]), mimetype="text/csv", headers=entetes)
