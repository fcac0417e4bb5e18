"""Typical trajectories: groups persons by what they did quarter after quarter, and names the groups.

Build only, never imported by the web process (scikit-learn). The groups come from k-means on
the sequences of states, the names from a rule on the profile of each group: the same data
always give the same groups and the same names. Method and limits: docs/methode/parcours-types.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from dashboard.domain.francais import FINE
from dashboard.warehouse.fichiers_sql import texte

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

#: States of a quarter, as written by sql/parcours/sequences.sql; the last one is the absence of hours.
ETATS = ("emploi_insertion", "alternance", "interim", "cdd", "cdi", "autre", "sans_heures")
TRIMESTRES = 8

#: Under this number of persons followed long enough, no trajectories.
PERSONNES_MIN = 200
#: A group under this number of persons is not one: that number of groups is not retained.
GROUPE_MIN = 20
GROUPES = (4, 5, 6)
GRAINE = 2018
DEPARTS = 10
#: Persons on whom the silhouette is measured, taken at equal steps in the sorted sequences.
ECHANTILLON = 3000

#: Rule of the names (see the method): shares of the members, or of their quarters with hours.
ACCES, DOMINANT, DEUX_PREMIERS, REPRISES = 0.5, 0.5, 0.6, 0.5
COURT, LONG = 2.0, 4.0
LIEUX = {
    "emploi_insertion": "en insertion", "alternance": "en alternance", "interim": "en intérim", "cdd": "en CDD",
    "cdi": "en CDI", "autre": "sous d’autres contrats",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypeParcours:
    """One group: number from 1, name, description in words, most frequent state of each quarter."""

    groupe: int
    nom: str
    description: str
    etats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profil:
    """What the members of a group have in common; ``trimestres`` is the mean number of quarters with hours.

    ``parts`` are the shares of the states among the quarters with hours, largest first;
    ``acces_cdi`` and ``reprises`` are shares of the members: those who end under a CDI after
    another contract, and those who come back after a quarter without hours.
    """

    trimestres: float
    parts: tuple[tuple[str, float], ...]
    acces_cdi: float
    reprises: float
    etats: tuple[str, ...]


def classer(con: duckdb.DuckDBPyConnection) -> None:
    """Write parcours_personne (temporary), parcours_type and parcours_etat in the snapshot under construction.

    Reads the temporary tables of the build (contrat_lu, personne_lue) and the follow-up attached as ``travail``.
    """
    con.execute(texte("parcours", "sequences"))
    lues = con.execute(texte("parcours", "distinctes")).fetchall()
    sequences, personnes = [tuple(etats) for etats, _ in lues], [n for _, n in lues]
    groupes, types = typologie(sequences, personnes)
    mots = pa.list_(pa.string())
    classees = [(list(s), g) for s, g in zip(sequences, groupes, strict=True) if g]
    _inscrire(con, "groupe_sequence", classees, etats=mots, groupe=pa.int32())
    decrits = [(t.groupe, t.nom, t.description, list(t.etats)) for t in types]
    _inscrire(con, "type_parcours", decrits, groupe=pa.int32(), nom=pa.string(), description=pa.string(), etats=mots)
    con.execute(texte("parcours", "publier"))
    con.unregister("groupe_sequence")
    con.unregister("type_parcours")


def _inscrire(
    con: duckdb.DuckDBPyConnection, table: str, lignes: Sequence[tuple[Any, ...]], /, **types: pa.DataType
) -> None:
    colonnes = zip(*lignes, strict=True) if lignes else ([] for _ in types)
    tableaux = [pa.array(list(c), t) for c, t in zip(colonnes, types.values(), strict=True)]
    con.register(table, pa.table(tableaux, names=list(types)))


def typologie(sequences: Sequence[tuple[str, ...]], personnes: Sequence[int]) -> tuple[list[int], list[TypeParcours]]:
    """Group of each distinct sequence (from 1, short to long trajectories), and the named groups.

    ``personnes`` counts the persons of each sequence. With too few persons to form groups, no
    type and 0 everywhere.
    """
    rien: tuple[list[int], list[TypeParcours]] = ([0] * len(sequences), [])
    if sum(personnes) < PERSONNES_MIN:
        return rien
    codes = np.array([[ETATS.index(etat) for etat in sequence] for sequence in sequences])
    poids = np.array(personnes)
    etiquettes = _regrouper(codes, poids)
    if etiquettes is None:
        return rien
    profils = [_profil(codes[etiquettes == g], poids[etiquettes == g]) for g in range(etiquettes.max() + 1)]
    rangs = sorted(range(len(profils)), key=lambda g: (profils[g].trimestres, profils[g].etats))
    numeros = {ancien: nouveau for nouveau, ancien in enumerate(rangs, 1)}
    return [numeros[int(e)] for e in etiquettes], nommer([profils[g] for g in rangs])


def _regrouper(codes: NDArray[np.int_], poids: NDArray[np.int_]) -> NDArray[np.int_] | None:
    """Label of each sequence for the number of groups of best silhouette; ``None`` when no number fits."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score
    from threadpoolctl import threadpool_limits

    points = (codes[:, :, None] == np.arange(len(ETATS))).reshape(len(codes), -1).astype(float)
    tous = np.repeat(np.arange(len(codes)), poids)
    echantillon = tous[np.linspace(0, len(tous) - 1, min(ECHANTILLON, len(tous))).astype(int)]
    mieux: tuple[float, NDArray[np.int_] | None] = (-1.0, None)
    # One thread: two would add the same numbers in another order, and a tie could fall elsewhere.
    with threadpool_limits(1):
        for k in GROUPES:
            if k > len(codes):
                break
            modele = KMeans(k, n_init=DEPARTS, random_state=GRAINE).fit(points, sample_weight=poids)
            etiquettes = modele.labels_
            if np.bincount(etiquettes, weights=poids, minlength=k).min() < GROUPE_MIN:
                continue
            if len(set(etiquettes[echantillon])) < k:
                continue
            qualite = round(float(silhouette_score(points[echantillon], etiquettes[echantillon])), 4)
            if qualite > mieux[0]:
                mieux = (qualite, etiquettes)
    return mieux[1]


