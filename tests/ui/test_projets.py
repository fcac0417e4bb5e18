"""How the projects are drawn: every bar is a number of the table, every state has a word, every text is escaped."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from dashboard.api.calques import CALQUES
from dashboard.contenu import fiche_projet as contenu_fiche
from dashboard.contenu import projets as contenu
from dashboard.contenu import projets_lignes
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.tableau import Etat
from dashboard.domain.selection import Selection
from dashboard.ui import fiche_projet, projets, projets_carte, projets_lots
from dashboard.ui.projets_colonnes import LOTS
from dashboard.ui.projets_points import situer
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.projets_lecteur import ETATS


def contexte(instantane: Instantane, **choix: Any) -> Contexte[Any]:
    return contenu.PAGE.contexte(instantane, Selection(**choix))


def texte(html: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", html)


def test_un_etat_a_toujours_une_icone_et_un_mot(instantane: Instantane) -> None:
    c = contexte(instantane)
    assert set(projets.ICONES) == set(ETATS)
    assert len(set(projets.ICONES.values())) == len(ETATS)
    for code in ETATS:
        html = projets.etat_html(c, code)
        assert projets.ICONES[code] in html
        assert c.libelle("etat_lot", code) in html


def test_chaque_ligne_a_sa_jauge_et_son_lien(instantane: Instantane) -> None:
    c = contexte(instantane)
    html = projets.programmes(c, contenu.PAGE.composer(c)["projets-programmes"])
    for p in c.vue.mesures.programmes:
        assert f'href="/fiche/projet/{p.code}"' in html
    largeurs = [float(x) for x in re.findall(r"(?:left|width):([\d.]+)%", html)]
    assert largeurs
    assert all(0 <= x <= 100 for x in largeurs)
    rangs = [r for r in projets_lignes.rangees(c) if r.bilan.part is not None]
    assert html.count('class="balle" role="img"') == len(rangs)


def test_une_jauge_depasse_cent_pour_cent(instantane: Instantane) -> None:
    """The mark of the due hours is not at the end of the track: an engagement may be passed."""
    c = contexte(instantane)
    html = projets.programmes(c, contenu.PAGE.composer(c)["projets-programmes"])
    dus = {float(x) for x in re.findall(r'class="du" style="left:([\d.]+)%', html)}
    assert len(dus) == 1
    assert 50 <= dus.pop() <= 80


def test_sans_heures_dues_il_n_y_a_pas_de_jauge(instantane: Instantane) -> None:
    c = contexte(instantane)
    m = c.vue.mesures
    b = replace(m.programmes[0].bilan, sommes={**m.programmes[0].bilan.sommes, "dues": 0.0, "dues_finales": 0.0})
    essai = replace(c, vue=replace(c.vue, mesures=replace(m, programmes=(replace(m.programmes[0], bilan=b),))))
    assert "heures dues inconnues" in projets.programmes(essai, projets_lignes.lignes(essai))


def test_une_vignette_par_ligne(instantane: Instantane) -> None:
    c = contexte(instantane)
    html = projets.multiples(c, contenu.PAGE.composer(c)["projets-multiples"])
    assert html.count("<svg") == sum(1 for p in c.vue.mesures.programmes for _, b in p.lignes if b["dues"])
    assert "NaN" not in html
    assert "nan" not in html


def test_un_clic_sur_un_etat_filtre_la_liste(instantane: Instantane) -> None:
    c = contexte(instantane, etat=("retard",))
    html = projets_lots.etats(c, contenu.PAGE.composer(c)["projets-etats"])
    for code, nombre in c.vue.mesures.bilan.etats.items():
        assert nombre
        assert f'data-filtre="etat={code}"' in html
    assert 'data-bascule="etat=retard" aria-pressed="true"' in projets_lots.choix_etats(c)


def test_les_rangs_de_la_grille_sont_ceux_de_la_table(instantane: Instantane) -> None:
    c = contexte(instantane)
    bloc = contenu.PAGE.composer(c)["projets-lots"]
    rangs = projets_lots.rangs(c, bloc)
    assert [r["lot"] for r in rangs] == [ligne[0] for ligne in bloc.tableau.lignes]
    assert all(r["lien"] == f"/fiche/projet/{r['lot']}" for r in rangs)
    assert json.loads(json.dumps(rangs)) == rangs
    assert {colonne["field"] for colonne in LOTS} | {"lien"} == rangs[0].keys()
    dues = [ligne[6] for ligne in bloc.tableau.lignes]
    assert [r["dues"] for r in rangs] == [None if d is Etat.NON_DISPONIBLE else round(d) for d in dues]  # type: ignore[arg-type]


def test_la_carte_place_chaque_commune_et_dit_son_etat(instantane: Instantane) -> None:
    c = contexte(instantane)
    payload = projets_carte.carte(c)
    assert payload["calques"][0] == "gares"
    points = payload["calques"][1]["points"]
    bloc = contenu.PAGE.composer(c)["projets-carte"]
    assert len(points) == len(bloc.tableau.lignes)
    assert [p["n"] for p in points] == sorted((p["n"] for p in points), reverse=True)
    assert all(("lien" in p) != ("filtre" in p) for p in points)
    assert all(p["i"] == projets.ICONES[p["e"]] for p in points)
    assert payload["cadre"] is None
    assert projets_carte.carte(contexte(instantane, territoire="93"))["cadre"] == "93"
    assert set(CALQUES) == {"gares", "structures"}  # the operations obey the filters: no address of their own
    x, y = situer(2.35, 48.86)
    assert 0 < x < 1000
    assert y > 0


@pytest.mark.parametrize("ident", ["projets-pme", "projets-rapprochement", "projets-publics"])
def test_les_barres_par_programme_ont_une_rangee_chacune(instantane: Instantane, ident: str) -> None:
    c = contexte(instantane)
    dessins = {
        "projets-pme": projets_lots.pme, "projets-rapprochement": projets_lots.rapprochement,
        "projets-publics": projets_lots.parts,
    }  # fmt: skip
    bloc = contenu.PAGE.composer(c)[ident]
    html = dessins[ident](c, bloc)
    assert html.count("<li") == len(bloc.tableau.lignes) + 1  # and its heading
    largeurs = [float(x) for x in re.findall(r"width:([\d.]+)%", html)]
    assert all(0 <= x <= 100 for x in largeurs)


def fiche(instantane: Instantane, objet: str) -> Contexte[Any]:
    return contenu_fiche.PAGE.contexte(instantane, Selection(objet=objet))


def test_une_fiche_de_lot_se_dessine_en_entier(instantane: Instantane) -> None:
    ligne = instantane.curseur().execute(
        "SELECT marche_id FROM lot WHERE etat = 'surveiller' ORDER BY marche_id LIMIT 1"
    ).fetchone()  # fmt: skip
    assert ligne is not None
    c = fiche(instantane, ligne[0])
    blocs = contenu_fiche.PAGE.composer(c)
    situation = fiche_projet.situation(c, blocs["fiche-projet-etat"])
    assert "À surveiller" in situation
    assert "projection centrale" in texte(situation)
    if not blocs["fiche-projet-comparables"].vide:
        bande = fiche_projet.comparables(c, blocs["fiche-projet-comparables"])
        assert "Ce lot" in bande
        assert bande.count("<i ") == len(c.vue.comparables.lignes)
    assert ligne[0] in projets_lots.liste(c, blocs["fiche-projet-lots"])
    assert ligne[0] in fiche_projet.fil(c)


def test_les_textes_d_un_lot_sont_echappes(instantane: Instantane) -> None:
    c = contexte(instantane)
    m = c.vue.mesures
    piege = {**m.lots[0], "marche_id": "<b>", "objet": "<script>alert(1)</script>"}
    essai = replace(c, vue=replace(c.vue, mesures=replace(m, lots=[piege])))
    html = projets_lots.liste(essai, contenu.PAGE.composer(essai)["projets-lots"])
    assert "<script>" not in html
    assert "/fiche/projet/%3Cb%3E" in html


def test_un_identifiant_inconnu_propose_des_liens(instantane: Instantane) -> None:
    html = fiche_projet.fil(fiche(instantane, "SGP-XX"))
    assert html.count('href="/fiche/projet/') == len(fiche(instantane, "SGP-XX").vue.proches)
