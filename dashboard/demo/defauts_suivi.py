"""How the follow-up tables are spoiled, one entry per kind of defect.

A retouche changes some cells of a row in place (the reading corrects it, or keeps it and says so);
an ajout is a copy of a row with other cells (the reading rejects it).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from dashboard.demo.defauts import Choix, Place, lots_de_defauts
from dashboard.demo.tableaux import Tableaux

Ligne = dict[str, str]
Retouche = Callable[[Ligne, int], Ligne]
Voisins = dict[str, tuple[str, dict[str, str]]]
"""Key added to a row → the column it is found by, and its values."""


def _mois_lointain(mois: str) -> str:
    """A month of the period that no contract holding this one can reach (26 months away)."""
    sens = 26 if mois <= "2023-10" else -26
    return str(np.datetime64(mois, "M") + sens)


PREMIER, FIN = "@premier_mois", "@fin_operation"
"""What a lot is told of the other tables before it is spoiled: first month of its hours, end of its operation."""
SUITE_DES_MOIS = 3

RETOUCHES: dict[str, Retouche] = {
    "lot_date_0218": lambda r, k: {"date_notification": "0218-05-12"},
    "lot_sans_date": lambda r, k: {"date_notification": ""},
    "lot_heures_negatives": lambda r, k: {"heures_engagees": "-500"},
    "lot_engagement_absent": lambda r, k: {"heures_engagees": ""},
    "lot_engagement_nul": lambda r, k: {"heures_engagees": "0"},
    "lot_prix_nul": lambda r, k: {"euros_par_heure": "0"},
    "lot_realise_avant": lambda r, k: {"date_notification": f"{np.datetime64(r[PREMIER], 'M') + SUITE_DES_MOIS}-15"},
    "lot_notifie_apres": lambda r, k: {"date_notification": str(np.datetime64(r[FIN], "D") + 10)},
    "operation_dates_inversees": lambda r, k: {"date_debut": r["date_fin"], "date_fin": r["date_debut"]},
    "lot_secteur_absent": lambda r, k: {"secteur": ""},
    "lot_operation_inconnue": lambda r, k: {"operation_id": f"{r['operation_id']}-INCONNUE"},
    "lot_siret_espaces": lambda r, k: {"acheteur_siret": f"{r['acheteur_siret'][:9]} {r['acheteur_siret'][9:]}"},
    "lot_cpv_cle": lambda r, k: {"cpv": f"{r['cpv']}-7"},
    "personne_sexe_inconnu": lambda r, k: {"sexe": "X"},
    "personne_niveau_inconnu": lambda r, k: {"niveau_formation": "Certificat d’études"},
    "personne_public_inconnu": lambda r, k: {"publics": "rsa|zone franche"},
    "personne_residence_inconnue": lambda r, k: {"commune_residence": "93999"},
    "personne_residence_absente": lambda r, k: {"commune_residence": ""},
    "personne_naissance_1890": lambda r, k: {"annee_naissance": "1890"},
    "personne_prescripteur_sensible": lambda r, k: {"prescripteur": ("SPIP", "PJJ", "CSAPA")[k % 3]},
    "contrat_dates_inversees": lambda r, k: {"date_debut": r["date_fin"], "date_fin": r["date_debut"]},
    "contrat_type_inconnu": lambda r, k: {"type_contrat": "CUI-CAE"},
    "contrat_employeur_illisible": lambda r, k: {"employeur_siret": "en cours"},
    "sortie_situation_inconnue": lambda r, k: {"situation": "parti"},
}
AJOUTS: dict[str, Retouche] = {
    "operation_doublon": lambda r, k: {},
    "lot_secteur_inconnu": lambda r, k: {"marche_id": _id(r["marche_id"], k), "secteur": "tous corps", "cpv": ""},
    "lot_objet_absent": lambda r, k: {"marche_id": _id(r["marche_id"], k), "objet": ""},
    "lot_siret_court": lambda r, k: {"marche_id": _id(r["marche_id"], k), "acheteur_siret": "2175000"},
    "lot_commune_inconnue": lambda r, k: {"marche_id": _id(r["marche_id"], k), "commune_insee": "93999"},
    "lot_doublon": lambda r, k: {},
    "personne_doublon": lambda r, k: {},
    "contrat_sans_lot": lambda r, k: {"contrat_id": _id(r["contrat_id"], k), "marche_id": f"{r['marche_id']}-ABSENT"},
    "contrat_sans_personne": lambda r, k: {
        "contrat_id": _id(r["contrat_id"], k),
        "personne_id": f"{r['personne_id']}-ABSENT",
    },
    "contrat_date_impossible": lambda r, k: {"contrat_id": _id(r["contrat_id"], k), "date_debut": "2022-02-30"},
    "contrat_doublon": lambda r, k: {},
    "heures_negatives": lambda r, k: {"mois": "2017-01", "heures": "-12"},
    "heures_plus_de_250": lambda r, k: {"mois": "2017-02", "heures": "312"},
    "heures_en_lettres": lambda r, k: {"mois": "2017-03", "heures": "douze"},
    "heures_absentes": lambda r, k: {"mois": "2017-04", "heures": ""},
    "heures_mois_impossible": lambda r, k: {"mois": "2023-13"},
    "heures_sans_contrat": lambda r, k: {"contrat_id": f"{r['contrat_id']}-ABSENT"},
    "heures_doublon": lambda r, k: {},
    "heures_hors_contrat": lambda r, k: {"mois": _mois_lointain(r["mois"]), "heures": "7"},
    "sortie_horizon_inconnu": lambda r, k: {"horizon_mois": "9"},
    "sortie_sans_personne": lambda r, k: {"personne_id": f"{r['personne_id']}-ABSENT"},
    "formation_sans_date": lambda r, k: {"date": ""},
    "formation_trop_longue": lambda r, k: {"heures": "5000"},
}


ADMISES: dict[str, Callable[[Ligne], bool]] = {
    "lot_sans_date": lambda r: bool(r[PREMIER]),
    "lot_engagement_absent": lambda r: bool(r[PREMIER]),
    "lot_engagement_nul": lambda r: bool(r[PREMIER]),
    "lot_realise_avant": lambda r: "" < r[PREMIER] < "2025-06" and r[PREMIER] < r[FIN][:7],
    "lot_notifie_apres": lambda r: "" < r[FIN] < "2025-12",
}
"""Which rows may take a defect, when not all of them can."""


def _id(identifiant: str, k: int) -> str:
    return f"{identifiant}-D{k}"


def _candidats(nom: str, table: pd.DataFrame) -> np.ndarray:
    """Rows that may be spoiled: complete ones; for lots, not the first ones (open over the whole period)."""
    garde = np.ones(len(table), dtype=bool)
    if nom == "contrats":
        garde &= np.asarray(table["date_fin"] > table["date_debut"], dtype=bool)
    if nom == "marches":
        garde[:2] = False
    return np.flatnonzero(garde)


def _filtre(code: str, lire: Callable[[int], Ligne]) -> Callable[[int], bool] | None:
    """Condition on the number of a row, for a defect that not every row can take."""
    admise = ADMISES.get(code)
    return None if admise is None else lambda i: admise(lire(i))


def _planter_table(
    rng: np.random.Generator, nom: str, table: pd.DataFrame, echelle: float, place: Place, voisins: Voisins
) -> tuple[pd.DataFrame, dict[str, int]]:
    choix = Choix(rng, _candidats(nom, table))
    ajouts: list[Ligne] = []
    comptes: dict[str, int] = {}
    colonnes = [str(c) for c in table.columns]
    position = {c: j for j, c in enumerate(colonnes)}

    def lire(i: int) -> Ligne:
        ligne: Ligne = dict(zip(colonnes, table.iloc[i].tolist(), strict=True))
        return ligne | {cle: par_id.get(ligne[colonne], "") for cle, (colonne, par_id) in voisins.items()}

    for defaut, prevu in lots_de_defauts(nom, echelle, place):
        for i in choix.prendre(prevu, _filtre(defaut.code, lire)):
            ligne = lire(i)
            if defaut.code in AJOUTS:
                ajouts.append({**ligne, **AJOUTS[defaut.code](ligne, len(ajouts))})
            else:
                for colonne, texte in RETOUCHES[defaut.code](ligne, i).items():
                    table.iat[i, position[colonne]] = texte
            comptes[defaut.code] = comptes.get(defaut.code, 0) + 1
    if ajouts:
        table = pd.concat([table, pd.DataFrame(ajouts, columns=colonnes, dtype=object)], ignore_index=True)
    return table, comptes


def _voisins(tableaux: Tableaux) -> Voisins:
    """What the other tables say of each lot."""
    contrats, heures, operations = tableaux["contrats"], tableaux["heures"], tableaux["operations"]
    lot = heures["contrat_id"].map(dict(zip(contrats["contrat_id"], contrats["marche_id"], strict=True)))
    fins = dict(zip(operations["operation_id"], operations["date_fin"], strict=True))
    return {PREMIER: ("marche_id", heures["mois"].groupby(lot).min().to_dict()), FIN: ("operation_id", fins)}


def planter(
    rng: np.random.Generator, tableaux: Tableaux, echelle: float, place: Place
) -> tuple[Tableaux, dict[str, int]]:
    """Spoil the tables of one producer; returns them and how many of each defect."""
    resultat: Tableaux = {}
    comptes: dict[str, int] = {}
    voisins = _voisins(tableaux)
    for nom, table in tableaux.items():
        du_tableau = voisins if nom == "marches" else {}
        resultat[nom], trouves = _planter_table(rng, nom, table, echelle, place, du_tableau)
        comptes |= trouves
    return resultat, comptes
