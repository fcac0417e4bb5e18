"""The commands `demo` and `construire`: decide what must be done again, do it, say it.

The work itself belongs to ``dashboard.demo`` and ``dashboard.warehouse.construction``, imported
only when they are needed: a second start must not pay for them.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dashboard.cli.affichage import afficher_bilan, console, progression
from dashboard.cli.erreurs import Abandon
from dashboard.cli.fraicheur import demo_a_jour, empreinte_demo, noter_demo, oublier_demo
from dashboard.cli.sources import Demande, depuis_catalogue, memoriser, rappeler
from dashboard.ingest.journal import Declaration, SourceIllisible
from dashboard.settings import Settings

GRAINE = 2018
ECHELLE = 1.0


def ecrire_demo(reglages: Settings, dossier: Path, graine: int, echelle: float, *, si_besoin: bool) -> Path:
    """Write the demo sources, unless ``si_besoin`` and they are up to date; returns their catalogue."""
    empreinte = empreinte_demo(graine, echelle, reglages)
    if si_besoin and demo_a_jour(dossier, empreinte):
        console.print(f"Sources de démonstration à jour ({dossier}).", markup=False)
        return dossier / "sources.toml"
    from dashboard.demo.generateur import generer

    dossier.mkdir(parents=True, exist_ok=True)
    oublier_demo(dossier)
    with progression("Sources de démonstration") as progres:
        catalogue = generer(dossier, graine, echelle, progres)
    noter_demo(dossier, empreinte)
    console.print(f"Sources de démonstration écrites dans {dossier}.", markup=False)
    return catalogue


def construire_instantane(
    reglages: Settings, demande: Demande, *, si_besoin: bool = False, si_absent: bool = False
) -> None:
    """Build the snapshot of ``reglages`` and print the summary; ``Abandon`` when nothing is published.

    Without a declared source: those of the snapshot in place (``si_besoin`` only), else the
    operator's ``data/sources.toml``, else the demo, written if absent.
    """
    cible = reglages.instantane
    if si_absent and cible.exists():
        console.print(f"Instantané déjà présent ({cible}).", markup=False)
        return
    if si_besoin and not demande.declarations:
        demande = _reprendre(rappeler(cible), demande)
        absents = [d.chemin for d in demande.declarations if not d.chemin.exists()]
        if absents:
            console.print(f"Instantané conservé : ses sources ne sont plus là ({absents[0]}).", markup=False)
            return
    if not demande.declarations:
        demande = replace(demande, declarations=_par_defaut(reglages))
    if si_besoin and _a_jour(reglages, demande):
        console.print(f"Instantané à jour ({cible}).", markup=False)
        return
    _construire(reglages, demande)


def _reprendre(derniere: Demande | None, demande: Demande) -> Demande:
    """The sources of the last build, unless they were the demo (whose catalogue may have changed since)."""
    if derniere is None or all(d.demo for d in derniere.declarations):
        return demande
    return Demande(derniere.declarations, demande.acheteurs or derniere.acheteurs)


def _par_defaut(reglages: Settings) -> tuple[Declaration, ...]:
    catalogue = reglages.donnees / "sources.toml"
    if not catalogue.exists():
        catalogue = ecrire_demo(reglages, reglages.demo, GRAINE, ECHELLE, si_besoin=True)
    return depuis_catalogue(catalogue)


def _a_jour(reglages: Settings, demande: Demande) -> bool:
    if not reglages.instantane.exists():
        return False
    from dashboard.warehouse.construction import a_jour

    return a_jour(reglages.instantane, demande.declarations, reglages, demande.acheteurs)


def _construire(reglages: Settings, demande: Demande) -> None:
    from dashboard.warehouse.atelier import ClefManquante
    from dashboard.warehouse.construction import RienCharge, construire
    from dashboard.warehouse.controles import ControleEchoue

    try:
        with progression("Instantané") as progres:
            bilan = construire(
                demande.declarations,
                reglages.instantane,
                reglages=reglages,
                acheteurs=demande.acheteurs,
                progres=progres,
            )
    except RienCharge as erreur:
        raise Abandon(f"Rien n’a pu être chargé, l’instantané n’est pas modifié.\n{erreur}") from erreur
    except (ClefManquante, ControleEchoue, SourceIllisible) as erreur:
        raise Abandon(str(erreur)) from erreur
    memoriser(reglages.instantane, demande)
    afficher_bilan(bilan)
