"""The defects planted on purpose, and the rule by which the reading must find each of them.

The table ``DEFAUTS`` is the contract: a test compares it with the reject report. How a
row is spoiled is in ``defauts_decp``, ``defauts_suivi`` and ``structures``. Rows that must be rejected are
extra rows, so that the calibrated figures do not depend on the defects.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np

Nature = Literal["rejet", "correction", "avertissement", "hors_champ", "aucune"]


@dataclass(frozen=True, slots=True)
class Defaut:
    """A kind of defect: where, how many at full scale, what the reading says of it (nature and rule).

    ``par_fichier``: the rows of a file are reported together, by one finding without line.
    """

    code: str
    tableau: str
    nombre: int
    nature: Nature
    regle: str
    par_fichier: bool = False
    premiers: int = 99
    """Only in so many of the first files: the year 2018, or the coordinations (not the grands projets)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Place of a file among those that share the defects of its tables."""

    rang: int
    fichiers: int


DEFAUTS: tuple[Defaut, ...] = (
    Defaut("decp_date_0218", "decp", 12, "correction", "date_annee", premiers=1),
    Defaut("decp_date_absente", "decp", 6, "rejet", "date_notification_absente"),
    Defaut("decp_date_lointaine", "decp", 6, "rejet", "date_notification_invalide"),
    Defaut("decp_montant_geant", "decp", 8, "correction", "montant_hors_bornes"),
    Defaut("decp_montant_nul", "decp", 8, "correction", "montant_hors_bornes"),
    Defaut("decp_montant_virgule", "decp", 6, "correction", "montant_format"),
    Defaut("decp_cpv_cle", "decp", 8, "correction", "cpv_cle"),
    Defaut("decp_cpv_sans_zero", "decp", 8, "correction", "cpv_zero_initial"),
    Defaut("decp_siret_espaces", "decp", 10, "correction", "acheteur_siret_format"),
    Defaut("decp_siret_cle", "decp", 10, "avertissement", "acheteur_siret_cle"),
    Defaut("decp_departement_trois", "decp", 10, "correction", "lieu_departement"),
    Defaut("decp_lieu_type", "decp", 8, "correction", "lieu_type"),
    Defaut("decp_lieu_inconnu", "decp", 6, "avertissement", "lieu_inconnu"),
    Defaut("decp_objet_illisible", "decp", 10, "avertissement", "caractere_illisible"),
    Defaut("decp_numero_absent", "decp", 5, "rejet", "numero_absent"),
    Defaut("decp_acheteur_absent", "decp", 5, "rejet", "acheteur_siret_absent"),
    Defaut("decp_titulaire_cle", "decp", 10, "avertissement", "titulaire_siret_cle"),
    Defaut("decp_titulaire_espaces", "decp", 6, "correction", "titulaire_siret_format"),
    Defaut("decp_duree_jours", "decp", 6, "avertissement", "duree_en_jours"),
    Defaut("decp_duree_nulle", "decp", 4, "correction", "duree_invalide"),
    Defaut("decp_social_contradictoire", "decp", 6, "correction", "consideration_contradictoire"),
    Defaut("decp_social_libelle", "decp", 6, "correction", "consideration_libelle"),
    Defaut("decp_publication_avant", "decp", 8, "avertissement", "publication_avant_notification"),
    Defaut("decp_hors_region", "decp", 40, "hors_champ", ""),
    Defaut("operation_doublon", "operations", 2, "rejet", "doublon"),
    Defaut("lot_secteur_inconnu", "marches", 8, "rejet", "hors_nomenclature"),
    Defaut("lot_secteur_absent", "marches", 10, "correction", "deduit"),
    Defaut("lot_date_0218", "marches", 6, "correction", "valeur_invalide", premiers=8),
    Defaut("lot_objet_absent", "marches", 6, "rejet", "obligatoire_absent"),
    Defaut("lot_operation_inconnue", "marches", 12, "correction", "reference_absente", premiers=8),
    Defaut("lot_siret_espaces", "marches", 10, "correction", "format_corrige"),
    Defaut("lot_siret_court", "marches", 4, "rejet", "valeur_invalide"),
    Defaut("lot_cpv_cle", "marches", 10, "correction", "format_corrige"),
    Defaut("lot_commune_inconnue", "marches", 6, "rejet", "commune_inconnue"),
    Defaut("lot_heures_negatives", "marches", 6, "correction", "hors_bornes", premiers=8),
    Defaut("lot_doublon", "marches", 8, "rejet", "doublon"),
    Defaut("personne_sexe_inconnu", "personnes", 10, "correction", "hors_nomenclature"),
    Defaut("personne_niveau_inconnu", "personnes", 10, "correction", "hors_nomenclature"),
    Defaut("personne_public_inconnu", "personnes", 10, "correction", "hors_nomenclature"),
    Defaut("personne_residence_inconnue", "personnes", 10, "correction", "commune_inconnue"),
    Defaut("personne_residence_absente", "personnes", 40, "correction", "obligatoire_absent"),
    Defaut("personne_naissance_1890", "personnes", 8, "correction", "hors_bornes"),
    Defaut("personne_prescripteur_sensible", "personnes", 24, "correction", "valeur_sensible", par_fichier=True),
    Defaut("personne_doublon", "personnes", 8, "rejet", "doublon"),
    Defaut("contrat_sans_lot", "contrats", 20, "rejet", "reference_absente"),
    Defaut("contrat_sans_personne", "contrats", 8, "rejet", "reference_absente"),
    Defaut("contrat_date_impossible", "contrats", 8, "rejet", "valeur_invalide"),
    Defaut("contrat_dates_inversees", "contrats", 8, "correction", "dates_inversees"),
    Defaut("contrat_type_inconnu", "contrats", 8, "correction", "hors_nomenclature"),
    Defaut("contrat_employeur_illisible", "contrats", 6, "correction", "valeur_invalide"),
    Defaut("contrat_doublon", "contrats", 8, "rejet", "doublon"),
    Defaut("heures_negatives", "heures", 20, "rejet", "hors_bornes"),
    Defaut("heures_plus_de_250", "heures", 20, "rejet", "hors_bornes"),
    Defaut("heures_en_lettres", "heures", 8, "rejet", "valeur_invalide"),
    Defaut("heures_absentes", "heures", 6, "rejet", "obligatoire_absent"),
    Defaut("heures_mois_impossible", "heures", 6, "rejet", "valeur_invalide"),
    Defaut("heures_sans_contrat", "heures", 15, "rejet", "reference_absente"),
    Defaut("heures_doublon", "heures", 12, "rejet", "doublon"),
    Defaut("heures_hors_contrat", "heures", 15, "avertissement", "heures_hors_contrat"),
    Defaut("sortie_horizon_inconnu", "sorties", 8, "rejet", "hors_bornes"),
    Defaut("sortie_situation_inconnue", "sorties", 8, "correction", "hors_nomenclature"),
    Defaut("sortie_sans_personne", "sorties", 6, "rejet", "reference_absente"),
    Defaut("formation_sans_date", "formations", 8, "rejet", "obligatoire_absent"),
    Defaut("formation_trop_longue", "formations", 6, "rejet", "hors_bornes"),
    Defaut("structure_siret_espaces", "structures", 4, "correction", "siret_format"),
    Defaut("structure_siret_cle", "structures", 4, "avertissement", "siret_cle"),
    Defaut("structure_siret_court", "structures", 4, "correction", "siret_invalide"),
    Defaut("structure_siret_absent", "structures", 4, "correction", "siret_absent"),
    Defaut("structure_commune_ancienne", "structures", 3, "correction", "commune_ancienne"),
    Defaut("structure_commune_illisible", "structures", 3, "correction", "commune_deduite"),
    Defaut("structure_coordonnees_inversees", "structures", 3, "correction", "coordonnees_inverse"),
    Defaut("structure_coordonnees_nulles", "structures", 4, "correction", "coordonnees_hors"),
    Defaut("structure_nom_absent", "structures", 2, "rejet", "nom_absent"),
    Defaut("structure_commune_inconnue", "structures", 3, "rejet", "commune_inconnue"),
    Defaut("structure_sans_lieu", "structures", 2, "rejet", "lieu_absent"),
    Defaut("structure_doublon", "structures", 4, "avertissement", "doublon"),
    Defaut("structure_autre_reseau", "structures", 5, "avertissement", "autre_reseau", par_fichier=True),
    Defaut("structure_hors_region", "structures", 6, "hors_champ", ""),
    Defaut("lot_sans_date", "marches", 5, "avertissement", "obligatoire_absent", premiers=8),
    Defaut("lot_engagement_absent", "marches", 5, "avertissement", "obligatoire_absent", premiers=8),
    Defaut("lot_engagement_nul", "marches", 6, "avertissement", "engagement_nul", premiers=8),
    Defaut("lot_prix_nul", "marches", 3, "correction", "hors_bornes", premiers=8),
    Defaut("lot_realise_avant", "marches", 5, "avertissement", "realise_avant_debut", premiers=8),
    Defaut("lot_notifie_apres", "marches", 4, "avertissement", "dates_inversees", premiers=8),
    Defaut("operation_dates_inversees", "operations", 4, "correction", "dates_inversees", premiers=8),
    Defaut("sous_traitance_siret_cle", "sous_traitance", 5, "avertissement", "sous_traitant_siret_cle"),
    Defaut("sous_traitance_montant_geant", "sous_traitance", 5, "correction", "sous_traitance_montant"),
    Defaut("sous_traitance_superieure", "sous_traitance", 5, "avertissement", "sous_traitance_superieure"),
)


def nombre_plante(defaut: Defaut, echelle: float) -> int:
    """How many of these defects a demonstration of this scale holds (all of them from a quarter on)."""
    return max(1, math.ceil(defaut.nombre * min(1.0, 4 * echelle)))


def repartir(rang: int, nombre: int, fichiers: int) -> list[int]:
    """Spread ``nombre`` defects over the files, starting at a file that depends on the kind of defect."""
    parts = [nombre // fichiers] * fichiers
    for k in range(nombre % fichiers):
        parts[(rang + k) % fichiers] += 1
    return parts


def lots_de_defauts(tableau: str, echelle: float, place: Place) -> list[tuple[Defaut, int]]:
    """The defects of a table that fall in the file of this place, with their numbers."""
    resultat = []
    for i, defaut in enumerate(DEFAUTS):
        fichiers = min(place.fichiers, defaut.premiers)
        if defaut.tableau == tableau and place.rang < fichiers:
            nombre = repartir(i % fichiers, nombre_plante(defaut, echelle), fichiers)[place.rang]
            resultat += [(defaut, nombre)] if nombre else []
    return resultat


def ecrire_inventaire(chemin: Path, plantes: dict[str, dict[str, int]]) -> None:
    """Write what was really planted: file, kind, table, expected nature and rule, number of rows."""
    par_code = {d.code: d for d in DEFAUTS}
    lignes = ["fichier,code,tableau,nature,regle,nombre"]
    for fichier, comptes in plantes.items():
        for code, nombre in comptes.items():
            d = par_code[code]
            lignes.append(f"{fichier},{code},{d.tableau},{d.nature},{d.regle},{nombre}")
    chemin.write_text("\n".join(lignes) + "\n", encoding="utf-8")


class Choix:
    """Rows already spoiled in a table: no row receives two defects."""

    def __init__(self, rng: np.random.Generator, candidats: np.ndarray) -> None:
        self._restants: list[int] = rng.permutation(candidats).tolist()

    def prendre(self, n: int, admise: Callable[[int], bool] | None = None) -> list[int]:
        """``n`` rows not used yet, that may take the defect (fewer if there are not enough)."""
        if admise is None:
            pris, self._restants = self._restants[:n], self._restants[n:]
            return pris
        pris = list(islice(filter(admise, self._restants), n))
        self._restants = [i for i in self._restants if i not in pris]
        return pris
