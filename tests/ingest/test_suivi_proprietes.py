"""Properties of the follow-up rules: pseudonyms, numbers, dates, direct identifiers."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import string
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.ingest.correspondance import Format, Recette, cle_libre
from dashboard.ingest.gabarit import Champ, charger
from dashboard.ingest.identifiants import cles_hmac, colonne_suspecte
from dashboard.ingest.suivi_expressions import lecture
from dashboard.ingest.suivi_lecture import ident, requete

GABARIT = charger()
FRANCAIS = Format(decimale=",", milliers=" ", dates=("%d/%m/%Y",))


@pytest.fixture(scope="module")
def base() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:", config={"threads": 1}) as connexion:
        connexion.execute(requete("macros"))
        connexion.execute(requete("macros_identifiants"))
        yield connexion


def lire(base: duckdb.DuckDBPyConnection, champ: Champ, texte: str, format_: Format) -> tuple[object, object]:
    """Typed value and conformity of one text."""
    lue = lecture(champ, Recette(colonnes=("x",)), format_)
    sql = f"SELECT {lue.valeur}, {lue.conforme} FROM (SELECT ?::VARCHAR AS {ident(champ.nom)}) AS t"
    return base.execute(sql, [texte]).fetchone() or (None, None)


@settings(max_examples=30)
@given(cle=st.binary(min_size=1, max_size=100), bruts=st.lists(st.text(min_size=1, max_size=40), min_size=1))
def test_pseudonymes_egaux_a_hmac(base: duckdb.DuckDBPyConnection, cle: bytes, bruts: list[str]) -> None:
    bruts = [brut.replace("\0", "-").encode("utf-8", "replace").decode() for brut in bruts]
    interne, externe = cles_hmac(cle)
    base.execute("CREATE OR REPLACE TEMP TABLE suivi_pseudonyme (brut VARCHAR, empreinte VARCHAR)")
    base.execute("CREATE OR REPLACE TEMP TABLE suivi_nouveau AS SELECT DISTINCT unnest(?) AS brut", [bruts])
    base.execute(requete("pseudonymes_calcul"), [externe, interne])
    obtenu = dict(base.execute("FROM suivi_pseudonyme").fetchall())
    assert obtenu == {brut: hmac.new(cle, brut.encode(), hashlib.sha256).hexdigest() for brut in bruts}


def test_cle_vide_refusee() -> None:
    with pytest.raises(ValueError, match="vide"):
        cles_hmac(b"")


@settings(max_examples=30)
@given(centimes=st.integers(0, 2_000_000_000_00), espace=st.sampled_from(" \u00a0\u202f"))
def test_nombre_francais(base: duckdb.DuckDBPyConnection, centimes: int, espace: str) -> None:
    champ = GABARIT["marches"].champ("montant_ht")
    texte = f"{centimes / 100:,.2f}".replace(",", espace).replace(".", ",")
    assert lire(base, champ, texte, FRANCAIS) == (centimes / 100, True)
    assert lire(base, champ, texte + " €", Format()) == (centimes / 100, False)


@pytest.mark.parametrize("texte", ["", "nan", "inf", "1e400", "12 bis", "1,2,3", "--1", "-0,01", "20000000001"])
def test_nombre_refuse(base: duckdb.DuckDBPyConnection, texte: str) -> None:
    assert lire(base, GABARIT["marches"].champ("montant_ht"), texte, FRANCAIS)[0] is None


@settings(max_examples=30)
@given(jour=st.dates(dt.date(1995, 1, 1), dt.date(2060, 12, 31)))
def test_dates(base: duckdb.DuckDBPyConnection, jour: dt.date) -> None:
    champ = GABARIT["contrats"].champ("date_debut")
    assert lire(base, champ, jour.strftime("%d/%m/%Y"), FRANCAIS) == (jour, True)
    assert lire(base, champ, jour.strftime("%d/%m/%Y"), Format()) == (jour, False)
    assert lire(base, champ, jour.isoformat(), FRANCAIS) == (jour, True)
    mois = GABARIT["heures"].champ("mois")
    assert lire(base, mois, jour.isoformat()[:7], Format()) == (jour.replace(day=1), True)
    assert lire(base, mois, jour.strftime("%m/%Y"), Format()) == (jour.replace(day=1), False)


@pytest.mark.parametrize("texte", ["0218-03-01", "31/02/2024", "2024-13-01", "12/31/2024", "demain", "1/1/0024"])
def test_date_refusee(base: duckdb.DuckDBPyConnection, texte: str) -> None:
    assert lire(base, GABARIT["contrats"].champ("date_debut"), texte, FRANCAIS)[0] is None


@pytest.mark.parametrize(
    ("champ", "texte", "attendu"),
    [
        ("acheteur_siret", "217 500 016 00019", "21750001600019"),
        ("acheteur_siret", "5480078100012", "05480078100012"),
        ("acheteur_siret", "217500016", None),
        ("cpv", "45210000-2", "45210000"),
        ("cpv", "3310000", "03310000"),
        ("cpv", "452", None),
    ],
)
def test_codes(base: duckdb.DuckDBPyConnection, champ: str, texte: str, attendu: str | None) -> None:
    assert lire(base, GABARIT["marches"].champ(champ), texte, Format())[0] == attendu


def suspecte(base: duckdb.DuckDBPyConnection, texte: str) -> bool:
    base.execute("CREATE OR REPLACE TEMP TABLE brut AS SELECT 2 AS numero_ligne, ?::VARCHAR AS c0", [texte])
    sql = requete("identifiants", brut="brut", colonne="c0", reference="false")
    return any(base.execute(sql).fetchone() or ())


@settings(max_examples=30)
@given(
    chiffres=st.text(string.digits, min_size=8, max_size=8),
    indicatif=st.sampled_from(["0", "+33", "0033", "+33 "]),
    premier=st.sampled_from("123456789"),
    separateur=st.sampled_from(["", " ", ".", "-", "\u00a0"]),
    autour=st.sampled_from(["{}", "tél. {}", "{} (soir)", "x:{};"]),
)
def test_telephones(
    base: duckdb.DuckDBPyConnection, chiffres: str, indicatif: str, premier: str, separateur: str, autour: str
) -> None:
    paires = [chiffres[i : i + 2] for i in range(0, 8, 2)]
    numero = separateur.join([indicatif + premier, *paires])
    if indicatif.endswith(" ") and not separateur:
        numero = numero.replace(" ", "")
    assert suspecte(base, autour.format(numero))


@settings(max_examples=30)
@given(
    sexe=st.sampled_from("12"),
    annee=st.integers(0, 99),
    mois=st.integers(1, 12),
    departement=st.sampled_from(["01", "75", "93", "2A", "2B", "99"]),
    suite=st.integers(0, 99999999),
    espace=st.sampled_from(["", " "]),
    cle=st.booleans(),
)
def test_numeros_de_securite_sociale(
    base: duckdb.DuckDBPyConnection,
    sexe: str,
    annee: int,
    mois: int,
    departement: str,
    suite: int,
    espace: str,
    cle: bool,
) -> None:
    fin = f"{suite:08d}"
    morceaux = [sexe, f"{annee:02d}", f"{mois:02d}", departement, fin[:3], fin[3:6]] + ([fin[6:]] if cle else [])
    assert suspecte(base, espace.join(morceaux))


@pytest.mark.parametrize("texte", ["a@b.fr", "Écrire à prenom.nom+x@exemple.org svp"])
def test_courriels(base: duckdb.DuckDBPyConnection, texte: str) -> None:
    assert suspecte(base, texte)


@pytest.mark.parametrize(
    "texte",
    ["21750001600019", "2019-06-01", "01/02/2024 10:20", "45210000-2", "1 234 567,89", "CT-000000123", "D@1", "93066",
     "217 500 016 00019", "2024-01-01T10:00:00"],
)  # fmt: skip
def test_valeurs_innocentes(base: duckdb.DuckDBPyConnection, texte: str) -> None:
    assert not suspecte(base, texte)


@pytest.mark.parametrize(
    "nom",
    ["Nom", "PRÉNOM", "nom_naissance", "Nom d’usage", "Date de naissance", "date_naiss", "Né(e) le", "Adresse",
     "Tél.", "téléphone portable", "Mobile", "Courriel", "E-mail", "Email employeur", "NIR", "N° sécu",
     "numero_securite_sociale", "NomPrenom", "dateNaissance", "Lieu de naissance", "Nom du référent"],
)  # fmt: skip
def test_colonnes_suspectes(nom: str) -> None:
    assert colonne_suspecte(nom)


@pytest.mark.parametrize(
    "nom",
    ["Nom de l’opération", "nom_employeur", "Adresse du chantier", "Année de naissance", "Année naiss.", "Mobilité",
     "Commune de résidence", "N° contrat", "Renommée", "Prescripteur", "Domaine", "Intitulé", "Code participant"],
)  # fmt: skip
def test_colonnes_innocentes(nom: str) -> None:
    assert not colonne_suspecte(nom)


def test_aucune_colonne_du_gabarit_suspecte() -> None:
    suspectes = {(t.nom, c.nom) for t in GABARIT.values() for c in t.champs if colonne_suspecte(c.nom)}
    assert suspectes == {("operations", "nom")}


@settings(max_examples=30)
@given(texte=st.text(string.ascii_letters + string.digits + " éèàçœŒÉ’'-/+_()", max_size=30))
def test_meme_cle_libre_en_sql(base: duckdb.DuckDBPyConnection, texte: str) -> None:
    assert base.execute("SELECT cle_libre(?)", [texte]).fetchone() == (cle_libre(texte),)
