"""Reads a list of structures (CSV or JSON) to one NDJSON line per record, the columns of the mapping only.

A column that the mapping does not name, contacts first, is dropped here, row by row: it reaches
no table, not even a temporary one. Nothing is interpreted; cleaning is in ``sql/structures``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ijson
import orjson

from dashboard.ingest.decp_colonnes import normaliser
from dashboard.ingest.decp_flux import BLANCHIR_SAUF_LIGNES, BLOC, Examen, Flux, examiner, transcoder
from dashboard.ingest.decp_format import entete_csv
from dashboard.ingest.decp_normalise import texte
from dashboard.ingest.journal import Constat, SourceIllisible
from dashboard.ingest.structures_formats import COLONNES, FormatStructures, reconnaitre
from dashboard.ingest.suivi_lecture import enregistrements

TETE = 1 << 16
_LISTES = ("items", "structures", "results", "data")
_LETTRE = re.compile(r"[^\W\d_]")

Enregistrement = dict[str, str | None]


@dataclass(slots=True)
class Lecture:
    """What was read of a file; ``illisibles`` counts the records that could not be read at all."""

    format: FormatStructures
    nature: str
    illisibles: int = 0
    constats: list[Constat] = field(default_factory=list)


def format_de(chemin: Path, formats: Sequence[FormatStructures]) -> FormatStructures:
    """The layout of a file, from its head. Raises ``SourceIllisible`` as :func:`ecrire_ndjson` does."""
    tete = _tete(chemin, _examiner(chemin).encodage)
    colonnes = _racine(tete, chemin.name)[1] if _est_json(tete) else entete_csv(tete)[0]
    return reconnaitre(formats, colonnes, chemin.name)


def _examiner(chemin: Path) -> Examen:
    try:
        return examiner(chemin)
    except OSError as erreur:
        raise _refus(chemin.name, f"lecture impossible ({erreur.strerror or erreur})") from erreur


def _est_json(tete: str) -> bool:
    return tete.lstrip()[:1] in ("{", "[")


def ecrire_ndjson(chemin: Path, formats: Sequence[FormatStructures], cible: Path) -> Lecture:
    """Write the records of ``chemin`` to ``cible``: ``n`` (rank), ``ligne`` (line, or rank in JSON), the columns.

    Raises ``SourceIllisible`` when the file is absent, empty, binary or of no known layout.
    """
    examen = _examiner(chemin)
    tete = _tete(chemin, examen.encodage)
    if _est_json(tete):
        racine, cles = _racine(tete, chemin.name)
        lecture = Lecture(reconnaitre(formats, cles, chemin.name), "JSON", constats=_encodage(examen))
        lignes = _json(chemin, racine, examen.encodage, lecture)
    else:
        noms, separateur = entete_csv(tete)
        lecture = Lecture(reconnaitre(formats, noms, chemin.name), "CSV", constats=_encodage(examen))
        utf8 = cible.with_suffix(".utf8.csv")
        transcoder(chemin, examen.encodage, utf8)
        lignes = _csv(utf8, noms, separateur, lecture)
    try:
        with cible.open("wb", buffering=BLOC) as sortie:
            for n, (ligne, brut) in enumerate(lignes, start=1):
                fiche = {"n": n, "ligne": ligne, **_garder(brut, lecture.format)}
                sortie.write(orjson.dumps(fiche, option=orjson.OPT_APPEND_NEWLINE))
    except csv.Error as erreur:
        raise _refus(chemin.name, f"ce n’est pas un CSV ({erreur})") from erreur
    return lecture


def _garder(brut: Mapping[str, str | None], format_lu: FormatStructures) -> Enregistrement:
    """The columns of the mapping: the first source column that is filled (for a name, that holds a letter)."""
    fiche: Enregistrement = dict.fromkeys(COLONNES)
    for cible, sources in format_lu.colonnes.items():
        valeurs = (valeur for source in sources if (valeur := (brut.get(source) or "").strip()))
        fiche[cible] = next((v for v in valeurs if cible != "nom" or _LETTRE.search(v)), None)
    if format_lu.type:
        fiche["type"] = format_lu.type
    return fiche


def _tete(chemin: Path, encodage: str) -> str:
    """First 64 KiB as text; refuses an empty file and bytes that are not text."""
    with chemin.open("rb") as source:
        debut = source.read(TETE)
        if (b"\0" in debut and encodage != "utf-16") or debut.startswith((b"PK\x03\x04", b"%PDF", b"PAR1")):
            raise _refus(chemin.name, "contenu binaire, ce n’est pas un fichier de texte")
        source.seek(0)
        tete = Flux(source, encodage, BLANCHIR_SAUF_LIGNES).read(TETE).decode("utf-8", errors="replace")
    if not tete.strip():
        raise _refus(chemin.name, "il est vide")
    return tete


def _refus(nom: str, raison: str) -> SourceIllisible:
    return SourceIllisible(f"Fichier « {nom} » : {raison}.")


def _encodage(examen: Examen) -> list[Constat]:
    if examen.encodage in ("utf-8", "utf-8-sig"):
        return []
    nom = "Windows-1252 (latin-1)" if examen.encodage == "cp1252" else "UTF-16"
    return [Constat("correction", "encodage", f"Fichier encodé en {nom}, converti en UTF-8 à la lecture.")]


def _csv(
    chemin: Path, noms: Sequence[str], separateur: str, lecture: Lecture
) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Rows as dictionaries keyed by normalised title; a row of the wrong length is a reject without its content."""
    titres = [normaliser(nom) for nom in noms]
    for ligne, valeurs in enregistrements(chemin, separateur):
        if len(valeurs) > len(titres) and not any(valeurs[len(titres) :]):
            valeurs = valeurs[: len(titres)]
        if len(valeurs) != len(titres):
            lecture.illisibles += 1
            message = "Ligne illisible : nombre de colonnes différent de l’en-tête, ou guillemet non fermé."
            lecture.constats.append(Constat("rejet", "ligne_csv", message, ligne=ligne))
            continue
        yield ligne, dict(zip(titres, valeurs, strict=True))


