"""One small follow-up, written in the three shapes that the loader reads: CSV, workbook, facilitator's export."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import xlsxwriter

Donnees = dict[str, list[dict[str, str]]]

SIRET, EMPLOYEUR = "21750001600019", "13002526500013"


def donnees() -> Donnees:
    """The rows of the seven tables, in the template's own writing."""
    return {
        "operations": [
            {"operation_id": "D-OP1", "nom": "Gare de l'Étoile", "maitre_ouvrage_siret": SIRET, "programme": "gpe_16",
             "ligne": "16", "commune_insee": "93066", "date_debut": "2019-01-15", "date_fin": "2024-12-31",
             "coordination_dep": "93"},
            {"operation_id": "D-OP2", "nom": "École", "maitre_ouvrage_siret": SIRET, "programme": "", "ligne": "",
             "commune_insee": "94028", "date_debut": "", "date_fin": "", "coordination_dep": ""},
        ],
        "marches": [
            {"marche_id": "D-M1", "operation_id": "D-OP1", "acheteur_siret": SIRET, "numero_decp": "2019-001",
             "lot": "1", "objet": "Gros œuvre de la gare", "cpv": "45210000", "type_achat": "travaux",
             "secteur": "gros_oeuvre", "type_clause": "execution", "montant_ht": "1234500.5",
             "date_notification": "2019-05-01", "duree_mois": "24", "commune_insee": "93066",
             "titulaire_siret": EMPLOYEUR, "heures_prevues": "1000", "heures_engagees": "1200.5",
             "taux_insertion": "7.5", "mode_obligation": "pourcentage", "statut": "en_cours"},
        ],
        "personnes": [
            {"personne_id": "D-P-000001", "sexe": "F", "annee_naissance": "1990", "niveau_formation": "cap_bep",
             "publics": "qpv|rsa", "commune_residence": "93066", "qpv": "oui", "prescripteur": "mission_locale",
             "mois_sans_emploi": "14"},
            {"personne_id": "D-P-000002", "sexe": "H", "annee_naissance": "1968", "niveau_formation": "sans_diplome",
             "publics": "deld", "commune_residence": "75056", "qpv": "non", "prescripteur": "france_travail",
             "mois_sans_emploi": ""},
        ],
        "contrats": [
            {"contrat_id": "D-C1", "marche_id": "D-M1", "personne_id": "D-P-000001", "employeur_siret": EMPLOYEUR,
             "modalite_embauche": "etti", "type_contrat": "interim_insertion", "date_debut": "2019-06-03",
             "date_fin": "2019-12-31", "rome": "F1704"},
            {"contrat_id": "D-C2", "marche_id": "D-M1", "personne_id": "D-P-000002", "employeur_siret": "",
             "modalite_embauche": "directe", "type_contrat": "cdi", "date_debut": "2020-02-01", "date_fin": "",
             "rome": ""},
        ],
        "heures": [
            {"contrat_id": "D-C1", "mois": "2019-06", "heures": "120.25", "statut": "validee"},
            {"contrat_id": "D-C1", "mois": "2019-07", "heures": "151", "statut": "declaree"},
            {"contrat_id": "D-C2", "mois": "2020-02", "heures": "0", "statut": "validee"},
        ],
        "sorties": [{"personne_id": "D-P-000001", "horizon_mois": "6", "situation": "emploi_durable"}],
        "formations": [
            {"personne_id": "D-P-000002", "date": "2020-03-02", "heures": "35.5", "intitule": "CACES"},
        ],
    }  # fmt: skip


def ecrire_csv(dossier: Path, tables: Donnees) -> Path:
    """Write the template as a folder of UTF-8 CSV."""
    dossier.mkdir(parents=True, exist_ok=True)
    for nom, lignes in tables.items():
        with (dossier / f"{nom}.csv").open("w", encoding="utf-8", newline="") as flux:
            plume = csv.DictWriter(flux, list(lignes[0]))
            plume.writeheader()
            plume.writerows(lignes)
    return dossier


