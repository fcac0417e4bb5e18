"""One door: what is written in the SQL files and in the modules leaves no other way to the persons."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import duckdb
import pytest

from dashboard.warehouse import secret
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.fichiers_sql import noms, texte

PAQUET = Path(secret.__file__).resolve().parents[1]
ENTREPOT = PAQUET / "warehouse"
#: Tables whose rows are persons, or counts of persons not yet protected.
PERSONNES = frozenset({"presence", "heures", "personne", "contrat", "sortie", "formation", "parcours_etat"})
#: The build writes these tables and checks them before they are published; the door reads them.
PERMIS = {ENTREPOT / f"{nom}.py" for nom in ("atelier", "construction", "controles", "parcours", "secret")}
MODULES = sorted(PAQUET.rglob("*.py"))
DE_PERSONNES = noms(secret.DOSSIER)
POSITION = re.compile(r"\b(?:FROM|JOIN)\s+(?:\w+\.)?(\w+)", re.IGNORECASE)


class _Trous(dict[str, str]):
    """Fills every placeholder with something that parses."""

    def __missing__(self, trou: str) -> str:
        return "TRUE" if trou == "condition" else "colonne"


def requete(dossier: str, nom: str) -> str:
    """Text of a file, its placeholders filled, without its comments."""
    return re.sub(r"--.*", "", texte(dossier, nom)).format_map(_Trous())


@lru_cache
def tables_lues(dossier: str, nom: str) -> frozenset[str]:
    """Tables that a query reads, by DuckDB's own parser (names of common table expressions included)."""
    with duckdb.connect(":memory:") as con:
        ligne = con.execute("SELECT json_serialize_sql(?)", [requete(dossier, nom)]).fetchone()
    arbre = json.loads(ligne[0]) if ligne else {"error": True}
    assert not arbre["error"], (nom, arbre)
    return frozenset(_tables(arbre))


def _tables(noeud: object) -> Iterator[str]:
    if isinstance(noeud, dict):
        if noeud.get("type") == "BASE_TABLE":
            yield noeud["table_name"]
        for valeur in noeud.values():
            yield from _tables(valeur)
    elif isinstance(noeud, list):
        for valeur in noeud:
            yield from _tables(valeur)


def textes(module: Path) -> list[str]:
    """String constants of a module, the docstrings left out."""
    arbre = ast.parse(module.read_text(encoding="utf-8"))
    documents = {
        id(noeud.body[0].value)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and noeud.body
        and isinstance(noeud.body[0], ast.Expr)
    }
    constantes = (n for n in ast.walk(arbre) if isinstance(n, ast.Constant) and id(n) not in documents)
    return [c.value for c in constantes if isinstance(c.value, str)]


# Where persons are


def test_la_liste_des_tables_de_personnes_est_complete(instantane: Instantane) -> None:
    lignes = instantane.curseur().execute(
        "SELECT DISTINCT table_name FROM duckdb_columns() WHERE database_name = 'instantane'"
        " AND column_name IN ('personne_no', 'cle', 'sexe', 'publics', 'contrat_no')"
    )
    assert {ligne[0] for ligne in lignes.fetchall()} == PERSONNES


# The SQL files


def test_il_y_a_des_fichiers_a_verifier() -> None:
    assert len(DE_PERSONNES) >= 6
    assert len(noms("lecture")) >= 10


@pytest.mark.parametrize("nom", noms("lecture"))
def test_une_lecture_exacte_ne_nomme_aucune_table_de_personnes(nom: str) -> None:
    assert tables_lues("lecture", nom) & PERSONNES == set()


def test_le_controle_reconnait_une_table_meme_bien_cachee(monkeypatch: pytest.MonkeyPatch) -> None:
    """Witness of the test above: second table of a list, subquery, prefix; not the column ``heures_engagees``."""
    cas = {
        "a": "SELECT sum(heures_engagees) AS heures FROM activite",
        "b": "SELECT 1 FROM activite, presence",
        "c": "SELECT (SELECT count(*) FROM main.personne) FROM marche WHERE {condition}",
        "d": "WITH p AS (SELECT * FROM sortie) SELECT * FROM p",
    }
    monkeypatch.setattr("tests.warehouse.test_secret_fichiers.texte", lambda _dossier, nom: cas[nom])
    vues = {nom: tables_lues("essai", nom) & PERSONNES for nom in cas}
    assert vues == {"a": set(), "b": {"presence"}, "c": {"personne"}, "d": {"sortie"}}


@pytest.mark.parametrize("nom", DE_PERSONNES)
def test_une_lecture_de_personnes_dit_ce_qu_elle_croise(nom: str) -> None:
    lignes = texte(secret.DOSSIER, nom).splitlines()
    assert [ligne.split(":")[0] for ligne in lignes[:4]] == ["-- Purpose", "-- Grain", "-- Columns", "-- Crosses"]
    assert lignes[3].endswith(".")
    assert tables_lues(secret.DOSSIER, nom) & PERSONNES


@pytest.mark.parametrize("nom", DE_PERSONNES)
def test_une_lecture_de_personnes_ne_trie_ni_ne_coupe_sur_une_vraie_mesure(nom: str) -> None:
    """The order of the rows would frame the masked values, and a cut would say which are the largest."""
    sql = requete(secret.DOSSIER, nom)
    tri = re.search(r"\bORDER BY\b([^()]*)\Z", sql, re.IGNORECASE)
    assert not tri or not re.search(r"\b(?:effectif|heures|cle|count|sum|moyenne_\w+)\b", tri[1], re.IGNORECASE)
    assert not re.search(r"\bLIMIT\b", sql, re.IGNORECASE)


# The modules


def test_aucun_module_ne_lit_de_personnes_hors_de_la_porte_et_de_la_construction() -> None:
    lisent = {m for m in MODULES if any(t in PERSONNES for texte in textes(m) for t in POSITION.findall(texte))}
    assert lisent - PERMIS == set()
    assert ENTREPOT / "controles.py" in lisent  # witness: the checks of the build are seen


def test_seule_la_porte_ouvre_le_dossier_des_personnes() -> None:
    nomment = {m.name for m in MODULES if any("lecture_personnes" in t for t in textes(m))}
    assert nomment == {"secret.py"}
    prives = re.compile(
        r"\bsecret\.(?:DOSSIER|PUBLIE|_\w+)\b|from dashboard\.warehouse\.secret import .*(?:DOSSIER|PUBLIE)"
    )
    assert [m.name for m in MODULES if prives.search(m.read_text(encoding="utf-8"))] == []


def test_une_seule_classe_frappe_a_la_porte() -> None:
    """Pages and texts may use the thresholds and ``part``, which take published counts; only the reader asks."""
    appel = re.compile(r"\bsecret\.personnes\b|from dashboard\.warehouse\.secret import .*\bpersonnes\b")
    assert {m.name for m in MODULES if appel.search(m.read_text(encoding="utf-8"))} == {"lecteur.py"}


def test_seul_l_entrepot_execute_des_requetes_sur_l_instantane() -> None:
    """No page, export nor route holds a cursor: they ask the readers of the warehouse."""
    motif = re.compile(r"\.curseur\(|\bcurseur\.execute\(|\bfichiers_sql\b|\bduckdb\.connect\(")
    dehors = [
        m for m in MODULES if m.relative_to(PAQUET).parts[0] in {"api", "contenu", "export", "figures", "pages", "ui"}
    ]
    assert [m.relative_to(PAQUET).as_posix() for m in dehors if motif.search(m.read_text(encoding="utf-8"))] == []
