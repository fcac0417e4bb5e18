"""A table as PowerPoint's own: the cells of the bloc as the site writes them, states in words, what is cut is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches

from dashboard.contenu.graphique import ABSENTE, CODES
from dashboard.contenu.tableau import TEXTES, Colonne, Etat, Tableau, ecrire
from dashboard.domain import francais as fr
from dashboard.export.diaporama_theme import COULEURS, Cadre, lignes

if TYPE_CHECKING:
    from dashboard.contenu.graphique import Graphique
    from dashboard.contenu.tableau import Bloc, Cellule, Format

#: Columns of a table alone, of a table beside a figure; rows of either; sizes of its letters, in points.
COLONNES_MAX, COLONNES_A_COTE, LIGNES_MAX, TAILLES = 9, 4, 15, (12, 11, 10, 9)
#: Width of a letter (inches); letters of a word and of a text that a column makes room for, of a cell before it is cut.
LETTRE, MOT_MAX, TEXTE_MAX, CELLULE_MAX = 0.092, 18, 46, 90
#: Columns of a list, and the texts that make one; style of PowerPoint without grid nor fill.
COLONNES_LISTE, LISTE = 7, 4
STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
NUMERIQUES = ("entier", "decimal", "part")


@dataclass(frozen=True, slots=True)
class Extrait:
    """What a slide shows of a table of ``lignes_en_tout`` rows and ``colonnes_en_tout`` columns; ``fin``: its end."""

    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[Cellule, ...], ...]
    lignes_en_tout: int
    colonnes_en_tout: int
    fin: bool = False

    @property
    def reste(self) -> str | None:
        """What is left out, in French; ``None`` when all is there."""
        restes = []
        if len(self.lignes) < self.lignes_en_tout:
            lesquelles = "dernières" if self.fin else "premières"
            restes.append(f"{len(self.lignes)} {lesquelles} lignes sur {fr.nombre(self.lignes_en_tout)}")
        if len(self.colonnes) < self.colonnes_en_tout:
            restes.append(f"{len(self.colonnes)} colonnes sur {self.colonnes_en_tout}")
        return f"Tableau : {fr.liste(restes)} ; tout est dans les données à télécharger." if restes else None

    def garder(self, combien: int) -> Extrait:
        """The same with so many rows."""
        debut = len(self.lignes) - combien if self.fin else 0
        return replace(self, lignes=self.lignes[debut : debut + combien])


def seul(bloc: Bloc) -> Extrait:
    """A table alone on its slide."""
    t = bloc.tableau
    sans_codes = [i for i, c in enumerate(t.colonnes) if c.cle not in CODES or t.colonnes[i + 1 : i + 2] == ()]
    colonnes = sans_codes if len(t.colonnes) > COLONNES_MAX else list(range(len(t.colonnes)))
    place = COLONNES_MAX if sum(c.format in TEXTES for c in t.colonnes) < LISTE else COLONNES_LISTE
    return _extraire(t, colonnes[:place])


def a_cote(bloc: Bloc, g: Graphique | None) -> Extrait:
    """The table beside a figure: its categories and what is drawn first, then what else fits."""
    if g is not None and g.colonnes is None:
        return _des_series(g)
    t = bloc.tableau
    nombres = [i for i, c in enumerate(t.colonnes) if c.format in NUMERIQUES]
    drawn = [i for i in (g.colonnes or () if g else ())]
    debut = nombres[0] if nombres else len(t.colonnes)
    textes = [i for i in range(debut) if not (t.colonnes[i].cle in CODES and i + 1 < debut)]
    place = max(COLONNES_A_COTE, len(textes) + len(drawn[:3]))
    choisies = [*textes, *drawn, *(i for i in nombres if i not in drawn)][:place]
    return _extraire(t, sorted(choisies), fin=bool(g and g.genre == "courbe"))


def _des_series(g: Graphique) -> Extrait:
    """Rows of the table have become series: a column each."""
    series = g.series[: COLONNES_A_COTE + 1]
    colonnes = (Colonne("categorie", g.axe), *(Colonne(s.nom, s.nom, g.forme) for s in series))
    toutes = [(c, *(s.cellules[k] for s in series)) for k, c in enumerate(g.categories)]
    temps = g.genre == "courbe"
    vides = (ABSENTE, Etat.NON_DISPONIBLE) if temps else (ABSENTE,)  # months that no line reaches
    rangees = tuple(r for r in toutes if any(v not in vides for v in r[1:]))
    return _extraire(Tableau(colonnes, rangees), list(range(len(colonnes))), fin=temps)


def _extraire(t: Tableau, choisies: Sequence[int], *, fin: bool = False) -> Extrait:
    colonnes = tuple(t.colonnes[i] for i in choisies)
    gardees = t.lignes[-LIGNES_MAX:] if fin else t.lignes[:LIGNES_MAX]
    rangees = tuple(tuple(ligne[i] for i in choisies) for ligne in gardees)
    return Extrait(colonnes, rangees, len(t.lignes), sum(c.cle not in CODES for c in t.colonnes), fin)


# --- drawing ---------------------------------------------------------------------------------------


def poser(diapo: Any, e: Extrait, cadre: Cadre) -> Extrait:
    """Put a table in a place of a slide, as many rows as it holds; returns what is shown."""
    entetes = [fr.composer(c.libelle) for c in e.colonnes]
    textes = [_textes(ligne, e.colonnes) for ligne in e.lignes]
    largeurs = _largeurs(e.colonnes, [entetes, *textes], cadre.l)
    corps, hauteurs = _ajuster([entetes, *textes], largeurs, cadre.h, fin=e.fin)
    montre = e.garder(len(hauteurs) - 1)
    forme = diapo.shapes.add_table(len(hauteurs), len(e.colonnes), *cadre.emu)
    forme.name = "Tableau"
    table = forme.table._tbl
    table.tblPr.find("{*}tableStyleId").text = STYLE
    table.tblPr.set("bandRow", "0")
    for colonne, largeur in zip(forme.table.columns, largeurs, strict=True):
        colonne.width = Inches(largeur)
    formes = [c.format for c in e.colonnes]
    rangees = [(entetes, None), *((_textes(ligne, e.colonnes), ligne) for ligne in montre.lignes)]
    for ligne, hauteur, (mots, cellules) in zip(table.tr_lst, hauteurs, rangees, strict=True):
        ligne.h = Inches(hauteur)
        for k, tc in enumerate(list(ligne.tc_lst)):
            etat = cellules is not None and isinstance(cellules[k], Etat)
            neuve = _cellule(mots[k], formes[k], corps, entete=cellules is None, etat=etat, premiere=k == 0)
            tc.getparent().replace(tc, neuve)
    forme.height = Emu(sum(Inches(h) for h in hauteurs))
    return montre


def _textes(ligne: Sequence[Cellule], colonnes: Sequence[Colonne]) -> list[str]:
    return [_texte(v, c.format) for v, c in zip(ligne, colonnes, strict=True)]


def _texte(valeur: Cellule, forme: Format) -> str:
    texte = fr.composer(ecrire(valeur, forme)) if valeur != ABSENTE else ABSENTE
    if re.fullmatch(r"[\d ]+", texte):  # a SIRET holds on one line
        texte = texte.replace(" ", fr.INSECABLE)
    return texte if len(texte) <= CELLULE_MAX else f"{texte[: CELLULE_MAX - 1].rstrip()}…"


def _largeurs(colonnes: Sequence[Colonne], rangees: Sequence[Sequence[str]], largeur: float) -> list[float]:
    """Width of each column (inches): numbers take what they need, texts share the rest by their length."""
    mots = [min(max(len(m) for r in rangees for m in r[k].split(" ")), MOT_MAX) for k in range(len(colonnes))]
    longs = [min(max([len(r[k]) for r in rangees[1:]] or [4]), TEXTE_MAX) for k in range(len(colonnes))]
    voulues = [(max(m, n) + 2) * LETTRE for m, n in zip(mots, longs, strict=True)]
    minima = [
        v if c.format in NUMERIQUES else (m + 2) * LETTRE for c, v, m in zip(colonnes, voulues, mots, strict=True)
    ]
    if sum(voulues) <= largeur or sum(minima) >= largeur:
        total = sum(voulues) if sum(voulues) <= largeur else sum(minima)
        return [largeur * v / total for v in (voulues if sum(voulues) <= largeur else minima)]
    part = (largeur - sum(minima)) / (sum(voulues) - sum(minima))
    return [bas + (haut - bas) * part for bas, haut in zip(minima, voulues, strict=True)]


def _ajuster(
    rangees: Sequence[Sequence[str]], largeurs: Sequence[float], hauteur: float, *, fin: bool
) -> tuple[int, list[float]]:
    """The largest letters at which all the rows hold, and their heights; at the smallest, the rows that hold.

    The heading is the first row, always kept; the rows that go are the last ones, the first ones when ``fin``.
    """
    hauteurs: list[float] = []
    for corps in TAILLES:
        hauteurs = [
            max(lignes(t, corps * 0.9, w - 0.12) for t, w in zip(r, largeurs, strict=True)) * corps * 1.2 / 72 + 0.09
            for r in rangees
        ]
        if sum(hauteurs) <= hauteur:
            return corps, hauteurs
    while len(hauteurs) > 2 and sum(hauteurs) > hauteur:
        hauteurs.pop(1 if fin else -1)
    return TAILLES[-1], hauteurs


def _cellule(texte: str, forme: Format, corps: int, *, entete: bool, etat: bool, premiere: bool) -> Any:
    """One cell: muted heading, line under it, numbers on the right, states in italics."""
    couleur = COULEURS["muted" if entete or etat else "ink"]
    gauche = premiere or forme not in NUMERIQUES
    trait = COULEURS["champ" if entete else "line"]
    return parse_xml(
        f'<a:tc {nsdecls("a")}><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{"l" if gauche else "r"}"/>'
        f'<a:r><a:rPr lang="fr-FR" sz="{corps * 100}" b="{int(entete)}" i="{int(etat)}"><a:solidFill>'
        f'<a:srgbClr val="{couleur}"/></a:solidFill></a:rPr><a:t>{escape(texte)}</a:t></a:r></a:p></a:txBody>'
        f'<a:tcPr marL="54864" marR="54864" marT="36576" marB="36576" anchor="{"b" if entete else "ctr"}">'
        f'<a:lnB w="{12700 if entete else 6350}"><a:solidFill><a:srgbClr val="{trait}"/></a:solidFill></a:lnB>'
        "<a:noFill/></a:tcPr></a:tc>"
    )
