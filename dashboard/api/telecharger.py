"""``/telecharger/<bloc>.csv?<selection>``, ``.xlsx``, ``.json``: the table of a bloc, the very numbers of the page.

``?forme=machine`` makes the CSV one for programs; the JSON is what it means. The contracts of a selection, which may be
tens of thousands, have files of their own (:mod:`dashboard.api.marches`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from flask import Blueprint, Response, abort, request

from dashboard.contenu.registre import page_du_bloc
from dashboard.domain.selection import depuis_url
from dashboard.export import classeur, metadonnees
from dashboard.export.tableau import csv_de, csv_machine
from dashboard.ui.contexte import instantane

if TYPE_CHECKING:
    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.tableau import Bloc

routes = Blueprint("telecharger", __name__)


@routes.get("/telecharger/<ident>.csv")
def csv(ident: str) -> Response:
    """CSV of a bloc of any page; 404 when there is no such bloc."""
    bloc, contexte = _demande(ident)
    if request.args.get("forme") == "machine":
        return _fichier(csv_machine(bloc), "text/csv", classeur.nom_de_fichier(f"{ident}_machine", contexte, "csv"))
    return _fichier(csv_de(bloc), "text/csv", classeur.nom_de_fichier(ident, contexte, "csv"))


@routes.get("/telecharger/<ident>.json")
def json(ident: str) -> Response:
    """What the CSV for programs is: columns, selection, snapshot, definitions; 404 when there is no such bloc."""
    bloc, contexte = _demande(ident)
    contenu = orjson.dumps(metadonnees.de(bloc, contexte), option=orjson.OPT_INDENT_2)
    return _fichier(contenu, "application/json", classeur.nom_de_fichier(f"{ident}_machine", contexte, "json"))


@routes.get("/telecharger/<ident>.xlsx")
def xlsx(ident: str) -> Response:
    """Workbook of a bloc of any page, its filters and its definitions; 404 when there is no such bloc."""
    bloc, contexte = _demande(ident)
    nom = classeur.nom_de_fichier(ident, contexte, "xlsx")
    return _fichier(classeur.xlsx_de(bloc, contexte), classeur.TYPE_MIME, nom)


def _demande(ident: str) -> tuple[Bloc, Contexte[Any]]:
    """The bloc asked for, and the context it was written in."""
    page = page_du_bloc(ident)
    if page is None:
        abort(404)
    requete = request.query_string.decode("utf-8", "replace")
    source = instantane(requete)
    selection = depuis_url(requete, source.referentiel).selection
    contexte = page.contexte(source, selection)
    return page.blocs[ident](contexte), contexte


def _fichier(contenu: str | bytes, genre: str, nom: str) -> Response:
    return Response(contenu, mimetype=genre, headers={"Content-Disposition": f'attachment; filename="{nom}"'})
