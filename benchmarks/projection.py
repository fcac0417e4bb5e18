"""Back-test of the projection of lots: finished lots, looked at as they were at a stage, against what they became.

Two tests. Crossed: the finished lots are cut in five, each fifth projected by the other four, at 25, 50 and 75 % of
the duration. Dated: the lots running at a past date, projected by those then finished; and their sums. Two naive
rivals: the straight line (hours done ÷ time elapsed) and the commitment (a lot ends with its hours engaged).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
from rich.console import Console
from rich.table import Table

from dashboard.domain.engagement import Projection, cumuler
from dashboard.warehouse import projection_methode as methode
from dashboard.warehouse.projection_donnees import Suivi, lire, references

if TYPE_CHECKING:
    from dashboard.warehouse.projection_methode import Booleens, Entiers, Reels, Reference

STADES = (0.25, 0.5, 0.75)
PLIS = 5
DATES = tuple(date(annee, mois, 1) for annee in (2021, 2022, 2023) for mois in (1, 7))
METHODES = ("comparaison", "ligne droite", "engagement")
TIERS = {"premier tiers": (0, 1 / 3), "deuxième tiers": (1 / 3, 2 / 3), "dernier tiers": (2 / 3, 1)}
TAILLES = ((2, 5), (6, 20), (21, 1_000_000))

#: Name of the group of every lot, for each way of summing them.
Groupes = dict[str, list[str | None]]


@dataclass(frozen=True, slots=True)
class Epreuve:
    """Lots projected, and what they became. ``rangs`` (n): their places among the lots of the follow-up.

    ``bornes`` (n × 3): low, central and high final hours; ``faites``, ``finales``, ``engagees`` (n): hours;
    ``parts`` (n): share of the duration elapsed.
    """

    bornes: Reels
    faites: Reels
    finales: Reels
    engagees: Reels
    parts: Reels
    rangs: Entiers

    def choisir(self, choix: Booleens) -> Epreuve:
        """The same on some lots only."""
        return Epreuve(*(getattr(self, nom)[choix] for nom in self.__slots__))

    @property
    def couverture(self) -> float:
        """Share of the lots that end inside their interval (half an hour near)."""
        dedans = (self.finales >= self.bornes[:, 0] - 0.5) & (self.finales <= self.bornes[:, 2] + 0.5)
        return float(dedans.mean())

    @property
    def largeur(self) -> float:
        """Median width of the interval, as a share of the hours engaged."""
        return float(np.median((self.bornes[:, 2] - self.bornes[:, 0]) / self.engagees))

    def centre(self, nom: str) -> Reels:
        """Final hours according to a method of :data:`METHODES`."""
        if nom == "comparaison":
            return self.bornes[:, 1]
        return (
            self.faites / np.minimum(self.parts, 1) if nom == "ligne droite" else np.maximum(self.engagees, self.faites)
        )

    def erreurs(self, nom: str) -> tuple[float, float, float]:
        """Bias, mean absolute error (shares of all the final hours), median absolute error (share of the engaged)."""
        ecarts, total = self.centre(nom) - self.finales, self.finales.sum()
        return (
            float(ecarts.sum() / total),
            float(np.abs(ecarts).sum() / total),
            float(np.median(np.abs(ecarts) / self.engagees)),
        )


def ouvrir(instantane: Path) -> tuple[Suivi, Groupes]:
    """Lots of a snapshot, and the groups they are summed by: operation, programme, buyer (one value a lot)."""
    with duckdb.connect(str(instantane), read_only=True) as con:
        suivi = lire(con)
        colonnes = con.execute(
            "SELECT operation_id, CAST(programme AS VARCHAR), acheteur_siret FROM lot ORDER BY marche_no"
        ).fetchall()
    groupes = dict(zip(("opération", "programme", "acheteur"), map(list, zip(*colonnes, strict=True)), strict=True))
    return suivi, groupes


def croiser(suivi: Suivi, stade: float, graine: int = 0) -> Epreuve:
    """The finished lots at one stage of their duration, each projected by the lots of the four other fifths."""
    rangs = np.flatnonzero(references(suivi))
    plis = np.random.default_rng(graine).integers(0, PLIS, len(rangs))
    heures = suivi.trajectoires[rangs]
    faites = np.array([np.interp(stade, methode.GRILLE, ligne) for ligne in heures])
    finales, engagees, construction = suivi.cumuls[rangs, -1], suivi.engagees[rangs], suivi.construction[rangs]
    bornes = np.empty((len(rangs), 3))
    for pli in range(PLIS):
        connus, caches = plis != pli, plis == pli
        savoir = methode.apprendre(heures[connus], finales[connus], engagees[connus], construction[connus])
        if savoir is None:
            raise ValueError("too few finished lots for a back-test")
        parts = np.full(int(caches.sum()), stade)
        bornes[caches] = _bornes(savoir, parts, faites[caches], engagees[caches], construction[caches])
    return Epreuve(bornes, faites, finales, engagees, np.full(len(rangs), stade), rangs)


def _bornes(savoir: Reference, parts: Reels, faites: Reels, engagees: Reels, construction: Booleens) -> Reels:
    bornes = np.empty((len(faites), 3))
    for classe in (True, False):
        ici = construction == classe
        restes = savoir.groupe(construction=classe).restes(parts[ici], faites[ici], engagees[ici])
        bornes[ici] = faites[ici, None] + restes
    return bornes


def dater(suivi: Suivi, jour: date) -> Epreuve | None:
    """The lots running on a past day and finished since, projected by the lots finished on that day."""
    vu = _a_la_date(suivi, jour)
    connus = references(vu)
    savoir = methode.apprendre(
        vu.trajectoires[connus], vu.cumuls[connus, -1], vu.engagees[connus], vu.construction[connus]
    )
    finis = references(suivi)
    courants = [i for i, lot in enumerate(vu.lots) if finis[i] and lot.debut and lot.fin and lot.debut < jour < lot.fin]
    if savoir is None or not courants:
        return None
    rangs = np.array(courants)
    parts = np.array([vu.lots[i].avancement or 0.0 for i in courants])
    faites, engagees, construction = vu.cumuls[rangs, -1], suivi.engagees[rangs], suivi.construction[rangs]
    bornes = _bornes(savoir, parts, faites, engagees, construction)
    return Epreuve(bornes, faites, suivi.cumuls[rangs, -1], engagees, parts, rangs)


def _a_la_date(suivi: Suivi, jour: date) -> Suivi:
    """The follow-up as it was known on the first day of a month: later hours and ends are hidden."""
    mois = jour.year * 12 + jour.month - 1 - suivi.mois
    cumuls = suivi.cumuls[:, : mois + 1]
    lots = []
    for lot, heures in zip(suivi.lots, cumuls, strict=True):
        actifs = np.flatnonzero(np.diff(heures) > 0)
        dernier = date.fromordinal(int(suivi.bornes[actifs[-1]])) if len(actifs) else None
        fini = lot.fin is not None and lot.fin < jour
        lots.append(replace(lot, arrete=jour, dernier_mois=dernier, fini=fini, realisees=float(heures[-1])))
    return Suivi(lots, cumuls, suivi.bornes[: mois + 1], suivi.mois)


def sommes(epreuve: Epreuve, groupes: Sequence[str | None]) -> list[tuple[int, Projection, float]]:
    """Number of lots, projection and true final hours of every group of at least two lots."""
    membres: dict[str, list[int]] = defaultdict(list)
    for i, rang in enumerate(epreuve.rangs.tolist()):
        if (nom := groupes[rang]) is not None:
            membres[nom].append(i)
    resultats = []
    for indices in membres.values():
        if len(indices) > 1:
            bornes = epreuve.bornes[indices][:, [1, 0, 2]].tolist()
            lots = [Projection(float(f), *b) for f, b in zip(epreuve.faites[indices], bornes, strict=True)]
            resultats.append((len(indices), cumuler(lots), float(epreuve.finales[indices].sum())))
    return resultats


def couverture_sommes(resultats: Sequence[tuple[int, Projection, float]]) -> float:
    """Share of the sums that end inside their interval."""
    return float(np.mean([p.bas - 0.5 <= vrai <= p.haut + 0.5 for _, p, vrai in resultats]))


def tableaux(instantane: Path) -> list[Table]:
    """The back-test of a snapshot, as printed by the bench; nothing with too few finished lots."""
    suivi, groupes = ouvrir(instantane)
    if references(suivi).sum() < 2 * methode.LOTS_MIN:
        return []
    datees = [epreuve for jour in DATES if (epreuve := dater(suivi, jour)) is not None]
    return [_lots([croiser(suivi, stade) for stade in STADES], datees), _groupes(datees, groupes)]


def _lots(croisees: Sequence[Epreuve], datees: Sequence[Epreuve]) -> Table:
    tableau = Table(
        "essai", "lots", "dans l’intervalle", "largeur", "biais",
        *(f"erreur {genre}, {nom}" for nom in METHODES for genre in ("moyenne", "médiane")),
        title="Projection des lots terminés (intervalle de 80 %)",
    )  # fmt: skip
    epreuves = [(f"croisé, à {100 * stade:.0f} %", e) for stade, e in zip(STADES, croisees, strict=True)]
    for nom, (bas, haut) in TIERS.items():
        vus = [e.choisir((e.parts >= bas) & (e.parts < haut)) for e in datees]
        if any(len(e.finales) for e in vus):
            epreuves.append((f"daté, {nom}", _reunir(vus)))
    for nom, e in epreuves:
        erreurs = [valeur for m in METHODES for valeur in e.erreurs(m)[1:]]
        parts = (e.couverture, e.largeur, e.erreurs("comparaison")[0], *erreurs)
        tableau.add_row(nom, str(len(e.finales)), *(f"{100 * p:.1f} %" for p in parts))
    return tableau


def _reunir(epreuves: Sequence[Epreuve]) -> Epreuve:
    return Epreuve(*(np.concatenate([getattr(e, nom) for e in epreuves]) for nom in Epreuve.__slots__))


def _groupes(datees: Sequence[Epreuve], groupes: Groupes) -> Table:
    tableau = Table(
        "somme par",
        "lots",
        "sommes",
        "dans l’intervalle (80 % attendus)",
        "biais",
        title="Projection de sommes de lots",
    )
    for nom, valeurs in groupes.items():
        tous = [r for epreuve in datees for r in sommes(epreuve, valeurs)]
        for bas, haut in TAILLES:
            ici = [r for r in tous if bas <= r[0] <= haut]
            if ici:
                biais = sum(p.projetees for _, p, _ in ici) / sum(vrai for *_, vrai in ici) - 1
                taille = f"{bas} à {haut}" if haut < TAILLES[-1][1] else f"{bas} et plus"
                tableau.add_row(
                    nom, taille, str(len(ici)), f"{100 * couverture_sommes(ici):.1f} %", f"{100 * biais:+.1f} %"
                )
    return tableau


def main(arguments: Sequence[str]) -> None:
    """Print the back-test of a snapshot: ``python -m benchmarks.projection <instantané>``."""
    console = Console(width=180)
    for tableau in tableaux(Path(arguments[0])):
        console.print(tableau)


if __name__ == "__main__":
    main(sys.argv[1:])
