"""Lots made by hand: what happens to those whose data do not hold together, and to those at the edges of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from dashboard.warehouse.projection import projeter
from tests.warehouse.test_projection import EN_COURS, FINIS, valeur

#: 130 finished lots, enough to compare; then the lots of each test.
REFERENCES = 130
COLONNES = (
    "marche_id VARCHAR, date_notification DATE, duree_mois DOUBLE, heures_engagees DOUBLE, statut VARCHAR, "
    "source_id INTEGER, operation_id VARCHAR, mode_obligation VARCHAR, taux_insertion DOUBLE, "
    "heures_travaillees DOUBLE, montant_facture DOUBLE, euros_par_heure DOUBLE, secteur VARCHAR, marche_no INTEGER"
)
AUTRES = (
    "objet, acheteur, acheteur_siret, categorie_acheteur, programme, type_clause, type_achat, exec_dep, exec_epci, "
    "exec_commune, siege_dep, siege_epci, siege_commune, titulaire_siret, uid, rapprochement, rapprochement_score"
)


class Atelier:
    """A small snapshot under construction, with only what the projection reads."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con, self.numero = con, 0
        con.execute(f"CREATE TABLE marche ({COLONNES})")
        con.execute("CREATE TABLE activite (marche_no INTEGER, mois DATE, realisees DOUBLE, validees DOUBLE)")
        con.execute("CREATE TABLE operation (operation_id VARCHAR, ligne VARCHAR, date_fin DATE)")
        con.execute("CREATE TABLE nomenclature (liste VARCHAR, code VARCHAR, libelle VARCHAR, ordre INTEGER)")
        for code in (*sorted(EN_COURS | FINIS), "nd"):
            con.execute("INSERT INTO nomenclature VALUES ('etat_lot', ?, ?, 1)", [code, code])

    def lot(self, nom: str, heures: dict[str, float], **valeurs: object) -> None:
        """Add a lot, with its hours by month (« 2024-03 »)."""
        self.numero += 1
        ligne: dict[str, object] = {
            "marche_id": nom, "date_notification": date(2024, 1, 1), "duree_mois": 24.0, "heures_engagees": 1000.0,
            "statut": "en_cours", "source_id": 1, "operation_id": None, "mode_obligation": "volume",
            "secteur": "gros_oeuvre", "marche_no": self.numero, **valeurs,
        }  # fmt: skip
        marques = ", ".join("?" for _ in ligne)
        self.con.execute(f"INSERT INTO marche ({', '.join(ligne)}) VALUES ({marques})", list(ligne.values()))
        for mois, nombre in heures.items():
            self.con.execute(
                "INSERT INTO activite VALUES (?, CAST(? || '-01' AS DATE), ?, ?)", [self.numero, mois, nombre, nombre]
            )

    def references(self, nombre: int = REFERENCES) -> None:
        """Finished lots R1, R2…: hours every month of 2019, from 80 to 120 % of their target."""
        self.con.execute(
            f"""INSERT INTO marche BY NAME
            SELECT CAST(i AS INTEGER) AS marche_no, 'R' || i AS marche_id, DATE '2019-01-01' AS date_notification,
                   12 AS duree_mois, 1000 AS heures_engagees, 'termine' AS statut, 1 AS source_id,
                   'volume' AS mode_obligation, 'gros_oeuvre' AS secteur FROM range(1, {nombre + 1}) AS t(i)"""
        )
        self.con.execute(
            f"""INSERT INTO activite
            SELECT i, CAST(DATE '2019-01-01' + to_months(CAST(m AS INTEGER)) AS DATE), h, h
            FROM range(1, {nombre + 1}) AS t(i), range(12) AS u(m),
                 LATERAL (SELECT 1000 * (0.8 + 0.4 * i / {nombre}) / 12 AS h)"""
        )
        self.numero += nombre

    def projeter(self) -> dict[str, dict[str, Any]]:
        """The table of lots, by name."""
        vides = "".join(f", CAST(NULL AS VARCHAR) AS {nom.strip()}" for nom in AUTRES.split(","))
        colonnes = f"*, 'suivi' AS origine, NULL AS annee, NULL AS montant{vides}"
        self.con.execute(f"CREATE OR REPLACE TABLE marche AS SELECT {colonnes} FROM marche")
        projeter(self.con)
        lues = self.con.execute("SELECT * FROM lot")
        noms = [d[0] for d in lues.description or []]
        return {ligne["marche_id"]: ligne for ligne in (dict(zip(noms, v, strict=True)) for v in lues.fetchall())}


