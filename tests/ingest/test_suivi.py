"""The follow-up loader: same data in three shapes, cleaning, references, pseudonyms."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.ingest.journal import Journal
from tests.ingest.suivi_exemple import donnees, ecrire_classeur, ecrire_csv, ecrire_export
from tests.ingest.suivi_outils import LUES, Charge, constats, contenu, hacher, modifier

pytestmark = pytest.mark.complet


def test_le_gabarit_est_lu_sans_constat(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    charge(dossier)
    assert constats(con) == []
    assert con.execute("SELECT lues, retenues, rejetees, hors_champ FROM source").fetchone() == (LUES, LUES, 0, 0)
    lu = con.execute(
        "SELECT personne_id, publics, qpv, annee_naissance, cle_enregistrement, numero_ligne FROM suivi_personnes "
        "ORDER BY numero_ligne"
    ).fetchall()
    empreinte = hacher("D-P-000001")
    assert lu[0] == (empreinte, ["qpv", "rsa"], True, 1990, int(empreinte[:2], 16), 2)
    heures = con.execute("SELECT mois::VARCHAR, heures, statut FROM suivi_heures ORDER BY mois").fetchall()
    assert heures[0] == ("2019-06-01", 120.25, "validee")
    assert con.execute("SELECT programme FROM suivi_operations ORDER BY operation_id").fetchall() == [
        ("gpe_16",),
        ("hors_programme",),
    ]


@pytest.mark.parametrize("forme", ["classeur", "export"])
def test_trois_formes_memes_tables(
    charge: Charge, con: duckdb.DuckDBPyConnection, journal: Journal, correspondances: Path, tmp_path: Path, forme: str
) -> None:
    charge(ecrire_csv(tmp_path / "suivi", donnees()))
    attendu = contenu(con)
    for nom in attendu:
        con.execute(f"DROP TABLE suivi_{nom}")
    if forme == "classeur":
        charge(ecrire_classeur(tmp_path / "suivi.xlsx", donnees()))
    else:
        charge(ecrire_export(tmp_path / "export"), correspondance="export_facilitateur")
    assert contenu(con) == attendu
    assert constats(con) == []


def test_valeurs_fautives(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    modifier(dossier, "heures.csv", "151,declaree", "300,declaree")
    modifier(dossier, "heures.csv", "D-C2,2020-02,0", "D-C2,2020-02,-1")
    modifier(dossier, "contrats.csv", "2019-06-03,2019-12-31", "31/12/2019,2019-06-03")
    modifier(dossier, "personnes.csv", "cap_bep", "inconnu")
    modifier(dossier, "marches.csv", "1234500.5", '"1 234 500,50 €"')
    modifier(dossier, "operations.csv", "94028", "93059")
    charge(dossier)
    assert constats(con) == [
        ("correction", "commune_ancienne", "operations.csv", 3, "commune_insee", "93059"),
        ("correction", "dates_inversees", "contrats.csv", 2, "date_debut", "31/12/2019 → 03/06/2019"),
        ("correction", "format_corrige", "contrats.csv", 2, "date_debut", "31/12/2019"),
        ("correction", "format_corrige", "marches.csv", 2, "montant_ht", "1 234 500,50 €"),
        ("correction", "hors_nomenclature", "personnes.csv", 2, "niveau_formation", None),
        ("rejet", "hors_bornes", "heures.csv", 3, "heures", "300"),
        ("rejet", "hors_bornes", "heures.csv", 4, "heures", "-1"),
    ]
    assert con.execute("SELECT montant_ht FROM suivi_marches").fetchone() == (1234500.5,)
    assert con.execute("SELECT niveau_formation FROM suivi_personnes WHERE sexe = 'F'").fetchone() == ("nd",)
    assert con.execute("SELECT lues, retenues, rejetees FROM source").fetchone() == (LUES, LUES - 2, 2)


def test_lots_obligatoire_inconnu_ou_deduit(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    ligne = (dossier / "marches.csv").read_text(encoding="utf-8").splitlines()[1]
    lignes = [
        ligne.replace("D-M1", "D-M2").replace("travaux,gros_oeuvre", ",?"),
        ligne.replace("D-M1", "D-M3").replace("execution", "mystere"),
        ligne.replace("D-M1", "D-M4").replace("2019-05-01", ""),
    ]
    with (dossier / "marches.csv").open("a", encoding="utf-8") as flux:
        flux.write("\n".join(lignes) + "\n")
    charge(dossier)
    assert con.execute("SELECT secteur, type_achat FROM suivi_marches WHERE marche_id = 'D-M2'").fetchone() == (
        "gros_oeuvre",
        "travaux",
    )
    assert constats(con) == [
        ("avertissement", "obligatoire_absent", "marches.csv", 5, "date_notification", None),
        ("correction", "deduit", "marches.csv", 3, "secteur", "?"),
        ("correction", "deduit", "marches.csv", 3, "type_achat", None),
        ("rejet", "hors_nomenclature", "marches.csv", 4, "type_clause", "mystere"),
    ]


def test_references_et_doublons(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path, tmp_path: Path) -> None:
    modifier(dossier, "marches.csv", "D-OP1", "D-OP9")
    modifier(dossier, "contrats.csv", "D-C2,D-M1", "D-C2,D-M9")
    modifier(dossier, "sorties.csv", "D-P-000001", "D-P-000009")
    with (dossier / "heures.csv").open("a", encoding="utf-8") as flux:
        flux.write("D-C1,2019-06,1,validee\n")
    seconde = {"operations": donnees()["operations"][:1]}
    charge(dossier, ecrire_csv(tmp_path / "seconde", seconde))
    assert constats(con, "rejet") == [
        ("rejet", "doublon", "heures.csv", 5, "contrat_id", "D-C1"),
        ("rejet", "doublon", "operations.csv", 2, "operation_id", "D-OP1"),
        ("rejet", "reference_absente", "contrats.csv", 3, "marche_id", "D-M9"),
        ("rejet", "reference_absente", "heures.csv", 4, "contrat_id", "D-C2"),
        ("rejet", "reference_absente", "sorties.csv", 2, "personne_id", None),
    ]
    assert ("correction", "reference_absente", "marches.csv", 2, "operation_id", "D-OP9") in constats(con)
    message = con.execute("SELECT message FROM constat WHERE source_id = 2 AND regle = 'doublon'").fetchone()
    assert message is not None
    assert "déjà reçue de la source « suivi », ligne 2" in message[0]
    assert con.execute("SELECT lues, retenues, rejetees FROM source ORDER BY source_id").fetchall() == [
        (LUES + 1, LUES - 3, 4),
        (1, 0, 1),
    ]


def test_prescripteur_sensible_sans_ligne_ni_valeur(
    charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path
) -> None:
    modifier(dossier, "personnes.csv", "mission_locale", "SPIP")
    charge(dossier)
    assert con.execute("SELECT prescripteur FROM suivi_personnes WHERE sexe = 'F'").fetchone() == ("autre",)
    assert constats(con) == [("correction", "valeur_sensible", "personnes.csv", None, "prescripteur", None)]


def test_publics_et_residence(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    modifier(dossier, "personnes.csv", "qpv|rsa,93066", "rsa|zzz,93999")
    modifier(dossier, "personnes.csv", "deld,75056", ",75118")
    charge(dossier)
    assert con.execute("SELECT publics, commune_residence FROM suivi_personnes ORDER BY sexe").fetchall() == [
        (["autre", "rsa"], None),
        ([], "75056"),
    ]
    assert constats(con) == [
        ("correction", "commune_ancienne", "personnes.csv", None, "commune_residence", "75118"),
        ("correction", "commune_inconnue", "personnes.csv", 2, "commune_residence", None),
        ("correction", "hors_nomenclature", "personnes.csv", 2, "publics", None),
        ("correction", "obligatoire_absent", "personnes.csv", 3, "publics", None),
    ]


@pytest.mark.parametrize(
    ("ecrite", "lue"),
    [("60175", "60175"), ("2A004", "2A004"), ("2b033", "2B033"), ("97411", "97411"), ("98818", "98818")]
    + [(code, None) for code in ("93999", "75999", "20004", "99109", "00123", "97901", "Lille")],
)
def test_residence_hors_region_gardee(
    charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path, ecrite: str, lue: str | None
) -> None:
    """Living elsewhere in France is no fault; only a malformed code, or one unknown in the region, is emptied."""
    modifier(dossier, "personnes.csv", "qpv|rsa,93066", f"qpv|rsa,{ecrite}")
    charge(dossier)
    assert con.execute("SELECT commune_residence FROM suivi_personnes WHERE sexe = 'F'").fetchone() == (lue,)
    regles = {regle for _, regle, *_ in constats(con)} - {"format_corrige"}
    assert regles == (set() if lue else {"commune_inconnue"})


def test_lot_hors_region_rejete(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    modifier(dossier, "marches.csv", ",93066,", ",60175,")
    charge(dossier)
    assert ("rejet", "commune_inconnue") in {(nature, regle) for nature, regle, *_ in constats(con)}


def test_heures_hors_contrat_gardees(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    """Before the first month or after the last: said, not rejected; the first and last months are inside."""
    exemple = donnees()
    exemple["contrats"][0] |= {"date_debut": "2019-06-20", "date_fin": "2019-07-02"}
    exemple["contrats"][1] |= {"date_debut": "2020-02-01", "date_fin": ""}
    exemple["heures"] += [
        {"contrat_id": "D-C1", "mois": mois, "heures": "10", "statut": "validee"} for mois in ("2019-05", "2019-08")
    ]
    exemple["heures"].append({"contrat_id": "D-C2", "mois": "2031-01", "heures": "10", "statut": "validee"})
    charge(ecrire_csv(dossier.parent / "hors", exemple))
    assert constats(con, "avertissement") == [
        ("avertissement", "heures_hors_contrat", "heures.csv", 5, "mois", "2019-05"),
        ("avertissement", "heures_hors_contrat", "heures.csv", 6, "mois", "2019-08"),
    ]
    assert con.execute("SELECT count(*) FROM suivi_heures").fetchone() == (6,)
