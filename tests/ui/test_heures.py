"""How the blocs of the page of the hours are drawn: scales kept, states said, clicks that filter."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from lxml.html import HtmlElement

from dashboard.contenu import heures as contenu
from dashboard.contenu import heures_types as contenu_types
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.tableau import Etat
from dashboard.domain.selection import Selection
from dashboard.ui import heures
from dashboard.ui.heures import Pile
from dashboard.warehouse.connexion import Instantane

TYPOLOGIES = [
    i for i in contenu.PAGE.blocs if i.rsplit("-", 1)[-1] not in {"temps", "validees", "btp", "chaleur", "contrats"}
]


def contexte(instantane: Instantane, **choix: Any) -> Contexte[Any]:
    return contenu.PAGE.contexte(instantane, Selection(**choix))


def lire(fragment: str) -> HtmlElement:
    return html.fragment_fromstring(str(fragment), create_parent="div")


def largeurs(element: HtmlElement) -> list[float]:
    return [float(re.search(r"width:([\d.]+)%", i.get("style"))[1]) for i in element.iter("i") if i.get("style")]  # type: ignore[index]


def test_une_pile_se_partage_sa_longueur_et_filtre() -> None:
    pile = Pile("2024", "2024", (("plein", "60.0%"), ("autre", "20.0%")), "25 %", "4 M h", "annee=2024", choisie=True)
    dessin = lire(heures.piles([pile, Pile("x", "<i>X</i>", (), "", "")], ("", "", "Part", "Heures")))
    assert largeurs(dessin) == [60.0, 20.0]
    bouton = dessin.find(".//button")
    assert (bouton.get("data-filtre"), bouton.get("aria-pressed")) == ("annee=2024", "true")
    assert dessin.findall(".//li")[1].get("class") == "on"
    assert "<i>X</i>" in dessin.text_content()  # a label is a text, not HTML


def test_un_etat_se_dit_en_mots_une_valeur_s_ecrit() -> None:
    assert heures.texte_de(0.25, "part") == "25\u202f%"
    assert 'title="secret statistique"' in heures.texte_de(Etat.SECRET, "part")
    assert 'title="non disponible"' in heures.texte_de(Etat.NON_DISPONIBLE, "entier")


@pytest.mark.parametrize("ident", TYPOLOGIES)
def test_les_barres_d_une_typologie_ont_les_nombres_de_son_tableau(instantane: Instantane, ident: str) -> None:
    c = contexte(instantane, annees=(2024, 2024))
    bloc = contenu.PAGE.blocs[ident](c)
    lignes = lire(heures.typologie(ident)(c, bloc)).findall(".//li")
    assert [li.find_class("n")[0].text_content() for li in lignes] == [ligne[0] for ligne in bloc.tableau.lignes]
    reference = bool(lignes[0].find_class("ref"))
    assert reference == (ident in contenu_types.DE_MARCHES)
    premiere = bloc.tableau.lignes[0][1]
    if reference and isinstance(premiere, float):
        echelle = max(v for ligne in bloc.tableau.lignes for v in (ligne[1], ligne[3]) if isinstance(v, float))
        assert largeurs(lignes[0])[0] == pytest.approx(100 * premiere / echelle, abs=0.1)


def test_seules_les_typologies_qui_sont_des_filtres_se_cliquent(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2024, 2024), secteurs=("nettoyage",))
    cliquables = {}
    for ident in TYPOLOGIES:
        dessin = lire(heures.typologie(ident)(c, contenu.PAGE.blocs[ident](c)))
        cliquables[ident] = [b.get("data-filtre").split("=")[0] for b in dessin.iter("button")]
    assert {i: set(v) for i, v in cliquables.items() if v} == {
        "heures-secteur": {"secteur"}, "heures-achat": {"achat"}, "heures-clause": {"clause"},
    }  # fmt: skip
    dessin = lire(heures.typologie("heures-secteur")(c, contenu.PAGE.blocs["heures-secteur"](c)))
    assert [b.get("data-filtre") for b in dessin.iter("button") if b.get("aria-pressed") == "true"] == [
        "secteur=nettoyage"
    ]


def test_les_heures_validees_et_le_btp_gardent_une_seule_echelle(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2023, 2024))
    for ident, dessiner in (("heures-validees", heures.validees), ("heures-btp", heures.btp)):
        lignes = lire(dessiner(c, contenu.PAGE.blocs[ident](c))).find_class("piles")[0].findall("li")[1:]
        sommes = [sum(largeurs(li)) for li in lignes]
        assert max(sommes) == pytest.approx(100, abs=0.2)
        assert all(li.find("button").get("data-filtre").startswith("annee=20") for li in lignes)
    gras = [li.get("data-code") for li in lire(heures.btp(c, contenu.PAGE.blocs["heures-btp"](c))).find_class("on")]
    assert gras == ["2023", "2024"]


def test_une_annee_masquee_du_btp_n_a_pas_de_longueur(instantane: Instantane) -> None:
    c = contexte(instantane)
    annees = [
        {"annee": 2023, "btp": None, "hors_btp": None, "part": None},
        {"annee": 2024, "btp": 0.0, "hors_btp": 0.0, "part": None},
        {"annee": 2025, "btp": 600.0, "hors_btp": 400.0, "part": 0.4},
    ]
    c = replace(c, vue=replace(c.vue, annees=annees))
    masquee, nulle, pleine = (
        lire(heures.btp(c, contenu.PAGE.blocs["heures-btp"](c))).find_class("piles")[0].findall("li")[1:]
    )
    assert [sum(largeurs(li)) for li in (masquee, nulle, pleine)] == [0.0, 0.0, 100.0]
    assert len(masquee.find_class("etat-s")) == 2
    assert len(nulle.find_class("etat-nd")) == 1
    assert nulle.find_class("c")[0].text_content() == "0\u202fh"
    assert not pleine.findall(".//abbr")


def test_les_choix_du_temps_disent_ce_qui_est_montre(instantane: Instantane) -> None:
    dessin = lire(heures.choix_temps(contexte(instantane, pas="annee", cumul="oui")))
    assert [b.text for b in dessin.iter("button") if b.get("aria-pressed") == "true"] == ["Année", "Cumul"]
    assert {b.get("data-filtre") for b in dessin.iter("button")} == {
        "pas=", "pas=trimestre", "pas=annee", "cumul=", "cumul=oui",
    }  # fmt: skip


def test_les_contrats_montrent_nombre_et_duree_sans_la_ligne_de_l_ensemble(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2024, 2024))
    bloc = contenu.PAGE.blocs["heures-contrats"](c)
    lignes = lire(heures.contrats(c, bloc)).findall(".//li")[1:]
    assert len(lignes) == len(bloc.tableau.lignes) - 1
    for li, (_, nombre, duree) in zip(lignes, bloc.tableau.lignes, strict=False):
        assert bool(li.find_class("x")[0].find_class("etat-s")) or isinstance(nombre, float) or nombre is Etat.SECRET
        assert ("mois" in li.find_class("c")[0].text_content()) == isinstance(duree, float)
