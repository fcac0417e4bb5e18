"""The command `verifier`: tells a producer what would be read of a file, and what is wrong in it.

Prints only. Follow-up is checked by ``ingest.suivi_verification``, a list of inclusive structures by
``warehouse.verification_structures``; a file of public contracts, which its producer does not correct
here, is only recognised.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from dashboard.cli.affichage import console, en_clair, nombre
from dashboard.cli.erreurs import Abandon, exiger
from dashboard.cli.sources import nom_correspondance
from dashboard.ingest.journal import Constat, SourceIllisible
from dashboard.settings import Settings

if TYPE_CHECKING:
    from dashboard.ingest.suivi_verification import Verification

CONSTATS_AFFICHES = 30


def verifier_fichier(fichier: Path, correspondance: str | None, reglages: Settings) -> None:
    """Print counts and findings of one file or folder; ``Abandon`` when nothing of it can be used."""
    from dashboard.warehouse import verification_structures

    seul = not correspondance and not exiger(fichier).is_dir()
    if seul and verification_structures.reconnue(fichier, reglages):
        with console.status(f"Lecture de {en_clair(fichier.name)}"):
            resultat = verification_structures.verifier(fichier, reglages)
        _conclure(fichier, resultat)
        return
    decp = _format_decp(fichier) if seul else None
    if decp:
        console.print(f"{fichier.name} : données essentielles, {decp}.", markup=False)
        console.print(f"Pour le lire : observatoire construire --decp {fichier}", markup=False)
        return
    from dashboard.ingest.suivi_verification import verifier

    with console.status(f"Lecture de {en_clair(fichier.name)}"):
        resultat = verifier(fichier, nom_correspondance(correspondance), reglages.racine)
    _conclure(fichier, resultat)


def _conclure(fichier: Path, resultat: Verification) -> None:
    """Print the counts and the findings; ``Abandon`` when nothing of the file would be kept."""
    for bilan in resultat.bilans:
        comptes = (
            f"{nombre(bilan.lues)} lignes lues, {nombre(bilan.retenues)} retenues, {nombre(bilan.rejetees)} rejetées"
        )
        reste = f", {nombre(bilan.hors_champ)} hors champ" if bilan.hors_champ else ""
        console.print(f"{bilan.tableau} ({bilan.feuille}) : {comptes}{reste}", markup=False)
    if resultat.constats:
        _afficher(resultat.constats)
    if resultat.motif:
        raise Abandon(resultat.motif)
    if not resultat.utilisable:
        raise Abandon(f"{fichier.name} : aucune ligne ne serait retenue.")
    perte = any(c.nature == "rejet" for c in resultat.constats)
    console.print("Le reste du fichier serait retenu." if perte else "Ce fichier peut être envoyé.")


def _format_decp(fichier: Path) -> str | None:
    """Name of the format of public contracts, or None when the content is not one.

    A JSON or XML file cannot be a follow-up: its refusal is then the right message.
    """
    from dashboard.ingest.decp_format import Format, detecter

    try:
        reconnu = detecter(fichier)
    except SourceIllisible:
        with fichier.open("rb") as flux:
            if flux.read(256).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[", b"<"):
                raise
        return None
    return None if reconnu is Format.CSV_AUTRE else str(reconnu.value)


def _afficher(constats: tuple[Constat, ...]) -> None:
    reste = len(constats) - CONSTATS_AFFICHES
    table = Table(caption=f"et {nombre(reste)} autres" if reste > 0 else None, caption_justify="left")
    for titre in ("nature", "feuille", "ligne", "colonne", "valeur", "message"):
        table.add_column(titre, justify="right" if titre == "ligne" else "left", overflow="fold")
    for c in constats[:CONSTATS_AFFICHES]:
        ligne = "" if c.ligne is None else str(c.ligne)
        cellules = (c.nature, c.feuille or "", ligne, c.colonne or "", c.valeur or "", c.message)
        table.add_row(*map(en_clair, cellules))
    console.print(table)
    totaux = Counter(c.nature for c in constats)
    console.print("Constats : " + ", ".join(f"{nombre(n)} × {nature}" for nature, n in totaux.items()) + ".")
