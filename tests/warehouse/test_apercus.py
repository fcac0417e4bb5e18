"""A picture is drawn once per snapshot, whoever asks at the same time, and goes with its snapshot."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.warehouse import apercus
from dashboard.warehouse.apercus import Apercus
from dashboard.warehouse.publication import CONSERVES, dossier_apercus, publier

IDENTITE = "20260930-0123456789"


def test_une_image_n_est_dessinee_qu_une_fois(tmp_path: Path) -> None:
    place, appels = tmp_path / "o.duckdb", []

    def dessiner() -> bytes:
        appels.append(threading.get_ident())
        time.sleep(0.05)
        return b"image"

    garde = Apercus(place)
    with ThreadPoolExecutor(8) as equipe:
        recus = list(equipe.map(lambda _: garde.obtenir(IDENTITE, "heures", dessiner), range(16)))
    assert set(recus) == {b"image"}
    assert len(appels) == 1
    assert Apercus(place).obtenir(IDENTITE, "heures", dessiner) == b"image"  # another process reads the file
    assert len(appels) == 1
    fichiers = [p for p in dossier_apercus(place, IDENTITE).rglob("*") if p.is_file()]
    assert [p.name for p in fichiers] == ["heures.png"]
    assert fichiers[0].stat().st_mode & 0o777 == 0o644


def test_chaque_instantane_a_les_siennes(tmp_path: Path) -> None:
    garde = Apercus(tmp_path / "o.duckdb")
    assert garde.obtenir("a", "heures", lambda: b"1") == b"1"
    assert garde.obtenir("b", "heures", lambda: b"2") == b"2"
    assert garde.obtenir("a", "heures", lambda: b"3") == b"1"


def test_un_dessin_qui_echoue_ne_laisse_rien(tmp_path: Path) -> None:
    def echouer() -> bytes:
        raise ValueError("impossible")

    garde = Apercus(tmp_path / "o.duckdb")
    with pytest.raises(ValueError, match="impossible"):
        garde.obtenir(IDENTITE, "heures", echouer)
    assert not list(tmp_path.iterdir())
    assert garde.obtenir(IDENTITE, "heures", lambda: b"image") == b"image"


def test_la_memoire_est_bornee(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apercus, "EN_MEMOIRE", 3)
    garde = Apercus(tmp_path / "o.duckdb")
    for i in range(10):
        garde.obtenir(IDENTITE, str(i), lambda i=i: bytes([i]))  # type: ignore[misc]
    assert len(garde._memoire) == 3
    assert garde.obtenir(IDENTITE, "0", lambda: b"?") == bytes([0])


def test_sans_droit_d_ecrire_la_memoire_suffit(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "ferme").write_text("un fichier, non un dossier")
    garde = Apercus(tmp_path / "ferme" / "o.duckdb")
    with caplog.at_level(logging.WARNING):
        recue = garde.obtenir(IDENTITE, "heures", lambda: b"image")
    assert recue == b"image"
    assert garde.obtenir(IDENTITE, "heures", lambda: b"autre") == b"image"
    assert "mémoire" in caplog.text


def _neuf(dossier: Path) -> Path:
    chemin = dossier / "neuf"
    chemin.write_bytes(b"x")
    return chemin


def test_les_images_partent_avec_leur_instantane(tmp_path: Path) -> None:
    place = tmp_path / "o.duckdb"
    for i in range(CONSERVES + 2):
        publier(_neuf(tmp_path), place, f"2025010{i}-x")
        Apercus(place).obtenir(f"2025010{i}-x", "heures", lambda: b"image")
    gardes = sorted(p.name for p in tmp_path.glob("o-*.duckdb"))
    dossiers = sorted(p.name for p in tmp_path.glob("o-*.apercus"))
    assert dossiers == [n.replace(".duckdb", ".apercus") for n in gardes]
    publier(_neuf(tmp_path), place, gardes[-1][2:-7])  # built again: its pictures may be those of other numbers
    assert not dossier_apercus(place, gardes[-1][2:-7]).exists()
