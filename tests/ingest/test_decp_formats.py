"""The same three contracts in every format give the same rows."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.ingest.decp_format import Format, detecter
from tests.ingest.decp_reference import EXEMPLES, lignes, lire, regles

SANS_TEXTE_LIBRE = """
    SELECT m.uid, acheteur_siret, numero, nature, left(objet, 14), cpv, procedure, type_achat, secteur,
        lieu_code, lieu_type, lieu_commune, lieu_departement, siege_commune, siege_departement,
        duree_mois, date_notification, date_publication, montant, montant_initial, accord_cadre, nb_modifications,
        (SELECT list((type_identifiant, identifiant) ORDER BY rang) FROM decp_titulaire t WHERE t.uid = m.uid),
        (SELECT list((rang, date_notification, date_publication, duree_mois, montant))
         FROM decp_modification a WHERE a.uid = m.uid)
    FROM decp_marche m ORDER BY uid
"""
FORMATS = {
    "json_2019.json": Format.JSON_2019,
    "json_2022.json": Format.JSON_2022,
    "xml_2019.xml": Format.XML_2019,
    "xml_2022.xml": Format.XML_2022,
    "csv_ministere.csv": Format.CSV_MINISTERE,
    "opendatasoft.json": Format.JSON_PLAT,
    "opendatasoft_liste.json": Format.JSON_PLAT,
    "tabulaire.csv": Format.CSV_TABULAIRE,
    "scdl_latin1.csv": Format.CSV_SCDL,
}
SANS_SOCIAL = {"json_2019.json", "xml_2019.xml", "scdl_latin1.csv"}


@cache
def exemple(nom: str) -> duckdb.DuckDBPyConnection:
    """An example read once, under a name that says nothing of its format."""
    with tempfile.TemporaryDirectory() as dossier:
        deguise = Path(dossier) / "sans_extension"
        deguise.write_bytes((EXEMPLES / nom).read_bytes())
        assert detecter(deguise) is FORMATS[nom]
        return lire(deguise)[0]


def _parquet(dossier: Path) -> Path:
    cible = dossier / "tabulaire"
    duckdb.connect().read_csv(str(EXEMPLES / "tabulaire.csv"), all_varchar=True).write_parquet(str(cible))
    return cible


@pytest.fixture(scope="module")
def attendu() -> list[tuple[Any, ...]]:
    return lignes(exemple("json_2022.json"), SANS_TEXTE_LIBRE)


def test_contenu_lu(attendu: list[tuple[Any, ...]]) -> None:
    nettoyage, travaux, pain = attendu
    assert nettoyage[5:9] == ("90919300", "Appel d'offres ouvert", "services", "nettoyage")
    assert nettoyage[9:15] == ("75020", "code_postal", "75056", "75", "75056", "75")
    assert [identifiant for _, identifiant in nettoyage[-2]] == ["12345678200010", "98765432400027"]
    assert travaux[7:9] == ("travaux", "gros_oeuvre")
    assert travaux[15:20] == (20.0, dt.date(2024, 5, 20), dt.date(2024, 6, 1), 905000.75, 860000.0)
    assert travaux[-1] == [(1, dt.date(2024, 11, 10), dt.date(2024, 11, 20), 20.0, 905000.75)]
    assert pain[7:14] == ("fournitures", "fournitures", "77", "departement", None, "77", "77288")


@pytest.mark.parametrize("nom", FORMATS)
def test_meme_contenu(nom: str, attendu: list[tuple[Any, ...]]) -> None:
    con = exemple(nom)
    assert lignes(con, SANS_TEXTE_LIBRE) == attendu
    assert lignes(con, "SELECT format, lues, retenues, hors_champ, rejetees FROM source") == [
        (FORMATS[nom].value, 3, 3, 0, 0)
    ]


def test_parquet_comme_csv(attendu: list[tuple[Any, ...]], tmp_path: Path) -> None:
    con, _ = lire(_parquet(tmp_path))
    assert lignes(con, SANS_TEXTE_LIBRE) == attendu
    assert lignes(con, "SELECT format, ligne FROM source, decp_marche ORDER BY ligne") == [
        (Format.PARQUET.value, 1),
        (Format.PARQUET.value, 3),
        (Format.PARQUET.value, 5),
    ]


@pytest.mark.parametrize("nom", FORMATS)
def test_considerations(nom: str) -> None:
    con = exemple(nom)
    lues = lignes(con, "SELECT sociales, type_clause, environnementales FROM decp_marche ORDER BY uid")
    if nom in SANS_SOCIAL:
        assert lues == [(None, None, None)] * 3
        return
    environnement = ["Pas de considération environnementale"]
    assert lues == [
        (["Clause sociale", "Critère social"], "execution", environnement),
        (["Marché réservé"], "reserve_iae", environnement),
        (["Pas de considération sociale"], None, environnement),
    ]


def test_lignes_des_marches() -> None:
    assert lignes(exemple("xml_2022.xml"), "SELECT ligne FROM decp_marche ORDER BY ligne")[0] == (3,)
    assert lignes(exemple("tabulaire.csv"), "SELECT ligne FROM decp_marche ORDER BY ligne") == [(2,), (4,), (6,)]
    assert lignes(exemple("json_2019.json"), "SELECT ligne FROM decp_marche ORDER BY ligne") == [(1,), (2,), (3,)]


def test_plusieurs_plateformes(attendu: list[tuple[Any, ...]]) -> None:
    """All the files together: each contract once, with its social field, and every other copy reported."""
    con, _ = lire(*(EXEMPLES / nom for nom in FORMATS))
    assert lignes(con, SANS_TEXTE_LIBRE) == attendu
    assert regles(con)["doublon"] == 3 * (len(FORMATS) - 1)
    assert lignes(con, "SELECT count(*) FROM decp_marche WHERE sociales IS NULL") == [(0,)]
    assert lignes(con, "SELECT sum(retenues) FROM source") == [(3 * len(FORMATS),)]
