"""The layout of a preview picture: everything inside the frame, the demonstration said, nothing from outside."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from dashboard.export.apercu import DEMONSTRATION, HAUTEUR, LARGEUR, NOM, Apercu, Figure, Legende, svg
from dashboard.export.image import largeur
from dashboard.figures.theme import JETONS

DESSIN = '<svg class="figure-svg" viewBox="0 0 340 288"><path style="stroke:var(--r4)" d="M0 0H9"/></svg>'
FIGURE = Figure("Heures par mois", DESSIN, (Legende("var(--r4)", "Heures réalisées"), Legende("", "6 sur 11")))
APERCU = Apercu(
    "Où en sont les heures ?", "En 2025, 6,2 millions d’heures ont été réalisées.",
    (("103\u202f%", "Taux de réalisation"), ("33\u202f%", "Part hors BTP")),
    FIGURE, "Données au 30 septembre 2026", True,
)  # fmt: skip


def _textes(a: Apercu) -> list[ET.Element]:
    racine = ET.fromstring(svg(a))  # noqa: S314 - a drawing of ours
    return [e for e in racine.iter() if e.tag.endswith("text")]


def _mots(a: Apercu) -> str:
    return " ".join("".join(e.itertext()) for e in _textes(a)).replace("\u202f", " ")


def test_l_image_dit_tout_ce_qu_elle_doit() -> None:
    mots = _mots(APERCU)
    for attendu in (NOM, "Île-de-France", DEMONSTRATION, APERCU.question[:-2], "Heures par mois", "Heures réalisées",
                    "103 %", "Part hors BTP", "30 septembre 2026", "6 sur 11"):  # fmt: skip
        assert attendu in mots, attendu
    assert "6,2 millions" in mots
    assert DEMONSTRATION not in _mots(replace(APERCU, demo=False))


LONGS = [
    APERCU,
    replace(APERCU, figure=None),
    replace(APERCU, constat="Établissement public territorial de Grand-Orly Seine Bièvre, " * 12, question="mot " * 60),
    replace(
        APERCU,
        chiffres=(("1\u202f234\u202f567\u202f890", "Considération sociale, en montant, hors accords-cadres"),) * 4,
    ),
    replace(
        APERCU, figure=replace(FIGURE, titre="Part des marchés " * 20, legende=(Legende("#fff", "de 12 à 24 %"),) * 9)
    ),
]


@pytest.mark.parametrize("apercu", LONGS, ids=range(len(LONGS)))
def test_aucun_texte_ne_sort_du_cadre(apercu: Apercu) -> None:
    for e in _textes(apercu):
        x, y, corps = float(e.get("x", 0)), float(e.get("y", 0)), float(e.get("font-size", 0))
        large = largeur("".join(e.itertext()), corps, int(e.get("font-weight", 400)))
        assert 0 < x <= LARGEUR - large + 0.5, (x, large, "".join(e.itertext()))
        assert corps <= y <= HAUTEUR - 10


def test_le_constat_ne_touche_ni_la_figure_ni_les_chiffres() -> None:
    long = replace(APERCU, constat="Sur les chantiers et services exécutés en Île-de-France, " * 9)
    valeur = next(e for e in _textes(long) if "103" in "".join(e.itertext()))
    haut = float(valeur.get("y", 0)) - float(valeur.get("font-size", 0))
    gauche = [e for e in _textes(long) if float(e.get("x", 0)) < 600 and 130 < float(e.get("y", 0)) < haut + 30]
    constat = [e for e in gauche if e is not valeur]
    assert max(float(e.get("y", 0)) for e in constat) < haut
    assert all(56 + largeur("".join(e.itertext()), float(e.get("font-size", 0)), 600) < 640 for e in constat)


def test_les_textes_sont_echappes_et_les_jetons_des_couleurs() -> None:
    dangereux = replace(APERCU, constat="<script>x</script> & « y »", question='"><g>')
    texte = svg(dangereux)
    assert "<script>" not in texte
    assert "&lt;script&gt;" in texte
    ET.fromstring(texte)  # noqa: S314 - a drawing of ours
    assert "var(--" not in svg(APERCU)
    assert JETONS["light"]["r4"] in svg(APERCU)


def test_l_image_ne_demande_rien() -> None:
    sans_espace = svg(APERCU).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|href|@import", sans_espace)
