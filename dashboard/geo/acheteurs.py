"""Build ``data/reference/acheteurs.csv``: the public bodies known by SIREN, and where they sit.

Communes, EPCI, EPT, départements and region come from the administrative package; the large
owners from a hand-kept list beside the result. Contracts older than a merger carry the SIREN of
the former communes, hence the rows computed by INSEE's numbering rule.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from dashboard.domain import francais
from dashboard.domain.territoire import Territoire
from dashboard.geo.lecture_paquets import CommuneSource, Decoupage
from dashboard.geo.territoires import SIREN_DEPARTEMENTS

SIREN_DEPARTEMENT_DE_PARIS = "227500055"  # until the end of 2018
# The council of Val-d’Oise sits in Cergy, the region's in Saint-Ouen: not their chief towns.
SIEGES = {"95": "95127", "11": "93070"}
FORMES = {
    "CA": "Communauté d’agglomération",
    "CC": "Communauté de communes",
    "CU": "Communauté urbaine",
}


class Acheteur(NamedTuple):
    """One row: seat of a public body; ``commune`` is empty when only the département is sure."""

    siren: str
    nom: str
    categorie: str
    commune: str
    departement: str


def est_siren(texte: str) -> bool:
    """Whether the text is nine digits with a right Luhn key."""
    return len(texte) == 9 and texte.isascii() and texte.isdigit() and _luhn(texte) % 10 == 0


def siren_de_regle(code: str) -> str:
    """SIREN that INSEE gives a commune: 21, département, commune on four digits, key.

    Holds for every commune never merged since SIREN exists (tested on the package).
    """
    base = f"21{code[:2]}0{code[2:]}"
    return f"{base}{(10 - _luhn(f'{base}0') % 10) % 10}"


def dresser(decoupage: Decoupage, territoires: Mapping[str, Territoire], grands: Iterable[Acheteur]) -> list[Acheteur]:
    """List the buyers without duplicate, sorted by SIREN; the first mention of a SIREN wins.

    Raises ``ValueError`` (French) when a SIREN has a wrong key or a seat is not a known commune.
    """
    lignes: dict[str, Acheteur] = {}
    for acheteur in _tous(decoupage, territoires, grands):
        if not est_siren(acheteur.siren):
            raise ValueError(f"SIREN « {acheteur.siren} » ({acheteur.nom}) : clé de contrôle fausse.")
        if acheteur.commune and acheteur.commune not in territoires:
            raise ValueError(f"{acheteur.nom} : commune de siège « {acheteur.commune} » inconnue.")
        lignes.setdefault(acheteur.siren, acheteur)
    return [lignes[siren] for siren in sorted(lignes)]


def lire(chemin: Path) -> list[Acheteur]:
    """Read a table of buyers (the hand-kept list, or the result)."""
    with chemin.open(encoding="utf-8", newline="") as flux:
        return [Acheteur(**ligne) for ligne in csv.DictReader(flux)]


def ecrire(acheteurs: Iterable[Acheteur], chemin: Path) -> None:
    """Write the table, one buyer a line."""
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        sortie = csv.writer(flux, lineterminator="\n")
        sortie.writerow(Acheteur._fields)
        sortie.writerows(acheteurs)


def _tous(
    decoupage: Decoupage, territoires: Mapping[str, Territoire], grands: Iterable[Acheteur]
) -> Iterator[Acheteur]:
    region = territoires[decoupage.region.code]
    yield Acheteur(region.siren, f"Région {region.nom}", "region", SIEGES["11"], SIEGES["11"][:2])
    yield from _communes(decoupage, territoires)
    for d in decoupage.departements:
        nom = f"Département {francais.de(territoires[d.code])}"
        siren = SIREN_DEPARTEMENT_DE_PARIS if d.code == "75" else SIREN_DEPARTEMENTS[d.code]
        yield Acheteur(siren, nom, "departement", SIEGES.get(d.code, d.chef_lieu), d.code)
    for t in territoires.values():
        if t.niveau == "epci" and t.code != "T1":
            yield Acheteur(t.siren, _nom_groupement(t), "epci", "", _departement_principal(t, territoires))
    yield from grands


def _communes(decoupage: Decoupage, territoires: Mapping[str, Territoire]) -> Iterator[Acheteur]:
    for c in decoupage.communes:
        nom = "Ville de Paris" if c.departement == "75" else f"Commune {francais.de(territoires[c.code])}"
        yield Acheteur(c.siren, nom, "commune", c.code, c.departement)
    for c in decoupage.communes:
        yield from _anciens_siren(c)


def _anciens_siren(commune: CommuneSource) -> Iterator[Acheteur]:
    """Rows for the SIREN used before a merger: a commune that got a new one, and those it took in."""
    if commune.departement == "75" or commune.siren == siren_de_regle(commune.code):
        return
    noms = {code: f"{nom} (ancienne commune)" for code, nom in commune.deleguees}
    noms[commune.code] = f"{commune.nom} (ancien SIREN)"
    for code in (commune.code, *commune.anciens_codes):
        nom = noms.get(code, f"Ancienne commune réunie à {commune.nom}")
        yield Acheteur(siren_de_regle(code), nom, "commune", commune.code, commune.departement)


def _nom_groupement(t: Territoire) -> str:
    forme = FORMES.get(t.type)
    if forme is None:
        return t.nom
    return f"{forme} {francais.de(t) if t.tncc > 1 else t.nom}"


def _departement_principal(epci: Territoire, territoires: Mapping[str, Territoire]) -> str:
    """Département of most of its inhabitants, which is also that of its seat in Île-de-France."""
    habitants: dict[str, int] = {}
    for t in territoires.values():
        if t.epci == epci.code:
            habitants[t.departement] = habitants.get(t.departement, 0) + t.population
    return max(habitants, key=lambda d: habitants[d])


def _luhn(chiffres: str) -> int:
    doubles = (int(c) * (1 + rang % 2) for rang, c in enumerate(reversed(chiffres)))
    return sum(d - 9 if d > 9 else d for d in doubles)
