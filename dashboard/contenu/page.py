"""What a page says, without Dash: its data, its sentence, its key figures and its blocs.

The site draws it, the CSV route writes it, every export will come from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboard.contenu.contexte import Contexte
from dashboard.domain.filtre import FILTRES, PAR_CLE
from dashboard.domain.selection import Selection

if TYPE_CHECKING:
    from dashboard.contenu.tableau import Bloc
    from dashboard.domain.phrases import Morceau
    from dashboard.warehouse.chiffres import ChiffreCle
    from dashboard.warehouse.connexion import Instantane

Ecrire = Callable[[Contexte[Any]], "Bloc"]


def _aucun(_contexte: Contexte[Any]) -> list[ChiffreCle]:
    return []


#: What a filter is worth when nothing is chosen.
SANS_FILTRE = Selection()


def _pose(selection: Selection, attribut: str) -> bool:
    return bool(getattr(selection, attribut) != getattr(SANS_FILTRE, attribut))


@dataclass(frozen=True)
class PageContenu:
    """One page: ``lire`` computes its data (cached), ``blocs`` writes each bloc by identifier, in order.

    ``sans`` names the filters that mean nothing there: they are left aside, and the page says so. The sheet of one
    object (``Selection.objet``) names in ``fiche`` the list of the ``Referentiel`` it belongs to (``acheteur``,
    ``operation``): no filter applies to it.
    """

    nom: str
    lire: Callable[[Instantane, Selection], Any]
    blocs: Mapping[str, Ecrire]
    phrase: Callable[[Contexte[Any]], list[Morceau]]
    chiffres: Callable[[Contexte[Any]], list[ChiffreCle]] = field(default=_aucun)
    sans: tuple[str, ...] = ()
    fiche: str | None = None

    def __post_init__(self) -> None:
        if self.fiche:
            object.__setattr__(self, "sans", tuple(PAR_CLE))

    def contexte(self, instantane: Instantane, selection: Selection) -> Contexte[Any]:
        """The data of the page for a selection, from which the filters without effect are removed."""
        utile = self.utile(selection)
        return Contexte(instantane, utile, self.lire(instantane, utile), self.sans)

    def utile(self, selection: Selection) -> Selection:
        """The selection without the filters that mean nothing on this page; no object but on a sheet."""
        defauts = {PAR_CLE[cle].attribut: getattr(SANS_FILTRE, PAR_CLE[cle].attribut) for cle in self.sans}
        return selection.avec(**defauts, **({} if self.fiche else {"objet": None}))

    @staticmethod
    def filtre(selection: Selection) -> bool:
        """Whether some filter is set."""
        return any(_pose(selection, f.attribut) for f in FILTRES)

    def sans_effet(self, selection: Selection) -> tuple[str, ...]:
        """In French, the filters that the selection sets and that this page leaves aside."""
        poses = [f.libelle for f in FILTRES if f.cle in self.sans and _pose(selection, f.attribut)]
        return tuple(f"« {libelle} » : sans effet sur cette page." for libelle in poses)

    def composer(self, contexte: Contexte[Any]) -> dict[str, Bloc]:
        """All the blocs of the page, by identifier."""
        return {ident: ecrire(contexte) for ident, ecrire in self.blocs.items()}
