"""Public contracts of the demonstration (DECP): those of the followed lots, and all the others.

Arrays only; ``decp_json`` writes them in the official format. Some lots are missing or
badly numbered here on purpose: joining a contract to its follow-up must remain work.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from dashboard.demo.calendrier import Dates, Entiers, Reels
from dashboard.demo.engagements import Engagements
from dashboard.demo.entreprises import Entreprises
from dashboard.demo.lots import Booleens, Lots
from dashboard.demo.objets import BTP, METIERS, RANG_SECTEUR, nom_operation, objet_service
from dashboard.demo.referentiel import Objets, Referentiel, rapprocher_du_siege, tirer

ANNEES_DECP = tuple(range(2018, 2027))
MARCHES_PAR_ANNEE = dict(zip(ANNEES_DECP, (4_000, 5_000, 5_300, 6_500, 7_500, 8_300, 9_000, 9_200, 5_500), strict=True))
PART_SOCIALE = dict(zip(ANNEES_DECP, (0.13, 0.13, 0.135, 0.15, 0.20, 0.215, 0.23, 0.25, 0.27), strict=True))
"""Share of the contracts with a social consideration: 20 % overall, rising from 2022."""
FIN_DECP = np.datetime64("2026-09-30")
PART_NON_DECLAREE = 0.06
"""Followed lots whose DECP record says « Pas de considération sociale »."""
SOCIALES = (
    ("Pas de considération sociale",),
    ("Clause sociale",),
    ("Critère social",),
    ("Clause sociale", "Critère social"),
    ("Marché réservé",),
)
RESERVE = 4
N_TEMOINS, MONTANT_TEMOIN = 3, 260_000.0
POIDS_SECTEURS = (0.11, 0.20, 0.12, 0.06, 0.05, 0.03, 0.03, 0.09, 0.05, 0.03, 0.07, 0.16)
POIDS_DEPARTEMENTS = (("75", 0.27), ("77", 0.09), ("78", 0.09), ("91", 0.10), ("92", 0.14), ("93", 0.14), ("94", 0.11))
MEDIANES = {"travaux": (280_000, 1.25), "services": (160_000, 1.15), "fournitures": (110_000, 1.0)}


@dataclass(slots=True)
class Marches:
    """Public contracts as parallel arrays, one row per contract (not per titulaire)."""

    siret: Objets
    acheteur: Objets
    numero: Objets
    objet: Objets
    cpv: Objets
    type_achat: Objets
    secteur: Entiers
    commune: Entiers
    notification: Dates
    duree: Entiers
    montant: Reels
    titulaire: Entiers
    sociale: Entiers
    """Number in ``SOCIALES``."""

    def __len__(self) -> int:
        return len(self.siret)

    def annee(self, annee: int) -> Marches:
        """The contracts notified in a year."""
        ici = self.notification.astype("datetime64[Y]").astype(int) + 1970 == annee
        return Marches(**{f.name: getattr(self, f.name)[ici] for f in fields(self)})

    def ordonner(self) -> Marches:
        """The same contracts in order of notification."""
        ordre = np.argsort(self.notification, kind="stable")
        return Marches(**{f.name: getattr(self, f.name)[ordre] for f in fields(self)})


def assembler(morceaux: list[Marches]) -> Marches:
    """Contracts of several origins put together."""
    return Marches(**{f.name: np.concatenate([getattr(m, f.name) for m in morceaux]) for f in fields(Marches)})


def numeroter(siret: Objets, notification: Dates, lot: Entiers) -> Objets:
    """Contract numbers, unique for each buyer, in the five styles met in real files (16 characters at most)."""
    annees = (notification.astype("datetime64[Y]").astype(int) + 1970).tolist()
    compteurs: dict[str, int] = {}
    styles = {acheteur: sum(map(int, acheteur[:9])) % 5 for acheteur in set(siret.tolist())}
    numeros = []
    for acheteur, annee, n in zip(siret.tolist(), annees, lot.tolist(), strict=True):
        rang = compteurs[acheteur] = compteurs.get(acheteur, 0) + 1
        numeros.append(
            (
                f"{annee}-{rang:04d}",
                f"{annee % 100}S{rang:05d}",
                f"{annee}T{rang:05d}L{n:02d}",
                f"M{annee % 100}.{rang:04d}",
                f"{annee}/{rang:04d}-{n}",
            )[styles[acheteur]]
        )
    return np.asarray(numeros, dtype=object)


def marches_des_lots(
    rng: np.random.Generator, lots: Lots, engagements: Engagements, titulaire: Entiers
) -> tuple[Marches, Entiers]:
    """Contracts of the lots notified since 2018 (numbers not given yet), and the number of the lot of each."""
    date = lots.notification
    publies = np.flatnonzero(
        (date >= np.datetime64("2018-01-01")) & (date <= FIN_DECP) & (rng.random(len(date)) > 0.02)
    )
    clause = engagements.clause[publies]
    sociale = np.where(rng.random(len(publies)) < 0.12, 3, 1)
    sociale[clause == "critere"] = 2
    sociale[np.isin(clause.astype(str), ["reserve_iae", "reserve_handicap"])] = RESERVE
    sociale[rng.random(len(publies)) < PART_NON_DECLAREE] = 0
    marches = Marches(
        siret=lots.acheteur_siret[publies],
        acheteur=lots.acheteur_nom[publies],
        numero=np.full(len(publies), "", dtype=object),
        objet=lots.objet[publies],
        cpv=engagements.cpv[publies],
        type_achat=engagements.type_achat[publies],
        secteur=lots.secteur[publies],
        commune=lots.commune[publies],
        notification=date[publies],
        duree=lots.duree[publies],
        montant=engagements.montant[publies],
        titulaire=titulaire[publies],
        sociale=sociale,
    )
    return marches, publies


def _dates(rng: np.random.Generator, annee: int, n: int) -> Dates:
    fin = 273 if annee == FIN_DECP.astype("datetime64[Y]").astype(int) + 1970 else 365
    return np.datetime64(f"{annee}-01-01") + rng.integers(0, fin, n)


def _acheteurs(rng: np.random.Generator, ref: Referentiel, n: int) -> Entiers:
    poids = np.zeros(len(ref.acheteurs.siret))
    for departement, part in (*POIDS_DEPARTEMENTS, ("95", 0.06)):
        poids += part * ref.acheteurs.poids_departement(departement)
    return tirer(rng, poids, n)


def _montants(rng: np.random.Generator, secteur: Entiers) -> Reels:
    mediane = np.asarray([MEDIANES[m.type_achat][0] for m in METIERS], dtype=float)[secteur]
    sigma = np.asarray([MEDIANES[m.type_achat][1] for m in METIERS])[secteur]
    montant = np.exp(np.log(mediane) + sigma * rng.standard_normal(len(secteur)))
    centimes = rng.random(len(secteur)) < 0.4
    borne = np.maximum(montant, 40_000 + rng.uniform(0, 9_000, len(secteur)))
    montants: Reels = np.where(centimes, np.round(borne, 2), np.round(borne, -2))
    return montants


def _objets(
    rng: np.random.Generator, ref: Referentiel, secteur: Entiers, acheteur: Entiers, commune: Entiers
) -> Objets:
    tirages = rng.random((2, len(secteur))).tolist()
    textes = []
    for s, a, c, t, u in zip(secteur.tolist(), acheteur.tolist(), commune.tolist(), *tirages, strict=True):
        nom = str(ref.communes.nom[c])
        if s < BTP:
            lot = METIERS[s].lots[int(u * len(METIERS[s].lots))]
            textes.append(f"{nom_operation(str(ref.acheteurs.categorie[a]), t, nom)} – {lot}")
        else:
            textes.append(objet_service(METIERS[s], t, nom))
    return np.asarray(textes, dtype=object)


def autres_marches(
    rng: np.random.Generator, ref: Referentiel, entreprises: Entreprises, annee: int, n: int, n_sociales: int
) -> Marches:
    """``n`` contracts of a year without follow-up, of which ``n_sociales`` with a social consideration."""
    acheteur = _acheteurs(rng, ref, n)
    secteur = tirer(rng, POIDS_SECTEURS, n)
    commune = rapprocher_du_siege(rng, ref, acheteur, tirer(rng, ref.communes.population, n))
    tirages = rng.random(n).tolist()
    metiers = [METIERS[s] for s in secteur.tolist()]
    sociale = np.zeros(n, dtype=np.int64)
    poids = np.where(secteur == RANG_SECTEUR["fournitures"], 0.35, 1.0) * rng.exponential(1.0, n)
    elues = np.argsort(-poids, kind="stable")[:n_sociales]
    sociale[elues] = 1 + tirer(rng, (0.72, 0.12, 0.11, 0.05), len(elues))
    montant = _montants(rng, secteur)
    lieu = ref.communes.departement[commune]
    return Marches(
        siret=ref.acheteurs.siret[acheteur],
        acheteur=ref.acheteurs.nom[acheteur],
        numero=np.full(n, "", dtype=object),
        objet=_objets(rng, ref, secteur, acheteur, commune),
        cpv=np.asarray([m.cpv[int(t * len(m.cpv))] for m, t in zip(metiers, tirages, strict=True)], dtype=object),
        type_achat=np.asarray([m.type_achat for m in metiers], dtype=object),
        secteur=secteur,
        commune=commune,
        notification=_dates(rng, annee, n),
        duree=np.asarray((3, 6, 9, 12, 18, 24, 36, 48))[tirer(rng, (6, 10, 8, 26, 12, 14, 10, 14), n)],
        montant=montant,
        titulaire=entreprises.gagnants(rng, montant, secteur, lieu, sociale == RESERVE),
        sociale=sociale,
    )


def _temoins(marches: Marches) -> None:
    """Make sure that some of the last contracts are above the European threshold without any social consideration.

    They are what the obligation of 22 August 2026 is about: even the smallest demonstration must have some.
    """
    services = np.flatnonzero(marches.secteur >= BTP)
    derniers = services[np.argsort(marches.notification[services], kind="stable")[-N_TEMOINS:]]
    marches.montant[derniers] = np.maximum(marches.montant[derniers], MONTANT_TEMOIN)
    marches.sociale[derniers] = 0


def completer(
    rng: np.random.Generator, ref: Referentiel, entreprises: Entreprises, suivis: Marches, echelle: float
) -> list[Marches]:
    """The contracts without follow-up of every year, so that volumes and social shares are those aimed at."""
    annee_suivis = suivis.notification.astype("datetime64[Y]").astype(int) + 1970
    resultat = []
    for annee, volume in MARCHES_PAR_ANNEE.items():
        ici: Booleens = annee_suivis == annee
        total = max(round(volume * echelle), int(ici.sum()) + 5)
        reste = total - int(ici.sum())
        sociales = round(total * PART_SOCIALE[annee]) - int((suivis.sociale[ici] > 0).sum())
        resultat.append(autres_marches(rng, ref, entreprises, annee, reste, min(max(sociales, 0), reste)))
    _temoins(resultat[-1])
    return resultat


def numeros_pour_suivi(rng: np.random.Generator, numeros: Objets) -> Objets:
    """Numbers as the follow-up knows them: mostly exact, one in eight damaged (spaces, separators, no suffix)."""
    resultat = numeros.copy()
    for i in np.flatnonzero(rng.random(len(numeros)) < 0.13):
        exact = str(numeros[i])
        facon = int(rng.integers(0, 4))
        if facon == 0:
            resultat[i] = f"{exact[:4]} {exact[4:]}"
        elif facon == 1:
            resultat[i] = exact.replace("-", "_").replace("/", "-").replace(".", " ")
        elif facon == 2:
            resultat[i] = (
                exact.lower() if not any(c in exact for c in "-/.") else exact.replace("-", "").replace("/", "")
            )
        else:
            resultat[i] = (
                exact.split("L")[0] if "L" in exact else exact.rsplit("-", 1)[0] if "/" in exact else exact[:-1]
            )
    return resultat