@pytest.fixture
def atelier() -> Iterator[Atelier]:
    with duckdb.connect() as con:
        yield Atelier(con)


def mensuel(debut: str, mois: int, heures: float) -> dict[str, float]:
    """The same hours every month from a month on."""
    an, m = (int(x) for x in debut.split("-"))
    return {f"{an + (m - 1 + k) // 12}-{(m - 1 + k) % 12 + 1:02d}": heures for k in range(mois)}


def test_les_donnees_qui_ne_se_tiennent_pas_sont_nommees(atelier: Atelier) -> None:
    atelier.references()
    atelier.con.execute("INSERT INTO operation VALUES ('O1', '15 Sud', DATE '2023-01-01')")
    fait = mensuel("2024-01", 12, 50.0)
    atelier.lot("sain", fait)
    atelier.lot("sans_date", fait, date_notification=None)
    atelier.lot("sans_duree", fait, duree_mois=None)
    atelier.lot("duree_nulle", fait, duree_mois=0.0)
    atelier.lot("duree_negative", fait, duree_mois=-4.0)
    atelier.lot("operation_finie", fait, operation_id="O1")
    atelier.lot("engagement_absent", fait, heures_engagees=None)
    atelier.lot("engagement_nul", fait, heures_engagees=0.0)
    atelier.lot("source_muette", {}, source_id=2)
    atelier.lot("tronque", fait, date_notification=date(2016, 1, 1), duree_mois=120.0)
    atelier.lot("fini_sans_engagement", fait, heures_engagees=0.0, statut="termine")
    atelier.lot("fini_sans_dates", fait, statut="termine", date_notification=None, duree_mois=None)
    lots = atelier.projeter()
    assert {nom: lot["motif"] for nom, lot in lots.items() if lot["motif"]} == {
        "sans_date": "sans_date", "sans_duree": "sans_duree", "duree_nulle": "sans_duree",
        "duree_negative": "dates_inversees", "operation_finie": "dates_inversees", "engagement_absent": "sans_heures",
        "engagement_nul": "sans_heures", "source_muette": "sans_suivi", "tronque": "tronque",
        "fini_sans_engagement": "sans_heures",
    }  # fmt: skip
    assert all((lot["etat"] == "nd") == bool(lot["motif"]) for lot in lots.values())
    assert lots["sain"]["etat"] in EN_COURS
    assert lots["fini_sans_dates"]["etat"] == "non_atteint"
    assert lots["operation_finie"]["ligne"] == "15 Sud"


def test_la_date_d_arrete_est_celle_de_la_source_du_lot(atelier: Atelier) -> None:
    atelier.references()
    atelier.lot("a", mensuel("2024-01", 12, 40.0))
    atelier.lot("b", mensuel("2024-01", 6, 40.0), source_id=2)
    atelier.lot("c", mensuel("2024-01", 14, 40.0), source_id=3)
    lots = atelier.projeter()
    assert [lots[n]["arrete"] for n in "abc"] == [date(2024, 12, 31), date(2024, 6, 30), date(2025, 2, 28)]
    assert lots["a"]["avancement"] == pytest.approx(365 / 731)


def test_des_heures_avant_le_debut_sont_comptees_et_signalees(atelier: Atelier) -> None:
    atelier.references()
    atelier.lot("tot", mensuel("2023-11", 14, 30.0))
    atelier.lot("juste", mensuel("2024-01", 12, 30.0), date_notification=date(2024, 1, 28))
    lots = atelier.projeter()
    assert lots["tot"]["avant_debut"]
    assert lots["tot"]["realisees"] == 420
    assert not lots["juste"]["avant_debut"]


