"""The columns of the table of the lots: what a lot is and where it stands first, its contract last."""

from __future__ import annotations

from dashboard.ui.grille import colonne

LOTS = (
    colonne("lot", "Lot", 118, "lien", pinned="left"),
    colonne("etat", "État", 145),
    colonne("ligne", "Programme", 140),
    colonne("dues", "Dues (h)", 105, "nombre"),
    colonne("realisees", "Réalisées", 112, "nombre"),
    colonne("projetees", "À la fin", 105, "nombre"),
    colonne("bas", "de", 88, "nombre", headerTooltip="Projection basse (h)"),
    colonne("haut", "à", 88, "nombre", headerTooltip="Projection haute (h)"),
    colonne("temps", "% temps", 105, "part"),
    colonne("part", "% heures", 108, "part"),
    colonne("restantes", "Reste (h)", 108, "nombre"),
    colonne("atteinte", "Atteint en", 112, "date"),
    colonne("objet", "Objet", 320, tooltipField="objet"),
    colonne("acheteur", "Acheteur", 220, tooltipField="acheteur"),
    colonne("marche", "Marché publié", 190),
    colonne("score", "Score", 92, "part"),
)
