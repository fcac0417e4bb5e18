"""Statistical confidentiality: the one door between person-level tables and the rest.

Every query on persons is a file of ``sql/lecture_personnes``; only this module reads that folder.
A file returns the true count of distinct persons (``effectif``), the sum of their record keys
(``cle``) and hours (``heures``); its fourth header line names the personal attributes it crosses.
What leaves is published: counts perturbed by the cell key method and masked under the threshold,
hours scaled with a margin of their own, sensitive criteria never crossed.
Source of the rule: design note on confidentiality; ONS and ABS cell key method; INSEE practice (dossier §6).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.domain.filtre import REGARDS_SENSIBLES
from dashboard.warehouse.execution import Ligne, lignes
from dashboard.warehouse.fichiers_sql import texte

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from dashboard.domain.conditions import Condition

#: A count of persons strictly under this is not published.
SEUIL = 5
#: Published counts are multiples of this.
ARRONDI = 5
#: Keys of the cells: the sum of the record keys modulo this.
CLES = 256
#: Published hours of a cell of persons are multiples of this many hours.
ARRONDI_HEURES = 10
#: Hours carry a noise of their own, of at most this many persons.
MARGE = 2.5
#: A share needs a published denominator at least equal to this.
DENOMINATEUR_MIN = 20
#: A mean per person needs a published count at least equal to this.
MOYENNE_MIN = 10
#: A cell about firms needs this many firms, none of them above this share.
FIRMES_MIN = 3
PART_FIRME_MAX = 0.85
#: Criteria that are sensitive data (health: RGPD art. 9; justice: art. 10).
PUBLICS_SENSIBLES = frozenset({"rqth", "ass_aah_ai", "justice"})
#: Dimensions of a row that are not attributes of a person, though its ``code`` is named among the crossed columns.
DIMENSIONS_MARCHE = frozenset(
    {"total", "annee", "mois", "territoire", "secteur", "achat", "clause", "programme", "categorie"}
)

DOSSIER = "lecture_personnes"

#: The cell key method next to the aggregation: threshold, perturbation read in the p-table, hours with a margin of
#: their own (± MARGE persons, drawn from the cell): scaled by the published count alone, the hours of women and of men
#: set against the exact total would give the true counts back. A cell without key or outside the p-table is masked.
#: Rows of a p-table repeat with the rounding base: a count over the threshold is looked up by its remainder.
PUBLIE = f"""
WITH brut AS (SELECT *, row_number() OVER () AS rang FROM ({{sql}})),
perturbe AS (
    SELECT brut.*, effectif + p.pvalue AS publie,
           {MARGE} * (md5_number_lower(concat(effectif, '|', brut.cle % {CLES})) % 2001 / 1000 - 1) AS marge
    FROM brut LEFT JOIN ptable p
      ON p.ckey = brut.cle % {CLES}
     AND p.pcv = CASE WHEN effectif < {SEUIL} THEN effectif ELSE {SEUIL} + effectif % {ARRONDI} END
)
SELECT * EXCLUDE (cle, rang, publie, marge) REPLACE (
         CASE WHEN effectif = 0 THEN 0 WHEN publie >= {SEUIL} THEN publie END AS effectif,
         CASE WHEN effectif = 0 THEN heures WHEN publie >= {SEUIL}
              THEN round(heures * (publie + marge) / effectif / {ARRONDI_HEURES}) * {ARRONDI_HEURES} END AS heures),
       CASE WHEN effectif = 0 OR publie >= {SEUIL} THEN 'valeur' ELSE 's' END AS statut
