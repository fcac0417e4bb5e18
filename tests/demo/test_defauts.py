"""Every planted defect is found by the reading, by the rule announced, and nothing else is rejected."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard.demo.defauts import DEFAUTS, nombre_plante, repartir
from dashboard.demo.defauts_decp import AJOUTS as AJOUTS_DECP
from dashboard.demo.defauts_decp import RETOUCHES as RETOUCHES_DECP
from dashboard.demo.defauts_suivi import ADMISES, AJOUTS, RETOUCHES
from dashboard.demo.sous_traitance import RETOUCHES as RETOUCHES_ACTES
from dashboard.demo.structures import AJOUTS as AJOUTS_STRUCTURES
from dashboard.demo.structures import RETOUCHES as RETOUCHES_STRUCTURES
from dashboard.ingest import catalogue
from dashboard.settings import Settings
from dashboard.warehouse import atelier

pytestmark = pytest.mark.complet

FICHIERS = ("decp-2019.json", "coordination-77.xlsx", "coordination-95", "structures.csv")


def test_table_et_fabrique_se_repondent() -> None:
    codes = [d.code for d in DEFAUTS]
    assert len(set(codes)) == len(codes)
    fabriques = (AJOUTS, RETOUCHES, AJOUTS_DECP, RETOUCHES_DECP, AJOUTS_STRUCTURES, RETOUCHES_STRUCTURES)
    assert set(codes) == set().union(*fabriques, RETOUCHES_ACTES)
    assert set(ADMISES) < set(RETOUCHES)
    assert 400 <= sum(d.nombre for d in DEFAUTS) <= 900


def test_repartition_exacte() -> None:
    for rang in range(12):
        for nombre in (1, 5, 12, 40):
            assert sum(repartir(rang, nombre, 12)) == nombre


def test_inventaire_complet(demonstration: Path) -> None:
    inventaire = pd.read_csv(demonstration / "defauts.csv", keep_default_na=False)
    plantes = inventaire.groupby("code")["nombre"].sum().to_dict()
    assert plantes == {d.code: nombre_plante(d, 0.05) for d in DEFAUTS}


@pytest.fixture(scope="module")
def constats(demonstration: Path) -> Counter[tuple[str, str]]:
    """Findings (nature, rule) of the loaders on a few of the files."""
    declarations = [d for d in catalogue.lire(demonstration / "sources.toml") if d.chemin.name in FICHIERS]
    assert len(declarations) == len(FICHIERS)
    with duckdb.connect() as con:
        atelier.preparer(con, Settings())
        assert atelier.charger(con, declarations, Settings(), lambda etape, part: None) == []
        lignes = con.execute("SELECT nature, regle, count(*) FROM constat GROUP BY ALL").fetchall()
    return Counter({(str(n), str(r)): int(k) for n, r, k in lignes})


def _attendus(demonstration: Path) -> Counter[tuple[str, str]]:
    inventaire = pd.read_csv(demonstration / "defauts.csv", keep_default_na=False)
    inventaire = inventaire[[Path(f).name in FICHIERS for f in inventaire["fichier"]]]
    par_fichier = {d.code for d in DEFAUTS if d.par_fichier}
    attendus: Counter[tuple[str, str]] = Counter()
    for ligne in inventaire.to_dict("records"):
        if ligne["nature"] in ("rejet", "correction", "avertissement"):
            attendus[(ligne["nature"], ligne["regle"])] += 1 if ligne["code"] in par_fichier else int(ligne["nombre"])
    return attendus


def test_rejets_exactement_ceux_plantes(demonstration: Path, constats: Counter[tuple[str, str]]) -> None:
    attendus = {c: n for c, n in _attendus(demonstration).items() if c[0] == "rejet"}
    assert {c: n for c, n in constats.items() if c[0] == "rejet"} == attendus


def test_corrections_et_avertissements_plantes_trouves(demonstration: Path, constats: Counter[tuple[str, str]]) -> None:
    """Other corrections are legitimate (twice published contracts, places outside the region): at least those."""
    manquants = {c: (n, constats[c]) for c, n in _attendus(demonstration).items() if constats[c] < n}
    assert manquants == {}
