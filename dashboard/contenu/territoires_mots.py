"""How each indicator of the territories is said: its group, its value in words, why it may not exist.

Labels, units and definitions are those of ``data/indicateurs.toml``; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.contenu.contexte import SANS_REGARD, SANS_RESIDENCE, SANS_SUIVI
from dashboard.contenu.resume import indicateur
from dashboard.domain import francais as fr
from dashboard.domain.filtre import INDICATEURS

if TYPE_CHECKING:
    from dashboard.contenu.tableau import Format
    from dashboard.domain.indicateur import Indicateur
    from dashboard.warehouse.territoires_mesures import Empechement

GROUPES = ("Volume", "Rapporté à la population", "Public", "Marchés", "Collecte")

EMPECHEMENTS: dict[Empechement, str] = {
    "suivi": SANS_SUIVI,
    "residence": SANS_RESIDENCE,
    "residence_engagement": "Une heure engagée ou un lot n’a pas de lieu de résidence : choisissez le lieu d’exécution "
    "ou le siège de l’acheteur.",
    "regard": SANS_REGARD,
    "meme_critere": "Sous ce regard, cette part vaudrait toujours 0 ou 100 % : retirez le regard, ou choisissez un "
    "autre indicateur.",
    "sensible": "Le handicap est une donnée sensible, jamais croisée avec un autre critère : retirez le regard, ou "
    "choisissez un indicateur de volume.",
}
SENSIBLE_COMMUNE = "Le handicap, donnée sensible, n’est jamais publié par commune"
SENSIBLE_FLUX = (
    "Le handicap est une donnée sensible : il n’est pas croisé avec le lieu de résidence. Retirez le regard pour voir "
    "les flux."
)


@dataclass(frozen=True, slots=True)
class Mots:
    """Words of an indicator: ``amorce`` opens its sentence, ``ecrire`` says a value with its unit.

    ``aucun`` says a true zero on the map, ``rien`` in a sentence.
    """

    code: str
    ident: str
    groupe: str
    amorce: str
    ecrire: Callable[[float], str]
    aucun: str = "0"
    rien: str = "la valeur est nulle"

    @property
    def fiche(self) -> Indicateur:
        """Label, unit and definition."""
        return indicateur(self.ident)

    @property
    def libelle(self) -> str:
        return self.fiche.libelle

    @property
    def format(self) -> Format:
        """How its cells are written."""
        formats: dict[str, Format] = {"part": "part", "decimal": "decimal"}
        return formats.get(self.fiche.genre, "entier")

    @property
    def decimales(self) -> int:
        """Decimals of the number behind what is read: two for « 17 % », one for « 7,9 »."""
        return {"part": 2, "decimal": 1}.get(self.format, 0)

    @property
    def pas(self) -> float:
        """Step that breaks and bins are multiples of: one percent, a tenth, one."""
        return {"part": 0.01, "decimal": 0.1}.get(self.format, 1.0)

    @property
    def minuscule(self) -> str:
        """Label inside a sentence; an acronym keeps its capitals."""
        return fr.minuscule(self.libelle)

    def court(self, valeur: float) -> str:
        """A value without its unit: « 1 533 640 », « 17 % », « 7,9 »."""
        if self.format == "part":
            return fr.pourcent(valeur)
        return fr.nombre(valeur, 1 if self.format == "decimal" and valeur else 0)

    def palier(self, valeur: float) -> str:
        """A break of the legend: short, and never rounded further than the break is."""
        return self.court(valeur) if self.format == "part" else fr.abrege_court(valeur)


def _quantite(mot: str, suite: str = "", pluriel: str | None = None) -> Callable[[float], str]:
    """« 1 620 heures engagées », « 1,62 million d’heures engagées »; a fraction of one is not a zero."""

    def ecrire(valeur: float) -> str:
        if 0 < valeur < 0.5:
            return f"moins d’une {mot}{suite}"
        nombre = round(valeur)
        if nombre >= 1_000_000:
            return f"{fr.abrege(nombre)} {'d’' if mot[0] in 'aeiouéh' else 'de '}{fr.accord(2, mot, pluriel)}{suite}"
        return f"{fr.pluriel(nombre, mot, pluriel)}{suite}"

    return ecrire


def _part(suite: str) -> Callable[[float], str]:
    return lambda valeur: f"{fr.pourcent(valeur)} {suite}"


def _decimal(mot: str, suite: str = "") -> Callable[[float], str]:
    """« 7,9 km »; a value that rounds to nothing is not a zero. The plural begins at two."""

    def ecrire(valeur: float) -> str:
        nombre = f"moins de {fr.nombre(0.1, 1)}" if 0 < valeur < 0.05 else fr.nombre(valeur, 1)
        return f"{nombre}{fr.INSECABLE}{mot if mot == 'km' else fr.accord(valeur, mot)}{suite}"

    return ecrire


def _engagees(valeur: float) -> str:
    return f"{_quantite('heure')(valeur)} {fr.accord(round(valeur), 'engagée')}"


ZERO = f"0{fr.FINE}%"
_V, _P, _Q, _M, _C = GROUPES
_EN = "on compte"

MOTS: dict[str, Mots] = {
    m.code: m
    for m in (
        Mots("heures", "heures_realisees", _V, _EN, _quantite("heure", " d’insertion"), "0 (aucune heure)",
             "aucune heure d’insertion n’a été réalisée"),
        Mots("engagees", "heures_engagees", _V, _EN, _engagees, "0 (aucune heure engagée)",
             "aucune heure d’insertion n’est engagée"),
        Mots("taux", "taux_realisation", _V, "le taux de réalisation est de", _part("des heures engagées"), ZERO),
        Mots("etp", "etp", _V, _EN, lambda v: f"{fr.nombre(v)}{fr.INSECABLE}ETP (base 1 607 h)", "0 (aucun ETP)",
             "aucune heure d’insertion n’a été réalisée"),
        Mots("beneficiaires", "beneficiaires", _V, _EN, _quantite("personne"), "0 (aucune personne)",
             "personne n’a travaillé au titre d’une clause"),
        Mots("heures_personne", "heures_personne", _V, _EN, _quantite("heure", " par bénéficiaire")),
        Mots("heures_hab", "heures_hab", _P, _EN, _quantite("heure", " pour 1 000 habitants"), "0 (aucune heure)",
             "aucune heure d’insertion n’a été réalisée"),
        Mots("beneficiaires_hab", "beneficiaires_hab", _P, _EN, _decimal("bénéficiaire", " pour 10 000 habitants"),
             "0 (aucune personne)",
             "personne n’a travaillé au titre d’une clause"),
        Mots("part_femmes", "part_femmes", _Q, "la part des femmes est de", _part("de femmes"), ZERO),
        Mots("part_moins_26", "part_moins_26", _Q, "la part des moins de 26 ans est de", _part("de moins de 26 ans"),
             ZERO),
        Mots("part_plus_50", "part_plus_50", _Q, "la part des 50 ans et plus est de", _part("de 50 ans et plus"),
             ZERO),
        Mots("part_qpv", "part_qpv", _Q, "la part des habitants de QPV est de", _part("d’habitants de QPV"), ZERO),
        Mots("part_rsa", "part_rsa", _Q, "la part des bénéficiaires du RSA est de", _part("de bénéficiaires du RSA"),
             ZERO),
        Mots("part_deld", "part_deld", _Q, "la part des demandeurs d’emploi de longue durée est de",
             _part("de demandeurs d’emploi de longue durée"), ZERO),
        Mots("distance", "distance", _Q, "la distance médiane du domicile au chantier est de", _decimal("km")),
        Mots("part_hors_btp", "part_hors_btp", _M, "la part des heures hors bâtiment et travaux publics est de",
             _part("des heures hors BTP"), ZERO),
        Mots("marches", "marches_notifies", _M, _EN, _quantite("marché"), "0 (aucun marché)",
             "aucun marché n’a été notifié"),
        Mots("part_clause", "part_clause", _M, "la part des marchés avec clause est de", _part("des marchés"), ZERO),
        Mots("couverture", "couverture", _C, "la couverture de la collecte est de", _part("des lots"), ZERO),
    )
}  # fmt: skip
if tuple(sorted(MOTS)) != tuple(sorted(INDICATEURS)):
    raise ValueError("les indicateurs des territoires n’ont pas tous leurs mots")


def par_groupe() -> list[tuple[str, list[Mots]]]:
    """The indicators of each group, in the order of the chooser."""
    return [(groupe, [m for m in MOTS.values() if m.groupe == groupe]) for groupe in GROUPES]


def valeur_seule(mots: Mots, valeur: float) -> str:
    """A value in a sentence that already names the indicator: « 17 % », but « 1 620 heures d’insertion »."""
    if mots.amorce == _EN or mots.code == "distance":
        return mots.ecrire(valeur)
    return mots.court(valeur)
