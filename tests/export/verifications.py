"""What « the same number everywhere » means, format by format: read by the tests of concordance.

The French CSV is the yardstick; every other format is compared with it, cell by cell. A masked cell is « s » in all.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.contenu.tableau import Bloc
from dashboard.domain import francais as fr
from dashboard.ui import rendu
from tests.export import relecture
from tests.export.relecture import ETATS, Diapo, Rangees, Trace, brute

POURCENT = Decimal("0.01")
NUMERIQUES = ("entier", "decimal", "part")


@dataclass(frozen=True)
class Lus:
    """A bloc for a selection, and the same read in every format."""

    bloc: Bloc
    page: Rangees
    csv: Rangees
    programme: Rangees
    classeur: Rangees
    xlsx: bytes
    meta: dict[str, Any]

    @property
    def formes(self) -> list[str]:
        return [c.format for c in self.bloc.tableau.colonnes]


def telecharger(client: FlaskClient, adresse: str) -> bytes:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, (adresse, reponse.get_data(as_text=True)[:200])
    return reponse.data


def lire(client: FlaskClient, bloc: Bloc, demande: str) -> Lus:
    """Everything the menu of a bloc hands out, and its table as the page draws it."""
    base = f"/telecharger/{bloc.ident}"
    xlsx = telecharger(client, f"{base}.xlsx?{demande}")
    reponse = client.get(f"{base}.json?{demande}")
    return Lus(
        bloc, relecture.jumeau(rendu.jumeau(bloc)),
        relecture.csv_francais(telecharger(client, f"{base}.csv?{demande}")),
        relecture.csv_programme(telecharger(client, f"{base}.csv?{demande}&forme=machine")),
        relecture.classeur(xlsx), xlsx, reponse.get_json(),
    )  # fmt: skip


# --- the page and the files of data ----------------------------------------------------------------


def verifier_la_page(lus: Lus) -> None:
    """The twin says each number of the CSV, rounded as it is written; what it leaves out is said."""
    assert lus.page.entetes == lus.csv.entetes
    montrees = min(len(lus.csv.lignes), rendu.LIGNES_MAX)
    assert len(lus.page.lignes) == montrees
    reste = len(lus.csv.lignes) - montrees
    assert (f"les {reste} suivantes sont dans le CSV" in lus.page.suite[0]) == bool(reste)
    for ecrite, donnee in zip(lus.page.lignes, lus.csv.lignes, strict=False):
        for texte, cellule, forme in zip(ecrite, donnee, lus.formes, strict=True):
            if forme not in NUMERIQUES or not relecture.est_un_nombre(cellule):
                assert texte == relecture.comme_page(brute(cellule), forme)
                continue
            lu, exact = relecture.nombre(texte), Decimal(cellule.replace(",", "."))
            assert lu is not None, texte
            ecart = POURCENT / 2 + Decimal("0.00005") if forme == "part" else Decimal(0)
            assert abs(lu - exact) <= ecart, (texte, cellule)


def verifier_les_donnees(lus: Lus) -> None:
    """CSV of people and of programs, workbook and metadata: the same cells, the same states, the same counts."""
    colonnes = lus.bloc.tableau.colonnes
    assert lus.csv.entetes == lus.classeur.entetes == [c["libelle"] for c in lus.meta["colonnes"]]
    assert lus.programme.entetes == [c["cle"] for c in lus.meta["colonnes"]] == [c.cle for c in colonnes]
    assert [c["format"] for c in lus.meta["colonnes"]] == lus.formes
    assert len(lus.csv.lignes) == len(lus.programme.lignes) == len(lus.classeur.lignes) == lus.meta["lignes"]
    annonces = {i: c.get("mots", []) for i, c in enumerate(lus.meta["colonnes"])}
    for csv, programme, typee in zip(lus.csv.lignes, lus.programme.lignes, lus.classeur.lignes, strict=True):
        for i, (a, b, valeur, forme) in enumerate(zip(csv, programme, typee, lus.formes, strict=True)):
            nombre = forme in NUMERIQUES and relecture.est_un_nombre(a)
            assert nombre or forme not in NUMERIQUES or a in (*ETATS, *annonces.get(i, ())), (lus.bloc.ident, a)
            assert b == (a.replace(",", ".") if nombre else a.replace(" ", "") if forme == "siret" else a)
            assert isinstance(valeur, float) == nombre, "un nombre est un nombre, un état est un texte"
            assert relecture.comme_csv(valeur, a) == brute(a)
    cellules = [c for ligne in lus.csv.lignes for c, f in zip(ligne, lus.formes, strict=True) if f != "texte"]
    textes = [c for ligne in lus.csv.lignes for c, f in zip(ligne, lus.formes, strict=True) if f == "texte"]
    for etat in ETATS:
        combien = lus.meta["etats"][etat]["cellules"]
        assert cellules.count(etat) <= combien <= cellules.count(etat) + textes.count(etat)
    assert lus.csv.suite[1] == lus.meta["source"] == lus.bloc.legende
    assert lus.classeur.suite[:2] == lus.csv.suite


def verifier_le_classeur(lus: Lus) -> None:
    """Nothing hidden in the workbook: its texts are in its sheets, its chart holds the numbers of its own cells."""
    feuilles = relecture.feuilles(lus.xlsx)
    visibles = {str(c) for lignes in feuilles.values() for ligne in lignes for c in ligne}
    assert relecture.textes_partages(lus.xlsx) <= visibles
    with zipfile.ZipFile(BytesIO(lus.xlsx)) as archive:
        noms = archive.namelist()
        assert not [n for n in noms if re.search(r"external|vba|comments|embeddings", n)]
        assert 'state="hidden"' not in archive.read("xl/workbook.xml").decode()
        traces = [archive.read(n) for n in noms if n.startswith("xl/charts/chart")]
    assert len(traces) == ("Graphique" in feuilles)
    if not traces:
        return
    (xml,) = traces
    series, (entetes, *lignes) = relecture.caches(xml), feuilles["Graphique"]
    assert series, "un graphique a des séries"
    for k, serie in enumerate(series, 1):
        cellules = [ligne[k] for ligne in lignes[: len(serie)]]
        assert [None if c == "" else c for c in cellules] == pytest.approx(
            [None if v is None else float(v) for v in serie], abs=1e-9
        ), entetes[k]
    trace = {str(entetes[k]): [None if v is None else float(v) for v in s] for k, s in enumerate(series, 1)}
    verifier_les_series([str(ligne[0]) for ligne in lignes[: len(series[0])]], trace, lus)


# --- charts and slides -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Rangee:
    """A row of the French CSV: what names it, in the words of the page, and its cells by number of column."""

    textes: tuple[str, ...]
    noms: frozenset[str]
    cellules: dict[int, str]


def _rangees(lus: Lus) -> list[Rangee]:
    nombres = [i for i, f in enumerate(lus.formes) if f in NUMERIQUES]
    rangees = []
    for ligne in lus.csv.lignes:
        textes = [
            relecture.comme_page(brute(c), f)
            for c, f in zip(ligne, lus.formes, strict=True) if f not in NUMERIQUES
        ]  # fmt: skip
        rangees.append(Rangee(tuple(textes), _noms(textes), {i: ligne[i] for i in nombres}))
    return rangees


def _noms(textes: list[str]) -> frozenset[str]:
    """What a row may be called: each of its texts, and two of them joined as a chart joins them."""
    return frozenset([*textes, *(f"{a}{lien}{b}" for a in textes for b in textes for lien in (" – ", " → "))])


def verifier_les_series(categories: list[str], series: dict[str, list[float | None]], lus: Lus) -> None:
    """Each point is the cell of the row it names; a gap is a cell without a number, or no row at all.

    The series are columns of the table; or the values of one of its texts, and then one column holds all their points.
    """
    rangees = _rangees(lus)
    if set(series) <= set(lus.csv.entetes):
        for nom, valeurs in series.items():
            colonne = lus.csv.entetes.index(nom)
            for categorie, valeur in zip(categories, valeurs, strict=True):
                cellules = [r.cellules[colonne] for r in rangees if categorie in r.noms]
                assert cellules
                assert _dit(valeur, cellules), (lus.bloc.ident, nom, categorie, valeur, cellules)
        return
    possibles = [
        colonne for colonne in rangees[0].cellules
        if all(_dit(valeur, [r.cellules[colonne] for r in rangees if {categorie, nom} <= r.noms])
               for nom, valeurs in series.items() for categorie, valeur in zip(categories, valeurs, strict=True))
    ]  # fmt: skip
    assert possibles, (lus.bloc.ident, "aucune colonne n’a les points de ces séries")


def _dit(valeur: float | None, cellules: list[str]) -> bool:
    """Whether one of the cells of the CSV is a point of a chart."""
    if valeur is None:
        return not any(relecture.est_un_nombre(c) for c in cellules)
    lus = [float(c.replace(",", ".")) for c in cellules if relecture.est_un_nombre(c)]
    return any(lu == pytest.approx(valeur, abs=1e-9) for lu in lus)


ABREGES = dict(zip(("janv.", "févr.", "avr.", "juil.", "sept.", "oct.", "nov.", "déc."),
                   ("janvier", "février", "avril", "juillet", "septembre", "octobre", "novembre", "décembre"),
                   strict=True))  # fmt: skip


def _entieres(categories: list[str], lus: Lus) -> list[str]:
    """Categories of a slide as the table names them: months in full, what was cut completed; row by row."""
    rangees = _rangees(lus)
    noms = [list(dict.fromkeys(n for r in rangees for n in choix(r))) for choix in (_textes_de, _noms_de)]
    entieres: list[str] = []
    for categorie in categories:
        mois, _, annee = brute(categorie).partition(" ")
        debut, coupe, fin = (mot.strip() for mot in brute(categorie).partition("…"))
        if mois in ABREGES and annee.isdigit():
            entieres.append(f"{ABREGES[mois]} {annee}")
        elif not coupe:
            entieres.append(brute(categorie))
        else:
            trouves = [n for liste in noms for n in liste if n.startswith(debut) and n.endswith(fin)]
            entieres.append(next(n for n in trouves if n not in entieres))
    assert len(set(entieres)) == len(set(categories)) == len(categories), "chaque catégorie a son nom"
    return entieres


def _textes_de(r: Rangee) -> tuple[str, ...]:
    return r.textes


def _noms_de(r: Rangee) -> list[str]:
    return sorted(r.noms)


def verifier_le_trace(trace: Trace, lus: Lus) -> None:
    """A native chart: its points, what it keeps of them, and the workbook behind it hold the same and no more."""
    series = {brute(nom): valeurs for nom, valeurs in trace.series.items()}
    verifier_les_series(_entieres(trace.categories, lus), series, lus)
    gardees = [[None if v is None else float(v) for v in s] for s in relecture.caches(trace.xml)]
    assert gardees == list(trace.series.values())
    assert relecture.noms_des_categories(trace.xml) == [trace.categories] * len(trace.series)
    (lignes,) = relecture.feuilles(trace.classeur).values()
    assert lignes[0] == ["", *trace.series]
    assert [ligne[0] for ligne in lignes[1:]] == trace.categories
    assert [[None if c == "" else c for c in ligne[1:]] for ligne in lignes[1:]] == [
        list(rangee) for rangee in zip(*trace.series.values(), strict=True)
    ]
    assert relecture.textes_partages(trace.classeur) - {""} <= {*trace.series, *trace.categories}


def verifier_la_table(diapo: Diapo, page: Rangees, lus: Lus) -> None:
    """The table of a slide is a part of the twin, in its words; what it leaves out is announced with its numbers."""
    table = diapo.table
    assert table is not None
    titres = [fr.composer(e) for e in page.entetes]
    reste = next((t for t in diapo.textes if "Tableau\u00a0:" in t), "").replace("\u00a0", " ").replace("\u202f", "")
    if set(table.entetes[1:]) <= set(titres):
        colonnes = [titres.index(e) for e in table.entetes]
        toutes = [[fr.composer(ligne[k]) for k in colonnes] for ligne in page.lignes]
        n = len(table.lignes)
        assert n, lus.bloc.ident
        assert any(
            all(
                _meme(lu, voulu)
                for r, v in zip(table.lignes, part, strict=True)
                for lu, voulu in zip(r, v, strict=True)
            )
            for part in (toutes[:n], toutes[-n:])
        ), (lus.bloc.ident, table.lignes[:3], toutes[:3])
        assert n == len(toutes) or re.search(rf"\b{n} (?:premières|dernières) lignes sur {len(toutes)}\b",
                                             reste), (lus.bloc.ident, n, len(toutes), reste)  # fmt: skip
        return
    lues = [(li[0], serie, lue) for li in table.lignes for serie, lue in zip(table.entetes[1:], li[1:], strict=True)]
    mesures = [i for i, f in enumerate(lus.formes) if f in NUMERIQUES]
    assert any(all(lue in _croisees(page, i, a, b) for a, b, lue in lues) for i in mesures), (lus.bloc.ident, lues)


def _croisees(page: Rangees, mesure: int, categorie: str, serie: str) -> list[str]:
    """Cells of a column of the twin in the rows of two names; a dash where there is no such row."""
    noms = {categorie, serie}
    return [li[mesure] for li in page.lignes if noms <= {fr.composer(t) for t in li}] or ["–"]


def _meme(lu: str, voulu: str) -> bool:
    lu, voulu = (texte.replace("\u00a0", " ") for texte in (lu, voulu))
    return lu == voulu or (lu.endswith("…") and voulu.startswith(lu[:-1]))


def verifier_les_diapos(contenu: bytes, lus: list[Lus], entiers: dict[str, Rangees]) -> None:
    """A deck of a page: one slide a bloc that has a figure, and in the file only the workbooks of its charts."""
    diapos = {d.titre: d for d in relecture.diapos(contenu)}
    pleins = [li for li in lus if not li.bloc.vide]
    assert set(diapos) == {fr.composer(li.bloc.titre) for li in pleins}
    traces = [d for d in diapos.values() if d.trace]
    assert len(relecture.embarques(contenu)) == len(traces)
    for li in pleins:
        diapo = diapos[fr.composer(li.bloc.titre)]
        assert fr.composer(li.bloc.sous_titre) in diapo.textes
        assert fr.composer(li.bloc.legende) in diapo.textes
        if diapo.trace:
            verifier_le_trace(diapo.trace, li)
        verifier_la_table(diapo, entiers[li.bloc.ident], li)
