"""What the head of each page says to those who link to it, from the address asked for.

A page says its finding for its selection; its picture is that of the page, of the territory it is filtered on, or of
its programme: there is none for a selection. Boundary: reads the request and the registry; :mod:`dashboard.ui.metas`
writes.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import dash
from flask import request

from dashboard.api.adresse import avec_instantane, instantane_cite, requete, site
from dashboard.api.apercu import adresse
from dashboard.domain import francais as fr
from dashboard.domain.filtre import OBJET_MAX
from dashboard.domain.selection import REGION, depuis_url, vers_url
from dashboard.export.apercu import DEMONSTRATION
from dashboard.rapport.apercu import ACCUEIL, existe, premiere_phrase
from dashboard.ui import statique
from dashboard.ui.contexte import instantane_ou_present
from dashboard.ui.metas import SITE, Metas
from dashboard.warehouse.connexion import InstantaneAbsent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.tableau import Bloc
    from dashboard.rapport.fiche import Fiche
    from dashboard.ui.page import Page
    from dashboard.warehouse.connexion import Instantane

PRODUIT = "Heures, bénéficiaires, projets et achats : ce que font les clauses sociales d’insertion en Île-de-France."
#: What the pictures of the sheets of one object are, when it has none of its own.
REPLIS = {"fiche-projet": "projets", "fiche-acheteur": "acheteurs"}


def de_la_page() -> Metas:
    """The page of the site that the request asks for, whatever it is."""
    inscrite, objet = _inscrite(request.path)
    page = statique.page_de(inscrite) if inscrite else None
    try:
        source, absent = instantane_ou_present(requete())
    except InstantaneAbsent:
        return Metas(SITE, PRODUIT, _canonique(request.path) if inscrite else "")
    identite = None if absent else instantane_cite()
    if inscrite is None or page is None:
        titre = str(inscrite["name"]) if inscrite else SITE
        canonique = _canonique(request.path, identite=identite) if inscrite else ""
        return Metas(titre, PRODUIT, canonique, *_image(source, ACCUEIL, "Vue d’ensemble : chiffres clés et carte."))
    selection = depuis_url(requete(), source.referentiel).selection.avec(objet=objet or None)
    try:
        c = page.contenu.contexte(source, selection)
        constat = premiere_phrase("".join(m.texte for m in page.contenu.phrase(c)))
    except Exception:  # the page must open all the same: its own callback says what failed
        logging.getLogger(__name__).exception("Constat illisible : %s", request.path)
        return Metas(page.titre, PRODUIT, _canonique(request.path, identite=identite))
    canonique = _canonique(request.path, vers_url(c.selection.avec(objet=None), c.ref), identite)
    return Metas(_titre(page, c), constat, canonique, *_image(source, *_cible(page, c, page.contenu.nom, constat)))


def onglet() -> str:
    """What the tab of the browser says before any script runs."""
    inscrite, _ = _inscrite(request.path)
    return str(inscrite["title"]) if inscrite else "Page introuvable"


def de_la_fiche(fiche: Fiche, source: Instantane) -> Metas:
    """The sheet of a territory."""
    constat = premiere_phrase("".join(m.texte for m in fiche.essentiel[0]))
    titre = f"{fiche.territoire.nom}, {fiche.periode} : les clauses sociales"
    cible, nom = f"fiche/territoire/{fiche.territoire.code}", f"{fiche.territoire.nom} : chiffres clés et carte."
    canonique = f"{site()}{avec_instantane(fiche.chemin, instantane_cite())}"
    return Metas(titre, constat, canonique, *_image(source, cible, nom), genre="article")


def du_bloc(page: Page, c: Contexte[Any], b: Bloc, retour: str) -> Metas:
    """A bloc alone; its canonical address is that of the page it comes from (``retour``)."""
    cible = _cible(page, c, f"integrer/{b.ident}", f"{b.titre}.")
    return Metas(b.titre, b.sous_titre, retour.partition("#")[0], *_image(c.instantane, *cible))


def _inscrite(chemin: str) -> tuple[Mapping[str, Any] | None, str]:
    """The registered page of a path, and the object of a sheet."""
    for inscrite in dash.page_registry.values():
        modele = inscrite.get("path_template")
        debut = modele.partition("<")[0] if modele else ""
        if modele and chemin.startswith(debut) and "/" not in (objet := chemin.removeprefix(debut)):
            return inscrite, " ".join(unquote(objet).split())[:OBJET_MAX]
        if not modele and inscrite["path"] == (chemin.rstrip("/") or "/"):
            return inscrite, ""
    return None, ""


def _canonique(chemin: str, suite: str = "", identite: str | None = None) -> str:
    return site() + avec_instantane(f"{quote(chemin)}{suite}", identite)


def _titre(page: Page, c: Contexte[Any]) -> str:
    """The question of the page, the name of the object of a sheet, or the site itself for its first page."""
    objet = c.selection.objet
    if objet:
        return next((liste[objet] for liste in c.ref.listes.values() if objet in liste), page.titre)
    return SITE if page.contenu.nom == ACCUEIL else page.titre


def _cible(page: Page, c: Contexte[Any], voulue: str, constat: str) -> tuple[str, str]:
    """Which picture stands for a page or a bloc and its selection, and what it shows."""
    territoire, question = c.ref.territoires[c.selection.territoire], page.titre
    if territoire.code != REGION:
        return f"fiche/territoire/{territoire.code}", f"{territoire.nom} : chiffres clés et carte."
    if page.contenu.fiche:
        propre = f"fiche/projet/{c.selection.objet}"
        repli = REPLIS[page.contenu.nom]
        return (
            (propre, constat) if existe(propre, c.ref) else (repli, "Toute l’Île-de-France : chiffres clés et figure.")
        )
    return voulue, f"{question} : chiffres clés et figure, toute l’Île-de-France." if vers_url(
        c.selection, c.ref
    ) else constat


def _image(source: Instantane, cible: str, mots: str) -> tuple[str, str]:
    """Address of a picture and its text alternative."""
    m = source.manifeste
    demo = f" {DEMONSTRATION}." if m.demo else ""
    return adresse(cible, m.instantane_id), f"{mots} Données au {fr.date_longue(m.date_donnees)}.{demo}"
