"""The annual report as files: their names and their writing, each beside its name then renamed.

Boundary: no printing and no question to anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from dashboard.rapport import annuel_classeur, annuel_page, pdf

if TYPE_CHECKING:
    from dashboard.rapport.annuel import Rapport

Format = Literal["html", "pdf"]
ANNEXE: Final = "_annexe.xlsx"


def nom(rapport: Rapport) -> str:
    """ASCII name of the files, without their end: year, snapshot, and whether it is a demonstration."""
    return f"rapport_annuel_{rapport.annee}_{rapport.instantane}{'_demonstration' if rapport.demo else ''}"


def ecrire(rapport: Rapport, dossier: Path, formats: Collection[Format]) -> Iterator[Path]:
    """Write the report and its annex in a folder, all of it or nothing; says where each file is.

    Raises ``PdfIndisponible`` before anything is written.
    """
    texte = annuel_page.html(rapport)
    contenus: dict[str, bytes] = {}
    fabriques: dict[Format, Callable[[], bytes]] = {
        "html": lambda: texte.encode("utf-8"),
        "pdf": lambda: pdf.rendre(texte),
    }
    for extension, fabriquer in fabriques.items():
        if extension in formats:
            contenus[f"{nom(rapport)}.{extension}"] = fabriquer()
    contenus[f"{nom(rapport)}{ANNEXE}"] = annuel_classeur.xlsx(rapport)
    dossier.mkdir(parents=True, exist_ok=True)
    for fichier, contenu in contenus.items():
        chemin = dossier / fichier
        provisoire = chemin.with_name(f".{chemin.name}.partiel")
        provisoire.write_bytes(contenu)
        provisoire.replace(chemin)
        yield chemin
