"""Mapping files (``data/mappings/<source>.toml``): where a source keeps each template column.

Reads, validates and describes; it never opens the source itself. The format of a mapping
is documented for its writers at the top of ``data/mappings/export_facilitateur.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from pathlib import Path, PurePath
from typing import Any

from dashboard.ingest.gabarit import Gabarit, Tableau
from dashboard.ingest.journal import SourceIllisible

ENCODAGES = {"utf-8": "utf-8", "latin-1": "cp1252", "iso-8859-1": "cp1252", "cp1252": "cp1252", "utf-16": "utf-16"}
_FORMAT_DATE = re.compile(r"(%[dmYy]|[^%])+")


@dataclass(frozen=True, slots=True)
class Format:
    """How a source writes its values; same names as in the ``[format]`` block of a mapping."""

    encodage: str = "utf-8"
    separateur: str = ","
    decimale: str = "."
    milliers: str = ""
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    mois: tuple[str, ...] = ("%Y-%m",)
    multivaleur: str = "|"
    vrai: tuple[str, ...] = ("oui", "true", "1")
    faux: tuple[str, ...] = ("non", "false", "0")
    libelles: bool = False


@dataclass(frozen=True, slots=True)
class Recette:
    """How one template column is made from the columns of the source."""

    colonnes: tuple[str, ...] = ()
    jointure: str = " "
    separateur: str | None = None
    partie: int = 1
    constante: str | None = None
    prefixe: str = ""
    facteur: float = 1.0
    indicateurs: dict[str, str] = field(default_factory=dict)
    valeurs: dict[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    mois: tuple[str, ...] = ()
    multivaleur: str | None = None
    facultative: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the source columns that the recipe reads."""
        return (*self.colonnes, *self.indicateurs)


@dataclass(frozen=True, slots=True)
class TableauSource:
    """One template table in the source: ``emplacement`` is a CSV file name or a sheet name."""

    emplacement: str
    recettes: dict[str, Recette]
    ignorer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correspondance:
    """A validated mapping. ``identite`` tells that missing optional columns are not worth a message."""

    nom: str
    format: Format
    tableaux: dict[str, TableauSource]
    identite: bool = False

    def tableau_de(self, emplacement: str) -> str | None:
        """Template table kept in a CSV file or sheet of that name (case, accents and extension do not count)."""
        cherche = cle_libre(radical(emplacement))
        for nom, tableau in self.tableaux.items():
            if cle_libre(radical(tableau.emplacement)) == cherche:
                return nom
        return None


def radical(emplacement: str) -> str:
    """Return a file name without ``.csv``/``.txt``/``.tsv``; a sheet name unchanged."""
    chemin = PurePath(emplacement)
    return chemin.stem if chemin.suffix.lower() in {".csv", ".txt", ".tsv"} else emplacement


def cle_libre(texte: str) -> str:
    """Reduce a name to its letters and digits, lower case, without accents (same rule as the SQL macro)."""
    deplie = texte.lower().replace("œ", "oe").replace("æ", "ae")
    sans_accent = "".join(c for c in unicodedata.normalize("NFD", deplie) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "", sans_accent)


def charger(nom: str, dossier: Path, gabarit: Gabarit) -> Correspondance:
    """Read the mapping ``nom`` (``<dossier>/<nom>.toml``, or a path to a ``.toml``).

    Raises ``SourceIllisible`` with every fault found, in French, naming the file and the key.
    """
    chemin = Path(nom) if nom.endswith(".toml") else dossier / f"{nom}.toml"
    try:
        brut = tomllib.loads(chemin.read_text(encoding="utf-8"))
    except FileNotFoundError as erreur:
        raise SourceIllisible(f"Correspondance « {nom} » introuvable.") from erreur
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as erreur:
        raise SourceIllisible(f"Correspondance {chemin.name} : fichier TOML invalide ({erreur}).") from erreur
    fautes: list[str] = []
    lue = _interpreter(brut, chemin.stem, gabarit, fautes)
    if fautes:
        raise SourceIllisible(f"Correspondance {chemin.name} : " + " ; ".join(fautes) + ".")
    return lue


def _interpreter(brut: dict[str, Any], nom: str, gabarit: Gabarit, fautes: list[str]) -> Correspondance:
    _cles(brut, {"nom", "description", "identite", "format", "tables"}, "à la racine", fautes)
    format_source = _format(brut.get("format", {}), fautes)
    identite = bool(brut.get("identite", False))
    tableaux = {nom_tableau: _identique(tableau) for nom_tableau, tableau in gabarit.items()} if identite else {}
    for nom_tableau, bloc in brut.get("tables", {}).items():
        if nom_tableau not in gabarit:
            fautes.append(f"[tables.{nom_tableau}] n’est pas un tableau du gabarit ({', '.join(gabarit)})")
        else:
            tableaux[nom_tableau] = _tableau(bloc, gabarit[nom_tableau], fautes)
    if not tableaux:
        fautes.append("aucun tableau décrit ([tables.…])")
    return Correspondance(str(brut.get("nom", nom)), format_source, tableaux, identite)


