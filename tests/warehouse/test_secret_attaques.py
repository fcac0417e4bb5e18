"""Attacks on what is published: differences of nested selections, repeated views, hours set against exact totals.

The attacker knows the method, the p-table and true answers of the past to calibrate on; not the record keys.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import product
from math import log, sqrt

import duckdb
import numpy as np
import pytest

from dashboard.domain.conditions import Condition
from dashboard.warehouse import ptable, secret
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.ptable import BASE, CLES, SEUIL
from tests.warehouse.secret_outils import base, ouvrir, personnes_au_hasard, requete

pytestmark = pytest.mark.complet

PAIRES = 500
#: Four standard errors of a rate of success measured on half of the pairs.
TOLERANCE = 4 * sqrt(0.25 / (PAIRES / 2))
AXES = (
    "exec_epci", "secteur", "programme", "acheteur", "type_contrat", "modalite_embauche", "prescripteur",
    "niveau_formation", "res_dep", "tranche_age", "type_clause", "annee",
)  # fmt: skip
PETITS = range(1, SEUIL)

#: True small groups between two nested selections, by value of an axis: persons seen there only, persons seen there.
ECARTS = """
WITH p AS (SELECT personne_no, any_value(sexe) AS sexe, list(DISTINCT {axe}) AS valeurs,
                  count(*) - count({axe}) AS vides
           FROM presence WHERE {condition} GROUP BY personne_no),
q AS (FROM p UNION ALL BY NAME SELECT * REPLACE ('tous' AS sexe) FROM p),
n AS (SELECT sexe, count(*) AS n FROM q GROUP BY sexe)
SELECT CAST(sexe AS VARCHAR) AS sexe, n, valeur,
       count(*) FILTER (valeurs = [valeur] AND vides = 0) AS seulement, count(*) AS avec
FROM (SELECT sexe, unnest(valeurs) AS valeur, valeurs, vides FROM q) JOIN n USING (sexe) GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class Paire:
    """Two nested selections: their true difference (1 to 4 persons), the larger one's true count, both as published."""

    vraie: int
    effectif: int
    grande: int
    petite: int | None

    @property
    def vue(self) -> Hashable:
        """All that the attacker sees: the difference, or the larger count when the smaller one is masked."""
        return ("s", self.grande) if self.petite is None else self.grande - self.petite


@pytest.fixture(scope="module")
def paires(instantane: Instantane) -> list[Paire]:
    con, alea = instantane.curseur(), random.Random(3)
    trouvees: list[Paire] = []
    while len(trouvees) < PAIRES:
        trouvees += tirer(con, alea)
    return trouvees[:PAIRES]


def tirer(con: duckdb.DuckDBPyConnection, alea: random.Random) -> Iterator[Paire]:
    """Pairs around one random selection: all against all but one category, and one more filter."""
    debut, axe = alea.randint(2018, 2025), alea.choice(AXES)
    large = Condition("annee BETWEEN ? AND ?", (debut, debut + alea.randint(0, 2)))
    for colonne in alea.sample(["exec_dep", "secteur", "res_dep", "type_contrat"], alea.randint(0, 2)):
        valeur = con.execute(f"SELECT DISTINCT {colonne} FROM presence WHERE {colonne} IS NOT NULL ORDER BY 1")
        large = Condition(f"{large.sql} AND {colonne} = ?", (*large.valeurs, alea.choice(valeur.fetchall())[0]))
    candidates = [
        (sexe, n, Condition(f"{large.sql} AND {axe} {operateur} ?", (*large.valeurs, valeur)), ecart)
        for sexe, n, valeur, seulement, avec in con.execute(
            ECARTS.format(axe=axe, condition=large.sql), large.valeurs
        ).fetchall()
        for operateur, ecart in (("IS DISTINCT FROM", seulement), ("=", n - avec))
        if n >= SEUIL and ecart in PETITS
    ]
    grandes = publies(con, large)
    for sexe, n, etroite, ecart in alea.sample(candidates, min(5, len(candidates))):
        yield Paire(ecart, n, grandes[sexe] or 0, publies(con, etroite).get(sexe, 0))


def publies(con: duckdb.DuckDBPyConnection, cond: Condition) -> dict[str, int | None]:
    """Published number of persons by sex, and of all."""
    return {li["sexe"]: li["effectif"] for li in secret.personnes(con, "total", cond)}


def meilleur_attaquant(paires: list[Paire]) -> tuple[float, float]:
    """Rates of success, on the second half, of the guess most often right in the first one: by view, and blindly."""
    etude, essai = paires[::2], paires[1::2]
    appris: dict[Hashable, Counter[int]] = defaultdict(Counter)
    for p in etude:
        appris[p.vue][p.vraie] += 1
    frequent = Counter(p.vraie for p in etude).most_common(1)[0][0]
    devines = [appris[p.vue].most_common(1)[0][0] if appris[p.vue] else frequent for p in essai]
    reussites = [d == p.vraie for d, p in zip(devines, essai, strict=True)]
    return sum(reussites) / len(essai), sum(p.vraie == frequent for p in essai) / len(essai)


def test_la_difference_de_deux_selections_n_apprend_rien_de_mieux_qu_un_pari(paires: list[Paire]) -> None:
    assert {p.vraie for p in paires} == set(PETITS)
    reussite, pari = meilleur_attaquant(paires)
    assert reussite <= pari + TOLERANCE


