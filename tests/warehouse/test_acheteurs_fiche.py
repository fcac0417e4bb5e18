"""The sheet of a buyer: found whatever the spaces, said precisely when not, and its contracts with their follow-up."""

from __future__ import annotations

import pytest

from dashboard.domain.selection import Selection
from dashboard.warehouse import acheteurs_fiche
from dashboard.warehouse.acheteurs_lecteur import ENSEMBLE, Acheteur, acheteurs
from dashboard.warehouse.acheteurs_objet import cle_juste, trouver
from dashboard.warehouse.connexion import Instantane

PARIS = "21750001600019"
CONNUS = {
    PARIS: Acheteur(PARIS, "Ville de Paris", "commune", "75", 500),
    "22930008200018": Acheteur("22930008200018", "Département de la Seine-Saint-Denis", "departement", "93", 80),
    ENSEMBLE: Acheteur(ENSEMBLE, "Grands maîtres d’ouvrage franciliens (ensemble)", ENSEMBLE, None, 30),
}


@pytest.mark.parametrize("saisie", [PARIS, "217 500 016 00019", " 217 500 016 000 19 ", "217.500.016.00019"])
def test_un_siret_se_lit_avec_ou_sans_espaces(saisie: str) -> None:
    trouve = trouver(saisie, CONNUS)
    assert trouve.introuvable is None
    assert trouve.acheteur == CONNUS[PARIS]


def test_l_ensemble_des_grands_maitres_d_ouvrage_a_sa_fiche() -> None:
    assert trouver("grands_projets", CONNUS).acheteur == CONNUS[ENSEMBLE]


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ("2175000160001", "a 13 chiffres au lieu de 14 (1 chiffre manquant)"),
        ("217500", "(8 chiffres manquants)"),
        ("217500016000190", "a 15 chiffres au lieu de 14 (1 chiffre en trop)"),
        ("21750001600018", "La clé de contrôle"),
        ("21750001600027", "est bien formé, mais cet acheteur n’a publié aucun marché"),
        ("ville de pari", "n’est pas un SIRET"),
        ("", "Aucun acheteur n’est demandé"),
    ],
)
def test_ce_qui_ne_va_pas_est_dit(saisie: str, dit: str) -> None:
    rate = trouver(saisie, CONNUS)
    assert rate.acheteur is None
    assert dit in str(rate.introuvable).replace("\u00a0", " ")
    if saisie:
        assert [a.siret for a in rate.proches][:1] in ([PARIS], [])


def test_les_noms_les_plus_proches_sont_proposes() -> None:
    assert trouver("ville de pari", CONNUS).proches[0].nom == "Ville de Paris"
    assert trouver("21750001600018", CONNUS).proches[0].nom == "Ville de Paris"
    assert trouver("Seine-Saint-Denis", CONNUS).proches[0].siret == "22930008200018"
    assert trouver("zzzz", CONNUS).proches == ()


def test_la_cle_de_controle() -> None:
    assert cle_juste(PARIS)
    assert not cle_juste("21750001600018")
    assert not cle_juste("27150001600019")  # two digits swapped
    assert cle_juste("35600000000048")
    assert cle_juste("35600000049837")  # La Poste: sum of digits, not Luhn


def grand(instantane: Instantane) -> Acheteur:
    return next(a for a in acheteurs(instantane).values() if a.siret != ENSEMBLE)


def test_la_fiche_compte_tous_les_marches_de_l_acheteur(instantane: Instantane) -> None:
    qui = grand(instantane)
    vue = acheteurs_fiche.lire(instantane, Selection(objet=f" {qui.siret[:3]} {qui.siret[3:]}"))
    n, sociaux = instantane.curseur().execute(
        "SELECT count(*), count(*) FILTER (sociale) FROM achat WHERE acheteur = ?", [qui.siret]
    ).fetchone() or (0, 0)  # fmt: skip
    assert (vue.total.marches, vue.total.sociaux) == (n, sociaux)
    assert vue.chiffres["achats_marches"].valeur == n == qui.marches
    assert vue.acheteur == qui
    assert vue.comparables.choisi == qui.siret


def test_chaque_marche_dit_son_lien_avec_le_suivi(instantane: Instantane) -> None:
    vue = acheteurs_fiche.lire(instantane, Selection(objet=grand(instantane).siret))
    assert 0 < len(vue.contrats) <= 500
    assert {li["lien"] for li in vue.contrats} <= {"exact", "probable", "a_confirmer", "aucun"}
    for li in vue.contrats:
        assert (li["lots"] > 0) == (li["lien"] in ("exact", "probable"))
        assert li["lien"] == "aucun" or 0 <= li["score"] <= 1
        assert li["lots"] or li["heures_dues"] is None
    dates = [li["date_notification"] for li in vue.contrats]
    assert dates == sorted(dates, reverse=True)


def test_les_heures_sont_celles_des_lots(instantane: Instantane) -> None:
    con = instantane.curseur()
    siret, uid, dues, faites = con.execute(
        "SELECT a.acheteur, a.uid, sum(l.heures_dues), sum(l.realisees) FROM achat a JOIN marche m USING (uid)"
        " JOIN lot l ON l.marche_no = m.marche_no WHERE a.acheteur <> 'grands_projets'"
        " GROUP BY ALL HAVING sum(l.realisees) > 0 ORDER BY max(a.date_notification) DESC, a.uid LIMIT 1"
    ).fetchone() or ("", "", 0, 0)  # fmt: skip
    vue = acheteurs_fiche.lire(instantane, Selection(objet=siret))
    li = next(li for li in vue.contrats if li["uid"] == uid)
    assert li["realisees"] == pytest.approx(faites)
    assert li["heures_dues"] == (None if dues is None else pytest.approx(dues))


def test_un_acheteur_introuvable_n_a_ni_chiffre_ni_marche(instantane: Instantane) -> None:
    vue = acheteurs_fiche.lire(instantane, Selection(objet="123"))
    assert vue.introuvable
    assert vue.acheteur is None
    assert {c.statut for c in vue.chiffres.values()} == {"nd"}
    assert vue.contrats == ()
