"""The facts of every territory of a level, once for all the sheets: what a territory is compared with.

The rules are those of the pages of the territories and of the buyers; the persons of a level are read in one pass,
where the pages read one indicator at a time. Boundary: numbers and statuses, persons as the door publishes them; no
word.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.domain.conditions import colonne_territoire
from dashboard.domain.selection import REGION, Selection
from dashboard.warehouse.acheteurs import de_la_periode
from dashboard.warehouse.acheteurs_lecteur import LecteurAcheteurs
from dashboard.warehouse.acheteurs_mesures import Mesures
from dashboard.warehouse.territoires_lecteur import LecteurTerritoires, Question
from dashboard.warehouse.territoires_mesures import FEMMES, REGLES, Faits, Valeur

if TYPE_CHECKING:
    from dashboard.warehouse.connexion import Instantane

#: Shares of persons, with the code of those they count.
PARTS = {"part_femmes": "femmes", "part_moins_26": "moins_26", "part_qpv": "qpv"}
#: Indicators of lots and hours, of persons, of published contracts.
DU_SUIVI = ("heures", "heures_hab", "taux", "part_hors_btp", "couverture")
DES_PERSONNES = ("beneficiaires", "beneficiaires_hab")
DES_ACHATS = ("achats", "part_sociale")
INDICATEURS = (*DU_SUIVI, *DES_PERSONNES, *PARTS, *DES_ACHATS)
ABSENTE: Valeur = (None, "nd")
#: Published number of persons by code, that of everybody under ``None``; a masked one is ``None``.
Comptes = dict[str | None, float | None]


@dataclass(frozen=True, slots=True)
class Valeurs:
    """Values and statuses of one territory, by indicator."""

    par_indicateur: dict[str, Valeur]

    def __getitem__(self, code: str) -> Valeur:
        return self.par_indicateur.get(code, ABSENTE)

    def nombre(self, code: str) -> float | None:
        """The value alone, ``None`` when it is masked or not available."""
        return self[code][0]


VIDE = Valeurs({})


@lru_cache(maxsize=64)
def du_niveau(instantane: Instantane, annees: tuple[int, int] | None, niveau: str) -> dict[str, Valeurs]:
    """Values of every territory of a level (``region`` included) over a period, by code."""
    lecteur = LecteurTerritoires(instantane, Selection(annees=annees, niveau="departement"))
    territoires = [t for t in lecteur.ref.territoires.values() if t.niveau == niveau]
    if not lecteur.ref.a_suivi:
        achats = _achats(instantane, annees, niveau)
        return {t.code: _valeurs(achats.get(t.code, Mesures())) for t in territoires}
    groupe, exactes = _groupe(niveau), lecteur.condition("territoire")
    publiees = lecteur.condition("territoire", personnes=True)
    lecteur.devancer("territoires_parts", publiees, groupe=groupe)
    achats = _achats(instantane, annees, niveau)
    habitants = {t.code: t.population for t in territoires}
    activite = Question("activite", "territoires_activite", exactes, {"groupe": groupe})
    lots = lecteur.faits([activite], lambda code: habitants.get(code, 0))
    comptes: dict[str, Comptes] = {}
    for li in lecteur.personnes("territoires_parts", publiees, groupe=groupe):
        comptes.setdefault(li["groupe"], {})[li["code"]] = li["effectif"]
    return {
        t.code: _valeurs(
            achats.get(t.code, Mesures()), lots.get(t.code) or Faits(t.population), comptes.get(t.code, {})
        )
        for t in territoires
    }


def _groupe(niveau: str) -> str:
    """Column of the territories of a level; the region is one of its own."""
    return f"'{REGION}'" if niveau == "region" else colonne_territoire("execution", niveau)


def _achats(instantane: Instantane, annees: tuple[int, int] | None, niveau: str) -> dict[str, Mesures]:
    """Measures of the published contracts by territory of a level."""
    lecteur = LecteurAcheteurs(instantane, Selection(annees=annees))
    if niveau == "region":
        return {REGION: de_la_periode(lecteur.par_annee(), lecteur.periode)}
    return lecteur.par_territoire(niveau)


def _valeurs(achats: Mesures, lots: Faits | None = None, personnes: Comptes | None = None) -> Valeurs:
    """Every indicator of a territory; nothing found is a zero, nothing asked is not available."""
    part = achats.part_sociale()
    valeurs: dict[str, Valeur] = {
        "achats": (float(achats.marches), "valeur"),
        "part_sociale": ABSENTE if part is None else (part, "valeur"),
    }
    if lots is not None and personnes is not None:
        lots.effectif = personnes.get(None, 0.0)
        valeurs |= {code: REGLES[code].calculer(lots) for code in (*DU_SUIVI, *DES_PERSONNES)}
        valeurs |= {ident: _part(lots, personnes.get(code, 0.0)) for ident, code in PARTS.items()}
    return Valeurs(valeurs)


def _part(faits: Faits, effectif: float | None) -> Valeur:
    """Share of the persons of a criterion, as the key figures write it: from the published counts, not rounded."""
    faits.femmes = effectif
    return FEMMES.calculer(faits)
