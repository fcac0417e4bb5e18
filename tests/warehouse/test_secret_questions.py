"""Every question that the pages put to the door, file by file, under random selections: what leaves is protected.

The questions are those of the pages themselves, caught on the way, so a new file of
``sql/lecture_personnes`` is covered as soon as a page asks for it.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import duckdb
import pytest

from dashboard.domain.conditions import Condition, condition
from dashboard.domain.filtre import REGARDS_SENSIBLES
from dashboard.domain.selection import Selection
from dashboard.warehouse import execution, secret
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.fichiers_sql import noms, texte
from tests.warehouse.secret_outils import Question, questions_des_pages, selection_au_hasard

pytestmark = pytest.mark.complet

FICHIERS = noms(secret.DOSSIER)
SELECTIONS, PAR_FICHIER = 10, 12
MESURES = {"effectif", "cle", "heures", "firmes", "part_firme", "statut"}
#: Files that count work contracts: each contract carries the record key of its person, and the threshold is in persons.
DE_CONTRATS = {"heures_contrats", "heures_contrats_annees"}
#: Numbers that are a rank or a date, not a measure.
REPERES = {"annee", "trimestre", "horizon_mois", "groupe", "parcours", "rang", "classe", "echelle", "moment"}
ATTRIBUTS = {
    "sexe", "age", "tranche_age", "tranche_age_fine", "niveau", "niveau_formation", "public", "qpv", "prescripteur",
    "situation", "croise", "interne", "depart",
}  # fmt: skip
#: No row is finer than the buyer or the programme.
TROP_FINS = {"personne_no", "contrat_no", "marche_no", "marche_id", "operation_id", "acheteur_siret"}
#: Asked of the files that no page of the site uses.
DIRECTES = {"territoire": "exec_dep", "groupe": "exec_dep"}


@pytest.fixture(scope="module")
def questions(instantane: Instantane) -> dict[str, list[Question]]:
    """By file: questions on the whole snapshot, under a sensitive lens, then under random selections."""
    ref, alea = instantane.referentiel, random.Random(17)
    large = Selection(annees=ref.annees)
    choisies = [large, *(replace(large, **r) for r in ({"regard": "rqth"}, {"geographie": "residence"}))]
    choisies += [selection_au_hasard(ref, alea) for _ in range(SELECTIONS)]
    posees = questions_des_pages(instantane, choisies)
    for nom in set(FICHIERS) - posees.keys():
        posees[nom] = [(condition(choix, ref, personnes=True), DIRECTES) for choix in choisies]
    return {nom: liste[:3] + alea.sample(liste[3:], min(len(liste[3:]), PAR_FICHIER)) for nom, liste in posees.items()}


def brutes(con: duckdb.DuckDBPyConnection, nom: str, cond: Condition, trous: dict[str, str]) -> list[dict[str, Any]]:
    """True rows of a file, read around the door."""
    return execution.lignes(con, texte(secret.DOSSIER, nom).format(condition=cond.sql, **trous), cond.valeurs)


def cle(li: dict[str, Any]) -> str:
    """What a row is about."""
    return str([(c, v) for c, v in li.items() if c not in MESURES and not c.startswith("moyenne_")])


@pytest.mark.parametrize("nom", FICHIERS)
def test_ce_qui_sort_de_chaque_fichier_est_protege(
    instantane: Instantane, questions: dict[str, list[Question]], nom: str
) -> None:
    con, vues = instantane.curseur(), 0
    for cond, trous in questions[nom]:
        vraies = {cle(li): li for li in brutes(con, nom, cond, trous)}
        publiees = secret.personnes(con, nom, cond, trous)
        assert sorted(cle(li) for li in publiees) == sorted(vraies)
        commune = cond.commune or any(c.endswith("_commune") for c in trous.values())
        for li in publiees:
            nombres(li, vraies[cle(li)])
            if li["effectif"] is not None:
                sensibles(li, cond, commune=commune)
            vues += 1
    assert vues


def nombres(li: dict[str, Any], vraie: dict[str, Any]) -> None:
    """The numbers of a published row against its true ones."""
    assert {"cle", "firmes", "part_firme", *TROP_FINS}.isdisjoint(li)
    mesures = {c for c, v in li.items() if isinstance(v, int | float) and not isinstance(v, bool)} - REPERES
    assert {c for c in mesures if not c.startswith("moyenne_")} <= {"effectif", "heures"}
    n, vrai = li["effectif"], vraie["effectif"]
    if n is None:
        assert (li["heures"], li["statut"]) == (None, "s")
        assert all(v is None for c, v in li.items() if c.startswith("moyenne_"))
        return
    assert li["statut"] == "valeur"
    assert vrai >= secret.SEUIL or (n, vrai) == (0, 0)
    assert n == 0 or (n >= secret.SEUIL and n % secret.ARRONDI == 0 and abs(n - vrai) < secret.ARRONDI)
    assert li["heures"] is None or li["heures"] % secret.ARRONDI_HEURES == 0


def sensibles(li: dict[str, Any], cond: Condition, *, commune: bool) -> None:
    """A published row: what it may not cross."""
    if cond.regard in REGARDS_SENSIBLES:
        assert not commune
        assert all(li.get(a) in (None, "tous") for a in ATTRIBUTS)
        assert li.get("dimension", "total") in secret.DIMENSIONS_MARCHE
    if not secret.PUBLICS_SENSIBLES.isdisjoint(map(str, li.values())):
        assert cond.regard is None
        assert not commune


@pytest.mark.parametrize("nom", [f for f in FICHIERS if "{condition}" in texte(secret.DOSSIER, f)])
def test_chaque_fichier_compte_une_personne_une_fois_et_sa_cle_une_fois(
    instantane: Instantane, questions: dict[str, list[Question]], nom: str
) -> None:
    """The same questions on one person with several contracts: every cell has 1 person and that person's record key."""
    con, vues = instantane.curseur(), 0
    plusieurs = con.execute(
        "SELECT personne_no, any_value(cle) FROM presence WHERE distance_km IS NOT NULL GROUP BY personne_no"
        " ORDER BY count(DISTINCT annee) * count(DISTINCT contrat_no) DESC, personne_no LIMIT 6"
    ).fetchall()
    for cond, trous in questions[nom][:4]:
        for personne, sa_cle in plusieurs:
            seule = replace(cond, sql=f"({cond.sql}) AND personne_no = {personne}")
            for li in brutes(con, nom, seule, trous):
                assert li["effectif"] in (0, 1)
                if nom not in DE_CONTRATS:
                    assert li["cle"] == sa_cle if li["effectif"] else not li["cle"]
                vues += li["effectif"]
    assert vues


def test_une_meme_cellule_a_le_meme_nombre_sur_toutes_les_pages(instantane: Instantane) -> None:
    """By year, in total, by profile and by territory: the real files agree on their common cells."""
    con, comparees = instantane.curseur(), 0
    for annee in range(2019, 2026):
        cond = Condition("annee = ?", (annee,))
        total = {li["sexe"]: li["effectif"] for li in secret.personnes(con, "total", cond)}
        par_annee = {li["sexe"]: li["effectif"] for li in secret.personnes(con, "par_annee", cond)}
        lignes = [li for li in secret.personnes(con, "par_profil", cond) if li["dimension"] in ("total", "sexe")]
        assert total == par_annee == {li["code"]: li["effectif"] for li in lignes}
        for li in secret.personnes(con, "par_territoire", cond, {"territoire": "exec_dep"}):
            seul = Condition("annee = ? AND exec_dep = ?", (annee, li["code"]))
            tous = {x["sexe"]: x["effectif"] for x in secret.personnes(con, "total", seul)}
            assert tous["tous"] == li["effectif"]
            comparees += 1
    assert comparees > 30
