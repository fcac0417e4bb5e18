"""How a bloc is set in the annual report: bars, a drawing or a table, all from the table of the bloc.

Boundary: a bloc to safe markup. What is masked or missing is written in its place, never drawn as a zero.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dashboard.contenu import graphique
from dashboard.contenu.graphique import Reglage
from dashboard.contenu.tableau import Etat, ecrire
from dashboard.domain import francais as fr
from dashboard.rapport import annuel_traces, carte

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.graphique import Graphique
    from dashboard.contenu.tableau import Bloc

#: Rows of a table and of bars set on the page; the annex holds them all.
LIGNES_MAX: Final = 10
SUITE: Final = "Les {vues} premières lignes sur {toutes} ; toutes sont dans l’annexe de données."
#: A series under this share of the greatest is not drawn where there are that many.
POUSSIERE, SERIES_MIN = 0.01, 3
#: Room left at the end of a bar in pieces, whose rounded widths must not pass the whole.
MARGE: Final = 1.01
NUMERIQUES: Final = ("entier", "decimal", "part")


@lru_cache
def macros() -> Any:
    """The macros of the figures, read at the first use."""
    env = Environment(
        loader=PackageLoader("dashboard.rapport", "modeles"), autoescape=True, undefined=StrictUndefined,
        auto_reload=False, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.filters["composer"] = fr.composer
    return env.get_template("annuel_figures.html").module


def dessiner(bloc: Bloc, *, demi: bool = False, colonnes: tuple[str, ...] = ()) -> Markup | None:
    """The chart of a bloc, ``None`` when its table says it better; of some columns only when they are named."""
    g = graphique.de(bloc, Reglage(colonnes=colonnes) if colonnes else None)
    if g is None:
        return None
    g, absentes = _sans_inconnues(bloc, g)
    g, tues = _sans_poussiere(g)
    large = annuel_traces.DEMI if demi else annuel_traces.LARGEUR
    dessin = _barres(g, bloc) if g.genre.startswith("barres") else annuel_traces.tracer(g, bloc.titre, large)
    return _cles(g) + dessin + _note(reste(g)) + _note(absentes) + _note(tues)


def _sans_inconnues(bloc: Bloc, g: Graphique) -> tuple[Graphique, str]:
    """The chart of a bloc without the categories and series of which nothing is known, and what is said of them.

    What is left may then be stacked: a stack with a gap would lie.
    """
    inconnues = [nom for rang, nom in enumerate(g.categories) if _sans_nombre(g, rang)]
    if g.colonnes is not None:
        return g, ""
    connues = {*g.categories, *(s.nom for s in g.series)} - {*inconnues}
    lignes = tuple(
        li for li in bloc.tableau.lignes if {graphique.etiquette(li[0]), graphique.etiquette(li[1])} <= connues
    )
    sans = graphique.de(replace(bloc, tableau=replace(bloc.tableau, lignes=lignes)))
    etats = sorted({str(s.cellules[g.categories.index(nom)]) for s in g.series for nom in inconnues})
    dit = f"{fr.liste(inconnues)} : {' ou '.join(etats)}." if inconnues else ""
    return (g, "") if sans is None else (sans, dit)


def _sans_poussiere(g: Graphique) -> tuple[Graphique, str]:
    """The chart without the series that would not be seen beside the others, and what is said of them."""
    if len(g.series) < SERIES_MIN or g.genre == "courbe":
        return g, ""
    sommes = [sum(v or 0.0 for v in s.valeurs) for s in g.series]
    petites = [s.nom for s, somme in zip(g.series, sommes, strict=True) if somme < POUSSIERE * max(sommes)]
    if not petites:
        return g, ""
    vues = tuple(s for s in g.series if s.nom not in petites)
    return replace(g, series=vues), f"{fr.liste(f'« {nom} »' for nom in petites)} : dans l’annexe de données."


def reste(g: Graphique) -> str:
    """What the chart leaves to the annex, in words."""
    coupee = f"{(g.reste or '').partition(' ; ')[0].removeprefix('Graphique : ')}"
    return f"{coupee[:1].upper()}{coupee[1:]} ; toutes sont dans l’annexe de données." if coupee else ""


def _cles(g: Graphique) -> Markup:
    """The key of the colours, for two series or more."""
    if len(g.series) < 2:
        return Markup("")
    signes = [(teinte, s.nom) for s, teinte in zip(g.series, annuel_traces.teintes(g), strict=True)]
    return cast(Markup, macros().cles(signes))


def _parts(g: Graphique, bloc: Bloc) -> dict[str, str]:
    """The share beside the count of each row, where the table has one: « 46 % » beside 5 510 persons."""
    t = bloc.tableau
    colonne = next((k for k, c in enumerate(t.colonnes) if c.format == "part" and c.cle.startswith("part")), None)
    textes = [k for k, c in enumerate(t.colonnes) if c.format in ("texte", "mois")]
    if g.forme == "part" or len(g.series) > 1 or colonne is None or len(textes) != 1:
        return {}
    return {graphique.etiquette(li[textes[0]]): ecrire(li[colonne], "part") for li in t.lignes}


def _barres(g: Graphique, bloc: Bloc) -> Markup:
    """Horizontal bars: one or several a row, or one in pieces; each with its number."""
    parts = _parts(g, bloc)
    empile = g.genre == "barres_empilees"
    couleurs = annuel_traces.teintes(g)
    sommet = (annuel_traces.maximum(g) or 1.0) * (MARGE if empile else 1.0)
    lignes = []
    for rang, nom in enumerate(g.categories):
        barres = [
            (couleur, f"{100 * (s.valeurs[rang] or 0.0) / sommet:.2f}", ecrire(s.cellules[rang], g.forme))
            for s, couleur in zip(g.series, couleurs, strict=True)
        ]
        lignes.append((nom, barres, parts.get(nom, "")))
    return cast(Markup, macros().empilees(lignes) if empile else macros().barres(lignes))


def _sans_nombre(g: Graphique, rang: int) -> bool:
    """Whether nothing is known of a category."""
    return all(s.valeurs[rang] is None for s in g.series)


def tableau(bloc: Bloc, colonnes: Sequence[str] = ()) -> Markup:
    """The first rows of the table of a bloc, with all its columns or some of them."""
    t = bloc.tableau
    gardees = [k for k, c in enumerate(t.colonnes) if not colonnes or c.cle in colonnes]
    entetes = [(t.colonnes[k].libelle, t.colonnes[k].format in NUMERIQUES) for k in gardees]
    lignes = [
        [(ecrire(li[k], t.colonnes[k].format), t.colonnes[k].format in NUMERIQUES, isinstance(li[k], Etat))
         for k in gardees]
        for li in t.lignes[:LIGNES_MAX]
    ]  # fmt: skip
    toutes = len(t.lignes)
    suite = SUITE.format(vues=LIGNES_MAX, toutes=fr.nombre(toutes)) if toutes > LIGNES_MAX else ""
    return cast(Markup, macros().tableau(entetes, lignes)) + _note(suite)


def carte_de(bloc: Bloc, c: Contexte[Any]) -> Markup:
    """The map of a bloc whose first columns are the code of a territory, its name and its value; and its legend."""
    choisi = c.ref.territoires[c.selection.territoire]
    zones = [
        carte.Zone(str(li[0]), str(li[1]), float(li[2]) if isinstance(li[2], int | float) else None)
        for li in bloc.tableau.lignes
    ]
    cadrage = [choisi.code] if choisi.code in {z.code for z in zones} else []
    aucun = "aucune heure" if c.ref.a_suivi else "aucun marché"
    dessin = carte.dessiner(choisi.code, choisi.niveau, zones, cadrage, f"{bloc.titre} : {bloc.sous_titre}")
    return dessin + cast(Markup, macros().paliers(list(carte.paliers(zones, aucun))))


def _note(texte: str) -> Markup:
    return cast(Markup, macros().note(texte)) if texte else Markup("")
