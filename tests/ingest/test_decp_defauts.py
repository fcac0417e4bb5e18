"""Bad files: what can be read is kept, what is lost has its line, the rest is refused in French."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.ingest.decp import charger, finaliser
from dashboard.ingest.decp_flux import examiner
from dashboard.ingest.decp_format import Format, detecter
from dashboard.ingest.journal import Declaration, Journal, SourceIllisible
from tests.ingest.decp_reference import COMPTES, EXEMPLES, MARCHES, base, ecrire, lignes, lire, regles, variante


@pytest.mark.parametrize(
    ("contenu", "raison"),
    [
        (b"", "il est vide"),
        (b" \n\t ", "il est vide"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "contenu binaire"),
        (b"PK\x03\x04rien", "contenu binaire"),
        (b"Bonjour, ceci est une lettre.\nMerci.", "aucun format reconnu|tableau sans colonne"),
        (b"code;libelle\n1;a\n", "aucun format reconnu"),
        (b"id;objet;montant\n1;a;2\n", "le SIRET de l’acheteur, la date de notification"),
        (b'{"type": "FeatureCollection", "features": []}', "JSON sans clé"),
        (b"[1, 2, 3]", "JSON sans clé"),
        (b"<html><body>404</body></html>", "racine <html> inconnue"),
        (b"<<<", "XML illisible"),
        (b"PAR1abcd", "Parquet impossible"),
        (b'{"marches": {"marche": [ {"id": ', "aucun marché lisible"),
    ],
)
def test_fichier_refuse(contenu: bytes, raison: str, tmp_path: Path) -> None:
    chemin = tmp_path / "envoi.dat"
    chemin.write_bytes(contenu)
    con = base()
    journal = Journal(con)
    with pytest.raises(SourceIllisible, match=rf"« envoi\.dat ».*({raison})"):
        charger(con, Declaration(chemin=chemin, nature="decp"), journal)
    assert lignes(con, "SELECT * FROM source") == []
    assert lignes(con, "SELECT * FROM constat") == []
    finaliser(con, journal)
    assert lignes(con, "SELECT * FROM decp_marche") == []


def test_fichier_absent(tmp_path: Path) -> None:
    with pytest.raises(SourceIllisible, match="lecture impossible"):
        detecter(tmp_path / "absent.json")


@pytest.mark.parametrize(
    ("nom", "gardes"), [("json_2022.json", 2), ("json_2019.json", 2), ("xml_2022.xml", 2), ("opendatasoft.json", 2)]
)
def test_fichier_tronque(nom: str, gardes: int, tmp_path: Path) -> None:
    chemin = tmp_path / nom
    octets = (EXEMPLES / nom).read_bytes()
    chemin.write_bytes(octets[: -len(octets) // 8])
    con, _ = lire(chemin)
    assert lignes(con, COMPTES) == [(gardes + 1, gardes, 0, 1)]
    ((message,),) = lignes(con, "SELECT message FROM constat WHERE regle = 'fichier_tronque' AND nature = 'rejet'")
    assert f"après l’enregistrement {gardes}" in message


def test_json_fautif_au_milieu(tmp_path: Path) -> None:
    chemin = tmp_path / "nan.json"
    texte = (EXEMPLES / "json_2022.json").read_text(encoding="utf-8")
    chemin.write_text(texte.replace('"montant": 64000', '"montant": NaN'), encoding="utf-8")
    con, _ = lire(chemin)
    assert lignes(con, COMPTES) == [(3, 2, 0, 1)]
    assert "syntaxe JSON invalide" in lignes(con, "SELECT message FROM constat WHERE regle = 'fichier_tronque'")[0][0]


@pytest.mark.parametrize(
    ("nom", "encodage"),
    [
        ("json_2019.json", "cp1252"),
        ("xml_2019.xml", "cp1252"),
        ("csv_ministere.csv", "cp1252"),
        ("json_2019.json", "utf-16"),
    ],
)
def test_encodage(nom: str, encodage: str, tmp_path: Path) -> None:
    chemin = tmp_path / nom
    texte = (EXEMPLES / nom).read_text(encoding="utf-8-sig")
    chemin.write_text(texte, encoding=encodage)
    con, _ = lire(chemin)
    assert lignes(con, "SELECT objet FROM decp_marche ORDER BY uid")[1] == (
        "Réhabilitation d’un groupe scolaire, lot gros œuvre",
    )
    assert regles(con)["encodage"] == 1
    assert lignes(con, COMPTES) == [(3, 3, 0, 0)]


def test_coupure_dans_un_caractere_reste_utf8(tmp_path: Path) -> None:
    chemin = tmp_path / "coupe"
    chemin.write_bytes("déjà vu".encode()[:2])
    assert examiner(chemin).encodage == "utf-8"


def test_caracteres_perdus_et_de_controle(tmp_path: Path) -> None:
    chemin = ecrire(tmp_path, variante(objet="Entretien des \ufffdcoles"))
    chemin.write_bytes(
        chemin.read_bytes().replace(b"Entretien", b"Entretien\x0b").replace(b"\\ufffd", "\ufffd".encode())
    )
    con, _ = lire(chemin)
    assert lignes(con, "SELECT objet FROM decp_marche") == [("Entretien des \ufffdcoles",)]
    assert regles(con) == {"caractere_illisible": 1, "caracteres_controle": 1}


def test_lignes_csv_illisibles(tmp_path: Path) -> None:
    chemin = tmp_path / "defauts.csv"
    entete, premiere, *reste = (EXEMPLES / "csv_ministere.csv").read_text(encoding="utf-8-sig").splitlines()
    chemin.write_text("\n".join([entete, "2024X;Marché", premiere, *reste]) + "\n", encoding="utf-8")
    con, _ = lire(chemin)
    assert lignes(con, COMPTES) == [(4, 3, 0, 1)]
    assert lignes(con, "SELECT ligne, regle FROM constat WHERE nature = 'rejet'") == [(2, "ligne_csv")]
    assert lignes(con, "SELECT ligne FROM decp_marche ORDER BY ligne") == [(3,), (4,), (5,)]


def test_concessions_hors_champ(tmp_path: Path) -> None:
    chemin = tmp_path / "melange.json"
    concession = {"id": "C1", "autoriteConcedante": {"id": "21750001600019"}, "nature": "Concession de service"}
    chemin.write_text(
        json.dumps({"marches": {"contrat-concession": [concession], "marche": MARCHES}}), encoding="utf-8"
    )
    con, _ = lire(chemin)
    assert lignes(con, COMPTES) == [(4, 3, 1, 0)]
    assert regles(con) == {"concession": 1}
    assert detecter(chemin) is Format.JSON_2022


FORMES: list[Callable[[list[dict[str, Any]]], Any]] = [
    lambda m: {"marches": {"marche": m[0]}},
    lambda m: {"marches": [{"marche": m[0]}]},
    lambda m: [m[0]],
]


@pytest.mark.parametrize("forme", FORMES)
def test_autres_enveloppes(forme: Callable[[list[dict[str, Any]]], Any], tmp_path: Path) -> None:
    chemin = tmp_path / "enveloppe.json"
    chemin.write_text(json.dumps(forme(MARCHES)), encoding="utf-8")
    con, _ = lire(chemin)
    assert lignes(con, "SELECT uid, montant FROM decp_marche") == [("217500016000192024M0001", 1250000.5)]
    assert lignes(con, COMPTES) == [(1, 1, 0, 0)]


def test_version_perimee(tmp_path: Path) -> None:
    chemin = tmp_path / "ancien.csv"
    chemin.write_text(
        "uid,id,acheteur_id,dateNotification,montant,titulaire_id,donneesActuelles\n"
        "a,201900,21750001600019,2024-01-01,1000,12345678200010,non\n"
        "b,201901,21750001600019,2024-01-01,1500,12345678200010,oui\n",
        encoding="utf-8",
    )
    con, _ = lire(chemin)
    assert lignes(con, COMPTES) == [(2, 1, 0, 1)]
    assert lignes(con, "SELECT montant FROM decp_marche") == [(1500.0,)]
    assert lignes(con, "SELECT ligne, regle FROM constat WHERE nature = 'rejet'") == [(2, "version_perimee")]
