"""Building: what goes wrong leaves the previous snapshot in place; the same inputs give the same snapshot."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dashboard.ingest import catalogue
from dashboard.ingest.journal import Declaration
from dashboard.settings import Settings
from dashboard.warehouse import construction, controles
from dashboard.warehouse.atelier import ClefManquante
from dashboard.warehouse.connexion import Entrepot, Instantane, InstantaneAbsent
from dashboard.warehouse.construction import RienCharge, a_jour, construire

pytestmark = pytest.mark.complet

MARCHE = {
    "id": "2024M0001", "acheteur": {"id": "21930001900018"}, "nature": "Marché", "objet": "Travaux de voirie",
    "codeCPV": "45233140", "procedure": "Procédure adaptée",
    "lieuExecution": {"code": "93001", "typeCode": "Code commune"},
    "dureeMois": 12, "dateNotification": "2024-03-01", "datePublicationDonnees": "2024-03-15", "montant": 250000,
    "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "21930001900018"}}],
    "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
    "considerationsEnvironnementales": {"considerationEnvironnementale": ["Pas de considération environnementale"]},
}  # fmt: skip


@pytest.fixture
def decp(tmp_path: Path) -> Declaration:
    chemin = tmp_path / "marches.json"
    chemin.write_text(json.dumps({"marches": {"marche": [MARCHE]}}), encoding="utf-8")
    return Declaration(chemin, "decp")


def test_un_fichier_reel_seul_donne_un_instantane_sans_bandeau_de_demonstration(
    decp: Declaration, tmp_path: Path
) -> None:
    cible = tmp_path / "o.duckdb"
    bilan = construire([decp], cible, reglages=Settings())
    instantane = Entrepot(cible).instantane()
    assert not instantane.manifeste.demo
    assert not instantane.manifeste.a_suivi
    assert instantane.manifeste.a_social
    assert [(s.lues, s.retenues) for s in bilan.sources] == [(1, 1)]
    lignes = (
        instantane.curseur()
        .execute("SELECT exec_dep, exec_commune, type_clause, sociale, secteur FROM marche")
        .fetchall()
    )
    assert lignes == [("93", "93001", "execution", True, "travaux_publics")]


def test_un_marche_execute_hors_de_la_region_n_y_est_pas_compte(decp: Declaration, tmp_path: Path) -> None:
    """A buyer of the region may buy elsewhere: kept for its seat, not counted where it is not executed."""
    ailleurs = dict(MARCHE, id="M14", lieuExecution={"code": "14", "typeCode": "Code département"})
    decp.chemin.write_text(json.dumps({"marches": {"marche": [MARCHE, ailleurs]}}), encoding="utf-8")
    construire([decp], tmp_path / "o.duckdb", reglages=Settings())
    lues = Entrepot(tmp_path / "o.duckdb").instantane().curseur().execute(
        "SELECT exec_dep, siege_dep FROM marche ORDER BY exec_dep NULLS LAST"
    ).fetchall()  # fmt: skip
    assert lues[0][0] == "93"
    assert lues[1][0] is None
    assert lues[0][1] == lues[1][1] is not None


def test_sans_annee_complete_la_page_s_ouvre_sur_la_plus_fournie(decp: Declaration, tmp_path: Path) -> None:
    dates = ("2023-02-01", "2023-05-01", "2024-01-15")
    marches = [dict(MARCHE, id=f"M{i}", dateNotification=jour) for i, jour in enumerate(dates)]
    decp.chemin.write_text(json.dumps({"marches": {"marche": marches}}), encoding="utf-8")
    construire([decp], tmp_path / "o.duckdb", reglages=Settings())
    manifeste = Entrepot(tmp_path / "o.duckdb").instantane().manifeste
    assert (manifeste.annees, manifeste.defaut) == ((2023, 2024), 2023)


def test_rien_de_lisible_ne_touche_pas_a_l_instantane_precedent(decp: Declaration, tmp_path: Path) -> None:
    cible = tmp_path / "o.duckdb"
    construire([decp], cible, reglages=Settings())
    avant = cible.read_bytes()
    vide = tmp_path / "vide.json"
    vide.write_text("", encoding="utf-8")
    with pytest.raises(RienCharge, match=r"vide\.json"):
        construire([Declaration(vide, "decp")], cible, reglages=Settings())
    assert cible.read_bytes() == avant
    assert not list(tmp_path.glob(".construction-*"))


def test_un_fichier_illisible_est_nomme_et_le_reste_est_charge(decp: Declaration, tmp_path: Path) -> None:
    mauvais = tmp_path / "image.png"
    mauvais.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    absent = Declaration(tmp_path / "absent.json", "decp")
    bilan = construire([Declaration(mauvais, "decp"), absent, decp], tmp_path / "o.duckdb", reglages=Settings())
    assert [e for e in bilan.echecs if "image.png" in e]
    assert [e for e in bilan.echecs if "absent.json" in e]
    assert sum(s.retenues for s in bilan.sources) == 1


def test_un_controle_echoue_n_est_jamais_publie(
    decp: Declaration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cible = tmp_path / "o.duckdb"
    construire([decp], cible, reglages=Settings())
    avant = cible.read_bytes()
    monkeypatch.setitem(controles.CONTROLES, "une faute de plus", "SELECT 3")
    with pytest.raises(controles.ControleEchoue, match=r"une faute de plus \(3\)"):
        construire([decp], cible, reglages=Settings())
    assert cible.read_bytes() == avant


def test_une_construction_interrompue_laisse_tout_en_place(
    decp: Declaration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cible = tmp_path / "o.duckdb"
    construire([decp], cible, reglages=Settings())
    avant = cible.read_bytes()

    def interrompre(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(construction, "publier", interrompre)
    with pytest.raises(KeyboardInterrupt):
        construire([decp], cible, reglages=Settings())
    assert cible.read_bytes() == avant
    assert Entrepot(cible).instantane().manifeste.instantane_id


def test_les_restes_d_une_construction_tuee_sont_balayes_mais_pas_une_en_cours(
    decp: Declaration, tmp_path: Path
) -> None:
    for nom, age in ((".construction-tuee", 2 * 24 * 3600), (".construction-en-cours", 60)):
        dossier = tmp_path / nom
        dossier.mkdir()
        os.utime(dossier, (time.time() - age,) * 2)
    construire([decp], tmp_path / "o.duckdb", reglages=Settings())
    assert [p.name for p in tmp_path.glob(".construction-*")] == [".construction-en-cours"]


def test_un_suivi_reel_exige_la_cle_des_personnes(sources_demo: Path, tmp_path: Path) -> None:
    reelles = [replace(d, demo=False) for d in catalogue.lire(sources_demo)]
    with pytest.raises(ClefManquante, match="OBSERVATOIRE_CLE_SECRETE"):
        construire(reelles, tmp_path / "o.duckdb", reglages=Settings())
    assert not (tmp_path / "o.duckdb").exists()


def test_a_jour_suit_le_contenu_des_sources(decp: Declaration, tmp_path: Path) -> None:
    cible = tmp_path / "o.duckdb"
    assert not a_jour(cible, [decp], Settings())
    construire([decp], cible, reglages=Settings())
    assert a_jour(cible, [decp], Settings())
    decp.chemin.write_text(decp.chemin.read_text(encoding="utf-8").replace("voirie", "chaussée"), encoding="utf-8")
    assert not a_jour(cible, [decp], Settings())


def test_memes_entrees_meme_identifiant_et_memes_tables(decp: Declaration, tmp_path: Path) -> None:
    un = construire([decp], tmp_path / "un.duckdb", reglages=Settings())
    deux = construire([decp], tmp_path / "deux.duckdb", reglages=Settings())
    assert un.instantane_id == deux.instantane_id


def test_l_instantane_de_demonstration_a_toutes_ses_tables(instantane: Instantane) -> None:
    con = instantane.curseur()
    for table in ("marche", "activite", "heures", "presence", "ptable", "parcours_type", "parcours_etat",
                  "personne", "contrat", "acheteur", "operation", "titulaire", "sortie",
                  "formation", "source", "constat", "territoire", "commune", "manifeste"):  # fmt: skip
        compte = con.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert compte != (0,), table
    assert instantane.manifeste.demo
    assert instantane.manifeste.a_suivi


def test_aucun_identifiant_de_personne_n_est_dans_le_fichier(sources_demo: Path, fichier_demo: Path) -> None:
    brut = fichier_demo.read_bytes()
    personnes = sources_demo.parent / "suivi" / "coordination-93" / "personnes.csv"
    with duckdb.connect() as con:
        requete = "SELECT personne_id FROM read_csv(?, all_varchar = true) USING SAMPLE 200 ROWS (reservoir, 7)"
        identifiants = [i for (i,) in con.execute(requete, [str(personnes)]).fetchall()]
    assert len(identifiants) == 200
    assert not [i for i in identifiants if i.encode() in brut]


def test_un_instantane_remplace_est_servi_sans_redemarrage(decp: Declaration, tmp_path: Path) -> None:
    cible = tmp_path / "o.duckdb"
    entrepot = Entrepot(cible)
    with pytest.raises(InstantaneAbsent, match="observatoire construire"):
        entrepot.instantane()
    construire([decp], cible, reglages=Settings())
    premier = entrepot.instantane()
    assert entrepot.instantane() is premier
    decp.chemin.write_text(decp.chemin.read_text(encoding="utf-8").replace("250000", "350000"), encoding="utf-8")
    construire([decp], cible, reglages=Settings())
    second = entrepot.instantane()
    assert second is not premier
    assert second.curseur().execute("SELECT montant FROM marche").fetchall() == [(350000.0,)]
    assert premier.curseur().execute("SELECT montant FROM marche").fetchall() == [(250000.0,)]


def test_un_fichier_qui_n_est_pas_un_instantane_est_dit(tmp_path: Path) -> None:
    faux = tmp_path / "o.duckdb"
    faux.write_bytes(b"ceci n'est pas une base")
    with pytest.raises(InstantaneAbsent, match="illisible"):
        Entrepot(faux).instantane()


def test_les_sieges_de_l_operateur_completent_ceux_du_projet(decp: Declaration, tmp_path: Path) -> None:
    autre = dict(
        MARCHE, acheteur={"id": "39999999900011"}, id="X1", lieuExecution={"code": "69123", "typeCode": "Code commune"}
    )
    decp.chemin.write_text(json.dumps({"marches": {"marche": [MARCHE, autre]}}), encoding="utf-8")
    sieges = tmp_path / "sieges.csv"
    sieges.write_text("siren,nom,commune\n399999999,Syndicat d’essai,93048\n", encoding="utf-8")
    bilan = construire([decp], tmp_path / "o.duckdb", reglages=Settings(), acheteurs=sieges)
    assert [(s.lues, s.retenues, s.hors_champ) for s in bilan.sources] == [(2, 2, 0)]
    con = Entrepot(tmp_path / "o.duckdb").instantane().curseur()
    assert con.execute("SELECT nom, departement, epci FROM acheteur WHERE siret = '39999999900011'").fetchall() == [
        ("Syndicat d’essai", "93", "T8")
    ]
    shutil.rmtree(tmp_path, ignore_errors=True)
