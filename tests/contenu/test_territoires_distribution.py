"""Bins of a distribution: each territory once, readable edges, zeros apart; the median said."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.contenu.territoires import PAGE
from dashboard.contenu.territoires_distribution import (
    TRANCHES,
    TRANCHES_PEU,
    distinguees,
    largeur_lisible,
    milieu,
    tranches,
)
from dashboard.contenu.territoires_phrases import Ici
from dashboard.domain.selection import Selection
from dashboard.warehouse.connexion import Instantane

PAS = st.sampled_from([0.01, 0.1, 1.0])


def ligne(rang: int, valeur: float | None) -> dict[str, Any]:
    statut = "valeur" if valeur is not None else "s" if rang % 2 else "nd"
    return {"code": f"c{rang}", "valeur": valeur, "statut": statut}


@given(
    st.lists(st.one_of(st.none(), st.just(0.0), st.floats(0.0001, 1e7)), min_size=1, max_size=300), PAS
)  # fmt: skip
def test_chaque_valeur_publiee_est_dans_une_tranche_et_une_seule(valeurs: list[float | None], pas: float) -> None:
    lignes = [ligne(i, v) for i, v in enumerate(valeurs)]
    bacs = tranches(lignes, pas)
    places = [code for t in bacs for code in t.codes]
    assert sorted(places) == sorted(li["code"] for li in lignes if li["statut"] == "valeur")
    valeur = {li["code"]: li["valeur"] for li in lignes}
    for t in bacs:
        for code in t.codes:
            if t.debut == t.fin:
                assert valeur[code] == 0
            else:
                assert t.debut <= valeur[code] + 1e-9
                assert t.fin is None or valeur[code] < t.fin + 1e-9
    fermees = [t for t in bacs if t.fin is not None and t.fin > t.debut]
    assert all(a.fin == b.debut for a, b in pairwise(fermees))
    assert len(fermees) <= TRANCHES + 1
    assert [t.fin for t in bacs].count(None) <= 1


@given(st.floats(0.001, 1e8), PAS, st.sampled_from([TRANCHES_PEU, TRANCHES]))
def test_les_bords_se_lisent(etendue: float, pas: float, combien: int) -> None:
    largeur = largeur_lisible(etendue, pas, combien)
    assert largeur / pas == pytest.approx(round(largeur / pas), abs=1e-3)
    assert largeur >= pas * (1 - 1e-9)
    assert etendue / largeur <= combien + 1e-6
    chiffres = f"{largeur:.6e}".split("e")[0].rstrip("0").rstrip(".")
    assert chiffres in ("1", "2", "2.5", "5")


def test_quelques_valeurs_tres_hautes_n_ecrasent_pas_les_autres() -> None:
    lignes = [ligne(i, float(i)) for i in range(1, 101)] + [ligne(200, 90_000.0), ligne(202, 80_000.0)]
    bacs = tranches(lignes, 1.0)
    assert bacs[-1].fin is None
    assert {"c200", "c202"} <= set(bacs[-1].codes)
    assert max(len(t.codes) for t in bacs) < 30


def test_rien_a_repartir() -> None:
    assert tranches([ligne(0, None), ligne(1, None)], 1.0) == []
    (zeros,) = tranches([ligne(0, 0.0)], 1.0)
    assert (zeros.debut, zeros.fin) == (0.0, 0.0)


def contexte(instantane: Instantane, **choix: Any) -> Ici:
    return PAGE.contexte(instantane, Selection(**choix))


def test_ce_qui_est_distingue(instantane: Instantane) -> None:
    assert distinguees(contexte(instantane)) == frozenset()
    assert distinguees(contexte(instantane, territoire="93")) == {"93"}
    assert distinguees(contexte(instantane, territoire="93066")) == {"93"}
    assert distinguees(contexte(instantane, territoire="93066", niveau="epci")) == {"T6"}
    assert distinguees(contexte(instantane, territoire="93", niveau="epci")) == {"T6", "T7", "T8", "T9"}


def test_la_mediane_est_dite_et_le_territoire_situe(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2024, 2024), territoire="93")
    valeurs = {li["code"]: li["valeur"] for li in c.vue.lignes}
    assert milieu(c) == median(valeurs.values())
    bloc = PAGE.blocs["territoires-distribution"](c)
    assert bloc.titre == "Seine-Saint-Denis : au\u2011dessus de la médiane"
    assert sum(ligne[1] for ligne in bloc.tableau.lignes if isinstance(ligne[1], float)) == 8
    assert [ligne[0] for ligne in bloc.tableau.lignes if "Seine-Saint-Denis" in str(ligne[0])], "sa tranche est nommée"
    parties = PAGE.blocs["territoires-distribution"](contexte(instantane, territoire="93", niveau="epci"))
    assert parties.tableau.colonnes[2].libelle == "dont Seine-Saint-Denis"
    assert sum(ligne[2] for ligne in parties.tableau.lignes if isinstance(ligne[2], float)) == 4


def test_peu_de_valeurs_ne_font_pas_une_moitie(instantane: Instantane) -> None:
    c = contexte(instantane, niveau="epci", indicateur="part_femmes", annees=(2018, 2025))

    def avec(combien: int) -> str:
        lignes = [
            {**li, "valeur": i / 100 if i < combien else None, "statut": "valeur" if i < combien else "nd"}
            for i, li in enumerate(c.vue.lignes)
        ]
        return PAGE.blocs["territoires-distribution"](replace(c, vue=replace(c.vue, lignes=lignes))).titre

    assert avec(2) == "2 EPT et EPCI seulement ont une valeur publiée"
    assert avec(21) == "La moitié des 21 EPT et EPCI publiés dépasse 10\u202f% de femmes"
