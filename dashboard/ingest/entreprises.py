"""Loads the size of firms (PME, ETI, GE) from a list in the columns of the stock of legal units of Sirene.

The real file (StockUniteLegale, some thirty million rows) also names natural persons: DuckDB reads
``siren`` and ``categorieEntreprise`` and nothing else of it reaches a table, not even a temporary one.
The category completes what the DECP do not say; theirs wins (``construction/31_publications.sql``).
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb

from dashboard.ingest.decp_colonnes import normaliser
from dashboard.ingest.decp_flux import examiner, transcoder
from dashboard.ingest.decp_format import entete_csv
from dashboard.ingest.journal import Constat, Declaration, Journal, SourceIllisible
from dashboard.ingest.suivi_lecture import enregistrements, litteral

SQL = Path(__file__).parent / "sql" / "entreprises"
TETE = 1 << 16
COLONNES = {"siren": "siren", "categorie": "categorieEntreprise"}
"""Column of ours → column of Sirene (case, accents and separators do not count)."""
ATTENDU = "colonnes attendues : siren et categorieEntreprise, comme le fichier StockUniteLegale de Sirene"


@cache
def requete(nom: str) -> str:
    """Text of a SQL file of this loader."""
    return (SQL / f"{nom}.sql").read_text(encoding="utf-8")


def preparer(con: duckdb.DuckDBPyConnection) -> None:
    """Create the empty staging table."""
    con.execute(requete("etapes"))


def charger(con: duckdb.DuckDBPyConnection, declaration: Declaration, journal: Journal) -> None:
    """Read one list (CSV or Parquet, any size) and append its categories to the staging table.

    Counts in ``source`` are rows: lues = retenues + hors_champ (no category) + rejetees. Raises
    ``SourceIllisible`` when the two columns are not there (the source is then not registered).
    """
    preparer(con)
    illisibles: list[Constat] = []
    with tempfile.TemporaryDirectory(prefix="entreprises-") as dossier:
        format_lu, lues = _lire(con, declaration.chemin, Path(dossier), illisibles)
    source_id = journal.ouvrir(declaration)
    con.execute("SET VARIABLE entreprises_source = $id::INTEGER", {"id": source_id})
    con.execute(requete("retenir"))
    retenues, rejetees = con.execute(requete("comptes")).fetchone() or (0, 0)
    con.execute("DROP TABLE entreprise_lue")
    if not lues:
        illisibles.append(Constat("avertissement", "aucune_entreprise", "Le fichier ne contient aucune entreprise."))
    journal.constater(source_id, illisibles)
    perdues = sum(c.nature == "rejet" for c in illisibles)
    journal.clore(
        source_id,
        format=format_lu,
        lues=lues + perdues,
        retenues=retenues,
        hors_champ=lues - retenues - rejetees,
        rejetees=rejetees + perdues,
    )


def finaliser(con: duckdb.DuckDBPyConnection) -> None:
    """Build the table ``entreprise`` (SIREN, category) from all the lists (empty when there was none)."""
    preparer(con)
    con.execute(requete("finaliser"))


def _lire(con: duckdb.DuckDBPyConnection, chemin: Path, dossier: Path, illisibles: list[Constat]) -> tuple[str, int]:
    """Fill ``entreprise_lue``; returns the name of the format and the number of rows that could be read."""
    try:
        with chemin.open("rb") as flux:
            tete = flux.read(TETE)
    except OSError as erreur:
        raise _refus(chemin, f"lecture impossible ({erreur.strerror or erreur})") from erreur
    if tete.startswith(b"PAR1"):
        return "Entreprises Parquet", _lire_parquet(con, chemin)
    if tete.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise _refus(chemin, "fichier compressé, à décompresser d’abord")
    texte = tete.decode("utf-8-sig", errors="replace")
    if not texte.strip() or "\0" in texte:
        raise _refus(
            chemin, "il est vide" if not texte.strip() else "contenu binaire, ce n’est pas un fichier de texte"
        )
    noms, separateur = entete_csv(texte)
    rangs = _reperer(noms, chemin)
    try:
        return "Entreprises CSV", _compter_et_lire(con, _source_csv(chemin, separateur, len(noms), rangs))
    except duckdb.InvalidInputException:  # not UTF-8, or a malformed line: read again, each faulty line named
        depot = _recopier(chemin, separateur, len(noms), rangs, dossier, illisibles)
        return "Entreprises CSV", _compter_et_lire(con, depot)


def _reperer(noms: list[str], chemin: Path) -> dict[str, int]:
    """Position of our columns among the titles; refuses a file that has not both."""
    titres = [normaliser(nom).replace("_", "") for nom in noms]
    absentes = [voulue for voulue in COLONNES.values() if normaliser(voulue) not in titres]
    if absentes:
        raise _refus(chemin, f"colonne {' et '.join(absentes)} introuvable")
    return {notre: titres.index(normaliser(voulue)) for notre, voulue in COLONNES.items()}


def _compter_et_lire(con: duckdb.DuckDBPyConnection, lignes: str) -> int:
    compte = con.execute(f"SELECT count(*) FROM ({lignes})").fetchone()  # noqa: S608 (quoted path, whitelisted names)
    con.execute(requete("lire").replace("$lignes", lignes))
    return int(compte[0]) if compte else 0


def _source_csv(chemin: Path, separateur: str, largeur: int, rangs: dict[str, int]) -> str:
    colonnes = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(largeur))
    choix = ", ".join(f"c{rang} AS {notre}" for notre, rang in rangs.items())
    return (
        f"SELECT row_number() OVER () + 1 AS ligne, {choix} FROM read_csv({litteral(str(chemin))}, "  # noqa: S608
        f"auto_detect = false, header = false, skip = 1, delim = {litteral(separateur)}, quote = '\"', escape = '\"', "
        f"columns = {{{colonnes}}}, max_line_size = 4000000)"
    )


def _lire_parquet(con: duckdb.DuckDBPyConnection, chemin: Path) -> int:
    try:
        noms = con.read_parquet(str(chemin)).columns
        rangs = _reperer(noms, chemin)
        choix = ", ".join(
            f'CAST("{noms[rang].replace(chr(34), chr(34) * 2)}" AS VARCHAR) AS {notre}' for notre, rang in rangs.items()
        )
        lignes = f"SELECT row_number() OVER () AS ligne, {choix} FROM read_parquet({litteral(str(chemin))})"  # noqa: S608
        return _compter_et_lire(con, lignes)
    except duckdb.Error as erreur:
        raise _refus(chemin, f"Parquet impossible à lire ({str(erreur).splitlines()[0]})") from erreur


def _recopier(
    chemin: Path, separateur: str, largeur: int, rangs: dict[str, int], dossier: Path, illisibles: list[Constat]
) -> str:
    """Copy the two columns to a temporary CSV; a row of the wrong length is a reject without its content."""
    utf8, depot = dossier / "utf8.csv", dossier / "entreprises.csv"
    transcoder(chemin, examiner(chemin).encodage, utf8)
    try:
        with depot.open("w", encoding="utf-8", newline="") as flux:
            csv.writer(flux).writerows(_rangees(utf8, separateur, largeur, rangs, illisibles))
    except csv.Error as erreur:
        raise _refus(chemin, f"ce n’est pas un CSV ({erreur})") from erreur
    noms = ", ".join(
        f"'{nom}': '{type_}'" for nom, type_ in {"ligne": "BIGINT", **dict.fromkeys(rangs, "VARCHAR")}.items()
    )
    return f"SELECT * FROM read_csv({litteral(str(depot))}, auto_detect = false, header = false, columns = {{{noms}}})"  # noqa: S608


def _rangees(
    utf8: Path, separateur: str, largeur: int, rangs: dict[str, int], illisibles: list[Constat]
) -> Iterator[list[int | str]]:
    for ligne, valeurs in enregistrements(utf8, separateur):
        if len(valeurs) == largeur:
            yield [ligne, *(valeurs[rang] for rang in rangs.values())]
            continue
        message = "Ligne illisible : nombre de colonnes différent de l’en-tête, ou guillemet non fermé."
        illisibles.append(Constat("rejet", "ligne_csv", message, ligne=ligne))


def _refus(chemin: Path, raison: str) -> SourceIllisible:
    return SourceIllisible(f"Fichier « {chemin.name} » : {raison} ({ATTENDU}).")
