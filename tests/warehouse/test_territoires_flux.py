"""Flows from home to work: links published alike whatever leads to them, shares of hours close to the true ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.domain.conditions import condition
from dashboard.domain.selection import Selection
from dashboard.warehouse import execution, secret
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.territoires import lire
from dashboard.warehouse.territoires_flux import AILLEURS
from tests.warehouse.secret_outils import ouvrir


@pytest.mark.parametrize("annees", [(2021, 2021), (2018, 2025)])
def test_les_liens_de_la_region(instantane: Instantane, annees: tuple[int, int]) -> None:
    choix = Selection(annees=annees)
    cond = condition(choix, instantane.referentiel)
    sql = (
        "SELECT depart, arrivee, count(*) AS effectif, sum(cle) AS cle, 0.0 AS heures FROM (SELECT DISTINCT "
        "res_dep AS depart, exec_dep AS arrivee, personne_no, cle FROM presence WHERE {condition}) GROUP BY ALL"
    )
    with pytest.MonkeyPatch.context() as remplace:
        lignes = ouvrir(remplace)(instantane.curseur(), sql, "depart", cond)
    attendus = {(li["depart"] or AILLEURS, li["arrivee"]): li["effectif"] for li in lignes}
    flux = lire.__wrapped__(instantane, choix).flux
    assert {(li.depart, li.arrivee): li.effectif for li in flux.liens} == attendus
    assert all(li.effectif is None or li.effectif >= secret.SEUIL for li in flux.liens)
    assert all((li.effectif is None) == (li.statut == "s") for li in flux.liens)
    assert {li.sens for li in flux.liens if li.depart == li.arrivee} == {"interne"}
    assert {li.sens for li in flux.liens if li.depart != li.arrivee} == {"autre"}


def test_les_liens_d_un_departement_entrent_restent_et_sortent(instantane: Instantane) -> None:
    choix = Selection(annees=(2018, 2025), territoire="93")
    flux, ref = lire(instantane, choix).flux, instantane.referentiel
    siens = {t.epci for t in ref.territoires.values() if t.niveau == "commune" and t.departement == "93"}
    departements = {t.code for t in ref.territoires.values() if t.niveau == "departement"} - {"93"}
    for lien in flux.liens:
        assert lien.depart in {"interne": siens, "entrant": departements | {AILLEURS}, "sortant": siens}[lien.sens]
        assert lien.arrivee in {"interne": siens, "entrant": siens, "sortant": departements}[lien.sens]
    assert {li.sens for li in flux.liens} == {"interne", "entrant", "sortant"}
    assert len({(li.depart, li.arrivee) for li in flux.liens}) == len(flux.liens)
    publies = [li.effectif for li in flux.liens if li.effectif is not None]
    assert publies == sorted(publies, reverse=True)
    ailleurs = lire(instantane, replace(choix, geographie="residence")).flux
    assert ailleurs == flux, "les deux bouts d’un lien ne dépendent pas du lieu où l’on compte"


def test_les_parts_d_heures_sont_proches_des_vraies(instantane: Instantane) -> None:
    choix = Selection(annees=(2018, 2025), territoire="93")
    flux = lire(instantane, choix).flux
    sql = (
        "SELECT sum(heures) FILTER (res_dep = exec_dep) / sum(heures) AS part FROM presence "
        "WHERE annee BETWEEN 2018 AND 2025 AND {} = '93'"
    )
    for part, colonne in ((flux.habitants, "exec_dep"), (flux.sur_place, "res_dep")):
        vraie = execution.lignes(instantane.curseur(), sql.format(colonne), ())[0]["part"]
        assert part == pytest.approx(vraie, abs=0.02)


def test_par_siege_les_liens_sont_entre_departements(instantane: Instantane) -> None:
    flux = lire(instantane, Selection(territoire="93", geographie="siege", annees=(2018, 2025))).flux
    assert {li.arrivee for li in flux.liens} <= {"75", "77", "78", "91", "92", "93", "94", "95"}
    assert flux.sur_place is None
