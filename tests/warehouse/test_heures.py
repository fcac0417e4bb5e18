"""What the page of the hours publishes: exact where it may be, the same as a plain SQL through the same protection."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benchmarks.mesures import tirer
from dashboard.domain.conditions import Condition, colonne_territoire, condition
from dashboard.domain.filtre import REGARDS
from dashboard.domain.selection import REGION, Selection
from dashboard.warehouse import execution, heures, secret
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.heures import lire
from tests.warehouse.secret_outils import Porte, ouvrir

TIRAGES = range(25)
COLONNES = {"secteur": "secteur", "achat": "type_achat", "clause": "type_clause", "categorie": "categorie_acheteur"}
BTP = "('gros_oeuvre', 'second_oeuvre', 'travaux_publics')"
Ligne = dict[str, Any]


def choisir(instantane: Instantane, rang: int) -> Selection:
    """A random selection whose place is wide enough to hold something, at each step of time."""
    alea = random.Random(rang)
    choix = tirer(instantane.referentiel, alea)
    lieu = alea.choice([REGION, REGION, "93", "75", choix.territoire])
    return replace(choix, territoire=lieu, pas=("mois", "trimestre", "annee")[rang % 3])


def exacte(instantane: Instantane, rang: int) -> Selection:
    choix = choisir(instantane, rang)
    return replace(choix, regard=None, geographie="siege" if rang % 4 == 1 else "execution")


def protegee(instantane: Instantane, rang: int) -> Selection:
    choix = choisir(instantane, rang)
    regard = sorted(REGARDS)[rang % len(REGARDS)]
    return replace(choix, geographie="residence") if rang % 2 else replace(choix, regard=regard, geographie="execution")


def somme(instantane: Instantane, mesure: str, cond: Condition, suite: str = "TRUE") -> float:
    sql = f"SELECT coalesce(sum({mesure}), 0) AS n FROM activite WHERE {cond.sql} AND {suite}"
    return float(execution.lignes(instantane.curseur(), sql, cond.valeurs)[0]["n"])


# --- exact hours ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tirage", TIRAGES)
def test_les_chiffres_exacts_sont_ceux_du_sql_direct(instantane: Instantane, tirage: int) -> None:
    choix = exacte(instantane, tirage)
    cond, vue = condition(choix, instantane.referentiel), lire(instantane, choix)
    vus = {c: somme(instantane, c, cond) for c in ("engagees", "realisees", "validees", "comparees")}
    assert vue.chiffres["heures_engagees"].valeur == pytest.approx(vus["engagees"])
    assert vue.chiffres["heures_realisees"].valeur == pytest.approx(vus["realisees"])
    for ident, haut, bas in (
        ("taux_realisation", vus["comparees"], vus["engagees"]),
        ("part_validee", vus["validees"], vus["realisees"]),
        ("part_hors_btp", somme(instantane, "realisees", cond, f"secteur NOT IN {BTP}"), vus["realisees"]),
    ):
        chiffre = vue.chiffres[ident]
        if bas:
            assert chiffre.valeur == pytest.approx(haut / bas)
        else:
            assert (chiffre.valeur, chiffre.statut) == (None, "nd")


@pytest.mark.parametrize("tirage", TIRAGES)
def test_les_typologies_exactes_laissent_leur_propre_filtre(instantane: Instantane, tirage: int) -> None:
    choix = exacte(instantane, tirage)
    vue = lire(instantane, choix)
    for nom, filtre in heures.TYPOLOGIES.items():
        cond = condition(choix, instantane.referentiel, sauf=(filtre,) if filtre else ())
        lues = {li["code"]: li for li in vue.typologies[nom]}
        for code, li in lues.items():
            suite = f"{COLONNES[nom]} = '{code}'"
            assert li["valeur"] == pytest.approx(somme(instantane, "realisees", cond, suite))
            assert li["reference"] == pytest.approx(somme(instantane, "engagees", cond, suite))
        ensemble = somme(instantane, "realisees", cond, f"{COLONNES[nom]} IS NOT NULL")
        assert sum(li["valeur"] for li in lues.values()) == pytest.approx(ensemble)
        if ensemble:
            assert sum(li["part"] for li in lues.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("tirage", TIRAGES)
def test_le_temps_les_annees_et_la_chaleur_exacts(instantane: Instantane, tirage: int) -> None:
    choix = exacte(instantane, tirage)
    ref, vue = instantane.referentiel, lire(instantane, choix)
    cond, toujours = condition(choix, ref), condition(choix, ref, sauf=("annee",))
    debut, fin = ref.periode(choix)
    dedans = [li["valeur"] for li in vue.temps if debut <= li["debut"].year <= fin]
    assert sum(dedans) == pytest.approx(somme(instantane, "realisees", cond))
    assert all(a["debut"] < b["debut"] for a, b in zip(vue.temps, vue.temps[1:], strict=False))
    for li in vue.annees:
        suite = f"annee = {li['annee']} AND secteur"
        assert li["btp"] == pytest.approx(somme(instantane, "realisees", toujours, f"{suite} IN {BTP}"))
        assert li["hors_btp"] == pytest.approx(somme(instantane, "realisees", toujours, f"{suite} NOT IN {BTP}"))
    partout = condition(choix, ref, sauf=("territoire",))
    colonne = colonne_territoire(choix.geographie, "departement")
    for lieu in {li["lieu"] for li in vue.chaleur}:
        lue = sum(li["valeur"] for li in vue.chaleur if li["lieu"] == lieu)
        assert lue == pytest.approx(somme(instantane, "realisees", partout, f"{colonne} = '{lieu}'"))


# --- protected hours --------------------------------------------------------------------------------------


def publiees(porte: Porte, instantane: Instantane, cond: Condition, cle: str, table: str = "presence") -> Ligne:
    """Hours by key, through the real door, from the plain query run once a key."""
    con = instantane.curseur()
    sql = f"SELECT DISTINCT {cle} AS k FROM {table} WHERE {cond.sql} AND {cle} IS NOT NULL"
    resultat: Ligne = {}
    for k in [li["k"] for li in execution.lignes(con, sql, cond.valeurs)]:
        texte = str(k).replace("'", "''")
        sql = f"""SELECT count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures FROM (
            SELECT personne_no, min(cle) AS cle, sum(heures) AS heures FROM {table}
            WHERE {{condition}} AND CAST({cle} AS VARCHAR) = '{texte}' GROUP BY personne_no)"""
        resultat[k] = porte(con, sql, "nothing", cond)[0]
    return resultat


@pytest.mark.parametrize("tirage", TIRAGES)
def test_les_heures_protegees_sont_celles_du_sql_direct_par_la_meme_porte(
    instantane: Instantane, monkeypatch: pytest.MonkeyPatch, tirage: int
) -> None:
    choix = protegee(instantane, tirage)
    ref, vue = instantane.referentiel, lire.__wrapped__(instantane, choix)
    porte = ouvrir(monkeypatch)
    for nom, filtre in heures.TYPOLOGIES.items():
        cond = condition(choix, ref, sauf=(filtre,) if filtre else (), personnes=True)
        attendues = publiees(porte, instantane, cond, COLONNES[nom])
        assert {li["code"]: (li["valeur"], li["statut"]) for li in vue.typologies[nom]} == {
            str(k): (li["heures"], li["statut"]) for k, li in attendues.items()
        }
    toujours = condition(choix, ref, sauf=("annee",), personnes=True)
    annees = publiees(porte, instantane, toujours, "annee")
    for annee, valeur in vue.chiffres["heures_realisees"].serie.items():
        assert valeur == (annees[annee]["heures"] if annee in annees else 0.0)
    if choix.pas == "mois":
        mois = publiees(porte, instantane, condition(choix, ref, personnes=True), "mois", "heures")
        assert {li["debut"]: li["valeur"] for li in vue.temps if li["debut"] in mois} == {
            k: li["heures"] for k, li in mois.items()
        }
        assert all(li["valeur"] == 0 for li in vue.temps if li["debut"] not in mois)


@pytest.mark.parametrize("tirage", TIRAGES)
def test_ce_qui_est_engage_ou_valide_n_existe_pas_par_personne(instantane: Instantane, tirage: int) -> None:
    vue = lire(instantane, protegee(instantane, tirage))
    for ident in ("heures_engagees", "taux_realisation", "part_validee"):
        assert (vue.chiffres[ident].valeur, vue.chiffres[ident].statut) == (None, "nd")
    assert vue.validation == []
    lignes = [*vue.temps, *(li for t in vue.typologies.values() for li in t)]
    assert {li["reference"] for li in lignes} <= {None}
    assert all((li["statut"] == "s") == (li["valeur"] is None) for li in [*lignes, *vue.chaleur])


def test_les_cellules_de_moins_de_cinq_personnes_sont_masquees_les_zeros_restent(instantane: Instantane) -> None:
    vue = lire(instantane, Selection(geographie="residence", annees=(2019, 2025)))
    vrais = {
        (li["mois"], li["lieu"]): li["n"]
        for li in execution.lignes(
            instantane.curseur(),
            "SELECT mois, res_dep AS lieu, count(DISTINCT personne_no) AS n FROM heures"
            " WHERE annee BETWEEN 2019 AND 2025 GROUP BY ALL",
            [],
        )
    }
    petites = [li for li in vue.chaleur if 0 < vrais.get((li["mois"], li["lieu"]), 0) < secret.SEUIL]
    nulles = [li for li in vue.chaleur if (li["mois"], li["lieu"]) not in vrais]
    assert petites
    assert all((li["valeur"], li["statut"]) == (None, "s") for li in petites)
    assert all((li["valeur"], li["statut"]) == (0.0, "valeur") for li in nulles)


# --- work contracts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tirage", TIRAGES)
def test_les_contrats_publies_approchent_les_vrais_sans_montrer_les_petits(instantane: Instantane, tirage: int) -> None:
    choix = choisir(instantane, tirage)
    cond = condition(choix, instantane.referentiel, personnes=True)
    sql = f"""SELECT CAST(type_contrat AS VARCHAR) AS type, count(*) AS n, count(DISTINCT personne_no) AS p,
        count(jours) AS finis, avg(jours) / 30.4375 AS duree
        FROM presence JOIN (SELECT contrat_no, year(date_debut) AS debut,
                                   date_diff('day', date_debut, date_fin) + 1 AS jours FROM contrat) USING (contrat_no)
        WHERE {cond.sql} AND debut = annee GROUP BY type"""
    vraies = {li["type"]: li for li in execution.lignes(instantane.curseur(), sql, cond.valeurs)}
    lues = {li["contrat"]: li for li in lire(instantane, choix).contrats if li["contrat"] != "tous"}
    assert lues.keys() == vraies.keys()
    for code, li in lues.items():
        vraie = vraies[code]
        if li["effectif"] is None:
            assert li["moyenne_duree"] is None
            assert vraie["p"] < secret.SEUIL or vraie["n"] < 2 * secret.SEUIL or choix.regard == "rqth"
            continue
        assert vraie["p"] >= secret.SEUIL
        assert abs(li["effectif"] - vraie["n"]) < secret.ARRONDI
        if li["moyenne_duree"] is not None:
            assert vraie["finis"] >= secret.MOYENNE_MIN
            assert li["moyenne_duree"] == pytest.approx(vraie["duree"], abs=0.051)


# --- the rest ------------------------------------------------------------------------------------------------


def test_le_pas_donne_la_fenetre(instantane: Instantane) -> None:
    mois = lire(instantane, Selection(annees=(2024, 2024)))
    assert [li["debut"] for li in mois.temps] == [date(2024, m, 1) for m in range(1, 13)]
    trimestres = lire(instantane, Selection(annees=(2024, 2024), pas="trimestre"))
    assert {d.month for d in (li["debut"] for li in trimestres.temps)} == {1, 4, 7, 10}
    annees = lire(instantane, Selection(annees=(2024, 2024), pas="annee"))
    assert [li["debut"].year for li in annees.temps] == [li["annee"] for li in annees.annees]
    assert len(annees.temps) > 5


def test_on_ne_compare_pas_avec_des_annees_d_avant_les_premieres_heures(instantane: Instantane) -> None:
    premiere = min(li["annee"] for li in lire(instantane, Selection()).annees)
    assert lire(instantane, Selection(annees=(premiere + 1, premiere + 1))).precedente == (premiere, premiere)
    assert lire(instantane, Selection(annees=(premiere, premiere))).precedente is None
    assert lire(instantane, Selection(annees=(premiere + 1, premiere + 3))).chiffres["contrats"].precedent is None


def test_sans_suivi_rien_n_est_disponible(instantane: Instantane, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instantane, "referentiel", replace(instantane.referentiel, a_suivi=False))
    calculer: Callable[..., heures.Heures] = lire.__wrapped__
    for choix in (Selection(), Selection(regard="femmes"), Selection(geographie="residence", pas="annee")):
        vue = calculer(instantane, choix)
        assert {c.statut for c in vue.chiffres.values()} == {"nd"}
        assert not any(
            (vue.temps, vue.annees, vue.chaleur, vue.contrats, *vue.typologies.values(), *vue.emploi.values())
        )
