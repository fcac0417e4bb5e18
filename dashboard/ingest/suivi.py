"""Load a follow-up source (suivi d’exécution) into the working database, whatever its shape.

Public entry points of the suivi: ``charger`` (one source) and ``finaliser`` (once, after
all of them: duplicates and references between tables and sources). The tables
``suivi_<tableau>`` they fill are those of the exchange template, typed and pseudonymised.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from dashboard.ingest import correspondance as correspondances
from dashboard.ingest import gabarit as gabarits
from dashboard.ingest.gabarit import Gabarit, Reference, Tableau
from dashboard.ingest.journal import Constat, Declaration, Journal, SourceIllisible
from dashboard.ingest.suivi_chantier import Chantier, reperer
from dashboard.ingest.suivi_classeur import est_classeur
from dashboard.ingest.suivi_lecture import ident, inserer_lignes, litteral, requete
from dashboard.ingest.suivi_source import Contexte, IdentifiantDirect, Trouvee, feuilles_classeur, feuilles_csv
from dashboard.ingest.suivi_tableau import charger_tableau, constats_colonnes, creer_table, nettoyer

Rangee = tuple[int | str, ...]


@dataclass(slots=True)
class _Bilan:
    lues: int = 0
    retenues: int = 0
    utilisables: int = 0
    tableaux: list[Rangee] = field(default_factory=list)
    colonnes: list[Rangee] = field(default_factory=list)
    constats: list[Constat] = field(default_factory=list)


def charger(
    con: duckdb.DuckDBPyConnection,
    declaration: Declaration,
    journal: Journal,
    cle: bytes,
    dossier_correspondances: Path,
) -> None:
    """Append one source (folder of CSV, CSV or workbook) to the ``suivi_*`` tables.

    ``cle`` is the secret of the pseudonyms. The tables ``nomenclature``, ``ref_commune``,
    ``ref_ancienne`` and ``ref_cpv_secteur`` must exist (they may be empty). Raises
    ``SourceIllisible`` when no table of the source can be used; the source is then already
    registered, with the reason as a finding.
    """
    if not declaration.chemin.exists():
        raise SourceIllisible(f"{declaration.chemin.name} : ce fichier ou dossier n’existe pas.")
    gabarit = gabarits.charger()
    preparer(con, gabarit)
    source_id = journal.ouvrir(declaration)
    bilan, format_ = _Bilan(), "illisible"
    try:
        mapping = correspondances.charger(declaration.correspondance, dossier_correspondances, gabarit)
        format_ = _format(declaration.chemin, mapping.nom)
        with tempfile.TemporaryDirectory() as dossier:
            contexte = Contexte(con, mapping, gabarit, Path(dossier))
            _lire(contexte, declaration.chemin, source_id, cle, bilan)
        if not bilan.utilisables:
            raise SourceIllisible(_motif(declaration.chemin, bilan.constats))
    except SourceIllisible as erreur:
        if bilan.utilisables == 0 and not any(c.nature == "rejet" for c in bilan.constats):
            regle = "identifiant_direct" if isinstance(erreur, IdentifiantDirect) else "source_illisible"
            bilan.constats.append(Constat("rejet", regle, str(erreur)))
        raise
    finally:
        nettoyer(con)
        journal.constater(source_id, bilan.constats)
        inserer_lignes(con, "suivi_lecture", bilan.tableaux)
        inserer_lignes(con, "suivi_colonne", bilan.colonnes)
        rejetees = bilan.lues - bilan.retenues
        journal.clore(source_id, format=format_, lues=bilan.lues, retenues=bilan.retenues, rejetees=rejetees)


def finaliser(con: duckdb.DuckDBPyConnection, journal: Journal, *, partielle: bool = False) -> None:
    """Reject duplicates and broken references over all the sources, then recount what was kept.

    With ``partielle`` (a producer checking one file before sending it), a reference to a table
    that the file does not bring is not checked. Also creates the ``suivi_*`` tables when no
    source was loaded.
    """
    gabarit = gabarits.charger()
    preparer(con, gabarit)
    apportes = {str(nom) for (nom,) in con.execute("SELECT DISTINCT tableau FROM suivi_lecture").fetchall()}
    for tableau in gabarit.values():
        _doublons(con, tableau)
        for reference in tableau.references:
            if not partielle or reference.tableau in apportes:
                _reference(con, gabarit, tableau, reference)
        con.execute(requete("bilan", table=f"suivi_{tableau.nom}", tableau=litteral(tableau.nom)))
    con.execute(requete("heures_hors_contrat"))
    con.execute(requete("lots_signales"))
    con.execute(requete("bilan_sources"))


def preparer(con: duckdb.DuckDBPyConnection, gabarit: Gabarit | None = None) -> None:
    """Create (if needed) the macros, once per connection, the working tables and the empty result tables."""
    if con.execute("SELECT getvariable('suivi_macros') IS NULL").fetchone() == (True,):
        con.execute(requete("macros"))
        con.execute(requete("macros_identifiants"))
        con.execute("SET VARIABLE suivi_macros = true")
    con.execute(requete("journal_suivi"))
    for tableau in (gabarit or gabarits.charger()).values():
        creer_table(con, tableau)


def _lire(contexte: Contexte, chemin: Path, source_id: int, cle: bytes, bilan: _Bilan) -> None:
    classeur = chemin.is_file() and est_classeur(chemin)
    lire = feuilles_classeur if classeur else feuilles_csv
    for trouvee in lire(contexte, chemin, bilan.constats):
        retenues = _charger_feuille(contexte, trouvee, source_id, cle, bilan)
        bilan.lues += trouvee.feuille.lues
        bilan.retenues += retenues
        bilan.tableaux.append((source_id, trouvee.tableau, trouvee.feuille.emplacement, trouvee.feuille.lues, retenues))


def _charger_feuille(contexte: Contexte, trouvee: Trouvee, source_id: int, cle: bytes, bilan: _Bilan) -> int:
    feuille, con = trouvee.feuille, contexte.con
    bilan.constats.extend(feuille.constats)
    source = contexte.correspondance.tableaux[trouvee.tableau]
    lisible = trouvee.refus is None
    if trouvee.refus:
        bilan.constats.append(trouvee.refus)
    else:
        colonnes = reperer(source, feuille.entetes)
        chantier = Chantier(
            con, source_id, contexte.gabarit[trouvee.tableau], source, contexte.correspondance, feuille, colonnes
        )
        constats, lisible = constats_colonnes(chantier)
        bilan.constats.extend(constats)
    if not lisible:
        con.execute(f"DROP TABLE IF EXISTS temp.{feuille.brut or 'suivi_brut'}")
        return 0
    bilan.utilisables += 1
    bilan.colonnes += [
        (source_id, trouvee.tableau, champ.nom, chantier.titre_source(champ)) for champ in chantier.tableau.champs
    ]
    return charger_tableau(chantier, cle)


def _doublons(con: duckdb.DuckDBPyConnection, tableau: Tableau) -> None:
    premiere = tableau.champ(tableau.cle[0])
    con.execute(
        requete(
            "doublons",
            table=f"suivi_{tableau.nom}",
            tableau=litteral(tableau.nom),
            titre=f"« {tableau.titre} »",
            cle=", ".join(ident(nom) for nom in tableau.cle),
            premiere_cle=litteral(premiere.nom),
            valeur="NULL::VARCHAR" if premiere.confidentiel else ident(premiere.nom),
        )
    )


def _reference(con: duckdb.DuckDBPyConnection, gabarit: Gabarit, tableau: Tableau, reference: Reference) -> None:
    champ = tableau.champ(reference.champ)
    rejet = champ.si_invalide == "rejet"
    cible = gabarit[reference.tableau].titre
    suite = "la ligne est rejetée" if rejet else "le rattachement est laissé vide"
    con.execute(
        requete(
            "references_rejet" if rejet else "references_vide",
            table=f"suivi_{tableau.nom}",
            tableau=litteral(tableau.nom),
            nom=litteral(champ.nom),
            colonne=ident(champ.nom),
            valeur="NULL" if champ.confidentiel else f"t.{ident(champ.nom)}",
            cible=f"suivi_{reference.tableau}",
            cle=ident(reference.cible),
            message=litteral(
                f"« {champ.titre} » introuvable dans le tableau « {cible} » (absent ou rejeté) : {suite}."
            ),
        )
    )


def _format(chemin: Path, nom: str) -> str:
    genre = "dossier CSV" if chemin.is_dir() else "classeur" if est_classeur(chemin) else "CSV"
    return f"{genre}, correspondance « {nom} »"


def _motif(chemin: Path, constats: list[Constat]) -> str:
    rejets = [c.message for c in constats if c.nature == "rejet"]
    return f"{chemin.name} : aucun tableau utilisable. " + " ".join(rejets[:3] or [c.message for c in constats[:3]])