FROM perturbe ORDER BY rang
"""  # noqa: S608 - constants of this module


def personnes(
    curseur: duckdb.DuckDBPyConnection, nom: str, condition: Condition, colonnes: Mapping[str, str] | None = None
) -> list[Ligne]:
    """Run ``sql/lecture_personnes/<nom>.sql`` under a condition and return protected rows.

    ``colonnes`` fills the whitelisted placeholders of the file (names of columns, never values).
    Each row has the file's grouping columns, ``effectif`` (a multiple of 5), ``heures`` (a multiple
    of 10 h), its means, and ``statut``: ``valeur``, or ``s`` with every number ``None``. A row without
    any personal attribute has no hours: they are administrative data, exact in ``activite``, and the two
    side by side would give the true count back.
    """
    remplacements = dict(colonnes or {})
    sql = texte(DOSSIER, nom).format(condition=condition.sql, **remplacements)
    commune = condition.commune or any(c.endswith("_commune") for c in remplacements.values())
    croises, demandes = attributs(nom), [c for c in remplacements.values() if c in PUBLICS_SENSIBLES]
    nue = condition.regard is None and not condition.residence
    publiees = []
    for ligne in lignes(curseur, PUBLIE.format(sql=sql), condition.valeurs):
        personnels = [*_personnels(ligne, croises), *demandes]
        interdite = _interdite(personnels, condition, commune=commune)
        publiees.append(_publier(ligne, personnels, interdite=interdite, nue=nue))
    return publiees


@lru_cache
def attributs(nom: str) -> tuple[str, ...]:
    """Personal attributes among the columns of a file, from its header line ``-- Crosses: …``.

    Raises ``ValueError`` when the line is missing: a file that does not say what it crosses is not run.
    """
    for ligne in texte(DOSSIER, nom).splitlines():
        if ligne.startswith("-- Crosses:"):
            dites = ligne.removeprefix("-- Crosses:").strip().rstrip(".")
            return () if dites == "nothing" else tuple(c.strip() for c in dites.split(","))
    raise ValueError(f"sql/{DOSSIER}/{nom}.sql ne dit pas quels attributs il croise (« -- Crosses: … »).")


def _personnels(ligne: Ligne, croises: tuple[str, ...]) -> list[object]:
    """Values of the personal attributes that a row crosses."""
    marche = ligne.get("dimension") in DIMENSIONS_MARCHE
    valeurs = [c if c in PUBLICS_SENSIBLES and ligne[c] else ligne[c] for c in croises if not (marche and c == "code")]
    return [v for v in valeurs if v is not None and v != "tous"]


def _interdite(personnels: list[object], condition: Condition, *, commune: bool) -> bool:
    """Whether a sensitive criterion is crossed with another one, or with a territory finer than the EPT or EPCI."""
    if condition.regard in REGARDS_SENSIBLES:
        return commune or bool(personnels)
    if PUBLICS_SENSIBLES.isdisjoint(v for v in personnels if isinstance(v, str)):
        return False
    return commune or condition.regard is not None or len(personnels) > 1


def _publier(ligne: Ligne, personnels: list[object], *, interdite: bool, nue: bool) -> Ligne:
    """A row as it may leave: masked as a whole, or without the means that too few persons would give."""
    firmes, part_firme = ligne.pop("firmes", None), ligne.pop("part_firme", None)
    dominee = firmes is not None and (firmes < FIRMES_MIN or (part_firme or 0) > PART_FIRME_MAX)
    moyennes = [c for c in ligne if c.startswith("moyenne_")]
    if interdite or ligne["statut"] == "s" or (dominee and ligne["effectif"]):
        return {**ligne, **dict.fromkeys(moyennes), "effectif": None, "heures": None, "statut": "s"}
    if nue and not personnels:
        ligne["heures"] = None
    assez = (ligne["effectif"] or 0) >= MOYENNE_MIN
    return {**ligne, **{c: round(ligne[c], 1) if assez and ligne[c] is not None else None for c in moyennes}}


def part(numerateur: float | None, denominateur: float | None) -> float | None:
    """Share from two published counts; ``None`` when either is masked or the denominator is under 20.

    Rounding may publish a part above its whole: the share stops at 1.
    """
    if numerateur is None or denominateur is None or denominateur < DENOMINATEUR_MIN:
        return None
    return min(float(numerateur) / denominateur, 1.0)
