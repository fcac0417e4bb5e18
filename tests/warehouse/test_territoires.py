"""What the page of the territories publishes: the same as a plain SQL through the same protection, at every level."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from dashboard.domain.conditions import Condition, colonne_territoire, condition
from dashboard.domain.filtre import GEOGRAPHIES, INDICATEURS, LISTES, NIVEAUX, REGARDS
from dashboard.domain.selection import REGION, Selection
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.territoires import CHIFFRES, lire
from dashboard.warehouse.territoires_mesures import FEMMES, Faits
from tests.warehouse.secret_outils import ouvrir

TIRAGES = range(30)
BTP = "secteur IN ('gros_oeuvre', 'second_oeuvre', 'travaux_publics')"
COMPTES = {
    "part_femmes": "any_value(sexe) = 'F'", "part_moins_26": "min(tranche_age) = 'moins_26'",
    "part_plus_50": "min(tranche_age) = '50_plus'", "part_qpv": "any_value(qpv)", "part_rsa": "any_value(rsa)",
    "part_deld": "any_value(deld)", "part_hors_btp": f"bool_or(NOT {BTP})",
    "distance": "bool_or(distance_km IS NOT NULL)",
}  # fmt: skip
#: Distinct persons, and those an indicator counts, written in the plainest way.
DIRECTE = f"""
WITH p AS (
    SELECT {{groupe}} AS groupe, personne_no, any_value(cle) AS cle, {{compte}} AS compte, sum(heures) AS heures,
           sum(heures) FILTER (NOT {BTP}) AS hors_btp,
           sum(distance_km * heures) / sum(heures) FILTER (distance_km IS NOT NULL) AS km
    FROM presence WHERE {{condition}} AND {{groupe}} IS NOT NULL GROUP BY 1, personne_no)
SELECT groupe, 'total' AS dimension, NULL AS code, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures,
       NULL AS moyenne_km
FROM p GROUP BY groupe
UNION ALL SELECT groupe, {{dimension}}, 'compte', count(*), sum(cle), sum({{heures}}), median(km)
FROM p WHERE compte GROUP BY groupe
"""


def par_la_porte(
    instantane: Instantane, sql: str, croise: str, cond: Condition, **colonnes: str
) -> list[dict[str, Any]]:
    """Published rows of a SQL text of one's own."""
    with pytest.MonkeyPatch.context() as remplace:
        return ouvrir(remplace)(instantane.curseur(), sql, croise, cond, **colonnes)


def choisir(instantane: Instantane, rang: int, **imposes: Any) -> Selection:
    """A random selection that can show something: a place of each level in turn, one list in four."""
    alea, ref = random.Random(f"territoires {rang}"), instantane.referentiel
    niveau = ("region", "departement", "epci", "commune")[rang % 4]
    peuples = [t.code for t in ref.territoires.values() if t.niveau == niveau and t.population > 30_000]
    listes = {
        f.attribut: tuple(alea.sample(sorted(ref.listes[f.nomenclature or ""]), 2))
        for f in LISTES
        if alea.random() < 0.15
    }
    debut = alea.randint(2018, 2025)
    choix = Selection(
        annees=(debut, alea.choice([debut, alea.randint(debut, 2025)])), territoire=alea.choice(peuples),
        geographie=alea.choice(GEOGRAPHIES), niveau=NIVEAUX[rang % 3], indicateur=INDICATEURS[rang % len(INDICATEURS)],
        regard=alea.choice([None, None, None, *REGARDS]), **listes,
    )  # fmt: skip
    return replace(choix, **imposes)


def faits_directs(instantane: Instantane, choix: Selection, groupe: str) -> dict[Any, Faits]:
    """Facts by group, by plain questions, those on persons through the same door."""
    ref = instantane.referentiel
    protege = choix.regard is not None or choix.geographie == "residence"
    faits: dict[Any, Faits] = {}

    def celui(code: Any) -> Faits:
        t = ref.territoires.get(code, ref.territoires[choix.territoire])
        return faits.setdefault(code, Faits(t.population, protege))

    sauf = ("territoire",) if groupe != "0" else ()
    if choix.geographie != "residence":
        for table, lignes in exactes(instantane, condition(choix, ref, sauf=sauf), groupe).items():
            for code, *n in lignes:
                f = celui(code)
                if table == "marche":
                    f.marches, f.avec_clause, f.sociale_connue = n
                    continue
                f.lots, f.lots_suivis = n[3], n[4]
                if not protege:
                    f.engagees, f.realisees, f.comparables, f.connues = n[0], n[1], n[5] or 0.0, n[1]
                    f.hors_btp = n[2] or 0.0
    for li in protegees(instantane, choix, condition(choix, ref, sauf=sauf, personnes=True), groupe):
        f = celui(li["groupe"])
        if li["code"]:
            f.compte, f.distance = li["effectif"], li["moyenne_km"]
            f.hors_btp = li["heures"] if protege else f.hors_btp
        else:
            f.effectif = li["effectif"]
            f.realisees = li["heures"] if protege else f.realisees
    return faits


