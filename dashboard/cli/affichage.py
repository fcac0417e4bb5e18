"""What the commands print: progress bar and summary of a build. Knows nothing of how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from dashboard.warehouse.construction import Bilan

CONSTATS_AFFICHES = 10
LARGEUR_HORS_TERMINAL = 140
COMPTES = ("lues", "retenues", "hors champ", "corrections", "rejets")

console = Console(highlight=False)
if not console.is_terminal:
    console.width = LARGEUR_HORS_TERMINAL


def nombre(n: int) -> str:
    """1234567 → « 1 234 567 », with narrow no-break spaces."""
    return f"{n:,}".replace(",", "\u202f")


def duree(secondes: float) -> str:
    """12.34 → « 12,3 s »."""
    return f"{secondes:.1f}".replace(".", ",") + "\u202fs"


@contextmanager
def progression(titre: str) -> Iterator[Callable[[str, float], None]]:
    """A progress bar in a terminal, one line per step elsewhere; yields ``progres(step, share from 0 to 1)``."""
    if not console.is_terminal:
        yield _par_lignes(titre)
        return
    colonnes = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*colonnes, console=console, transient=True) as barre:
        tache = barre.add_task(titre, total=1.0)

        def progres(etape: str, part: float) -> None:
            barre.update(tache, description=f"{titre} · {etape}", completed=part)

        yield progres


def _par_lignes(titre: str) -> Callable[[str, float], None]:
    derniere = ""

    def progres(etape: str, part: float) -> None:
        nonlocal derniere
        if etape != derniere:
            derniere = etape
            console.print(f"{titre} · {etape} ({part:.0%})".replace("%", "\u202f%"), markup=False)

    return progres


def afficher_bilan(bilan: Bilan) -> None:
    """Table of the sources, main findings by rule, unreadable files."""
    table = Table(title="Sources lues", title_justify="left")
    table.add_column("fichier", overflow="fold")
    table.add_column("format")
    for compte in COMPTES:
        table.add_column(compte, justify="right", no_wrap=True)
    for s in bilan.sources:
        comptes = (s.lues, s.retenues, s.hors_champ, s.corrigees, s.rejetees)
        table.add_row(en_clair(s.fichier), en_clair(s.format), *(nombre(c or 0) for c in comptes))
    console.print(table)
    if bilan.constats:
        console.print(_table_constats(bilan))
    for echec in bilan.echecs:
        console.print(f"[red]Fichier non lu[/red] · {en_clair(echec)}")
    console.print(f"Instantané [bold]{en_clair(bilan.instantane_id)}[/bold] construit en {duree(bilan.duree_s)}.")


def _table_constats(bilan: Bilan) -> Table:
    reste = len(bilan.constats) - CONSTATS_AFFICHES
    suite = f"et {reste} autres règles, détaillées dans l’instantané" if reste > 0 else None
    table = Table(title="Principaux constats", title_justify="left", caption=suite, caption_justify="left")
    table.add_column("nature")
    table.add_column("lignes", justify="right", no_wrap=True)
    table.add_column("exemple", overflow="fold")
    for nature, _regle, message, lignes in bilan.constats[:CONSTATS_AFFICHES]:
        table.add_row(en_clair(nature), nombre(lignes), en_clair(message))
    return table


def en_clair(texte: str) -> str:
    """Text of a source, whose brackets are not markup."""
    return texte.replace("[", "\\[")
