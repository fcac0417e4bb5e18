"""The deck by its addresses: what the browser sends is checked and refused in French; a page in one request."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pptx import Presentation

from dashboard.app import create_app
from dashboard.contenu.registre import PAGES
from dashboard.domain.selection import Selection
from dashboard.export.diaporama import TYPE_MIME
from dashboard.export.limites import DIAPOS_MAX, TITRE_MAX
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane

pytestmark = pytest.mark.complet


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


def titres(contenu: bytes) -> list[str]:
    return [d.shapes.title.text for d in Presentation(io.BytesIO(contenu)).slides]


def envoyer(client: FlaskClient, corps: Any) -> Any:
    return client.post("/diaporama.pptx", json=corps)


def test_la_liste_du_navigateur_devient_un_fichier(client: FlaskClient, instantane: Instantane) -> None:
    diapos = [
        {"bloc": "mois", "search": "?dep=93&annee=2024", "titre": "Un titre à moi"},
        {"bloc": "publics-niveaux", "search": "", "titre": None},
        {"bloc": "carte", "search": "?niveau=epci"},
    ]
    reponse = envoyer(client, {"titre": "  Réunion   du 12 mars ", "diapos": diapos})
    assert reponse.status_code == 200
    assert reponse.mimetype == TYPE_MIME
    nom = f"observatoire_reunion-du-12-mars_{instantane.manifeste.instantane_id}_demonstration.pptx"
    assert reponse.headers["Content-Disposition"] == f'attachment; filename="{nom}"'
    lus = titres(reponse.data)
    assert lus[:2] == ["Réunion du 12 mars", "Un titre à moi"]
    deck = Presentation(io.BytesIO(reponse.data))
    textes = [f.text_frame.text for f in deck.slides[1].shapes if f.has_text_frame]
    assert any("Seine-Saint-Denis" in t and "2024" in t for t in textes), "chaque diapositive a sa sélection"
    notes = deck.slides[1].notes_slide.notes_text_frame.text
    site = f"http://localhost/s/{instantane.manifeste.instantane_id}"
    assert f"{site}/?annee=2024&dep=93#bloc-mois" in notes
    assert f"{site}/publics#bloc-publics-niveaux" in deck.slides[2].notes_slide.notes_text_frame.text
    assert any(f.name == "Carte" for f in deck.slides[3].shapes), "la carte en formes natives"
    assert envoyer(client, {"titre": "Réunion du 12 mars", "diapos": diapos}).data == reponse.data, "mêmes octets"


def test_une_fiche_entre_dans_un_diaporama(client: FlaskClient, instantane: Instantane) -> None:
    fiche = next(p for p in PAGES if p.fiche == "acheteur")
    requete = "SELECT acheteur FROM marche WHERE length(acheteur) = 14 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    objet = instantane.curseur().execute(requete).fetchall()[0][0]
    ident = next(iter(fiche.blocs))
    reponse = envoyer(client, {"titre": "", "diapos": [{"bloc": ident, "search": f"?objet={objet}"}]})
    assert reponse.status_code == 200
    deck = Presentation(io.BytesIO(reponse.data))
    assert f"/fiche/acheteur/{objet}" in deck.slides[1].notes_slide.notes_text_frame.text
    ouverture = " ".join(f.text_frame.text for f in deck.slides[0].shapes if f.has_text_frame)
    assert instantane.referentiel.listes["acheteur"][objet] in ouverture


BON = {"bloc": "mois", "search": ""}


@pytest.mark.parametrize(
    ("corps", "motif"),
    [
        (None, "illisible"),
        ([], "illisible"),
        ({"titre": "x"}, "illisible"),
        ({"diapos": "mois"}, "illisible"),
        ({"diapos": []}, "vide"),
        ({"diapos": ["mois"]}, "diapositive 1"),
        ({"diapos": [BON, {"bloc": "inconnu"}]}, "Figure inconnue, diapositive 2 : « inconnu »"),
        ({"diapos": [BON, {"bloc": ["mois"]}]}, "diapositive 2"),
        ({"diapos": [{"bloc": "mois", "search": 3}]}, "sélection, diapositive 1"),
        ({"diapos": [{"bloc": "mois", "search": "?" + "a" * 5000}]}, "trop long"),
        ({"diapos": [{"bloc": "mois", "titre": "a" * (TITRE_MAX + 1)}]}, "trop long"),
        ({"titre": {"a": 1}, "diapos": [BON]}, "titre du diaporama"),
        ({"diapos": [BON] * (DIAPOS_MAX + 1)}, f"{DIAPOS_MAX} au plus"),
        ({"diapos": [{"bloc": "mois", "search": "?instantane=19990101-abc"}]}, "Diapositive 1"),
    ],
)
def test_une_demande_fautive_est_refusee_en_francais(client: FlaskClient, corps: Any, motif: str) -> None:
    reponse = envoyer(client, corps)
    assert reponse.status_code == 400
    assert reponse.mimetype == "text/plain"
    assert motif in reponse.get_data(as_text=True)


def test_une_demande_trop_longue_ou_d_un_autre_genre(client: FlaskClient) -> None:
    longue = envoyer(client, {"titre": "x" * 300_000, "diapos": [BON]})
    assert (longue.status_code, "trop longue" in longue.get_data(as_text=True)) == (400, True)
    for donnees, genre in ((b"{", "application/json"), (b"titre=x", "text/plain"), (b"\xff\xfe", "application/json")):
        reponse = client.post("/diaporama.pptx", data=donnees, content_type=genre)
        assert (reponse.status_code, "illisible" in reponse.get_data(as_text=True)) == (400, True)


def test_des_caracteres_hostiles_ne_cassent_pas_le_fichier(client: FlaskClient) -> None:
    titre = "<script>\x00\x1f\ud800 « & »\u202e"
    diapos = [{"bloc": "mois", "search": "%00&dep=%ff", "titre": titre}]
    reponse = client.post("/diaporama.pptx", json={"titre": titre, "diapos": diapos})
    assert reponse.status_code == 200
    assert titres(reponse.data)[1].startswith("<script>")


def test_un_parametre_ignore_est_dit_dans_la_methode(client: FlaskClient) -> None:
    reponse = envoyer(client, {"diapos": [{"bloc": "mois", "search": "?dep=999"}]})
    derniere = Presentation(io.BytesIO(reponse.data)).slides[-1]
    textes = " ".join(f.text_frame.text for f in derniere.shapes if f.has_text_frame)
    assert "territoire inconnu ignoré" in textes


@pytest.mark.parametrize("nom", [p.nom for p in PAGES if p.fiche is None])
def test_une_page_entiere(client: FlaskClient, instantane: Instantane, nom: str) -> None:
    reponse = client.get(f"/diaporama/page/{nom}.pptx")
    assert reponse.status_code == 200
    page = next(p for p in PAGES if p.nom == nom)
    pleins = [b for b in page.composer(page.contexte(instantane, Selection())).values() if not b.vide]
    lus = [t for t in titres(reponse.data)[1:] if not t.startswith("Méthode et définitions")]
    assert len(lus) == len(pleins)
    assert re.fullmatch(r'attachment; filename="[\w.-]+"', reponse.headers["Content-Disposition"])


def test_une_page_inconnue_ou_sans_figure(client: FlaskClient) -> None:
    inconnue = client.get("/diaporama/page/inconnue.pptx")
    assert (inconnue.status_code, "inconnue" in inconnue.get_data(as_text=True)) == (404, True)
    fiche = client.get("/diaporama/page/fiche-acheteur.pptx")
    assert fiche.status_code == 400
    assert "SIRET" in fiche.get_data(as_text=True)


@pytest.mark.parametrize("bloc", ["mois", "publics-niveaux"])
def test_le_csv_pour_un_programme_et_ses_metadonnees(client: FlaskClient, instantane: Instantane, bloc: str) -> None:
    csv = client.get(f"/telecharger/{bloc}.csv?dep=93&forme=machine")
    meta = client.get(f"/telecharger/{bloc}.json?dep=93")
    assert (csv.mimetype, meta.mimetype) == ("text/csv", "application/json")
    lignes = csv.get_data(as_text=True).splitlines()
    decrit = meta.get_json()
    assert lignes[0].split(",") == [c["cle"] for c in decrit["colonnes"]]
    assert len(lignes) - 1 == decrit["lignes"]
    assert decrit["selection"] == {"dep": "93"}
    base = f"observatoire_{bloc}_machine_{instantane.manifeste.instantane_id}_demonstration"
    assert f'"{base}.csv"' in csv.headers["Content-Disposition"]
    assert f'"{base}.json"' in meta.headers["Content-Disposition"]
    assert client.get("/telecharger/inconnu.json").status_code == 404
