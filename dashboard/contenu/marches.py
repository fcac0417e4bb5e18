"""« Les marchés de la sélection »: the contracts and followed lots behind a page, one a row, to be taken away.

Not a page: a table too long for one (tens of thousands of rows), offered by the pages that count contracts or lots.
A holder is said by the SIRET that the DECP publish, as on the sheet of a lot; never by a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.contenu.contexte import SANS_LIGNE, SANS_REGARD, SANS_RESIDENCE, SOURCE_DECP, Contexte
from dashboard.contenu.flux import LOT, Flux
from dashboard.contenu.tableau import Bloc, Colonne, tableau
from dashboard.domain import francais as fr
from dashboard.domain.filtre import FILTRES
from dashboard.domain.selection import Selection
from dashboard.warehouse import marches
from dashboard.warehouse.projets_lecteur import ENSEMBLE, HORS

if TYPE_CHECKING:
    from dashboard.contenu.page import PageContenu
    from dashboard.warehouse.connexion import Instantane

Ici = Contexte[marches.Marches]

IDENT = "marches"

#: In the order of ``marches_lignes.sql``.
COLONNES = (
    Colonne("identifiant", "Identifiant du lot ou du marché"),
    Colonne("uid", "Identifiant DECP (uid)"),
    Colonne("acheteur", "Acheteur"),
    Colonne("acheteur_siret", "SIRET de l’acheteur"),
    Colonne("objet", "Objet"),
    Colonne("cpv", "Code CPV"),
    Colonne("secteur", "Secteur"),
    Colonne("type_achat", "Type d’achat"),
    Colonne("type_clause", "Type de clause"),
    Colonne("programme", "Programme"),
    Colonne("montant", "Montant (€ HT)", "montant"),
    Colonne("date_notification", "Date de notification", "jour"),
    Colonne("duree_mois", "Durée (mois)", "decimal"),
    Colonne("titulaire_siret", "SIRET du titulaire (mandataire, DECP)"),
    Colonne("departement", "Code du département d’exécution"),
    Colonne("departement_nom", "Département d’exécution"),
    Colonne("epci", "Code de l’EPT ou EPCI d’exécution"),
    Colonne("epci_nom", "EPT ou EPCI d’exécution"),
    Colonne("commune", "Code de la commune d’exécution"),
    Colonne("commune_nom", "Commune d’exécution"),
    Colonne("heures_engagees", "Heures engagées", "entier"),
    Colonne("heures_dues", "Heures dues", "entier"),
    Colonne("heures_realisees", "Heures réalisées", "entier"),
    Colonne("etat", "État du lot"),
    Colonne("rapprochement", "Rapprochement du lot avec les DECP"),
    Colonne("score", "Score du rapprochement", "part"),
    Colonne("source", "Source"),
)
DEFINITIONS = (
    "marches_notifies", "marches_clause", "heures_dues", "projets_realisees", "etat_lot", "projets_rapprochement",
)  # fmt: skip
PAR_LOT = (
    "Une ligne par lot suivi, ou par marché publié sans suivi : le montant est celui du lot ; sans suivi, les heures, "
    "l’état et le rapprochement ne sont pas disponibles (nd)."
)
TITULAIRE = "Le titulaire est le mandataire publié par les DECP ; un lot sans marché publié n’en a pas (nd)."
IDENTIFIANTS = (
    "Les SIRET et les codes sont des textes : le classeur XLSX les garde entiers, un tableur peut abréger ceux du CSV."
)

#: Pages whose subject is contracts or lots, or hours of lots, as their filters select them.
PAGES_DE_MARCHES = frozenset({"vue-ensemble", "territoires", "heures", "acheteurs", "projets"})


def contexte(instantane: Instantane, selection: Selection) -> Ici:
    """The numbers of the filters of a selection."""
    retenue = filtres(selection)
    return Contexte(instantane, retenue, marches.lire(instantane, retenue))


def flux(c: Ici) -> Flux:
    """The table: its words, its number of rows, its batches."""
    v = c.vue
    return Flux(_bloc(c), v.lignes, lambda: marches.lots(c.instantane, c.selection, LOT), _notes(c))


def _bloc(c: Ici) -> Bloc:
    v = c.vue
    tous = fr.pluriel(v.lignes, "marché ou lot notifié", "marchés et lots notifiés")
    suivis = fr.pluriel(v.suivis, "lot suivi", "lots suivis")
    titre = f"{tous}, dont {suivis}" if 0 < v.suivis < v.lignes else suivis if v.suivis else tous
    legende = c.legende().replace("Source : ", f"Source : {SOURCE_DECP} ; ", 1)
    sous_titre = c.sous_titre("Marchés et lots, un par ligne")
    return Bloc(IDENT, titre, sous_titre, legende, tableau(COLONNES, []), _vide(c), DEFINITIONS)


def _vide(c: Ici) -> str | None:
    if c.residence:
        return SANS_RESIDENCE
    if c.selection.regard:
        return SANS_REGARD
    return None if c.vue.lignes else SANS_LIGNE


def _notes(c: Ici) -> tuple[str, ...]:
    """What a row is, what is left out and why."""
    v, vide = c.vue, _vide(c)
    textes = [vide] if vide else [PAR_LOT, TITULAIRE]
    if v.ensemble:
        combien = fr.pluriel(v.ensemble, "marché ou lot", "marchés et lots")
        textes.append(
            f"Comptés ici sans être listés : {combien} de maîtres d’ouvrage dont la source demande une publication "
            "d’ensemble."
        )
    if v.sans_date or v.sans_lieu:
        textes.append(
            f"Hors de toute sélection : {fr.pluriel(v.sans_date, 'marché ou lot', 'marchés et lots')} sans date de "
            f"notification, {fr.pluriel(v.sans_lieu, 'autre', 'autres')} sans lieu connu."
        )
    return tuple(fr.composer(t) for t in (*textes, IDENTIFIANTS))


@dataclass(frozen=True, slots=True)
class Emport:
    """What a page offers: its words, the selection of the rows, how many they are."""

    titre: str
    selection: Selection
    nombre: int


def a_emporter(page: PageContenu, c: Contexte[Any]) -> Emport | None:
    """The contracts a page may offer; ``None`` where it means nothing or there is none.

    Where the page has no period or no programme of its own, the selection says what the page looks at.
    """
    titre, selection = _offre(page, c)
    nombre = marches.compter(c.instantane, selection) if selection else 0
    return Emport(titre, selection, nombre) if selection and nombre else None


def _offre(page: PageContenu, c: Contexte[Any]) -> tuple[str, Selection | None]:
    s, objet = c.selection, c.selection.objet or ""
    if page.fiche == "acheteur" and objet in c.ref.listes.get("acheteur", {}):
        return "Les marchés de cet acheteur", Selection(annees=c.ref.annees, acheteurs=(objet,))
    programmes = c.ref.listes.get("programme", {})
    if page.fiche == "operation" and objet in programmes:
        return "Les marchés de ce programme", Selection(annees=c.ref.annees, programmes=(objet,))
    if page.nom not in PAGES_DE_MARCHES or c.protege:
        return "", None
    if page.nom == "projets" and not s.programmes:
        s = s.avec(programmes=tuple(code for code in programmes if code not in (HORS, ENSEMBLE)))
    return "Les marchés de la sélection", filtres(s.avec(annees=c.ref.annees) if "annee" in page.sans else s)


def filtres(s: Selection) -> Selection:
    """The filters of a selection, without the settings of the views nor the object of a sheet: no row obeys them."""
    return Selection(**{f.attribut: getattr(s, f.attribut) for f in FILTRES})
