"""The blocs of the comparable lots: what lots of the same kind and size have engaged, and where the result stands."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING

from dashboard.contenu.calculateur_formule import Ici, entree, euros, heures_en_mots
from dashboard.contenu.contexte import SANS_SUIVI
from dashboard.contenu.tableau import Bloc, Colonne, cellule, tableau
from dashboard.contenu.territoires_distribution import Tranche, tranches
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.warehouse.calculateur import LOTS_MIN, Portee

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.contenu.tableau import Cellule, Tableau

SANS_LOT = "Aucun lot suivi n’a à la fois un montant et des heures engagées : il n’y a rien à comparer."
CENT_MILLE = euros(100_000)
#: Why a followed lot is not compared.
MOTIFS = {
    "agreges": "de maîtres d’ouvrage publiés seulement ensemble",
    "sans_montant": "sans montant",
    "sans_heures": "sans heures engagées",
}


@dataclass(frozen=True, slots=True)
class Mesure:
    """One thing compared: its column among the lots, its words and the value of the calculation."""

    cle: str
    libelle: str
    unite: str
    valeur: float

    def ecrire(self, valeur: float) -> str:
        """« 833 h », « 83 h »."""
        return f"{fr.nombre(valeur)}{fr.INSECABLE}{self.unite}"


def heures(c: Ici) -> Mesure:
    """Engaged hours."""
    return Mesure("heures", "Heures engagées", "h", entree(c).heures)


def ratio(c: Ici) -> Mesure:
    """Engaged hours for 100 000 € HT."""
    return Mesure("pour_100k", f"Heures engagées pour {CENT_MILLE} HT", "h", entree(c).pour_100k)


def valeurs(c: Ici, m: Mesure) -> list[float]:
    """One number a comparable lot, in order."""
    return sorted(float(li[m.cle]) for li in c.vue.comparables)


def quartiles(nombres: Sequence[float]) -> tuple[float, float, float]:
    """First quartile, median and third quartile."""
    if len(nombres) < 2:
        return nombres[0], nombres[0], nombres[0]
    bas, milieu, haut = quantiles(nombres, n=4, method="inclusive")
    return bas, milieu, haut


def bacs(c: Ici, m: Mesure) -> list[Tranche]:
    """Bins of readable width over the comparable lots."""
    lignes = [{"valeur": v, "statut": "valeur", "code": str(i)} for i, v in enumerate(valeurs(c, m))]
    return tranches(lignes, 1.0)


def bac_du_resultat(groupes: Sequence[Tranche], valeur: float) -> int | None:
    """Index of the bin where the result falls; ``None`` outside the lots compared."""
    for i, t in enumerate(groupes):
        if t.debut <= valeur and (t.fin is None or valeur < t.fin):
            return i
    return None


def montants(c: Ici, portee: Portee) -> str:
    """« de 500 000 € à 2 000 000 € HT », « de tout montant »."""
    bornes = portee.bornes(entree(c).montant)
    return "de tout montant" if bornes is None else f"de {euros(bornes[0])} à {euros(bornes[1])} HT"


def portee_en_mots(c: Ici) -> str:
    """Subtitle: how many lots, of what amounts, sectors and place, in which years."""
    p = c.vue.portee
    combien = fr.pluriel(len(c.vue.comparables), "lot suivi", "lots suivis") if c.ref.a_suivi else "lots suivis"
    quoi = f"{combien}, {montants(c, p)}"
    texte = phrases.sous_titre(quoi, p.selection, c.ref, (c.ref.annees[0], c.ref.annees[1]))
    return f"{texte} · {elargi(c)}" if c.vue.elargi else texte


def elargi(c: Ici) -> str:
    """Why and how far the comparison was widened."""
    p, s = c.vue.portee, c.selection
    larges = []
    if s.territoire != p.selection.territoire:
        larges.append("à toute l’Île-de-France")
    if s.secteurs != p.selection.secteurs:
        larges.append("à tous les secteurs")
    larges.append({None: "à tous les montants", 2.0: "", 4.0: "aux montants du quart au quadruple"}[p.facteur])
    trouves = fr.pluriel(c.vue.demandes, "lot") if c.vue.demandes else "aucun lot"
    manque = f"{trouves} de moitié à double du montant, il en faut {LOTS_MIN}"
    suite = f" ; les heures pour {CENT_MILLE} se comparent mieux" if p.facteur is None else ""
    return f"élargi {fr.liste(x for x in larges if x)} ({manque}){suite}"


def ecartes(c: Ici) -> str:
    """Lots left out and why, in words, for the caption; empty when there is none."""
    textes = [f"{fr.pluriel(n, 'lot')} {MOTIFS[cle]}" for cle in MOTIFS if (n := c.vue.ecartes.get(cle, 0))]
    return f"écartés : {fr.liste(textes)}" if textes else ""


def comparaison(c: Ici, ident: str, titre: str, contenu: Tableau, definition: str) -> Bloc:
    """A bloc of the comparable lots; empty, with the reason, when there is none."""
    if not c.ref.a_suivi:
        vide: str | None = SANS_SUIVI
    else:
        vide = c.vue.erreur or (None if c.vue.comparables else SANS_LOT)
    legende = " · ".join(x for x in (c.legende(), ecartes(c)) if x)
    return Bloc(ident, titre, portee_en_mots(c), legende, contenu, vide, (definition,))


def _rapport(valeur: float, milieu: float) -> str:
    """How the result stands against the median."""
    if milieu <= 0 or abs(valeur / milieu - 1) < 0.1:
        return "autant que"
    return "plus que" if valeur > milieu else "moins que"


def titre_distribution(c: Ici, m: Mesure) -> str:
    """The result against the median of the comparable lots."""
    if not c.vue.comparables:
        return f"{m.libelle} : pas de lot comparable"
    milieu = median(valeurs(c, m))
    if m.cle == "pour_100k":
        return (
            f"{m.ecrire(m.valeur)} pour {CENT_MILLE} : {_rapport(m.valeur, milieu)} la médiane "
            f"des lots comparables, {m.ecrire(milieu)}"
        )
    dessous = sum(v < m.valeur for v in valeurs(c, m)) / len(c.vue.comparables)
    return (
        f"La moitié des lots comparables engagent plus de {m.ecrire(milieu)} ; "
        f"{heures_en_mots(m.valeur)}, c’est plus que {fr.pourcent(dessous)} d’entre eux"
    )


def _distribution(c: Ici, ident: str, m: Mesure, definition: str) -> Bloc:
    groupes = bacs(c, m) if c.vue.comparables else []
    ici, total = bac_du_resultat(groupes, m.valeur), len(c.vue.comparables)
    lignes: list[tuple[Cellule, ...]] = [
        (en_mots(m, t), float(len(t.codes)), len(t.codes) / total, m.ecrire(m.valeur) if i == ici else "–")
        for i, t in enumerate(groupes)
    ]
    colonnes = [
        Colonne("tranche", m.libelle), Colonne("lots", "Lots", "entier"),
        Colonne("part", "Part des lots", "part"), Colonne("resultat", "Votre calcul"),
    ]  # fmt: skip
    return comparaison(c, ident, titre_distribution(c, m), tableau(colonnes, lignes), definition)


def en_mots(m: Mesure, t: Tranche) -> str:
    """« de 500 à 1 000 h », « 5 000 h et plus »."""
    if t.fin is None:
        return f"{m.ecrire(t.debut)} et plus"
    return f"de {fr.nombre(t.debut)} à {m.ecrire(t.fin)}"


def comparables(c: Ici) -> Bloc:
    """Engaged hours of the comparable lots, by bin."""
    return _distribution(c, "calculateur-comparables", heures(c), "lots_comparables")


def pour_100k(c: Ici) -> Bloc:
    """Engaged hours for 100 000 € of the comparable lots, by bin."""
    return _distribution(c, "calculateur-ratio", ratio(c), "heures_100k")


def reperes(c: Ici) -> Bloc:
    """Quartiles of what is compared, and the result beside."""
    lignes: list[tuple[Cellule, ...]] = []
    if c.vue.comparables:
        montant = Mesure("montant", "Montant (€ HT)", "€", entree(c).montant)
        for m in (heures(c), ratio(c), montant):
            lus = valeurs(c, m)
            lignes.append((m.libelle, lus[0], *quartiles(lus), lus[-1], m.valeur))
    noms = {"bas": "Le plus bas", "q1": "Un quart au-dessous", "q2": "Médiane", "q3": "Un quart au-dessus",
            "haut": "Le plus haut", "resultat": "Votre calcul"}  # fmt: skip
    colonnes = [Colonne("mesure", "Mesure"), *(Colonne(cle, nom, "entier") for cle, nom in noms.items())]
    titre = "Où se place le calcul parmi les lots comparables"
    if c.vue.comparables:
        bas, _, haut = quartiles(valeurs(c, heures(c)))
        titre = f"La moitié des lots comparables engagent de {fr.nombre(bas)} à {fr.pluriel(round(haut), 'heure')}"
    return comparaison(c, "calculateur-reperes", titre, tableau(colonnes, lignes), "lots_comparables")


def proches(c: Ici) -> Bloc:
    """The lots whose amount is the closest."""
    lignes: list[tuple[Cellule, ...]] = [
        (cellule(li["objet"]), cellule(li["acheteur"]), c.libelle("secteur", li["secteur"] or "nd"),
         str(li["annee"]) if li["annee"] else cellule(None), cellule(li["montant"]),
         cellule(None if li["taux"] is None else li["taux"] / 100), cellule(li["heures"]),
         cellule(li["pour_100k"]), li["marche_id"])
        for li in c.vue.proches
    ]  # fmt: skip
    colonnes = [
        Colonne("objet", "Objet du lot"), Colonne("acheteur", "Acheteur"), Colonne("secteur", "Secteur"),
        Colonne("annee", "Année"), Colonne("montant", "Montant (€ HT)", "entier"),
        Colonne("taux", "Taux d’insertion", "part"), Colonne("heures", "Heures engagées", "entier"),
        Colonne("pour_100k", f"Heures pour {CENT_MILLE}", "entier"), Colonne("lot", "Identifiant du lot"),
    ]  # fmt: skip
    titre = "Aucun lot de montant voisin"
    if c.vue.proches:
        lues = [float(li["heures"]) for li in c.vue.proches]
        titre = (
            f"Les {len(lues)} lots de montant le plus proche engagent de {fr.nombre(min(lues))} "
            f"à {fr.pluriel(max(lues), 'heure')}"
        )
        if len(lues) == 1:
            titre = f"Le lot de montant le plus proche engage {heures_en_mots(lues[0])}"
    return comparaison(c, "calculateur-lots", titre, tableau(colonnes, lignes), "lots_comparables")
