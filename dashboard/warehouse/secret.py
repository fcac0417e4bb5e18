"""Statistical confidentiality: the one door between person-level tables and the rest.

Every query on persons is a file of ``sql/lecture_personnes``, whose result carries a
true count named ``effectif`` (and, where asked, hours in ``heures``). Only this module
reads that folder, and it returns published values only: a count from 1 to 4 is masked,
and so are its hours (``statut = 's'``).
Source of the rule: INSEE practice for social files, dossier §6; design note on confidentiality.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.warehouse.execution import Ligne, lignes
from dashboard.warehouse.fichiers_sql import texte

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from dashboard.domain.conditions import Condition

#: A count of persons strictly under this is not published.
SEUIL = 5
#: A share needs a published denominator at least equal to this.
DENOMINATEUR_MIN = 20
#: A mean per person needs a published count at least equal to this.
MOYENNE_MIN = 10

DOSSIER = "lecture_personnes"

#: What leaves: the count, or NULL with the status 's'; hours follow the count.
_PUBLIE = """
SELECT * REPLACE (CASE WHEN effectif BETWEEN 1 AND {m} THEN NULL ELSE effectif END AS effectif,
                  CASE WHEN effectif BETWEEN 1 AND {m} THEN NULL ELSE heures END AS heures),
       CASE WHEN effectif BETWEEN 1 AND {m} THEN 's' ELSE 'valeur' END AS statut
FROM ({sql})
"""


def personnes(
    curseur: duckdb.DuckDBPyConnection, nom: str, condition: Condition, colonnes: Mapping[str, str] | None = None
) -> list[Ligne]:
    """Run ``sql/lecture_personnes/<nom>.sql`` under a condition and return protected rows.

    ``colonnes`` fills the whitelisted placeholders of the file (names of columns, never
    values). Each row has the file's grouping columns, ``effectif``, ``heures`` (``None`` when
    masked) and ``statut`` (``valeur`` or ``s``).
    """
    sql = texte(DOSSIER, nom).format(condition=condition.sql, **(colonnes or {}))
    return lignes(curseur, _PUBLIE.format(sql=sql, m=SEUIL - 1), condition.valeurs)


def part(numerateur: float | None, denominateur: float | None) -> float | None:
    """Share from two published counts; ``None`` when either is masked or the denominator is under 20."""
    if numerateur is None or denominateur is None or denominateur < DENOMINATEUR_MIN:
        return None
    return float(numerateur) / denominateur
