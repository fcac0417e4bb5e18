"""XLSX of a bloc: typed cells a spreadsheet can compute with, and three sheets that say what they are.

The same snapshot and selection give the same bytes: no time of writing. Boundary: no query; texts of the
sheets come from :mod:`dashboard.export.classeur_feuilles`, numbers from the table of the bloc; the rows of a long
table are written by :mod:`dashboard.export.classeur_long`.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter

from dashboard.contenu.flux import de_bloc
from dashboard.contenu.tableau import Cellule, Etat, Format
from dashboard.export import classeur_feuilles as feuilles
from dashboard.export import classeur_graphique, classeur_long, limites
from dashboard.export.classeur_long import TEXTE_MAX
from dashboard.export.tableau import arrondir, par_colonne

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.flux import Flux, Lot
    from dashboard.contenu.tableau import Bloc, Tableau

TYPE_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Rows beyond which the rows are written as a stream rather than cell by cell.
EN_MEMOIRE_MAX = 20_000
#: Lines of text that a row makes room for.
RANGS_MAX = 27
#: Narrowest and widest column, in characters; rows looked at to choose.
LARGEURS, LIGNES_VUES = (9, 60), 400
#: Excel codes: a French spreadsheet writes « 1 234,5 » and « mars 2025 » from them.
CODES: dict[str, str] = {
    "entier": "#,##0", "decimal": "#,##0.0", "montant": "#,##0.00", "part": "0.0%", "mois": "mmmm yyyy",
    "jour": "dd/mm/yyyy",
}  # fmt: skip
#: Texts are texts: no formula, no link, no number is guessed from them.
OPTIONS: dict[str, bool] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
AUTEUR = "Observatoire des clauses sociales d’Île-de-France"


def xlsx_de(bloc: Bloc, contexte: Contexte[Any]) -> bytes:
    """The workbook of a bloc: « Données », « Lisez-moi », « Filtres », « Définitions », « Graphique » if it has one."""
    if len(bloc.tableau.lignes) > EN_MEMOIRE_MAX:
        with xlsx_long(de_bloc(bloc), contexte) as fichier:
            return fichier.read()
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {**OPTIONS, "in_memory": True}) as classeur:
        _Classeur(classeur, de_bloc(bloc), contexte).ecrire()
    return sortie.getvalue()


def xlsx_long(flux: Flux, contexte: Contexte[Any]) -> IO[bytes]:
    """The same workbook for a table of many rows, read as it is written; a temporary file, at its start.

    Rows beyond ``limites.LIGNES_XLSX_MAX`` are left out, and the workbook says so.
    """
    flux = flux.borne(limites.LIGNES_XLSX_MAX, feuilles.coupee(flux.nombre))
    lots = flux.lots()
    premier = next(lots, [])
    modele = io.BytesIO()
    with xlsxwriter.Workbook(modele, {**OPTIONS, "in_memory": True}) as classeur:
        livre = _Classeur(classeur, flux, contexte)
        livre.ecrire(premier)
    formats = [c.format for c in flux.bloc.tableau.colonnes]
    return classeur_long.remplir(modele, formats, chain([premier] if premier else [], lots), livre.suite(flux))


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
        t, flux = bloc.tableau, de_bloc(bloc)
        feuille = self._entete(nom, flux, _largeurs(t, t.lignes[:LIGNES_VUES]))
        formes = [c.format for c in t.colonnes]
        for i, ligne in enumerate(t.lignes, 1):
            for k, (valeur, forme) in enumerate(zip(ligne, formes, strict=True)):
                self._cellule(feuille, i, k, valeur, forme)
        for i, texte in enumerate(self.suite(flux), len(t.lignes) + 2):
            feuille.write_string(i, 0, texte[:TEXTE_MAX])
        self.imprimer(feuille)

    def modele(self, nom: str, flux: Flux, premier: Lot) -> None:
        """The same sheet without its rows: a row of samples says the formats (see ``classeur_long``)."""
        t = flux.bloc.tableau
        lignes = list(islice(par_colonne(premier, [_cellule_vue] * len(t.colonnes)), LIGNES_VUES)) if premier else []
        feuille = self._entete(nom, flux, _largeurs(t, lignes))
        for k, colonne in enumerate(t.colonnes):
            feuille.write_blank(1, k, None, self.nombres.get(colonne.format, self.nombres["entier"]))
        feuille.write_blank(1, len(t.colonnes), None, self.etat)
        self.imprimer(feuille)

    def suite(self, flux: Flux) -> list[str]:
        """The lines under a table."""
        bloc = flux.bloc
        demonstration = [feuilles.DEMONSTRATION] if self.demo else []
        return [f"{bloc.titre} — {bloc.sous_titre}", bloc.legende, *flux.notes, *demonstration]

    def _entete(self, nom: str, flux: Flux, largeurs: Iterable[int]) -> Any:
        """A sheet with its headings, filtered and frozen, and the width of its columns."""
        colonnes, feuille = flux.bloc.tableau.colonnes, self.classeur.add_worksheet(nom)
        feuilles.entetes(feuille, [c.libelle for c in colonnes], list(largeurs), self.entete)
        feuille.freeze_panes(1, 1)
        feuille.autofilter(0, 0, max(flux.nombre, 1), len(colonnes) - 1)
        return feuille

    def _cellule(self, feuille: Any, i: int, k: int, valeur: Cellule, forme: Format) -> None:
        """One typed cell: a number with its format, a date, a state or a text, never a formula."""
        if isinstance(valeur, Etat):
            feuille.write_string(i, k, str(valeur), self.etat)
        elif isinstance(valeur, str):
            feuille.write_string(i, k, valeur[:TEXTE_MAX])
        elif isinstance(valeur, date):
            jour = self.nombres[forme if forme == "jour" else "mois"]
            feuille.write_datetime(i, k, datetime.combine(valeur, time()), jour)
        else:
            arrondie = float(arrondir(valeur, forme))
            feuille.write_number(i, k, arrondie, self.nombres.get(forme, self.nombres["entier"]))

    def textes(
        self, nom: str, colonnes: Sequence[str], lignes: Iterable[Sequence[str]], largeurs: Sequence[int]
    ) -> None:
        """A sheet of texts: headings, one line a row, the first cell in bold."""
        feuille = self.classeur.add_worksheet(nom)
        feuilles.entetes(feuille, colonnes, largeurs, self.entete)
        for i, ligne in enumerate(lignes, 1):
            rangs = max(-(-len(texte) // largeur) for texte, largeur in zip(ligne, largeurs, strict=False))
            if rangs > 1:  # not every program makes room by itself for a text that wraps
                feuille.set_row(i, feuilles.HAUTEUR * min(rangs, RANGS_MAX))
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
    """The workbook of a table."""

    def __init__(self, classeur: Any, flux: Flux, contexte: Contexte[Any]) -> None:
        super().__init__(classeur, contexte)
        self.flux, self.bloc = flux, flux.bloc

    def ecrire(self, premier: Lot | None = None) -> None:
        """All the sheets, then what the file says of itself; without its rows when their ``premier`` batch is given."""
        if premier is None:
            self.donnees("Données", self.bloc)
        else:
            self.modele("Données", self.flux, premier)
        self.textes("Lisez-moi", ("Rubrique", "Texte"), feuilles.lisez_moi(self.flux, self.contexte), (22, 110))
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


def _largeurs(t: Tableau, lignes: Iterable[Sequence[Cellule]]) -> list[int]:
    """Width of each column, from its heading and its first rows."""
    basse, haute = LARGEURS
    largeurs = [min(len(c.libelle), 24) for c in t.colonnes]
    for ligne in lignes:
        largeurs = [max(n, len(v) if isinstance(v, str) else 12) for n, v in zip(largeurs, ligne, strict=True)]
    return [min(haute, max(basse, n + 3)) for n in largeurs]


def _cellule_vue(valeur: Cellule | None) -> str:
    """A text as long as what is seen of a cell, near enough to choose a width."""
    return valeur if isinstance(valeur, str) else " " * 12
