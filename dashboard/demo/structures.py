"""A list of inclusive structures of the demonstration, in the columns of data·inclusion.

About six hundred structures, the size of the region's lists. By type: after the lists of
Île-de-France published by le Marché de l’inclusion (December 2020: 148 EI, 131 ACI, 59 AI, 28 ETTI,
6 GEIQ) and by FINESS (2025: 189 ESAT); EITI and GEIQ after their share in the whole country
(pilotage de l’inclusion, about 37 EITI and 84 GEIQ for 414 EI); EA and régies de quartier, which no
list at hand counts, are plausible. By département: as in those lists. Within a département, a
commune is drawn by its population and the point lies near its centre. Names, SIRET and addresses
say that they are no one's, and the contact columns are empty. A directory is no activity: its size
does not follow the scale of the demonstration.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.demo.defauts import Choix, Place, lots_de_defauts
from dashboard.demo.identifiants import cle_luhn, siren_entreprise, siret_siege
from dashboard.demo.referentiel import TERRITOIRES, Referentiel, tirer

FICHIER = "structures/structures.csv"
PAR_TYPE = {"ei": 148, "aci": 131, "ai": 59, "etti": 28, "eiti": 6, "geiq": 10, "regie": 25, "ea": 32, "esat": 161}
PAR_DEPARTEMENT = {
    "75": 0.198, "77": 0.093, "78": 0.085, "91": 0.094, "92": 0.135, "93": 0.185, "94": 0.101, "95": 0.109,
}  # fmt: skip
RESEAUX = {"aci": "chantier-ecole", "ea": "unea", "ai": "coorace"}
"""Second network of some structures, as the real lists have; it is no type."""
DEUX_CONVENTIONS = 0.1
"""Share of the EI that are also ACI, under the same SIRET."""
ECART = 0.25
"""How far a point may be from the centre of its commune, in radii of a disc of the same area."""
PREMIER_RANG = 9_000
KM_PAR_DEGRE = 111.2
ADAPTEES = frozenset({"ea", "esat"})
DATE_MAJ = "2026-09-15"

Fiche = dict[str, str]
Retouche = Callable[[Fiche], Fiche]


@dataclass(frozen=True, slots=True)
class _Centres:
    """Where each commune of the frame lies: degrees, and radius in km of a disc of its area."""

    lon: np.ndarray
    lat: np.ndarray
    rayon: np.ndarray


def _espacer(siret: str) -> str:
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"


def _fausser(siret: str) -> str:
    return siret[:-1] + str((int(cle_luhn(siret[:-1])) + 5) % 10)


RETOUCHES: dict[str, Retouche] = {
    "structure_siret_espaces": lambda f: {"siret": _espacer(f["siret"])},
    "structure_siret_cle": lambda f: {"siret": _fausser(f["siret"])},
    "structure_siret_court": lambda f: {"siret": f["siret"][:9]},
    "structure_siret_absent": lambda f: {"siret": ""},
    "structure_commune_ancienne": lambda f: {
        "commune": "Pierrefitte-sur-Seine", "code_postal": "93380", "code_insee": "93059",
        "longitude": "", "latitude": "",
    },
    "structure_commune_illisible": lambda f: {"code_insee": "00000"},
    "structure_coordonnees_inversees": lambda f: {"longitude": f["latitude"], "latitude": f["longitude"]},
    "structure_coordonnees_nulles": lambda f: {"longitude": "0", "latitude": "0"},
}  # fmt: skip
AJOUTS: dict[str, Retouche] = {
    "structure_nom_absent": lambda f: {"nom": ""},
    "structure_commune_inconnue": lambda f: {"code_insee": "93999", "code_postal": "93999", "commune": "Bourg-Inconnu"},
    "structure_sans_lieu": lambda f: {"code_insee": "", "code_postal": "", "commune": ""},
    "structure_doublon": lambda f: {},
    "structure_autre_reseau": lambda f: {"reseaux_porteurs": '["ccas-cias"]'},
    "structure_hors_region": lambda f: {"code_insee": "69123", "code_postal": "69003", "commune": "Lyon"},
}
"""Added rows: they leave the others as they are."""


def ecrire(rng: np.random.Generator, dossier: Path, ref: Referentiel, echelle: float) -> dict[str, int]:
    """Write the list under ``dossier`` and return how many defects of each kind it holds.

    The same stream and scale write the same bytes; the scale only changes the number of defects.
    """
    fiches = _tirer(rng, ref)
    comptes = _planter(rng, fiches, echelle)
    chemin = dossier / FICHIER
    chemin.parent.mkdir(parents=True, exist_ok=True)
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        ecrivain = csv.DictWriter(flux, list(fiches[0]), lineterminator="\n")
        ecrivain.writeheader()
        ecrivain.writerows(fiches)
    return comptes


def _centres(ref: Referentiel, territoires: Path = TERRITOIRES) -> _Centres:
    table = pd.read_csv(territoires, dtype=str, keep_default_na=False).set_index("code").loc[ref.communes.code.tolist()]
    rayon = np.sqrt(table["superficie_km2"].astype(float) / math.pi)
    return _Centres(*(np.asarray(c, dtype=float) for c in (table["lon"], table["lat"], rayon)))


def _tirer(rng: np.random.Generator, ref: Referentiel) -> list[Fiche]:
    types = np.repeat(np.asarray(list(PAR_TYPE), dtype=object), list(PAR_TYPE.values()))
    departements = np.asarray(list(PAR_DEPARTEMENT), dtype=object)[
        tirer(rng, list(PAR_DEPARTEMENT.values()), len(types))
    ]
    centres = _centres(ref)
    suite: dict[str, int] = {}
    fiches = []
    for rang, i in enumerate(rng.permutation(len(types)).tolist()):
        departement, genre = str(departements[i]), str(types[i])
        suite[departement] = suite.get(departement, 0) + 1
        dedans = ref.communes.du_departement(departement)
        commune = int(dedans[tirer(rng, ref.communes.population[dedans] ** 0.9, 1)[0]])
        lieu = _lieu(rng, ref, centres, commune)
        fiches.append(_fiche(f"{departement}-{suite[departement]:03d}", rang, genre, lieu, rng.random()))
    return sorted(fiches, key=lambda f: f["id"])


def _lieu(rng: np.random.Generator, ref: Referentiel, centres: _Centres, commune: int) -> Fiche:
    """Commune (a district of Paris, as the real lists have), postal code and point."""
    communes = ref.communes
    angle, distance = rng.uniform(0, 2 * math.pi), ECART * centres.rayon[commune] * math.sqrt(rng.random())
    lat = centres.lat[commune] + distance * math.sin(angle) / KM_PAR_DEGRE
    lon = centres.lon[commune] + distance * math.cos(angle) / (KM_PAR_DEGRE * math.cos(math.radians(lat)))
    code, postal = str(communes.code[commune]), str(communes.postal[commune])
    if code == "75056":
        arrondissement = int(rng.integers(1, 21))
        code, postal = f"751{arrondissement:02d}", f"750{arrondissement:02d}"
    nom = str(communes.nom[commune])
    return {
        "commune": nom, "code_postal": postal, "code_insee": code, "longitude": f"{lon:.6f}", "latitude": f"{lat:.6f}",
    }  # fmt: skip


def _fiche(code: str, rang: int, genre: str, lieu: Fiche, hasard: float) -> Fiche:
    """One row in the columns of data·inclusion v1."""
    quoi = "Établissement adapté" if genre in ADAPTEES else "Structure d’insertion"
    reseaux = [genre]
    if genre == "ei" and hasard < DEUX_CONVENTIONS:
        reseaux.append("aci")
    elif genre in RESEAUX and hasard < 0.5:
        reseaux.append(RESEAUX[genre])
    return {
        "id": f"demonstration--{code}",
        "source": "demonstration",
        "nom": f"{quoi} {code} (démonstration)",
        "date_maj": DATE_MAJ,
        "siret": siret_siege(siren_entreprise(PREMIER_RANG + rang)),
        **lieu,
        "adresse": f"{1 + rang % 90} rue de la Démonstration",
        "telephone": "",
        "courriel": "",
        "site_web": "",
        "reseaux_porteurs": json.dumps(reseaux),
    }


def _planter(rng: np.random.Generator, fiches: list[Fiche], echelle: float) -> dict[str, int]:
    """Spoil the list in place: rows of one network, none of them twice."""
    choix = Choix(rng, np.flatnonzero([len(json.loads(f["reseaux_porteurs"])) == 1 for f in fiches]))
    comptes: dict[str, int] = {}
    for defaut, prevu in lots_de_defauts("structures", echelle, Place(0, 1)):
        for i in choix.prendre(prevu):
            if defaut.code in AJOUTS:
                fiches.append({**fiches[i], "id": f"{fiches[i]['id']}-bis", **AJOUTS[defaut.code](fiches[i])})
            else:
                fiches[i] = {**fiches[i], **RETOUCHES[defaut.code](fiches[i])}
            comptes[defaut.code] = comptes.get(defaut.code, 0) + 1
    return comptes
