"""Attributes of the persons of a producer, drawn so that they agree with each other.

Age, level and criteria depend on one another (a « jeune peu qualifié » is under 26
and holds at most a CAP); residence is drawn near the place of the first contract.
Proportions follow the published profiles; nothing describes a real person.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.demo.calendrier import Entiers
from dashboard.demo.lots import Booleens, Lots
from dashboard.demo.objets import BTP
from dashboard.demo.parametres import Producteur
from dashboard.demo.parcours import Contrats
from dashboard.demo.referentiel import Communes, Objets, Referentiel, tirer

AGES = ((16, 18, 0.008), (18, 21, 0.113), (21, 26, 0.174), (26, 31, 0.145), (31, 41, 0.245), (41, 50, 0.165))
AGES_FIN = ((50, 55, 0.075), (55, 63, 0.055))
NIVEAUX = ("sans_diplome", "cap_bep", "bac", "bac_2", "bac_3_plus", "etranger", "nd")
POIDS_NIVEAUX = (0.42, 0.34, 0.12, 0.035, 0.025, 0.045, 0.015)
PART_QPV = {False: 0.156, True: 0.151}
"""Residents of a priority district: near 15 % in the published profiles; the grands projets are lower than the rest."""
FEMINISATION = (0.60, 1.40, 0.95, 2.0, 0.25, 0.15, 2.2, 1.3, 0.8, 0.25, 1.35, 0.7)
"""Women in each sector (order of ``objets.METIERS``), relative to the others of the same trade."""
CRITERES = ("deld", "rsa", "ass_aah_ai", "rqth", "iae", "refugie", "justice", "autre")
POIDS_CRITERES = (0.40, 0.285, 0.035, 0.045, 0.105, 0.035, 0.015, 0.045)
PART_JEUNE, PART_SENIOR = 0.86, 0.80
PRESCRIPTEURS = (
    "france_travail",
    "mission_locale",
    "plie",
    "cap_emploi",
    "departement",
    "siae",
    "e2c_epide",
    "candidature",
    "autre",
)
POIDS_PRESCRIPTEURS = (0.36, 0.05, 0.15, 0.02, 0.09, 0.17, 0.005, 0.10, 0.055)
POIDS_PRESCRIPTEURS_JEUNES = (0.21, 0.45, 0.06, 0.01, 0.01, 0.11, 0.05, 0.06, 0.04)
HORS_REGION = ("60057", "60159", "27229", "28085", "45234", "51454", "02408", "89387")
"""Communes outside the region (Beauvais, Creil, Évreux, Chartres, Orléans, Reims, Laon, Sens)."""
PARTS_RESIDENCE = (0.14, 0.33, 0.27, 0.235, 0.025)
"""Same commune, same EPT or EPCI, same département, rest of the region, elsewhere (unknown: see ``defauts``)."""
PARTS_RESIDENCE_SOLIDEO = (0.09, 0.19, 0.17, 0.52, 0.03)
"""The sites are nearly all in Seine-Saint-Denis, where 1 707 of 3 507 beneficiaries lived in October 2023."""


@dataclass(slots=True)
class Personnes:
    """Attributes of the persons of one producer, in the order of their numbers."""

    sexe: Objets
    naissance: Entiers
    niveau: Objets
    publics: Objets
    residence: Objets
    qpv: Objets
    prescripteur: Objets
    mois_sans_emploi: Entiers


def premiers_contrats(contrats: Contrats) -> Entiers:
    """Number of the first contract of each person."""
    premier = np.full(contrats.n_personnes, len(contrats), dtype=np.int64)
    np.minimum.at(premier, contrats.personne, np.arange(len(contrats)))
    return premier


def _ages(rng: np.random.Generator, n: int) -> Entiers:
    tranches = AGES + AGES_FIN
    choix = tirer(rng, [t[2] for t in tranches], n)
    bas = np.asarray([t[0] for t in tranches])[choix]
    haut = np.asarray([t[1] for t in tranches])[choix]
    ages: Entiers = (bas + np.floor(rng.random(n) * (haut - bas))).astype(np.int64)
    return ages


def _publics(rng: np.random.Generator, age: Entiers, niveau: Entiers, qpv: Booleens) -> tuple[Objets, Booleens]:
    """Criteria joined by « | » (at least one), and the flag « demandeur d’emploi de longue durée »."""
    n = len(age)
    jeune = (age < 26) & (niveau <= 1) & (rng.random(n) < PART_JEUNE)
    senior = (age >= 50) & (rng.random(n) < PART_SENIOR)
    moins = 1 - 0.45 * (jeune | senior | qpv)
    drapeaux = {c: rng.random(n) < p * moins for c, p in zip(CRITERES, POIDS_CRITERES, strict=True)}
    drapeaux["rsa"] &= age >= 25
    drapeaux |= {"jeune_peu_qualifie": jeune, "plus_50": senior, "qpv": qpv}
    aucun = ~np.logical_or.reduce(list(drapeaux.values()))
    vers_deld = aucun & ((rng.random(n) < 0.62) | (age < 25))
    drapeaux["deld"] = drapeaux["deld"] | vers_deld
    drapeaux["rsa"] = drapeaux["rsa"] | (aucun & ~vers_deld)
    ordre = (
        "deld",
        "rsa",
        "ass_aah_ai",
        "jeune_peu_qualifie",
        "plus_50",
        "rqth",
        "qpv",
        "iae",
        "refugie",
        "justice",
        "autre",
    )
    codes = np.zeros(n, dtype=np.int64)
    for bit, critere in enumerate(ordre):
        codes |= drapeaux[critere].astype(np.int64) << bit
    textes = {int(c): "|".join(k for b, k in enumerate(ordre) if c >> b & 1) for c in np.unique(codes)}
    return np.asarray([textes[c] for c in codes.tolist()], dtype=object), drapeaux["deld"]


def _residences(rng: np.random.Generator, producteur: Producteur, communes: Communes, travail: Entiers) -> Objets:
    """INSEE code of residence: near the work, more often in Seine-Saint-Denis, sometimes outside."""
    attrait = communes.population * np.where(communes.departement == "93", 1.9, 1.0)
    attrait *= np.where(communes.departement == "75", 0.75, 1.0)
    zone = tirer(rng, PARTS_RESIDENCE_SOLIDEO if producteur.code == "SOLIDEO" else PARTS_RESIDENCE, len(travail))
    resultat = travail.copy()
    for niveau, cles in ((1, communes.epci), (2, communes.departement)):
        for cle in sorted({str(c) for c in cles[travail[zone == niveau]]}):
            concernes = np.flatnonzero((zone == niveau) & (cles[travail] == cle))
            voisines = np.flatnonzero(cles == cle)
            resultat[concernes] = voisines[tirer(rng, attrait[voisines], len(concernes))]
    ailleurs = zone >= 3
    resultat[ailleurs] = tirer(rng, attrait, int(ailleurs.sum()))
    codes = communes.code[resultat]
    codes[zone == 4] = np.asarray(HORS_REGION, dtype=object)[tirer(rng, np.ones(8), int((zone == 4).sum()))]
    return codes


def _sexes(rng: np.random.Generator, producteur: Producteur, secteur: Entiers, annee: Entiers) -> Objets:
    """Sex by sector of the first contract; the mean of each trade is the share of the producer."""
    relatif = np.asarray(FEMINISATION)[secteur]
    part = np.zeros(len(secteur))
    for filiere, moyenne in (
        (secteur < BTP, producteur.part_femmes_btp),
        (secteur >= BTP, producteur.part_femmes_autres),
    ):
        if filiere.any():
            part[filiere] = moyenne * relatif[filiere] / relatif[filiere].mean()
    part = np.minimum(part, 0.9) * np.where((annee < 2021) & producteur.grand_projet, 0.93, 1.0)
    sexe = np.where(rng.random(len(secteur)) < part, "F", "H").astype(object)
    sexe[rng.random(len(secteur)) < 0.002] = "nd"
    return sexe


def tirer_personnes(rng: np.random.Generator, lots: Lots, contrats: Contrats, ref: Referentiel) -> Personnes:
    """Attributes of all the persons of a producer, at the time of their first contract."""
    premier = premiers_contrats(contrats)
    lot = contrats.lot[premier]
    n = contrats.n_personnes
    age = _ages(rng, n)
    niveau = tirer(rng, POIDS_NIVEAUX, n)
    niveau[(age < 20) & (niveau >= 3) & (niveau <= 4)] = 0
    qpv = rng.random(n) < PART_QPV[lots.producteur.grand_projet]
    publics, deld = _publics(rng, age, niveau, qpv)
    annee = contrats.debut[premier].astype("datetime64[Y]").astype(int) + 1970
    prescripteur = np.where(age < 26, tirer(rng, POIDS_PRESCRIPTEURS_JEUNES, n), tirer(rng, POIDS_PRESCRIPTEURS, n))
    sans_emploi = np.clip(rng.lognormal(np.log(5), 0.6, n), 0, 11).round() + np.where(
        deld, 7 + np.clip(rng.lognormal(np.log(12), 0.6, n), 6, 110).round(), 0
    )
    return Personnes(
        sexe=_sexes(rng, lots.producteur, lots.secteur[lot], annee),
        naissance=annee - age,
        niveau=np.asarray(NIVEAUX, dtype=object)[niveau],
        publics=publics,
        residence=_residences(rng, lots.producteur, ref.communes, lots.commune[lot]),
        qpv=np.where(rng.random(n) < 0.01, "", np.where(qpv, "oui", "non")).astype(object),
        prescripteur=np.asarray(PRESCRIPTEURS, dtype=object)[prescripteur],
        mois_sans_emploi=sans_emploi.astype(np.int64),
    )
