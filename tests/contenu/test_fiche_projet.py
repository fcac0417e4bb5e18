"""The words of the sheets of the projects, at three grains, and for an identifier that names nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.contenu import fiche_projet, fiche_projet_comparables, fiche_projet_lot
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.tableau import Bloc
from dashboard.domain import francais as fr
from dashboard.domain.selection import Selection
from dashboard.warehouse.connexion import Instantane


def contexte(instantane: Instantane, objet: str) -> Contexte[Any]:
    return fiche_projet.PAGE.contexte(instantane, Selection(objet=objet))


def objets(instantane: Instantane) -> list[str]:
    """One identifier of each kind, and a lot in every state."""
    con = instantane.curseur()
    lots = con.execute("SELECT min(marche_id) FROM lot WHERE acheteur <> 'grands_projets' GROUP BY etat").fetchall()
    avant = con.execute("SELECT min(marche_id) FROM lot WHERE avant_debut").fetchall()
    operation = con.execute("SELECT min(operation_id) FROM lot WHERE programme <> 'hors_programme'").fetchone()
    programme = con.execute("SELECT min(programme) FROM lot WHERE programme <> 'hors_programme'").fetchone()
    assert operation is not None
    assert programme is not None
    return [x for (x,) in [*lots, *avant, operation, programme] if x]


def composer(c: Contexte[Any]) -> dict[str, Bloc]:
    return fiche_projet.PAGE.composer(c)


def test_chaque_fiche_a_des_mots_bien_formes(instantane: Instantane) -> None:
    for objet in objets(instantane):
        c = contexte(instantane, objet)
        texte = "".join(m.texte for m in fiche_projet.phrase(c))
        assert texte.endswith(".")
        assert not re.search(r"\b(nan|None|inf)\b|  ", texte), texte
        for bloc in composer(c).values():
            assert not re.search(r"\b(nan|None|inf)\b", bloc.titre + bloc.sous_titre + bloc.legende)
            assert bool(bloc.vide) or bloc.tableau.lignes
            assert all(len(ligne) == len(bloc.tableau.colonnes) for ligne in bloc.tableau.lignes)
            assert bloc.definitions


def test_un_identifiant_inconnu_se_dit_partout(instantane: Instantane) -> None:
    c = contexte(instantane, "XYZ-000")
    assert [m.texte for m in fiche_projet.phrase(c)] == [c.vue.introuvable]
    assert {b.vide for b in composer(c).values()} == {c.vue.introuvable}
    assert fiche_projet.chiffres(c) == []


def test_les_personnes_s_arretent_au_programme(instantane: Instantane) -> None:
    *lots, operation, programme = objets(instantane)
    for objet in (lots[0], operation):
        assert composer(contexte(instantane, objet))["fiche-projet-publics"].vide == fiche_projet.SANS_PERSONNE
    assert composer(contexte(instantane, programme))["fiche-projet-publics"].vide is None


# --- a lot in words ---------------------------------------------------------------------------------------

LOT: dict[str, Any] = {
    "marche_id": "L1", "objet": "Gros œuvre", "programme": "eole", "ligne": "", "operation": None, "acheteur": "x",
    "secteur": None, "etat": "surveiller", "motif": None, "mode_obligation": "volume", "taux_insertion": None,
    "heures_engagees": 6000.0, "heures_dues": 6000.0, "due_mobile": False, "realisees": 2880.0, "restantes": 3120.0,
    "attendues": 3100.0, "projetees": 4600.0, "projetees_bas": 4100.0, "projetees_haut": 5200.0, "avancement": 0.62,
    "part": 0.48, "date_atteinte": None, "debut": date(2023, 1, 1), "fin_prevue": date(2027, 1, 1),
    "arrete": date(2025, 12, 31), "avant_debut": False, "exec_commune": None, "heures_travaillees": None,
    "montant_facture": None, "euros_par_heure": None, "montant": None, "rapprochement": None,
    "rapprochement_score": None,
}  # fmt: skip


def dire(instantane: Instantane, **changements: Any) -> str:
    c = contexte(instantane, "XYZ")
    lignes = fiche_projet_lot.explications(c, {**LOT, **changements})
    return " ".join(lignes).replace(fr.FINE, " ").replace(fr.INSECABLE, " ")


def test_un_lot_a_surveiller_est_explique(instantane: Instantane) -> None:
    texte = dire(instantane)
    assert texte.startswith("62 % du temps, 48 % des heures au ")
    assert "Au rythme des lots comparables, entre 4 100 et 5 200 h à la fin pour 6 000 dues" in texte
    assert "Un lot comparable en serait à 3 100 h au même stade." in texte
    assert "ne seraient pas atteintes" in texte


@pytest.mark.parametrize(
    ("changements", "attendu"),
    [
        (
            {"etat": "atteint", "projetees": None, "realisees": 6600.0},
            "Le lot est terminé : 6 600 h réalisées pour 6 000",
        ),
        ({"date_atteinte": date(2027, 3, 1)}, "seraient atteintes en mars 2027"),
        ({"date_atteinte": date(2025, 3, 1)}, "ont été atteintes en mars 2025"),
        ({"etat": "nd", "motif": "sans_duree", "avancement": None, "projetees": None}, "n’est pas évaluable"),
        (
            {"etat": "nd", "motif": "sans_heures", "heures_dues": None, "part": None, "projetees": None},
            "dues inconnues",
        ),
        ({"avant_debut": True}, "avant le début du lot"),
        ({"mode_obligation": "pourcentage"}, "elles bougent avec l’exécution"),
        ({"etat": "non_demarre"}, "S’il suit les lots comparables"),
    ],
)
def test_chaque_cas_est_nomme(instantane: Instantane, changements: dict[str, Any], attendu: str) -> None:
    assert attendu in dire(instantane, **changements)


def test_les_titulaires_gardent_leur_rang_et_leur_taille_inconnue() -> None:
    firmes = [
        {"role": "mandataire", "rang": 1, "denomination": "A", "identifiant": "1", "categorie": "pme", "montant": None},
        {
            "role": "cotitulaire",
            "rang": 2,
            "denomination": None,
            "identifiant": "2",
            "categorie": None,
            "montant": None,
        },
        {
            "role": "sous_traitant",
            "rang": 1,
            "denomination": "C",
            "identifiant": "3",
            "categorie": "ge",
            "montant": 5e4,
        },
    ]
    lus = [tuple(x.replace(fr.FINE, " ") for x in ligne) for ligne in fiche_projet_lot.titulaires(firmes)]
    assert lus == [
        ("Mandataire", "A", "PME"),
        ("Co-titulaire 2", "2", "taille inconnue (nd)"),
        ("Sous-traitant", "C", "grande entreprise · 50 000 €"),
    ]


def test_un_candidat_montre_les_parts_de_son_score() -> None:
    lu = {
        "uid": "U1", "objet": "Voirie", "montant": None, "date_notification": None, "score": 0.61, "score_objet": 0.4,
        "score_date": 1.0, "score_titulaire": None, "score_montant": 0.0,
    }  # fmt: skip
    (candidat,) = fiche_projet_lot.candidats([lu])
    assert candidat["parts"].replace(fr.FINE, " ") == "objet 40 %, date 100 %, titulaire nd, montant 0 %"


def test_le_titre_compte_ceux_qui_font_mieux(instantane: Instantane) -> None:
    *_, programme = objets(instantane)
    c = contexte(instantane, programme)
    lignes = [{"code": programme, "part": 0.5}, *({"code": f"p{i}", "part": 0.1 * i} for i in range(4))]
    lignes = [{"lots": 1, "dues": 10.0, "finales": 5.0, **li} for li in lignes]
    essai = replace(c, vue=replace(c.vue, comparables=replace(c.vue.comparables, lignes=lignes)))
    bloc = fiche_projet_comparables.comparables(essai)
    assert re.match(r"(Aucun|\d) des 4 autres programmes ferai(en)?t mieux", bloc.titre)
