"""Values never reach the text of a query; every condition is valid SQL on the fact tables."""

from __future__ import annotations

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.conditions import condition
from dashboard.domain.selection import REGION, Selection
from tests.domain.test_selection import REF, selections

COLONNES = (
    "annee SMALLINT, acheteur VARCHAR, sexe VARCHAR, tranche_age VARCHAR, "
    "qpv BOOLEAN, rsa BOOLEAN, deld BOOLEAN, rqth BOOLEAN, "
    "programme VARCHAR, secteur VARCHAR, type_clause VARCHAR, type_achat VARCHAR, "
    + ", ".join(f"{p}_{s} VARCHAR" for p in ("exec", "siege", "res") for s in ("dep", "epci", "commune"))
)


@given(selections)
def test_une_condition_est_du_sql_valide_sans_aucune_valeur_dans_son_texte(selection: Selection) -> None:
    cond = condition(selection, REF, personnes=True)
    assert cond.regard == selection.regard
    assert cond.sql.count("?") == len(cond.valeurs)
    for valeur in (*selection.acheteurs, *selection.secteurs, selection.territoire):
        assert valeur not in cond.sql
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE fait ({COLONNES})")
        assert con.execute(f"SELECT count(*) FROM fait WHERE {cond.sql}", list(cond.valeurs)).fetchone() == (0,)


def test_un_regard_ne_porte_que_sur_les_personnes() -> None:
    selection = Selection(regard="femmes")
    assert "sexe" not in condition(selection, REF).sql
    assert "sexe = 'F'" in condition(selection, REF, personnes=True).sql
    assert "sexe" not in condition(selection, REF, personnes=True, sauf={"regard"}).sql


@given(selections, st.sets(st.sampled_from(["annee", "territoire", "secteur", "acheteur"])))
def test_un_filtre_ecarte_ne_laisse_rien_de_lui(selection: Selection, sauf: set[str]) -> None:
    cond = condition(selection, REF, sauf=sauf)
    assert ("annee" in cond.sql) == ("annee" not in sauf)
    if "secteur" in sauf:
        assert "secteur" not in cond.sql
    if "territoire" in sauf or selection.territoire == REGION:
        assert "_dep IS NOT NULL" in cond.sql
        assert selection.territoire not in cond.valeurs or selection.territoire in selection.acheteurs
