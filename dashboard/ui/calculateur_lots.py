"""How the comparable lots are drawn: a histogram where the result has its place, quartiles, the closest lots."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from dashboard.contenu import calculateur_lots as contenu
from dashboard.contenu.calculateur_formule import Ici, en_h, entree, euros
from dashboard.contenu.calculateur_lots import Mesure
from dashboard.contenu.projets_etats import lien_du_lot
from dashboard.contenu.tableau import Bloc, Etat, ecrire
from dashboard.domain import francais as fr
from dashboard.ui import rendu
from dashboard.ui.calculateur import MODELE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from dashboard.contenu.territoires_distribution import Tranche

#: Lots drawn; the table and the files hold them all.
LOTS_MAX = 10
#: Labels under the axis of a histogram.
BORDS_MAX = 6


@dataclass(frozen=True, slots=True)
class Colonne:
    """One bin: its words, the label of its left edge, its height (0–100); ``on`` where the result falls."""

    titre: str
    bord: str
    nombre: str
    hauteur: float
    on: bool


def distribution(mesure: Callable[[Ici], Mesure]) -> Callable[[Ici, Bloc], Markup]:
    """The histogram of one measure, with the median and the result as two lines."""

    def dessiner(c: Ici, _bloc: Bloc) -> Markup:
        m = mesure(c)
        groupes, milieu = contenu.bacs(c, m), median(contenu.valeurs(c, m))
        ici, sommet = contenu.bac_du_resultat(groupes, m.valeur), max(len(t.codes) for t in groupes)
        pas = -(-len(groupes) // BORDS_MAX)
        colonnes = [
            Colonne(
                f"{contenu.en_mots(m, t)} : {fr.pluriel(len(t.codes), 'lot')}", _bord(groupes, i, pas),
                fr.nombre(len(t.codes)) if t.codes else "", round(100 * len(t.codes) / sommet, 1), i == ici,
            )
            for i, t in enumerate(groupes)
        ]  # fmt: skip
        reperes = [("mediane", place(groupes, milieu)), ("calcul-ici", place(groupes, m.valeur))]
        hors = "" if ici is not None else " (hors des lots comparés)"
        cles = [("autre", "Lots comparables"), ("mediane", f"Médiane : {m.ecrire(milieu)}"),
                ("calcul-ici", f"Votre calcul : {m.ecrire(m.valeur)}{hors}")]  # fmt: skip
        return rendu.marque(MODELE, "distribution", colonnes, reperes, cles)

    return dessiner


def _bord(groupes: Sequence[Tranche], i: int, pas: int) -> str:
    """Label of a left edge, one in ``pas``; none that would run into that of the last, open bin."""
    t, ouvert = groupes[i], groupes[-1].fin is None
    if t.fin is None:
        return f"≥ {fr.nombre(t.debut)}"
    serre = ouvert and len(groupes) - i <= 2 and len(groupes) > BORDS_MAX
    return fr.nombre(t.debut) if i % pas == 0 and not serre else ""


def place(groupes: Sequence[Tranche], valeur: float) -> float:
    """Where a value stands, in hundredths of the width; at an edge when it is beyond."""
    for i, t in enumerate(groupes):
        if valeur < t.debut:
            return round(100 * i / len(groupes), 2)
        if t.fin is None or valeur < t.fin:
            dans = (valeur - t.debut) / (t.fin - t.debut) if t.fin else 0.5
            return round(100 * (i + dans) / len(groupes), 2)
    return 100.0


def reperes(c: Ici, _bloc: Bloc) -> Markup:
    """The middle half of the lots as a band, the median and the result on it, one line a measure."""
    montant = Mesure("montant", "Montant HT", "€", entree(c).montant)
    mesures = []
    for m in (contenu.heures(c), contenu.ratio(c), montant):
        q1, q2, q3 = contenu.quartiles(contenu.valeurs(c, m))
        haut = max(1.5 * q3, 1.1 * m.valeur, 1.0)
        mots = [f"un quart sous {m.ecrire(q1)}", f"médiane {m.ecrire(q2)}", f"un quart au-dessus de {m.ecrire(q3)}"]
        mesures.append(
            {
                "nom": m.libelle, "resultat": m.ecrire(m.valeur), "mots": mots, "q1": _cent(q1, haut),
                "largeur": _cent(q3 - q1, haut), "q2": _cent(q2, haut), "ici": _cent(m.valeur, haut),
            }
        )  # fmt: skip
    cles = [("milieu", "La moitié des lots"), ("mediane", "Médiane"), ("ici", "Votre calcul")]
    return rendu.marque(MODELE, "boites", mesures, cles)


def _cent(valeur: float, maximum: float) -> float:
    return round(100 * valeur / maximum, 1)


def proches(_c: Ici, bloc: Bloc) -> Markup:
    """The closest lots, one a line."""
    lignes = []
    for objet, acheteur, secteur, annee, montant, taux, heures, ratio, lot in bloc.tableau.lignes[:LOTS_MAX]:
        suite = [str(x) for x in (acheteur, secteur, annee) if x is not Etat.NON_DISPONIBLE]
        nombres = [
            ("Montant", euros(montant) if isinstance(montant, float) else str(montant)),
            ("Taux", ecrire(taux, "part")),
            ("Heures engagées", _heures(heures)),
            (f"Pour {contenu.CENT_MILLE}", _heures(ratio)),
        ]
        lignes.append(
            {"objet": str(objet), "suite": " · ".join(suite), "nombres": nombres, "lien": lien_du_lot(str(lot))}
        )
    reste = len(bloc.tableau.lignes) - LOTS_MAX
    note = f"Les {LOTS_MAX} premiers ; {fr.pluriel(reste, 'autre')} dans le tableau." if reste > 0 else ""
    return rendu.marque(MODELE, "lots", lignes, note)


def _heures(valeur: object) -> str:
    return en_h(valeur) if isinstance(valeur, float) else str(valeur)
