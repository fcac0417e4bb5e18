"""Turns of phrase of the titles: tenths and ranges, without a sentence that could be misread."""

from __future__ import annotations

import pytest

from dashboard.contenu.tournures import etendue, sur_dix


@pytest.mark.parametrize(
    ("fraction", "attendu"),
    [(0.02, "Presque aucune heure en BTP"), (0.11, "Une heure sur dix en BTP"), (0.68, "Sept heures sur dix en BTP"),
     (0.99, "Presque toutes les heures en BTP")],
)  # fmt: skip
def test_une_part_en_dixiemes(fraction: float, attendu: str) -> None:
    assert sur_dix(fraction, "heure", "en BTP") == attendu


def test_une_etendue_nomme_ses_deux_bouts() -> None:
    titre = etendue("Considération sociale", ("fournitures", 0.012), ("gestion des déchets", 0.341))
    assert titre == "Considération sociale : de 1\u202f% (fournitures) à 34\u202f% (gestion des déchets)"


def test_des_parts_ecrites_pareil_ne_font_pas_une_etendue() -> None:
    assert etendue("Considération sociale", ("Paris", 0.251), ("Essonne", 0.252)).endswith(" : 25\u202f% partout")
    assert etendue("Considération sociale", ("Paris", 0.25), ("Paris", 0.25)).endswith(" : 25\u202f% (Paris)")
