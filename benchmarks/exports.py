"""Measures of what is taken away: slides, sheets and embedded figures asked from a real server, and the commands."""

from __future__ import annotations

import gzip
import json
import time
import urllib.request
from pathlib import Path

from benchmarks.mesures import Mesure, commande, serveur
from dashboard.contenu.registre import PAGES

#: Ten figures of the pages: maps, curves, bars, tables.
FIGURES = (
    "carte", "mois", "secteurs", "territoires-carte", "territoires-evolution", "heures-temps", "publics-ages",
    "projets-courbe", "projets-lots", "acheteurs-annees",
)  # fmt: skip
#: Sheets asked once each: départements, EPT, EPCI, communes, the region.
FICHES = ("93", "75", "T8", "T12", "93066", "94043", "78646", "11", "77", "95")


def exports(instantane: Path, dossier: Path, annee: int, tours: int) -> list[Mesure]:
    """What each kind of file costs on a snapshot, none of them asked twice; the commands write in ``dossier``."""
    with serveur(instantane) as (adresse, _):
        fiches = [1000 * _demander(f"{adresse}/fiche/territoire/{code}")[0] for code in FICHES]
        pdfs = [_demander(f"{adresse}/fiche/territoire/{code}.pdf")[0] for code in FICHES]
        decks = [_demander(f"{adresse}/diaporama.pptx", _liste(annee - tour))[0] for tour in range(tours)]
        blocs = [bloc for page in PAGES if not page.fiche for bloc in page.blocs]
        poids = [_demander(f"{adresse}/integrer/{bloc}")[1] / 1024 for bloc in blocs]
    base = {"OBSERVATOIRE_INSTANTANE": str(instantane)}
    huit = [
        commande("fiches", "--niveau", "departement", "--dossier", str(dossier / f"fiches-{tour}"), **base)[0]
        for tour in range(tours)
    ]
    rapport = commande("rapport", str(annee), "--sortie", str(dossier / "rapport"), **base)[0]
    return [
        Mesure("fiche de territoire, HTML, la première du serveur", "≤ 300 ms", "ms", (fiches[0],)),
        Mesure("fiche de territoire, HTML, les suivantes", "≤ 300 ms", "ms", tuple(fiches[1:])),
        Mesure("fiche de territoire, PDF", "≤ 3 s", "s", tuple(pdfs)),
        Mesure(f"PPTX de {len(FIGURES)} figures", "≤ 3 s", "s", tuple(decks)),
        Mesure("figure à intégrer, compressée", "≤ 100 ko", "ko", tuple(poids)),
        Mesure("PDF des 8 départements", "≤ 30 s", "s", tuple(huit)),
        Mesure("rapport annuel : page, PDF, annexe", "—", "s", (rapport,)),
    ]


def _liste(annee: int) -> bytes:
    """A deck of the ten figures for a year, as the browser sends it."""
    return json.dumps(
        {"titre": "Mesure", "diapos": [{"bloc": b, "search": f"?annee={annee}"} for b in FIGURES]}
    ).encode()


def _demander(adresse: str, corps: bytes | None = None) -> tuple[float, int]:
    """Seconds of one answer, and its size once compressed (bytes). Raises ``HTTPError`` when it is refused."""
    requete = urllib.request.Request(adresse, data=corps, headers={"Content-Type": "application/json"} if corps else {})
    debut = time.perf_counter()
    with urllib.request.urlopen(requete) as reponse:
        contenu = reponse.read()
    return time.perf_counter() - debut, len(gzip.compress(contenu))
