"""The words of a deck around its figures: its opening, the notes under each slide, its method. Texts only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from dashboard.contenu import provenance
from dashboard.contenu.tableau import Etat
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.selection import REGION
from dashboard.export.diaporama_theme import Paragraphe

if TYPE_CHECKING:
    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.tableau import Bloc
    from dashboard.warehouse.manifeste import Manifeste

NOM = "Observatoire des clauses sociales d’Île-de-France"
DEMONSTRATION = "Démonstration : chiffres synthétiques, ne pas citer"
FONDS = "Fonds de carte : IGN, INSEE, Etalab (Licence Ouverte 2.0)."


def selection(c: Contexte[Any]) -> str:
    """A selection in a few words: « 2025 · Seine-Saint-Denis · Nettoyage », the name of the object of a sheet."""
    if c.selection.objet:
        return _objet(c, c.selection.objet)
    mots = [p.libelle for p in phrases.puces(c.selection, c.ref, periode="annee" not in c.sans)]
    if c.selection.territoire == REGION:
        mots.append(c.ref.territoires[REGION].nom)
    return " · ".join(mots)


def _objet(c: Contexte[Any], objet: str) -> str:
    noms = (liste[objet] for liste in c.ref.listes.values() if objet in liste)
    return next(noms, c.ref.territoires[objet].nom if objet in c.ref.territoires else objet)


def ouverture(contextes: Sequence[Contexte[Any]]) -> str:
    """Under the title of the deck: the one selection, or how many there are."""
    toutes = list(dict.fromkeys(selection(c) for c in contextes))
    if len(toutes) == 1:
        return toutes[0]
    return f"{fr.pluriel(len(contextes), 'figure')}, {len(toutes)} sélections : chacune est dite sous son titre"


def origine(m: Manifeste) -> str:
    """Date of the data and snapshot."""
    return f"Données au {fr.date_longue(m.date_donnees)} · instantané {m.instantane_id}"


def notes(bloc: Bloc, c: Contexte[Any], titre: str | None, adresse: str | None) -> str:
    """What the speaker has under the slide: definitions, address, snapshot; the finding when it was retitled."""
    m = c.instantane.manifeste
    retitre = [f"Titre d’origine : {bloc.titre}"] if titre and titre != bloc.titre else []
    lignes = [
        *retitre,
        f"Sélection : {bloc.sous_titre}",
        bloc.legende,
        *(f"{nom} : {texte}" for nom, texte in _definitions(bloc.definitions, c)),
        *([f"Adresse de la figure : {adresse}"] if adresse else []),
        f"Instantané : {m.instantane_id}, données au {fr.date_longue(m.date_donnees)}",
        *([f"{DEMONSTRATION}."] if m.demo else []),
    ]
    return "\n".join(fr.composer(ligne) for ligne in lignes)


def _definitions(idents: Iterable[str], c: Contexte[Any]) -> list[tuple[str, str]]:
    """Name and definition of each indicator, with its source."""
    resultat = []
    for ident in dict.fromkeys(idents):
        nom, fiche = provenance.fiche(ident, c)
        textes = dict(fiche)
        definition = textes["Définition"].rstrip(". ")
        resultat.append((nom, f"{definition}. Source : {textes['Source'].rstrip('. ')}."))
    return resultat


def methode(blocs: Sequence[tuple[Bloc, Contexte[Any]]], laissees: Sequence[str], *, cartes: bool) -> list[Paragraphe]:
    """The last slide: how to read the cells, what was left out, then every indicator of the deck."""
    c = blocs[0][1]
    m = c.instantane.manifeste
    lecture = [
        "Chaque nombre est celui du site à cette sélection : figure, tableau, CSV et classeur disent le même.",
        f"{Etat.SECRET} : {Etat.SECRET.en_mots} (moins de {m.seuil} personnes) · {Etat.NON_DISPONIBLE} : "
        f"{Etat.NON_DISPONIBLE.en_mots} · 0 : zéro compté. Un « s » ou un « nd » est un vide dans un graphique, "
        "jamais un zéro.",
        f"Les effectifs de personnes sont arrondis à {m.arrondi} près, et les heures d’un public suivent ses "
        "effectifs ; les heures et les montants des marchés sont exacts.",
        *([FONDS] if cartes else []),
        *laissees,
        f"{origine(m)}.",
    ]
    definitions = _definitions((i for bloc, _ in blocs for i in bloc.definitions), c)
    return [
        *((texte, False) for texte in lecture),
        *([(f"{nom} : ", True), (texte, False)] for nom, texte in definitions),
    ]
