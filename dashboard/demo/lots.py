"""Operations and lots of each producer: who buys what, where and when.

Decides everything of a lot except what depends on its execution (hours engaged,
amount, state), which ``engagements`` derives once the work contracts are known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.demo.calendrier import MOIS, N_MOIS, Dates, Entiers, Reels, rang
from dashboard.demo.identifiants import siret_siege
from dashboard.demo.objets import BTP, METIERS, RANG_SECTEUR, a_la_commune, nom_operation, objet_service
from dashboard.demo.parametres import AMORCE, Producteur
from dashboard.demo.projets import PROJETS, Projet
from dashboard.demo.referentiel import Objets, Referentiel, rapprocher_du_siege, tirer

POIDS_BTP = {False: (0.32, 0.41, 0.27), True: (0.35, 0.11, 0.54)}
POIDS_SERVICES = {
    False: (0.33, 0.17, 0.13, 0.07, 0.08, 0.03, 0.07, 0.12),
    True: (0.26, 0.04, 0.05, 0.05, 0.32, 0.03, 0.15, 0.10),
}
LOTS_PAR_ANNEE = (0.06, 0.068, 0.083, 0.09, 0.122, 0.145, 0.155, 0.14, 0.125, 0.012)
"""Share of the lots notified before 2018, then in each year from 2018 to 2025, then planned in 2026."""
PART_NPNRU = 0.13
LOTS_PAR_OPERATION = 2.6
MOTS_VOIRIE = ("voirie", "espaces publics", "assainissement", "route", "ZAC", "zone d’activités", "NPNRU")

Booleens = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(slots=True)
class Lots:
    """The lots of one producer, parallel arrays; ``operation`` is a number in its operations."""

    producteur: Producteur
    operation: Entiers
    secteur: Entiers
    mois: Entiers
    """Month of notification (0 is January 2018)."""
    jour: Entiers
    duree: Entiers
    """Duration in months."""
    commune: Entiers
    acheteur_siret: Objets
    acheteur_nom: Objets
    acheteur_commune: Entiers
    objet: Objets
    numero_lot: Entiers
    poids: Reels
    operations: dict[str, Objets]

    @property
    def btp(self) -> Booleens:
        """True for the lots of building and public works."""
        return np.asarray(self.secteur < BTP)

    @property
    def notification(self) -> Dates:
        """Day of notification."""
        jours: Dates = (MOIS[0] + self.mois).astype("datetime64[D]") + self.jour
        return jours


@dataclass(slots=True)
class _Operations:
    """Working arrays of the operations of one producer, before they are cut into lots."""

    btp: Booleens
    mois: Entiers
    commune: Entiers
    acheteur: Entiers
    nom: Objets
    programme: Objets
    ligne: Objets
    n_lots: Entiers


def _decouper(rng: np.random.Generator, total: int, moyenne: float) -> Entiers:
    """Numbers of lots of operations, drawn until their sum is ``total``."""
    tailles = 1 + rng.geometric(1 / moyenne, size=total).astype(np.int64) - 1
    tailles = np.maximum(tailles, 1)[: max(int(np.searchsorted(np.cumsum(tailles), total)) + 1, 1)]
    tailles[-1] -= tailles.sum() - total
    return tailles


def _mois_notification(rng: np.random.Generator, n: int) -> Entiers:
    """Months of notification, 2016 to mid-2026; the whole history is covered even by a few draws."""
    annee = np.sort(tirer(rng, LOTS_PAR_ANNEE, n))
    mois = (annee - 1) * 12 + rng.integers(0, 12, n)
    mois = np.where(annee == 0, -rng.integers(1, 19, n), mois)
    resultat: Entiers = np.where(annee == 9, N_MOIS + rng.integers(1, 6, n), mois)
    return resultat


def _operations_coordination(
    rng: np.random.Generator, producteur: Producteur, ref: Referentiel, tailles: Entiers
) -> _Operations:
    n, acheteurs, communes = len(tailles), ref.acheteurs, ref.communes
    acheteur = tirer(rng, acheteurs.poids_departement(producteur.departement), n)
    locales = communes.du_departement(producteur.departement)
    commune = locales[tirer(rng, communes.population[locales], n)]
    proche = rapprocher_du_siege(rng, ref, acheteur, commune)
    commune = np.where(communes.departement[proche] == producteur.departement, proche, commune)
    btp = rng.random(n) < producteur.part_btp - 0.02
    batisseur = np.isin(acheteurs.categorie[acheteur].astype(str), ["commune", "epci", "bailleur_social"])
    npnru = btp & batisseur & (rng.random(n) < PART_NPNRU)
    tirages = rng.random(n).tolist()
    noms = [
        nom_operation(str(acheteurs.categorie[a]), t, str(communes.nom[c]), npnru=bool(p))
        if b
        else f"Marchés de services {a_la_commune(str(communes.nom[c]))}"
        for a, c, b, p, t in zip(acheteur, commune, btp, npnru, tirages, strict=True)
    ]
    return _Operations(
        btp=btp,
        mois=_mois_notification(rng, n),
        commune=commune,
        acheteur=acheteur,
        nom=np.asarray(noms, dtype=object),
        programme=np.where(npnru, "npnru", "").astype(object),
        ligne=np.full(n, "", dtype=object),
        n_lots=tailles,
    )


def _operations_projet(
    rng: np.random.Generator, producteur: Producteur, ref: Referentiel, tailles: Entiers
) -> _Operations:
    projets = PROJETS[producteur.code]
    n = len(tailles)
    choix = tirer(rng, [p.poids for p in projets], n)
    choix[: len(projets)] = np.arange(len(projets))[:n]
    lignes: list[Projet] = [projets[i] for i in choix]
    commune = np.asarray([rng.choice(ref.communes.rangs(p.communes)) for p in lignes], dtype=np.int64)
    mois = np.asarray([rng.integers(rang(p.debut), rang(p.fin) + 1) for p in lignes], dtype=np.int64)
    noms = [f"{p.nom} ({ref.communes.nom[c]})".replace("'", "’") for p, c in zip(lignes, commune, strict=True)]
    return _Operations(
        btp=np.ones(n, dtype=bool),
        mois=mois,
        commune=commune,
        acheteur=np.full(n, -1, dtype=np.int64),
        nom=np.asarray(noms, dtype=object),
        programme=np.asarray([p.programme for p in lignes], dtype=object),
        ligne=np.asarray([p.ligne for p in lignes], dtype=object),
        n_lots=tailles,
    )


def _secteurs(rng: np.random.Generator, producteur: Producteur, btp: Booleens, noms: Objets) -> Entiers:
    """Sector of each lot; outside the grands projets the name of the operation tells roads from buildings."""
    gp = producteur.grand_projet
    travaux = tirer(rng, POIDS_BTP[gp], len(btp))
    if not gp:
        voirie = np.asarray([any(mot in nom for mot in MOTS_VOIRIE) for nom in noms], dtype=bool)
        batiment = np.where(travaux == 2, rng.integers(0, 2, len(btp)), travaux)
        travaux = np.where(voirie, np.where(rng.random(len(btp)) < 0.9, 2, travaux), batiment)
    services = BTP + tirer(rng, POIDS_SERVICES[gp], len(btp))
    return np.where(btp, travaux, services)


def _objets(
    rng: np.random.Generator, ops: _Operations, operation: Entiers, secteur: Entiers, numero: Entiers, ref: Referentiel
) -> Objets:
    tirages = rng.random(len(operation)).tolist()
    textes = []
    for o, s, k, t in zip(operation.tolist(), secteur.tolist(), numero.tolist(), tirages, strict=True):
        metier = METIERS[s]
        if s < BTP:
            textes.append(f"{ops.nom[o]} – lot {k} : {metier.lots[int(t * len(metier.lots))]}")
        elif ops.programme[o] or ops.acheteur[o] < 0:
            textes.append(f"{ops.nom[o]} – lot {k} : {metier.lots[int(t * len(metier.lots))].lower()}")
        else:
            textes.append(objet_service(metier, t, str(ref.communes.nom[ops.commune[o]])))
    return np.asarray(textes, dtype=object)


def _pivots(lots: Lots, premier_mois: int) -> None:
    """Keep, in each trade, one lot open over the whole period: no month of work is ever without a lot."""
    for filiere in (lots.btp, ~lots.btp):
        premier = np.flatnonzero(filiere)[:1]
        lots.mois[premier] = premier_mois - 4
        lots.duree[premier] = N_MOIS - premier_mois + 5
        lots.poids[premier] *= 0.2


def tirer_lots(rng: np.random.Generator, producteur: Producteur, ref: Referentiel, echelle: float) -> Lots:
    """All the lots of a producer (at least 8), with their operations."""
    total = max(round(producteur.lots * echelle), 8)
    tailles = _decouper(rng, total, LOTS_PAR_OPERATION)
    fabrique = _operations_projet if producteur.grand_projet else _operations_coordination
    ops = fabrique(rng, producteur, ref, tailles)
    operation = np.repeat(np.arange(len(tailles)), tailles)
    numero = np.arange(total) - np.repeat(np.cumsum(tailles) - tailles, tailles) + 1
    btp = ops.btp[operation] if not producteur.grand_projet else rng.random(total) < producteur.part_btp
    btp[:2] = (True, False)
    secteur = _secteurs(rng, producteur, btp, ops.nom[operation])
    secteur[:2] = (RANG_SECTEUR["travaux_publics"], RANG_SECTEUR["nettoyage"])
    mois = ops.mois[operation] + rng.integers(0, 4, total) * (ops.mois[operation] < N_MOIS - 4)
    moyenne = 30 if producteur.grand_projet else 17
    duree = np.clip(rng.lognormal(np.log(moyenne), 0.5, total), 4, 84).round().astype(np.int64)
    duree[~btp] = np.asarray([12, 24, 36, 48])[rng.integers(0, 4, int((~btp).sum()))]
    sirets, noms, sieges = _acheteurs(producteur, ref, ops, operation)
    lots = Lots(
        producteur=producteur,
        operation=operation,
        secteur=secteur,
        mois=mois,
        jour=rng.integers(0, 28, total),
        duree=duree,
        commune=ops.commune[operation],
        acheteur_siret=sirets,
        acheteur_nom=noms,
        acheteur_commune=sieges,
        objet=_objets(rng, ops, operation, secteur, numero, ref),
        numero_lot=numero,
        poids=rng.lognormal(0, 1.15, total),
        operations={"nom": ops.nom, "programme": ops.programme, "ligne": ops.ligne},
    )
    _pivots(lots, max(rang(producteur.paliers[0][0]) - 3, -AMORCE))
    return lots


def _acheteurs(
    producteur: Producteur, ref: Referentiel, ops: _Operations, operation: Entiers
) -> tuple[Objets, Objets, Entiers]:
    """SIRET, name and seat (commune) of the buyer of each lot."""
    n = len(operation)
    if producteur.grand_projet:
        connu = ref.acheteurs.rang.get(producteur.siren)
        siege = ref.communes.rang["75056"] if connu is None else int(ref.acheteurs.commune[connu])
        return (
            np.full(n, siret_siege(producteur.siren), dtype=object),
            np.full(n, producteur.nom, dtype=object),
            np.full(n, siege, dtype=np.int64),
        )
    rangs = ops.acheteur[operation]
    return ref.acheteurs.siret[rangs], ref.acheteurs.nom[rangs], ref.acheteurs.commune[rangs]
