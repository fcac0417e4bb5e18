"""How the calculator is drawn: its form, the steps of the computation, and the table cells that change it.

The form is the same whatever the selection: ``assets/calculateur.js`` puts the values of the address in it, so
that nothing typed is ever lost. A mark that carries ``data-calcul`` sets several numbers at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.contenu import calculateur_formule as formule
from dashboard.contenu.calculateur_formule import Ici, decimal, entree, euros, metiers, pour_cent
from dashboard.contenu.tableau import Bloc, ecrire
from dashboard.domain import calcul
from dashboard.domain import francais as fr
from dashboard.domain.filtre import NOMBRES
from dashboard.ui import rendu

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from dashboard.domain.calcul import Metier

MODELE = "calculateur.html"
#: What each field expects, under it.
AIDES = {
    "montant": "Estimation hors taxes",
    "part": "Ce qui paie du travail : 20 à 85 % selon le métier",
    "taux": "En général de 5 à 20 %",
    "cout": "Charges comprises : 25 à 30 €",
    "tranche": "Variante : 1 h due par tranche facturée",
}
SIGNES = {"dans l’usage": ("✓", "usuel"), "à discuter": ("!", "discuter")}


@dataclass(frozen=True, slots=True)
class Champ:
    """A field of the form: its key, its words, its default and its bounds as the browser reads them."""

    cle: str
    libelle: str
    unite: str
    aide: str
    texte: str
    defaut: str
    minimum: str
    maximum: str
    attendu: str


@dataclass(frozen=True, slots=True)
class Case:
    """A cell that can be chosen: its text, what it sets, what it says, and its strength (0–1)."""

    texte: str
    choix: str
    mots: str
    part: float
    on: bool


def formulaire(_c: Ici) -> Markup:
    """The form, with the values of the worked example: always the same text."""
    return _formulaire()


@lru_cache
def _formulaire() -> Markup:
    champs = [
        Champ(
            n.cle, n.libelle, n.unite, AIDES[n.cle], decimal(calcul.EXEMPLE[n.cle]), f"{calcul.EXEMPLE[n.cle]:g}",
            f"{n.minimum:.0f}", f"{n.maximum:.0f}",
            f"de {fr.nombre(n.minimum)} à {fr.nombre(n.maximum)} {n.unite}",
        )
        for n in NOMBRES
    ]  # fmt: skip
    groupes = [
        ("Parts publiées", _options(m for m in metiers() if m.publiee)),
        ("Hypothèses de l’observatoire", _options(m for m in metiers() if not m.publiee)),
    ]
    return rendu.marque(MODELE, "formulaire", champs, groupes)


def _options(choix: Iterable[Metier]) -> list[dict[str, str]]:
    return [{"part": f"{m.part:g}", "secteur": m.secteur, "texte": f"{m.libelle} : {pour_cent(m.part)}"} for m in choix]


def resultat(c: Ici, _bloc: Bloc) -> Markup:
    """The hours in large, then each operation and what it gives."""
    h = entree(c)
    lignes = [
        (f"{euros(h.montant)} × {pour_cent(h.part)} de main-d’œuvre", euros(h.main_oeuvre)),
        (f"÷ {euros(h.cout)} de l’heure", f"{fr.pluriel(round(h.travail), 'heure')} de travail"),
        (f"× {pour_cent(h.taux)} d’insertion", f"{formule.heures_en_mots(h.heures)} d’insertion"),
        (f"÷ {formule.en_h(calcul.HEURES_ETP)}", f"{fr.nombre(h.etp, 2 if h.etp < 10 else 0)} ETP sur un an"),
        (f"÷ {formule.en_h(calcul.HEURES_PERSONNE)} par bénéficiaire et par an", formule.personnes_en_mots(h)),
    ]
    note = (
        "Résultat arrondi à l’heure. Le nombre de personnes est un ordre de grandeur : "
        f"{formule.en_h(calcul.HEURES_PERSONNE)} en moyenne par bénéficiaire en Île-de-France en 2021."
    )
    legende = f"d’insertion, soit {formule.en_h(h.pour_100k)} pour {euros(100_000)} HT"
    return rendu.marque(MODELE, "etapes", formule.en_h(h.heures), legende, lignes, note)


def sensibilite(c: Ici, bloc: Bloc) -> Markup:
    """Hours by rate and labour share: a cell sets both."""
    h = entree(c)
    taux, parts = calcul.reperes(calcul.TAUX_REPERES, h.taux), calcul.reperes(calcul.PARTS_REPERES, h.part)
    maximum = max(h.avec(parts[-1], taux[-1]), 1.0)
    lignes = []
    for p, ligne in zip(parts, bloc.tableau.lignes, strict=True):
        cases = [
            Case(
                ecrire(valeur, "entier"), f"part={p:g}&taux={t:g}",
                f"{ecrire(valeur, 'entier')} h : part de {pour_cent(p)}, taux de {pour_cent(t)}",
                round(h.avec(p, t) / maximum, 3), (p, t) == (h.part, h.taux),
            )
            for t, valeur in zip(taux, ligne[1:], strict=True)
        ]  # fmt: skip
        lignes.append((str(ligne[0]), cases))
    return rendu.marque(MODELE, "grille", ["Part \\ taux", *(pour_cent(t) for t in taux)], lignes)


def par_metier(c: Ici, bloc: Bloc) -> Markup:
    """Labour share of each trade and its hours; a click sets the share and the sector."""
    h, par_nom = entree(c), {m.libelle: m for m in metiers()}
    lignes = [
        {
            "nom": str(ligne[0]), "part": f"{m.part:g}", "publiee": m.publiee, "texte": pour_cent(m.part),
            "heures": f"{ecrire(ligne[2], 'entier')} h", "choix": f"part={m.part:g}&secteur={m.secteur}",
            "on": m.part == h.part and c.selection.secteurs == (m.secteur,),
        }
        for ligne in bloc.tableau.lignes
        for m in [par_nom[str(ligne[0])]]
    ]  # fmt: skip
    return rendu.marque(MODELE, "metiers", lignes, ("Métier", "", "Main-d’œuvre", "Heures"))


def tranche(c: Ici, bloc: Bloc) -> Markup:
    """Hours due by slice invoiced; a line sets the slice."""
    h = entree(c)
    lignes = [
        {
            "nom": str(ligne[0]), "choix": f"tranche={t:g}", "on": t == h.tranche,
            "repere": "" if ligne[4] == "–" else str(ligne[4]), "textes": [ecrire(v, "entier") for v in ligne[1:4]],
        }
        for t, ligne in zip(formule.tranches(h), bloc.tableau.lignes, strict=True)
    ]  # fmt: skip
    entete = ["Heures dues, si l’on facture", "80 %", "100 %", "120 %"]
    return rendu.marque(MODELE, "tranches", entete, lignes)


def faisabilite(_c: Ici, bloc: Bloc) -> Markup:
    """One point a line: a sign, a word, what practice says and who says it."""
    lignes = [
        {
            "nom": str(nom), "avis": str(avis), "valeur": "" if valeur in ("–", "durée non saisie") else str(valeur),
            "pratique": str(pratique), "source": str(source), "signe": signe, "classe": classe,
        }
        for nom, avis, valeur, pratique, source in bloc.tableau.lignes
        for signe, classe in [SIGNES.get(str(avis), ("i", "savoir"))]
    ]  # fmt: skip
    return rendu.marque(MODELE, "points", lignes)
