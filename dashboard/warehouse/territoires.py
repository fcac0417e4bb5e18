"""Everything the page of the territories shows for one selection, in one cached pass."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from dashboard.domain.selection import REGION
from dashboard.domain.territoire import Niveau, dedans
from dashboard.warehouse.chiffres import ChiffreCle, indisponible
from dashboard.warehouse.territoires_flux import Flux, LecteurFlux
from dashboard.warehouse.territoires_lecteur import (
    AVANT,
    ECHELLE_ICI,
    ECHELLE_REGION,
    PERIODE,
    LecteurTerritoires,
    Question,
)
from dashboard.warehouse.territoires_mesures import (
    FEMMES,
    REGLES,
    SECRET,
    Empechement,
    Faits,
    Regle,
    annuelle,
)

if TYPE_CHECKING:
    from dashboard.domain.selection import Selection
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.execution import Ligne
    from dashboard.warehouse.territoires_mesures import Valeur

#: Key figures of the territory: identifier of the indicator and its rule.
CHIFFRES = {
    "heures_realisees": REGLES["heures"],
    "taux_realisation": REGLES["taux"],
    "beneficiaires": REGLES["beneficiaires"],
    "heures_hab": REGLES["heures_hab"],
    "part_femmes": FEMMES,
    "couverture": REGLES["couverture"],
}
#: The same when no follow-up is loaded.
CHIFFRES_DECP = {"marches_notifies": REGLES["marches"], "part_clause": REGLES["part_clause"]}


@dataclass(frozen=True, slots=True)
class Echelle:
    """The chosen indicator on one territory: over the period, and year by year (volumes per inhabitant).

    ``serie`` maps a year to a value and its status.
    """

    code: str
    valeur: float | None
    statut: str
    serie: dict[int, Valeur]


@dataclass(frozen=True, slots=True)
class Territoires:
    """The data of the page.

    ``lignes``: code, valeur, statut, couverture of all the territories of the level shown; ``vues``: those in view
    (the parts of the chosen one, or all), by decreasing value; ``pairs``: all those of the level of the chosen one;
    ``echelles``: the chosen territory, its département, the region; ``empechement``: why there is no value at all.
    ``couverture`` is a fraction; ``sensible`` says that the lens is on sensitive data.
    """

    regle: Regle
    empechement: Empechement | None
    lignes: list[Ligne]
    vues: list[Ligne]
    pairs: list[Ligne]
    echelles: tuple[Echelle, ...]
    chiffres: dict[str, ChiffreCle]
    flux: Flux
    couverture: float | None
    sensible: bool


class _Calcul:
    """The questions of one selection, started together, then answered."""

    def __init__(self, instantane: Instantane, selection: Selection) -> None:
        self.lecteur = LecteurTerritoires(instantane, selection)
        self.ref, self.selection = instantane.referentiel, selection
        self.regle = REGLES[self.ref.indicateur(selection)]
        self.empechement = self.regle.empechement(selection, self.ref)
        self.choisi = self.lecteur.choisi
        self.flux = LecteurFlux(self.lecteur)
        self.niveaux: dict[str, list[Question]] = {}
        self.series, self.seules = self._series()
        if not self.empechement:
            for niveau in {selection.niveau, self.choisi.niveau} - {"region"}:
                montre = niveau == selection.niveau
                self.niveaux[niveau] = self.lecteur.niveau(niveau, self.regle, couverture=montre)
        if self.ref.a_suivi:
            self.flux.annoncer()
        self.lecteur.annoncer([q for qs in (self.series, self.seules, *self.niveaux.values()) for q in qs])

    def _series(self) -> tuple[list[Question], list[Question]]:
        """Series read at the three scales, and those the key figures need besides, on the chosen territory alone."""
        compares: set[str] = set()
        if not self.empechement:
            compares |= self.regle.lues(protege=self.lecteur.protege)
        seules = {s for regle in self._regles().values() for s in regle.lues(protege=self.lecteur.protege)} - compares
        return (
            self.lecteur.series(compares, self.regle.critere),
            self.lecteur.series_seules(seules),
        )

    def _regles(self) -> dict[str, Regle]:
        """Rules of the key figures that exist for the selection."""
        toutes = CHIFFRES if self.ref.a_suivi else CHIFFRES_DECP
        absents = ("residence", "residence_engagement", "regard", "meme_critere")
        return {i: r for i, r in toutes.items() if r.empechement(self.selection, self.ref) not in absents}

    # -- what is answered ----------------------------------------------------------

    def niveau(self, niveau: str) -> list[Ligne]:
        """Value and coverage of every territory of a level, in the order of the table."""
        territoires = [t for t in self.ref.territoires.values() if t.niveau == niveau]
        if niveau not in self.niveaux:
            return [{"code": t.code, "valeur": None, "statut": "nd", "couverture": None} for t in territoires]
        habitants = {t.code: t.population for t in territoires}  # a contract may be executed outside the region
        lus = self.lecteur.faits(self.niveaux[niveau], lambda code: habitants.get(code, 0))
        interdit = self.lecteur.sensible and niveau == "commune"
        protege = self.lecteur.protege
        return [
            self._ligne(t.code, lus.get(t.code) or Faits(t.population, protege), interdit=interdit) for t in territoires
        ]

    def _ligne(self, code: str, faits: Faits, *, interdit: bool) -> Ligne:
        valeur, statut = SECRET if interdit else self.regle.calculer(faits)
        couverture = faits.couverture if self.regle.collecte and statut == "valeur" else None
        return {"code": code, "valeur": valeur, "statut": statut, "couverture": couverture}

    def lire_series(self) -> tuple[tuple[Echelle, ...], dict[str, ChiffreCle]]:
        """The chosen indicator at its scales, and the key figures of the chosen territory."""
        echelles = self.lecteur.echelles()
        codes = {ECHELLE_REGION: REGION, **echelles}
        lus = self.lecteur.faits(self.series, lambda cle: self.ref.territoires[codes[cle[0]]].population)
        ici = ECHELLE_ICI if ECHELLE_ICI in echelles else ECHELLE_REGION
        siens = {moment: faits for (echelle, moment), faits in lus.items() if echelle == ici}
        seuls = self.lecteur.faits(self.seules, lambda _cle: self.choisi.population)
        chiffres = self._chiffres(siens, {moment: faits for (_, moment), faits in seuls.items()})
        if self.empechement:
            return (), chiffres
        return tuple(self._echelle(code, echelle, lus) for echelle, code in echelles.items()), chiffres

    def _total(self, moments: dict[int, Faits], vide: Faits) -> Faits:
        return moments.get(self.lecteur.periode[0] if self.lecteur.une_annee else PERIODE, vide)

    def _echelle(self, code: str, echelle: int, lus: dict[tuple[int, int], Faits]) -> Echelle:
        territoire = self.ref.territoires[code]
        if self.lecteur.sensible and territoire.niveau == "commune":
            return Echelle(code, *SECRET, dict.fromkeys(self.lecteur.annees, SECRET))
        vide = Faits(territoire.population, self.lecteur.protege)
        moments = {moment: faits for (e, moment), faits in lus.items() if e == echelle}
        serie = {a: annuelle(self.regle, moments.get(a, vide)) for a in self.lecteur.annees}
        return Echelle(code, *self.regle.calculer(self._total(moments, vide)), serie)

    def _chiffres(self, siens: dict[int, Faits], seuls: dict[int, Faits]) -> dict[str, ChiffreCle]:
        lues, regles = {q.source for q in self.series}, self._regles()
        toutes = CHIFFRES if self.ref.a_suivi else CHIFFRES_DECP
        muettes = {i for i, r in toutes.items() if r.empechement(self.selection, self.ref) == "meme_critere"}
        resultat = {i: indisponible(i) for i in toutes if i not in muettes}
        for ident, regle in regles.items():
            deja = regle.lues(protege=self.lecteur.protege) <= lues
            resultat[ident] = self._chiffre(ident, regle, siens if deja else seuls)
        return resultat

    def _chiffre(self, ident: str, regle: Regle, moments: dict[int, Faits]) -> ChiffreCle:
        lecteur = self.lecteur
        if (lecteur.interdit and ident != "couverture") or (lecteur.sensible and regle is FEMMES):
            return ChiffreCle(ident, *SECRET, None, {})
        vide = Faits(self.choisi.population, lecteur.protege)
        avant = moments.get(lecteur.periode[0] - 1 if lecteur.une_annee else AVANT, vide)
        serie = {a: regle.calculer(moments.get(a, vide))[0] for a in lecteur.annees}
        precedent = regle.calculer(avant)[0] if lecteur.precedente else None
        return ChiffreCle(ident, *regle.calculer(self._total(moments, vide)), precedent, serie)


@lru_cache(maxsize=512)
def lire(instantane: Instantane, selection: Selection) -> Territoires:
    """Compute the page. ``instantane`` is compared by identity: a new snapshot is a new key."""
    calcul = _Calcul(instantane, selection)
    lignes, niveau = calcul.niveau(selection.niveau), calcul.choisi.niveau
    echelles, chiffres = calcul.lire_series()
    return Territoires(
        regle=calcul.regle,
        empechement=calcul.empechement,
        lignes=lignes,
        vues=_vues(lignes, dedans(calcul.choisi, cast(Niveau, selection.niveau), instantane.referentiel.territoires)),
        pairs=lignes if niveau in (selection.niveau, "region") else calcul.niveau(niveau),
        echelles=echelles,
        chiffres=chiffres,
        flux=calcul.flux.lire() if instantane.referentiel.a_suivi else Flux((), None, None),
        couverture=chiffres["couverture"].valeur if "couverture" in chiffres else None,
        sensible=calcul.lecteur.sensible,
    )


def _vues(lignes: list[Ligne], codes: list[str]) -> list[Ligne]:
    """Rows of some territories, by decreasing value, those without a number last."""
    vus = set(codes)
    siennes = [li for li in lignes if li["code"] in vus]
    return sorted(siennes, key=lambda li: (li["valeur"] is None, -(li["valeur"] or 0), li["code"]))
