"""Comparable lots equal a direct SQL computation; the comparison widens until it says something, and no further."""

from __future__ import annotations

import random

import pytest

from dashboard.domain.selection import REGION, Selection
from dashboard.warehouse import calculateur
from dashboard.warehouse.calculateur import LOTS_MIN, Portee, portees
from dashboard.warehouse.connexion import Instantane

DIRECT = (
    "SELECT marche_no, montant, heures_engagees FROM marche WHERE origine <> 'decp' AND heures_engagees > 0"
    " AND montant > 0 AND coalesce(acheteur, '') <> 'grands_projets' AND exec_dep IS NOT NULL"
)


def tirer(instantane: Instantane, rang: int) -> Selection:
    alea, ref = random.Random(900 + rang), instantane.referentiel
    secteurs = sorted(ref.listes["secteur"])
    return Selection(
        territoire=alea.choice([REGION, REGION, "93", alea.choice(sorted(ref.territoires))]),
        secteurs=tuple(sorted(alea.sample(secteurs, alea.choice([0, 1, 2])))),
        montant=round(10 ** alea.uniform(3, 9), 2),
        part=round(alea.uniform(0, 100), 1),
    )


def directs(instantane: Instantane, p: Portee, montant: float) -> list[tuple[int, float, float]]:
    """The lots of a scope, filtered by hand."""
    t = instantane.referentiel.territoires[p.selection.territoire]
    sql, valeurs = DIRECT, []
    if t.niveau != "region":
        sql += f" AND {({'departement': 'exec_dep', 'epci': 'exec_epci', 'commune': 'exec_commune'})[t.niveau]} = ?"
        valeurs.append(t.code)
    lots = instantane.curseur().execute(sql, valeurs).fetchall()
    retenus = {no for (no,) in instantane.curseur().execute(
        "SELECT marche_no FROM marche WHERE list_contains(?, CAST(secteur AS VARCHAR))", [list(p.selection.secteurs)]
    ).fetchall()}  # fmt: skip
    bas, haut = p.bornes(montant) or (0.0, float("inf"))
    return [li for li in lots if bas <= li[1] <= haut and (not p.selection.secteurs or li[0] in retenus)]


@pytest.mark.parametrize("tirage", range(30))
def test_les_lots_comparables_sont_ceux_d_un_calcul_direct(instantane: Instantane, tirage: int) -> None:
    choix = tirer(instantane, tirage)
    vue = calculateur.lire(instantane, choix)
    assert choix.montant is not None
    attendus = directs(instantane, vue.portee, choix.montant)
    assert sorted(li["marche_no"] for li in vue.comparables) == sorted(li[0] for li in attendus)
    assert sum(li["heures"] for li in vue.comparables) == pytest.approx(sum(li[2] for li in attendus))
    for li in vue.comparables:
        assert li["pour_100k"] == pytest.approx(100_000 * li["heures"] / li["montant"])
    etapes = portees(choix)
    assert vue.portee == etapes[vue.elargi]
    avant = [len(directs(instantane, p, choix.montant)) for p in etapes[: vue.elargi]]
    assert all(n < LOTS_MIN for n in avant), "élargir sans nécessité"
    assert vue.demandes == (avant[0] if avant else len(attendus))
    assert len(attendus) >= LOTS_MIN or vue.elargi == len(etapes) - 1


def test_les_lots_proches_sont_ranges_du_plus_proche_au_plus_lointain(instantane: Instantane) -> None:
    vue = calculateur.lire(instantane, Selection(montant=800_000.0))
    assert 0 < len(vue.proches) <= 20
    ecarts = [max(li["montant"] / 800_000, 800_000 / li["montant"]) for li in vue.proches]
    assert ecarts == sorted(ecarts)
    tous = sorted(max(li["montant"] / 800_000, 800_000 / li["montant"]) for li in vue.comparables)
    assert ecarts == pytest.approx(tous[: len(ecarts)])


def test_chaque_lot_est_compare_ou_compte_avec_sa_raison(instantane: Instantane) -> None:
    vue = calculateur.lire(instantane, Selection(montant=1.0))
    assert vue.portee.facteur is None, "aucun lot d’un euro : tous les montants"
    total, agreges = instantane.curseur().execute(
        "SELECT count(*), count(*) FILTER (acheteur = 'grands_projets') FROM marche"
        " WHERE origine <> 'decp' AND exec_dep IS NOT NULL"
    ).fetchall()[0]  # fmt: skip
    assert vue.ecartes["lots"] == total
    assert vue.ecartes["agreges"] == agreges
    assert len(vue.comparables) + sum(vue.ecartes[k] for k in ("agreges", "sans_montant", "sans_heures")) == total


def test_un_nombre_hors_bornes_ne_lit_rien_et_le_dit(instantane: Instantane) -> None:
    vue = calculateur.lire(instantane, Selection(cout=0.0))
    assert vue.hypotheses is None
    assert vue.erreur is not None
    assert "Coût horaire" in vue.erreur
    assert vue.comparables == []
    assert vue.proches == []


def test_on_elargit_par_etapes_sans_repetition() -> None:
    assert [p.facteur for p in portees(Selection())] == [2.0, 4.0, None]
    complet = portees(Selection(territoire="93", secteurs=("nettoyage",)))
    assert [(p.selection.territoire, p.selection.secteurs, p.facteur) for p in complet] == [
        ("93", ("nettoyage",), 2.0), ("93", ("nettoyage",), 4.0), (REGION, ("nettoyage",), 2.0),
        (REGION, ("nettoyage",), 4.0), (REGION, (), 4.0), (REGION, ("nettoyage",), None), (REGION, (), None),
    ]  # fmt: skip
