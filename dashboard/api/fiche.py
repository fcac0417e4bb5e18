"""``/fiche/territoire/<code>`` and ``.pdf``: the two pages of a territory, without Dash, for ``?annee=2025`` or so.

The page is server-rendered and stands alone; its PDF is made from the same HTML.
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, send_from_directory
from werkzeug.wrappers import Response as ReponseNue

from dashboard.api.adresse import instantane_cite, requete, site
from dashboard.api.metas import de_la_fiche
from dashboard.rapport import page, pdf
from dashboard.rapport.fiche import Fiche, TerritoireInconnu, composer
from dashboard.rapport.fichiers import nom_de_fichier
from dashboard.ui.contexte import instantane

routes = Blueprint("fiche", __name__)


def _fiche(code: str) -> Fiche:
    """The sheet asked for. Raises ``TerritoireInconnu``."""
    return composer(instantane(requete()), code, requete())


@routes.get("/fiche/territoire/<code>")
def html(code: str) -> ReponseNue:
    """The sheet; a code typed in small letters is sent to its own address."""
    fiche = _fiche(code)
    if code != fiche.territoire.code:
        return redirect(request.full_path.replace(code, fiche.territoire.code, 1).rstrip("?"))
    metas = de_la_fiche(fiche, instantane(requete())).entete
    return Response(page.html(fiche, site(), cite=instantane_cite(), metas=metas), mimetype="text/html")


@routes.get("/fiche/territoire/<code>.pdf")
def en_pdf(code: str) -> Response:
    """The same sheet as PDF; 501 where the server cannot make any."""
    fiche = _fiche(code)
    contenu = pdf.rendre(page.html(fiche, site(), ecran=False))
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
