"""XLSX reopened by another library: typed cells equal to the CSV, states as texts, never a formula, same bytes."""

from __future__ import annotations

import csv
import io
import random
import re
import time
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from benchmarks.mesures import tirer
from dashboard.contenu import calculateur
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.flux import de_bloc
from dashboard.contenu.registre import PAGES
from dashboard.contenu.tableau import Bloc, Colonne, Etat, Tableau, tableau
from dashboard.domain.filtre import FILTRES
from dashboard.domain.selection import Selection
from dashboard.export import classeur, classeur_feuilles
from dashboard.export.classeur import xlsx_de
from dashboard.export.tableau import csv_de
from dashboard.warehouse.connexion import Instantane

COLONNES = (
    Colonne("nom", "Territoire"), Colonne("h", "Heures réalisées", "entier"), Colonne("p", "Part", "part"),
    Colonne("m", "Mois", "mois"), Colonne("d", "Distance (km)", "decimal"),
)  # fmt: skip
LIGNE = ("Montreuil", 1234567.4, 0.1234, date(2025, 3, 1), 4.25)


def bloc(t: Tableau) -> Bloc:
    return Bloc("essai", "Un titre", "2025 · Paris", "Source : essai", t, None, ("heures_realisees", "etp"))


@pytest.fixture
def contexte(instantane: Instantane) -> Contexte[Any]:
    return calculateur.PAGE.contexte(instantane, Selection())


def relire(contenu: bytes) -> dict[str, list[list[Any]]]:
    livre = CalamineWorkbook.from_filelike(io.BytesIO(contenu))
    return {nom: livre.get_sheet_by_name(nom).to_python(skip_empty_area=False) for nom in livre.sheet_names}


def comme_csv(valeur: Any, brut: str) -> str:
    """A cell read back, written as the CSV writes it."""
    if isinstance(valeur, date):
        return f"{valeur:%Y-%m}"
    if isinstance(valeur, float):
        decimales = len(brut.partition(",")[2])
        return f"{valeur:.{decimales}f}".replace(".", ",")
    return f"'{valeur}" if brut.startswith("'") else str(valeur)


def test_les_cellules_ont_un_type_et_les_etats_sont_des_textes(contexte: Contexte[Any]) -> None:
    t = tableau(COLONNES, [LIGNE, ("Les Lilas", Etat.SECRET, Etat.NON_DISPONIBLE, date(2025, 4, 1), 0.0)])
    donnees = relire(xlsx_de(bloc(t), contexte))["Données"]
    assert donnees[0] == ["Territoire", "Heures réalisées", "Part", "Mois", "Distance (km)"]
    assert donnees[1] == ["Montreuil", 1234567.0, 0.1234, date(2025, 3, 1), 4.3]
    assert donnees[2] == ["Les Lilas", "s", "nd", date(2025, 4, 1), 0.0]
    assert donnees[3] == [""] * 5
    assert [ligne[0] for ligne in donnees[4:]] == [
        "Un titre — 2025 · Paris", "Source : essai", classeur_feuilles.DEMONSTRATION,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("titres", "hauteur"),
    [((), None), (("Court",), None), (("Montant revenant aux PME, sous-traitance comprise",), "45")],
)
def test_un_en_tete_long_a_la_place_de_ses_lignes(
    contexte: Contexte[Any], titres: tuple[str, ...], hauteur: str | None
) -> None:
    t = tableau([Colonne(f"c{i}", titre, "entier") for i, titre in enumerate(titres)], [])
    with zipfile.ZipFile(io.BytesIO(xlsx_de(bloc(t), contexte))) as archive:
        feuille = archive.read("xl/worksheets/sheet1.xml").decode()
    trouvee = re.search(r'<row r="1"[^>]* ht="(\d+)"', feuille)
    assert (trouvee[1] if trouvee else None) == hauteur


def test_l_en_tete_est_fige_et_se_filtre_et_les_nombres_ont_leur_format(contexte: Contexte[Any]) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_de(bloc(tableau(COLONNES, [LIGNE])), contexte))) as archive:
        feuille, styles = (archive.read(f"xl/{n}.xml").decode() for n in ("worksheets/sheet1", "styles"))
    assert 'ySplit="1"' in feuille
    assert 'state="frozen"' in feuille
    assert '<autoFilter ref="A1:E2"/>' in feuille
    assert "Ne pas citer" in feuille, "le pied de page imprimé"
    assert all(f'formatCode="{classeur.CODES[c.format]}"' in styles for c in COLONNES[1:])
    assert float(re.search(r'<col min="1" max="1" width="([\d.]+)"', feuille)[1]) > 10  # type: ignore[index]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_un_texte_n_est_jamais_une_formule_ni_un_lien(noms: list[str]) -> None:
    contexte = _sans_instantane()
    voulus = ["=1+1", "@SOMME(A1)", "+33", "https://exemple.fr", "12,5", *noms]
    contenu = xlsx_de(bloc(tableau(COLONNES[:1], [[nom] for nom in voulus])), contexte)
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        feuille = archive.read("xl/worksheets/sheet1.xml").decode()
        assert not [nom for nom in archive.namelist() if "rels/sheet" in nom], "aucun lien"
    assert "<f>" not in feuille
    assert feuille.count(' t="s"') >= sum(bool(v) for v in voulus)
    assert [ligne[0] for ligne in relire(contenu)["Données"][1:6]] == voulus[:5]


