"""The exchange template (« gabarit d’échange v1 ») as published in ``data/schemas/*.json``.

These Table Schema files are the single source of truth: tables, columns, types, required
flags, bounds, keys and references are read from them and listed nowhere else. Properties
of ours are prefixed ``observatoire:``. This module only reads; it never touches data.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Literal

DOSSIER = Path(__file__).resolve().parents[2] / "data" / "schemas"
TypeChamp = Literal["string", "number", "integer", "year", "date", "yearmonth", "boolean"]
TYPES_SQL: dict[str, str] = {
    "string": "VARCHAR",
    "number": "DOUBLE",
    "integer": "INTEGER",
    "year": "INTEGER",
    "date": "DATE",
    "yearmonth": "DATE",
    "boolean": "BOOLEAN",
}
_ATTENDUS = {
    "string": "un texte",
    "number": "un nombre",
    "integer": "un nombre entier",
    "year": "une année sur quatre chiffres",
    "date": "une date",
    "yearmonth": "un mois",
    "boolean": "oui ou non",
}
_ATTENDUS_NATURE = {
    "siret": "un SIRET de 14 chiffres",
    "cpv": "un code CPV de 8 chiffres",
    "commune": "le code INSEE d’une commune d’Île-de-France",
    "rome": "un code ROME",
    "reference": "un identifiant de 100 caractères au plus",
    "personne": "un identifiant de 100 caractères au plus",
}


@dataclass(frozen=True, slots=True)
class Champ:
    """One column of the template. ``si_absent`` and ``si_invalide`` are ``rejet``, ``vide`` or a code.

    ``si_absent`` may also be ``signale``: the row is kept without the value, with a warning.
    """

    nom: str
    titre: str
    type: TypeChamp
    requis: bool
    si_absent: str
    si_invalide: str
    nature: str
    confidentiel: bool
    nomenclature: str | None
    separateur: str | None
    motif: str | None
    minimum: float | None
    maximum: float | None
    longueur: int | None
    valeurs: tuple[str, ...]
    sensibles: tuple[str, ...]

    @property
    def residence(self) -> bool:
        """Where a person lives: any commune of France, whereas a contract is carried out in the region."""
        return self.nature == "commune" and self.confidentiel

    @property
    def type_sql(self) -> str:
        """DuckDB type of the column once loaded."""
        return TYPES_SQL[self.type] + ("[]" if self.separateur else "")

    @property
    def attendu(self) -> str:
        """What a valid value is, in French words, for messages."""
        if self.nomenclature:
            return f"une valeur de la nomenclature « {self.nomenclature} »"
        if self.valeurs:
            return "l’une des valeurs " + ", ".join(self.valeurs)
        if self.residence:
            return "le code INSEE d’une commune"
        texte = _ATTENDUS_NATURE.get(self.nature, _ATTENDUS[self.type])
        if self.minimum is not None and self.maximum is not None:
            texte += f" de {_borne(self.minimum)} à {_borne(self.maximum)}"
        return texte


def _borne(valeur: float) -> str:
    """A bound with narrow spaces from ten thousand on (a year has none)."""
    return f"{valeur:,.0f}".replace(",", "\u202f") if valeur >= 10_000 else f"{valeur:.0f}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: ``champ`` must exist as key of table ``tableau``."""

    champ: str
    tableau: str
    cible: str


@dataclass(frozen=True, slots=True)
class Tableau:
    """One table of the template; ``personnes`` tells that a row is about a person."""

    nom: str
    titre: str
    champs: tuple[Champ, ...]
    cle: tuple[str, ...]
    references: tuple[Reference, ...]
    periode: tuple[str, str] | None
    personnes: bool

    def champ(self, nom: str) -> Champ:
        """Return a column by name; ``KeyError`` when the template has no such column."""
        for champ in self.champs:
            if champ.nom == nom:
                return champ
        raise KeyError(nom)


Gabarit = dict[str, Tableau]


def charger(dossier: Path = DOSSIER) -> Gabarit:
    """Read the template, tables ordered so that a table comes after those it refers to."""
    tableaux = {}
    for fichier in sorted(dossier.glob("*.json")):
        tableau = _tableau(json.loads(fichier.read_text(encoding="utf-8")))
        tableaux[tableau.nom] = tableau
    graphe = {t.nom: {r.tableau for r in t.references} for t in tableaux.values()}
    return {nom: tableaux[nom] for nom in TopologicalSorter(graphe).static_order()}


def _tableau(schema: dict[str, Any]) -> Tableau:
    periode = schema.get("observatoire:periode")
    return Tableau(
        nom=schema["name"],
        titre=schema["title"],
        champs=tuple(_champ(champ) for champ in schema["fields"]),
        cle=tuple(schema["primaryKey"]),
        references=tuple(
            Reference(cle["fields"], cle["reference"]["resource"], cle["reference"]["fields"])
            for cle in schema.get("foreignKeys", ())
        ),
        periode=(periode[0], periode[1]) if periode else None,
        personnes=bool(schema["observatoire:personnes"]),
    )


def _champ(champ: dict[str, Any]) -> Champ:
    contraintes = champ["constraints"]
    requis = bool(contraintes["required"])
    repli = "rejet" if requis else "vide"
    nature = champ.get("observatoire:nature", "")
    return Champ(
        nom=champ["name"],
        titre=champ["title"],
        type=champ["type"],
        requis=requis,
        si_absent=champ.get("observatoire:si_absent", repli),
        si_invalide=champ.get("observatoire:si_invalide", repli),
        nature=nature,
        confidentiel=bool(champ.get("observatoire:confidentiel", False)),
        nomenclature=champ.get("observatoire:nomenclature"),
        separateur=champ.get("observatoire:separateur"),
        motif=contraintes.get("pattern"),
        minimum=contraintes.get("minimum"),
        maximum=contraintes.get("maximum"),
        longueur=contraintes.get("maxLength"),
        valeurs=tuple(str(valeur) for valeur in contraintes.get("enum", ())),
        sensibles=tuple(champ.get("observatoire:sensibles", ())),
    )
