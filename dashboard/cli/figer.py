"""The command `figer`: a folder that opens without a server, written beside its final name, then renamed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from dashboard.cli.affichage import console, duree, nombre, progression
from dashboard.cli.erreurs import Abandon
from dashboard.cli.fiches import dire_sans_adresse, en_clair
from dashboard.settings import Settings

if TYPE_CHECKING:
    from dashboard.rapport.dossier import Dossier
    from dashboard.ui.page import Page


def figer(reglages: Settings, code: str, annee: str | None, cible: Path | None) -> Path:
    """Write the folder of a territory and say where; ``Abandon`` when it cannot be, and nothing is left behind."""
    from dashboard.app import create_app

    debut = time.perf_counter()
    serveur = create_app(reglages).server
    with en_clair(), serveur.app_context(), progression("Dossier") as progres:
        dossier = _preparer(reglages, code, annee)
        final = cible or Path(dossier.nom)
        if final.exists():
            raise Abandon(f"Le dossier existe déjà : {final}. Le supprimer, ou en nommer un autre avec --dossier.")
        fichiers, octets = _ecrire(dossier, final, progres)
    taille = f"{octets / 1e6:.1f}".replace(".", ",") + "\u202fMo"
    temps = duree(time.perf_counter() - debut)
    console.print(f"Dossier écrit : {final} ({nombre(fichiers)} fichiers, {taille}, {temps}).", markup=False)
    console.print(f"L’ouvrir avec un navigateur : {final / 'index.html'}", markup=False)
    dire_sans_adresse(reglages)
    return final


def _preparer(reglages: Settings, code: str, annee: str | None) -> Dossier:
    from dashboard.api.integrer import calques
    from dashboard.rapport.dossier import preparer
    from dashboard.ui.contexte import instantane

    dossier = preparer(instantane(), code, annee, _pages(), reglages.url_publique or "", calques)
    if dossier.lecture.notes:
        raise Abandon(" ".join(dossier.lecture.notes))
    return dossier


def _pages() -> list[tuple[str, Page]]:
    """The tabs of the site, in order: their name and their drawing; a sheet of one object is no tab."""
    from dashboard.contenu.registre import PAGES
    from dashboard.ui.statique import page_servie

    servies = [t for contenu in PAGES if not contenu.fiche and (t := page_servie(contenu.nom))]
    return [(str(inscrite["name"]), page) for page, inscrite in servies]


def _ecrire(dossier: Dossier, final: Path, progres: Callable[[str, float], None]) -> tuple[int, int]:
    """Write every file in a folder beside, then rename it; returns how many files and bytes."""
    final.parent.mkdir(parents=True, exist_ok=True)
    provisoire = Path(mkdtemp(prefix=f".{final.name}.", dir=final.parent))
    nombre_, octets = 0, 0
    try:
        for chemin, contenu in dossier.fichiers():
            progres(chemin, nombre_ / dossier.etapes)
            fichier = provisoire / chemin
            fichier.parent.mkdir(exist_ok=True)
            fichier.write_bytes(contenu)
            nombre_, octets = nombre_ + 1, octets + len(contenu)
        provisoire.chmod(0o755)
        provisoire.rename(final)
    except BaseException:
        shutil.rmtree(provisoire, ignore_errors=True)
        raise
    return nombre_, octets
