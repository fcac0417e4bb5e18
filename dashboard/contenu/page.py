"""What a page says, without Dash: its data, its sentence, its key figures and its blocs.

The site draws it, the CSV route writes it, every export will come from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboard.contenu.contexte import Contexte

if TYPE_CHECKING:
    from dashboard.contenu.tableau import Bloc
    from dashboard.domain.phrases import Morceau
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.chiffres import ChiffreCle
    from dashboard.warehouse.connexion import Instantane

Ecrire = Callable[[Contexte[Any]], "Bloc"]


def _aucun(_contexte: Contexte[Any]) -> list[ChiffreCle]:
    return []


@dataclass(frozen=True)
class PageContenu:
    """One page: ``lire`` computes its data (cached), ``blocs`` writes each bloc by identifier, in order."""

    nom: str
    lire: Callable[[Instantane, Selection], Any]
    blocs: Mapping[str, Ecrire]
    phrase: Callable[[Contexte[Any]], list[Morceau]]
    chiffres: Callable[[Contexte[Any]], list[ChiffreCle]] = field(default=_aucun)

    def contexte(self, instantane: Instantane, selection: Selection) -> Contexte[Any]:
        """The data of the page for a selection."""
        return Contexte(instantane, selection, self.lire(instantane, selection))

    def composer(self, contexte: Contexte[Any]) -> dict[str, Bloc]:
        """All the blocs of the page, by identifier."""
        return {ident: ecrire(contexte) for ident, ecrire in self.blocs.items()}
