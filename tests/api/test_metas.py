"""What each address says to those who link to it: its finding, its picture, its address, and nothing of a forger."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import dash
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane

PUBLIQUE = "https://clauses.exemple.fr"
OBLIGATOIRES = ("description", "og:title", "og:description", "og:image", "og:image:alt", "og:locale", "og:type",
                "og:site_name", "og:url", "twitter:card")  # fmt: skip


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


@pytest.fixture(scope="module")
def publie(fichier_demo: Path) -> FlaskClient:
    reglages = replace(Settings(), instantane=fichier_demo, url_publique=PUBLIQUE)
    return create_app(reglages).server.test_client()


def _tete(client: FlaskClient, adresse: str, **options: object) -> str:
    page = client.get(adresse, follow_redirects=True, **options).get_data(as_text=True)  # type: ignore[arg-type]
    return page.partition("</head>")[0]


def _metas(tete: str) -> dict[str, str]:
    return {nom: unescape(texte) for nom, texte in re.findall(r'<meta \w+="([^"]+)" content="([^"]*)">', tete)}


def _adresses(instantane: Instantane) -> list[str]:
    onglets = [p["path"] for p in dash.page_registry.values() if p.get("onglet")]
    programme = next(iter(instantane.referentiel.listes["programme"]))
    acheteur = next(iter(instantane.referentiel.listes["acheteur"]))
    fiches = ["/fiche/territoire/11", "/fiche/territoire/93", "/fiche/territoire/T8", "/fiche/territoire/93066"]
    identite = instantane.manifeste.instantane_id
    return [
        *onglets, *fiches, f"/fiche/projet/{programme}", f"/fiche/acheteur/{acheteur}", "/diaporama", "/integrer/carte",
        "/integrer/graphique?bloc=heures-temps", "/heures?dep=93&annee=2024", f"/s/{identite}/heures?dep=93",
        f"/s/{identite}/fiche/territoire/93", f"/s/{identite}/",
    ]  # fmt: skip


@pytest.mark.complet
def test_chaque_page_dit_tout_et_une_seule_fois(client: FlaskClient, instantane: Instantane) -> None:
    for adresse in _adresses(instantane):
        tete = _tete(client, adresse)
        metas = _metas(tete)
        assert all(metas.get(nom) for nom in OBLIGATOIRES), (adresse, metas)
        assert all(tete.count(f'"{nom}"') == 1 for nom in OBLIGATOIRES), adresse
        assert 'content=""' not in tete, adresse
        assert metas["twitter:card"] == "summary_large_image"
        assert tete.count('rel="canonical"') == 1
        assert tete.count("<title>") == 1
        assert 'charset="utf-8"' in tete.lower()


@pytest.mark.complet
def test_l_image_annoncee_existe(client: FlaskClient, instantane: Instantane) -> None:
    images = {_metas(_tete(client, adresse))["og:image"] for adresse in _adresses(instantane)}
    assert len(images) > 10
    for image in images:
        assert image.startswith("http://localhost/apercu/")
        assert image.endswith(f".png?instantane={instantane.manifeste.instantane_id}")
        assert client.get(image.removeprefix("http://localhost")).status_code == 200, image


def test_la_description_est_le_constat_de_la_selection(client: FlaskClient) -> None:
    toute, une = (_metas(_tete(client, f"/heures?annee=2024{suite}")) for suite in ("", "&dep=93"))
    assert toute["og:description"].startswith("En 2024, sur les chantiers et services exécutés en Île-de-France")
    assert une["og:description"].startswith("En 2024, sur les chantiers et services exécutés en Seine-Saint-Denis")
    assert une["og:image"].partition("?")[0].endswith("/apercu/fiche/territoire/93.png")
    assert "Seine-Saint-Denis" in une["og:image:alt"]
    assert "démonstration" in une["og:image:alt"]
    assert une["og:url"] == "http://localhost/heures?annee=2024&dep=93"


def test_l_onglet_dit_la_page(client: FlaskClient) -> None:
    assert "<title>Heures · Observatoire des clauses sociales</title>" in _tete(client, "/heures")
    assert "<title>Projet · Observatoire des clauses sociales</title>" in _tete(client, "/fiche/projet/x")
    assert "<title>Page introuvable</title>" in _tete(client, "/rien/du/tout")


@pytest.mark.parametrize(
    "adresse", ["/", "/heures?dep=93", "/fiche/projet/gpe_15s", "/fiche/territoire/93", "/integrer/carte"]
)
def test_l_adresse_publique_l_emporte(publie: FlaskClient, adresse: str) -> None:
    tete = _tete(publie, adresse, headers={"Host": "pirate.example"})
    metas = _metas(tete)
    assert metas["og:url"].startswith(PUBLIQUE + "/")
    assert metas["og:image"].startswith(PUBLIQUE + "/apercu/")
    assert f'rel="canonical" href="{PUBLIQUE}/' in tete
    assert "pirate" not in tete


@pytest.mark.parametrize("hote", ['x"><script>alert(1)</script>', "x' onload=y", "<b>", "é.fr", "a b"])
@pytest.mark.parametrize("adresse", ["/heures", "/fiche/territoire/93", "/integrer/carte"])
def test_un_hote_forge_n_ecrit_rien_dans_la_page(client: FlaskClient, adresse: str, hote: str) -> None:
    page = client.get(adresse, environ_overrides={"HTTP_HOST": hote})
    assert page.status_code in (200, 400)
    tete = page.get_data(as_text=True).partition("</head>")[0]
    assert "alert(1)</script>" not in tete
    assert "<b>" not in tete
    assert all(re.fullmatch(r"<meta [^<>]*>", m) for m in re.findall(r"<meta[^\n]*?>", tete))


@pytest.mark.parametrize(
    "adresse", ['/"><script>x', "/fiche/projet/%22%3E%3Cscript%3Ex", "/heures?dep=%22%3E%3Cscript%3E"]
)
def test_une_adresse_forgee_n_ecrit_rien_dans_la_page(client: FlaskClient, adresse: str) -> None:
    tete = _tete(client, adresse)
    assert "<script>x" not in tete
    assert '"><script' not in tete


def test_un_lien_permanent_reste_sur_son_instantane(client: FlaskClient, instantane: Instantane) -> None:
    identite = instantane.manifeste.instantane_id
    metas = _metas(_tete(client, f"/s/{identite}/heures?dep=93"))
    assert metas["og:url"] == f"http://localhost/heures?dep=93&instantane={identite}"
    assert identite not in _metas(_tete(client, "/heures?dep=93"))["og:url"]


def test_un_constat_qui_echoue_n_empeche_pas_la_page_de_s_ouvrir(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def echouer(*_arguments: object) -> None:
        raise KeyError("colonne absente")

    monkeypatch.setattr("dashboard.contenu.page.PageContenu.contexte", echouer)
    reponse = client.get("/heures")
    assert reponse.status_code == 200
    assert _metas(reponse.get_data(as_text=True))["og:title"].startswith("Où en sont les heures")
    assert "Constat illisible : /heures" in caplog.text


def test_sans_instantane_la_page_se_presente_quand_meme(tmp_path: Path) -> None:
    vide = create_app(replace(Settings(), instantane=tmp_path / "absent.duckdb")).server.test_client()
    metas = _metas(_tete(vide, "/heures"))
    assert metas["og:title"]
    assert "og:image" not in metas
