"""The full demonstration snapshot reproduces the published facts, within the stated tolerances."""

from __future__ import annotations

import calendar
import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.demo.parametres import GRANDS_PROJETS
from dashboard.settings import RACINE
from dashboard.warehouse.connexion import Entrepot

pytestmark = pytest.mark.complet

FAITS: list[dict[str, Any]] = tomllib.loads((RACINE / "data/reference/calage.toml").read_text("utf-8"))["fait"]
SIREN = {p.code.lower(): p.siren for p in GRANDS_PROJETS}

PERIMETRES = {
    "tous": "true",
    "grands_projets": "left(acheteur_siret, 9) IN (SELECT unnest($grands))",
    "gpe": "programme::VARCHAR LIKE 'gpe%'",
    "solideo": "left(acheteur_siret, 9) = $solideo",
    "eole": "programme::VARCHAR = 'eole'",
    "gpe_15s_2020": "programme::VARCHAR = 'gpe_15s' AND date_notification < '2020-10-01' AND type_achat = 'travaux'",
}
MARCHES = """
    WITH acte AS (SELECT uid, sum(montant) AS pme FROM sous_traitance WHERE categorie = 'pme' GROUP BY uid),
    publie AS (
        SELECT p.montant, t.categorie = 'pme' AS tenu, CASE WHEN tenu THEN p.montant ELSE coalesce(a.pme, 0) END AS pme
        FROM marche_publie p JOIN titulaire t ON t.uid = p.uid AND t.rang = 1 LEFT JOIN acte a ON a.uid = p.uid
        WHERE t.categorie IS NOT NULL AND {p}
    ) SELECT """
PUBLIES = {
    "part_nombre_pme": "avg(tenu::INTEGER) FROM publie",
    "part_montant_pme": "sum(montant) FILTER (tenu) / sum(montant) FROM publie",
    "part_montant_pme_avec_actes": "sum(pme) / sum(montant) FROM publie",
}
ACHETEURS = {
    "tous": "true", "gpe": "left(acheteur_siret, 9) = $sgp", "solideo": "left(acheteur_siret, 9) = $solideo",
}  # fmt: skip
ANNUELS = {
    "heures_realisees": "SELECT sum(heures) FROM heures WHERE annee = $annee AND {p}",
    "evolution": (
        "SELECT sum(heures) FILTER (annee = $annee) / sum(heures) FILTER (annee = $annee - 1) - 1 FROM heures WHERE {p}"
    ),
    "part_du_total_heures": "SELECT sum(heures) FILTER ({p}) / sum(heures) FROM heures WHERE annee = $annee",
    "beneficiaires": "SELECT count(DISTINCT personne_no) FROM heures WHERE annee = $annee AND {p}",
    "heures_par_beneficiaire": (
        "SELECT sum(heures) / count(DISTINCT personne_no) FROM heures WHERE annee = $annee AND {p}"
    ),
    "contrats_conclus": (
        "SELECT count(*) FROM contrat JOIN marche USING (marche_no) WHERE year(date_debut) = $annee AND {p}"
    ),
    "duree_moyenne_contrat_mois": (
        "SELECT avg(date_diff('day', date_debut, date_fin) + 1) / 30.4375 FROM contrat JOIN marche USING (marche_no)"
        " WHERE year(date_debut) = $annee AND date_fin IS NOT NULL AND {p}"
    ),
}
PARTS = {"femmes": "sexe = 'F'", "moins_26": "tranche_age = 'moins_26'", "qpv": "qpv"}


@pytest.fixture(scope="module")
def con(fichier_complet: Path) -> duckdb.DuckDBPyConnection:
    return Entrepot(fichier_complet).instantane().curseur()


def fin_de_periode(periode: str) -> tuple[dt.date, float]:
    """First day of the last month of a period, and the share of that month it covers."""
    morceaux = [int(m) for m in periode.split("-")]
    if len(morceaux) == 2:
        return dt.date(morceaux[0], morceaux[1], 1), 1.0
    annee, mois, jour = morceaux
    return dt.date(annee, mois, 1), jour / calendar.monthrange(annee, mois)[1]


def requete(fait: dict[str, Any]) -> str:
    indicateur, p = fait["indicateur"], PERIMETRES[fait["perimetre"]]
    if indicateur in PUBLIES:
        return MARCHES.format(p=ACHETEURS[fait["perimetre"]]) + PUBLIES[indicateur]
    if indicateur == "euros_par_heure":
        return f"SELECT sum(montant) / sum(heures_engagees) FROM marche WHERE origine <> 'decp' AND {p}"
    if indicateur in ANNUELS:
        return ANNUELS[indicateur].format(p=p)
    if indicateur == "heures_engagees":
        return f"SELECT sum(heures_engagees) FROM marche WHERE origine <> 'decp' AND {p}"
    if indicateur == "heures_cumulees":
        return (
            f"SELECT sum(heures * CASE WHEN mois = $mois THEN $part ELSE 1 END) FROM heures WHERE mois <= $mois AND {p}"
        )
    if indicateur.startswith("beneficiaires_cumules"):
        residents = "res_dep = '93'" if indicateur.endswith("93") else "true"
        return (
            "SELECT count(*) FROM (SELECT personne_no, min(date_debut) AS debut FROM contrat"
            " JOIN marche USING (marche_no)"
            f" WHERE {p} GROUP BY 1) JOIN personne USING (personne_no) WHERE debut <= $jour AND {residents}"
        )
    quoi = PARTS[indicateur.removeprefix("part_").removesuffix("_heures")]
    compte = "sum(heures)" if indicateur.endswith("_heures") else "count(DISTINCT personne_no)"
    return f"SELECT {compte} FILTER ({quoi}) / {compte} FROM heures WHERE annee = $annee AND {p}"


def parametres(fait: dict[str, Any], sql: str) -> dict[str, object]:
    tous: dict[str, object] = {
        "grands": list(SIREN.values()),
        "solideo": SIREN["solideo"],
        "sgp": SIREN["sgp"],
        "annee": fait.get("annee"),
    }
    if "periode" in fait:
        mois, part = fin_de_periode(fait["periode"])
        dernier = round(part * calendar.monthrange(mois.year, mois.month)[1])
        tous |= {"mois": mois, "part": part, "jour": mois.replace(day=dernier)}
    return {nom: valeur for nom, valeur in tous.items() if f"${nom}" in sql}


@pytest.mark.parametrize("fait", FAITS, ids=[f"{f['id']}-{f['indicateur']}-{f['perimetre']}" for f in FAITS])
def test_l_instantane_reproduit_le_fait_publie(con: duckdb.DuckDBPyConnection, fait: dict[str, Any]) -> None:
    sql = requete(fait)
    ligne = con.execute(sql, parametres(fait, sql)).fetchone()
    assert ligne
    assert float(ligne[0]) == pytest.approx(fait["valeur"], rel=fait["tolerance_relative"])


def test_les_sources_sont_au_complet(con: duckdb.DuckDBPyConnection) -> None:
    comptes = con.execute(
        "SELECT (SELECT sum(heures) FROM heures), (SELECT count(*) FROM contrat), (SELECT count(*) FROM heures),"
        " (SELECT count(*) FROM marche_publie), (SELECT count(*) FROM marche_publie WHERE type_clause IS NOT NULL)"
    ).fetchone()
    assert comptes == pytest.approx((45e6, 120_000, 365_000, 60_000, 12_000), rel=0.05)
