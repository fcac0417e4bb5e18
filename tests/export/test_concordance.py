"""The same number everywhere: for random selections, every bloc of every page, cell by cell, in all that is handed out.

What is compared is what a reader gets: the addresses of the site are asked as a browser asks them, and each file is
read by a library that did not write it. The French CSV is the yardstick; a masked cell is « s » in all of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from benchmarks.mesures import tirer_pour
from dashboard.app import create_app
from dashboard.contenu.page import PageContenu
from dashboard.contenu.registre import PAGES
from dashboard.domain.selection import Selection, vers_url
from dashboard.settings import Settings
from dashboard.ui import rendu
from dashboard.warehouse.connexion import Entrepot, Instantane
from tests.export import relecture, verifications

#: Selections of a page in the fast tests, in the long ones.
TIRAGES, TIRAGES_LONGS = 2, 5


@pytest.fixture(scope="module")
def client(fichier_demo: Path) -> FlaskClient:
    return create_app(replace(Settings(), instantane=fichier_demo)).server.test_client()


def selections(page: PageContenu, instantane: Instantane, combien: int) -> Iterator[Selection]:
    """The first view of the page, then random ones, always the same; a sheet has a random object."""
    hasard = random.Random(f"concordance {page.nom}")
    if page.fiche is None:
        yield Selection()
    for _ in range(combien - (page.fiche is None)):
        yield tirer_pour(page, instantane.referentiel, hasard)


def requete(selection: Selection, instantane: Instantane) -> str:
    return vers_url(selection, instantane.referentiel).removeprefix("?")


def verifier(
    client: FlaskClient, page: PageContenu, instantane: Instantane, selection: Selection, mp: pytest.MonkeyPatch
) -> int:
    """Every bloc of a page for a selection; returns the number of cells compared."""
    c, demande = page.contexte(instantane, selection), requete(selection, instantane)
    lus = [verifications.lire(client, bloc, demande) for bloc in page.composer(c).values()]
    for li in lus:
        verifications.verifier_la_page(li)
        verifications.verifier_les_donnees(li)
        verifications.verifier_le_classeur(li)
    with mp.context() as m:
        m.setattr(rendu, "LIGNES_MAX", 10**6)
        entiers = {li.bloc.ident: relecture.jumeau(rendu.jumeau(li.bloc)) for li in lus}
    adresse = f"/diaporama/page/{page.nom}.pptx?{demande}"
    if any(not li.bloc.vide for li in lus):
        verifications.verifier_les_diapos(verifications.telecharger(client, adresse), lus, entiers)
    else:
        assert client.get(adresse).status_code == 400
    return sum(len(ligne) for li in lus for ligne in li.csv.lignes)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.nom)
def test_le_meme_nombre_partout(
    client: FlaskClient, instantane: Instantane, page: PageContenu, monkeypatch: pytest.MonkeyPatch
) -> None:
    choix = list(selections(page, instantane, TIRAGES))
    assert sum(verifier(client, page, instantane, s, monkeypatch) for s in choix) > 0


@pytest.mark.complet
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.nom)
def test_le_meme_nombre_partout_sur_la_demonstration_entiere(
    fichier_complet: Path, page: PageContenu, monkeypatch: pytest.MonkeyPatch
) -> None:
    entier = create_app(replace(Settings(), instantane=fichier_complet)).server.test_client()
    instantane = Entrepot(fichier_complet).instantane()
    choix = list(selections(page, instantane, TIRAGES_LONGS))
    assert sum(verifier(entier, page, instantane, s, monkeypatch) for s in choix) > 1000
