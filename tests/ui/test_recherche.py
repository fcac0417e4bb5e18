"""Search: what people type finds what they mean."""

from __future__ import annotations

import pytest

from dashboard.ui.recherche import RESULTATS_MAX, chercher, index, normaliser
from dashboard.warehouse.connexion import Instantane


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ("Évry-Courcouronnes", "evry courcouronnes"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("Gros œuvre", "gros oeuvre"),
    ],
)
def test_normaliser(saisie: str, attendu: str) -> None:
    assert normaliser(saisie) == attendu


@pytest.mark.parametrize(
    ("saisie", "valeur"),
    [
        ("93", "dep:93"),
        ("seine saint denis", "dep:93"),
        ("SEINE-SAINT-DENIS", "dep:93"),
        ("la courneuve", "commune:93027"),
        ("evry", "commune:91228"),
        ("l'hay", "commune:94038"),
        ("est ensemble", "epci:T8"),
        ("T8", "epci:T8"),
        ("15 sud", "programme:gpe_15s"),
        ("93048", "commune:93048"),
        ("fiche est ensemble", "fiche:/fiche/territoire/T8"),
        ("grand paris express ligne 16 fiche", "fiche:/fiche/projet/SGP-O0000"),
    ],
)
def test_on_trouve_par_nom_sans_accent_par_code_ou_par_programme(
    instantane: Instantane, saisie: str, valeur: str
) -> None:
    trouves = chercher(instantane, saisie)
    assert any(o["value"].startswith(valeur) for o in trouves)
    assert len(trouves) <= RESULTATS_MAX


def test_on_trouve_un_acheteur_par_son_nom_et_par_son_siret(instantane: Instantane) -> None:
    siret, nom = next(iter(instantane.referentiel.listes["acheteur"].items()))
    for saisie in (nom, siret):
        assert f"acheteur:{siret}" in [o["value"] for o in chercher(instantane, saisie)]


def test_une_saisie_sans_lettre_ni_chiffre_ne_donne_rien(instantane: Instantane) -> None:
    assert chercher(instantane, " - ' ") == []


def test_deux_choses_de_meme_nom_se_distinguent_par_leur_code(instantane: Instantane) -> None:
    for nom in ("acheteurs", "operations"):
        libelles = [e.libelle for e in getattr(index(instantane), nom)]
        assert len(libelles) == len(set(libelles))
