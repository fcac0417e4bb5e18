"""Parameters of the demonstration region: producers, yearly volumes, profiles.

Every number here is either a published fact (repeated with its source in
``data/reference/calage.toml``, which the tests compare with what is written) or a
plausible choice of ours where nothing is published. No file is read and nothing is
drawn at random in this module.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PREMIERE_ANNEE, DERNIERE_ANNEE = 2018, 2025
ANNEES = tuple(range(PREMIERE_ANNEE, DERNIERE_ANNEE + 1))
AMORCE = 6
"""Months before January 2018 in which contracts may start, so that 2018 does not begin empty."""

HEURES_REGION = dict(
    zip(ANNEES, (3_500_000, 4_400_000, 4_830_000, 6_300_000, 6_911_100, 7_050_000, 6_450_000, 6_200_000), strict=True)
)
HEURES_PAR_CONTRAT = dict(zip(ANNEES, (360, 350, 334.2, 366.7, 367, 372, 375, 380), strict=True))
"""Coordinations: hours per contract signed in the year (2020: 12 978 contracts in the whole region)."""
HEURES_PAR_CONTRAT_GP = dict(zip(ANNEES, (520, 520, 537, 477, 480, 480, 470, 460), strict=True))
"""Grands projets: 2 428 contracts in 2020, 3 292 in 2021."""
PERSONNES_COORDINATIONS = dict(zip(ANNEES, (5_500, 6_980, 7_500, 9_260, 9_380, 9_200, 10_010, 9_900), strict=True))
"""Coordinations: distinct persons aimed at each year. The draw exceeds it by 1 to 2 % (2021: 12 364 less 2 953)."""
HEURES_MENSUELLES = 156.0
"""Mean hours of a full month under contract: makes 2.5 months of the published 389 hours per contract (2021)."""
PART_NOUVEAUX = 0.68
"""Share of the persons of a year who had no hours before, where no cumulative figure is published."""

SAISON = (0.95, 0.97, 1.08, 1.00, 0.96, 1.08, 1.00, 0.62, 1.08, 1.15, 1.10, 0.80)
CONFINEMENT = {"2020-03": 0.62, "2020-04": 0.30, "2020-05": 0.58, "2020-06": 0.88, "2020-11": 0.94}
SAISON_ENTREES = (1.15, 1.0, 1.1, 0.95, 0.9, 1.0, 0.85, 0.55, 1.3, 1.2, 1.0, 0.6)

OBJECTIF_SOLIDEO, OBJECTIF_EOLE = 2_475_000, 700_000

Palier = tuple[str, str, float]
"""First month, last month (AAAA-MM, both included), hours realised in between."""


@dataclass(frozen=True, slots=True)
class Producteur:
    """One sender of follow-up data: what it realises, and who works for it.

    ``paliers`` are hours over periods; ``personnes`` distinct persons per year;
    ``cumul_personnes`` (month, persons seen since the start) where it is published.
    """

    code: str
    nom: str
    departement: str
    grand_projet: bool
    lots: int
    paliers: tuple[Palier, ...]
    personnes: dict[int, float]
    part_btp: float
    part_femmes_btp: float
    part_femmes_autres: float
    cumul_personnes: tuple[tuple[str, float], ...] = ()
    siren: str = ""
    fichier: str = field(default="gabarit")

    def heures_annee(self, annee: int) -> float:
        """Hours of the year, from the periods that lie in it."""
        return sum(h for debut, _, h in self.paliers if debut.startswith(str(annee)))


def annuels(valeurs: tuple[float, ...], premiere: int = PREMIERE_ANNEE) -> tuple[Palier, ...]:
    """Periods of one calendar year each."""
    return tuple((f"{premiere + i}-01", f"{premiere + i}-12", h) for i, h in enumerate(valeurs))


def _par_annee(valeurs: tuple[float, ...]) -> dict[int, float]:
    return dict(zip(ANNEES, valeurs, strict=True))


def _grand_projet(code: str, nom: str, siren: str, lots: int, **reste: object) -> Producteur:
    return Producteur(
        code=code,
        nom=nom,
        departement="75",
        grand_projet=True,
        lots=lots,
        siren=siren,
        part_btp=0.88,
        part_femmes_btp=0.142,
        part_femmes_autres=0.36,
        **reste,  # type: ignore[arg-type]
    )


SGP = _grand_projet(
    "SGP",
    "Société des grands projets",
    "525046017",
    240,
    paliers=(
        *annuels((485_000,)),
        ("2019-01", "2019-09", 478_000),
        ("2019-10", "2019-12", 150_000),
        *annuels((760_000,), 2020),
        ("2021-01", "2021-02", 100_000),
        ("2021-03", "2021-03", 70_000),
        ("2021-04", "2021-12", 620_000),
        *annuels((800_000, 860_000, 880_000, 900_000), 2022),
    ),
    personnes=_par_annee((740, 1_020, 1_270, 1_390, 1_420, 1_500, 1_540, 1_580)),
    cumul_personnes=(
        ("2017-09", 0),
        ("2018-09", 616),
        ("2019-10", 1_395),
        ("2020-12", 2_120),
        ("2021-03", 2_300),
        ("2022-12", 3_560),
        ("2025-12", 5_950),
    ),
)
RATP = _grand_projet(
    "RATP",
    "RATP",
    "775663438",
    130,
    paliers=annuels((220_000, 280_000, 354_000, 250_000, 210_000, 170_000, 150_000, 150_000)),
    personnes=_par_annee((430, 600, 560, 480, 400, 320, 290, 290)),
)
SNCF_RESEAU = _grand_projet(
    "SNCFR",
    "SNCF Réseau",
    "412280737",
    70,
    paliers=annuels((90_000, 120_000, 130_000, 110_000, 100_000, 80_000, 50_000, 20_000)),
    personnes=_par_annee((180, 290, 215, 215, 190, 150, 95, 40)),
)
SOLIDEO = _grand_projet(
    "SOLIDEO",
    "Société de livraison des ouvrages olympiques (Solideo)",
    "834553729",
    180,
    paliers=(
        ("2019-07", "2019-12", 10_000),
        *annuels((60_000, 420_000, 990_000), 2020),
        ("2023-01", "2023-06", 701_115),
        ("2023-07", "2023-07", 110_000),
        ("2023-08", "2023-09", 130_000),
        ("2023-10", "2023-10", 116_000),
        ("2023-11", "2023-12", 150_000),
        ("2024-01", "2024-08", 187_526),
    ),
    personnes=_par_annee((0, 38, 109, 868, 1_800, 2_150, 560, 0)),
    cumul_personnes=(
        ("2019-06", 0),
        ("2019-12", 38),
        ("2020-12", 130),
        ("2021-12", 880),
        ("2022-12", 2_280),
        ("2023-06", 3_095),
        ("2023-09", 3_415),
        ("2023-12", 3_700),
        ("2024-08", 4_005),
    ),
)
GRANDS_PROJETS = (SGP, RATP, SNCF_RESEAU, SOLIDEO)

_POIDS_DEPARTEMENTS = {"75": 0.19, "77": 0.08, "78": 0.085, "91": 0.085, "92": 0.15, "93": 0.21, "94": 0.13, "95": 0.07}
_NOMS_DEPARTEMENTS = {
    "75": "Paris",
    "77": "Seine-et-Marne",
    "78": "Yvelines",
    "91": "Essonne",
    "92": "Hauts-de-Seine",
    "93": "Seine-Saint-Denis",
    "94": "Val-de-Marne",
    "95": "Val-d’Oise",
}
_FICHIERS = {"77": "classeur", "95": "export_facilitateur"}
LOTS_COORDINATIONS = 7_400


def _coordination(departement: str) -> Producteur:
    poids = _POIDS_DEPARTEMENTS[departement]
    reste = [HEURES_REGION[a] - sum(p.heures_annee(a) for p in GRANDS_PROJETS) for a in ANNEES]
    return Producteur(
        code=f"C{departement}",
        nom=f"Coordination départementale – {_NOMS_DEPARTEMENTS[departement]}",
        departement=departement,
        grand_projet=False,
        lots=round(LOTS_COORDINATIONS * poids),
        paliers=annuels(tuple(poids * h for h in reste)),
        personnes={a: poids * n for a, n in PERSONNES_COORDINATIONS.items()},
        part_btp=0.635,
        part_femmes_btp=0.050,
        part_femmes_autres=0.315,
        fichier=_FICHIERS.get(departement, "gabarit"),
    )


COORDINATIONS = tuple(_coordination(d) for d in _POIDS_DEPARTEMENTS)
PRODUCTEURS: tuple[Producteur, ...] = COORDINATIONS + GRANDS_PROJETS
