"""Writing the follow-up tables: CSV folder and XLSX workbook of the exchange template.

The bytes depend on the tables only: the workbook's dates of creation are fixed.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import xlsxwriter
from pyarrow import csv

from dashboard.demo.referentiel import RACINE
from dashboard.demo.tableaux import TABLES, Tableaux

SCHEMAS = RACINE / "data" / "schemas"
CREATION = dt.datetime(2026, 1, 15, tzinfo=None)  # naive: the workbook format has no time zone


def types_du_gabarit(schemas: Path = SCHEMAS) -> dict[str, dict[str, str]]:
    """Type of every column of the template (string, number, integer, date, yearmonth…), by table."""
    resultat = {}
    for table in TABLES:
        schema = json.loads((schemas / f"{table}.json").read_text(encoding="utf-8"))
        resultat[table] = {champ["name"]: str(champ["type"]) for champ in schema["fields"]}
    return resultat


def _arrow(table: pd.DataFrame) -> Any:
    colonnes = {}
    for nom in table.columns:
        valeurs = table[nom].to_numpy(dtype=object)
        colonnes[str(nom)] = pa.array(valeurs, type=pa.string(), mask=np.asarray(valeurs == "", dtype=bool))
    return pa.table(colonnes)


def ecrire_csv(dossier: Path, tableaux: Tableaux) -> None:
    """One UTF-8 CSV per table, commas, named after the table; an empty text is an empty cell."""
    dossier.mkdir(parents=True, exist_ok=True)
    options = csv.WriteOptions(quoting_style="needed")
    for nom, table in tableaux.items():
        csv.write_csv(_arrow(table), dossier / f"{nom}.csv", write_options=options)


def _cellule(genre: str, texte: str) -> float | dt.datetime | str:
    """A number or a true date where the text is one; otherwise the text itself."""
    try:
        if genre in ("number", "integer", "year"):
            return float(texte)
        if genre == "date":
            return dt.datetime.fromisoformat(texte)
    except ValueError:
        pass
    return texte


def _remplir(feuille: Any, table: pd.DataFrame, types: dict[str, str], format_date: Any) -> None:
    for j, nom in enumerate(table.columns):
        feuille.write_string(0, j, str(nom))
        genre = types[str(nom)]
        for i, texte in enumerate(table[nom].tolist(), start=1):
            if texte == "":
                continue
            valeur = _cellule(genre, texte)
            if isinstance(valeur, float):
                feuille.write_number(i, j, valeur)
            elif isinstance(valeur, dt.datetime):
                feuille.write_datetime(i, j, valeur, format_date)
            else:
                feuille.write_string(i, j, valeur)


def ecrire_classeur(chemin: Path, tableaux: Tableaux) -> None:
    """One XLSX with the sheets of the template, numbers and dates as such, identifiers as text."""
    chemin.parent.mkdir(parents=True, exist_ok=True)
    types = types_du_gabarit()
    classeur = xlsxwriter.Workbook(chemin, {"in_memory": True})
    classeur.set_properties({"title": "Suivi d’exécution – données de démonstration", "created": CREATION})
    format_date = classeur.add_format({"num_format": "dd/mm/yyyy"})
    for nom, table in tableaux.items():
        feuille = classeur.add_worksheet(nom)
        _remplir(feuille, table, types[nom], format_date)
        feuille.freeze_panes(1, 0)
    classeur.close()
