"""The PDF of a sheet: exactly two A4 pages with all their words, the same bytes twice, nothing fetched."""

from __future__ import annotations

import sys

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from dashboard.rapport import page, pdf
from dashboard.rapport.fiche import composer
from dashboard.warehouse.connexion import Instantane
from tests.rapport.outils import REMARQUABLES, fiche_ecrite, plat

pytestmark = pytest.mark.complet

pytest.importorskip("weasyprint", exc_type=OSError)


def pages(contenu: bytes) -> list[str]:
    """Text of each page, on one line."""
    document = pypdfium2.PdfDocument(contenu)
    textes = [" ".join(plat(p.get_textpage().get_text_range()).split()) for p in document]
    document.close()
    return textes


#: Names that are long, or have every kind of article, accent and ligature.
LONGUES = (*REMARQUABLES, "Boissy-sous-Saint-Yon", "Le Kremlin-Bicêtre", "Saint-Ouen-sur-Seine", "Les Lilas",
           "Saint-Rémy-lès-Chevreuse", "Évry-Courcouronnes", "Saint-Martin-de-Bréthencourt")  # fmt: skip
#: Margins of a page (mm: top, right, foot of the page, left) that no ink enters, but half a letter that leans.
MARGES, PENCHE, POINT = (10.0, 12.0, 4.5, 12.0), 0.8, 25.4 / 72


def encre(une: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """White around the ink of a page as it is seen (mm: top, right, bottom, left)."""
    image = une.render(scale=2, grayscale=True).to_pil().point(lambda gris: 255 if gris < 250 else 0)
    gauche, haut, droite, bas = image.getbbox()
    mm = POINT / 2
    return haut * mm, (image.width - droite) * mm, (image.height - bas) * mm, gauche * mm


def hors_page(une: pypdfium2.PdfPage) -> list[str]:
    """Texts whose box leaves the page."""
    (largeur, hauteur), texte = une.get_size(), une.get_textpage()
    boites = [texte.get_rect(i) for i in range(texte.count_rects())]
    dehors = [b for b in boites if b[0] < 0 or b[1] < 0 or b[2] > largeur or b[3] > hauteur]
    return [texte.get_text_bounded(*b) for b in dehors]


def sans_police(une: pypdfium2.PdfPage) -> int:
    """Texts whose font is not in the file: another machine would draw them with another."""
    textes = une.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
    return sum(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(o.raw)) != 1 for o in textes)


def verifier_la_mise_en_page(contenu: bytes, nom: str) -> None:
    """Two pages, nothing cut nor outside its margins, every font inside, the name whole with its accents."""
    document = pypdfium2.PdfDocument(contenu)
    assert len(document) == 2, nom
    for une in document:
        assert all(lu >= marge - PENCHE for lu, marge in zip(encre(une), MARGES, strict=True)), (nom, encre(une))
        assert hors_page(une) == [], nom
        assert sans_police(une) == 0, nom
    textes = [" ".join(plat(une.get_textpage().get_text_range()).split()) for une in document]
    assert all(nom in t for t in textes), nom
    assert "ufffd" not in "".join(textes).encode("unicode_escape").decode()
    document.close()


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


def test_deux_pages_aussi_sur_plusieurs_annees(instantane: Instantane) -> None:
    """EPCI one in four: their names and their numbers are of every length."""
    epci = [t for t in instantane.referentiel.territoires.values() if t.niveau == "epci"]
    assert len(epci) > 60
    for t in epci[::4]:
        assert len(pages(rendre(instantane, t.code, "annee=2021-2023"))) == 2, t.nom


@pytest.mark.parametrize("code", ["11", "93045"])
def test_rien_n_est_coupe_et_les_polices_sont_dans_le_fichier(instantane: Instantane, code: str) -> None:
    verifier_la_mise_en_page(rendre(instantane, code), instantane.referentiel.territoires[code].nom)


def test_rien_n_est_coupe_nulle_part(instantane: Instantane) -> None:
    """The départements, EPT one in three, EPCI one in ten, and communes whose names are long or have every article."""
    territoires = list(instantane.referentiel.territoires.values())
    epci = [t for t in territoires if t.niveau == "epci" and not t.est_ept]
    longs = sorted((t for t in territoires if t.niveau == "commune"), key=lambda t: -len(t.nom))[:3]
    choisis = [
        *(t for t in territoires if t.niveau == "departement"), *[t for t in territoires if t.est_ept][::3],
        *epci[::10], *longs,
        *(t for t in territoires if t.niveau == "commune" and t.nom in LONGUES),
    ]  # fmt: skip
    assert len(choisis) >= 8 + 4 + 5 + 3 + 12
    for t in choisis:
        verifier_la_mise_en_page(rendre(instantane, t.code), t.nom)


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
