"""The light figures of the page of the persons, from the rows of their blocs.

Persons on the left, hours on the right, each a share of its own total: two denominators, never mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dashboard.contenu import publics as mots
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.publics_contrats import Formation, annees_formation, perennes, rangees_contrats
from dashboard.contenu.publics_parcours import sorties_lues
from dashboard.contenu.publics_rangees import Base, Rangee, total
from dashboard.contenu.publics_types import CarteType, types_lus
from dashboard.contenu.tableau import Bloc, Cellule, Etat, ecrire
from dashboard.domain import francais as fr
from dashboard.ui import rendu
from dashboard.warehouse.publics import Publics

MODELE = "publics.html"
#: Rows of a list beyond which it scrolls inside its bloc.
LONGUE = 14
#: A segment under this share has no room for its text.
LARGEUR_TEXTE = 0.07

NOTE_TYPES = (
    "Chaque colonne est un trimestre depuis la première heure : ce que font alors toutes les personnes "
    "du parcours type, quels que soient les filtres. Les effectifs et les parts sont ceux de la sélection."
)

Ici = Contexte[Publics]


@dataclass(frozen=True, slots=True)
class Double:
    """One line with two measures: values drawn, their texts, and the texts beside them."""

    code: str
    libelle: str
    valeurs: tuple[Cellule, Cellule]
    textes: tuple[str, str]
    seconds: tuple[str, str]
    filtre: str | None = None
    choisie: bool = False
    classe: str = ""


def _double(r: Rangee, classe: str = "") -> Double:
    """Shares drawn, numbers beside them; a masked number is said once."""
    classes = " ".join(x for x in (classe, "on" if r.choisie else "") if x)
    return Double(
        r.code, r.libelle, (r.part, r.part_heures), (ecrire(r.part, "part"), ecrire(r.part_heures, "part")),
        (_nombre(r.effectif), _volume(r.heures)), r.filtre, r.choisie, classes,
    )  # fmt: skip


def _nombre(valeur: Cellule) -> str:
    return "" if isinstance(valeur, Etat) else ecrire(valeur, "entier")


def _volume(heures: Cellule) -> str:
    """Hours beside their share: abridged, the table has them in full."""
    if not isinstance(heures, float):
        return ""
    return fr.abrege_court(heures) if heures >= 10_000 else fr.nombre(heures)


def _maximum(valeurs: Iterable[Cellule]) -> float:
    return max((v for v in valeurs if isinstance(v, float)), default=0.0)


def entetes(c: Ici, base: Base | None = None) -> tuple[tuple[str, str], tuple[str, str]]:
    """Headings of both measures, with what 100 % is."""
    personnes, heures = base or (total(c), c.vue.heures)
    return (
        ("Personnes", f"100{fr.FINE}% = {fr.nombre(personnes)}" if personnes is not None else ""),
        ("Heures", f"100{fr.FINE}% = {fr.abrege_court(heures)}{fr.INSECABLE}h" if heures is not None else ""),
    )


def _avec_pourquoi(c: Ici, figure: Markup) -> Markup:
    """Why everything is masked, above what is masked."""
    return rendu.marque(MODELE, "pourquoi", c.sensible) + figure if c.sensible else figure


def _lignes(c: Ici, lignes: Sequence[Double], base: Base | None = None) -> Markup:
    """Lines whose shares are all drawn on one scale."""
    maximum = _maximum(v for li in lignes for v in li.valeurs)
    classe = " longue" if len(lignes) > LONGUE else ""
    return rendu.marque(MODELE, "double", lignes, (maximum, maximum), entetes(c, base), classe)


def doubles(rangees: Callable[[Any], list[Rangee]]) -> Callable[[Contexte[Any], Bloc], Markup]:
    """The figure of a bloc made of rows with both denominators."""

    def dessiner(c: Ici, _bloc: Bloc) -> Markup:
        return _avec_pourquoi(c, _lignes(c, [_double(r) for r in rangees(c)]))

    return dessiner


def residence(c: Ici, _bloc: Bloc) -> Markup:
    """Places of residence; the communes of Île-de-France where nobody lives are left to the table."""
    rangees = [r for r in mots.rangees_residence(c) if r.effectif != 0]
    return _lignes(c, [_double(r) for r in rangees], mots.base_residence(c))


NIVEAUX = {"departement": "Départements", "epci": "EPT et EPCI"}


def choix_niveau(c: Ici) -> Markup:
    """Level of the places of residence."""
    return rendu.segments("niveau", NIVEAUX, c.vue.niveau, "departement", "Niveau des lieux de résidence")


def contrats(c: Ici, _bloc: Bloc) -> Markup:
    """Kinds of contract, the lasting ones gathered first."""
    lignes = [_double(perennes(c), "ensemble"), *(_double(r) for r in rangees_contrats(c))]
    return _avec_pourquoi(c, _lignes(c, lignes))


def formation(c: Ici, _bloc: Bloc) -> Markup:
    """Persons trained and training hours by year, each on its own scale; a click filters the year."""
    lignes = [_annee(f, *c.periode) for f in annees_formation(c)]
    maximums = (_maximum(li.valeurs[0] for li in lignes), _maximum(li.valeurs[1] for li in lignes))
    titres = (("Personnes formées", "et part des personnes"), ("Heures de formation", "et heures par personne"))
    return _avec_pourquoi(c, rendu.marque(MODELE, "double", lignes, maximums, titres, " courte"))


def _annee(f: Formation, debut: int, fin: int) -> Double:
    dedans = debut <= f.annee <= fin
    par_personne = f"{_nombre(f.moyenne)}{fr.INSECABLE}h" if _nombre(f.moyenne) else ""
    return Double(
        str(f.annee), str(f.annee), (f.effectif, f.heures), (ecrire(f.effectif, "entier"), ecrire(f.heures, "entier")),
        ("" if isinstance(f.part, Etat) else ecrire(f.part, "part"), par_personne),
        f"annee={f.annee}", dedans, "on" if dedans else "",
    )  # fmt: skip


def ages(c: Ici, _bloc: Bloc) -> Markup:
    """Two pyramids, persons and hours, on one scale of shares; an unknown sex or age stays in the table."""
    rangees: dict[str, dict[str, Rangee]] = {}
    for age, sexe, r in mots.ages_et_sexes(c):
        rangees.setdefault(age, {})[sexe] = r
    completes = [(age, r["H"], r["F"]) for age, r in rangees.items() if {"H", "F"} <= r.keys()]
    personnes, heures = entetes(c)
    cotes = [
        (*personnes, [_cotes(age, h.part, f.part) for age, h, f in reversed(completes)]),
        (*heures, [_cotes(age, h.part_heures, f.part_heures) for age, h, f in reversed(completes)]),
    ]
    maximum = _maximum(v for _, h, f in completes for v in (h.part, f.part, h.part_heures, f.part_heures))
    femmes = None if c.selection.regard not in (None, "femmes") else c.selection.regard == "femmes"
    return _avec_pourquoi(c, rendu.marque(MODELE, "pyramides", cotes, maximum, femmes))


def _cotes(age: str, hommes: Cellule, femmes: Cellule) -> tuple[str, Cellule, str, Cellule, str]:
    return age, hommes, ecrire(hommes, "part"), femmes, ecrire(femmes, "part")


# --- exits and typical trajectories ------------------------------------------------------------


def sorties(c: Ici, _bloc: Bloc) -> Markup:
    """Known situations at each horizon, as a bar of 100 %, and how many they are."""
    horizons = []
    for s in sorties_lues(c):
        visibles = [(code, nom, p) for code, nom, _, p in s.situations if isinstance(p, float) and p]
        largeurs = [largeur for _, largeur in _pile([(code, p) for code, _, p in visibles])]
        segments = [
            (code, nom, largeur, fr.pourcent(p) if p >= LARGEUR_TEXTE else "")
            for (code, nom, p), largeur in zip(visibles, largeurs, strict=True)
        ]
        horizons.append(
            {
                "libelle": s.libelle,
                "segments": segments,
                "absence": _absence(s.connues),
                "base": _base(c, s.connues, s.part_connues),
            }
        )
    legende = [(code, nom) for code, nom, _, _ in sorties_lues(c)[0].situations]
    return _avec_pourquoi(c, rendu.marque(MODELE, "sorties", horizons, legende))


def _absence(connues: Cellule) -> str:
    """Why a horizon has no bar."""
    return "échéance pas encore atteinte, ou rien d’inscrit" if connues == 0 else "trop peu de situations connues (s)"


def _base(c: Ici, connues: Cellule, partie: Cellule) -> str:
    """« 1 285 connues, 11 % des personnes »."""
    if connues == 0:
        return ""
    if not isinstance(connues, float):
        return "nombre de situations connues masqué (s)"
    compte = fr.pluriel(connues, "connue")
    return f"{compte}, {fr.pourcent(partie)} des personnes" if isinstance(partie, float) else compte


def types(c: Ici, _bloc: Bloc) -> Markup:
    """One card a typical trajectory."""
    legende = list(c.ref.listes.get("etat_parcours", {}).items())
    figure = rendu.marque(MODELE, "types", [_carte(c, t) for t in types_lus(c)], legende, NOTE_TYPES)
    return _avec_pourquoi(c, figure)


def _carte(c: Ici, t: CarteType) -> dict[str, Any]:
    trimestres = [_pile(pile) for pile in t.trimestres]
    dominants = [max(pile, key=lambda e: e[1])[0] for pile in t.trimestres if pile]
    suite = ", ".join(c.libelle("etat_parcours", e).lower() for e in dominants)
    return {
        "nom": t.nom, "description": t.description, "trimestres": trimestres,
        "part": ecrire(t.part, "part"), "part_etat": t.part,
        "effectif": ecrire(t.effectif, "entier"), "effectif_etat": t.effectif,
        "unite": f"{fr.INSECABLE}{fr.accord(t.effectif, 'personne')}" if isinstance(t.effectif, float) else "",
        "en_mots": f"État le plus fréquent de chaque trimestre : {suite}.",
        "profil": [
            (nom, valeur, ecrire(valeur, "part"), f"ensemble {ecrire(tous, 'part')}" if isinstance(tous, float) else "")
            for nom, valeur, tous in t.profil
        ],
    }  # fmt: skip


def _pile(parts: Sequence[tuple[str, float]]) -> list[tuple[str, str]]:
    """Heights in percent: rounded shares brought to 100 %."""
    entier = sum(p for _, p in parts) or 1.0
    return [(etat, f"{100 * p / entier:.1f}") for etat, p in parts]
