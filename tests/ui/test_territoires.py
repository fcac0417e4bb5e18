"""How the page of the territories is drawn: breadcrumb, chooser, stable classes, ranking, distribution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from dashboard.contenu.territoires import PAGE
from dashboard.contenu.territoires_mots import MOTS
from dashboard.contenu.territoires_phrases import Ici
from dashboard.domain.filtre import INDICATEURS, NIVEAUX
from dashboard.domain.selection import REGION, Selection
from dashboard.ui import territoires as vues
from dashboard.ui.territoires_distribution import distribution
from dashboard.warehouse.connexion import Instantane

CLASSES_MAX = 7


def contexte(instantane: Instantane, **choix: Any) -> Ici:
    return PAGE.contexte(instantane, Selection(**choix))


def noeud(fragment: str) -> Any:
    return html.fragment_fromstring(fragment, create_parent="div")


def filtres(fragment: str) -> list[tuple[str, str]]:
    return [
        (" ".join(b.text_content().split()), b.get("data-filtre"))
        for b in noeud(fragment).findall(".//button[@data-filtre]")
    ]


# --- breadcrumb and ways down -------------------------------------------------------------------------------


def test_le_fil_remonte_jusqu_a_la_region(instantane: Instantane) -> None:
    c = contexte(instantane, territoire="93066")
    assert filtres(vues.fil(c)) == [
        ("Île-de-France", "territoire="), ("Seine-Saint-Denis", "dep=93"), ("Plaine Commune", "epci=T6"),
    ]  # fmt: skip
    assert noeud(vues.fil(c)).find(".//b[@aria-current]").text == "Saint-Denis"
    assert filtres(vues.fil(contexte(instantane))) == []
    assert filtres(vues.fil(contexte(instantane, territoire="93"))) == [("Île-de-France", "territoire=")]


def test_paris_n_est_dit_qu_une_fois(instantane: Instantane) -> None:
    for lieu in ("75", "T1", "75056"):
        fil = noeud(vues.fil(contexte(instantane, territoire=lieu)))
        fiche = fil.find(".//a")
        assert fiche.get("href") == f"/fiche/territoire/{lieu}"
        assert fil.text_content().removesuffix(fiche.text_content()) == "Île-de-France›Paris"


def test_on_descend_d_un_clic(instantane: Instantane) -> None:
    def pas(**choix: Any) -> list[tuple[str, str]]:
        boutons = noeud(vues.choix_carte(contexte(instantane, **choix))).findall(".//button[@class='pas']")
        return [(" ".join(b.text_content().split()), b.get("data-filtre")) for b in boutons]

    assert pas() == []
    assert pas(territoire="93") == [
        ("Voir ses EPT et EPCI →", "niveau=epci"),
        ("Voir ses communes →", "niveau=commune"),
    ]
    assert pas(territoire="93", niveau="epci") == [("Voir ses communes →", "niveau=commune")]
    assert pas(territoire="T8", niveau="epci") == [("Voir ses communes →", "niveau=commune")]
    assert pas(territoire="93066", niveau="commune") == [("Les communes de Plaine Commune →", "epci=T6")]


# --- chooser ------------------------------------------------------------------------------------------------


def options(fragment: str) -> Iterator[tuple[str, str, str, bool]]:
    for groupe in noeud(fragment).findall(".//select/optgroup"):
        for o in groupe:
            yield groupe.get("label"), o.get("value"), o.text, o.get("selected") is not None


def test_tous_les_indicateurs_se_choisissent(instantane: Instantane) -> None:
    lues = list(options(vues.choix_carte(contexte(instantane, indicateur="part_qpv"))))
    assert sorted(code for _, code, _, _ in lues) == sorted(INDICATEURS)
    assert [code for _, code, _, choisi in lues if choisi] == ["part_qpv"]
    assert list(dict.fromkeys(groupe for groupe, _, _, _ in lues)) == [
        "Volume", "Rapporté à la population", "Public", "Marchés", "Collecte",
    ]  # fmt: skip
    liste = noeud(vues.choix_carte(contexte(instantane))).find(".//select")
    assert (liste.get("data-reglage"), liste.get("data-defaut")) == ("indicateur", "heures")
    assert liste.getparent().tag == "label", "la liste a un nom"


def test_un_indicateur_impossible_est_annonce_dans_la_liste(instantane: Instantane) -> None:
    lues = options(vues.choix_carte(contexte(instantane, geographie="residence")))
    absents = {code for _, code, texte, _ in lues if texte.endswith("(indisponible ici)")}
    assert absents == {"engagees", "taux", "couverture", "marches", "part_clause"}


# --- map ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("indicateur", INDICATEURS)
@pytest.mark.parametrize("niveau", NIVEAUX)
def test_les_classes_sont_rondes_et_peu_nombreuses(instantane: Instantane, indicateur: str, niveau: str) -> None:
    c = contexte(instantane, annees=(2018, 2025), indicateur=indicateur, niveau=niveau)
    bornes, pas = vues.limites(c), MOTS[indicateur].pas
    assert list(bornes) == sorted(set(bornes))
    assert len(bornes) < CLASSES_MAX
    assert all(b / pas == pytest.approx(round(b / pas), abs=1e-6) for b in bornes)
    textes = [MOTS[indicateur].palier(b) for b in bornes]
    assert len(set(textes)) == len(textes), "deux paliers ne s’écrivent pas pareil"


def test_les_classes_ne_changent_pas_quand_on_zoome(instantane: Instantane) -> None:
    region, zoom = (
        contexte(instantane, annees=(2018, 2025), niveau="epci", territoire=lieu) for lieu in (REGION, "93")
    )
    assert vues.limites(region) == vues.limites(zoom) != ()
    zones = {code: z["c"] for code, z in vues.carte(region)["zones"].items()}
    carte = vues.carte(zoom)
    assert {code: z["c"] for code, z in carte["zones"].items()} == zones
    assert {code for code, z in carte["zones"].items() if z["e"] != "hors"} == {"T6", "T7", "T8", "T9"}
    assert carte["cadre"] == "93"


@pytest.mark.parametrize("indicateur", ["part_clause", "taux", "part_femmes", "heures_hab", "distance", "heures"])
def test_une_valeur_est_dans_la_classe_ou_on_la_lit(instantane: Instantane, indicateur: str) -> None:
    """« 27 % » is never coloured as the class « 26 % », whatever the decimals that are not shown."""
    c = contexte(instantane, niveau="epci", indicateur=indicateur, annees=(2018, 2025))
    m, zones = MOTS[indicateur], vues.carte(c)["zones"]
    teintes: dict[str, set[int]] = {}
    for li in c.vue.lignes:
        if li["valeur"]:
            teintes.setdefault(m.court(li["valeur"]), set()).add(zones[li["code"]]["c"])
    assert teintes
    assert all(len(t) == 1 for t in teintes.values())
    assert vues.montree(c, 0.0001) > 0, "une fraction n’est pas un zéro"


def test_une_couverture_faible_est_hachuree_et_dite(instantane: Instantane) -> None:
    c = contexte(instantane, niveau="commune", annees=(2025, 2025))
    zones, lignes = vues.carte(c)["zones"], {li["code"]: li for li in c.vue.lignes}
    faibles = {code for code, li in lignes.items() if li["couverture"] is not None and li["couverture"] < 0.7}
    assert faibles
    assert {code for code, z in zones.items() if z["h"]} == faibles
    assert all(z["s"].startswith("couverture") for code, z in zones.items() if lignes[code]["couverture"] is not None)
    sans = contexte(instantane, niveau="commune", indicateur="marches")
    assert not any(z["h"] for z in vues.carte(sans)["zones"].values()), "un marché ne dépend pas de la collecte"


def test_zero_secret_et_non_disponible_se_distinguent(instantane: Instantane) -> None:
    c = contexte(instantane, niveau="commune", indicateur="part_femmes", annees=(2018, 2025))
    etats = {z["e"] for z in vues.carte(c)["zones"].values()}
    assert etats >= {"valeur", "s", "nd"}
    assert "zero" in {z["e"] for z in vues.carte(contexte(instantane, niveau="commune"))["zones"].values()}
    legende = str(vues.carte(c)["legende"])
    assert "s : secret statistique" in legende
    assert "nd : non disponible" in legende


def test_les_reperes_de_la_carte(instantane: Instantane) -> None:
    c = contexte(instantane, calques=("gares",))
    assert vues.carte(c)["calques"] == ["gares"]
    boutons = noeud(vues.choix_carte(c)).findall(".//button[@data-bascule]")
    assert [(b.get("data-bascule"), b.get("aria-pressed")) for b in boutons] == [
        ("calques=gares", "true"), ("calques=structures", "false"),
    ]  # fmt: skip


# --- ranking and distribution -------------------------------------------------------------------------------


def rangees(c: Ici) -> list[tuple[str, str, bool]]:
    lignes = noeud(vues.classement(c, PAGE.blocs["territoires-classement"](c))).findall(".//li[@data-code]")
    return [
        (li.get("data-code"), li.find(".//span[@class='n']").text, "on" in (li.get("class") or "").split())
        for li in lignes
    ]


def test_le_classement_montre_toujours_le_territoire_suivi(instantane: Instantane) -> None:
    dernier = contexte(instantane, niveau="commune", annees=(2018, 2025)).vue.vues
    ranges = [li["code"] for li in dernier if li["valeur"]]
    lieu = ranges[-1]
    lues = rangees(contexte(instantane, niveau="commune", territoire=lieu, annees=(2018, 2025)))
    assert [code for code, _, on in lues if on] == [lieu]
    assert len(lues) <= vues.RANGS_MAX + 2 * vues.VOISINS + 1
    place = ranges.index(lieu) + 1
    assert next(nom for code, nom, _ in lues if code == lieu).startswith(f"{place:,}.".replace(",", ""))
    assert lues[0][1].startswith("1. ")


def test_un_long_classement_tait_ce_qui_n_a_pas_de_rang(instantane: Instantane) -> None:
    c = contexte(instantane, niveau="commune", indicateur="part_femmes", annees=(2025, 2025))
    assert all(nom[0].isdigit() for _, nom, _ in rangees(c))


def test_la_couverture_manquante_n_est_pas_un_zero(instantane: Instantane) -> None:
    c = contexte(instantane, niveau="commune", annees=(2025, 2025))
    texte = noeud(vues.classement(c, PAGE.blocs["territoires-classement"](c))).text_content()
    assert "nd" not in texte.split()


def dessin(c: Ici) -> Any:
    return noeud(distribution(c, PAGE.blocs["territoires-distribution"](c)))


def test_peu_de_territoires_sont_des_points_que_l_on_choisit(instantane: Instantane) -> None:
    points = dessin(contexte(instantane, territoire="93")).findall(".//button")
    assert sorted(p.text for p in points) == ["75", "77", "78", "91", "92", "93", "94", "95"]
    (choisi,) = [p for p in points if p.get("aria-pressed") == "true"]
    assert choisi.get("data-filtre") == "dep=93"
    assert choisi.get("aria-label").startswith("Seine-Saint-Denis : ")
    assert "on" in choisi.get("class").split()


def test_beaucoup_de_territoires_sont_des_colonnes(instantane: Instantane) -> None:
    c = contexte(instantane, niveau="commune", territoire="93", annees=(2018, 2025))
    racine = dessin(c)
    assert racine.findall(".//button") == []
    nombres = [int(b.text.replace("\u202f", "")) for b in racine.findall(".//b")]
    assert sum(nombres) == len([li for li in c.vue.lignes if li["statut"] == "valeur"])
    assert racine.findall(".//i[@class='on']"), "les communes du département se distinguent"


def test_la_mediane_est_a_sa_place(instantane: Instantane) -> None:
    for niveau in NIVEAUX:
        c = contexte(instantane, niveau=niveau, indicateur="couverture", annees=(2018, 2025))
        (trait,) = dessin(c).findall(".//span[@class='mediane']")
        assert 0 <= float(trait.get("style").removeprefix("left:").removesuffix("%")) <= 100
        assert "Médiane : " in dessin(c).text_content()


def test_sans_lien_pas_de_cle(instantane: Instantane) -> None:
    assert vues.cle_flux(contexte(instantane, regard="rqth")) == ""
    c = contexte(instantane, territoire="93", annees=(2018, 2025))
    assert "Y vivent, travaillent ailleurs" in vues.cle_flux(c)
    sans = replace(c, vue=replace(c.vue, flux=replace(c.vue.flux, liens=())))
    assert vues.cle_flux(sans) == ""
