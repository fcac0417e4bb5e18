"""The Sankey: visible links only, nodes in order inside their column, French words in the tooltips."""

from __future__ import annotations

import pytest

from dashboard.domain import francais as fr
from dashboard.figures.publics import Lien, Noeud, parcours, rangs
from dashboard.figures.theme import JETONS, Theme

NOEUDS = (
    Noeud(0, "plie", "PLIE", 1200), Noeud(0, "siae", "SIAE", 300),
    Noeud(1, "cdi", "CDI", 1500),
    Noeud(2, "emploi_durable", "Emploi durable", None), Noeud(2, "sans_information", "Sans information", 1000),
)  # fmt: skip
LIENS = (Lien(0, 2, 1200), Lien(1, 2, 295), Lien(2, 3, 500), Lien(2, 4, 1000))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_les_liens_et_les_noeuds_sont_ceux_donnes(theme: Theme) -> None:
    trace = parcours(NOEUDS, LIENS, theme).data[0]
    assert list(trace.link.value) == [1200, 295, 500, 1000]
    assert list(trace.node.label) == [n.libelle for n in NOEUDS]
    assert trace.node.color[4] == JETONS[theme]["line"]
    assert len(set(trace.link.color)) == 3


def test_les_bulles_disent_les_nombres_publies_jamais_des_sommes() -> None:
    trace = parcours(NOEUDS, LIENS, "light").data[0]
    assert trace.node.customdata[0] == f"<b>PLIE</b> : {fr.pluriel(1200, 'personne')}"
    assert trace.node.customdata[3].endswith("secret statistique")
    assert trace.link.customdata[1] == f"SIAE → CDI : <b>{fr.pluriel(295, 'personne')}</b>"
    assert not any("=" in texte for texte in (*trace.node.customdata, *trace.link.customdata))


def test_les_noeuds_d_une_colonne_sont_dans_l_ordre_sans_deborder() -> None:
    trace = parcours(NOEUDS, LIENS, "light").data[0]
    for colonne in (0, 1, 2):
        hauteurs = [y for n, y in zip(NOEUDS, trace.node.y, strict=True) if n.colonne == colonne]
        assert hauteurs == sorted(hauteurs)
        assert all(0 < y < 1 for y in hauteurs)


def test_les_colonnes_ont_un_titre() -> None:
    titres = [a.text for a in parcours(NOEUDS, LIENS, "light").layout.annotations]
    assert titres == ["<b>Prescripteur</b>", "<b>Contrat principal</b>", "<b>Six mois après</b>"]


def test_le_rang_d_un_noeud_se_retrouve_par_sa_colonne_et_son_code() -> None:
    assert rangs(NOEUDS)[2, "sans_information"] == 4
