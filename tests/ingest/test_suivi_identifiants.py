"""Direct identifiers refuse the file, and nothing of a person is left in clear."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.ingest.journal import Declaration, Journal, SourceIllisible
from dashboard.ingest.suivi import charger, finaliser
from tests.ingest.conftest import references
from tests.ingest.suivi_exemple import donnees, ecrire_classeur
from tests.ingest.suivi_outils import CLE, Charge, contenu, hacher, modifier

REFUS = [
    ("personnes.csv", "mois_sans_emploi", "Nom", None),
    ("personnes.csv", "mois_sans_emploi", "Prénom", None),
    ("contrats.csv", "rome", "Date de naissance", None),
    ("heures.csv", "statut", "N° Sécurité sociale", None),
    ("personnes.csv", "D-P-000001", "jeanne.exemple@exemple.fr", 2),
    ("personnes.csv", "D-P-000002", "184127512345678", 3),
    ("personnes.csv", "1990", "12/05/1990", 2),
    ("formations.csv", "CACES", "CACES (06 12 34 56 78)", 2),
    ("operations.csv", "École", "École, joindre le +33612345678", 3),
]


@pytest.mark.parametrize(("fichier", "avant", "apres", "ligne"), REFUS)
def test_identifiant_direct_refuse_le_fichier(
    charge: Charge,
    con: duckdb.DuckDBPyConnection,
    dossier: Path,
    fichier: str,
    avant: str,
    apres: str,
    ligne: int | None,
) -> None:
    modifier(dossier, fichier, avant, apres)
    for autre in dossier.iterdir():
        if autre.name not in {fichier, "sorties.csv"}:
            autre.unlink()
    charge(dossier)
    refus = con.execute("SELECT feuille, ligne, valeur, message FROM constat WHERE regle = 'identifiant_direct'")
    trouves = refus.fetchall()
    assert [t[:3] for t in trouves] == [(fichier, ligne, None)]
    assert fichier in trouves[0][3]
    assert con.execute(f"SELECT count(*) FROM suivi_{fichier[:-4]}").fetchone() == (0,)
    if ligne is not None:
        assert all(apres not in str(valeur) for constat in con.execute("FROM constat").fetchall() for valeur in constat)


def test_identifiant_dans_une_feuille_refuse_le_classeur(
    charge: Charge, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    tables = donnees()
    tables["Contacts"] = [{"Nom": "Exemple", "Portable": ""}]
    with pytest.raises(SourceIllisible, match=r"feuille « Contacts » : la colonne « Nom »"):
        charge(ecrire_classeur(tmp_path / "suivi.xlsx", tables))
    assert all(lignes == [] for lignes in contenu(con).values())


def test_aucun_identifiant_brut_dans_la_base(correspondances: Path, tmp_path: Path, dossier: Path) -> None:
    modifier(dossier, "contrats.csv", "D-P-000002", "D-P-SECRET9")
    modifier(dossier, "personnes.csv", "1990", "19900")
    base = tmp_path / "travail.duckdb"
    with duckdb.connect(str(base)) as connexion:
        references(connexion)
        journal = Journal(connexion)
        charger(connexion, Declaration(dossier, "suivi"), journal, CLE, correspondances)
        finaliser(connexion, journal)
        connexion.execute("CHECKPOINT")
    octets = base.read_bytes()
    assert hacher("D-P-000001").encode() in octets
    for secret in (b"D-P-000001", b"D-P-000002", b"D-P-SECRET9", b"19900"):
        assert secret not in octets


def test_fichier_sans_titres_ne_fuit_pas(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    chemin = dossier / "personnes.csv"
    chemin.write_text("D-P-1,Exemple,jeanne@exemple.fr\nD-P-2,Exemple,x\n", encoding="utf-8")
    sorties = dossier / "sorties.csv"
    sorties.write_text("D-P-1,Exemple,0612345678\nD-P-2,Exemple,x\n", encoding="utf-8")
    charge(dossier)
    ecrits = str(con.execute("SELECT * FROM constat").fetchall())
    assert "la colonne « n° 3 »" in ecrits
    assert not any(valeur in ecrits for valeur in ("jeanne", "0612345678", "D-P-1", "Exemple"))
