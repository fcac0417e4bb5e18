"""CSV: opened as is by a French spreadsheet, states written, formulas neutralised."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.contenu.tableau import Bloc, Colonne, Etat, Format, Tableau, lisible, tableau
from dashboard.domain import francais
from dashboard.export.tableau import arrondir, arrondisseur, csv_de, csv_machine

COLONNES = (Colonne("nom", "Territoire"), Colonne("h", "Heures réalisées", "entier"), Colonne("p", "Part", "part"))

FORMATS: tuple[Format, ...] = ("entier", "decimal", "part", "montant")


def bloc(t: Tableau) -> Bloc:
    return Bloc("essai", "Un titre", "2025 · Paris", "Source : essai", t)


def lire(texte: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(texte.removeprefix("\ufeff")), delimiter=";"))


def test_le_fichier_de_reference() -> None:
    t = tableau(
        (*COLONNES, Colonne("m", "Mois", "mois")),
        [["Montreuil", 1234567.4, 0.1234, date(2025, 3, 1)],
         ["Les Lilas", Etat.SECRET, Etat.NON_DISPONIBLE, date(2025, 4, 1)],
         ["Bagnolet", 0.0, 0.0, date(2025, 5, 1)]],
    )  # fmt: skip
    assert csv_de(bloc(t)) == (
        "\ufeffTerritoire;Heures réalisées;Part;Mois\r\n"
        "Montreuil;1234567;0,1234;2025-03\r\n"
        "Les Lilas;s;nd;2025-04\r\n"
        "Bagnolet;0;0,0000;2025-05\r\n"
        "\r\n"
        "Un titre — 2025 · Paris\r\n"
        "Source : essai\r\n"
    )


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=30), min_size=1, max_size=5)
)
def test_aucune_cellule_ne_peut_etre_une_formule(noms: list[str]) -> None:
    t = tableau(COLONNES, [[nom, 1.0, 0.5] for nom in noms])
    for ligne, nom in zip(lire(csv_de(bloc(t)))[1:], noms, strict=False):
        assert not ligne[0].startswith(("=", "+", "-", "@", "\t"))
        assert ligne[0].removeprefix("'") == lisible(nom).removeprefix("'")


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=8))
def test_les_nombres_sont_relus_a_l_unite(valeurs: list[float]) -> None:
    t = tableau(COLONNES, [["x", v, 0.5] for v in valeurs])
    relus = [int(ligne[1]) for ligne in lire(csv_de(bloc(t)))[1 : len(valeurs) + 1]]
    assert relus == [francais.arrondi(v) for v in valeurs], "le même arrondi qu’à l’écran"


@given(st.floats(-1e13, 1e13) | st.integers(-(10**7), 10**7).map(lambda n: n / 1000), st.sampled_from(FORMATS))
@example(0.5, "entier")
@example(2.5, "entier")
@example(-1.5, "entier")
@example(0.25, "decimal")
@example(1.005, "montant")
@example(5e-5, "part")
@example(1e-7, "part")
@example(123456789012.125, "montant")
@example(-0.04, "decimal")
def test_l_arrondi_rapide_est_l_arrondi(valeur: float, forme: Format) -> None:
    assert arrondisseur(forme)(valeur) == str(arrondir(valeur, forme))


def test_un_siret_se_lit_par_groupes_et_s_ecrit_sans_espace_pour_un_programme() -> None:
    b = bloc(tableau((Colonne("siret", "SIRET", "siret"),), [["237 500 079 00015"], [Etat.NON_DISPONIBLE]]))
    assert [ligne[0] for ligne in lire(csv_de(b))[1:3]] == ["237 500 079 00015", "nd"]
    assert csv_machine(b) == "siret\n23750007900015\nnd\n"


@pytest.mark.parametrize("valeur", [float("nan"), float("inf"), float("-inf")])
def test_ce_qui_n_est_pas_un_nombre_ne_s_ecrit_pas(valeur: float) -> None:
    with pytest.raises(ValueError, match="nombre"):
        arrondisseur("entier")(valeur)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30).map(lisible), min_size=1, max_size=5))
def test_separateurs_guillemets_et_fins_de_ligne_se_relisent(noms: list[str]) -> None:
    b = bloc(tableau(COLONNES, [[nom, 1.0, 0.5] for nom in noms]))
    francais_ = list(csv.reader(io.StringIO(csv_de(b).removeprefix("\ufeff"), newline=""), delimiter=";"))
    machine = list(csv.reader(io.StringIO(csv_machine(b), newline="")))
    for relues in (francais_, machine):
        assert [ligne[0].removeprefix("'") for ligne in relues[1 : len(noms) + 1]] == [
            n.removeprefix("'") for n in noms
        ]
        assert not any(ligne[0].startswith(("=", "+", "-", "@", "\t", "\r")) for ligne in relues[1 : len(noms) + 1])


def test_un_titre_non_plus_n_est_pas_une_formule() -> None:
    b = Bloc("essai", "=1+1", "2025", "@legende", tableau(COLONNES, []))
    assert [ligne[0] for ligne in lire(csv_de(b))[2:]] == ["'=1+1 — 2025", "'@legende"]
