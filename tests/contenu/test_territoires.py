"""The words of the page of the territories: ranks, comparisons and findings computed from the numbers."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

import pytest

from dashboard.contenu import territoires_vue
from dashboard.contenu.contexte import SANS_LIGNE, SANS_REGARD, SANS_RESIDENCE, SANS_SUIVI, Contexte
from dashboard.contenu.tableau import Bloc, Etat
from dashboard.contenu.territoires import PAGE
from dashboard.contenu.territoires_evolution import annees
from dashboard.contenu.territoires_flux import LIENS_MAX, dessines, noms
from dashboard.contenu.territoires_mots import EMPECHEMENTS, MOTS, SENSIBLE_COMMUNE, SENSIBLE_FLUX, par_groupe
from dashboard.contenu.territoires_phrases import Rang, rang, rang_en_mots
from dashboard.domain.filtre import GEOGRAPHIES, INDICATEURS, NIVEAUX, REGARDS
from dashboard.domain.selection import REGION, Selection
from dashboard.warehouse.connexion import Instantane

FINE, INSECABLE = "\u202f", "\u00a0"
DIX_ANS = (2018, 2025)


def contexte(instantane: Instantane, **choix: Any) -> Contexte[Any]:
    return PAGE.contexte(instantane, Selection(**choix))


def blocs(instantane: Instantane, **choix: Any) -> dict[str, Bloc]:
    return PAGE.composer(contexte(instantane, **choix))


def phrase(c: Contexte[Any]) -> str:
    return "".join(m.texte for m in PAGE.phrase(c))


# --- any selection ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tirage", range(60))
def test_toute_selection_a_des_mots_bien_formes(instantane: Instantane, tirage: int) -> None:
    alea, ref = random.Random(f"mots {tirage}"), instantane.referentiel
    debut = alea.randint(2016, 2025)
    choix = Selection(
        annees=(debut, alea.randint(debut, 2025)), territoire=alea.choice([REGION, "93", "75056", *ref.territoires]),
        geographie=alea.choice(GEOGRAPHIES), niveau=alea.choice(NIVEAUX),
        indicateur=INDICATEURS[tirage % len(INDICATEURS)], regard=alea.choice([None, None, *REGARDS]),
    )  # fmt: skip
    c = PAGE.contexte(instantane, choix)
    texte = phrase(c)
    assert texte.startswith(("En ", "De "))
    assert texte.endswith(".")
    assert not re.search(r"  |\.\.|,,|\b(nan|None|inf)\b|de 1er|de le |à le |1 personnes", texte), texte
    for bloc in PAGE.composer(c).values():
        assert bloc.titre[0].isupper() or bloc.titre[0].isdigit(), bloc.titre
        assert not re.search(r"  |\b(nan|None|inf)\b|de le ", bloc.titre + bloc.sous_titre)
        assert bloc.vide or bloc.tableau.lignes, bloc.ident
        assert all(len(ligne) == len(bloc.tableau.colonnes) for ligne in bloc.tableau.lignes)
        assert bloc.definitions


def test_tous_les_indicateurs_ont_leurs_mots() -> None:
    choix = [m.code for _, siens in par_groupe() for m in siens]
    assert sorted(choix) == sorted(INDICATEURS)
    for m in MOTS.values():
        assert m.fiche.definition
        assert m.fiche.source
        assert m.ecrire(0.0)
        assert m.format == {"part": "part", "decimal": "decimal"}.get(m.fiche.genre, "entier")


# --- values in words ----------------------------------------------------------------------------------------


def test_les_valeurs_en_mots() -> None:
    assert MOTS["heures"].ecrire(1_533_640) == f"1,53{INSECABLE}million d’heures d’insertion"
    assert MOTS["heures"].ecrire(1) == f"1{INSECABLE}heure d’insertion"
    assert MOTS["engagees"].ecrire(2) == f"2{INSECABLE}heures engagées"
    assert MOTS["engagees"].ecrire(1) == f"1{INSECABLE}heure engagée"
    assert MOTS["part_femmes"].ecrire(0.166) == f"17{FINE}% de femmes"
    assert MOTS["distance"].ecrire(7.94) == f"7,9{INSECABLE}km"
    assert MOTS["beneficiaires_hab"].ecrire(1.5) == f"1,5{INSECABLE}bénéficiaire pour 10{FINE}000 habitants"
    assert MOTS["beneficiaires_hab"].ecrire(2) == f"2,0{INSECABLE}bénéficiaires pour 10{FINE}000 habitants"


def test_une_fraction_n_est_pas_un_zero() -> None:
    assert MOTS["heures_hab"].ecrire(0.2) == f"moins d’une heure pour 1{FINE}000 habitants"
    assert MOTS["heures_hab"].ecrire(0) == f"0{INSECABLE}heure pour 1{FINE}000 habitants"
    assert MOTS["beneficiaires_hab"].ecrire(0.02).startswith("moins de 0,1")


def test_un_sigle_garde_ses_capitales() -> None:
    assert MOTS["etp"].minuscule.startswith("ETP")
    assert MOTS["part_qpv"].minuscule == "part des habitants de QPV"


# --- ranks --------------------------------------------------------------------------------------------------


def test_le_rang_compte_ce_qui_est_publie() -> None:
    lignes = [{"code": c, "valeur": v} for c, v in (("a", 9.0), ("b", 7.0), ("c", 7.0), ("d", 1.0), ("e", None))]
    lignes = [{**li, "statut": "s" if li["valeur"] is None else "valeur"} for li in lignes]
    assert rang(lignes, "a") == Rang(1, 4, False)
    assert rang(lignes, "c") == Rang(2, 4, True)
    assert rang(lignes, "d") == Rang(4, 4, False)
    assert rang(lignes, "e") is None
    assert territoires_vue.rangs(lignes) == [1, 2, 2, 4, None]


def test_le_rang_en_mots() -> None:
    assert rang_en_mots(Rang(1, 8, False), "departement", 8) == f"1er rang des 8{INSECABLE}départements"
    assert rang_en_mots(Rang(3, 8, True), "departement", 8) == f"3e rang ex æquo des 8{INSECABLE}départements"
    assert rang_en_mots(Rang(12, 212, False), "commune", 1266) == (
        f"12e rang des communes dont la valeur est publiée (212 sur 1{FINE}266)"
    )


# --- sentence -----------------------------------------------------------------------------------------------


def test_la_phrase_du_territoire_compare(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2024, 2024), territoire="93")
    heures, region = c.vue.echelles[0].valeur, c.vue.echelles[1].valeur
    texte = phrase(c)
    assert texte.startswith("En 2024, sur les chantiers et services exécutés en Seine-Saint-Denis, on compte ")
    assert f"1er rang des 8{INSECABLE}départements" in texte
    assert f"soit {round(100 * heures / region)}{FINE}% du total régional" in texte


def test_une_part_se_compare_au_departement_et_a_la_region(instantane: Instantane) -> None:
    c = contexte(instantane, annees=DIX_ANS, territoire="93066", indicateur="part_femmes")
    parts = [f"{round(100 * e.valeur)}{FINE}%" for e in c.vue.echelles]
    texte = phrase(c)
    assert f"la part des femmes est de {parts[0]}" in texte
    assert f"contre {parts[1]} en Seine-Saint-Denis et {parts[2]} en Île-de-France." in texte


def test_la_phrase_de_la_region_dit_le_premier_et_la_mediane(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2024, 2024), indicateur="marches")
    tete = max(c.vue.lignes, key=lambda li: li["valeur"])
    nom = instantane.referentiel.territoires[tete["code"]].nom
    assert re.search(rf"{nom} vient en tête des départements, avec {tete['valeur']:.0f}", phrase(c).replace(FINE, ""))
    assert "la médiane est de" in phrase(c)


def test_rien_et_secret_se_disent_autrement(instantane: Instantane) -> None:
    rien = contexte(instantane, territoire="77001", annees=(2018, 2018), secteurs=("numerique",))
    assert "aucune heure d’insertion n’a été réalisée." in phrase(rien)
    masque = contexte(instantane, territoire="77001", regard="rqth")
    assert SENSIBLE_COMMUNE in phrase(masque)
    lignes = contexte(instantane, niveau="commune", indicateur="beneficiaires").vue.lignes
    lieu = next(li["code"] for li in lignes if li["statut"] == "s")
    secret = contexte(instantane, territoire=lieu, niveau="commune", indicateur="beneficiaires")
    assert "relève du secret statistique (s)." in phrase(secret)


# --- blocs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choix", "raison"),
    [
        ({"indicateur": "marches", "geographie": "residence"}, SANS_RESIDENCE),
        ({"indicateur": "engagees", "geographie": "residence"}, EMPECHEMENTS["residence_engagement"]),
        ({"indicateur": "taux", "regard": "femmes"}, SANS_REGARD),
        ({"indicateur": "part_femmes", "regard": "femmes"}, EMPECHEMENTS["meme_critere"]),
        ({"indicateur": "part_plus_50", "regard": "moins_26"}, EMPECHEMENTS["meme_critere"]),
        ({"indicateur": "part_qpv", "regard": "rqth"}, EMPECHEMENTS["sensible"]),
    ],
)
def test_un_indicateur_impossible_dit_pourquoi(instantane: Instantane, choix: dict[str, Any], raison: str) -> None:
    composes = blocs(instantane, **choix)
    for ident in ("carte", "classement", "evolution", "distribution"):
        assert composes[f"territoires-{ident}"].vide == raison
    nombres = [c for b in composes.values() if b.vide == raison for li in b.tableau.lignes for c in li[1:]]
    assert not [n for n in nombres if isinstance(n, float)], "jamais un nombre faux"
    assert raison in phrase(contexte(instantane, **choix))


def test_sans_suivi_tout_ce_qui_en_vient_le_dit(instantane: Instantane, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instantane, "referentiel", replace(instantane.referentiel, a_suivi=False))
    c = contexte(instantane, annees=(2023, 2023), niveau="epci")
    composes = PAGE.composer(c)
    assert composes["territoires-flux"].vide == SANS_SUIVI
    assert composes["territoires-carte"].vide is None, "il reste les marchés"
    assert [ch.ident for ch in PAGE.chiffres(c)] == ["marches_notifies", "part_clause"]
    assert blocs(instantane, annees=(2023, 2023), indicateur="heures")["territoires-carte"].vide == SANS_SUIVI


def test_un_critere_sensible_est_masque_partout_avec_sa_raison(instantane: Instantane) -> None:
    composes = blocs(instantane, niveau="commune", regard="rqth")
    carte = composes["territoires-carte"]
    assert carte.vide is None
    assert carte.titre == SENSIBLE_COMMUNE
    assert {ligne[2] for ligne in carte.tableau.lignes} == {Etat.SECRET}
    for ident in ("classement", "distribution"):
        assert str(composes[f"territoires-{ident}"].vide).startswith(SENSIBLE_COMMUNE)
    assert composes["territoires-flux"].vide == SENSIBLE_FLUX


def test_une_selection_sans_rien_propose_d_elargir(instantane: Instantane) -> None:
    composes = blocs(instantane, annees=(2016, 2016), secteurs=("numerique",), clauses=("reserve_handicap",))
    assert composes["territoires-carte"].vide == SANS_LIGNE
    assert composes["territoires-distribution"].titre == "La répartition des territoires"


def test_le_titre_de_la_carte_dit_l_etendue(instantane: Instantane) -> None:
    c = contexte(instantane, annees=DIX_ANS, territoire="93", niveau="epci", indicateur="part_femmes")
    valeurs = [round(100 * li["valeur"]) for li in c.vue.vues]
    titre = PAGE.blocs["territoires-carte"](c).titre
    assert titre == f"Part des femmes : de {min(valeurs)}{FINE}% à {max(valeurs)}{FINE}% selon les EPT et EPCI"


def test_le_classement_suit_le_territoire_ou_ce_qui_le_contient(instantane: Instantane) -> None:
    titres = {
        lieu: blocs(instantane, annees=(2024, 2024), territoire=lieu)["territoires-classement"].titre
        for lieu in (REGION, "93", "93066")
    }
    assert titres[REGION] == "La Seine-Saint-Denis en tête"
    assert titres["93"] == titres["93066"] == "Seine-Saint-Denis : 1er sur 8"
    lignes = blocs(instantane, annees=(2024, 2024))["territoires-classement"].tableau.lignes
    assert [ligne[1] for ligne in lignes] == [float(i) for i in range(1, 9)]


def test_des_egaux_partagent_la_tete(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2024, 2024))
    lignes = [{**li, "valeur": 9.0 if i < 3 else 1.0} for i, li in enumerate(c.vue.lignes)]
    egaux = replace(c, vue=replace(c.vue, lignes=lignes, vues=lignes))
    assert PAGE.blocs["territoires-classement"](egaux).titre == "3 départements en tête, à égalité"
    assert f"et 2{INSECABLE}autres viennent en tête des départements" in phrase(egaux)


def test_une_vue_ne_se_filtre_pas_elle_meme(instantane: Instantane) -> None:
    """A map of départements shows them all whatever the one chosen, and its subtitle does not say otherwise."""
    meme = blocs(instantane, territoire="93")["territoires-carte"]
    parties = blocs(instantane, territoire="93", niveau="epci")["territoires-carte"]
    assert len(meme.tableau.lignes) == 8
    assert "Seine-Saint-Denis" not in meme.sous_titre
    assert len(parties.tableau.lignes) == 4
    assert parties.sous_titre.endswith("Seine-Saint-Denis")


def test_l_evolution_dit_depuis_quand(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2024, 2024), territoire="93")
    serie, region = (e.serie for e in c.vue.echelles)
    depuis = next(a for a in annees(c) if all(serie[b][0] > region[b][0] for b in range(a, 2025)))
    bloc = PAGE.blocs["territoires-evolution"](c)
    assert bloc.titre == f"La Seine-Saint-Denis, au\u2011dessus de la région depuis {depuis}"
    assert bloc.sous_titre.startswith(f"Heures réalisées pour 1{FINE}000 habitants, par an")
    assert bloc.tableau.colonnes[1].format == "decimal"
    assert [ligne[0] for ligne in bloc.tableau.lignes] == [str(a) for a in annees(c)]
    assert annees(c)[0] == 2018, "aucune heure avant le début de la collecte"
    part = blocs(instantane, territoire="93", indicateur="part_femmes")["territoires-evolution"]
    assert part.sous_titre.startswith("Part des femmes, par an")
    assert part.tableau.colonnes[1].format == "part"


def test_l_evolution_de_la_region_dit_la_variation(instantane: Instantane) -> None:
    c = contexte(instantane, annees=(2024, 2024))
    avant, apres = (c.vue.echelles[0].serie[a][0] for a in (2023, 2024))
    ecart = round((apres / avant - 1) * 100)
    sens = "plus" if ecart > 0 else "moins"
    titre = PAGE.blocs["territoires-evolution"](c).titre
    assert titre == f"Heures réalisées en 2024 : {abs(ecart)}{FINE}% de {sens} qu’en 2023"


def test_les_flux_disent_les_deux_lieux(instantane: Instantane) -> None:
    c = contexte(instantane, annees=DIX_ANS, territoire="T8")
    bloc = PAGE.blocs["territoires-flux"](c)
    assert [col.libelle for col in bloc.tableau.colonnes] == ["Résidence", "Lieu d’exécution", "Personnes"]
    assert (
        bloc.titre == f"{round(100 * c.vue.flux.habitants)}{FINE}% des heures faites par des habitants d’Est Ensemble"
    )
    assert f"{round(100 * c.vue.flux.sur_place)}{FINE}% des heures de ces habitants" in bloc.sous_titre
    assert noms(c)["93"] == "Ailleurs en Seine-Saint-Denis"
    assert noms(c)["75"] == "Paris"
    assert {ligne[2] for ligne in bloc.tableau.lignes if not isinstance(ligne[2], float)} <= {Etat.SECRET}
    assert len(bloc.tableau.lignes) == len(c.vue.flux.liens)
    region = blocs(instantane, annees=DIX_ANS)["territoires-flux"]
    assert region.titre.endswith("des heures faites dans le département où l’on vit")


def test_on_ne_dessine_que_les_liens_publies(instantane: Instantane) -> None:
    liens = contexte(instantane, annees=DIX_ANS, territoire="77").vue.flux.liens
    traces = dessines(liens)
    assert 0 < len(traces) <= LIENS_MAX < len(liens)
    assert all(li.effectif for li in traces)


def test_la_legende_compte_ce_qui_n_est_pas_montre(instantane: Instantane) -> None:
    c = contexte(instantane, niveau="commune", annees=(2024, 2024), indicateur="part_femmes")
    statuts = [li["statut"] for li in c.vue.lignes]
    legende = PAGE.blocs["territoires-distribution"](c).legende.replace(FINE, "")
    assert f"{statuts.count('s')} communes sous secret statistique (s)" in legende
    assert f"{statuts.count('nd')} communes sans valeur (nd)" in legende
