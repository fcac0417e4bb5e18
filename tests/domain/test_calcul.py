"""The formula of the calculator: the published example comes out, proportions hold, nothing is divided by zero."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain import calcul
from dashboard.domain.calcul import EXEMPLE, HypotheseInvalide, Hypotheses, hypotheses
from dashboard.domain.filtre import NOMBRES
from dashboard.domain.selection import Selection
from dashboard.settings import RACINE

FICHIER = RACINE / "data" / "reference" / "main_oeuvre.csv"
NOMBRE = {n.cle: st.floats(n.minimum, n.maximum, allow_nan=False) for n in NOMBRES}


def test_l_exemple_publie_donne_833_heures() -> None:
    h = hypotheses(Selection())
    assert (h.montant, h.part, h.taux, h.cout) == (1_000_000, 50, 5, 30)
    assert round(h.heures) == 833
    assert h.main_oeuvre == 500_000
    assert round(h.travail) == 16_667
    assert h.etp == pytest.approx(833.33 / 1607, abs=1e-4)
    assert h.personnes == pytest.approx(1.63, abs=0.01)
    assert h.tranche_equivalente == pytest.approx(1_200)
    assert h.par_tranche(1_200) == pytest.approx(h.heures)
    assert h.par_tranche(2_000, 0.8) == 400


@given(st.builds(Hypotheses, **NOMBRE))
def test_la_formule_est_proportionnelle_et_ne_divise_jamais_par_zero(h: Hypotheses) -> None:
    assert h.heures == pytest.approx(h.travail * h.taux / 100)
    assert h.avec(h.part, h.taux) == pytest.approx(h.heures)
    assert h.avec(h.part, 2 * h.taux) == pytest.approx(2 * h.heures)
    assert h.pour_100k * h.montant / 100_000 == pytest.approx(h.heures)
    assert 0 <= h.heures <= h.travail * (1 + 1e-9)
    egale = h.tranche_equivalente
    assert (egale is None) == (h.part * h.taux == 0)
    if egale:
        assert h.par_tranche(egale) == pytest.approx(h.heures)


@given(st.sampled_from([n.cle for n in NOMBRES]), st.floats(-1e12, 1e12, allow_nan=False))
def test_un_nombre_est_dans_ses_bornes_ou_refuse_avec_un_message(cle: str, valeur: float) -> None:
    borne = next(n for n in NOMBRES if n.cle == cle)
    choix = Selection(**{cle: valeur})  # type: ignore[arg-type]
    if borne.minimum <= valeur <= borne.maximum:
        lu = hypotheses(choix)
        assert getattr(lu, cle) == valeur
        assert all(getattr(lu, autre) == EXEMPLE[autre] for autre in EXEMPLE if autre != cle)
    else:
        with pytest.raises(HypotheseInvalide, match=f"{borne.libelle} hors des bornes"):
            hypotheses(choix)


def test_le_cout_nul_est_refuse() -> None:
    with pytest.raises(HypotheseInvalide, match="Coût horaire"):
        hypotheses(Selection(cout=0.0))


def test_les_reperes_contiennent_la_valeur_demandee_une_seule_fois() -> None:
    assert calcul.reperes((5.0, 10.0), 7.0) == (5.0, 7.0, 10.0)
    assert calcul.reperes((5.0, 10.0), 10.0) == (5.0, 10.0)


def test_les_parts_publiees_sont_celles_de_la_source_et_les_autres_se_disent_hypotheses() -> None:
    metiers = calcul.metiers(FICHIER)
    assert {m.code: m.part for m in metiers if m.publiee} == {
        "peinture": 70,
        "maconnerie": 50,
        "charpente_metallique": 20,
    }
    assert all(("ypothèse" in m.source) != m.publiee for m in metiers)
    assert len({(m.part, m.secteur) for m in metiers}) == len(metiers), "une part et un secteur désignent un métier"


@pytest.mark.parametrize(
    ("ligne", "message"),
    [("a,A,150,x,publie,s", "0 à 100"), ("a,A,dix,x,publie,s", "illisible"), ("a,A,10,x,peut-être,s", "illisible")],
)
def test_une_part_illisible_est_nommee(tmp_path: Path, ligne: str, message: str) -> None:
    fichier = tmp_path / "main_oeuvre.csv"
    fichier.write_text(f"code,libelle,part,secteur,origine,source\n{ligne}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        calcul.metiers(fichier)
