"""Asks the questions of one selection on one snapshot: exact facts of contracts, protected facts of persons.

Each page derives its own reader from this one; nothing else runs a query for the site.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from dashboard.domain.conditions import Condition, condition
from dashboard.warehouse import execution, secret
from dashboard.warehouse.fichiers_sql import texte

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne

LECTURE = "lecture"
PERSONNES = "personnes"

#: Reads some questions beside the others: DuckDB answers outside the interpreter's lock. Threads start at the first.
_EQUIPE = ThreadPoolExecutor(max_workers=4, thread_name_prefix="lecture")

_Question = tuple[str, str, Condition, tuple[tuple[str, str], ...]]


class Lecteur:
    """One selection on one snapshot, with one cursor.

    ``periode``: first and last year shown; ``annees``: all the years with data; ``protege``: a lens or
    the residence makes hours belong to persons (protected; engaged hours and contracts do not exist).
    """

    def __init__(self, instantane: Instantane, selection: Selection) -> None:
        self.instantane, self.selection = instantane, selection
        self.ref = instantane.referentiel
        self.periode = self.ref.periode(selection)
        self.annees = range(self.ref.annees[0], max(self.ref.defaut, self.periode[1]) + 1)
        self.residence = selection.geographie == "residence"
        self.protege = self.residence or selection.regard is not None
        self._curseur = instantane.curseur()
        self._en_cours: dict[_Question, Future[list[Ligne]]] = {}

    def condition(self, *sauf: str, periode: tuple[int, int] | None = None, personnes: bool = False) -> Condition:
        """Condition of the selection without some filters; ``personnes`` adds the lens."""
        return condition(self.selection, self.ref, sauf=sauf, periode=periode, personnes=personnes)

    def lire(self, nom: str, cond: Condition, **colonnes: str) -> list[Ligne]:
        """Rows of ``sql/lecture/<nom>.sql``: exact facts of contracts, without any person; perhaps under way."""
        attendue = self._en_cours.get(_question(LECTURE, nom, cond, colonnes))
        return attendue.result() if attendue else _exactes(self._curseur, nom, cond, colonnes)

    def personnes(self, nom: str, cond: Condition, **colonnes: str) -> list[Ligne]:
        """Published rows of a question on persons (see ``secret``), already under way if it was asked ahead."""
        attendue = self._en_cours.get(_question(PERSONNES, nom, cond, colonnes))
        return attendue.result() if attendue else secret.personnes(self._curseur, nom, cond, colonnes)

    def devancer(self, nom: str, cond: Condition, **colonnes: str) -> None:
        """Start a long question on persons on a cursor of its own, beside the others."""
        curseur = self.instantane.curseur()
        futur = _EQUIPE.submit(secret.personnes, curseur, nom, cond, colonnes)
        self._en_cours[_question(PERSONNES, nom, cond, colonnes)] = futur

    def devancer_exacte(self, nom: str, cond: Condition, **colonnes: str) -> None:
        """The same for a question on contracts."""
        futur = _EQUIPE.submit(_exactes, self.instantane.curseur(), nom, cond, colonnes)
        self._en_cours[_question(LECTURE, nom, cond, colonnes)] = futur

    def couverture(self) -> float | None:
        """Share of the running lots of the period with at least one hour declared; ``None`` by residence."""
        if self.residence or not self.ref.a_suivi:
            return None
        compte = self.lire("couverture", self.condition())[0]
        return float(compte["lots_suivis"] / compte["lots"]) if compte["lots"] else None


def _question(dossier: str, nom: str, cond: Condition, colonnes: Mapping[str, str]) -> _Question:
    return dossier, nom, cond, tuple(sorted(colonnes.items()))


def _exactes(curseur: duckdb.DuckDBPyConnection, nom: str, cond: Condition, colonnes: Mapping[str, str]) -> list[Ligne]:
    sql = texte(LECTURE, nom).format(condition=cond.sql, **colonnes)
    return execution.lignes(curseur, sql, cond.valeurs)
