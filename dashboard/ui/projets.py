"""How the page of the projects is drawn: bullet charts, S-curves, states, list of the lots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard.contenu import projets_objectifs as objectifs
from dashboard.contenu.projets_lignes import Rangee, Vignette, rangees, vignettes
from dashboard.contenu.projets_mots import Ici, court, etat, fourchette_part, mesures
from dashboard.contenu.tableau import Bloc
from dashboard.domain import francais as fr
from dashboard.figures import projets as figures
from dashboard.ui import rendu
from dashboard.warehouse.projets_courbe import utiles
from dashboard.warehouse.projets_lecteur import ETATS

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.figures.theme import Theme
    from dashboard.warehouse.projets_bilan import Bilan

MODELE = "projets.html"
#: A state is never its colour alone.
ICONES = {
    "avance": "▲", "temps": "●", "surveiller": "◆", "retard": "▼", "non_demarre": "○", "atteint": "✓",
    "non_atteint": "✕", "nd": "–",
}  # fmt: skip
#: Beyond this share of the due hours a bullet chart stops, and says so in its text.
ECHELLE_MIN, ECHELLE_MAX = 1.25, 2.0
#: Drawing units of a small curve.
LARGEUR, HAUTEUR = 240.0, 100.0


def etat_html(c: Ici, code: str) -> Markup:
    """A state: icon and word."""
    return rendu.marque(MODELE, "etat", code, ICONES[code], etat(c, code))


def cles_etats(c: Ici) -> Markup:
    """The key of the states."""
    return rendu.marque(MODELE, "cles_etats", [(e, ICONES[e], etat(c, e)) for e in ETATS])


# --- bullet charts ----------------------------------------------------------------------------------------


def _echelle(lignes: list[Rangee]) -> float:
    """The largest share drawn, the same for every line."""
    parts = [p[2] for r in lignes if (p := r.bilan.parts_finales)] + [r.bilan.part or 0.0 for r in lignes]
    return min(ECHELLE_MAX, max(ECHELLE_MIN, max(parts, default=0.0) * 1.04))


def _place(part: float, echelle: float) -> str:
    return f"{100 * min(max(part, 0.0), echelle) / echelle:.1f}%"


def _balle(b: Bilan, echelle: float) -> dict[str, str] | None:
    if b.part is None:
        return None
    parts = b.parts_finales
    alternative = f"Réalisé : {fr.pourcent(b.part)} des heures dues"
    alternative += f" ; projeté à la fin : {fourchette_part(parts)}" if parts else ""
    alternative += f" ; temps écoulé : {fr.pourcent(b.temps)}" if b.temps is not None else ""
    bas, centre, haut = parts or (0.0, 0.0, 0.0)
    etendue = min(haut, echelle) - min(bas, echelle)
    return {
        "alternative": alternative, "dues": _place(1.0, echelle), "fait": _place(b.part, echelle),
        "bas": _place(bas, echelle), "etendue": f"{100 * etendue / echelle:.1f}%",
        "centre": _place(centre, echelle) if parts else "",
        "temps": _place(b.temps, echelle) if b.temps is not None else "",
    }  # fmt: skip


def _taux(r: Rangee) -> str:
    """« 6,3 % des heures travaillées (28 lots) · charte : 5 %, puis 10 %… · 57 lots sur 90 au taux de la charte »."""
    b, charte = r.bilan, objectifs.taux_en_mots(r.programme)
    morceaux = []
    if b.taux is not None:
        lots = fr.pluriel(int(b["lots_travaillees"]), "lot")
        morceaux.append(f"{fr.pourcent(b.taux, 1)} des heures travaillées ({lots} qui les déclarent)")
    if r.niveau == 0 and charte:
        morceaux.append(f"charte : {charte}")
    if r.compares:
        respectes = f"{fr.nombre(r.respectes)} {fr.accord(r.respectes, 'lot')} sur {r.compares}"
        morceaux.append(f"{respectes} au taux de la charte par contrat")
    return " · ".join(morceaux)


def _rangee(c: Ici, r: Rangee, echelle: float) -> dict[str, Any]:
    b, parts = r.bilan, r.bilan.parts_finales
    etats = [
        {"code": e, "icone": ICONES[e], "libelle": etat(c, e), "texte": fr.nombre(b.etats[e])}
        for e in ETATS if b.etats.get(e)
    ]  # fmt: skip
    intervalle = f"{fr.nombre(parts[0] * 100)} à {fr.pourcent(parts[2])}" if parts and b.en_cours else ""
    return {
        "classe": f"niveau-{r.niveau}", "nom": r.nom, "lien": r.lien, "balle": _balle(b, echelle),
        "sous": f"{fr.pluriel(b.lots, 'lot')} · {court(b['dues'])} dues" if b["dues"] else fr.pluriel(b.lots, "lot"),
        "fait": fr.pourcent(b.part) if b.part is not None else "nd",
        "projete": fr.pourcent(parts[1]) if parts else "nd", "intervalle": intervalle,
        "etats": etats, "taux": _taux(r),
    }  # fmt: skip


def programmes(c: Ici, _bloc: Bloc) -> Markup:
    """One bullet chart a line, all on the same scale of shares of the due hours."""
    lignes = rangees(c)
    echelle = _echelle(lignes)
    graduations = [(_place(p, echelle), fr.pourcent(p)) for p in (0.0, 0.5, 1.0, 1.5) if p < echelle]
    return cles_etats(c) + rendu.marque(MODELE, "programmes", [_rangee(c, r, echelle) for r in lignes], graduations)


# --- curves -----------------------------------------------------------------------------------------------


def courbe(c: Ici, _bloc: Bloc, theme: Theme) -> go.Figure:
    """The S-curve of the lots in view."""
    points = utiles(mesures(c).courbe)
    projection = ([p.bas for p in points], [p.projetees for p in points], [p.haut for p in points])
    return figures.courbe(
        [p.mois for p in points], [p.engagees for p in points], [p.realisees for p in points], projection,
        mesures(c).bilan["dues"] or None, theme,
    )  # fmt: skip


def _trace(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if points else ""


def _vignette(v: Vignette) -> dict[str, Any]:
    points = v.points
    haut = max([p.engagees for p in points] + [p.haut or p.realisees or 0.0 for p in points]) or 1.0
    pas = max(1, len(points) // 60)
    gardes = [i for i, p in enumerate(points) if not i % pas or p.realisees is None or i == len(points) - 1]

    def trace(valeurs: dict[int, float | None]) -> list[tuple[float, float]]:
        return [
            (LARGEUR * i / max(1, len(points) - 1), HAUTEUR - 2 - (HAUTEUR - 4) * valeur / haut)
            for i in gardes
            if (valeur := valeurs[i]) is not None
        ]

    def de(nom: str) -> list[tuple[float, float]]:
        return trace({i: getattr(points[i], nom) for i in gardes})

    bande = de("haut") + de("bas")[::-1]
    return {
        "nom": v.nom, "largeur": LARGEUR, "hauteur": HAUTEUR, "debut": points[0].mois.year, "fin": points[-1].mois.year,
        "engagees": _trace(de("engagees")), "realisees": _trace(de("realisees")), "projetees": _trace(de("projetees")),
        "bande": f"{_trace(bande)}Z" if bande else "", **_chiffre(v),
    }  # fmt: skip


def _chiffre(v: Vignette) -> dict[str, str]:
    parts, part = v.bilan.parts_finales, v.bilan.part or 0.0
    if parts and v.bilan.en_cours:
        texte = f"du dû à la fin, contre {fr.pourcent(part)} aujourd’hui"
        return _dire(v, parts[1], texte)
    return _dire(v, part, "du dû réalisé")


def _dire(v: Vignette, part: float, texte: str) -> dict[str, str]:
    return {"part": fr.pourcent(part), "texte": texte, "alternative": f"{v.nom} : {fr.pourcent(part)} {texte}"}


def multiples(c: Ici, _bloc: Bloc) -> Markup:
    """One small S-curve a line."""
    return rendu.marque(MODELE, "vignettes", [_vignette(v) for v in vignettes(c)])
