"""The rules of the indicators of the territories: each formula, its floors, and when it does not exist."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.domain.filtre import GEOGRAPHIES, INDICATEURS, REGARDS
from dashboard.domain.selection import Selection
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.territoires_mesures import ABSENTE, ENGAGEMENTS, FEMMES, REGLES, SECRET, Faits, annuelle

PLEINS = Faits(
    population=20_000, engagees=10_000.0, realisees=8_035.0, comparables=8_000.0, hors_btp=2_000.0, connues=8_000.0,
    lots=8, lots_suivis=6, marches=40, avec_clause=10, sociale_connue=25, effectif=50, femmes=15, compte=20,
    distance=7.5,
)  # fmt: skip
ATTENDUS = {
    "heures": 8_035.0, "engagees": 10_000.0, "taux": 0.8, "heures_hab": 401.75, "etp": 5.0, "beneficiaires": 50.0,
    "beneficiaires_hab": 25.0, "heures_personne": 160.7, "part_femmes": 0.4, "part_moins_26": 0.4,
    "part_plus_50": 0.4, "part_qpv": 0.4, "part_rsa": 0.4, "part_deld": 0.4, "distance": 7.5, "part_hors_btp": 0.25,
    "marches": 40.0, "part_clause": 0.4, "couverture": 0.75,
}  # fmt: skip


def test_chaque_indicateur_a_sa_formule() -> None:
    assert set(ATTENDUS) == set(INDICATEURS)
    for code, attendu in ATTENDUS.items():
        valeur, statut = REGLES[code].calculer(PLEINS)
        assert (statut, valeur) == ("valeur", pytest.approx(attendu)), code
    assert FEMMES.calculer(PLEINS) == (pytest.approx(0.3), "valeur")


@pytest.mark.parametrize("code", INDICATEURS)
def test_un_territoire_sans_rien_vaut_zero_ou_n_a_pas_de_valeur(code: str) -> None:
    """A volume is a true zero; a ratio has no denominator: not available, never masked."""
    volume = REGLES[code].volume is not None or code in ("heures_hab", "beneficiaires_hab")
    assert REGLES[code].calculer(Faits(20_000)) == ((0.0, "valeur") if volume else ABSENTE)


@pytest.mark.parametrize("code", sorted(set(ATTENDUS) - ENGAGEMENTS))
def test_un_effectif_masque_masque_tout_ce_qui_en_vient(code: str) -> None:
    masques = replace(PLEINS, protege=True, effectif=None, compte=None, realisees=None, hors_btp=None, distance=None)
    personnels = "personnes" in REGLES[code].lues(protege=True)
    assert (REGLES[code].calculer(masques) == SECRET) is personnels


def test_les_planchers_des_parts_et_des_moyennes() -> None:
    assert REGLES["part_femmes"].calculer(replace(PLEINS, effectif=15)) == SECRET
    assert REGLES["part_femmes"].calculer(replace(PLEINS, compte=None)) == SECRET
    assert REGLES["heures_personne"].calculer(replace(PLEINS, effectif=5)) == SECRET
    assert REGLES["heures_personne"].calculer(replace(PLEINS, effectif=10))[1] == "valeur"
    assert REGLES["distance"].calculer(replace(PLEINS, distance=None)) == SECRET
    assert REGLES["distance"].calculer(replace(PLEINS, compte=0.0, distance=None)) == ABSENTE
    assert REGLES["part_clause"].calculer(replace(PLEINS, sociale_connue=9)) == ABSENTE
    assert REGLES["part_hors_btp"].calculer(replace(PLEINS, effectif=5))[1] == "valeur", "heures exactes"
    assert REGLES["part_hors_btp"].calculer(replace(PLEINS, effectif=5, protege=True)) == SECRET


def test_une_part_d_heures_protegees_ne_depasse_pas_le_tout() -> None:
    """Both numbers are rounded: the part may be published above the whole."""
    assert REGLES["part_hors_btp"].calculer(replace(PLEINS, protege=True, realisees=100.0, hors_btp=110.0))[0] == 1.0


def test_les_volumes_par_an_sont_ramenes_aux_habitants() -> None:
    assert annuelle(REGLES["heures"], PLEINS)[0] == pytest.approx(8_035 / 20)
    assert annuelle(REGLES["marches"], PLEINS)[0] == pytest.approx(20.0)
    assert annuelle(REGLES["part_femmes"], PLEINS) == REGLES["part_femmes"].calculer(PLEINS)
    assert annuelle(REGLES["heures"], Faits(0)) == ABSENTE


def test_ce_qui_s_additionne() -> None:
    """Persons are distinct: those of the parts do not add up."""
    assert {c for c, r in REGLES.items() if r.additif} == {"heures", "engagees", "etp", "marches"}


@pytest.mark.parametrize("geographie", GEOGRAPHIES)
@pytest.mark.parametrize("regard", [None, *REGARDS])
def test_quand_un_indicateur_n_existe_pas(instantane: Instantane, geographie: str, regard: str | None) -> None:
    choix, ref = Selection(geographie=geographie, regard=regard), instantane.referentiel
    absents = {c: r.empechement(choix, ref) for c, r in REGLES.items() if r.empechement(choix, ref)}
    attendus: dict[str, str] = {}
    if geographie == "residence":
        attendus |= dict.fromkeys(("marches", "part_clause"), "residence")
        attendus |= dict.fromkeys(("engagees", "taux", "couverture"), "residence_engagement")
    elif regard:
        attendus |= dict.fromkeys(("marches", "part_clause", "engagees", "taux"), "regard")
    if regard == "rqth":
        attendus |= dict.fromkeys((c for c, r in REGLES.items() if r.regard), "sensible")
    elif regard in ("moins_26", "plus_50"):
        attendus |= dict.fromkeys(("part_moins_26", "part_plus_50"), "meme_critere")
    elif regard:
        attendus[f"part_{regard}"] = "meme_critere"
    assert absents == attendus


def test_sans_suivi_il_ne_reste_que_les_marches(instantane: Instantane) -> None:
    ref = replace(instantane.referentiel, a_suivi=False)
    presents = {c for c, r in REGLES.items() if r.empechement(Selection(), ref) is None}
    assert presents == {"marches", "part_clause"}
