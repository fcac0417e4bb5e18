"""A selection on a snapshot, with the data of the page: what every bloc needs to write its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import pandas as pd

from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.territoire import Niveau, dedans

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.vue_ensemble import VueEnsemble

SANS_SUIVI = "Aucun suivi d’exécution n’est chargé : les heures et les bénéficiaires ne sont pas disponibles (nd)."
SANS_RESIDENCE = "Un marché n’a pas de lieu de résidence : choisissez le lieu d’exécution ou le siège de l’acheteur."
SANS_LIGNE = "Aucune donnée pour cette sélection : élargissez la période ou retirez un filtre."


@dataclass(frozen=True)
class Contexte:
    """A selection on a snapshot, with the data of the page."""

    instantane: Instantane
    selection: Selection
    vue: VueEnsemble

    def sous_titre(self, quoi: str) -> str:
        return phrases.sous_titre(quoi, self.selection, self.instantane.referentiel, self.vue.periode)

    def libelle(self, liste: str, code: str) -> str:
        return self.instantane.referentiel.listes.get(liste, {}).get(code, code)

    @cached_property
    def territoires(self) -> pd.DataFrame:
        """The territories in view: the parts of the chosen one at a finer level, all of them otherwise."""
        tous = self.instantane.referentiel.territoires
        vus = dedans(tous[self.selection.territoire], cast(Niveau, self.selection.niveau), tous)
        return self.vue.territoires[self.vue.territoires["code"].isin(vus)]

    @property
    def heures(self) -> bool:
        return self.vue.indicateur == "heures"

    @property
    def residence(self) -> bool:
        return self.selection.geographie == "residence"

    def legende(self, masquees: int = 0, *, personnes: bool = False) -> str:
        """Caption: source, date of the data, coverage, masked cells, demonstration."""
        m = self.instantane.manifeste
        suivi = "suivi d’exécution des coordinations et des maîtres d’ouvrage"
        source = suivi if self.heures or personnes else "données essentielles de la commande publique (DECP)"
        morceaux = [f"Source : {source}", f"données au {m.date_donnees:%d/%m/%Y}"]
        if self.vue.couverture is not None and (self.heures or personnes):
            morceaux.append(f"couverture {fr.pourcent(self.vue.couverture)}")
        if masquees:
            morceaux.append(f"{fr.pluriel(masquees, 'cellule masquée', 'cellules masquées')} (s)")
        return " · ".join(morceaux + (["données de démonstration"] if m.demo else []))

    def vide(self, cadre: pd.DataFrame) -> str | None:
        """Why there is nothing to draw, and what to do; ``None`` when there is."""
        if not self.vue.disponible:
            return SANS_SUIVI if self.heures else SANS_RESIDENCE
        if cadre.empty or ((cadre["valeur"].fillna(0) == 0) & (cadre["statut"] == "valeur")).all():
            return SANS_LIGNE
        return None
