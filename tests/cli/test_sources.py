"""Choice of the sources of a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.cli.erreurs import Abandon
from dashboard.cli.sources import Demande, depuis_options, memoriser, rappeler
from dashboard.ingest.journal import Declaration


def test_un_dossier_de_marches_est_autant_de_fichiers(tmp_path: Path) -> None:
    for nom in ("b.xml", "a.json", ".cache"):
        (tmp_path / nom).write_text("x")
    declarations = depuis_options(None, [tmp_path], [], None)
    assert [(d.chemin.name, d.nature) for d in declarations] == [("a.json", "decp"), ("b.xml", "decp")]


def test_un_dossier_de_suivi_est_une_source(tmp_path: Path) -> None:
    (declaration,) = depuis_options(None, [], [tmp_path], "gabarit")
    assert (declaration.chemin, declaration.nature, declaration.demo) == (tmp_path.resolve(), "suivi", False)


def test_listes_de_structures_repetables(tmp_path: Path) -> None:
    for nom in ("siae.csv", "esat.csv"):
        (tmp_path / nom).write_text("x")
    declarations = depuis_options(None, [], [], None, [tmp_path / "siae.csv", tmp_path / "esat.csv"])
    assert [(d.chemin.name, d.nature) for d in declarations] == [("siae.csv", "structures"), ("esat.csv", "structures")]
    with pytest.raises(Abandon, match=r"absente\.csv"):
        depuis_options(None, [], [], None, [tmp_path / "absente.csv"])


def test_listes_d_entreprises_repetables(tmp_path: Path) -> None:
    (tmp_path / "stock.csv").write_text("x")
    (declaration,) = depuis_options(None, [], [], None, [], [tmp_path / "stock.csv"])
    assert (declaration.chemin.name, declaration.nature) == ("stock.csv", "entreprises")
    with pytest.raises(Abandon, match=r"absente\.csv"):
        depuis_options(None, [], [], None, [], [tmp_path / "absente.csv"])


def test_correspondance_par_chemin_ou_par_nom(tmp_path: Path) -> None:
    fichier = tmp_path / "mienne.toml"
    fichier.write_text("")
    (par_chemin,) = depuis_options(None, [], [tmp_path], str(fichier))
    (par_nom,) = depuis_options(None, [], [tmp_path], "clausier")
    assert par_chemin.correspondance == str(fichier.resolve())
    assert par_nom.correspondance == "clausier"


def test_fichier_ou_dossier_inutilisable(tmp_path: Path) -> None:
    with pytest.raises(Abandon, match=r"Fichier introuvable : .*absent\.json"):
        depuis_options(None, [tmp_path / "absent.json"], [], None)
    with pytest.raises(Abandon, match="Dossier vide"):
        depuis_options(None, [tmp_path], [], None)
    with pytest.raises(Abandon, match=r"absente\.toml"):
        depuis_options(None, [], [tmp_path], str(tmp_path / "absente.toml"))


def test_sources_memorisees_a_cote_de_l_instantane(tmp_path: Path) -> None:
    instantane = tmp_path / "o.duckdb"
    demande = Demande((Declaration(tmp_path / "a.json", "decp", "Région", diffusion="agrege"),), tmp_path / "a.csv")
    memoriser(instantane, demande)
    assert rappeler(instantane) is None  # no snapshot, nothing to recall
    instantane.touch()
    assert rappeler(instantane) == demande


@pytest.mark.parametrize("note", ["", "{", "[]", '{"declarations": [{"inconnu": 1}], "acheteurs": null}'])
def test_note_abimee_vaut_absente(tmp_path: Path, note: str) -> None:
    instantane = tmp_path / "o.duckdb"
    instantane.touch()
    (tmp_path / ".o.duckdb.sources.json").write_text(note)
    assert rappeler(instantane) is None
