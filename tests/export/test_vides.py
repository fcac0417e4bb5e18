"""An empty selection: every file of every bloc says why there is nothing, and is a file that opens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from dashboard.app import create_app
from dashboard.contenu.page import PageContenu
from dashboard.contenu.registre import PAGES
from dashboard.contenu.tableau import Bloc
from dashboard.domain import francais as fr
from dashboard.domain.selection import Selection, vers_url
from dashboard.rapport.fiche import composer
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane
from tests.export import relecture
from tests.rapport.outils import plat

pytestmark = pytest.mark.complet


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


def vide(page: PageContenu, instantane: Instantane) -> Selection:
    """A commune where nothing was ever done nor bought; an object that does not exist for a sheet."""
    if page.fiche:
        return Selection(objet="aucun-objet-de-ce-nom")
    return Selection(
        territoire="77103", secteurs=("numerique",), acheteurs=(min(instantane.referentiel.listes["acheteur"]),)
    )


def quantites(bloc: Bloc) -> list[float]:
    """Numbers of a table that count hours, persons, contracts or euros: neither a rank, nor how many have nothing."""
    gardees = [i for i, c in enumerate(bloc.tableau.colonnes) if c.cle not in ("rang", "place", "territoires")]
    return [v for ligne in bloc.tableau.lignes for i in gardees if isinstance(v := ligne[i], float) and v]


def vides(page: PageContenu, instantane: Instantane) -> tuple[str, list[Bloc]]:
    s = vide(page, instantane)
    blocs = [b for b in page.composer(page.contexte(instantane, s)).values() if b.vide]
    return vers_url(s, instantane.referentiel).removeprefix("?"), blocs


@pytest.mark.parametrize("page", [p for p in PAGES if p.nom != "calculateur"], ids=lambda p: p.nom)
def test_chaque_fichier_d_un_bloc_vide_s_ouvre_et_le_dit(
    client: FlaskClient, instantane: Instantane, page: PageContenu
) -> None:
    requete, blocs = vides(page, instantane)
    assert blocs, "cette sélection n’a rien"
    for bloc in blocs:
        assert bloc.vide is not None
        base = f"/telecharger/{bloc.ident}"
        xlsx, meta = client.get(f"{base}.xlsx?{requete}"), client.get(f"{base}.json?{requete}")
        csv, machine = (client.get(f"{base}.csv?{requete}{forme}") for forme in ("", "&forme=machine"))
        assert {r.status_code for r in (xlsx, meta, csv, machine)} == {200}, bloc.ident
        assert fr.composer(bloc.vide) == dict(relecture.feuilles(xlsx.data)["Lisez-moi"])["Sans figure"]
        assert "Graphique" not in relecture.feuilles(xlsx.data)
        assert meta.get_json()["sans_figure"] == bloc.vide
        assert bloc.legende in csv.get_data(as_text=True)
        assert len(machine.get_data(as_text=True).splitlines()) >= 1
        assert quantites(bloc) == [], bloc.ident


@pytest.mark.parametrize("page", [p for p in PAGES if p.nom != "calculateur"], ids=lambda p: p.nom)
def test_un_bloc_vide_integre_ou_mis_en_diapositive_le_dit(
    client: FlaskClient, instantane: Instantane, page: PageContenu
) -> None:
    requete, blocs = vides(page, instantane)
    for bloc in blocs:
        integre = client.get(f"/integrer/graphique?bloc={bloc.ident}&{requete}")
        assert integre.status_code == 200
        corps = html.document_fromstring(integre.get_data(as_text=True)).text_content()
        assert plat(fr.composer(bloc.vide or "")) in " ".join(plat(corps).split()), bloc.ident
        assert "<svg" not in integre.get_data(as_text=True)
    demande = {"titre": "Rien", "diapos": [{"bloc": b.ident, "search": f"?{requete}"} for b in blocs]}
    diapos = relecture.diapos(client.post("/diaporama.pptx", json=demande).data)
    assert len(diapos) == len(blocs)
    for bloc, diapo in zip(blocs, diapos, strict=True):
        assert (diapo.trace, diapo.table) == (None, None)
        assert fr.composer(bloc.vide or "") in diapo.textes


def test_une_page_sans_aucune_figure_n_a_pas_de_diaporama(client: FlaskClient, instantane: Instantane) -> None:
    page = next(p for p in PAGES if p.fiche == "acheteur")
    requete, blocs = vides(page, instantane)
    assert len(blocs) == len(page.blocs)
    reponse = client.get(f"/diaporama/page/{page.nom}.pptx?{requete}")
    assert reponse.status_code == 400
    assert reponse.get_data(as_text=True).strip()


def test_la_fiche_d_une_commune_sans_rien(client: FlaskClient, instantane: Instantane) -> None:
    fiche = composer(instantane, "77103")
    assert fiche.classement == [] or not any(b.ici for b in fiche.classement)
    reponse = client.get("/fiche/territoire/77103")
    texte = plat(html.document_fromstring(reponse.get_data(as_text=True)).text_content())
    assert "aucune heure d’insertion n’a été réalisée" in texte
    assert "Personne n’a travaillé au titre d’une clause" in texte
    pdf = client.get("/fiche/territoire/77103.pdf")
    assert pdf.data.startswith(b"%PDF")
