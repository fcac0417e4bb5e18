"""A selection on a snapshot, with the data of a page: what every bloc needs to write its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from dashboard.contenu.tableau import Bloc, Tableau
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.filtre import REGARDS_SENSIBLES

if TYPE_CHECKING:
    from dashboard.domain.selection import Referentiel, Selection
    from dashboard.warehouse.connexion import Instantane

SANS_SUIVI = "Aucun suivi d’exécution n’est chargé : les heures et les bénéficiaires ne sont pas disponibles (nd)."
SANS_RESIDENCE = "Un marché n’a pas de lieu de résidence : choisissez le lieu d’exécution ou le siège de l’acheteur."
SANS_REGARD = "Un marché ou un engagement ne se décline pas par public : retirez le regard pour le voir."
SANS_LIGNE = "Aucune donnée pour cette sélection : élargissez la période ou retirez un filtre."

#: Why there is nothing, whatever the years.
SANS_ANNEE = (SANS_SUIVI, SANS_RESIDENCE, SANS_REGARD)

SENSIBLE = (
    "Le regard « {regard} » porte sur une donnée sensible : il ne se croise avec aucun autre critère "
    "ni avec un territoire plus fin que l’EPT ou l’EPCI."
)

SOURCE_SUIVI = "suivi d’exécution des coordinations et des maîtres d’ouvrage"
SOURCE_DECP = "données essentielles de la commande publique (DECP)"


class Vue(Protocol):
    """Data of a page. ``couverture`` is the share of the running lots that declare hours (0–1), if known."""

    @property
    def couverture(self) -> float | None: ...


V_co = TypeVar("V_co", bound=Vue, covariant=True)


@dataclass(frozen=True)
class Contexte(Generic[V_co]):
    """A selection on a snapshot, with the data of the page; ``sans`` are the filters that mean nothing there."""

    instantane: Instantane
    selection: Selection
    vue: V_co
    sans: tuple[str, ...] = ()

    @property
    def ref(self) -> Referentiel:
        return self.instantane.referentiel

    @property
    def periode(self) -> tuple[int, int]:
        """First and last year shown."""
        return self.ref.periode(self.selection)

    @property
    def residence(self) -> bool:
        return self.selection.geographie == "residence"

    @property
    def protege(self) -> bool:
        """Whether a lens or the residence makes hours belong to persons: no contract, no engaged hour."""
        return self.residence or self.selection.regard is not None

    @property
    def sensible(self) -> str | None:
        """Why a breakdown by another personal attribute is not shown under a sensitive lens; ``None`` otherwise."""
        regard = self.selection.regard
        if regard not in REGARDS_SENSIBLES:
            return None
        return SENSIBLE.format(regard=fr.minuscule(self.libelle("regard", regard)))

    def sous_titre(self, quoi: str) -> str:
        """What is counted, then the selection in words."""
        return phrases.sous_titre(quoi, self.selection, self.ref, None if "annee" in self.sans else self.periode)

    def libelle(self, liste: str, code: str) -> str:
        """Label of a code of a nomenclature, the code itself when it has none."""
        return self.ref.listes.get(liste, {}).get(code, code)

    def legende(self, masquees: int = 0, *, personnes: bool = False, suivi: bool = True) -> str:
        """Caption: source, date of the data, coverage, masked cells, rounding, demonstration."""
        m = self.instantane.manifeste
        morceaux = [
            f"Source : {SOURCE_SUIVI if suivi else SOURCE_DECP}",
            f"données au {m.date_donnees:%d/%m/%Y}",
        ]
        if self.vue.couverture is not None and suivi:
            morceaux.append(f"couverture {fr.pourcent(self.vue.couverture)}")
        if personnes:
            morceaux.append("effectifs arrondis à 5 près")
        if masquees:
            morceaux.append(f"{fr.pluriel(masquees, 'cellule masquée', 'cellules masquées')} (s)")
        return " · ".join(morceaux + (["données de démonstration"] if m.demo else []))

    def bloc(
        self,
        ident: str,
        titre: str,
        quoi: str,
        tableau: Tableau,
        *,
        personnes: bool = False,
        suivi: bool = True,
        vide: str | None = None,
        definitions: tuple[str, ...] = (),
    ) -> Bloc:
        """A bloc of this selection: subtitle and caption are written here, once for all.

        ``personnes``: its numbers are protected counts; ``suivi``: it comes from the follow-up, not from the DECP.
        """
        legende = self.legende(tableau.masquees, personnes=personnes or self.protege, suivi=suivi)
        annuel = "annee" not in self.sans and vide not in SANS_ANNEE
        return Bloc(ident, titre, self.sous_titre(quoi), legende, tableau, vide, definitions, annuel)
