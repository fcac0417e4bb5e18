"""The SPASER: which buyers reach the yearly amount that makes it compulsory, and one buyer year by year.

The obligation is measured on what is spent; the DECP only say what is notified, and frameworks a maximum: both
amounts are shown, never added without saying so. Boundary: words and tables, no drawing.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.contenu.acheteurs_parts import Ici, sans_annee
from dashboard.contenu.contexte import SANS_LIGNE, SANS_RESIDENCE
from dashboard.contenu.tableau import Bloc, Colonne, cellule, tableau
from dashboard.domain import francais as fr

if TYPE_CHECKING:
    from dashboard.contenu.tableau import Cellule

MAXIMA = Colonne("maxima", "Maxima des accords-cadres (€ HT)", "entier")
#: The words of the acronym, as the law writes them (Code de la commande publique, L2111-3).
SPASER = "Schéma de promotion des achats publics socialement et écologiquement responsables"
POSITION = Colonne("position", "Au regard du seuil")


def seuil(c: Ici, annee: int) -> float | None:
    """Yearly amount in force at the end of a year, in euros."""
    jour = date(annee, 12, 31)
    regles = [r for r in c.vue.regles if r.cle == "spaser"]
    return next((r.valeur for r in regles if (not r.debut or r.debut <= jour) and (not r.fin or jour <= r.fin)), None)


def position(depense: float, maxima: float, limite: float | None) -> str:
    """Above the amount by itself, only with the maximum amounts of the frameworks, or under it."""
    if limite is None:
        return "seuil inconnu"
    if depense >= limite:
        return "au-dessus"
    return "au-dessus avec les accords-cadres seulement" if depense + maxima >= limite else "en dessous"


def spaser(c: Ici) -> Bloc:
    """Buyers whose contracts of the last year of the period reach the amount."""
    annee = c.periode[1]
    colonnes = [
        Colonne("acheteur", "Acheteur"),
        Colonne("montant", f"Montant notifié en {annee}, hors accords-cadres (€ HT)", "entier"), MAXIMA, POSITION,
    ]  # fmt: skip
    lignes: list[list[Cellule]] = [
        [c.libelle("acheteur", li["acheteur"]), round(li["depense"]), round(li["maxima"]),
         position(li["depense"], li["maxima"], li["seuil"])]
        for li in c.vue.spaser
    ]  # fmt: skip
    montant = f"{en_millions(seuil(c, annee))} en {annee}"
    fermes = sum(li["depense"] >= li["seuil"] for li in c.vue.spaser)
    titre = f"SPASER : aucun acheteur ne notifie plus de {montant}, hors accords-cadres"
    if fermes:
        titre = f"SPASER : {fr.pluriel(fermes, 'acheteur notifie', 'acheteurs notifient')} plus de {montant}"
    quoi = f"{SPASER} : acheteurs dont les marchés atteignent {montant}, tous lieux et secteurs"
    absent = None if lignes else f"Aucun acheteur de cette sélection n’atteint {montant}."
    return sans_annee(c).bloc("acheteurs-spaser", titre, quoi, tableau(colonnes, lignes), suivi=False,
                              vide=SANS_RESIDENCE if c.residence else absent,
                              definitions=("achats_spaser", "achats_montant"))  # fmt: skip


def spaser_annees(c: Ici) -> Bloc:
    """One buyer, year by year, against the amount in force; the last complete year in the title."""
    colonnes = [
        Colonne("annee", "Année"), Colonne("montant", "Montant notifié, hors accords-cadres (€ HT)", "entier"), MAXIMA,
        Colonne("seuil", "Seuil de l’année (€ HT)", "entier"), POSITION,
    ]  # fmt: skip
    lignes: list[list[Cellule]] = [
        [str(a), round(m.depense), round(m.maxima), cellule(seuil(c, a)), position(m.depense, m.maxima, seuil(c, a))]
        for a, m in reversed(c.vue.annees.items())
    ]
    annee = max((a for a in c.vue.annees if a <= c.ref.defaut), default=None)
    titre = "SPASER : montants notifiés, année par année"
    if annee is not None and (limite := seuil(c, annee)) is not None:
        m = c.vue.annees[annee]
        notifie = f"{fr.euros(m.depense)} notifiés en {annee}"
        titre = f"SPASER : {notifie}, {position(m.depense, m.maxima, limite)} du seuil de {en_millions(limite)}"
        titre = titre.replace("seulement du seuil", "seulement : seuil")
    quoi = f"Montants notifiés par année, au regard du seuil du {fr.minuscule(SPASER)}"
    return c.bloc("fiche-acheteur-spaser", titre, quoi, tableau(colonnes, lignes), suivi=False,
                  vide=None if lignes else SANS_LIGNE, definitions=("achats_spaser", "achats_montant"))  # fmt: skip


def en_millions(montant: float | None) -> str:
    """« 50 M€ HT »."""
    return "seuil inconnu" if montant is None else f"{fr.nombre(montant / 1e6)} M€ HT"
