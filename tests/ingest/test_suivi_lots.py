"""Lots: what moves the hours due is optional, and a doubtful lot is kept, named, with its hours."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.ingest.suivi_verification import verifier
from tests.ingest.suivi_exemple import Donnees, donnees, ecrire_classeur, ecrire_csv, ecrire_export
from tests.ingest.suivi_outils import Charge, constats, modifier

pytestmark = pytest.mark.complet

AVANCEMENT = {"heures_travaillees": "16007", "montant_facture": "800000.5", "euros_par_heure": "2000"}
LUS = "SELECT heures_travaillees, montant_facture, euros_par_heure FROM suivi_marches"


def avec(**champs: str) -> Donnees:
    """The example, whose lot has other values."""
    exemple = donnees()
    exemple["marches"][0] |= champs
    return exemple


@pytest.mark.parametrize("forme", ["csv", "classeur", "export"])
def test_colonnes_d_avancement_lues(charge: Charge, con: duckdb.DuckDBPyConnection, tmp_path: Path, forme: str) -> None:
    if forme == "csv":
        charge(ecrire_csv(tmp_path / "suivi", avec(**AVANCEMENT)))
    elif forme == "classeur":
        charge(ecrire_classeur(tmp_path / "suivi.xlsx", avec(**AVANCEMENT)))
    else:
        lots = ecrire_export(tmp_path / "export") / "LOTS.csv"
        titres, ligne = lots.read_bytes().decode("cp1252").splitlines()
        titres += ";H travaillées (total);Facturé (k€ HT);€ HT par heure due"
        lots.write_bytes(f"{titres}\r\n{ligne};16 007;800,0005;2 000,00\r\n".encode("cp1252"))
        charge(tmp_path / "export", correspondance="export_facilitateur")
    assert con.execute(LUS).fetchall() == [(16007.0, 800000.5, 2000.0)]
    assert constats(con) == []


@pytest.mark.parametrize("forme", ["gabarit", "export_facilitateur"])
def test_anciens_fichiers_lus_sans_un_mot(
    charge: Charge, con: duckdb.DuckDBPyConnection, tmp_path: Path, forme: str
) -> None:
    ancien = ecrire_csv(tmp_path / "a", donnees()) if forme == "gabarit" else ecrire_export(tmp_path / "b")
    charge(ancien, correspondance=forme)
    assert con.execute(LUS).fetchall() == [(None, None, None)]
    assert constats(con) == []


@pytest.mark.parametrize(
    ("colonne", "ecrite", "regle"),
    [
        ("heures_travaillees", "-4", "hors_bornes"),
        ("heures_travaillees", "beaucoup", "valeur_invalide"),
        ("montant_facture", "-0.01", "hors_bornes"),
        ("montant_facture", "n.c.", "valeur_invalide"),
        ("euros_par_heure", "0", "hors_bornes"),
        ("euros_par_heure", "-2000", "hors_bornes"),
        ("euros_par_heure", "1 h/2000", "valeur_invalide"),
    ],
)
def test_avancement_fautif_laisse_vide_et_nomme(
    charge: Charge, con: duckdb.DuckDBPyConnection, tmp_path: Path, colonne: str, ecrite: str, regle: str
) -> None:
    charge(ecrire_csv(tmp_path / "suivi", avec(**{**AVANCEMENT, colonne: ecrite})))
    assert constats(con) == [("correction", regle, "marches.csv", 2, colonne, ecrite)]
    lues = dict(zip(AVANCEMENT, con.execute(LUS).fetchone() or (), strict=True))
    assert [nom for nom, valeur in lues.items() if valeur is None] == [colonne]
    message = (con.execute("SELECT message FROM constat").fetchone() or ("",))[0]
    assert "on attend un nombre de" in message
    assert message.endswith("laissé vide.")


def test_prix_de_l_heure_nul_dit_avant_envoi(tmp_path: Path) -> None:
    """The producer is told by `verifier` the file, the line and the column."""
    resultat = verifier(ecrire_csv(tmp_path / "suivi", avec(**{**AVANCEMENT, "euros_par_heure": "0"})))
    assert resultat.utilisable
    (constat,) = resultat.constats
    assert (constat.feuille, constat.ligne, constat.colonne) == ("marches.csv", 2, "euros_par_heure")
    assert "de 1 à 10\u202f000\u202f000" in constat.message


@pytest.mark.parametrize(
    ("colonne", "ecrite", "nature", "regle"),
    [
        ("date_notification", "", "avertissement", "obligatoire_absent"),
        ("date_notification", "0218-05-12", "correction", "valeur_invalide"),
        ("heures_engagees", "", "avertissement", "obligatoire_absent"),
        ("heures_engagees", "-500", "correction", "hors_bornes"),
    ],
)
def test_lot_sans_date_ou_sans_engagement_garde_ses_heures(
    charge: Charge, con: duckdb.DuckDBPyConnection, tmp_path: Path, colonne: str, ecrite: str, nature: str, regle: str
) -> None:
    charge(ecrire_csv(tmp_path / "suivi", avec(**{colonne: ecrite})))
    assert constats(con) == [(nature, regle, "marches.csv", 2, colonne, ecrite or None)]
    assert con.execute(f"SELECT {colonne} FROM suivi_marches").fetchall() == [(None,)]
    assert con.execute("SELECT sum(heures) FROM suivi_heures").fetchone() == (271.25,)
    assert con.execute("SELECT rejetees FROM source").fetchone() == (0,)


@pytest.mark.parametrize("colonne", ["date_notification", "heures_engagees"])
def test_colonne_entiere_absente_signalee_une_fois(
    charge: Charge, con: duckdb.DuckDBPyConnection, tmp_path: Path, colonne: str
) -> None:
    exemple = donnees()
    del exemple["marches"][0][colonne]
    charge(ecrire_csv(tmp_path / "suivi", exemple))
    assert constats(con) == [("avertissement", "colonne_absente", "marches.csv", None, colonne, None)]
    assert con.execute("SELECT count(*) FROM suivi_marches").fetchone() == (1,)


def test_engagement_nul_garde_et_nomme(charge: Charge, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    charge(ecrire_csv(tmp_path / "suivi", avec(heures_engagees="0")))
    assert constats(con) == [("avertissement", "engagement_nul", "marches.csv", 2, "heures_engagees", "0")]
    assert con.execute("SELECT heures_engagees FROM suivi_marches").fetchone() == (0.0,)


def test_realise_avant_la_notification(charge: Charge, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """The first month declared is June 2019: the month of notification itself is not before."""
    charge(ecrire_csv(tmp_path / "juste", avec(date_notification="2019-06-30")))
    assert constats(con) == []
    for table in ("marches", "contrats", "heures", "personnes", "operations", "sorties", "formations"):
        con.execute(f"DELETE FROM suivi_{table}")
    charge(ecrire_csv(tmp_path / "avant", avec(date_notification="2019-07-01")))
    assert constats(con) == [
        ("avertissement", "realise_avant_debut", "marches.csv", 2, "date_notification", "2019-07-01")
    ]
    message = (con.execute("SELECT message FROM constat").fetchone() or ("",))[0]
    assert message.startswith("Des heures sont déclarées dès 06/2019, avant la notification du lot (01/07/2019)")
    assert con.execute("SELECT count(*) FROM suivi_heures").fetchone() == (3,)


def test_notifie_apres_la_fin_de_l_operation(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    modifier(dossier, "operations.csv", "2019-01-15,2024-12-31", "2019-01-15,2019-04-30")
    charge(dossier)
    assert constats(con) == [("avertissement", "dates_inversees", "marches.csv", 2, "date_notification", "2019-05-01")]


def test_dates_d_operation_inversees_remises_dans_l_ordre(
    charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path
) -> None:
    modifier(dossier, "operations.csv", "2019-01-15,2024-12-31", "2024-12-31,2019-01-15")
    charge(dossier)
    attendu = ("correction", "dates_inversees", "operations.csv", 2, "date_debut", "31/12/2024 → 15/01/2019")
    assert constats(con) == [attendu]
    dates = con.execute("SELECT date_debut::VARCHAR, date_fin::VARCHAR FROM suivi_operations WHERE ligne = '16'")
    assert dates.fetchone() == ("2019-01-15", "2024-12-31")
