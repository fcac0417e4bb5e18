"""Which chart a table becomes: one unit on an axis, gaps for what is masked, nothing cut without saying so."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.mesures import tirer_pour
from dashboard.contenu import graphique
from dashboard.contenu.graphique import CATEGORIES_MAX, CLASSES_MAX, NUMERIQUES, SERIES_MAX, Graphique, Reglage
from dashboard.contenu.registre import PAGES
from dashboard.contenu.tableau import Bloc, Cellule, Colonne, Etat, tableau
from dashboard.warehouse.connexion import Instantane

SECTEUR = Colonne("secteur", "Secteur")
HEURES = Colonne("realisees", "Heures réalisées", "entier")
ENGAGEES = Colonne("engagees", "Heures engagées", "entier")
PERSONNES = Colonne("personnes", "Personnes", "entier")
PART = Colonne("part", "Part", "part")
MOIS = Colonne("mois", "Mois", "mois")


def bloc(colonnes: list[Colonne], lignes: list[list[Cellule]], sous_titre: str = "Heures · 2025") -> Bloc:
    return Bloc("essai", "Un constat", sous_titre, "Source : essai", tableau(colonnes, lignes))


def trace(colonnes: list[Colonne], lignes: list[list[Cellule]], sous_titre: str = "Heures · 2025") -> Graphique:
    g = graphique.de(bloc(colonnes, lignes, sous_titre))
    assert g is not None
    return g


def test_des_barres_dans_l_ordre_du_tableau_une_seule_unite() -> None:
    g = trace(
        [SECTEUR, HEURES, PART, ENGAGEES, PERSONNES],
        [["Voirie", 5.0, 0.5, 6.0, 2.0], ["Nettoyage", 9.0, 0.5, 8.0, 3.0]],
    )
    assert g.genre == "barres"
    assert g.categories == ("Voirie", "Nettoyage")
    assert [(s.nom, s.valeurs) for s in g.series] == [("Heures réalisées", (5, 9)), ("Heures engagées", (6, 8))]
    assert (g.forme, g.unite, g.reste) == ("entier", "Heures", None)


def test_un_bloc_qui_annonce_une_part_montre_ses_parts() -> None:
    g = trace([SECTEUR, HEURES, PART], [["a", 1.0, 0.25], ["b", 3.0, 0.75]], "Part des heures par secteur · 2025")
    assert [(s.nom, s.valeurs) for s in g.series] == [("Part", (0.25, 0.75))]


def test_les_mois_font_une_courbe_et_deux_mois_des_colonnes() -> None:
    lignes: list[list[Cellule]] = [[date(2025, m, 1), float(m)] for m in (1, 2, 3)]
    g = trace([MOIS, HEURES], lignes)
    assert (g.genre, g.categories[0]) == ("courbe", "janvier 2025")
    assert trace([MOIS, HEURES], lignes[:2]).genre == "colonnes"
    assert trace([Colonne("a", "Année"), HEURES], [["2023", 1.0], ["2024", 2.0], ["2025", 3.0]]).genre == "courbe"


def test_une_cellule_masquee_ou_manquante_est_un_trou() -> None:
    g = trace([SECTEUR, HEURES], [["a", Etat.SECRET], ["b", 0.0], ["c", Etat.NON_DISPONIBLE]])
    assert g.series[0].valeurs == (None, 0.0, None)
    assert g.series[0].cellules == (Etat.SECRET, 0.0, Etat.NON_DISPONIBLE)
    assert graphique.manquantes(g) == 2


def test_une_pile_trouee_mentirait() -> None:
    colonnes, choix = [SECTEUR, HEURES, ENGAGEES], Reglage("barres_empilees")
    pleine = graphique.de(bloc(colonnes, [["a", 1.0, 2.0], ["b", 3.0, 4.0]]), choix)
    trouee = graphique.de(bloc(colonnes, [["a", 1.0, 2.0], ["b", Etat.SECRET, 4.0]]), choix)
    assert pleine is not None
    assert trouee is not None
    assert (pleine.genre, trouee.genre) == ("barres_empilees", "barres")


def test_deux_textes_font_des_series_ou_un_libelle() -> None:
    age, sexe = Colonne("age", "Âge"), Colonne("sexe", "Sexe")
    g = trace([age, sexe, PERSONNES], [["Moins de 26 ans", "Homme", 5.0], ["Moins de 26 ans", "Femme", Etat.SECRET],
                                       ["50 ans et plus", "Homme", 7.0]])  # fmt: skip
    assert [(s.nom, s.cellules) for s in g.series] == [("Homme", (5.0, 7.0))], (
        "une série sans nombre n’est pas dessinée"
    )
    flux = trace([Colonne("depart", "De"), Colonne("arrivee", "Vers"), PERSONNES],
                 [[f"D{i}", f"A{i}", float(i)] for i in range(8)])  # fmt: skip
    assert flux.categories[0] == "D0 → A0"


def test_un_code_un_rang_et_une_somme_ne_sont_pas_dessines() -> None:
    colonnes = [Colonne("code", "Code"), Colonne("territoire", "Territoire"), Colonne("rang", "Rang", "entier"), HEURES]
    lignes: list[list[Cellule]] = [["93", "Seine-Saint-Denis", 1.0, 9.0], ["75", "Paris", 2.0, 8.0]]
    g = trace(colonnes, [*lignes, ["11", "Ensemble", 3.0, 17.0]])
    assert g.categories == ("Seine-Saint-Denis", "Paris")
    assert [s.nom for s in g.series] == ["Heures réalisées"]


def test_une_colonne_dont_a_l_unite_de_celle_qui_precede() -> None:
    g = trace(
        [SECTEUR, HEURES, Colonne("v", "dont validées", "entier"), PERSONNES],
        [["a", 2.0, 1.0, 1.0], ["b", 3.0, 2.0, 1.0]],
    )
    assert [s.nom for s in g.series] == ["Heures réalisées", "dont validées"]


@pytest.mark.parametrize(("cle", "limite"), [("secteur", CATEGORIES_MAX), ("tranche", CLASSES_MAX)])
def test_ce_qui_est_coupe_est_dit(cle: str, limite: int) -> None:
    g = trace([Colonne(cle, "Quoi"), HEURES], [[f"c{i}", float(i)] for i in range(30)])
    assert len(g.categories) == len(g.series[0].cellules) == limite
    assert g.reste is not None
    assert f"{limite} premières lignes sur 30" in g.reste


@pytest.mark.parametrize(
    "b",
    [
        bloc([SECTEUR, HEURES], [["a", 1.0]]),
        bloc([SECTEUR, HEURES], [["a", Etat.SECRET], ["b", Etat.SECRET]]),
        bloc([Colonne(c, c) for c in "abcde"], [["x"] * 5, ["y"] * 5]),
        bloc([SECTEUR, Colonne("b", "B"), Colonne("c", "C"), HEURES], [["x", "y", "z", 1.0], ["x", "y", "t", 2.0]]),
        replace(bloc([SECTEUR, HEURES], [["a", 1.0], ["b", 2.0]]), vide="Aucune donnée."),
        replace(bloc([SECTEUR, HEURES], [["a", 1.0], ["b", 2.0]]), ident="heures-chaleur"),
    ],
)  # fmt: skip
def test_le_tableau_dit_parfois_mieux(b: Bloc) -> None:
    assert graphique.de(b) is None


CELLULES = st.one_of(st.floats(0, 1e6), st.sampled_from([Etat.SECRET, Etat.NON_DISPONIBLE]))


@given(st.data())
def test_jamais_deux_unites_sur_un_axe(data: st.DataObject) -> None:
    colonnes = data.draw(
        st.permutations([HEURES, ENGAGEES, PERSONNES, PART, Colonne("km", "Distance (km)", "decimal")])
    )
    lignes = [[f"c{i}", *(data.draw(CELLULES) for _ in colonnes)] for i in range(4)]
    g = graphique.de(bloc([SECTEUR, *colonnes], lignes))
    if g is None:
        return
    par_nom = {c.libelle: (k, c) for k, c in enumerate(colonnes, 1)}
    dessinees = [par_nom[s.nom] for s in g.series]
    assert len({(c.format, graphique.unite(c)) for _, c in dessinees}) == 1
    for serie, (k, _) in zip(g.series, dessinees, strict=True):
        for valeur, ligne in zip(serie.valeurs, lignes, strict=True):
            assert valeur is None if isinstance(ligne[k], Etat) else valeur == ligne[k]


@pytest.mark.parametrize("nom", [p.nom for p in PAGES])
def test_chaque_bloc_du_site_a_un_graphique_lisible_ou_rien(instantane: Instantane, nom: str) -> None:
    page = next(p for p in PAGES if p.nom == nom)
    for rang in range(4):
        selection = tirer_pour(page, instantane.referentiel, random.Random(900 + rang))
        for ident, b in page.composer(page.contexte(instantane, selection)).items():
            g = graphique.de(b)
            if g is None:
                continue
            assert not b.vide, ident
            assert len(g.categories) >= 2, ident
            assert 1 <= len(g.series) <= SERIES_MAX, ident
            assert g.forme in NUMERIQUES, ident
            assert all(len(s.cellules) == len(g.categories) for s in g.series), ident
            publies = {v for ligne in b.tableau.lignes for v in ligne if isinstance(v, int | float)}
            assert {v for s in g.series for v in s.valeurs if v is not None} <= publies, ident


def test_les_reglages_nomment_des_blocs_qui_existent() -> None:
    idents = {i for page in PAGES for i in page.blocs}
    assert set(graphique.REGLAGES) <= idents
