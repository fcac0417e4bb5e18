"""Files of the follow-up that are not what they should be: the message names the place, the rest goes on."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.ingest.journal import Journal, SourceIllisible
from dashboard.ingest.suivi import finaliser
from tests.ingest.suivi_exemple import donnees, ecrire_classeur
from tests.ingest.suivi_outils import LUES, Charge, constats, contenu, modifier


def test_fichier_en_latin1_transcode(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    chemin = dossier / "operations.csv"
    chemin.write_bytes(chemin.read_text(encoding="utf-8").encode("cp1252"))
    charge(dossier)
    assert con.execute("SELECT nom FROM suivi_operations ORDER BY operation_id").fetchall() == [
        ("Gare de l'Étoile",),
        ("École",),
    ]
    assert constats(con) == [("correction", "encodage", "operations.csv", None, None, None)]


def test_lignes_irregulieres_gardent_leur_numero(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    (dossier / "operations.csv").write_text(
        "operation_id;nom;maitre_ouvrage_siret\n"
        '\nA;"Deux\nlignes";21750001600019\nB;trop;21750001600019;de;champs\n'
        'C;"jamais fermé;21750001600019\nD;Saine;123\n',
        encoding="utf-8",
    )
    charge(dossier)
    assert con.execute(
        "SELECT operation_id, nom, numero_ligne FROM suivi_operations WHERE source_id = 1"
    ).fetchall() == [("A", "Deux\nlignes", 3)]
    assert [c[1:5] for c in constats(con) if c[2] == "operations.csv"] == [
        ("separateur", "operations.csv", None, None),
        ("ligne_malformee", "operations.csv", 5, None),
        ("ligne_malformee", "operations.csv", 6, None),
        ("valeur_invalide", "operations.csv", 7, "maitre_ouvrage_siret"),
    ]


def test_fichiers_vides_absents_et_colonnes_manquantes(
    charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path
) -> None:
    (dossier / "sorties.csv").write_bytes(b"")
    (dossier / "formations.csv").unlink()
    (dossier / "autre.csv").write_text("a,b\n", encoding="utf-8")
    modifier(dossier, "heures.csv", "contrat_id,mois", "contrat_id,Periode")
    modifier(dossier, "operations.csv", "programme", "Programme ")
    modifier(dossier, "operations.csv", "ligne,", "tronçon,")
    charge(dossier)
    assert constats(con) == [
        ("avertissement", "colonne_inconnue", "heures.csv", None, "Periode", None),
        ("avertissement", "colonne_inconnue", "operations.csv", None, "tronçon", None),
        ("avertissement", "fichier_absent", "formations", None, None, None),
        ("avertissement", "fichier_ignore", "autre.csv", None, None, None),
        ("rejet", "colonne_absente", "heures.csv", None, "mois", None),
        ("rejet", "fichier_illisible", "sorties.csv", None, None, None),
    ]
    assert con.execute("SELECT lues, retenues, rejetees FROM source").fetchone() == (LUES - 2, LUES - 5, 3)


def test_classeur_feuille_absente_vide_ou_en_trop(
    charge: Charge, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    tables = donnees()
    del tables["formations"]
    tables["Notes"] = [{"Remarque": "rien"}]
    charge(ecrire_classeur(tmp_path / "suivi.xlsx", tables))
    assert constats(con) == [
        ("avertissement", "feuille_absente", "formations", None, None, None),
        ("avertissement", "feuille_ignoree", "Notes", None, None, None),
    ]


@pytest.mark.parametrize("part", [0.0, 0.1, 0.6, 0.95])
def test_classeur_tronque(
    charge: Charge, con: duckdb.DuckDBPyConnection, journal: Journal, tmp_path: Path, part: float
) -> None:
    chemin = ecrire_classeur(tmp_path / "suivi.xlsx", donnees())
    octets = chemin.read_bytes()
    chemin.write_bytes(octets[: int(len(octets) * part)])
    with pytest.raises(SourceIllisible, match=r"suivi\.xlsx : "):
        charge(chemin)
    finaliser(con, journal)
    assert con.execute("SELECT lues, retenues FROM source").fetchone() == (0, 0)
    assert [c[:2] for c in constats(con)] == [("rejet", "source_illisible")]


def test_rien_d_utilisable(charge: Charge, tmp_path: Path) -> None:
    with pytest.raises(SourceIllisible, match="n’existe pas"):
        charge(tmp_path / "absent.csv")
    image = tmp_path / "operations.csv"
    image.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(SourceIllisible, match=r"operations\.csv"):
        charge(image)
    with pytest.raises(SourceIllisible, match="aucun tableau utilisable"):
        charge(tmp_path / ".." / tmp_path.name)


def test_sans_source_les_tables_existent(con: duckdb.DuckDBPyConnection, journal: Journal) -> None:
    finaliser(con, journal)
    assert all(lignes == [] for lignes in contenu(con).values())
