"""The contracts and followed lots of a selection, one by one: how many, then their rows as they are read.

Facts of contracts, exact. Owners only published together are counted, never listed. Boundary: no word, no file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dashboard.domain.conditions import Condition, colonne_territoire
from dashboard.warehouse.fichiers_sql import texte
from dashboard.warehouse.lecteur import LECTURE, Lecteur

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane

#: Numbers of contracts (``marche_no``) looked at by a query of :func:`lots`.
FENETRE = 32_768


@dataclass(frozen=True, slots=True)
class Marches:
    """Numbers of contracts and lots: ``lignes`` listed, ``suivis`` lots among them, ``ensemble`` counted, not listed.

    ``sans_date`` and ``sans_lieu`` are those of the whole snapshot that no selection can hold.
    """

    couverture: float | None
    lignes: int = 0
    suivis: int = 0
    ensemble: int = 0
    sans_date: int = 0
    sans_lieu: int = 0


@lru_cache(maxsize=2048)
def compter(instantane: Instantane, selection: Selection) -> int:
    """Rows that :func:`lots` would give."""
    lecteur = Lecteur(instantane, selection)
    return 0 if lecteur.protege else int(lecteur.lire("marches_compte", lecteur.condition())[0]["lignes"])


@lru_cache(maxsize=512)
def lire(instantane: Instantane, selection: Selection) -> Marches:
    """The numbers of a selection; none by residence or under a lens, which contracts do not have."""
    lecteur = Lecteur(instantane, selection)
    if lecteur.protege:
        return Marches(None)
    departement = colonne_territoire(selection.geographie, "departement")
    compte = lecteur.lire("marches_compte", lecteur.condition())[0]
    ecartes = lecteur.lire("marches_ecartes", Condition("TRUE"), departement=departement)[0]
    return Marches(lecteur.couverture(), **compte, **ecartes)


def lots(instantane: Instantane, selection: Selection, taille: int) -> Iterator[list[tuple[list[Any], list[int]]]]:
    """Rows of ``marches_lignes``, the most recent first, some ``taille`` at a time, on a cursor of their own.

    A batch is its columns: their different values, then the rank of that of each row. The table is read window by
    window of its numbers, so that DuckDB never sorts nor holds more rows than one: memory stays flat.
    """
    lecteur = Lecteur(instantane, selection)
    if lecteur.protege:
        return
    cond = lecteur.condition()
    sql = texte(LECTURE, "marches_lignes").format(condition=f"{cond.sql} AND marche_no BETWEEN ? AND ?")
    curseur = instantane.curseur()
    try:
        for haut in range(lecteur.lire("marches_dernier", Condition("TRUE"))[0]["dernier"] or 0, 0, -FENETRE):
            curseur.execute(sql, [*cond.valeurs, haut - FENETRE + 1, haut])
            for lot in curseur.to_arrow_reader(taille):
                codees = (colonne.dictionary_encode(null_encoding="encode") for colonne in lot.columns)
                yield [(c.dictionary.to_pylist(), c.indices.to_pylist()) for c in codees]
    finally:
        curseur.close()
