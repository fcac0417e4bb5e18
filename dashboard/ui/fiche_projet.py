"""How the sheet of a programme, of an operation or of a lot is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.contenu import fiche_projet_lot as du_lot
from dashboard.contenu.fiche_projet_comparables import nom_comparable, position
from dashboard.contenu.projets_etats import lien_du_lot
from dashboard.contenu.projets_mots import Ici
from dashboard.domain import francais as fr
from dashboard.ui import projets, projets_lots, rendu
from dashboard.ui.barres import Barre

if TYPE_CHECKING:
    from dashboard.contenu.tableau import Bloc

#: Beyond this share of the due hours, a comparable lot is drawn at the end of the strip.
PART_MAX = 2.0
#: Bars drawn; the table twin and the CSV hold the others.
BARRES_MAX = 60


def situation(c: Ici, bloc: Bloc) -> Markup:
    """The state of a lot in plain words; bars of the states otherwise."""
    li = c.vue.lot
    if li is None:
        return projets_lots.etats(c, bloc)
    return rendu.marque(
        projets.MODELE, "situation", projets.etat_html(c, li["etat"]), du_lot.explications(c, li), du_lot.faits(c, li)
    )


def _place(part: float, haut: float) -> str:
    return f"{100 * min(part, haut) / haut:.1f}%"


def _barres(c: Ici) -> Markup:
    """Programmes or operations, the largest share first: those nearest to one's own rank when they are many."""
    toutes = c.vue.comparables.lignes[::-1]
    rang = next((i for i, li in enumerate(toutes) if li["code"] == c.vue.cible.code), 0)
    debut = max(0, min(rang - BARRES_MAX // 2, len(toutes) - BARRES_MAX))
    barres = [
        Barre(
            li["code"], nom_comparable(c, li["code"]), li["part"], fr.pourcent(li["part"]),
            fr.pluriel(li["lots"], "lot"), None, li["code"] == c.vue.cible.code,
        )
        for li in toutes[debut : debut + BARRES_MAX]
    ]  # fmt: skip
    dessin = rendu.barres(barres, longue=len(barres) > 12)
    if len(barres) == len(toutes):
        return dessin
    note = f"Les {BARRES_MAX} plus proches sur {fr.nombre(len(toutes))} ; toutes sont dans le CSV."
    return dessin + Markup('<p class="cles">{}</p>').format(fr.composer(note))


def comparables(c: Ici, _bloc: Bloc) -> Markup:
    """A strip of lots and one's own position; bars of programmes or operations."""
    soi, lignes = position(c), c.vue.comparables.lignes
    if c.vue.lot is None:
        return _barres(c)
    haut = min(PART_MAX, max(1.25, *(li["part"] for li in lignes), soi or 0.0))
    graduations = [(_place(p, haut), fr.pourcent(p)) for p in (0.0, 0.5, 1.0, 1.5, 2.0) if p <= haut]
    marque = {"place": _place(soi, haut), "texte": f"Ce lot : {fr.pourcent(soi)}"} if soi is not None else None
    alternative = f"{fr.pluriel(len(lignes), 'lot')} comparables terminés, de {fr.pourcent(lignes[0]['part'])} "
    alternative += f"à {fr.pourcent(lignes[-1]['part'])} de leurs heures dues"
    places = [_place(li["part"], haut) for li in lignes]
    bande = rendu.marque(projets.MODELE, "bande", places, marque, graduations, alternative)
    note = f"{alternative}. Chaque trait est un lot ; 100 % : heures dues réalisées."
    return bande + Markup('<p class="cles">{}</p>').format(note)


def marche(c: Ici, bloc: Bloc) -> Markup:
    """The published contract of a lot; piles of the match otherwise."""
    li, k = c.vue.lot, c.vue.contrat
    if li is None:
        return projets_lots.rapprochement(c, bloc)
    faits = du_lot.faits_contrat(c, li, k.publie) if k.publie is not None else []
    return rendu.marque(
        projets.MODELE, "contrat", faits, du_lot.titulaires(k.firmes), du_lot.modifications(k.modifications),
        du_lot.candidats(k.candidats),
    )  # fmt: skip


def fil(c: Ici) -> Markup:
    """Where one is: the page of the projects, the programme, the operation."""
    cible = c.vue.cible
    etapes = [("Grands projets", "/projets")]
    if cible is None:
        proches = [(code, lien_du_lot(code)) for code in c.vue.proches]
        return rendu.marque(projets.MODELE, "fil", etapes, "", proches)
    if cible.genre != "programme":
        nom = c.libelle("programme", cible.programme)
        if cible.programme != "hors_programme":
            etapes.append((nom, lien_du_lot(cible.programme)))
        if cible.genre == "lot" and cible.operation_id:
            etapes.append((c.vue.lot["operation"] or cible.operation_id, lien_du_lot(cible.operation_id)))
    return rendu.marque(projets.MODELE, "fil", etapes, cible.code if cible.genre == "lot" else "", ())
