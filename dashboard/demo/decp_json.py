"""Writing of the public contracts in the official JSON format 2022 (schema v2.0.x), one file per year.

One contract per line, so that a message naming a line leads straight to it. The fields
that say nothing of insertion (prices, advances, techniques) are drawn here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import orjson

from dashboard.demo.calendrier import Dates
from dashboard.demo.entreprises import Entreprises
from dashboard.demo.identifiants import nom_entreprise, siret_entreprise
from dashboard.demo.objets import BTP, METIERS
from dashboard.demo.parametres import GRANDS_PROJETS
from dashboard.demo.publics import SOCIALES, Marches
from dashboard.demo.referentiel import Communes, tirer

Fiche = dict[str, Any]

PROCEDURES = (
    "Procédure adaptée",
    "Appel d'offres ouvert",
    "Procédure avec négociation",
    "Marché passé sans publicité ni mise en concurrence préalable",
    "Appel d'offres restreint",
    "Dialogue compétitif",
)
ENVIRONNEMENT = (
    ["Pas de considération environnementale"],
    ["Clause environnementale"],
    ["Critère environnemental"],
    ["Clause environnementale", "Critère environnemental"],
)
TYPES_PRIX = ("Définitif ferme", "Définitif actualisable", "Définitif révisable", "Provisoire")
FORMES_PRIX = ("Unitaire", "Forfaitaire", "Mixte")
LIEUX = ("Code commune", "Code postal", "Code département", "Code région")
PART_MODIFIES, PART_ACCORDS, PART_SUBSEQUENTS, PART_DOUBLONS = 0.10, 0.24, 0.12, 0.01
PART_COTITULAIRES, COTITULAIRES_EN_PLUS, SEUIL_COTITULAIRES = 0.055, 0.12, 500_000.0
"""Share of the contracts won by a group; what it gains for each tenfold amount over the threshold (in euros)."""
TAILLES_MEMBRES = ((0.72, 0.18, 0.10), (0.48, 0.27, 0.25))
"""Shares of PME, ETI and GE among the members beside the first, under and over ten million euros."""
SOUS_TRAITANCE, SOUS_TRAITANCE_GRANDS, SOUS_TRAITANCE_PROJETS = 0.2, 0.35, 0.85
"""Share of the contracts that declare subcontracting: ordinary, over five million euros, of the grands projets."""
SIRENS_PROJETS = tuple(p.siren for p in GRANDS_PROJETS)
DERNIERE_PUBLICATION = np.datetime64("2026-10-15")


def _lieux(rng: np.random.Generator, communes: Communes, rangs: np.ndarray) -> list[Fiche]:
    genres = tirer(rng, (0.40, 0.36, 0.21, 0.03), len(rangs)).tolist()
    arrondissements = rng.integers(1, 21, len(rangs)).tolist()
    fiches = []
    for genre, rang, arrondissement in zip(genres, rangs.tolist(), arrondissements, strict=True):
        code, dep, postal = str(communes.code[rang]), str(communes.departement[rang]), str(communes.postal[rang])
        if code == "75056" and genre <= 1:
            code, postal = (f"751{arrondissement:02d}" if arrondissement > 4 else code), f"750{arrondissement:02d}"
        fiches.append({"code": (code, postal, dep, "11")[genre], "typeCode": LIEUX[genre]})
    return fiches


def _titulaires(
    rng: np.random.Generator, marches: Marches, communes: Communes, entreprises: Entreprises
) -> list[list[Fiche]]:
    """Titulaires of each contract: one, or a group of two to four, the more often as the amount is large."""
    resultat = [[_titulaire(r)] for r in marches.titulaire.tolist()]
    ampleur = np.log10(np.maximum(marches.montant / SEUIL_COTITULAIRES, 1.0))
    groupes = np.flatnonzero(rng.random(len(ampleur)) < PART_COTITULAIRES + COTITULAIRES_EN_PLUS * ampleur)
    n = 3 * len(groupes)
    grands = np.repeat(marches.montant[groupes] >= 1e7, 3)
    taille = np.where(grands, tirer(rng, TAILLES_MEMBRES[1], n), tirer(rng, TAILLES_MEMBRES[0], n))
    metier = np.repeat(marches.secteur[groupes], 3)
    metier = np.where(metier < BTP, rng.integers(0, BTP, n), metier)
    lieu = np.repeat(communes.departement[marches.commune[groupes]], 3)
    membres = entreprises.choisir(rng, taille, metier, lieu).reshape(-1, 3).tolist()
    for i, autres, k in zip(groupes.tolist(), membres, rng.integers(1, 4, len(groupes)), strict=True):
        retenus = sorted(set(autres[:k]) - {int(marches.titulaire[i])})
        resultat[i] += [_titulaire(r) for r in retenus]
    return resultat


def _sous_traitance(rng: np.random.Generator, marches: Marches) -> list[bool]:
    """Which contracts declare subcontracting."""
    projet = np.asarray([s[:9] in SIRENS_PROJETS for s in marches.siret.tolist()], dtype=bool)
    part = np.where(marches.montant >= 5e6, SOUS_TRAITANCE_GRANDS, SOUS_TRAITANCE)
    declaree: list[bool] = (rng.random(len(marches)) < np.where(projet, SOUS_TRAITANCE_PROJETS, part)).tolist()
    return declaree


def _titulaire(rang: int) -> Fiche:
    siret = siret_entreprise(rang)
    return {"titulaire": {"typeIdentifiant": "SIRET", "id": siret, "denominationSociale": nom_entreprise(rang)}}


def _modifications(rng: np.random.Generator, marches: Marches, publications: Dates) -> dict[int, list[Fiche]]:
    """Modifications of one contract in ten: amount, duration, sometimes a third one."""
    resultat = {}
    for i in np.flatnonzero(rng.random(len(marches)) < PART_MODIFIES).tolist():
        suite, date, montant = [], publications[i], float(marches.montant[i])
        for rang in range(1, 2 + int(rng.random() < 0.2)):
            date = date + int(rng.integers(60, 400))
            if date + 30 > DERNIERE_PUBLICATION:
                break
            montant = round(montant * float(rng.uniform(1.01, 1.25)), 2)
            fiche: Fiche = {
                "id": rang,
                "dateNotificationModification": str(date),
                "datePublicationDonneesModification": str(date + int(rng.integers(5, 30))),
                "montant": montant,
            }
            if rng.random() < 0.4:
                fiche["dureeMois"] = int(marches.duree[i]) + int(rng.integers(1, 13))
            suite.append({"modification": fiche})
        if suite:
            resultat[i] = suite
    return resultat


def _accords(rng: np.random.Generator, marches: Marches) -> tuple[np.ndarray, list[str]]:
    """Which contracts are framework agreements, and the framework each call-off belongs to (or an empty text)."""
    accord = rng.random(len(marches)) < PART_ACCORDS
    candidat = (rng.random(len(marches)) < PART_SUBSEQUENTS) & ~accord
    derniers: dict[str, str] = {}
    liens = []
    for siret, numero, est_accord, est_candidat in zip(marches.siret, marches.numero, accord, candidat, strict=True):
        liens.append(derniers.get(siret, "") if est_candidat else "")
        if est_accord:
            derniers[siret] = numero
    return accord, liens


def _tirages(rng: np.random.Generator, marches: Marches) -> dict[str, list[Any]]:
    """Fields with little link to the rest, one list per field."""
    n = len(marches)
    return {
        "procedure": tirer(rng, (0.52, 0.32, 0.07, 0.06, 0.02, 0.01), n).tolist(),
        "environnement": tirer(rng, (0.46, 0.26, 0.16, 0.12), n).tolist(),
        "prix": tirer(rng, (0.35, 0.15, 0.48, 0.02), n).tolist(),
        "forme": tirer(rng, (0.35, 0.5, 0.15), n).tolist(),
        "offres": (1 + rng.poisson(3.2, n)).tolist(),
        "avance": (rng.random(n) < 0.3).tolist(),
        "innovant": (rng.random(n) < 0.01).tolist(),
        "sous_traitance": _sous_traitance(rng, marches),
        "solidaire": (rng.random(n) < 0.55).tolist(),
    }


def fiches(rng: np.random.Generator, marches: Marches, communes: Communes, entreprises: Entreprises) -> list[Fiche]:
    """The contracts as objects of the official schema, in the order of ``marches``."""
    n = len(marches)
    delais = rng.integers(5, 60, n) + np.where(rng.random(n) < 0.1, rng.integers(30, 200, n), 0)
    publications = np.minimum(marches.notification + delais, DERNIERE_PUBLICATION)
    modifications = _modifications(rng, marches, publications)
    accord, liens = _accords(rng, marches)
    tirages, lieux = _tirages(rng, marches), _lieux(rng, communes, marches.commune)
    gagnants = _titulaires(rng, marches, communes, entreprises)
    notifications, publiees = marches.notification.astype(str).tolist(), publications.astype(str).tolist()
    resultat = []
    for i in range(n):
        t = {k: v[i] for k, v in tirages.items()}
        fiche = _fiche(marches, i, bool(accord[i]), t)
        fiche |= {"lieuExecution": lieux[i], "titulaires": gagnants[i]}
        fiche |= {"dateNotification": notifications[i], "datePublicationDonnees": publiees[i]}
        groupement = "Solidaire" if t["solidaire"] else "Conjoint"
        fiche["typeGroupementOperateurs"] = groupement if len(gagnants[i]) > 1 else "Pas de groupement"
        if liens[i]:
            fiche |= {"idAccordCadre": liens[i], "modalitesExecution": {"modaliteExecution": ["Marchés subséquents"]}}
        if i in modifications:
            fiche["modifications"] = modifications[i]
        resultat.append(fiche)
    return resultat


def _fiche(marches: Marches, i: int, accord: bool, t: dict[str, Any]) -> Fiche:
    montant = float(marches.montant[i])
    return {
        "id": marches.numero[i],
        "acheteur": {"id": marches.siret[i], "nom": marches.acheteur[i]},
        "nature": "Marché",
        "objet": marches.objet[i],
        "codeCPV": marches.cpv[i],
        "techniques": {"technique": ["Accord-cadre" if accord else "Sans objet"]},
        "modalitesExecution": {"modaliteExecution": ["Bons de commande" if accord else "Sans objet"]},
        "marcheInnovant": t["innovant"],
        "ccag": METIERS[int(marches.secteur[i])].ccag,
        "offresRecues": t["offres"],
        "attributionAvance": t["avance"],
        "procedure": PROCEDURES[t["procedure"]],
        "dureeMois": int(marches.duree[i]),
        "montant": int(montant) if montant.is_integer() else montant,
        "typesPrix": {"typePrix": [TYPES_PRIX[t["prix"]]]},
        "formePrix": FORMES_PRIX[t["forme"]],
        "sousTraitanceDeclaree": t["sous_traitance"],
        "considerationsSociales": {"considerationSociale": list(SOCIALES[int(marches.sociale[i])])},
        "considerationsEnvironnementales": {
            "considerationEnvironnementale": list(ENVIRONNEMENT[t["environnement"]]),
        },
    }


def doubler(rng: np.random.Generator, lot: list[Fiche]) -> list[Fiche]:
    """One contract in a hundred appears again, as published by a second platform (other separators, later date)."""
    resultat = []
    for fiche, double in zip(lot, rng.random(len(lot)) < PART_DOUBLONS, strict=True):
        resultat.append(fiche)
        if double:
            numero = str(fiche["id"]).replace("-", " ").replace("/", "_").replace(".", "-")
            publiee = min(np.datetime64(str(fiche["datePublicationDonnees"])) + 9, DERNIERE_PUBLICATION)
            resultat.append({**fiche, "id": numero, "datePublicationDonnees": str(publiee)})
    return resultat


def ecrire_annee(chemin: Path, lot: list[Fiche]) -> None:
    """Write one file in the official envelope."""
    corps = b",\n".join(orjson.dumps(fiche) for fiche in lot)
    chemin.write_bytes(b'{"marches":{"marche":[\n' + corps + b"\n]}}\n")
