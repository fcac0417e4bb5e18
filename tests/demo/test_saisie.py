"""What facilitators type differs from what is published, in the ways met, and never brings hours before a start."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from dashboard.demo.generateur import flux
from dashboard.demo.saisie import FACONS, redire, saisir

OBJET = "Réhabilitation du groupe scolaire des Tilleuls à Gagny – lot 3 : peinture"
N = 2_000


@pytest.fixture
def lots() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "numero_decp": [f"2022-{i:04d}" if i % 4 else "" for i in range(N)],
            "objet": [OBJET] * N,
            "date_notification": ["2022-05-17"] * N,
            "montant_ht": ["1234567"] * N,
            "titulaire_siret": [f"{i:014d}" for i in range(N)],
            "statut": ["prevision" if i % 7 == 0 else "en_cours" for i in range(N)],
        },
        dtype=object,
    )


@pytest.mark.parametrize(
    ("tirage", "attendu"),
    [
        (0.0, "Réhab. du GS des Tilleuls à Gagny – lot 3 : peinture"),
        (0.35, "Réhabilitation du groupe scolaire des Tilleuls – lot 3 : peinture"),
        (0.60, "Lot 3 peinture – Réhab. du GS des Tilleuls"),
        (0.80, "Réhab. du GS des Tilleuls – lot 3"),
        (0.95, "REHABILITATION DU GROUPE SCOLAIRE DES TILLEULS A GAGNY – LOT 3 : PEINTURE"),
    ],
)
def test_chaque_facon_de_redire(tirage: float, attendu: str) -> None:
    assert redire(OBJET, tirage) == attendu


@pytest.mark.parametrize("objet", ["Nettoyage des locaux à Domont", "GPE – ligne 16 (Sevran) – lot 1 : x", "À"])
def test_jamais_vide(objet: str) -> None:
    assert sum(part for part, _ in FACONS) == pytest.approx(1)
    assert all(redire(objet, t).strip() for t in np.linspace(0, 0.999, 40))


def test_seuls_les_lots_sans_numero_changent_de_chiffres(lots: pd.DataFrame) -> None:
    avant = lots.copy()
    saisir(flux(1, 1), lots, grand_projet=False)
    perdus = (avant["numero_decp"] != "") & (lots["numero_decp"] == "")
    assert 0.10 < perdus.sum() / (avant["numero_decp"] != "").sum() < 0.16
    colonnes = ["date_notification", "montant_ht", "titulaire_siret"]
    pd.testing.assert_frame_equal(lots.loc[~perdus, colonnes], avant.loc[~perdus, colonnes])
    changes = (lots.loc[perdus, colonnes] != avant.loc[perdus, colonnes]).mean()
    assert changes.between(0.25, 0.75).all()
    assert (lots.loc[perdus, "objet"] != OBJET).mean() > 0.7
    assert 0.08 < (lots.loc[~perdus, "objet"] != OBJET).mean() < 0.16


def test_dates_jamais_plus_tard_et_previsions_gardees(lots: pd.DataFrame) -> None:
    avant = lots.copy()
    saisir(flux(1, 1), lots, grand_projet=False)
    assert (lots["date_notification"] <= avant["date_notification"]).all()
    prevus = avant["statut"] == "prevision"
    assert (lots.loc[prevus, "date_notification"] == avant.loc[prevus, "date_notification"]).all()
    assert (pd.to_numeric(lots["montant_ht"]) > 0).all()
    assert lots["montant_ht"].str.fullmatch(r"\d+(\.\d+)?").all()


def test_grands_projets_mieux_numerotes(lots: pd.DataFrame) -> None:
    saisir(flux(1, 1), lots, grand_projet=True)
    assert (lots["numero_decp"] == "").mean() < 0.25 + 0.06
