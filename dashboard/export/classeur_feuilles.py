"""What the sheets of a workbook say beside its data: headings, how to read it, its filters, its definitions."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from dashboard.contenu import provenance
from dashboard.contenu.tableau import Etat
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.filtre import FILTRES, NOMBRES, VUES, Filtre
from dashboard.export import limites

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.flux import Flux
    from dashboard.contenu.tableau import Bloc

DEMONSTRATION = "Données de démonstration : chiffres synthétiques, calés sur les totaux publiés. Ne pas citer."
SANS_EFFET = "sans effet sur cette page"
NIVEAUX = {"region": "région", **phrases.NIVEAUX_EN_MOTS}

#: Height of a line of text (points); letters of a heading, in bold, to one of the width of a column.
HAUTEUR, GRAS = 15, 0.87

Lignes = list[tuple[str, ...]]


def entetes(feuille: Any, titres: Sequence[str], largeurs: Sequence[int], style: Any) -> None:
    """The headings of a sheet on its first row, as high as the longest of them wraps; widths in characters."""
    for k, (titre, largeur) in enumerate(zip(titres, largeurs, strict=True)):
        feuille.set_column(k, k, largeur)
        feuille.write_string(0, k, titre, style)
    rangs = max((_rangs(t, int(largeur * GRAS)) for t, largeur in zip(titres, largeurs, strict=True)), default=1)
    if rangs > 1:  # not every program makes room by itself for a text that wraps
        feuille.set_row(0, HAUTEUR * rangs)


def _rangs(texte: str, largeur: int) -> int:
    return len(textwrap.wrap(texte, max(largeur, 1)))


def coupee(nombre: int) -> str:
    """That the workbook stops before the last of its ``nombre`` rows, and where they all are."""
    maximum = fr.nombre(limites.LIGNES_XLSX_MAX)
    return f"Ce classeur s’arrête aux {maximum} premières lignes sur {fr.nombre(nombre)} : le CSV les a toutes."


def lisez_moi(flux: Flux, c: Contexte[Any]) -> Lignes:
    """Title, selection, source, date, snapshot, then how the cells without a number are written."""
    m, bloc = c.instantane.manifeste, flux.bloc
    return [
        *([("Attention", DEMONSTRATION)] if m.demo else []),
        ("Titre", fr.composer(bloc.titre)),
        ("Sélection", fr.composer(bloc.sous_titre)),
        ("Source", fr.composer(bloc.legende)),
        ("Date des données", fr.date_longue(m.date_donnees)),
        ("Instantané", m.instantane_id),
        ("Lignes", fr.nombre(flux.nombre)),
        ("Cellules masquées", fr.nombre(bloc.tableau.masquees)),
        *(("À savoir", fr.composer(note)) for note in flux.notes),
        *([("Sans figure", fr.composer(bloc.vide))] if bloc.vide else []),
        ("0", "zéro : compté, et nul"),
        *((str(etat), _etat(etat)) for etat in Etat),
        (
            "Feuilles",
            "Données : le tableau · Filtres : la sélection · Définitions : ce que dit chaque indicateur · "
            "Graphique : le même en graphique modifiable, quand un graphique dit mieux que le tableau",
        ),
    ]


def _etat(etat: Etat) -> str:
    suites = {
        Etat.SECRET: "moins de 5 personnes sont concernées, ou la valeur permettrait de les retrouver",
        Etat.NON_DISPONIBLE: "absent des sources ; ce n’est pas un zéro",
    }
    return f"{etat.en_mots} : {suites[etat]}"


def filtres(c: Contexte[Any]) -> Lignes:
    """One line a filter, then the settings that are not at their default, with their values in words."""
    s = c.selection
    objet = [("Fiche", s.objet)] if s.objet else []
    lignes = [(f.libelle, SANS_EFFET if f.cle in c.sans else _valeur(f, c)) for f in FILTRES]
    reglages = [
        (f"Réglage : {v.cle}", fr.liste(valeur) if isinstance(valeur, tuple) else str(valeur))
        for v in VUES
        if (valeur := getattr(s, v.cle)) and valeur != v.defaut
    ]
    nombres = [
        (n.libelle, f"{fr.nombre(valeur, 0 if float(valeur).is_integer() else 2)} {n.unite}")
        for n in NOMBRES
        if (valeur := getattr(s, n.cle)) is not None
    ]
    return [*objet, *lignes, *reglages, *nombres]


def _valeur(f: Filtre, c: Contexte[Any]) -> str:
    """What a filter is set to, in words."""
    if f.genre == "intervalle":
        return phrases.annees(c.periode)
    valeur = getattr(c.selection, f.attribut)
    if f.genre == "territoire":
        t = c.ref.territoires[valeur]
        return f"{t.nom} ({NIVEAUX[t.niveau]} {t.code})"
    codes = valeur if isinstance(valeur, tuple) else (valeur,) if valeur else ()
    return " ; ".join(c.libelle(f.nomenclature or "", code) for code in codes) or f.tous


def definitions(bloc: Bloc, c: Contexte[Any]) -> Lignes:
    """One line an indicator: name, definition, unit, confidentiality, source, query."""
    lignes: Lignes = []
    for ident in bloc.definitions:
        nom, fiche = provenance.fiche(ident, c)
        textes = dict(fiche)
        lignes.append((nom, *(textes.get(cle, "") for cle in COLONNES_DEFINITIONS[1:])))
    return lignes


COLONNES_DEFINITIONS = ("Indicateur", "Définition", "Unité", "Confidentialité", "Source", "Requête")
