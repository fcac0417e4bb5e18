"""Measures of the files of many rows: a hundred thousand contracts, by repeating those of the demonstration.

The repeated rows exist only in a temporary snapshot, made for the measure and deleted with it.
"""

from __future__ import annotations

import resource
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import duckdb

from benchmarks.mesures import Mesure
from dashboard.contenu import marches
from dashboard.contenu.flux import Flux
from dashboard.contenu.tableau import Tableau
from dashboard.domain.selection import Selection
from dashboard.export import classeur
from dashboard.export.tableau import en_csv, en_csv_machine
from dashboard.warehouse.connexion import Entrepot

#: Rows of the measure, and those of the small file the memory is compared with.
LIGNES, PEU = 100_000, 20_000
#: Rows again until there are enough that a selection can hold, each with a number of its own.
REPETER = """
INSERT INTO marche BY NAME
SELECT m.* REPLACE (m.marche_no + r.tour * (SELECT max(marche_no) FROM marche) AS marche_no)
FROM marche m, range(1, ?) r(tour)
WHERE m.annee IS NOT NULL AND m.exec_dep IS NOT NULL AND m.acheteur <> 'grands_projets'
"""


def repeter(instantane: Path, cible: Path, lignes: int = LIGNES) -> None:
    """A copy of a snapshot with at least ``lignes`` contracts, by repetition."""
    shutil.copy(instantane, cible)
    with duckdb.connect(str(cible)) as con:
        compte = con.execute("SELECT count(*) FROM marche WHERE annee IS NOT NULL AND exec_dep IS NOT NULL").fetchone()
        assert compte is not None
        con.execute(REPETER, [1 + -(-lignes // compte[0])])


def longs(instantane: Path, tours: int) -> list[Mesure]:
    """Processor seconds and memory to write a hundred thousand contracts, once the snapshot is in the cache."""
    copie = instantane.with_name("cent-mille.duckdb")
    repeter(instantane, copie)
    try:
        ouvert = Entrepot(copie).instantane()
        contexte = marches.contexte(ouvert, Selection(annees=ouvert.referentiel.annees))
        flux = marches.flux(contexte).borne(LIGNES, "")
        peu = flux.borne(PEU, "")
        mesures = []
        for nom, promesse, ecrire in _formes(contexte):
            ecrire(flux)
            essais = [
                (_secondes(ecrire, flux), _croissance(ecrire, peu), _croissance(ecrire, flux)) for _ in range(tours)
            ]
            secondes, petits, grands = zip(*essais, strict=True)
            quoi = f"{nom} de {LIGNES // 1000} 000 marchés"
            mesures.append(Mesure(f"{quoi}, processeur", promesse, "s", secondes))
            mesures.append(Mesure(f"{quoi}, mémoire en plus", "≤ 30 Mo", "Mo", grands))
            mesures.append(Mesure(f"… pour {PEU // 1000} 000", "—", "Mo", petits))
        return mesures
    finally:
        copie.unlink()


def _formes(contexte: marches.Ici) -> list[tuple[str, str, Callable[[Flux], object]]]:
    """Name, promise, and what writes a table whole and forgets it."""
    oublier: Callable[[Iterable[object]], object] = deque[object](maxlen=0).extend
    return [
        ("CSV", "≤ 2 s", lambda f: oublier(en_csv(f))),
        ("CSV pour un programme", "≤ 2 s", lambda f: oublier(en_csv_machine(f))),
        (f"XLSX ({len(marches.COLONNES)} colonnes)", "≤ 5 s", lambda f: classeur.xlsx_long(f, contexte).close()),
        ("XLSX (10 colonnes)", "≤ 5 s", lambda f: classeur.xlsx_long(_etroit(f), contexte).close()),
    ]


def _etroit(flux: Flux) -> Flux:
    """The same table, its first ten columns."""
    bloc = replace(flux.bloc, tableau=Tableau(flux.bloc.tableau.colonnes[:10], ()))
    return Flux(bloc, flux.nombre, lambda: (lot[:10] for lot in flux.lots()))


def _secondes(ecrire: Callable[[Flux], object], flux: Flux) -> float:
    debut = time.process_time()
    ecrire(flux)
    return time.process_time() - debut


def _croissance(ecrire: Callable[[Flux], object], flux: Flux) -> float:
    """Highest resident memory (MB) while it is written, beyond what it was before."""
    pics, fini, avant = [0.0], threading.Event(), _memoire()

    def guetter() -> None:
        while not fini.wait(0.01):
            pics.append(_memoire() - avant)

    guet = threading.Thread(target=guetter)
    guet.start()
    ecrire(flux)
    fini.set()
    guet.join()
    return max(pics)


def _memoire() -> float:
    """Resident memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6
