"""The rules of what leaves the door: threshold, rounding, hours, means, firms, sensitive criteria, and fail closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from dashboard.domain.conditions import Condition
from dashboard.warehouse import secret
from tests.warehouse.secret_outils import TOUT, Porte, base, ouvrir, personnes_au_hasard, requete


@pytest.fixture
def porte(monkeypatch: pytest.MonkeyPatch) -> Porte:
    return ouvrir(monkeypatch)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with base(personnes_au_hasard(5, 1500), 5) as connexion:
        yield connexion


def ligne(effectif: int, cle: int = 77, suite: str = "") -> str:
    """A query of one row: ``effectif`` persons whose record keys add up to ``cle``, 1000 hours."""
    return f"SELECT {effectif} AS effectif, {cle} AS cle, 1000.0 AS heures{suite} WHERE {{condition}}"


# Threshold, rounding, hours


def test_un_petit_effectif_est_masque_avec_ses_heures_et_un_vrai_zero_reste_zero(
    porte: Porte, con: duckdb.DuckDBPyConnection
) -> None:
    for n in range(1, secret.SEUIL):
        lue = porte(con, ligne(n, suite=", 12.5 AS moyenne_distance"), condition=Condition("TRUE", regard="femmes"))
        assert lue == [{"effectif": None, "heures": None, "moyenne_distance": None, "statut": "s"}]
    vide = porte(con, "SELECT 0 AS effectif, NULL AS cle, NULL AS heures WHERE {condition}")
    assert vide == [{"effectif": 0, "heures": None, "statut": "valeur"}]


def test_la_meme_cellule_par_deux_chemins_est_publiee_pareil(porte: Porte, con: duckdb.DuckDBPyConnection) -> None:
    par_axe = {li["secteur"]: li for li in porte(con, requete("secteur", "sexe"), "sexe") if li["sexe"] == "F"}
    for secteur, lue in par_axe.items():
        filtree = porte(con, requete("sexe"), "sexe", Condition("secteur = ? AND sexe = 'F'", (secteur,)))
        assert [(li["effectif"], li["heures"]) for li in filtree] == [(lue["effectif"], lue["heures"])]


def test_les_heures_suivent_l_effectif_publie_sans_biais(porte: Porte, con: duckdb.DuckDBPyConnection) -> None:
    """Unbiased over the keys, rounded to 10 h, never off by more than the persons of the rounding."""
    for vrai in (7, 53, 240):
        sql = f"SELECT i, {vrai} AS effectif, i AS cle, 100000.0 AS heures FROM range(256) r(i) WHERE {{condition}}"
        lues = porte(con, sql, condition=Condition("TRUE", regard="femmes"))
        assert all(li["heures"] % secret.ARRONDI_HEURES == 0 for li in lues)
        assert sum(li["heures"] for li in lues) / len(lues) == pytest.approx(100000, rel=0.6 / vrai)
        ecarts = [abs(li["heures"] * vrai / 100000 - li["effectif"]) for li in lues]
        assert max(ecarts) <= secret.ARRONDI
        assert len({(li["effectif"], li["heures"]) for li in lues}) > 2, "les heures donnent le vrai effectif"


def test_une_cellule_sans_attribut_ne_donne_pas_ses_heures_deja_exactes_ailleurs(
    porte: Porte, con: duckdb.DuckDBPyConnection
) -> None:
    assert porte(con, ligne(100))[0]["heures"] is None
    assert porte(con, ligne(100), condition=Condition("TRUE", residence=True))[0]["heures"] is not None
    assert porte(con, ligne(100), condition=Condition("TRUE", regard="femmes"))[0]["heures"] is not None


# Fail closed


@pytest.mark.parametrize("panne", ["DELETE FROM ptable", "DELETE FROM ptable WHERE pcv = 7"])
def test_une_table_incomplete_masque_au_lieu_de_publier_le_vrai_effectif(porte: Porte, panne: str) -> None:
    with base(personnes_au_hasard(6, 50)) as con:
        con.execute(panne)
        assert [(li["effectif"], li["heures"], li["statut"]) for li in porte(con, ligne(12))] == [(None, None, "s")]


def test_une_cellule_sans_cle_est_masquee(porte: Porte, con: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT 12 AS effectif, CAST(NULL AS INTEGER) AS cle, 1000.0 AS heures WHERE {condition}"
    assert porte(con, sql)[0]["effectif"] is None


def test_un_fichier_qui_ne_dit_pas_ce_qu_il_croise_n_est_pas_lu(
    monkeypatch: pytest.MonkeyPatch, con: duckdb.DuckDBPyConnection
) -> None:
    monkeypatch.setattr(secret, "texte", lambda _dossier, _nom: ligne(12))
    with pytest.raises(ValueError, match="Crosses"):
        secret.personnes(con, "essai_muet", TOUT)


# Means and shares


def test_une_moyenne_demande_dix_personnes_publiees(porte: Porte, con: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT {n} AS effectif, 3 AS cle, 10.0 AS heures, 12.345 AS moyenne_distance WHERE {{condition}}"
    for n in range(5, 40):
        lue = porte(con, sql.format(n=n))[0]
        assert (lue["moyenne_distance"] is None) == (lue["effectif"] < secret.MOYENNE_MIN)


def test_une_part_demande_vingt_personnes_publiees_et_ne_depasse_pas_un() -> None:
    assert secret.part(10, 15) is None
    assert secret.part(None, 100) is None
    assert secret.part(10, None) is None
    assert secret.part(10, 20) == 0.5
    assert secret.part(25, 20) == 1.0


# Firms


@pytest.mark.parametrize(
    ("firmes", "part", "publiee"),
    [(2, 0.5, False), (3, 0.86, False), (3, 0.85, True), (40, 0.1, True), (1, 1.0, False)],
)
def test_une_cellule_de_moins_de_trois_entreprises_ou_dominee_est_masquee(
    porte: Porte, con: duckdb.DuckDBPyConnection, firmes: int, part: float, publiee: bool
) -> None:
    lue = porte(con, ligne(200, suite=f", {firmes} AS firmes, {part}::DOUBLE AS part_firme"))[0]
    assert (lue["effectif"] is not None, lue["statut"] == "valeur") == (publiee, publiee)
    assert {"firmes", "part_firme", "cle"}.isdisjoint(lue)


# Sensitive criteria

SENSIBLES = sorted(secret.PUBLICS_SENSIBLES)
PUBLICS = "SELECT '{code}' AS code, {autre} AS sexe, 500 AS effectif, 9 AS cle, 50.0 AS heures WHERE {{condition}}"


@pytest.mark.parametrize("code", [*SENSIBLES, "rsa"])
def test_un_critere_sensible_n_est_jamais_croise(porte: Porte, con: duckdb.DuckDBPyConnection, code: str) -> None:
    sensible, croise = code in SENSIBLES, "code, sexe"

    def publiee(autre: str = "NULL", **quoi: Any) -> bool:
        lue = porte(con, PUBLICS.format(code=code, autre=autre), croise, Condition("TRUE", **quoi))[0]
        assert (lue["effectif"] is None) == (lue["heures"] is None) == (lue["statut"] == "s") or not sensible
        return lue["effectif"] is not None

    assert publiee()
    assert publiee("'F'") != sensible
    assert publiee(regard="femmes") != sensible
    assert publiee(commune=True) != sensible
    assert publiee(residence=True)


def test_un_critere_sensible_ne_descend_pas_a_la_commune_par_la_carte(
    porte: Porte, con: duckdb.DuckDBPyConnection
) -> None:
    sql = "SELECT '75' AS code, '{territoire}' AS colonne, 500 AS effectif, 9 AS cle, 50.0 AS heures WHERE {condition}"
    regard = Condition("TRUE", regard="rqth")
    assert porte(con, sql, "nothing", regard, territoire="exec_epci")[0]["effectif"] is not None
    for colonne in ("exec_commune", "siege_commune", "res_commune"):
        assert porte(con, sql, "nothing", regard, territoire=colonne)[0]["effectif"] is None


def test_le_regard_sensible_ne_laisse_que_les_lignes_sans_autre_attribut(
    porte: Porte, con: duckdb.DuckDBPyConnection
) -> None:
    lues = porte(con, requete("sexe"), "sexe", Condition("TRUE", regard="rqth"))
    assert {li["statut"] for li in lues} == {"s"}
    assert porte(con, requete("secteur"), "nothing", Condition("TRUE", regard="rqth"))[0]["effectif"] is not None
