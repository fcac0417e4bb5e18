"""The map of the operations: points at the communes where they are done, over the départements and the stations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard.contenu.projets_etats import Lieu, lieux
from dashboard.contenu.projets_mots import Ici, court, etat
from dashboard.domain import francais as fr
from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.domain.selection import REGION
from dashboard.ui import carte as fond
from dashboard.ui import rendu
from dashboard.ui.projets import ICONES, MODELE
from dashboard.ui.projets_points import situer

if TYPE_CHECKING:
    from dashboard.domain.territoire import Territoire


def carte(c: Ici) -> dict[str, Any]:
    """Payload of the map: neutral territories, the stations, and the operations of the selection as points."""
    choisi, places = c.ref.territoires[c.selection.territoire], lieux(c)
    niveau = "departement" if choisi.code == REGION else "epci"
    return {
        "url": fond.fond(niveau),
        "zones": _zones(c, places, niveau),
        "selection": choisi.code if choisi.niveau == niveau else None,
        "cadre": _cadre(choisi),
        "cle": CLES_TERRITOIRE[niveau],
        "titre": "Opérations par commune",
        "legende": legende(c, places),
        "calques": ["gares", {"code": "operations", "titre": "Opérations par commune", "points": _points(c, places)}],
    }


def _cadre(choisi: Territoire) -> str | None:
    if choisi.niveau == "commune":
        return choisi.epci or choisi.departement
    return choisi.code if choisi.code != REGION else None


def _zones(c: Ici, places: list[Lieu], niveau: str) -> dict[str, dict[str, Any]]:
    """Every territory, neutral: what is counted is in the points."""
    sommes: dict[str, tuple[int, float]] = {}
    for x in places:
        t = c.ref.territoires[x.commune]
        code = t.departement if niveau == "departement" else t.epci
        lots, dues = sommes.get(code, (0, 0.0))
        sommes[code] = (lots + x.lots, dues + x.dues)
    zones = {}
    for t in c.ref.territoires.values():
        if t.niveau == niveau:
            lots, dues = sommes.get(t.code, (0, 0.0))
            texte = f"{fr.pluriel(lots, 'lot')}, {court(dues)} dues" if lots else "aucun lot de la sélection"
            zones[t.code] = {"c": None, "t": texte, "s": "", "h": False, "e": "zero"}
    return zones


def _points(c: Ici, places: list[Lieu]) -> list[dict[str, Any]]:
    """The largest first, so that the small ones are drawn over them; ``n`` is out of 100 for the largest."""
    haut = max((x.dues for x in places), default=0.0) or 1.0
    points = []
    for x in places:
        px, py = situer(x.lon, x.lat)
        geste = (
            {"lien": f"/fiche/projet/{x.operations[0]}"}
            if len(x.operations) == 1
            else {"filtre": f"commune={x.commune}"}
        )
        mots = {"t": _texte(c, x), "e": x.etat, "i": ICONES[x.etat]}
        points.append({"x": px, "y": py, "n": round(100 * x.dues / haut, 2), **mots, **geste})
    return points


def _texte(c: Ici, x: Lieu) -> str:
    """« Saint-Denis — 20 opérations, 55 lots, 1 million d’heures dues : en retard (3 en retard, …) »."""
    details = fr.liste(f"{n} {fr.minuscule(etat(c, e))}" for e, n in x.etats if n)
    nom = x.noms[0] if len(x.noms) == 1 else fr.pluriel(len(x.operations), "opération")
    compte = f"{fr.pluriel(x.lots, 'lot')}, {court(x.dues)} dues"
    return fr.composer(f"{x.nom} — {nom}, {compte} : {fr.minuscule(etat(c, x.etat))} ({details})")


def legende(c: Ici, places: list[Lieu]) -> Markup:
    """What the marks mean, and what a click does."""
    presents = {x.etat for x in places}
    cles = rendu.marque(MODELE, "cles_etats", [(e, i, etat(c, e)) for e, i in ICONES.items() if e in presents])
    return cles + rendu.legende(
        "Aire : heures dues ; un clic ouvre l’opération, ou la commune quand il y en a plusieurs", [],
        [("calque-gares", "Gares du Grand Paris Express")],
    )  # fmt: skip
