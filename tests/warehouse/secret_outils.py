"""What the tests of confidentiality share: random persons in a database, and a query of one's own through the door."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from dashboard.contenu.registre import PAGES
from dashboard.domain.conditions import Condition
from dashboard.domain.filtre import GEOGRAPHIES, INDICATEURS, LISTES, NIVEAUX, REGARDS
from dashboard.domain.selection import REGION, Referentiel, Selection
from dashboard.warehouse import ptable, secret
from dashboard.warehouse.connexion import Instantane

TOUT = Condition("TRUE")
#: Runs a SQL text through the real door, as if it were a file of ``sql/lecture_personnes``.
Porte = Callable[..., list[dict[str, Any]]]
#: A condition and what fills the placeholders of the file.
Question = tuple[Condition, dict[str, str]]


def personnes_au_hasard(graine: int, combien: int = 6000) -> pd.DataFrame:
    """One row per person: person number, record key and attributes whose cells go from 1 person to thousands."""
    alea = np.random.default_rng(graine)
    rares = [0.9, 0.07, 0.02, 0.008, 0.0015, 0.0005]
    return pd.DataFrame(
        {
            "personne_no": np.arange(combien),
            "cle": alea.integers(0, ptable.CLES, combien),
            "sexe": alea.choice(["F", "H", "nd"], combien, p=[0.3, 0.69, 0.01]),
            "tranche_age": alea.choice(["moins_26", "26_49", "50_plus"], combien),
            "secteur": alea.choice(list("abcdef"), combien, p=rares),
            "res_dep": alea.choice(["75", "77", "78", "91", "92", "93", "94", "95"], combien),
        }
    )


def base(personnes: pd.DataFrame, graine: int = 0) -> duckdb.DuckDBPyConnection:
    """A database with the p-table that is shipped, and each person present one to four times."""
    alea = np.random.default_rng(graine)
    presence = personnes.loc[personnes.index.repeat(alea.integers(1, 5, len(personnes)))].reset_index(drop=True)
    presence["annee"] = alea.integers(2019, 2026, len(presence))
    presence["heures"] = alea.gamma(2.0, 120.0, len(presence)).round(2)
    table = pd.DataFrame(ptable.lire())
    con = duckdb.connect(":memory:", config={"threads": 1})
    for nom, cadre in {"presence": presence, "ptable": table}.items():
        con.register("cadre", cadre)
        con.execute(f"CREATE TABLE {nom} AS SELECT * FROM cadre")
        con.unregister("cadre")
    return con


def requete(*colonnes: str) -> str:
    """Distinct persons by columns, written as the files of ``sql/lecture_personnes`` are."""
    liste = ", ".join(colonnes)
    quelconques = "".join(f"any_value({c}) AS {c}, " for c in colonnes)
    return f"""
WITH p AS (SELECT personne_no, {quelconques}any_value(cle) AS cle, sum(heures) AS heures
           FROM presence WHERE {{condition}} GROUP BY personne_no)
SELECT {liste}, count(*) AS effectif, sum(cle) AS cle, sum(heures) AS heures FROM p GROUP BY {liste} ORDER BY {liste}
"""


def ouvrir(monkeypatch: pytest.MonkeyPatch) -> Porte:
    """A door fed with SQL texts in place of files: ``porte(con, sql, croise, condition, **colonnes)``."""
    textes: dict[str, str] = {}
    monkeypatch.setattr(secret, "texte", lambda _dossier, nom: textes[nom])
    secret.attributs.cache_clear()

    def porte(
        con: duckdb.DuckDBPyConnection, sql: str, croise: str = "nothing", condition: Condition = TOUT, **colonnes: str
    ) -> list[dict[str, Any]]:
        nom = f"essai_{len(textes)}"
        textes[nom] = f"-- Crosses: {croise}.\n{sql}"
        return secret.personnes(con, nom, condition, colonnes)

    return porte


def selection_au_hasard(ref: Referentiel, alea: random.Random) -> Selection:
    """A random selection, wide enough to hold persons: any place, any period, one list in four, a lens in two."""
    echelle = alea.choices([None, "departement", "epci", "commune"], [4, 3, 2, 1])[0]
    lieux = [REGION] if echelle is None else [t.code for t in ref.territoires.values() if t.niveau == echelle]
    listes = {
        f.attribut: tuple(sorted(alea.sample(codes, min(len(codes), alea.randint(1, 3)))))
        for f in LISTES
        if (codes := sorted(ref.listes.get(f.nomenclature or "", {}))) and alea.random() < 1 / 4
    }
    debut = alea.randint(*ref.annees)
    return Selection(
        annees=(debut, alea.randint(debut, ref.annees[1])),
        territoire=alea.choice(lieux),
        geographie=alea.choice(GEOGRAPHIES),
        niveau=alea.choice(NIVEAUX),
        indicateur=alea.choice(INDICATEURS),
        regard=alea.choice([None] * len(REGARDS) + list(REGARDS)),
        **listes,
    )


def lectures(instantane: Instantane, selection: Selection) -> None:
    """All that the pages of the site read for a selection, uncached; the sheets, of a programme and of a buyer."""
    objets = {"operation": "gpe_15s", "acheteur": next(iter(instantane.referentiel.listes["acheteur"]))}
    for page in PAGES:
        utile = page.utile(selection.avec(objet=objets.get(page.fiche or "")))
        getattr(page.lire, "__wrapped__", page.lire)(instantane, utile)


def questions_des_pages(instantane: Instantane, selections: Iterable[Selection]) -> dict[str, list[Question]]:
    """Every question that the pages put to the door for these selections, by file."""
    posees: dict[str, list[Question]] = {}
    vraie = secret.personnes

    def noter(curseur: Any, nom: str, cond: Condition, colonnes: Mapping[str, str] | None = None) -> Any:
        question = (cond, dict(colonnes or {}))
        if question not in posees.setdefault(nom, []):
            posees[nom].append(question)
        return vraie(curseur, nom, cond, colonnes)

    with pytest.MonkeyPatch.context() as remplace:
        remplace.setattr(secret, "personnes", noter)
        for selection in selections:
            lectures(instantane, selection)
    return posees
