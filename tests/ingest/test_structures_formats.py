"""The mapping of the lists of structures: the shipped one, and the faults of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.domain import nomenclature
from dashboard.ingest.journal import SourceIllisible
from dashboard.ingest.structures_formats import COLONNES, charger, reconnaitre
from dashboard.settings import Settings

BON = 'requis = ["a"]\ntype = "ei"\n[x.colonnes]\nnom = ["a"]\n'


def ecrire(tmp_path: Path, texte: str) -> Path:
    (tmp_path / "structures.toml").write_text(texte, encoding="utf-8")
    return tmp_path


def test_formats_livres() -> None:
    formats = charger(Settings().correspondances)
    codes = set(nomenclature.codes(nomenclature.charger(Settings().nomenclatures), "type_structure"))
    assert {"ei", "aci", "ai", "etti", "geiq", "ea", "esat", "regie"} <= codes
    assert len(formats) == 4
    for format_lu in formats:
        assert set(format_lu.colonnes) <= set(COLONNES)
        assert set(format_lu.types.values()) - {""} <= codes
        assert format_lu.type is None or format_lu.type in codes


def test_le_format_le_plus_exigeant_l_emporte(tmp_path: Path) -> None:
    texte = f'[x]\n{BON}[y]\nlibelle = "Y"\nrequis = ["A", "B c"]\ntype = "ai"\n[y.colonnes]\nnom = ["a"]\n'
    formats = charger(ecrire(tmp_path, texte))
    assert reconnaitre(formats, ["a"], "f.csv").type == "ei"
    assert reconnaitre(formats, ["À", "b-c", "z"], "f.csv").libelle == "Y"
    with pytest.raises(SourceIllisible, match=r"« f\.csv » : ce n’est pas une liste .* Y \(a, b_c\)"):
        reconnaitre(formats, ["z"], "f.csv")


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("x =", "pas un fichier TOML valide"),
        ("[x]\ntruc = 1", r"section \[x\] : clés attendues"),
        ("[x]\ntype = 'ei'", "« requis » manque"),
        ("[x]\nrequis = ['a']\ntype = 'ei'\n[x.colonnes]\nprenom = ['a']", "une colonne n’est pas de nom, siret"),
        ("[x]\nrequis = ['a']\n[x.colonnes]\nnom = ['a']", "ou un type unique"),
        (f"[x]\n{BON}ville = ['courriel']", "la colonne « courriel » est un contact"),
        (f"[x]\n{BON}ville = ['Téléphone du siège']", "la colonne « Téléphone du siège » est un contact"),
    ],
)
def test_faute_nommee(tmp_path: Path, texte: str, message: str) -> None:
    with pytest.raises(SourceIllisible, match=message) as erreur:
        charger(ecrire(tmp_path, texte))
    assert "structures.toml" in str(erreur.value)


def test_correspondance_absente(tmp_path: Path) -> None:
    with pytest.raises(SourceIllisible, match="introuvable"):
        charger(tmp_path)
