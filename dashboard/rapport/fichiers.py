"""Sheets as files: their names, and the writing of one or of a whole level in a folder.

A file is written beside its final name, then renamed: a stopped run leaves no half of a sheet. Boundary: no printing
and no question to anybody; progress is told to a function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dashboard.rapport import page, pdf
from dashboard.rapport.fiche import Fiche, composer

if TYPE_CHECKING:
    from dashboard.warehouse.connexion import Instantane

Format = Literal["html", "pdf"]
Progres = Callable[[str, float], None]


def nom_de_fichier(fiche: Fiche, extension: Format) -> str:
    """ASCII name of the file of a sheet: territory, period, snapshot, and whether it is a demonstration."""
    demo = "_demonstration" if fiche.demo else ""
    return f"fiche_territoire_{fiche.territoire.code}_{fiche.annee}_{fiche.instantane}{demo}.{extension}"


def contenu(fiche: Fiche, adresse: str, extension: Format) -> bytes:
    """A sheet that stands alone, as bytes. Raises ``PdfIndisponible`` where no PDF can be made."""
    texte = page.html(fiche, adresse, ecran=False)
    return pdf.rendre(texte) if extension == "pdf" else texte.encode("utf-8")


def ecrire(fiche: Fiche, cible: Path, adresse: str, extension: Format) -> Path:
    """Write a sheet at a path, or under its own name when the path is a folder; returns where it is."""
    chemin = cible / nom_de_fichier(fiche, extension) if cible.is_dir() else cible
    chemin.parent.mkdir(parents=True, exist_ok=True)
    provisoire = chemin.with_name(f".{chemin.name}.partiel")
    provisoire.write_bytes(contenu(fiche, adresse, extension))
    provisoire.replace(chemin)
    return chemin


def ecrire_tout(
    instantane: Instantane, codes: Sequence[str], requete: str, dossier: Path, adresse: str, extension: Format,
    progres: Progres,
) -> Iterator[Path]:  # fmt: skip
    """Write the sheets of some territories in a folder, one after the other."""
    dossier.mkdir(parents=True, exist_ok=True)
    for rang, code in enumerate(codes):
        fiche = composer(instantane, code, requete)
        progres(fiche.territoire.nom, rang / len(codes))
        yield ecrire(fiche, dossier, adresse, extension)
