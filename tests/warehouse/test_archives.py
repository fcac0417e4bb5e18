"""A figure quoted once is read again on the snapshot it came from, as long as it is kept and can be read."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from dashboard.warehouse.archives import Archives
from dashboard.warehouse.connexion import Entrepot, InstantaneAbsent

ANCIEN = "20240101-0123456789"


@pytest.fixture
def depot(fichier_demo: Path, tmp_path: Path) -> Entrepot:
    """The small demonstration in place, and beside it an older snapshot whose data end in 2024."""
    place = tmp_path / "observatoire.duckdb"
    os.link(fichier_demo, place)
    vieux = tmp_path / f"observatoire-{ANCIEN}.duckdb"
    shutil.copyfile(fichier_demo, vieux)
    with duckdb.connect(str(vieux)) as con:
        con.execute("UPDATE manifeste SET instantane_id = ?, date_donnees = DATE '2024-01-01'", [ANCIEN])
    return Entrepot(place)


def test_l_instantane_cite_est_rouvert_et_garde_ouvert(depot: Entrepot) -> None:
    archives = Archives(depot)
    cite = archives.instantane(ANCIEN)
    assert cite.manifeste.date_donnees.year == 2024
    assert archives.instantane(ANCIEN) is cite
    assert archives.instantane(depot.instantane().manifeste.instantane_id) is depot.instantane()


@pytest.mark.parametrize("identite", ["20230101-0123456789", "../../etc/passwd", "", "20240101-0123456789 "])
def test_un_instantane_qui_n_est_plus_la_est_dit(depot: Entrepot, identite: str) -> None:
    with pytest.raises(InstantaneAbsent, match="n’est plus conservé"):
        Archives(depot).instantane(identite)


def test_un_instantane_d_un_autre_age_est_refuse_plutot_que_montre_a_moitie(depot: Entrepot) -> None:
    with duckdb.connect(str(depot.chemin.with_name(f"observatoire-{ANCIEN}.duckdb"))) as con:
        con.execute("DROP TABLE structure")
    with pytest.raises(InstantaneAbsent, match="ne sait plus lire"):
        Archives(depot).instantane(ANCIEN)


def test_un_fichier_abime_est_refuse(depot: Entrepot) -> None:
    depot.chemin.with_name(f"observatoire-{ANCIEN}.duckdb").write_bytes(b"pas une base")
    with pytest.raises(InstantaneAbsent, match="ne sait plus lire"):
        Archives(depot).instantane(ANCIEN)
