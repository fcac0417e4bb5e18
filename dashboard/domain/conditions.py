"""The SQL face of a selection: a condition made of whitelisted columns and bound values.

Column names come from the table of filters and from :data:`PREFIXES` only; every value
is a bound parameter, so no text of a URL ever reaches the text of a query.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dashboard.domain.filtre import LISTES, REGARDS
from dashboard.domain.selection import REGION, Referentiel, Selection

#: Prefix of the geographic columns of the fact tables, by way of counting.
PREFIXES = {"execution": "exec", "siege": "siege", "residence": "res"}
#: Suffix of the geographic columns, by level.
SUFFIXES = {"departement": "dep", "epci": "epci", "commune": "commune"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A SQL condition (always valid, ``TRUE`` when empty) and its bound values, in order.

    What confidentiality must know of it: ``regard`` is the lens applied; ``residence`` says that the
    territory is that of the persons; ``commune`` that it is finer than the EPT or EPCI.
    """

    sql: str
    valeurs: tuple[object, ...] = ()
    regard: str | None = None
    residence: bool = False
    commune: bool = False


def colonne_territoire(geographie: str, niveau: str) -> str:
    """Column holding the code of a territory, for instance ``exec_dep``."""
    return f"{PREFIXES[geographie]}_{SUFFIXES[niveau]}"


def condition(
    selection: Selection,
    ref: Referentiel,
    *,
    sauf: Collection[str] = (),
    periode: tuple[int, int] | None = None,
    personnes: bool = False,
) -> Condition:
    """Condition of a selection on a fact table.

    ``sauf`` names the filters left out (a view never filters itself); ``periode``
    replaces the years of the selection (``sauf={"annee"}`` leaves them out);
    ``personnes`` adds the lens, which only a table of persons knows.
    """
    morceaux: list[str] = []
    valeurs: list[object] = []
    if "annee" not in sauf:
        morceaux.append("annee BETWEEN ? AND ?")
        valeurs += periode or ref.periode(selection)
    if "territoire" in sauf or selection.territoire == REGION:
        morceaux.append(f"{colonne_territoire(selection.geographie, 'departement')} IS NOT NULL")
    else:
        niveau = ref.territoires[selection.territoire].niveau
        morceaux.append(f"{colonne_territoire(selection.geographie, niveau)} = ?")
        valeurs.append(selection.territoire)
    for filtre in LISTES:
        codes = getattr(selection, filtre.attribut)
        if codes and filtre.cle not in sauf:
            morceaux.append(f"{filtre.colonne} IN ({', '.join('?' * len(codes))})")
            valeurs += codes
    regard = selection.regard if personnes and "regard" not in sauf else None
    if regard:
        morceaux.append(REGARDS[regard])
    return Condition(
        " AND ".join(morceaux) or "TRUE",
        tuple(valeurs),
        regard,
        selection.geographie == "residence",
        "territoire" not in sauf and ref.territoires[selection.territoire].niveau == "commune",
    )