def _profil(codes: NDArray[np.int_], poids: NDArray[np.int_]) -> Profil:
    """Profile of the sequences of one group, each counted for its persons."""
    sans, cdi = ETATS.index("sans_heures"), ETATS.index("cdi")
    actif = codes != sans
    dernier = TRIMESTRES - 1 - actif[:, ::-1].argmax(axis=1)
    comptes = np.array([[poids[codes[:, t] == e].sum() for e in range(len(ETATS))] for t in range(TRIMESTRES)])
    parts = comptes[:, :sans].sum(axis=0) / comptes[:, :sans].sum()
    return Profil(
        trimestres=float(np.average(actif.sum(axis=1), weights=poids)),
        parts=tuple((ETATS[e], float(parts[e])) for e in np.argsort(-parts, kind="stable")),
        acces_cdi=float(
            np.average((codes[np.arange(len(codes)), dernier] == cdi) & (codes[:, 0] != cdi), weights=poids)
        ),
        reprises=float(np.average(actif.sum(axis=1) <= dernier, weights=poids)),
        etats=tuple(ETATS[int(e)] for e in comptes.argmax(axis=1)),
    )


def nommer(profils: Sequence[Profil]) -> list[TypeParcours]:
    """Groups numbered from 1 in the order given, with names that are never twice the same."""
    noms = [_nom(p) for p in profils]
    for precision in (_avec_trimestres, _avec_reprises):
        repetes = {n for n, fois in Counter(noms).items() if fois > 1}
        noms = [precision(n, p) if n in repetes else n for n, p in zip(noms, profils, strict=True)]
    vus: Counter[str] = Counter()
    types = []
    for groupe, (nom, profil) in enumerate(zip(noms, profils, strict=True), 1):
        vus[nom] += 1
        unique = nom if vus[nom] == 1 else f"{nom} ({vus[nom]})"
        types.append(TypeParcours(groupe, unique, _description(profil), profil.etats))
    return types


def _nom(profil: Profil) -> str:
    """Name of a group: what it leads to, else how long it lasts and under which contracts."""
    if profil.acces_cdi >= ACCES:
        return "Accès à un CDI"
    if profil.trimestres < COURT:
        allure = "Passage court"
    elif profil.reprises >= REPRISES:
        allure = "Retours successifs"
    else:
        allure = "Parcours long" if profil.trimestres >= LONG else "Parcours"
    return f"{allure} {_lieu(profil)}"


def _lieu(profil: Profil) -> str:
    """Contracts of a group: one state for half of the quarters, two for six tenths, or various."""
    (premier, part), (second, autre) = profil.parts[:2]
    if part >= DOMINANT:
        return LIEUX[premier]
    if part + autre >= DEUX_PREMIERS:
        return f"{LIEUX[premier]} ou {LIEUX[second]}"
    return "sous des contrats variés"


def _trimestres(profil: Profil) -> str:
    nombre = round(profil.trimestres)
    return f"{nombre} trimestre{'s' if nombre > 1 else ''}"


def _avec_trimestres(nom: str, profil: Profil) -> str:
    return f"{nom}, {_trimestres(profil)}"


def _avec_reprises(nom: str, profil: Profil) -> str:
    return f"{nom}, {'avec' if profil.reprises >= REPRISES else 'sans'} interruption"


def _description(profil: Profil) -> str:
    """What a group is, in words: no count and no share, which are read through the protection of persons."""
    reprise = "le plus souvent avec une interruption" if profil.reprises >= REPRISES else "le plus souvent d’affilée"
    return f"Des heures pendant environ {_trimestres(profil)} sur 8, {reprise}{FINE}; surtout {_lieu(profil)}."
