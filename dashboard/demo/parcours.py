"""Work contracts of a producer: when they start, how long they last, on which lot, for whom.

The persons are drawn month by month so that three published quantities hold together:
contracts of the year, distinct persons of the year, persons seen since the start.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.demo.calendrier import (
    MOIS_ENTREES,
    N_MOIS,
    Dates,
    Entiers,
    Reels,
    cumul_personnes,
    entrees_mensuelles,
)
from dashboard.demo.lots import Lots
from dashboard.demo.parametres import (
    AMORCE,
    DERNIERE_ANNEE,
    HEURES_MENSUELLES,
    HEURES_PAR_CONTRAT,
    HEURES_PAR_CONTRAT_GP,
    PREMIERE_ANNEE,
    Producteur,
)

JOURS_PAR_MOIS = 30.4375
DEBUT_OBSERVE = np.datetime64(f"{PREMIERE_ANNEE}-01-01")
DISPERSION_DUREE = 0.85
PART_FIN_DECEMBRE = 0.5
"""Half of the contracts under six months that would cross the new year stop before Christmas."""


@dataclass(slots=True)
class Contrats:
    """Work contracts of one producer, in order of their first month; ``personne`` and ``lot`` are numbers."""

    mois: Entiers
    debut: Dates
    fin: Dates
    lot: Entiers
    personne: Entiers
    n_personnes: int

    def __len__(self) -> int:
        return len(self.mois)


def _durees(rng: np.random.Generator, producteur: Producteur, mois: Entiers) -> Entiers:
    """Days under contract; the mean of a year is its hours per contract over a month's hours."""
    ratios = HEURES_PAR_CONTRAT_GP if producteur.grand_projet else HEURES_PAR_CONTRAT
    annee = np.clip(PREMIERE_ANNEE + mois // 12, PREMIERE_ANNEE, DERNIERE_ANNEE)
    moyenne = np.asarray([ratios[a] for a in range(PREMIERE_ANNEE, DERNIERE_ANNEE + 1)])[annee - PREMIERE_ANNEE]
    jours = moyenne / HEURES_MENSUELLES * JOURS_PAR_MOIS * 1.05
    tirage = rng.lognormal(-(DISPERSION_DUREE**2) / 2, DISPERSION_DUREE, len(mois))
    resultat: Entiers = np.clip(jours * tirage, 3, 720).round().astype(np.int64)
    return resultat


def _dates(rng: np.random.Generator, producteur: Producteur, mois: Entiers) -> tuple[Dates, Dates]:
    """First and last days; first days are working days, short contracts often stop before Christmas."""
    debut = MOIS_ENTREES[mois + AMORCE].astype("datetime64[D]") + np.minimum(*rng.integers(0, 25, (2, len(mois))))
    jour_semaine = (debut.astype(int) + 3) % 7
    debut = debut + np.where(jour_semaine >= 5, 7 - jour_semaine, 0)
    duree = _durees(rng, producteur, mois)
    fin = debut + (duree - 1)
    noel = debut.astype("datetime64[Y]").astype("datetime64[M]") + 11
    noel = noel.astype("datetime64[D]") + 21
    coupe = (fin > noel) & (debut < noel - 10) & (duree < 180) & (rng.random(len(mois)) < PART_FIN_DECEMBRE)
    return debut, np.where(coupe, noel, fin)


def _choisir_lots(rng: np.random.Generator, lots: Lots, filiere: np.ndarray, mois: Entiers) -> Entiers:
    """A lot open in the month of each contract, drawn in proportion to the size of the lots."""
    candidats = np.flatnonzero(filiere)
    resultat = np.zeros(len(mois), dtype=np.int64)
    bornes = np.searchsorted(mois, np.arange(-AMORCE, N_MOIS + 1))
    for m in range(-AMORCE, N_MOIS):
        debut, fin = bornes[m + AMORCE], bornes[m + AMORCE + 1]
        if fin == debut:
            continue
        age = m - lots.mois[candidats]
        ouverts = candidats[(age >= 1) & (age <= lots.duree[candidats])]
        cumul = np.cumsum(lots.poids[ouverts])
        resultat[debut:fin] = ouverts[np.searchsorted(cumul, rng.random(fin - debut) * cumul[-1])]
    return resultat


@dataclass(slots=True)
class _Vivier:
    """Persons of one trade: the last day each is under contract, and the targets followed."""

    dernier_jour: Dates
    n: int = 0
    annee: int = 0
    reste_actifs: float = 0.0
    reste_entrees: int = 0

    def ouvrir_annee(self, annee: int, personnes: float, entrees: int) -> None:
        """Start a year: those still under contract on 1 January already count among its persons."""
        en_cours = np.count_nonzero(self.dernier_jour[: self.n] >= np.datetime64(f"{annee}-01-01"))
        self.annee, self.reste_entrees = annee, entrees
        self.reste_actifs = max(personnes - en_cours, 0.0)

    def placer(self, rng: np.random.Generator, debut: Dates, fin: Dates, cumul: float) -> Entiers:
        """Give a person to each contract of a month: new, back from an earlier year, or the same year again."""
        k = len(debut)
        actifs = min(round(self.reste_actifs * k / max(self.reste_entrees, 1)), k)
        nouveaux = int(min(max(round(cumul) - self.n, 0), k))
        if self.n == 0:
            nouveaux = max(nouveaux, 1)
        jan, libre_avant = np.datetime64(f"{self.annee}-01-01"), debut.min()
        dernier = self.dernier_jour[: self.n]
        anciens = np.flatnonzero(dernier < jan)
        presents = np.flatnonzero((dernier >= jan) & (dernier < libre_avant))
        retours = min(max(actifs - nouveaux, 0), len(anciens))
        memes = min(k - nouveaux - retours, len(presents))
        manque = k - nouveaux - retours - memes
        supplement = min(manque, len(anciens) - retours)
        retours, nouveaux = retours + supplement, nouveaux + manque - supplement
        choisis = np.concatenate(
            [
                np.arange(self.n, self.n + nouveaux),
                _parmi(rng, anciens, retours),
                _parmi(rng, presents, memes),
            ]
        )
        choisis = rng.permutation(choisis)
        self.n += nouveaux
        self.dernier_jour[choisis] = fin
        self.reste_actifs -= nouveaux + retours
        self.reste_entrees -= k
        return choisis


def _parmi(rng: np.random.Generator, candidats: Entiers, k: int) -> Entiers:
    """``k`` distinct persons, rather among the most recent (the last to have been numbered)."""
    if k == 0:
        return np.empty(0, dtype=np.int64)
    recents = candidats[-max(4 * k, 40) :]
    return np.asarray(rng.choice(recents, size=k, replace=False), dtype=np.int64)


def _placer_personnes(
    rng: np.random.Generator,
    producteur: Producteur,
    part: float,
    contrats: tuple[Entiers, Dates, Dates],
    echelle: float,
) -> tuple[Entiers, int]:
    """Person of each contract of one trade, and the number of persons; ``part`` is the trade's share."""
    mois, debut, fin = contrats
    cumul: Reels = cumul_personnes(producteur) * part * echelle
    vivier = _Vivier(np.full(len(mois) + 1, np.datetime64("1970-01-01"), dtype="datetime64[D]"))
    bornes = np.searchsorted(mois, np.arange(-AMORCE, N_MOIS + 1))
    personne = np.zeros(len(mois), dtype=np.int64)
    for m in range(-AMORCE, N_MOIS):
        a, b = bornes[m + AMORCE], bornes[m + AMORCE + 1]
        annee = max(PREMIERE_ANNEE + m // 12, PREMIERE_ANNEE)
        if m == -AMORCE or (m > 0 and m % 12 == 0):
            fin_annee = np.searchsorted(mois, (annee - PREMIERE_ANNEE) * 12 + 12)
            vivier.ouvrir_annee(annee, producteur.personnes[annee] * part * echelle, int(fin_annee - a))
        if b > a:
            personne[a:b] = vivier.placer(rng, debut[a:b], fin[a:b], cumul[m + AMORCE])
    return personne, vivier.n


def tirer_contrats(rng: np.random.Generator, lots: Lots, echelle: float) -> Contrats:
    """All the work contracts of a producer that reach January 2018 or later."""
    producteur = lots.producteur
    mois = np.repeat(np.arange(-AMORCE, N_MOIS), entrees_mensuelles(producteur, echelle))
    btp = rng.random(len(mois)) < producteur.part_btp
    debut, fin = _dates(rng, producteur, mois)
    utile = fin >= DEBUT_OBSERVE + 5
    mois, btp, debut, fin = mois[utile], btp[utile], debut[utile], fin[utile]
    lot, personne = np.zeros(len(mois), dtype=np.int64), np.zeros(len(mois), dtype=np.int64)
    n_personnes = 0
    for choix, part in ((btp, producteur.part_btp), (~btp, 1 - producteur.part_btp)):
        lot[choix] = _choisir_lots(rng, lots, lots.btp if part == producteur.part_btp else ~lots.btp, mois[choix])
        placees, n = _placer_personnes(rng, producteur, part, (mois[choix], debut[choix], fin[choix]), echelle)
        personne[choix] = placees + n_personnes
        n_personnes += n
    return Contrats(mois, debut, fin, lot, personne, n_personnes)
