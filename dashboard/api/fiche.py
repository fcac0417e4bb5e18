"""``/fiche/territoire/<code>`` and ``.pdf``: the two pages of a territory, without Dash, for ``?annee=2025`` or so.

The page is server-rendered and stands alone; its PDF is made from the same HTML.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect, request, send_from_directory
from werkzeug.wrappers import Response as ReponseNue

from dashboard.rapport import page, pdf
from dashboard.rapport.fiche import Fiche, TerritoireInconnu, composer
from dashboard.rapport.fichiers import nom_de_fichier
from dashboard.ui.contexte import cite, instantane

routes = Blueprint("fiche", __name__)

#: Setting of the server that holds the public address of the site, if any.
ADRESSE = "URL_PUBLIQUE"


def _fiche(code: str) -> Fiche:
    """The sheet asked for. Raises ``TerritoireInconnu``."""
    requete = request.query_string.decode("utf-8", "replace")
    return composer(instantane(requete), code, requete)


def _cite() -> str | None:
    """The snapshot that the address quotes."""
    return cite(request.query_string.decode("utf-8", "replace"))


def _adresse() -> str:
    """Address that the link and the QR code of a sheet begin with: the public one, else the one it was asked at."""
    return str(current_app.config.get(ADRESSE) or request.url_root.rstrip("/"))


@routes.get("/fiche/territoire/<code>")
def html(code: str) -> ReponseNue:
    """The sheet; a code typed in small letters is sent to its own address."""
    fiche = _fiche(code)
    if code != fiche.territoire.code:
        return redirect(request.full_path.replace(code, fiche.territoire.code, 1).rstrip("?"))
    return Response(page.html(fiche, _adresse(), cite=_cite()), mimetype="text/html")


@routes.get("/fiche/territoire/<code>.pdf")
def en_pdf(code: str) -> Response:
    """The same sheet as PDF; 501 where the server cannot make any."""
    fiche = _fiche(code)
    contenu = pdf.rendre(page.html(fiche, _adresse(), ecran=False))
    nom = nom_de_fichier(fiche, "pdf")
    return Response(contenu, mimetype=pdf.TYPE_MIME, headers={"Content-Disposition": f'inline; filename="{nom}"'})


@routes.get(page.SCRIPT)
def script() -> Response:
    """The script of the button that prints."""
    return send_from_directory(page.MODELES, "fiche.js", mimetype="text/javascript", max_age=86400)


@routes.errorhandler(TerritoireInconnu)
def inconnu(erreur: TerritoireInconnu) -> Response:
    """A page that says it, with the closest territories."""
    return Response(page.introuvable(erreur), status=404, mimetype="text/html")


@routes.errorhandler(pdf.PdfIndisponible)
def sans_pdf(erreur: pdf.PdfIndisponible) -> Response:
    """What to install, in plain text."""
    return Response(f"{erreur}\n", status=501, mimetype="text/plain")
