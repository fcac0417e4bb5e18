"""Joining a lot to its published contract: the right one or none, one to one, nothing joined under the threshold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import rapprochement as epreuve
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.fichiers_sql import texte

pytestmark = pytest.mark.complet

VILLE, AUTRE_SERVICE, VOISINE = "21750001600019", "21750001600423", "21930066200011"
FIRME, RIVALE = "11111111100011", "22222222200022"
JOUR = date(2024, 3, 1)
ECOLE = "Réhabilitation du groupe scolaire des Tilleuls à Meudon"


@dataclass(frozen=True)
class Lot:
    """A lot as the follow-up knows it."""

    marche_id: str = "L1"
    acheteur_siret: str = VILLE
    numero_decp: str | None = None
    lot: str | None = None
    objet: str | None = f"{ECOLE} – lot 2 : plomberie et chauffage"
    cpv: str | None = "45330000"
    montant_ht: float | None = 250_000
    date_notification: date | None = JOUR
    titulaire_siret: str | None = FIRME


@dataclass(frozen=True)
class Publie:
    """A contract as the DECP publish it."""

    numero: str = "2024-0001"
    acheteur_siret: str = VILLE
    objet: str | None = f"{ECOLE} – lot 2 : plomberie et chauffage"
    cpv: str | None = "45330000"
    montant: float | None = 250_000
    montant_initial: float | None = None
    date_notification: date | None = JOUR
    titulaires: tuple[str, ...] = (FIRME,)

    @property
    def uid(self) -> str:
        return self.acheteur_siret + self.numero


def rapproches(lots: Sequence[Lot], publies: Sequence[Publie]) -> duckdb.DuckDBPyConnection:
    """The steps of the build on these lots and contracts alone."""
    con = epreuve.ouvrir()
    con.execute(
        "CREATE TABLE travail.suivi_marches (marche_id VARCHAR, acheteur_siret VARCHAR, numero_decp VARCHAR,"
        " lot VARCHAR, objet VARCHAR, cpv VARCHAR, montant_ht DOUBLE, date_notification DATE, titulaire_siret VARCHAR)"
    )
    con.execute(
        "CREATE TABLE travail.decp_marche (uid VARCHAR, numero VARCHAR, acheteur_siret VARCHAR, objet VARCHAR,"
        " cpv VARCHAR, montant DOUBLE, montant_initial DOUBLE, date_notification DATE)"
    )
    con.execute("CREATE TABLE travail.decp_titulaire (uid VARCHAR, type_identifiant VARCHAR, identifiant VARCHAR)")
    for lot in lots:
        con.execute("INSERT INTO travail.suivi_marches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", list(astuple(lot)))
    for p in publies:
        con.execute("INSERT INTO travail.decp_marche VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [p.uid, *astuple(p)[:-1]])
        for titulaire in p.titulaires:
            con.execute("INSERT INTO travail.decp_titulaire VALUES (?, 'SIRET', ?)", [p.uid, titulaire])
    epreuve.rapprocher(con)
    return con


def verdicts(lots: Sequence[Lot], publies: Sequence[Publie]) -> dict[str, tuple[str, str | None]]:
    """By lot: what becomes of it, and the contract joined."""
    with rapproches(lots, publies) as con:
        lus = con.execute("SELECT marche_id, statut::VARCHAR, uid FROM rapprochement").fetchall()
    assert len(lus) == len(lots)
    return {marche: (statut, uid) for marche, statut, uid in lus}


def test_le_numero_exact_l_emporte_et_peut_servir_a_plusieurs_lots() -> None:
    lots = [Lot("L1", numero_decp="2024 0001"), Lot("L2", numero_decp="2024/0001", objet="Autre chose"), Lot("L3")]
    publies = [Publie(), Publie("2024-0002")]
    uid = Publie().uid
    assert verdicts(lots, publies) == {
        "L1": ("exact", uid),
        "L2": ("exact", uid),
        "L3": ("probable", Publie("2024-0002").uid),
    }


@pytest.mark.parametrize(
    "lot",
    [
        Lot(),
        Lot(acheteur_siret=AUTRE_SERVICE),
        Lot(numero_decp="2024-000"),
        Lot(objet="REHAB. GROUPE SCOLAIRE DES TILLEULS A MEUDON - LOT N°2 PLOMBERIE CHAUFFAGE"),
        Lot(objet=f"{ECOLE} – plomberie et chauffage", lot="Lot 2"),
        Lot(date_notification=JOUR + timedelta(days=40)),
        Lot(montant_ht=300_000),
        Lot(cpv=None, montant_ht=None),
        Lot(titulaire_siret=FIRME[:9] + "00099"),
        Lot(date_notification=None),
        Lot(titulaire_siret=None),
    ],
)
def test_un_lot_ecrit_autrement_est_retrouve(lot: Lot) -> None:
    autres = [Publie(f"2024-01{i:02d}", objet=f"Marché de fournitures n° {i}", titulaires=(RIVALE,)) for i in range(20)]
    assert verdicts([lot], [Publie(), *autres]) == {"L1": ("probable", Publie().uid)}


@pytest.mark.parametrize(
    ("lot", "publie", "statut"),
    [
        (Lot(objet=None), Publie(), "a_confirmer"),
        (Lot(objet=" – "), Publie(), "a_confirmer"),
        (Lot(), Publie(objet=None), "a_confirmer"),
        (Lot(titulaire_siret=RIVALE), Publie(), "a_confirmer"),
        (Lot(titulaire_siret=None, montant_ht=None), Publie(), "a_confirmer"),
        (Lot(), Publie(titulaires=(), montant=None), "a_confirmer"),
        (Lot(), Publie(montant=2_500_000), "a_confirmer"),
        (Lot(montant_ht=0, titulaire_siret=None), Publie(montant=-3), "a_confirmer"),
        (Lot(objet=f"{ECOLE} – lot 3 : plomberie et chauffage"), Publie(), "a_confirmer"),
        (Lot(objet=f"{ECOLE} – lot 3 : peinture"), Publie(), "a_confirmer"),
        (Lot(date_notification=JOUR + timedelta(days=181)), Publie(), "aucun"),
        (Lot(acheteur_siret=VOISINE), Publie(), "aucun"),
        (Lot(objet="Nettoyage", titulaire_siret=RIVALE, montant_ht=9, cpv="90910000"), Publie(), "aucun"),
        (
            Lot(objet=None, cpv=None, montant_ht=None, date_notification=None, titulaire_siret=None),
            Publie(),
            "aucun",
        ),
    ],
)
def test_ce_qui_manque_ou_contredit_n_est_jamais_accepte_en_silence(lot: Lot, publie: Publie, statut: str) -> None:
    autres = [Publie(f"2023-01{i:02d}", objet=f"Marché de fournitures n° {i}", titulaires=(RIVALE,)) for i in range(9)]
    assert verdicts([lot], [publie, *autres])["L1"] == (statut, None)


def test_les_lots_d_une_operation_vont_chacun_a_leur_marche() -> None:
    """Only the name of the lot tells them apart; one contract is not published."""
    corps = ("gros œuvre", "plomberie et chauffage", "peinture", "menuiseries intérieures", "électricité")
    lots = [Lot(f"L{i}", objet=f"{ECOLE} – {c}", titulaire_siret=f"{i}" * 14) for i, c in enumerate(corps, start=1)]
    publies = [
        Publie(f"2024-000{i}", objet=f"{ECOLE} – {c}", titulaires=(f"{i}" * 14,))
        for i, c in enumerate(corps[:4], start=1)
    ]
    trouves = verdicts(lots, publies)
    assert trouves == {f"L{i}": ("probable", publies[i - 1].uid) for i in range(1, 5)} | {"L5": trouves["L5"]}
    assert trouves["L5"] in {("aucun", None), ("a_confirmer", None)}


@pytest.mark.parametrize(("nb_lots", "nb_publies"), [(1, 2), (2, 1), (3, 3)])
def test_des_jumeaux_restent_a_confirmer(nb_lots: int, nb_publies: int) -> None:
    """Same words, same firm, same day: nothing says which lot is which contract, so nobody chooses."""
    lots = [Lot(f"L{i}") for i in range(nb_lots)]
    trouves = verdicts(lots, [Publie(f"2024-{i:04d}") for i in range(nb_publies)])
    assert set(trouves.values()) == {("a_confirmer", None)}


def test_le_montant_initial_vaut_celui_d_apres_les_avenants() -> None:
    assert verdicts([Lot()], [Publie(montant=700_000, montant_initial=250_000)])["L1"] == ("probable", Publie().uid)


def test_sans_suivi_ou_sans_decp_rien_ne_se_rapproche() -> None:
    assert verdicts([], [Publie()]) == {}
    assert verdicts([Lot()], []) == {"L1": ("aucun", None)}


# Properties

MOTS = st.lists(st.sampled_from(["travaux", "école", "peinture", "lot 1", "lot 2", "", "–"]), max_size=4).map(" ".join)
COMMUNS: dict[str, st.SearchStrategy[Any]] = {
    "acheteur_siret": st.sampled_from([VILLE, AUTRE_SERVICE, VOISINE]),
    "objet": st.none() | MOTS,
    "cpv": st.sampled_from([None, "45330000", "45331000", "90910000", ""]),
    "date_notification": st.none() | st.integers(0, 400).map(lambda n: JOUR + timedelta(days=n)),
}
MONTANTS = st.sampled_from([None, 0.0, -5.0, 1.0, 100_000.0, 105_000.0, 1e17])
NUMEROS = [None, "", "2024-0001", "2024-0001L02", "20240001", "2024-0002", "12"]
LOTS = st.builds(
    Lot, numero_decp=st.sampled_from(NUMEROS), lot=st.sampled_from([None, "Lot 1", "99999999999999999999"]),
    montant_ht=MONTANTS, titulaire_siret=st.sampled_from([None, FIRME, RIVALE]), **COMMUNS,
)  # fmt: skip
PUBLIES = st.builds(
    Publie, numero=st.sampled_from([n for n in NUMEROS if n]), montant=MONTANTS, montant_initial=MONTANTS,
    titulaires=st.sampled_from([(), (FIRME,), (FIRME, RIVALE)]), **COMMUNS,
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LOTS, max_size=6), st.lists(PUBLIES, max_size=6, unique_by=lambda p: p.uid))
def test_toujours_un_score_borne_un_pour_un_et_rien_d_accepte_sous_le_seuil(
    lots: list[Lot], publies: list[Publie]
) -> None:
    lots = [Lot(**{**vars(lot), "marche_id": f"L{i}"}) for i, lot in enumerate(lots)]
    with rapproches(lots, publies) as con:
        assert (
            con.execute("SELECT count(*), count(DISTINCT marche_id) FROM rapprochement").fetchone() == (len(lots),) * 2
        )
        parties = "score, score_objet, score_titulaire, score_montant, score_date, score_cpv, score_numero"
        for valeurs in con.execute(f"SELECT {parties} FROM candidat_lu").fetchall():
            assert all(v is None or 0 <= v <= 1 for v in valeurs)
        joints = con.execute(
            "SELECT r.uid, r.score, c.score_objet, c.suivant, c.suivant_publie, b.probable, b.marge, e.uid"
            " FROM rapprochement r JOIN candidat_lu c USING (marche_id, uid) CROSS JOIN bareme b"
            " LEFT JOIN exact e ON e.uid = r.uid WHERE r.statut = 'probable'"
        ).fetchall()
        assert len({uid for uid, *_ in joints}) == len(joints)
        for _, score, objet, suivant, suivant_publie, seuil, marge, pris in joints:
            assert score >= seuil
            assert objet is not None
            assert pris is None
            assert max(suivant or 0, suivant_publie or 0) <= score - float(marge) + 1e-9
        reste = "SELECT count(*) FROM rapprochement WHERE (statut IN ('exact', 'probable')) <> (uid IS NOT NULL)"
        assert con.execute(reste).fetchone() == (0,)


# On the demonstration: the lots joined by their number, this number hidden


@pytest.fixture(params=epreuve.SEVERITES[:3])
def cachee(request: pytest.FixtureRequest, fichier_demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with epreuve.ouvrir() as con:
        epreuve.cacher(con, epreuve.depuis_instantane(con, fichier_demo), request.param)
        epreuve.rapprocher(con)
        yield con


def test_la_precision_des_probables_est_d_au_moins_99_pour_cent(
    cachee: duckdb.DuckDBPyConnection, request: pytest.FixtureRequest
) -> None:
    bilan = epreuve.bilan(cachee)
    rappel_attendu = dict(zip(epreuve.SEVERITES, (0.95, 0.7, 0.45, 0.2), strict=True))
    assert bilan.a_trouver > 100
    assert bilan.precision >= 0.99
    assert bilan.rappel >= rappel_attendu[request.node.callspec.params["cachee"]]


def test_l_instantane_dit_le_rapprochement_de_chaque_lot(instantane: Instantane) -> None:
    con = instantane.curseur()
    comptes = dict(con.execute("SELECT rapprochement::VARCHAR, count(*) FROM marche GROUP BY 1").fetchall())
    assert comptes["exact"] > 4 * comptes["probable"] > 0
    assert comptes["a_confirmer"] > 0
    assert con.execute("SELECT count(*) FROM marche WHERE origine = 'decp'").fetchone() == (comptes[None],)
    candidats = con.execute(
        "SELECT m.rapprochement::VARCHAR, c.rang, c.uid = m.uid, c.score <= m.rapprochement_score FROM candidat c"
        " JOIN marche m USING (marche_no)"
    ).fetchall()
    assert {statut for statut, *_ in candidats} <= {"probable", "a_confirmer"}
    assert all(rang in (1, 2, 3) and sous for _, rang, _, sous in candidats)
    assert [rang for statut, rang, meme, _ in candidats if statut == "probable" and meme] == [1] * comptes["probable"]


def test_un_numero_abime_de_la_demonstration_retrouve_le_sien(instantane: Instantane) -> None:
    """Some numbers lost their case or their end, and what is left is in that of the contract; others were not typed."""
    lus = instantane.curseur().execute(
        "SELECT count(*), count(*) FILTER (c.score_numero = 1) FROM candidat c JOIN marche m USING (marche_no)"
        " WHERE m.rapprochement = 'probable' AND c.rang = 1"
    )
    total, attestes = lus.fetchone() or (0, 0)
    assert 0 < attestes < total


def test_le_taux_de_rapprochement_compte_chaque_lot_une_fois(instantane: Instantane) -> None:
    con = instantane.curseur()
    total = con.execute("SELECT count(*) FROM marche WHERE origine <> 'decp'").fetchone()
    for groupe in ("programme", "source_id"):
        requete = texte("lecture", "rapprochement").format(groupe=groupe, condition="TRUE")
        lus = con.sql(requete)
        assert lus.columns == ["groupe", "rapprochement", "lots", "couverts", "score"]
        assert lus.sum("lots").fetchone() == total
        assert all(couverts <= lots for _, _, lots, couverts, _ in lus.fetchall())
