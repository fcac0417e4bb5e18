"""Owners of an aggregated source are only ever published together: one code, one row, one programme, no operation."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.ingest import catalogue
from dashboard.ingest.journal import Declaration
from dashboard.settings import Settings
from dashboard.warehouse import controles
from dashboard.warehouse.connexion import Entrepot, Instantane
from dashboard.warehouse.construction import construire
from tests.ingest.suivi_exemple import donnees, ecrire_csv

pytestmark = pytest.mark.complet

GROUPE, ENSEMBLE = "grands_projets", "ensemble"
REGLAGES = Settings(cle_secrete=b"une cle d'essai assez longue pour le HMAC")
PARIS, AUTRE_ETABLISSEMENT = "21750001600019", "21750001600423"
RATP, COMMUNE = "77566343800015", "21930001900018"
GRANDS = {"525046017", "775663438", "412280737", "834553729"}
MARCHE = {
    "nature": "Marché", "objet": "Travaux", "codeCPV": "45000000", "dureeMois": 12,
    "lieuExecution": {"code": "93066", "typeCode": "Code commune"},
    "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": COMMUNE}}], "dateNotification": "2024-03-01",
    "datePublicationDonnees": "2024-03-15", "montant": 250000,
}  # fmt: skip


@pytest.fixture
def decp(tmp_path: Path) -> Declaration:
    """Two contracts of the City of Paris, under two establishments, and one of a commune."""
    acheteurs = (PARIS, AUTRE_ETABLISSEMENT, COMMUNE)
    marches = [dict(MARCHE, id=f"M{i}", acheteur={"id": siret}) for i, siret in enumerate(acheteurs)]
    chemin = tmp_path / "marches.json"
    chemin.write_text(json.dumps({"marches": {"marche": marches}}), encoding="utf-8")
    return Declaration(chemin, "decp")


def suivi(dossier: Path, *acheteurs: str) -> Declaration:
    """A follow-up of one lot per buyer, whose first one has the hours."""
    tables = donnees()
    modele = tables["marches"][0]
    tables["marches"] = [
        dict(modele, marche_id=f"D-M{i}", acheteur_siret=siret) for i, siret in enumerate(acheteurs, start=1)
    ]
    return Declaration(ecrire_csv(dossier, tables), "suivi", diffusion="agrege")


def construit(tmp_path: Path, *declarations: Declaration) -> Instantane:
    construire(declarations, tmp_path / "o.duckdb", reglages=REGLAGES)
    return Entrepot(tmp_path / "o.duckdb").instantane()


def test_tous_les_marches_d_un_maitre_d_ouvrage_agrege_sont_reunis(decp: Declaration, tmp_path: Path) -> None:
    con = construit(tmp_path, suivi(tmp_path / "s", PARIS, RATP), decp).curseur()
    lues = con.execute(
        "SELECT acheteur_siret, acheteur, categorie_acheteur, origine FROM marche ORDER BY ALL"
    ).fetchall()
    assert set(lues) == {
        (PARIS, GROUPE, GROUPE, "decp"),
        (PARIS, GROUPE, GROUPE, "suivi"),
        (AUTRE_ETABLISSEMENT, GROUPE, GROUPE, "decp"),
        (COMMUNE, COMMUNE, "commune", "decp"),
        (RATP, GROUPE, GROUPE, "suivi"),
    }
    assert len(lues) == 5
    ensemble = "Grands maîtres d’ouvrage franciliens (ensemble)"
    noms = con.execute("SELECT siret, nom, categorie, commune, departement, epci, marches FROM acheteur").fetchall()
    assert (GROUPE, ensemble, GROUPE, None, None, None, 4) in noms
    assert {siret for siret, *_ in noms} == {COMMUNE, GROUPE}


@pytest.mark.parametrize(
    ("acheteurs", "departement"), [((PARIS, RATP), "75"), ((PARIS, COMMUNE), None), ((PARIS, RATP, COMMUNE), None)]
)
def test_le_siege_ne_va_pas_plus_loin_que_ce_qui_ne_designe_personne(
    tmp_path: Path, acheteurs: tuple[str, ...], departement: str | None
) -> None:
    con = construit(tmp_path, suivi(tmp_path / "s", *acheteurs)).curseur()
    for table in ("marche", "activite"):
        sieges = con.execute(f"SELECT DISTINCT acheteur, siege_dep, siege_epci, siege_commune FROM {table}").fetchall()
        assert sieges == [(GROUPE, departement, None, None)]


def test_un_seul_maitre_d_ouvrage_agrege_est_encore_regroupe(tmp_path: Path) -> None:
    instantane = construit(tmp_path, suivi(tmp_path / "s", PARIS))
    assert list(instantane.referentiel.listes["acheteur"]) == [GROUPE]
    for table in ("marche", "activite", "presence", "heures"):
        lues = instantane.curseur().execute(
            f"SELECT DISTINCT acheteur, categorie_acheteur, siege_dep, siege_epci, siege_commune FROM {table}"
        )
        assert lues.fetchall() == [(GROUPE, GROUPE, None, None, None)], table


def test_le_programme_d_un_maitre_d_ouvrage_agrege_ne_le_designe_plus(decp: Declaration, tmp_path: Path) -> None:
    """The operations of the follow-up are those of line 16: neither the filter, nor a list, may say so."""
    instantane = construit(tmp_path, suivi(tmp_path / "s", PARIS, RATP), decp)
    con = instantane.curseur()
    for table in ("activite", "presence", "heures"):
        assert con.execute(f"SELECT DISTINCT programme FROM {table}").fetchall() == [(ENSEMBLE,)], table
    lues = con.execute("SELECT DISTINCT acheteur, programme, operation_id FROM marche ORDER BY ALL").fetchall()
    assert set(lues) == {(GROUPE, ENSEMBLE, None), (COMMUNE, "hors_programme", None)}
    assert con.execute("SELECT count(*) FROM operation").fetchone() == (0,)
    assert con.execute("SELECT count(*) FROM candidat").fetchone() == (0,)
    assert instantane.referentiel.listes["programme"][ENSEMBLE] == "Grands projets publiés ensemble"
    assert list(instantane.referentiel.listes["programme"])[-1] == ENSEMBLE


def test_une_operation_dont_un_seul_lot_est_agrege_n_est_pas_listee(tmp_path: Path) -> None:
    """The operation belongs to a commune that publishes its own; one of its lots was bought by an aggregated owner."""
    tables = donnees()
    for ligne in tables["operations"]:
        ligne["maitre_ouvrage_siret"] = COMMUNE
    dossier = ecrire_csv(tmp_path / "c", tables)
    con = construit(tmp_path, Declaration(dossier, "suivi", diffusion="agrege")).curseur()
    assert con.execute("SELECT operation_id FROM operation").fetchall() == [("D-OP2",)]


def test_sans_source_agregee_rien_n_est_regroupe(decp: Declaration, tmp_path: Path) -> None:
    public = replace(suivi(tmp_path / "s", PARIS), diffusion="public")
    instantane = construit(tmp_path, public, decp)
    assert GROUPE not in instantane.referentiel.listes["acheteur"]
    assert GROUPE not in instantane.referentiel.listes["categorie_acheteur"]
    assert ENSEMBLE not in instantane.referentiel.listes["programme"]
    con = instantane.curseur()
    assert con.execute("SELECT count(*) FROM marche WHERE acheteur <> acheteur_siret").fetchone() == (0,)
    assert con.execute("SELECT DISTINCT siege_commune FROM presence").fetchall() == [("75056",)]
    assert con.execute("SELECT DISTINCT programme FROM presence").fetchall() == [("gpe_16",)]
    assert con.execute("SELECT count(*) FROM operation").fetchone() == (2,)


def test_les_maitres_d_ouvrage_de_la_demonstration_publient_chacun_les_leurs(instantane: Instantane) -> None:
    con = instantane.curseur()
    assert con.execute("SELECT count(*) FROM source WHERE diffusion = 'agrege'").fetchone() == (0,)
    assert {s[:9] for s in instantane.referentiel.listes["acheteur"]} >= GRANDS
    assert {"gpe_15s", "eole", "jop2024", "ratp"} <= set(instantane.referentiel.listes["programme"])
    assert ENSEMBLE not in instantane.referentiel.listes["programme"]


def test_les_quatre_maitres_d_ouvrage_de_la_demonstration_agreges_ne_paraissent_nulle_part(
    sources_demo: Path, tmp_path: Path
) -> None:
    """The same demonstration, were the four owners to ask to be published together."""
    declarations = [
        replace(d, diffusion="agrege") if d.chemin.name in {"sgp", "ratp", "sncfr", "solideo"} else d
        for d in catalogue.lire(sources_demo)
        if d.nature == "suivi"
    ]
    instantane = construit(tmp_path, *declarations)
    con = instantane.curseur()
    assert not [s for s in instantane.referentiel.listes["acheteur"] if s[:9] in GRANDS]
    assert instantane.referentiel.listes["categorie_acheteur"][GROUPE] == "Grands maîtres d’ouvrage franciliens"
    for table in ("marche", "activite", "presence", "heures"):
        lues = con.execute(
            f"SELECT left(acheteur_siret, 9) AS siren, acheteur, categorie_acheteur, siege_epci, siege_commune,"
            f" programme FROM {table} WHERE acheteur = '{GROUPE}' OR siren IN (SELECT unnest(?)) GROUP BY ALL",
            [sorted(GRANDS)],
        ).fetchall()
        assert {siren for siren, *_ in lues} == GRANDS, table
        assert {tuple(reste) for _, *reste in lues} == {(GROUPE, GROUPE, None, None, ENSEMBLE)}, table
    restantes = con.execute("SELECT DISTINCT programme, left(maitre_ouvrage_siret, 9) FROM operation").fetchall()
    assert restantes
    assert not {siren for _, siren in restantes} & GRANDS
    assert {programme for programme, _ in restantes} == {"npnru", "hors_programme"}
    lots = con.execute(f"SELECT DISTINCT programme, operation_id, ligne FROM lot WHERE acheteur = '{GROUPE}'")
    assert lots.fetchall() == [(ENSEMBLE, None, None)]


def test_un_maitre_d_ouvrage_nomme_arrete_la_publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    phrase = "un maître d’ouvrage nommé alors que sa diffusion est agrégée"
    requete = controles.CONTROLES[phrase].replace("<> 'grands_projets'", "= 'grands_projets'")
    monkeypatch.setitem(controles.CONTROLES, phrase, requete)
    with pytest.raises(controles.ControleEchoue, match=phrase):
        construit(tmp_path, suivi(tmp_path / "s", PARIS))
