"""« Les marchés de la sélection »: what each page offers, and what is said under the rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dashboard.contenu import marches
from dashboard.contenu.contexte import SANS_LIGNE, SANS_REGARD, SANS_RESIDENCE, Contexte
from dashboard.contenu.flux import Flux, de_bloc, taille
from dashboard.contenu.page import PageContenu
from dashboard.contenu.registre import PAGES
from dashboard.contenu.tableau import Bloc, Colonne, tableau
from dashboard.domain.selection import Selection
from dashboard.warehouse.connexion import Instantane

PAR_NOM = {p.nom: p for p in PAGES}


def emport(instantane: Instantane, nom: str, s: Selection) -> marches.Emport | None:
    page: PageContenu = PAR_NOM[nom]
    return marches.a_emporter(page, Contexte(instantane, page.utile(s), None, page.sans))  # type: ignore[type-var]


@pytest.mark.parametrize("nom", sorted(marches.PAGES_DE_MARCHES))
def test_chaque_page_de_marches_offre_les_siens(instantane: Instantane, nom: str) -> None:
    offre = emport(instantane, nom, Selection(niveau="epci", mesure="montant"))
    assert offre is not None
    assert offre.nombre == marches.flux(marches.contexte(instantane, offre.selection)).nombre > 0
    assert offre.selection == marches.filtres(offre.selection), "aucun réglage de vue"


def test_la_page_des_projets_offre_ses_programmes_depuis_le_debut(instantane: Instantane) -> None:
    offre = emport(instantane, "projets", Selection())
    assert offre is not None
    assert offre.selection.annees == instantane.referentiel.annees
    assert offre.selection.programmes
    assert not {"hors_programme", "ensemble"} & set(offre.selection.programmes)
    choisie = emport(instantane, "projets", Selection(programmes=("gpe_15s",)))
    assert choisie is not None
    assert choisie.selection.programmes == ("gpe_15s",)


def test_une_fiche_offre_ce_dont_elle_parle(instantane: Instantane) -> None:
    siret = next(iter(instantane.referentiel.listes["acheteur"]))
    offre = emport(instantane, "fiche-acheteur", Selection(objet=siret, territoire="93"))
    assert offre is not None
    assert (offre.titre, offre.selection.acheteurs) == ("Les marchés de cet acheteur", (siret,))
    assert offre.selection.territoire == "11", "les filtres ne valent rien sur une fiche"
    assert emport(instantane, "fiche-acheteur", Selection(objet="inconnu")) is None
    programme = emport(instantane, "fiche-projet", Selection(objet="gpe_15s"))
    assert programme is not None
    assert programme.titre == "Les marchés de ce programme"
    assert emport(instantane, "fiche-projet", Selection(objet="hors")) is None


@pytest.mark.parametrize("nom", ["publics", "calculateur"])
def test_une_page_de_personnes_ou_de_calcul_n_offre_rien(instantane: Instantane, nom: str) -> None:
    assert emport(instantane, nom, Selection()) is None


@pytest.mark.parametrize("s", [Selection(geographie="residence"), Selection(regard="femmes")])
def test_ou_un_marche_n_a_pas_de_sens_rien_n_est_offert(instantane: Instantane, s: Selection) -> None:
    assert emport(instantane, "vue-ensemble", s) is None


@pytest.mark.parametrize(
    ("s", "phrase"),
    [
        (Selection(geographie="residence"), SANS_RESIDENCE),
        (Selection(regard="femmes"), SANS_REGARD),
        (Selection(programmes=("gpe_18",), secteurs=("restauration",), annees=(2016, 2016)), SANS_LIGNE),
    ],
)
def test_un_fichier_vide_dit_pourquoi(instantane: Instantane, s: Selection, phrase: str) -> None:
    flux = marches.flux(marches.contexte(instantane, s))
    assert flux.nombre == 0
    assert flux.bloc.vide == phrase
    assert phrase.split(" : ")[0].split("\xa0")[0][:20] in flux.notes[0]


def test_les_mots_disent_le_compte_la_selection_et_ce_qui_est_laisse(instantane: Instantane) -> None:
    c = marches.contexte(instantane, Selection(territoire="93", niveau="commune", annees=(2024, 2025)))
    flux = marches.flux(c)
    assert flux.bloc.titre.startswith(f"{flux.nombre}\xa0marchés et lots notifiés, dont ")
    assert flux.bloc.sous_titre == "Marchés et lots, un par ligne · 2024–2025 · Seine-Saint-Denis"
    assert flux.bloc.legende.startswith("Source : données essentielles de la commande publique (DECP) ; suivi")
    assert flux.bloc.legende.endswith("données de démonstration")
    assert len(flux.bloc.tableau.colonnes) == len({col.cle for col in marches.COLONNES})
    ensemble = marches.flux(replace(c, vue=replace(c.vue, ensemble=12)))
    assert any(note.startswith("Comptés ici sans être listés\xa0: 12\xa0marchés et lots") for note in ensemble.notes)
    sans = marches.flux(replace(c, vue=replace(c.vue, ensemble=0, sans_date=0, sans_lieu=0)))
    assert not any("listés" in note or "Hors de toute" in note for note in sans.notes)


def _lignes(flux: Flux) -> list[tuple[Any, ...]]:
    return [
        ligne
        for lot in flux.lots()
        for ligne in zip(*([valeurs[r] for r in rangs] for valeurs, rangs in lot), strict=True)
    ]


def test_un_bloc_est_une_table_qui_se_lit_par_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.contenu.flux.LOT", 4)
    lignes = [(f"x{k}", float(k)) for k in range(10)]
    flux = de_bloc(Bloc("b", "t", "s", "l", tableau((Colonne("a", "A"), Colonne("n", "N", "entier")), lignes)))
    assert [taille(lot) for lot in flux.lots()] == [4, 4, 2]
    assert _lignes(flux) == lignes == _lignes(flux), "deux lectures se valent"
    borne = flux.borne(5, "Coupé.")
    assert (_lignes(borne), borne.nombre, borne.notes) == (lignes[:5], 5, ("Coupé.",))
    assert flux.borne(10, "Coupé.") is flux
