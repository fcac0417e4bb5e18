"""The four owners of the « grands projets »: operations, places and years of their lots.

Lines, places and names of operations are public facts; the share of the lots given to
each and the dates are plausible choices.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Projet:
    """One family of operations: where and when its lots are notified, and their share of the owner's lots."""

    programme: str
    ligne: str
    nom: str
    communes: tuple[str, ...]
    debut: str
    fin: str
    poids: float


def _gpe(code: str, ligne: str, communes: str, debut: str, fin: str, poids: float) -> Projet:
    return Projet(
        f"gpe_{code}", ligne, f"Grand Paris Express – ligne {ligne}", tuple(communes.split()), debut, fin, poids
    )


PROJETS: dict[str, tuple[Projet, ...]] = {
    "SGP": (
        _gpe(
            "15s",
            "15 Sud",
            "93051 94079 94017 94068 94028 94046 94081 94076 94016 92007 92020 92023 92040 92012",
            "2016-09",
            "2023-06",
            0.44,
        ),
        _gpe("16", "16", "93066 93027 93013 93007 93005 93071 93014 93047 77108 77083", "2018-02", "2024-06", 0.24),
        _gpe("17", "17", "93013 95277 95527 93073 77291", "2019-06", "2025-06", 0.09),
        _gpe("18", "18", "94054 91689 92002 91377 91477 91272 91534 78297 78646", "2021-01", "2025-06", 0.10),
        _gpe("14", "14", "93070 94076 94021 94073 94054 91027", "2018-01", "2023-06", 0.07),
        _gpe("15e", "15 Est", "93066 93001 93008 93029 93010 93064 94033 94017", "2023-09", "2025-12", 0.03),
        _gpe("15o", "15 Ouest", "92064 92063 92050 92062 92026 92009 92004 92036", "2023-09", "2025-12", 0.03),
    ),
    "RATP": (
        Projet(
            "ratp",
            "11",
            "Prolongement de la ligne 11 du métro",
            ("93045", "93063", "93053", "93064"),
            "2016-09",
            "2022-12",
            0.35,
        ),
        Projet("ratp", "4", "Prolongement de la ligne 4 du métro", ("92007", "92049"), "2016-09", "2020-12", 0.15),
        Projet("ratp", "12", "Prolongement de la ligne 12 du métro", ("93001",), "2016-09", "2020-12", 0.12),
        Projet(
            "ratp",
            "",
            "Rénovation de stations et d’ateliers du réseau",
            ("75056", "93066", "94080", "92012"),
            "2018-01",
            "2025-12",
            0.23,
        ),
        Projet(
            "ratp", "", "Conversion de centres bus", ("75056", "94081", "93005", "92050"), "2018-06", "2025-12", 0.15
        ),
    ),
    "SNCFR": (
        Projet(
            "eole",
            "RER E – partie ouest",
            "Eole – prolongement du RER E vers l’ouest",
            ("75056", "92062", "92026", "92050", "92051", "78498", "78361", "78440", "78172"),
            "2016-09",
            "2023-12",
            1.0,
        ),
    ),
    "SOLIDEO": (
        Projet(
            "jop2024",
            "Village des athlètes",
            "Jeux de Paris 2024 – Village des athlètes",
            ("93066", "93070", "93039"),
            "2019-05",
            "2023-06",
            0.50,
        ),
        Projet(
            "jop2024",
            "Village des médias",
            "Jeux de Paris 2024 – Village des médias",
            ("93030", "93013"),
            "2019-09",
            "2023-06",
            0.20,
        ),
        Projet(
            "jop2024",
            "Équipements sportifs",
            "Jeux de Paris 2024 – équipements sportifs",
            ("75056", "93066", "93001", "92025", "77479", "78208", "78423", "93027", "93029"),
            "2019-09",
            "2023-09",
            0.30,
        ),
    ),
}
