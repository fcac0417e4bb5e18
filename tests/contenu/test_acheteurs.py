"""The words of the page of the buyers: findings computed from the numbers, what is unknown never said to be zero."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benchmarks.mesures import tirer
from dashboard.contenu import acheteurs, acheteurs_comparables, acheteurs_listes, acheteurs_parts, acheteurs_spaser
from dashboard.contenu.contexte import SANS_RESIDENCE, Contexte
from dashboard.contenu.tableau import Bloc, Etat
from dashboard.domain.selection import Selection
from dashboard.warehouse.acheteurs_comparables import Comparables, Point
from dashboard.warehouse.acheteurs_mesures import Mesures
from dashboard.warehouse.connexion import Instantane

TOUTES = (2018, 2025)


def contexte(instantane: Instantane, **choix: Any) -> Contexte[Any]:
    return acheteurs.PAGE.contexte(instantane, Selection(**choix))


def blocs(instantane: Instantane, **choix: Any) -> dict[str, Bloc]:
    return acheteurs.PAGE.composer(contexte(instantane, **choix))


def phrase(c: Contexte[Any]) -> str:
    return "".join(m.texte for m in acheteurs.phrase(c))


def avec(c: Contexte[Any], **changements: Any) -> Contexte[Any]:
    return replace(c, vue=replace(c.vue, **changements))


@pytest.mark.parametrize("tirage", range(25))
def test_toute_selection_a_des_mots_bien_formes(instantane: Instantane, tirage: int) -> None:
    alea = random.Random(8000 + tirage)
    choix = replace(tirer(instantane.referentiel, alea), mesure=alea.choice(["nombre", "montant"]))
    c = acheteurs.PAGE.contexte(instantane, choix)
    texte = phrase(c)
    assert texte.startswith(("En ", "De "))
    assert texte.endswith(".")
    assert "  " not in texte
    for bloc in acheteurs.PAGE.composer(c).values():
        mots = bloc.titre + bloc.sous_titre + bloc.legende
        assert bloc.titre[0].isupper() or bloc.titre[0].isdigit(), bloc.titre
        assert not re.search(r"\b(nan|None|le l’|de le )\b", mots), mots
        assert bool(bloc.vide) or bloc.tableau.lignes
        assert all(len(ligne) == len(bloc.tableau.colonnes) for ligne in bloc.tableau.lignes)
        assert bloc.definitions
        if choix.geographie == "residence":
            assert bloc.vide == SANS_RESIDENCE


def test_aucun_bloc_n_est_vide_sur_toute_la_demonstration(instantane: Instantane) -> None:
    # a small demonstration has no buyer large enough for the SPASER
    vides = {i for i, b in blocs(instantane, annees=TOUTES).items() if b.vide}
    assert vides <= {"acheteurs-spaser"}


def test_le_regard_et_le_type_de_clause_sont_sans_effet_et_c_est_dit(instantane: Instantane) -> None:
    choix = Selection(annees=TOUTES, regard="femmes", clauses=("execution",))
    assert len(acheteurs.PAGE.sans_effet(choix)) == 2
    c = acheteurs.PAGE.contexte(instantane, choix)
    assert c.vue.total == contexte(instantane, annees=TOUTES).vue.total


def test_la_phrase_dit_les_parts_et_ce_qui_n_est_pas_une_depense(instantane: Instantane) -> None:
    texte = phrase(contexte(instantane, annees=TOUTES))
    assert "déclarent une considération sociale" in texte
    assert "des montants, hors accords-cadres)" in texte
    assert "comptent dans les nombres, pas dans les montants" in texte
    assert "Le programme n’est connu que des marchés suivis" in phrase(contexte(instantane, programmes=("gpe_15s",)))


def test_le_format_2019_est_non_disponible_jamais_zero(instantane: Instantane) -> None:
    m = Mesures(marches=40, accords=3, chiffres=37, depense=5e6)
    c = avec(contexte(instantane, annees=TOUTES), total=m, annees={2019: m}, typologies={"secteur": {"nettoyage": m}})
    assert "leur format ne dit pas" in phrase(c)
    for bloc in (acheteurs_parts.annees(c), acheteurs_parts.formes(c), acheteurs_parts.environnement(c),
                 acheteurs_parts.typologie("acheteurs-secteur")(c)):  # fmt: skip
        assert bloc.vide == acheteurs_parts.SANS_SOCIAL
    ligne = acheteurs_parts.annees(c).tableau.lignes[0]
    assert ligne[1:6] == (40.0, 0.0, Etat.NON_DISPONIBLE, Etat.NON_DISPONIBLE, Etat.NON_DISPONIBLE)
    assert {ligne[1] for ligne in acheteurs_parts.environnement(c).tableau.lignes} == {Etat.NON_DISPONIBLE}


def test_moins_de_dix_marches_n_ont_pas_de_part_et_la_legende_le_dit(instantane: Instantane) -> None:
    assez, peu = Mesures(marches=20, connus=20, sociaux=5), Mesures(marches=9, connus=9, sociaux=9)
    c = avec(contexte(instantane, annees=TOUTES), typologies={"secteur": {"nettoyage": peu, "gros_oeuvre": assez}})
    bloc = acheteurs_parts.typologie("acheteurs-secteur")(c)
    assert bloc.titre == "Considération sociale : 25\u202f% (gros œuvre)"
    assert bloc.tableau.lignes[-1][4] is Etat.NON_DISPONIBLE
    assert "1\u00a0ligne à moins de 10 marchés renseignés" in bloc.legende


@pytest.mark.parametrize(("annee", "attendu"), [(2015, 0.25), (2020, 0.25), (2021, None), (2022, 0.3), (2026, None)])
def test_les_objectifs_sont_dates(instantane: Instantane, annee: int, attendu: float | None) -> None:
    assert acheteurs_parts.objectif(contexte(instantane), "part_sociale", annee) == attendu


def test_le_titre_dit_ou_l_on_en_est_de_l_objectif(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2024, 2024))
    bas, haut = Mesures(marches=10, connus=10, sociaux=2), Mesures(marches=10, connus=10, sociaux=4)
    assert acheteurs_parts.annees(avec(c, annees={2024: bas})).titre.endswith(
        "2024 : l’objectif national est de 30\u202f%"
    )
    assert "au-dessus de l’objectif national, 30" in acheteurs_parts.annees(avec(c, annees={2024: haut})).titre
    assert acheteurs_parts.annees(avec(c, annees={2021: bas})).titre.endswith("en 2021")


def test_les_croisements_font_le_total() -> None:
    m = Mesures(deux_connus=100, deux=12, aucune=50, sociaux_deux=20)
    assert acheteurs_parts.croisees(m) == {"deux": 12, "sociale": 8, "env": 30, "aucune": 50}


# --- comparable buyers ---------------------------------------------------------------------------------


def pairs(*parts: float, choisi: int | None = None) -> Comparables:
    points = tuple(Point(str(i), f"Acheteur {i}", p, 20, 1e6) for i, p in enumerate(parts))
    propre = None if choisi is None else points[choisi]
    return Comparables(None if choisi is None else str(choisi), propre, ("categorie",), points, (0.1, 0.2, 0.3), 3)


def test_la_place_parmi_les_comparables(instantane: Instantane) -> None:
    c = avec(contexte(instantane, annees=TOUTES), comparables=pairs(0.1, 0.2, 0.4, choisi=2))
    titre = acheteurs_comparables.comparables(c).titre
    assert titre == "Acheteur 2 : 40\u202f% des marchés, 1er sur 3 ; la moitié des comparables dépassent 20\u202f%"
    bloc = acheteurs_comparables.comparables(avec(c, comparables=pairs(0.1, 0.2, 0.4, choisi=0)))
    assert ", 3e sur 3 ;" in bloc.titre
    assert "faute de 5 acheteurs plus proches" in bloc.sous_titre
    assert "3\u00a0acheteurs à moins de 10 marchés renseignés ne sont pas montrés" in bloc.legende
    assert bloc.tableau.lignes[-1][-1] == "acheteur comparé"


def test_sans_part_l_acheteur_n_a_pas_de_position(instantane: Instantane) -> None:
    k = replace(pairs(0.1, 0.2, 0.4), choisi="9")
    titre = acheteurs_comparables.comparables(avec(contexte(instantane, annees=TOUTES), comparables=k)).titre
    assert titre.endswith("moins de 10 marchés renseignés, pas de position")


# --- own dates -----------------------------------------------------------------------------------------


def marche(etat: str = "sans", **autres: Any) -> dict[str, Any]:
    return {
        "uid": "1", "acheteur": "21750001600019", "objet": "Essai", "date_notification": date(2026, 9, 1),
        "type_achat": "travaux", "montant": 6e6, "accord_cadre": False, "seuil": 5_404_000.0, "duree_mois": 2.0,
        "critere": False, "travaux_courts": False, "etat": etat, **autres,
    }  # fmt: skip


def test_la_conformite_dit_combien_et_pourquoi(instantane: Instantane) -> None:
    lignes = (marche(travaux_courts=True, critere=True), marche("clause"), marche("suivi"), marche("inconnu"),
              marche(acheteur="grands_projets"))  # fmt: skip
    bloc = acheteurs_listes.conformite(avec(contexte(instantane, annees=TOUTES), conformite=lignes))
    assert bloc.titre == "Conformité 2026 : 2 marchés concernés sur 4 sans clause sociale"
    assert len(bloc.tableau.lignes) == 1
    assert bloc.tableau.lignes[0][-1] == "travaux de moins de trois mois : dérogation possible ; critère social seul"
    assert "depuis le 22\u00a0août 2026" in bloc.sous_titre
    assert "2018" not in bloc.sous_titre
    assert "1 sans clause déclarée mais suivis" in bloc.legende
    assert "comptés mais pas listés" in bloc.legende


@pytest.mark.parametrize(
    ("lignes", "dit"),
    [
        ((), "Aucun marché au-dessus des seuils"),
        ((marche("clause"),), "Tous les marchés concernés"),
        ((marche("inconnu"),), "format 2019"),
        ((marche(acheteur="grands_projets"),), "publiés ensemble"),
    ],
)
def test_une_conformite_sans_liste_dit_pourquoi(instantane: Instantane, lignes: tuple[Any, ...], dit: str) -> None:
    assert dit in str(acheteurs_listes.conformite(avec(contexte(instantane, annees=TOUTES), conformite=lignes)).vide)


def test_la_regle_cite_ses_sources_et_ce_qui_reste_a_verifier(instantane: Instantane) -> None:
    regle = dict(acheteurs_listes.regle_conformite(contexte(instantane)))
    assert "L2112-2-1" in regle["Règle"]
    assert "https://" in regle["Règle"]
    assert "216\u202f000 €" in regle["Seuils HT"]
    assert "à vérifier" in regle["Seuils HT"]
    assert "moins de trois mois" in regle["Dérogations"]
    assert "à vérifier" in regle["Dérogations"]


def test_un_mois_au_format_2019_n_a_pas_zero_occasion(instantane: Instantane) -> None:
    ligne = {"mois": date(2026, 10, 1), "fins": 3, "sans": 0, "inconnus": 3, "montant": None, "dans_l_an": 3}
    bloc = acheteurs_listes.echeances(avec(contexte(instantane, annees=TOUTES), echeances=(ligne,)))
    assert bloc.tableau.lignes[0][1:4] == (3.0, Etat.NON_DISPONIBLE, 3.0)


def test_le_spaser_distingue_les_maxima(instantane: Instantane) -> None:
    lignes = ({"acheteur": "a", "depense": 6e7, "maxima": 1e6, "seuil": 5e7},
              {"acheteur": "b", "depense": 4e7, "maxima": 2e7, "seuil": 5e7})  # fmt: skip
    bloc = acheteurs_spaser.spaser(avec(contexte(instantane, annees=(2024, 2024)), spaser=lignes))
    assert bloc.titre == "SPASER : 1\u00a0acheteur notifie plus de 50 M€ HT en 2024"
    assert [ligne[-1] for ligne in bloc.tableau.lignes] == ["au-dessus", "au-dessus avec les accords-cadres seulement"]


def test_le_spaser_d_un_acheteur_annee_par_annee(instantane: Instantane) -> None:
    annees = {2022: Mesures(depense=9e7), 2023: Mesures(depense=6e7), 2025: Mesures(depense=4e7, maxima=2e7)}
    bloc = acheteurs_spaser.spaser_annees(avec(contexte(instantane), annees=annees))
    assert [(ligne[0], ligne[3], ligne[4]) for ligne in bloc.tableau.lignes] == [
        ("2025", 5e7, "au-dessus avec les accords-cadres seulement"), ("2023", 5e7, "au-dessus"),
        ("2022", 1e8, "en dessous"),
    ]  # fmt: skip
    assert "seulement : seuil de 50 M€ HT" in bloc.titre


def test_les_chiffres_a_leurs_dates_disent_de_quoi_ils_sont_une_part(instantane: Instantane) -> None:
    c = contexte(instantane)
    notes = {x.ident: x.note for x in acheteurs.chiffres(c)}
    concernes = sum(li["etat"] != "inconnu" for li in c.vue.conformite)
    assert notes["achats_conformite"].startswith(f"sur {concernes}" if concernes else "aucun marché concerné")
    dans_l_an = [li for li in c.vue.echeances if li["dans_l_an"]]
    sans = notes["achats_echeances"].removeprefix("dont ").removesuffix(" sans considération sociale")
    assert int(sans.replace("\u202f", "")) == sum(li["sans"] for li in dans_l_an) > 0
    assert notes["achats_marches"] == ""


@pytest.mark.parametrize("ident", ["annees", "conformite", "echeances", "fins", "spaser"])
def test_un_bloc_a_ses_dates_ne_promet_rien_d_autres_annees(instantane: Instantane, ident: str) -> None:
    tous = blocs(instantane)
    assert not tous[f"acheteurs-{ident}"].annuel
    assert tous["acheteurs-secteur"].annuel


def test_une_etendue_se_lit_sans_se_tromper_de_part(instantane: Instantane) -> None:
    tous = blocs(instantane, annees=TOUTES)
    assert re.fullmatch(
        r"Considération sociale : de \d+\u202f% \(.+\) à \d+\u202f% \(.+\)", tous["acheteurs-secteur"].titre
    )
    assert (
        "(Seine-et-Marne)" in tous["acheteurs-territoire"].titre or "(seine" not in tous["acheteurs-territoire"].titre
    )
