"""« Combien d’heures prévoir ? »: the sentence of the result and the list of the blocs of the page."""

from __future__ import annotations

from dashboard.contenu import calculateur_formule as formule
from dashboard.contenu import calculateur_lots as lots
from dashboard.contenu.calculateur_formule import Ici, en_h, euros, heures_en_mots, personnes_en_mots, pour_cent
from dashboard.contenu.page import PageContenu
from dashboard.domain import francais as fr
from dashboard.domain.calcul import HEURES_ETP, HEURES_PERSONNE
from dashboard.domain.phrases import Morceau
from dashboard.warehouse import calculateur

#: Filters that mean nothing here: comparable lots are narrowed by sector and territory only.
SANS = ("annee", "lieu", "acheteur", "programme", "clause", "achat", "regard")


def phrase(c: Ici) -> list[Morceau]:
    """The result, and how it was computed, in one sentence."""
    h = c.vue.hypotheses
    if h is None:
        return [Morceau(f"Aucun calcul : {fr.minuscule(c.vue.erreur or '')}")]
    donne = "ne donne" if not h.heures else "donne"
    debut = (
        f"Pour un marché de {euros(h.montant)} HT dont {pour_cent(h.part)} de main-d’œuvre, "
        f"à {euros(h.cout)} de l’heure, un taux d’insertion de {pour_cent(h.taux)} {donne} "
    )
    morceaux = [Morceau(debut), Morceau(f"{heures_en_mots(h.heures)} d’insertion", True)]
    if not h.heures:
        return [*morceaux, Morceau(".")]
    suite = (
        f", soit {fr.nombre(h.etp, 2 if h.etp < 10 else 0)} ETP (base {en_h(HEURES_ETP)}) ou {personnes_en_mots(h)} "
        f"pendant un an ({en_h(HEURES_PERSONNE)} par personne, ordre de grandeur)."
    )
    return [*morceaux, Morceau(suite)]


PAGE = PageContenu(
    "calculateur",
    calculateur.lire,
    {
        "calculateur-resultat": formule.resultat,
        "calculateur-comparables": lots.comparables,
        "calculateur-sensibilite": formule.sensibilite,
        "calculateur-tranche": formule.tranche,
        "calculateur-metiers": formule.par_metier,
        "calculateur-reperes": lots.reperes,
        "calculateur-ratio": lots.pour_100k,
        "calculateur-faisabilite": formule.faisabilite,
        "calculateur-lots": lots.proches,
    },
    phrase,
    sans=SANS,
)
