"""``/s/<snapshot>/<page>``: a page as it was when it was quoted.

The address leads to the page itself, which carries the snapshot in its query; when the snapshot is not kept any
more, a short page says so and offers today's.
"""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template_string, request
from werkzeug.wrappers import Response as Reponse

from dashboard.domain.filtre import INSTANTANE
from dashboard.ui.contexte import instantane
from dashboard.warehouse.connexion import InstantaneAbsent

routes = Blueprint("permaliens", __name__)

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Instantané non conservé · Observatoire des clauses sociales</title></head>
<body style="font: 17px/1.5 system-ui, sans-serif; max-width: 38em; margin: 4em auto; padding: 0 1em">
<h1>Ces données ne peuvent plus être montrées</h1>
<p>{{ motif }} Les chiffres d’aujourd’hui peuvent être différents de ceux qui ont été cités.</p>
<p><a href="{{ adresse }}">Ouvrir la même page sur les données d’aujourd’hui</a></p>
</body></html>"""


@routes.get("/s/<identite>/")
@routes.get("/s/<identite>/<path:chemin>")
def ouvrir(identite: str, chemin: str = "") -> Reponse:
    """302 to the page on this snapshot; 410 with a page in French when it cannot be read."""
    requete = request.query_string.decode("utf-8", "replace")
    adresse = f"/{quote(chemin.lstrip('/'))}"
    try:
        instantane(f"{INSTANTANE}={identite}")
    except InstantaneAbsent as erreur:
        page = render_template_string(PAGE, motif=str(erreur), adresse=adresse + (f"?{requete}" if requete else ""))
        return Response(page, status=410)
    suite = "&".join(part for part in (requete, f"{INSTANTANE}={quote(identite)}") if part)
    return redirect(f"{adresse}?{suite}", code=302)
