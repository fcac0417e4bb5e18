"""The whole demonstration, from the seed to the files: order of the draws and places of the files.

Each producer and each stage has its own random stream, so that changing one does not
shift the others. Nothing here decides a figure: see the modules it calls.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dashboard.demo import decp_json, defauts_decp, defauts_suivi, entreprises, saisie, sous_traitance, structures
from dashboard.demo.defauts import Place, ecrire_inventaire
from dashboard.demo.ecriture import ecrire_classeur, ecrire_csv
from dashboard.demo.emplois import tirer_emplois, tirer_suites
from dashboard.demo.engagements import Engagements, engager
from dashboard.demo.entreprises import ORDINAIRE, PROFILS, Entreprises, sirets_entreprises
from dashboard.demo.execution import Execution, executer
from dashboard.demo.export_facilitateur import ecrire_export
from dashboard.demo.heures import Heures, tirer_heures
from dashboard.demo.lots import Lots, tirer_lots
from dashboard.demo.parametres import PRODUCTEURS, Producteur
from dashboard.demo.parcours import Contrats, tirer_contrats
from dashboard.demo.personnes import tirer_personnes
from dashboard.demo.publics import (
    ANNEES_DECP,
    Marches,
    assembler,
    completer,
    marches_des_lots,
    numeros_pour_suivi,
    numeroter,
)
from dashboard.demo.referentiel import Objets, Referentiel, charger_referentiel
from dashboard.demo.tableaux import Tableaux, composer

Progres = Callable[[str, float], None]

LICENCE = "Licence Ouverte 2.0 (données de synthèse)"
FLUX_DEFAUTS, FLUX_DECP, FLUX_STRUCTURES = 1_000, 2_000, 6_000
FLUX_EXECUTION, FLUX_ENTREPRISES, FLUX_SOUS_TRAITANCE, FLUX_SAISIE = 7_000, 8_000, 10_000, 12_000
"""Numbers of the random streams that belong to no producer."""


@dataclass(slots=True)
class _Parcours:
    """What is known of a producer before its lots have a DECP number."""

    lots: Lots
    contrats: Contrats
    heures: Heures
    engagements: Engagements
    titulaire: np.ndarray


def flux(graine: int, numero: int) -> np.random.Generator:
    """An independent random stream of the seed."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([graine, numero])))


def _executer(
    rng: np.random.Generator, producteur: Producteur, ref: Referentiel, firmes: Entreprises, echelle: float
) -> _Parcours:
    lots = tirer_lots(rng, producteur, ref, echelle)
    contrats = tirer_contrats(rng, lots, echelle)
    heures = tirer_heures(rng, producteur, contrats, echelle)
    realisees = np.bincount(contrats.lot[heures.contrat], weights=heures.heures, minlength=len(lots.mois))
    engagements = engager(rng, lots, realisees.astype(np.float64), echelle)
    titulaire = firmes.gagnants(
        rng,
        engagements.montant,
        lots.secteur,
        ref.communes.departement[lots.commune],
        np.isin(engagements.clause.astype(str), ["reserve_iae", "reserve_handicap"]),
        PROFILS.get(producteur.code, ORDINAIRE),
    )
    return _Parcours(lots, contrats, heures, engagements, titulaire)


def _publier(
    rng: np.random.Generator, executions: list[_Parcours], ref: Referentiel, firmes: Entreprises, echelle: float
) -> tuple[Marches, list[Objets]]:
    """All the public contracts, numbered, and for each producer the number its follow-up knows of each lot."""
    morceaux, origines = [], []
    for i, e in enumerate(executions):
        marches, publies = marches_des_lots(rng, e.lots, e.engagements, e.titulaire)
        morceaux.append(marches)
        origines.append(np.stack([np.full(len(publies), i), publies]))
    suivis = assembler(morceaux)
    origine = np.concatenate(origines, axis=1)
    tous = assembler([suivis, *completer(rng, ref, firmes, suivis, echelle)])
    rang = np.argsort(tous.notification, kind="stable")
    numeros = np.empty(len(tous), dtype=object)
    numeros[rang] = numeroter(tous.siret[rang], tous.notification[rang], rng.integers(1, 9, len(tous)))
    tous.numero = numeros
    connus = numeros_pour_suivi(rng, numeros[: len(suivis)])
    resultat = []
    for i, e in enumerate(executions):
        colonne = np.full(len(e.lots.mois), "", dtype=object)
        ici = origine[0] == i
        colonne[origine[1][ici]] = connus[ici]
        resultat.append(colonne)
    return tous.ordonner(), resultat


