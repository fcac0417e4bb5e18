"""A deck of blocs as PPTX: one bloc a slide, its chart and its table native and editable, its source, its notes.

The same list on the same snapshot gives the same bytes. Boundary: no query; the numbers are those of the tables of
the blocs, the chart is decided by :mod:`dashboard.contenu.graphique`.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from pptx.enum.text import MSO_ANCHOR

from dashboard.contenu import graphique
from dashboard.contenu.tableau import Etat, lisible
from dashboard.export import diaporama_carte, diaporama_graphique, diaporama_octets, diaporama_tableau
from dashboard.export import diaporama_textes as textes
from dashboard.export import diaporama_theme as theme
from dashboard.export.diaporama_theme import CORPS, MARGE, UTILE, Cadre, Paragraphe

if TYPE_CHECKING:
    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.tableau import Bloc
    from dashboard.export.diaporama_carte import Carte
    from dashboard.export.diaporama_tableau import Extrait
    from dashboard.warehouse.manifeste import Manifeste

TYPE_MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ALERTE = Cadre(theme.LARGEUR - MARGE - 3.7, 0.2, 3.7, 0.27)
#: Gap between a figure and its table; width of the table by the number of its columns (inches).
ECART, LARGEURS = 0.35, {1: 3.0, 2: 3.7, 3: 4.5, 4: 5.3}
#: Letters of the method (points): the smaller ones when they save slides.
METHODE = (12, 11, 10)


@dataclass(frozen=True, slots=True)
class Diapo:
    """A slide asked for: its bloc, the context it was written in, the reader's title, its address, its map if any."""

    bloc: Bloc
    contexte: Contexte[Any]
    titre: str | None = None
    adresse: str | None = None
    carte: Carte | None = None

    def __post_init__(self) -> None:
        if self.titre:
            object.__setattr__(self, "titre", lisible(self.titre))


def pptx_de(titre: str, diapos: Sequence[Diapo], laissees: Sequence[str] = (), chapeau: str = "") -> bytes:
    """The deck; ``laissees`` says in French what was left out of it, ``chapeau`` is the sentence of a page.

    Raises ``ValueError`` without any slide.
    """
    if not diapos:
        raise ValueError("Un diaporama a au moins une diapositive.")
    titre, deck = lisible(titre), theme.nouveau()
    m = diapos[0].contexte.instantane.manifeste
    _ouvrir(deck, titre, [(textes.ouverture([d.contexte for d in diapos]), 18), (chapeau, 14)], m)
    for diapo in diapos:
        _poser(_ajouter(deck, m), diapo)
    cartes = any(d.carte for d in diapos)
    _conclure(deck, m, textes.methode([(d.bloc, d.contexte) for d in diapos], laissees, cartes=cartes))
    _proprietes(deck, titre, m)
    tampon = io.BytesIO()
    deck.save(tampon)
    return diaporama_octets.figer(tampon.getvalue(), m.date_donnees)


def nom_de_fichier(titre: str, m: Manifeste) -> str:
    """ASCII name of the file: title of the deck, snapshot, whether it is a demonstration."""
    ascii_ = unicodedata.normalize("NFKD", titre.replace("’", " ")).encode("ascii", "ignore").decode()
    mots = "-".join(re.findall(r"[a-z0-9]+", ascii_.lower()))[:60].strip("-") or "diaporama"
    return f"observatoire_{mots}_{m.instantane_id}{'_demonstration' if m.demo else ''}.pptx"


# --- slides ----------------------------------------------------------------------------------------


def _ouvrir(deck: Any, titre: str, mots: Sequence[tuple[str, int]], m: Manifeste) -> None:
    """First slide: title, selection and sentence (each with its size), who, when, and the demonstration said."""
    diapo = deck.slides.add_slide(deck.slide_layouts.get_by_name("Ouverture"))
    theme.filet(diapo, 1.75)
    theme.titrer(diapo, titre, (40, 36, 32, 28))
    sous_titre = diapo.placeholders[1]
    sous_titre.element.getparent().remove(sous_titre.element)
    for y, (texte, corps) in zip((3.75, 4.3), mots, strict=True):
        if texte:
            theme.ecrire(diapo, Cadre(MARGE, y, UTILE, 0.8), [(texte, False)], corps, "muted", nom="Sélection")
    pied = Cadre(MARGE, 6.3, UTILE, 0.6)
    theme.ecrire(diapo, pied, [(textes.NOM, True), (textes.origine(m), False)], 12, "muted", nom="Origine")
    if m.demo:
        theme.alerte(diapo, ALERTE._replace(x=MARGE, y=5.4, l=4.4, h=0.34), textes.DEMONSTRATION)


def _ajouter(deck: Any, m: Manifeste) -> Any:
    diapo = deck.slides.add_slide(deck.slide_layouts.get_by_name("Bloc"))
    theme.filet(diapo)
    theme.numeroter(diapo)
    if m.demo:
        theme.alerte(diapo, ALERTE, textes.DEMONSTRATION)
    return diapo


