"""The table of the cell key method: what it promises is computed exactly from the CSV that is shipped."""

from __future__ import annotations

import runpy
from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import sqrt
from pathlib import Path

import pytest

from dashboard.warehouse import ptable, secret
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.ptable import BASE, CLES, SEUIL, Perturbation, ligne, lire, moments

CSV = lire()
RESTES = range(BASE)


def test_le_fichier_livre_est_celui_que_le_module_recalcule(tmp_path: Path) -> None:
    ptable.ecrire(tmp_path / "ptable.csv")
    assert (tmp_path / "ptable.csv").read_bytes() == ptable.CIBLE.read_bytes()


def test_chaque_ligne_et_chaque_cle_une_seule_fois() -> None:
    assert Counter((p.pcv, p.ckey) for p in CSV) == Counter((n, k) for n in range(1, 10) for k in range(CLES))


def test_memes_parametres_que_la_publication() -> None:
    assert (SEUIL, BASE, CLES) == (secret.SEUIL, secret.ARRONDI, secret.CLES)


def test_la_ligne_lue_ne_depend_que_du_reste_des_le_seuil() -> None:
    assert [ligne(n) for n in range(1, 16)] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 5, 6, 7, 8, 9, 5]


def test_chaque_effectif_devient_un_multiple_de_la_base_a_moins_de_la_base_pres() -> None:
    par_ligne: dict[int, set[int]] = {}
    for p in CSV:
        par_ligne.setdefault(p.pcv, set()).add(p.pvalue)
    for n in range(1, 1501):
        publies = {n + v for v in par_ligne[ligne(n)]}
        if n < SEUIL:
            assert publies == {0}
        else:
            assert all(p % BASE == 0 and p >= SEUIL and abs(p - n) < BASE for p in publies)


@pytest.mark.parametrize("reste", RESTES)
def test_biais_et_variance_de_chaque_reste(reste: int) -> None:
    biais, variance = moments(CSV, SEUIL + reste)
    hausses = Fraction(round(CLES * reste / BASE), CLES)
    assert biais == BASE * hausses - reste
    assert abs(biais) < Fraction(1, 100)
    assert variance == BASE**2 * hausses * (1 - hausses)
    assert abs(variance - reste * (BASE - reste)) < Fraction(2, 100)


def test_biais_d_ensemble_nul_et_variance_d_ensemble() -> None:
    biais, variances = zip(*(moments(CSV, SEUIL + r) for r in RESTES), strict=True)
    assert sum(biais) == 0
    carre = sum(v + b * b for b, v in zip(biais, variances, strict=True)) / BASE
    assert round(float(carre), 4) == 3.9922


def test_les_restes_ne_se_suivent_pas() -> None:
    """Two counts that differ by a person of record key 0 share their key: their roundings must not be alike."""
    colonnes = {r: [p.pvalue > 0 for p in CSV if p.pcv == SEUIL + r] for r in range(1, BASE)}
    for a, b in combinations(colonnes.values(), 2):
        x, y = sum(a) / CLES, sum(b) / CLES
        ensemble = sum(i and j for i, j in zip(a, b, strict=True)) / CLES
        assert abs(ensemble - x * y) / sqrt(x * (1 - x) * y * (1 - y)) < 0.1


def test_la_commande_ecrit_le_fichier_et_dit_biais_et_variance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data" / "reference").mkdir(parents=True)
    monkeypatch.setattr("dashboard.settings.RACINE", tmp_path)
    runpy.run_path(ptable.__file__, run_name="__main__")
    assert (tmp_path / "data" / "reference" / "ptable.csv").read_bytes() == ptable.CIBLE.read_bytes()
    dit = capsys.readouterr().out.splitlines()
    assert len(dit) == BASE + 1
    assert dit[2] == "reste 2 : biais -0.0078, variance 5.9921"
    assert dit[-1] == "ensemble : biais +0.0000, variance 3.9922"


def test_l_instantane_porte_la_table_livree(instantane: Instantane) -> None:
    lus = instantane.curseur().execute("SELECT pcv, ckey, pvalue FROM ptable").fetchall()
    assert sorted(Perturbation(*li) for li in lus) == sorted(CSV)
