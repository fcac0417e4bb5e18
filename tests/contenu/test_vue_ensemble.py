"""The words of the page: findings computed from the numbers, states said, nothing invented."""

from __future__ import annotations

import random
import re

import pytest

from benchmarks.mesures import tirer
from dashboard.contenu import resume
from dashboard.contenu.tableau import Bloc, Etat
from dashboard.contenu.tournures import sur_dix
from dashboard.contenu.vue_ensemble import PAGE
from dashboard.domain import francais as fr
from dashboard.domain.selection import Selection
from dashboard.warehouse.chiffres import ChiffreCle
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.secret import PUBLICS_SENSIBLES
from dashboard.warehouse.vue_ensemble import lire


def phrase(instantane: Instantane, selection: Selection) -> str:
    vue = lire(instantane, selection)
    return "".join(m.texte for m in resume.phrase(vue, selection, instantane.referentiel))


def composer(instantane: Instantane, selection: Selection) -> dict[str, Bloc]:
    return PAGE.composer(PAGE.contexte(instantane, selection))


@pytest.mark.parametrize("tirage", range(40))
def test_toute_selection_a_une_phrase_et_des_blocs_bien_formes(instantane: Instantane, tirage: int) -> None:
    selection = tirer(instantane.referentiel, random.Random(1000 + tirage))
    texte = phrase(instantane, selection)
    assert texte.endswith(".")
    assert not re.search(r"\b(nan|None)\b", texte)
    assert "  " not in texte
    for bloc in composer(instantane, selection).values():
        assert bloc.titre[0].isupper() or bloc.titre[0].isdigit()
        assert bloc.legende.startswith("Source : ")
        assert "données de démonstration" in bloc.legende
        assert bool(bloc.vide) or bloc.tableau.lignes
        assert all(len(ligne) == len(bloc.tableau.colonnes) for ligne in bloc.tableau.lignes)


def test_la_phrase_de_la_region(instantane: Instantane) -> None:
    vue = lire(instantane, Selection())
    heures, personnes = vue.chiffres["heures_realisees"].valeur, vue.chiffres["beneficiaires"].valeur
    assert heures is not None
    assert personnes is not None
    texte = phrase(instantane, Selection())
    assert texte.startswith("En 2025, sur les chantiers et services exécutés en Île-de-France, ")
    assert fr.pluriel(int(fr.arrondi(heures)), "heure") in texte
    assert fr.pluriel(personnes, "personne") in texte


@pytest.mark.parametrize(
    ("part", "attendu"),
    [
        (0.7, "Sept heures sur dix dans le bâtiment"),
        (0.12, "Une heure sur dix dans le bâtiment"),
        (0.02, "Presque aucune heure dans le bâtiment"),
        (0.98, "Presque toutes les heures dans le bâtiment"),
    ],
)
def test_les_dixiemes_en_mots(part: float, attendu: str) -> None:
    assert sur_dix(part, "heure", "dans le bâtiment") == attendu


@pytest.mark.parametrize(
    ("valeur", "precedent", "genre", "attendu"),
    [
        (106.1, 100.0, "nombre", ("up", f"▲ 6,1{fr.FINE}%", "sur un an")),
        (98.8, 100.0, "abrege", ("down", f"▼ 1,2{fr.FINE}%", "sur un an")),
        (100.01, 100.0, "nombre", ("stable", "stable", "sur un an")),
        (0.17, 0.15, "part", ("up", f"▲ 2{fr.FINE}pt", "sur un an")),
        (5.0, 0.0, "nombre", None),
        (None, 100.0, "nombre", None),
        (100.0, None, "nombre", None),
    ],
)
def test_la_variation_sur_la_periode_precedente(
    valeur: float | None, precedent: float | None, genre: str, attendu: tuple[str, str, str] | None
) -> None:
    chiffre = ChiffreCle("x", valeur, "valeur", precedent, {})
    assert resume.variation(chiffre, genre, (2024, 2024)) == attendu


def test_une_valeur_absente_s_ecrit_par_son_etat() -> None:
    assert resume.valeur_ecrite(ChiffreCle("x", None, "s", None, {}), "nombre") == "s"
    assert resume.valeur_ecrite(ChiffreCle("x", None, "nd", None, {}), "part") == "nd"
    assert resume.valeur_ecrite(ChiffreCle("x", 0.0, "valeur", None, {}), "abrege") == "0"


def test_compter_par_residence_dit_ce_qui_n_existe_pas(instantane: Instantane) -> None:
    vue = lire(instantane, Selection(geographie="residence"))
    assert vue.chiffres["marches_clause"].statut == "nd"
    assert vue.chiffres["heures_engagees"].statut == "nd"
    assert vue.chiffres["heures_realisees"].valeur
    blocs = composer(instantane, Selection(geographie="residence", indicateur="marches"))
    assert "pas de lieu de résidence" in (blocs["carte"].vide or "")


def test_un_regard_dit_ce_qui_ne_se_decline_pas_par_public(instantane: Instantane) -> None:
    selection = Selection(regard="femmes")
    vue = lire(instantane, selection)
    assert vue.chiffres["marches_clause"].statut == vue.chiffres["heures_engagees"].statut == "nd"
    assert (
        0
        < (vue.chiffres["heures_realisees"].valeur or 0)
        < (lire(instantane, Selection()).chiffres["heures_realisees"].valeur or 0)
    )
    assert "regard : femmes" in phrase(instantane, selection)
    assert "de femmes" not in phrase(instantane, selection)
    blocs = composer(instantane, selection)
    assert "effectifs arrondis à 5 près" in blocs["carte"].legende
    assert "femmes" in blocs["carte"].sous_titre
    assert "ne se décline pas par public" in (
        composer(instantane, selection.avec(indicateur="marches"))["carte"].vide or ""
    )


@pytest.mark.parametrize("tirage", range(12))
def test_un_critere_sensible_ne_se_devine_pas_a_sa_ligne(instantane: Instantane, tirage: int) -> None:
    """In a commune, whoever lives or works there, the rows are the same and the sensitive ones are masked."""
    communes = sorted(t.code for t in instantane.referentiel.territoires.values() if t.niveau == "commune")
    commune = random.Random(tirage).choice(communes)
    bloc = composer(instantane, Selection(annees=(2018, 2025), territoire=commune))["publics"]
    libelles = instantane.referentiel.listes["publics"]
    if not bloc.tableau.lignes:
        assert bloc.vide
        return
    assert {ligne[0] for ligne in bloc.tableau.lignes} == set(libelles.values())
    masques = {ligne[0] for ligne in bloc.tableau.lignes if ligne[1] is Etat.SECRET}
    assert {libelles[code] for code in PUBLICS_SENSIBLES} <= masques
