"""The rows of numbers of a sheet: cards, comparison, ranking, bars, projects, buyers. Ready to be set in the page.

Every text is the one the site writes for the same number. Boundary: no layout; sentences belong to ``prose``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.contenu.personnes import publics, total_publie
from dashboard.contenu.projets_lignes import rangees
from dashboard.contenu.projets_mots import court, etat
from dashboard.contenu.resume import indicateur, valeur_ecrite, variation
from dashboard.contenu.tableau import Etat, ecrire
from dashboard.domain import francais as fr
from dashboard.rapport.prose import classees
from dashboard.warehouse.projets_lecteur import TERMINES

if TYPE_CHECKING:
    from dashboard.rapport.lecture import Lu
    from dashboard.warehouse.chiffres import ChiffreCle
    from dashboard.warehouse.territoires_mesures import Valeur

RANGS_MAX, SECTEURS_MAX, CRITERES_MAX, LOTS_MAX, ACHETEURS_MAX = 8, 6, 6, 5, 5
#: Characters of the object of a lot, of a name; the whole text is on the site.
OBJET_MAX, NOM_MAX = 90, 48


@dataclass(frozen=True, slots=True)
class Carte:
    """A key figure: its name, its text, what changed or what it means."""

    libelle: str
    texte: str
    note: str
    sens: str = ""


@dataclass(frozen=True, slots=True)
class Barre:
    """One bar: its name, its text, its width in percents, and whether it is the one followed."""

    nom: str
    texte: str
    largeur: float
    ici: bool = False
    rang: str = ""


@dataclass(frozen=True, slots=True)
class Comparaison:
    """The table beside the wider and the similar territories: headings (name, what it is), then rows of texts."""

    entetes: tuple[tuple[str, str], ...]
    lignes: tuple[tuple[str, tuple[str, ...]], ...]


# --- key figures ------------------------------------------------------------------------------------------


def cartes(lu: Lu) -> list[Carte]:
    """The six key figures of the sheet, those of the first page and of the page of the buyers."""
    chiffres, achats = lu.vue.vue.chiffres, lu.achats.vue
    taux = lu.vue.vue.taux
    engagees = f"réalisées à {fr.pourcent(taux)}" if taux is not None else ""
    part = achats.total.part_sociale()
    sociale = f"{fr.pourcent(part)} avec considération sociale" if part is not None else ""
    return [
        _carte(lu, chiffres["heures_realisees"]),
        _carte(lu, chiffres["heures_engagees"], engagees),
        _carte(lu, chiffres["beneficiaires"]),
        _carte(lu, _femmes(lu)),
        _carte(lu, chiffres["etp"]),
        _carte(lu, achats.chiffres["achats_marches"], sociale),
    ]


def _femmes(lu: Lu) -> ChiffreCle:
    """The share of women; of nobody, it is not available rather than masked."""
    chiffre: ChiffreCle = lu.vue.vue.chiffres["part_femmes"]
    return replace(chiffre, statut="nd") if total_publie(lu.vue) == 0 and chiffre.valeur is None else chiffre


def _carte(lu: Lu, chiffre: ChiffreCle, note: str = "") -> Carte:
    fiche = indicateur(chiffre.ident)
    texte = valeur_ecrite(chiffre, fiche.genre)
    if chiffre.valeur is None:
        return Carte(fiche.libelle, texte, Etat(chiffre.statut).en_mots)
    dite = variation(chiffre, fiche.genre, lu.vue.vue.precedente or lu.achats.vue.precedente)
    if note or dite is None:
        return Carte(fiche.libelle, texte, note)
    sens, montant, suite = dite
    return Carte(fiche.libelle, texte, f"{montant} {suite}" if sens != "stable" else f"stable {suite}", sens)


# --- comparison -------------------------------------------------------------------------------------------

_ENTIER: Callable[[float], str] = fr.nombre


def _une_decimale(valeur: float) -> str:
    return fr.nombre(valeur, 1 if valeur else 0)


#: Rows of the comparison: heading, code of the value, how it is written.
LIGNES: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    ("Heures réalisées", "heures", _ENTIER),
    (f"Heures pour 1{fr.FINE}000 habitants", "heures_hab", _ENTIER),
    ("Taux de réalisation", "taux", fr.pourcent),
    ("Part des heures hors BTP", "part_hors_btp", fr.pourcent),
    ("Bénéficiaires", "beneficiaires", _ENTIER),
    (f"Bénéficiaires pour 10{fr.FINE}000 habitants", "beneficiaires_hab", _une_decimale),
    ("Part des femmes", "part_femmes", fr.pourcent),
    ("Part des moins de 26 ans", "part_moins_26", fr.pourcent),
    ("Part des habitants de QPV", "part_qpv", fr.pourcent),
    ("Marchés publiés", "achats", _ENTIER),
    ("… avec considération sociale", "part_sociale", fr.pourcent),
    ("Couverture de la collecte", "couverture", fr.pourcent),
)


def ecrite(valeur: Valeur, ecrire_nombre: Callable[[float], str]) -> str:
    """A value as the site writes it, or its status."""
    nombre, statut = valeur
    return statut if nombre is None else ecrire_nombre(nombre)


def comparaison(lu: Lu) -> Comparaison:
    """The territory beside those above it and its most similar ones; the region beside its départements."""
    ref, t = lu.vue.ref, lu.territoire
    autres = [(p, "niveau au-dessus" if i == 0 and len(lu.parents) > 1 else "région") for i, p in enumerate(lu.parents)]
    autres += [(v, "territoire proche") for v in lu.voisins]
    if t.niveau == "region":
        autres = [(code, "") for code in lu.parties]
    codes = [t.code, *(code for code, _ in autres)]
    entetes = [(t.nom, "ce territoire"), *((ref.territoires[code].nom, quoi) for code, quoi in autres)]
    population = ("Population", tuple(fr.nombre(ref.territoires[c].population) for c in codes))
    lignes = [
        (libelle, tuple(ecrite(lu.valeurs(c)[code], ecrire_nombre) for c in codes))
        for libelle, code, ecrire_nombre in LIGNES
        if lu.vue.ref.a_suivi or code in ("achats", "part_sociale")
    ]
    return Comparaison(tuple(entetes), (population, *lignes))


# --- bars -------------------------------------------------------------------------------------------------


def classement(lu: Lu) -> list[Barre]:
    """The first territories drawn by hours; the one of the sheet is always among them."""
    tetes, ici = classees(lu), lu.territoire.code
    maximum = tetes[0][1] if tetes else 1.0
    barres = [
        Barre(
            lu.vue.ref.territoires[code].nom, fr.nombre(valeur), 100 * valeur / maximum, code == ici, f"{place}."
        )
        for place, (code, valeur) in enumerate(tetes, 1)
    ]  # fmt: skip
    gardees = barres[:RANGS_MAX]
    return gardees if any(b.ici for b in gardees) else gardees[:-1] + ([b for b in barres if b.ici] or gardees[-1:])


def secteurs(lu: Lu) -> list[Barre]:
    """Hours by sector, the largest first, with their share."""
    lignes = sorted((li for li in lu.vue.vue.secteurs if li["valeur"]), key=lambda li: (-li["valeur"], li["code"]))
    if not lignes or not lu.vue.ref.a_suivi:
        return []
    total, maximum = sum(li["valeur"] for li in lignes), lignes[0]["valeur"]
    return [
        Barre(lu.vue.libelle("secteur", li["code"]), fr.pourcent(li["valeur"] / total), 100 * li["valeur"] / maximum)
        for li in lignes[:SECTEURS_MAX]
    ]


def criteres(lu: Lu) -> list[tuple[str, str, str]]:
    """The first eligibility criteria that are published: label, persons, share, as the first page writes them.

    A masked criterion is not named: in a small place, its name alone would tell that somebody has it.
    """
    publies = [li for li in publics(lu.vue).tableau.lignes if not isinstance(li[1], Etat) and li[1]]
    return [(str(nom), ecrire(n, "entier"), ecrire(part, "part")) for nom, n, part in publies[:CRITERES_MAX]]


# --- projects and buyers ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rangs:
    """A short table: headings, rows, and what it leaves out."""

    titre: str
    entetes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    reste: str = ""


def couper(texte: str, longueur: int) -> str:
    """A text cut at a word, with an ellipsis."""
    if len(texte) <= longueur:
        return texte
    debut = texte[:longueur].rsplit(" ", 1)[0].rstrip(" ,;:-–")
    return f"{debut}…"


def projets(lu: Lu) -> Rangs:
    """The programmes for the wide territories, the largest lots for the others."""
    return _programmes(lu) if lu.territoire.niveau in ("region", "departement") else _lots(lu)


def _programmes(lu: Lu) -> Rangs:
    lignes = [r for r in rangees(lu.projets) if r.niveau == 0]
    lignes.sort(key=lambda r: -r.bilan["dues"])
    rangs = tuple(
        (couper(r.nom, OBJET_MAX), fr.nombre(r.bilan.lots), _heures(r.bilan["dues"]), _heures(r.bilan["realisees"]),
         _part(r.bilan.part), _part(r.bilan.parts_finales[1] if r.bilan.parts_finales else None),
         fr.nombre(r.bilan.inquietants))
        for r in lignes[:LOTS_MAX]
    )  # fmt: skip
    entetes = ("Programme", "Lots", "Heures dues", "Réalisées", "Réalisé / dû", "Projeté / dû", "Retard, à surveiller")
    reste = _reste(len(lignes) - len(rangs), "autre programme", "autres programmes")
    return Rangs("Grands programmes", entetes, rangs, reste)


def _heures(valeur: float) -> str:
    """« 3,9 M », « 704 k »."""
    return fr.abrege_court(round(valeur))


def _lots(lu: Lu) -> Rangs:
    """The largest lots, those not finished first."""
    c = lu.projets
    lots = sorted(
        c.vue.mesures.lots, key=lambda li: (li["etat"] in TERMINES, -(li["heures_dues"] or 0), li["marche_id"])
    )
    rangs = tuple(
        (couper(str(li["objet"] or li["operation"] or li["marche_id"]), OBJET_MAX),
         couper(c.libelle("acheteur", li["acheteur"]), NOM_MAX),
         court(li["heures_dues"]) if li["heures_dues"] else "nd", court(li["realisees"]), etat(c, li["etat"]))
        for li in lots[:LOTS_MAX]
    )  # fmt: skip
    entetes = ("Lot", "Maître d’ouvrage", "Heures dues", "Réalisées", "État")
    reste = int(c.vue.mesures.bilan.lots) - len(rangs)
    return Rangs("Lots des grands programmes", entetes, rangs, _reste(reste, "autre lot", "autres lots"))


def _part(valeur: float | None) -> str:
    return "nd" if valeur is None else fr.pourcent(valeur)


def _reste(nombre: int, singulier: str, pluriel: str) -> str:
    return f"et {fr.pluriel(nombre, singulier, pluriel)} sur le site" if nombre > 0 else ""


def acheteurs(lu: Lu) -> Rangs:
    """The buyers with most published contracts carried out there."""
    c = lu.achats
    rangs = tuple(
        (couper(a.nom, OBJET_MAX), c.libelle("categorie_acheteur", a.categorie), fr.nombre(m.marches),
         _part(m.part_sociale()), fr.euros(round(m.depense)))
        for a, m in c.vue.liste[:ACHETEURS_MAX]
    )  # fmt: skip
    entetes = ("Acheteur", "Catégorie", "Marchés publiés", "Considération sociale", "Montant (€ HT)")
    reste = _reste(len(c.vue.liste) - len(rangs), "autre acheteur", "autres acheteurs")
    return Rangs("Acheteurs", entetes, rangs, reste)
