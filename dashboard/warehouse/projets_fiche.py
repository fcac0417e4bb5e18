"""Everything a sheet of the projects shows: a programme, an operation or a lot, by its identifier.

Numbers, but for one sentence: what is said when the identifier names nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.domain.conditions import Condition
from dashboard.warehouse.projets import AUCUNE, Mesures, chiffres, mesurer
from dashboard.warehouse.projets_lecteur import HORS, Cible, LecteurProjets, cible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.domain.selection import Selection
    from dashboard.warehouse.chiffres import ChiffreCle
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne
    from dashboard.warehouse.projets_courbe import Point

#: Factors on the due hours of a lot between which another is comparable: the first that finds enough of them.
FACTEURS = (2.0, 4.0)
COMPARABLES_MIN = 10


@dataclass(frozen=True, slots=True)
class Comparables:
    """What an object is compared with: rows that have a ``part`` (final over due); ``facteur`` on the due hours."""

    lignes: list[Ligne]
    facteur: float | None = None

    def au_moins(self, part: float) -> float | None:
        """Share of them that did at least as much."""
        return sum(li["part"] >= part for li in self.lignes) / len(self.lignes) if self.lignes else None


@dataclass(frozen=True, slots=True)
class Contrat:
    """The contract published in the DECP that a lot is joined to, its firms and changes, or what it could be."""

    publie: Ligne | None
    firmes: list[Ligne]
    modifications: list[Ligne]
    candidats: list[Ligne]


@dataclass(frozen=True, slots=True)
class FicheProjet:
    """The data of a sheet; ``lot`` and ``contrat`` for a lot only, ``proches`` when the identifier names nothing."""

    couverture: float | None
    chiffres: Mapping[str, ChiffreCle]
    mesures: Mesures
    cible: Cible | None
    demande: str
    proches: tuple[str, ...] = ()
    lot: Ligne | None = None
    taux: tuple[Ligne, ...] = ()
    comparables: Comparables = Comparables([])
    contrat: Contrat = Contrat(None, [], [], [])

    @property
    def introuvable(self) -> str | None:
        """In French, why there is nothing to show; ``None`` when there is something."""
        if self.cible is not None:
            return None
        if not self.demande:
            return "Aucun projet n’est nommé : ajoutez à l’adresse un programme, une opération ou un lot."
        suite = f" Les plus proches : {', '.join(self.proches)}." if self.proches else ""
        return f"Aucun programme, opération ni lot ne porte l’identifiant « {self.demande} ».{suite}"


@lru_cache(maxsize=512)
def lire(instantane: Instantane, selection: Selection) -> FicheProjet:
    """Compute the sheet of ``selection.objet``."""
    demande = selection.objet or ""
    objet, proches = cible(instantane, demande) if demande and instantane.referentiel.a_suivi else (None, ())
    if objet is None:
        return FicheProjet(None, chiffres(AUCUNE), AUCUNE, None, demande, proches)
    lecteur = LecteurProjets(instantane, selection.avec(objet=None), objet)
    mesures = mesurer(lecteur, selection.etat if objet.genre != "lot" else ())
    lot = {**mesures.lots[0], **lecteur.sur("projets_detail")[0]} if objet.genre == "lot" and mesures.lots else None
    if lot is not None:
        mesures = replace(mesures, courbe=_propre(mesures.courbe, lecteur.sur("projets_projection")))
    return FicheProjet(
        couverture=mesures.bilan.couverture,
        chiffres=_chiffres(mesures, lot),
        mesures=replace(mesures, lots=_freres(lecteur, objet)) if lot is not None else mesures,
        cible=objet,
        demande=demande,
        lot=lot,
        taux=tuple(lecteur.sur("projets_taux")),
        comparables=_comparables(lecteur, objet, lot),
        contrat=_contrat(lecteur, lot) if lot is not None else Contrat(None, [], [], []),
    )


def _chiffres(mesures: Mesures, lot: Ligne | None) -> dict[str, ChiffreCle]:
    """The key figures; for one lot, its own projection rather than an expected sum."""
    lus = chiffres(mesures)
    if lot is not None and lot["projetees"] is not None:
        finale = lus["projets_finales"]
        lus["projets_finales"] = replace(finale, valeur=lot["projetees"], statut="valeur")
    return lus


def _propre(points: tuple[Point, ...], lues: list[Ligne]) -> tuple[Point, ...]:
    """The curve of one lot with its own projection."""
    par_mois = {li["mois"]: li for li in lues}
    return tuple(
        replace(p, projetees=li["cumul"], bas=li["bas"], haut=li["haut"]) if (li := par_mois.get(p.mois)) else p
        for p in points
    )


def _freres(lecteur: LecteurProjets, objet: Cible) -> list[Ligne]:
    """The lots of the same operation, the lot included; the lot alone when it has no operation."""
    if objet.operation_id is None:
        return lecteur.lots()
    return lecteur.lire("projets_lots", Condition("operation_id = ?", (objet.operation_id,)))


def _comparables(lecteur: LecteurProjets, objet: Cible, lot: Ligne | None) -> Comparables:
    """Finished lots of the same trade and size; other programmes; other operations of the programme."""
    if objet.genre == "programme":
        cond = Condition(f"programme <> '{HORS}'")
        return Comparables(lecteur.lire("projets_groupes", cond, groupe="programme"))
    if objet.genre == "operation":
        cond = Condition("programme = ? AND acheteur <> 'grands_projets'", (objet.programme,))
        return Comparables(lecteur.lire("projets_groupes", cond, groupe="operation_id"))
    if lot is None or not lot["heures_dues"]:
        return Comparables([])
    cond = Condition("secteur = ? AND marche_id <> ?", (lot["secteur"], objet.code))
    resultat = Comparables([])
    for facteur in FACTEURS:
        bornes = (lot["heures_dues"] / facteur, lot["heures_dues"] * facteur)
        lues = lecteur.lire("projets_comparables", replace(cond, valeurs=(*cond.valeurs, *bornes)))
        resultat = Comparables(lues, facteur)
        if len(lues) >= COMPARABLES_MIN:
            break
    return resultat


def _contrat(lecteur: LecteurProjets, lot: Ligne) -> Contrat:
    """The contract joined, or the candidates."""
    uid = lot["uid"]
    candidats = lecteur.lies("projets_candidats", lot["marche_id"])
    if uid is None:
        return Contrat(None, [], [], candidats)
    publies = lecteur.lies("projets_contrat", uid)
    return Contrat(
        publies[0] if publies else None,
        lecteur.lies("projets_titulaires", uid, uid),
        lecteur.lies("projets_modifications", uid),
        candidats,
    )
