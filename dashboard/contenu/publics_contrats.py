"""Under which work contracts the persons were, and their training, in words and tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.contenu.publics_rangees import (
    MASQUE,
    Ici,
    Rangee,
    bloc,
    decroissantes,
    double,
    ligne,
    moyenne,
    par_code,
    part_publiee,
    rangee,
)
from dashboard.contenu.tableau import Bloc, Cellule, Colonne, cellule, tableau
from dashboard.domain import francais as fr
from dashboard.warehouse.publics import PERSONNE

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne

PERENNES = ("cdi", "cdd_long")
NATURES = {"cdd_long": "CDD de plus de 6 mois", "cdd": "CDD de 6 mois ou moins"}


def nature(c: Ici, code: str) -> str:
    """Name of a kind of contract, long and short CDD apart."""
    return NATURES.get(code) or c.libelle("type_contrat", code)


def rangees_contrats(c: Ici) -> list[Rangee]:
    """Rows by kind of contract: the lasting ones first, then the most persons."""
    lues = par_code({**li, "code": li["nature"]} for li in c.vue.parcours.get("contrat", ()))
    codes = ["cdd_long", *c.ref.listes.get("type_contrat", {})]
    rangees = [rangee(c, code, nature(c, code), ligne(c, lues, code)) for code in codes]
    return [r for r in rangees if r.code in PERENNES] + decroissantes(r for r in rangees if r.code not in PERENNES)


def perennes(c: Ici) -> Rangee:
    """Persons under a CDI or a long CDD, each counted once."""
    lues = par_code({**li, "code": li["nature"]} for li in c.vue.parcours.get("perenne", ()))
    return rangee(c, "perenne", "Contrats pérennes (CDI ou CDD de plus de 6 mois)", ligne(c, lues, "perenne"))


def contrats(c: Ici) -> Bloc:
    """Persons and hours by kind of contract; lasting contracts first."""
    ensemble = perennes(c)
    t = double([ensemble, *rangees_contrats(c)], "contrat", "Contrat")
    titre = "Les contrats pérennes"
    if isinstance(ensemble.part, float) and isinstance(ensemble.part_heures, float):
        deux = f"{fr.pourcent(ensemble.part)} des personnes, {fr.pourcent(ensemble.part_heures)} des heures"
        titre = f"Contrats pérennes : {deux}"
    quoi = "Pérenne : CDI ou CDD de plus de 6 mois ; plusieurs contrats possibles par personne, le total dépasse 100 %"
    return bloc(c, "publics-contrats", titre, quoi, t, "contrats_perennes")


# --- training ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Formation:
    """Training of one year: persons trained, their share of the persons of the year, hours, hours a person."""

    annee: int
    effectif: Cellule
    part: Cellule
    heures: Cellule
    moyenne: Cellule


def annees_formation(c: Ici) -> list[Formation]:
    """A row for each year with somebody at work; no training is a true zero, unless the year is masked."""
    resultat = []
    for annee, tous in sorted(c.vue.par_annee.items()):
        masquee = c.sensible is not None or tous["effectif"] is None
        absente: Ligne = MASQUE if masquee else PERSONNE
        li = c.vue.formations.get(annee, absente)
        effectif, heures = cellule(li["effectif"], li["statut"]), cellule(li["heures"], li["statut"])
        resultat.append(
            Formation(annee, effectif, part_publiee(li["effectif"], tous["effectif"], li["statut"]), heures,
                      moyenne(heures, effectif))
        )  # fmt: skip
    return resultat


def formation(c: Ici) -> Bloc:
    """Persons trained and training hours, year by year; the period does not filter its own view."""
    annees = annees_formation(c)
    colonnes = (
        Colonne("annee", "Année"), Colonne("personnes", "Personnes formées", "entier"),
        Colonne("part", "Part des personnes", "part"), Colonne("heures", "Heures de formation", "entier"),
        Colonne("moyenne", "Heures par personne formée", "decimal"),
    )  # fmt: skip
    t = tableau(colonnes, [(str(f.annee), f.effectif, f.part, f.heures, f.moyenne) for f in annees])
    derniere = next((f for f in annees if f.annee == c.periode[1]), None)
    titre = "Les heures de formation, année par année"
    if derniere and isinstance(derniere.heures, float) and isinstance(derniere.effectif, float) and derniere.heures:
        volume = fr.pluriel(round(derniere.heures), "heure")
        titre = f"{volume} de formation pour {fr.pluriel(derniere.effectif, 'personne')} en {derniere.annee}"
    quoi = "Personnes formées et heures de formation, par année"
    return bloc(replace(c, sans=(*c.sans, "annee")), "publics-formation", titre, quoi, t, "heures_formation")
