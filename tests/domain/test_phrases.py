"""The words of a selection."""

from __future__ import annotations

from hypothesis import given

from dashboard.domain import phrases
from dashboard.domain.selection import Selection, depuis_url, vers_url
from tests.domain.test_selection import REF, selections


def test_le_lieu_de_comptage_est_toujours_dit() -> None:
    assert phrases.ou(Selection(territoire="93"), REF) == "sur les chantiers et services exécutés en Seine-Saint-Denis"
    assert (
        phrases.ou(Selection(territoire="75", geographie="siege"), REF)
        == "pour les acheteurs dont le siège est à Paris"
    )
    residence = phrases.ou(Selection(territoire="T8", geographie="residence"), REF)
    assert residence == "par des personnes résidant sur le territoire d’Est Ensemble"


def test_la_periode_en_mots() -> None:
    assert (phrases.quand((2025, 2025)), phrases.quand((2023, 2025))) == ("En 2025", "De 2023 à 2025")
    assert phrases.annees((2023, 2025)) == "2023–2025"


def test_le_sous_titre_dit_toute_la_selection() -> None:
    selection = Selection(territoire="93", secteurs=("nettoyage",), geographie="siege")
    texte = phrases.sous_titre("Heures par mois", selection, REF, (2025, 2025))
    assert texte == "Heures par mois · 2025 · Seine-Saint-Denis · siège de l’acheteur · Nettoyage"


def test_une_longue_liste_est_comptee() -> None:
    codes = tuple(sorted(REF.listes["acheteur"]))[:5]
    assert phrases.restrictions(Selection(acheteurs=codes), REF) == ["acheteur : 5 choisis"]


@given(selections)
def test_chaque_puce_retire_un_parametre_de_l_url(selection: Selection) -> None:
    url = vers_url(selection, REF)
    for puce in phrases.puces(selection, REF):
        if puce.retire:
            cle, valeur = puce.retire.split("=")
            assert f"{cle}=" in url
            assert valeur in url


@given(selections)
def test_une_puce_par_valeur_choisie(selection: Selection) -> None:
    choisies = sum(
        len(v)
        for v in (selection.acheteurs, selection.programmes, selection.secteurs, selection.clauses, selection.achats)
    )
    choisies += (selection.territoire != "11") + (selection.geographie != "execution") + 1
    choisies += selection.regard is not None
    assert len(phrases.puces(selection, REF)) == choisies
    assert depuis_url(vers_url(selection, REF), REF).notes == ()
