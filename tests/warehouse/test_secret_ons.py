"""The door publishes, cell by cell, what the reference implementation of the method publishes.

``cell-key-perturbation`` is the package of the Office for National Statistics (MIT). It wants
its table written in full for counts 1 to 750, ours is compact: the expansion is the only glue.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from cell_key_perturbation.create_perturbed_table import create_perturbed_table

from dashboard.warehouse import ptable, secret
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.ptable import CLES, ligne
from tests.warehouse.secret_outils import TOUT, base, ouvrir, personnes_au_hasard, requete

Cellules = dict[tuple[str, ...], int | None]
CROISEMENTS = [
    ["sexe"],
    ["secteur", "sexe"],
    ["res_dep", "tranche_age"],
    ["res_dep", "secteur", "sexe"],
]


@pytest.fixture(scope="module")
def table_ons() -> pd.DataFrame:
    """Our table in the shape of the ONS: one line per count from 1 to 750 and per key."""
    valeurs = {(p.pcv, p.ckey): p.pvalue for p in ptable.lire()}
    lignes = [(n, k, valeurs[ligne(n), k]) for n in range(1, 751) for k in range(CLES)]
    return pd.DataFrame(lignes, columns=["pcv", "ckey", "pvalue"])


def publiees_par_ons(personnes: pd.DataFrame, table: pd.DataFrame, colonnes: list[str]) -> Cellules:
    cellules = create_perturbed_table(
        data=personnes, ptable=table, geog=[], tab_vars=colonnes, record_key="cle",
        use_existing_ons_id=False, threshold=secret.SEUIL,
    )  # fmt: skip
    cellules = cellules[cellules["pre_sdc_count"] > 0]
    return {
        tuple(cle): None if pd.isna(n) else int(n)
        for *cle, n in cellules[[*colonnes, "count"]].itertuples(index=False, name=None)
    }


def publiees_par_nous(lignes: list[dict[str, Any]], colonnes: list[str]) -> Cellules:
    return {tuple(li[c] for c in colonnes): li["effectif"] for li in lignes}


def test_memes_effectifs_publies_que_le_paquet_de_l_ons(
    monkeypatch: pytest.MonkeyPatch, table_ons: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    porte, vrais = ouvrir(monkeypatch), set[int]()
    for graine in range(4):
        personnes = personnes_au_hasard(graine)
        with base(personnes, graine) as con:
            for colonnes in CROISEMENTS:
                nous = publiees_par_nous(porte(con, requete(*colonnes), ", ".join(colonnes)), colonnes)
                assert nous == publiees_par_ons(personnes, table_ons, colonnes)
                vrais |= set(personnes.value_counts(colonnes))
    assert set(range(1, 12)) < vrais
    assert max(vrais) > 3 * 1000
    assert "Warning" not in capsys.readouterr().out


def test_memes_effectifs_publies_sur_l_instantane(instantane: Instantane, table_ons: pd.DataFrame) -> None:
    """A real file of ``sql/lecture_personnes`` on the demonstration, from the extraction of its persons."""
    con = instantane.curseur()
    personnes = con.execute("SELECT DISTINCT annee, personne_no, CAST(sexe AS VARCHAR) AS sexe, cle FROM presence").df()
    nous = {(li["annee"], li["sexe"]): li["effectif"] for li in secret.personnes(con, "par_annee", TOUT)}
    par_sexe = publiees_par_ons(personnes, table_ons, ["annee", "sexe"])
    tous = {(annee, "tous"): n for (annee,), n in publiees_par_ons(personnes, table_ons, ["annee"]).items()}
    assert len(tous) > 3
    assert nous == {**par_sexe, **tous}
