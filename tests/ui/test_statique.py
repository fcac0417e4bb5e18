"""What a bloc becomes without script: same words, no gesture, links that lead somewhere or are plain text."""

from __future__ import annotations

from markupsafe import Markup, escape

from dashboard.ui import statique

HOSTILE = '"><script>alert(1)</script>'


def test_un_bouton_devient_un_texte_et_garde_son_aspect() -> None:
    bouton = Markup('<button type="button" class="ligne" style="left:2%" data-filtre="dep=93">Paris <b>3</b></button>')
    assert statique.figer(bouton) == '<span class="bouton ligne" style="left:2%">Paris <b>3</b></span>'


def test_un_lien_mene_ou_l_on_dit_ou_reste_un_texte() -> None:
    lien = Markup('<p><a href="/projets?a=1&amp;b=2" data-page>Voir</a> <button>X</button></p>')
    assert statique.figer(lien) == '<p><span>Voir</span> <span class="bouton">X</span></p>'
    figee = statique.figer(lien, lambda chemin: f"https://x.fr{chemin}")
    assert '<a href="https://x.fr/projets?a=1&amp;b=2" target="_blank" rel="noopener">Voir</a>' in figee
    assert "<abbr title" in statique.figer(Markup('<abbr title="secret statistique">s</abbr>'))


def test_rien_d_hostile_ne_sort_d_un_attribut() -> None:
    lien = Markup('<a href="{}" title="{}">{}</a>').format(f"/{HOSTILE}", HOSTILE, HOSTILE)
    for vers in (statique.aucun_lien, lambda chemin: f"https://x.fr{chemin}"):
        figee = statique.figer(lien, vers)
        assert "<script" not in figee
        assert str(escape(HOSTILE)) in figee


def test_le_theme_sombre_suit_le_systeme_et_rien_n_est_demande() -> None:
    css = statique.style()
    assert "@media screen and (prefers-color-scheme: dark) { :root {" in css
    assert "--surface: #182328" in css.partition("prefers-color-scheme: dark")[2]
    assert "http" not in css
    assert "</style" not in css
    assert len(css) < 70_000


def test_un_document_echappe_son_titre_et_dit_la_demonstration() -> None:
    texte = statique.document(HOSTILE, Markup("<p>x</p>"), demo=True, css=None)
    assert "<script" not in texte
    assert statique.DEMONSTRATION in texte
    assert '<link rel="stylesheet" href="style.css">' in texte
    assert statique.DEMONSTRATION not in statique.document("t", Markup(""), demo=False, css=Markup("p{}"))
