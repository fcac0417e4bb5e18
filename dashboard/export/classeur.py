"""XLSX of a bloc: typed cells a spreadsheet can compute with, and three sheets that say what they are.

The same snapshot and selection give the same bytes: no time of writing. Boundary: no query; texts of the
sheets come from :mod:`dashboard.export.classeur_feuilles`, numbers from the table of the bloc.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import xlsxwriter

from dashboard.contenu.tableau import Cellule, Etat, Format
from dashboard.domain import francais as fr
from dashboard.export import classeur_feuilles as feuilles
from dashboard.export import classeur_graphique
from dashboard.export.tableau import DECIMALES_PART

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.tableau import Bloc, Tableau

TYPE_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Rows beyond which the workbook is written to disk as it goes rather than held in memory.
EN_MEMOIRE_MAX = 20_000
#: What a sheet can hold, its heading and the lines under the table left out; characters of a cell.
LIGNES_MAX, TEXTE_MAX = 1_048_570, 32_767
#: Narrowest and widest column, in characters; rows looked at to choose.
LARGEURS, LIGNES_VUES = (9, 60), 400
#: Excel codes: a French spreadsheet writes « 1 234,5 » and « mars 2025 » from them.
CODES: dict[str, str] = {"entier": "#,##0", "decimal": "#,##0.0", "part": "0.0%", "mois": "mmmm yyyy"}
DECIMALES: dict[str, int] = {"decimal": 1, "part": DECIMALES_PART}
#: Texts are texts: no formula, no link, no number is guessed from them.
OPTIONS: dict[str, bool] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
AUTEUR = "Observatoire des clauses sociales d’Île-de-France"


def xlsx_de(bloc: Bloc, contexte: Contexte[Any]) -> bytes:
    """The workbook of a bloc: « Données », « Lisez-moi », « Filtres », « Définitions », « Graphique » if it has one."""
    sortie = io.BytesIO()
    options = {
        **OPTIONS,
        "constant_memory": len(bloc.tableau.lignes) > EN_MEMOIRE_MAX,
        "in_memory": len(bloc.tableau.lignes) <= EN_MEMOIRE_MAX,
    }  # fmt: skip
    with xlsxwriter.Workbook(sortie, options) as classeur:
        _Classeur(classeur, bloc, contexte).ecrire()
    return sortie.getvalue()


def nom_de_fichier(ident: str, contexte: Contexte[Any], extension: str) -> str:
    """ASCII name of a file made from a bloc: what it is, which snapshot, whether it is a demonstration."""
    m = contexte.instantane.manifeste
    return f"observatoire_{ident}_{m.instantane_id}{'_demonstration' if m.demo else ''}.{extension}"


class Feuilles:
    """The sheets of a workbook being written: tables of blocs, and texts."""

    def __init__(self, classeur: Any, contexte: Contexte[Any]) -> None:
        self.classeur, self.contexte = classeur, contexte
        self.demo = contexte.instantane.manifeste.demo
        haut = {"valign": "top", "text_wrap": True}
        self.entete = classeur.add_format({"bold": True, "bg_color": "#E8F2F3", "bottom": 1, **haut})
        self.etat = classeur.add_format({"italic": True, "font_color": "#56656E", "align": "right"})
        self.texte, self.gras = classeur.add_format(haut), classeur.add_format({"bold": True, **haut})
        self.alerte = classeur.add_format({"bold": True, "font_color": "#8A5A00", "bg_color": "#FFF6E0", **haut})
        self.nombres = {forme: classeur.add_format({"num_format": code}) for forme, code in CODES.items()}

    def donnees(self, nom: str, bloc: Bloc) -> None:
        """A table, headed, filtered and frozen; under it, after an empty line, what the CSV says too."""
        t, feuille = bloc.tableau, self.classeur.add_worksheet(nom)
        lignes = t.lignes[:LIGNES_MAX]
        for k, largeur in enumerate(_largeurs(t)):
            feuille.set_column(k, k, largeur)
        for k, colonne in enumerate(t.colonnes):
            feuille.write_string(0, k, colonne.libelle, self.entete)
        formes = [c.format for c in t.colonnes]
        for i, ligne in enumerate(lignes, 1):
            for k, (valeur, forme) in enumerate(zip(ligne, formes, strict=True)):
                self._cellule(feuille, i, k, valeur, forme)
        feuille.freeze_panes(1, 1)
        feuille.autofilter(0, 0, max(len(lignes), 1), len(t.colonnes) - 1)
        suite = [f"{bloc.titre} — {bloc.sous_titre}", bloc.legende]
        for i, texte in enumerate([*suite, *([feuilles.DEMONSTRATION] if self.demo else [])], len(lignes) + 2):
            feuille.write_string(i, 0, texte[:TEXTE_MAX])
        self.imprimer(feuille)

    def _cellule(self, feuille: Any, i: int, k: int, valeur: Cellule, forme: Format) -> None:
        """One typed cell: a number with its format, a date, a state or a text, never a formula."""
        if isinstance(valeur, Etat):
            feuille.write_string(i, k, str(valeur), self.etat)
        elif isinstance(valeur, str):
            feuille.write_string(i, k, valeur[:TEXTE_MAX])
        elif isinstance(valeur, date):
            feuille.write_datetime(i, k, datetime.combine(valeur, time()), self.nombres["mois"])
        else:
            arrondie = float(fr.arrondi(valeur, DECIMALES.get(forme, 0)))
            feuille.write_number(i, k, arrondie, self.nombres.get(forme, self.nombres["entier"]))

    def textes(
        self, nom: str, colonnes: Sequence[str], lignes: Iterable[Sequence[str]], largeurs: Sequence[int]
    ) -> None:
        """A sheet of texts: headings, one line a row, the first cell in bold."""
        feuille = self.classeur.add_worksheet(nom)
        for k, (titre, largeur) in enumerate(zip(colonnes, largeurs, strict=True)):
            feuille.set_column(k, k, largeur)
            feuille.write_string(0, k, titre, self.entete)
        for i, ligne in enumerate(lignes, 1):
            for k, texte in enumerate(ligne):
                alerte = texte == feuilles.DEMONSTRATION
                feuille.write_string(i, k, texte[:TEXTE_MAX], self.alerte if alerte else self.texte if k else self.gras)
        feuille.freeze_panes(1, 0)
        self.imprimer(feuille)

    def imprimer(self, feuille: Any) -> None:
        """Landscape A4, the headings on each page, the demonstration said at their foot."""
        feuille.set_landscape()
        feuille.set_paper(9)
        feuille.fit_to_pages(1, 0)
        feuille.repeat_rows(0)
        if self.demo:
            feuille.set_tab_color("#BD5318")
            feuille.set_footer(f"&L{feuilles.DEMONSTRATION}&R&P/&N")


class _Classeur(Feuilles):
    """The workbook of a bloc."""

    def __init__(self, classeur: Any, bloc: Bloc, contexte: Contexte[Any]) -> None:
        super().__init__(classeur, contexte)
        self.bloc = bloc

    def ecrire(self) -> None:
        """All the sheets, then what the file says of itself."""
        self.donnees("Données", self.bloc)
        self.textes("Lisez-moi", ("Rubrique", "Texte"), feuilles.lisez_moi(self.bloc, self.contexte), (22, 110))
        self.textes("Filtres", ("Filtre", "Valeur"), feuilles.filtres(self.contexte), (28, 90))
        self.textes(
            "Définitions", feuilles.COLONNES_DEFINITIONS, feuilles.definitions(self.bloc, self.contexte),
            (30, 80, 40, 30, 40, 30),
        )  # fmt: skip
        if graphique := classeur_graphique.ajouter(self.classeur, self.bloc, self.entete, self.nombres):
            self.imprimer(graphique)
        m = self.contexte.instantane.manifeste
        self.classeur.set_properties(
            {
                "title": self.bloc.titre, "subject": self.bloc.sous_titre, "author": AUTEUR,
                "comments": f"Instantané {m.instantane_id}{' (démonstration)' if self.demo else ''}",
                "created": datetime.combine(m.date_donnees, time()),
            }
        )  # fmt: skip


def _largeurs(t: Tableau) -> list[int]:
    """Width of each column, from its heading and its first rows."""
    basse, haute = LARGEURS
    largeurs = [min(len(c.libelle), 24) for c in t.colonnes]
    for ligne in t.lignes[:LIGNES_VUES]:
        largeurs = [max(n, len(v) if isinstance(v, str) else 12) for n, v in zip(largeurs, ligne, strict=True)]
    return [min(haute, max(basse, n + 3)) for n in largeurs]
