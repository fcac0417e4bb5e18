"""Loads DECP files into the working database: read, situate, clean, keep or say why not.

This module only orders the steps. Formats are recognised by ``decp_format``, read by
``decp_arbre`` and ``decp_table``; every rule of the métier is in ``sql/decp``.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from dashboard.ingest import decp_table
from dashboard.ingest.decp_arbre import Lecture, ecrire_ndjson
from dashboard.ingest.decp_flux import Examen, examiner, transcoder
from dashboard.ingest.decp_format import Format, reconnaitre
from dashboard.ingest.decp_normalise import COLONNES_LUES
from dashboard.ingest.journal import Constat, Declaration, Journal, SourceIllisible

SQL = Path(__file__).parent / "sql" / "decp"
ETAPES = (
    "lieu",
    "nettoyage",
    "rejets",
    "corrections_valeurs",
    "corrections_identites",
    "corrections_lieux",
    "sous_traitance",
    "corrections_sous_traitance",
    "conserver",
)
_STRUCTURE = "{" + ", ".join(f"{nom}: '{type_}'" for nom, type_ in COLONNES_LUES.items()) + "}"


@cache
def requete(nom: str) -> str:
    """Text of a SQL file of this loader."""
    return (SQL / f"{nom}.sql").read_text(encoding="utf-8")


def preparer(con: duckdb.DuckDBPyConnection, aujourdhui: dt.date | None = None) -> None:
    """Install the macros, once per connection, and the empty staging tables.

    ``aujourdhui`` closes the window of believable dates. It is bound as a text: DuckDB loads
    half a second of libraries to bind a date.
    """
    connu = con.execute("SELECT getvariable('decp_aujourdhui') IS NOT NULL").fetchone()
    if aujourdhui or connu != (True,):
        jour = (aujourdhui or dt.date.today()).isoformat()
        con.execute("SET VARIABLE decp_aujourdhui = $jour::DATE", {"jour": jour})
        con.execute(requete("macros"))
    con.execute(requete("etapes"))


def charger(con: duckdb.DuckDBPyConnection, declaration: Declaration, journal: Journal) -> None:
    """Read one DECP file (any format) and append its contracts of Île-de-France to the staging tables.

    Counts in ``source`` are *contracts*, not rows: the rows of a flat file (titulaire × modification) are
    folded first, and lues = retenues + hors_champ + rejetees. Concessions and contracts that nothing ties to
    a place count as hors_champ, each with one summary ``avertissement``. Duplicates inside or between files
    stay « retenues » here; ``finaliser`` sets them aside.
    Raises ``SourceIllisible`` when nothing of the file can be read (the source is then not registered).
    """
    chemin = declaration.chemin
    format_lu, racine = reconnaitre(chemin)
    preparer(con)
    source_id = journal.ouvrir(declaration)
    con.execute("SET VARIABLE decp_source = $id::INTEGER", {"id": source_id})
    try:
        with tempfile.TemporaryDirectory(prefix="decp-") as dossier:
            illisibles = _lire(con, chemin, format_lu, racine, Path(dossier), journal, source_id)
        for etape in ETAPES:
            con.execute(requete(etape))
        _clore(con, journal, source_id, format_lu, illisibles)
    except SourceIllisible:
        con.execute("DELETE FROM constat WHERE source_id = $id", {"id": source_id})
        con.execute("DELETE FROM source WHERE source_id = $id", {"id": source_id})
        raise
    finally:
        con.execute(requete("nettoyer_etapes"))


def finaliser(con: duckdb.DuckDBPyConnection, journal: Journal) -> None:
    """Build ``decp_marche`` and its children (titulaires, modifications, subcontracting) from all the files loaded.

    One row per uid: the version that has the social field, then the most recently published, then the most
    complete wins; every other is an ``avertissement`` of rule « doublon ». ``journal`` has created the table
    ``constat`` they go to.
    """
    preparer(con)
    con.execute(requete("finaliser"))


def _lire(
    con: duckdb.DuckDBPyConnection,
    chemin: Path,
    format_lu: Format,
    racine: str,
    dossier: Path,
    journal: Journal,
    source_id: int,
) -> int:
    """Fill ``decp_lu``; returns the number of lines that could not be read at all."""
    if format_lu is Format.PARQUET:
        decp_table.lire_parquet(con, chemin)
        con.execute(requete("tabulaire"))
        return 0
    examen = examiner(chemin)
    journal.constater(source_id, _constats_examen(examen))
    if format_lu.value.startswith("DECP JSON") or format_lu.value.startswith("DECP XML"):
        return _lire_arbre(con, chemin, format_lu, racine, examen, dossier, journal, source_id)
    texte = chemin
    if examen.encodage not in ("utf-8", "utf-8-sig") or examen.controles:
        texte = dossier / "utf8.csv"
        transcoder(chemin, examen.encodage, texte)
    decp_table.lire_csv(con, texte, chemin)
    con.execute(requete("lignes_illisibles"))
    con.execute(requete("tabulaire"))
    compte = con.execute("SELECT count(DISTINCT line) FROM decp_rejets").fetchone()
    return int(compte[0]) if compte else 0


def _lire_arbre(
    con: duckdb.DuckDBPyConnection,
    chemin: Path,
    format_lu: Format,
    racine: str,
    examen: Examen,
    dossier: Path,
    journal: Journal,
    source_id: int,
) -> int:
    """JSON and XML: stream to NDJSON, then ``decp_lu``. A cut counts as one unreadable line."""
    ndjson = dossier / "marches.ndjson"
    lecture = ecrire_ndjson(chemin, format_lu, racine, examen.encodage, ndjson, concessions=examen.concessions)
    if lecture.coupure and not lecture.lues:
        raise SourceIllisible(f"Fichier « {chemin.name} » : interrompu {lecture.coupure}, aucun marché lisible.")
    if format_lu is Format.JSON_PLAT:
        decp_table.lire_ndjson_plat(con, ndjson)
        con.execute(requete("tabulaire"))
    else:
        con.execute(requete("arbre").replace("$colonnes", _STRUCTURE), [str(ndjson)])
    journal.constater(source_id, _constats_coupure(lecture))
    return 1 if lecture.coupure else 0


def _constats_examen(examen: Examen) -> list[Constat]:
    constats = []
    if examen.encodage not in ("utf-8", "utf-8-sig"):
        nom = "Windows-1252 (latin-1)" if examen.encodage == "cp1252" else "UTF-16"
        constats.append(Constat("correction", "encodage", f"Fichier encodé en {nom}, converti en UTF-8 à la lecture."))
    if examen.controles:
        message = f"{examen.controles} caractère(s) de contrôle interdits, remplacés par des espaces."
        constats.append(Constat("correction", "caracteres_controle", message, valeur=str(examen.controles)))
    return constats


def _constats_coupure(lecture: Lecture) -> list[Constat]:
    if not lecture.coupure:
        return []
    message = f"Lecture interrompue {lecture.coupure} : la suite du fichier est perdue, le début est gardé."
    return [Constat("rejet", "fichier_tronque", message, ligne=lecture.ligne_coupure)]


def _clore(
    con: duckdb.DuckDBPyConnection, journal: Journal, source_id: int, format_lu: Format, illisibles: int
) -> None:
    """Write the account of the file and its summary findings."""
    compte = con.execute(requete("comptes")).fetchone()
    if compte is None:  # a SELECT of aggregates always gives its row
        raise RuntimeError("comptes.sql n’a rien rendu")
    lues, retenues, rejetees, concessions, inconnus = (int(valeur) for valeur in compte)
    constats = []
    if concessions:
        message = f"{concessions} contrat(s) de concession, hors du champ de l’observatoire (marchés seulement)."
        constats.append(Constat("avertissement", "concession", message, valeur=str(concessions)))
    if inconnus:
        message = f"{inconnus} marché(s) sans lieu d’exécution ni siège d’acheteur connu, laissés hors champ."
        constats.append(Constat("avertissement", "lieu_et_siege_inconnus", message, valeur=str(inconnus)))
    if not lues:
        constats.append(Constat("avertissement", "aucun_marche", "Le fichier ne contient aucun marché."))
    journal.constater(source_id, constats)
    journal.clore(
        source_id,
        format=format_lu.value,
        lues=lues + illisibles,
        retenues=retenues,
        hors_champ=lues - retenues - rejetees,
        rejetees=rejetees + illisibles,
    )
