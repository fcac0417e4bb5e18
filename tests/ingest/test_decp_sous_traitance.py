"""Subcontracting acts and sizes of titulaires: read in every layout that has them, doubted aloud, never rejected."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.decp_reference import EXEMPLES, PARTAGE, ecrire, lignes, lire, regles, variante

pytestmark = pytest.mark.complet

LUS = """
SELECT rang, type_identifiant, identifiant, denomination, montant, date_notification, duree_mois
FROM decp_sous_traitance ORDER BY uid, rang
"""
SIRET = "13002526500013"


def acte(**champs: Any) -> dict[str, Any]:
    """An act of the official schema with other values."""
    juste = {
        "id": 1, "sousTraitant": {"typeIdentifiant": "SIRET", "id": SIRET}, "dureeMois": 6,
        "dateNotification": "2024-06-01", "montant": 50_000.5, "variationPrix": "Ferme",
        "datePublicationDonnees": "2024-06-20",
    }  # fmt: skip
    return {"acteSousTraitance": juste | champs}


def modification(**champs: Any) -> dict[str, Any]:
    juste = {"id": 1, "dateNotificationModificationSousTraitance": "2024-09-01", "datePublicationDonnees": "2024-09-20"}
    return {"modificationActeSousTraitance": juste | champs}


def test_actes_lus_dans_l_ordre(tmp_path: Path) -> None:
    second = acte(id=2, sousTraitant={"typeIdentifiant": "TVA", "id": "BE0123"}, montant=10)
    con, _ = lire(ecrire(tmp_path, variante(actesSousTraitance=[second, acte()])))
    jour = dt.date(2024, 6, 1)
    assert lignes(con, LUS) == [
        (1, "SIRET", SIRET, None, 50_000.5, jour, 6.0),
        (2, "TVA", "BE0123", None, 10.0, jour, 6.0),
    ]
    assert lignes(con, "SELECT DISTINCT uid FROM decp_sous_traitance") == [("217500016000192024M0001",)]
    assert regles(con) == {}


def test_derniere_modification_de_l_acte_qu_elle_nomme(tmp_path: Path) -> None:
    modifiees = [
        modification(id=2, montant=90_000),
        modification(id=2, montant=80_000, dateNotificationModificationSousTraitance="2024-08-01"),
        modification(id=1, dureeMois=9),
        modification(id=7, montant=5),
    ]
    actes = [acte(), acte(id=2)]
    con, _ = lire(ecrire(tmp_path, variante(actesSousTraitance=actes, modificationsActesSousTraitance=modifiees)))
    assert lignes(con, "SELECT rang, montant, duree_mois FROM decp_sous_traitance") == [
        (1, 50_000.5, 9.0),
        (2, 90_000.0, 6.0),
    ]
    assert regles(con) == {"sous_traitance_modification": 1}


@pytest.mark.parametrize(
    ("champs", "regle", "nature", "garde"),
    [
        ({"montant": 1e17}, "sous_traitance_montant", "correction", {"montant": None}),
        ({"montant": 0}, "sous_traitance_montant", "correction", {"montant": None}),
        ({"montant": -12}, "sous_traitance_montant", "correction", {"montant": None}),
        ({"montant": "n.c."}, "sous_traitance_montant", "correction", {"montant": None}),
        ({"montant": 1_250_000.51}, "sous_traitance_superieure", "avertissement", {"montant": 1_250_000.51}),
        ({"dateNotification": "5021-02-18"}, "sous_traitance_date", "correction", {"date_notification": None}),
        ({"dateNotification": "2023-01-01"}, "sous_traitance_avant", "avertissement", {"duree_mois": 6.0}),
        ({"dureeMois": 0}, "sous_traitance_duree", "correction", {"duree_mois": None}),
        ({"sousTraitant": {"typeIdentifiant": "SIRET", "id": "130 025 265 00013"}}, "sous_traitant_siret_format",
         "correction", {"identifiant": SIRET}),
        ({"sousTraitant": {"typeIdentifiant": "SIRET", "id": "13002526500014"}}, "sous_traitant_siret_cle",
         "avertissement", {"identifiant": "13002526500014"}),
        ({"sousTraitant": {"typeIdentifiant": "SIRET", "id": "214356"}}, "sous_traitant_siret_cle", "avertissement",
         {"identifiant": "214356"}),
        ({"sousTraitant": {}}, "sous_traitant_absent", "avertissement", {"identifiant": None, "montant": 50_000.5}),
        ({"sousTraitant": None}, "sous_traitant_absent", "avertissement", {"identifiant": None}),
    ],
)  # fmt: skip
def test_acte_douteux_garde_et_nomme(
    tmp_path: Path, champs: dict[str, Any], regle: str, nature: str, garde: dict[str, Any]
) -> None:
    con, _ = lire(ecrire(tmp_path, variante(actesSousTraitance=[acte(**champs)])))
    assert lignes(con, "SELECT regle, nature, ligne FROM constat") == [(regle, nature, 1)]
    assert lignes(con, f"SELECT {', '.join(garde)} FROM decp_sous_traitance") == [tuple(garde.values())]


def test_montant_compare_au_plus_haut_du_marche(tmp_path: Path) -> None:
    """A contract whose amount was raised may give more than its first amount."""
    avenant = {"id": 1, "dateNotificationModification": "2024-07-01", "montant": 2_000_000,
               "datePublicationDonneesModification": "2024-07-10"}  # fmt: skip
    con, _ = lire(
        ecrire(
            tmp_path,
            variante(actesSousTraitance=[acte(montant=1_500_000)], modifications=[{"modification": avenant}]),
        )
    )
    assert regles(con) == {}


@pytest.mark.parametrize("valeur", [[], None, "", {}, "texte", [{}], [{"acteSousTraitance": {}}], [{"autre": 1}]])
def test_actes_vides_ou_informes(tmp_path: Path, valeur: Any) -> None:
    con, _ = lire(ecrire(tmp_path, variante(actesSousTraitance=valeur, modificationsActesSousTraitance=valeur)))
    assert lignes(con, LUS) == []
    assert lignes(con, "SELECT count(*) FROM decp_marche") == [(1,)]


def test_csv_du_ministere(tmp_path: Path) -> None:
    """One row per act; the columns are those of the ministry's export."""
    entete, premiere, *reste = (EXEMPLES / "csv_ministere.csv").read_text(encoding="utf-8-sig").splitlines()
    titres = (
        "idActeSousTraitance;idSousTraitant;typeIdentifiantSousTraitant;dureeMoisActeSousTraitance;"
        "dateNotificationActeSousTraitance;montantActeSousTraitance;idModificationActeSousTraitance;"
        "montantModificationActeSousTraitance"
    )
    premieres = [f"{premiere};1;{SIRET};SIRET;6;2024-06-01;50000.5;CDL;CDL",
                 f"{premiere};2;98765432400027;SIRET;3;2024-07-01;7000;2;7500"]  # fmt: skip
    suite = [f"{ligne};CDL;CDL;CDL;CDL;CDL;CDL;CDL;CDL" for ligne in reste]
    chemin = tmp_path / "ministere.csv"
    chemin.write_text("\n".join([f"{entete};{titres}", *premieres, *suite]) + "\n", encoding="utf-8")
    con, _ = lire(chemin)
    assert lignes(con, LUS) == [
        (1, "SIRET", SIRET, None, 50_000.5, dt.date(2024, 6, 1), 6.0),
        (2, "SIRET", "98765432400027", None, 7_500.0, dt.date(2024, 7, 1), 3.0),
    ]
    assert lignes(con, "SELECT count(*) FROM decp_marche") == [(3,)]


