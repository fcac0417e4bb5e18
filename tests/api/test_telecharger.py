"""The files of a bloc by their addresses: CSV and XLSX say the same, and are named after what they are."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from dashboard.app import create_app
from dashboard.export.classeur import TYPE_MIME
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_un_bloc_inconnu_est_un_404(client: FlaskClient, extension: str) -> None:
    assert client.get(f"/telecharger/inconnu.{extension}").status_code == 404


def test_le_classeur_porte_la_selection_et_un_nom_ascii(client: FlaskClient, instantane: Instantane) -> None:
    reponse = client.get("/telecharger/calculateur-resultat.xlsx?montant=2000000&taux=10&dep=93")
    assert reponse.status_code == 200
    assert reponse.mimetype == TYPE_MIME
    nom = f"observatoire_calculateur-resultat_{instantane.manifeste.instantane_id}_demonstration.xlsx"
    assert reponse.headers["Content-Disposition"] == f'attachment; filename="{nom}"'
    assert nom.isascii()
    livre = CalamineWorkbook.from_filelike(io.BytesIO(reponse.get_data()))
    lignes = {ligne[0]: ligne[2] for ligne in livre.get_sheet_by_name("Données").to_python()[1:7]}
    assert lignes["Heures d’insertion"] == pytest.approx(3333.3)
    filtres = {ligne[0]: ligne[1] for ligne in livre.get_sheet_by_name("Filtres").to_python()}
    assert filtres["Taux d’insertion"] == "10 %"


def test_le_csv_garde_son_nom(client: FlaskClient, instantane: Instantane) -> None:
    reponse = client.get("/telecharger/mois.csv")
    assert (
        f"observatoire_mois_{instantane.manifeste.instantane_id}_demonstration.csv"
        in reponse.headers["Content-Disposition"]
    )
    assert reponse.get_data(as_text=True).startswith("\ufeff")
