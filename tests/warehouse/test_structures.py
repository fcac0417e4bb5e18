"""Structures of a snapshot: the table of the contract, and its sums by commune."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.ingest import catalogue
from dashboard.ingest.journal import Declaration
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.construction import RienCharge, construire
from dashboard.warehouse.structures import par_commune

pytestmark = pytest.mark.complet


def test_table_du_contrat(instantane: Instantane) -> None:
    con = instantane.curseur()
    con.execute("SELECT * FROM structure ORDER BY structure_no")
    assert [c[0] for c in con.description or ()] == [
        "structure_no", "siret", "nom", "type", "commune", "lon", "lat", "source_id",
    ]  # fmt: skip
    lignes = con.fetchall()
    assert [ligne[0] for ligne in lignes] == list(range(1, len(lignes) + 1))
    assert {len(ligne[1]) for ligne in lignes if ligne[1]} == {14}
    assert {ligne[3] for ligne in lignes} <= set(instantane.referentiel.listes["type_structure"])
    assert con.execute("SELECT count(*) FROM structure s ANTI JOIN source USING (source_id)").fetchone() == (0,)


def test_par_commune(instantane: Instantane) -> None:
    communes = par_commune(instantane)
    con = instantane.curseur()
    assert sum(c.structures for c in communes) == con.execute("SELECT count(*) FROM structure").fetchall()[0][0]
    assert [c.structures for c in communes] == sorted((c.structures for c in communes), reverse=True)
    paris = communes[0]
    assert (paris.code, paris.nom) == ("75056", "Paris")
    attendus = con.execute(
        "SELECT type::VARCHAR, count(*) FROM structure WHERE commune = '75056' GROUP BY type ORDER BY type"
    ).fetchall()
    assert list(paris.types) == attendus
    assert par_commune(instantane) is communes


def test_aucun_contact_dans_l_instantane(sources_demo: Path, tmp_path: Path) -> None:
    """A list full of telephones, e-mails and addresses; the bytes of the snapshot hold none."""
    liste = tmp_path / "structures.csv"
    entete = "kind,siret,name,address,post_code,city,contact_email,contact_phone"
    lignes = [
        f'EI,,Atelier {i},"{i} rue Confidentielle",93200,Saint-Denis,p{i}@secret.test,0199000{i:03d}' for i in range(99)
    ]
    liste.write_text("\n".join([entete, *lignes, "EI,,Trop court,p@secret.test,0199000123"]), encoding="utf-8")
    decp = catalogue.lire(sources_demo)[0]
    construire([decp, Declaration(liste, "structures")], tmp_path / "o.duckdb", reglages=Settings())
    octets = (tmp_path / "o.duckdb").read_bytes()
    assert b"Atelier 98" in octets
    for contact in (b"secret.test", b"0199000", b"Confidentielle"):
        assert contact not in octets


def test_une_liste_de_structures_seule_ne_fait_pas_un_instantane(tmp_path: Path) -> None:
    liste = tmp_path / "structures.csv"
    liste.write_text("kind,siret,name,post_code\nEI,,Atelier,93200\n", encoding="utf-8")
    with pytest.raises(RienCharge, match="Aucun marché ni suivi exploitable"):
        construire([Declaration(liste, "structures")], tmp_path / "o.duckdb", reglages=Settings())
    assert not (tmp_path / "o.duckdb").exists()
