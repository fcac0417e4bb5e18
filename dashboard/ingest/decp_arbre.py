"""Streams JSON and XML of any size to one NDJSON line per contract.

Only the record being read is in memory. A file cut short gives the records before
the cut and the place of the cut; it is for the caller to say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ijson
import orjson
from lxml import etree

from dashboard.ingest.decp_colonnes import CANONIQUES, associer
from dashboard.ingest.decp_flux import BLANCHIR_SAUF_LIGNES, BLOC, Flux
from dashboard.ingest.decp_format import ANNEE_2022, XML, Format
from dashboard.ingest.decp_normalise import Enregistrement, aplatir, depuis_xml, texte


@dataclass(slots=True)
class Lecture:
    """What the reading of a file ended on."""

    lues: int = 0
    coupure: str | None = None
    ligne_coupure: int | None = None


def ecrire_ndjson(
    chemin: Path, format: Format, racine: str, encodage: str, cible: Path, *, concessions: bool = False
) -> Lecture:
    """Write the records of a JSON or XML file to ``cible``, one flat object per line (see ``COLONNES_LUES``).

    ``racine``: where a JSON layout keeps its records, as given by ``reconnaitre``; ``concessions``: the bytes speak
    of concessions, which the 2022 JSON keeps in a list of their own (a second pass). The Opendatasoft layout gives
    the canonical columns of ``decp_colonnes`` instead.
    """
    lecture = Lecture()
    if format in XML:
        lignes = _xml(chemin, format, encodage, lecture)
    elif format is Format.JSON_PLAT:
        lignes = _json_plat(_json(chemin, racine, encodage, lecture))
    else:
        lignes = _json_arbre(chemin, format, racine, encodage, lecture, concessions=concessions)
    with cible.open("wb", buffering=BLOC) as sortie:
        for ligne in lignes:
            sortie.write(orjson.dumps(ligne, option=orjson.OPT_APPEND_NEWLINE))
    return lecture


def _json(chemin: Path, racine: str, encodage: str, lecture: Lecture) -> Iterator[Any]:
    """Objects found under a path, one at a time; the cut, if any, ends in ``lecture``."""
    with chemin.open("rb") as source:
        flux = Flux(source, encodage)
        try:
            for objet in ijson.items(flux, racine):
                lecture.lues += 1
                yield objet
        except ijson.JSONError as erreur:
            lecture.ligne_coupure = lecture.lues + 1
            lecture.coupure = f"après l’enregistrement {lecture.lues}, vers l’octet {flux.position} ({_motif(erreur)})"


def _motif(erreur: Exception) -> str:
    message = str(erreur).splitlines()[0] if str(erreur) else ""
    return "fin de fichier prématurée" if "EOF" in message or "premature" in message else "syntaxe JSON invalide"


def _json_arbre(
    chemin: Path, format: Format, racine: str, encodage: str, lecture: Lecture, *, concessions: bool
) -> Iterator[Enregistrement]:
    racines = [racine]
    if format is Format.JSON_2022 and concessions:
        racines = list(dict.fromkeys([racine, "marches.marche.item", "marches.contrat-concession.item"]))
    for chemin_json in racines:
        for objet in _json(chemin, chemin_json, encodage, lecture):
            brut = objet.get("marche", objet) if isinstance(objet, dict) else {}
            brut = brut if isinstance(brut, dict) else {}
            yield aplatir(brut, lecture.lues, lecture.lues, format_2022=format in ANNEE_2022)
        if lecture.coupure:
            return


def _json_plat(objets: Iterator[Any]) -> Iterator[Enregistrement]:
    """Flat records: canonical columns as text, lists joined by a comma as the CSV exports do."""
    for n, objet in enumerate(objets, start=1):
        brut = objet if isinstance(objet, dict) else {}
        brut = brut["fields"] if isinstance(brut.get("fields"), dict) else brut
        colonnes = associer(brut)
        yield {"n": n, "ligne": n} | {c: _plat(brut[colonnes[c]]) if c in colonnes else None for c in CANONIQUES}


def _plat(valeur: Any) -> str | None:
    if isinstance(valeur, list):
        return ", ".join(str(membre) for membre in valeur if membre is not None)
    return texte(valeur)


def _xml(chemin: Path, format: Format, encodage: str, lecture: Lecture) -> Iterator[Enregistrement]:
    """Elements <marche> and <contrat-concession>, each freed once read."""
    with chemin.open("rb") as source:
        flux = Flux(source, encodage, BLANCHIR_SAUF_LIGNES)
        evenements = etree.iterparse(
            flux, events=("end",), tag=("{*}marche", "{*}contrat-concession"), encoding="utf-8",
            huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False,
        )  # fmt: skip
        try:
            for _, element in evenements:
                lecture.lues += 1
                yield _depuis_element(element, format, lecture.lues)
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
        except etree.XMLSyntaxError as erreur:
            lecture.ligne_coupure = erreur.lineno
            lecture.coupure = f"à la ligne {erreur.lineno}, après l’enregistrement {lecture.lues} (XML interrompu)"


def _depuis_element(element: etree._Element, format: Format, n: int) -> Enregistrement:
    contenu = depuis_xml(element)
    brut = contenu if isinstance(contenu, dict) else {}
    if etree.QName(element).localname == "contrat-concession":
        brut.setdefault("_type", "Contrat de concession")
    return aplatir(brut, n, element.sourceline or n, format_2022=format in ANNEE_2022)
