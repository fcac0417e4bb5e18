"""Sizes of firms: two columns of Sirene and no other, whatever the file; faults named, the rest refused in French."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.ingest import catalogue
from dashboard.ingest.entreprises import charger, finaliser
from dashboard.ingest.journal import Declaration, Journal, SourceIllisible

STOCK = """siren,trancheEffectifs,prenom1UniteLegale,nomUniteLegale,denominationUniteLegale,categorieEntreprise
552032534,NN,,,SOCIETE UN,GE
005520325,NN,,,SOCIETE DEUX,PME
775670417,NN,PRENOM-TEMOIN,NOM-TEMOIN,,
130025265,NN,,,"SOCIETE, TROIS",ETI
"""


@pytest.fixture
def base() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:", config={"threads": 1})


def lire(base: duckdb.DuckDBPyConnection, *chemins: Path) -> list[tuple[object, ...]]:
    """Load lists of firms; returns the table built."""
    journal = Journal(base)
    for chemin in chemins:
        charger(base, Declaration(chemin, "entreprises"), journal)
    finaliser(base)
    return base.execute("SELECT siren, categorie FROM entreprise ORDER BY siren").fetchall()


def ecrire(dossier: Path, texte: str, nom: str = "stock.csv", encodage: str = "utf-8") -> Path:
    chemin = dossier / nom
    chemin.write_bytes(texte.encode(encodage))
    return chemin


def comptes(base: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return base.execute("SELECT format, lues, retenues, hors_champ, rejetees FROM source").fetchall()


LUES = [("005520325", "pme"), ("130025265", "eti"), ("552032534", "ge")]


@pytest.mark.parametrize("forme", ["csv", "bom", "point-virgule", "latin-1", "parquet"])
def test_toutes_les_formes(base: duckdb.DuckDBPyConnection, tmp_path: Path, forme: str) -> None:
    texte = STOCK.replace("SOCIETE UN", "SOCIÉTÉ UN")
    if forme == "point-virgule":
        texte = texte.replace('"SOCIETE, TROIS"', "SOCIETE TROIS").replace(",", ";")
    chemin = ecrire(tmp_path, texte, encodage={"bom": "utf-8-sig", "latin-1": "cp1252"}.get(forme, "utf-8"))
    if forme == "parquet":
        base.read_csv(str(chemin), all_varchar=True).write_parquet(str(tmp_path / "stock.parquet"))
        chemin = tmp_path / "stock.parquet"
    assert lire(base, chemin) == LUES
    nom = "Entreprises Parquet" if forme == "parquet" else "Entreprises CSV"
    assert comptes(base) == [(nom, 4, 3, 1, 0)]
    assert base.execute("SELECT count(*) FROM constat").fetchone() == (0,)


def test_aucune_autre_colonne_ne_quitte_le_fichier(base: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Even when a line is malformed and read again: neither table nor finding holds a name."""
    lire(base, ecrire(tmp_path, STOCK + "999,NN,PRENOM-TEMOIN,NOM-TEMOIN\nrien,NN,PRENOM-TEMOIN,NOM-TEMOIN,,PME\n"))
    tables = [nom for (nom,) in base.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    assert set(tables) == {"source", "constat", "entreprise"}
    contenu = "\n".join(str(base.execute(f"FROM {table}").fetchall()) for table in tables)
    assert "TEMOIN" not in contenu
    assert comptes(base) == [("Entreprises CSV", 6, 3, 1, 2)]


def test_fautes_nommees(base: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    fautes = "12AB,,,,,PME\n000000000,,,,,PME\n552032534,,,,,MICRO\n5520325,,,,,pme\n552 032 542,,,,, GE \n"
    assert lire(base, ecrire(tmp_path, STOCK + fautes)) == sorted([*LUES, ("552032542", "ge")])
    constats = base.execute("SELECT nature, ligne, colonne, valeur, regle FROM constat ORDER BY ligne").fetchall()
    assert constats == [
        ("rejet", 6, "siren", "12AB", "siren_invalide"),
        ("rejet", 7, "siren", "000000000", "siren_invalide"),
        ("rejet", 8, "categorieEntreprise", "MICRO", "categorie_inconnue"),
        ("correction", 9, "siren", "5520325", "siren_zeros"),
    ]
    assert comptes(base) == [("Entreprises CSV", 9, 5, 1, 3)]


def test_la_premiere_liste_gagne_et_l_ecart_est_dit(base: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    seconde = ecrire(tmp_path, "Catégorie entreprise;SIREN\nPME;552032534\nPME;111111118\n", "seconde.csv")
    assert lire(base, ecrire(tmp_path, STOCK), seconde) == sorted([*LUES, ("111111118", "pme")])
    ((source, nature, ligne, regle),) = base.execute("SELECT source_id, nature, ligne, regle FROM constat").fetchall()
    assert (source, nature, ligne, regle) == (2, "avertissement", 2, "categorie_discordante")


@pytest.mark.parametrize(
    ("contenu", "raison"),
    [
        (b"", "il est vide"),
        (b"siren,nom\n1,a\n", "colonne categorieEntreprise introuvable"),
        (b"a;b\n1;2\n", "colonne siren et categorieEntreprise introuvable"),
        (b"PK\x03\x04rien", "à décompresser"),
        (b"PAR1abcd", "Parquet impossible"),
        (b"siren\0categorieEntreprise", "contenu binaire"),
    ],
)
def test_fichier_refuse(base: duckdb.DuckDBPyConnection, tmp_path: Path, contenu: bytes, raison: str) -> None:
    chemin = tmp_path / "envoi.csv"
    chemin.write_bytes(contenu)
    with pytest.raises(SourceIllisible, match=rf"« envoi\.csv » : .*{raison}"):
        lire(base, chemin)
    assert comptes(base) == []


def test_fichier_absent_et_liste_vide(base: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(SourceIllisible, match="lecture impossible"):
        lire(base, tmp_path / "absent.csv")
    assert lire(base, ecrire(tmp_path, "siren,categorieEntreprise\n")) == []
    assert base.execute("SELECT regle FROM constat").fetchall() == [("aucune_entreprise",)]


def test_nature_du_catalogue(tmp_path: Path) -> None:
    chemin = tmp_path / "sources.toml"
    chemin.write_text('[[source]]\nchemin = "stock.csv"\nnature = "entreprises"\n', encoding="utf-8")
    (declaration,) = catalogue.lire(chemin)
    assert (declaration.nature, declaration.chemin) == ("entreprises", tmp_path / "stock.csv")
