"""What an object is compared with: lots of the same trade and size, programmes, operations of the programme."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.contenu.projets_mots import Ici, bloc, mesures, programme, programme_court, rond
from dashboard.contenu.tableau import Bloc, Colonne, Tableau, tableau
from dashboard.domain import francais as fr

if TYPE_CHECKING:
    from dashboard.warehouse.connexion import Instantane

IDENT = "fiche-projet-comparables"
QUESTION = "À quoi ce projet se compare-t-il ?"
SANS_COMPARABLE = "Aucun lot comparable terminé : même secteur et heures dues de même ordre."
DE_LOTS = (
    Colonne("lot", "Lot"), Colonne("objet", "Objet"), Colonne("programme", "Programme"),
    Colonne("heures_dues", "Heures dues", "entier"), Colonne("realisees", "Heures réalisées", "entier"),
    Colonne("part", "Réalisé / dû", "part"),
)  # fmt: skip
DE_GROUPES = (
    Colonne("projet", "Projet"), Colonne("lots", "Lots", "entier"),
    Colonne("heures_dues", "Heures dues", "entier"), Colonne("finales", "Heures à la fin", "entier"),
    Colonne("part", "À la fin / dû", "part"),
)  # fmt: skip


def position(c: Ici) -> float | None:
    """Final hours over due of the object itself: projected, or realised when finished."""
    li = c.vue.lot
    if li is None:
        parts = mesures(c).bilan.parts_finales
        return parts[1] if parts else None
    if not li["heures_dues"]:
        return None
    return float((li["projetees"] if li["projetees"] is not None else li["realisees"]) / li["heures_dues"])


def nom_comparable(c: Ici, code: str) -> str:
    """Name of what a programme or an operation is compared with; its code too when others have the same name."""
    if c.vue.cible.genre == "programme":
        return programme_court(c, code)
    nom = str(c.ref.listes.get("operation", {}).get(code, code))
    return f"{nom} ({code})" if nom in _homonymes(c.instantane) else nom


@lru_cache(maxsize=4)
def _homonymes(instantane: Instantane) -> frozenset[str]:
    """Names that several operations have."""
    combien = Counter(instantane.referentiel.listes.get("operation", {}).values())
    return frozenset(nom for nom, fois in combien.items() if fois > 1)


def _titre(c: Ici, soi: float | None) -> str:
    devant = c.vue.comparables.au_moins(soi) if soi is not None else None
    if soi is None or devant is None:
        return QUESTION
    if c.vue.lot is not None:
        return f"{fr.pourcent(devant)} des lots comparables terminés ont fait au moins autant"
    autres = [li for li in c.vue.comparables.lignes if li["code"] != c.vue.cible.code]
    if len(autres) < 2:
        return QUESTION
    quoi = "programmes" if c.vue.cible.genre == "programme" else "opérations du programme"
    mieux = sum(li["part"] > soi for li in autres)
    aucun = "Aucun" if c.vue.cible.genre == "programme" else "Aucune"
    return f"{mieux or aucun} des {len(autres)} autres {quoi} {'ferait' if mieux < 2 else 'feraient'} mieux"


def _des_lots(c: Ici) -> tuple[str, Tableau]:
    lus, dues = c.vue.comparables, c.vue.lot["heures_dues"]
    lignes = [
        (li["marche_id"], li["objet"] or "nd", programme(c, li["programme"]), li["heures_dues"], li["realisees"],
         li["part"])
        for li in lus.lignes
    ]  # fmt: skip
    quoi = "Lots terminés du même secteur"
    if lus.facteur:
        quoi += f", de {rond(dues / lus.facteur)} à {rond(dues * lus.facteur)} heures dues"
    return quoi, tableau(DE_LOTS, lignes)


def _des_groupes(c: Ici) -> tuple[str, Tableau]:
    lignes = [
        (nom_comparable(c, li["code"]), float(li["lots"]), li["dues"], li["finales"], li["part"])
        for li in c.vue.comparables.lignes
    ]
    return "Heures attendues à la fin en part des heures dues", tableau(DE_GROUPES, lignes)


def comparables(c: Ici) -> Bloc:
    """Comparable lots, programmes or operations, by what they do of their due hours."""
    if c.vue.cible is None:
        return bloc(c, IDENT, QUESTION, "Comparables", tableau((), ()), "projets_comparables")
    quoi, contenu = _des_lots(c) if c.vue.lot is not None else _des_groupes(c)
    pourquoi = None if contenu.lignes else SANS_COMPARABLE
    return bloc(c, IDENT, _titre(c, position(c)), quoi, contenu, "projets_comparables", pourquoi=pourquoi)
