"""The sheet of a programme, of an operation or of a lot: the same blocs at three grains."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.contenu import fiche_projet_lot as du_lot
from dashboard.contenu.fiche_projet_comparables import comparables
from dashboard.contenu.page import PageContenu
from dashboard.contenu.projets import bilan_en_phrase
from dashboard.contenu.projets_etats import etats as bloc_etats
from dashboard.contenu.projets_etats import lots as bloc_lots
from dashboard.contenu.projets_etats import titre_etats
from dashboard.contenu.projets_lignes import courbe as bloc_courbe
from dashboard.contenu.projets_marches import publics as bloc_publics
from dashboard.contenu.projets_marches import rapprochement as bloc_rapprochement
from dashboard.contenu.projets_mots import Ici, bloc, etat, fin, fourchette, mesures, note, rond, vide
from dashboard.contenu.tableau import Bloc, Tableau
from dashboard.domain import francais as fr
from dashboard.domain.phrases import Morceau
from dashboard.warehouse import projets, projets_fiche

if TYPE_CHECKING:
    from dashboard.warehouse.chiffres import ChiffreCle

SANS_PERSONNE = (
    "Aucune donnée sur des personnes n’est publiée pour une opération ou un lot : on ne descend pas sous le programme."
)
SANS_PROCHE = "Aucun marché publié de cet acheteur n’a un objet, une date ou un titulaire proches."


def phrase(c: Ici) -> list[Morceau]:
    """What it is, where it stands, where it goes."""
    cible = c.vue.cible
    if cible is None:
        return [Morceau(vide(c) or c.vue.introuvable)]
    li = c.vue.lot
    if li is None:
        return [Morceau(cible.nom, True), Morceau(f" : {fr.minuscule(titre_etats(c))}."), *bilan_en_phrase(c)]
    mots = fr.minuscule(etat(c, li["etat"]))
    debut = [Morceau(f"Lot {cible.code}", True), Morceau(f" ({cible.nom}) : "), Morceau(mots, True)]
    suite = f", {du_lot.avancement(li)} {fin(c)}"
    projection = du_lot.bornes(li)
    if projection is not None and li["heures_dues"]:
        suite += f" ; {fourchette(projection)} attendues à la fin pour {rond(li['heures_dues'])} dues"
    return [*debut, Morceau(f"{suite}.")]


def chiffres(c: Ici) -> list[ChiffreCle]:
    """The key figures, in order; a share of finished lots means nothing for one lot."""
    if c.vue.cible is None:
        return []
    sauf = {"projets_atteints", "projets_couverture"} if c.vue.lot is not None else set()
    gardes = [ident for ident in projets.CHIFFRES if ident not in sauf]
    return [replace(c.vue.chiffres[ident], note=_note(c, ident)) for ident in gardes]


def _note(c: Ici, ident: str) -> str:
    """What stands under a key figure; a lot keeps its own interval, and is alone."""
    li, b = c.vue.lot, mesures(c).bilan
    if li is None:
        return note(ident, b)
    projection = du_lot.bornes(li)
    notes = {
        "projets_dues": "suivent les faits" if li["due_mobile"] else "fixées par le contrat",
        "projets_restantes": f"{fr.pourcent(max(0.0, 1 - b.part))} des heures dues" if b.part is not None else "",
        "projets_finales": fourchette(projection) if projection else "lot terminé ou sans projection",
    }
    return notes.get(ident, note(ident, b))


def situation(c: Ici) -> Bloc:
    """The state: in plain words for a lot, counted for a programme or an operation."""
    ident, li = "fiche-projet-etat", c.vue.lot
    if li is None:
        return bloc_etats(c, ident)
    titre = f"{etat(c, li['etat'])} : {du_lot.avancement(li)}"
    return bloc(
        c,
        ident,
        titre,
        "Ce que dit le suivi d’exécution du lot",
        du_lot.table_etat(c, li),
        "projets_etat",
        "projets_dues",
    )


def courbe(c: Ici) -> Bloc:
    """The S-curve."""
    return bloc_courbe(c, "fiche-projet-courbe")


def lots(c: Ici) -> Bloc:
    """The lots of the programme or of the operation; for a lot, those of its operation."""
    ecrit = bloc_lots(c, "fiche-projet-lots")
    if c.vue.lot is None or vide(c):
        return ecrit
    nombre = len(mesures(c).lots)
    titre = "Le seul lot de son opération" if nombre < 2 else f"Les {nombre} lots de l’opération"
    return Bloc(
        ecrit.ident, titre, f"Un lot par ligne, {fin(c)}", ecrit.legende, ecrit.tableau, ecrit.vide, ecrit.definitions
    )


# --- contract ---------------------------------------------------------------------------------------------


def marche(c: Ici) -> Bloc:
    """The published contract of a lot, with its score; how the lots of a programme or operation are joined."""
    ident, li = "fiche-projet-marche", c.vue.lot
    if li is None:
        return bloc_rapprochement(c, ident)
    contenu: Tableau = du_lot.table_contrat(c)
    k = c.vue.contrat
    if k.publie is not None:
        sur = "sûrement" if li["rapprochement"] == "exact" else "probablement"
        titre = f"Le lot est {sur} rattaché à un marché publié"
    elif k.candidats:
        titre = f"{fr.pluriel(len(k.candidats), 'marché')} publié{'s' if len(k.candidats) > 1 else ''} à confirmer"
    else:
        titre = "Aucun marché publié ne correspond à ce lot"
    pourquoi = None if contenu.lignes else SANS_PROCHE
    quoi = "Données essentielles de la commande publique"
    return bloc(c, ident, titre, quoi, contenu, "projets_rapprochement", pourquoi=pourquoi)


def publics(c: Ici) -> Bloc:
    """Persons of the programme; nothing for an operation nor a lot."""
    fin_ = c.vue.cible is not None and c.vue.cible.genre != "programme"
    return bloc_publics(c, "fiche-projet-publics", SANS_PERSONNE if fin_ else None)


PAGE = PageContenu(
    "fiche-projet",
    projets_fiche.lire,
    {
        "fiche-projet-etat": situation,
        "fiche-projet-courbe": courbe,
        "fiche-projet-comparables": comparables,
        "fiche-projet-marche": marche,
        "fiche-projet-lots": lots,
        "fiche-projet-publics": publics,
    },
    phrase,
    chiffres,
    fiche="operation",
)
