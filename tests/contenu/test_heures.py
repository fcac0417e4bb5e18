"""The words of the page of the hours: findings computed from the numbers, states said, nothing invented."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benchmarks.mesures import tirer
from dashboard.contenu import heures, heures_temps, heures_types
from dashboard.contenu.contexte import SANS_LIGNE, SANS_SUIVI, Contexte
from dashboard.contenu.tableau import Bloc, Etat
from dashboard.domain import francais as fr
from dashboard.domain.selection import REGION, Selection
from dashboard.warehouse.chiffres import ChiffreCle
from dashboard.warehouse.connexion import Instantane


def contexte(instantane: Instantane, **choix: Any) -> Contexte[Any]:
    return heures.PAGE.contexte(instantane, Selection(**choix))


def blocs(instantane: Instantane, **choix: Any) -> dict[str, Bloc]:
    return heures.PAGE.composer(contexte(instantane, **choix))


def phrase(c: Contexte[Any]) -> str:
    return "".join(m.texte for m in heures.phrase(c))


def avec(c: Contexte[Any], **changements: Any) -> Contexte[Any]:
    """The same context, some data of its page replaced."""
    return replace(c, vue=replace(c.vue, **changements))


@pytest.mark.parametrize("tirage", range(40))
def test_toute_selection_a_des_mots_bien_formes(instantane: Instantane, tirage: int) -> None:
    alea = random.Random(4000 + tirage)
    choix = replace(
        tirer(instantane.referentiel, alea),
        pas=alea.choice(["mois", "trimestre", "annee"]),
        cumul=alea.choice(["non", "oui"]),
    )
    if tirage % 2:
        choix = replace(choix, territoire=alea.choice([REGION, "93"]))
    c = heures.PAGE.contexte(instantane, choix)
    texte = phrase(c)
    assert texte.startswith(("En ", "De "))
    assert texte.endswith(".")
    assert "  " not in texte
    assert not re.search(r"\b(nan|None|de 1er|de le )\b", texte)
    for bloc in heures.PAGE.composer(c).values():
        assert bloc.titre[0].isupper() or bloc.titre[0].isdigit(), bloc.titre
        assert not re.search(r"\b(nan|None)\b", bloc.titre + bloc.sous_titre)
        assert bool(bloc.vide) or bloc.tableau.lignes
        assert all(len(ligne) == len(bloc.tableau.colonnes) for ligne in bloc.tableau.lignes)
        assert bloc.definitions


def test_la_phrase_dit_les_nombres_de_la_page(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2024, 2024))
    texte, chiffres = phrase(c), c.vue.chiffres
    assert texte.startswith("En 2024, sur les chantiers et services exécutés en Île-de-France, ")
    assert heures_temps.heures_en_mots(chiffres["heures_realisees"].valeur) in texte
    assert f"pour {heures_temps.heures_en_mots(chiffres['heures_engagees'].valeur)} engagées" in texte
    assert f"soit {fr.pourcent(chiffres['taux_realisation'].valeur)} des engagements" in texte
    sens = chiffres["heures_realisees"].valeur > chiffres["heures_realisees"].precedent
    assert f"Les heures réalisées {'progressent' if sens else 'reculent'} de " in texte
    assert "par rapport à 2023" in texte


def test_sous_un_regard_ou_par_residence_la_phrase_ne_parle_pas_d_engagement(instantane: Instantane) -> None:
    for choix in ({"regard": "rsa"}, {"geographie": "residence"}):
        texte = phrase(contexte(instantane, **choix))
        assert "engag" not in texte
        assert "valider" not in texte
    assert "(regard : bénéficiaires du RSA)" in phrase(contexte(instantane, regard="rsa"))


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [(1.0, "1 heure"), (178.5, "179 heures"), (4230.0, "4 230 heures"), (1_620_000.0, "1,62 million d’heures")],
)
def test_les_heures_en_mots(valeur: float, attendu: str) -> None:
    assert heures_temps.heures_en_mots(valeur).replace(fr.FINE, " ").replace(fr.INSECABLE, " ") == attendu


@pytest.mark.parametrize(
    ("debut", "pas", "attendu"),
    [
        (date(2025, 3, 1), "mois", "mars 2025"),
        (date(2025, 1, 1), "trimestre", "1er trimestre 2025"),
        (date(2025, 10, 1), "trimestre", "4e trimestre 2025"),
        (date(2025, 1, 1), "annee", "2025"),
    ],
)
def test_les_pas_de_temps_en_mots(debut: date, pas: str, attendu: str) -> None:
    assert heures_temps.nom_du_pas(debut, pas) == attendu


# --- over time --------------------------------------------------------------------------------------------


def pas(*valeurs: float | None) -> list[dict[str, Any]]:
    return [
        {"debut": date(2025, k, 1), "valeur": v, "reference": None, "statut": "s" if v is None else "valeur"}
        for k, v in enumerate(valeurs, 1)
    ]


def test_le_cumul_ne_sait_plus_rien_apres_une_valeur_masquee(instantane: Instantane) -> None:
    c = avec(contexte(instantane, regard="femmes", cumul="oui"), temps=pas(10.0, 0.0, None, 5.0))
    assert [(li["valeur"], li["statut"]) for li in heures_temps.serie(c)] == [
        (10.0, "valeur"), (10.0, "valeur"), (None, "s"), (None, "s"),
    ]  # fmt: skip
    assert [ligne[1] for ligne in heures_temps.temps(c).tableau.lignes] == [10.0, 10.0, Etat.SECRET, Etat.SECRET]


def test_le_cumul_finit_au_total_de_la_periode(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2023, 2024), cumul="oui")
    lignes = heures_temps.temps(c).tableau.lignes
    assert lignes[-1][1] == pytest.approx(c.vue.chiffres["heures_realisees"].valeur)
    assert lignes[-1][2] == pytest.approx(c.vue.chiffres["heures_engagees"].valeur)
    assert heures_temps.temps(c).titre.replace(fr.INSECABLE, " ").split(" depuis ")[1].startswith("janvier 2023, pour ")


@pytest.mark.parametrize(
    ("taux", "debut"),
    [(1.2, "Plus d’heures réalisées qu’engagées"), (0.8, "Moins d’heures"), (1.01, "Autant d’heures")],
)
def test_le_titre_dit_si_l_engagement_est_tenu(instantane: Instantane, taux: float, debut: str) -> None:
    c = contexte(instantane, annees=(2024, 2024))
    chiffres = {**c.vue.chiffres, "taux_realisation": ChiffreCle("taux_realisation", taux, "valeur", None, {})}
    c = avec(c, chiffres=chiffres, temps=pas(5.0, 9.0, 4.0))
    assert heures_temps.temps(c).titre.startswith(debut)
    assert heures_temps.temps(c).titre.endswith("avec un pic en février 2025")


@pytest.mark.parametrize(
    ("parts", "titre"),
    [
        ((0.31, 0.33), "La part hors BTP monte de 31 % à 33 % entre 2018 et 2019"),
        ((0.33, 0.31), "La part hors BTP descend de 33 % à 31 % entre 2018 et 2019"),
        ((0.33, 0.331), "La part hors BTP reste à 33 % entre 2018 et 2019"),
        ((0.33, None), "33 % des heures hors du BTP en 2018"),
        ((None, None), "Le bâtiment, les travaux publics et le reste"),
    ],
)
def test_le_titre_du_btp(instantane: Instantane, parts: tuple[float | None, ...], titre: str) -> None:
    annees = [{"annee": 2018 + k, "btp": 5.0, "hors_btp": 5.0, "part": p} for k, p in enumerate(parts)]
    bloc = heures_temps.btp(avec(contexte(instantane), annees=annees))
    assert bloc.titre.replace(fr.FINE, " ") == titre
    assert [ligne[3] for ligne in bloc.tableau.lignes] == [Etat.SECRET if p is None else p for p in parts]
    assert "2018–2019" in bloc.sous_titre


def test_les_heures_validees_se_lisent_par_trimestre_ou_par_annee(instantane: Instantane) -> None:
    court, long = blocs(instantane, annees=(2023, 2024)), blocs(instantane, annees=(2020, 2024))
    assert [ligne[0] for ligne in court["heures-validees"].tableau.lignes][:2] == [
        "1er trimestre 2023",
        "2e trimestre 2023",
    ]
    assert [ligne[0] for ligne in long["heures-validees"].tableau.lignes] == ["2020", "2021", "2022", "2023", "2024"]
    c = contexte(instantane, annees=(2023, 2024))
    declarees = sum(ligne[1] for ligne in court["heures-validees"].tableau.lignes)  # type: ignore[misc]
    assert declarees == pytest.approx(c.vue.chiffres["heures_realisees"].valeur)


def test_la_carte_de_chaleur_laisse_le_territoire_et_dit_qui_est_en_tete(instantane: Instantane) -> None:
    ici, partout = blocs(instantane, territoire="77")["heures-chaleur"], blocs(instantane)["heures-chaleur"]
    assert ici.tableau == partout.tableau
    assert ici.sous_titre == partout.sous_titre
    assert len(ici.tableau.colonnes) == 9
    assert re.search(r" en tête \d+ mois sur 12$", ici.titre)
    rangs = [ligne[1:].index(max(ligne[1:])) for ligne in ici.tableau.lignes]  # type: ignore[type-var]
    gagnant = max(set(rangs), key=rangs.count)
    assert ici.tableau.colonnes[gagnant + 1].libelle in ici.titre
    assert f"{rangs.count(gagnant)} mois" in ici.titre


def test_une_carte_presque_toute_masquee_ne_nomme_personne(instantane: Instantane) -> None:
    c = contexte(instantane, regard="femmes")
    cases = [
        {"mois": date(2025, m, 1), "lieu": lieu, "valeur": valeur, "statut": "s" if valeur is None else "valeur"}
        for lieu in ("75", "93")
        for m, valeur in ((1, 10.0), (2, None), (3, None))
    ]
    bloc = heures_temps.chaleur(avec(c, chaleur=cases))
    assert bloc.titre == "Les heures de chaque département, mois par mois"
    assert [ligne[1] for ligne in bloc.tableau.lignes] == [10.0, Etat.SECRET, Etat.SECRET]


# --- by kind -----------------------------------------------------------------------------------------------


def test_une_vue_ne_se_filtre_pas_elle_meme_et_ne_le_dit_pas(instantane: Instantane) -> None:
    filtres = blocs(instantane, secteurs=("nettoyage",))
    assert filtres["heures-secteur"].tableau == blocs(instantane)["heures-secteur"].tableau
    assert "Nettoyage" not in filtres["heures-secteur"].sous_titre
    assert "Nettoyage" in filtres["heures-achat"].sous_titre


@pytest.mark.parametrize(
    ("parts", "titre"),
    [
        ((0.7, 0.3), "Sept heures sur dix dans le bâtiment et les travaux publics"),
        ((0.5, 0.5), "Une heure sur deux dans le bâtiment et les travaux publics"),
        ((None, None), "Les heures par secteur"),
    ],
)
def test_le_titre_des_secteurs(instantane: Instantane, parts: tuple[float | None, ...], titre: str) -> None:
    lignes = [
        {"code": code, "valeur": 10.0, "part": p, "reference": 0.0, "statut": "valeur"}
        for code, p in zip(("gros_oeuvre", "nettoyage"), parts, strict=True)
    ]
    c = contexte(instantane)
    c = avec(c, typologies={**c.vue.typologies, "secteur": lignes})
    assert heures_types.de_marches("heures-secteur")(c).titre == titre


def test_chaque_code_a_ses_mots(instantane: Instantane) -> None:
    """A title never falls back on a code: all the kinds of the nomenclatures are in the tables of words."""
    listes = instantane.referentiel.listes
    assert set(listes["type_clause"]) == set(heures_types.CLAUSES)
    ensemble = "grands_projets"  # a category only where some owners are published together
    assert {*listes["categorie_acheteur"], ensemble} - {"nd"} == set(heures_types.ACHETEURS)
    sigles = {"geiq", "esat", "cdi", "cdd"}  # their label is already short
    assert set(heures_types.COURTS) == {*listes["modalite_embauche"], *listes["type_contrat"]} - sigles


def test_les_contrats_et_leur_duree(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2024, 2024))
    bloc = heures_types.contrats(c)
    assert bloc.tableau.lignes[-1][0] == "Ensemble"
    assert bloc.tableau.lignes[-1][1] == c.vue.chiffres["contrats"].valeur
    assert bloc.titre.startswith(
        fr.pluriel(c.vue.chiffres["contrats"].valeur, "contrat commencé", "contrats commencés")
    )
    assert bloc.titre.endswith(" mois en moyenne")
    nombres = [ligne[1] for ligne in bloc.tableau.lignes[:-1] if isinstance(ligne[1], float)]
    assert nombres == sorted(nombres, reverse=True)


# --- what does not exist --------------------------------------------------------------------------------------


def test_chaque_absence_dit_pourquoi(instantane: Instantane) -> None:
    femmes = blocs(instantane, regard="femmes")
    assert "se suit par marché" in (femmes["heures-validees"].vide or "")
    assert [c.cle for c in femmes["heures-temps"].tableau.colonnes] == ["debut", "realisees"]
    assert [c.cle for c in femmes["heures-secteur"].tableau.colonnes] == ["code", "realisees", "part"]
    assert "effectifs arrondis à 5 près" in femmes["heures-temps"].legende
    assert "effectifs arrondis" not in blocs(instantane)["heures-temps"].legende
    assert "effectifs arrondis" in blocs(instantane)["heures-modalite"].legende
    vide = blocs(instantane, annees=(2016, 2016), secteurs=("fournitures",))
    assert vide["heures-temps"].vide == SANS_LIGNE


def test_un_regard_sensible_ne_croise_ni_le_contrat_ni_la_commune(instantane: Instantane) -> None:
    region = blocs(instantane, regard="rqth", annees=(2019, 2025))
    for ident in ("heures-modalite", "heures-employeur", "heures-type-contrat", "heures-contrats"):
        assert "donnée sensible" in (region[ident].vide or "")
        assert not [x for ligne in region[ident].tableau.lignes for x in ligne[1:] if isinstance(x, float)]
    assert region["heures-secteur"].vide is None
    commune = blocs(instantane, regard="rqth", territoire="93066", annees=(2019, 2025))
    for ident in ("heures-temps", "heures-secteur", "heures-btp"):
        assert "donnée sensible" in (commune[ident].vide or ""), ident


def test_sans_suivi_tous_les_blocs_le_disent(instantane: Instantane, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instantane, "referentiel", replace(instantane.referentiel, a_suivi=False))
    choix = Selection(regard="qpv", niveau="epci")  # a key that no other test puts in the cache
    vue = heures.PAGE.lire.__wrapped__(instantane, choix)  # type: ignore[attr-defined]
    c: Contexte[Any] = Contexte(instantane, choix, vue)
    assert "aucun suivi d’exécution n’est chargé." in phrase(c)
    assert {b.vide for b in heures.PAGE.composer(c).values()} == {SANS_SUIVI}
