"""The sheets of the territories: well written everywhere, and saying the numbers of the site."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from dashboard.contenu import acheteurs as page_acheteurs
from dashboard.contenu import projets as page_projets
from dashboard.contenu import vue_ensemble as page_vue
from dashboard.contenu.personnes import publics
from dashboard.contenu.resume import indicateur, valeur_ecrite
from dashboard.contenu.tableau import ecrire
from dashboard.domain.selection import Selection
from dashboard.ingest.journal import Declaration
from dashboard.rapport import lecture, mesures, page, prose
from dashboard.rapport.fiche import Fiche, TerritoireInconnu, composer, trouver
from dashboard.settings import Settings
from dashboard.warehouse import acheteurs, projets, territoires
from dashboard.warehouse.connexion import Entrepot, Instantane
from dashboard.warehouse.construction import construire
from tests.rapport.outils import FAUTES, essayes, mots, plat

pytestmark = pytest.mark.complet

PERIODES = ("", "annee=2018", "annee=2021-2023", "annee=2024", "annee=2026")


def phrases(fiche: Fiche) -> list[str]:
    paragraphes = (*fiche.essentiel, fiche.publics, fiche.projets_phrase, fiche.achats_phrase)
    return [prose.texte(p) for p in paragraphes]


def tires(instantane: Instantane, combien: int = 8) -> list[tuple[str, tuple[int, int] | None]]:
    """Random territories of every level, and random periods."""
    hasard, codes = random.Random(11), list(instantane.referentiel.territoires)
    actifs = ["11", "93", "T8", "93066", "75056"]
    debut, fin = instantane.referentiel.annees
    periodes = [None, *((a, min(a + hasard.randint(0, 2), fin)) for a in range(debut + 2, fin + 1))]
    return [(code, hasard.choice(periodes)) for code in [*actifs, *hasard.sample(codes, combien)]]


# --- words ------------------------------------------------------------------------------------------------


def relire(instantane: Instantane, codes: list[str], hasard: random.Random) -> None:
    """Every paragraph of some sheets: no fault, a capital, a full stop."""
    for code in codes:
        for phrase in phrases(composer(instantane, code, hasard.choice(PERIODES))):
            assert not FAUTES.search(plat(phrase)), (code, phrase)
            assert phrase[0].isupper() or phrase[0].isdigit(), (code, phrase)
            assert phrase.endswith("."), (code, phrase)


def test_la_prose_des_departements_des_ept_et_de_communes_a_article(instantane: Instantane) -> None:
    ref = instantane.referentiel
    codes = [c for c in essayes(ref) if ref.territoires[c].niveau != "epci" or ref.territoires[c].est_ept]
    assert sum(ref.territoires[c].niveau == "departement" for c in codes) == 8
    assert sum(ref.territoires[c].est_ept for c in codes) == 12
    relire(instantane, codes[:33], random.Random(3))


def test_la_prose_est_bien_ecrite_partout(instantane: Instantane) -> None:
    """All départements, EPT and EPCI, and thirty communes with and without an article."""
    codes = essayes(instantane.referentiel)
    assert len(codes) == 1 + 8 + 63 + 30
    relire(instantane, codes, random.Random(4))


@pytest.mark.parametrize(
    ("code", "attendus"),
    [
        ("93027", ("exécutés à La Courneuve",)),
        ("93045", ("exécutés aux Lilas", "communes d’Est Ensemble")),
        ("93001", ("exécutés à Aubervilliers", "Les communes de Plaine Commune")),
        ("95", ("exécutés dans le Val-d’Oise", "Les EPT et EPCI du Val-d’Oise")),
        ("78", ("exécutés dans les Yvelines", "Les EPT et EPCI des Yvelines")),
        ("91", ("exécutés en Essonne", "Les EPT et EPCI de l’Essonne")),
        ("78606", ("exécutés au Tartre-Gaudran", "Les communes du Pays Houdanais")),
        ("T8", ("exécutés sur le territoire d’Est Ensemble", "Les communes d’Est Ensemble")),
        ("75", ("exécutés à Paris", "Paris et ses voisins")),
        ("11", ("exécutés en Île-de-France", "La région et ses départements")),
    ],
)
def test_articles_et_contractions(instantane: Instantane, code: str, attendus: tuple[str, ...]) -> None:
    texte = mots(page.html(composer(instantane, code)))
    assert all(attendu in texte for attendu in attendus), [a for a in attendus if a not in texte]


def test_une_commune_sans_rien_le_dit(instantane: Instantane) -> None:
    sans = next(
        code for code, v in lecture.du_niveau(instantane, None, "commune").items()
        if not v.nombre("heures") and not v.nombre("achats")
    )  # fmt: skip
    fiche = composer(instantane, sans)
    texte = mots(page.html(fiche))
    assert "aucune heure d’insertion n’a été réalisée" in texte
    assert "Personne n’a travaillé au titre d’une clause sur cette période." in texte
    assert "aucun marché public n’a été publié" in texte
    assert "Aucune heure à répartir sur la période." in texte
    assert (fiche.criteres, fiche.secteurs, fiche.acheteurs.lignes) == ([], [], ())
    assert [c.texte for c in fiche.cartes] == ["0", "0", "0", "nd", "0", "0"]


def test_chaque_fiche_dit_la_methode_et_la_demonstration(instantane: Instantane) -> None:
    texte = mots(page.html(composer(instantane, "93"), "https://exemple.fr"))
    assert texte.count("Données de démonstration.") == 2
    assert instantane.manifeste.instantane_id in texte
    for titre in ("Sources.", "Couverture.", "Personnes.", "Lieu.", "Achats.", "Territoires proches.", "Instantané."):
        assert titre in texte
    assert "effectifs arrondis à 5 près, masqués sous 5 (s : secret statistique)" in texte
    defaut = instantane.manifeste.defaut
    assert f"https://exemple.fr/s/{instantane.manifeste.instantane_id}/fiche/territoire/93?annee={defaut}" in texte


# --- numbers ----------------------------------------------------------------------------------------------


def test_les_chiffres_cles_sont_ceux_du_site(instantane: Instantane) -> None:
    for code, annees in tires(instantane):
        lu = lecture.lire(instantane, instantane.referentiel.territoires[code], annees)
        c = page_vue.PAGE.contexte(instantane, Selection(territoire=code, annees=annees))
        attendus = [
            valeur_ecrite(c.vue.chiffres[i], indicateur(i).genre)
            for i in ("heures_realisees", "heures_engagees", "beneficiaires", "part_femmes", "etp")
        ]
        lus = [carte.texte for carte in mesures.cartes(lu)[:5]]
        assert lus == [a if lu_ != "nd" else "nd" for a, lu_ in zip(attendus, lus, strict=True)], (code, annees)
        publies = {str(li[0]): (ecrire(li[1], "entier"), ecrire(li[2], "part")) for li in publics(c).tableau.lignes}
        assert all(publies[nom] == (n, part) for nom, n, part in mesures.criteres(lu))
        assert not any(n in ("s", "nd", "0") for _, n, _ in mesures.criteres(lu))


REGLES = ("heures", "heures_hab", "taux", "part_hors_btp", "couverture", "beneficiaires", "beneficiaires_hab")


def test_la_comparaison_dit_les_valeurs_de_la_page_des_territoires(instantane: Instantane) -> None:
    """The territory itself, the wider ones and the similar ones, indicator by indicator."""
    hasard = random.Random(4)
    for code, annees in tires(instantane, 5):
        lu = lecture.lire(instantane, instantane.referentiel.territoires[code], annees)
        autre = hasard.choice([code, *lu.parents, *lu.voisins])
        for regle in hasard.sample(REGLES, 3):
            vue = territoires.lire(instantane, Selection(territoire=autre, annees=annees, indicateur=regle))
            valeur, statut = lu.valeurs(autre)[regle]
            assert (valeur, statut) == (pytest.approx(vue.echelles[0].valeur), vue.echelles[0].statut), (code, regle)
        for regle in ("part_femmes", "part_moins_26", "part_qpv"):
            vue = territoires.lire(instantane, Selection(territoire=autre, annees=annees, indicateur=regle))
            valeur, statut = lu.valeurs(autre)[regle]
            assert statut == vue.echelles[0].statut
            assert valeur is None or valeur == pytest.approx(vue.echelles[0].valeur, abs=0.00501)


def test_les_achats_et_les_projets_sont_ceux_de_leurs_pages(instantane: Instantane) -> None:
    for code, annees in tires(instantane, 5):
        t = instantane.referentiel.territoires[code]
        lu, selection = lecture.lire(instantane, t, annees), Selection(territoire=code, annees=annees)
        achats = acheteurs.lire(instantane, page_acheteurs.PAGE.utile(selection))
        assert lu.achats.vue.total == achats.total
        assert lu.achats.vue.liste == achats.liste
        for ident in ("achats_marches", "achats_echeances"):
            assert lu.achats.vue.chiffres[ident] == achats.chiffres[ident]
        assert lu.valeurs(code)["achats"] == (achats.total.marches, "valeur")
        entiers = projets.lire(instantane, page_projets.PAGE.utile(selection))
        assert lu.projets.vue.mesures.bilan == entiers.mesures.bilan
        assert lu.projets.vue.mesures.programmes == entiers.mesures.programmes
        assert lu.projets.vue.mesures.lots == entiers.mesures.lots


def test_le_classement_additionne_les_heures_de_la_region(instantane: Instantane) -> None:
    lu = lecture.lire(instantane, instantane.referentiel.territoires["11"], None)
    requete = "SELECT sum(realisees) FROM activite WHERE annee = ? AND exec_dep IS NOT NULL"
    ligne = instantane.curseur().execute(requete, [instantane.manifeste.defaut]).fetchone()
    assert ligne
    assert sum(v for _, v in prose.classees(lu)) == pytest.approx(ligne[0])


# --- addresses --------------------------------------------------------------------------------------------


def test_un_code_inconnu_propose_des_territoires(instantane: Instantane) -> None:
    ref = instantane.referentiel
    assert trouver(ref, " t8 ").nom == "Est Ensemble"
    with pytest.raises(TerritoireInconnu, match="« courneuve »") as info:
        trouver(ref, "courneuve")
    assert info.value.proches == (("93027", "La Courneuve"),)
    with pytest.raises(TerritoireInconnu) as info:
        trouver(ref, "../../etc")
    assert info.value.proches == ()


def test_seule_l_annee_compte(instantane: Instantane) -> None:
    nue = composer(instantane, "93")
    autre = composer(instantane, "93", "dep=75&acheteur=x")
    assert autre.essentiel == nue.essentiel
    assert any("autres filtres" in note for note in autre.notes)
    assert composer(instantane, "93", "annee=2023-2024").periode == "2023–2024"
    assert nue.notes == ()


MARCHE = {
    "id": "2024M0001", "acheteur": {"id": "21930001900018"}, "nature": "Marché", "objet": "Travaux de voirie",
    "codeCPV": "45233140", "procedure": "Procédure adaptée", "dureeMois": 12, "montant": 250000,
    "lieuExecution": {"code": "93001", "typeCode": "Code commune"},
    "dateNotification": "2024-03-01", "datePublicationDonnees": "2024-03-15",
    "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "21930001900018"}}],
    "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
    "considerationsEnvironnementales": {"considerationEnvironnementale": ["Pas de considération environnementale"]},
}  # fmt: skip


def test_sans_suivi_la_fiche_montre_les_marches(tmp_path: Path) -> None:
    source, cible = tmp_path / "marches.json", tmp_path / "o.duckdb"
    source.write_text(json.dumps({"marches": {"marche": [MARCHE]}}), encoding="utf-8")
    construire([Declaration(source, "decp")], cible, reglages=Settings())
    fiche = composer(Entrepot(cible).instantane(), "93")
    texte = mots(page.html(fiche))
    assert "aucun suivi d’exécution n’est chargé" in texte
    assert "démonstration" not in texte
    assert fiche.titre_carte == "Marchés publiés par EPT ou EPCI, 2024"
    assert [(b.nom, b.texte) for b in fiche.classement] == [("Plaine Commune", "1")]
    assert [c.texte for c in fiche.cartes] == [*["nd"] * 5, "1"]
    assert [li[0] for li in fiche.comparaison.lignes] == [
        "Population",
        "Marchés publiés",
        "… avec considération sociale",
    ]
    for phrase in phrases(fiche):
        assert not FAUTES.search(plat(phrase)), phrase
