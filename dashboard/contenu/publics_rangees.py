"""Rows of the page of the persons: each with its two denominators, persons and hours, never mixed.

What is masked, what is a true zero and what is not available are decided here, once for all the blocs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.contenu.contexte import SANS_LIGNE, SANS_SUIVI, Contexte
from dashboard.contenu.tableau import Bloc, Cellule, Colonne, Etat, Tableau, cellule, tableau
from dashboard.warehouse.publics import PERSONNE, Publics
from dashboard.warehouse.secret import DENOMINATEUR_MIN, MOYENNE_MIN, PUBLICS_SENSIBLES

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne

Ici = Contexte[Publics]

TROP_PEU = "Moins de 5 personnes dans cette sélection : secret statistique. Élargissez la période ou retirez un filtre."
#: Persons and hours that are 100 %.
Base = tuple[float | None, float | None]
MASQUE: Ligne = {"effectif": None, "heures": None, "statut": "s"}
ABSENTE: Ligne = {"effectif": None, "heures": None, "statut": "nd"}


@dataclass(frozen=True, slots=True)
class Rangee:
    """One row: persons and their share of the persons, hours and their share of the hours."""

    code: str
    libelle: str
    effectif: Cellule
    part: Cellule
    heures: Cellule
    part_heures: Cellule
    filtre: str | None = None
    choisie: bool = False

    @property
    def cellules(self) -> tuple[Cellule, ...]:
        """Cells of the table twin, the label first."""
        return self.libelle, self.effectif, self.part, self.heures, self.part_heures


COLONNES = (
    Colonne("personnes", "Personnes", "entier"),
    Colonne("part_personnes", "Part des personnes", "part"),
    Colonne("heures", "Heures", "entier"),
    Colonne("part_heures", "Part des heures", "part"),
)


def total(c: Ici) -> float | None:
    """Published number of persons of the selection; ``None`` when masked."""
    valeur: float | None = c.vue.total["effectif"]
    return valeur


def vide(c: Ici) -> str | None:
    """Why there is nothing to show at all; ``None`` when there is."""
    if not c.ref.a_suivi:
        return SANS_SUIVI
    if total(c) == 0:
        return SANS_LIGNE
    return TROP_PEU if total(c) is None and not c.sensible else None


def a_la_commune(c: Ici) -> bool:
    """Whether the territory is finer than the EPT or EPCI."""
    return c.ref.territoires[c.selection.territoire].niveau == "commune"


def ligne(c: Ici, lues: dict[str, Ligne], code: str) -> Ligne:
    """The row of a code: nobody is a true zero, unless what may not be known is then told by the zero itself."""
    if not c.ref.a_suivi:
        return ABSENTE
    interdit = code in PUBLICS_SENSIBLES and (a_la_commune(c) or c.selection.regard is not None)
    if interdit or (code not in lues and (c.sensible or total(c) is None)):
        return MASQUE
    return lues.get(code, PERSONNE)


def part_publiee(numerateur: float | None, denominateur: float | None, statut: str) -> Cellule:
    """Share from two published counts; masked when the denominator is under 20, not available when it is nobody."""
    return _partie(numerateur, denominateur, statut, denominateur)


def _partie(numerateur: float | None, denominateur: float | None, statut: str, personnes: float | None) -> Cellule:
    """Share of a whole made by ``personnes``, published persons."""
    if statut != "valeur":
        return Etat(statut)
    if numerateur is None or personnes == 0:
        return Etat.NON_DISPONIBLE
    if personnes is None or denominateur is None:
        return Etat.SECRET
    if numerateur == 0 and denominateur:
        return 0.0
    if personnes < DENOMINATEUR_MIN or not denominateur:
        return Etat.SECRET
    return min(numerateur / denominateur, 1.0)


def rangee(
    c: Ici,
    code: str,
    libelle: str,
    li: Ligne,
    *,
    filtre: str | None = None,
    choisie: bool = False,
    base: Base | None = None,
) -> Rangee:
    """A row from published numbers; ``base`` replaces the persons and the hours of the selection as 100 %."""
    statut, base = str(li["statut"]), base or (total(c), c.vue.heures)
    return Rangee(
        code, libelle, cellule(li["effectif"], statut), part_publiee(li["effectif"], base[0], statut),
        cellule(li["heures"], statut), _partie(li["heures"], base[1], statut, base[0]), filtre, choisie,
    )  # fmt: skip


def par_code(lignes: Iterable[Ligne]) -> dict[str, Ligne]:
    """Rows of one dimension by code."""
    return {str(li["code"]): li for li in lignes}


def nomenclature(c: Ici, dimension: str, liste: str) -> list[Rangee]:
    """A row for each code of a nomenclature, in its order; what is not filled in is shown when there is any."""
    lues = par_code(c.vue.profil.get(dimension, ()))
    codes = [code for code in c.ref.listes.get(liste, {}) if code != "nd" or "nd" in lues]
    return [rangee(c, code, c.libelle(liste, code), ligne(c, lues, code)) for code in codes]


def decroissantes(rangees: Iterable[Rangee]) -> list[Rangee]:
    """The most persons first, masked rows last, in the order of the nomenclature otherwise."""
    return sorted(rangees, key=lambda r: -r.effectif if isinstance(r.effectif, float) else 1.0)


def double(rangees: Iterable[Rangee], cle: str, libelle: str) -> Tableau:
    """Table of rows with both denominators."""
    return tableau((Colonne(cle, libelle), *COLONNES), (r.cellules for r in rangees))


def bloc(
    c: Ici, ident: str, titre: str, quoi: str, t: Tableau, *definitions: str, vide_propre: str | None = None
) -> Bloc:
    """A bloc of the page: nothing at all to show comes first, then what only this bloc cannot show."""
    return c.bloc(ident, titre, quoi, t, personnes=True, vide=vide(c) or vide_propre, definitions=definitions)


def moyenne(heures: Cellule, effectif: Cellule) -> Cellule:
    """Hours per person from published numbers; needs ten persons."""
    if isinstance(heures, Etat) or isinstance(effectif, Etat):
        return Etat.SECRET if Etat.SECRET in (heures, effectif) else Etat.NON_DISPONIBLE
    if not isinstance(heures, float) or not isinstance(effectif, float) or effectif == 0:
        return Etat.NON_DISPONIBLE
    return heures / effectif if effectif >= MOYENNE_MIN else Etat.SECRET
