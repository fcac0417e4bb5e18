"""Facts on persons: their grain, their keys, their ages, how far from home they work."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from dashboard.ingest.journal import Declaration
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Entrepot, Instantane
from dashboard.warehouse.construction import construire
from tests.ingest.suivi_exemple import Donnees, donnees, ecrire_csv

pytestmark = pytest.mark.complet

REGLAGES = Settings(cle_secrete=b"une cle d'essai assez longue pour le HMAC")
COLONNES = {
    "annee", "personne_no", "contrat_no", "marche_no", "cle", "heures", "sexe", "tranche_age", "tranche_age_fine",
    "niveau_formation", "publics", "qpv", "prescripteur", "parcours", "type_contrat", "modalite_embauche",
    "employeur_siret", "distance_km", "acheteur", "categorie_acheteur", "programme", "secteur", "type_clause",
    "type_achat", "exec_dep", "exec_epci", "exec_commune", "siege_dep", "siege_epci", "siege_commune", "res_dep",
    "res_epci", "res_commune", "rsa", "deld", "rqth",
}  # fmt: skip


def construit(tmp_path: Path, tables: Donnees) -> Instantane:
    source = Declaration(ecrire_csv(tmp_path / "suivi", tables), "suivi")
    construire([source], tmp_path / "o.duckdb", reglages=REGLAGES)
    return Entrepot(tmp_path / "o.duckdb").instantane()


def nombre(instantane: Instantane, requete: str) -> object:
    ligne = instantane.curseur().execute(requete).fetchone()
    return ligne[0] if ligne else None


def test_une_presence_est_un_contrat_une_annee(instantane: Instantane) -> None:
    doubles = "SELECT count(*) - count(DISTINCT (annee, contrat_no)) FROM presence"
    assert nombre(instantane, doubles) == 0
    assert nombre(instantane, "SELECT count(*) FROM presence") == nombre(
        instantane, "SELECT count(DISTINCT (annee, contrat_no)) FROM heures"
    )
    ecart = "SELECT abs((SELECT sum(heures) FROM presence) - (SELECT sum(heures) FROM heures))"
    assert nombre(instantane, ecart) == pytest.approx(0, abs=1e-3)


def test_les_faits_portent_les_colonnes_des_filtres(instantane: Instantane) -> None:
    for table in ("presence", "heures"):
        curseur = instantane.curseur().execute(f"SELECT * FROM {table} LIMIT 0")
        noms = {c[0] for c in curseur.description or ()}
        assert noms >= COLONNES, table
    assert noms - COLONNES == {"mois", "validee", "acheteur_siret"}


@pytest.mark.parametrize(
    ("fait", "cle", "table"),
    [
        ("presence", "personne_no", "personne"), ("presence", "contrat_no", "contrat"),
        ("presence", "marche_no", "marche"), ("heures", "contrat_no", "contrat"), ("contrat", "marche_no", "marche"),
        ("contrat", "personne_no", "personne"), ("sortie", "personne_no", "personne"),
        ("formation", "personne_no", "personne"), ("activite", "marche_no", "marche"),
    ],
)  # fmt: skip
def test_chaque_reference_existe(instantane: Instantane, fait: str, cle: str, table: str) -> None:
    assert nombre(instantane, f"SELECT count(*) FROM {fait}") != 0
    assert nombre(instantane, f"SELECT count(*) FROM {fait} ANTI JOIN {table} USING ({cle})") == 0
    assert nombre(instantane, f"SELECT count(*) FROM {fait} WHERE {cle} IS NULL") == 0


def test_les_attributs_repetes_sont_ceux_de_la_personne_du_contrat_et_du_lot(instantane: Instantane) -> None:
    ecarts = """SELECT count(*) FROM presence f
        JOIN personne p USING (personne_no) JOIN contrat k USING (contrat_no) JOIN marche m ON m.marche_no = f.marche_no
        WHERE (f.personne_no, f.marche_no, f.cle, f.sexe, f.publics, f.rsa, f.prescripteur, f.res_commune,
               f.type_contrat, f.employeur_siret, f.acheteur, f.secteur, f.exec_commune)
              IS DISTINCT FROM (k.personne_no, k.marche_no, p.cle, p.sexe, p.publics, list_contains(p.publics, 'rsa'),
               p.prescripteur, p.res_commune, k.type_contrat, k.employeur_siret, m.acheteur, m.secteur, m.exec_commune)
        """
    assert nombre(instantane, ecarts) == 0


def test_les_tranches_fines_divisent_les_grandes(instantane: Instantane) -> None:
    paires = instantane.curseur().execute("SELECT DISTINCT tranche_age, tranche_age_fine FROM heures").fetchall()
    grandes = {fine: grande for grande, fine in paires}
    assert len(paires) == len(grandes)
    assert {f for f, g in grandes.items() if g == "moins_26"} <= {"16_17", "18_20", "21_25"}
    assert {f for f, g in grandes.items() if g == "26_49"} == {"26_30", "31_40", "41_49"}
    assert {f for f, g in grandes.items() if g == "50_plus"} == {"50_54", "55_plus"}


def test_l_age_est_celui_atteint_dans_l_annee(tmp_path: Path) -> None:
    tables = donnees()
    tables["personnes"][0]["annee_naissance"] = "1993"
    tables["heures"] = [{"contrat_id": "D-C1", "mois": m, "heures": "10", "statut": ""} for m in ("2018-12", "2019-01")]
    tables["contrats"][0].update(date_debut="2018-12-01", date_fin="2019-12-31")
    lues = construit(tmp_path, tables).curseur().execute(
        "SELECT annee, tranche_age, tranche_age_fine, rsa, deld, qpv FROM presence ORDER BY annee"
    )  # fmt: skip
    assert lues.fetchall() == [
        (2018, "moins_26", "21_25", True, False, True),
        (2019, "26_49", "26_30", True, False, True),
    ]


def distance(instantane: Instantane, a: str, b: str) -> float:
    """Great-circle distance by the spherical law of cosines, another formula than that of the build."""
    requete = "SELECT lon, lat FROM territoire WHERE niveau = 'commune' AND code = ?"
    (lon1, lat1), (lon2, lat2) = (
        [math.radians(x) for x in instantane.curseur().execute(requete, [code]).fetchone() or ()] for code in (a, b)
    )
    return 6371 * math.acos(math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon1 - lon2))


def test_la_distance_est_celle_des_centres_des_deux_communes(tmp_path: Path) -> None:
    tables = donnees()
    personne, contrat = tables["personnes"][0], tables["contrats"][0]
    residences = {"1": "93066", "2": "78646", "3": "77186", "4": ""}
    tables["personnes"] = [dict(personne, personne_id=f"D-P-{i}", commune_residence=c) for i, c in residences.items()]
    tables["contrats"] = [dict(contrat, contrat_id=f"D-C{i}", personne_id=f"D-P-{i}") for i in residences]
    tables["heures"] = [dict(tables["heures"][0], contrat_id=f"D-C{i}") for i in residences]
    tables["sorties"][0]["personne_id"] = tables["formations"][0]["personne_id"] = "D-P-1"
    instantane = construit(tmp_path, tables)
    lues = dict(instantane.curseur().execute("SELECT res_commune, distance_km FROM presence").fetchall())
    assert lues["93066"] == 0
    for commune, bornes in (("78646", (22, 26)), ("77186", (58, 66))):  # Versailles and Fontainebleau to Saint-Denis
        assert lues[commune] == pytest.approx(distance(instantane, commune, "93066"), abs=0.01)
        assert bornes[0] < lues[commune] < bornes[1]
    assert lues[None] is None
    assert len(lues) == 4


def test_de_petites_donnees_donnent_toutes_les_tables_et_aucun_parcours(tmp_path: Path) -> None:
    instantane = construit(tmp_path, donnees())
    assert nombre(instantane, "SELECT count(*) FROM presence") == 2
    assert nombre(instantane, "SELECT count(parcours) FROM personne") == 0
    assert nombre(instantane, "SELECT count(*) FROM parcours_type") == 0
    assert nombre(instantane, "SELECT count(*) FROM parcours_etat") == 0
    assert "parcours" not in instantane.referentiel.listes
    assert (instantane.manifeste.seuil, instantane.manifeste.arrondi) == (5, 5)


def test_la_table_de_perturbation_est_celle_du_projet(instantane: Instantane) -> None:
    fichier = Settings().donnees / "reference" / "ptable.csv"
    lignes = [tuple(map(int, li.split(","))) for li in fichier.read_text(encoding="utf-8").splitlines()[1:]]
    assert instantane.curseur().execute("SELECT pcv, ckey, pvalue FROM ptable").fetchall() == sorted(lignes)