def _tableaux(
    rng: np.random.Generator, e: _Parcours, execution: Execution, numeros: Objets, ref: Referentiel
) -> Tableaux:
    personnes = tirer_personnes(rng, e.lots, e.contrats, ref)
    emplois = tirer_emplois(rng, e.lots, e.contrats, e.titulaire)
    suites = tirer_suites(rng, e.contrats)
    sirets = sirets_entreprises(e.titulaire)
    return composer(
        rng,
        e.lots,
        e.engagements,
        execution,
        e.contrats,
        emplois,
        personnes,
        e.heures,
        suites,
        numeros,
        sirets,
        ref.communes,
    )


def _chemin(producteur: Producteur) -> str:
    """Place of a producer's follow-up under the folder of the demonstration."""
    nom = producteur.code.lower() if producteur.grand_projet else f"coordination-{producteur.departement}"
    return f"suivi/{nom}.xlsx" if producteur.fichier == "classeur" else f"suivi/{nom}"


def _ecrire_suivi(dossier: Path, producteur: Producteur, tableaux: Tableaux) -> None:
    chemin = dossier / _chemin(producteur)
    ecrivain = {"gabarit": ecrire_csv, "classeur": ecrire_classeur, "export_facilitateur": ecrire_export}
    ecrivain[producteur.fichier](chemin, tableaux)


def _source(chemin: str, nature: str, producteur: str, diffusion: str, correspondance: str | None = None) -> str:
    lignes = [
        "[[source]]",
        f'chemin = "{chemin}"',
        f'nature = "{nature}"',
        f'producteur = "{producteur}"',
        f'licence = "{LICENCE}"',
        f'diffusion = "{diffusion}"',
    ]
    if correspondance:
        lignes.append(f'correspondance = "{correspondance}"')
    return "\n".join(lignes) + "\n"


def _sources(fichiers_decp: list[str]) -> str:
    """Contents of ``sources.toml``."""
    blocs = ["# Sources de démonstration : chiffres de synthèse, aucun ne décrit la réalité.\ndemo = true\n"]
    blocs += [_source(chemin, "decp", "DECP de démonstration", "public") for chemin in fichiers_decp]
    for p in PRODUCTEURS:
        correspondance = "export_facilitateur" if p.fichier == "export_facilitateur" else "gabarit"
        blocs.append(_source(_chemin(p), "suivi", f"{p.nom} (démonstration)", "public", correspondance))
    blocs.append(_source(structures.FICHIER, "structures", "Répertoire des structures (démonstration)", "public"))
    blocs.append(_source(entreprises.FICHIER, "entreprises", "Répertoire des entreprises (démonstration)", "public"))
    return "\n".join(blocs)


def _vider(dossier: Path) -> None:
    """Remove what an earlier run wrote, and nothing else."""
    for nom in ("decp", "suivi", "structures", "entreprises"):
        shutil.rmtree(dossier / nom, ignore_errors=True)
    for nom in ("sources.toml", "defauts.csv"):
        (dossier / nom).unlink(missing_ok=True)


