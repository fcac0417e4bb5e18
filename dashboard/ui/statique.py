"""A bloc, a page, without Dash nor script: what other sites frame and what a folder opened without a server shows.

The drawings are those of the site; buttons become plain text, links are sent where they can be followed. Boundary:
asks nothing of a request: who calls says where links lead and which points a layer of a map holds.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any

import dash
from markupsafe import Markup

from dashboard.contenu import graphique, provenance
from dashboard.contenu.tableau import Etat
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.settings import RACINE
from dashboard.ui import carte_fixe, graphique_svg, kpi, rendu

if TYPE_CHECKING:
    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.tableau import Bloc
    from dashboard.ui.page import Page

#: Where a path of the site leads, ``None`` when it cannot be followed.
Vers = Callable[[str], str | None]
#: The points of a named layer of a map.
Calques = Callable[[str], Sequence[Mapping[str, Any]]]

MODELE = "statique.html"
FEUILLES = (
    "10_jetons", "30_bloc", "40_figures", "41_territoires", "42_heures", "43_publics", "44_projets", "45_calques",
    "46_acheteurs", "47_calculateur",
)  # fmt: skip
DEMONSTRATION = "Données de démonstration : chiffres synthétiques, calés sur les totaux publiés. Ne pas citer."

_BALISE = re.compile(r"<(/?)(button|a)\b([^>]*)>")
_ATTRIBUT = re.compile(r'([\w-]+)="([^"]*)"')
#: What a mark keeps once it does nothing; the rest is for scripts.
_GARDES = ("class", "style", "title")


def aucun_lien(_chemin: str) -> None:
    """Links that lead nowhere: their text alone stays."""


def aucun_calque(_code: str) -> Sequence[Mapping[str, Any]]:
    """No layer over the maps."""
    return ()


@lru_cache
def style() -> Markup:
    """The style sheets of the figures of the site; dark where the reader's system is."""
    textes = [(RACINE / "assets" / f"{nom}.css").read_text(encoding="utf-8") for nom in FEUILLES]
    fichier = RACINE / "dashboard" / "ui" / "modeles" / "statique.css"
    css = "\n".join([*textes, fichier.read_text(encoding="utf-8")])
    css = re.sub(r"/\*.*?\*/\s*", "", css, flags=re.DOTALL)
    css = re.sub(r"(?<![-.\w])button\b", ".bouton", css)  # what looks like a button keeps its looks
    sombre = re.search(r'^\[data-bs-theme="dark"\] \{(.*?)\}', css, flags=re.DOTALL | re.MULTILINE)
    if sombre is None:
        raise RuntimeError("La feuille des jetons n’a plus de thème sombre.")
    nuit = f"@media screen and (prefers-color-scheme: dark) {{ :root {{{sombre[1]}}} }}"
    return Markup(f"{css}\n{nuit}")  # noqa: S704 - files of ours


def page_servie(nom: str) -> tuple[Page, Mapping[str, Any]] | None:
    """A page as it is served (its drawing, its registration), by the name of what it says."""
    for inscrite in dash.page_registry.values():
        servie = page_de(inscrite)
        if servie is not None and servie.contenu.nom == nom:
            return servie, inscrite
    return None


def page_de(inscrite: Mapping[str, Any]) -> Page | None:
    """The drawing of a registered page; ``None`` for one without blocs."""
    page: Page | None = getattr(sys.modules[inscrite["module"]], "PAGE", None)
    return page


