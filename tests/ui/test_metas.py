"""The head of a page: nothing empty, everything escaped, a description that a reader of links shows whole."""

from __future__ import annotations

import re
from html import unescape

from dashboard.ui.metas import DESCRIPTION_MAX, SITE, Metas

ENTIERE = Metas(
    "Où en sont les heures ?", "En 2025, 103 % des engagements.", "https://x.fr/heures", "https://x.fr/a.png", "Carte"
)


def _lues(metas: Metas) -> dict[str, str]:
    return {nom: unescape(texte) for nom, texte in re.findall(r'<meta \w+="([^"]+)" content="([^"]*)">', metas.entete)}


def test_tout_ce_que_lit_un_reseau_social() -> None:
    lues = _lues(ENTIERE)
    assert lues["og:title"] == "Où en sont les heures\u00a0?"
    assert lues["og:description"] == lues["description"] == "En 2025, 103\u00a0% des engagements."
    assert (lues["og:site_name"], lues["og:locale"], lues["og:type"]) == (SITE, "fr_FR", "website")
    assert (lues["og:image"], lues["og:image:alt"]) == ("https://x.fr/a.png", "Carte")
    assert (lues["og:image:width"], lues["og:image:height"]) == ("1200", "630")
    assert lues["twitter:card"] == "summary_large_image"
    assert '<link rel="canonical" href="https://x.fr/heures">' in ENTIERE.entete


def test_rien_de_vide_sans_image_ni_adresse() -> None:
    lues = _lues(Metas("Titre", "Texte"))
    assert all(lues.values())
    assert not [nom for nom in lues if nom.startswith("og:image")]
    assert lues["twitter:card"] == "summary"
    assert "canonical" not in Metas("Titre", "Texte").entete


def test_aucune_valeur_ne_sort_de_son_attribut() -> None:
    mechante = '"><script>alert(1)</script>'
    entete = Metas(mechante, mechante, mechante, mechante, mechante, genre=mechante).entete
    assert "<script" not in entete
    assert all(re.fullmatch(r"\s*<(?:meta|link) [^<>]*>", ligne) for ligne in entete.split("\n"))


def test_une_longue_description_est_coupee_a_un_mot() -> None:
    longue = "mot " * 200
    coupee = _lues(Metas("Titre", longue))["description"]
    assert len(coupee) <= DESCRIPTION_MAX + 1
    assert coupee.endswith("mot…")
