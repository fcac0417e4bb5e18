"""Maps of the slides: shapes that PowerPoint edits, one a territory."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pptx.util import Inches

from dashboard.export import diaporama_formes
from dashboard.export.diaporama import Diapo, pptx_de
from dashboard.export.diaporama_carte import Carte
from dashboard.export.diaporama_formes import Pastille, Zone
from dashboard.export.diaporama_theme import COULEURS, LARGEUR
from tests.export.test_diaporama import graphique_de, ouvrir

ZONES = {
    "75": Zone(6, "valeur", hachure=False, texte="10 heures"),
    "93": Zone(2, "valeur", hachure=True, texte="3 heures"),
    "92": Zone(None, "s", hachure=False, texte="secret statistique"),
    "94": Zone(None, "nd", hachure=False, texte="non disponible"),
    "77": Zone(None, "zero", hachure=False, texte="0 heure"),
}


def carte_de(diapo: Any) -> Any:
    return next(f for f in diapo.shapes if f.name == "Carte")


def test_une_carte_est_faite_de_formes_modifiables(modele: Diapo) -> None:
    carte = Carte(
        "departement", ZONES, titre="Heures", paliers=(("c2", "< 5"), ("c6", "≥ 5")), signes=(("etat-s", "s"),)
    )
    diapo = ouvrir(pptx_de("Essai", [replace(modele, carte=carte)])).slides[1]
    assert graphique_de(diapo) is None, "la carte remplace le graphique, le tableau reste"
    assert any(f.has_table for f in diapo.shapes)
    formes = {f.name: f for f in carte_de(diapo).shapes}
    assert len(formes) == 8
    xml = {nom: f._element.xml for nom, f in formes.items()}
    assert formes["Paris"]._element.nvSpPr.cNvPr.get("descr") == "10 heures"
    assert COULEURS["r6"] in xml["Paris"]
    assert "pattFill" in xml["Seine-Saint-Denis"], "couverture faible : hachures"
    assert "pattFill" in xml["Hauts-de-Seine"], "secret : une trame, aucune classe"
    assert not any(COULEURS[f"r{i}"] in xml["Hauts-de-Seine"] for i in range(7))
    assert COULEURS["inv"] in xml["Seine-et-Marne"]
    assert COULEURS["hors"] in xml["Yvelines"], "hors sélection : en gris, jamais une île"
    idents = [e.get("id") for e in diapo.shapes._spTree.iter("{*}cNvPr")]
    assert len(idents) == len(set(idents)), "deux formes du même numéro : PowerPoint répare, et avertit"
    for f in formes.values():
        assert f.left >= 0
        assert f.left + f.width <= Inches(LARGEUR)
        assert f.top + f.height <= Inches(6.45)


def test_une_carte_zoomee_garde_ses_voisins_dans_le_cadre(modele: Diapo) -> None:
    carte = Carte(
        "commune", {}, cadre="93", choisi="93066", points=(Pastille(500, 260, 100, "Ici — 3 lots", "retard", "▼"),)
    )
    groupe = carte_de(ouvrir(pptx_de("Essai", [replace(modele, carte=carte)])).slides[1])
    noms = [f.name for f in groupe.shapes]
    assert {"Saint-Denis", "Limites des départements"} <= set(noms)
    assert "Provins" not in noms, "ce qui est loin du cadre n’est pas écrit"
    for forme in groupe.shapes:
        assert forme.left >= groupe.left - 700
        assert forme.left + forme.width <= groupe.left + groupe.width + 700
        assert forme.top + forme.height <= groupe.top + groupe.height + 700


@pytest.mark.parametrize(
    ("anneau", "voulu"),
    [
        ([(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)], [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)]),
        ([(-5.0, 1.0), (5.0, 1.0), (5.0, 2.0), (-5.0, 2.0)], [(0.0, 1.0), (4.0, 1.0), (4.0, 2.0), (0.0, 2.0)]),
        ([(9.0, 9.0), (10.0, 9.0), (10.0, 10.0)], []),
    ],
)
def test_couper_un_anneau(anneau: list[tuple[float, float]], voulu: list[tuple[float, float]]) -> None:
    coupe = diaporama_formes.couper(anneau, (0.0, 0.0, 4.0, 4.0))
    assert sorted(coupe) == sorted(voulu)
