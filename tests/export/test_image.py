"""A picture needs no font of the system, holds every French letter, and its texts are cut where they are measured."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from dashboard.export.image import SUITE, abreger, ajuster, couper, fichiers, largeur, png

#: Letters and signs that the site writes.
SIGNES = "aàâäæbcçdeéèêëfghiîïjklmnoôöœpqrstuùûüvwxyÿzÀÂÉÈÊÎÔŒÇÛ0123456789’«»–—…·,;:!?%€²→≥≤×()/+-\u202f\u00a0"


def _dessin(corps: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" font-family="Source Sans Pro">{corps}</svg>'


@pytest.mark.parametrize("poids", [400, 600])
def test_la_police_a_toutes_les_lettres_du_site(poids: int) -> None:
    police = ImageFont.truetype(str(fichiers()[poids]), 40)
    absent = bytes(police.getmask("\uffff"))
    vides = {"\u202f", "\u00a0"}
    assert [c for c in SIGNES if c not in vides and bytes(police.getmask(c)) == absent] == []
    for espace in vides:
        assert 0 < police.getlength(espace) < police.getlength("m") / 2, hex(ord(espace))


def test_une_image_a_la_taille_de_son_dessin_et_ses_lettres_se_voient() -> None:
    vide = Image.open(io.BytesIO(png(_dessin('<rect width="60" height="40" fill="#fff"/>'))))
    lettre = '<rect width="60" height="40" fill="#fff"/><text y="30" font-size="30">é</text>'
    ecrite = Image.open(io.BytesIO(png(_dessin(lettre))))
    assert vide.size == (60, 40)
    assert vide.convert("L").getextrema() == (255, 255)
    assert ecrite.convert("L").getextrema()[0] < 80


def test_une_image_ne_va_rien_chercher() -> None:
    fond = '<rect width="60" height="40" fill="#fff"/>'
    distante = _dessin(f'{fond}<image href="http://127.0.0.1:9/x.png" width="60" height="40"/>')
    locale = _dessin(f'{fond}<image href="file:///etc/hostname" width="60" height="40"/>')
    assert png(distante) == png(locale) == png(_dessin(fond))


def test_ce_qui_n_est_pas_un_dessin_est_refuse() -> None:
    with pytest.raises(ValueError, match="SVG"):
        png("<p>rien</p>")


@given(st.text(alphabet=SIGNES + " ", max_size=120), st.floats(60, 600))
def test_aucune_ligne_ne_depasse_et_rien_n_est_perdu(texte: str, place: float) -> None:
    lignes = couper(texte, 20, place)
    assert all(largeur(ligne, 20) <= place for ligne in lignes)
    if lignes and not any(SUITE in ligne for ligne in lignes):
        assert " ".join(lignes).split(" ") == [m for m in texte.split(" ") if m]


def test_une_espace_insecable_ne_coupe_pas() -> None:
    place = largeur("il y a 12", 20) + 1
    assert couper("il y a 12\u202f040 mots", 20, place) == ["il y a", "12\u202f040", "mots"]


def test_un_texte_trop_long_est_coupe_et_le_dit() -> None:
    assert abreger("court", 20, 500) == "court"
    coupe = abreger("Établissement public territorial, ", 20, 120)
    assert coupe.endswith(SUITE)
    assert largeur(coupe, 20) <= 120
    corps, lignes = ajuster("mot " * 60, (40.0, 20.0), 200, 70, 1.2)
    assert corps == 20.0
    assert len(lignes) == 2
    assert lignes[-1].endswith(SUITE)
    assert ajuster("deux mots", (40.0, 20.0), 400, 70, 1.2) == (40.0, ["deux mots"])
