"""How many insertion hours a contract can carry: the published formula, its variant and its units.

Source of the formula and of the worked example (1 000 000 € × 50 % × 5 % ÷ 30 € = 833 h): maison de l'emploi et de
la formation du sud de la Seine-et-Marne, http://www.mefsud77.fr/?page_id=28. The variant « 1 h par tranche
facturée » is that of the contract 21_BAM_048. Boundary: numbers only; nothing about lots, screens or words.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from dashboard.domain import francais as fr
from dashboard.domain.filtre import NOMBRES
from dashboard.domain.selection import Selection

#: Hours of one full-time equivalent: the legal yearly duration of work.
HEURES_ETP = 1607
#: Hours of one beneficiary in a year, Île-de-France 2021 (6,3 M h for 12 364 persons): an order of magnitude.
HEURES_PERSONNE = 510
#: The worked example: amount (€ HT), labour share (%), rate (%), hourly cost (€); 1 h for 2 000 € invoiced.
EXEMPLE = {"montant": 1_000_000.0, "part": 50.0, "taux": 5.0, "cout": 30.0, "tranche": 2_000.0}

#: What the table of sensitivity shows beside the values asked: insertion rates and labour shares, in percents.
TAUX_REPERES = (5.0, 7.0, 10.0, 15.0, 20.0)
PARTS_REPERES = (20.0, 35.0, 50.0, 70.0, 80.0)
#: Euros invoiced for one hour due, shown beside the one asked.
TRANCHES_REPERES = (500.0, 1_000.0, 1_500.0, 2_000.0, 3_000.0, 5_000.0)
#: What practice says: usual rates (%), usual hourly costs (€), amount under which a buyer finds no clause possible (€).
TAUX_USUELS = (5.0, 20.0)
COUTS_USUELS = (25.0, 30.0)
MONTANT_PRATIQUE = 300_000.0


class HypotheseInvalide(ValueError):
    """A number of the calculation cannot be used; the message is French and says what is expected."""


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """What the hours are computed from: ``montant`` in € HT, ``part`` (labour) and ``taux`` (insertion) in percents,
    ``cout`` in € an hour, ``tranche`` in € invoiced for one hour due."""

    montant: float
    part: float
    taux: float
    cout: float
    tranche: float

    @property
    def main_oeuvre(self) -> float:
        """Labour inside the amount, in €."""
        return self.montant * self.part / 100

    @property
    def travail(self) -> float:
        """Hours of work that the labour pays."""
        return self.main_oeuvre / self.cout

    @property
    def heures(self) -> float:
        """Insertion hours: amount × labour share × insertion rate ÷ hourly cost."""
        return self.montant * self.part * self.taux / (10_000 * self.cout)

    @property
    def pour_100k(self) -> float:
        """Insertion hours for 100 000 € HT, whatever the amount."""
        return 100_000 * self.part * self.taux / (10_000 * self.cout)

    @property
    def etp(self) -> float:
        """Full-time equivalents over one year (1 607 h)."""
        return self.heures / HEURES_ETP

    @property
    def personnes(self) -> float:
        """Beneficiaries over one year at 510 h each: an order of magnitude."""
        return self.heures / HEURES_PERSONNE

    @property
    def tranche_equivalente(self) -> float | None:
        """Euros invoiced for one hour that give the same hours as the formula; ``None`` when these are zero."""
        par_euro = self.part * self.taux
        return 10_000 * self.cout / par_euro if par_euro else None

    def par_tranche(self, tranche: float, facture: float = 1.0) -> float:
        """Hours due at one hour for ``tranche`` € invoiced, when ``facture`` (1: all) of the amount is invoiced."""
        return self.montant * facture / tranche

    def avec(self, part: float, taux: float) -> float:
        """Hours with another labour share and another rate, in percents."""
        return self.montant * part * taux / (10_000 * self.cout)


@dataclass(frozen=True, slots=True)
class Metier:
    """Labour share of a trade, in percents; ``publiee`` when a source says it, an assumption of ours otherwise."""

    code: str
    libelle: str
    part: float
    secteur: str
    publiee: bool
    source: str


def hypotheses(selection: Selection) -> Hypotheses:
    """The numbers of a selection, those of the worked example where nothing is asked.

    Raises ``HypotheseInvalide`` when one is out of its bounds, so that nothing is ever divided by zero.
    """
    valeurs = {}
    for nombre in NOMBRES:
        demande = getattr(selection, nombre.cle)
        valeur = EXEMPLE[nombre.cle] if demande is None else float(demande)
        if not nombre.minimum <= valeur <= nombre.maximum:
            bornes = f"de {fr.nombre(nombre.minimum)} à {fr.nombre(nombre.maximum)} {nombre.unite}"
            raise HypotheseInvalide(f"{nombre.libelle} hors des bornes : {bornes}.")
        valeurs[nombre.cle] = valeur
    return Hypotheses(**valeurs)


def reperes(usuels: tuple[float, ...], demande: float) -> tuple[float, ...]:
    """Usual values and the one asked, in order, none twice."""
    return tuple(sorted({*usuels, demande}))


def metiers(chemin: Path) -> tuple[Metier, ...]:
    """Read ``main_oeuvre.csv`` (code, libelle, part, secteur, origine, source), in the order of the file.

    Raises ``ValueError`` (French) when a share is no percentage or an origin is neither « publie » nor « hypothese ».
    """
    with chemin.open(encoding="utf-8-sig", newline="") as flux:
        return tuple(_metier(chemin.name, ligne) for ligne in csv.DictReader(flux))


def _metier(fichier: str, ligne: dict[str, str]) -> Metier:
    try:
        part, publiee = float(ligne["part"]), {"publie": True, "hypothese": False}[ligne["origine"]]
    except (KeyError, ValueError) as erreur:
        raise ValueError(f"{fichier} : part ou origine illisible ({ligne.get('code')}).") from erreur
    if not 0 < part <= 100:
        raise ValueError(f"{fichier} : une part de main-d’œuvre va de 0 à 100 % ({ligne['code']}).")
    return Metier(ligne["code"], ligne["libelle"], part, ligne["secteur"], publiee, ligne["source"])
