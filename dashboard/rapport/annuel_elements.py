"""The elements of the annual report: chapters, numbered figures, cards.

Boundary: values; how they look is in the template.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboard.contenu.resume import indicateur, valeur_ecrite, variation
from dashboard.contenu.tableau import Etat
from dashboard.rapport import annuel_figures
from dashboard.warehouse.chiffres import periode_precedente

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.tableau import Bloc
    from dashboard.domain.phrases import Morceau
    from dashboard.rapport.annuel_plan import Pose
    from dashboard.warehouse.chiffres import ChiffreCle


@dataclass(frozen=True, slots=True)
class Carte:
    """A key figure: its indicator, its name, its text, what changed or what it means."""

    ident: str
    libelle: str
    texte: str
    note: str
    sens: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure or a table of the report: its number, its bloc and what draws it; ``feuille`` is its sheet."""

    genre: str
    numero: int
    bloc: Bloc
    contexte: Contexte[Any] = field(repr=False)
    dessin: Markup
    demi: bool = False

    @property
    def nom(self) -> str:
        """« Figure 3 »."""
        return f"{self.genre} {self.numero}"

    @property
    def ancre(self) -> str:
        """« figure-3 »."""
        return f"{self.genre.lower()}-{self.numero}"


@dataclass(frozen=True, slots=True)
class Chapitre:
    """A chapter or a section of one; ``vides`` say why figures are missing, ``notes`` what is to be known first."""

    ident: str
    titre: str
    numero: str = ""
    phrases: tuple[list[Morceau], ...] = ()
    cartes: tuple[Carte, ...] = ()
    figures: tuple[Figure, ...] = ()
    sections: tuple[Chapitre, ...] = ()
    notes: tuple[str, ...] = ()
    vides: tuple[str, ...] = ()
    page: bool = False
    editorial: Markup | None = None

    @property
    def rangs(self) -> list[tuple[Figure, ...]]:
        """The figures as they are set: one a row, or two of half a width side by side."""
        rangs: list[tuple[Figure, ...]] = []
        for f in self.figures:
            if f.demi and rangs and len(rangs[-1]) == 1 and rangs[-1][0].demi:
                rangs[-1] = (rangs[-1][0], f)
            else:
                rangs.append((f,))
        return rangs


def pourquoi(vide: str) -> str:
    """Why a figure is missing, without what the site tells its reader to do about it."""
    return vide.replace(" : élargissez la période ou retirez un filtre", "")


class Numeros:
    """The next number of each kind of figure."""

    def __init__(self) -> None:
        self._derniers: dict[str, int] = {}

    def suivant(self, genre: str) -> int:
        """The number to give."""
        self._derniers[genre] = self._derniers.get(genre, 0) + 1
        return self._derniers[genre]


def figure(bloc: Bloc, c: Contexte[Any], pose: Pose, numeros: Numeros) -> Figure:
    """A bloc as a numbered figure; as a table where its chart would say less."""
    dessin = annuel_figures.carte_de(bloc, c) if pose.forme == "carte" else None
    if pose.forme == "graphique":
        dessin = annuel_figures.dessiner(bloc, demi=pose.demi, colonnes=pose.colonnes)
    genre = "Figure" if dessin is not None else "Tableau"
    corps = dessin if dessin is not None else annuel_figures.tableau(bloc, pose.colonnes)
    return Figure(genre, numeros.suivant(genre), bloc, c, corps, pose.demi)


def cartes(chiffres: Iterable[ChiffreCle], c: Contexte[Any]) -> Iterable[Carte]:
    """Key figures as the site writes them, with their change since the year before."""
    precedente = periode_precedente(c.periode, range(c.ref.annees[0], c.ref.annees[1] + 1))
    for chiffre in chiffres:
        fiche = indicateur(chiffre.ident)
        texte = valeur_ecrite(chiffre, fiche.genre)
        dite = variation(chiffre, fiche.genre, precedente)
        if chiffre.valeur is None:
            yield Carte(chiffre.ident, fiche.libelle, texte, Etat(chiffre.statut).en_mots)
        elif dite is None:
            yield Carte(chiffre.ident, fiche.libelle, texte, chiffre.note)
        else:
            sens, montant, suite = dite
            yield Carte(chiffre.ident, fiche.libelle, texte, f"{montant} {suite}", sens)
