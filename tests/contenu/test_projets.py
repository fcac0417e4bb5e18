"""The words of the page of the projects: findings come from the numbers, what is left out is said."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.mesures import tirer
from dashboard.contenu import projets, projets_etats, projets_marches, projets_mots
from dashboard.contenu.contexte import SANS_RESIDENCE, Contexte
from dashboard.contenu.registre import page_du_bloc
from dashboard.contenu.tableau import Bloc, Etat
from dashboard.domain import francais as fr
from dashboard.domain.selection import Selection
from dashboard.warehouse.connexion import Instantane


def contexte(instantane: Instantane, **choix: Any) -> Contexte[Any]:
    return projets.PAGE.contexte(instantane, Selection(**choix))


def blocs(instantane: Instantane, **choix: Any) -> dict[str, Bloc]:
    return projets.PAGE.composer(contexte(instantane, **choix))


def phrase(c: Contexte[Any]) -> str:
    return "".join(m.texte for m in projets.phrase(c))


@pytest.mark.parametrize("tirage", range(30))
def test_toute_selection_a_des_mots_bien_formes(instantane: Instantane, tirage: int) -> None:
    alea = random.Random(8200 + tirage)
    choix = replace(tirer(instantane.referentiel, alea), etat=alea.choice([(), ("retard",), ("nd", "atteint")]))
    c = projets.PAGE.contexte(instantane, choix)
    texte = phrase(c)
    assert texte[0].isupper()
    assert texte.endswith(".")
    assert "  " not in texte
    assert not re.search(r"\b(nan|None|inf)\b", texte)
    for bloc in projets.PAGE.composer(c).values():
        assert bloc.titre[0].isupper() or bloc.titre[0].isdigit(), bloc.titre
        mots = bloc.titre + bloc.sous_titre + bloc.legende
        assert not re.search(r"\b(nan|None|inf)\b", mots), mots
        assert bool(bloc.vide) or bloc.tableau.lignes, bloc.ident
        assert all(len(ligne) == len(bloc.tableau.colonnes) for ligne in bloc.tableau.lignes)
        assert bloc.definitions


def test_chaque_bloc_a_quelque_chose_par_defaut(instantane: Instantane) -> None:
    for ident, bloc in blocs(instantane).items():
        assert bloc.vide is None, (ident, bloc.vide)
        assert bloc.tableau.lignes
        assert page_du_bloc(ident) is projets.PAGE


def test_la_page_ne_connait_ni_annee_ni_regard(instantane: Instantane) -> None:
    nue = contexte(instantane)
    assert contexte(instantane, annees=(2022, 2022), regard="femmes").selection == nue.selection
    assert not re.search(r"\ben 20\d\d\b|En 20\d\d", phrase(nue))


def test_la_phrase_dit_les_nombres_de_la_page(instantane: Instantane) -> None:
    c = contexte(instantane)
    b, texte = c.vue.mesures.bilan, phrase(c)
    assert fr.pluriel(b.en_cours, "lot en cours", "lots en cours") in texte
    assert projets_mots.heures(b["realisees"]) in texte
    assert f"{projets_mots.rond(b['dues'])} dues" in texte
    assert projets_mots.fourchette(b.finales) in texte
    assert b.arrete is not None
    assert fr.date_longue(b.arrete) in texte


def test_par_residence_chaque_bloc_dit_pourquoi(instantane: Instantane) -> None:
    c = contexte(instantane, geographie="residence")
    assert "résidence" in phrase(c)
    assert {b.vide for b in projets.PAGE.composer(c).values()} == {SANS_RESIDENCE}


def test_sans_aucun_lot_les_titres_n_annoncent_rien(instantane: Instantane) -> None:
    commune = next(
        t.code for t in instantane.referentiel.territoires.values()
        if t.niveau == "commune" and not contexte(instantane, territoire=t.code).vue.mesures.bilan.lots
    )  # fmt: skip
    c = contexte(instantane, territoire=commune)
    assert phrase(c).endswith(", aucun lot n’est suivi.")
    for bloc in projets.PAGE.composer(c).values():
        assert bloc.vide == projets_mots.SANS_LOT
        assert "0 " not in bloc.titre


def test_chaque_programme_a_sa_rangee_et_son_objectif(instantane: Instantane) -> None:
    c = contexte(instantane)
    bloc = blocs(instantane)["projets-programmes"]
    noms = [li[0] for li in bloc.tableau.lignes if li[1] == "Ensemble"]
    assert noms == [projets_mots.programme(c, p.code) for p in c.vue.mesures.programmes]
    charte = [c.cle for c in bloc.tableau.colonnes].index("charte")
    textes = {li[0]: str(li[charte]) for li in bloc.tableau.lignes}
    for nom, texte in textes.items():
        if str(nom).startswith("Grand Paris Express"):
            assert texte.startswith("5")
            assert "puis 10" in texte
            assert "octobre 2020" in texte


def test_le_nombre_de_lots_laisses_de_cote_est_dit(instantane: Instantane) -> None:
    c = contexte(instantane)
    absents = c.vue.mesures.bilan.sans_projection
    legende = blocs(instantane)["projets-programmes"].legende
    assert (fr.pluriel(absents, "lot") in legende) == bool(absents)


def test_les_etats_comptent_tous_les_lots_et_nomment_les_motifs(instantane: Instantane) -> None:
    c = contexte(instantane, programmes=("hors_programme",))
    bloc = projets.PAGE.composer(c)["projets-etats"]
    principaux = [li for li in bloc.tableau.lignes if " : " not in str(li[0]) or str(li[0]).startswith("Terminé")]
    assert sum(li[1] for li in principaux if isinstance(li[1], float)) == c.vue.mesures.bilan.lots
    sans = c.vue.mesures.bilan.etats.get("nd", 0)
    if sans:
        assert fr.pluriel(sans, "lot") in bloc.legende


def test_la_liste_dit_ce_qui_est_filtre_et_ce_qui_est_coupe(instantane: Instantane) -> None:
    filtree = contexte(instantane, etat=("retard", "surveiller"))
    bloc = projets.PAGE.composer(filtree)["projets-lots"]
    assert bloc.titre.endswith("en retard ou à surveiller") or bloc.vide
    coupe = replace(filtree, vue=replace(filtree.vue, mesures=replace(filtree.vue.mesures, listables=99_999)))
    assert "la liste s’arrête à" in projets_etats.lots(coupe).legende


def test_les_personnes_d_un_seul_lot_ne_sont_jamais_montrees(instantane: Instantane) -> None:
    c = contexte(instantane)
    seuls = {p.code for p in c.vue.mesures.programmes if p.bilan.lots < 2}
    un_lot = replace(
        c.vue.mesures.programmes[0].bilan, sommes={**c.vue.mesures.programmes[0].bilan.sommes, "lots": 1.0}
    )
    programmes = (replace(c.vue.mesures.programmes[0], bilan=un_lot), *c.vue.mesures.programmes[1:])
    essai = replace(c, vue=replace(c.vue, mesures=replace(c.vue.mesures, programmes=programmes)))
    masquees = [li for li in projets_marches.publics(essai).tableau.lignes if li[1] is Etat.SECRET]
    assert len(masquees) >= 1 + len(seuls - {c.vue.mesures.programmes[0].code})
    assert all(cellule is Etat.SECRET for li in masquees for cellule in li[2:])


# --- words ------------------------------------------------------------------------------------------------


def nu(texte: str) -> str:
    return texte.replace(fr.FINE, " ").replace(fr.INSECABLE, " ")


@pytest.mark.parametrize(
    ("bornes", "attendu"),
    [
        ((4100.0, 4600.0, 5200.0), "entre 4 100 et 5 200 h"),
        ((13_200_000.0, 13_300_000.0, 13_400_000.0), "entre 13,2 et 13,4 millions d’heures"),
        ((900_000.0, 1_000_000.0, 1_100_000.0), "entre 900 000 et 1,1 million d’heures"),
        ((0.0, 0.0, 0.0), "0 h"),
        ((833_412.0, 833_412.0, 833_412.0), "833 000 h"),
    ],
)
def test_une_fourchette_en_mots(bornes: tuple[float, float, float], attendu: str) -> None:
    assert nu(projets_mots.fourchette(bornes)) == attendu


@pytest.mark.parametrize(
    ("nombre", "attendu"),
    [(0, ""), (1, "1 lot laissé de côté : sans place"), (12, "12 lots laissés de côté : sans place")],
)
def test_ce_qui_est_laisse_de_cote(nombre: int, attendu: str) -> None:
    assert nu(projets_mots.laisses(nombre, "sans place")) == attendu
