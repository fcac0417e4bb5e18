"""The CSV for programs and its metadata: same numbers as the CSV of people, states told apart, nothing to guess."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import orjson
import pytest

from dashboard.contenu import vue_ensemble
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.tableau import Bloc, Colonne, Etat, tableau
from dashboard.domain.selection import Selection
from dashboard.export import metadonnees
from dashboard.export.tableau import csv_de, csv_machine
from dashboard.warehouse.connexion import Instantane

COLONNES = (Colonne("nom", "Territoire"), Colonne("h", "Heures réalisées", "entier"), Colonne("p", "Part", "part"),
            Colonne("m", "Mois", "mois"), Colonne("d", "Distance (km)", "decimal"))  # fmt: skip
LIGNES = [["Montreuil", 1234567.4, 0.1234, date(2025, 3, 1), 4.25],
          ["=1+1, « là »", Etat.SECRET, Etat.NON_DISPONIBLE, date(2025, 4, 1), 0.0]]  # fmt: skip
BLOC = Bloc(
    "essai", "Un titre", "2025 · Paris", "Source : essai", tableau(COLONNES, LIGNES), None, ("heures_realisees",)
)


@pytest.fixture
def contexte(instantane: Instantane) -> Contexte[Any]:
    return vue_ensemble.PAGE.contexte(instantane, Selection(territoire="93"))


def test_le_fichier_de_reference() -> None:
    assert csv_machine(BLOC) == (
        'nom,h,p,m,d\nMontreuil,1234567,0.1234,2025-03,4.3\n"\'=1+1, « là »",s,nd,2025-04,0.0\n'
    )


def test_les_deux_csv_disent_les_memes_nombres(contexte: Contexte[Any]) -> None:
    for ident, ecrire in vue_ensemble.PAGE.blocs.items():
        bloc = ecrire(contexte)
        gens = list(csv.reader(io.StringIO(csv_de(bloc).removeprefix("\ufeff")), delimiter=";"))
        programmes = list(csv.reader(io.StringIO(csv_machine(bloc))))
        assert programmes[0] == [c.cle for c in bloc.tableau.colonnes], ident
        formes = [c.format for c in bloc.tableau.colonnes]
        for une, autre in zip(gens[1:], programmes[1:], strict=False):
            for forme, texte, brut in zip(formes, une, autre, strict=True):
                assert brut == (texte if forme in ("texte", "mois") else texte.replace(",", ".")), ident


def test_les_metadonnees_disent_tout_ce_qui_est_dans_le_csv(contexte: Contexte[Any]) -> None:
    d = metadonnees.de(BLOC, contexte)
    assert orjson.loads(orjson.dumps(d)) == d
    m = contexte.instantane.manifeste
    assert (d["bloc"], d["instantane"], d["demonstration"]) == ("essai", m.instantane_id, True)
    assert d["selection"] == {"dep": "93"}
    assert d["lignes"] == len(csv_machine(BLOC).splitlines()) - 1
    assert [c["cle"] for c in d["colonnes"]] == csv_machine(BLOC).splitlines()[0].split(",")
    assert {cle: v["cellules"] for cle, v in d["etats"].items()} == {"s": 1, "nd": 1}
    assert d["etats"]["s"]["sens"] == "secret statistique"
    assert d["definitions"][0]["indicateur"] == "heures_realisees"
    assert {c["cle"]: c.get("unite") for c in d["colonnes"]} == {
        "nom": None, "h": "heures", "p": "part", "m": None, "d": "valeur",
    }  # fmt: skip
