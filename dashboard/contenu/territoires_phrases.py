"""The chosen territory in one sentence: its value, its rank among its peers, its département and the region."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from dashboard.contenu.contexte import Contexte
from dashboard.contenu.territoires_mots import EMPECHEMENTS, MOTS, SENSIBLE_COMMUNE, Mots, valeur_seule
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.phrases import Morceau
from dashboard.domain.selection import REGION
from dashboard.warehouse.territoires import Territoires

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.domain.territoire import Territoire
    from dashboard.warehouse.execution import Ligne
    from dashboard.warehouse.territoires import Echelle

Ici = Contexte[Territoires]

_TOTAUX = {True: "régional", False: "départemental"}
EX_AEQUO = " ex æquo"
#: Plural of each level.
PLURIELS = {"departement": "départements", "epci": "EPT et EPCI", "commune": "communes"}


def mots(c: Ici) -> Mots:
    """Words of the chosen indicator."""
    return MOTS[c.vue.regle.code]


def choisi(c: Ici) -> Territoire:
    """The chosen territory, the region when there is none."""
    return c.ref.territoires[c.selection.territoire]


def publiees(lignes: Iterable[Ligne]) -> list[float]:
    """Values that are numbers, true zeros included."""
    return [li["valeur"] for li in lignes if li["statut"] == "valeur"]


@dataclass(frozen=True, slots=True)
class Rang:
    """Place of a territory among those whose value is published, the highest first."""

    rang: int
    sur: int
    ex_aequo: bool

    @property
    def numero(self) -> str:
        """« 1er », « 3e »."""
        return f"{fr.nombre(self.rang)}{'er' if self.rang == 1 else 'e'}"

    @property
    def ordinal(self) -> str:
        """« 1er », « 3e ex æquo »."""
        return f"{self.numero}{EX_AEQUO if self.ex_aequo else ''}"


def rang(lignes: Sequence[Ligne], code: str) -> Rang | None:
    """Rank of a territory; ``None`` when its value is not published."""
    valeur = next((li["valeur"] for li in lignes if li["code"] == code), None)
    if valeur is None:
        return None
    toutes = publiees(lignes)
    return Rang(1 + sum(v > valeur for v in toutes), len(toutes), toutes.count(valeur) > 1)


def rang_en_mots(r: Rang, niveau: str, total: int) -> str:
    """« 3e rang des 8 départements », « 12e rang des 212 communes dont la valeur est publiée »."""
    suite = "" if r.sur == total else f" dont la valeur est publiée ({fr.nombre(r.sur)} sur {fr.nombre(total)})"
    compte = fr.nombre(total) + fr.INSECABLE if r.sur == total else ""
    place = f"{r.numero} rang{EX_AEQUO if r.ex_aequo else ''}"
    return f"{place} des {compte}{PLURIELS[niveau]}{suite}"


def phrase(c: Ici) -> list[Morceau]:
    """The sentence at the head of the page."""
    debut = phrases.debut(c.selection, c.ref, c.periode)
    if c.vue.empechement:
        return [*debut, Morceau(f", {mots(c).minuscule} : indisponible. "),
                Morceau(EMPECHEMENTS[c.vue.empechement])]  # fmt: skip
    ici = c.vue.echelles[0]
    if ici.valeur is None:
        return [*debut, Morceau(f", {_absente(c, ici)}.")]
    if not ici.valeur and mots(c).amorce == "on compte":
        return [*debut, Morceau(", "), Morceau(mots(c).rien, True), Morceau(".")]
    debut += [Morceau(f", {mots(c).amorce} "), Morceau(valeur_seule(mots(c), ici.valeur), True)]
    return debut + (_region(c) if c.selection.territoire == REGION else _territoire(c, ici.valeur))


def _absente(c: Ici, ici: Echelle) -> str:
    libelle = f"l’indicateur « {mots(c).libelle} »"
    if c.vue.sensible and choisi(c).niveau == "commune":
        return f"{libelle} est masqué. {SENSIBLE_COMMUNE}"
    fin = "relève du secret statistique (s)" if ici.statut == "s" else "n’est pas disponible (nd)"
    return f"{libelle} {fin}"


def _territoire(c: Ici, valeur: float) -> list[Morceau]:
    """Rank among the peers, then the département and the region."""
    t = choisi(c)
    place = rang(c.vue.pairs, t.code)
    morceaux = []
    if place:
        texte = rang_en_mots(place, t.niveau, len(c.vue.pairs))
        morceaux = [
            Morceau(" : "),
            Morceau(texte.split(" des ")[0], True),
            Morceau(f" des {texte.split(' des ', 1)[1]}"),
        ]
    autres = [e for e in c.vue.echelles[1:] if e.valeur]
    if c.vue.regle.additif:
        parts = [f"{_pourcent(valeur / e.valeur)} du total {_TOTAUX[e.code == REGION]}" for e in autres if e.valeur]
        suite = f", soit {fr.liste(parts)}" if parts else ""
    else:
        valeurs = [f"{valeur_seule(mots(c), e.valeur)} {fr.en(c.ref.territoires[e.code])}" for e in autres if e.valeur]
        suite = f", contre {fr.liste(valeurs)}" if valeurs else ""
    return [*morceaux, Morceau(f"{suite}.")]


def _pourcent(part: float) -> str:
    """A share of the whole: small ones keep a decimal, the smallest are said « moins de »."""
    if part < 0.001:
        return f"moins de {fr.pourcent(0.001, 1)}"
    return fr.pourcent(part, 1 if part < 0.1 else 0)


def _region(c: Ici) -> list[Morceau]:
    """The first territory of the level shown, and the median."""
    toutes = publiees(c.vue.lignes)
    tete = max((li for li in c.vue.lignes if li["valeur"]), key=lambda li: li["valeur"], default=None)
    if tete is None:
        return [Morceau(".")]
    niveau, autres = c.selection.niveau, toutes.count(tete["valeur"]) - 1
    nom = majuscule(fr.nom_avec_article(c.ref.territoires[tete["code"]]))
    verbe = f" et {fr.pluriel(autres, 'autre')} viennent" if autres else " vient"
    publies = f" dont la valeur est publiée ({fr.nombre(len(toutes))})" if len(toutes) < len(c.vue.lignes) else ""
    milieu = median(toutes)
    return [
        Morceau(". "),
        Morceau(nom, True),
        Morceau(f"{verbe} en tête des {PLURIELS[niveau]}{publies}, avec {valeur_seule(mots(c), tete['valeur'])}"),
        Morceau(f" ; la médiane est de {valeur_seule(mots(c), milieu)}." if milieu else
                f" ; plus de la moitié des {PLURIELS[niveau]} n’en comptent pas."),
    ]  # fmt: skip


def majuscule(texte: str) -> str:
    """The same text with a capital."""
    return texte[:1].upper() + texte[1:]
