"""The words of the calculator: findings that say the numbers, what was widened and left out, bad numbers named."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from statistics import quantiles
from typing import Any

import pytest

from dashboard.contenu import calculateur
from dashboard.contenu import calculateur_formule as formule
from dashboard.contenu.calculateur_lots import bac_du_resultat, bacs, elargi, heures, valeurs
from dashboard.contenu.contexte import SANS_SUIVI, Contexte
from dashboard.contenu.tableau import Bloc
from dashboard.domain import francais as fr
from dashboard.domain.selection import REGION, Selection
from dashboard.warehouse.connexion import Instantane


def contexte(instantane: Instantane, **choix: Any) -> Contexte[Any]:
    return calculateur.PAGE.contexte(instantane, Selection(**choix))


def blocs(instantane: Instantane, **choix: Any) -> dict[str, Bloc]:
    return calculateur.PAGE.composer(contexte(instantane, **choix))


def phrase(c: Contexte[Any]) -> str:
    return "".join(m.texte for m in calculateur.phrase(c))


@pytest.mark.parametrize("tirage", range(40))
def test_tout_calcul_a_des_mots_bien_formes(instantane: Instantane, tirage: int) -> None:
    alea, ref = random.Random(5000 + tirage), instantane.referentiel
    c = contexte(
        instantane,
        montant=round(10 ** alea.uniform(0, 10), 2),
        part=alea.choice([0.0, 50.0, round(alea.uniform(0, 100), 2)]),
        taux=alea.choice([0.0, 5.0, round(alea.uniform(0, 100), 2)]),
        cout=round(alea.uniform(1, 500), 2),
        tranche=round(10 ** alea.uniform(0, 6), 2),
        territoire=alea.choice([REGION, "93", alea.choice(sorted(ref.territoires))]),
        secteurs=tuple(sorted(alea.sample(sorted(ref.listes["secteur"]), alea.choice([0, 1])))),
    )
    texte = phrase(c)
    assert texte.startswith("Pour un marché de ")
    assert texte.endswith(".")
    assert "  " not in texte
    assert not re.search(r"\b(nan|None|inf)\b", texte)
    for bloc in calculateur.PAGE.composer(c).values():
        mots = bloc.titre + bloc.sous_titre + bloc.legende
        assert bloc.titre[0].isupper() or bloc.titre[0].isdigit(), bloc.titre
        assert not re.search(r"\b(nan|None|inf)\b", mots)
        assert bloc.legende.startswith("Source : ")
        assert bool(bloc.vide) or bloc.tableau.lignes
        assert all(len(ligne) == len(bloc.tableau.colonnes) for ligne in bloc.tableau.lignes)


def test_l_exemple_s_affiche_en_premier(instantane: Instantane) -> None:
    assert "833\u00a0heures d’insertion" in phrase(contexte(instantane))
    resultat = blocs(instantane)["calculateur-resultat"]
    assert resultat.titre.startswith("833\u00a0heures d’insertion à prévoir, pour environ 2\u00a0personnes")
    assert [round(float(ligne[2])) for ligne in resultat.tableau.lignes] == [1_000_000, 500_000, 16_667, 833, 1, 2]  # type: ignore[arg-type]


def test_la_sensibilite_contient_les_valeurs_demandees(instantane: Instantane) -> None:
    b = blocs(instantane, part=62.0, taux=8.0)["calculateur-sensibilite"]
    assert [c.libelle for c in b.tableau.colonnes][1:] == [
        f"Taux de {t}\u202f% (h)" for t in ("5", "7", "8", "10", "15", "20")
    ]
    lignes = {ligne[0]: ligne[1:] for ligne in b.tableau.lignes}
    assert list(lignes) == [f"{p}\u202f%" for p in (20, 35, 50, 62, 70, 80)]
    assert lignes["62\u202f%"][2] == pytest.approx(1_000_000 * 0.62 * 0.08 / 30)


def test_la_tranche_equivalente_redonne_le_calcul(instantane: Instantane) -> None:
    b = blocs(instantane, tranche=2500.0)["calculateur-tranche"]
    lignes = {str(ligne[4]): ligne for ligne in b.tableau.lignes}
    assert lignes["équivaut au calcul"][2] == pytest.approx(833.33, abs=0.01)
    assert lignes["tranche choisie"][1:4] == pytest.approx((320, 400, 480))
    assert "aucune tranche" in blocs(instantane, taux=0.0)["calculateur-tranche"].titre


def test_un_calcul_nul_se_dit_sans_accord_fautif(instantane: Instantane) -> None:
    assert "ne donne aucune heure d’insertion." in phrase(contexte(instantane, part=0.0))
    b = blocs(instantane, part=0.0)
    assert b["calculateur-resultat"].titre == "Aucune heure d’insertion à prévoir"
    assert b["calculateur-sensibilite"].titre == "Sans main-d’œuvre, aucun taux ne donne d’heure"


def test_la_pratique_se_prononce_sur_chaque_point(instantane: Instantane) -> None:
    def avis(**choix: Any) -> dict[str, str]:
        lignes = blocs(instantane, **choix)["calculateur-faisabilite"].tableau.lignes
        return {str(ligne[0]): str(ligne[1]) for ligne in lignes}

    assert set(avis().values()) == {"dans l’usage", "à vérifier", "à prévoir"}
    petit = avis(montant=200_000.0, taux=3.0, cout=60.0)
    assert [petit[p] for p in ("Montant", "Volume", "Taux", "Coût horaire")] == ["à discuter"] * 4
    assert (
        blocs(instantane, montant=200_000.0)["calculateur-faisabilite"].titre
        == "À discuter avec le facilitateur : montant et volume"
    )


def test_les_quartiles_et_la_distribution_comptent_les_memes_lots(instantane: Instantane) -> None:
    c = contexte(instantane)
    b = calculateur.PAGE.composer(c)
    lus = valeurs(c, heures(c))
    assert sum(float(ligne[1]) for ligne in b["calculateur-comparables"].tableau.lignes) == len(lus)  # type: ignore[arg-type]
    _, bas, q1, q2, q3, haut, ici = b["calculateur-reperes"].tableau.lignes[0]
    assert (bas, haut) == (lus[0], lus[-1])
    assert [q1, q2, q3] == pytest.approx(quantiles(lus, n=4, method="inclusive"))
    assert ici == pytest.approx(833.33, abs=0.01)
    groupes = bacs(c, heures(c))
    rang = bac_du_resultat(groupes, 833.33)
    marques = [str(ligne[3]) for ligne in b["calculateur-comparables"].tableau.lignes]
    assert [i for i, m in enumerate(marques) if m != "–"] == ([] if rang is None else [rang])


def test_ce_qui_est_elargi_et_ecarte_se_dit(instantane: Instantane) -> None:
    c = contexte(instantane, montant=2.0, territoire="93", secteurs=("numerique",))
    assert elargi(c).startswith("élargi à toute l’Île-de-France")
    assert "à tous les montants (aucun lot" in elargi(c)
    for ident in ("comparables", "ratio", "reperes", "lots"):
        assert elargi(c) in calculateur.PAGE.blocs[f"calculateur-{ident}"](c).sous_titre
    complet = replace(c.vue, ecartes={"lots": 9, "agreges": 2, "sans_montant": 1, "sans_heures": 3})
    legende = calculateur.PAGE.blocs["calculateur-lots"](replace(c, vue=complet)).legende
    assert legende.endswith(
        "écartés : 2\u00a0lots de maîtres d’ouvrage publiés seulement ensemble, 1\u00a0lot sans montant "
        "et 3\u00a0lots sans heures engagées"
    )


def test_un_nombre_hors_bornes_vide_les_blocs_en_le_nommant(instantane: Instantane) -> None:
    c = contexte(instantane, cout=0.0)
    assert phrase(c) == "Aucun calcul : coût horaire hors des bornes : de 1 à 500 €."
    for bloc in calculateur.PAGE.composer(c).values():
        assert bloc.vide == "Coût horaire hors des bornes : de 1 à 500 €."


def test_sans_suivi_la_formule_reste_et_la_comparaison_dit_pourquoi(instantane: Instantane) -> None:
    c = contexte(instantane)
    sans = replace(c.vue, comparables=[], proches=[], ecartes={})
    vide = replace(c, vue=sans)
    assert calculateur.PAGE.blocs["calculateur-comparables"](vide).vide is not None
    assert calculateur.PAGE.blocs["calculateur-resultat"](vide).vide is None
    assert SANS_SUIVI.startswith("Aucun suivi")


def test_les_filtres_sans_effet_sont_laisses_de_cote(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2020, 2021), regard="femmes", geographie="residence", territoire="93")
    assert c.selection == Selection(territoire="93")


@pytest.mark.parametrize(("valeur", "texte"), [(5.0, "5"), (7.5, "7,5"), (27.25, "27,25"), (1000.0, "1\u202f000")])
def test_un_nombre_s_ecrit_avec_les_decimales_qu_il_a(valeur: float, texte: str) -> None:
    assert formule.decimal(valeur) == texte
    assert formule.pour_cent(valeur) == f"{texte}{fr.FINE}%"
