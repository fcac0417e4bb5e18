"""Everything the first page shows for one selection, in one cached pass.

The result is keyed by (snapshot, selection): two readers of the same link cost one computation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import isnan
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.warehouse import secret
from dashboard.warehouse.requetes import Lecteur, periode_precedente

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane

#: Hours of one full-time equivalent over a year (legal duration); always printed beside the figure.
HEURES_ETP = 1607


@dataclass(frozen=True, slots=True)
class ChiffreCle:
    """One key figure: value over the period, the same over the previous period, one value a year.

    ``statut`` is ``valeur``, ``s`` or ``nd``; shares are fractions; ``serie`` maps a year to a value or ``None``.
    """

    ident: str
    valeur: float | None
    statut: str
    precedent: float | None
    serie: dict[int, float | None]


@dataclass(frozen=True, slots=True)
class VueEnsemble:
    """The data of the page; frames as documented in ``Lecteur``. ``couverture`` and ``taux`` are fractions."""

    indicateur: str
    disponible: bool
    periode: tuple[int, int]
    precedente: tuple[int, int] | None
    chiffres: dict[str, ChiffreCle]
    couverture: float | None
    taux: float | None
    marches: int | None
    territoires: pd.DataFrame
    mois: pd.DataFrame
    secteurs: pd.DataFrame
    profil: pd.DataFrame


def _somme(serie: pd.Series, periode: tuple[int, int] | None) -> float | None:
    """Sum over the years of a period; ``None`` when a year of it is masked or unknown."""
    if periode is None:
        return None
    garde = serie[(serie.index >= periode[0]) & (serie.index <= periode[1])]
    return None if garde.isna().any() else float(garde.sum())


def _serie(serie: pd.Series, annees: range) -> dict[int, float | None]:
    valeurs = serie.reindex(annees).astype("float64").tolist()
    return {a: None if isnan(v) else v for a, v in zip(annees, valeurs, strict=True)}


class _Calcul:
    """Key figures of one selection."""

    def __init__(self, lecteur: Lecteur) -> None:
        self.lecteur, self.ref = lecteur, lecteur.ref
        self.periode = self.ref.periode(lecteur.selection)
        self.annees = range(self.ref.annees[0], max(self.ref.defaut, self.periode[1]) + 1)
        self.precedente = periode_precedente(self.periode, self.annees)
        self.heures = lecteur.heures_par_annee()
        self.marches = lecteur.marches_par_annee()
        vide = pd.DataFrame(columns=["annee", "sexe", "effectif", "heures", "statut"])
        self.personnes = lecteur.personnes_par_annee() if self.ref.a_suivi else vide

    def chiffre(self, ident: str, colonne: pd.Series, *, present: bool, facteur: float = 1.0) -> ChiffreCle:
        """A figure that adds up over the years."""
        if not present:
            return ChiffreCle(ident, None, "nd", None, {})
        plein = colonne.reindex(self.annees)
        plein = plein.where(~plein.index.isin(set(self.annees) - set(colonne.index)), 0.0) * facteur
        valeur = _somme(plein, self.periode)
        serie = _serie(plein, self.annees)
        return ChiffreCle(ident, valeur, "valeur" if valeur is not None else "s", _somme(plein, self.precedente), serie)

    def avec_clause(self) -> ChiffreCle:
        dedans = self.marches[(self.marches.index >= self.periode[0]) & (self.marches.index <= self.periode[1])]
        connu = not self.lecteur.residence and bool(
            dedans["sociale_connue"].sum() or (dedans.empty and self.ref.a_suivi)
        )
        return self.chiffre("marches_clause", self.marches["avec_clause"], present=connu)

    def beneficiaires(self) -> tuple[ChiffreCle, ChiffreCle]:
        """Persons, and share of women computed from published counts."""
        if not self.ref.a_suivi:
            nd = (ChiffreCle(i, None, "nd", None, {}) for i in ("beneficiaires", "part_femmes"))
            return next(nd), next(nd)
        maintenant = self.lecteur.personnes(self.periode)
        avant = self.lecteur.personnes(self.precedente) if self.precedente else None
        tables = {a: t.set_index("sexe") for a, t in self.personnes.groupby("annee")}
        serie_n = {a: _effectif(tables.get(a), "tous") for a in self.annees}
        serie_f = {a: _part_femmes(tables.get(a)) for a in self.annees}
        return (
            _chiffre_personnes("beneficiaires", _effectif(maintenant, "tous"), _effectif(avant, "tous"), serie_n),
            _chiffre_personnes("part_femmes", _part_femmes(maintenant), _part_femmes(avant), serie_f),
        )

    def tous(self) -> dict[str, ChiffreCle]:
        suivi, h = self.ref.a_suivi, self.heures
        beneficiaires, part_femmes = self.beneficiaires()
        chiffres = (
            self.avec_clause(),
            self.chiffre("heures_engagees", h["engagees"], present=suivi and not self.lecteur.residence),
            self.chiffre("heures_realisees", h["realisees"], present=suivi),
            beneficiaires,
            self.chiffre("etp", h["realisees"], present=suivi, facteur=1 / HEURES_ETP),
            part_femmes,
        )
        return {c.ident: c for c in chiffres}


def _effectif(table: pd.DataFrame | None, sexe: str) -> float | None:
    """Published count of a table indexed by sexe: 0 when the row is absent, ``None`` when masked."""
    if table is None:
        return None
    if sexe not in table.index:
        return 0.0
    valeur = float(table["effectif"].astype("float64")[sexe])
    return None if isnan(valeur) else valeur


def _part_femmes(table: pd.DataFrame | None) -> float | None:
    return secret.part(_effectif(table, "F"), _effectif(table, "tous"))


def _chiffre_personnes(
    ident: str, valeur: float | None, precedent: float | None, serie: dict[int, float | None]
) -> ChiffreCle:
    return ChiffreCle(ident, valeur, "s" if valeur is None else "valeur", precedent, serie)


@lru_cache(maxsize=512)
def lire(instantane: Instantane, selection: Selection) -> VueEnsemble:
    """Compute the page. ``instantane`` is compared by identity: a new snapshot is a new key."""
    lecteur = Lecteur(instantane, selection)
    calcul = _Calcul(lecteur)
    chiffres = calcul.tous()
    engagees, realisees = chiffres["heures_engagees"].valeur, chiffres["heures_realisees"].valeur
    annees = calcul.marches.index
    dedans = calcul.marches[(annees >= calcul.periode[0]) & (annees <= calcul.periode[1])]
    return VueEnsemble(
        indicateur=lecteur.indicateur,
        disponible=lecteur.disponible,
        periode=calcul.periode,
        precedente=calcul.precedente,
        chiffres=chiffres,
        couverture=lecteur.couverture(),
        taux=realisees / engagees if realisees is not None and engagees else None,
        marches=None if lecteur.residence else int(dedans["marches"].sum()),
        territoires=lecteur.par_territoire(selection.niveau),
        mois=lecteur.par_mois(),
        secteurs=lecteur.par_secteur(),
        profil=lecteur.profil() if instantane.referentiel.a_suivi else pd.DataFrame(),
    )