def _identique(tableau: Tableau) -> TableauSource:
    return TableauSource(tableau.nom, {champ.nom: Recette(colonnes=(champ.nom,)) for champ in tableau.champs})


def _format(bloc: dict[str, Any], fautes: list[str]) -> Format:
    _cles(bloc, {champ.name for champ in fields(Format)}, "dans [format]", fautes)
    lu = replace(Format(), **_options(bloc, Format.__dataclass_fields__))
    if lu.encodage.lower() not in ENCODAGES:
        fautes.append(f"[format] encodage « {lu.encodage} » inconnu ({', '.join(ENCODAGES)})")
    if len(lu.separateur) != 1:
        fautes.append("[format] separateur doit être un seul caractère")
    if lu.decimale not in {".", ","} or lu.milliers not in {"", " ", ".", ","} or lu.decimale == lu.milliers:
        fautes.append("[format] decimale et milliers : « . » ou « , », et milliers vide ou espace, différents")
    if not lu.multivaleur.strip():
        fautes.append("[format] multivaleur ne peut pas être vide")
    _dates((*lu.dates, *lu.mois), "[format]", fautes)
    return lu


def _tableau(bloc: dict[str, Any], tableau: Tableau, fautes: list[str]) -> TableauSource:
    ou = f"[tables.{tableau.nom}]"
    _cles(bloc, {"fichier", "feuille", "ignorer", "colonnes"}, f"dans {ou}", fautes)
    emplacement = str(bloc.get("fichier") or bloc.get("feuille") or "")
    if not emplacement:
        fautes.append(f"{ou} ne dit ni fichier ni feuille")
    connus = {champ.nom for champ in tableau.champs}
    recettes = {}
    for nom, valeur in bloc.get("colonnes", {}).items():
        if nom not in connus:
            fautes.append(f"{ou} « {nom} » n’est pas une colonne du gabarit")
            continue
        recettes[nom] = _recette(valeur, f"{ou} {nom}", fautes)
    return TableauSource(emplacement, recettes, tuple(bloc.get("ignorer", ())))


def _recette(valeur: object, ou: str, fautes: list[str]) -> Recette:
    if isinstance(valeur, str):
        return Recette(colonnes=(valeur,))
    if not isinstance(valeur, dict):
        fautes.append(f"{ou} : un nom de colonne ou une table entre accolades est attendu")
        return Recette()
    _cles(valeur, {"colonne", *(champ.name for champ in fields(Recette))}, f"dans {ou}", fautes)
    options = _options(valeur, Recette.__dataclass_fields__)
    if "colonne" in valeur:
        options["colonnes"] = (str(valeur["colonne"]),)
    if "constante" in options:
        options["constante"] = str(options["constante"])
    lue = Recette(**options)
    if sum((bool(lue.colonnes), lue.constante is not None, bool(lue.indicateurs))) != 1:
        fautes.append(f"{ou} : donner soit colonne, soit colonnes, soit constante, soit indicateurs")
    if not isinstance(valeur.get("facultative", False), bool):
        fautes.append(f"{ou} : facultative est true ou false")
    if not isinstance(lue.facteur, int | float) or not isinstance(lue.partie, int) or lue.partie < 1:
        fautes.append(f"{ou} : facteur est un nombre, partie un entier à partir de 1")
    _dates((*lue.dates, *lue.mois), ou, fautes)
    return lue


def _options(bloc: dict[str, Any], champs: Collection[str]) -> dict[str, Any]:
    listes = {"dates", "mois", "vrai", "faux", "colonnes"}
    connues = {cle: valeur for cle, valeur in bloc.items() if cle in champs}
    return {c: tuple([v] if isinstance(v, str) else v) if c in listes else v for c, v in connues.items()}


def _cles(bloc: dict[str, Any], connues: set[str], ou: str, fautes: list[str]) -> None:
    fautes.extend(f"clé « {cle} » inconnue {ou}" for cle in sorted(set(bloc) - connues))


def _dates(formats: tuple[str, ...], ou: str, fautes: list[str]) -> None:
    fautes.extend(
        f"{ou} : format de date « {f} » non compris (%d, %m, %Y, %y)" for f in formats if not _FORMAT_DATE.fullmatch(f)
    )
