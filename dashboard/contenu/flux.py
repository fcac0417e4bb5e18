"""A table too long to be held: what names it, how many rows it has, and its rows by batches, read as they are written.

The table of a bloc is one too (:func:`de_bloc`), so that every file has one writer. A batch is read column by column,
each value once (:data:`Encodee`): names, codes and dates repeat, and are then written once a batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.contenu.tableau import Bloc, Cellule

#: Rows read, written and sent at once.
LOT = 4_096

#: A column of a batch: its values, a missing one being ``None`` (written « nd »), then the rank of that of each row.
Encodee = tuple[Sequence[Cellule | None], Sequence[int]]
Lot = Sequence[Encodee]


@dataclass(frozen=True)
class Flux:
    """A table read as it goes. ``lots`` gives its batches from the first row each time it is called.

    ``bloc`` holds its words and its columns (and its rows when it has them in memory); ``notes`` are sentences said
    under the table, after its caption.
    """

    bloc: Bloc
    nombre: int
    lots: Callable[[], Iterator[Lot]]
    notes: tuple[str, ...] = ()

    def borne(self, maximum: int, note: str) -> Flux:
        """The first rows, no more than ``maximum``; ``note`` says so when some are left out."""
        if self.nombre <= maximum:
            return self
        return replace(self, nombre=maximum, lots=lambda: _premieres(self.lots(), maximum), notes=(note, *self.notes))


def de_bloc(bloc: Bloc) -> Flux:
    """The table of a bloc, by batches."""
    lignes = bloc.tableau.lignes
    return Flux(bloc, len(lignes), lambda: (_encoder(lignes[k : k + LOT]) for k in range(0, len(lignes), LOT)))


def _encoder(lignes: Sequence[Sequence[Cellule]]) -> Lot:
    return [(colonne, range(len(colonne))) for colonne in zip(*lignes, strict=True)]


def taille(lot: Lot) -> int:
    """Rows of a batch."""
    return len(lot[0][1]) if lot else 0


def _premieres(lots: Iterator[Lot], maximum: int) -> Iterator[Lot]:
    reste = maximum
    for lot in lots:
        yield [(valeurs, rangs[:reste]) for valeurs, rangs in lot]
        reste -= taille(lot)
        if reste <= 0:
            return
