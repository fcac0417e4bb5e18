"""Measures without a browser: writing the demonstration, building, starting, answering a page."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

import dash

from dashboard.app import create_app
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.page import PageContenu
from dashboard.domain.filtre import ETATS_LOT, GEOGRAPHIES, INDICATEURS, LISTES, NIVEAUX, REGARDS
from dashboard.domain.selection import REGION, Referentiel, Selection
from dashboard.settings import Settings
from dashboard.ui.page import Page
from dashboard.warehouse import secret
from dashboard.warehouse.connexion import Entrepot, Instantane


@dataclass(frozen=True, slots=True)
class Mesure:
    """Values of one measure, in ``unite``, and the promise it is held against."""

    nom: str
    promesse: str
    unite: str
    valeurs: tuple[float, ...]

    @property
    def mediane(self) -> float:
        return median(self.valeurs)

    @property
    def etendue(self) -> tuple[float, float, float]:
        return self.mediane, min(self.valeurs), max(self.valeurs)


def commande(*arguments: str, **environnement: str) -> tuple[float, float]:
    """Run ``observatoire``; returns wall seconds and peak memory (MB) of the process."""
    debut = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard", *arguments],
        env={**os.environ, **environnement},
        stdout=subprocess.DEVNULL,
    ) as processus:
        _, code, usage = os.wait4(processus.pid, 0)
        processus.returncode = os.waitstatus_to_exitcode(code)
    if processus.returncode:
        raise RuntimeError(f"observatoire {' '.join(arguments)} : code {processus.returncode}")
    return time.perf_counter() - debut, usage.ru_maxrss / 1024


def demo(dossier: Path, echelle: float, tours: int) -> list[Mesure]:
    """Time and memory to write the demonstration sources."""
    couples = [commande("demo", "--dossier", str(dossier), "--echelle", str(echelle)) for _ in range(tours)]
    return [
        Mesure("sources de démonstration écrites", "≤ 20 s", "s", tuple(t for t, _ in couples)),
        Mesure("mémoire du générateur", "≤ 2 000 Mo", "Mo", tuple(m for _, m in couples)),
    ]


def construction(catalogue: Path, instantane: Path, tours: int) -> list[Mesure]:
    """Time and memory to build the snapshot."""
    couples = [
        commande("construire", "--sources", str(catalogue), "--instantane", str(instantane)) for _ in range(tours)
    ]
    return [
        Mesure("instantané construit", "≤ 30 s", "s", tuple(t for t, _ in couples)),
        Mesure("mémoire de la construction", "≤ 2 000 Mo", "Mo", tuple(m for _, m in couples)),
        Mesure("taille de l’instantané", "—", "Mo", (instantane.stat().st_size / 1e6,)),
    ]


def port_libre() -> int:
    """A free port of this machine."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@contextmanager
