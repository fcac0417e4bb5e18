"""The programmes and their lines, in words and tables: what they owe, have done and should end with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.contenu import projets_objectifs as objectifs
from dashboard.contenu.projets_mots import (
    Ici,
    arrete,
    bloc,
    court,
    etat,
    fin,
    fourchette,
    heures,
    laisses,
    ligne,
    mesures,
    nd,
    programme,
    programme_court,
    rond,
)  # fmt: skip
from dashboard.contenu.tableau import Bloc, Cellule, Colonne, Etat, tableau
from dashboard.domain import francais as fr
from dashboard.warehouse.projets_courbe import utiles
from dashboard.warehouse.projets_lecteur import ENSEMBLE, ETATS, HORS

if TYPE_CHECKING:
    from dashboard.warehouse.projets_bilan import Bilan
    from dashboard.warehouse.projets_courbe import Point

#: Share of the due hours from which a commitment is kept, once rounded to a percent.
TENU = 0.995
VERBES = ("atteindrait", "atteindraient")


@dataclass(frozen=True, slots=True)
class Rangee:
    """One row of the programmes: a programme, or a line of one (``niveau`` 1); ``lien`` is its sheet, if any."""

    programme: str
    ligne: str
    nom: str
    bilan: Bilan
    niveau: int
    lien: str | None
    respectes: int
    compares: int


def rangees(c: Ici) -> list[Rangee]:
    """Each programme, then its lines when it has several."""
    resultat, taux = [], _taux_par_programme(c)
    for p in mesures(c).programmes:
        siens = taux.get(p.code, [])
        lien = None if p.code == HORS else f"/fiche/projet/{p.code}"
        resultat.append(Rangee(p.code, "", programme(c, p.code), p.bilan, 0, lien, *_respectes(siens)))
        if len(p.lignes) > 1 and p.code not in (HORS, ENSEMBLE):
            resultat += [
                Rangee(
                    p.code,
                    nom,
                    ligne(c, p.code, nom),
                    b,
                    1,
                    None,
                    *_respectes([t for t in siens if t[0] == nom]),
                )
                for nom, b in p.lignes
            ]
    return resultat


def _taux_par_programme(c: Ici) -> dict[str, list[tuple[str, int, bool]]]:
    """By programme, the lots held against a charter: line, number of lots, whether their rate is at least its own."""
    resultat: dict[str, list[tuple[str, int, bool]]] = {}
    for li in getattr(c.vue, "taux", ()):
        objectif = objectifs.au(li["programme"], "heures", li["mois"])
        if objectif is not None:
            compare = (li["ligne"], li["lots"], li["taux"] >= objectif.valeur)
            resultat.setdefault(li["programme"], []).append(compare)
    return resultat


def _respectes(compares: list[tuple[str, int, bool]]) -> tuple[int, int]:
    """Lots whose contractual rate is at least that of the charter when they began, and lots so compared."""
    return sum(lots for _, lots, tenu in compares if tenu), sum(lots for _, lots, _ in compares)


COLONNES = (
    Colonne("programme", "Programme"), Colonne("ligne", "Ligne ou opération"), Colonne("lots", "Lots", "entier"),
    Colonne("heures_dues", "Heures dues à la fin", "entier"), Colonne("part_mobile", "dont part mobile", "part"),
    Colonne("realisees", "Heures réalisées", "entier"), Colonne("part", "Réalisé / dû", "part"),
    Colonne("temps", "Temps écoulé", "part"), Colonne("restantes", "Reste à réaliser", "entier"),
    Colonne("finales", "Heures projetées à la fin", "entier"), Colonne("finales_bas", "Projection basse", "entier"),
    Colonne("finales_haut", "Projection haute", "entier"), Colonne("part_finale", "Projeté / dû", "part"),
    Colonne("taux", "Taux réalisé (heures travaillées)", "part"), Colonne("charte", "Objectif de la charte"),
    Colonne("taux_respectes", "Lots au taux de la charte", "entier"), Colonne("taux_compares", "sur", "entier"),
)  # fmt: skip


def _ligne(c: Ici, r: Rangee) -> tuple[Cellule, ...]:
    b, finales, parts = r.bilan, r.bilan.finales, r.bilan.parts_finales
    bas, centre, haut = finales or (None, None, None)
    charte = objectifs.taux_en_mots(r.programme)
    return (
        programme(c, r.programme), r.nom if r.niveau else "Ensemble", float(b.lots), b["dues"], nd(b.mobile),
        b["realisees"], nd(b.part), nd(b.temps), b["restantes"], nd(centre), nd(bas), nd(haut),
        nd(parts[1] if parts else None), nd(b.taux), charte or "sans objectif chiffré",
        float(r.respectes) if r.compares else Etat.NON_DISPONIBLE, float(r.compares),
        *(float(b.etats.get(e, 0)) for e in ETATS),
    )  # fmt: skip


def _titre_programmes(c: Ici) -> str:
    tous = [p.bilan.parts_finales for p in mesures(c).programmes if p.code != HORS]
    connus = [parts[1] for parts in tous if parts]
    if len(connus) < 2:
        parts = mesures(c).bilan.parts_finales
        if parts is None:
            return "Les engagements des programmes, ligne par ligne"
        return f"À la fin, {fr.pourcent(parts[1])} des heures dues seraient réalisées"
    tenus = sum(p >= TENU for p in connus)
    if tenus == len(connus):
        return f"Les {tenus} programmes atteindraient leurs heures dues"
    if tenus < 2:
        return f"{'Un seul' if tenus else 'Aucun'} des {len(connus)} programmes {VERBES[0]} ses heures dues"
    return f"{tenus} programmes sur {len(connus)} {VERBES[1]} leurs heures dues"


def lignes(c: Ici) -> Bloc:
    """Programmes and lines: due, realised, projected, time, rate, states."""
    b = mesures(c).bilan
    colonnes = (*COLONNES, *(Colonne(f"etat_{e}", etat(c, e), "entier") for e in ETATS))
    mobile = f" ; {fr.pourcent(b.mobile)} des heures dues bougent avec les faits" if b.mobile else ""
    return bloc(
        c, "projets-programmes", _titre_programmes(c), f"Réalisé et projeté en part des heures dues, {fin(c)}{mobile}",
        tableau(colonnes, (_ligne(c, r) for r in rangees(c))),
        "projets_dues", "projets_finales", "projets_taux",
        notes=[laisses(b.sans_projection, "ni terminés ni projetés, absents de la projection")],
    )  # fmt: skip


# --- curves ---------------------------------------------------------------------------------------------

COLONNES_COURBE = (
    Colonne("mois", "Mois", "mois"), Colonne("engagees", "Heures engagées (cumul)", "entier"),
    Colonne("realisees", "Heures réalisées (cumul)", "entier"), Colonne("projetees", "Heures projetées", "entier"),
    Colonne("bas", "Projection basse", "entier"), Colonne("haut", "Projection haute", "entier"),
)  # fmt: skip


def _cellules(p: Point) -> tuple[Cellule, ...]:
    return p.mois, p.engagees, nd(p.realisees), nd(p.projetees), nd(p.bas), nd(p.haut)


def titre_courbe(c: Ici) -> str:
    """« 7,6 millions d’heures réalisées, 8,3 attendues à la fin pour 9 dues »."""
    b, li = mesures(c).bilan, getattr(c.vue, "lot", None)
    finales = b.finales
    if li is not None and li["projetees"] is not None:
        finales = (li["projetees_bas"], li["projetees"], li["projetees_haut"])
    faites = f"{heures(b['realisees'])} {'réalisée' if b['realisees'] < 2 else 'réalisées'}"
    debut = f"{faites[0].upper()}{faites[1:]} pour {rond(b['dues'])} dues" if b["dues"] else faites
    if finales is None or not b.en_cours:
        return debut
    return f"{debut} ; {fourchette(finales)} attendues à la fin"


def courbe(c: Ici, ident: str = "projets-courbe") -> Bloc:
    """S-curve of the lots in view."""
    b = mesures(c).bilan
    return bloc(
        c, ident, titre_courbe(c), f"Heures cumulées depuis le début des lots, réalisées {fin(c)}, puis projetées",
        tableau(COLONNES_COURBE, (_cellules(p) for p in mesures(c).courbe)),
        "projets_dues", "projets_realisees", "projets_finales",
        notes=[laisses(b.sans_projection, "sans projection (non évaluables ou sans heures dues), comptés sans suite")],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vignette:
    """One small curve: its name, its sum, its points, and the gap to the schedule (hours, negative when behind)."""

    nom: str
    bilan: Bilan
    points: tuple[Point, ...]
    ecart: float | None


def vignettes(c: Ici) -> list[Vignette]:
    """One small curve a line (a programme when it has one line only), the largest due first."""
    resultat = []
    for p in mesures(c).programmes:
        for nom, b in p.lignes:
            points = utiles(mesures(c).courbes.get((p.code, nom), ()))
            court_, sienne = programme_court(c, p.code), ligne(c, p.code, nom)
            commun = not nom or nom[:1].isdigit()  # « Ligne 11 », « Autres lots »: no proper name
            libelle = court_ if len(p.lignes) == 1 else f"{court_} : {fr.minuscule(sienne) if commun else sienne}"
            if points and b["dues"]:
                resultat.append(Vignette(libelle, b, points, _ecart(points)))
    return sorted(resultat, key=lambda v: -v.bilan["dues"])


def _ecart(points: tuple[Point, ...]) -> float | None:
    derniers = [p for p in points if p.realisees is not None]
    return (derniers[-1].realisees or 0.0) - derniers[-1].engagees if derniers else None


def multiples(c: Ici) -> Bloc:
    """Small multiples of the S-curve; the twin has one row a line and year."""
    vues = vignettes(c)
    retards = [(v.ecart, v.nom) for v in vues if v.ecart is not None and v.ecart < 0]
    titre = "Chaque ligne est au moins au niveau de son calendrier" if vues else "Les courbes, ligne par ligne"
    if retards:
        ecart, nom = min(retards)
        titre = f"Le plus grand écart au calendrier : {nom}, {court(-ecart)} de moins que prévu {fin(c)}"
    colonnes = (Colonne("ligne", "Ligne"), *COLONNES_COURBE)
    lignes_table = [
        (v.nom, *_cellules(p))
        for v in vues for p in v.points
        if p.mois.month == 12 or p is v.points[-1] or p.mois == arrete(c).replace(day=1)
    ]  # fmt: skip
    sans = sum(b.lots for p in mesures(c).programmes for nom, b in p.lignes if not b["dues"])
    return bloc(
        c, "projets-multiples", titre, "Heures cumulées engagées, réalisées et projetées, une échelle par vignette",
        tableau(colonnes, lignes_table), "projets_dues", "projets_realisees", "projets_finales",
        notes=[laisses(sans, "d’une ligne sans heures dues")],
    )  # fmt: skip
