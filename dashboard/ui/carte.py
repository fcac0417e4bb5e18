"""The map: what the browser needs to colour a level, and its legend. The shapes are a file the browser keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dashboard.domain import classes
from dashboard.domain import francais as fr
from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.domain.selection import REGION
from dashboard.settings import RACINE
from dashboard.ui import rendu

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.contenu.contexte import Contexte
    from dashboard.domain.territoire import Territoire
    from dashboard.warehouse.execution import Ligne

#: Under this coverage a territory is hatched: its hours are not comparable with its neighbours'.
COUVERTURE_FAIBLE = 0.70
FICHIERS = {"departement": "departements", "epci": "epci", "commune": "communes"}


@dataclass(frozen=True)
class Mesure:
    """How the value of a map is written: ``titre`` of the legend, ``phrase`` of a tooltip, ``palier`` of a break.

    ``zero`` names a true zero; ``limites`` fixes the breaks (else they come from the values in view).
    """

    titre: str
    phrase: Callable[[float], str]
    palier: Callable[[float], str] = fr.abrege_court
    zero: str = "0"
    limites: tuple[float, ...] | None = None


@lru_cache
def fond(niveau: str) -> str:
    """Address of the shapes of a level, with a mark of their content so that the browser may keep them."""
    contenu = (RACINE / "geo" / "carte" / f"{FICHIERS[niveau]}.geojson").read_bytes()
    return f"/carte/{niveau}.svg?v={hashlib.sha256(contenu).hexdigest()[:12]}"


def donnees(
    c: Contexte[Any], lignes: Sequence[Ligne], vus: Collection[str], mesure: Mesure, calques: Sequence[str] = ()
) -> dict[str, Any]:
    """Payload of the map: one entry a territory (class, text, state), the selection, the frame to zoom to, the legend.

    ``lignes``: code, valeur, statut, couverture (0–1 or ``None``) of every territory of the level; those not in
    ``vus`` stay in grey, so that a map never shows an island without its neighbours.
    """
    en_vue = [li for li in lignes if li["code"] in vus]
    limites = bornes(en_vue) if mesure.limites is None else mesure.limites
    teintes = classes.teintes(len(limites) + 1)
    choisi, niveau = c.ref.territoires[c.selection.territoire], c.selection.niveau
    return {
        "url": fond(niveau),
        "zones": {li["code"]: _zone(li, mesure, limites, teintes, hors=li["code"] not in vus) for li in lignes},
        "selection": choisi.code if choisi.niveau == niveau else None,
        "cadre": _cadre(choisi, niveau),
        "cle": CLES_TERRITOIRE[niveau],
        "titre": f"{mesure.titre} par territoire",
        "legende": legende(en_vue, mesure, limites, calques),
        "echelle": echelle(en_vue, mesure, limites, calques),
        "calques": list(calques),
    }


def _cadre(choisi: Territoire, niveau: str) -> str | None:
    """What the map zooms to: the territory chosen when a finer level is shown, the neighbours of a commune."""
    if choisi.niveau == "commune":
        return choisi.epci or choisi.departement
    return choisi.code if choisi.code != REGION and choisi.niveau != niveau else None


def bornes(lignes: Iterable[Ligne]) -> tuple[float, ...]:
    """Breaks of the classes of the values published."""
    return classes.bornes([li["valeur"] for li in lignes if li["statut"] == "valeur"])


def _zone(
    ligne: Ligne, mesure: Mesure, limites: tuple[float, ...], teintes: tuple[int, ...], *, hors: bool
) -> dict[str, Any]:
    valeur, couverture = ligne["valeur"], ligne.get("couverture")
    if ligne["statut"] != "valeur":
        mots = "secret statistique" if ligne["statut"] == "s" else "non disponible"
        return {"c": None, "t": mots, "s": "", "h": False, "e": "hors" if hors else ligne["statut"]}
    zone: dict[str, Any] = {
        "c": teintes[classes.classe(valeur, limites)] if valeur else None,
        "t": mesure.phrase(valeur),
        "s": "",
        "h": False,
        "e": "hors" if hors else ("valeur" if valeur else "zero"),
    }
    if couverture is not None:
        zone["s"] = f"couverture {fr.pourcent(couverture)}"
        zone["h"] = couverture < COUVERTURE_FAIBLE
    return zone


def legende(lignes: Sequence[Ligne], mesure: Mesure, limites: tuple[float, ...], calques: Sequence[str] = ()) -> Markup:
    """Legend under the map, from its :func:`echelle`."""
    e = echelle(lignes, mesure, limites, calques)
    return rendu.legende(e["titre"], e["paliers"], e["signes"])


def echelle(
    lignes: Sequence[Ligne], mesure: Mesure, limites: tuple[float, ...], calques: Sequence[str] = ()
) -> dict[str, Any]:
    """What the legend says: classes with readable breaks, then the states and the layers present (class, words)."""
    publiees = [li["valeur"] for li in lignes if li["statut"] == "valeur"]
    statuts = {li["statut"] for li in lignes}
    teintes = classes.teintes(len(limites) + 1)
    paliers = [
        (f"c{t}", _palier(bas, haut, mesure))
        for t, (bas, haut) in zip(teintes, classes.intervalles(limites), strict=True)
    ]
    faible = any((li.get("couverture") or 1) < COUVERTURE_FAIBLE for li in lignes)
    signes = (
        ("etat-zero", mesure.zero, 0 in publiees),
        ("etat-s", "s : secret statistique", "s" in statuts),
        ("etat-nd", "nd : non disponible", "nd" in statuts),
        ("", f"couverture < {fr.pourcent(COUVERTURE_FAIBLE)}", faible),
        ("calque-gares", "Gares du Grand Paris Express", "gares" in calques),
        ("calque-structures", "Structures inclusives (aire : leur nombre)", "structures" in calques),
    )
    presents = [(classe, texte) for classe, texte, present in signes if present]
    return {"titre": mesure.titre, "paliers": paliers if any(v > 0 for v in publiees) else [], "signes": presents}


def _palier(bas: float | None, haut: float | None, mesure: Mesure) -> str:
    if bas is None:
        return "tous" if haut is None else f"< {mesure.palier(haut)}"
    return f"≥ {mesure.palier(bas)}" if haut is None else mesure.palier(bas)
