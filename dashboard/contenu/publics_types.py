"""The typical trajectories in words and tables: size, profile, and what is done in each of the eight quarters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.contenu.publics_rangees import MASQUE, Ici, bloc, part_publiee
from dashboard.contenu.tableau import Bloc, Cellule, Colonne, Etat, cellule, tableau
from dashboard.domain import francais as fr
from dashboard.warehouse.publics import PERSONNE
from dashboard.warehouse.secret import part

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne
    from dashboard.warehouse.publics import TypeParcours

TRIMESTRES = range(1, 9)
PROFILS = {"femmes": "Femmes", "moins_26": "Moins de 26 ans", "qpv": "Habitants de QPV"}
SANS_TYPES = "Les parcours types demandent assez de personnes suivies pendant 24 mois : cet instantané n’en a pas."
SANS_OBSERVES = (
    "Aucune personne de cette sélection n’est suivie depuis 24 mois : élargissez la période ou retirez un filtre."
)


@dataclass(frozen=True, slots=True)
class CarteType:
    """One typical trajectory: its words, persons and share of those who have one, profile (label, share, share of all),
    and for each quarter the shares of the states, largest first."""

    groupe: str
    nom: str
    description: str
    effectif: Cellule
    part: Cellule
    profil: tuple[tuple[str, Cellule, Cellule], ...]
    trimestres: tuple[tuple[tuple[str, float], ...], ...]


def profils(c: Ici) -> dict[str, str]:
    """What is said of the persons of a type; the attribute that the lens gives to everybody is left out."""
    return {code: nom for code, nom in PROFILS.items() if code != c.selection.regard}


def types_lus(c: Ici) -> list[CarteType]:
    """The typical trajectories in the order of their numbers."""
    tous = _type_ligne(c, c.vue.observes, "tous")
    cartes = []
    for t in c.vue.types:
        li = _type_ligne(c, t.personnes, "tous")
        profil = tuple(
            (nom, _part_type(c, t.personnes, code), _part_type(c, c.vue.observes, code))
            for code, nom in profils(c).items()
        )
        cartes.append(
            CarteType(t.groupe, t.nom, t.description, cellule(li["effectif"], li["statut"]),
                      part_publiee(li["effectif"], tous["effectif"], li["statut"]), profil, _trimestres(c, t))
        )  # fmt: skip
    return cartes


def _type_ligne(c: Ici, lues: dict[str, Ligne], code: str) -> Ligne:
    """A row of a type; nobody is masked like the rest when those who are there are too few to be counted."""
    ensemble = c.vue.observes.get("tous", PERSONNE)["effectif"]
    if code not in lues and (c.sensible or None in (ensemble, lues.get("tous", PERSONNE)["effectif"])):
        return MASQUE
    return lues.get(code, PERSONNE)


def _part_type(c: Ici, lues: dict[str, Ligne], code: str) -> Cellule:
    """Share of the persons of a type who have an attribute."""
    tous, li = _type_ligne(c, lues, "tous"), _type_ligne(c, lues, code)
    return part_publiee(li["effectif"], tous["effectif"], li["statut"])


def _trimestres(c: Ici, t: TypeParcours) -> tuple[tuple[tuple[str, float], ...], ...]:
    """Shares of the states of each quarter, in the order of the nomenclature; a masked state is left out."""
    resultat = []
    for trimestre in TRIMESTRES:
        effectifs = {
            e: t.etats[trimestre, e]["effectif"]
            for e in c.ref.listes.get("etat_parcours", {})
            if (trimestre, e) in t.etats
        }
        base = sum(n for n in effectifs.values() if n)
        resultat.append(tuple((e, p) for e, n in effectifs.items() if n and (p := part(n, base)) is not None))
    return tuple(resultat)


def _dominant(c: Ici, etats: tuple[tuple[str, float], ...]) -> Cellule:
    """« CDD 52 % »: the most frequent state of a quarter."""
    if not etats:
        return Etat.SECRET
    etat, partie = max(etats, key=lambda paire: paire[1])
    return f"{c.libelle('etat_parcours', etat)} {fr.pourcent(partie)}"


def types(c: Ici) -> Bloc:
    """Typical trajectories: size, profile, and what is done in each of the eight quarters."""
    cartes = types_lus(c)
    colonnes = (
        Colonne("parcours", "Parcours type"), Colonne("personnes", "Personnes", "entier"),
        Colonne("part", "Part des personnes observées", "part"),
        *(Colonne(code, nom, "part") for code, nom in profils(c).items()),
        *(Colonne(f"t{n}", f"Trimestre {n}") for n in TRIMESTRES),
    )  # fmt: skip
    lignes = [
        (t.nom, t.effectif, t.part, *(p for _, p, _ in t.profil), *(_dominant(c, e) for e in t.trimestres))
        for t in cartes
    ]
    premier = max((t for t in cartes if isinstance(t.part, float)), key=lambda t: (t.part, t.groupe), default=None)
    titre = (
        f"{premier.nom} : {fr.pourcent(float(str(premier.part)))} des parcours observés"
        if premier
        else "Les parcours types"
    )
    observes = _type_ligne(c, c.vue.observes, "tous")["effectif"]
    rien = SANS_TYPES if not cartes else SANS_OBSERVES if observes == 0 else None
    quoi = "Suites de contrats sur 24 mois"
    if observes:
        quoi += f", pour {fr.pluriel(observes, 'personne')} suivies assez longtemps"
    return bloc(c, "publics-types", titre, quoi, tableau(colonnes, lignes), "parcours_types", vide_propre=rien)
