"""Light marks: every state has its look, every text is escaped, twins carry the same numbers."""

from __future__ import annotations

import pytest
from lxml import html
from markupsafe import Markup

from dashboard.contenu.tableau import Bloc, Colonne, Etat, tableau
from dashboard.domain.phrases import Morceau, Puce
from dashboard.ui import rendu
from dashboard.ui.barres import Barre
from dashboard.ui.rendu import LIGNES_MAX

HOSTILE = "<img src=x onerror=alert(1)> & « ' »"


def lire(fragment: Markup) -> html.HtmlElement:
    return html.fragment_fromstring(str(fragment), create_parent="div")


def largeurs(racine: html.HtmlElement) -> list[float]:
    return [float(i.get("style").removeprefix("width:").rstrip("%")) for i in racine.iter("i")]


def test_une_barre_zero_masquee_ou_pleine_ne_se_ressemblent_pas() -> None:
    liste = lire(
        rendu.barres(
            [Barre("a", "A", 100.0, "100"), Barre("b", "B", 0.0, "0"), Barre("c", "C", Etat.SECRET, "s"),
             Barre("d", "D", Etat.NON_DISPONIBLE, "nd")]
        )
    )  # fmt: skip
    assert largeurs(liste) == [100, 0, 0, 0]
    assert [a.get("title") for a in liste.iter("abbr")] == ["secret statistique", "non disponible"]
    assert [x.get("class") for x in liste.find_class("x")] == ["x", "x", "x etat-s", "x etat-nd"]


def test_une_barre_qui_filtre_est_un_bouton_et_dit_si_elle_est_choisie() -> None:
    barres = [Barre("93", "93", 1.0, "1", filtre="dep=93", choisie=True), Barre("x", "X", 1.0, "1")]
    boutons = list(lire(rendu.barres(barres)).iter("button"))
    assert len(boutons) == 1
    assert (boutons[0].get("data-filtre"), boutons[0].get("aria-pressed")) == ("dep=93", "true")


def test_la_reference_se_dessine_a_la_meme_echelle() -> None:
    liste = lire(rendu.barres([Barre("a", "A", 50.0, "50", reference=100.0), Barre("b", "B", 25.0, "25")]))
    assert largeurs(liste) == [50, 100, 25]


def test_la_pyramide_garde_les_deux_cotes_a_la_meme_echelle() -> None:
    liste = rendu.pyramide(
        [("Moins de 26 ans", 80.0, "80 %", 20.0, "20 %"), ("50 ans et plus", Etat.SECRET, "s", 40.0, "40 %")]
    )
    assert largeurs(lire(liste)) == [100, 25, 0, 50]


def test_le_jumeau_porte_les_memes_nombres_et_dit_ce_qu_il_coupe() -> None:
    lignes = [[f"T{i}", float(i)] for i in range(LIGNES_MAX + 5)]
    colonnes = [Colonne("t", "Territoire"), Colonne("h", "Heures", "entier")]
    table = lire(rendu.jumeau(Bloc("essai", "Titre", "2025", "Source", tableau(colonnes, lignes))))
    corps = table.findall(".//tbody/tr")
    assert [int(ligne[1].text) for ligne in corps] == list(range(LIGNES_MAX))
    assert "les 5 suivantes sont dans le CSV" in table.find(".//caption").text


def test_une_cellule_masquee_du_jumeau_dit_pourquoi() -> None:
    t = tableau([Colonne("t", "T"), Colonne("n", "N", "entier")], [["a", Etat.SECRET], ["b", 0.0]])
    cellules = lire(rendu.jumeau(Bloc("essai", "T", "S", "L", t))).findall(".//td")
    assert cellules[0].get("class") == "entier etat-s"
    assert cellules[0].find("abbr").get("title") == "secret statistique"
    assert (cellules[1].get("class"), cellules[1].text) == ("entier", "0")


def test_aucun_texte_ne_devient_du_html() -> None:
    fragments = [
        rendu.barres([Barre(HOSTILE, HOSTILE, 1.0, HOSTILE, HOSTILE, HOSTILE)], entete=(HOSTILE,)),
        rendu.phrase([Morceau(HOSTILE, True), Morceau(HOSTILE)]),
        rendu.puces([Puce(HOSTILE, f"acheteur={HOSTILE}")]),
        rendu.notes([HOSTILE]),
        rendu.segments("niveau", {"a": HOSTILE}, "a", "a", HOSTILE),
        rendu.fil([(HOSTILE, HOSTILE), (HOSTILE, HOSTILE)], HOSTILE),
        rendu.vide(HOSTILE, None),
        rendu.legende(HOSTILE, [("c1", HOSTILE)], [("", HOSTILE)]),
        rendu.provenance([(HOSTILE, [(HOSTILE, HOSTILE)])]),
        rendu.jumeau(Bloc("x", HOSTILE, HOSTILE, HOSTILE, tableau([Colonne("t", HOSTILE)], [[HOSTILE]]))),
    ]
    for fragment in fragments:
        racine = lire(fragment)
        assert not list(racine.iter("img"))
        assert "onerror" not in {a for e in racine.iter() for a in e.attrib}
        assert "<img" in "".join(racine.itertext()), fragment


def test_le_choix_par_defaut_s_ecrit_sans_parametre() -> None:
    choix = lire(rendu.segments("niveau", {"departement": "D", "epci": "E"}, "epci", "departement", "Niveau"))
    boutons = list(choix.iter("button"))
    assert [b.get("data-filtre") for b in boutons] == ["niveau=", "niveau=epci"]
    assert [b.get("aria-pressed") for b in boutons] == ["false", "true"]


@pytest.mark.parametrize(("annees", "boutons"), [("2018-2026", 2), (None, 1)])
def test_un_bloc_vide_propose_d_elargir(annees: str | None, boutons: int) -> None:
    racine = lire(rendu.vide("Aucune donnée.", annees))
    assert len(list(racine.iter("button"))) == boutons
    assert rendu.vide(None, annees) == ""
