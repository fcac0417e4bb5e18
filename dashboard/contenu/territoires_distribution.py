"""How the territories of a level spread: bins of readable width over the whole region, the chosen ones told apart."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from statistics import median, quantiles
from typing import TYPE_CHECKING

from dashboard.contenu.tableau import Bloc, Colonne, tableau
from dashboard.contenu.territoires_phrases import PLURIELS, Ici, choisi, majuscule, mots, publiees
from dashboard.contenu.territoires_vue import (
    definitions,
    du_suivi,
    pourquoi_vide,
    protegees,
    repere,
    sous_titre_region,
    tout_masque,
    toute_la_region,
)
from dashboard.domain import francais as fr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.contenu.territoires_mots import Mots
    from dashboard.warehouse.execution import Ligne

#: Statuses without a number.
SANS_NOMBRE = ("s", "nd")
#: Published values under which a half means nothing.
PUBLIES_MIN = 4
#: Bins aimed at (fewer for a few territories); one more when very high values are gathered in the last.
TRANCHES, TRANCHES_PEU, PEU = 12, 8, 12


@dataclass(frozen=True, slots=True)
class Tranche:
    """Territories from ``debut`` (included) to ``fin`` (excluded, ``None``: and more); both 0 for true zeros."""

    debut: float
    fin: float | None
    codes: tuple[str, ...]

    def en_mots(self, m: Mots) -> str:
        """« de 10 % à 12 % », « 20 % et plus », « 0 »."""
        if self.fin is None:
            return f"{m.court(self.debut)} et plus"
        return m.court(0) if self.debut == self.fin else f"de {m.court(self.debut)} à {m.court(self.fin)}"


def largeur_lisible(etendue: float, pas: float, combien: int) -> float:
    """The smallest of 1, 2, 2.5, 5 × 10ⁿ, multiple of ``pas``, that cuts ``etendue`` in at most ``combien``."""
    vise = max(etendue / combien, pas)
    puissance = 10.0 ** math.floor(math.log10(vise))
    for facteur in (1, 2, 2.5, 5, 10):
        largeur = facteur * puissance
        if largeur >= vise * (1 - 1e-9) and math.isclose(largeur / pas, round(largeur / pas), rel_tol=1e-9):
            return round(largeur, 6)
    return round(10 * puissance, 6)


def tranches(lignes: Sequence[Ligne], pas: float) -> list[Tranche]:
    """Bins of the published values, in order; true zeros apart, and a last open bin for the rare high values."""
    zeros = tuple(li["code"] for li in lignes if li["statut"] == "valeur" and not li["valeur"])
    autres = [(li["valeur"], li["code"]) for li in lignes if li["statut"] == "valeur" and li["valeur"]]
    resultat = [Tranche(0.0, 0.0, zeros)] if zeros else []
    if not autres:
        return resultat
    valeurs = sorted(v for v, _ in autres)
    haut = _haut(valeurs)
    largeur = largeur_lisible(haut - valeurs[0], pas, TRANCHES if len(valeurs) > PEU else TRANCHES_PEU)
    premier = math.floor(valeurs[0] / largeur + 1e-9)
    dernier = max(premier + 1, math.ceil(haut / largeur - 1e-9))
    bords = [round(i * largeur, 6) for i in range(premier, dernier + 1)]
    groupes: list[list[str]] = [[] for _ in bords]
    for valeur, code in sorted(autres):
        groupes[max(0, bisect_right(bords, valeur) - 1)].append(code)
    fermees = [
        Tranche(bas, fin, tuple(codes)) for bas, fin, codes in zip(bords, bords[1:], groupes, strict=False)
    ]  # fmt: skip
    return resultat + fermees + ([Tranche(bords[-1], None, tuple(groupes[-1]))] if groupes[-1] else [])


def _haut(valeurs: Sequence[float]) -> float:
    """Where the last closed bin ends: a few very high values would crush all the others."""
    if len(valeurs) < 20:
        return valeurs[-1]
    seuil = quantiles(valeurs, n=20, method="inclusive")[-1]
    return seuil if valeurs[-1] > 1.6 * seuil else valeurs[-1]


def distinguees(c: Ici) -> frozenset[str]:
    """Territories told apart: the one followed, or the parts of the chosen one."""
    suivi = repere(c)
    if suivi:
        return frozenset({suivi})
    return (
        frozenset()
        if toute_la_region(c) or choisi(c).niveau == "region"
        else frozenset(li["code"] for li in c.vue.vues)
    )


def milieu(c: Ici) -> float | None:
    """Median of the published values of the level."""
    valeurs = publiees(c.vue.lignes)
    return median(valeurs) if valeurs else None


def distribution(c: Ici) -> Bloc:
    """Number of territories of the region by bin."""
    m, a_part = mots(c), distinguees(c)
    colonnes = [
        Colonne("tranche", m.libelle),
        Colonne("territoires", majuscule(PLURIELS[c.selection.niveau]), "entier"),
    ]
    if len(a_part) > 1:
        colonnes.append(Colonne("dont", f"dont {choisi(c).nom}", "entier"))
    t = tableau(
        colonnes,
        [
            [
                _ligne(c, tranche),
                float(len(tranche.codes)),
                *([float(_dont(tranche, a_part))] if len(a_part) > 1 else []),
            ]
            for tranche in tranches(c.vue.lignes, m.pas)
        ],
    )
    quoi = f"Répartition des {PLURIELS[c.selection.niveau]} : {m.minuscule}"
    b = c.bloc(
        "territoires-distribution", _titre(c), quoi, t, personnes=protegees(c), suivi=du_suivi(c),
        vide=pourquoi_vide(c, c.vue.lignes) or tout_masque(c, c.vue.lignes), definitions=definitions(c),
    )  # fmt: skip
    return replace(
        b, sous_titre=sous_titre_region(c, quoi), legende=f"{b.legende}{absents(c, c.vue.lignes, *SANS_NOMBRE)}"
    )


def _ligne(c: Ici, tranche: Tranche) -> str:
    suivi = repere(c)
    dedans = f" (dont {c.ref.territoires[suivi].nom})" if suivi and suivi in tranche.codes else ""
    return f"{tranche.en_mots(mots(c))}{dedans}"


def _dont(tranche: Tranche, codes: frozenset[str]) -> int:
    return sum(code in codes for code in tranche.codes)


def absents(c: Ici, lignes: Sequence[Ligne], *lesquels: str) -> str:
    """Masked and missing territories, which no bin and no rank holds, of the statuses wanted."""
    statuts = [li["statut"] for li in lignes]
    mots_absents = {"s": "sous secret statistique (s)", "nd": "sans valeur (nd)"}
    textes = [
        f"{fr.nombre(statuts.count(s))} {PLURIELS[c.selection.niveau]} {texte}"
        for s, texte in mots_absents.items()
        if s in statuts and s in lesquels
    ]
    return f" · {fr.liste(textes)}" if textes else ""


def _titre(c: Ici) -> str:
    m, centre, suivi = mots(c), milieu(c), repere(c)
    if pourquoi_vide(c, c.vue.lignes) or centre is None:
        return "La répartition des territoires"
    pluriels, publies = PLURIELS[c.selection.niveau], len(publiees(c.vue.lignes))
    valeur = next((li["valeur"] for li in c.vue.lignes if li["code"] == suivi), None) if suivi else None
    if valeur is not None and suivi:
        sens = "au‑dessus de" if valeur > centre else "au‑dessous de" if valeur < centre else "à"
        return f"{c.ref.territoires[suivi].nom} : {sens} la médiane"
    if publies < PUBLIES_MIN:
        return f"{fr.nombre(publies)} {pluriels} seulement ont une valeur publiée"
    if publies < len(c.vue.lignes):
        pluriels = (
            f"{fr.nombre(publies)} {pluriels} publiées"
            if c.selection.niveau == "commune"
            else f"{fr.nombre(publies)} {pluriels} publiés"
        )
    if not centre:
        return f"Plus de la moitié des {pluriels} n’en comptent pas"
    return f"La moitié des {pluriels} dépasse {m.ecrire(centre)}"
