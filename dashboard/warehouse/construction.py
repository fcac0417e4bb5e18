"""Builds a snapshot: read, join, check, publish. Command line only, never imported by the web.

Everything happens in a temporary folder beside the target. A failed or killed build
leaves the previous snapshot in place: the new file appears by one atomic rename.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dashboard import __version__
from dashboard.ingest.journal import Declaration, empreinte
from dashboard.settings import Settings
from dashboard.warehouse import atelier, manifeste, parcours, projection, secret
from dashboard.warehouse.controles import controler
from dashboard.warehouse.fichiers_sql import noms, texte
from dashboard.warehouse.publication import publier

MEMOIRE = "1400MB"
PREFIXE = ".construction-"
#: The trajectories are computed from the contracts, and are an attribute of the persons written after them.
ETAPE_CONTRATS = "41_contrat"
#: The lots are projected from the hours of every month, once these are written.
ETAPE_ACTIVITE = "50_activite"
RESTE_S = 24 * 3600


class RienCharge(Exception):
    """No source could be read: there is nothing to publish."""


@dataclass(frozen=True, slots=True)
class LigneSource:
    """Counts of one source, in records of its own grain (contracts, or rows of the follow-up tables)."""

    fichier: str
    format: str
    lues: int
    retenues: int
    hors_champ: int
    corrigees: int
    rejetees: int


@dataclass(frozen=True, slots=True)
class Bilan:
    """What a build did; ``echecs`` are the French messages of the files that could not be read."""

    instantane_id: str
    duree_s: float
    sources: list[LigneSource]
    echecs: list[str]
    constats: list[tuple[str, str, str, int]]


def empreinte_entrees(declarations: Sequence[Declaration], reglages: Settings, acheteurs: Path | None = None) -> str:
    """Hash of all that a build depends on: sources, references, code, key. Equal hash, equal snapshot."""
    condense = hashlib.sha256(__version__.encode())
    for d in declarations:
        somme = empreinte(d.chemin)[0] if d.chemin.exists() else "absent"
        condense.update(
            f"{d.chemin.name}|{d.nature}|{d.producteur}|{d.diffusion}|{d.correspondance}|{d.demo}|{somme}".encode()
        )
    paquet = reglages.racine / "dashboard"
    dossiers = [reglages.donnees / n for n in ("reference", "nomenclatures", "mappings", "schemas")]
    fichiers = [p for d in (*dossiers, paquet / "ingest", paquet / "warehouse") for p in sorted(d.rglob("*"))]
    for fichier in [*fichiers, reglages.racine / "geo" / "territoires.csv", *([acheteurs] if acheteurs else [])]:
        if fichier.suffix in {".py", ".sql", ".csv", ".toml", ".json"}:
            condense.update(hashlib.sha256(fichier.read_bytes()).digest())
    condense.update(hashlib.sha256(reglages.cle_secrete or b"").digest())
    return condense.hexdigest()


def a_jour(cible: Path, declarations: Sequence[Declaration], reglages: Settings, acheteurs: Path | None = None) -> bool:
    """Whether the snapshot in place was built from the very same inputs."""
    if not cible.exists():
        return False
    try:
        with duckdb.connect(str(cible), read_only=True) as con:
            return manifeste.lire(con).entrees == empreinte_entrees(declarations, reglages, acheteurs)
    except (duckdb.Error, ValueError):
        return False


def construire(
    declarations: Sequence[Declaration],
    cible: Path,
    *,
    reglages: Settings,
    acheteurs: Path | None = None,
    progres: atelier.Progres = lambda _etape, _part: None,
) -> Bilan:
    """Build the snapshot ``cible`` from the declared sources.

    Raises ``RienCharge`` (nothing readable), ``ClefManquante``, ``ControleEchoue``; in
    all cases the previous snapshot is untouched.
    """
    debut = time.perf_counter()
    cible.parent.mkdir(parents=True, exist_ok=True)
    _balayer(cible.parent)
    dossier = Path(tempfile.mkdtemp(prefix=PREFIXE, dir=cible.parent))
    try:
        travail, neuf = dossier / "travail.duckdb", dossier / "neuf.duckdb"
        with duckdb.connect(str(travail), config=_config(dossier)) as con:
            atelier.preparer(con, reglages, acheteurs)
            echecs = atelier.charger(con, declarations, reglages, lambda e, p: progres(e, 0.7 * p))
            _exiger_des_lignes(con, echecs)
        entrees = empreinte_entrees(declarations, reglages, acheteurs)
        with duckdb.connect(str(neuf), config=_config(dossier)) as con:
            con.execute(f"ATTACH '{str(travail).replace(chr(39), chr(39) * 2)}' AS travail (READ_ONLY)")
            _assembler(con, progres)
            progres("Contrôles", 0.95)
            controler(con)
            con.execute("DETACH travail")
            identite = _signer(con, entrees, demo=all(d.demo for d in declarations))
            bilan = _bilan(con, identite, echecs, debut)
        progres("Mise en place", 0.99)
        publier(neuf, cible, identite)
        return bilan
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


def _balayer(parent: Path) -> None:
    """Remove what builds killed more than a day ago left behind; a build under way is younger."""
    for reste in parent.glob(f"{PREFIXE}*"):
        if time.time() - reste.stat().st_mtime > RESTE_S:
            shutil.rmtree(reste, ignore_errors=True)


def _config(dossier: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {"memory_limit": MEMOIRE, "temp_directory": str(dossier), "autoinstall_known_extensions": False}


def _exiger_des_lignes(con: duckdb.DuckDBPyConnection, echecs: list[str]) -> None:
    ligne = con.execute("SELECT coalesce(sum(retenues), 0) FROM source WHERE nature IN ('decp', 'suivi')").fetchone()
    if not ligne or not ligne[0]:
        raise RienCharge(" ".join(echecs) or "Aucun marché ni suivi exploitable dans les sources déclarées.")


def _assembler(con: duckdb.DuckDBPyConnection, progres: atelier.Progres) -> None:
    etapes = noms("construction")
    for rang, nom in enumerate(etapes):
        progres("Assemblage de l’instantané", 0.7 + 0.25 * rang / len(etapes))
        con.execute(texte("construction", nom))
        if nom == ETAPE_CONTRATS:
            parcours.classer(con)
        elif nom == ETAPE_ACTIVITE:
            projection.projeter(con)


def _signer(con: duckdb.DuckDBPyConnection, entrees: str, *, demo: bool) -> str:
    ligne = con.execute(texte("travail", "portee")).fetchone()
    if ligne is None:
        raise RienCharge("Instantané vide.")
    annee_min, annee_max, defaut, a_suivi, a_social, date_donnees = ligne
    identite = f"{date_donnees:%Y%m%d}-{entrees[:10]}"
    manifeste.ecrire(
        con,
        manifeste.Manifeste(
            identite, datetime.now(UTC).replace(tzinfo=None, microsecond=0), __version__, demo, entrees,
            (annee_min, annee_max), defaut, a_suivi, a_social, date_donnees, secret.SEUIL, secret.ARRONDI,
        ),
    )  # fmt: skip
    return identite


def _bilan(con: duckdb.DuckDBPyConnection, identite: str, echecs: list[str], debut: float) -> Bilan:
    sources = con.execute(
        "SELECT fichier, coalesce(format, 'illisible'), lues, retenues, hors_champ, corrections, rejetees FROM source"
    ).fetchall()
    constats = con.execute(
        "SELECT nature, regle, any_value(message), count(*) AS n FROM constat GROUP BY 1, 2 ORDER BY 1 DESC, n DESC"
    ).fetchall()
    return Bilan(identite, time.perf_counter() - debut, [LigneSource(*s) for s in sources], echecs, constats)
