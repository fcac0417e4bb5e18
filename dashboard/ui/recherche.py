"""Search of a territory, a buyer, a programme or an operation by any part of its name, without accents, or by its code.

The lists are long (1,337 territories, a thousand buyers) and the browser's dropdown indexes
all it is given, which takes seconds: it only ever receives what is chosen and a few answers.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.domain.selection import REGION, Referentiel
from dashboard.warehouse.connexion import Instantane

Option = dict[str, str]

RESULTATS_MAX = 12
PROPOSES = 20
_NIVEAUX = {"departement": "département", "epci": "intercommunalité", "commune": "commune"}


def normaliser(texte: str) -> str:
    """Lower case, no accent, hyphens and apostrophes as spaces: what people type."""
    plat = unicodedata.normalize("NFKD", texte.lower().replace("œ", "oe").replace("’", "'"))
    sans = "".join(c if c.isalnum() else " " for c in plat if not unicodedata.combining(c))
    return " ".join(sans.split())


@dataclass(frozen=True, slots=True)
class Entree:
    """One thing that can be found: its option, its name as typed, and all the text that finds it."""

    valeur: str
    libelle: str
    debut: str
    texte: str

    @property
    def option(self) -> Option:
        return {"label": self.libelle, "value": self.valeur}


@dataclass(frozen=True, slots=True)
class Index:
    """What can be found in a snapshot, most important first."""

    territoires: tuple[Entree, ...]
    acheteurs: tuple[Entree, ...]
    programmes: tuple[Entree, ...]
    operations: tuple[Entree, ...]


@lru_cache(maxsize=4)
def index(instantane: Instantane) -> Index:
    """The index of a snapshot, made once."""
    ref = instantane.referentiel
    return Index(tuple(_territoires(ref)), tuple(_acheteurs(ref)), tuple(_programmes(ref)), tuple(_operations(ref)))


def _entree(valeur: str, libelle: str, *textes: str) -> Entree:
    return Entree(valeur, libelle, normaliser(libelle), normaliser(" ".join((libelle, *textes))))


def _territoires(ref: Referentiel) -> Iterable[Entree]:
    ordre = {n: i for i, n in enumerate(CLES_TERRITOIRE)}
    choix = [t for t in ref.territoires.values() if t.code != REGION]
    choix.sort(key=lambda t: (ordre[t.niveau], not t.est_ept, len(t.code), t.code if t.niveau != "commune" else t.nom))
    for t in choix:
        sigle = t.code if t.niveau != "epci" else f"EPT {t.code}" if t.est_ept else "EPCI"
        yield _entree(f"{CLES_TERRITOIRE[t.niveau]}:{t.code}", f"{t.nom} ({sigle})", t.code, _NIVEAUX[t.niveau])


def _distincts(noms: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Codes and names; a name that several codes share is followed by its code."""
    vus = Counter(noms.values())
    return ((code, nom if vus[nom] == 1 else f"{nom} ({code})") for code, nom in noms.items())


def _acheteurs(ref: Referentiel) -> Iterable[Entree]:
    for siret, nom in _distincts(ref.listes["acheteur"]):
        yield _entree(siret, nom, siret)


def _programmes(ref: Referentiel) -> Iterable[Entree]:
    for code, libelle in ref.listes.get("programme", {}).items():
        yield _entree(code, libelle)


def _operations(ref: Referentiel) -> Iterable[Entree]:
    for code, nom in _distincts(ref.listes.get("operation", {})):
        yield _entree(f"/fiche/projet/{quote(code, safe='')}", nom, code)


def liste(ref: Referentiel, nomenclature: str) -> list[Option]:
    """Options of a nomenclature, in its order."""
    return [{"label": libelle, "value": code} for code, libelle in ref.listes.get(nomenclature, {}).items()]


def trouver(entrees: Iterable[Entree], saisie: str) -> list[Entree]:
    """Entries whose text holds every word typed; those that begin with it come first."""
    mots = normaliser(saisie).split()
    if not mots:
        return []
    trouves = [e for e in entrees if all(m in e.texte for m in mots)]
    return sorted(trouves, key=lambda e: not e.debut.startswith(" ".join(mots)))


def proposer(entrees: tuple[Entree, ...], saisie: str | None, choisis: Iterable[str]) -> list[Option]:
    """Options of a dropdown: what is chosen, then the answers to what is typed (or the first entries).

    The component filters once more on what is typed: the text typed is part of what it searches.
    """
    voulus = set(choisis)
    options = [e.option for e in entrees if e.valeur in voulus]
    reponses = trouver(entrees, saisie)[:RESULTATS_MAX] if saisie else entrees[:PROPOSES]
    return options + [{**e.option, "search": f"{saisie or ''} {e.libelle}"} for e in reponses if e.valeur not in voulus]


def _fiche(adresse: str, entree: Entree) -> Entree:
    """The sheet of what an entry names: found as it is, or by the word « fiche » beside its name."""
    return Entree(f"fiche:{adresse}", f"{entree.libelle} · fiche", entree.debut, f"{entree.texte} fiche")


def chercher(instantane: Instantane, saisie: str) -> list[Option]:
    """At most twelve answers of any kind, for the box at the top of the page."""
    ou = index(instantane)
    tout = [
        *ou.territoires,
        *(Entree(f"programme:{e.valeur}", e.libelle, e.debut, e.texte) for e in ou.programmes),
        *(Entree(f"acheteur:{e.valeur}", e.libelle, e.debut, e.texte) for e in ou.acheteurs),
        *(_fiche(f"/fiche/territoire/{e.valeur.partition(':')[2]}", e) for e in ou.territoires),
        *(_fiche(e.valeur, e) for e in ou.operations),
    ]
    return [{**e.option, "search": f"{saisie} {e.libelle}"} for e in trouver(tout, saisie)[:RESULTATS_MAX]]
