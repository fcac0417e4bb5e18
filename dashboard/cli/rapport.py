"""The command `rapport`: the annual report of the region and its data annex, as files."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.cli.affichage import console, duree, progression
from dashboard.cli.erreurs import Abandon, exiger
from dashboard.rapport import annuel, annuel_editorial, annuel_fichiers, annuel_plan
from dashboard.rapport.pdf import PdfIndisponible, verifier
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Entrepot, InstantaneAbsent

if TYPE_CHECKING:
    from dashboard.rapport.annuel_fichiers import Format
    from dashboard.warehouse.connexion import Instantane


def ecrire_rapport(
    reglages: Settings, annee: str, dossier: Path, editorial: Path | None, *, html: bool, pdf: bool
) -> list[Path]:
    """Write the report of a year in a folder, as HTML, PDF or both; ``Abandon`` when it cannot be, and what to do."""
    debut = time.perf_counter()
    formats: tuple[Format, ...] = (*(("html",) if html else ()), *(("pdf",) if pdf else ()))
    textes = exiger(editorial) if editorial else reglages.racine / "data" / "editorial"
    if dossier.is_file():
        raise Abandon(f"« {dossier} » est un fichier : donnez un dossier à --sortie.")
    try:
        if pdf:
            verifier()
        instantane = Entrepot(reglages.instantane).instantane()
        an = _annee(annee, instantane)
        lus = annuel_editorial.lire(textes, _sections(instantane))
        with progression("Rapport") as progres:
            rapport = annuel.composer(instantane, an, lus, progres)
            progres("Mise en page", 0.9)
            ecrits = list(annuel_fichiers.ecrire(rapport, dossier, formats))
    except (InstantaneAbsent, PdfIndisponible, annuel_editorial.EditorialIllisible) as erreur:
        raise Abandon(str(erreur)) from erreur
    for note in (*lus.notes, *rapport.avertissements):
        console.print(note, markup=False)
    for chemin in ecrits:
        console.print(f"Écrit : {chemin}", markup=False, soft_wrap=True)
    console.print(f"Rapport annuel {an} écrit en {duree(time.perf_counter() - debut)}.", markup=False)
    return ecrits


def _annee(saisie: str, instantane: Instantane) -> int:
    """The year asked for, which the snapshot must know."""
    debut, fin = instantane.referentiel.annees
    if not (saisie.isascii() and saisie.isdigit() and len(saisie) == 4):
        raise Abandon(f"Année illisible : « {saisie} ». Écrivez-la en quatre chiffres, par exemple {fin}.")
    if not debut <= int(saisie) <= fin:
        raise Abandon(f"Aucune donnée pour {saisie} : l’instantané va de {debut} à {fin}.")
    return int(saisie)


def _sections(instantane: Instantane) -> tuple[str, ...]:
    territoires = instantane.referentiel.territoires.values()
    return annuel_plan.sections(tuple(t.code for t in territoires if t.niveau == "departement"))
