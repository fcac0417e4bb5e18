"""Code lists: the shipped ones load in order; a bad file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.domain.nomenclature import Modalite, charger, codes, libelle

DOSSIER = Path(__file__).resolve().parents[2] / "data" / "nomenclatures"


def test_listes_livrees() -> None:
    listes = charger(DOSSIER)
    assert {"secteur", "type_clause", "publics", "prescripteur", "sexe", "programme"} <= set(listes)
    assert listes["sexe"][0] == Modalite("F", "Femme", 1)
    for modalites in listes.values():
        assert [m.ordre for m in modalites] == sorted({m.ordre for m in modalites})
        assert all(m.code and m.libelle for m in modalites)


def test_libelle_et_codes() -> None:
    listes = charger(DOSSIER)
    assert libelle(listes, "secteur", "gros_oeuvre") == "Gros œuvre"
    assert libelle(listes, "secteur", "inconnu") == "inconnu"
    assert libelle(listes, "absente", "x") == "x"
    assert libelle(listes, "secteur", None) == ""
    assert codes(listes, "type_achat") == ("travaux", "services", "fournitures")
    assert codes(listes, "absente") == ()


@pytest.mark.parametrize(
    "texte", ["code,libelle\na,A\n", "code,libelle,ordre\na,A,premier\n", "code,libelle,ordre\na\n"]
)
def test_fichier_fautif_nomme(tmp_path: Path, texte: str) -> None:
    (tmp_path / "liste.csv").write_text(texte, encoding="utf-8")
    with pytest.raises(ValueError, match=r"liste\.csv"):
        charger(tmp_path)


def test_code_en_double(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("code,libelle,ordre\na,A,1\na,B,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="deux fois"):
        charger(tmp_path)
