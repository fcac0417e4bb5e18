"""Comparable buyers: who is kept, when the circle widens, where one stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.warehouse.acheteurs_comparables import CERCLES, PAIRS_MIN, comparer
from dashboard.warehouse.acheteurs_lecteur import Acheteur
from dashboard.warehouse.acheteurs_mesures import PLANCHER, Mesures


def acheteur(siret: str, categorie: str = "commune", departement: str | None = "93") -> Acheteur:
    return Acheteur(siret, f"Acheteur {siret}", categorie, departement, 20)


def mesure(part: float = 0.2, marches: int = 20, montant: float = 1e6) -> Mesures:
    sociaux = round(part * marches)
    return Mesures(marches=marches, connus=marches, sociaux=sociaux, depense=montant)


def monde(combien: int, **choix: object) -> tuple[dict[str, Mesures], dict[str, Acheteur]]:
    noms = [f"p{i}" for i in range(combien)]
    return {n: mesure(i / 20) for i, n in enumerate(noms)}, {n: acheteur(n, **choix) for n in noms}  # type: ignore[arg-type]


def test_le_cercle_le_plus_proche_d_abord() -> None:
    groupes, connus = monde(12)
    k = comparer(groupes, connus, "nombre", 1, "p3")
    assert k.cercle == CERCLES[0]
    assert len(k.points) == 12
    assert k.propre is not None
    assert (k.propre.part, k.devant) == (0.15, 8)


def test_le_cercle_s_elargit_quand_il_est_trop_petit() -> None:
    groupes, connus = monde(12)
    connus = {n: acheteur(n, departement="93" if n == "p0" else "75") for n in connus}
    assert comparer(groupes, connus, "nombre", 1, "p0").cercle == CERCLES[1]
    groupes["p0"] = mesure(montant=1e9)
    assert comparer(groupes, connus, "nombre", 1, "p0").cercle == CERCLES[2]
    connus["p0"] = acheteur("p0", "region")
    assert comparer(groupes, connus, "nombre", 1, "p0").cercle == CERCLES[3]


def test_ceux_qui_ont_trop_peu_de_marches_sont_comptes_a_part() -> None:
    groupes, connus = monde(12)
    groupes["p5"] = mesure(0.9, marches=PLANCHER - 1)
    k = comparer(groupes, connus, "nombre", 1, "p3")
    assert "p5" not in {p.siret for p in k.points}
    assert k.ecartes == 1
    seul = comparer(groupes, connus, "nombre", 1, "p5")
    assert seul.propre is None
    assert seul.choisi == "p5"


def test_un_acheteur_sans_montant_n_a_pas_de_montant_proche() -> None:
    groupes, connus = monde(12)
    groupes["p0"] = mesure(montant=0.0)
    assert "montant" not in comparer(groupes, connus, "nombre", 1, "p0").cercle


def test_un_acheteur_absent_de_la_selection_reste_compare_sans_position() -> None:
    groupes, connus = monde(12)
    del groupes["p0"]
    k = comparer(groupes, connus, "nombre", 1, "p0")
    assert k.propre is None
    assert len(k.points) >= PAIRS_MIN


def test_sans_acheteur_choisi_tous_sont_montres_et_rien_ne_casse_sur_le_vide() -> None:
    groupes, connus = monde(12)
    k = comparer(groupes, connus, "nombre", 4, None)
    assert len(k.points) == 12
    assert k.points[0].montant == 250_000
    vide = comparer({}, connus, "nombre", 1, None)
    assert (vide.points, vide.quartiles, vide.ecartes) == ((), None, 0)


@given(st.lists(st.integers(0, 20), min_size=4, max_size=60))
def test_les_quartiles_encadrent_les_autres(sociaux: list[int]) -> None:
    groupes = {str(i): Mesures(marches=20, connus=20, sociaux=n) for i, n in enumerate(sociaux)}
    k = comparer(groupes, {n: acheteur(n) for n in groupes}, "nombre", 1, None)
    assert k.quartiles
    bas, milieu, haut = k.quartiles
    assert min(sociaux) / 20 <= bas <= milieu <= haut <= max(sociaux) / 20
    assert [p.part for p in k.points] == sorted(p.part for p in k.points)
