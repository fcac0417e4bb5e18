"""``/telecharger/marches.csv?<selection>``, ``.xlsx``, ``.json``: the contracts and lots of a selection, one a row.

The CSV leaves as it is read, the workbook once written to disk: memory does not grow with the number of rows. A few
are served at a time (``limites.LONGS_MAX``), so that pages always find a free thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

import orjson
from flask import Blueprint, Response, request

from dashboard.contenu import marches
from dashboard.domain.selection import depuis_url
from dashboard.export import classeur, metadonnees
from dashboard.export.limites import LONGS_MAX
from dashboard.export.tableau import en_csv, en_csv_machine
from dashboard.ui.contexte import instantane

if TYPE_CHECKING:
    from typing import IO

routes = Blueprint("marches", __name__)

OCCUPE = f"{LONGS_MAX} fichiers de marchés sont déjà en cours d’écriture : réessayez dans une minute.\n"
#: Seconds after which a refused reader may try again; bytes of a file sent at once.
ATTENTE, MORCEAU = 30, 1 << 16

_PLACES = BoundedSemaphore(LONGS_MAX)


@routes.get("/telecharger/marches.csv")
def csv() -> Response:
    """CSV, streamed; for a program with ``?forme=machine``. 503 when too many long files are being written."""
    contexte, machine = _contexte(), request.args.get("forme") == "machine"
    ecrire = en_csv_machine if machine else en_csv
    nom = classeur.nom_de_fichier(f"{marches.IDENT}_machine" if machine else marches.IDENT, contexte, "csv")
    return _longue(lambda: (m.encode() for m in ecrire(marches.flux(contexte))), "text/csv", nom)


@routes.get("/telecharger/marches.xlsx")
def xlsx() -> Response:
    """The workbook, which says its limit of rows when it is passed; 503 when too many are being written."""
    contexte = _contexte()
    nom = classeur.nom_de_fichier(marches.IDENT, contexte, "xlsx")
    return _longue(lambda: _morceaux(classeur.xlsx_long(marches.flux(contexte), contexte)), classeur.TYPE_MIME, nom)


@routes.get("/telecharger/marches.json")
def json() -> Response:
    """What the CSV for programs is: columns, selection, snapshot, definitions, what is left out."""
    contexte = _contexte()
    contenu = orjson.dumps(metadonnees.de_flux(marches.flux(contexte), contexte), option=orjson.OPT_INDENT_2)
    nom = classeur.nom_de_fichier(f"{marches.IDENT}_machine", contexte, "json")
    return Response(contenu, mimetype="application/json", headers=_attache(nom))


def _contexte() -> marches.Ici:
    requete = request.query_string.decode("utf-8", "replace")
    source = instantane(requete)
    return marches.contexte(source, depuis_url(requete, source.referentiel).selection)


def _morceaux(fichier: IO[bytes]) -> Iterator[bytes]:
    with fichier:
        while morceau := fichier.read(MORCEAU):
            yield morceau


def _longue(ecrire: Callable[[], Iterator[bytes]], genre: str, nom: str) -> Response:
    """A response sent as it is written, or 503 when there is no place left."""
    if not _PLACES.acquire(blocking=False):
        return Response(OCCUPE, status=503, mimetype="text/plain", headers={"Retry-After": str(ATTENTE)})
    morceaux = _tenir(ecrire)
    next(morceaux)
    return Response(morceaux, mimetype=genre, headers=_attache(nom))


def _tenir(ecrire: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """What is written, after an empty piece: once begun, its place is given back however it ends (left, failed)."""
    try:
        morceaux = ecrire()
        yield b""
        yield from morceaux
    finally:
        _PLACES.release()


def _attache(nom: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{nom}"'}
