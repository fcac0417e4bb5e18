"""How the purchases are drawn: dots that do not touch, lists that open a sheet, states said."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from lxml import html
from lxml.html import HtmlElement

from dashboard.contenu import acheteurs as contenu
from dashboard.contenu import fiche_acheteur as contenu_fiche
from dashboard.contenu.contexte import Contexte
from dashboard.domain.selection import Selection
from dashboard.ui import acheteurs, acheteurs_comparables, fiche_acheteur
from dashboard.ui.acheteurs_comparables import PAS, RANGS_MAX, placer, sommet
from dashboard.warehouse.acheteurs_comparables import Comparables, Point
from dashboard.warehouse.acheteurs_lecteur import acheteurs as connus
from dashboard.warehouse.connexion import Instantane

TOUTES = (2018, 2025)


def contexte(instantane: Instantane, **choix: Any) -> Contexte[Any]:
    return contenu.PAGE.contexte(instantane, Selection(annees=TOUTES, **choix))


def lire(fragment: object) -> HtmlElement:
    return html.fragment_fromstring(str(fragment), create_parent="div")


def dessin(c: Contexte[Any], ident: str, dessiner: Any) -> HtmlElement:
    return lire(dessiner(c, contenu.PAGE.blocs[ident](c)))


def comparables(parts: list[float], choisi: int | None = None) -> Comparables:
    points = tuple(Point(str(i), f"A {i}", p, 20, 1e6) for i, p in enumerate(sorted(parts)))
    return Comparables(None if choisi is None else str(choisi), None if choisi is None else points[choisi],
                       (), points, (0.1, 0.2, 0.3), 0)  # fmt: skip


@pytest.mark.parametrize("choisi", [None, 0, 30])
def test_les_ronds_ne_se_touchent_pas(choisi: int | None) -> None:
    k = comparables([0.2 + (i % 25) / 100 for i in range(60)], choisi)
    ronds = placer(k, sommet([p.part for p in k.points]), filtre=True)
    assert len(ronds) == 60
    for rang in range(RANGS_MAX - 1):
        places = sorted(r.x for r in ronds if r.rang == rang and not r.choisi)
        assert all(b - a >= PAS - 0.02 for a, b in pairwise(places)), rang
    assert [r.rang for r in ronds if r.choisi] == ([] if choisi is None else [0])


def test_trop_de_ronds_s_empilent_sans_deborder() -> None:
    ronds = placer(comparables([0.2] * 80), 0.3, filtre=False)
    assert max(r.rang for r in ronds) == RANGS_MAX - 1


@pytest.mark.parametrize(("parts", "haut"), [([], 0.1), ([0.0], 0.1), ([0.34], 0.4), ([0.4], 0.5), ([1.0], 1.0)])
def test_l_axe_va_au_dizieme_suivant(parts: list[float], haut: float) -> None:
    assert sommet(parts) == haut


def test_un_clic_filtre_l_acheteur_puis_ouvre_les_fiches(instantane: Instantane) -> None:
    tous = dessin(contexte(instantane), "acheteurs-comparables", acheteurs_comparables.dessiner)
    boutons = tous.findall(".//button")
    assert boutons
    assert all(b.get("data-filtre").startswith("acheteur=") and b.get("aria-label") for b in boutons)
    siret = boutons[0].get("data-filtre").partition("=")[2]
    un = dessin(contexte(instantane, acheteurs=(siret,)), "acheteurs-comparables", acheteurs_comparables.dessiner)
    assert un.findall(".//button") == []
    assert f"/fiche/acheteur/{siret}" in [a.get("href") for a in un.iter("a")]
    assert len(un.find_class("rond on")) or un.xpath("//*[contains(@class, 'on')]")


@pytest.mark.parametrize(
    ("ident", "dessiner"),
    [("acheteurs-conformite", acheteurs.conformite), ("acheteurs-fins", acheteurs.fins),
     ("acheteurs-liste", acheteurs.liste)],
)  # fmt: skip
def test_une_liste_ouvre_la_fiche_de_chaque_acheteur(instantane: Instantane, ident: str, dessiner: Any) -> None:
    c = contexte(instantane)
    bloc = contenu.PAGE.blocs[ident](c)
    table = lire(dessiner(c, bloc))
    liens = [a.get("href") for a in table.iterfind(".//tbody//a")]
    assert len(liens) == min(acheteurs.MONTRES, len(bloc.tableau.lignes))
    assert all(lien.removeprefix("/fiche/acheteur/") in connus(instantane) for lien in liens)


def test_les_barres_d_une_typologie_filtrent_et_disent_nd(instantane: Instantane) -> None:
    c = contexte(instantane, secteurs=("nettoyage",))
    barres = dessin(c, "acheteurs-secteur", acheteurs.typologie("acheteurs-secteur"))
    assert [b.get("data-filtre") for b in barres.iter("button") if b.get("aria-pressed") == "true"] == [
        "secteur=nettoyage"
    ]
    tranches = dessin(contexte(instantane), "acheteurs-tranche", acheteurs.typologie("acheteurs-tranche"))
    assert list(tranches.iter("button")) == []
    assert tranches.findall(".//abbr[@title='non disponible']")


def test_la_regle_est_sous_la_liste(instantane: Instantane) -> None:
    c = contexte(instantane)
    texte = dessin(c, "acheteurs-conformite", acheteurs.conformite).text_content()
    assert "Dérogations" in texte
    assert "à vérifier" in texte


def test_la_fiche_propose_les_noms_les_plus_proches(instantane: Instantane) -> None:
    siret = next(iter(connus(instantane)))
    rate = contenu_fiche.PAGE.contexte(instantane, Selection(objet=siret[:-1]))
    fil = lire(fiche_acheteur.fil(rate))
    assert f"/fiche/acheteur/{siret}" in [a.get("href") for a in fil.iter("a")]
    trouve = lire(fiche_acheteur.fil(contenu_fiche.PAGE.contexte(instantane, Selection(objet=siret))))
    assert trouve.find(".//a").get("href") == f"/acheteurs?acheteur={siret}"
    assert "Comparer cet acheteur" in trouve.text_content()


def test_la_fiche_ne_filtre_rien(instantane: Instantane) -> None:
    c = contenu_fiche.PAGE.contexte(instantane, Selection(objet=next(iter(connus(instantane)))))
    for ident in ("secteur", "achat", "tranche"):
        nom = f"fiche-acheteur-{ident}"
        t = getattr(contenu_fiche, ident.upper())
        fragment = lire(acheteurs.typologie(nom, t)(c, contenu_fiche.PAGE.blocs[nom](c)))
        assert list(fragment.iter("button")) == []
    bloc = contenu_fiche.PAGE.blocs["fiche-acheteur-contrats"](c)
    table = lire(fiche_acheteur.contrats(c, bloc))
    assert len(table.findall(".//tbody/tr")) == min(fiche_acheteur.MONTRES, len(bloc.tableau.lignes)) > 0
    entetes = [e.text_content() for e in table.iterfind(".//thead//th")]
    assert entetes == ["Objet", "Notifié le", "Montant (€\u00a0HT)", "Considération sociale", "Suivi d’insertion",
                       "Heures dues", "Heures réalisées", "État du suivi"]  # fmt: skip
