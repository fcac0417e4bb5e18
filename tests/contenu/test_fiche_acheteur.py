"""The words of a buyer's sheet: who it is, all its contracts, the follow-up of each; or why there is no such buyer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from dashboard.contenu import fiche_acheteur
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.fiche_acheteur_contrats import ENSEMBLE_SANS_LISTE, formes, lien
from dashboard.contenu.tableau import Etat
from dashboard.domain.selection import Selection
from dashboard.warehouse.acheteurs_lecteur import ENSEMBLE, acheteurs
from dashboard.warehouse.acheteurs_objet import cle_juste
from dashboard.warehouse.connexion import Instantane

PAGE = fiche_acheteur.PAGE


def contexte(instantane: Instantane, objet: str) -> Contexte[Any]:
    return PAGE.contexte(instantane, Selection(objet=objet))


def phrase(c: Contexte[Any]) -> str:
    return "".join(m.texte for m in fiche_acheteur.phrase(c))


@pytest.mark.parametrize("rang", [0, 1, 5, 40, -1])
def test_la_fiche_dit_qui_et_combien(instantane: Instantane, rang: int) -> None:
    qui = list(acheteurs(instantane).values())[rang]
    c = contexte(instantane, qui.siret)
    texte = phrase(c)
    assert texte.startswith(qui.nom)
    assert texte.endswith(".")
    assert not re.search(r"\b(nan|None)\b", texte)
    assert len(fiche_acheteur.chiffres(c)) == 8
    for bloc in PAGE.composer(c).values():
        assert qui.nom in bloc.sous_titre
        assert bool(bloc.vide) or bloc.tableau.lignes
        assert all(len(ligne) == len(bloc.tableau.colonnes) for ligne in bloc.tableau.lignes)


def test_sous_dix_marches_aucune_part(instantane: Instantane) -> None:
    petit = next(a for a in reversed(acheteurs(instantane).values()) if a.marches < 10)
    c = contexte(instantane, petit.siret)
    assert "trop peu pour en dire une part" in phrase(c)
    chiffres = {x.ident: x for x in fiche_acheteur.chiffres(c)}
    assert chiffres["achats_part_sociale"].statut == "nd"
    assert chiffres["achats_marches"].valeur == petit.marches


@pytest.mark.parametrize("objet", ["123", "21750001600018", "rien de tel", ""])
def test_un_acheteur_introuvable_le_dit_partout(instantane: Instantane, objet: str) -> None:
    c = contexte(instantane, objet)
    assert phrase(c) == c.vue.introuvable
    assert fiche_acheteur.chiffres(c) == []
    assert {b.vide for b in PAGE.composer(c).values()} == {c.vue.introuvable}


def test_les_espaces_ne_changent_rien(instantane: Instantane) -> None:
    siret = next(s for s in acheteurs(instantane) if s != ENSEMBLE)
    espaces = f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"
    assert phrase(contexte(instantane, espaces)) == phrase(contexte(instantane, siret))


def test_un_siret_publie_avec_une_cle_fausse_le_dit(instantane: Instantane) -> None:
    faux = [s for s in acheteurs(instantane) if s.isdigit() and not cle_juste(s)]
    assert faux, "la démonstration en contient"
    assert "clé de contrôle fausse, tel que publié" in phrase(contexte(instantane, faux[0]))


def test_les_grands_maitres_d_ouvrage_ensemble_n_ont_pas_de_liste(instantane: Instantane) -> None:
    c = contexte(instantane, next(iter(acheteurs(instantane))))
    groupe = replace(c.vue.acheteur, siret=ENSEMBLE)
    bloc = PAGE.blocs["fiche-acheteur-contrats"](replace(c, vue=replace(c.vue, acheteur=groupe, contrats=())))
    assert bloc.vide == ENSEMBLE_SANS_LISTE


def test_les_marches_au_dessus_des_seuils_sont_listes_avant_comme_apres_l_obligation(instantane: Instantane) -> None:
    qui = next(iter(acheteurs(instantane)))
    c = contexte(instantane, qui)
    bloc = PAGE.blocs["fiche-acheteur-conformite"](c)
    attendu = instantane.curseur().execute("SELECT count(*) FROM achat WHERE au_dessus AND acheteur = ?", [qui])
    total = (attendu.fetchone() or (0,))[0]
    assert 0 < len(bloc.tableau.lignes) == min(100, total)
    assert {ligne[3] for ligne in bloc.tableau.lignes} <= {"s’applique", "pas encore"}
    sans = sum(li["etat"] == "sans" for li in c.vue.conformite)
    assert [ligne[3:5] for ligne in bloc.tableau.lignes[:sans]] == [("s’applique", "sans clause sociale")] * sans


def ligne(**autres: Any) -> dict[str, Any]:
    return {"lien": "exact", "score": 1.0, "sociale": True, "suivi": True, "clause": True, "critere": False,
            "reserve": False, **autres}  # fmt: skip


def test_le_lien_et_la_forme_en_mots() -> None:
    assert lien(ligne()) == "suivi rapproché (numéro), score 1,00"
    assert lien(ligne(lien="probable", score=0.873)) == "suivi rapproché (probable), score 0,87"
    assert lien(ligne(lien="a_confirmer", score=0.61)) == "suivi à confirmer, score 0,61"
    assert lien(ligne(lien="aucun", score=None)) == "aucun suivi trouvé"
    assert formes(ligne(critere=True)) == "clause et critère"
    assert formes(ligne(sociale=False, clause=False)) == "aucune déclarée, mais suivi d’insertion"
    assert formes(ligne(sociale=None, clause=None, suivi=False)) == "non disponible (format 2019)"


def test_les_heures_d_un_marche_sans_suivi_ne_sont_pas_zero(instantane: Instantane) -> None:
    for siret in list(acheteurs(instantane))[:5]:
        for rangee, li in zip(
            PAGE.blocs["fiche-acheteur-contrats"](contexte(instantane, siret)).tableau.lignes,
            contexte(instantane, siret).vue.contrats, strict=True,
        ):  # fmt: skip
            assert (rangee[10] is Etat.NON_DISPONIBLE) == (not li["lots"] or li["realisees"] is None)


def test_chaque_chiffre_a_de_quoi_se_lire(instantane: Instantane) -> None:
    """All the years have no year before: each figure stands beside its last whole year, or says what it is part of."""
    c = contexte(instantane, next(iter(acheteurs(instantane))))
    for chiffre in fiche_acheteur.chiffres(c):
        if chiffre.valeur is not None and (chiffre.serie.get(c.ref.defaut) is not None or not chiffre.serie):
            assert chiffre.note, chiffre.ident
    notes = {x.ident: x.note for x in fiche_acheteur.chiffres(c)}
    assert notes["achats_marches"] == f"{c.vue.annees[c.ref.defaut].marches} en {c.ref.defaut}"
