"""The JSON beside the CSV for programs: what the table is, its columns, selection, snapshot and definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.contenu import graphique, provenance
from dashboard.contenu.resume import indicateur
from dashboard.contenu.tableau import Etat
from dashboard.domain.selection import vers_parametres

if TYPE_CHECKING:
    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.tableau import Bloc, Colonne, Format

#: How each format is written in the CSV for programs.
ECRITURES: dict[Format, str] = {
    "texte": "texte",
    "entier": "nombre entier",
    "decimal": "nombre, une décimale, point décimal",
    "part": "rapport de 0 à 1, quatre décimales, point décimal",
    "mois": "mois, AAAA-MM",
}


def de(bloc: Bloc, contexte: Contexte[Any]) -> dict[str, Any]:
    """Metadata of the table of a bloc, ready for JSON. Numbers of cells only, no value."""
    m = contexte.instantane.manifeste
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
        "lignes": len(bloc.tableau.lignes),
        "colonnes": [_colonne(c) for c in bloc.tableau.colonnes],
        "etats": {str(etat): {"sens": etat.en_mots, "cellules": _compter(bloc, etat)} for etat in Etat},
        "definitions": [_definition(ident, contexte) for ident in bloc.definitions],
        "csv": {"encodage": "UTF-8", "separateur": ",", "decimale": "."},
    }


def _colonne(c: Colonne) -> dict[str, str]:
    unite = {} if c.format in ("texte", "mois") else {"unite": graphique.unite(c).lower()}
    return {"cle": c.cle, "libelle": c.libelle, "format": c.format, "ecriture": ECRITURES[c.format], **unite}


def _compter(bloc: Bloc, etat: Etat) -> int:
    return sum(cellule is etat for ligne in bloc.tableau.lignes for cellule in ligne)


def _definition(ident: str, contexte: Contexte[Any]) -> dict[str, str]:
    nom, lignes = provenance.fiche(ident, contexte)
    return {"indicateur": ident, "nom": nom, "unite": indicateur(ident).unite} | {
        cle: texte for cle, texte in (("definition", dict(lignes)["Définition"]), ("requete", indicateur(ident).sql))
    }
