"""Cards of the key figures, with their change, their trend and their definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dashboard.contenu import provenance
from dashboard.contenu.resume import indicateur, repere, valeur_ecrite, variation
from dashboard.contenu.tableau import Etat
from dashboard.ui import rendu
from dashboard.warehouse.chiffres import periode_precedente

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.contenu.contexte import Contexte
    from dashboard.warehouse.chiffres import ChiffreCle


def carte(chiffre: ChiffreCle, c: Contexte[Any]) -> Markup:
    """The card of one key figure."""
    fiche = indicateur(chiffre.ident)
    etat = Etat(chiffre.statut) if chiffre.valeur is None else None
    precedente = periode_precedente(c.periode, range(c.ref.annees[0], c.ref.annees[1] + 1))
    return rendu.carte_chiffre(
        {
            "ident": chiffre.ident,
            "libelle": fiche.libelle,
            "etat": etat or "",
            "texte": valeur_ecrite(chiffre, fiche.genre),
            "variation": variation(chiffre, fiche.genre, precedente),
            "motif": etat.en_mots if etat else repere(chiffre, fiche.genre, c.ref, c.periode, precedente),
            "trace": etincelle({annee: v for annee, v in chiffre.serie.items() if annee <= c.periode[1]}),
            "fiche": provenance.fiche(chiffre.ident, c),
        }
    )


def etincelle(serie: dict[int, float | None], largeur: int = 84, hauteur: int = 22) -> str | None:
    """A sparkline as a data URL, used as a mask so that its colour is the theme's; ``None`` under two points."""
    points = [(a, v) for a, v in sorted(serie.items()) if v is not None]
    if len(points) < 2:
        return None
    bas, haut = min(v for _, v in points), max(v for _, v in points)
    debut, fin = points[0][0], points[-1][0]
    etendue = haut - bas or 1.0

    def place(annee: int, valeur: float) -> str:
        x = 2 + (annee - debut) / (fin - debut) * (largeur - 6)
        return f"{x:.1f} {hauteur - 3 - (valeur - bas) / etendue * (hauteur - 6):.1f}"

    trace = "L".join(place(a, v) for a, v in points)
    x, y = place(*points[-1]).split()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{largeur}" height="{hauteur}">'
        f'<path d="M{trace}" fill="none" stroke="#000" stroke-width="1.6"/><circle cx="{x}" cy="{y}" r="2.4"/></svg>'
    )
    return "data:image/svg+xml," + quote(svg, safe="")
