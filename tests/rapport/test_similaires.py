"""Similar territories: same level, never itself, the smallest distance on the measures that both have."""

from __future__ import annotations

import pytest

from dashboard.domain.territoire import Territoire
from dashboard.rapport.niveaux import Valeurs
from dashboard.rapport.similaires import distance, profil, similaires


def lieu(code: str, population: int, surface: float = 10.0) -> Territoire:
    return Territoire(code, "commune", code, 0, population, surface)


def valeurs(heures: float | None, hors_btp: float | None) -> Valeurs:
    return Valeurs({"heures_hab": (heures, "valeur"), "part_hors_btp": (hors_btp, "valeur")})


LIEUX = {c: lieu(c, n) for c, n in {"a": 10_000, "b": 11_000, "c": 100_000, "d": 10_500, "e": 9_000}.items()}
VALEURS = {"a": valeurs(500, 0.3), "b": valeurs(480, 0.3), "c": valeurs(500, 0.3), "d": valeurs(0, None),
           "e": valeurs(500, 0.9)}  # fmt: skip


def test_le_plus_proche_d_abord_et_jamais_soi_meme() -> None:
    proches = similaires("a", LIEUX, VALEURS)
    assert proches[0] == "b"
    assert len(proches) == 3
    assert "a" not in proches


def test_la_distance_est_symetrique_et_nulle_sur_soi() -> None:
    a, c = profil(LIEUX["a"], VALEURS["a"]), profil(LIEUX["c"], VALEURS["c"])
    ecarts = [1.0, 2.0, 1.0, 1.0]
    assert distance(a, a, ecarts) == 0
    assert distance(a, c, ecarts) == distance(c, a, ecarts) > 0


def test_une_mesure_absente_est_laissee_de_cote() -> None:
    a, d = profil(LIEUX["a"], VALEURS["a"]), profil(LIEUX["d"], VALEURS["d"])
    assert d[3] is None
    sans = ((a[0] - d[0]) ** 2 + (a[1] - d[1]) ** 2 + (a[2] - d[2]) ** 2) / 3  # type: ignore[operator]
    assert distance(a, d, [1.0] * 4) == pytest.approx(sans**0.5)
    assert distance((None,), (1.0,), [1.0]) == float("inf")


def test_des_territoires_tous_egaux_se_rangent_par_code() -> None:
    pareils = {c: lieu(c, 100) for c in "dcba"}
    egales = {c: valeurs(10, 0.5) for c in pareils}
    assert similaires("b", pareils, egales) == ["a", "c", "d"]
