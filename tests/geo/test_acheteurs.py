"""The reference of public buyers: keys, seats, and agreement with the shared real files."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.territoire import charger
from dashboard.geo import acheteurs

RACINE = Path(__file__).resolve().parents[2]
REFERENCE = RACINE / "data" / "reference"
PARTAGE = Path(os.environ.get("OBSERVATOIRE_PARTAGE", RACINE.parent / "shared"))
TERRITOIRES = charger(RACINE / "geo" / "territoires.csv")
with (RACINE / "geo" / "territoires.csv").open(encoding="utf-8", newline="") as _flux:
    ANCIENS = {a: ligne["code"] for ligne in csv.DictReader(_flux) for a in ligne["anciens_codes"].split("|")}
LIGNES = {a.siren: a for a in acheteurs.lire(REFERENCE / "acheteurs.csv")}


def test_chaque_siren_a_une_cle_juste_et_un_siege_connu() -> None:
    with (RACINE / "data" / "nomenclatures" / "categorie_acheteur.csv").open(encoding="utf-8") as flux:
        categories = {ligne["code"] for ligne in csv.DictReader(flux)}
    for a in LIGNES.values():
        assert acheteurs.est_siren(a.siren)
        assert a.categorie in categories
        assert TERRITOIRES[a.departement].niveau == "departement"
        assert not a.commune or TERRITOIRES[a.commune].departement == a.departement


def test_toutes_les_collectivites_y_sont() -> None:
    for t in TERRITOIRES.values():
        assert t.siren in LIGNES
    assert LIGNES["229300082"].nom == "Département de la Seine-Saint-Denis"
    assert LIGNES["229501275"].commune == "95127"  # Cergy
    assert LIGNES["237500079"].commune == "93070"  # Saint-Ouen-sur-Seine
    assert LIGNES["217500016"].nom == "Ville de Paris"
    assert LIGNES["525046017"].nom == "Société des grands projets"


def test_les_communes_reunies_gardent_leur_ancien_siren() -> None:
    assert LIGNES["219300597"].commune == "93066"  # Pierrefitte
    assert LIGNES["219300662"].commune == "93066"
    assert LIGNES["217805514"].commune == "78551"  # seen in contracts of Saint-Germain-en-Laye


def test_la_regle_de_numerotation_vaut_pour_les_communes() -> None:
    communes = [t for t in TERRITOIRES.values() if t.niveau == "commune"]
    conformes = sum(t.siren == acheteurs.siren_de_regle(t.code) for t in communes)
    assert conformes / len(communes) > 0.98


def test_accord_avec_les_fichiers_reels() -> None:
    chemin = PARTAGE / "data" / "acheteurs" / "collectivites_idf_siren_cog.csv"
    if not chemin.exists():
        pytest.skip(f"fichier partagé absent : {chemin.name}")
    with chemin.open(encoding="utf-8", newline="") as flux:
        lignes = [ligne for ligne in csv.DictReader(flux) if ligne["code_region"] == "11"]
    ecarts = []
    for ligne in lignes:
        connu = LIGNES.get(ligne["SIREN"])
        departement = connu.departement if connu else None
        if departement != ligne["code_departement"] and ligne["type"] not in ("REG", "DEP"):
            ecarts.append((ligne["nom"], ligne["SIREN"], departement))
        if connu and ligne["type"] == "COM" and connu.commune != ANCIENS.get(ligne["COG"], ligne["COG"]):
            ecarts.append((ligne["nom"], ligne["SIREN"], connu.commune))
    assert ecarts == []


@pytest.mark.parametrize("faux", ["", "12345678", "1234567890", "525046018", "52504601A", "٥٢٥٠٤٦٠١٧"])
def test_un_faux_siren_est_vu(faux: str) -> None:
    assert not acheteurs.est_siren(faux)


@given(st.sampled_from(sorted(LIGNES)), st.integers(0, 8), st.integers(1, 9))
def test_un_chiffre_change_fausse_la_cle(siren: str, rang: int, ecart: int) -> None:
    chiffre = (int(siren[rang]) + ecart) % 10
    assert not acheteurs.est_siren(f"{siren[:rang]}{chiffre}{siren[rang + 1 :]}")


@given(st.integers(75_000, 95_999).map(str))
def test_la_regle_donne_un_siren(code: str) -> None:
    assert acheteurs.est_siren(acheteurs.siren_de_regle(code))
