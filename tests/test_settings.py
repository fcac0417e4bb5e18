"""Settings: defaults, every variable, French refusals that name the variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.settings import RACINE, VARIABLES, ReglageInvalide, Settings, environnement

CLE = "k" * 32


def test_environnement_vide_donne_les_valeurs_par_defaut() -> None:
    assert Settings.depuis_environnement({}) == Settings()
    assert Settings().instantane == RACINE / "data/instantane/observatoire.duckdb"
    assert Settings().partage == RACINE.parent / "shared"


def test_chaque_variable_est_lue(tmp_path: Path) -> None:
    reglages = Settings.depuis_environnement(
        {
            "OBSERVATOIRE_INSTANTANE": str(tmp_path / "a.duckdb"),
            "OBSERVATOIRE_CLE_SECRETE": CLE,
            "OBSERVATOIRE_SECRET_SESSION": "s",
            "OBSERVATOIRE_PORT": "9000",
            "PORT": "7000",
            "OBSERVATOIRE_URL_PUBLIQUE": "https://exemple.test/",
            "OBSERVATOIRE_PARTAGE": str(tmp_path),
        }
    )
    assert reglages.instantane == tmp_path / "a.duckdb"
    assert reglages.cle_secrete == CLE.encode()
    assert reglages.secret_session == "s"
    assert reglages.port == 9000
    assert reglages.url_publique == "https://exemple.test"
    assert reglages.partage == tmp_path


def test_port_de_l_hebergeur_a_defaut() -> None:
    assert Settings.depuis_environnement({"PORT": "7000"}).port == 7000


@pytest.mark.parametrize("variable", [v.nom for v in VARIABLES])
def test_variable_vide_vaut_absente(variable: str) -> None:
    assert Settings.depuis_environnement({variable: "  "}) == Settings()


@pytest.mark.parametrize(
    ("variable", "valeur"),
    [
        ("OBSERVATOIRE_PORT", "0"),
        ("OBSERVATOIRE_PORT", "65536"),
        ("PORT", "huit mille"),
        ("PORT", "-1"),
        ("PORT", "٨٠٥٠"),
        ("OBSERVATOIRE_CLE_SECRETE", "courte"),
        ("OBSERVATOIRE_URL_PUBLIQUE", "exemple.test"),
        ("OBSERVATOIRE_INSTANTANE", "a\0b"),
    ],
)
def test_valeur_refusee_nomme_la_variable(variable: str, valeur: str) -> None:
    with pytest.raises(ReglageInvalide, match=variable):
        Settings.depuis_environnement({variable: valeur})


def test_les_secrets_ne_s_affichent_pas() -> None:
    reglages = Settings.depuis_environnement({"OBSERVATOIRE_CLE_SECRETE": CLE, "OBSERVATOIRE_SECRET_SESSION": "chut"})
    assert CLE not in repr(reglages)
    assert "chut" not in repr(reglages)


def test_environnement_d_un_processus_fils() -> None:
    variables = environnement({"OBSERVATOIRE_PORT": "9000"})
    assert variables["OBSERVATOIRE_PORT"] == "9000"
    assert "PATH" in variables
