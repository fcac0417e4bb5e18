"""Which pictures exist, and what each one says: the numbers of its page, a figure that can be drawn."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.app import create_app
from dashboard.contenu.registre import PAGES
from dashboard.contenu.resume import indicateur, valeur_ecrite
from dashboard.domain.selection import Selection
from dashboard.export.apercu import svg
from dashboard.rapport.apercu import CHIFFRES, ApercuInconnu, composer, existe, premiere_phrase
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane

NOMS = [p.nom for p in PAGES if not p.fiche]


@pytest.fixture(scope="module", autouse=True)
def site(fichier_demo: Path) -> Iterator[None]:
    """The pages are registered by the application."""
    with create_app(replace(Settings(), instantane=fichier_demo)).server.app_context():
        yield


@pytest.mark.parametrize("nom", NOMS)
def test_chaque_page_a_son_image_avec_ses_nombres(instantane: Instantane, nom: str) -> None:
    contenu = next(p for p in PAGES if p.nom == nom)
    c = contenu.contexte(instantane, Selection())
    a = composer(instantane, nom)
    assert a.constat in "".join(m.texte for m in contenu.phrase(c))
    assert a.figure is not None
    assert a.demo
    ecrits = {indicateur(k.ident).libelle: valeur_ecrite(k, indicateur(k.ident).genre) for k in contenu.chiffres(c)}
    assert all(ecrits[libelle] == valeur for valeur, libelle in a.chiffres)
    assert len(a.chiffres) == (2 if nom in CHIFFRES else 0)
    assert svg(a).count("<svg ") == 2


def test_l_image_d_un_territoire_est_celle_de_sa_fiche(instantane: Instantane) -> None:
    tirage = random.Random(3)
    territoires = instantane.referentiel.territoires
    communes = [c for c, t in territoires.items() if t.niveau == "commune"]
    autres = [c for c, t in territoires.items() if t.niveau != "commune"]
    for code in [*tirage.sample(autres, 2), *tirage.sample(communes, 1)]:
        a = composer(instantane, f"fiche/territoire/{code}")
        assert a.question.startswith(f"{territoires[code].nom} · ")
        assert a.figure is not None
        assert all(valeur not in ("s", "nd") for valeur, _ in a.chiffres)
        assert 'fill="' in svg(a)


def test_un_programme_a_son_image(instantane: Instantane) -> None:
    for code, nom in list(instantane.referentiel.listes["programme"].items())[:4]:
        assert composer(instantane, f"fiche/projet/{code}").constat.startswith(nom), code


def test_chaque_figure_integrable_a_une_image(instantane: Instantane) -> None:
    sans = []
    for page in PAGES:
        for ident in () if page.fiche else page.blocs:
            a = composer(instantane, f"integrer/{ident}")
            sans += [ident] if a.figure is None else []
            assert a.constat
    assert sans == []


@pytest.mark.parametrize(
    "cible",
    ["", "rien", "fiche-projet", "fiche/territoire/", "fiche/territoire/99999", "fiche/territoire/t8", "fiche/projet/x",
     "integrer/rien", "integrer/fiche-projet-etat", "heures/x", "../heures", "fiche/territoire/../93", "a/b/c/d"],
)  # fmt: skip
def test_ce_que_le_site_n_a_pas_n_a_pas_d_image(instantane: Instantane, cible: str) -> None:
    assert not existe(cible, instantane.referentiel)
    with pytest.raises(ApercuInconnu):
        composer(instantane, cible)


def test_le_nombre_d_images_est_borne(instantane: Instantane) -> None:
    ref = instantane.referentiel
    blocs = [f"integrer/{i}" for p in PAGES for i in p.blocs if not p.fiche]
    connues = [*NOMS, *blocs, *(f"fiche/territoire/{c}" for c in ref.territoires)]
    connues += [f"fiche/projet/{p}" for p in ref.listes["programme"]]
    assert all(existe(c, ref) for c in connues)
    assert len(connues) < 1500


@pytest.mark.parametrize(
    ("texte", "premiere"),
    [("Un. Deux.", "Un."), ("Maxima : 1,71 Md €. Suite.", "Maxima : 1,71 Md €."), ("Une seule", "Une seule"),
     ("En 2025, 1,5 h. À la fin, rien.", "En 2025, 1,5 h.")],
)  # fmt: skip
def test_la_premiere_phrase(texte: str, premiere: str) -> None:
    assert premiere_phrase(texte) == premiere
