"""The PDF of a sheet: exactly two A4 pages with all their words, the same bytes twice, nothing fetched."""

from __future__ import annotations

import sys

import pypdfium2
import pytest

from dashboard.rapport import page, pdf
from dashboard.rapport.fiche import composer
from dashboard.warehouse.connexion import Instantane
from tests.rapport.outils import fiche_ecrite, plat

pytest.importorskip("weasyprint", exc_type=OSError)


def pages(contenu: bytes) -> list[str]:
    """Text of each page, on one line."""
    document = pypdfium2.PdfDocument(contenu)
    textes = [" ".join(plat(p.get_textpage().get_text_range()).split()) for p in document]
    document.close()
    return textes


def rendre(instantane: Instantane, code: str, requete: str = "") -> bytes:
    return pdf.rendre(page.html(composer(instantane, code, requete), "https://observatoire.exemple.fr", ecran=False))


@pytest.mark.parametrize("code", ["11", "93", "T12", "200059228", "93066", "78606"])
def test_deux_pages_a4_completes(instantane: Instantane, code: str) -> None:
    fiche = composer(instantane, code)
    contenu = rendre(instantane, code)
    document = pypdfium2.PdfDocument(contenu)
    assert [tuple(round(c) for c in p.get_size()) for p in document] == [(595, 842), (595, 842)]
    document.close()
    une, deux = pages(contenu)
    assert fiche.territoire.nom in une
    assert "Les bénéficiaires" in une
    assert "1 / 2" in une
    assert "Méthode" in deux
    assert f"/fiche/territoire/{code}?annee=" in deux
    assert "2 / 2" in deux


@pytest.mark.complet
def test_deux_pages_pour_tous_les_epci(instantane: Instantane) -> None:
    for t in instantane.referentiel.territoires.values():
        if t.niveau == "epci":
            assert len(pages(rendre(instantane, t.code, "annee=2021-2023"))) == 2, t.nom


def test_les_accents_et_les_apostrophes_sont_la() -> None:
    une, deux = pages(pdf.rendre(page.html(fiche_ecrite(), ecran=False)))
    assert "471 325 heures d’insertion" in une
    assert "Gros œuvre" in une
    assert "Maître d’ouvrage" in deux
    assert "Données de démonstration." in une
    assert "Données de démonstration." in deux


def test_les_memes_octets_deux_fois() -> None:
    texte = page.html(fiche_ecrite(), ecran=False)
    assert pdf.rendre(texte) == pdf.rendre(texte)


@pytest.mark.parametrize("adresse", ["http://127.0.0.1:9/a.png", "file:///etc/passwd", "data:image/png;base64,AA=="])
def test_rien_n_est_demande_ailleurs(adresse: str) -> None:
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError):
        pdf.rendre(f'<p>Texte</p><img src="{adresse}">')


def test_sans_weasyprint_le_message_dit_quoi_installer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(pdf.PdfIndisponible, match="libpango"):
        pdf.rendre("<p>Texte</p>")
