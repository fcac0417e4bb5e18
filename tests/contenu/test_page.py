"""A page leaves aside the filters that mean nothing there, and says so; a sheet is about one object."""

from __future__ import annotations

import pytest

from dashboard.contenu.page import PageContenu
from dashboard.domain.filtre import FILTRES
from dashboard.domain.selection import Selection
from dashboard.warehouse.connexion import Instantane

PLEINE = Selection(annees=(2020, 2021), territoire="93", acheteurs=("x",), regard="femmes", pas="annee", objet="x")


def lire(_instantane: Instantane, selection: Selection) -> Selection:
    return selection


def page(**options: object) -> PageContenu:
    return PageContenu("essai", lire, {}, lambda c: [], **options)  # type: ignore[arg-type]


def test_une_page_ordinaire_garde_tout_sauf_l_objet(instantane: Instantane) -> None:
    contexte = page().contexte(instantane, PLEINE)
    assert contexte.vue == contexte.selection == PLEINE.avec(objet=None)
    assert page().sans_effet(PLEINE) == ()


def test_un_filtre_sans_effet_est_ecarte_et_nomme(instantane: Instantane) -> None:
    sans = page(sans=("annee", "regard"))
    contexte = sans.contexte(instantane, PLEINE)
    assert contexte.vue == PLEINE.avec(annees=None, regard=None, objet=None)
    assert sans.sans_effet(PLEINE) == (
        "« Période » : sans effet sur cette page.",
        "« Regard » : sans effet sur cette page.",
    )
    assert sans.sans_effet(Selection(territoire="93")) == ()
    assert contexte.sous_titre("lots") == "lots · Seine-Saint-Denis · x"
    assert page().contexte(instantane, PLEINE).sous_titre("lots").startswith("lots · femmes · 2020–2021 ·")


@pytest.mark.parametrize("filtre", FILTRES, ids=lambda f: f.cle)
def test_une_fiche_ne_connait_aucun_filtre(instantane: Instantane, filtre: object) -> None:
    vue = page(fiche="acheteur").contexte(instantane, PLEINE).vue
    assert vue == Selection(objet="x", pas="annee")
    assert getattr(vue, filtre.attribut) == getattr(Selection(), filtre.attribut)  # type: ignore[attr-defined]
