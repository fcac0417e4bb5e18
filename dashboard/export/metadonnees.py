"""The JSON beside the CSV for programs: what the table is, its columns, selection, snapshot and definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.contenu import graphique, provenance
from dashboard.contenu.flux import de_bloc
from dashboard.contenu.resume import indicateur
from dashboard.contenu.tableau import TEXTES, Etat
from dashboard.domain.selection import vers_parametres

if TYPE_CHECKING:
    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.flux import Flux
    from dashboard.contenu.tableau import Bloc, Colonne, Format

#: How each format is written in the CSV for programs.
ECRITURES: dict[Format, str] = {
    "texte": "texte",
    "siret": "SIRET, 14 chiffres sans espace",
    "entier": "nombre entier",
    "decimal": "nombre, une décimale, point décimal",
    "part": "rapport de 0 à 1, quatre décimales, point décimal",
    "mois": "mois, AAAA-MM",
    "jour": "date, AAAA-MM-JJ",
    "montant": "nombre, deux décimales, point décimal",
}


def de(bloc: Bloc, contexte: Contexte[Any]) -> dict[str, Any]:
    """Metadata of the table of a bloc, ready for JSON. Numbers of cells only, no value."""
    etats = {str(etat): {"sens": etat.en_mots, "cellules": _compter(bloc, etat)} for etat in Etat}
    return _de(de_bloc(bloc), contexte) | {"etats": etats}


def de_flux(flux: Flux, contexte: Contexte[Any]) -> dict[str, Any]:
    """The same for a table read as it is written: its notes, and no number of cells."""
    etats = {str(etat): {"sens": etat.en_mots} for etat in Etat}
    return _de(flux, contexte) | {"notes": list(flux.notes), "etats": etats}


def _de(flux: Flux, contexte: Contexte[Any]) -> dict[str, Any]:
    bloc, m = flux.bloc, contexte.instantane.manifeste
    return {
        "bloc": bloc.ident,
        "titre": bloc.titre,
        "sous_titre": bloc.sous_titre,
        "source": bloc.legende,
        "sans_figure": bloc.vide,
        "demonstration": m.demo,
        "instantane": m.instantane_id,
        "donnees_au": m.date_donnees.isoformat(),
        "selection": vers_parametres(contexte.selection, contexte.ref),
        "lignes": flux.nombre,
        "colonnes": [_colonne(c) | _mots(bloc, i) for i, c in enumerate(bloc.tableau.colonnes)],
        "definitions": [_definition(ident, contexte) for ident in bloc.definitions],
        "csv": {"encodage": "UTF-8", "separateur": ",", "decimale": "."},
    }


def _colonne(c: Colonne) -> dict[str, str]:
    unite = {} if c.format in (*TEXTES, "mois", "jour") else {"unite": graphique.unite(c).lower()}
    return {"cle": c.cle, "libelle": c.libelle, "format": c.format, "ecriture": ECRITURES[c.format], **unite}


def _mots(bloc: Bloc, colonne: int) -> dict[str, list[str]]:
    """Words that stand in a column of numbers beside the states (« terminé »): a program has to know them."""
    if bloc.tableau.colonnes[colonne].format == "texte":
        return {}
    cellules = (ligne[colonne] for ligne in bloc.tableau.lignes)
    mots = sorted({c for c in cellules if isinstance(c, str) and not isinstance(c, Etat)})
    return {"mots": mots} if mots else {}


def _compter(bloc: Bloc, etat: Etat) -> int:
    return sum(cellule is etat for ligne in bloc.tableau.lignes for cellule in ligne)


def _definition(ident: str, contexte: Contexte[Any]) -> dict[str, str]:
    nom, lignes = provenance.fiche(ident, contexte)
    return {"indicateur": ident, "nom": nom, "unite": indicateur(ident).unite} | {
        cle: texte for cle, texte in (("definition", dict(lignes)["Définition"]), ("requete", indicateur(ident).sql))
    }
