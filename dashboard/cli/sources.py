"""Which sources a build reads: those of the options, of the last build, of the operator, or of the demo.

Chooses only. Reading a catalogue belongs to ``ingest.catalogue``, reading a source to the loaders.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dashboard.cli.erreurs import Abandon, exiger
from dashboard.ingest.journal import Declaration


@dataclass(frozen=True, slots=True)
class Demande:
    """What a build is asked to read."""

    declarations: tuple[Declaration, ...]
    acheteurs: Path | None = None


def depuis_options(
    catalogue: Path | None,
    decp: list[Path],
    suivi: list[Path],
    correspondance: str | None,
    structures: Sequence[Path] = (),
    entreprises: Sequence[Path] = (),
) -> tuple[Declaration, ...]:
    """Sources named on the command line (none when no option names any); ``Abandon`` when one is missing."""
    declarations: list[Declaration] = []
    if catalogue:
        declarations += depuis_catalogue(catalogue)
    for chemin in decp:
        declarations += [Declaration(fichier, "decp") for fichier in _fichiers(exiger(chemin).resolve())]
    for chemin in structures:
        declarations += [Declaration(fichier, "structures") for fichier in _fichiers(exiger(chemin).resolve())]
    for chemin in entreprises:
        declarations += [Declaration(fichier, "entreprises") for fichier in _fichiers(exiger(chemin).resolve())]
    for chemin in suivi:
        nom = nom_correspondance(correspondance)
        declarations.append(Declaration(exiger(chemin).resolve(), "suivi", correspondance=nom))
    return tuple(declarations)


def depuis_catalogue(chemin: Path) -> tuple[Declaration, ...]:
    """Sources of a ``sources.toml``."""
    from dashboard.ingest import catalogue

    return tuple(catalogue.lire(exiger(chemin).resolve()))


def memoriser(instantane: Path, demande: Demande) -> None:
    """Remember, beside a snapshot, what it was built from, so that the same can be asked again."""
    contenu = {
        "declarations": [{**asdict(d), "chemin": str(d.chemin)} for d in demande.declarations],
        "acheteurs": str(demande.acheteurs) if demande.acheteurs else None,
    }
    _note(instantane).write_text(json.dumps(contenu, ensure_ascii=False, indent=1), encoding="utf-8")


def rappeler(instantane: Path) -> Demande | None:
    """What the snapshot in place was built from; None when there is none or when it left no usable note."""
    if not instantane.exists():
        return None
    try:
        contenu = json.loads(_note(instantane).read_text(encoding="utf-8"))
        declarations = tuple(Declaration(**{**d, "chemin": Path(d["chemin"])}) for d in contenu["declarations"])
        acheteurs = Path(contenu["acheteurs"]) if contenu["acheteurs"] else None
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return Demande(declarations, acheteurs)


def _note(instantane: Path) -> Path:
    return instantane.with_name(f".{instantane.name}.sources.json")


def _fichiers(chemin: Path) -> list[Path]:
    """A folder of contracts, structures or firms is as many files; one of follow-up is one source of several tables."""
    if not chemin.is_dir():
        return [chemin]
    fichiers = sorted(f for f in chemin.rglob("*") if f.is_file() and not f.name.startswith("."))
    if not fichiers:
        raise Abandon(f"Dossier vide : {chemin}")
    return fichiers


def nom_correspondance(nom: str | None) -> str:
    """Name or absolute path of a mapping; the exchange template by default."""
    if nom is None:
        return "gabarit"
    return str(exiger(Path(nom)).resolve()) if nom.endswith(".toml") else nom