def serveur(instantane: Path, attente: float = 30.0) -> Iterator[tuple[str, float]]:
    """A real gunicorn on the snapshot: its address, and the seconds until its first answer."""
    port = port_libre()
    debut = time.perf_counter()
    commande = [
        sys.executable,
        "-m",
        "gunicorn",
        "dashboard.wsgi:server",
        "--threads",
        "4",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    environnement = {**os.environ, "OBSERVATOIRE_INSTANTANE": str(instantane)}
    processus = subprocess.Popen(commande, env=environnement, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    adresse = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                with urllib.request.urlopen(f"{adresse}/_dash-layout") as reponse:
                    reponse.read()
                break
            except (urllib.error.URLError, ConnectionError):
                if time.perf_counter() - debut > attente or processus.poll() is not None:
                    raise
                time.sleep(0.02)
        yield adresse, time.perf_counter() - debut
    finally:
        processus.terminate()
        processus.wait(10)


def demarrage(instantane: Path, tours: int) -> list[Mesure]:
    """Seconds from the start of the server to the first layout answered (data included)."""
    valeurs = []
    for _ in range(tours):
        with serveur(instantane) as (_, secondes):
            valeurs.append(secondes)
    return [Mesure("démarrage jusqu’à la première réponse", "≤ 3 s", "s", tuple(valeurs))]


def tirer(ref: Referentiel, hasard: random.Random) -> Selection:
    """A random selection: any place, any period, one list in three filtered."""
    debut = hasard.randint(*ref.annees)
    listes: dict[str, Any] = {}
    for filtre in LISTES:
        codes = sorted(ref.listes.get(filtre.nomenclature or "", {}))
        if codes and hasard.random() < 1 / 3:
            listes[filtre.attribut] = tuple(sorted(hasard.sample(codes, k=min(len(codes), hasard.randint(1, 3)))))
    return Selection(
        annees=(debut, hasard.randint(debut, ref.annees[1])),
        territoire=hasard.choice([REGION, *ref.territoires]),
        geographie=hasard.choice(GEOGRAPHIES),
        niveau=hasard.choice(NIVEAUX),
        indicateur=hasard.choice([None, None, "marches", hasard.choice(INDICATEURS)]),
        regard=hasard.choice([None, None, hasard.choice(sorted(REGARDS))]),
        etat=hasard.choice([(), (), (hasard.choice(ETATS_LOT),)]),
        mesure=hasard.choice(["nombre", "montant"]),
        montant=hasard.choice([None, round(10 ** hasard.uniform(4, 8), 2)]),
        taux=hasard.choice([None, hasard.choice([0.0, 5.0, 7.5, 100.0])]),
        **listes,
    )


def tirer_pour(page: PageContenu, ref: Referentiel, hasard: random.Random) -> Selection:
    """A random selection, and for a sheet a random object of its list."""
    selection = tirer(ref, hasard)
    return selection.avec(objet=hasard.choice(sorted(ref.listes[page.fiche]))) if page.fiche else selection


def pages(instantane: Path) -> dict[str, Page]:
    """The pages of the site, by path, from the application itself."""
    create_app(Settings(instantane=instantane))
    modules = ((p["path_template"] or p["path"], sys.modules[p["module"]]) for p in dash.page_registry.values())
    return {chemin: module.PAGE for chemin, module in modules if hasattr(module, "PAGE")}


def servir_page(page: Page, instantane: Instantane, selection: Selection) -> None:
    """All that the server does for one change of filter, without the network nor the cache."""
    utile = page.contenu.utile(selection)
    vue = page.contenu.lire.__wrapped__(instantane, utile)  # type: ignore[attr-defined]
    page.remplir(Contexte(instantane, utile, vue, page.contenu.sans), "light")


def serveur_des_pages(instantane: Path, tours: int) -> list[Mesure]:
    """Milliseconds of the server for all the figures of each page, on random selections, uncached."""
    ouvert = Entrepot(instantane).instantane()
    mesures = []
    for chemin, page in pages(instantane).items():
        hasard = random.Random(20260930)
        servir_page(page, ouvert, Selection())
        valeurs = []
        for _ in range(tours):
            selection = tirer_pour(page.contenu, ouvert.referentiel, hasard)
            debut = time.perf_counter()
            servir_page(page, ouvert, selection)
            valeurs.append(1000 * (time.perf_counter() - debut))
        promesse = "≤ 100 ms" if chemin == "/" else "≤ 150 ms"
        mesures.append(Mesure(f"page « {chemin} », sélection au hasard, serveur", promesse, "ms", tuple(valeurs)))
    return mesures


#: The same rows without the confidentiality step: only to measure what it costs.
LIGNES_BRUTES = "SELECT * EXCLUDE (cle), 'valeur' AS statut FROM ({sql})"


def secret_statistique(instantane: Path, tours: int) -> list[Mesure]:
    """Share of the time of each page that the confidentiality step costs: same selections with and without it."""
    ouvert = Entrepot(instantane).instantane()
    mesures = []
    for chemin, page in pages(instantane).items():
        hasard, parts = random.Random(5), []
        for _ in range(tours):
            selection = tirer_pour(page.contenu, ouvert.referentiel, hasard)
            avec = _duree(page, ouvert, selection)
            with mock.patch.object(secret, "PUBLIE", LIGNES_BRUTES):
                sans = _duree(page, ouvert, selection)
            parts.append(100 * (1 - sans / avec))
        mesures.append(Mesure(f"part du secret statistique, page « {chemin} »", "≤ 30 %", "%", tuple(parts)))
    return mesures


def _duree(page: Page, instantane: Instantane, selection: Selection) -> float:
    """Best of three, in seconds."""
    durees = []
    for _ in range(3):
        debut = time.perf_counter()
        servir_page(page, instantane, selection)
        durees.append(time.perf_counter() - debut)
    return min(durees)