def exactes(instantane: Instantane, cond: Condition, groupe: str) -> dict[str, list[Any]]:
    """Rows of lots and of contracts by group."""
    mesures = {
        "activite": f"sum(engagees), sum(realisees), sum(realisees) FILTER (NOT {BTP}), count(DISTINCT marche_no), "
        "count(DISTINCT marche_no) FILTER (realisees > 0), "
        "sum(realisees) FILTER (marche_no IN (SELECT marche_no FROM marche WHERE heures_engagees > 0))",
        "marche": "count(*), count(*) FILTER (sociale AND origine <> 'suivi'), "
        "count(sociale) FILTER (origine <> 'suivi')",
    }
    sql = "SELECT {g} AS g, {m} FROM {t} WHERE {c} AND {g} IS NOT NULL GROUP BY 1"
    con = instantane.curseur()
    return {
        table: con.execute(sql.format(g=groupe, m=m, t=table, c=cond.sql), list(cond.valeurs)).fetchall()
        for table, m in mesures.items()
    }


def protegees(instantane: Instantane, choix: Selection, cond: Condition, groupe: str) -> list[dict[str, Any]]:
    """Published rows on persons by group."""
    indicateur = choix.indicateur or "heures"
    colonnes = {
        "dimension": {"part_hors_btp": "'secteur'", "distance": "'total'"}.get(indicateur, "'attribut'"),
        "heures": "hors_btp" if indicateur == "part_hors_btp" else "heures",
        "compte": COMPTES.get(indicateur, "false"),
    }
    return par_la_porte(instantane, DIRECTE, "code", cond, groupe=groupe, **colonnes)


@pytest.mark.parametrize("tirage", TIRAGES)
def test_la_carte_est_celle_du_sql_direct(instantane: Instantane, tirage: int) -> None:
    choix = choisir(instantane, tirage)
    vue, ref = lire.__wrapped__(instantane, choix), instantane.referentiel
    territoires = [t for t in ref.territoires.values() if t.niveau == choix.niveau]
    assert [li["code"] for li in vue.lignes] == [t.code for t in territoires]
    if vue.empechement:
        assert {li["statut"] for li in vue.lignes} == {"nd"}
        return
    if choix.regard == "rqth" and choix.niveau == "commune":
        assert {(li["valeur"], li["statut"]) for li in vue.lignes} == {(None, "s")}
        return
    directs = faits_directs(instantane, choix, colonne_territoire(choix.geographie, choix.niveau))
    protege = choix.regard is not None or choix.geographie == "residence"
    for t, li in zip(territoires, vue.lignes, strict=True):
        f = directs.get(t.code, Faits(t.population, protege))
        valeur, statut = vue.regle.calculer(f)
        assert (li["valeur"], li["statut"]) == (pytest.approx(valeur) if valeur is not None else None, statut), t.nom
        if li["couverture"] is not None:
            assert li["couverture"] == pytest.approx(f.lots_suivis / f.lots)


@pytest.mark.parametrize("tirage", TIRAGES)
def test_le_total_du_territoire_est_celui_du_sql_direct(instantane: Instantane, tirage: int) -> None:
    """The sentence and the key figures come from other files than the map: they must agree."""
    choix = choisir(instantane, tirage)
    vue, ref = lire.__wrapped__(instantane, choix), instantane.referentiel
    if vue.empechement or (choix.regard == "rqth" and ref.territoires[choix.territoire].niveau == "commune"):
        return
    directs = faits_directs(instantane, choix, "0")
    f = directs.get(0, Faits(ref.territoires[choix.territoire].population))
    f = replace(f, protege=choix.regard is not None or choix.geographie == "residence")
    valeur, statut = vue.regle.calculer(f)
    ici = vue.echelles[0]
    assert (ici.code, ici.statut) == (choix.territoire, statut)
    assert ici.valeur == (pytest.approx(valeur) if valeur is not None else None)
    for ident, chiffre in vue.chiffres.items():
        if CHIFFRES[ident] is not FEMMES and chiffre.statut != "nd":
            assert chiffre.valeur == (
                pytest.approx(v) if (v := CHIFFRES[ident].calculer(f)[0]) is not None else None
            ), ident