def figer(fragment: Markup, vers: Vers = aucun_lien) -> Markup:
    """The same marks without gestures: a button is a text, a link of the site leads where ``vers`` says."""
    ouvertes: list[str] = []

    def remplacer(m: re.Match[str]) -> str:
        ferme, balise, reste = m.groups()
        if ferme:
            return f"</{ouvertes.pop()}>"
        attributs = dict(_ATTRIBUT.findall(reste))
        if balise == "button":
            attributs["class"] = f"bouton {attributs.get('class', '')}".strip()
        gardes = "".join(f' {nom}="{attributs[nom]}"' for nom in _GARDES if nom in attributs)
        cible = vers(unescape(attributs["href"])) if balise == "a" and "href" in attributs else None
        ouvertes.append("a" if cible else "span")
        if cible:
            return str(Markup('<a{} href="{}" target="_blank" rel="noopener">').format(Markup(gardes), cible))  # noqa: S704
        role = f' role="img" aria-label="{attributs["aria-label"]}"' if "aria-label" in attributs else ""
        return f"<span{gardes}{role}>"

    return Markup(_BALISE.sub(remplacer, str(fragment)))  # noqa: S704 - marks already escaped, attributes kept as they are


def figure(page: Page, c: Contexte[Any], b: Bloc, calques: Calques = aucun_calque) -> Markup | None:
    """The figure of a bloc as vectors and marks; ``None`` when its table is its figure."""
    dessin = page.dessins[b.ident]
    if b.vide:
        return None
    if dessin.html:
        return dessin.html(c, b)
    if dessin.carte:
        return carte_fixe.dessiner(dessin.carte(c), calques)
    g = graphique.de(b) if dessin.figure else None
    return graphique_svg.dessiner(g, b.titre) if g else None


def bloc(
    page: Page, c: Contexte[Any], b: Bloc, *, vers: Vers = aucun_lien, calques: Calques = aucun_calque,
    liens: Sequence[tuple[str, str]] = (), niveau: int = 2, ouvert: bool = False, methode: bool = False,
) -> Markup:  # fmt: skip
    """One bloc: title, selection, figure, table, caption; ``liens`` are (words, address) of its foot.

    ``niveau`` is that of its title; ``ouvert`` shows its table at once; ``methode`` adds where its numbers come from.
    """
    dessin = figure(page, c, b, calques)
    etats = [e for e in Etat if any(e is v for ligne in b.tableau.lignes for v in ligne)]
    note = " · ".join(f"{e} : {e.en_mots}" for e in etats)
    fiches = [provenance.fiche(i, c) for i in b.definitions] if methode else []
    pieces = {
        "ident": b.ident, "titre": fr.composer(b.titre), "sous_titre": fr.composer(b.sous_titre), "niveau": niveau,
        "figure": figer(dessin, vers) if dessin is not None else None, "vide": fr.composer(b.vide) if b.vide else "",
        "tableau": rendu.jumeau(b), "ouvert": ouvert or dessin is None, "note": note,
        "legende": fr.composer(b.legende), "liens": liens, "methode": rendu.provenance(fiches) if fiches else "",
    }  # fmt: skip
    return rendu.marque(MODELE, "bloc", pieces)


def document(
    titre: str, corps: Markup, *, demo: bool, css: Markup | None, classe: str = "integre", metas: Markup | None = None
) -> str:
    """A whole HTML page; ``css`` inside it, or a file ``style.css`` beside it when ``None``; ``metas`` in its head."""
    return str(rendu.marque(MODELE, "document", titre, corps, DEMONSTRATION if demo else "", css, classe, metas))


def page_entiere(
    page: Page, c: Contexte[Any], *, calques: Calques, vers: Vers, liens: Callable[[str], Sequence[tuple[str, str]]]
) -> Markup:
    """Everything a page shows: its question, its sentence, its selection, its key figures, its blocs and tables."""
    puces = phrases.puces(c.selection, c.ref, periode="annee" not in page.contenu.sans)
    ecrits = page.contenu.composer(c)
    tete = {
        "question": page.titre,
        "phrase": rendu.phrase(page.contenu.phrase(c)),
        "puces": [p.libelle for p in puces],
        "chiffres": [figer(kpi.carte(chiffre, c)) for chiffre in page.contenu.chiffres(c)],
    }
    blocs = [bloc(page, c, ecrits[i], vers=vers, calques=calques, liens=liens(i), methode=True) for i in page.dessins]
    return rendu.marque(MODELE, "page", tete, blocs)
