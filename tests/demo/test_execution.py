"""What moves the hours due, the subcontracting acts and the sizes of firms of the demonstration hold together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard.demo.entreprises import CATEGORIES, FICHIER
from dashboard.demo.execution import executer
from dashboard.demo.generateur import FLUX_EXECUTION, flux
from dashboard.demo.identifiants import siren_entreprise
from dashboard.demo.parametres import PRODUCTEURS
from dashboard.demo.sous_traitance import SEUIL


@pytest.fixture(scope="module")
def lots(demonstration: Path) -> pd.DataFrame:
    """Lots of the template's CSV, spoiled rows left out."""
    fichiers = sorted(demonstration.glob("suivi/*/marches.csv"))
    tous = pd.concat([pd.read_csv(f, dtype=str, keep_default_na=False) for f in fichiers], ignore_index=True)
    saines = (
        ~tous["marche_id"].str.contains("-D") & (tous["euros_par_heure"] != "0") & (tous["date_notification"] > "1")
    )
    return tous[saines & (pd.to_numeric(tous["heures_engagees"], errors="coerce") > 0)]


@pytest.fixture(scope="module")
def marches(demonstration: Path) -> list[dict[str, Any]]:
    return [
        fiche
        for chemin in sorted((demonstration / "decp").glob("*.json"))
        for fiche in json.loads(chemin.read_text(encoding="utf-8"))["marches"]["marche"]
    ]


def test_chaque_mode_a_ses_colonnes(lots: pd.DataFrame) -> None:
    remplies = (lots[["heures_travaillees", "montant_facture", "euros_par_heure"]] != "").groupby(
        lots["mode_obligation"]
    )
    parts = remplies.mean()
    assert parts.loc["volume"].tolist() == [0, 0, 0]
    assert parts.loc["pourcentage", ["montant_facture", "euros_par_heure"]].tolist() == [0, 0]
    assert parts.loc["tranche", "heures_travaillees"] == 0
    assert 0.72 < parts.loc["pourcentage", "heures_travaillees"] < 0.95
    assert 0.6 < parts.loc["tranche", "montant_facture"] < 1
    assert parts.loc["tranche", "euros_par_heure"] > 0.8


def test_heures_dues_coherentes_avec_l_engagement(lots: pd.DataFrame) -> None:
    """At the end of a lot the hours due lie around the hours engaged; before, they are a part of them."""
    nombres = lots.apply(pd.to_numeric, errors="coerce")
    dues = (nombres["heures_travaillees"] * nombres["taux_insertion"] / 100).fillna(
        nombres["montant_facture"] / nombres["euros_par_heure"]
    )
    rapport = (dues / nombres["heures_engagees"]).dropna()
    finis = rapport[lots.loc[rapport.index, "statut"] == "termine"]
    assert len(finis) > 20
    assert 0.93 < finis.median() < 1.07
    assert finis.between(0.65, 1.5).all()
    assert (rapport[lots.loc[rapport.index, "statut"] == "prevision"] == 0).all()
    en_cours = rapport[lots.loc[rapport.index, "statut"] == "en_cours"]
    assert en_cours.median() < finis.median()


def test_flux_a_part_reproductible() -> None:
    class Lots:
        mois, duree = np.asarray([0, 60, 100]), np.asarray([24, 72, 12])

    class Engagements:
        heures_engagees = np.asarray([1_000.0, 2_000.0, 500.0])
        montant, taux = np.asarray([2e6, 4e6, 1e6]), np.asarray([5.0, 10.0, 5.0])
        mode = np.asarray(["pourcentage", "tranche", "pourcentage"], dtype=object)

    une, deux = (executer(flux(2018, FLUX_EXECUTION), Lots(), Engagements()) for _ in range(2))  # type: ignore[arg-type]
    np.testing.assert_equal(une.heures_travaillees, deux.heures_travaillees)
    assert np.isnan(une.heures_travaillees[1])
    assert np.isnan(une.montant_facture[[0, 2]]).all()
    assert une.euros_par_heure[1] == 2_000


def test_actes_sur_un_grand_marche_de_travaux_sur_six(marches: list[dict[str, Any]]) -> None:
    avec = [m for m in marches if "actesSousTraitance" in m]
    grands = [m for m in marches if m["codeCPV"].startswith("45") and isinstance(m["montant"], int | float)]
    grands = [m for m in grands if SEUIL <= m["montant"] < 1e9]
    assert 0.11 < len(avec) / len(grands) < 0.25
    assert all(m["sousTraitanceDeclaree"] for m in avec)
    projets = [m for m in grands if m["acheteur"]["id"][:9] in {p.siren for p in PRODUCTEURS if p.siren}]
    assert sum("actesSousTraitance" in m for m in projets) / len(projets) > 0.4
    actes = [(m, a["acteSousTraitance"]) for m in avec for a in m["actesSousTraitance"]]
    assert all(a["dateNotification"] > "2018" and a["montant"] > 0 for _, a in actes)
    gagnants = [{t["titulaire"]["id"] for t in m["titulaires"]} for m, _ in actes]
    assert not any(a["sousTraitant"]["id"] in deja for (_, a), deja in zip(actes, gagnants, strict=True))
    rangs = {tuple(a["acteSousTraitance"]["id"] for a in m["actesSousTraitance"]) for m in avec}
    assert rangs <= {(1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)}
    modifies = [m for m in avec if "modificationsActesSousTraitance" in m]
    assert 0 < len(modifies) < len(avec) / 2


def test_cinq_entreprises_sur_six_sont_des_pme(demonstration: Path) -> None:
    lues = pd.read_csv(demonstration / FICHIER, dtype=str, keep_default_na=False)
    assert lues["siren"].is_unique
    assert set(lues["siren"]) == {siren_entreprise(rang) for rang in range(1, 6_000)}
    parts = lues["categorieEntreprise"].value_counts(normalize=True)
    assert set(parts.index) == set(CATEGORIES)
    assert 0.82 < parts["PME"] < 0.87
    assert not [c for c in lues if c.startswith(("nomUnite", "prenom"))]


def test_producteurs_tous_servis_par_leur_flux() -> None:
    assert len({FLUX_EXECUTION + i for i in range(len(PRODUCTEURS))}) == len(PRODUCTEURS) < 1_000
