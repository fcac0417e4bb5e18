"""The map of a sheet: every part coloured, states apart, names that do not cover each other."""

from __future__ import annotations

import re

import pytest

from dashboard.rapport.carte import ABSENT, HAUTEUR, HORS, RAMPE, ZERO, Zone, couleur, dessiner, paliers

ZONES = [Zone("93066", "Saint-Denis", 300_000.0), Zone("93027", "La Courneuve", 60_000.0),
         Zone("93001", "Aubervilliers", 45_000.0), Zone("93079", "Villetaneuse", 0.0), Zone("93072", "Stains", None),
         Zone("93031", "Épinay-sur-Seine", 12_000.0), Zone("93070", "Saint-Ouen-sur-Seine", 30_000.0),
         Zone("93039", "L’Île-Saint-Denis", 5_000.0)]  # fmt: skip


@pytest.fixture(scope="module")
def svg() -> str:
    return str(dessiner("T6", "epci", ZONES, [], "Heures & co"))


def test_zero_absent_et_classes_ne_se_confondent_pas() -> None:
    assert couleur(None, (10.0,)) == ABSENT
    assert couleur(0, (10.0,)) == ZERO
    assert {couleur(5, (10.0,)), couleur(20, (10.0,))} <= set(RAMPE)
    assert couleur(5, (10.0,)) != couleur(20, (10.0,))


def test_chaque_partie_est_coloree_et_les_voisines_grises(svg: str) -> None:
    remplis = re.findall(r'fill="(#[0-9a-f]{6})" stroke="#', svg)
    assert sum(c in RAMPE for c in remplis) == 6
    assert remplis.count(ABSENT) == 1
    assert HORS in remplis
    assert 'aria-label="Heures &amp; co"' in svg


def test_les_noms_tiennent_dans_le_cadre_sans_se_couvrir(svg: str) -> None:
    places = {(float(x), float(y)) for x, y in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"', svg)}
    assert places
    assert all(0 < x < 1000 and 0 < y < HAUTEUR for x, y in places)
    ligne = sorted(places)
    assert all(abs(a[0] - b[0]) > 20 or abs(a[1] - b[1]) > 20 for i, a in enumerate(ligne) for b in ligne[i + 1 :])


def test_la_legende_nomme_les_etats_presents() -> None:
    textes = [p.texte for p in paliers(ZONES)]
    assert textes[-2:] == ["aucune heure", "nd : non disponible"]
    assert [p.texte for p in paliers([Zone("a", "A", 0.0)])] == ["aucune heure"]
    assert "aucune heure" not in [p.texte for p in paliers(ZONES[:3])]


@pytest.mark.parametrize(
    ("code", "niveau", "zones"),
    [("11", "region", [Zone("75", "Paris", 1.0), Zone("77", "Seine-et-Marne", 2.0)]),
     ("93", "departement", [Zone("T6", "Plaine Commune", 1.0), Zone("T8", "Est Ensemble", 2.0)]),
     ("93066", "commune", ZONES)],
)  # fmt: skip
def test_chaque_niveau_se_dessine(code: str, niveau: str, zones: list[Zone]) -> None:
    dessin = str(dessiner(code, niveau, zones, [], "Carte"))
    assert dessin.startswith("<svg")
    assert 'stroke-width="4.5"' in dessin
    assert "nan" not in dessin
