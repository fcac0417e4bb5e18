"""« D’où vient ce chiffre ? »: definition, unit, rule, query, sources and snapshot of an indicator, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.contenu.contexte import Contexte
from dashboard.contenu.resume import indicateur
from dashboard.domain import francais as fr

if TYPE_CHECKING:
    from dashboard.domain.indicateur import Indicateur

ADDITIVITES = {
    "somme": "s’additionne dans le temps et dans l’espace",
    "distinct": "personnes différentes : ne s’additionne pas d’une année ou d’un territoire à l’autre",
    "rapport": "rapport : ne s’additionne pas, se recalcule",
}
SECRETS = {
    "aucun": "donnée de marché, publiée exacte",
    "effectif": "effectifs arrondis à 5 près, moins de 5 masqués (s), parts sur 20 personnes au moins",
}


def fiche(ident: str, contexte: Contexte[Any]) -> tuple[str, list[tuple[str, str]]]:
    """Name of an indicator and its lines (heading, text)."""
    i = indicateur(ident)
    return i.libelle, [*_lignes(i), *_instantane(contexte)]


def _lignes(i: Indicateur) -> list[tuple[str, str]]:
    return [
        ("Définition", fr.composer(i.definition)),
        ("Unité", f"{i.unite} ; {ADDITIVITES[i.additivite]}"),
        ("Confidentialité", SECRETS[i.secret]),
        ("Source", i.source),
        ("Requête", i.sql),
    ]


def _instantane(c: Contexte[Any]) -> list[tuple[str, str]]:
    m = c.instantane.manifeste
    couverture = c.vue.couverture
    lignes = [("Couverture", f"{fr.pourcent(couverture)} des lots en cours déclarent des heures")] if couverture else []
    return [*lignes, ("Instantané", f"{m.instantane_id}, données au {fr.date_longue(m.date_donnees)}")]
