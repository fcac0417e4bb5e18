"""The page of the projects against direct computations on the same snapshot, whatever is chosen."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from benchmarks.mesures import tirer
from dashboard.domain.engagement import intervalle
from dashboard.domain.selection import REGION, Selection
from dashboard.warehouse import projets
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.projets_bilan import bilan, programmes
from dashboard.warehouse.projets_courbe import courbe, suivant, utiles
from dashboard.warehouse.projets_lecteur import ETATS, HORS, LecteurProjets

TIRAGES = range(12)


def selection(instantane: Instantane, rang: int) -> Selection:
    """A random selection of what the page obeys."""
    alea = random.Random(7100 + rang)
    brute = tirer(instantane.referentiel, alea)
    geographie = "siege" if rang % 4 == 3 else "execution"
    return replace(brute, annees=None, regard=None, geographie=geographie)


def direct(instantane: Instantane, choix: Selection, sommes: str, sur: str = "lot") -> tuple[object, ...]:
    """Sums over the lots of a selection, written again from the table of the lots."""
    morceaux: list[str] = ["TRUE"]
    valeurs: list[object] = []
    prefixe = {"execution": "exec", "siege": "siege"}[choix.geographie]
    if choix.territoire != REGION:
        niveau = instantane.referentiel.territoires[choix.territoire].niveau
        morceaux.append(f"{prefixe}_{'dep' if niveau == 'departement' else niveau} = ?")
        valeurs.append(choix.territoire)
    listes = {
        "acheteur": choix.acheteurs, "programme": choix.programmes, "secteur": choix.secteurs,
        "type_clause": choix.clauses, "type_achat": choix.achats,
    }  # fmt: skip
    for colonne, codes in listes.items():
        if codes:
            morceaux.append(f"list_contains(?, CAST({colonne} AS VARCHAR))")
            valeurs.append(list(codes))
    if HORS not in choix.programmes:
        morceaux.append(f"programme <> '{HORS}'")
    sql = f"SELECT {sommes} FROM {sur} WHERE {' AND '.join(morceaux)}"
    ligne = instantane.curseur().execute(sql, valeurs).fetchone()
    assert ligne is not None
    return ligne


@pytest.mark.parametrize("rang", TIRAGES)
def test_les_sommes_sont_celles_des_lots(instantane: Instantane, rang: int) -> None:
    choix = selection(instantane, rang)
    m = projets.lire(instantane, choix).mesures
    lots, dues, faites, mobiles, restantes = direct(
        instantane, choix,
        "count(*), coalesce(sum(heures_dues), 0), coalesce(sum(realisees), 0),"
        " coalesce(sum(heures_dues) FILTER (due_mobile), 0),"
        " coalesce(sum(greatest(heures_dues - realisees, 0)) FILTER (etat NOT IN ('atteint', 'non_atteint')), 0)",
    )  # fmt: skip
    assert m.bilan.lots == lots
    assert m.bilan["dues"] == pytest.approx(dues)
    assert m.bilan["realisees"] == pytest.approx(faites)
    assert m.bilan["dues_mobiles"] == pytest.approx(mobiles)
    assert m.bilan["restantes"] == pytest.approx(restantes)
    assert sum(m.bilan.etats.values()) == m.bilan.lots
    assert sum(p.bilan.lots for p in m.programmes) == lots
    assert sum(b.lots for p in m.programmes for _, b in p.lignes) == lots
    assert sum(li["lots"] for li in m.motifs) == lots
    assert sum(li["lots"] for li in m.rapprochement) == lots


@pytest.mark.parametrize("rang", TIRAGES)
def test_les_courbes_montent_et_finissent_aux_totaux(instantane: Instantane, rang: int) -> None:
    m = projets.lire(instantane, selection(instantane, rang)).mesures
    if not m.courbe:
        assert m.bilan["realisees"] == 0
        return
    for suite in ([p.engagees for p in m.courbe], [p.realisees for p in m.courbe if p.realisees is not None]):
        assert all(b >= a - 1e-6 for a, b in pairwise(suite))
    derniere = [p.realisees for p in m.courbe if p.realisees is not None][-1]
    assert derniere == pytest.approx(m.bilan["realisees"])
    assert [p.mois for p in m.courbe[1:]] == [suivant(p.mois) for p in m.courbe[:-1]]
    for p in m.courbe:
        if p.projetees is not None:
            assert p.bas is not None
            assert p.haut is not None
            assert p.bas <= p.projetees + 1e-6 <= p.haut + 2e-6
            assert p.projetees >= derniere - 1e-6
    fin = m.courbe[-1]
    if fin.projetees is not None:
        finales = m.bilan.finales
        # lots that owe nothing are in the curve, never in the final hours held against a due
        assert finales is None or fin.projetees >= finales[1] - 1e-3


def test_sans_programme_choisi_les_lots_hors_programme_restent_dehors(instantane: Instantane) -> None:
    partout = projets.lire(instantane, Selection()).mesures
    assert HORS not in {p.code for p in partout.programmes}
    hors = projets.lire(instantane, Selection(programmes=(HORS,))).mesures
    assert {p.code for p in hors.programmes} == {HORS}
    total = direct(instantane, Selection(programmes=(HORS,)), "count(*)")[0]
    assert hors.bilan.lots == total
    assert hors.listables >= len(hors.lots)


def test_seule_la_liste_obeit_aux_etats(instantane: Instantane) -> None:
    tout, choisis = (projets.lire(instantane, Selection(etat=e)).mesures for e in ((), ("retard", "surveiller")))
    assert choisis.bilan == tout.bilan
    assert {li["etat"] for li in choisis.lots} <= {"retard", "surveiller"}
    assert choisis.listables == sum(tout.bilan.etats.get(e, 0) for e in ("retard", "surveiller"))
    assert tout.listables == tout.bilan.lots - tout.bilan["ensemble"]


def test_les_lots_les_plus_inquietants_viennent_d_abord(instantane: Instantane) -> None:
    ordre = ["retard", "surveiller", "non_demarre", "nd", "temps", "avance", "non_atteint", "atteint"]
    rangs = [ordre.index(li["etat"]) for li in projets.lire(instantane, Selection()).mesures.lots]
    assert rangs == sorted(rangs)


def test_un_lot_publie_seulement_avec_d_autres_n_est_jamais_liste(instantane: Instantane) -> None:
    """Every file that lists lots, operations or identifiers leaves them out."""
    from dashboard.warehouse.fichiers_sql import texte

    for nom in ("lots", "operations", "comparables", "objet", "proches"):
        assert "acheteur <> 'grands_projets'" in texte("lecture", f"projets_{nom}")


def test_par_residence_il_n_y_a_aucun_lot(instantane: Instantane) -> None:
    assert projets.lire(instantane, Selection(geographie="residence")) is projets.VIDE


def test_personne_ne_se_croise_avec_une_operation(instantane: Instantane) -> None:
    publics = projets.lire(instantane, Selection()).mesures.publics
    codes = {li["groupe"] for li in publics}
    assert codes <= {"tous", *instantane.referentiel.listes["programme"]}
    assert all(li["effectif"] is None or li["effectif"] == 0 or li["effectif"] >= 5 for li in publics)


# --- arithmetic -------------------------------------------------------------------------------------------


def ligne(**valeurs: object) -> dict[str, object]:
    from dashboard.warehouse.projets_bilan import SOMMES

    return {**dict.fromkeys(SOMMES, 0), "programme": "eole", "ligne": "", "etat": "temps", "arrete": None, **valeurs}


def test_un_bilan_vide_ne_divise_rien() -> None:
    b = bilan([])
    assert b.lots == 0
    assert (b.part, b.temps, b.mobile, b.taux, b.atteints, b.couverture, b.finales, b.parts_finales) == (None,) * 8


def test_l_intervalle_d_une_somme_suit_la_regle_des_engagements() -> None:
    b = bilan([
        ligne(lots=1, lots_finales=1, realisees_finales=60.0, finales=100.0, dues_finales=80.0, ecarts=3.0, carres=9.0),
        ligne(lots=1, lots_finales=1, finales=50.0, dues_finales=120.0, ecarts=4.0, carres=16.0, etat="retard"),
    ])  # fmt: skip
    attendu = intervalle(60.0, 150.0, 7.0, 25.0)
    assert b.finales == (attendu.bas, attendu.projetees, attendu.haut)
    assert b.finales[2] - b.finales[1] > 1.28 * 5  # wider than independent lots
    assert b.parts_finales == pytest.approx((attendu.bas / 200, 0.75, attendu.haut / 200))
    assert b.inquietants == 1


def test_les_lignes_se_suivent_par_leur_numero() -> None:
    lus = [ligne(programme="ratp", ligne=nom, lots=1) for nom in ("12", "4", "", "11")]
    (ratp,) = programmes(lus, ["eole", "ratp"])
    assert [nom for nom, _ in ratp.lignes] == ["4", "11", "12", ""]


def increment(mois: date, **valeurs: float | None) -> dict[str, object]:
    vide = {"engagees": 0.0, "realisees": 0.0, "projetees": None, "ecarts": 0.0, "carres": 0.0}
    return {"mois": mois, **vide, **valeurs}


def test_une_courbe_remplit_les_mois_et_ne_projette_qu_apres_l_arrete() -> None:
    lus = [
        increment(date(2025, 11, 1), engagees=10.0, realisees=4.0),
        increment(date(2026, 2, 1), engagees=10.0, projetees=6.0, ecarts=2.0, carres=4.0),
    ]
    points = courbe(lus, date(2025, 12, 31))
    assert [p.mois.month for p in points] == [11, 12, 1, 2]
    assert [p.realisees for p in points] == [4.0, 4.0, None, None]
    assert [p.projetees for p in points] == [None, 4.0, 4.0, 10.0]
    attendu = intervalle(4.0, 10.0, 2.0, 4.0)
    assert (points[-1].bas, points[-1].haut) == (attendu.bas, attendu.haut)
    assert 7 < attendu.bas < 8 < 12 < attendu.haut < 13


def test_sans_projection_la_courbe_s_arrete_a_ce_qui_est_fait() -> None:
    points = courbe([increment(date(2025, 11, 1), engagees=10.0, realisees=4.0)], date(2025, 12, 31))
    assert all(p.projetees is None for p in points)
    assert courbe([], None) == ()
    assert utiles(()) == ()


def test_la_fin_d_une_courbe_ou_plus_rien_ne_change_n_est_pas_dessinee() -> None:
    lus = [increment(date(2025, 12, 1), engagees=100.0, realisees=90.0), increment(date(2026, 1, 1), projetees=10.0)]
    lus += [increment(date(2030, 1, 1), projetees=0.01)]
    points = courbe(lus, date(2025, 12, 31))
    assert points[-1].mois == date(2030, 1, 1)
    assert utiles(points)[-1].mois == date(2026, 1, 1)


def test_les_etats_sont_ceux_de_la_nomenclature(instantane: Instantane) -> None:
    assert set(ETATS) == set(instantane.referentiel.listes["etat_lot"])


def test_une_operation_ne_donne_aucune_personne(instantane: Instantane) -> None:
    from dashboard.warehouse.projets_lecteur import Cible

    operation = Cible("operation", "x", "x", "eole", "x")
    assert LecteurProjets(instantane, Selection(), operation).de_personnes() is None
    programme = Cible("programme", "eole", "Eole", "eole")
    assert LecteurProjets(instantane, Selection(), programme).de_personnes() is not None
