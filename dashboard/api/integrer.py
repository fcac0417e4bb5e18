"""``/integrer/<bloc>?<selection>``: one bloc alone, light, without script, for the pages of other sites.

``/integrer/carte`` is the map of the hours (of any indicator with ``indicateur=…``), ``/integrer/graphique?bloc=…``
any bloc. Only these addresses may be framed by any site: their headers say so, those of the site refuse it
(:mod:`dashboard.entetes`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, has_request_context, request

from dashboard.api.adresse import site
from dashboard.api.calques import CALQUES
from dashboard.api.metas import du_bloc
from dashboard.contenu.registre import page_du_bloc
from dashboard.domain import francais as fr
from dashboard.domain.filtre import INSTANTANE
from dashboard.domain.selection import depuis_url, vers_url
from dashboard.ui import rendu, statique
from dashboard.ui.contexte import cite, instantane
from dashboard.warehouse.connexion import InstantaneAbsent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from dashboard.contenu.contexte import Contexte

routes = Blueprint("integrer", __name__)

#: Nothing is fetched nor run by a framed page, and every site may frame it.
POLITIQUE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
#: The map of the first page, and the one that shows any indicator.
CARTE, CARTE_INDICATEUR = "carte", "territoires-carte"
RETOUR = "Voir sur l’Observatoire des clauses sociales"


@routes.get("/integrer/carte")
def carte() -> Response:
    """The map of the hours, or that of the indicator the query names."""
    return integrer(CARTE_INDICATEUR if request.args.get("indicateur") else CARTE)


@routes.get("/integrer/graphique")
def graphique() -> Response:
    """The bloc that ``bloc`` names; 404 when there is none."""
    return integrer(request.args.get("bloc", ""))


@routes.get("/integrer/<path:ident>")
def integrer(ident: str) -> Response:
    """One bloc for a selection; 404 when there is no such bloc."""
    contenu = page_du_bloc(ident)
    trouvee = statique.page_servie(contenu.nom) if contenu else None
    if contenu is None or trouvee is None:
        nom = f"« {ident[:60]} »" if ident else "sans nom"
        return _message("Figure introuvable", f"L’observatoire n’a pas de figure {nom}.", 404)
    page, inscrite = trouvee
    requete = _requete()
    source = instantane(requete)
    lecture = depuis_url(requete, source.referentiel)
    c = contenu.contexte(source, lecture.selection)
    b = contenu.blocs[ident](c)
    donnees = vers(f"/telecharger/{ident}.csv{vers_url(c.selection, c.ref)}") or ""
    liens = [("Données CSV", donnees), (RETOUR, _retour(inscrite, c, ident))]
    corps = statique.bloc(page, c, b, vers=vers, calques=calques, liens=liens, niveau=1)
    notes = rendu.notes((*lecture.notes, *contenu.sans_effet(lecture.selection)))
    metas = du_bloc(page, c, b, _retour(inscrite, c, ident))
    return _reponse(fr.composer(b.titre), notes + corps, demo=source.manifeste.demo, metas=metas.entete)


@routes.errorhandler(InstantaneAbsent)
def sans_instantane(erreur: InstantaneAbsent) -> Response:
    """The snapshot quoted is not kept any more (410), or there is none yet (503), said in the frame itself."""
    quitte = cite(_requete()) is not None
    return _message("Données non disponibles", f"{erreur}", 410 if quitte else 503)


def calques(code: str) -> Sequence[Mapping[str, Any]]:
    """The points of a layer laid over the maps, on the snapshot that the address quotes, if there is one."""
    points: Sequence[Mapping[str, Any]] = CALQUES[code][0](_requete() if has_request_context() else "")["points"]
    return points


def vers(chemin: str) -> str | None:
    """A path of the site as an address that can be followed from anywhere, on the snapshot that was quoted."""
    if not chemin.startswith("/"):
        return None
    identite = cite(_requete())
    suite = f"{'&' if '?' in chemin else '?'}{INSTANTANE}={quote(identite)}" if identite else ""
    page, diese, ancre = chemin.partition("#")
    return f"{site()}{page}{suite}{diese}{ancre}"


def _retour(inscrite: Mapping[str, Any], c: Contexte[Any], ident: str) -> str:
    """Where the bloc is on the site: page, selection, anchor."""
    chemin, modele, selection = inscrite["path"], inscrite.get("path_template"), c.selection
    if modele:
        chemin = modele.replace("<objet>", quote(selection.objet or "", safe=""))
        selection = selection.avec(objet=None)
    return vers(f"{chemin}{vers_url(selection, c.ref)}#bloc-{ident}") or site()


def _requete() -> str:
    """The query string, without the name of the bloc."""
    return urlencode([(cle, v) for cle, v in request.args.items(multi=True) if cle != "bloc"])


def _message(titre: str, texte: str, statut: int) -> Response:
    corps = rendu.marque(statique.MODELE, "message", titre, texte, [(RETOUR, site())])
    return _reponse(titre, corps, demo=False, statut=statut)


def _reponse(titre: str, corps: Any, *, demo: bool, statut: int = 200, metas: Markup | None = None) -> Response:
    texte = statique.document(titre, corps, demo=demo, css=statique.style(), metas=metas)
    entetes = {"Content-Security-Policy": POLITIQUE, "Referrer-Policy": "strict-origin-when-cross-origin"}
    return Response(texte, status=statut, mimetype="text/html", headers=entetes)
