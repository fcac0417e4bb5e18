"""The map: what the browser needs to colour a level, and its legend. The shapes are a file the browser keeps."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard.contenu.contexte import Contexte
from dashboard.contenu.tableau import rangees
from dashboard.contenu.vue_ensemble import mesure
from dashboard.domain import classes
from dashboard.domain import francais as fr
from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.domain.selection import REGION
from dashboard.domain.territoire import Territoire

#: Under this coverage a territory is hatched: its hours are not comparable with its neighbours'.
COUVERTURE_FAIBLE = 0.70


def donnees(c: Contexte, url_fond: str) -> dict[str, Any]:
    """Payload of the map: one entry a territory (class, text, state), the selection and the frame to zoom to."""
    limites = bornes(c.territoires)
    teintes = classes.teintes(len(limites) + 1)
    choisi = c.instantane.referentiel.territoires[c.selection.territoire]
    vus = set(c.territoires["code"])
    zones = {
        ligne.code: _zone(ligne, c, limites, teintes, hors=ligne.code not in vus)
        for ligne in rangees(c.vue.territoires)
    }
    ici = choisi.niveau == c.selection.niveau
    return {
        "url": url_fond,
        "zones": zones,
        "selection": choisi.code if ici else None,
        "cadre": _cadre(choisi, c.selection.niveau),
        "cle": CLES_TERRITOIRE[c.selection.niveau],
        "titre": f"{mesure(c)} par territoire",
    }


def _cadre(choisi: Territoire, niveau: str) -> str | None:
    """What the map zooms to: the territory chosen when a finer level is shown, the neighbours of a commune."""
    if choisi.niveau == "commune":
        return choisi.epci or choisi.departement
    return choisi.code if choisi.code != REGION and choisi.niveau != niveau else None


def bornes(cadre: pd.DataFrame) -> tuple[float, ...]:
    """Breaks of the classes of the values published."""
    return classes.bornes(cadre.loc[cadre["statut"] == "valeur", "valeur"].tolist())


def _zone(
    ligne: Any, c: Contexte, limites: tuple[float, ...], teintes: tuple[int, ...], *, hors: bool
) -> dict[str, Any]:
    if ligne.statut != "valeur":
        mots = "secret statistique" if ligne.statut == "s" else "non disponible"
        return {"c": None, "t": mots, "s": "", "h": False, "e": "hors" if hors else ligne.statut}
    zone: dict[str, Any] = {
        "c": teintes[classes.classe(ligne.valeur, limites)] if ligne.valeur else None,
        "t": texte_mesure(c, ligne.valeur),
        "s": "",
        "h": False,
        "e": "hors" if hors else ("valeur" if ligne.valeur else "zero"),
    }
    if ligne.couverture == ligne.couverture:
        zone["s"] = f"couverture {fr.pourcent(ligne.couverture)}"
        zone["h"] = ligne.couverture < COUVERTURE_FAIBLE
    return zone


def texte_mesure(c: Contexte, valeur: float) -> str:
    """« 1 620 000 heures », « 12 marchés »."""
    return fr.pluriel(round(valeur), "heure" if c.heures else "marché")


def legende(c: Contexte) -> list[Any]:
    """Legend under the map: classes with readable breaks, then the states present."""
    cadre = c.territoires
    limites = bornes(cadre)
    teintes = classes.teintes(len(limites) + 1)
    titre = html.P(f"{mesure(c)} en {c.vue.periode[1]}" if c.vue.periode[0] == c.vue.periode[1] else mesure(c))
    publiees = cadre.loc[cadre["statut"] == "valeur", "valeur"]
    if not (publiees > 0).any():
        return []
    paliers = [
        html.Li([html.I(className=f"c{t}"), html.Span(_palier(bas, haut))])
        for t, (bas, haut) in zip(teintes, classes.intervalles(limites), strict=True)
    ]
    etats = [
        html.Span([html.I(className=classe), texte], className="hat")
        for classe, texte, present in (
            ("etat-zero", "0 (aucune heure)" if c.heures else "0 (aucun marché)", (publiees == 0).any()),
            ("etat-s", "s : secret statistique", (cadre["statut"] == "s").any()),
            ("etat-nd", "nd : non disponible", (cadre["statut"] == "nd").any()),
        )
        if present
    ]
    faible = [html.Span([html.I(), f"couverture < {fr.pourcent(COUVERTURE_FAIBLE)}"], className="hat")]
    hachures = faible if (cadre["couverture"] < COUVERTURE_FAIBLE).any() else []
    return [titre, html.Ol(paliers), *etats, *hachures]


def _palier(bas: float | None, haut: float | None) -> str:
    if bas is None:
        return "tous" if haut is None else f"< {fr.abrege_court(haut)}"
    return f"≥ {fr.abrege_court(bas)}" if haut is None else fr.abrege_court(bas)
