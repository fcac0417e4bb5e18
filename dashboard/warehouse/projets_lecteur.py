"""What the pages of the projects look at: the lots of the programmes, or the object of a sheet.

Facts of lots are exact. Boundary: conditions and questions, no arithmetic (see ``projets_bilan``) and no word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dashboard.domain.conditions import Condition, colonne_territoire
from dashboard.domain.selection import REGION, Selection
from dashboard.warehouse.lecteur import Lecteur

if TYPE_CHECKING:
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne

#: Programme of the lots of no programme: left out unless it is chosen.
HORS = "hors_programme"
#: Programme of the lots only published together: counted, never listed.
ENSEMBLE = "ensemble"
#: States of a lot, the most worrying first among those that run.
EN_COURS = ("retard", "surveiller", "temps", "avance")
TERMINES = ("atteint", "non_atteint")
ETATS = ("avance", "temps", "surveiller", "retard", "non_demarre", "atteint", "non_atteint", "nd")
#: Rows of the table of the lots; beyond, the page says how many are left out.
LOTS_MAX = 3000

Genre = Literal["programme", "operation", "lot"]

#: Column of ``lot`` that holds the identifier of each kind of object.
COLONNES: dict[Genre, str] = {"programme": "programme", "operation": "operation_id", "lot": "marche_id"}


@dataclass(frozen=True, slots=True)
class Cible:
    """The object of a sheet: its kind, its identifier, its name, and the programme and operation it belongs to."""

    genre: Genre
    code: str
    nom: str
    programme: str
    operation_id: str | None = None


class LecteurProjets(Lecteur):
    """The questions on the lots of a selection, or of an object."""

    def __init__(self, instantane: Instantane, selection: Selection, cible: Cible | None = None) -> None:
        super().__init__(instantane, selection)
        self.cible = cible
        self.portee = self._objet(cible) if cible else self._programmes()

    @staticmethod
    def _objet(cible: Cible) -> Condition:
        return Condition(f"{COLONNES[cible.genre]} = ?", (cible.code,))

    def _programmes(self, *sauf: str, personnes: bool = False) -> Condition:
        """The selection without its years; in the whole region, lots whose place is unknown are counted too."""
        cond = self.condition("annee", *sauf, personnes=personnes)
        sql = cond.sql
        if self.selection.territoire == REGION and not self.residence:
            sql = sql.replace(f"{colonne_territoire(self.selection.geographie, 'departement')} IS NOT NULL", "TRUE", 1)
        if HORS not in self.selection.programmes:
            sql += f" AND programme <> '{HORS}'"
        return replace(cond, sql=sql)

    def de_personnes(self) -> Condition | None:
        """The same for a table of persons; ``None`` under the programme: no person is crossed with an operation."""
        if self.cible is None:
            return self._programmes(personnes=True)
        return self._objet(self.cible) if self.cible.genre == "programme" else None

    def lots(self, etats: tuple[str, ...] = ()) -> list[Ligne]:
        """The lots that may be listed, in some states only when there are any; ``total`` counts them before the cut."""
        cond = self.portee
        if etats:
            places = ", ".join("?" * len(etats))
            cond = replace(cond, sql=f"{cond.sql} AND etat IN ({places})", valeurs=(*cond.valeurs, *etats))
        return self.lire("projets_lots", cond)

    def sur(self, nom: str) -> list[Ligne]:
        """Rows of a question on the lots in view."""
        return self.lire(nom, self.portee)

    def lies(self, nom: str, *valeurs: object) -> list[Ligne]:
        """Rows of a question on something named, that binds values of its own."""
        return self.lire(nom, Condition("TRUE", valeurs))


def cible(instantane: Instantane, objet: str) -> tuple[Cible | None, tuple[str, ...]]:
    """The object an identifier names, or the closest identifiers when it names none.

    A programme is searched first, then an operation, then a lot; lots only published together have no sheet.
    """
    nom = instantane.referentiel.listes.get("programme", {}).get(objet)
    if nom is not None and objet != HORS:
        return Cible("programme", objet, nom, objet), ()
    lecteur = LecteurProjets(instantane, Selection())
    for li in lecteur.lies("projets_objet", objet, objet):
        return Cible(li["genre"], li["code"], li["nom"] or li["code"], li["programme"], li["operation_id"]), ()
    return None, tuple(li["code"] for li in lecteur.lies("projets_proches", objet))
