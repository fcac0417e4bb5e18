"""XLSX of many rows: the cells of the CSV, typed; read as it is written; the same bytes; its limit said."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dashboard.contenu import calculateur
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.flux import Flux, Lot
from dashboard.contenu.tableau import Bloc, Colonne, tableau
from dashboard.domain.selection import Selection
from dashboard.export import classeur, classeur_long, limites
from dashboard.export.tableau import en_csv, en_csv_machine
from dashboard.warehouse.connexion import Instantane

pytestmark = pytest.mark.complet

COLONNES = (
    Colonne("objet", "Objet"), Colonne("montant", "Montant (€ HT)", "montant"), Colonne("jour", "Notifié le", "jour"),
    Colonne("heures", "Heures", "entier"), Colonne("score", "Score", "part"), Colonne("duree", "Durée", "decimal"),
)  # fmt: skip
LIGNES = (
    ("=1+1 ; <école> & « Lilas »", 1234.565, date(2025, 3, 1), 12.5, 0.98765, 4.25),
    ("  https://exemple.fr", None, None, None, None, None),
    ("-12,5", 0.0, date(2024, 2, 29), 0.0, 1.0, 24.0),
)


def flux(lignes: Any = LIGNES, nombre: int | None = None) -> Flux:
    """The rows in batches of two, each value once."""

    def lots() -> Iterator[Lot]:
        for k in range(0, len(lignes), 2):
            colonnes = list(zip(*lignes[k : k + 2], strict=True))
            yield [(list(dict.fromkeys(c)), [list(dict.fromkeys(c)).index(v) for v in c]) for c in colonnes]

    bloc = Bloc("essai", "Un titre", "2025 · Paris", "Source : essai", tableau(COLONNES, []), None, ("etp",))
    return Flux(bloc, len(lignes) if nombre is None else nombre, lots, ("Une note.",))


@pytest.fixture(scope="module")
def contexte(instantane: Instantane) -> Contexte[Any]:
    return calculateur.PAGE.contexte(instantane, Selection())


def octets(f: Flux, contexte: Contexte[Any]) -> bytes:
    with classeur.xlsx_long(f, contexte) as fichier:
        return fichier.read()


def relire(contenu: bytes, feuille: str = "Données") -> list[list[Any]]:
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(contenu)).get_sheet_by_name(feuille).to_python(skip_empty_area=False)
    )


def test_le_csv_de_reference() -> None:
    assert "".join(en_csv(flux())) == (
        "\ufeffObjet;Montant (€ HT);Notifié le;Heures;Score;Durée\r\n"
        '"\'=1+1 ; <école> & « Lilas »";1234,57;01/03/2025;13;0,9877;4,3\r\n'
        "  https://exemple.fr;nd;nd;nd;nd;nd\r\n"
        "'-12,5;0,00;29/02/2024;0;1,0000;24,0\r\n"
        "\r\n"
        "Un titre — 2025 · Paris\r\n"
        "Source : essai\r\n"
        "Une note.\r\n"
    )


def test_le_csv_pour_un_programme_de_reference() -> None:
    assert "".join(en_csv_machine(flux())) == (
        "objet,montant,jour,heures,score,duree\n"
        "'=1+1 ; <école> & « Lilas »,1234.57,2025-03-01,13,0.9877,4.3\n"
        "  https://exemple.fr,nd,nd,nd,nd,nd\n"
        '"\'-12,5",0.00,2024-02-29,0,1.0000,24.0\n'
    )


def test_le_classeur_de_reference(contexte: Contexte[Any]) -> None:
    contenu = octets(flux(), contexte)
    donnees = relire(contenu)
    assert donnees[0] == [c.libelle for c in COLONNES]
    assert donnees[1] == ["=1+1 ; <école> & « Lilas »", 1234.57, date(2025, 3, 1), 13.0, 0.9877, 4.3]
    assert donnees[2] == ["  https://exemple.fr", *["nd"] * 5]
    assert donnees[3] == ["-12,5", 0.0, date(2024, 2, 29), 0.0, 1.0, 24.0]
    assert donnees[4] == [""] * 6
    assert [ligne[0] for ligne in donnees[5:8]] == ["Un titre — 2025 · Paris", "Source : essai", "Une note."]
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        feuille = archive.read(classeur_long.FEUILLE).decode()
        styles = archive.read("xl/styles.xml").decode()
    assert 'state="frozen"' in feuille
    assert '<autoFilter ref="A1:F4"/>' in feuille
    assert "<f>" not in feuille
    assert '<c r="B3" s="' in feuille, "chaque cellule dit sa place"
    assert 'formatCode="dd/mm/yyyy"' in styles


def test_les_memes_lignes_font_les_memes_octets(contexte: Contexte[Any]) -> None:
    assert octets(flux(), contexte) == octets(flux(), contexte)


def test_sans_ligne_il_reste_les_titres_et_les_notes(contexte: Contexte[Any]) -> None:
    donnees = relire(octets(flux([]), contexte))
    assert donnees[0] == [c.libelle for c in COLONNES]
    assert [ligne[0] for ligne in donnees[1:4]] == ["", "Un titre — 2025 · Paris", "Source : essai"]


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=8))
def test_tout_texte_se_relit(contexte: Contexte[Any], textes: list[str]) -> None:
    f = flux([(t, 1.0, None, 1.0, 0.5, 1.0) for t in textes])
    contenu = octets(f, contexte)
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        assert "<f>" not in archive.read(classeur_long.FEUILLE).decode()
    relus = [ligne[0] for ligne in relire(contenu)[1 : len(textes) + 1]]
    for lu, voulu in zip(relus, textes, strict=True):
        if voulu.isprintable() and "_x" not in voulu:
            assert lu == voulu


def test_un_texte_trop_long_est_coupe(contexte: Contexte[Any]) -> None:
    donnees = relire(octets(flux([("x" * 40_000, 1.0, None, 1.0, 0.5, 1.0)]), contexte))
    assert len(donnees[1][0]) == classeur_long.TEXTE_MAX


def test_la_limite_est_dite_et_le_csv_n_en_a_pas(contexte: Contexte[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limites, "LIGNES_XLSX_MAX", 3)
    f = flux([(str(k), 1.0, None, 1.0, 0.5, 1.0) for k in range(10)])
    contenu = octets(f, contexte)
    donnees = relire(contenu)
    assert [ligne[0] for ligne in donnees[1:5]] == ["0", "1", "2", ""]
    phrase = "Ce classeur s’arrête aux 3 premières lignes sur 10"
    assert any(str(ligne[0]).startswith(phrase) for ligne in donnees[5:])
    assert any(str(ligne[1]).startswith(phrase) for ligne in relire(contenu, "Lisez-moi"))
    assert dict(ligne[:2] for ligne in relire(contenu, "Lisez-moi"))["Lignes"] == "3"
    assert "".join(en_csv(f)).count("\r\n") == 1 + 10 + 1 + 3


def test_les_lignes_sont_lues_a_mesure_qu_elles_sont_ecrites() -> None:
    lus: list[int] = []

    def lots() -> Iterator[Lot]:
        for k in range(5):
            lus.append(k)
            yield [(("x",), [0] * 10) for _ in COLONNES]

    bloc = flux().bloc
    morceaux = en_csv(Flux(bloc, 50, lots))
    assert "Objet" in next(morceaux)
    assert lus == []
    assert next(morceaux).count("\r\n") == 10
    assert lus == [0], "le premier morceau part avant que la suite soit lue"
    list(morceaux)
    assert lus == [0, 1, 2, 3, 4]


def _lots(nombre: int) -> Iterator[Lot]:
    hasard = random.Random(1)
    for _ in range(nombre):
        rangs = list(range(2_000))
        yield [([f"{hasard.random()}" for _ in rangs], rangs), *[([float(k) for k in rangs], rangs)] * 5]


@pytest.mark.parametrize("forme", ["csv", "xlsx"])
def test_la_memoire_ne_croit_pas_avec_les_lignes(contexte: Contexte[Any], forme: str) -> None:
    colonnes = (COLONNES[0], *[Colonne(f"n{k}", f"N{k}", "decimal") for k in range(5)])

    def pic(lots: int) -> float:
        bloc = Bloc("essai", "T", "s", "l", tableau(colonnes, []), None, ("etp",))
        f = Flux(bloc, 2_000 * lots, lambda: _lots(lots))
        tracemalloc.start()
        try:
            if forme == "csv":
                assert sum(len(m) for m in en_csv(f)) > 10_000 * lots
            else:
                classeur.xlsx_long(f, contexte).close()
            return tracemalloc.get_traced_memory()[1] / 1e6
        finally:
            tracemalloc.stop()

    pic(1)
    petit, grand = pic(2), pic(12)
    assert grand < 30
    assert grand < 1.5 * petit, "six fois plus de lignes, la même mémoire"
