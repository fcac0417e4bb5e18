"""The commands `fiche` and `fiches`: one territory, or every territory of a level, as HTML or PDF files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.cli.affichage import console, duree, nombre, progression
from dashboard.cli.erreurs import Abandon
from dashboard.domain.territoire import NIVEAUX
from dashboard.rapport import fichiers, pdf
from dashboard.rapport.fiche import TerritoireInconnu, composer
from dashboard.rapport.pdf import PdfIndisponible
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Entrepot, InstantaneAbsent

if TYPE_CHECKING:
    from dashboard.domain.selection import Referentiel
    from dashboard.rapport.fichiers import Format
    from dashboard.warehouse.connexion import Instantane

SANS_ADRESSE = "Ni lien ni code QR : l’adresse publique du site n’est pas réglée (OBSERVATOIRE_URL_PUBLIQUE)."


def ecrire_fiche(reglages: Settings, code: str, annee: str | None, sortie: Path | None, format_: Format) -> Path:
    """Write the sheet of one territory and say where; ``Abandon`` with what to do when it cannot be."""
    with en_clair():
        _pouvoir(format_)
        instantane = Entrepot(reglages.instantane).instantane()
        fiche = composer(instantane, code, _requete(annee))
        if fiche.notes:
            raise Abandon(" ".join(fiche.notes))
        chemin = fichiers.ecrire(fiche, sortie or Path(), reglages.url_publique or "", format_)
    console.print(f"Fiche écrite : {chemin}", markup=False)
    dire_sans_adresse(reglages)
    return chemin


def ecrire_fiches(reglages: Settings, niveau: str, annee: str | None, dossier: Path, format_: Format) -> list[Path]:
    """Write the sheets of every territory of a level in a folder, with a progress bar."""
    if niveau not in NIVEAUX:
        raise Abandon(f"Niveau inconnu : « {niveau} ». Niveaux possibles : {', '.join(NIVEAUX)}.")
    debut = time.perf_counter()
    with en_clair(), progression("Fiches") as progres:
        _pouvoir(format_)
        instantane = Entrepot(reglages.instantane).instantane()
        codes = _codes(instantane.referentiel, niveau)
        _verifier(instantane, codes[0], annee)
        ecrits = list(
            fichiers.ecrire_tout(
                instantane, codes, _requete(annee), dossier, reglages.url_publique or "", format_, progres
            )
        )
    temps = duree(time.perf_counter() - debut)
    console.print(f"{nombre(len(ecrits))} fiches écrites dans {dossier} en {temps}.", markup=False)
    dire_sans_adresse(reglages)
    return ecrits


def _pouvoir(format_: Format) -> None:
    """Refuse at once a PDF that this machine cannot make."""
    if format_ == "pdf":
        pdf.verifier()


def dire_sans_adresse(reglages: Settings) -> None:
    """Say why what was written has neither link nor QR code."""
    if not reglages.url_publique:
        console.print(SANS_ADRESSE, markup=False)


def _verifier(instantane: Instantane, code: str, annee: str | None) -> None:
    """Refuse a period that the data do not have, before any file is written."""
    if notes := composer(instantane, code, _requete(annee)).notes:
        raise Abandon(" ".join(notes))


def _codes(ref: Referentiel, niveau: str) -> list[str]:
    return [t.code for t in ref.territoires.values() if t.niveau == niveau]


def _requete(annee: str | None) -> str:
    return f"annee={annee}" if annee else ""


@contextmanager
def en_clair() -> Iterator[None]:
    """The errors that can be foreseen, as one French message."""
    try:
        yield
    except (InstantaneAbsent, PdfIndisponible) as erreur:
        raise Abandon(str(erreur)) from erreur
    except TerritoireInconnu as erreur:
        proches = ", ".join(f"{nom} ({code})" for code, nom in erreur.proches)
        suite = f" Cherchiez-vous : {proches} ?" if proches else ""
        raise Abandon(f"{erreur}{suite}") from erreur