@pytest.mark.parametrize("indicateur", INDICATEURS)
def test_les_echelles_sont_celles_des_cartes(instantane: Instantane, indicateur: str) -> None:
    """Territory and département in the sentence, and over the years: what the map of that level or year says."""
    choix = Selection(annees=(2022, 2024), territoire="T8", niveau="epci", indicateur=indicateur)
    vue = lire(instantane, choix)
    departements = lire(instantane, replace(choix, niveau="departement"))
    assert [e.code for e in vue.echelles] == ["T8", "93", REGION]
    for echelle, lignes in ((vue.echelles[0], vue.lignes), (vue.echelles[1], departements.lignes)):
        ligne = next(li for li in lignes if li["code"] == echelle.code)
        assert (echelle.valeur, echelle.statut) == (pytest.approx(ligne["valeur"]), ligne["statut"])
    annee = lire(instantane, replace(choix, annees=(2023, 2023)))
    for echelle in annee.echelles:
        volume = vue.regle.volume
        facteur = volume / instantane.referentiel.territoires[echelle.code].population if volume else 1.0
        attendu = None if echelle.valeur is None else pytest.approx(echelle.valeur * facteur)
        autre = next(e for e in vue.echelles if e.code == echelle.code)
        assert autre.serie[2023] == (attendu, echelle.statut)


def test_les_peres_et_les_pairs(instantane: Instantane) -> None:
    """An EPCI over two départements has none; the département and the region have no parent of their own."""
    codes = {
        lieu: [e.code for e in lire(instantane, Selection(territoire=lieu)).echelles]
        for lieu in (REGION, "93", "93066")
    }
    assert codes == {REGION: [REGION], "93": ["93", REGION], "93066": ["93066", "93", REGION]}
    partage = next(t for t in instantane.referentiel.territoires.values() if t.niveau == "epci" and not t.departement)
    assert [e.code for e in lire(instantane, Selection(territoire=partage.code)).echelles] == [partage.code, REGION]
    vue = lire(instantane, Selection(territoire="93066", niveau="departement"))
    assert {li["code"] for li in vue.pairs} == {
        t.code for t in instantane.referentiel.territoires.values() if t.niveau == "commune"
    }


def test_les_vues_sont_les_parties_du_territoire(instantane: Instantane) -> None:
    vue = lire(instantane, Selection(territoire="93", niveau="epci"))
    assert {li["code"] for li in vue.vues} == {"T6", "T7", "T8", "T9"}
    valeurs = [li["valeur"] for li in vue.vues]
    assert valeurs == sorted(valeurs, reverse=True)
    assert len(lire(instantane, Selection(territoire="93066", niveau="epci")).vues) == len(vue.lignes)


def test_les_trois_etats_se_distinguent(instantane: Instantane) -> None:
    """Communes hold all of them: published, true zero, masked, not available."""
    benef = lire(instantane, Selection(niveau="commune", indicateur="beneficiaires")).lignes
    assert {(li["statut"], li["valeur"] == 0) for li in benef} == {("valeur", False), ("valeur", True), ("s", False)}
    assert all(li["valeur"] is None for li in benef if li["statut"] == "s")
    femmes = lire(instantane, Selection(niveau="commune", indicateur="part_femmes", annees=(2018, 2025))).lignes
    assert {li["statut"] for li in femmes} == {"valeur", "s", "nd"}


def test_un_critere_sensible_ne_se_lit_dans_aucune_commune(instantane: Instantane) -> None:
    """Not even as a zero: a zero among masked communes would tell which ones have somebody."""
    vue = lire(instantane, Selection(niveau="commune", regard="rqth"))
    assert {(li["valeur"], li["statut"], li["couverture"]) for li in vue.lignes} == {(None, "s", None)}
    vide = next(c for c in ("77001", "95002") if c in instantane.referentiel.territoires)
    ici = lire(instantane, Selection(territoire=vide, niveau="departement", regard="rqth", annees=(2018, 2025)))
    assert {e.statut for e in ici.echelles[1:]} == {"valeur"}
    assert ici.echelles[0].statut == "s"
    assert {statut for _, statut in ici.echelles[0].serie.values()} == {"s"}
    assert {c.statut for i, c in ici.chiffres.items() if i not in ("couverture", "taux_realisation")} == {"s"}
    assert ici.flux.liens == ()


def test_la_couverture_ne_change_pas_avec_le_regard(instantane: Instantane) -> None:
    sans = lire(instantane, Selection(indicateur="couverture"))
    avec = lire(instantane, Selection(indicateur="couverture", regard="femmes"))
    assert avec.lignes == sans.lignes
    assert avec.couverture == sans.couverture
    assert lire(instantane, Selection(geographie="residence")).couverture is None


def test_la_part_avec_clause_ne_compte_que_les_marches_publies(instantane: Instantane) -> None:
    """Before the contracts were published, only those followed are known, and all of them have a clause."""
    serie = lire(instantane, Selection(indicateur="part_clause", annees=(2024, 2024))).echelles[0].serie
    assert all(valeur is None or valeur < 0.6 for valeur, _ in serie.values())
    assert serie[2016] == (None, "nd")