def ecrire_classeur(chemin: Path, tables: Donnees) -> Path:
    """Write the template as a workbook, numbers and dates being true cells."""
    with xlsxwriter.Workbook(chemin, {"default_date_format": "dd/mm/yyyy"}) as classeur:
        for nom, lignes in tables.items():
            feuille = classeur.add_worksheet(nom)
            feuille.write_row(0, 0, list(lignes[0]))
            for i, ligne in enumerate(lignes, start=1):
                for j, (colonne, valeur) in enumerate(ligne.items()):
                    if colonne.startswith("date") and valeur:
                        feuille.write_datetime(i, j, dt.datetime.fromisoformat(valeur))
                    elif colonne in {"heures", "montant_ht", "annee_naissance", "taux_insertion", "commune_insee"}:
                        feuille.write_number(i, j, float(valeur))
                    elif valeur:
                        feuille.write_string(i, j, valeur)
    return chemin


_EXPORT = {
    "OPERATIONS": [
        "N° opération;Intitulé de l'opération;SIRET maître d'ouvrage;Grand projet;Ligne ou secteur;INSEE commune;"
        "Début prévu;Fin prévue;Département suivi;Etat du dossier",
        f"D-OP1;Gare de l'Étoile;{SIRET};GPE L16;16;93066;15/01/2019;31/12/2024;93;ouvert",
        f"D-OP2;École;{SIRET};Aucun;;94028;;;;clos",
    ],
    "LOTS": [
        "N° lot;N° opération;SIRET acheteur;N° marché public;Lot;Objet du lot;CPV;Nature d'achat;Secteur;Article;"
        "Montant (k€ HT);Notifié le;Durée (mois);INSEE chantier;SIRET titulaire;H prévues;H engagées;% insertion;"
        "Calcul;Avancement;Clause saisie le",
        f"D-M1;D-OP1;{SIRET};2019-001;1;Gros œuvre de la gare;45210000;Travaux;Gros oeuvre;Exécution (L2112-2);"
        f"1 234,5005;01/05/2019;24;93066;{EMPLOYEUR};1 000;1 200,50;7,5;% des heures;En cours;02/05/2019",
    ],
    "PARTICIPANTS": [
        "Code participant;Genre;Année naiss.;Diplôme;Critères;INSEE résidence;En QPV;Orienté par;Mois d'inscription;"
        "Dossier créé le",
        "D-P-000001;Femme;1990;CAP-BEP;RSA / QPV;93066;Oui;Mission locale;14;01/06/2019",
        "D-P-000002;Homme;1968;Aucun;DELD;75056;Non;France Travail;;01/01/2020",
    ],
    "CONTRATS": [
        "N° contrat;N° lot;Code participant;SIRET employeur;Mise à disposition;Contrat;Du;Au;Code ROME",
        f"D-C1;D-M1;D-P-000001;{EMPLOYEUR};ETTI;CTT insertion;03/06/2019;31/12/2019;F1704",
        "D-C2;D-M1;D-P-000002;;Direct;CDI;01/02/2020;;",
    ],
    "HEURES": [
        "N° contrat;Période;Nb heures;Validation",
        "D-C1;06/2019;120,25;Validé",
        "D-C1;07/2019;151;A valider",
        "D-C2;02/2020;0;Validé",
    ],
    "SORTIES": ["Code participant;Point d'étape;Situation", "D-P-000001;6 mois;Emploi durable"],
    "FORMATIONS": ["Code participant;Le;Volume (h);Action", "D-P-000002;02/03/2020;35,5;CACES"],
}


def ecrire_export(dossier: Path) -> Path:
    """Write the same follow-up as the facilitator's export (Windows-1252, semicolons, labels)."""
    dossier.mkdir(parents=True, exist_ok=True)
    for nom, lignes in _EXPORT.items():
        (dossier / f"{nom}.csv").write_bytes(("\r\n".join(lignes) + "\r\n").encode("cp1252"))
    return dossier
