"""The words of the page of the persons: findings, two denominators, and states that are never confused."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.mesures import tirer
from dashboard.contenu import publics_types
from dashboard.contenu.publics import PAGE, phrase, rangees_criteres, rangees_residence
from dashboard.contenu.publics_contrats import annees_formation, perennes, rangees_contrats
from dashboard.contenu.publics_parcours import liens, noeuds, sorties_lues
from dashboard.contenu.publics_rangees import moyenne, part_publiee, rangee
from dashboard.contenu.tableau import Bloc, Etat
from dashboard.domain import francais as fr
from dashboard.domain.selection import Selection
from dashboard.warehouse.connexion import Instantane

DOUBLES = ("publics-niveaux", "publics-criteres", "publics-qpv", "publics-prescripteurs", "publics-residence",
           "publics-distance", "publics-contrats")  # fmt: skip
VIDE = Selection(annees=(2018, 2018), territoire="77", programmes=("gpe_18",), secteurs=("restauration",),
                 clauses=("reserve_handicap",))  # fmt: skip


def composer(instantane: Instantane, selection: Selection) -> dict[str, Bloc]:
    return PAGE.composer(PAGE.contexte(instantane, selection))


def texte(instantane: Instantane, selection: Selection) -> str:
    return "".join(m.texte for m in phrase(PAGE.contexte(instantane, selection)))


@pytest.fixture
def toutes(instantane: Instantane) -> Selection:
    return Selection(annees=instantane.referentiel.annees)


@pytest.mark.parametrize("tirage", range(40))
def test_toute_selection_a_une_phrase_et_des_blocs_bien_formes(instantane: Instantane, tirage: int) -> None:
    selection = tirer(instantane.referentiel, random.Random(1000 + tirage))
    dite = texte(instantane, selection)
    assert dite.endswith(".")
    assert "  " not in dite
    assert not re.search(r"\b(nan|None)\b", dite)
    for bloc in composer(instantane, selection).values():
        assert bloc.titre[0].isupper() or bloc.titre[0].isdigit()
        assert "données de démonstration" in bloc.legende
        assert not re.search(r"\b(nan|None|nd|s)\b", f"{bloc.titre} {bloc.sous_titre}")
        assert all(len(ligne) == len(bloc.tableau.colonnes) for ligne in bloc.tableau.lignes)
        assert bool(bloc.vide) or bloc.tableau.lignes


@pytest.mark.parametrize("tirage", range(40))
def test_les_deux_denominateurs_ne_se_melangent_pas(instantane: Instantane, tirage: int) -> None:
    """Every share of persons comes from persons, every share of hours from hours."""
    c = PAGE.contexte(instantane, tirer(instantane.referentiel, random.Random(2000 + tirage)))
    total, heures = c.vue.total["effectif"], c.vue.heures
    for ident in set(DOUBLES) - {"publics-residence"}:
        for _, n, part, h, part_h in PAGE.blocs[ident](c).tableau.lignes:
            if isinstance(part, float) and isinstance(n, float):
                assert part == pytest.approx(min(n / total, 1) if n else 0)
            if isinstance(part_h, float) and isinstance(h, float):
                assert part_h == pytest.approx(min(h / heures, 1) if h else 0)
            assert (n is Etat.SECRET) == (h is Etat.SECRET)
            if n is Etat.SECRET:
                assert (part, part_h) == (Etat.SECRET, Etat.SECRET)


def test_la_phrase_de_la_region(instantane: Instantane) -> None:
    c = PAGE.contexte(instantane, Selection())
    dite = texte(instantane, Selection())
    assert dite.startswith("En 2025, sur les chantiers et services exécutés en Île-de-France, ")
    assert fr.pluriel(c.vue.total["effectif"], "personne") in dite
    assert f"{fr.pourcent(c.vue.chiffres['part_femmes'].valeur)} de femmes" in dite


def test_les_titres_disent_ce_que_disent_les_nombres(instantane: Instantane, toutes: Selection) -> None:
    c = PAGE.contexte(instantane, toutes)
    blocs = PAGE.composer(c)
    premier = rangees_criteres(c)[0]
    assert blocs["publics-criteres"].titre.startswith(f"{premier.libelle} : {fr.pourcent(premier.part)} des personnes")
    assert fr.pourcent(perennes(c).part) in blocs["publics-contrats"].titre
    assert fr.nombre(c.vue.chiffres["distance"].valeur, 1) in blocs["publics-distance"].titre
    six = next(s for s in sorties_lues(c) if s.horizon == "6")
    assert blocs["publics-sorties"].titre == f"Six mois après, {fr.pourcent(six.situations[0][3])} en emploi durable"
    assert "dépasse 100 %" in blocs["publics-criteres"].sous_titre
    assert sum(r.part for r in rangees_criteres(c) if isinstance(r.part, float)) > 1


def test_le_titre_de_la_residence_parle_du_territoire_choisi(instantane: Instantane, toutes: Selection) -> None:
    choisie = toutes.avec(territoire="93")
    c = PAGE.contexte(instantane, choisie)
    ici = next(r for r in rangees_residence(c) if r.code == "93")
    assert (
        composer(instantane, choisie)["publics-residence"].titre
        == f"{fr.pourcent(ici.part)} habitent la Seine-Saint-Denis"
    )
    assert "en tête" in composer(instantane, toutes)["publics-residence"].titre


def test_par_residence_les_lieux_restent_des_parts_de_la_region(instantane: Instantane, toutes: Selection) -> None:
    c = PAGE.contexte(instantane, toutes.avec(geographie="residence", territoire="77"))
    rangees = rangees_residence(c)
    assert [r.code for r in rangees if r.choisie] == ["77"]
    assert all(r.filtre == f"dep={r.code}" for r in rangees)
    assert sum(r.part for r in rangees) == pytest.approx(1, abs=0.03)
    assert "hors" not in {r.code for r in rangees}


# Masked, zero, not available


def test_sous_un_regard_sensible_tout_est_masque_et_le_bloc_dit_pourquoi(
    instantane: Instantane, toutes: Selection
) -> None:
    c = PAGE.contexte(instantane, toutes.avec(regard="rqth"))
    assert c.sensible
    blocs = PAGE.composer(c)
    for ident in set(DOUBLES) - {"publics-residence"}:
        assert {cellule for ligne in blocs[ident].tableau.lignes for cellule in ligne[1:]} == {Etat.SECRET}, ident
    assert blocs["publics-parcours"].vide == c.sensible
    assert any(isinstance(r.effectif, float) and r.effectif for r in rangees_residence(c))
    assert {f.effectif for f in annees_formation(c)} == {Etat.SECRET}
    assert {t.effectif for t in publics_types.types_lus(c)} == {Etat.SECRET}


def test_un_critere_sensible_reste_masque_a_la_commune_meme_s_il_n_y_a_personne(
    instantane: Instantane, toutes: Selection
) -> None:
    for choix in (toutes.avec(territoire="77001"), toutes.avec(territoire="93066"), toutes.avec(regard="femmes")):
        c = PAGE.contexte(instantane, choix)
        if c.vue.total["effectif"] == 0:
            continue
        par_code = {r.code: r for r in rangees_criteres(c)}
        assert {par_code[code].effectif for code in ("rqth", "ass_aah_ai", "justice")} == {Etat.SECRET}


def test_une_selection_vide_n_est_ni_masquee_ni_inconnue(instantane: Instantane) -> None:
    blocs = composer(instantane, VIDE)
    assert "aucune personne" in texte(instantane, VIDE)
    for ident, bloc in blocs.items():
        assert "élargissez" in (bloc.vide or ""), ident
        assert bloc.tableau.masquees == 0, ident
    assert {ligne[1] for ligne in blocs["publics-niveaux"].tableau.lignes} == {0.0}


def test_trop_peu_de_personnes_ne_dit_meme_pas_ou_elles_sont(instantane: Instantane, toutes: Selection) -> None:
    """With fewer than five persons, a zero would say where they are not."""
    c = PAGE.contexte(instantane, toutes)
    petite = replace(
        c, vue=replace(c.vue, total={"effectif": None, "heures": None, "statut": "s"}, profil={}, parcours={})
    )
    assert {cellule for r in rangees_criteres(petite) for cellule in r.cellules[1:]} == {Etat.SECRET}
    assert "secret statistique" in (PAGE.blocs["publics-niveaux"](petite).vide or "")


def test_sans_suivi_tout_est_non_disponible(instantane: Instantane) -> None:
    sans = _SansSuivi(instantane)
    c = PAGE.contexte(sans, Selection())  # type: ignore[arg-type]
    assert {chiffre.statut for chiffre in PAGE.chiffres(c)} == {"nd"}
    for ident, bloc in PAGE.composer(c).items():
        assert "Aucun suivi" in (bloc.vide or ""), ident
        assert bloc.tableau.masquees == 0, ident
    assert {x for li in PAGE.blocs["publics-qpv"](c).tableau.lignes for x in li[1:]} == {Etat.NON_DISPONIBLE}
    assert "aucun suivi d’exécution n’est chargé" in "".join(m.texte for m in phrase(c))


class _SansSuivi:
    """The snapshot as it would be without any follow-up."""

    def __init__(self, vrai: Instantane) -> None:
        self.manifeste, self.curseur = vrai.manifeste, vrai.curseur
        self.referentiel = replace(vrai.referentiel, a_suivi=False)


@pytest.mark.parametrize(
    ("numerateur", "denominateur", "statut", "attendu"),
    [
        (10, 40, "valeur", 0.25),
        (0, 40, "valeur", 0.0),
        (45, 40, "valeur", 1.0),
        (10, 15, "valeur", Etat.SECRET),
        (None, 40, "s", Etat.SECRET),
        (0, 0, "valeur", Etat.NON_DISPONIBLE),
        (0, None, "valeur", Etat.SECRET),
        (None, None, "nd", Etat.NON_DISPONIBLE),
    ],
)
def test_une_part_et_ses_etats(numerateur: Any, denominateur: Any, statut: str, attendu: Any) -> None:
    assert part_publiee(numerateur, denominateur, statut) == attendu


def test_une_part_des_heures_demande_assez_de_personnes(instantane: Instantane) -> None:
    c = PAGE.contexte(instantane, Selection())
    li = {"effectif": 10, "heures": 4000.0, "statut": "valeur"}
    assert rangee(c, "x", "X", li, base=(15, 8000.0)).part_heures is Etat.SECRET
    assert rangee(c, "x", "X", li, base=(40, 8000.0)).part_heures == 0.5
    assert rangee(c, "x", "X", li, base=(40, 8000.0)).part == 0.25


def test_une_moyenne_demande_dix_personnes() -> None:
    assert moyenne(600.0, 10.0) == 60
    assert moyenne(600.0, 5.0) is Etat.SECRET
    assert moyenne(Etat.SECRET, Etat.SECRET) is Etat.SECRET
    assert moyenne(0.0, 0.0) is Etat.NON_DISPONIBLE


# Trajectories


def test_les_liens_masques_sont_comptes_et_repris_dans_aucune_somme(instantane: Instantane, toutes: Selection) -> None:
    c = PAGE.contexte(instantane, toutes)
    masques = [x for x in liens(c) if x.effectif is Etat.SECRET]
    bloc = PAGE.blocs["publics-parcours"](c)
    assert masques
    assert f"{fr.nombre(len(masques))}\u00a0liens masqués (moins de 5 personnes)" in bloc.sous_titre
    for x in masques:
        assert x.part is Etat.SECRET
    vus = {(x.etape, x.origine) for x in liens(c)}
    connus = noeuds(c)
    assert all((("prescripteur" if e == "entree" else "nature"), o) in connus for e, o in vus)


def test_sans_aucun_lien_publie_il_n_y_a_pas_de_figure(instantane: Instantane, toutes: Selection) -> None:
    c = PAGE.contexte(instantane, toutes)
    masque = {"effectif": None, "heures": None, "statut": "s"}
    etapes = {etape: [{**li, **masque} for li in lignes] for etape, lignes in c.vue.parcours.items()}
    bloc = PAGE.blocs["publics-parcours"](replace(c, vue=replace(c.vue, parcours=etapes)))
    assert "secret statistique (s)" in (bloc.vide or "")
    assert {ligne[3] for ligne in bloc.tableau.lignes} == {Etat.SECRET}


def test_la_part_d_un_lien_est_celle_de_son_origine(instantane: Instantane, toutes: Selection) -> None:
    c = PAGE.contexte(instantane, toutes)
    connus = noeuds(c)
    for x in liens(c):
        origine = connus["prescripteur" if x.etape == "entree" else "nature", x.origine][1]
        if isinstance(x.part, float) and isinstance(x.effectif, float) and origine:
            assert x.part == pytest.approx(min(x.effectif / origine, 1))


def test_les_sorties_se_lisent_sur_les_situations_connues(instantane: Instantane, toutes: Selection) -> None:
    for s in sorties_lues(PAGE.contexte(instantane, toutes)):
        assert isinstance(s.connues, float)
        parts = [p for *_, p in s.situations if isinstance(p, float)]
        assert sum(parts) == pytest.approx(1, abs=0.1)
        assert isinstance(s.part_connues, float)


def test_les_contrats_perennes_sont_cdi_et_cdd_longs(instantane: Instantane, toutes: Selection) -> None:
    c = PAGE.contexte(instantane, toutes)
    par_code = {r.code: r for r in rangees_contrats(c)}
    assert list(par_code)[:2] == ["cdd_long", "cdi"]
    deux = sum(float(str(par_code[code].effectif)) for code in ("cdi", "cdd_long"))
    assert float(str(perennes(c).effectif)) <= deux + 5
    assert PAGE.blocs["publics-contrats"](c).definitions == ("contrats_perennes",)


def test_la_formation_montre_toutes_les_annees(instantane: Instantane) -> None:
    c = PAGE.contexte(instantane, Selection(annees=(2022, 2022)))
    annees = annees_formation(c)
    assert {2019, 2022, 2025} <= {f.annee for f in annees}
    ici = next(f for f in annees if f.annee == 2022)
    assert fr.pluriel(ici.effectif, "personne") in PAGE.blocs["publics-formation"](c).titre
    assert isinstance(ici.moyenne, float)
    assert ici.moyenne == pytest.approx(ici.heures / ici.effectif)


def test_les_parcours_types_ou_pourquoi_il_n_y_en_a_pas(instantane: Instantane, toutes: Selection) -> None:
    c = PAGE.contexte(instantane, toutes)
    cartes = publics_types.types_lus(c)
    assert 4 <= len(cartes) <= 6
    assert all(len(t.trimestres) == 8 for t in cartes)
    assert all(sum(p for _, p in pile) == pytest.approx(1, abs=0.01) for t in cartes for pile in t.trimestres if pile)
    sans = replace(c, vue=replace(c.vue, types=()))
    assert publics_types.types(sans).vide == publics_types.SANS_TYPES
    personne = replace(c, vue=replace(c.vue, observes={}))
    assert publics_types.types(personne).vide == publics_types.SANS_OBSERVES


def test_un_type_dont_les_personnes_sont_masquees_ne_laisse_pas_deviner_son_profil(
    instantane: Instantane, toutes: Selection
) -> None:
    c = PAGE.contexte(instantane, toutes)
    masque = {"tous": {"effectif": None, "heures": None, "statut": "s"}}
    petite = replace(c, vue=replace(c.vue, types=(replace(c.vue.types[0], personnes=masque),)))
    carte = publics_types.types_lus(petite)[0]
    assert carte.effectif is Etat.SECRET
    assert {valeur for _, valeur, _ in carte.profil} == {Etat.SECRET}


def test_le_regard_retire_du_profil_ce_que_chacun_a(instantane: Instantane, toutes: Selection) -> None:
    c = PAGE.contexte(instantane, toutes.avec(regard="femmes"))
    assert "femmes" not in publics_types.profils(c)
    assert "Femmes" not in [colonne.libelle for colonne in publics_types.types(c).tableau.colonnes]
    assert "retirez-le" in (PAGE.blocs["publics-qpv"](PAGE.contexte(instantane, toutes.avec(regard="qpv"))).vide or "")
