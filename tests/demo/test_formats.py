"""The files follow the official DECP schema, the exchange template and the odd mapping."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dashboard.demo.ecriture import types_du_gabarit
from dashboard.demo.export_facilitateur import nombre_francais
from dashboard.demo.identifiants import cle_luhn, siren_entreprise, siret_siege
from dashboard.demo.tableaux import TABLES

pytestmark = pytest.mark.complet

RACINE = Path(__file__).resolve().parents[2]
SCHEMAS_DECP = Path(os.environ.get("OBSERVATOIRE_PARTAGE", RACINE.parent / "shared")) / "data" / "decp_schemas" / "2022"


def _marches(demonstration: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for chemin in sorted((demonstration / "decp").glob("*.json")):
        for fiche in json.loads(chemin.read_text(encoding="utf-8"))["marches"]["marche"]:
            yield chemin.name, fiche


def test_decp_conforme_au_schema_officiel(demonstration: Path) -> None:
    """All but the planted defects validate; planted ones are the only ones that may not."""
    if not SCHEMAS_DECP.is_dir():
        pytest.skip("Schémas officiels des DECP absents (dossier partagé).")
    schema = json.loads((SCHEMAS_DECP / "schema_decp_v2.0.4.json").read_text(encoding="utf-8"))
    regle = {**schema["definitions"]["marche"], "definitions": {}} | {"definitions": schema["definitions"]}
    verificateur = jsonschema.Draft7Validator(regle)
    fautifs = total = 0
    for rang, (_, fiche) in enumerate(_marches(demonstration)):
        if rang % 4 == 0:
            total += 1
            fautifs += not verificateur.is_valid(fiche)
    inventaire = pd.read_csv(demonstration / "defauts.csv")
    plantes = int(inventaire.loc[inventaire["tableau"] == "decp", "nombre"].sum())
    assert total > 500
    assert fautifs <= plantes


def test_decp_une_ligne_par_marche_et_volumes(demonstration: Path) -> None:
    lignes = (demonstration / "decp" / "decp-2023.json").read_bytes().splitlines()
    marches = [f for nom, f in _marches(demonstration) if nom == "decp-2023.json"]
    assert len(lignes) == len(marches) + 2
    tous = [f for _, f in _marches(demonstration)]
    sociales = [
        f for f in tous if f["considerationsSociales"]["considerationSociale"] != ["Pas de considération sociale"]
    ]
    assert 2_950 <= len(tous) <= 3_150
    assert 0.17 < len(sociales) / len(tous) < 0.23
    assert 0.05 < sum("modifications" in f for f in tous) / len(tous) < 0.12
    assert 0.05 < sum(len(f["titulaires"]) > 1 for f in tous) / len(tous) < 0.11
    assert all(len(f["id"]) <= 16 and len(f["objet"]) <= 1_000 for f in tous)


def test_part_sociale_croissante_depuis_2022(demonstration: Path) -> None:
    parts: dict[str, list[bool]] = {}
    for nom, f in _marches(demonstration):
        parts.setdefault(nom, []).append(
            f["considerationsSociales"]["considerationSociale"] != ["Pas de considération sociale"]
        )
    moyennes = {nom: sum(v) / len(v) for nom, v in parts.items()}
    assert moyennes["decp-2025.json"] > moyennes["decp-2022.json"] > moyennes["decp-2019.json"]


def test_lots_relies_a_leur_marche(demonstration: Path) -> None:
    connus = {(f["acheteur"]["id"], f["id"]): f for _, f in _marches(demonstration) if f["id"]}
    lots = pd.concat(
        pd.read_csv(p, dtype=str, keep_default_na=False) for p in sorted(demonstration.glob("suivi/*/marches.csv"))
    )
    lots = lots[~lots["marche_id"].str.contains("-D")]
    exacts = [connus.get((s, n)) for s, n in zip(lots["acheteur_siret"], lots["numero_decp"], strict=True)]
    part_exacte = sum(f is not None for f in exacts) / len(lots)
    assert 0.60 < part_exacte < 0.80
    assert 0.14 < (lots["numero_decp"] == "").mean() < 0.28
    accords = [
        fiche["dateNotification"] == ligne["date_notification"]
        and fiche["titulaires"][0]["titulaire"]["id"] == ligne["titulaire_siret"]
        and fiche["montant"] == float(ligne["montant_ht"])
        for ligne, fiche in zip(lots.to_dict("records"), exacts, strict=True)
        if fiche is not None
    ]
    assert sum(accords) >= 0.96 * len(accords)
    redits = [f["objet"] != ligne["objet"] for ligne, f in zip(lots.to_dict("records"), exacts, strict=True) if f]
    assert 0.06 < sum(redits) / len(redits) < 0.20


@pytest.mark.parametrize("producteur", ["coordination-93", "sgp"])
def test_csv_conformes_au_gabarit(demonstration: Path, producteur: str) -> None:
    for table, types in types_du_gabarit().items():
        lu = pd.read_csv(demonstration / "suivi" / producteur / f"{table}.csv", dtype=str, keep_default_na=False)
        assert list(lu.columns) == list(types)
        schema = json.loads((RACINE / "data" / "schemas" / f"{table}.json").read_text(encoding="utf-8"))
        for champ in schema["fields"]:
            contraintes = champ.get("constraints", {})
            valeurs = lu[champ["name"]][lu[champ["name"]] != ""]
            if motif := contraintes.get("pattern"):
                fautives = [v for v in valeurs if not re.fullmatch(motif, v)]
            else:
                admises = {str(v) for v in contraintes.get("enum", [])}
                fautives = [v for v in valeurs if admises and v not in admises]
            assert len(fautives) <= max(6, 0.01 * len(valeurs)), champ["name"]


def test_classeur_feuilles_et_types(demonstration: Path) -> None:
    classeur = CalamineWorkbook.from_path(str(demonstration / "suivi" / "coordination-77.xlsx"))
    assert tuple(classeur.sheet_names) == TABLES
    heures = classeur.get_sheet_by_name("heures").to_python()
    assert heures[0] == ["contrat_id", "mois", "heures", "statut"]
    assert isinstance(heures[1][2], float)
    marches = classeur.get_sheet_by_name("marches").to_python()
    assert isinstance(marches[1][2], str)
    assert len(str(marches[1][2])) == 14


def test_export_suit_sa_correspondance(demonstration: Path) -> None:
    regles = tomllib.loads((RACINE / "data" / "mappings" / "export_facilitateur.toml").read_text(encoding="utf-8"))
    for bloc in regles["tables"].values():
        octets = (demonstration / "suivi" / "coordination-95" / bloc["fichier"]).read_bytes()
        entete = octets.split(b"\r\n", 1)[0].decode("cp1252").split(";")
        attendues = {c if isinstance(c, str) else c["colonne"] for c in bloc["colonnes"].values()}
        assert attendues | set(bloc.get("ignorer", [])) == set(entete)
        assert "œ" not in octets.decode("cp1252")


def test_aucun_identifiant_direct(demonstration: Path) -> None:
    motif = re.compile(rb"[A-Za-z0-9._-]+@[A-Za-z0-9-]+\.|(?<![0-9])0[1-9]([ .][0-9]{2}){4}(?![0-9])")
    for chemin in demonstration.rglob("*"):
        if chemin.suffix in (".csv", ".json", ".toml"):
            assert not motif.search(chemin.read_bytes()), chemin.name


@given(st.integers(min_value=0, max_value=9_999), st.integers(min_value=1, max_value=9))
def test_siret_de_demonstration_valides_et_reserves(rang: int, etablissement: int) -> None:
    siren = siren_entreprise(rang)
    siret = siret_siege(siren, etablissement)
    assert len(siret) == 14
    assert siren.startswith("0000")
    assert cle_luhn(siren[:-1]) == siren[-1]
    assert cle_luhn(siret[:-1]) == siret[-1]


@given(st.decimals(min_value=-1_000_000, max_value=10_000_000, places=2))
def test_nombre_a_la_francaise_se_relit(nombre: Any) -> None:
    relu = float(nombre_francais(str(nombre)).replace(" ", "").replace(",", "."))
    assert relu == pytest.approx(float(nombre), abs=0.006)
