"""Tables of the lots: what the demonstration gives."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from dashboard.domain.engagement import Projection, cumuler, moments
from dashboard.warehouse.connexion import Instantane

EN_COURS = {"avance", "temps", "surveiller", "retard", "non_demarre"}
FINIS = {"atteint", "non_atteint"}


def valeur(con: duckdb.DuckDBPyConnection, requete: str) -> Any:
    ligne = con.execute(requete).fetchone()
    assert ligne is not None
    return ligne[0]


# --- the demonstration ---------------------------------------------------------------------------------------


def test_un_lot_suivi_une_ligne_et_ses_heures_sont_celles_de_l_activite(instantane: Instantane) -> None:
    con = instantane.curseur()
    assert valeur(con, "SELECT count(*) FROM lot") == valeur(con, "SELECT count(*) FROM marche WHERE origine <> 'decp'")
    for colonne in ("realisees", "validees"):
        assert valeur(con, f"SELECT sum({colonne}) FROM lot") == pytest.approx(
            valeur(con, f"SELECT sum({colonne}) FROM activite")
        )
    assert set(c for (c,) in con.execute("SELECT DISTINCT classe FROM lot").fetchall()) == {"construction", "services"}


@pytest.mark.parametrize(
    "faute",
    [
        "etat IN ('avance', 'temps', 'surveiller', 'retard', 'non_demarre') AND projetees IS NULL",
        "etat IN ('atteint', 'non_atteint', 'nd') AND projetees IS NOT NULL",
        "(etat = 'nd') <> (motif IS NOT NULL)",
        "NOT (realisees <= projetees_bas AND projetees_bas <= projetees AND projetees <= projetees_haut)",
        "statut = 'termine' AND projetees IS NOT NULL",
        "realisees < 0 OR validees > realisees + 0.01 OR heures_dues < 0 OR avancement < 0 OR ecart_type < 0",
        "isnan(coalesce(projetees, heures_dues, attendues, 0)) OR isinf(coalesce(projetees_haut, attendues, 0))",
        "realisees >= heures_dues AND date_atteinte IS NULL",
        "date_atteinte IS NOT NULL AND greatest(realisees, coalesce(projetees, 0)) < heures_dues - 0.5",
        "etat = 'non_demarre' AND (realisees > 0 OR avancement >= 0.25)",
        "esperance < coalesce(projetees_bas, realisees) - 0.01",
        "esperance > coalesce(projetees_haut, realisees) + 0.01",
        "attendues > heures_dues + 0.01",
        "arrete <> last_day(arrete)",
        "avant_debut <> coalesce(premier_mois < date_trunc('month', debut), FALSE)",
        "acheteur = 'grands_projets' AND ligne IS NOT NULL",
    ],
)
def test_aucun_lot_de_la_demonstration_ne_contredit_la_regle(instantane: Instantane, faute: str) -> None:
    con = instantane.curseur()
    assert con.execute(f"SELECT marche_id, etat, motif FROM lot WHERE {faute} LIMIT 3").fetchall() == []
    assert valeur(con, "SELECT count(*) FROM lot WHERE projetees IS NOT NULL") > 0


def test_les_courbes_projetees_montent_du_realise_a_la_fin(instantane: Instantane) -> None:
    con = instantane.curseur()
    lignes = con.execute("""
        SELECT marche_no, list(p.mois ORDER BY mois), list([cumul, bas, haut, p.esperance, p.ecart_type] ORDER BY mois),
               any_value(l.arrete), any_value(l.realisees),
               any_value([projetees, projetees_bas, projetees_haut, l.esperance, l.ecart_type])
        FROM lot_projection p JOIN lot l USING (marche_no) GROUP BY 1""").fetchall()
    assert len(lignes) == valeur(con, "SELECT count(*) FROM lot WHERE projetees IS NOT NULL")
    for _, mois, valeurs, arrete, realisees, finales in lignes:
        assert mois[0] > arrete
        assert mois == sorted(set(mois))
        assert valeurs[-1] == pytest.approx(finales)
        for cumul, bas, haut, *_ in valeurs:
            assert realisees - 1e-6 <= bas <= cumul <= haut
        for serie in list(zip(*valeurs, strict=True)):
            assert list(serie) == sorted(serie)


def test_le_mois_d_atteinte_est_celui_ou_la_courbe_passe_le_du(instantane: Instantane) -> None:
    lignes = (
        instantane.curseur()
        .execute("""
        SELECT l.date_atteinte, (SELECT min(p.mois) FROM lot_projection p
                                 WHERE p.marche_no = l.marche_no AND p.cumul >= l.heures_dues - 0.5 - 1e-6)
        FROM lot l WHERE l.realisees < l.heures_dues - 0.5 AND l.projetees >= l.heures_dues - 0.5""")
        .fetchall()
    )
    assert lignes
    assert all(dit == vu for dit, vu in lignes)


def test_le_mois_d_atteinte_passe_est_celui_ou_les_heures_declarees_passent_le_du(instantane: Instantane) -> None:
    lignes = (
        instantane.curseur()
        .execute("""
        WITH cumul AS (SELECT marche_no, mois, sum(realisees) OVER (PARTITION BY marche_no ORDER BY mois) AS fait
                       FROM activite WHERE realisees > 0)
        SELECT l.date_atteinte, (SELECT min(c.mois) FROM cumul c
                                 WHERE c.marche_no = l.marche_no AND c.fait >= l.heures_dues - 0.5)
        FROM lot l WHERE l.realisees >= l.heures_dues""")
        .fetchall()
    )
    assert lignes
    assert all(dit == vu for dit, vu in lignes)


def test_les_moments_du_lot_sont_ceux_de_la_regle(instantane: Instantane) -> None:
    lignes = instantane.curseur().execute(
        "SELECT realisees, projetees, projetees_bas, projetees_haut, esperance, ecart_type FROM lot"
        " WHERE projetees IS NOT NULL LIMIT 40"
    ).fetchall()  # fmt: skip
    for realisees, centre, bas, haut, esperance, ecart in lignes:
        assert moments(Projection(realisees, centre, bas, haut)) == pytest.approx((esperance, ecart))
    somme = cumuler([Projection(*ligne[:4]) for ligne in lignes])
    assert somme.projetees == pytest.approx(sum(ligne[4] for ligne in lignes))
