"""Reading several sources at the same time: numbers, register and failures as if read one by one."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.ingest.journal import Declaration
from dashboard.settings import Settings
from dashboard.warehouse import atelier

pytestmark = pytest.mark.complet

MARCHE = (
    '{"marches": {"marche": [{"id": "M%d", "acheteur": {"id": "21750001600019"}, "nature": "Marché", "objet": "Essai", '
    '"codeCPV": "45000000", "lieuExecution": {"code": "75", "typeCode": "Code département"}, "dureeMois": 12, '
    '"dateNotification": "2024-03-01", "datePublicationDonnees": "2024-03-02", "montant": 50000, '
    '"titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "21750001600019"}}]}]}}'
)


@pytest.fixture
def declarations(tmp_path: Path) -> list[Declaration]:
    """Seven files: one absent, one that is no DECP, five of one contract each."""
    chemins = [tmp_path / f"decp-{i}.json" for i in range(7)]
    for i, chemin in enumerate(chemins):
        if i != 2:
            chemin.write_text("rien" if i == 4 else MARCHE % i, encoding="utf-8")
    return [Declaration(chemin, "decp") for chemin in chemins]


def test_lectures_simultanees(declarations: list[Declaration]) -> None:
    etapes: list[str] = []
    with duckdb.connect(config={"threads": 2}) as con:
        atelier.preparer(con, Settings())
        echecs = atelier.charger(con, declarations, Settings(), lambda etape, part: etapes.append(etape))
        sources = con.execute("SELECT source_id, fichier, retenues FROM source ORDER BY 1").fetchall()
        marches = con.execute("SELECT source_id, numero FROM decp_marche ORDER BY 1").fetchall()
        assert con.execute("SELECT current_setting('threads')").fetchone() == (2,)
    assert [e.split(" ")[0] for e in echecs] == ["decp-2.json", "Fichier"]
    assert sources == [(n, f"decp-{i}.json", int(i != 4)) for n, i in enumerate((0, 1, 3, 4, 5, 6), start=1)]
    assert marches == [(1, "M0"), (2, "M1"), (3, "M3"), (5, "M5"), (6, "M6")]
    assert etapes[:2] == ["Lecture de decp-0.json", "Lecture de decp-1.json"]


def test_erreur_imprevue_remonte(declarations: list[Declaration], monkeypatch: pytest.MonkeyPatch) -> None:
    def casser(*_: object) -> None:
        raise RuntimeError("panne")

    monkeypatch.setattr("dashboard.ingest.decp.charger", casser)
    with duckdb.connect() as con:
        atelier.preparer(con, Settings())
        with pytest.raises(RuntimeError, match="panne"):
            atelier.charger(con, declarations, Settings(), lambda etape, part: None)
