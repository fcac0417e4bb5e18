"""Names under which the flat DECP layouts call the same thing.

One table, no reading: the ministry's CSV, the Opendatasoft API, decp.info, the SCDL
and purchasing systems write ``acheteur.id``, ``acheteur_id``, ``ACHETEURS_ID`` or
« SIRET acheteur »; all become one canonical column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SYNONYMES: dict[str, tuple[str, ...]] = {
    "uid": ("uid",),
    "numero": ("id", "marche_id", "id_marche", "id_du_marche", "numero_marche"),
    "acheteur_id": ("acheteur_id", "acheteurs_id", "id_acheteur", "siret_acheteur", "acheteur_siret", "idacheteur"),
    "acheteur_nom": ("acheteur_nom", "acheteurs_nom", "nom_acheteur"),
    "acheteur_departement": ("acheteur_departement_code",),
    "acheteur_commune": ("acheteur_commune_code",),
    "acheteur_postal": ("code_postal_acheteur", "acheteur_code_postal"),
    "nature": ("nature", "nature_marche"),
    "objet": ("objet", "marche_objet", "objet_marche"),
    "cpv": ("codecpv", "cpv_code", "code_cpv"),
    "procedure": ("procedure",),
    "type_marche": ("type", "type_marche"),
    "techniques": ("techniques", "technique", "techniques_technique"),
    "lieu_code": ("lieuexecution_code", "lieu_exec_code"),
    "lieu_type": ("lieuexecution_typecode", "lieu_exec_type"),
    "lieu_nom": ("lieuexecution_nom", "lieu_exec_nom", "lieu_execution"),
    "duree": ("dureemois", "duree_mois"),
    "date_notification": ("datenotification", "notification_date", "date_notification"),
    "date_publication": ("datepublicationdonnees", "publication_date", "date_publication_des_donnees"),
    "montant": ("montant", "montant_marche", "montant_initial_ht"),
    "sociales": ("considerationssociales", "considerationssociales_considerationsociale", "considerationsociale"),
    "environnementales": (
        "considerationsenvironnementales",
        "considerationsenvironnementales_considerationenvironnementale",
        "considerationenvironnementale",
    ),
    "titulaire_id": ("titulaire_id", "titulaires_id", "siret_titulaire"),
    "titulaire_type": ("titulaire_typeidentifiant", "titulaires_id_type"),
    "titulaire_nom": (
        "titulaire_nom",
        "titulaire_denominationsociale",
        "titulaires_denomination",
        "titulaire_mandataire",
    ),
    "titulaire_categorie": ("titulaire_categorie",),
    "titulaire_id_1": ("titulaire_id_1",),
    "titulaire_type_1": ("titulaire_typeidentifiant_1",),
    "titulaire_nom_1": ("titulaire_denominationsociale_1",),
    "titulaire_id_2": ("titulaire_id_2",),
    "titulaire_type_2": ("titulaire_typeidentifiant_2",),
    "titulaire_nom_2": ("titulaire_denominationsociale_2",),
    "titulaire_id_3": ("titulaire_id_3",),
    "titulaire_type_3": ("titulaire_typeidentifiant_3",),
    "titulaire_nom_3": ("titulaire_denominationsociale_3",),
    "etat_id": ("modification_id",),
    "etat_actuel": ("donneesactuelles",),
    "mod_id": ("idmodification",),
    "mod_objet": ("objetmodification", "modif_objet"),
    "mod_date": ("datenotificationmodificationmodification", "datenotificationmodification", "modif_signature_date"),
    "mod_publication": (
        "datepublicationdonneesmodificationmodification",
        "datepublicationdonneesmodification",
        "modif_publication_date",
    ),
    "mod_duree": ("dureemoismodification", "modif_duree_mois"),
    "mod_montant": ("montantmodification", "modif_marche_montant"),
    "mod_titulaire_id": ("idtitulairemodification", "modif_titulaires_id"),
    "mod_titulaire_type": ("typeidentifianttitulairemodification", "modif_titulaires_id_type"),
    "mod_titulaire_nom": ("modif_titulaires_denomination",),
    "st_rang": ("idactesoustraitance",),
    "st_id": ("idsoustraitant",),
    "st_type": ("typeidentifiantsoustraitant",),
    "st_duree": ("dureemoisactesoustraitance",),
    "st_date": ("datenotificationactesoustraitance",),
    "st_montant": ("montantactesoustraitance",),
    "st_mod_rang": ("idmodificationactesoustraitance",),
    "st_mod_duree": ("dureemoismodificationactesoustraitance",),
    "st_mod_date": (
        "datenotificationmodificationsoustraitancemodificationactesoustraitance",
        "datenotificationmodificationsoustraitance",
    ),
    "st_mod_montant": ("montantmodificationactesoustraitance",),
}
"""Canonical column → names seen, normalised by ``normaliser``, the preferred one first."""

CANONIQUES = tuple(SYNONYMES)
OBLIGATOIRES = {
    "numero": "le numéro du marché",
    "acheteur_id": "le SIRET de l’acheteur",
    "date_notification": "la date de notification",
}


def normaliser(nom: str) -> str:
    """Lower case, no accent, every run of other signs is one ``_`` (« SIRET acheteur » → siret_acheteur)."""
    sans_accent = unicodedata.normalize("NFKD", nom).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", sans_accent).strip("_")


def associer(noms: Iterable[str]) -> dict[str, str]:
    """Canonical column → name of the column in the file, for the columns recognised."""
    presents: dict[str, str] = {}
    for nom in noms:
        presents.setdefault(normaliser(nom), nom)
    trouvees = {canon: [presents[s] for s in autres if s in presents] for canon, autres in SYNONYMES.items()}
    return {canon: noms_lus[0] for canon, noms_lus in trouvees.items() if noms_lus}


def manquantes(colonnes: Iterable[str]) -> list[str]:
    """French names of the required columns that are absent."""
    presentes = set(colonnes)
    return [libelle for canon, libelle in OBLIGATOIRES.items() if canon not in presentes]
