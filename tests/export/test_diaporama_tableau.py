"""What a slide keeps of a table, which end of it, and the words that say so; the steps of an axis."""

from __future__ import annotations

import re

import pytest

from dashboard.contenu.tableau import Colonne, tableau
from dashboard.export import diaporama_tableau, diaporama_theme
from dashboard.export.diaporama_graphique import _graduation, _noms
from dashboard.export.diaporama_tableau import Extrait
from dashboard.export.diaporama_theme import Cadre

COLONNES = (Colonne("mois", "Mois"), Colonne("h", "Heures", "entier"))


def extrait(combien: int, *, fin: bool, colonnes_en_tout: int = 2) -> Extrait:
    t = tableau(COLONNES, [(f"mois {k}", float(k)) for k in range(40 - combien if fin else 0, 40 if fin else combien)])
    return Extrait(t.colonnes, t.lignes, 40, colonnes_en_tout, fin)


@pytest.mark.parametrize("fin", [False, True])
def test_les_lignes_qui_ne_tiennent_pas_sont_dites(fin: bool) -> None:
    """Whatever the height, the words announce the rows that are there; a curve keeps its last months."""
    deck = diaporama_theme.nouveau()
    diapo = deck.slides.add_slide(deck.slide_layouts.get_by_name("Bloc"))
    montre = diaporama_tableau.poser(diapo, extrait(15, fin=fin), Cadre(1, 1, 4, 1.6))
    table = next(f.table for f in diapo.shapes if f.has_table)
    lues = [ligne.cells[0].text.replace("\u00a0", " ") for ligne in list(table.rows)[1:]]
    n = len(lues)
    assert 2 < n < 15
    assert lues == [f"mois {k}" for k in (range(40 - n, 40) if fin else range(n))]
    assert montre.reste is not None
    assert montre.reste.startswith(f"Tableau : {n} {'dernières' if fin else 'premières'} lignes sur 40 ;")


def test_un_tableau_entier_ne_dit_rien_et_les_colonnes_se_comptent() -> None:
    entier = extrait(15, fin=False)
    assert Extrait(entier.colonnes, entier.lignes, 15, 2).reste is None
    assert "2 colonnes sur 9" in (extrait(15, fin=False, colonnes_en_tout=9).reste or "")


@pytest.mark.parametrize(
    ("haut", "entiere"), [(4110.0, True), (0.87, False), (3.0, True), (6.2e6, True), (17.3, False)]
)
def test_un_axe_a_peu_de_graduations_rondes(haut: float, entiere: bool) -> None:
    for combien in (3, 4):
        pas = _graduation(haut, combien, entiere=entiere)
        assert 1 <= haut / pas <= combien + 0.01
        assert re.fullmatch(r"(1|2|2\.5|3|5)0*", f"{pas / 10**-3:.0f}".rstrip("0") or "0") or "25" in f"{pas:.3f}"
        assert not entiere or pas == int(pas)


def test_deux_noms_coupes_restent_deux_noms() -> None:
    longs = ["Restructuration du service des urgences à Massy", "Restructuration du service des urgences à Paris"]
    courts = _noms(longs)
    assert len(set(courts)) == 2
    assert [c.rpartition(" ")[2] for c in courts] == ["Massy", "Paris"]
    milieu = [f"Aménagement de la route départementale, secteur {s} à Saint-Ouen-sur-Seine" for s in ("A", "B")]
    assert _noms(milieu) == milieu, "ce qui ne se distingue plus une fois coupé s’écrit en entier"
