"""The commands `fiche` and `fiches`: files where they are asked, French messages otherwise, never half a file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.__main__ import app
from dashboard.warehouse.connexion import Instantane

pytestmark = pytest.mark.complet


def lancer(fichier: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--instantane", str(fichier)])


def test_une_fiche_html(fichier_demo: Path, tmp_path: Path, instantane: Instantane) -> None:
    resultat = lancer(fichier_demo, "fiche", "t8", "--annee", "2024", "--sortie", str(tmp_path))
    assert resultat.exit_code == 0
    cible = tmp_path / f"fiche_territoire_T8_2024_{instantane.manifeste.instantane_id}_demonstration.html"
    assert str(cible) in resultat.stdout.replace("\n", "")
    texte = cible.read_text(encoding="utf-8")
    assert "<h1>Est Ensemble</h1>" in texte
    assert "<script" not in texte
    assert [f.name for f in tmp_path.iterdir()] == [cible.name]


def test_une_fiche_pdf_dans_un_fichier_nomme(fichier_demo: Path, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", exc_type=OSError)
    cible = tmp_path / "neuf" / "saint-denis.pdf"
    assert lancer(fichier_demo, "fiche", "93066", "--pdf", "--sortie", str(cible)).exit_code == 0
    assert cible.read_bytes().startswith(b"%PDF-")


def test_toutes_les_fiches_d_un_niveau(fichier_demo: Path, tmp_path: Path) -> None:
    resultat = lancer(fichier_demo, "fiches", "--niveau", "departement", "--dossier", str(tmp_path / "f"), "--html")
    assert resultat.exit_code == 0
    codes = sorted(f.name.split("_")[2] for f in (tmp_path / "f").iterdir())
    assert codes == ["75", "77", "78", "91", "92", "93", "94", "95"]
    assert "Fiches · Paris" in resultat.stdout
    assert "8 fiches écrites" in resultat.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("fiche", "99"), "n’a le code « 99 »"),
        (("fiche", "courneuve"), "Cherchiez-vous : La Courneuve (93027) ?"),
        (("fiche", "93", "--annee", "1998"), "Aucune donnée pour 1998"),
        (("fiche", "93", "--annee", "hier"), "Période illisible"),
        (("fiches", "--niveau", "canton"), "Niveau inconnu : « canton »"),
        (("fiches",), "il manque --niveau"),
        (("fiche",), "il manque CODE"),
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


@pytest.mark.parametrize(
    "commande", [("fiche", "93", "--pdf"), ("fiches", "--niveau", "departement"), ("rapport", "2025")]
)
def test_sans_weasyprint_rien_n_est_calcule(
    fichier_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commande: tuple[str, ...]
) -> None:
    def refuser(*_arguments: object) -> None:
        raise AssertionError("l’instantané ne doit pas être ouvert")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr("dashboard.warehouse.connexion.Entrepot.instantane", refuser)
    resultat = lancer(fichier_demo, *commande)
    assert resultat.exit_code == 2
    assert "observatoire-clauses-sociales[pdf]" in "".join(resultat.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_sans_weasyprint(fichier_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    resultat = lancer(fichier_demo, "fiche", "93", "--pdf", "--sortie", str(tmp_path))
    assert resultat.exit_code == 2
    assert "l’option « pdf » (WeasyPrint)" in resultat.stderr
    assert list(tmp_path.iterdir()) == []


def test_sans_instantane(tmp_path: Path) -> None:
    resultat = lancer(tmp_path / "absent.duckdb", "fiche", "93")
    assert resultat.exit_code == 2
    assert "Aucun instantané" in resultat.stderr
