"""The cleaning rules one by one, in SQL, on chosen and on random values."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.ingest.decp import preparer

AUJOURDHUI = dt.date(2026, 6, 30)
CON = duckdb.connect()
preparer(CON, AUJOURDHUI)


def regle(nom: str, valeur: str | float | None) -> Any:
    """Value of a macro."""
    ligne = CON.execute(
        f"SELECT {nom}($v)" if isinstance(valeur, float) else f"SELECT {nom}($v::VARCHAR)", {"v": valeur}
    ).fetchone()
    assert ligne is not None
    return ligne[0]


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("38 800,00", 38800.0),
        ("38\u202f800,00 €", 38800.0),
        ("1.234.567,89", 1234567.89),
        ("1,234,567.89", 1234567.89),
        ("1.0E17", 1e17),
        ("153900", 153900.0),
        ("-5", -5.0),
        ("12a", None),
        ("CDL", None),
        ("", None),
        (None, None),
    ],
)
def test_nombre(ecrit: str | None, lu: float | None) -> None:
    assert regle("decp_nombre", ecrit) == lu


@given(st.integers(0, 10**11), st.integers(0, 99), st.sampled_from(["", " ", "\u00a0", "\u202f", "."]))
@settings(max_examples=25, deadline=None)
def test_nombre_francais(entier: int, centimes: int, separateur: str) -> None:
    ecrit = f"{entier:,}".replace(",", separateur) + f",{centimes:02d}"
    assert regle("decp_nombre", ecrit) == pytest.approx(entier + centimes / 100)


@given(st.floats(-1e20, 1e20))
@settings(max_examples=25, deadline=None)
def test_montant_dans_les_bornes(nombre: float) -> None:
    lu = regle("decp_montant", nombre)
    assert lu == nombre if 200 <= nombre <= 999_999_999 else lu is None


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("0218-03-04", "2018-03-04"),
        ("0018-03-04", "2018-03-04"),
        ("218-03-04", "2018-03-04"),
        ("30/01/2019", "2019-01-30"),
        ("2018-12-17+01:00", "2018-12-17"),
        ("2024-05-15T00:00:00Z", "2024-05-15"),
        ("20240515", "2024-05-15"),
        ("2018-02-30", None),
        ("2005-01-01", None),
        ("2027-01-01", None),
        ("201-07-10", None),
        ("2017-07-10-", None),
        ("NC", None),
        ("hier", None),
        (None, None),
    ],
)
def test_date(ecrit: str | None, lu: str | None) -> None:
    assert regle("decp_date", ecrit) == (dt.date.fromisoformat(lu) if lu else None)


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%Y-%m-%dT00:00:00"]),
)
@settings(max_examples=25, deadline=None)
def test_fenetre_des_dates(jour: dt.date, modele: str) -> None:
    admise = dt.date(2010, 1, 1) <= jour <= AUJOURDHUI + dt.timedelta(60)
    assert regle("decp_date", jour.strftime(modele)) == (jour if admise else None)


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("90513500-2", "90513500"),
        ("90513500", "90513500"),
        ("905135002", "90513500"),
        ("9310000", "09310000"),
        ("4521000", "45210000"),
        ("45", "45000000"),
        ("45.21 0000", "45210000"),
        ("45210000-", "45210000"),
        ("00000000", None),
        ("99000000", None),
        ("4521A000", None),
        ("4", None),
        ("INX", None),
        (None, None),
    ],
)
def test_cpv(ecrit: str | None, lu: str | None) -> None:
    assert regle("decp_cpv", ecrit) == lu


@given(st.text(max_size=14))
@settings(max_examples=25, deadline=None)
def test_cpv_rien_ou_huit_chiffres(ecrit: str) -> None:
    lu = regle("decp_cpv", ecrit.replace("\0", ""))
    assert lu is None or (len(lu) == 8 and lu.isdigit())


@pytest.mark.parametrize(
    ("chiffres", "valide"),
    [
        ("21750001600019", True),
        ("21750001600018", False),
        ("217500016", True),
        ("35600000000048", True),
        ("35600000049837", True),
        ("2175", False),
        ("", False),
    ],
)
def test_luhn(chiffres: str, valide: bool) -> None:
    assert regle("decp_luhn", chiffres) is valide


@given(st.text(alphabet="abcXYZ019 ,./\\_-", max_size=20))
@settings(max_examples=25, deadline=None)
def test_numero_sans_separateurs(ecrit: str) -> None:
    attendu = "".join(c for c in ecrit if c not in " ,./\\_-")
    assert regle("decp_numero", ecrit) == (attendu or None)
    assert regle("decp_numero", regle("decp_numero", ecrit)) == regle("decp_numero", ecrit)


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("93", "93"),
        ("093", "93"),
        ("930", "93"),
        ("1", "01"),
        ("971", "971"),
        ("2a", "2A"),
        ("93120", "93"),
        ("97110", "971"),
        ("FR", None),
    ],
)
def test_departement(ecrit: str, lu: str | None) -> None:
    assert regle("decp_departement", ecrit) == lu


@pytest.mark.parametrize(
    "ecrit", ["Code departement", "CODE DÉPARTEMENT", "code département", "Département", "Code  Departement "]
)
def test_type_de_lieu(ecrit: str) -> None:
    assert regle("decp_type_lieu", ecrit) == "departement"


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("Sans objet", "Pas de considération sociale"),
        ("pas de consideration sociale", "Pas de considération sociale"),
        ("CRITERE SOCIAL", "Critère social"),
        ("Clause sociale ", "Clause sociale"),
        ("Marchés réservés", "Marché réservé"),
        ("CDL", None),
        ("autre", None),
        (None, None),
    ],
)
def test_consideration(ecrit: str | None, lu: str | None) -> None:
    assert regle("decp_sociale", ecrit) == lu


def test_listes() -> None:
    assert regle("decp_liste", "['Clause sociale', 'Critère social']") == ["Clause sociale", "Critère social"]
    assert regle("decp_liste", "Clause sociale, Critère social") == ["Clause sociale", "Critère social"]
    assert regle("decp_liste", "CDL") == []
    assert regle("decp_liste", None) is None
