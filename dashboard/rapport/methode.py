"""The method box of a sheet: where its numbers come from, how they are rounded, what is masked, who is similar.

Boundary: sentences about the numbers; the numbers themselves are elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.contenu.contexte import SOURCE_DECP, SOURCE_SUIVI
from dashboard.domain import francais as fr
from dashboard.rapport.similaires import COMBIEN, MESURES
from dashboard.warehouse.acheteurs_mesures import PLANCHER
from dashboard.warehouse.vue_ensemble import HEURES_ETP

if TYPE_CHECKING:
    from dashboard.rapport.lecture import Lu

DEMONSTRATION = "Chiffres synthétiques, calés sur les totaux publiés. Ne pas citer."


def lignes(lu: Lu) -> list[tuple[str, str]]:
    """The lines of the box: a heading, then its text."""
    m, couverture = lu.vue.instantane.manifeste, lu.vue.vue.couverture
    suivi = lu.vue.ref.a_suivi
    sources = f"{SOURCE_SUIVI} (heures, bénéficiaires, projets) ; {SOURCE_DECP} (achats)" if suivi else SOURCE_DECP
    textes = [("Sources", f"{sources[0].upper()}{sources[1:]}, arrêtés au {fr.date_longue(m.date_donnees)}.")]
    if couverture is not None:
        textes.append(("Couverture", f"{fr.pourcent(couverture)} des lots en cours sur la période déclarent des "
                                     f"heures ; sous {fr.pourcent(0.7)}, les heures sont sous-estimées."))  # fmt: skip
    if suivi:
        textes += _personnes(m.seuil, m.arrondi)
    textes.append(("Lieu", "Heures et marchés sont comptés là où ils sont exécutés, non au siège de l’acheteur."))
    textes.append(("Achats", f"Parts dites à partir de {PLANCHER} marchés dont le format a un champ social ; "
                             "montants hors accords-cadres."))  # fmt: skip
    if lu.voisins:
        textes.append(("Territoires proches", proches()))
    return [(titre, fr.composer(texte)) for titre, texte in textes]


def _personnes(seuil: int, arrondi: int) -> list[tuple[str, str]]:
    return [
        ("Personnes", f"Comptées une fois chacune ; effectifs arrondis à {arrondi} près, masqués sous {seuil} "
                      "(s : secret statistique) ; parts sur 20 personnes au moins."),
        ("Lectures", f"0 est un vrai zéro, nd : non disponible. ETP : {fr.nombre(HEURES_ETP)} heures par an. "
                     "BTP : gros œuvre, second œuvre, travaux publics."),
    ]  # fmt: skip


def proches() -> str:
    """How the similar territories are chosen."""
    return (
        f"Les {COMBIEN} territoires de même niveau dont l’écart est le plus faible sur quatre mesures de même poids : "
        f"{fr.liste(MESURES)} (les trois premières comparées en rapports)."
    )
