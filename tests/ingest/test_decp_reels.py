"""Real files and official examples: exact counts, with the project's own reference tables."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb
import pytest

from dashboard.ingest.decp_format import detecter
from dashboard.ingest.journal import SourceIllisible
from tests.ingest.decp_reference import PARTAGE, RACINE, lignes, lire, regles

pytestmark = [
    pytest.mark.complet,
    pytest.mark.skipif(
        not (PARTAGE / "data" / "decp").is_dir() or not (RACINE / "geo" / "territoires.csv").is_file(),
        reason="fichiers réels absents : définissez OBSERVATOIRE_PARTAGE (dossier partagé)",
    ),
]
DONNEES = PARTAGE / "data"

# file: format, read, kept, out of scope, rejected, contracts after removal of duplicates
REELS: dict[str, tuple[str, int, int, int, int, int]] = {
    "decp/antoninsanz_staging_decp_2024-2025.csv": ("CSV d’un autre modèle", 5301, 381, 4920, 0, 375),
    "decp/decp_2019_data.gouv.fr_pes.json": ("DECP JSON 2019", 1148, 34, 1114, 0, 34),
    "decp/decp_2019_e-marchespublics.json": ("DECP JSON 2019", 470, 83, 387, 0, 82),
    "decp/decp_2019_marches-publics.info.json": ("DECP JSON 2019", 4509, 451, 4058, 0, 451),
    "decp/decp_2024H2_travaux_cpv4521_filtered.csv": ("DECP CSV tabulaire", 7274, 370, 6904, 0, 293),
    "decp/eclaireur_tests_raw_marches.json": ("DECP JSON 2022", 20, 0, 20, 0, 0),
    "decp/rama_test_after2024.xml": ("DECP XML 2022", 1, 1, 0, 0, 1),
    "decp/region_bretagne_rendu_compte_2019_brut_latin1.csv": ("CSV d’un autre modèle", 724, 0, 724, 0, 0),
}

EXEMPLES_OFFICIELS: dict[str, tuple[str, int, int, int, int, int]] = {
    "decp_schemas/2019/exemple_cc-avec-modifications-donnees-execution.xml": ("DECP XML 2019", 1, 0, 1, 0, 0),
    "decp_schemas/2019/exemple_cc-avec-modifications.json": ("DECP JSON 2019", 1, 0, 1, 0, 0),
    "decp_schemas/2019/exemple_mar-avec-modifications.json": ("DECP JSON 2019", 1, 0, 1, 0, 0),
    "decp_schemas/2019/exemple_mar-avec-modifications.xml": ("DECP XML 2019", 1, 0, 1, 0, 0),
    "decp_schemas/2019/exemple_mar-basique.xml": ("DECP XML 2019", 1, 0, 1, 0, 0),
    "decp_schemas/2019/exemple_paquet-avec-uid.xml": ("DECP XML 2019", 4, 0, 4, 0, 0),
    "decp_schemas/2019/exemple_paquet.json": ("DECP JSON 2019", 3, 0, 2, 1, 0),
    "decp_schemas/2019/exemple_paquet.xml": ("DECP XML 2019", 4, 0, 4, 0, 0),
    "decp_schemas/2022/exemple_decp_v2.0.1.xml": ("DECP XML 2022", 3, 2, 1, 0, 1),
    "decp_schemas/2022/exemples_json_concessions.json": ("DECP JSON 2022", 2, 0, 2, 0, 0),
    "decp_schemas/2022/exemples_json_concessions_avec_modifications.json": ("DECP JSON 2022", 2, 0, 2, 0, 0),
    "decp_schemas/2022/exemples_json_marches_avec_modifications.json": ("DECP JSON 2022", 2, 2, 0, 0, 2),
    "decp_schemas/2022/exemples_json_marches_concessions.json": ("DECP JSON 2022", 4, 2, 2, 0, 2),
    "decp_schemas/2022/exemples_xml_Contrat-concession-modification.xml": ("DECP XML 2022", 2, 0, 2, 0, 0),
    "decp_schemas/2022/exemples_xml_Contrat-concession.xml": ("DECP XML 2022", 2, 0, 2, 0, 0),
    "decp_schemas/2022/exemples_xml_Marche-modification.xml": ("DECP XML 2022", 1, 1, 0, 0, 1),
    "decp_schemas/2022/exemples_xml_Marche.xml": ("DECP XML 2022", 2, 2, 0, 0, 1),
    "decp_schemas/tabulaire/exemple-valide.csv": ("DECP CSV tabulaire", 2, 0, 2, 0, 0),
    "decp_schemas/tabulaire/scdl_exemple_marche_public.csv": ("DECP CSV SCDL", 1, 0, 1, 0, 0),
    "decp_schemas/tabulaire/scdl_exemple_marche_public_avec_erreurs.csv": ("DECP CSV SCDL", 4, 0, 4, 0, 0),
}


@cache
def charge(chemin: Path) -> duckdb.DuckDBPyConnection:
    """A real file read once for all the tests."""
    return lire(chemin, projet=True)[0]


@pytest.mark.parametrize("nom", REELS | EXEMPLES_OFFICIELS)
def test_comptes_exacts(nom: str) -> None:
    con = charge(DONNEES / nom)
    (source,) = lignes(con, "SELECT format, lues, retenues, hors_champ, rejetees FROM source")
    ((marches, uniques),) = lignes(con, "SELECT count(*), count(DISTINCT uid) FROM decp_marche")
    assert (*source, marches) == (REELS | EXEMPLES_OFFICIELS)[nom]
    assert source[1] == source[2] + source[3] + source[4]
    assert marches == uniques == source[2] - regles(con).get("doublon", 0)


@pytest.mark.parametrize("nom", REELS)
def test_valeurs_admises(nom: str) -> None:
    """Whatever the file: dates, amounts, codes and places are within their rules."""
    con = charge(DONNEES / nom)
    ((fautes,),) = lignes(
        con,
        """SELECT count(*) FROM decp_marche WHERE date_notification < DATE '2010-01-01'
            OR montant NOT BETWEEN 200 AND 999999999 OR length(cpv) <> 8 OR (secteur IS NULL AND cpv IS NOT NULL)
            OR length(acheteur_siret) NOT IN (9, 14) OR uid IS NULL
            OR (lieu_departement NOT IN ('75', '77', '78', '91', '92', '93', '94', '95')
                AND coalesce(siege_departement, '') NOT IN ('75', '77', '78', '91', '92', '93', '94', '95'))""",
    )
    assert fautes == 0
    assert lignes(con, "SELECT count(*) FROM decp_titulaire ANTI JOIN decp_marche USING (uid)") == [(0,)]
    assert (
        lignes(
            con,
            "SELECT uid FROM decp_titulaire WHERE identifiant <> '' GROUP BY uid, identifiant HAVING count(*) > 1",
        )
        == []
    )
    assert lignes(con, "SELECT count(*) FROM constat WHERE message IS NULL OR regle IS NULL") == [(0,)]


def test_export_xml_de_logiciel_refuse() -> None:
    with pytest.raises(SourceIllisible, match=r"brut\.xml.*racine <csv> inconnue, au lieu de <marches>"):
        detecter(DONNEES / "decp" / "region_bretagne_rendu_compte_2019_brut.xml")


def test_exemple_2022_avec_modifications() -> None:
    con = charge(DONNEES / "decp_schemas/2022/exemples_json_marches_avec_modifications.json")
    marches = lignes(
        con,
        "SELECT uid, montant, montant_initial, duree_mois, sociales, type_clause FROM decp_marche ORDER BY uid",
    )
    assert marches[0] == (
        "21750001630040TEST2022Bis",
        123457.87,
        575000.0,
        12.0,
        ["Clause sociale", "Critère social"],
        "execution",
    )
    assert lignes(con, "SELECT count(*), max(rang) FROM decp_modification") == [(2, 1)]


def test_fichiers_de_toutes_les_plateformes_ensemble() -> None:
    chemins = [DONNEES / nom for nom in REELS if nom.endswith(".json")]
    con, _ = lire(*chemins, projet=True)
    ((retenues,),) = lignes(con, "SELECT sum(retenues) FROM source")
    ((marches,),) = lignes(con, "SELECT count(*) FROM decp_marche")
    assert marches == retenues - regles(con)["doublon"] == 566
