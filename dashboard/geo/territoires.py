"""Build the two tables that go with the boundaries: the territories and the known public buyers.

Pure transformation of what ``lecture_paquets`` read; areas and points come from ``couverture``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.domain.territoire import Territoire
from dashboard.geo.lecture_paquets import METROPOLE, REGION, CommuneSource, Decoupage, GroupementSource

# Numbers of the établissements publics territoriaux (decree numbers), by SIREN; Paris is T1.
EPT = {
    "200057966": "T2", "200057974": "T3", "200057982": "T4", "200057990": "T5",
    "200057867": "T6", "200058097": "T7", "200057875": "T8", "200058790": "T9",
    "200057941": "T10", "200058006": "T11", "200058014": "T12",
}  # fmt: skip
PARIS = "75056"
# Usage, and the town itself, say « de Houilles » where the package elides.
ARTICLES_CORRIGES = {"78311": 0}
SIREN_REGION = "237500079"
SIREN_DEPARTEMENTS = {
    "75": "217500016", "77": "227700010", "78": "227806460", "91": "229102280",
    "92": "229200506", "93": "229300082", "94": "229400288", "95": "229501275",
}  # fmt: skip
COLONNES = (
    "code", "niveau", "nom", "tncc", "siren", "population", "superficie_km2", "lon", "lat",
    "departement", "epci", "anciens_codes", "codes_postaux", "type",
)  # fmt: skip
_VOYELLES = "AEIOUYÀÂÉÈÊËÎÏÔÛŒ"


@dataclass(frozen=True, slots=True)
class Mesures:
    """What only geometry can tell: area in km² and label point, by territory code."""

    superficies: Mapping[str, float]
    points: Mapping[str, tuple[float, float]]


def rattacher(decoupage: Decoupage) -> dict[str, str]:
    """Return the EPT or EPCI of every commune (T1 to T12, otherwise the SIREN of the EPCI).

    Raises ``ValueError`` when a commune belongs to none.
    """
    epci = {PARIS: "T1"}
    for groupement in decoupage.groupements:
        if groupement.siren != METROPOLE:
            epci.update(dict.fromkeys(groupement.membres, code_groupement(groupement)))
    orphelines = [c.code for c in decoupage.communes if c.code not in epci]
    if orphelines:
        raise ValueError(f"Communes sans EPT ni EPCI : {', '.join(orphelines)}.")
    return {c.code: epci[c.code] for c in decoupage.communes}


def code_groupement(groupement: GroupementSource) -> str:
    """Code used by the project: T2 to T12 for an EPT, the SIREN for an EPCI."""
    return EPT.get(groupement.siren, groupement.siren)


def lire_noms(chemin: Path) -> dict[str, tuple[str, int]]:
    """Read the public names of EPT and EPCI: code → (name without legal form, article code)."""
    with chemin.open(encoding="utf-8", newline="") as flux:
        return {ligne["code"]: (ligne["nom"], int(ligne["tncc"])) for ligne in csv.DictReader(flux)}


def dresser(decoupage: Decoupage, noms: Mapping[str, tuple[str, int]], mesures: Mesures) -> list[Territoire]:
    """List every territory, from the region down to the communes."""
    epci = rattacher(decoupage)
    nus = [_region(decoupage), *_departements(decoupage), *_groupements(decoupage, noms, epci)]
    nus += [_commune(c, epci[c.code]) for c in sorted(decoupage.communes, key=lambda c: c.code)]
    return [
        replace(
            t,
            superficie_km2=round(mesures.superficies[t.code], 2),
            lon=mesures.points[t.code][0],
            lat=mesures.points[t.code][1],
        )
        for t in nus
    ]


def ecrire(territoires: Iterable[Territoire], communes: Iterable[CommuneSource], chemin: Path) -> None:
    """Write ``geo/territoires.csv``."""
    sources = {c.code: c for c in communes}
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        sortie = csv.writer(flux, lineterminator="\n")
        sortie.writerow(COLONNES)
        for t in territoires:
            source = sources.get(t.code) if t.niveau == "commune" else None
            codes = ("|".join(source.anciens_codes), "|".join(source.codes_postaux)) if source else ("", "")
            mesures = (f"{t.superficie_km2:.2f}", f"{t.lon:.5f}", f"{t.lat:.5f}")
            identite = (t.code, t.niveau, t.nom, t.tncc, t.siren, t.population)
            sortie.writerow((*identite, *mesures, t.departement, t.epci, *codes, t.type))


def _region(decoupage: Decoupage) -> Territoire:
    region = decoupage.region
    population = sum(c.population for c in decoupage.communes)
    return Territoire(REGION, "region", region.nom, region.tncc, population, 0, siren=SIREN_REGION, type="region")


def _departements(decoupage: Decoupage) -> list[Territoire]:
    return [
        Territoire(
            d.code,
            "departement",
            d.nom,
            d.tncc,
            sum(c.population for c in decoupage.communes if c.departement == d.code),
            0,
            departement=d.code,
            siren=SIREN_DEPARTEMENTS[d.code],
            type="departement",
        )
        for d in sorted(decoupage.departements, key=lambda d: d.code)
    ]


def _groupements(
    decoupage: Decoupage, noms: Mapping[str, tuple[str, int]], epci: Mapping[str, str]
) -> list[Territoire]:
    sources = {code_groupement(g): g for g in decoupage.groupements if g.siren != METROPOLE}
    territoires = []
    for code in sorted(set(epci.values()), key=_ordre):
        membres = [c for c in decoupage.communes if epci[c.code] == code]
        departements = {c.departement for c in membres}
        source = sources.get(code)
        nom, tncc = noms.get(code) or _nom_par_defaut(source.nom if source else code)
        territoires.append(
            Territoire(
                code,
                "epci",
                nom,
                tncc,
                sum(c.population for c in membres),
                0,
                departement=departements.pop() if len(departements) == 1 else "",
                siren=source.siren if source else membres[0].siren,
                type=source.type if source else "EPT",
            )
        )
    return territoires


def _commune(source: CommuneSource, epci: str) -> Territoire:
    return Territoire(
        source.code,
        "commune",
        source.nom,
        ARTICLES_CORRIGES.get(source.code, source.tncc),
        source.population,
        0,
        departement=source.departement,
        epci=epci,
        siren=source.siren,
        type="commune",
    )


def _ordre(code: str) -> tuple[int, str]:
    return (int(code[1:]), "") if code.startswith("T") else (99, code)


def _nom_par_defaut(nom: str) -> tuple[str, int]:
    """Drop the legal form; used for an EPCI that the table of names does not know yet."""
    for prefixe in ("CA ", "CC ", "CU "):
        nom = nom.removeprefix(prefixe)
    return nom, 1 if nom[0] in _VOYELLES else 0
