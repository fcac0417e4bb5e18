"""``/telecharger/<bloc>.csv?<selection>``: the table of a bloc, the very numbers of the page."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from dashboard.contenu.registre import page_du_bloc
from dashboard.domain.selection import depuis_url
from dashboard.export.tableau import csv_de
from dashboard.ui.contexte import instantane

routes = Blueprint("telecharger", __name__)


@routes.get("/telecharger/<ident>.csv")
def csv(ident: str) -> Response:
    """CSV of a bloc of any page; 404 when there is no such bloc."""
    page = page_du_bloc(ident)
    if page is None:
        abort(404)
    source = instantane()
    selection = depuis_url(request.query_string.decode("utf-8", "replace"), source.referentiel).selection
    bloc = page.blocs[ident](page.contexte(source, selection))
    nom = (
        f"observatoire_{ident}_{source.manifeste.instantane_id}{'_demonstration' if source.manifeste.demo else ''}.csv"
    )
    entetes = {"Content-Disposition": f'attachment; filename="{nom}"'}
    return Response(csv_de(bloc), mimetype="text/csv", headers=entetes)