def _racine(tete: str, nom: str) -> tuple[str, set[str]]:
    """Path of the records of a JSON file and keys of the first one, from its head (which may be cut)."""
    prefixe, cles = "", set[str]()
    try:
        for chemin, evenement, valeur in ijson.parse(tete.encode(), multiple_values=True):
            if evenement == "start_array" and chemin in ("", *_LISTES):
                prefixe = f"{chemin}.item".lstrip(".")
                cles = set()
            elif evenement == "map_key" and chemin == prefixe:
                cles.add(str(valeur))
            elif evenement == "end_map" and chemin == prefixe:
                break
    except ijson.JSONError as erreur:
        if not cles:
            raise _refus(nom, "JSON illisible dès le début") from erreur
    return prefixe, cles


def _json(chemin: Path, racine: str, encodage: str, lecture: Lecture) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Objects of a JSON list (or of JSON lines), one at a time; a cut counts as one unreadable record."""
    rang = 0
    with chemin.open("rb") as source:
        flux = Flux(source, encodage)
        try:
            for objet in ijson.items(flux, racine, multiple_values=True):
                rang += 1
                if isinstance(objet, dict):
                    yield rang, {normaliser(cle): _plat(valeur) for cle, valeur in objet.items()}
                else:
                    _illisible(lecture, rang, "Enregistrement qui n’est pas un objet JSON.")
        except ijson.JSONError:
            _illisible(lecture, rang + 1, f"Fichier interrompu après l’enregistrement {rang} : la suite est perdue.")


def _illisible(lecture: Lecture, rang: int, message: str) -> None:
    lecture.illisibles += 1
    lecture.constats.append(Constat("rejet", "enregistrement_illisible", message, ligne=rang))


def _plat(valeur: Any) -> str | None:
    """A scalar as text, a list of scalars joined by « | », nothing for an object."""
    if isinstance(valeur, list):
        return "|".join(t for membre in valeur if (t := texte(membre))) or None
    return texte(valeur)
