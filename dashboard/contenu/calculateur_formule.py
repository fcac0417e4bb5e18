"""The blocs of the formula: the steps of the computation, its sensitivity, its variant, trades, what practice says.

They come from published rules, not from the follow-up: their captions say so.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.contenu.contexte import Contexte
from dashboard.contenu.tableau import Bloc, Cellule, Colonne, tableau
from dashboard.domain import calcul
from dashboard.domain import francais as fr
from dashboard.domain.calcul import HEURES_ETP, HEURES_PERSONNE, Hypotheses, Metier
from dashboard.settings import RACINE
from dashboard.warehouse.calculateur import Calculateur

if TYPE_CHECKING:
    from dashboard.contenu.tableau import Tableau

Ici = Contexte[Calculateur]

SOURCE = "Source : méthode et exemple publiés par la MEF du sud de la Seine-et-Marne (mefsud77.fr)"
SOURCE_METIERS = "Source : MEF du sud de la Seine-et-Marne (parts publiées) ; hypothèses de l’observatoire (les autres)"
SOURCE_TRANCHE = (
    f"Source : variante publiée, 1 h pour 2{fr.FINE}000 € facturés au-delà de 2,7{fr.FINE}M€ (marché 21_BAM_048)"
)
SOURCE_PRATIQUE = "Source : code de la commande publique, guides des facilitateurs, entretien avec un acheteur"
VIDE = Hypotheses(**calcul.EXEMPLE)


@lru_cache
def metiers() -> tuple[Metier, ...]:
    """Labour shares by trade, in the order of the file: published ones first."""
    return calcul.metiers(RACINE / "data" / "reference" / "main_oeuvre.csv")


def entree(c: Ici) -> Hypotheses:
    """The numbers of the computation; those of the example when they cannot be used (the blocs are then empty)."""
    return c.vue.hypotheses or VIDE


def pour_cent(valeur: float) -> str:
    """« 5 % », « 7,5 % » from a percentage."""
    return f"{decimal(valeur)}{fr.FINE}%"


def decimal(valeur: float) -> str:
    """A number with the decimals it has, two at most."""
    return fr.nombre(valeur, next(d for d in (0, 1, 2) if d == 2 or round(valeur, d) == round(valeur, 2)))


def euros(valeur: float) -> str:
    """« 1 000 000 € », « 27,50 € »."""
    texte = fr.nombre(valeur) if round(valeur, 2) == round(valeur) else fr.nombre(valeur, 2)
    return f"{texte}{fr.INSECABLE}€"


def en_h(heures: float) -> str:
    """« 833 h », never cut at the end of a line."""
    return f"{fr.nombre(heures)}{fr.INSECABLE}h"


def heures_en_mots(heures: float) -> str:
    """« 833 heures », « moins d’une heure », « aucune heure »."""
    if not heures:
        return "aucune heure"
    return "moins d’une heure" if heures < 0.5 else fr.pluriel(float(fr.arrondi(heures)), "heure")


def personnes_en_mots(h: Hypotheses) -> str:
    """« environ 2 personnes », « moins d’une personne »."""
    if h.personnes < 0.75:
        return "moins d’une personne"
    return f"environ {fr.pluriel(float(fr.arrondi(h.personnes)), 'personne')}"


def en_mots(h: Hypotheses) -> str:
    """The hypotheses, as a subtitle."""
    return (
        f"{euros(h.montant)} HT · {pour_cent(h.part)} de main-d’œuvre · taux d’insertion de {pour_cent(h.taux)} "
        f"· {euros(h.cout)} de l’heure"
    )


def formule(c: Ici, ident: str, titre: str, contenu: Tableau, definition: str, source: str = SOURCE) -> Bloc:
    """A bloc of the formula; empty, with the reason, when a number cannot be used."""
    demo = "calcul sans donnée de suivi (site servi avec des données de démonstration)"
    legende = " · ".join([source, *([demo] if c.instantane.manifeste.demo else [])])
    return Bloc(ident, titre, en_mots(entree(c)), legende, contenu, c.vue.erreur, (definition,))


def resultat(c: Ici) -> Bloc:
    """The computation, step by step."""
    h = entree(c)
    lignes: list[tuple[Cellule, ...]] = [
        ("Montant du marché", "saisi", h.montant, "€ HT"),
        ("Main-d’œuvre", f"montant × {pour_cent(h.part)}", h.main_oeuvre, "€ HT"),
        ("Heures de travail", f"main-d’œuvre ÷ {euros(h.cout)} de l’heure", h.travail, "heures"),
        ("Heures d’insertion", f"heures de travail × {pour_cent(h.taux)}", h.heures, "heures"),
        ("Équivalents temps plein", f"heures d’insertion ÷ {en_h(HEURES_ETP)}", h.etp, "ETP sur un an"),
        (
            "Personnes",
            f"heures d’insertion ÷ {en_h(HEURES_PERSONNE)}",
            h.personnes,
            "personnes sur un an, ordre de grandeur",
        ),
    ]
    colonnes = [Colonne("etape", "Étape"), Colonne("calcul", "Calcul"), Colonne("valeur", "Résultat", "decimal"),
                Colonne("unite", "Unité")]  # fmt: skip
    titre = f"{majuscule(heures_en_mots(h.heures))} d’insertion à prévoir"
    if h.heures:
        titre += f", pour {personnes_en_mots(h)} pendant un an"
    return formule(c, "calculateur-resultat", titre, tableau(colonnes, lignes), "calcul_heures")


def sensibilite(c: Ici) -> Bloc:
    """Hours by insertion rate and labour share, the values asked among the usual ones."""
    h = entree(c)
    taux, parts = calcul.reperes(calcul.TAUX_REPERES, h.taux), calcul.reperes(calcul.PARTS_REPERES, h.part)
    colonnes = [Colonne("part", "Part de main-d’œuvre"),
                *(Colonne(f"taux_{t:g}", f"Taux de {pour_cent(t)} (h)", "entier") for t in taux)]  # fmt: skip
    lignes: list[tuple[Cellule, ...]] = [(pour_cent(p), *(h.avec(p, t) for t in taux)) for p in parts]
    titre = f"Doubler le taux, c’est doubler les heures : {phrase_bornes(h)}"
    if not h.part:
        titre = "Sans main-d’œuvre, aucun taux ne donne d’heure"
    return formule(c, "calculateur-sensibilite", titre, tableau(colonnes, lignes), "calcul_heures")


def phrase_bornes(h: Hypotheses) -> str:
    """« de 833 h à 5 % à 3 333 h à 20 % » at the labour share asked."""
    bas, haut = calcul.TAUX_USUELS
    return (
        f"de {en_h(h.avec(h.part, bas))} pour un taux de {pour_cent(bas)} "
        f"à {en_h(h.avec(h.part, haut))} pour {pour_cent(haut)}"
    )


def tranches(h: Hypotheses) -> tuple[float, ...]:
    """Euros invoiced for one hour, one line each: usual ones, the one asked, the one that equals the formula."""
    egale = h.tranche_equivalente
    usuelles = calcul.reperes(calcul.TRANCHES_REPERES, h.tranche)
    return calcul.reperes(usuelles, float(fr.arrondi(egale))) if egale else usuelles


def tranche(c: Ici) -> Bloc:
    """The variant « 1 h par tranche facturée »: hours that move with what is really invoiced."""
    h = entree(c)
    egale = h.tranche_equivalente
    lignes: list[tuple[Cellule, ...]] = [
        (f"1 h pour {euros(t)}", *(h.par_tranche(t, f) for f in (0.8, 1.0, 1.2)), _repere(h, t)) for t in tranches(h)
    ]
    colonnes = [
        Colonne("tranche", "Heures dues"), Colonne("p80", "Facturé à 80 % (h)", "entier"),
        Colonne("p100", "Facturé à 100 % (h)", "entier"), Colonne("p120", "Facturé à 120 % (h)", "entier"),
        Colonne("repere", "Repère"),
    ]  # fmt: skip
    titre = (
        f"Une heure due pour {euros(float(fr.arrondi(egale)))} facturés : le même volume, écrit autrement"
        if egale
        else "Sans main-d’œuvre ou sans taux, aucune tranche n’équivaut au calcul"
    )
    return formule(c, "calculateur-tranche", titre, tableau(colonnes, lignes), "calcul_tranche", SOURCE_TRANCHE)


def _repere(h: Hypotheses, t: float) -> str:
    egale = h.tranche_equivalente
    mots = []
    if egale and t == float(fr.arrondi(egale)):
        mots.append("équivaut au calcul")
    if t == h.tranche:
        mots.append("tranche choisie")
    return ", ".join(mots) or "–"


def par_metier(c: Ici) -> Bloc:
    """Labour share of each trade, and the hours it gives for the amount, the rate and the cost asked."""
    h = entree(c)
    lignes: list[tuple[Cellule, ...]] = [
        (m.libelle, m.part / 100, h.avec(m.part, h.taux), "publiée" if m.publiee else "hypothèse", m.source)
        for m in sorted(metiers(), key=lambda m: (-m.part, m.libelle))
    ]
    colonnes = [
        Colonne("metier", "Métier"), Colonne("part", "Part de main-d’œuvre", "part"),
        Colonne("heures", "Heures d’insertion", "entier"), Colonne("origine", "Origine"), Colonne("source", "Source"),
    ]  # fmt: skip
    haut, bas = max(metiers(), key=_part), min(metiers(), key=_part)
    titre = (
        f"Le métier change tout : de {en_h(h.avec(bas.part, h.taux))} ({fr.minuscule(bas.libelle)}) "
        f"à {en_h(h.avec(haut.part, h.taux))} ({fr.minuscule(haut.libelle)})"
    )
    return formule(c, "calculateur-metiers", titre, tableau(colonnes, lignes), "part_main_oeuvre", SOURCE_METIERS)


def _part(m: Metier) -> float:
    return m.part


def faisabilite(c: Ici) -> Bloc:
    """What practice says of such a clause, point by point."""
    h = entree(c)
    lignes: list[tuple[Cellule, ...]] = [
        _point("Montant", h.montant >= calcul.MONTANT_PRATIQUE, euros(h.montant),
               "« Quand 300 K€, on ne peut pas faire de clause » : en dessous, en parler d’abord au facilitateur",
               "Entretien avec un acheteur (lab110bis, clause sociale de formation)"),
        _point("Volume", h.heures >= HEURES_PERSONNE, en_h(h.heures),
               f"Une personne en insertion travaille environ {HEURES_PERSONNE} h dans l’année : en dessous, la clause "
               "n’occupe personne un an",
               f"Observatoire francilien, 2021 : 6,3{fr.FINE}M h pour 12{fr.FINE}364 personnes"),
        _point("Taux", calcul.TAUX_USUELS[0] <= h.taux <= calcul.TAUX_USUELS[1], pour_cent(h.taux),
               "Le taux va en général de 5 à 20 %", "MDE d’Alès ; Observatoire Clause sociale 34"),
        _point("Coût horaire", calcul.COUTS_USUELS[0] <= h.cout <= calcul.COUTS_USUELS[1], euros(h.cout),
               "L’heure est comptée de 25 à 30 €", "MEF du sud de la Seine-et-Marne"),
        ("Durée", "à vérifier", "durée non saisie",
         "Travaux de moins de trois mois : dérogation possible à l’obligation, que l’acheteur motive",
         "Code de la commande publique, L2112-2-1 (texte à vérifier avec le service juridique)"),
        ("Calendrier", "à prévoir", "–",
         "Saisir le facilitateur 3 à 4 mois avant la publication ; il répond sous 4 semaines",
         "Entretien avec un acheteur (lab110bis, clause sociale de formation)"),
    ]  # fmt: skip
    colonnes = [Colonne("point", "Point"), Colonne("avis", "Avis"), Colonne("valeur", "Votre marché"),
                Colonne("pratique", "Ce que dit la pratique"), Colonne("source", "Source")]  # fmt: skip
    discutes = [str(ligne[0]).lower() for ligne in lignes if ligne[1] == "à discuter"]
    titre = f"À discuter avec le facilitateur : {fr.liste(discutes)}" if discutes else (
        "Montant, volume, taux et coût sont dans l’usage : restent la durée et le calendrier"
    )  # fmt: skip
    return formule(
        c, "calculateur-faisabilite", titre, tableau(colonnes, lignes), "faisabilite_clause", SOURCE_PRATIQUE
    )


def _point(nom: str, usuel: bool, valeur: str, pratique: str, source: str) -> tuple[Cellule, ...]:
    return nom, "dans l’usage" if usuel else "à discuter", valeur, pratique, source


def majuscule(texte: str) -> str:
    """A text with a first capital."""
    return texte[:1].upper() + texte[1:]
