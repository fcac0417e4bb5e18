"""The targets of the charters: dated, sourced, readable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.contenu import projets_objectifs as objectifs
from dashboard.domain import francais as fr
from dashboard.warehouse.connexion import Instantane

TETE = "programmes,mesure,valeur,depuis,jusqu_a,libelle,source\n"


def test_chaque_objectif_nomme_un_programme_et_sa_source(instantane: Instantane) -> None:
    connus = set(instantane.referentiel.listes["programme"])
    for o in objectifs.objectifs():
        assert set(o.programmes) <= connus
        assert o.source
        assert o.valeur > 0


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [(date(2014, 1, 1), None), (date(2019, 5, 2), 5.0), (date(2020, 9, 30), 5.0), (date(2020, 10, 1), 10.0)],
)
def test_la_charte_du_grand_paris_express_change_en_octobre_2020(jour: date, attendu: float | None) -> None:
    trouve = objectifs.au("gpe_15s", "heures", jour)
    assert (trouve.valeur if trouve else None) == attendu


def test_les_objectifs_connus() -> None:
    assert [o.valeur for o in objectifs.du_programme("jop2024", "heures")] == [10.0]
    assert [o.valeur for o in objectifs.du_programme("jop2024", "pme")] == [25.0]
    assert [o.valeur for o in objectifs.du_programme("gpe_18", "pme")] == [20.0]
    assert [o.valeur for o in objectifs.du_programme("eole", "heures")] == [7.0]
    assert [o.valeur for o in objectifs.du_programme("npnru", "heures_gestion")] == [10.0]
    assert objectifs.taux_en_mots("ratp") == ""
    assert objectifs.taux_en_mots("gpe_16").replace(fr.FINE, " ") == "5 %, puis 10 % depuis octobre 2020"


@pytest.mark.parametrize(
    "ligne", ["eole,heures,sept,2016-01-01,,x,y", "eole,inconnue,7,2016-01-01,,x,y", "eole,heures,7,2016,,x,y"]
)
def test_une_ligne_illisible_est_nommee(tmp_path: Path, ligne: str) -> None:
    fichier = tmp_path / "objectifs.csv"
    fichier.write_text(f"{TETE}{ligne}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"objectifs\.csv, ligne 2 : objectif illisible"):
        objectifs.charger(fichier)
