"""The page of the buyers says what SQL says, on random selections; what has its own dates keeps them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benchmarks.mesures import tirer
from dashboard.domain.conditions import condition
from dashboard.domain.selection import Selection
from dashboard.warehouse import acheteurs
from dashboard.warehouse.acheteurs_lecteur import TYPOLOGIES
from dashboard.warehouse.acheteurs_mesures import PLANCHER, Mesures, somme
from dashboard.warehouse.connexion import Instantane


def ligne(instantane: Instantane, sql: str, valeurs: tuple[object, ...] = ()) -> tuple[Any, ...]:
    resultat = instantane.curseur().execute(sql, list(valeurs)).fetchone()
    assert resultat
    return resultat


def choisir(instantane: Instantane, rang: int) -> Selection:
    choix = tirer(instantane.referentiel, random.Random(7000 + rang))
    lieu = "execution" if choix.geographie == "residence" else choix.geographie
    return replace(choix, regard=None, clauses=(), geographie=lieu, mesure="montant" if rang % 2 else "nombre")


@pytest.mark.parametrize("tirage", range(30))
def test_les_totaux_sont_ceux_du_sql(instantane: Instantane, tirage: int) -> None:
    choix = choisir(instantane, tirage)
    cond, vue = condition(choix, instantane.referentiel), acheteurs.lire(instantane, choix)
    attendu = ligne(
        instantane,
        "SELECT count(*), count(sociale), count(*) FILTER (sociale), count(*) FILTER (environnementale),"
        " coalesce(sum(montant) FILTER (NOT accord_cadre), 0), coalesce(sum(montant) FILTER (accord_cadre), 0)"
        f" FROM achat WHERE {cond.sql}",
        cond.valeurs,
    )
    m = vue.total
    assert (m.marches, m.connus, m.sociaux, m.env) == attendu[:4]
    assert (m.depense, m.maxima) == pytest.approx(attendu[4:])
    assert m.deux + m.aucune + (m.sociaux_deux - m.deux) <= m.deux_connus
    assert sum(x.marches for _, x in vue.liste) == m.marches
    for nom, (_, filtre) in TYPOLOGIES.items():
        if filtre is None or not getattr(choix, f"{filtre}s"):
            total = somme(vue.typologies[nom].values())
            assert (total.marches, total.sociaux) == (m.marches, m.sociaux), nom


@pytest.mark.parametrize("tirage", range(10))
def test_les_parts_en_nombre_et_en_montant(instantane: Instantane, tirage: int) -> None:
    choix = choisir(instantane, 100 + tirage)
    cond, m = condition(choix, instantane.referentiel), acheteurs.lire(instantane, choix).total
    nombre, montant = ligne(
        instantane,
        "SELECT count(*) FILTER (sociale) / count(sociale),"
        " sum(montant) FILTER (sociale) / sum(montant) FILTER (sociale IS NOT NULL)"
        f" FROM achat WHERE NOT accord_cadre AND {cond.sql}",
        cond.valeurs,
    )
    if m.chiffres_connus >= PLANCHER:
        assert m.part_sociale("montant") == pytest.approx(montant, abs=1e-4)
    if m.connus < PLANCHER:
        assert m.part_sociale() is None
    elif not m.accords:
        assert m.part_sociale() == pytest.approx(nombre, abs=1e-4)


def test_une_part_demande_dix_marches_et_un_format_qui_la_dit() -> None:
    assert Mesures(marches=50).part_sociale() is None
    assert Mesures(marches=50, connus=9, sociaux=3).part_sociale() is None
    assert Mesures(marches=50, connus=10, sociaux=3).part_sociale() == 0.3
    assert Mesures(marches=50, connus=10).part_sociale() == 0.0
    assert Mesures(connus=12, chiffres_connus=12).part_sociale("montant") is None  # no euro to divide by
    assert Mesures(chiffres_connus=12, depense_connue=100.0, depense_sociale=25.0).part_sociale("montant") == 0.25
    assert Mesures(connus=10, criteres=5).part_forme("criteres") == 0.5


def test_un_marche_publie_est_compte_une_fois(instantane: Instantane) -> None:
    assert ligne(instantane, "SELECT count(*), count(DISTINCT uid) FROM achat") == ligne(
        instantane, "SELECT count(DISTINCT uid), count(DISTINCT uid) FROM marche WHERE uid IS NOT NULL"
    )
    assert ligne(instantane, "SELECT count(*) FROM achat WHERE sociale AND NOT (clause OR critere OR reserve)") == (0,)
    assert ligne(instantane, "SELECT count(*) FROM achat WHERE accord_cadre AND depense IS NOT NULL") == (0,)
    assert ligne(instantane, "SELECT count(*) FROM achat WHERE date_fin <= date_notification") == (0,)


@pytest.mark.parametrize(
    ("jour", "achat", "categorie", "seuil"),
    [
        ("2024-06-01", "travaux", "commune", 5_538_000), ("2025-12-31", "services", "departement", 221_000),
        ("2026-01-01", "services", "departement", 216_000),
        ("2019-05-05", "fournitures", "entite_adjudicatrice", 443_000),
    ],
)  # fmt: skip
def test_le_seuil_est_celui_de_la_date_et_de_l_acheteur(
    instantane: Instantane, jour: str, achat: str, categorie: str, seuil: float
) -> None:
    pouvoir = categorie if categorie in ("etat", "entite_adjudicatrice") else "autre"
    sql = (
        "SELECT any_value(seuil) FROM seuil_europeen"
        " WHERE acheteur = ? AND type_achat = ? AND ?::DATE BETWEEN debut AND fin"
    )
    assert ligne(instantane, sql, (pouvoir, achat, jour)) == (seuil,)
    annee = jour[:4]
    lus = instantane.curseur().execute(
        "SELECT DISTINCT seuil FROM achat WHERE annee = ? AND type_achat = ? AND categorie_acheteur = ?",
        [int(annee), achat, categorie],
    )  # fmt: skip
    assert [v for (v,) in lus.fetchall()] in ([seuil], [])


def test_les_seuils_couvrent_chaque_jour_une_seule_fois(instantane: Instantane) -> None:
    trous = ligne(
        instantane,
        "SELECT count(*) FROM (SELECT lead(debut) OVER (PARTITION BY acheteur, type_achat ORDER BY debut) AS suite, fin"
        " FROM seuil_europeen) WHERE suite IS NOT NULL AND suite <> fin + 1",
    )
    assert trous == (0,)
    assert ligne(instantane, "SELECT count(*) FROM achat WHERE seuil IS NULL AND annee BETWEEN 2018 AND 2026") == (0,)


def test_l_obligation_a_sa_date_et_pas_celle_du_lecteur(instantane: Instantane) -> None:
    attendu = ligne(
        instantane,
        "SELECT count(*) FROM achat WHERE date_notification >= '2026-08-22' AND au_dessus AND NOT clause"
        " AND NOT reserve AND NOT suivi AND exec_dep IS NOT NULL",
    )
    assert attendu[0] > 0
    for annees in (None, (2019, 2019), (2018, 2026)):
        vue = acheteurs.lire(instantane, Selection(annees=annees))
        assert vue.chiffres["achats_conformite"].valeur == attendu[0]
        assert all(li["seuil"] and li["date_notification"] >= date(2026, 8, 22) for li in vue.conformite)


def test_les_echeances_suivent_la_date_des_donnees(instantane: Instantane) -> None:
    vue, jour = acheteurs.lire(instantane, Selection()), instantane.manifeste.date_donnees
    attendu = ligne(
        instantane,
        "SELECT count(*) FILTER (date_fin <= ?::DATE + INTERVAL 12 MONTH), count(*) FROM achat"
        " WHERE date_fin > ? AND date_fin <= last_day(CAST(?::DATE + INTERVAL 18 MONTH AS DATE))"
        " AND exec_dep IS NOT NULL",
        (jour, jour, jour),
    )
    assert vue.chiffres["achats_echeances"].valeur == attendu[0]
    assert sum(li["fins"] for li in vue.echeances) == attendu[1]
    assert [li["mois"] for li in vue.echeances] == sorted({li["mois"] for li in vue.echeances})
    assert len(vue.echeances) in (18, 19)
    assert len(vue.fins) == min(500, sum(li["fins"] for li in vue.echeances))
    sans = [not (li["sociale"] or li["suivi"]) for li in vue.fins]
    assert sans == sorted(sans, reverse=True)


def test_le_spaser_compte_tous_les_marches_de_l_acheteur(instantane: Instantane) -> None:
    rang = ligne(instantane, "SELECT acheteur, annee FROM achat GROUP BY ALL ORDER BY sum(montant) DESC LIMIT 1")
    vue = acheteurs.lire(instantane, Selection(acheteurs=(rang[0],), annees=(rang[1], rang[1]), achats=("services",)))
    total = ligne(
        instantane,
        "SELECT coalesce(sum(depense), 0), coalesce(sum(montant) FILTER (accord_cadre), 0) FROM achat"
        " WHERE acheteur = ? AND annee = ?",
        rang,
    )
    seuil = 50e6 if rang[1] >= 2023 else 100e6
    if sum(total) >= seuil and vue.total.marches:
        assert [(li["depense"], li["maxima"]) for li in vue.spaser] == [pytest.approx(total)]
    else:
        assert vue.spaser == ()


def test_par_residence_rien_n_est_lu_et_rien_n_est_zero(instantane: Instantane) -> None:
    vue = acheteurs.lire(instantane, Selection(geographie="residence"))
    assert {c.statut for c in vue.chiffres.values()} == {"nd"}
    assert vue.total == Mesures()
    assert vue.regles