def _poser(diapo: Any, d: Diapo) -> None:
    """One bloc: finding, selection, figure, table, what is left out, source; and its notes."""
    theme.titrer(diapo, d.titre or d.bloc.titre)
    corps = theme.taille(d.bloc.sous_titre, UTILE, (14, 12, 11, 10), 1)
    theme.ecrire(diapo, theme.SOUS_TITRE, [(d.bloc.sous_titre, False)], corps, "muted", nom="Sélection")
    restes = _dessiner(diapo, d)
    if restes:
        theme.ecrire(diapo, theme.RESTE, [(" ".join(restes), False)], 10, "muted", ancre=MSO_ANCHOR.BOTTOM, nom="Reste")
    theme.ecrire(diapo, theme.SOURCE, [(d.bloc.legende, False)], 10, "muted", ancre=MSO_ANCHOR.MIDDLE, nom="Source")
    notes = textes.notes(d.bloc, d.contexte, d.titre, d.adresse)
    diapo.notes_slide.notes_text_frame.text = notes
    if d.carte is not None and not d.bloc.vide:
        diaporama_carte.poser(diapo, d.carte, _places(d)[0], _decrire(d))


def _dessiner(diapo: Any, d: Diapo) -> list[str]:
    """The figure and its table; returns what they leave out and what their states mean."""
    bloc = d.bloc
    if bloc.vide:
        theme.pave(diapo, CORPS._replace(y=2.6, h=1.6), "soft", "Fond")
        cadre = Cadre(MARGE + 0.4, 2.6, UTILE - 0.8, 1.6)
        theme.ecrire(diapo, cadre, [(bloc.vide, False)], 16, "ink", ancre=MSO_ANCHOR.MIDDLE, nom="Sans figure")
        return []
    g = graphique.de(bloc)
    if g is None and d.carte is None:
        extrait = diaporama_tableau.seul(bloc)
        return _restes(diaporama_tableau.poser(diapo, extrait, CORPS))
    extrait = diaporama_tableau.a_cote(bloc, g)
    gauche, droite = _places(d)
    if g is not None and d.carte is None:
        diaporama_graphique.poser(diapo, g, gauche, _decrire(d))
    montre = diaporama_tableau.poser(diapo, extrait, droite)
    return _restes(montre, g.reste if g is not None and d.carte is None else None)


def _places(d: Diapo) -> tuple[Cadre, Cadre]:
    """Where a figure and the table beside it stand."""
    colonnes = diaporama_tableau.a_cote(d.bloc, graphique.de(d.bloc)).colonnes
    largeur = LARGEURS.get(len(colonnes), 5.8)
    return CORPS._replace(l=UTILE - largeur - ECART), CORPS._replace(x=MARGE + UTILE - largeur, l=largeur)


def _decrire(d: Diapo) -> str:
    """The text alternative of a figure."""
    return f"{d.titre or d.bloc.titre}. {d.bloc.sous_titre}. Les mêmes nombres sont dans le tableau à côté."


def _restes(montre: Extrait, autre: str | None = None) -> list[str]:
    """What is cut, and the states that are met."""
    etats = [e for e in Etat if any(v is e for ligne in montre.lignes for v in ligne)]
    mots = " · ".join(f"{e} : {e.en_mots}" for e in etats)
    return [texte for texte in (f"{mots}." if mots else None, autre, montre.reste) if texte]


def _conclure(deck: Any, m: Manifeste, paragraphes: Sequence[Paragraphe]) -> None:
    """The method, on as many slides as it needs."""
    cadre = Cadre(MARGE, 1.6, UTILE, 5.0)
    essais = {corps: _paginer(paragraphes, corps, cadre) for corps in METHODE}
    corps = min(METHODE, key=lambda corps: (len(essais[corps]), -corps))
    pages = essais[corps]
    for rang, page in enumerate(pages, 1):
        diapo = _ajouter(deck, m)
        suite = f" ({rang}/{len(pages)})" if len(pages) > 1 else ""
        theme.titrer(diapo, f"Méthode et définitions{suite}")
        theme.ecrire(diapo, cadre, page, corps, "ink", ecart=5, nom="Méthode")
        theme.ecrire(diapo, theme.SOURCE, [(textes.NOM, False)], 10, "muted", ancre=MSO_ANCHOR.MIDDLE, nom="Source")


def _paginer(paragraphes: Sequence[Paragraphe], corps: int, cadre: Cadre) -> list[list[Paragraphe]]:
    """Share paragraphs between slides, at a size of letters."""
    pages: list[list[Paragraphe]] = [[]]
    hauteur = 0.0
    for paragraphe in paragraphes:
        texte = paragraphe[0] if isinstance(paragraphe, tuple) else "".join(t for t, _ in paragraphe)
        besoin = theme.lignes(texte, corps * 0.94, cadre.l) * corps * 1.2 / 72 + 0.08
        if hauteur + besoin > cadre.h and pages[-1]:
            pages.append([])
            hauteur = 0.0
        pages[-1].append(paragraphe)
        hauteur += besoin
    return pages


def _proprietes(deck: Any, titre: str, m: Manifeste) -> None:
    """What the file says of itself; dated by its data, never by the clock."""
    p, jour = deck.core_properties, datetime.combine(m.date_donnees, time())
    p.title, p.author, p.last_modified_by, p.language = titre, textes.NOM, textes.NOM, "fr-FR"
    p.subject = f"{textes.origine(m)}{f' · {textes.DEMONSTRATION}' if m.demo else ''}"
    p.keywords, p.comments, p.revision = "clauses sociales, insertion, Île-de-France", "", 1
    p.created = p.modified = jour
