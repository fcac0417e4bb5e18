"""Rules of a commitment: hours due, end, state and sums; bad input is named, nothing divides by zero."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain import engagement
from dashboard.domain.engagement import (
    Dues,
    Obligation,
    Projection,
    avancement,
    cumuler,
    dues,
    etat_en_cours,
    etat_termine,
    fin_prevue,
    intervalle,
    moments,
    motif,
    termine,
)

DEBUT = date(2023, 1, 15)
ARRETE = date(2025, 12, 31)
PREMIER = date(2018, 1, 1)
VOLUME = Obligation("volume", 1000.0)

# --- dates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("debut", "mois", "fin"),
    [
        (date(2023, 1, 15), 12, date(2024, 1, 15)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 1, 15), 0.2, date(2023, 2, 15)),
        (date(2023, 1, 15), 17.6, date(2024, 7, 15)),
        (None, 12, None),
        (date(2023, 1, 15), None, None),
        (date(2023, 1, 15), 0, None),
        (date(2023, 1, 15), -6, None),
        (date(2023, 1, 15), 1e9, None),
        (date(9999, 12, 15), 12, None),
    ],
)
def test_la_fin_prevue(debut: date | None, mois: float | None, fin: date | None) -> None:
    assert fin_prevue(debut, mois) == fin


def test_l_avancement_depasse_un_apres_la_fin_et_ne_descend_pas_sous_zero() -> None:
    assert avancement(DEBUT, date(2025, 1, 15), date(2024, 1, 15)) == pytest.approx(0.4993, abs=1e-4)
    assert avancement(DEBUT, date(2024, 1, 15), ARRETE) == pytest.approx(2.9616, abs=1e-4)
    assert avancement(date(2026, 3, 1), date(2027, 3, 1), ARRETE) == 0.0
    assert avancement(DEBUT, DEBUT, ARRETE) is None
    assert avancement(DEBUT, date(2022, 1, 1), ARRETE) is None
    assert avancement(None, ARRETE, ARRETE) is None
    assert avancement(DEBUT, ARRETE, None) is None


@pytest.mark.parametrize(
    ("statut", "fin", "dernier", "attendu"),
    [
        ("termine", None, None, True),
        ("en_cours", date(2020, 1, 1), None, False),
        ("prevision", date(2020, 1, 1), None, False),
        (None, date(2025, 1, 1), None, True),
        (None, date(2025, 1, 1), date(2025, 10, 1), False),
        (None, date(2025, 10, 1), None, False),
        (None, date(2026, 10, 1), date(2024, 1, 1), False),
        (None, None, None, False),
    ],
)
def test_un_lot_sans_statut_est_fini_quand_il_se_tait(
    statut: str | None, fin: date | None, dernier: date | None, attendu: bool
) -> None:
    assert termine(statut, fin, ARRETE, dernier) is attendu


# --- hours due -----------------------------------------------------------------------------------------------


def test_un_volume_est_du_en_entier_et_au_prorata_a_ce_jour() -> None:
    assert dues(VOLUME, 0.4, fini=False) == Dues(1000.0, 400.0, mobile=False)
    assert dues(VOLUME, 1.7, fini=False) == Dues(1000.0, 1000.0, mobile=False)
    assert dues(VOLUME, 0.4, fini=True) == Dues(1000.0, 1000.0, mobile=False)
    assert dues(VOLUME, None, fini=False) == Dues(1000.0, None, mobile=False)


def test_un_pourcentage_suit_les_heures_travaillees() -> None:
    obligation = Obligation("pourcentage", 1000.0, taux=10.0, travaillees=6000.0)
    assert dues(obligation, 0.5, fini=False) == Dues(600.0 + 500.0, 600.0, mobile=True)
    assert dues(obligation, 1.2, fini=False) == Dues(600.0, 600.0, mobile=True)
    assert dues(obligation, 0.5, fini=True) == Dues(600.0, 600.0, mobile=True)
    assert dues(obligation, None, fini=False) == Dues(1000.0, 600.0, mobile=True)


def test_une_tranche_suit_le_montant_facture() -> None:
    obligation = Obligation("tranche", 1000.0, facture=1_500_000.0, euros_par_heure=2000.0)
    assert dues(obligation, 0.25, fini=False) == Dues(750.0 + 750.0, 750.0, mobile=True)


@pytest.mark.parametrize(
    "obligation",
    [
        Obligation("pourcentage", 1000.0, taux=10.0),
        Obligation("pourcentage", 1000.0, taux=None, travaillees=6000.0),
        Obligation("pourcentage", 1000.0, taux=0.0, travaillees=6000.0),
        Obligation("pourcentage", 1000.0, taux=10.0, travaillees=0.0),
        Obligation("tranche", 1000.0, facture=1e6),
        Obligation("tranche", 1000.0, facture=1e6, euros_par_heure=0.0),
        Obligation("tranche", 1000.0, facture=0.0, euros_par_heure=2000.0),
        Obligation(None, 1000.0, taux=10.0, travaillees=6000.0),
    ],
)
def test_sans_les_faits_on_garde_les_heures_engagees(obligation: Obligation) -> None:
    assert dues(obligation, 0.5, fini=False) == Dues(1000.0, 500.0, mobile=False)


@pytest.mark.parametrize("engagees", [None, 0.0, -5.0])
def test_sans_heures_engagees_un_volume_ne_doit_rien_de_connu(engagees: float | None) -> None:
    assert dues(Obligation("volume", engagees), 0.5, fini=False) == Dues(None, None, mobile=False)
    faits = Obligation("pourcentage", engagees, taux=5.0, travaillees=2000.0)
    assert dues(faits, 0.5, fini=True) == Dues(100.0, 100.0, mobile=True)


nombres = st.one_of(st.none(), st.floats(-1e6, 1e9, allow_nan=False))
obligations = st.builds(
    Obligation, st.sampled_from([None, "volume", "pourcentage", "tranche", "?"]), nombres, nombres, nombres, nombres,
    nombres,
)  # fmt: skip
jours = st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2100, 1, 1)))


@given(obligations, st.one_of(st.none(), st.floats(0, 50)), st.booleans())
def test_quoi_qu_on_declare_les_heures_dues_sont_positives_ou_inconnues(
    obligation: Obligation, part: float | None, fini: bool
) -> None:
    trouvees = dues(obligation, part, fini=fini)
    for valeur in (trouvees.fin, trouvees.a_ce_jour):
        assert valeur is None or (valeur >= 0 and math.isfinite(valeur))
    if trouvees.fin is not None and trouvees.a_ce_jour is not None:
        assert trouvees.a_ce_jour <= trouvees.fin * (1 + 1e-9)


# --- what cannot be evaluated --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("obligation", "debut", "duree", "arrete", "premier", "attendu"),
    [
        (VOLUME, DEBUT, 24, ARRETE, PREMIER, None),
        (VOLUME, None, 24, ARRETE, PREMIER, "sans_date"),
        (VOLUME, DEBUT, None, ARRETE, PREMIER, "sans_duree"),
        (VOLUME, DEBUT, 0, ARRETE, PREMIER, "sans_duree"),
        (VOLUME, DEBUT, 99_999, ARRETE, PREMIER, "sans_duree"),
        (VOLUME, DEBUT, -3, ARRETE, PREMIER, "dates_inversees"),
        (Obligation("volume", 0.0), DEBUT, 24, ARRETE, PREMIER, "sans_heures"),
        (Obligation("volume", None), DEBUT, 24, ARRETE, PREMIER, "sans_heures"),
        (VOLUME, DEBUT, 24, None, None, "sans_suivi"),
        (VOLUME, date(2017, 10, 1), 24, ARRETE, PREMIER, None),
        (VOLUME, date(2017, 6, 1), 24, ARRETE, PREMIER, "tronque"),
    ],
)
def test_le_motif_nomme_ce_qui_manque(
    obligation: Obligation,
    debut: date | None,
    duree: float | None,
    arrete: date | None,
    premier: date | None,
    attendu: str | None,
) -> None:
    assert motif(obligation, debut, duree, arrete, premier) == attendu


@given(obligations, jours, nombres, jours, jours)
def test_sans_motif_tout_ce_qu_il_faut_pour_projeter_est_connu(
    obligation: Obligation, debut: date | None, duree: float | None, arrete: date | None, premier: date | None
) -> None:
    if motif(obligation, debut, duree, arrete, premier) is None:
        assert avancement(debut, fin_prevue(debut, duree), arrete) is not None
        assert (obligation.engagees or 0) > 0


# --- states --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bornes", "etat"),
    [
        ((1000, 1100, 1200), "avance"),
        ((999.6, 1100, 1200), "avance"),
        ((999.4, 1000, 1200), "temps"),
        ((900, 999, 1200), "surveiller"),
        ((800, 850, 999), "retard"),
    ],
)
def test_l_etat_dit_quelle_borne_atteint_le_du(bornes: tuple[float, float, float], etat: str) -> None:
    bas, centre, haut = bornes
    assert etat_en_cours(1000.0, 0.5, Projection(100.0, centre, bas, haut)) == etat


def test_un_lot_sans_heure_n_est_non_demarre_que_le_premier_quart() -> None:
    vide = Projection(0.0, 400.0, 0.0, 900.0)
    assert etat_en_cours(1000.0, 0.0, vide) == "non_demarre"
    assert etat_en_cours(1000.0, engagement.DEMARRAGE, vide) == "retard"
    assert etat_en_cours(1000.0, 0.1, Projection(0.5, 400.0, 0.5, 900.0)) == "retard"


def test_un_lot_fini_est_juge_sur_ses_heures() -> None:
    assert etat_termine(999.5, 1000.0) == "atteint"
    assert etat_termine(999.0, 1000.0) == "non_atteint"
    assert etat_termine(10.0, None) == "nd"


# --- sums ----------------------------------------------------------------------------------------------------


@st.composite
def projections(draw: st.DrawFn) -> Projection:
    """Bounds in order, above the hours realised."""
    fait, *pas = (draw(st.floats(0, 1e6)) for _ in range(4))
    return Projection(fait, fait + pas[0] + pas[1], fait + pas[0], fait + pas[0] + pas[1] + pas[2])


@given(projections())
def test_la_moyenne_est_entre_les_bornes(projection: Projection) -> None:
    moyenne, ecart = moments(projection)
    assert projection.bas - 1e-6 <= moyenne <= projection.haut + 1e-6
    assert 0 <= ecart <= projection.haut - projection.bas + 1e-6


def test_une_loi_normale_retrouve_son_ecart_type() -> None:
    moyenne, ecart = moments(Projection(0.0, 1000.0, 1000 - 128.16, 1000 + 128.16))
    assert moyenne == pytest.approx(1000)
    assert ecart == pytest.approx(100, rel=0.01)


@given(st.lists(projections(), max_size=12))
def test_une_somme_garde_l_ordre_et_ne_descend_pas_sous_le_realise(lots: list[Projection]) -> None:
    somme = cumuler(lots)
    assert somme.realisees == pytest.approx(sum(p.realisees for p in lots))
    assert somme.realisees <= somme.bas <= somme.projetees <= somme.haut
    assert cumuler(lots) == somme


@given(st.lists(projections(), min_size=2, max_size=12))
def test_l_intervalle_d_une_somme_est_plus_etroit_que_la_somme_des_intervalles(lots: list[Projection]) -> None:
    seuls = sum(2 * engagement.ECARTS_80 * moments(p)[1] for p in lots)
    somme = cumuler(lots)
    assert somme.haut - somme.bas <= seuls * (1 + 1e-9) + 1e-6


def test_un_lot_seul_garde_sa_projection_et_un_lot_fini_n_ajoute_pas_d_incertitude() -> None:
    seul, fini = Projection(10.0, 50.0, 20.0, 100.0), Projection(300.0, 300.0, 300.0, 300.0)
    assert cumuler([seul]) == seul
    assert cumuler([]) == Projection(0.0, 0.0, 0.0, 0.0)
    moyenne, ecart = moments(seul)
    assert cumuler([seul, fini]) == intervalle(310.0, moyenne + 300.0, ecart, ecart**2)
    assert cumuler([fini, fini]) == Projection(600.0, 600.0, 600.0, 600.0)


def test_l_intervalle_se_resserre_quand_les_lots_sont_nombreux_mais_jamais_jusqu_a_rien() -> None:
    lot = Projection(0.0, 1000.0, 800.0, 1200.0)
    largeurs = [(somme := cumuler([lot] * n)).haut / n - somme.bas / n for n in (2, 10, 100, 10_000)]
    assert largeurs == sorted(largeurs, reverse=True)
    assert largeurs[-1] > 0.3 * 400