def _ecrire_decp(
    dossier: Path,
    graine: int,
    marches: Marches,
    ref: Referentiel,
    firmes: Entreprises,
    echelle: float,
    dire: Progres,
) -> dict[str, dict[str, int]]:
    """Write the yearly DECP files, one year in memory at a time; returns the defects planted in each."""
    plantes = {}
    (dossier / "decp").mkdir(exist_ok=True)
    for rang, annee in enumerate(ANNEES_DECP):
        dire(f"Marchés publics de {annee}", 0.2 + 0.35 * rang / len(ANNEES_DECP))
        rng = flux(graine, FLUX_DECP + annee)
        apart = flux(graine, FLUX_SOUS_TRAITANCE + annee)
        uniques = decp_json.fiches(rng, marches.annee(annee), ref.communes, firmes)
        sous_traitance.ajouter(apart, uniques, firmes)
        fiches = decp_json.doubler(rng, uniques)
        chemin, place = f"decp/decp-{annee}.json", Place(rang, len(ANNEES_DECP))
        plantes[chemin] = defauts_decp.planter(rng, fiches, echelle, place)
        plantes[chemin] |= sous_traitance.planter(apart, fiches, echelle, place)
        decp_json.ecrire_annee(dossier / chemin, fiches)
    return plantes


def generer(dossier: Path, graine: int = 2018, echelle: float = 1.0, progres: Progres | None = None) -> Path:
    """Write the demonstration sources in ``dossier`` and return the path of ``sources.toml``.

    ``echelle`` (over 0, 1 = the real scale) scales hours, persons and contracts alike;
    ``progres`` is told what is being done and the share already done (0 to 1). The same
    seed and scale always write the same bytes. Raises ``ValueError`` for a scale out of
    ]0, 2] and ``FileNotFoundError`` when a reference file of the project is missing.
    """
    if not 0 < echelle <= 2:
        raise ValueError(f"échelle hors de ]0, 2] : {echelle}")
    dire = progres or (lambda etape, part: None)
    dire("Lecture du référentiel", 0.0)
    ref = charger_referentiel()
    dossier.mkdir(parents=True, exist_ok=True)
    _vider(dossier)
    firmes = entreprises.recenser(flux(graine, FLUX_ENTREPRISES))
    executions = []
    for i, producteur in enumerate(PRODUCTEURS):
        dire(f"Parcours : {producteur.nom}", 0.02 + 0.1 * i / len(PRODUCTEURS))
        executions.append(_executer(flux(graine, i), producteur, ref, firmes, echelle))
    dire("Marchés publics", 0.12)
    marches, numeros = _publier(flux(graine, FLUX_DECP), executions, ref, firmes, echelle)
    plantes = _ecrire_decp(dossier, graine, marches, ref, firmes, echelle, dire)
    for i, (producteur, execution) in enumerate(zip(PRODUCTEURS, executions, strict=True)):
        dire(f"Suivi : {producteur.nom}", 0.55 + 0.45 * i / len(PRODUCTEURS))
        avancement = executer(flux(graine, FLUX_EXECUTION + i), execution.lots, execution.engagements)
        tableaux = _tableaux(flux(graine, 100 + i), execution, avancement, numeros[i], ref)
        saisie.saisir(flux(graine, FLUX_SAISIE + i), tableaux["marches"], grand_projet=producteur.grand_projet)
        place = Place(i, len(PRODUCTEURS))
        tableaux, comptes = defauts_suivi.planter(flux(graine, FLUX_DEFAUTS + i), tableaux, echelle, place)
        plantes[_chemin(producteur)] = comptes
        _ecrire_suivi(dossier, producteur, tableaux)
    plantes[structures.FICHIER] = structures.ecrire(flux(graine, FLUX_STRUCTURES), dossier, ref, echelle)
    entreprises.ecrire(firmes, dossier)
    ecrire_inventaire(dossier / "defauts.csv", plantes)
    chemin = dossier / "sources.toml"
    chemin.write_text(_sources(sorted(p for p in plantes if p.startswith("decp/"))), encoding="utf-8")
    dire("Sources de démonstration écrites", 1.0)
    return chemin
