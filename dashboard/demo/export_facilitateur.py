"""Writing the follow-up tables as a facilitator's software would: the odd latin-1 export.

Driven by the mapping file itself (``data/mappings/export_facilitateur.toml``), read the
other way round: what the mapping translates to the template is translated back.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.demo.ecriture import types_du_gabarit
from dashboard.demo.referentiel import RACINE
from dashboard.demo.tableaux import Tableaux

CORRESPONDANCE = RACINE / "data" / "mappings" / "export_facilitateur.toml"
NOMENCLATURES = RACINE / "data" / "nomenclatures"
NOMENCLATURE_DES_COLONNES = {"secteur": "secteur", "prescripteur": "prescripteur", "situation": "sortie"}
"""Columns written with the official label, the mapping declaring ``libelles = true``."""
REPLI_LATIN1 = str.maketrans({"œ": "oe", "Œ": "Oe", "’": "'", "–": "-", "…": "..."})
ENCODAGE = "cp1252"
"""What such software really writes under the name of latin-1: the euro sign of a column title is in it."""
VALEUR_IGNOREE = {"Etat du dossier": "Ouvert", "Clause saisie le": "15/01/2026", "Dossier créé le": "15/01/2026"}

Traduire = Callable[[str], str]


def nombre_francais(texte: str, facteur: float = 1.0) -> str:
    """« 1234.5 » becomes « 1 234,50 »; a text that is not a number is left alone."""
    try:
        valeur = round(float(texte) / facteur, 4)
    except ValueError:
        return texte
    entier = valeur == int(valeur)
    mise_en_forme = (
        f"{int(valeur):,d}" if entier else f"{valeur:,.2f}" if facteur == 1 else f"{valeur:,.4f}".rstrip("0")
    )
    return mise_en_forme.replace(",", " ").replace(".", ",")


def _date_francaise(texte: str) -> str:
    morceaux = texte.split("-")
    return "/".join(reversed(morceaux)) if len(morceaux) in (2, 3) and all(m.isdigit() for m in morceaux) else texte


def _libelles(nomenclature: str) -> dict[str, str]:
    with (NOMENCLATURES / f"{nomenclature}.csv").open(encoding="utf-8", newline="") as flux:
        return {ligne["code"]: ligne["libelle"] for ligne in csv.DictReader(flux)}


def _traducteur(colonne: str, genre: str, regle: dict[str, Any], multivaleur: str) -> Traduire:
    """How to write the values of one column of the template in the export."""
    inverse = {code: texte for texte, code in regle.get("valeurs", {}).items()}
    if not inverse and colonne in NOMENCLATURE_DES_COLONNES:
        inverse = _libelles(NOMENCLATURE_DES_COLONNES[colonne])
    if colonne == "publics":
        return lambda texte: multivaleur.join(inverse.get(code, code) for code in texte.split("|"))
    if inverse:
        return lambda texte: inverse.get(texte, texte)
    if genre == "number":
        facteur = float(regle.get("facteur", 1))
        return lambda texte: nombre_francais(texte, facteur) if texte else ""
    if genre in ("date", "yearmonth"):
        return _date_francaise
    if genre == "boolean":
        return str.capitalize
    return lambda texte: texte


def _traduire(table: pd.DataFrame, bloc: dict[str, Any], types: dict[str, str], multivaleur: str) -> pd.DataFrame:
    colonnes: dict[str, list[str]] = {}
    for nom, brut in bloc["colonnes"].items():
        regle = {"colonne": brut} if isinstance(brut, str) else brut
        traduire = _traducteur(nom, types[nom], regle, multivaleur)
        memoire: dict[str, str] = {}
        textes = table[nom].tolist()
        for texte in set(textes):
            memoire[texte] = traduire(texte)
        colonnes[str(regle["colonne"])] = [memoire[t] for t in textes]
    for ignoree in bloc.get("ignorer", []):
        colonnes[ignoree] = [VALEUR_IGNOREE.get(ignoree, "")] * len(table)
    return pd.DataFrame(colonnes, dtype=object)


def ecrire_export(dossier: Path, tableaux: Tableaux, correspondance: Path = CORRESPONDANCE) -> None:
    """Write the folder described by the mapping, with its separators and its words."""
    dossier.mkdir(parents=True, exist_ok=True)
    regles = tomllib.loads(correspondance.read_text(encoding="utf-8"))
    forme, types = regles["format"], types_du_gabarit()
    for nom, bloc in regles["tables"].items():
        table = _traduire(tableaux[nom], bloc, types[nom], forme["multivaleur"])
        texte = table.to_csv(index=False, sep=forme["separateur"], lineterminator="\r\n")
        (dossier / bloc["fichier"]).write_bytes(texte.translate(REPLI_LATIN1).encode(ENCODAGE))