class _Manifeste:
    demo, instantane_id, date_donnees, cree_le = True, "20260930-0", date(2026, 9, 30), None


def _sans_instantane() -> Any:
    """What a workbook reads of a context, without a snapshot (Hypothesis runs a hundred times)."""

    class _C:
        class instantane:
            manifeste = _Manifeste

        class vue:
            couverture = None

        sans = tuple(f.cle for f in FILTRES)
        selection = Selection()

    return _C


def test_un_texte_trop_long_est_coupe_plutot_que_perdu(contexte: Contexte[Any]) -> None:
    t = tableau(COLONNES[:1], [["x" * 40_000]])
    assert len(relire(xlsx_de(bloc(t), contexte))["Données"][1][0]) == classeur.TEXTE_MAX


def test_les_memes_donnees_font_les_memes_octets(contexte: Contexte[Any]) -> None:
    b = calculateur.PAGE.blocs["calculateur-lots"](contexte)
    un = xlsx_de(b, contexte)
    time.sleep(2.1)  # a ZIP dates its entries to two seconds
    assert xlsx_de(b, contexte) == un


def test_lisez_moi_filtres_et_definitions_disent_ce_que_c_est(instantane: Instantane) -> None:
    choix = Selection(territoire="93", secteurs=("nettoyage", "dechets"), montant=250_000.5, annees=(2020, 2021))
    c = calculateur.PAGE.contexte(instantane, choix)
    feuilles = relire(xlsx_de(calculateur.PAGE.blocs["calculateur-resultat"](c), c))
    assert list(feuilles) == ["Données", "Lisez-moi", "Filtres", "Définitions"]
    lisez = dict(feuilles["Lisez-moi"][1:])
    assert lisez["Attention"] == classeur_feuilles.DEMONSTRATION
    assert lisez["Instantané"] == instantane.manifeste.instantane_id
    assert "secret statistique" in lisez["s"]
    assert "non disponible" in lisez["nd"]
    filtres = dict(feuilles["Filtres"][1:])
    assert [f.libelle for f in FILTRES] == [ligne[0] for ligne in feuilles["Filtres"][1 : len(FILTRES) + 1]]
    assert filtres["Territoire"] == "Seine-Saint-Denis (département 93)"
    assert filtres["Secteur"] == "Nettoyage ; Gestion des déchets" or filtres["Secteur"].count(";") == 1
    assert filtres["Période"] == classeur_feuilles.SANS_EFFET
    assert filtres["Montant du marché"] == "250\u202f000,50 € HT"
    assert feuilles["Définitions"][1][0] == "Heures d’insertion à prévoir"
    assert "833 h" in feuilles["Définitions"][1][1]


def test_sans_demonstration_rien_ne_la_dit(contexte: Contexte[Any]) -> None:
    class Reel:
        def __getattr__(self, nom: str) -> Any:
            return replace(contexte.instantane.manifeste, demo=False) if nom == "manifeste" else None

    reel = replace(contexte, instantane=Reel())  # type: ignore[arg-type]
    textes = str(classeur_feuilles.lisez_moi(de_bloc(bloc(tableau(COLONNES, [LIGNE]))), reel))
    assert "émonstration" not in textes
    assert (
        classeur.nom_de_fichier("x", reel, "xlsx") == f"observatoire_x_{reel.instantane.manifeste.instantane_id}.xlsx"
    )
    assert classeur.nom_de_fichier("x", contexte, "xlsx").endswith("_demonstration.xlsx")


@pytest.mark.parametrize("nom", [p.nom for p in PAGES if not p.fiche])
@pytest.mark.parametrize("tirage", range(3))
def test_le_classeur_a_les_cellules_du_csv(instantane: Instantane, nom: str, tirage: int) -> None:
    page, alea = next(p for p in PAGES if p.nom == nom), random.Random(100 * tirage + len(nom))
    c = page.contexte(instantane, tirer(instantane.referentiel, alea) if tirage else Selection())
    for ident in alea.sample(sorted(page.blocs), min(3, len(page.blocs))):
        b = page.blocs[ident](c)
        attendu = list(csv.reader(io.StringIO(csv_de(b).removeprefix("\ufeff")), delimiter=";"))
        relu = relire(xlsx_de(b, c))["Données"]
        n = len(b.tableau.lignes)
        assert relu[0] == attendu[0]
        for lue, brute in zip(relu[1 : n + 1], attendu[1 : n + 1], strict=True):
            assert [comme_csv(v, x) for v, x in zip(lue, brute, strict=True)] == brute, ident


def test_trois_mille_lignes_en_une_seconde(contexte: Contexte[Any]) -> None:
    t = tableau(COLONNES, [LIGNE] * 3000)
    debut = time.process_time()
    xlsx_de(bloc(t), contexte)
    assert time.process_time() - debut < 1.0


def test_une_longue_table_passe_par_le_disque_avec_les_memes_cellules(
    contexte: Contexte[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    t = tableau(COLONNES, [LIGNE, ("Bagnolet", 0.0, Etat.SECRET, date(2025, 5, 1), 1.0)] * 20)
    court = relire(xlsx_de(bloc(t), contexte))
    monkeypatch.setattr(classeur, "EN_MEMOIRE_MAX", 10)
    assert relire(xlsx_de(bloc(t), contexte)) == court
