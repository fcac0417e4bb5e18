"""Light figures, tables and texts as HTML, from the templates of ``ui/modeles``: drawn at once by the browser.

The same strings serve the page, and whatever shows a bloc without Dash. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dashboard.contenu.tableau import Bloc, Cellule, Etat, Format, ecrire
from dashboard.domain import francais as fr

if TYPE_CHECKING:
    from dashboard.domain.phrases import Morceau, Puce
    from dashboard.ui.barres import Barre
    from dashboard.warehouse.manifeste import Manifeste

#: Rows shown in a twin; beyond, the CSV holds them all and the twin says so.
LIGNES_MAX = 100

Rangee = tuple[str, Cellule, str, Cellule, str]


@lru_cache
def _atelier() -> Environment:
    env = Environment(
        loader=PackageLoader("dashboard.ui", "modeles"), autoescape=True, undefined=StrictUndefined, auto_reload=False,
    )  # fmt: skip
    env.filters |= {"largeur": _largeur, "composer": fr.composer}
    env.tests["etat"] = lambda valeur: isinstance(valeur, Etat)
    return env


@lru_cache
def _modele(fichier: str) -> Any:
    """The macros of a template, read at the first use."""
    return _atelier().get_template(fichier).module


def preparer() -> None:
    """Read the templates of the pages, before the first of them is asked."""
    for fichier in _atelier().list_templates(extensions=["html"]):
        _atelier().get_template(fichier)


def marque(fichier: str, nom: str, *valeurs: Any) -> Markup:
    """What the macro ``nom`` of a template of ``ui/modeles`` makes of some values, each escaped."""
    return cast(Markup, getattr(_modele(fichier), nom)(*valeurs))


def _marque(nom: str, *valeurs: Any) -> Markup:
    return marque("marques.html", nom, *valeurs)


def _largeur(valeur: Cellule, maximum: float) -> str:
    part = valeur / maximum if isinstance(valeur, float) and maximum > 0 else 0.0
    return f"{100 * part:.1f}%" if part else "0%"


def _maximum(valeurs: Iterable[Cellule | None]) -> float:
    return max((v for v in valeurs if isinstance(v, float)), default=0.0)


def barres(lignes: Iterable[Barre], *, longue: bool = False, entete: tuple[str, ...] = ()) -> Markup:
    """Horizontal bars scaled on the largest value; ``longue`` scrolls inside its bloc."""
    rangees = list(lignes)
    deux = "" if any(b.second is not None for b in rangees) else " deux"
    classe = f"barres{deux}{' longue' if longue else ''}"
    maximum = _maximum(v for b in rangees for v in (b.valeur, b.reference))
    return _marque("barres", rangees, maximum, classe, entete)


def pyramide(lignes: Iterable[Rangee]) -> Markup:
    """Men on the left, women on the right; each row: label, men, text, women, text."""
    rangees = list(lignes)
    return _marque("pyramide", rangees, _maximum(v for r in rangees for v in (r[1], r[3])))


def segments(cle: str, choix: Mapping[str, str], choisi: str, defaut: str, libelle: str) -> Markup:
    """A few exclusive views of the same bloc, kept in the URL (``defaut`` leaves it)."""
    return _marque("segments", cle, choix, choisi, defaut, libelle)


def cases(cle: str, choix: Mapping[str, str], choisis: Collection[str], libelle: str) -> Markup:
    """A few settings that may be on together, kept in the URL."""
    return _marque("cases", cle, choix, choisis, libelle)


def entete_bloc(ident: str) -> Markup:
    """Title, subtitle and tools of a bloc, empty."""
    return _marque("entete_bloc", ident)


def pied_bloc(ident: str) -> Markup:
    """Caption and definition of a bloc, empty."""
    return _marque("pied_bloc", ident)


def recherche_grille(ident: str) -> Markup:
    """The search box of a table of many rows."""
    return _marque("recherche_grille", ident)


def _rangee(ligne: Sequence[Cellule], formes: Sequence[Format]) -> str:
    """A row of the twin, its first cell a heading: thousands of them a page, too many for a template."""
    cellules = []
    for valeur, forme in zip(ligne, formes, strict=True):
        texte = escape(ecrire(valeur, forme))
        if isinstance(valeur, Etat):
            cellules.append(f'<td class="{forme} etat-{valeur}"><abbr title="{valeur.en_mots}">{texte}</abbr></td>')
        elif cellules:
            cellules.append(f'<td class="{forme}">{texte}</td>')
        else:
            cellules.append(f'<th scope="row">{texte}</th>')
    return f"<tr>{''.join(cellules)}</tr>"


def jumeau(b: Bloc) -> Markup:
    """The table twin: same numbers as the figure, states in words for screen readers."""
    formes = [c.format for c in b.tableau.colonnes]
    corps = "".join(_rangee(ligne, formes) for ligne in b.tableau.lignes[:LIGNES_MAX])
    reste = len(b.tableau.lignes) - LIGNES_MAX
    suite = f" Les {LIGNES_MAX} premières lignes ; les {reste} suivantes sont dans le CSV." if reste > 0 else ""
    return _marque("jumeau", b, Markup(corps), suite)  # noqa: S704 - each cell is escaped


def carte_chiffre(carte: Mapping[str, Any]) -> Markup:
    """The card of a key figure."""
    return _marque("carte_chiffre", carte)


def provenance(fiches: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Markup:
    """« D’où vient ce chiffre ? »: one list of definitions an indicator."""
    return _marque("provenance", fiches)


def phrase(morceaux: Iterable[Morceau]) -> Markup:
    """The sentence at the head of a page, its strong parts in bold."""
    return _marque("phrase", list(morceaux)).strip()


def puces(liste: Iterable[Puce], marches: Mapping[str, str] | None = None) -> Markup:
    """Chips, then what can be done with the whole selection; ``marches`` are the files of its contracts."""
    return _marque("puces", list(liste), marches).strip()


def outils_page(marches: Mapping[str, str] | None = None) -> Markup:
    """What can be done with a whole page that has no chips."""
    return _marque("outils_page", marches).strip()


def notes(textes: Iterable[str]) -> Markup:
    """What was ignored in the URL, in words."""
    return _marque("notes", list(textes)).strip()


def fige(manifeste: Manifeste) -> Markup:
    """That an older snapshot is being read, and the way back to today's."""
    return _marque("fige", manifeste.instantane_id, fr.date_longue(manifeste.date_donnees)).strip()


def fil(territoires: Sequence[tuple[str, str]], fiche: str) -> Markup:
    """Breadcrumb of territories: label and ``cle=valeur`` of each, coarse to fine; then the sheet of the last one."""
    return _marque("fil", territoires, fiche)


def vide(texte: str | None, toutes_annees: str | None, *, filtres: bool = True) -> Markup:
    """Why there is no figure, and the ways to widen where ``filtres`` apply; nothing when there is a figure."""
    return _marque("vide", texte, toutes_annees, filtres) if texte else Markup("")


def legende(titre: str, paliers: Sequence[tuple[str, str]], signes: Sequence[tuple[str, str]]) -> Markup:
    """Legend of a map: classes, then the other signs."""
    return _marque("legende", titre, paliers, signes)
