"""Reads every declared source into a temporary working database.

A file that cannot be read at all is reported and the rest goes on. The working
database holds raw identifiers for the time of a build; it is a file of its own so
that nothing of it can remain in the pages of the published one (ADR 0005).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from queue import SimpleQueue

import duckdb

from dashboard.ingest import decp, entreprises, structures, suivi
from dashboard.ingest.journal import Constat, Declaration, Journal, SourceIllisible
from dashboard.settings import CLE_DEMO, Settings
from dashboard.warehouse.fichiers_sql import texte

Progres = Callable[[str, float], None]
LECTURES_SIMULTANEES = 2


class ClefManquante(Exception):
    """Real follow-up was declared without the secret that protects the persons."""


def preparer(con: duckdb.DuckDBPyConnection, reglages: Settings, acheteurs: Path | None = None) -> None:
    """Create the reference tables the loaders join on; ``acheteurs`` adds seats to the project's own."""
    con.execute(
        _avec_chemins(
            texte("travail", "references"),
            territoires=reglages.racine / "geo" / "territoires.csv",
            acheteurs=reglages.donnees / "reference" / "acheteurs.csv",
            cpv=reglages.donnees / "reference" / "cpv_secteur.csv",
            nomenclatures=reglages.donnees / "nomenclatures" / "*.csv",
            ptable=reglages.donnees / "reference" / "ptable.csv",
            seuils=reglages.donnees / "reference" / "seuils_europeens.csv",
            objectifs=reglages.donnees / "reference" / "objectifs_achats.csv",
        )
    )
    if acheteurs:
        con.execute(_avec_chemins(texte("travail", "acheteurs_operateur"), acheteurs=acheteurs))


def _avec_chemins(sql: str, **chemins: Path) -> str:
    """Put file paths, quoted, in place of ``$nom`` (DuckDB binds no parameter in several statements)."""
    for nom, chemin in chemins.items():
        sql = sql.replace(f"${nom}", "'" + str(chemin).replace("'", "''") + "'")
    return sql


def cle_des_personnes(declarations: Sequence[Declaration], reglages: Settings) -> bytes:
    """Key of the pseudonyms: the operator's, or the public demonstration key for demonstration data only."""
    if reglages.cle_secrete:
        return reglages.cle_secrete
    if any(d.nature == "suivi" and not d.demo for d in declarations):
        raise ClefManquante(
            "Un suivi réel est déclaré mais OBSERVATOIRE_CLE_SECRETE est absente : "
            "les personnes ne peuvent pas être pseudonymisées. Définissez-la puis relancez."
        )
    return CLE_DEMO


def charger(
    con: duckdb.DuckDBPyConnection, declarations: Sequence[Declaration], reglages: Settings, progres: Progres
) -> list[str]:
    """Read all the sources; returns the French messages of those that could not be read at all.

    Two at a time, each on its own connection to the working database (DuckDB works outside the
    interpreter's lock): numbers are given beforehand and every later step sorts, so the order in
    which they end changes nothing. The threads die with the process, and leave nothing behind.
    """
    journal = Journal(con)
    cle = cle_des_personnes(declarations, reglages)
    decp.preparer(con)
    suivi.preparer(con)
    structures.preparer(con)
    entreprises.preparer(con)
    echecs = _lire_toutes(con, declarations, cle, reglages, progres)
    progres("Rapprochement des sources", 1.0)
    decp.finaliser(con, journal)
    suivi.finaliser(con, journal)
    structures.finaliser(con, journal)
    entreprises.finaliser(con)
    return [message for message in echecs if message]


def _lire_toutes(
    con: duckdb.DuckDBPyConnection,
    declarations: Sequence[Declaration],
    cle: bytes,
    reglages: Settings,
    progres: Progres,
) -> list[str | None]:
    """Message of each source that could not be read, ``None`` for the others, in the order declared."""
    fils = con.execute("SELECT current_setting('threads')").fetchone() or (1,)
    con.execute("SET threads = 1")  # one for each reading: they share the processor between them
    connexions: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
    for _ in range(LECTURES_SIMULTANEES):
        connexions.put(con.cursor())

    def lire(numero: int, declaration: Declaration) -> str | None:
        connexion = connexions.get()
        try:
            return _lire(connexion, numero, declaration, cle, reglages.donnees / "mappings")
        finally:
            connexions.put(connexion)

    equipe = ThreadPoolExecutor(LECTURES_SIMULTANEES)
    try:
        lectures = [equipe.submit(lire, n, d) for n, d in zip(_numeros(declarations), declarations, strict=True)]
        echecs = []
        for rang, (declaration, lecture) in enumerate(zip(declarations, lectures, strict=True)):
            progres(f"Lecture de {declaration.chemin.name}", rang / max(1, len(declarations)))
            echecs.append(lecture.result())
    finally:
        equipe.shutdown(cancel_futures=True)
        while not connexions.empty():
            connexions.get().close()
        con.execute(f"SET threads = {int(fils[0])}")
    return echecs


def _numeros(declarations: Sequence[Declaration]) -> list[int]:
    """Number of each source in the register; a file that does not exist takes none."""
    return list(accumulate(int(declaration.chemin.exists()) for declaration in declarations))


def _lire(
    con: duckdb.DuckDBPyConnection, numero: int, declaration: Declaration, cle: bytes, correspondances: Path
) -> str | None:
    """Read one source; returns the reason when nothing of it could be read."""
    if not declaration.chemin.exists():
        return f"{declaration.chemin.name} : fichier introuvable."
    journal = Journal(con, numero)
    try:
        if declaration.nature == "decp":
            decp.charger(con, declaration, journal)
        elif declaration.nature == "structures":
            structures.charger(con, declaration, journal, correspondances)
        elif declaration.nature == "entreprises":
            entreprises.charger(con, declaration, journal)
        else:
            suivi.charger(con, declaration, journal, cle, correspondances)
    except SourceIllisible as erreur:
        if not con.execute("SELECT 1 FROM source WHERE source_id = ?", [numero]).fetchone():
            _consigner(journal, declaration, str(erreur))
        return str(erreur)
    return None


def _consigner(journal: Journal, declaration: Declaration, message: str) -> None:
    """Keep a trace in the snapshot of a source that its loader did not register."""
    source_id = journal.ouvrir(declaration)
    journal.constater(source_id, [Constat("rejet", "source_illisible", message)])
    journal.clore(source_id, format="illisible", lues=0, retenues=0)
