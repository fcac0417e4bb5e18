"""How the public contracts are spoiled, one function per kind of defect.

Acts on contracts without follow-up, without modification and published once, so that
one defect makes one finding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dashboard.demo.defauts import Choix, Place, lots_de_defauts
from dashboard.demo.identifiants import cle_luhn, siret_siege

Fiche = dict[str, Any]
Retouche = Callable[[Fiche], Fiche]

SANS_SOCIAL = "Pas de considération sociale"
LYON = {"id": siret_siege("200046977"), "nom": "Métropole de Lyon"}


def _espacer(siret: str) -> str:
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"


def _fausser(siret: str) -> str:
    juste = cle_luhn(siret[:-1])
    return siret[:-1] + str((int(juste) + 5) % 10)


def _perdre_accents(texte: str) -> str:
    return texte.replace("é", "\ufffd") if "é" in texte else texte.replace("e", "\ufffd", 1)


def _titulaire(fiche: Fiche, retouche: Callable[[str], str]) -> Fiche:
    premier = fiche["titulaires"][0]["titulaire"]
    return {"titulaires": [{"titulaire": {**premier, "id": retouche(premier["id"])}}]}


def _sociales(*libelles: str) -> Fiche:
    return {"considerationsSociales": {"considerationSociale": list(libelles)}}


def _lieu(code: str, genre: str) -> Fiche:
    return {"lieuExecution": {"code": code, "typeCode": genre}}


RETOUCHES: dict[str, Retouche] = {
    "decp_date_0218": lambda f: {"dateNotification": "02" + f["dateNotification"][2:]},
    "decp_montant_geant": lambda f: {"montant": 1e17},
    "decp_montant_nul": lambda f: {"montant": 0},
    "decp_montant_virgule": lambda f: {"montant": "38 800,00"},
    "decp_cpv_cle": lambda f: {"codeCPV": "452100007"},
    "decp_cpv_sans_zero": lambda f: {"codeCPV": "9130000"},
    "decp_siret_espaces": lambda f: {"acheteur": {**f["acheteur"], "id": _espacer(f["acheteur"]["id"])}},
    "decp_siret_cle": lambda f: {"acheteur": {**f["acheteur"], "id": _fausser(f["acheteur"]["id"])}},
    "decp_departement_trois": lambda f: _lieu("093", "Code département"),
    "decp_lieu_type": lambda f: _lieu("93", "CODE DEPARTEMENT"),
    "decp_lieu_inconnu": lambda f: _lieu("93999", "Code commune"),
    "decp_objet_illisible": lambda f: {"objet": _perdre_accents(f["objet"])},
    "decp_titulaire_cle": lambda f: _titulaire(f, _fausser),
    "decp_titulaire_espaces": lambda f: _titulaire(f, _espacer),
    "decp_duree_jours": lambda f: {"dureeMois": 365, "montant": 120_000},
    "decp_duree_nulle": lambda f: {"dureeMois": 0},
    "decp_social_contradictoire": lambda f: _sociales("Clause sociale", SANS_SOCIAL),
    "decp_social_libelle": lambda f: _sociales("clause sociale"),
    "decp_publication_avant": lambda f: {
        "datePublicationDonnees": str(np.datetime64(f["dateNotification"]) - np.timedelta64(20, "D"))
    },
}
AJOUTS: dict[str, Retouche] = {
    "decp_date_absente": lambda f: {"dateNotification": ""},
    "decp_date_lointaine": lambda f: {"dateNotification": "2203" + f["dateNotification"][4:]},
    "decp_numero_absent": lambda f: {"id": ""},
    "decp_acheteur_absent": lambda f: {"acheteur": {"id": ""}},
    "decp_hors_region": lambda f: {"acheteur": LYON, **_lieu("69123", "Code commune")},
}
"""Added contracts: they carry a number of their own and change nothing of the others."""


def _candidats(lot: list[Fiche]) -> np.ndarray:
    """Contracts that may be spoiled: no social consideration, no modification, one titulaire, published once."""
    vus: dict[tuple[str, str], int] = {}
    for fiche in lot:
        cle = (fiche["acheteur"]["id"], fiche["objet"])
        vus[cle] = vus.get(cle, 0) + 1
    simples = [
        i
        for i, f in enumerate(lot)
        if f["considerationsSociales"]["considerationSociale"] == [SANS_SOCIAL]
        and "modifications" not in f
        and len(f["titulaires"]) == 1
        and vus[(f["acheteur"]["id"], f["objet"])] == 1
    ]
    return np.asarray(simples, dtype=np.int64)


def planter(rng: np.random.Generator, lot: list[Fiche], echelle: float, place: Place) -> dict[str, int]:
    """Spoil a year of contracts in place; returns how many of each defect. ``place``: that of the year."""
    choix = Choix(rng, _candidats(lot))
    comptes: dict[str, int] = {}
    for defaut, prevu in lots_de_defauts("decp", echelle, place):
        for i in choix.prendre(prevu):
            if defaut.code in AJOUTS:
                numero = {"id": f"D{place.rang}{len(lot):05d}"}
                lot.append({**lot[i], **numero, **AJOUTS[defaut.code](lot[i])})
            else:
                lot[i] = {**lot[i], **RETOUCHES[defaut.code](lot[i])}
            comptes[defaut.code] = comptes.get(defaut.code, 0) + 1
    return comptes
