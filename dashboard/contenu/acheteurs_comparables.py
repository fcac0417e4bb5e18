"""Comparable buyers: the words of who is compared with whom, and the table of the distribution.

Boundary: the groups and the ranks are computed in the warehouse; here they are only said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.contenu.acheteurs_parts import PEU, SANS_SOCIAL, Ici, definitions, des, en_quoi, sans_filtre, vide
from dashboard.contenu.tableau import Bloc, Colonne, Etat, tableau
from dashboard.domain import francais as fr
from dashboard.warehouse.acheteurs_comparables import CERCLES, PAIRS_MIN, RAPPORT
from dashboard.warehouse.acheteurs_mesures import PLANCHER

if TYPE_CHECKING:
    from dashboard.warehouse.acheteurs_comparables import Comparables
    from dashboard.warehouse.acheteurs_lecteur import Acheteur

#: What each group is called, by its criteria.
CERCLES_EN_MOTS = {
    ("categorie", "montant", "departement"): "même catégorie, montant annuel proche, siège dans le même département",
    ("categorie", "montant"): "même catégorie, montant annuel proche, toute la région",
    ("categorie",): "même catégorie, quel que soit le montant, toute la région",
    (): "tous les acheteurs de la sélection",
}


def comparables(c: Ici, ident: str = "acheteurs-comparables", nom: str | None = None) -> Bloc:
    """The distribution of the buyers; ``nom`` is that of the one compared when it is not a filter (a sheet)."""
    k = c.vue.comparables
    colonnes = [
        Colonne("acheteur", "Acheteur"), Colonne("part", f"Part avec considération sociale, {en_quoi(c)}", "part"),
        Colonne("marches", "Marchés publiés", "entier"),
        Colonne("montant", "Montant annuel, hors accords-cadres (€ HT)", "entier"), Colonne("place", "Place"),
    ]  # fmt: skip
    lignes = [
        [p.nom, p.part, float(p.marches), round(p.montant), "acheteur comparé" if p.siret == k.choisi else "comparable"]
        for p in reversed(k.points)
    ]
    ici = sans_filtre(c, "acheteur") if k.choisi else c
    qui = "comparables" if k.choisi else "de la sélection"
    quoi = f"Part avec considération sociale des acheteurs {qui}, {en_quoi(c)}"
    b = ici.bloc(ident, titre(c, k, nom), f"{quoi} ({cercle(k)})", tableau(colonnes, lignes), suivi=False,
                 vide=_vide(c, k), definitions=definitions(c))  # fmt: skip
    return b if b.vide else replace(b, legende=f"{b.legende}{_ecartes(k)}")


def cercle(k: Comparables) -> str:
    """Who is compared, and what had to be given up for want of buyers."""
    texte = CERCLES_EN_MOTS[k.cercle]
    if k.choisi and k.cercle != CERCLES[0]:
        return f"{texte}, faute de {PAIRS_MIN} acheteurs plus proches"
    return texte


def _ecartes(k: Comparables) -> str:
    if not k.ecartes:
        return ""
    suite = "n’est pas montré" if k.ecartes == 1 else "ne sont pas montrés"
    qui = fr.pluriel(k.ecartes, "acheteur", "acheteurs")
    return f" · {qui} à moins de {PLANCHER} marchés renseignés {suite}"


def _vide(c: Ici, k: Comparables) -> str | None:
    if (absent := vide(c)) or k.points:
        return absent
    return PEU if c.vue.total.connus else SANS_SOCIAL


def titre(c: Ici, k: Comparables, nom: str | None = None) -> str:
    """« Ville de Paris : 21 %, 12e sur 40 ; la moitié des comparables dépassent 25 % »."""
    if k.choisi and k.propre is None:
        return f"{nom or c.libelle('acheteur', k.choisi)} : moins de {PLANCHER} marchés renseignés, pas de position"
    if k.propre and k.quartiles:
        place = k.devant + 1
        rang = "1er" if place == 1 else f"{place}e"
        suite = f"la moitié des comparables dépassent {fr.pourcent(k.quartiles[1])}"
        return f"{k.propre.nom} : {fr.pourcent(k.propre.part)} {des(c)}, {rang} sur {len(k.points)} ; {suite}"
    if k.quartiles:
        bas, _, haut = (fr.pourcent(q) for q in k.quartiles)
        return f"La moitié des acheteurs : entre {bas} et {haut} {des(c)} avec considération sociale"
    return "Les acheteurs entre eux"


def rayon() -> str:
    """What « about the same amount » means."""
    return f"Montant annuel proche : au plus {fr.nombre(RAPPORT, 1)} fois plus ou moins."


def liste(c: Ici) -> Bloc:
    """Every buyer of the selection, with its shares."""
    colonnes = [
        Colonne("acheteur", "Acheteur"), Colonne("siret", "SIRET", "siret"), Colonne("categorie", "Catégorie"),
        Colonne("marches", "Marchés", "entier"), Colonne("renseignes", "dont renseignés", "entier"),
        Colonne("part_nombre", "Part sociale en nombre", "part"),
        Colonne("part_montant", "Part sociale en montant, hors accords-cadres", "part"),
        Colonne("part_env", "Part environnementale", "part"),
        Colonne("montant", "Montant notifié, hors accords-cadres (€ HT)", "entier"),
    ]  # fmt: skip
    lignes = [
        [a.nom, siret(a), c.libelle("categorie_acheteur", a.categorie), float(m.marches), float(m.connus),
         _part(m.part_sociale()), _part(m.part_sociale("montant")), _part(m.part_env()), round(m.depense)]
        for a, m in c.vue.liste
    ]  # fmt: skip
    titre = "Les acheteurs de la sélection"
    if c.vue.liste and len(c.vue.liste) > 1:
        part = sum(m.marches for _, m in c.vue.liste[:10]) / max(1, c.vue.total.marches)
        nombre = min(10, len(c.vue.liste))
        titre = (
            f"{fr.nombre(len(c.vue.liste))} acheteurs ; les {nombre} premiers publient {fr.pourcent(part)} des marchés"
        )
    quoi = "Acheteurs, du plus grand nombre de marchés au plus petit"
    return c.bloc("acheteurs-liste", titre, quoi, tableau(colonnes, lignes), suivi=False, vide=vide(c),
                  definitions=("achats_marches", *definitions(c)))  # fmt: skip


def siret(a: Acheteur) -> str:
    """The identifier shown: a SIRET in groups, nothing for the owners published together."""
    s = a.siret
    return f"{s[:3]} {s[3:6]} {s[6:9]} {s[9:]}" if len(s) == 14 and s.isdigit() else "—"


def _part(valeur: float | None) -> float | Etat:
    return Etat.NON_DISPONIBLE if valeur is None else valeur
