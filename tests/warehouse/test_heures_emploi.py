"""Hours by kind of hiring, employer and contract: a partition that neither its total nor its rows give away."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.mesures import tirer
from dashboard.domain.selection import REGION
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.heures import lire
from dashboard.warehouse.heures_emploi import par_dimension
from dashboard.warehouse.partition import caler, proteger_les_restes

Ligne = dict[str, Any]


@pytest.mark.parametrize("tirage", range(25))
def test_les_heures_par_contrat_s_ajoutent_au_total_ou_cachent_au_moins_deux_cellules(
    instantane: Instantane, tirage: int
) -> None:
    alea = random.Random(tirage)
    choix = tirer(instantane.referentiel, alea)
    lieu = alea.choice([REGION, "93", choix.territoire])
    vue = lire(instantane, replace(choix, territoire=lieu, regard=None, geographie="execution"))
    total = vue.chiffres["heures_realisees"].valeur or 0.0
    for lignes in vue.emploi.values():
        masquees = [li for li in lignes if li["statut"] == "s"]
        assert len(masquees) != 1 or len([li for li in lignes if li["effectif"] != 0]) == 1
        if lignes and not masquees:
            assert sum(li["valeur"] for li in lignes) == pytest.approx(total, abs=5 * len(lignes))
            assert sum(li["part"] for li in lignes) == pytest.approx(1.0, abs=0.01)
        assert all(li["effectif"] is None and li["valeur"] is None for li in masquees)


def rangee(code: str, effectif: int | None, groupe: str = "a", dimension: str = "modalite") -> Ligne:
    statut = "s" if effectif is None else "valeur"
    heures_ = None if effectif is None else effectif * 100.0
    return {
        "dimension": dimension,
        "code": code,
        "groupe": groupe,
        "effectif": effectif,
        "heures": heures_,
        "statut": statut,
    }


@pytest.mark.parametrize(
    ("effectifs", "masques"),
    [
        ((50, 20, None), "bc"),  # the smallest visible one joins the only masked one
        ((50, None, None), "bc"),
        ((50, 20, 10), ""),
        ((None,), "a"),
        ((50, 0, None), "ac"),  # a true zero hides nothing
    ],
)
def test_une_cellule_masquee_n_est_jamais_seule(effectifs: tuple[int | None, ...], masques: str) -> None:
    lignes = proteger_les_restes(rangee(c, e) for c, e in zip("abc", effectifs, strict=False))
    assert "".join(li["code"] for li in lignes if li["statut"] == "s") == masques


def test_une_modalite_masquee_ne_se_deduit_pas_du_total_de_ses_employeurs() -> None:
    """Totals of two groups, one masked row in each: the subtraction would give both back."""
    siae = [rangee("etti", 100, "siae"), rangee("ei", 30, "siae"), rangee("ai", None, "siae")]
    autres = [rangee("geiq", 40, "inclusion"), rangee("ea", 10, "inclusion"), rangee("esat", None, "inclusion")]
    modalites = par_dimension([*siae, *autres], None)["modalite"]
    assert {li["code"] for li in modalites if li["statut"] == "s"} == {"ei", "ai", "ea", "esat"}


def test_les_heures_calees_ne_rendent_pas_le_vrai_effectif() -> None:
    """One kind of contract only: hours equal to the exact total say nothing of published over true count."""
    for publie in (20, 25, 30):
        lignes = [{**rangee("cdd", publie), "heures": 123_456.0 * publie / 24}]
        assert [li["heures"] for li in caler(lignes, 123_456.0)] == [123_460.0]
    deux = [rangee("cdd", 60), rangee("cdi", 20)]
    assert [li["heures"] for li in caler(deux, 10_000.0)] == [7_500.0, 2_500.0]
    assert caler([*deux, rangee("autre", None)], 10_000.0)[0]["heures"] == 6_000.0
    assert caler(deux, None) == deux
