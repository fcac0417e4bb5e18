"""The sheet « Graphique »: a native chart on its own numbers, gaps left empty, only when a chart says it better."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from dashboard.contenu import graphique, publics
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.tableau import Etat
from dashboard.domain.selection import Selection
from dashboard.export.classeur import xlsx_de
from dashboard.export.classeur_graphique import LACUNE, NOM
from dashboard.export.tableau import arrondir
from dashboard.warehouse.connexion import Instantane


@pytest.fixture
def contexte(instantane: Instantane) -> Contexte[Any]:
    return publics.PAGE.contexte(instantane, Selection(territoire="93"))


def test_un_graphique_natif_sur_les_nombres_du_bloc(contexte: Contexte[Any]) -> None:
    bloc = publics.PAGE.blocs["publics-ages"](contexte)
    g = graphique.de(bloc)
    assert g is not None
    assert any(v is Etat.SECRET for s in g.series for v in s.cellules), "la petite démonstration en a"
    contenu = xlsx_de(bloc, contexte)
    feuille = CalamineWorkbook.from_filelike(io.BytesIO(contenu)).get_sheet_by_name(NOM).to_python()
    assert feuille[0][: len(g.series) + 1] == [g.axe, *(s.nom for s in g.series)]
    for k, categorie in enumerate(g.categories, 1):
        attendues = [s.valeurs[k - 1] for s in g.series]
        assert feuille[k][: len(g.series) + 1] == [
            categorie, *("" if v is None else float(arrondir(v, g.forme)) for v in attendues),
        ]  # fmt: skip
    assert any(ligne[0] == LACUNE for ligne in feuille)
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        trace = archive.read("xl/charts/chart1.xml").decode()
    assert "<c:barChart>" in trace
    assert "dispBlanksAs" not in trace, "un vide est un trou, ce que fait Excel quand rien n’est dit"
    assert f"{NOM}!$B$2:$B${len(g.categories) + 1}" in trace
    assert trace.count("<c:ser>") == len(g.series)


def test_pas_de_feuille_sans_graphique(contexte: Contexte[Any]) -> None:
    bloc = publics.PAGE.blocs["publics-parcours"](contexte)
    vide = replace(publics.PAGE.blocs["publics-niveaux"](contexte), vide="Aucune donnée.")
    for b in (bloc, vide):
        assert NOM not in CalamineWorkbook.from_filelike(io.BytesIO(xlsx_de(b, contexte))).sheet_names
