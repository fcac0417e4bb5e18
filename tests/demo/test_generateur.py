"""The demonstration is the same every time, complete, and says what it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dashboard.demo import generer
from dashboard.ingest import catalogue

pytestmark = pytest.mark.complet


def empreintes(dossier: Path) -> dict[str, str]:
    fichiers = sorted(p for p in dossier.rglob("*") if p.is_file())
    return {str(p.relative_to(dossier)): hashlib.sha256(p.read_bytes()).hexdigest() for p in fichiers}


def test_memes_octets_pour_la_meme_graine(tmp_path: Path) -> None:
    premiere = empreintes(generer(tmp_path / "a", echelle=0.01).parent)
    seconde = empreintes(generer(tmp_path / "b", echelle=0.01).parent)
    assert premiere == seconde
    assert sum(nom.endswith(".xlsx") for nom in premiere) == 1
    assert len(premiere) == 9 + 11 * 7 + 1 + 1 + 1 + 2


def test_autre_graine_autres_octets(tmp_path: Path) -> None:
    premiere = empreintes(generer(tmp_path / "a", echelle=0.01).parent)
    seconde = empreintes(generer(tmp_path / "b", graine=7, echelle=0.01).parent)
    identiques = {nom for nom in premiere if premiere[nom] == seconde[nom]}
    assert identiques <= {"sources.toml", "defauts.csv"}


def test_relancer_remplace_sans_laisser_de_reste(tmp_path: Path) -> None:
    etranger = tmp_path / "notes.txt"
    etranger.write_text("à garder", encoding="utf-8")
    generer(tmp_path, echelle=0.01)
    (tmp_path / "decp" / "decp-1999.json").write_text("{}", encoding="utf-8")
    generer(tmp_path, echelle=0.01)
    assert etranger.exists()
    assert not (tmp_path / "decp" / "decp-1999.json").exists()


def test_catalogue_lisible_et_complet(demonstration: Path) -> None:
    sources = catalogue.lire(demonstration / "sources.toml")
    assert all(s.demo and s.chemin.exists() for s in sources)
    assert [s.nature for s in sources].count("decp") == 9
    assert {s.diffusion for s in sources if s.chemin.name in ("sgp", "ratp", "sncfr", "solideo")} == {"public"}
    export = [s.chemin.name for s in sources if s.correspondance == "export_facilitateur"]
    assert export == ["coordination-95"]


def test_progression_croissante_de_zero_a_un(tmp_path: Path) -> None:
    parts: list[float] = []
    generer(tmp_path, echelle=0.01, progres=lambda etape, part: parts.append(part))
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0.0, 1.0)


@pytest.mark.parametrize("echelle", [0.0, -1.0, 3.0])
def test_echelle_hors_bornes_refusee(tmp_path: Path, echelle: float) -> None:
    with pytest.raises(ValueError, match="échelle"):
        generer(tmp_path, echelle=echelle)
