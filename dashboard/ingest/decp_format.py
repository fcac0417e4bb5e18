"""Recognises a DECP file from its first kilobytes, never from its name.

Decides the reader; does not read the records. Everything it cannot name is refused
with a French sentence saying what was expected.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from enum import StrEnum
from pathlib import Path

import ijson
from lxml import etree

from dashboard.ingest.decp_colonnes import associer, manquantes
from dashboard.ingest.decp_flux import BLANCHIR_SAUF_LIGNES
from dashboard.ingest.journal import SourceIllisible

TETE = 1 << 16
ATTENDU = (
    "formats attendus : DECP réglementaire JSON ou XML (2019 ou 2022), CSV du ministère, "
    "export Opendatasoft JSON, tableau CSV ou Parquet"
)


class Format(StrEnum):
    """The layouts read; the value is what the register of sources shows."""

    JSON_2019 = "DECP JSON 2019"
    JSON_2022 = "DECP JSON 2022"
    JSON_PLAT = "DECP JSON Opendatasoft"
    XML_2019 = "DECP XML 2019"
    XML_2022 = "DECP XML 2022"
    CSV_MINISTERE = "DECP CSV 2022 du ministère"
    CSV_TABULAIRE = "DECP CSV tabulaire"
    CSV_SCDL = "DECP CSV SCDL"
    CSV_AUTRE = "CSV d’un autre modèle"
    PARQUET = "DECP Parquet tabulaire"


JSON = (Format.JSON_2019, Format.JSON_2022, Format.JSON_PLAT)
XML = (Format.XML_2019, Format.XML_2022)
ANNEE_2022 = (Format.JSON_2022, Format.XML_2022)
"""Formats whose considerations are a field of the record: an absent field is an empty list, not an unknown."""

_CHEMINS_JSON = {
    ("marches.marche", "start_array"): (Format.JSON_2022, "marches.marche.item"),
    ("marches.marche", "start_map"): (Format.JSON_2022, "marches.marche"),
    ("marches.contrat-concession", "start_array"): (Format.JSON_2022, "marches.contrat-concession.item"),
    ("marches", "start_array"): (Format.JSON_2019, "marches.item"),
    ("results", "start_array"): (Format.JSON_PLAT, "results.item"),
    ("records", "start_array"): (Format.JSON_PLAT, "records.item"),
}
"""First decisive event of a JSON file → its layout and the path of its records."""


def refus(chemin: Path, raison: str) -> SourceIllisible:
    """The one sentence of a refusal: file, reason, what was expected."""
    return SourceIllisible(f"Fichier « {chemin.name} » : {raison} ({ATTENDU}).")


def detecter(chemin: Path) -> Format:
    """Format of a file, from its first 64 KiB.

    Raises ``SourceIllisible`` when the file is absent, empty, binary or of an unknown layout.
    """
    return reconnaitre(chemin)[0]


def reconnaitre(chemin: Path) -> tuple[Format, str]:
    """Format of a file and, for JSON, the path of its records (empty otherwise). Raises as ``detecter``."""
    tete = lire_tete(chemin)
    if tete.startswith(b"PAR1"):
        return Format.PARQUET, ""
    texte = decoder_tete(chemin, tete)
    amorce = texte.lstrip()
    if not amorce:
        raise refus(chemin, "il est vide")
    if amorce[0] in "{[":
        return _json(chemin, amorce)
    if amorce[0] == "<":
        return _xml(chemin, amorce), ""
    return _csv(chemin, texte), ""


def lire_tete(chemin: Path) -> bytes:
    """First bytes of a file; refuses what cannot be opened."""
    try:
        with chemin.open("rb") as flux:
            return flux.read(TETE)
    except OSError as erreur:
        raise refus(chemin, f"lecture impossible ({erreur.strerror or erreur})") from erreur


def decoder_tete(chemin: Path, tete: bytes) -> str:
    """Head of a text file; UTF-8, else Windows-1252. Refuses bytes that are not text."""
    if tete.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return tete.decode("utf-16", errors="replace")
    if b"\0" in tete or tete.startswith((b"%PDF", b"PK\x03\x04", b"\x1f\x8b")):
        raise refus(chemin, "contenu binaire, ce n’est pas un fichier de texte")
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(tete)
    except UnicodeDecodeError:
        return tete.decode("cp1252", errors="replace")


def _json(chemin: Path, amorce: str) -> tuple[Format, str]:
    """Walks the events of the head until a path names the layout."""
    cles: set[str] = set()
    with contextlib.suppress(ijson.JSONError):  # the head is cut: what was seen before the cut decides
        for prefixe, evenement, valeur in ijson.parse(io.BytesIO(amorce.encode())):
            if (prefixe, evenement) in _CHEMINS_JSON:
                return _CHEMINS_JSON[prefixe, evenement]
            if evenement == "map_key" and prefixe == "item":
                cles.add(str(valeur).strip())
            if evenement == "end_map" and prefixe == "item":
                break
    if {"codeCPV", "acheteur", "dateNotification"} & cles:
        return Format.JSON_2019, "item"
    if {"codecpv", "acheteur_id", "datenotification"} & cles:
        return Format.JSON_PLAT, "item"
    raise refus(chemin, "JSON sans clé « marches », « results » ni liste de marchés reconnaissable")


def _xml(chemin: Path, amorce: str) -> Format:
    """Root (or first child) named marches, marche or contrat-concession; 2022 if considerations are described."""
    analyseur = etree.XMLPullParser(events=("start",), encoding="utf-8", resolve_entities=False, no_network=True)
    corps = amorce.partition("?>")[2] if amorce.startswith("<?xml") else amorce
    with contextlib.suppress(etree.XMLSyntaxError):  # what was opened before the fault decides
        analyseur.feed(corps.encode().translate(BLANCHIR_SAUF_LIGNES))
    noms = [etree.QName(element).localname for _, element in analyseur.read_events()]
    if not noms:
        raise refus(chemin, "XML illisible dès le début")
    racine = noms[0]
    if racine not in ("marches", "marche", "contrat-concession"):
        raise refus(chemin, f"XML de racine <{racine}> inconnue, au lieu de <marches>")
    return Format.XML_2022 if "considerationsSociales" in noms or "marcheInnovant" in noms else Format.XML_2019


def entete_csv(texte: str) -> tuple[list[str], str]:
    """Column names of a CSV head and its separator (the most frequent of ``; , tab |`` in the first line)."""
    ligne = next((ligne for ligne in texte.splitlines() if ligne.strip()), "")
    separateur = max(";,\t|", key=ligne.count)
    return next(csv.reader([ligne], delimiter=separateur)), separateur


def _csv(chemin: Path, texte: str) -> Format:
    noms, _ = entete_csv(texte)
    colonnes = associer(noms)
    if absentes := manquantes(colonnes):
        if len(colonnes) < 2:
            raise refus(chemin, "aucun format reconnu dans son contenu")
        raise refus(chemin, f"tableau sans colonne reconnue pour {', '.join(absentes)}")
    if any(nom.strip().upper() == "MARCHE_ID" for nom in noms):
        return Format.CSV_SCDL
    if "titulaire_id_1" in colonnes:
        return Format.CSV_MINISTERE
    return Format.CSV_TABULAIRE if "titulaire_id" in colonnes and "uid" in colonnes else Format.CSV_AUTRE
