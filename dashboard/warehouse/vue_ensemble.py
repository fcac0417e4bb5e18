"""Everything the first page shows for one selection, in one cached pass.

The result is keyed by (snapshot, selection): two readers of the same link cost one computation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.warehouse import secret
from dashboard.warehouse.chiffres import Annees, ChiffreCle, indisponible, periode_precedente, somme
from dashboard.warehouse.requetes import LecteurVue

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne

#: Hours of one full-time equivalent over a year (legal duration); always printed beside the figure.
HEURES_ETP = 1607


@dataclass(frozen=True, slots=True)
class VueEnsemble:
    """The data of the page; rows as documented in ``LecteurVue``. ``couverture`` and ``taux`` are fractions."""

    indicateur: str
    disponible: bool
    periode: tuple[int, int]
    precedente: tuple[int, int] | None
    chiffres: dict[str, ChiffreCle]
    couverture: float | None
    taux: float | None
    marches: int | None
    territoires: list[Ligne]
    mois: list[Ligne]
    secteurs: list[Ligne]
    profil: list[Ligne]


class _Calcul:
    """Key figures of one selection."""

    def __init__(self, lecteur: LecteurVue) -> None:
        self.lecteur, self.ref = lecteur, lecteur.ref
        self.periode, self.annees = lecteur.periode, lecteur.annees
        self.precedente = periode_precedente(self.periode, self.annees)
        self.marches = lecteur.marches_par_annee()

    def chiffre(self, ident: str, serie: Annees, *, present: bool, facteur: float = 1.0) -> ChiffreCle:
        """A figure that adds up over the years."""
        if not present:
            return indisponible(ident)
        echelle = {a: None if v is None else v * facteur for a, v in serie.items()}
        valeur = somme(echelle, self.periode)
        suite = {a: echelle.get(a, 0.0) for a in self.annees}
        return ChiffreCle(ident, valeur, "s" if valeur is None else "valeur", somme(echelle, self.precedente), suite)

    def dans_la_periode(self, colonne: str) -> int:
        """Sum of a column of the contracts over the period."""
        return sum(li[colonne] for a, li in self.marches.items() if self.periode[0] <= a <= self.periode[1])

    def avec_clause(self) -> ChiffreCle:
        """Contracts with a clause; not available when no contract of the period says whether it has one."""
        connue = self.dans_la_periode("sociale_connue") or (self.ref.a_suivi and not self.dans_la_periode("marches"))
        serie: Annees = {a: li["avec_clause"] for a, li in self.marches.items()}
        return self.chiffre("marches_clause", serie, present=bool(connue) and not self.lecteur.protege)

    def beneficiaires(self) -> tuple[ChiffreCle, ChiffreCle]:
        """Persons, and share of women computed from published counts."""
        if not self.ref.a_suivi:
            return indisponible("beneficiaires"), indisponible("part_femmes")
        maintenant = self.lecteur.effectifs(self.periode)
        avant = self.lecteur.effectifs(self.precedente) if self.precedente else None
        par_an = {a: self.lecteur.effectifs((a, a)) for a in self.annees}
        return (
            _personnes("beneficiaires", maintenant, avant, par_an, _effectif),
            _personnes("part_femmes", maintenant, avant, par_an, _part_femmes),
        )

    def tous(self) -> dict[str, ChiffreCle]:
        """All the key figures, by identifier."""
        suivi = self.ref.a_suivi
        engagees, realisees = self.lecteur.heures_par_annee() if suivi else ({}, {})
        chiffres = (
            self.avec_clause(),
            self.chiffre("heures_engagees", engagees, present=suivi and not self.lecteur.protege),
            self.chiffre("heures_realisees", realisees, present=suivi),
            *self.beneficiaires(),
            self.chiffre("etp", realisees, present=suivi, facteur=1 / HEURES_ETP),
        )
        return {c.ident: c for c in chiffres}


Comptes = dict[str, float | None]


def _effectif(comptes: Comptes, sexe: str = "tous") -> float | None:
    """Published count: 0 when there is no row, ``None`` when masked."""
    valeur = comptes.get(sexe, 0.0)
    return None if valeur is None else float(valeur)


def _part_femmes(comptes: Comptes) -> float | None:
    return secret.part(_effectif(comptes, "F"), _effectif(comptes))


def _personnes(
    ident: str,
    maintenant: Comptes,
    avant: Comptes | None,
    par_an: dict[int, Comptes],
    mesure: Callable[[Comptes], float | None],
) -> ChiffreCle:
    valeur = mesure(maintenant)
    statut = "s" if valeur is None else "valeur"
    serie = {a: mesure(c) for a, c in par_an.items()}
    return ChiffreCle(ident, valeur, statut, None if avant is None else mesure(avant), serie)


@lru_cache(maxsize=512)
def lire(instantane: Instantane, selection: Selection) -> VueEnsemble:
    """Compute the page. ``instantane`` is compared by identity: a new snapshot is a new key."""
    lecteur = LecteurVue(instantane, selection)
    territoires, mois, secteurs = lecteur.par_territoire(selection.niveau), lecteur.par_mois(), lecteur.par_secteur()
    couverture, calcul = lecteur.couverture(), _Calcul(lecteur)
    chiffres = calcul.tous()
    engagees, realisees = chiffres["heures_engagees"].valeur, chiffres["heures_realisees"].valeur
    return VueEnsemble(
        indicateur=lecteur.indicateur,
        disponible=lecteur.disponible,
        periode=calcul.periode,
        precedente=calcul.precedente,
        chiffres=chiffres,
        couverture=couverture,
        taux=realisees / engagees if realisees is not None and engagees else None,
        marches=None if lecteur.protege else calcul.dans_la_periode("marches"),
        territoires=territoires,
        mois=mois,
        secteurs=secteurs,
        profil=lecteur.profil() if instantane.referentiel.a_suivi else [],
    )
