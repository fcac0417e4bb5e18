"""Repairs on small drawn cases: what is filled, absorbed, matched, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
import shapely

from dashboard.geo import couverture
from dashboard.geo.couverture import CouvertureInvalide, Reparations

X, Y, PAS = 652_000.0, 6_862_000.0, 1_000.0  # near Paris, in Lambert-93; squares of 1 km


def carre(colonne: float, ligne: float) -> Any:
    return shapely.box(X + colonne * PAS, Y + ligne * PAS, X + (colonne + 1) * PAS, Y + (ligne + 1) * PAS)


def damier(cote: int, sans: tuple[tuple[int, int], ...] = ()) -> dict[str, Any]:
    return {f"{i}{j}": carre(i, j) for i in range(cote) for j in range(cote) if (i, j) not in sans}


def test_un_damier_juste_n_est_pas_touche() -> None:
    journal = Reparations()
    propre = couverture.reparer(damier(3), {}, journal)
    assert journal.lignes == []
    assert all(shapely.equals(propre[code], forme) for code, forme in damier(3).items())


def test_la_lacune_connue_est_comblee() -> None:
    journal = Reparations()
    propre = couverture.reparer(damier(3, sans=((1, 1),)), {"01": "ancienne commune absente"}, journal)
    assert propre["01"].area == pytest.approx(2e6)
    assert not shapely.union_all(list(propre.values())).interiors
    assert journal.lignes == ["01 : ancienne commune absente, 1.00 km² rattachés"]


@pytest.mark.parametrize("lacunes", [{}, {"99": "ailleurs"}])
def test_une_lacune_inexpliquee_est_refusee(lacunes: dict[str, str]) -> None:
    with pytest.raises(CouvertureInvalide, match=r"Lacune inexpliquée de 1\.00 km²"):
        couverture.reparer(damier(3, sans=((1, 1),)), lacunes, Reparations())


def test_un_fragment_va_au_voisin_le_plus_contigu() -> None:
    formes = damier(2)
    fragment = shapely.box(X + PAS, Y + PAS, X + PAS + 100, Y + PAS + 200)  # corner of square 11, given to 00
    formes["11"] = formes["11"].difference(fragment)
    formes["00"] = shapely.MultiPolygon([formes["00"], fragment])
    journal = Reparations()
    propre = couverture.reparer(formes, {}, journal)
    assert {forme.geom_type for forme in propre.values()} == {"Polygon"}
    assert propre["11"].area == pytest.approx(1e6)
    assert journal.lignes[0] == "00 : fragment isolé de 20000 m² rattaché à 11"


def test_des_limites_discordantes_sont_raccordees() -> None:
    formes = damier(2)
    formes["00"] = shapely.box(X, Y, X + PAS + 0.4, Y + PAS)  # bites 40 cm into its neighbour
    journal = Reparations()
    propre = couverture.reparer(formes, {}, journal)
    assert shapely.coverage_is_valid(list(propre.values()))
    assert sum(forme.area for forme in propre.values()) == pytest.approx(4e6, rel=1e-3)
    assert "limites discordantes raccordées" in journal.lignes[0]


def test_generaliser_garde_la_couverture_et_le_sens() -> None:
    degres = couverture.generaliser(damier(3), 50.0, 4)
    formes = list(degres.values())
    assert shapely.coverage_is_valid(formes)
    assert all(not forme.exterior.is_ccw for forme in formes)
    union = couverture.reunir(degres, {"tout": list(degres)})["tout"]
    assert union.geom_type == "Polygon"
    assert couverture.superficies_km2({"tout": union})["tout"] == pytest.approx(9, rel=0.02)
    lon, lat = couverture.points_d_etiquette({"tout": union})["tout"]
    assert union.contains(shapely.Point(lon, lat))


def test_une_grille_trop_grosse_est_refusee() -> None:
    with pytest.raises(CouvertureInvalide, match="croise des limites"):
        couverture.generaliser({"a": shapely.box(X, Y, X + 30, Y + PAS)}, 0.0, 3)


def test_un_contour_tronque_est_refuse_en_francais() -> None:
    with pytest.raises(CouvertureInvalide, match="Contour de commune illisible"):
        couverture.decoder({"75056": b"\x01\x03"})
