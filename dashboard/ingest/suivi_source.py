"""Open a follow-up source (folder of CSV, one CSV, one workbook) and give its sheets one by one.

Decides which file or sheet is which template table, refuses what carries direct
identifiers, and says what is missing or left aside. It types nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.ingest.correspondance import Correspondance, cle_libre, radical
from dashboard.ingest.gabarit import Champ, Gabarit
from dashboard.ingest.identifiants import colonne_suspecte, titre_montrable
from dashboard.ingest.journal import Constat, SourceIllisible
from dashboard.ingest.suivi_chantier import reperer
from dashboard.ingest.suivi_classeur import lire_feuille, ouvrir, titres
from dashboard.ingest.suivi_lecture import Feuille, lire_csv, requete

_NATURES = {
    "courriel": "une adresse électronique",
    "telephone": "un numéro de téléphone",
    "nir": "un numéro de sécurité sociale",
}


class IdentifiantDirect(SourceIllisible):
    """The file carries a direct identifier; the message names file and column, never the value."""


@dataclass(frozen=True, slots=True)
class Contexte:
    """What reading a source needs: working database, mapping, template, temporary folder."""

    con: duckdb.DuckDBPyConnection
    correspondance: Correspondance
    gabarit: Gabarit
    temporaire: Path


@dataclass(slots=True)
class Trouvee:
    """A sheet recognised as a template table; ``refus`` tells why it is not to be loaded."""

    tableau: str
    feuille: Feuille
    refus: Constat | None = None


def feuilles_csv(contexte: Contexte, chemin: Path, constats: list[Constat]) -> Iterator[Trouvee]:
    """Read the CSV of a folder (or the single one) that the mapping describes, in the template's order."""
    fichiers = _fichiers(chemin, constats)
    attribues = {nom: f for f in reversed(fichiers) if (nom := contexte.correspondance.tableau_de(f.name))}
    for fichier in fichiers:
        if fichier not in attribues.values():
            message = (
                f"{fichier.name} : ce fichier n’est décrit par aucun tableau de la correspondance ; il n’est pas lu."
            )
            constats.append(Constat("avertissement", "fichier_ignore", message, fichier.name))
    _absents(contexte, set(attribues), [f.name for f in fichiers], "fichier_absent", constats)
    format_ = contexte.correspondance.format
    for nom in [nom for nom in contexte.gabarit if nom in attribues]:
        fichier, brut = attribues[nom], f"suivi_brut_{nom}"
        try:
            feuille = lire_csv(
                contexte.con, fichier, brut, format_.encodage.lower(), format_.separateur, contexte.temporaire
            )
        except SourceIllisible as erreur:
            refus = Constat("rejet", "fichier_illisible", str(erreur), fichier.name)
            yield Trouvee(nom, Feuille(fichier.name, []), refus)
            continue
        yield Trouvee(nom, feuille, identifiant_direct(contexte, nom, feuille, fichier.name))


def feuilles_classeur(contexte: Contexte, chemin: Path, constats: list[Constat]) -> Iterator[Trouvee]:
    """Read the sheets of a workbook; one direct identifier anywhere refuses all of it (``IdentifiantDirect``)."""
    classeur = ouvrir(chemin)
    noms = list(classeur.sheet_names)
    attribuees = {nom: f for f in reversed(noms) if (nom := contexte.correspondance.tableau_de(f))}
    _absents(contexte, set(attribuees), noms, "feuille_absente", constats)
    for feuille in noms:
        if feuille not in attribuees.values():
            for rang, titre in enumerate(titres(classeur, feuille), start=1):
                if colonne_suspecte(titre):
                    nom_montre = titre_montrable(titre, rang)
                    raise IdentifiantDirect(_message(chemin.name, feuille, nom_montre, "un identifiant direct"))
            message = f"{chemin.name}, feuille « {feuille} » : elle n’est pas décrite ; elle n’est pas lue."
            constats.append(Constat("avertissement", "feuille_ignoree", message, feuille))
    trouvees = []
    for nom in [nom for nom in contexte.gabarit if nom in attribuees]:
        titre, brut = attribuees[nom], f"suivi_brut_{nom}"
        decimale = contexte.correspondance.format.decimale
        try:
            lue = lire_feuille(contexte.con, classeur, titre, brut, decimale, contexte.temporaire)
        except SourceIllisible as erreur:
            refus = Constat("rejet", "feuille_illisible", f"{chemin.name} : {erreur}", titre)
            trouvees.append(Trouvee(nom, Feuille(titre, []), refus))
            continue
        refus_identifiant = identifiant_direct(contexte, nom, lue, chemin.name)
        if refus_identifiant:
            raise IdentifiantDirect(refus_identifiant.message)
        trouvees.append(Trouvee(nom, lue))
    yield from trouvees