def test_taille_du_titulaire_dans_le_tableau(tmp_path: Path) -> None:
    entete, *rangees = (EXEMPLES / "tabulaire.csv").read_text(encoding="utf-8").splitlines()
    categories = ["PME", "ge", "", "TPE", "ETI", *([""] * len(rangees))]
    chemin = tmp_path / "tabulaire.csv"
    nouvelles = [f"{r},{c}" for r, c in zip(rangees, categories, strict=False)]
    chemin.write_text("\n".join([f"{entete},titulaire_categorie", *nouvelles]) + "\n", encoding="utf-8")
    con, _ = lire(chemin)
    lues = dict(lignes(con, "SELECT categorie, count(*) FROM decp_titulaire GROUP BY 1"))
    assert set(lues) == {"pme", "ge", "eti", None}
    assert lignes(con, "SELECT regle, valeur FROM constat WHERE regle = 'titulaire_categorie'") == [
        ("titulaire_categorie", "TPE")
    ]


@pytest.mark.parametrize(
    ("nom", "actes"),
    [
        ("decp_schemas/2022/exemples_json_marches_avec_modifications.json", 2),
        ("decp_schemas/2022/exemples_xml_Marche-modification.xml", 1),
        ("decp_schemas/2022/exemple_decp_v2.0.1.xml", 1),
        ("decp/rama_test_after2024.xml", 1),
        ("decp/eclaireur_tests_raw_marches.json", 0),
    ],
)
def test_exemples_officiels(nom: str, actes: int) -> None:
    """The act of 123,456.89 € was modified to 23,465.87 €, in JSON and in XML alike; its SIRET has six digits."""
    chemin = PARTAGE / "data" / nom
    if not chemin.is_file():
        pytest.skip("fichiers réels absents : définissez OBSERVATOIRE_PARTAGE (dossier partagé)")
    con, _ = lire(chemin, projet=True)
    lus = lignes(con, "SELECT identifiant, montant, duree_mois FROM decp_sous_traitance")
    assert lus == [("214356", 23_465.87, 12.0)] * actes
    assert (regles(con).get("sous_traitant_siret_cle", 0) > 0) == (actes > 0)
