"""The sheets of the projects: an identifier names a programme, an operation, a lot, or nothing."""

from __future__ import annotations

import pytest

from dashboard.domain.selection import Selection
from dashboard.warehouse import projets_fiche
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.projets_fiche import Comparables, FicheProjet, lire


def fiche(instantane: Instantane, objet: str | None) -> FicheProjet:
    return lire(instantane, Selection(objet=objet))


def un(instantane: Instantane, sql: str) -> tuple[object, ...]:
    ligne = instantane.curseur().execute(sql).fetchone()
    if ligne is None:
        pytest.skip("la petite démonstration n’a pas ce cas")
    return ligne


def test_les_trois_grains_ont_les_memes_sommes_que_leurs_lots(instantane: Instantane) -> None:
    marche_id, operation, programme = un(
        instantane,
        "SELECT marche_id, operation_id, programme FROM lot WHERE programme <> 'hors_programme'"
        " AND operation_id IS NOT NULL ORDER BY heures_dues DESC NULLS LAST, marche_id LIMIT 1",
    )
    for colonne, code in (("marche_id", marche_id), ("operation_id", operation), ("programme", programme)):
        dues, faites, lots = un(
            instantane,
            f"SELECT sum(heures_dues), sum(realisees), count(*) FROM lot WHERE {colonne} = '{code}'",
        )
        f = fiche(instantane, str(code))
        assert f.introuvable is None
        assert f.mesures.bilan["dues"] == pytest.approx(dues)
        assert f.mesures.bilan["realisees"] == pytest.approx(faites)
        assert f.mesures.bilan.lots == lots
        assert (f.lot is not None) == (colonne == "marche_id")


def test_un_lot_en_cours_garde_sa_propre_projection(instantane: Instantane) -> None:
    marche_id, bas, centre, haut = un(
        instantane,
        "SELECT marche_id, projetees_bas, projetees, projetees_haut FROM lot WHERE etat IN ('surveiller', 'retard')"
        " AND projetees > 0 ORDER BY marche_id LIMIT 1",
    )
    f = fiche(instantane, str(marche_id))
    assert f.chiffres["projets_finales"].valeur == centre
    fin = f.mesures.courbe[-1]
    assert (fin.bas, fin.projetees, fin.haut) == pytest.approx((bas, centre, haut), rel=1e-3)


def test_un_lot_termine_n_a_pas_de_projection(instantane: Instantane) -> None:
    (marche_id,) = un(instantane, "SELECT marche_id FROM lot WHERE etat = 'atteint' ORDER BY marche_id LIMIT 1")
    f = fiche(instantane, str(marche_id))
    assert all(p.projetees is None for p in f.mesures.courbe)
    assert f.lot is not None
    assert f.lot["projetees"] is None


def test_un_identifiant_inconnu_propose_les_plus_proches(instantane: Instantane) -> None:
    (marche_id,) = un(instantane, "SELECT marche_id FROM lot ORDER BY marche_id LIMIT 1")
    f = fiche(instantane, f"{marche_id}9")
    assert f.cible is None
    assert marche_id in f.proches
    assert f.introuvable is not None
    assert f"« {marche_id}9 »" in f.introuvable
    assert str(marche_id) in f.introuvable
    assert f.mesures.bilan.lots == 0


@pytest.mark.parametrize("objet", ["", None, "'; DROP TABLE lot; --", "%", "hors_programme"])
def test_un_identifiant_absurde_n_est_pas_une_erreur(instantane: Instantane, objet: str | None) -> None:
    assert fiche(instantane, objet).introuvable is not None


def test_les_comparables_d_un_lot_sont_du_meme_secteur_et_du_meme_ordre(instantane: Instantane) -> None:
    (marche_id,) = un(
        instantane, "SELECT marche_id FROM lot WHERE heures_dues > 0 AND secteur IS NOT NULL ORDER BY marche_id LIMIT 1"
    )
    f = fiche(instantane, str(marche_id))
    assert f.lot is not None
    facteur = f.comparables.facteur
    assert facteur in projets_fiche.FACTEURS
    for li in f.comparables.lignes:
        assert f.lot["heures_dues"] / facteur <= li["heures_dues"] <= f.lot["heures_dues"] * facteur
        assert li["marche_id"] != marche_id


def test_la_position_parmi_les_comparables() -> None:
    comparables = Comparables([{"part": 0.5}, {"part": 0.9}, {"part": 1.1}, {"part": 1.2}])
    assert comparables.au_moins(1.0) == 0.5
    assert Comparables([]).au_moins(1.0) is None


def test_un_lot_rattache_montre_son_marche(instantane: Instantane) -> None:
    marche_id, uid = un(
        instantane,
        "SELECT marche_id, uid FROM marche WHERE origine <> 'decp' AND uid IS NOT NULL ORDER BY marche_id LIMIT 1",
    )
    contrat = fiche(instantane, str(marche_id)).contrat
    assert contrat.publie is not None
    assert contrat.publie["uid"] == uid
    assert [x["role"] for x in contrat.firmes][:1] == ["mandataire"]
