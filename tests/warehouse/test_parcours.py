"""Typical trajectories: right sequences, groups always the same, names that never repeat, nothing on small data."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import duckdb
import pytest

from dashboard.warehouse import parcours
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.fichiers_sql import texte
from dashboard.warehouse.parcours import ETATS, TRIMESTRES, Profil, nommer, typologie

pytestmark = pytest.mark.complet

Comptes = tuple[list[tuple[str, ...]], list[int]]
LETTRES = dict(zip("IATDPX.", ETATS, strict=True))


def sequence(lettres: str) -> tuple[str, ...]:
    """Sequence of eight states: I insertion, A alternance, T intérim, D CDD, P CDI, X autre, « . » no hours."""
    return tuple(LETTRES[lettre] for lettre in lettres.ljust(TRIMESTRES, "."))


def population(modeles: tuple[str, ...], personnes: int, graine: int = 7) -> Comptes:
    """Persons who follow some models, two quarters of each drawn at random."""
    rng = random.Random(graine)
    comptes: Counter[tuple[str, ...]] = Counter()
    for i in range(personnes):
        etats = list(sequence(modeles[i % len(modeles)]))
        for trimestre in rng.sample(range(1, TRIMESTRES), 2):
            etats[trimestre] = rng.choice(ETATS)
        comptes[tuple(etats)] += 1
    triees = sorted(comptes)
    return triees, [comptes[s] for s in triees]


MODELES = ("I", "IIIIIIII", "DDDD", "AAAAAA", "TTPPPPPP")


def test_les_groupes_et_leurs_noms_sont_toujours_les_memes() -> None:
    sequences, personnes = population(MODELES, 3000)
    premiere = typologie(sequences, personnes)
    assert premiere == typologie(sequences, personnes)
    groupes, types = premiere
    assert 4 <= len(types) <= 6
    assert {t.groupe for t in types} == set(groupes) == set(range(1, len(types) + 1))
    assert len({t.nom for t in types}) == len(types)
    effectifs = Counter({g: 0 for g in groupes})
    for groupe, n in zip(groupes, personnes, strict=True):
        effectifs[groupe] += n
    assert min(effectifs.values()) >= parcours.GROUPE_MIN


def test_chaque_modele_a_son_groupe_du_plus_court_au_plus_long() -> None:
    sequences, personnes = population(MODELES, 3000)
    groupes, types = typologie(sequences, personnes)
    du_modele = [groupes[sequences.index(s)] for s in (_proche(m, sequences) for m in MODELES)]
    assert len(set(du_modele)) == len(MODELES)
    noms = [types[g - 1].nom for g in du_modele]
    assert noms[1] == "Parcours long en insertion"
    assert noms[3] == "Parcours long en alternance"
    assert noms[4] == "Accès à un CDI"
    duree = [sum(e != "sans_heures" for e in t.etats) for t in types]
    assert duree == sorted(duree)


def _proche(modele: str, sequences: list[tuple[str, ...]]) -> tuple[str, ...]:
    cible = sequence(modele)
    return min(sequences, key=lambda s: sum(a != b for a, b in zip(s, cible, strict=True)))


@pytest.mark.parametrize(
    "comptes",
    [
        ([], []),
        population(MODELES, parcours.PERSONNES_MIN - 1),
        ([sequence("I"), sequence("II"), sequence("D")], [300, 200, 100]),
        ([sequence("I"), sequence("A"), sequence("D"), sequence("TTT")], [900, 900, 900, parcours.GROUPE_MIN - 1]),
    ],
    ids=["personne", "trop peu de personnes", "trop peu de séquences", "un groupe trop petit"],
)
def test_trop_peu_pour_former_des_groupes(comptes: Comptes) -> None:
    assert typologie(*comptes) == ([0] * len(comptes[0]), [])


def profil(trimestres: float, *parts: tuple[str, float], acces: float = 0.0, reprises: float = 0.0) -> Profil:
    return Profil(trimestres, (*parts, ("autre", 0.0)), acces, reprises, sequence("I"))


@pytest.mark.parametrize(
    ("decrit", "nom"),
    [
        (profil(1.2, ("cdd", 0.8)), "Passage court en CDD"),
        (profil(1.9, ("cdd", 0.4), ("interim", 0.3)), "Passage court en CDD ou en intérim"),
        (profil(3.0, ("cdd", 0.4), ("interim", 0.1)), "Parcours sous des contrats variés"),
        (profil(3.9, ("autre", 0.9)), "Parcours sous d’autres contrats"),
        (profil(4.0, ("emploi_insertion", 0.5)), "Parcours long en insertion"),
        (profil(5.0, ("interim", 0.7), reprises=0.5), "Retours successifs en intérim"),
        (profil(6.0, ("cdi", 0.7), acces=0.5), "Accès à un CDI"),
    ],
)
def test_le_nom_suit_la_regle(decrit: Profil, nom: str) -> None:
    assert nommer([decrit])[0].nom == nom


def test_deux_groupes_n_ont_jamais_le_meme_nom() -> None:
    court, long = profil(2.2, ("cdd", 0.8)), profil(3.2, ("cdd", 0.8))
    assert [t.nom for t in nommer([court, long])] == ["Parcours en CDD, 2 trimestres", "Parcours en CDD, 3 trimestres"]
    cdi = [profil(5.0, ("cdi", 0.7), acces=0.6), profil(5.0, ("cdi", 0.7), acces=0.6, reprises=0.7)]
    assert [t.nom for t in nommer(cdi)] == [
        "Accès à un CDI, 5 trimestres, sans interruption",
        "Accès à un CDI, 5 trimestres, avec interruption",
    ]
    assert len({t.nom for t in nommer([court, court, court])}) == 3


def test_la_description_ne_porte_aucun_compte_de_personnes() -> None:
    (decrit,) = nommer([profil(4.7, ("emploi_insertion", 0.83), reprises=0.34)])
    assert decrit.description == (
        "Des heures pendant environ 5 trimestres sur 8, le plus souvent d’affilée\u202f; surtout en insertion."
    )


@pytest.fixture
def suivi() -> Iterator[duckdb.DuckDBPyConnection]:
    """Seven contracts of four persons; the data end in November 2023, so that the last full quarter is the third."""
    with duckdb.connect() as con:
        con.execute("ATTACH ':memory:' AS travail")
        con.execute("""CREATE TEMP TABLE contrat_lu AS FROM (VALUES
            ('a1', 1, 1, 'etti', 'interim_insertion'), ('a2', 2, 1, 'directe', 'cdd'), ('a3', 3, 1, 'directe', 'cdi'),
            ('b1', 4, 2, 'geiq', 'cdd'), ('c1', 5, 3, 'directe', 'cdd'), ('d1', 6, 4, 'ea', 'interim'),
            ('d2', 7, 4, 'esat', 'autre'))
            AS t(contrat_id, contrat_no, personne_no, modalite_embauche, type_contrat)""")
        con.execute("""CREATE TABLE travail.suivi_heures AS FROM (VALUES
            ('a1', DATE '2021-02-01', 40), ('a1', DATE '2021-03-01', 40), ('a2', DATE '2021-03-01', 70),
            ('a3', DATE '2021-10-01', 5), ('a3', DATE '2023-03-01', 90),
            ('b1', DATE '2021-12-01', 10), ('b1', DATE '2023-11-01', 10),
            ('c1', DATE '2022-01-01', 10), ('c1', DATE '2021-01-01', 0),
            ('d1', DATE '2021-04-01', 30), ('d2', DATE '2021-05-01', 30), ('d2', DATE '2021-07-01', 1)
            ) AS t(contrat_id, mois, heures)""")
        yield con


def test_l_etat_d_un_trimestre_est_celui_du_contrat_qui_compte_le_plus_d_heures(
    suivi: duckdb.DuckDBPyConnection,
) -> None:
    suivi.execute(texte("parcours", "sequences"))
    lues = dict(suivi.execute("SELECT personne_no, etats FROM parcours_sequence ORDER BY 1").fetchall())
    assert tuple(lues[1]) == sequence("I..P")  # 80 h against 70; the 90 h of the ninth quarter are out
    assert tuple(lues[2]) == sequence("A")  # October 2021 to September 2023: just observed; GEIQ whatever the contract
    assert tuple(lues[4]) == sequence("TX")  # equal hours: the oldest contract
    assert set(lues) == {1, 2, 4}  # 3 begins in January 2022 (0 h is not a beginning): not yet 24 months


def test_l_instantane_porte_les_types_et_chacun_a_le_sien(instantane: Instantane) -> None:
    con = instantane.curseur()
    types = con.execute("SELECT groupe, nom, etats FROM parcours_type ORDER BY groupe").fetchall()
    assert 4 <= len(types) <= 6
    assert len({nom for _, nom, _ in types}) == len(types)
    assert instantane.referentiel.listes["parcours"] == {str(g): nom for g, nom, _ in types}
    comptes = dict(con.execute("SELECT parcours, count(*) FROM personne GROUP BY 1").fetchall())
    assert comptes.pop(None) > 0
    assert set(comptes) == {g for g, _, _ in types}
    etats = con.execute("SELECT groupe, trimestre, etat, effectif, cle FROM parcours_etat").fetchall()
    assert {etat for _, _, etat, _, _ in etats} <= set(instantane.referentiel.listes["etat_parcours"]) == set(ETATS)
    for groupe, _, dominants in types:
        for trimestre in range(1, TRIMESTRES + 1):
            du_trimestre = {e: n for g, t, e, n, _ in etats if (g, t) == (groupe, trimestre)}
            assert sum(du_trimestre.values()) == comptes[groupe]
            assert du_trimestre[dominants[trimestre - 1]] == max(du_trimestre.values())
    ecart = con.execute(
        "SELECT count(*) FROM presence h JOIN personne p USING (personne_no)"
        " WHERE h.parcours IS DISTINCT FROM p.parcours"
    )
    assert ecart.fetchone() == (0,)
    cles = "SELECT sum(cle), (SELECT sum(cle) FROM parcours_etat WHERE trimestre = 8) FROM personne WHERE parcours > 0"
    somme, en_etats = con.execute(cles).fetchone() or (0, 1)
    assert somme == en_etats


def test_le_site_ne_charge_pas_la_bibliotheque_de_classification() -> None:
    code = "import sys, dashboard.app; print({'sklearn', 'dashboard.warehouse.parcours'} & set(sys.modules))"
    resultat = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert resultat.stdout.strip() == "set()"
