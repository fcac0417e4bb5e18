"""The static map: well-formed, complete, overlaying, and safe with any name."""

from __future__ import annotations

import ast
import json
import re
import sys
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.geo import carte_svg
from dashboard.geo.carte_svg import bornes, cadrer, projeter, svg_niveau

RACINE = Path(__file__).resolve().parents[2]
NIVEAUX: dict[str, dict[str, Any]] = {
    niveau: json.loads((RACINE / "geo" / "carte" / f"{niveau}.geojson").read_text("utf-8"))
    for niveau in ("region", "departements", "epci", "communes")
}


def lire(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 — our own text


def zones(racine: ET.Element) -> list[ET.Element]:
    return [e for e in racine.iter() if e.get("class") == "zone"]


def collection(nom: str = "X", niveau: str = "departement") -> dict[str, Any]:
    anneau = [[2.0, 48.0], [2.0, 48.5], [2.5, 48.5], [2.5, 48.0], [2.0, 48.0]]
    proprietes = {"code": "95", "nom": nom, "departement": "95", "epci": "", "etiquette": [2.25, 48.25]}
    geometrie = {"type": "Polygon", "coordinates": [anneau]}
    return {"niveau": niveau, "features": [{"id": "95", "properties": proprietes, "geometry": geometrie}]}


@pytest.mark.parametrize(("niveau", "compte"), [("departements", 8), ("epci", 63), ("communes", 1266)])
def test_chaque_niveau_est_complet(niveau: str, compte: int) -> None:
    racine = lire(svg_niveau(NIVEAUX[niveau], titre="Carte", contours=NIVEAUX["departements"]))
    chemins = zones(racine)
    assert len({z.get("data-code") for z in chemins}) == len(chemins) == compte
    assert all(re.fullmatch(r"(M[-\d. ]+l[-\d. ]+z)+", z.get("d", "")) for z in chemins)
    assert (racine.get("role"), racine.get("aria-label")) == ("group", "Carte")
    assert all((z.get("data-bornes") is None) == (niveau == "communes") for z in chemins)


def test_tous_les_niveaux_ont_le_meme_cadre() -> None:
    cadres = {cadrer(collection) for collection in NIVEAUX.values()}
    assert len(cadres) == 1
    assert re.fullmatch(r"0 0 1000 8\d\d", cadres.pop().viewbox)


def test_les_voisins_partagent_leurs_sommets_dans_le_dessin() -> None:
    cadre = cadrer(NIVEAUX["region"])
    points = {
        niveau: {p for e in NIVEAUX[niveau]["features"] for a in carte_svg._grille(e, cadre) for p in a}
        for niveau in NIVEAUX
    }
    assert points["region"] <= points["departements"] <= points["communes"]
    assert points["epci"] <= points["communes"]


def test_les_chemins_se_relisent() -> None:
    cadre = cadrer(NIVEAUX["communes"])
    for entite in NIVEAUX["communes"]["features"][::25]:
        grille = carte_svg._grille(entite, cadre)
        assert _relire(carte_svg._chemin(grille)) == grille
        assert all(len(anneau) >= 3 for anneau in grille)


def _relire(chemin: str) -> list[list[tuple[int, int]]]:
    anneaux = []
    for depart, suite in re.findall(r"M([^l]*)l([^z]*)z", chemin):
        x, y = _nombres(depart)
        anneau = [(x, y)]
        pas = _nombres(suite)
        for dx, dy in zip(pas[::2], pas[1::2], strict=True):
            x, y = x + dx, y + dy
            anneau.append((x, y))
        anneaux.append(anneau)
    return anneaux


def _nombres(texte: str) -> list[int]:
    return [round(float(n) * 10) for n in re.findall(r"-?(?:\d+(?:\.\d)?|\.\d)", texte)]


def test_le_poids_reste_celui_d_une_page() -> None:
    assert len(svg_niveau(NIVEAUX["communes"], titre="Carte", contours=NIVEAUX["departements"]).encode()) < 300_000
    assert len(svg_niveau(NIVEAUX["departements"], titre="Carte", etiquettes=True).encode()) < 25_000


def test_les_etiquettes_ne_se_chevauchent_pas() -> None:
    racine = lire(svg_niveau(NIVEAUX["departements"], titre="Carte", etiquettes=True))
    textes = [e for e in racine.iter() if e.tag == "text"]
    assert {t.text for t in textes} == {
        "75", "92", "93", "94", "Seine-et-Marne", "Yvelines", "Essonne", "Val-d’Oise",
    }  # fmt: skip
    for a, b in combinations(textes, 2):
        ecart_x = abs(float(a.get("x", "")) - float(b.get("x", "")))
        ecart_y = abs(float(a.get("y", "")) - float(b.get("y", "")))
        demi = carte_svg.CORPS * 0.28 * (len(a.text or "") + len(b.text or ""))
        assert ecart_x >= demi or ecart_y >= carte_svg.CORPS - 0.2
    assert "<text" not in svg_niveau(NIVEAUX["communes"], titre="Carte", etiquettes=True)


def test_deux_etiquettes_au_meme_point_sont_ecartees() -> None:
    double = collection()
    double["features"] *= 2
    racine = lire(svg_niveau(double, titre="Carte", etiquettes=True))
    ys = [float(e.get("y", "")) for e in racine.iter() if e.tag == "text"]
    assert abs(ys[0] - ys[1]) >= carte_svg.CORPS - 0.2


def test_couleurs_hachures_et_autonomie() -> None:
    svg = svg_niveau(
        NIVEAUX["epci"], titre="Carte", remplissage={"T8": "#0b559f"}, hachures={"T6", "absent"}, autonome=True
    )
    racine = lire(svg)
    ns = "{http://www.w3.org/2000/svg}"
    colorees = [z for z in zones(racine) if z.get("style")]
    assert [(z.get("data-code"), z.get("style")) for z in colorees] == [("T8", "fill:#0b559f")]
    assert racine.tag == f"{ns}svg"
    assert racine.find(f"{ns}title") is not None
    assert racine.find(f"{ns}style") is not None
    hachures = next(e for e in racine.iter() if e.get("class") == "hachures")
    plaine_commune = next(z for z in zones(racine) if z.get("data-code") == "T6")
    assert hachures.get("d") == plaine_commune.get("d")
    assert "url(#hachures-epci)" in (hachures.get("fill") or "")
    assert "<style" not in svg_niveau(NIVEAUX["epci"], titre="Carte")


def test_bornes_d_un_territoire() -> None:
    x, y, largeur, hauteur = bornes(NIVEAUX["departements"], "75")
    cadre = cadrer(NIVEAUX["departements"])
    px, py = projeter(2.3488, 48.8601, cadre)
    assert x < px < x + largeur
    assert y < py < y + hauteur
    assert bornes(NIVEAUX["region"], "11") == pytest.approx((6, 6, 988, cadre.hauteur - 12), abs=1.1)
    racine = lire(svg_niveau(NIVEAUX["departements"], titre="Carte"))
    paris = next(z for z in zones(racine) if z.get("data-code") == "75")
    assert [float(v) for v in (paris.get("data-bornes") or "").split()] == [x, y, largeur, hauteur]
    with pytest.raises(KeyError):
        bornes(NIVEAUX["departements"], "13")


def test_une_collection_vide_est_refusee() -> None:
    with pytest.raises(ValueError, match="Aucun territoire"):
        cadrer({"features": []})


TEXTE_XML = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))


@given(TEXTE_XML, TEXTE_XML)
def test_tout_nom_reste_du_texte(nom: str, titre: str) -> None:
    racine = lire(svg_niveau(collection(nom), titre=titre, etiquettes=True, autonome=True))
    assert zones(racine)[0].get("data-nom") == nom
    assert racine.get("aria-label") == titre
    assert len(zones(racine)) == 1


def test_le_module_n_importe_que_la_bibliotheque_standard() -> None:
    arbre = ast.parse(Path(carte_svg.__file__).read_text("utf-8"))
    noms = {a.name for n in ast.walk(arbre) if isinstance(n, ast.Import) for a in n.names}
    noms |= {n.module or "" for n in ast.walk(arbre) if isinstance(n, ast.ImportFrom)}
    assert {nom.split(".")[0] for nom in noms} <= sys.stdlib_module_names
