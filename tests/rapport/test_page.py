"""A sheet as a page: its words kept as a golden text, its texts escaped, nothing fetched."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import segno

from dashboard.rapport.fiche import TerritoireInconnu
from dashboard.rapport.page import html, introuvable, qr
from tests.rapport.outils import fiche_ecrite, mots

REFERENCE = Path(__file__).with_name("fiche_reference.txt")
ADRESSE = "https://observatoire.exemple.fr"


def test_les_mots_de_la_fiche_sont_ceux_de_la_reference() -> None:
    """To change it on purpose: write ``mots(html(fiche_ecrite(), ADRESSE))`` in the file, and read it."""
    assert mots(html(fiche_ecrite(), ADRESSE)) == REFERENCE.read_text(encoding="utf-8").rstrip("\n")


def test_la_page_ne_va_rien_chercher_ailleurs() -> None:
    texte = html(fiche_ecrite(), ADRESSE, ecran=False)
    assert re.findall(r'(?:src|href)="([^"]*)"', texte) == [f"{ADRESSE}/s/20260930-abc/fiche/territoire/T6?annee=2025"]
    assert "url(" not in texte
    assert "@import" not in texte


def test_les_textes_sont_echappes() -> None:
    texte = html(replace(fiche_ecrite(), titre_classement="<script>alert(1)</script>"))
    assert "<script>alert" not in texte
    assert "Est &amp; Ouest &lt;SA&gt;" in texte
    assert "&lt;b&gt;ont&lt;/b&gt;" in texte


def test_le_lien_garde_l_instantane_cite() -> None:
    texte = html(replace(fiche_ecrite(), chemin="/fiche/territoire/T6?annee=2024"), cite="20260930-abc")
    assert 'href="/fiche/territoire/T6.pdf?annee=2024&amp;instantane=20260930-abc"' in texte
    assert 'href="/fiche/territoire/93?annee=2025&amp;instantane=20260930-abc"' in texte
    assert '<input type="hidden" name="instantane" value="20260930-abc">' in texte


def test_le_code_qr_est_celui_du_lien() -> None:
    lien = f"{ADRESSE}/s/20260930-abc/fiche/territoire/T6?annee=2025"
    trace = re.search(r' d="([^"]+)"', segno.make(lien, error="m", micro=False).svg_inline(border=0))
    assert trace
    assert trace[1] in qr(lien)
    assert trace[1] in html(fiche_ecrite(), ADRESSE)


def test_sans_adresse_publique_ni_lien_ni_code_qr() -> None:
    texte = html(fiche_ecrite())
    assert 'class="qr"' not in texte
    assert "/s/20260930-abc" not in texte
    assert "n’a pas d’adresse publique, donc ni lien ni code QR" in texte
    assert "n’a pas d’adresse publique" not in html(fiche_ecrite(), ADRESSE)


def test_la_page_introuvable_propose() -> None:
    texte = mots(introuvable(TerritoireInconnu("lilas", (("93045", "Les Lilas"),))))
    assert "Ce territoire n’existe pas" in texte
    assert "Cherchiez-vous Les Lilas (93045) ?" in texte
    assert "Cherchiez-vous" not in mots(introuvable(TerritoireInconnu("x", ())))


def test_la_barre_n_offre_que_ce_qui_sert() -> None:
    """Beside print and PDF: the link that always opens these data, and the contracts of the territory."""
    barre = html(fiche_ecrite(), ADRESSE).split("</nav>")[0]
    assert f'data-copier="{ADRESSE}/s/20260930-abc/fiche/territoire/T6?annee=2025"' in barre
    assert 'href="/telecharger/marches.xlsx?' in barre
    assert "epci=T6" in barre.split("/telecharger/marches.xlsx?")[1].split('"')[0]
    assert "data-copier" not in html(fiche_ecrite(), ADRESSE, ecran=False)
