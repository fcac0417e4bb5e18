"""The files of the contracts of a selection, by their addresses: the same rows in CSV and XLSX, sent as read."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from dashboard.api import marches as api
from dashboard.app import create_app
from dashboard.contenu import marches
from dashboard.domain.selection import Selection
from dashboard.export.classeur import TYPE_MIME
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane

pytestmark = pytest.mark.complet

TOUT = "annee=2016-2026"


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


@pytest.fixture(autouse=True)
def _places_rendues() -> Iterator[None]:
    """No test leaves with a place."""
    yield
    for _ in range(api.LONGS_MAX):
        assert api._PLACES.acquire(blocking=False)
    for _ in range(api.LONGS_MAX):
        api._PLACES.release()


def test_le_csv_le_csv_pour_un_programme_et_le_classeur_ont_les_memes_lignes(
    client: FlaskClient, instantane: Instantane
) -> None:
    reponse = client.get("/telecharger/marches.csv?dep=93&annee=2020-2025")
    assert reponse.mimetype == "text/csv"
    assert "observatoire_marches_2" in reponse.headers["Content-Disposition"]
    assert reponse.headers["Content-Disposition"].isascii()
    flux = marches.flux(marches.contexte(instantane, Selection(territoire="93", annees=(2020, 2025))))
    texte = reponse.get_data(as_text=True)
    lignes = list(csv.reader(io.StringIO(texte.removeprefix("\ufeff")), delimiter=";"))
    n = flux.nombre
    assert n > 20
    assert lignes[0] == [c.libelle for c in marches.COLONNES]
    assert lignes[n + 1] == []
    assert lignes[n + 2] == [f"{flux.bloc.titre} — {flux.bloc.sous_titre}"]
    assert lignes[n + 3][0].endswith("données de démonstration")
    assert [ligne[0] for ligne in lignes[n + 4 :]] == list(flux.notes)
    machine = list(csv.DictReader(io.StringIO(client.get(
        "/telecharger/marches.csv?dep=93&annee=2020-2025&forme=machine").get_data(as_text=True))))  # fmt: skip
    assert len(machine) == n
    classeur = CalamineWorkbook.from_filelike(io.BytesIO(client.get(
        "/telecharger/marches.xlsx?dep=93&annee=2020-2025").get_data()))  # fmt: skip
    assert classeur.sheet_names == ["Données", "Lisez-moi", "Filtres", "Définitions"]
    cellules = classeur.get_sheet_by_name("Données").to_python()[1 : n + 1]
    rang = {c.cle: k for k, c in enumerate(marches.COLONNES)}
    for fr, prog, cel in zip(lignes[1 : n + 1], machine, cellules, strict=True):
        assert fr[rang["identifiant"]] == prog["identifiant"] == cel[rang["identifiant"]]
        assert fr[rang["montant"]].replace(",", ".") == prog["montant"]
        montant = cel[rang["montant"]]
        assert prog["montant"] == (montant if montant == "nd" else f"{montant:.2f}")
        jour = date.fromisoformat(prog["date_notification"])
        assert cel[rang["date_notification"]] == jour
        assert fr[rang["date_notification"]] == f"{jour:%d/%m/%Y}"
        realisees = cel[rang["heures_realisees"]]
        assert prog["heures_realisees"] == (realisees if realisees == "nd" else f"{realisees:.0f}")


def test_le_json_dit_ce_qu_est_le_csv(client: FlaskClient) -> None:
    d = client.get("/telecharger/marches.json?dep=93").get_json()
    assert d["selection"] == {"dep": "93"}
    assert d["demonstration"] is True
    assert [c["cle"] for c in d["colonnes"]] == [c.cle for c in marches.COLONNES]
    ecritures = {c["cle"]: c["ecriture"] for c in d["colonnes"]}
    assert ecritures["date_notification"] == "date, AAAA-MM-JJ"
    assert ecritures["montant"] == "nombre, deux décimales, point décimal"
    assert d["etats"]["nd"] == {"sens": "non disponible"}
    assert d["notes"]
    assert {x["indicateur"] for x in d["definitions"]} == set(marches.DEFINITIONS)


def test_un_fichier_sans_ligne_dit_pourquoi(client: FlaskClient) -> None:
    for suite in ("csv", "xlsx"):
        assert client.get(f"/telecharger/marches.{suite}?lieu=residence").get_data()
    assert "lieu de résidence" in client.get("/telecharger/marches.csv?lieu=residence").get_data(as_text=True)


def test_le_csv_part_avant_d_etre_lu_en_entier(client: FlaskClient) -> None:
    reponse = client.get(f"/telecharger/marches.csv?{TOUT}", buffered=False)
    assert reponse.is_streamed
    assert "Content-Length" not in reponse.headers
    reponse.close()


def test_une_lecture_abandonnee_rend_sa_place(client: FlaskClient) -> None:
    for _ in range(api.LONGS_MAX + 1):
        reponse = client.get(f"/telecharger/marches.csv?{TOUT}", buffered=False)
        assert reponse.status_code == 200
        morceaux = reponse.iter_encoded()
        next(morceaux)
        reponse.close()
    assert client.head(f"/telecharger/marches.csv?{TOUT}").status_code == 200


def test_au_dela_de_deux_a_la_fois_on_attend(client: FlaskClient) -> None:
    ouvertes = [client.get(f"/telecharger/marches.csv?{TOUT}", buffered=False) for _ in range(api.LONGS_MAX)]
    refus = client.get(f"/telecharger/marches.xlsx?{TOUT}")
    assert refus.status_code == 503
    assert refus.headers["Retry-After"] == str(api.ATTENTE)
    assert "réessayez" in refus.get_data(as_text=True)
    assert client.get("/telecharger/marches.json").status_code == 200
    assert client.get("/telecharger/mois.csv").status_code == 200, "un bloc n’attend pas"
    for reponse in ouvertes:
        reponse.close()


def test_un_echec_rend_sa_place(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def casser(*_a: object) -> None:
        raise RuntimeError("disque plein")

    monkeypatch.setattr(api.classeur, "xlsx_long", casser)
    for _ in range(api.LONGS_MAX + 1):
        assert client.get("/telecharger/marches.xlsx").status_code == 500


def test_la_demonstration_entiere_part_en_quelques_secondes(fichier_complet: Path) -> None:
    client = create_app(replace(Settings(), instantane=fichier_complet)).server.test_client()
    client.get("/telecharger/marches.csv").get_data()
    for suite, secondes in (("csv", 6.0), ("xlsx", 15.0)):
        debut = time.process_time()
        contenu = client.get(f"/telecharger/marches.{suite}?{TOUT}").get_data()
        assert time.process_time() - debut < secondes, suite
        assert len(contenu) > 5e6
    assert client.get("/telecharger/marches.xlsx").mimetype == TYPE_MIME
