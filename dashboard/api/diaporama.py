"""``POST /diaporama.pptx`` (the list the browser keeps), ``/diaporama/page/<page>.pptx?<selection>`` (a whole page).

Whatever the browser sends is checked here and refused in French; a bloc is written on its own page, for its own
selection, exactly as the page does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard.api.adresse import permanent
from dashboard.contenu.registre import PAGES, page_du_bloc
from dashboard.domain import francais as fr
from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.domain.selection import Lecture, depuis_url, vers_url
from dashboard.export.limites import DIAPOS_MAX, OCTETS_MAX, SEARCH_MAX, TITRE_MAX
from dashboard.ui.contexte import instantane
from dashboard.ui.statique import page_servie
from dashboard.warehouse.connexion import InstantaneAbsent

if TYPE_CHECKING:
    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.page import PageContenu
    from dashboard.export.diaporama import Diapo
    from dashboard.export.diaporama_carte import Carte

routes = Blueprint("diaporama", __name__)

TITRE = "Les clauses sociales en Île-de-France"


class Refus(ValueError):
    """What is wrong with a request, in French."""


@dataclass(frozen=True, slots=True)
class Demande:
    """A slide asked for, once checked."""

    bloc: str
    search: str
    titre: str | None


@routes.errorhandler(Refus)
def refuser(erreur: Refus) -> Response:
    """400 with the reason, as plain text."""
    return Response(f"{erreur}\n", status=400, mimetype="text/plain")


@routes.post("/diaporama.pptx")
def liste() -> Response:
    """The deck of a list ``{titre, diapos: [{bloc, search, titre}]}``; 400 when it cannot be."""
    titre, demandes = lire(_corps())
    diapos, notes = [], []
    for rang, demande in enumerate(demandes, 1):
        diapo, ignores = _diapo(rang, demande)
        diapos.append(diapo)
        notes += [f"Diapositive {rang + 1} : {fr.minuscule(note)}" for note in ignores]
    return _envoyer(titre, diapos, notes)


@routes.get("/diaporama/page/<nom>.pptx")
def page(nom: str) -> Response:
    """All the blocs of a page for a selection, one a slide; 404 without such a page, 400 without any figure."""
    contenu = next((p for p in PAGES if p.nom == nom), None)
    if contenu is None:
        return Response(f"Il n’y a pas de page « {nom[:40]} ».\n", status=404, mimetype="text/plain")
    requete = request.query_string.decode("utf-8", "replace")
    contexte, _ = _contexte(contenu, requete)
    ecrits, trouvee = contenu.composer(contexte), page_servie(nom)
    blocs = [ecrits[ident] for ident in (trouvee[0].dessins if trouvee else ecrits)]  # in the order of the page
    pleins = [b for b in blocs if not b.vide][:DIAPOS_MAX]
    if not pleins:
        raise Refus(next((b.vide for b in blocs if b.vide), "Cette page n’a pas de figure."))
    laissees = [f"Sans figure pour cette sélection : « {b.titre} ». {b.vide}" for b in blocs if b.vide]
    diapos = [_assembler(contenu, contexte, b.ident, None) for b in pleins]
    chapeau = fr.composer("".join(m.texte for m in contenu.phrase(contexte)))
    return _envoyer(_intitule(contenu), diapos, laissees, chapeau)


# --- reading ---------------------------------------------------------------------------------------


def _corps() -> Any:
    """The JSON of the request, ``None`` when it is none; never more than the limit is read."""
    request.max_content_length = OCTETS_MAX
    try:
        return request.get_json(silent=True)
    except RequestEntityTooLarge as erreur:
        raise Refus(f"Demande trop longue : {fr.nombre(OCTETS_MAX // 1024)} ko au plus.") from erreur


def lire(corps: Any) -> tuple[str, list[Demande]]:
    """Title and slides of a request. Raises :class:`Refus`."""
    if not isinstance(corps, dict) or not isinstance(corps.get("diapos"), list):
        raise Refus("Demande illisible : un objet JSON avec « titre » et « diapos » est attendu.")
    brutes = corps["diapos"]
    if not brutes:
        raise Refus("Ce diaporama est vide : ajoutez-y au moins une figure.")
    if len(brutes) > DIAPOS_MAX:
        raise Refus(f"{len(brutes)} diapositives demandées : {DIAPOS_MAX} au plus.")
    titre = _texte(corps.get("titre"), "titre du diaporama", TITRE_MAX) or TITRE
    return titre, [_demande(rang, brute) for rang, brute in enumerate(brutes, 1)]


def _demande(rang: int, brute: Any) -> Demande:
    ou = f"diapositive {rang}"
    if not isinstance(brute, dict) or not isinstance(brute.get("bloc"), str):
        raise Refus(f"Demande illisible, {ou} : « bloc » est attendu.")
    if page_du_bloc(brute["bloc"]) is None:
        raise Refus(f"Figure inconnue, {ou} : « {_court(brute['bloc'])} ».")
    search = _texte(brute.get("search"), f"sélection, {ou}", SEARCH_MAX) or ""
    return Demande(brute["bloc"], search, _texte(brute.get("titre"), f"titre, {ou}", TITRE_MAX))


def _texte(brut: Any, quoi: str, maximum: int) -> str | None:
    """A short printable text, spaces squeezed; ``None`` when there is none."""
    if brut is None:
        return None
    if not isinstance(brut, str):
        raise Refus(f"Demande illisible, {quoi} : un texte est attendu.")
    texte = " ".join("".join(c if c.isprintable() else " " for c in brut).split())
    if len(texte) > maximum:
        raise Refus(f"Texte trop long, {quoi} : {fr.nombre(maximum)} caractères au plus.")
    return texte or None


def _court(texte: str) -> str:
    return "".join(c for c in texte[:40] if c.isprintable())


# --- writing ---------------------------------------------------------------------------------------


def _diapo(rang: int, demande: Demande) -> tuple[Diapo, tuple[str, ...]]:
    """A slide, and what its selection had that was ignored."""
    contenu = page_du_bloc(demande.bloc)
    if contenu is None:
        raise Refus(f"Figure inconnue, diapositive {rang}.")
    try:
        contexte, lecture = _contexte(contenu, demande.search)
    except InstantaneAbsent as erreur:
        raise Refus(f"Diapositive {rang} : {erreur}") from erreur
    return _assembler(contenu, contexte, demande.bloc, demande.titre), lecture.notes


def _contexte(contenu: PageContenu, requete: str) -> tuple[Contexte[Any], Lecture]:
    source = instantane(requete)
    lecture = depuis_url(requete, source.referentiel)
    return contenu.contexte(source, lecture.selection), lecture


def _assembler(contenu: PageContenu, contexte: Contexte[Any], ident: str, titre: str | None) -> Diapo:
    from dashboard.export.diaporama import Diapo  # brings python-pptx, which no page needs

    bloc = contenu.blocs[ident](contexte)
    carte = None if bloc.vide else carte_de(contenu.nom, ident, contexte)
    return Diapo(bloc, contexte, titre, _adresse(contenu, contexte, ident), carte)


def _envoyer(titre: str, diapos: list[Diapo], notes: list[str], chapeau: str = "") -> Response:
    from dashboard.export import diaporama

    nom = diaporama.nom_de_fichier(titre, diapos[0].contexte.instantane.manifeste)
    contenu = diaporama.pptx_de(titre, diapos, notes, chapeau)
    entetes = {"Content-Disposition": f'attachment; filename="{nom}"', "Cache-Control": "no-store"}
    return Response(contenu, mimetype=diaporama.TYPE_MIME, headers=entetes)


# --- the pages of the site -------------------------------------------------------------------------


def _intitule(contenu: PageContenu) -> str:
    trouvee = page_servie(contenu.nom)
    return f"{trouvee[0].titre}" if trouvee else TITRE


def _adresse(contenu: PageContenu, c: Contexte[Any], ident: str) -> str | None:
    """Where the bloc is on the site, as it may be quoted: snapshot, page, selection, anchor."""
    trouvee = page_servie(contenu.nom)
    if trouvee is None:
        return None
    chemin, modele = trouvee[1]["path"], trouvee[1].get("path_template")
    selection = c.selection
    if modele:
        chemin, selection = modele.replace("<objet>", quote(selection.objet or "", safe="")), selection.avec(objet=None)
    return permanent(f"{chemin}{vers_url(selection, c.ref)}#bloc-{ident}", c.instantane.manifeste.instantane_id)


def carte_de(nom: str, ident: str, contexte: Contexte[Any]) -> Carte | None:
    """The map of a bloc as its page draws it; ``None`` when it is no map."""
    trouvee = page_servie(nom)
    dessiner = trouvee[0].dessins[ident].carte if trouvee else None
    return _en_carte(dessiner(contexte), contexte) if dessiner else None


def _en_carte(d: dict[str, Any], c: Contexte[Any]) -> Carte:
    """What the browser receives of a map, as vectors to write."""
    from dashboard.export.diaporama_carte import Carte
    from dashboard.export.diaporama_formes import Pastille, Zone

    niveaux = {cle: niveau for niveau, cle in CLES_TERRITOIRE.items()}
    zones = {
        code: Zone(z["c"], z["e"], z["h"], fr.composer(f"{z['t']}{', ' if z['s'] else ''}{z['s']}"))
        for code, z in d["zones"].items()
    }
    echelle = d.get("echelle", {"titre": "", "paliers": [], "signes": []})
    points = [p for calque in d["calques"] if isinstance(calque, dict) for p in calque["points"]]
    titres = [calque["titre"] for calque in d["calques"] if isinstance(calque, dict)]
    etats = {p["e"]: f"{p['i']} {c.libelle('etat_lot', p['e'])}" for p in points if p.get("e")}
    signes = [(genre, t) for genre, t in echelle["signes"] if not genre.startswith("calque")]
    return Carte(
        niveaux[d["cle"]], zones, d["cadre"], d["selection"], echelle["titre"] or " ; ".join(titres),
        tuple((classe, t) for classe, t in echelle["paliers"]),
        (*signes, *((f"point-{e}", mots) for e, mots in etats.items())),
        tuple(Pastille(p["x"], p["y"], p["n"], p["t"], p.get("e", ""), p.get("i", "")) for p in points),
    )  # fmt: skip
