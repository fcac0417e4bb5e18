"""Reads the generated files with DuckDB, without the project's loaders, and measures the calibration facts."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from python_calamine import CalamineWorkbook

from dashboard.demo.parametres import PRODUCTEURS
from dashboard.demo.tableaux import TABLES

SIRENS = {p.code: p.siren for p in PRODUCTEURS}
RACINE = Path(__file__).resolve().parents[2]
CALAGE = RACINE / "data" / "reference" / "calage.toml"
COLONNES_95 = {
    "marches": {"N° lot": "marche_id", "N° opération": "operation_id", "H engagées": "heures_engagees"},
    "contrats": {
        "N° contrat": "contrat_id",
        "N° lot": "marche_id",
        "Code participant": "personne_id",
        "Du": "date_debut",
        "Au": "date_fin",
    },
    "heures": {"N° contrat": "contrat_id", "Période": "mois", "Nb heures": "heures"},
    "personnes": {
        "Code participant": "personne_id",
        "Genre": "sexe",
        "Année naiss.": "annee_naissance",
        "En QPV": "qpv",
        "INSEE résidence": "commune_residence",
    },
    "operations": {"N° opération": "operation_id"},
}
FICHIERS_95 = {
    "marches": "LOTS",
    "contrats": "CONTRATS",
    "heures": "HEURES",
    "personnes": "PARTICIPANTS",
    "operations": "OPERATIONS",
}
VUES = """
CREATE TABLE h AS SELECT h.producteur, h.contrat_id, c.personne_id, c.marche_id, m.operation_id,
    try_cast(h.mois || '-01' AS DATE) AS mois, try_cast(h.heures AS DOUBLE) AS heures
FROM heures h JOIN contrats c USING (producteur, contrat_id)
    JOIN (SELECT DISTINCT producteur, marche_id, operation_id FROM marches) m USING (producteur, marche_id)
WHERE try_cast(h.heures AS DOUBLE) BETWEEN 0 AND 250 AND h.mois >= '2018';
CREATE TABLE p AS SELECT personne_id, any_value(sexe) AS sexe,
    any_value(try_cast(annee_naissance AS INTEGER)) AS naissance, any_value(qpv) AS qpv,
    any_value(commune_residence) AS residence FROM personnes GROUP BY personne_id;
CREATE TABLE c AS SELECT producteur, contrat_id, any_value(personne_id) AS personne_id,
    any_value(marche_id) AS marche_id, min(try_cast(date_debut AS DATE)) AS debut,
    min(try_cast(date_fin AS DATE)) AS fin
