"""Horizontal bars as light HTML: accessible, clickable, drawn at once, exported as vectors by the browser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.contenu.tableau import Cellule, Etat


@dataclass(frozen=True, slots=True)
class Barre:
    """One bar: its code and label, the value drawn and its text, an optional second text, and what a click filters."""

    code: str
    libelle: str
    valeur: Cellule
    texte: str
    second: str | None = None
    filtre: str | None = None
    choisie: bool = False


def _largeur(valeur: Cellule, maximum: float) -> str:
    part = valeur / maximum if isinstance(valeur, float) and maximum > 0 else 0.0
    return f"{100 * part:.1f}%"


def _ligne(barre: Barre, maximum: float) -> html.Li:
    etat = barre.valeur if isinstance(barre.valeur, Etat) else None
    valeur = html.Abbr(barre.texte, title=etat.en_mots) if etat else barre.texte
    contenu: list[Any] = [
        html.Span(barre.libelle, className="n"),
        html.Span(html.I(style={"width": _largeur(barre.valeur, maximum)}), className="bar", **{"aria-hidden": "true"}),
        html.Span(valeur, className=f"x etat-{etat}" if etat else "x"),
    ]
    if barre.second is not None:
        contenu.append(html.Span(barre.second, className="c"))
    if barre.filtre:
        presse = {"data-filtre": barre.filtre, "aria-pressed": "true" if barre.choisie else "false"}
        interieur: Any = html.Button(contenu, type="button", className="ligne", **presse)
    else:
        interieur = html.Div(contenu, className="ligne")
    return html.Li(interieur, className="on" if barre.choisie else None, **{"data-code": barre.code})


def barres(lignes: Iterable[Barre], *, longue: bool = False, entete: tuple[str, ...] = ()) -> html.Ol:
    """A list of bars, scaled on the largest value; ``longue`` scrolls inside its bloc."""
    rangees = list(lignes)
    maximum = max((b.valeur for b in rangees if isinstance(b.valeur, float)), default=0.0)
    deux = "" if any(b.second is not None for b in rangees) else " deux"
    tete = [html.Li([html.Span(t) for t in entete], className="entete", **{"aria-hidden": "true"})] if entete else []
    classe = f"barres{deux}{' longue' if longue else ''}"
    return html.Ol(tete + [_ligne(b, maximum) for b in rangees], className=classe)


def pyramide(lignes: Iterable[tuple[str, Cellule, str, Cellule, str]]) -> html.Ol:
    """Men on the left, women on the right; each row: label, men, text, women, text."""
    rangees = list(lignes)
    maximum = max((v for r in rangees for v in (r[1], r[3]) if isinstance(v, float)), default=0.0)
    entete = html.Li(
        [html.Span(), html.Span("Hommes", className="h"), html.Span("Femmes", className="f")], className="hd"
    )
    return html.Ol([entete, *[_rangee(r, maximum) for r in rangees]], className="pyr")


def _rangee(rangee: tuple[str, Cellule, str, Cellule, str], maximum: float) -> html.Li:
    libelle, hommes, texte_h, femmes, texte_f = rangee
    cotes = [
        html.Span(
            [html.I(style={"width": _largeur(v, maximum)}, **{"aria-hidden": "true"}), _valeur(v, texte)],
            className=classe,
        )
        for v, texte, classe in ((hommes, texte_h, "h"), (femmes, texte_f, "f"))
    ]
    return html.Li([html.B(libelle), *cotes])


def _valeur(valeur: Cellule, texte: str) -> Any:
    if isinstance(valeur, Etat):
        return html.Abbr(texte, title=valeur.en_mots, className="s")
    return html.Span(texte)
