"""What the blocs of the territories have in common: what is in view, what is followed, and why there may be nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dashboard.contenu.contexte import SANS_LIGNE
from dashboard.contenu.territoires_mots import EMPECHEMENTS, SENSIBLE_COMMUNE
from dashboard.contenu.territoires_phrases import Ici, choisi, mots
from dashboard.domain import phrases
from dashboard.domain.selection import REGION
from dashboard.domain.territoire import NIVEAUX, Niveau

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.warehouse.execution import Ligne


def rangs(lignes: Sequence[Ligne]) -> list[int | None]:
    """Rank of each row, by decreasing value, the same for equal values, ``None`` without a number."""
    resultat: list[int | None] = []
    for place, li in enumerate(lignes, 1):
        egal = place > 1 and lignes[place - 2]["valeur"] == li["valeur"]
        resultat.append(None if li["valeur"] is None else resultat[-1] if egal else place)
    return resultat


def toute_la_region(c: Ici) -> bool:
    """Whether the view shows every territory of the level: it does not filter itself by the chosen one."""
    return NIVEAUX.index(cast(Niveau, c.selection.niveau)) <= NIVEAUX.index(choisi(c).niveau)


def repere(c: Ici) -> str | None:
    """The territory of the level shown that is, or holds, the chosen one."""
    t, niveau = choisi(c), c.selection.niveau
    if t.niveau == niveau:
        return t.code
    parent = {"departement": t.departement, "epci": t.epci}.get(niveau, "")
    return parent if toute_la_region(c) and parent in c.ref.territoires else None


def pourquoi_vide(c: Ici, lignes: Iterable[Ligne]) -> str | None:
    """Why there is nothing to draw, and what to do; ``None`` when there is, masked values included."""
    if c.vue.empechement:
        return EMPECHEMENTS[c.vue.empechement]
    if all(li["statut"] == "nd" or (li["statut"] == "valeur" and not li["valeur"]) for li in lignes):
        return SANS_LIGNE
    return None


def tout_masque(c: Ici, lignes: Iterable[Ligne]) -> str | None:
    """Why a view of values has none to show, when every one that exists is masked."""
    if any(li["statut"] == "valeur" for li in lignes):
        return None
    if c.vue.sensible:
        return f"{SENSIBLE_COMMUNE} : choisissez les départements, ou les EPT et EPCI."
    return "Toutes les valeurs relèvent du secret statistique (s) : choisissez un niveau moins fin ou plus d’années."


def sous_titre_region(c: Ici, quoi: str, periode: tuple[int, int] | None = None) -> str:
    """Subtitle of a view on the whole region."""
    return phrases.sous_titre(quoi, c.selection.avec(territoire=REGION), c.ref, periode or c.periode)


def protegees(c: Ici) -> bool:
    """Whether the values come from protected counts."""
    return c.protege or "personnes" in c.vue.regle.sources


def du_suivi(c: Ici) -> bool:
    """Whether the values come from the follow-up rather than from the contracts published."""
    return "marches" not in c.vue.regle.sources


def avec_couverture(c: Ici) -> bool:
    """Whether the coverage of the collection stands beside the value."""
    return c.vue.regle.collecte and not c.residence


def definitions(c: Ici) -> tuple[str, ...]:
    """Indicators that explain the views of the chosen one."""
    return (mots(c).ident, *(("couverture",) if avec_couverture(c) else ()))
