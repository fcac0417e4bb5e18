"""The data of the page of the persons against a direct computation, person by person, through the same rule."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from benchmarks.mesures import tirer
from dashboard.domain.conditions import condition
from dashboard.domain.selection import Selection
from dashboard.settings import RACINE
from dashboard.warehouse import secret
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.execution import lignes
from dashboard.warehouse.publics import Publics, lire
from dashboard.warehouse.publics_chiffres import Mesures, chiffre

TIRAGES = range(25)
PTABLE = {
    (int(li["pcv"]), int(li["ckey"])): int(li["pvalue"])
    for li in csv.DictReader((RACINE / "data" / "reference" / "ptable.csv").read_text(encoding="utf-8").splitlines())
}
Personne = dict[str, Any]


def publie(personnes: Iterable[Personne]) -> int | None:
    """Published number of some persons, by the rule said once more in Python."""
    liste = list(personnes)
    if len(liste) < secret.SEUIL:
        return None if liste else 0
    n = len(liste) + PTABLE[5 + len(liste) % 5, sum(p["cle"] for p in liste) % 256]
    return n if n >= secret.SEUIL else None


def lues(instantane: Instantane, choix: Selection) -> list[Personne]:
    """Persons of a selection, rebuilt in Python from the rows of contracts and years."""
    cond = condition(choix, instantane.referentiel, personnes=True)
    con = instantane.curseur()
    sql = f"SELECT p.*, k.date_debut, k.date_fin FROM presence p JOIN contrat k USING (contrat_no) WHERE {cond.sql}"
    rangees = lignes(con, sql, cond.valeurs)
    ages = list(instantane.referentiel.listes["tranche_age_fine"])
    groupes: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for li in rangees:
        groupes[li["personne_no"]].append(li)
    return [_personne(g, ages) for g in groupes.values()]


def _personne(rangees: list[dict[str, Any]], ages: list[str]) -> Personne:
    situees = [li for li in rangees if li["distance_km"] is not None]
    heures = defaultdict(float)
    for li in rangees:
        heures[_nature(li)] += li["heures"]
    return {
        **rangees[0],
        "age": min((li["tranche_age_fine"] for li in rangees), key=ages.index),
        "heures": sum(li["heures"] for li in rangees),
        "natures": dict(heures),
        "km": sum(li["distance_km"] * li["heures"] for li in situees) / sum(li["heures"] for li in situees)
        if situees
        else None,
    }


def _nature(li: dict[str, Any]) -> str:
    """A CDD of more than six calendar months is apart."""
    if li["type_contrat"] != "cdd" or li["date_fin"] is None:
        return str(li["type_contrat"])
    mois = (li["date_fin"].year - li["date_debut"].year) * 12 + li["date_fin"].month - li["date_debut"].month
    return "cdd_long" if mois > 6 or (mois == 6 and li["date_fin"].day > li["date_debut"].day) else "cdd"


ATTRIBUTS: dict[str, Callable[[Personne], list[Any]]] = {
    "total": lambda p: [("tous", None)],
    "sexe": lambda p: [(p["sexe"], None)],
    "age": lambda p: [(p["age"], p["sexe"])],
    "niveau": lambda p: [(p["niveau_formation"], None)],
    "prescripteur": lambda p: [(p["prescripteur"], None)],
    "qpv": lambda p: [({True: "oui", False: "non", None: "nd"}[p["qpv"]], None)],
    "public": lambda p: [(code, None) for code in p["publics"] or []],
    "situee": lambda p: [("oui", None)] if p["km"] is not None else [],
}


def cellules(personnes: list[Personne], attribut: Callable[[Personne], list[Any]]) -> dict[Any, list[Personne]]:
    resultat: dict[Any, list[Personne]] = defaultdict(list)
    for p in personnes:
        for cle in attribut(p):
            resultat[cle].append(p)
    return resultat


def ordinaire(choix: Selection) -> bool:
    return choix.regard != "rqth"


@pytest.mark.parametrize("tirage", TIRAGES)
def test_chaque_cellule_est_celle_d_un_calcul_direct(instantane: Instantane, tirage: int) -> None:
    choix = tirer(instantane.referentiel, random.Random(4000 + tirage))
    vue, personnes = lire(instantane, choix), lues(instantane, choix)
    for dimension, attribut in ATTRIBUTS.items():
        attendues = cellules(personnes, attribut)
        vues = {(li["code"], li["croise"]): li for li in vue.profil.get(dimension, [])}
        assert vues.keys() == attendues.keys(), dimension
        for cle, qui in attendues.items():
            verifier(vues[cle], qui, choix, dimension, cle[0], instantane)


def verifier(
    li: dict[str, Any], qui: list[Personne], choix: Selection, dimension: str, code: str, instantane: Instantane
) -> None:
    """A published row against the persons it counts."""
    commune = instantane.referentiel.territoires[choix.territoire].niveau == "commune"
    sensible = code in secret.PUBLICS_SENSIBLES and (commune or choix.regard)
    if sensible or (choix.regard == "rqth" and (commune or dimension != "total")):
        assert li["statut"] == "s"
        assert li["effectif"] is None
        return
    assert li["effectif"] == publie(qui)
    assert (li["statut"] == "s") == (li["effectif"] is None)
    if li["heures"] is not None and dimension == "public":
        attendues = sum(p["heures"] for p in qui) * li["effectif"] / len(qui)
        assert li["heures"] == pytest.approx(attendues, abs=secret.ARRONDI_HEURES)


@pytest.mark.parametrize("tirage", TIRAGES)
def test_contrats_et_chemins_sont_ceux_d_un_calcul_direct(instantane: Instantane, tirage: int) -> None:
    choix = tirer(instantane.referentiel, random.Random(5000 + tirage))
    if not ordinaire(choix):
        choix = choix.avec(regard="femmes")
    vue, personnes = lire(instantane, choix), lues(instantane, choix)
    sorties = dict(instantane.curseur().execute(
        "SELECT personne_no, situation FROM sortie WHERE horizon_mois = 6").fetchall())  # fmt: skip
    attendues = cellules(personnes, lambda p: list(p["natures"]))
    assert {li["nature"]: li["effectif"] for li in vue.parcours.get("contrat", [])} == {
        nature: publie(qui) for nature, qui in attendues.items()
    }
    perennes = [p for p in personnes if {"cdi", "cdd_long"} & p["natures"].keys()]
    assert [li["effectif"] for li in vue.parcours.get("perenne", [])] == ([publie(perennes)] if perennes else [])
    rangs = ["cdi", "cdd", "cddi", "interim", "interim_insertion", "apprentissage", "professionnalisation", "autre"]

    def principale(p: Personne) -> str:
        return max(p["natures"], key=lambda n: (p["natures"][n], -rangs.index(n) if n in rangs else -99))

    chemins = {
        "entree": (lambda p: [(p["prescripteur"], principale(p), None)]),
        "sortie": (lambda p: [(None, principale(p), sorties.get(p["personne_no"], "sans_information"))]),
        "situation": (lambda p: [(None, None, sorties.get(p["personne_no"], "sans_information"))]),
    }
    for etape, attribut in chemins.items():
        liens = {cle: publie(qui) for cle, qui in cellules(personnes, attribut).items()}
        vus = {
            (li["prescripteur"], li["nature"], li["situation"]): li["effectif"] for li in vue.parcours.get(etape, [])
        }
        assert vus == liens, etape


def partition(vue: Publics, dimension: str) -> list[dict[str, Any]]:
    return vue.profil.get(dimension, [])


@pytest.mark.parametrize("tirage", range(40))
def test_les_heures_d_une_partition_visible_font_le_total_exact(instantane: Instantane, tirage: int) -> None:
    choix = tirer(instantane.referentiel, random.Random(6000 + tirage)).avec(regard=None, geographie="execution")
    vue = lire(instantane, choix)
    cond = condition(choix, instantane.referentiel)
    ligne = instantane.curseur().execute(
        f"SELECT coalesce(sum(realisees), 0) FROM activite WHERE {cond.sql}", list(cond.valeurs)
    ).fetchone()  # fmt: skip
    assert ligne
    assert vue.heures == pytest.approx(ligne[0])
    for dimension in ("niveau", "prescripteur", "distance"):
        siennes = partition(vue, dimension)
        if siennes and all(li["statut"] == "valeur" for li in siennes):
            assert sum(li["heures"] for li in siennes) == pytest.approx(ligne[0], abs=10 * len(siennes))


def test_par_residence_une_vue_ne_se_filtre_pas_elle_meme(instantane: Instantane) -> None:
    tous = lire(instantane, Selection(geographie="residence"))
    seul = lire(instantane, Selection(geographie="residence", territoire="77"))
    par_code = {li["code"]: li["effectif"] for li in tous.profil["residence"]}
    assert {li["code"]: li["effectif"] for li in seul.profil["residence"]} == par_code
    assert seul.voisins["effectif"] == tous.total["effectif"]
    assert seul.total["effectif"] == par_code["77"]


def test_sous_un_regard_sensible_il_reste_le_total_le_temps_et_le_territoire(instantane: Instantane) -> None:
    vue = lire(instantane, Selection(regard="rqth", niveau="epci", annees=instantane.referentiel.annees))
    assert vue.total["effectif"]
    assert vue.heures
    assert any(li["effectif"] for li in vue.profil["residence"])
    assert vue.niveau == "epci"
    assert any(li["effectif"] for li in vue.par_annee.values())
    for dimension in ("sexe", "age", "niveau", "public", "prescripteur", "distance", "qpv", "situee"):
        assert {li["statut"] for li in vue.profil[dimension]} == {"s"}, dimension
    assert {li["statut"] for etape in vue.parcours.values() for li in etape} == {"s"}
    assert {li["statut"] for li in vue.formations.values()} == {"s"}
    assert {ident: c.statut for ident, c in vue.chiffres.items() if c.valeur is None} == dict.fromkeys(
        ("part_femmes", "part_moins_26", "part_plus_50", "part_qpv", "distance", "emploi_durable_6"), "s"
    )


def test_a_la_commune_un_regard_sensible_ne_laisse_rien(instantane: Instantane) -> None:
    vue = lire(instantane, Selection(regard="rqth", territoire="93066", annees=instantane.referentiel.annees))
    assert vue.total["statut"] == "s"
    assert {c.valeur for c in vue.chiffres.values()} == {None}


def test_les_parcours_types_sont_ceux_de_l_instantane(instantane: Instantane) -> None:
    vue = lire(instantane, Selection(annees=instantane.referentiel.annees))
    con = instantane.curseur()
    noms = [nom for (nom,) in con.execute("SELECT nom FROM parcours_type ORDER BY groupe").fetchall()]
    assert [t.nom for t in vue.types] == noms
    for t in vue.types:
        rangees = con.execute(
            "SELECT DISTINCT personne_no, cle FROM presence WHERE parcours = ? AND exec_dep IS NOT NULL",
            [int(t.groupe)],
        ).fetchall()
        assert t.personnes["tous"]["effectif"] == publie({"cle": cle} for _, cle in rangees)
        assert {trimestre for trimestre, _ in t.etats} == set(range(1, 9))
    vrais = con.execute("SELECT groupe, trimestre, etat, effectif FROM parcours_etat").fetchall()
    for groupe, trimestre, etat, n in vrais:
        vu = vue.types[groupe - 1].etats[trimestre, etat]["effectif"]
        assert vu is None if n < secret.SEUIL else vu is None or abs(vu - n) < secret.ARRONDI


# Key figures


def test_un_chiffre_dit_pourquoi_il_manque() -> None:
    personne, peu = Mesures(), Mesures(tous=15, femmes=5, heures=4000.0, situee=15, distance=6.5)
    assert chiffre("beneficiaires", personne, None, {}, None).valeur == 0
    assert chiffre("part_femmes", personne, None, {}, None).statut == "nd"
    assert chiffre("part_femmes", peu, None, {}, None).statut == "s"
    assert chiffre("heures_personne", peu, None, {}, None).valeur == pytest.approx(4000 / 15)
    assert chiffre("heures_personne", Mesures(tous=5, heures=900.0), None, {}, None).statut == "s"
    assert chiffre("distance", peu, None, {}, None).valeur == 6.5
    assert chiffre("emploi_durable_6", peu, None, {}, None).statut == "nd"


def test_une_part_sous_son_propre_regard_n_existe_pas() -> None:
    m = Mesures(tous=100, femmes=100, moins_26=30, plus_50=0)
    assert chiffre("part_femmes", m, None, {}, "femmes").statut == "nd"
    assert chiffre("part_plus_50", m, None, {}, "moins_26").statut == "nd"
    assert chiffre("part_moins_26", m, None, {}, "femmes").valeur == 0.3


@pytest.mark.parametrize("annees", [(2024, 2025), (2025, 2025)])
def test_la_periode_precedente_est_celle_de_meme_longueur(instantane: Instantane, annees: tuple[int, int]) -> None:
    longueur = annees[1] - annees[0] + 1
    avant = (annees[0] - longueur, annees[0] - 1)
    ici, veille = lire(instantane, Selection(annees=annees)), lire(instantane, Selection(annees=avant))
    assert ici.precedente == avant
    for ident in ("beneficiaires", "part_femmes", "part_qpv", "heures_personne", "distance"):
        assert ici.chiffres[ident].precedent == veille.chiffres[ident].valeur, ident
