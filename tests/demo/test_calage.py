"""The generated files reproduce the published facts of ``calage.toml``, measured without our loaders."""

from __future__ import annotations

import importlib.util
import math
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest

ECHELLE = 0.05
PEU_DE_LOTS = 0.6
"""A dozen lots for each grand projet at this scale: their shares of amounts only have an order of magnitude."""


def _lecture() -> ModuleType:
    chemin = Path(__file__).with_name("lecture.py")
    spec = importlib.util.spec_from_file_location("essais_demo_lecture", chemin)
    if spec is None or spec.loader is None:
        raise ImportError(chemin.name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


lecture = _lecture()
FAITS: list[dict[str, Any]] = lecture.faits()


@pytest.fixture(scope="module")
def suivi(demonstration: Path) -> duckdb.DuckDBPyConnection:
    con: duckdb.DuckDBPyConnection = lecture.lire_suivi(demonstration)
    return con


def _tolerance(con: duckdb.DuckDBPyConnection, fait: dict[str, Any], cible: float) -> float:
    """Published tolerance, widened by what a twentieth of the population adds of chance."""
    tolerance, indicateur = float(fait["tolerance_relative"]), str(fait["indicateur"])
    if indicateur == "heures_engagees":
        return tolerance
    if indicateur.endswith(("_pme", "_avec_actes", "euros_par_heure")):
        return tolerance + (0.15 if fait["perimetre"] == "tous" else PEU_DE_LOTS)
    if indicateur.startswith("part_") and indicateur != "part_du_total_heures":
        effectif = lecture.mesurer(con, {**fait, "indicateur": "beneficiaires"})
        hasard = math.sqrt((1 - cible) / (cible * effectif)) * (1.6 if indicateur.endswith("heures") else 1)
        return tolerance + 3 * hasard
    if indicateur.startswith(("beneficiaires", "contrats")):
        return tolerance + 0.7 / math.sqrt(cible)
    return tolerance + (0.12 if indicateur == "duree_moyenne_contrat_mois" else 0.03)


def _cible(fait: dict[str, Any]) -> float:
    proportionnel = str(fait["indicateur"]).startswith(("heures_r", "heures_c", "heures_e", "benef", "contrats"))
    return float(fait["valeur"]) * (ECHELLE if proportionnel else 1.0)


@pytest.mark.parametrize("fait", FAITS, ids=[str(f["id"]) for f in FAITS])
def test_fait_publie_reproduit(suivi: duckdb.DuckDBPyConnection, fait: dict[str, Any]) -> None:
    cible, mesure = _cible(fait), lecture.mesurer(suivi, fait)
    assert mesure == pytest.approx(cible, rel=_tolerance(suivi, fait, cible))


def test_chaque_fait_a_sa_source_et_sa_tolerance() -> None:
    assert len({f["id"] for f in FAITS}) == len(FAITS) >= 40
    for fait in FAITS:
        assert str(fait["source"]).startswith("https://")
        assert 0 < fait["tolerance_relative"] <= 0.12
        assert ("annee" in fait) != ("periode" in fait)


def test_total_des_heures_et_part_du_btp(suivi: duckdb.DuckDBPyConnection) -> None:
    total, mois = suivi.execute("SELECT sum(heures), count(DISTINCT mois) FROM h").fetchone() or (0, 0)
    assert 45e6 * ECHELLE < total < 46.5e6 * ECHELLE
    assert mois == 96


def test_aout_et_decembre_creux_confinement_visible(suivi: duckdb.DuckDBPyConnection) -> None:
    lignes = suivi.execute("SELECT strftime(mois, '%Y-%m'), sum(heures) FROM h GROUP BY 1").fetchall()
    heures = {str(m): float(v) for m, v in lignes}
    for annee in (2019, 2021, 2022, 2024):
        annuelles = sorted(heures[f"{annee}-{m:02d}"] for m in range(1, 13))
        assert heures[f"{annee}-08"] in annuelles[:2]
        assert heures[f"{annee}-12"] < sum(annuelles) / 12
    assert heures["2020-04"] < 0.5 * heures["2020-02"]


def test_rien_hors_du_contrat_sauf_defauts(suivi: duckdb.DuckDBPyConnection) -> None:
    hors = suivi.execute(
        "SELECT count(*) FROM h JOIN c USING (contrat_id) WHERE c.fin >= c.debut "
        "AND (h.mois < date_trunc('month', c.debut) OR h.mois > c.fin)"
    ).fetchone()
    assert hors is not None
    assert hors[0] <= 20


def test_seine_saint_denis_sur_representee(suivi: duckdb.DuckDBPyConnection) -> None:
    parts = suivi.execute(
        "SELECT avg((residence LIKE '93%')::INTEGER), "
        "avg((NOT regexp_matches(residence, '^(75|77|78|9[1-5])'))::INTEGER) FROM p"
    ).fetchone()
    assert parts is not None
    assert 0.24 < parts[0] < 0.42
    assert 0.015 < parts[1] < 0.05
