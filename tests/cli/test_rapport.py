"""The command `rapport`: three files, French messages, never half a file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.__main__ import app
from dashboard.warehouse.connexion import Instantane

pytestmark = pytest.mark.complet


def lancer(fichier: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["rapport", *arguments, "--instantane", str(fichier)])


def test_la_page_et_son_annexe(fichier_demo: Path, tmp_path: Path, instantane: Instantane) -> None:
    textes, sortie = tmp_path / "textes", tmp_path / "neuf" / "rapport"
    textes.mkdir()
    (textes / "femmes.md").write_text("Une année **record**.", encoding="utf-8")
    (textes / "homme.md").write_text("Rien.", encoding="utf-8")
    resultat = lancer(fichier_demo, "2025", "--html", "--sortie", str(sortie), "--editorial", str(textes))
    assert resultat.exit_code == 0, resultat.output
    nom = f"rapport_annuel_2025_{instantane.manifeste.instantane_id}_demonstration"
    assert sorted(f.name for f in sortie.iterdir()) == [f"{nom}.html", f"{nom}_annexe.xlsx"]
    assert "<p>Une année <strong>record</strong>.</p>" in (sortie / f"{nom}.html").read_text(encoding="utf-8")
    assert "« homme.md » ne porte le nom d’aucune section" in " ".join(resultat.stdout.split())
    assert "Rapport annuel 2025 écrit en" in resultat.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("1998",), "Aucune donnée pour 1998 : l’instantané va de"),
        (("hier",), "Année illisible : « hier »"),
        (("2025-2026",), "Année illisible"),
        (("2025", "--editorial", "absent"), "Fichier introuvable : absent"),
        ((), "il manque ANNÉE"),
    ],
)
def test_erreurs_prevues(
    fichier_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    resultat = lancer(fichier_demo, *arguments)
    assert resultat.exit_code == 2
    assert message in resultat.stderr
    assert "Traceback" not in resultat.output
    assert list(tmp_path.iterdir()) == []


def test_un_fichier_n_est_pas_un_dossier(fichier_demo: Path, tmp_path: Path) -> None:
    cible = tmp_path / "rapport.pdf"
    cible.write_bytes(b"")
    resultat = lancer(fichier_demo, "2025", "--sortie", str(cible))
    assert resultat.exit_code == 2
    assert "est un fichier : donnez un dossier" in " ".join(resultat.stderr.split())


def test_sans_weasyprint_rien_n_est_ecrit(fichier_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    resultat = lancer(fichier_demo, "2025", "--sortie", str(tmp_path))
    assert resultat.exit_code == 2
    assert "l’option « pdf » (WeasyPrint)" in resultat.stderr
    assert list(tmp_path.iterdir()) == []


def test_sans_instantane(tmp_path: Path) -> None:
    resultat = lancer(tmp_path / "absent.duckdb", "2025")
    assert resultat.exit_code == 2
    assert "Aucun instantané" in resultat.stderr