def test_le_meme_attaquant_reussit_contre_un_simple_masquage(paires: list[Paire]) -> None:
    """Witness: counts that are exact from 5 on, as before the cell key method."""
    exactes = [Paire(p.vraie, n, n, n - p.vraie if n - p.vraie >= SEUIL else None) for p in paires if (n := p.effectif)]
    reussite, pari = meilleur_attaquant(exactes)
    assert reussite > 0.8 > pari + TOLERANCE


def test_les_differences_publiees_sont_des_multiples_de_la_base(paires: list[Paire]) -> None:
    for p in paires:
        assert p.grande % BASE == 0
        if p.petite is not None:
            assert (p.grande - p.petite) % BASE == 0
            assert abs(p.grande - p.petite - p.vraie) < 2 * BASE


# What the rounding itself gives away, computed from the table


def lois() -> dict[int, dict[int, float]]:
    """Probability of each published difference, by true difference, keys and remainders being uniform."""
    valeurs = {(p.pcv, p.ckey): p.pvalue for p in ptable.lire()}
    sorties = {r: Counter(valeurs[SEUIL + r, k] for k in range(CLES)) for r in range(BASE)}
    trouvees: dict[int, dict[int, float]] = {}
    for ecart in PETITS:
        loi: Counter[int] = Counter()
        for r in range(BASE):
            for (a, na), (b, nb) in product(sorties[r].items(), sorties[(r + ecart) % BASE].items()):
                loi[ecart + b - a] += na * nb
        trouvees[ecart] = {d: n / (BASE * CLES**2) for d, n in loi.items()}
    return trouvees


LOIS = lois()


def test_ce_que_l_arrondi_laisse_deviner_d_une_seule_difference() -> None:
    """Four equally likely sizes: 25 % by chance, 36 % for the best attacker; the mean stays unbiased."""
    vues = set().union(*LOIS.values())
    assert sum(max(loi.get(v, 0.0) for loi in LOIS.values()) for v in vues) / len(LOIS) == pytest.approx(
        0.36, abs=0.001
    )
    for ecart, loi in LOIS.items():
        assert sum(d * p for d, p in loi.items()) == pytest.approx(ecart, abs=0.01)
        assert max(loi.values()) < 0.65


def reussite_par_repetition(vues: int, essais: int = 300, groupe: int = 3) -> float:
    """How often a group is sized right (1 to 4) from its presence in ``vues`` independent selections."""
    alea = np.random.default_rng(vues)
    valeurs = np.zeros((SEUIL + BASE, CLES), dtype=int)
    for p in ptable.lire():
        valeurs[p.pcv, p.ckey] = p.pvalue
    cles = alea.integers(0, CLES, 4000)
    justes = 0
    for _ in range(essais):
        du_groupe = int(alea.integers(0, CLES, groupe).sum())
        score = dict.fromkeys(PETITS, 0.0)
        for n in alea.integers(20, 400, vues):
            somme = int(alea.choice(cles, n).sum())
            sans = n + valeurs[ptable.ligne(n), somme % CLES]
            avec = n + groupe + valeurs[ptable.ligne(n + groupe), (somme + du_groupe) % CLES]
            for ecart in PETITS:
                score[ecart] += log(LOIS[ecart].get(int(avec - sans), 1e-12))
        justes += max(score, key=lambda e: score[e]) == groupe
    return justes / essais


def test_limite_connue_il_faut_des_dizaines_de_vues_du_meme_petit_groupe() -> None:
    """The figures of ADR 0006: about 80 independent views to size a group of 3 nine times out of ten."""
    assert reussite_par_repetition(5) < 0.5
    assert reussite_par_repetition(20) < 0.7
    assert reussite_par_repetition(80) == pytest.approx(0.9, abs=0.06)


# Hours


def test_les_heures_ne_rendent_pas_les_vrais_effectifs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exact hours of a territory are public: with the hours of women and of men, they must not give their numbers."""
    porte, reussites = ouvrir(monkeypatch), list[bool]()
    totaux = "SELECT res_dep, secteur, sum(heures), count(DISTINCT personne_no) FROM presence GROUP BY ALL"
    for graine in range(5):
        with base(personnes_au_hasard(graine, 3000), graine) as con:
            con.execute("DELETE FROM presence WHERE sexe = 'nd'")
            lues = porte(con, requete("res_dep", "secteur", "sexe"), "sexe")
            for dep, secteur, exact, vrai in con.execute(totaux).fetchall():
                parts = [li for li in lues if (li["res_dep"], li["secteur"]) == (dep, secteur)]
                if len(parts) == 2 and all(li["statut"] == "valeur" for li in parts):
                    reussites.append(total_devine(exact, [(li["effectif"], li["heures"]) for li in parts]) == vrai)
    assert len(reussites) > 70
    assert sum(reussites) / len(reussites) < 0.35


def total_devine(exact: float, parts: list[tuple[int, float]]) -> int:
    """Total of the true counts, within the rounding, whose unscaled hours come nearest to the exact hours."""
    possibles = [range(max(SEUIL, n - BASE + 1), n + BASE) for n, _ in parts]

    def ecart(vrais: tuple[int, ...]) -> tuple[float, int]:
        heures = sum(h * v / n for (n, h), v in zip(parts, vrais, strict=True))
        return abs(exact - heures), sum(abs(v - n) for (n, _), v in zip(parts, vrais, strict=True))

    return sum(min(product(*possibles), key=ecart))