def test_un_lot_encore_en_cours_apres_sa_fin_prevue_est_projete(atelier: Atelier) -> None:
    atelier.references()
    atelier.lot("long", mensuel("2022-01", 36, 20.0), date_notification=date(2022, 1, 1))
    atelier.lot("tres_long", mensuel("2019-01", 72, 10.0), date_notification=date(2019, 1, 1))
    lots = atelier.projeter()
    assert lots["long"]["avancement"] == pytest.approx(1.5, abs=0.01)
    for nom in ("long", "tres_long"):
        assert lots[nom]["etat"] == "retard"
        assert lots[nom]["projetees"] >= lots[nom]["realisees"]
        assert (
            valeur(atelier.con, f"SELECT count(*) FROM lot_projection WHERE marche_no = {lots[nom]['marche_no']}") >= 1
        )


def test_un_lot_sans_heure_a_mi_duree_n_est_plus_non_demarre(atelier: Atelier) -> None:
    atelier.references()
    atelier.lot("horloge", mensuel("2024-01", 12, 40.0))
    atelier.lot("mi_duree", {})
    atelier.lot("vient_de_commencer", {}, date_notification=date(2024, 11, 1))
    atelier.lot("a_venir", {}, date_notification=date(2025, 6, 1), statut="prevision")
    lots = atelier.projeter()
    assert lots["mi_duree"]["etat"] in {"temps", "surveiller", "retard"}
    assert lots["vient_de_commencer"]["etat"] == lots["a_venir"]["etat"] == "non_demarre"
    assert lots["a_venir"]["avancement"] == 0.0


def test_un_du_qui_suit_les_faits_juge_le_lot(atelier: Atelier) -> None:
    atelier.references()
    heures = mensuel("2024-01", 12, 45.0)
    atelier.lot("volume", heures)
    atelier.lot("leger", heures, mode_obligation="pourcentage", taux_insertion=5.0, heures_travaillees=2000.0)
    atelier.lot("lourd", heures, mode_obligation="tranche", montant_facture=2e6, euros_par_heure=1000.0)
    lots = atelier.projeter()
    reste = (1 - 365 / 731) * 1000
    assert not lots["volume"]["due_mobile"]
    assert lots["leger"]["heures_dues"] == pytest.approx(100 + reste)
    assert lots["lourd"]["heures_dues"] == pytest.approx(2000 + reste)
    assert lots["leger"]["due_mobile"]
    assert lots["leger"]["etat"] == "avance"
    assert lots["lourd"]["etat"] == "retard"
    assert lots["lourd"]["date_atteinte"] is None


def test_sans_lots_finis_pas_de_projection_mais_un_motif(atelier: Atelier) -> None:
    atelier.references(29)
    atelier.lot("seul", mensuel("2024-01", 12, 40.0))
    lots = atelier.projeter()
    assert (lots["seul"]["etat"], lots["seul"]["motif"]) == ("nd", "sans_reference")
    assert lots["R1"]["etat"] == "non_atteint"
    assert valeur(atelier.con, "SELECT (SELECT count(*) FROM lot_projection) + (SELECT count(*) FROM lot_profil)") == 0


def test_sans_aucun_lot_les_tables_existent(atelier: Atelier) -> None:
    assert atelier.projeter() == {}
    assert valeur(atelier.con, "SELECT count(*) FROM lot_projection") == 0


def test_les_memes_lots_donnent_les_memes_projections(atelier: Atelier) -> None:
    atelier.references()
    for k in range(6):
        atelier.lot(f"c{k}", mensuel("2024-01", 12, 20.0 + 10 * k), heures_engagees=500.0 * (k + 1))
    premiers = atelier.projeter()
    atelier.con.execute("DROP TABLE lot; DROP TABLE lot_projection; DROP TABLE lot_profil; DROP TYPE t_etat_lot")
    projeter(atelier.con)
    assert atelier.con.execute("SELECT projetees, etat FROM lot ORDER BY marche_no").fetchall() == [
        (lot["projetees"], lot["etat"]) for lot in sorted(premiers.values(), key=lambda lot: lot["marche_no"])
    ]