FROM contrats WHERE contrat_id NOT LIKE '%-D%' GROUP BY ALL;
"""
PERIMETRES = {
    "tous": "true",
    "grands_projets": "producteur IN ('SGP', 'RATP', 'SNCFR', 'SOLIDEO')",
    "gpe": "producteur = 'SGP'",
    "solideo": "producteur = 'SOLIDEO'",
    "eole": "producteur = 'SNCFR'",
}


ACHETEURS = {"tous": "true", "gpe": f"siren = '{SIRENS['SGP']}'", "solideo": f"siren = '{SIRENS['SOLIDEO']}'"}
PARTS_PME = {
    "part_nombre_pme": "avg((pme = montant)::INTEGER)",
    "part_montant_pme": "sum(montant) FILTER (pme = montant) / sum(montant)",
    "part_montant_pme_avec_actes": "sum(pme) / sum(montant)",
}


QUINZE_SUD = """
SELECT sum(try_cast(montant_ht AS DOUBLE)) / sum(greatest(try_cast(heures_engagees AS DOUBLE), 0))
FROM marches JOIN operations USING (producteur, operation_id)
WHERE programme = 'gpe_15s' AND date_notification < '2020-10' AND type_achat = 'travaux' AND marche_id NOT LIKE '%-D%'
"""


def faits() -> list[dict[str, Any]]:
    """The calibration facts of the project."""
    contenu = tomllib.loads(CALAGE.read_text(encoding="utf-8"))
    resultat: list[dict[str, Any]] = contenu["fait"]
    return resultat


def _export_95(dossier: Path, table: str) -> pd.DataFrame:
    brut = pd.read_csv(
        dossier / f"{FICHIERS_95[table]}.csv", sep=";", encoding="cp1252", dtype=str, keep_default_na=False
    )
    lu = brut[list(COLONNES_95[table])].rename(columns=COLONNES_95[table])
    for nom in ("heures", "heures_engagees"):
        if nom in lu:
            lu[nom] = lu[nom].str.replace(" ", "").str.replace(",", ".")
    for nom in ("date_debut", "date_fin", "mois"):
        if nom in lu:
            lu[nom] = lu[nom].map(lambda t: "-".join(reversed(t.split("/"))))
    if table == "personnes":
        lu["sexe"], lu["qpv"] = lu["sexe"].str[0], lu["qpv"].str.lower()
    return lu


def _classeur(chemin: Path, table: str) -> pd.DataFrame:
    lignes = CalamineWorkbook.from_path(str(chemin)).get_sheet_by_name(table).to_python()

    def texte(v: object) -> str:
        if isinstance(v, dt.datetime | dt.date):
            return v.isoformat()[:10]
        return f"{int(v)}" if isinstance(v, float) and v.is_integer() else str(v)

    return pd.DataFrame([[texte(v) for v in ligne] for ligne in lignes[1:]], columns=[str(t) for t in lignes[0]])


def _marches_publies(dossier: Path) -> pd.DataFrame:
    """Buyer, amount, and amount that goes to PME, of the contracts published whose first titulaire has a category."""
    lues = pd.read_csv(dossier / "entreprises" / "entreprises.csv", dtype=str, keep_default_na=False)
    categorie = dict(zip(lues["siren"], lues["categorieEntreprise"], strict=True))
    lignes = []
    for chemin in sorted((dossier / "decp").glob("*.json")):
        for fiche in json.loads(chemin.read_text(encoding="utf-8"))["marches"]["marche"]:
            montant = fiche["montant"]
            taille = categorie.get(fiche["titulaires"][0]["titulaire"]["id"][:9], "")
            if not taille or not isinstance(montant, int | float) or not 1 < montant < 1e11:
                continue
            actes = [a["acteSousTraitance"] for a in fiche.get("actesSousTraitance", [])]
            pme = sum(a["montant"] for a in actes if categorie.get(a["sousTraitant"]["id"][:9]) == "PME")
            lignes.append((fiche["acheteur"]["id"][:9], montant, montant if taille == "PME" else min(pme, montant)))
    return pd.DataFrame(lignes, columns=["siren", "montant", "pme"])


def lire_suivi(dossier: Path) -> duckdb.DuckDBPyConnection:
    """All the follow-up tables, raw text, with the code of their producer, then the views ``h``, ``p`` and ``c``."""
    con = duckdb.connect()
    for table in TABLES:
        morceaux = []
        for p in PRODUCTEURS:
            nom = p.code.lower() if p.grand_projet else f"coordination-{p.departement}"
            if p.fichier == "classeur":
                lu = _classeur(dossier / "suivi" / f"{nom}.xlsx", table)
            elif p.fichier == "gabarit":
                lu = pd.read_csv(dossier / "suivi" / nom / f"{table}.csv", dtype=str, keep_default_na=False)
            elif table in FICHIERS_95:
                lu = _export_95(dossier / "suivi" / nom, table)
            else:
                continue
            morceaux.append(lu.assign(producteur=p.code))
        con.register("cadre", pd.concat(morceaux, ignore_index=True))
        con.execute(f"CREATE TABLE {table} AS SELECT * FROM cadre")
    con.register("cadre", _marches_publies(dossier))
    con.execute("CREATE TABLE publie AS SELECT * FROM cadre")
    con.execute(VUES)
    return con


def _nombre(con: duckdb.DuckDBPyConnection, sql: str) -> float:
    ligne = con.execute(sql).fetchone()
    return float(ligne[0] or 0) if ligne else 0.0


def _cumul(con: duckdb.DuckDBPyConnection, ou: str, jour: str) -> float:
    mois = f"DATE '{jour}'"
    return _nombre(
        con,
        f"SELECT sum(heures * CASE WHEN mois < date_trunc('month', {mois}) THEN 1 WHEN mois > {mois} THEN 0 "
        f"ELSE day({mois}) / day(last_day({mois})) END) FROM h WHERE {ou}",
    )


def _part(con: duckdb.DuckDBPyConnection, ou: str, annee: int, critere: str, *, heures: bool = False) -> float:
    if heures:
        return _nombre(
            con,
            f"SELECT sum(heures) FILTER ({critere}) / sum(heures) FROM h JOIN p USING (personne_id) "
            f"WHERE {ou} AND year(mois) = {annee}",
        )
    return _nombre(
        con,
        f"SELECT avg(CASE WHEN {critere} THEN 1 ELSE 0 END) FROM p SEMI JOIN "
        f"(FROM h WHERE {ou} AND year(mois) = {annee}) USING (personne_id)",
    )


def _dernier_jour(periode: str) -> str:
    return periode if len(periode) == 10 else str(pd.Period(periode).end_time.date())


def _mesurer_cumul(con: duckdb.DuckDBPyConnection, fait: dict[str, Any], ou: str) -> float:
    """Value at the end of a period: hours since the start, persons whose first contract has begun, engagements."""
    if (indicateur := str(fait["indicateur"])) in PARTS_PME:
        return _nombre(con, f"SELECT {PARTS_PME[indicateur]} FROM publie WHERE {ACHETEURS[fait['perimetre']]}")
    if indicateur == "euros_par_heure":
        return _nombre(con, QUINZE_SUD)
    jour, indicateur = _dernier_jour(str(fait["periode"])), str(fait["indicateur"])
    nes = f"SELECT personne_id, min(debut) AS d FROM c WHERE {ou} GROUP BY ALL HAVING d <= DATE '{jour}'"
    match indicateur:
        case "heures_cumulees":
            return _cumul(con, ou, jour)
        case "beneficiaires_cumules":
            return _nombre(con, f"SELECT count(*) FROM ({nes})")
        case "beneficiaires_cumules_residents_93":
            return _nombre(con, f"SELECT count(*) FROM ({nes}) JOIN p USING (personne_id) WHERE residence LIKE '93%'")
        case "heures_engagees":
            return _nombre(
                con,
                "SELECT sum(e) FROM (SELECT max(greatest(try_cast(heures_engagees AS DOUBLE), 0)) AS e "
                f"FROM marches WHERE {ou} AND marche_id NOT LIKE '%-D%' GROUP BY marche_id)",
            )
    raise KeyError(indicateur)


def mesurer(con: duckdb.DuckDBPyConnection, fait: dict[str, Any]) -> float:
    """Value of a fact in the generated files."""
    ou, indicateur = PERIMETRES.get(fait["perimetre"], "true"), str(fait["indicateur"])
    if "periode" in fait:
        return _mesurer_cumul(con, fait, ou)
    annee = int(fait["annee"])
    criteres = {"femmes": "sexe = 'F'", "moins_26": f"{annee} - naissance < 26", "qpv": "qpv = 'oui'"}
    actifs = f"SELECT count(DISTINCT personne_id) FROM h WHERE {ou} AND year(mois) = {annee}"
    toutes = f"SELECT sum(heures) FROM h WHERE year(mois) = {annee}"
    heures = _nombre(con, f"{toutes} AND {ou}")
    if indicateur.startswith("part_") and indicateur != "part_du_total_heures":
        critere = indicateur.removeprefix("part_").removesuffix("_heures")
        return _part(con, ou, annee, criteres[critere], heures=indicateur.endswith("_heures"))
    match indicateur:
        case "heures_realisees":
            return heures
        case "part_du_total_heures":
            return heures / _nombre(con, toutes)
        case "evolution":
            return heures / _nombre(con, f"SELECT sum(heures) FROM h WHERE year(mois) = {annee - 1} AND {ou}") - 1
        case "beneficiaires":
            return _nombre(con, actifs)
        case "heures_par_beneficiaire":
            return heures / _nombre(con, actifs)
        case "contrats_conclus":
            return _nombre(con, f"SELECT count(*) FROM c WHERE {ou} AND year(debut) = {annee}")
        case "duree_moyenne_contrat_mois":
            return _nombre(con, f"SELECT avg((fin - debut + 1) / 30.4375) FROM c WHERE {ou} AND year(debut) = {annee}")
    raise KeyError(indicateur)
