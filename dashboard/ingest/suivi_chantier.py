"""What the loading of one sheet works on: template table, mapping, columns found.

Shared by the steps of the loading; executes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from dashboard.ingest.correspondance import Correspondance, Recette, TableauSource, cle_libre
from dashboard.ingest.gabarit import Champ, Tableau
from dashboard.ingest.suivi_lecture import Feuille, litteral


@dataclass(frozen=True, slots=True)
class Chantier:
    """What is being loaded: a sheet, its template table, its mapping, under a source number."""

    con: duckdb.DuckDBPyConnection
    source_id: int
    tableau: Tableau
    source: TableauSource
    correspondance: Correspondance
    feuille: Feuille
    colonnes: dict[str, str]

    def recette(self, champ: Champ) -> Recette:
        """Recipe of a template column (an empty one when the mapping does not give it)."""
        return self.source.recettes.get(champ.nom, Recette())

    def fournie(self, champ: Champ) -> bool:
        """Tell whether the source has something for a template column."""
        recette = self.recette(champ)
        return recette.constante is not None or any(nom in self.colonnes for nom in recette.sources)

    def titre_source(self, champ: Champ) -> str:
        """Title of the column as its producer knows it."""
        return " + ".join(self.recette(champ).sources) or champ.nom

    def lieu(self, champ: Champ) -> dict[str, str]:
        """Pieces of a query that say where a finding is: source, sheet, column."""
        return {
            "source": str(self.source_id),
            "feuille": litteral(self.feuille.emplacement),
            "colonne_source": litteral(self.titre_source(champ)),
        }


def reperer(source: TableauSource, entetes: list[str]) -> dict[str, str]:
    """Map each source column that the mapping names to its raw column (case and accents do not count)."""
    exactes = {titre: f"c{i}" for i, titre in reversed(list(enumerate(entetes)))}
    libres = {cle_libre(titre): brute for titre, brute in exactes.items() if cle_libre(titre)}
    trouvees = {}
    for recette in source.recettes.values():
        for nom in recette.sources:
            brute = exactes.get(nom) or libres.get(cle_libre(nom))
            if brute:
                trouvees[nom] = brute
    return trouvees
