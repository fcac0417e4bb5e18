"""Runs every measure on the full demonstration and prints a table: promise, median, minimum, maximum."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import longs, projection, rapprochement
from benchmarks.exports import exports
from benchmarks.mesures import Mesure, construction, demarrage, demo, secret_statistique, serveur_des_pages
from benchmarks.navigateur import filtre


def main() -> None:
    arguments = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    arguments.add_argument("--echelle", type=float, default=1.0, help="échelle de la démonstration")
    arguments.add_argument("--tours", type=int, default=3, help="répétitions des mesures longues")
    choix = arguments.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="bench-") as nom:
        dossier = Path(nom)
        instantane = dossier / "observatoire.duckdb"
        mesures: list[Mesure] = []
        etapes: tuple[Callable[[], list[Mesure]], ...] = (
            lambda: demo(dossier / "demo", choix.echelle, choix.tours),
            lambda: construction(dossier / "demo" / "sources.toml", instantane, choix.tours),
            lambda: demarrage(instantane, choix.tours + 2),
            lambda: serveur_des_pages(instantane, 100),
            lambda: secret_statistique(instantane, 20),
            lambda: filtre(instantane, 25),
            lambda: longs.longs(instantane, choix.tours),
            lambda: exports(instantane, dossier, 2025, choix.tours),
        )
        for faire in etapes:
            for mesure in faire():
                console.print(f"  {mesure.nom} : {mesure.mediane:.4g} {mesure.unite}")
                mesures.append(mesure)
        essais = [*projection.tableaux(instantane), rapprochement.tableau([instantane])]
    tableau = Table("mesure", "promesse", "médiane", "minimum", "maximum", "n", title="Vitesse et mémoire")
    for m in mesures:
        tableau.add_row(m.nom, m.promesse, *(f"{v:.4g} {m.unite}" for v in m.etendue), str(len(m.valeurs)))
    console.print(tableau)
    for essai in essais:
        console.print(essai)


if __name__ == "__main__":
    main()
