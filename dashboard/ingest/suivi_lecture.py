"""Bring one CSV file or sheet, as text, into a temporary table of the working database.

A sound CSV is read by DuckDB itself. A sheet, or a CSV with blank lines, line breaks inside
quotes or lines of the wrong length, is copied row by row (streamed) with its true line
numbers. Only temporary tables are used: raw identifiers never reach the working file.
Nothing is interpreted here.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Template
from typing import TextIO

import duckdb

from dashboard.ingest.journal import Constat, SourceIllisible

DOSSIER_SQL = Path(__file__).parent / "sql" / "suivi"
_TAILLE = 1 << 20
_PAQUET = 2000
_LIGNES_PAR_ENREGISTREMENT = 50
_SEPARATEURS = (",", ";", "\t", "|")

Ligne = tuple[int, list[str]]


@dataclass(slots=True)
class Feuille:
    """A CSV file or sheet once read: where it comes from, its header, its temporary table."""

    emplacement: str
    entetes: list[str]
    brut: str = ""
    lues: int = 0
    constats: list[Constat] = field(default_factory=list)


@cache
def _modele(nom: str) -> Template:
    return Template((DOSSIER_SQL / f"{nom}.sql").read_text(encoding="utf-8"))


def requete(fichier: str, /, **morceaux: str) -> str:
    """Return the text of ``sql/suivi/<fichier>.sql`` with its ``$names`` replaced by identifiers or literals."""
    modele = _modele(fichier)
    return modele.substitute(morceaux) if morceaux else modele.template


def ident(nom: str) -> str:
    """Quote an SQL identifier."""
    return '"' + nom.replace('"', '""') + '"'


def litteral(texte: str) -> str:
    """Quote an SQL string."""
    return "'" + texte.replace("'", "''").replace("\0", "") + "'"


def booleen(valeur: object) -> str:
    """Write an SQL boolean."""
    return "true" if valeur else "false"


def lire_csv(
    con: duckdb.DuckDBPyConnection, chemin: Path, brut: str, encodage: str, separateur: str, temporaire: Path
) -> Feuille:
    """Read one CSV into the temporary table ``brut``; ``lues`` counts every record, malformed ones included.

    Raises ``SourceIllisible`` when the file is empty or is not a text.
    """
    if chemin.stat().st_size == 0:
        raise SourceIllisible(f"{chemin.name} : le fichier est vide.")
    constats: list[Constat] = []
    reel, physiques = _examiner(chemin, encodage, constats)
    if reel not in {"utf-8", "utf-8-sig"}:
        chemin_utf8 = _transcoder(chemin, reel, temporaire / f"{brut}.utf8.csv")
    else:
        chemin_utf8 = chemin
    premiere = _premiere_ligne(chemin_utf8)
    separateur = _separateur(premiere, separateur, chemin.name, constats)
    entetes = [titre.strip() for titre in next(csv.reader([premiere], delimiter=separateur), [])]
    if not any(entetes):
        raise SourceIllisible(f"{chemin.name} : la première ligne ne porte aucun titre de colonne.")
    feuille = Feuille(chemin.name, entetes, brut, constats=constats)
    if not _lecture_directe(con, chemin_utf8, feuille, separateur, physiques):
        try:
            deposer(con, enregistrements(chemin_utf8, separateur), feuille, temporaire)
        except csv.Error as erreur:
            raise SourceIllisible(f"{chemin.name} : ce fichier n’est pas un CSV ({erreur}).") from erreur
    return feuille


def deposer(con: duckdb.DuckDBPyConnection, lignes: Iterator[Ligne], feuille: Feuille, temporaire: Path) -> None:
    """Stream numbered rows into ``feuille.brut`` through a temporary CSV; wrong lengths become rejects."""
    depot, largeur, malformees = temporaire / f"{feuille.brut}.depot.csv", len(feuille.entetes), 0
    with depot.open("w", encoding="utf-8", newline="") as flux:
        ecrire = csv.writer(flux, lineterminator="\n").writerow
        for numero, valeurs in lignes:
            if len(valeurs) > largeur and not any(valeurs[largeur:]):
                valeurs = valeurs[:largeur]
            if len(valeurs) == largeur:
                ecrire([numero, *valeurs])
            else:
                malformees += 1
                feuille.constats.append(_malformee(feuille.emplacement, numero, len(valeurs), largeur))
    sql = requete("lire_depot", brut=feuille.brut, colonnes=_colonnes(largeur, ligne=True))
    feuille.lues = compte(con.execute(sql, [str(depot)])) + malformees
    depot.unlink()


def inserer_lignes(con: duckdb.DuckDBPyConnection, table: str, lignes: Sequence[Sequence[str | int | None]]) -> None:
    """Insert a few rows made by Python in one statement (bound row by row, each costs milliseconds)."""
    for debut in range(0, len(lignes), _PAQUET):
        paquet = lignes[debut : debut + _PAQUET]
        valeurs = ", ".join("(" + ", ".join(map(_valeur, ligne)) + ")" for ligne in paquet)
        con.execute(f"INSERT INTO {table} VALUES {valeurs}")  # noqa: S608 (quoted literals)


def _valeur(valeur: str | int | None) -> str:
    if valeur is None:
        return "NULL"
    return litteral(valeur) if isinstance(valeur, str) else str(valeur)


def compte(resultat: duckdb.DuckDBPyConnection) -> int:
    """Number of rows that the statement just executed has written."""
    ligne = resultat.fetchone()
    return int(ligne[0]) if ligne else 0


def _malformee(emplacement: str, numero: int, largeur: int, attendue: int) -> Constat:
    message = f"La ligne compte {largeur} champs au lieu de {attendue} : elle est rejetée."
    if largeur == 0:
        message = "Un guillemet ouvert n’est jamais refermé : la ligne est rejetée."
    return Constat("rejet", "ligne_malformee", message, emplacement, numero)


def _colonnes(largeur: int, *, ligne: bool = False) -> str:
    champs = ["'numero_ligne': 'BIGINT'"] if ligne else []
    return "{" + ", ".join(champs + [f"'c{i}': 'VARCHAR'" for i in range(largeur)]) + "}"


def _lecture_directe(
    con: duckdb.DuckDBPyConnection, chemin: Path, feuille: Feuille, separateur: str, physiques: int | None
) -> bool:
    if physiques is None:
        return False
    sql = requete(
        "lire_csv", brut=feuille.brut, separateur=litteral(separateur), colonnes=_colonnes(len(feuille.entetes))
    )
    try:
        feuille.lues = compte(con.execute(sql, [str(chemin)]))
    except duckdb.InvalidInputException:
        return False  # the slow path reads the same file and names each faulty line
    return feuille.lues + 1 == physiques


def _examiner(chemin: Path, declare: str, constats: list[Constat]) -> tuple[str, int | None]:
    """Real encoding, and number of physical lines (None when it cannot be known from the bytes)."""
    decodeur, sauts, ascii_seul, dernier = codecs.getincrementaldecoder("utf-8")(), 0, True, b""
    with chemin.open("rb") as flux:
        debut = flux.read(4)
        if debut.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or declare == "utf-16":
            return "utf-16", None
        flux.seek(0)
        try:
            while bloc := flux.read(_TAILLE):
                decodeur.decode(bloc)
                sauts += bloc.count(b"\n")
                ascii_seul, dernier = ascii_seul and bloc.isascii(), bloc[-1:]
            decodeur.decode(b"", final=True)
        except UnicodeDecodeError:
            return _non_utf8(chemin, declare, constats), None
    if declare != "utf-8" and not ascii_seul:
        message = f"Le fichier est annoncé en {declare} mais écrit en UTF-8 : il est lu en UTF-8."
        constats.append(Constat("correction", "encodage", message, chemin.name))
    return "utf-8", sauts + (dernier != b"\n")


def _non_utf8(chemin: Path, declare: str, constats: list[Constat]) -> str:
    if declare == "utf-8":
        message = "Le fichier n’est pas en UTF-8 : il est lu en Windows-1252 (latin-1) et transcodé."
        constats.append(Constat("correction", "encodage", message, chemin.name))
    return "cp1252"


def _transcoder(chemin: Path, encodage: str, cible: Path) -> Path:
    """Copy to UTF-8 as a stream; the five bytes that Windows-1252 leaves undefined are read as latin-1."""
    codecs.register_error("observatoire_latin1", _en_latin1)
    erreurs = "observatoire_latin1" if encodage == "cp1252" else "strict"
    try:
        with (
            chemin.open(encoding=encodage, errors=erreurs, newline="") as source,
            cible.open("w", encoding="utf-8", newline="") as flux,
        ):
            while bloc := source.read(_TAILLE):
                flux.write(bloc)
    except UnicodeError as erreur:
        raise SourceIllisible(f"{chemin.name} : le fichier n’est pas lisible en {encodage}.") from erreur
    return cible


def _en_latin1(erreur: UnicodeError) -> tuple[str, int]:
    if not isinstance(erreur, UnicodeDecodeError):
        raise erreur
    return erreur.object[erreur.start : erreur.end].decode("latin-1"), erreur.end


def _premiere_ligne(chemin: Path) -> str:
    with chemin.open(encoding="utf-8-sig", newline="") as flux:
        return "".join(_entete(flux)).rstrip("\r\n")


def _separateur(premiere: str, declare: str, emplacement: str, constats: list[Constat]) -> str:
    largeurs = {s: len(next(csv.reader([premiere], delimiter=s), [])) for s in (declare, *_SEPARATEURS)}
    trouve = max(largeurs, key=lambda s: largeurs[s])
    if largeurs[declare] > 1 or largeurs[trouve] == 1:
        return declare
    noms = {"\t": "tabulation"}
    message = (
        f"Le séparateur attendu « {noms.get(declare, declare)} » ne découpe pas les titres : "
        f"le fichier est lu avec « {noms.get(trouve, trouve)} »."
    )
    constats.append(Constat("correction", "separateur", message, emplacement))
    return trouve


def enregistrements(chemin: Path, separateur: str) -> Iterator[Ligne]:
    """Records with the number of their first physical line; an endless quote costs one line, not the file."""
    ouvrant = re.compile(rf'(^|{re.escape(separateur)})"')
    attente: deque[str] = deque()
    with chemin.open(encoding="utf-8-sig", newline="") as flux:
        numero = 1 + len(_entete(flux))
        while True:
            lues: list[str] = []
            ouvert = True
            while ouvert and len(lues) < _LIGNES_PAR_ENREGISTREMENT:
                physique = attente.popleft() if attente else flux.readline()
                if not physique:
                    break
                lues.append(physique)
                ouvert = _ouvert("".join(lues), ouvrant)
            if not lues:
                return
            if ouvert:
                yield numero, []
                attente.extendleft(reversed(lues[1:]))
                numero += 1
                continue
            if "".join(lues).strip("\r\n"):
                yield numero, next(csv.reader(["".join(lues)], delimiter=separateur), [])
            numero += len(lues)


def _ouvert(tampon: str, ouvrant: re.Pattern[str]) -> bool:
    return tampon.count('"') % 2 == 1 and ouvrant.search(tampon) is not None


def _entete(flux: TextIO) -> list[str]:
    """Physical lines of the header: titles may hold line breaks inside quotes."""
    lignes = [flux.readline(_TAILLE)]
    while "".join(lignes).count('"') % 2 == 1 and len(lignes) < _LIGNES_PAR_ENREGISTREMENT:
        lignes.append(flux.readline(_TAILLE))
    return lignes