def identifiant_direct(contexte: Contexte, nom: str, feuille: Feuille, fichier: str) -> Constat | None:
    """Look for a direct identifier in the titles, then in every value of every column."""
    tableau, source = contexte.gabarit[nom], contexte.correspondance.tableaux[nom]
    colonnes = reperer(source, feuille.entetes)
    legitimes = {cle_libre(champ.nom) for champ in tableau.champs}
    if not tableau.personnes:
        legitimes |= {cle_libre(titre) for titre in colonnes}
    for rang, titre in enumerate(feuille.entetes, start=1):
        if colonne_suspecte(titre) and cle_libre(titre) not in legitimes:
            return _refus(fichier, feuille, titre_montrable(titre, rang), "un identifiant direct", None)
    for brute, titre in _a_examiner(contexte.con, feuille):
        cibles = [
            champ
            for champ in tableau.champs
            if champ.nom in source.recettes
            and brute in {colonnes.get(nom_source) for nom_source in source.recettes[champ.nom].sources}
        ]
        trouve = _valeur_suspecte(contexte.con, feuille.brut, brute, cibles)
        if trouve:
            return _refus(fichier, feuille, titre, *trouve)
    for champ in tableau.champs:
        if champ.type == "year" and champ.nom in source.recettes:
            for nom_source in source.recettes[champ.nom].sources:
                if nom_source in colonnes:
                    sql = requete("identifiants_annee", brut=feuille.brut, colonne=colonnes[nom_source])
                    ligne = (contexte.con.execute(sql).fetchone() or (None,))[0]
                    if ligne is not None:
                        return _refus(fichier, feuille, nom_source, "une date de naissance", int(ligne))
    return None


def _a_examiner(con: duckdb.DuckDBPyConnection, feuille: Feuille) -> list[tuple[str, str]]:
    """Columns (raw name, title) holding at least one value worth a closer look, found in one scan."""
    brutes = [(f"c{i}", titre_montrable(titre, i + 1)) for i, titre in enumerate(feuille.entetes)]
    colonnes = ", ".join(f"bool_or(a_examiner({brute}))" for brute, _ in brutes)
    vues = con.execute(requete("identifiants_tri", brut=feuille.brut, colonnes=colonnes)).fetchone() or ()
    return [colonne for colonne, vue in zip(brutes, vues, strict=True) if vue]


def _valeur_suspecte(
    con: duckdb.DuckDBPyConnection, table: str, brute: str, cibles: list[Champ]
) -> tuple[str, int] | None:
    reference = bool(cibles) and all(champ.nature == "reference" for champ in cibles)
    sql = requete("identifiants", brut=table, colonne=brute, reference="true" if reference else "false")
    for nature, ligne in zip(_NATURES, con.execute(sql).fetchone() or (), strict=True):
        if ligne is not None:
            return _NATURES[nature], int(ligne)
    return None


def _refus(fichier: str, feuille: Feuille, titre: str, quoi: str, ligne: int | None) -> Constat:
    message = _message(fichier, feuille.emplacement, titre, quoi)
    return Constat("rejet", "identifiant_direct", message, feuille.emplacement, ligne, titre)


def _message(fichier: str, feuille: str, titre: str, quoi: str) -> str:
    ou = fichier if feuille == fichier else f"{fichier}, feuille « {feuille} »"
    return (
        f"{ou} : la colonne « {titre} » ressemble à {quoi}. Le fichier est refusé en entier et rien n’en est gardé ; "
        "retirez cette colonne avant de le transmettre."
    )


def _fichiers(chemin: Path, constats: list[Constat]) -> list[Path]:
    if not chemin.is_dir():
        return [chemin]
    presents = sorted(f for f in chemin.iterdir() if f.is_file() and not f.name.startswith("."))
    for fichier in presents:
        if radical(fichier.name) == fichier.name:
            message = f"{fichier.name} : dans un dossier, seuls les CSV sont lus ; ce fichier est laissé de côté."
            constats.append(Constat("avertissement", "fichier_ignore", message, fichier.name))
    return [f for f in presents if radical(f.name) != f.name]


def _absents(contexte: Contexte, presents: set[str], noms: list[str], regle: str, constats: list[Constat]) -> None:
    quoi = "feuille" if regle == "feuille_absente" else "fichier"
    for nom in contexte.gabarit:
        source = contexte.correspondance.tableaux.get(nom)
        if source is not None and nom not in presents:
            message = (
                f"{contexte.gabarit[nom].titre} : {quoi} « {source.emplacement} » absent de la source "
                f"({', '.join(noms) or 'vide'}) ; le reste est lu."
            )
            constats.append(Constat("avertissement", regle, message, source.emplacement))
