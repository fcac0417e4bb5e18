"""Framed blocs: light, alone, with the numbers of the table, and the only addresses that other sites may frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient
from lxml import html

from dashboard.app import create_app
from dashboard.contenu.page import PageContenu
from dashboard.contenu.registre import PAGES
from dashboard.contenu.tableau import ecrire
from dashboard.domain import francais as fr
from dashboard.domain.selection import depuis_url
from dashboard.settings import Settings
from dashboard.ui.rendu import LIGNES_MAX
from dashboard.warehouse.connexion import Instantane

pytestmark = pytest.mark.complet

OCTETS_MAX = 100_000


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


def requete(contenu: PageContenu, instantane: Instantane) -> str:
    """The selection a page is looked at with: a sheet needs an object."""
    objets = {"acheteur": "SELECT acheteur FROM marche GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"}
    if contenu.fiche is None:
        return "annee=2025"
    sql = objets.get(contenu.fiche, "SELECT 'gpe_15s'")
    return f"objet={instantane.curseur().execute(sql).fetchall()[0][0]}"


def tableau_lu(page: html.HtmlElement) -> Iterator[list[str]]:
    for ligne in page.findall(".//div[@class='jumeau']//tbody/tr"):
        yield ["".join(c.itertext()) for c in ligne]


@pytest.mark.parametrize("contenu", PAGES, ids=lambda p: p.nom)
def test_chaque_bloc_se_montre_seul_leger_et_avec_ses_nombres(
    client: FlaskClient, instantane: Instantane, contenu: PageContenu
) -> None:
    demande = requete(contenu, instantane)
    contexte = contenu.contexte(instantane, depuis_url(demande, instantane.referentiel).selection)
    for ident, ecrire_bloc in contenu.blocs.items():
        reponse = client.get(f"/integrer/{ident}?{demande}")
        assert reponse.status_code == 200, ident
        texte, bloc = reponse.get_data(as_text=True), ecrire_bloc(contexte)
        assert len(brotli.compress(texte.encode(), quality=5)) < OCTETS_MAX, ident
        page = html.document_fromstring(texte)
        assert "".join(page.find(".//h1").itertext()) == fr.composer(bloc.titre)
        formes = [c.format for c in bloc.tableau.colonnes]
        voulu = [[ecrire(v, f) for v, f in zip(li, formes, strict=True)] for li in bloc.tableau.lignes[:LIGNES_MAX]]
        assert bloc.vide or list(tableau_lu(page)) == voulu, ident
        assert "démonstration" in "".join(page.find(".//footer").itertext())
        assert "Données de démonstration" in texte


@pytest.mark.parametrize("contenu", PAGES, ids=lambda p: p.nom)
def test_rien_n_est_demande_ailleurs_ni_execute(
    client: FlaskClient, instantane: Instantane, contenu: PageContenu
) -> None:
    for ident in contenu.blocs:
        texte = client.get(f"/integrer/{ident}?{requete(contenu, instantane)}").get_data(as_text=True)
        page = html.document_fromstring(texte)
        assert not page.xpath("//script | //img | //iframe | //button | //input | //form | //*[@onclick]")
        assert page.xpath("//link/@rel") == ["canonical"], "une adresse, rien à charger"
        assert not page.xpath("//*[@data-filtre or @data-calcul]"), ident
        assert not re.findall(r"url\((?!#|\"#)[^)]*\)|@import", texte), ident
        for lien in page.xpath("//a"):
            assert lien.get("href").startswith("http://localhost/"), ident
            assert (lien.get("target"), lien.get("rel")) == ("_blank", "noopener")


def test_seules_ces_adresses_se_laissent_encadrer(client: FlaskClient) -> None:
    for chemin in ("/integrer/mois", "/integrer/carte?dep=93", "/integrer/inconnu"):
        entetes = client.get(chemin).headers
        assert "frame-ancestors *" in entetes["Content-Security-Policy"]
        assert "default-src 'none'" in entetes["Content-Security-Policy"]
        assert "X-Frame-Options" not in entetes
    for chemin in ("/", "/territoires", "/telecharger/mois.csv", "/fiche/territoire/93", "/s/x/integrer/mois"):
        politique = client.get(chemin).headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in politique


def test_les_deux_autres_noms(client: FlaskClient) -> None:
    def bloc(chemin: str) -> str:
        return str(html.document_fromstring(client.get(chemin).get_data(as_text=True)).find(".//section").get("id"))

    assert bloc("/integrer/carte?dep=93") == "carte"
    assert bloc("/integrer/carte?dep=93&indicateur=beneficiaires") == "territoires-carte"
    assert bloc("/integrer/graphique?bloc=heures-secteur&dep=93") == "heures-secteur"
    assert client.get("/integrer/graphique").status_code == 404


def test_une_figure_inconnue_le_dit_sans_rien_laisser_passer(client: FlaskClient) -> None:
    reponse = client.get("/integrer/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    texte = reponse.get_data(as_text=True)
    assert reponse.status_code == 404
    assert "<script" not in texte
    reponse = client.get("/integrer/graphique?bloc=<script>alert(1)</script>")
    texte = reponse.get_data(as_text=True)
    assert reponse.status_code == 404
    assert "L’observatoire n’a pas de figure « &lt;script&gt;" in texte
    assert "<script" not in texte


def test_la_selection_est_ecrite_et_le_lien_y_ramene(client: FlaskClient) -> None:
    texte = client.get("/integrer/heures-secteur?dep=93&annee=2024&bizarre=<b>").get_data(as_text=True)
    page = html.document_fromstring(texte)
    assert "2024 · Seine-Saint-Denis" in "".join(page.find(".//header").itertext())
    liens = {lien.text: lien.get("href") for lien in page.xpath("//footer/a")}
    assert liens["Voir sur l’Observatoire des clauses sociales"] == (
        "http://localhost/heures?annee=2024&dep=93#bloc-heures-secteur"
    )
    assert liens["Données CSV"] == "http://localhost/telecharger/heures-secteur.csv?annee=2024&dep=93"
    assert "« <b>" not in texte


def test_l_instantane_cite_est_garde_ou_son_absence_dite(client: FlaskClient, instantane: Instantane) -> None:
    identite = instantane.manifeste.instantane_id
    texte = client.get(f"/integrer/mois?annee=2023&instantane={identite}").get_data(as_text=True)
    liens = html.document_fromstring(texte).xpath("//footer/a/@href")
    assert f"http://localhost/?annee=2023&instantane={identite}#bloc-mois" in liens
    reponse = client.get("/integrer/mois?instantane=20200101-0123456789")
    assert reponse.status_code == 410
    assert "Données non disponibles" in reponse.get_data(as_text=True)
    assert "frame-ancestors *" in reponse.headers["Content-Security-Policy"]


def test_une_figure_sans_objet_dit_pourquoi_elle_est_vide(client: FlaskClient) -> None:
    for chemin in ("/integrer/fiche-projet-etat", "/integrer/fiche-acheteur-annees?objet=%3Cb%3Einconnu"):
        reponse = client.get(chemin)
        page = html.document_fromstring(reponse.get_data(as_text=True))
        assert reponse.status_code == 200
        assert len("".join(page.find(".//p[@class='vide']").itertext())) > 20
        assert not page.xpath("//div[@class='corps'] | //table")
