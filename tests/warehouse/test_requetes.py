"""What is published: exact where it may be, masked where it must, the same in every channel."""

from __future__ import annotations

import csv
import io
import random
from importlib.resources import files
from string import Formatter

import duckdb
import pytest

from benchmarks.mesures import tirer
from dashboard.contenu.tableau import Etat
from dashboard.contenu.vue_ensemble import PAGE
from dashboard.domain import francais as fr
from dashboard.domain.conditions import condition
from dashboard.domain.selection import Selection
from dashboard.export.tableau import csv_de
from dashboard.settings import RACINE
from dashboard.warehouse import secret
from dashboard.warehouse.chiffres import periode_precedente
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.fichiers_sql import noms, texte
from dashboard.warehouse.requetes import LecteurVue
from dashboard.warehouse.vue_ensemble import lire

TIRAGES = range(50)
PTABLE = {
    (int(li["pcv"]), int(li["ckey"])): int(li["pvalue"])
    for li in csv.DictReader((RACINE / "data" / "reference" / "ptable.csv").read_text(encoding="utf-8").splitlines())
}


def publie(effectif: int, cle: int) -> int | None:
    """The rule said once more, in Python: what a true count and the sum of its record keys become."""
    if effectif == 0:
        return 0
    if effectif < 5:
        return None
    return effectif + PTABLE[5 + effectif % 5, cle % 256]


def selection(instantane: Instantane, rang: int) -> Selection:
    return tirer(instantane.referentiel, random.Random(rang))


def somme(con: duckdb.DuckDBPyConnection, expression: str, table: str, cond: object) -> float:
    ligne = con.execute(f"SELECT {expression} FROM {table} WHERE {cond.sql}", list(cond.valeurs)).fetchone()  # type: ignore[attr-defined]
    return float(ligne[0] or 0) if ligne else 0.0


@pytest.mark.parametrize("tirage", TIRAGES)
def test_la_page_le_tableau_le_csv_et_le_sql_direct_disent_la_meme_chose(instantane: Instantane, tirage: int) -> None:
    choix = selection(instantane, tirage)
    ref = instantane.referentiel
    vue = lire(instantane, choix)
    blocs = PAGE.composer(PAGE.contexte(instantane, choix))
    con = instantane.curseur()
    if choix.geographie != "residence" and not choix.regard:
        attendu = somme(con, "sum(realisees)", "activite", condition(choix, ref))
        assert vue.chiffres["heures_realisees"].valeur == pytest.approx(attendu)
        mois = [ligne[1] for ligne in blocs["mois"].tableau.lignes]
        if vue.indicateur == "heures" and mois:
            assert sum(mois) == pytest.approx(attendu)  # type: ignore[arg-type]
        table, mesure = ("activite", "sum(realisees)") if vue.indicateur == "heures" else ("marche", "count(*)")
        niveau = {"departement": "dep"}.get(choix.niveau, choix.niveau)
        prefixe = {"execution": "exec", "siege": "siege"}[choix.geographie]
        vus = ", ".join(f"'{ligne[0]}'" for ligne in blocs["carte"].tableau.lignes)
        situees = f"(SELECT * FROM {table} WHERE {prefixe}_{niveau} IN ({vus}))"
        attendu = somme(con, mesure, situees, condition(choix, ref, sauf={"territoire"}))
        assert sum(ligne[2] for ligne in blocs["carte"].tableau.lignes) == pytest.approx(attendu)  # type: ignore[misc]
    for bloc in blocs.values():
        relu = list(csv.reader(io.StringIO(csv_de(bloc).removeprefix("\ufeff")), delimiter=";"))
        for lu, ligne in zip(relu[1:], bloc.tableau.lignes, strict=False):
            for texte_lu, cellule, colonne in zip(lu, ligne, bloc.tableau.colonnes, strict=True):
                if isinstance(cellule, Etat):
                    assert texte_lu == cellule
                elif colonne.format == "entier":
                    assert int(texte_lu) == fr.arrondi(cellule)  # type: ignore[arg-type]


@pytest.mark.parametrize("tirage", TIRAGES)
def test_aucun_effectif_de_personnes_sous_le_seuil_n_est_publie(instantane: Instantane, tirage: int) -> None:
    choix = selection(instantane, tirage)
    vue = lire(instantane, choix)
    assert all(p["effectif"] is None or p["effectif"] == 0 or p["effectif"] >= secret.SEUIL for p in vue.profil)
    assert all(p["effectif"] is None and p["heures"] is None for p in vue.profil if p["statut"] == "s")
    personnes = vue.chiffres["beneficiaires"]
    for valeur in (personnes.valeur, personnes.precedent, *personnes.serie.values()):
        assert valeur is None or valeur == 0 or valeur >= secret.SEUIL
    cond = condition(choix, instantane.referentiel, personnes=True)
    ligne = instantane.curseur().execute(
        f"SELECT count(*), coalesce(sum(cle), 0) FROM (SELECT DISTINCT personne_no, cle FROM heures WHERE {cond.sql})",
        list(cond.valeurs),
    ).fetchone()  # fmt: skip
    assert ligne is not None
    sensible = choix.regard == "rqth" and cond.commune
    assert personnes.valeur == (None if sensible and ligne[0] else publie(*ligne))


def test_par_residence_les_heures_de_moins_de_cinq_personnes_sont_masquees(instantane: Instantane) -> None:
    choix = Selection(geographie="residence", niveau="commune")
    lus = {li["code"]: li for li in LecteurVue(instantane, choix).par_territoire("commune")}
    vrais = instantane.curseur().execute(
        "SELECT res_commune, count(DISTINCT personne_no) FROM heures"
        " WHERE annee = ? AND res_commune IS NOT NULL GROUP BY 1",
        [instantane.manifeste.defaut],
    ).fetchall()  # fmt: skip
    petits = [code for code, n in vrais if n < secret.SEUIL]
    assert petits
    assert all(lus[code]["statut"] == "s" and lus[code]["valeur"] is None for code in petits)
    assert all(lus[code]["statut"] == "valeur" for code, n in vrais if n >= secret.SEUIL)


def colonnes(dossier: str, nom: str) -> dict[str, str]:
    """A column of the right kind for each placeholder of a file."""
    cles = {cle for _, cle, _, _ in Formatter().parse(texte(dossier, nom)) if cle and cle != "condition"}
    return {cle: {"residence": "res_dep", "attribut": "qpv"}.get(cle, "exec_dep") for cle in cles}


def test_chaque_fichier_sql_de_lecture_s_execute(instantane: Instantane) -> None:
    """Those on persons run under every real question in ``test_secret_questions``."""
    con = instantane.curseur()
    cond = condition(Selection(), instantane.referentiel)
    for nom in noms("lecture"):
        sql = texte("lecture", nom).format(condition=cond.sql, **colonnes("lecture", nom))
        brut = "\n".join(li for li in texte("lecture", nom).splitlines() if not li.startswith("--"))
        avant, presente, apres = brut.partition("{condition}")  # a file may bind codes or years of its own
        siennes = [["2025"] * morceau.count("?") for morceau in (avant, apres)]
        valeurs = [*siennes[0], *(cond.valeurs if presente else ()), *siennes[1]]
        assert con.execute(sql, valeurs).description, nom


def test_seul_le_dossier_protege_lit_les_tables_de_personnes() -> None:
    interdites = (" heures\n", " personne\n", " contrat\n", " sortie\n", " formation\n", " presence\n")
    for nom in noms("lecture"):
        sql = texte("lecture", nom).replace("FROM", "\nFROM")
        assert not [t for t in interdites if f"FROM{t}" in sql or f"JOIN{t}" in sql], nom


def test_seul_le_module_du_secret_ouvre_ce_dossier() -> None:
    fautifs = [
        f.name
        for f in files("dashboard.warehouse").iterdir()
        if f.name.endswith(".py") and f.name != "secret.py" and "lecture_personnes" in f.read_text(encoding="utf-8")
    ]
    assert fautifs == []


@pytest.mark.parametrize(
    ("numerateur", "denominateur", "attendu"),
    [(5.0, 20.0, 0.25), (5.0, 19.0, None), (None, 100.0, None), (5.0, None, None)],
)
def test_une_part_demande_deux_effectifs_publies(numerateur: float, denominateur: float, attendu: float) -> None:
    assert secret.part(numerateur, denominateur) == attendu


def test_la_periode_precedente_a_la_meme_longueur_ou_n_existe_pas() -> None:
    annees = range(2018, 2026)
    assert periode_precedente((2025, 2025), annees) == (2024, 2024)
    assert periode_precedente((2023, 2025), annees) == (2020, 2022)
    assert periode_precedente((2019, 2021), annees) is None
