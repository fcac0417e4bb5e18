"""Which native chart a bloc becomes in a spreadsheet or a slide: kind, categories, series, format. Draws nothing.

The rules, in order (:data:`REGLAGES` overrides them for the blocs they do not suit):

1. A bloc without figure, a list (more than two texts before its first number, or more than four in all) and a
   table of fewer than two rows have no chart: the table says it better.
2. The categories are the text or the month before the first number; a code beside its name is left aside. Two
   texts make clustered series when the second has few values, else one label (« Paris → Essonne »).
3. The series are the first number and those of its unit: shares, hours, persons and euros never share an axis; a
   column « dont … » has the unit of the one before. A bloc whose subtitle announces a part shows its shares. Ranks
   and sums (« Ensemble ») are never drawn.
4. Months, quarters and years make a line; classes in order make columns (:data:`CLASSES_MAX`); anything else
   horizontal bars, in the order of the table (:data:`CATEGORIES_MAX`): the rest stays in the table, and is said.
5. A masked or missing cell is a gap, never a zero; a stack with a gap would lie, and becomes clustered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dashboard.contenu.tableau import TEXTES, Bloc, Cellule, Colonne, Etat, Format, Tableau
from dashboard.domain import francais as fr

Genre = Literal["barres", "barres_empilees", "colonnes", "colonnes_empilees", "courbe"]

#: Bars, columns of classes, and series of a chart; points under which time is drawn in columns.
CATEGORIES_MAX, CLASSES_MAX, SERIES_MAX, POINTS_MIN = 12, 16, 6, 3
NUMERIQUES: tuple[Format, ...] = ("entier", "decimal", "part")
#: Machine names of columns: codes beside a name, time, classes in order, numbers that are no quantity.
CODES, TEMPS, CLASSES = {"code", "insee", "uid", "siret"}, {"mois", "annee", "debut", "trimestre"}, {"tranche"}
RANGS = {"rang", "place"}
#: Rows that sum the others up: beside the bars of their parts they would dwarf them.
TOTAUX = {"Ensemble", "Total", "Situation connue"}
#: A combination of two texts that the table does not hold: neither a zero nor a missing number.
ABSENTE = "–"
UNITES = (
    ("€", "Euros"),
    (r"\bheures?\b|\(h\)", "Heures"),
    (r"\bpersonnes?\b|\bbénéficiaires?\b|\brésidents?\b", "Personnes"),
)


@dataclass(frozen=True, slots=True)
class Serie:
    """One series: its name, and a cell a category."""

    nom: str
    cellules: tuple[Cellule, ...]

    @property
    def valeurs(self) -> tuple[float | None, ...]:
        """The numbers to draw; ``None`` is a gap."""
        return tuple(float(c) if isinstance(c, int | float) else None for c in self.cellules)


@dataclass(frozen=True, slots=True)
class Graphique:
    """A native chart, whatever writes it. ``unite`` names its axis; ``reste`` says what it leaves to the table.

    ``colonnes`` are the columns of the table that are drawn; ``None`` when its rows became series.
    """

    genre: Genre
    axe: str
    categories: tuple[str, ...]
    series: tuple[Serie, ...]
    forme: Format
    unite: str
    reste: str | None = None
    colonnes: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Reglage:
    """What a bloc asks for in place of the rules: a kind, some columns by machine name, or its table alone."""

    genre: Genre | None = None
    colonnes: tuple[str, ...] = ()
    tableau: bool = False


TABLEAU = Reglage(tableau=True)
REALISEES = Reglage(colonnes=("realisees", "engagees"))
REGLAGES: dict[str, Reglage] = {
    "heures-chaleur": TABLEAU,  # twelve months by eight départements: eight tangled lines
    "publics-parcours": TABLEAU,
    "calculateur-resultat": TABLEAU,  # one unit a row
    "calculateur-reperes": TABLEAU,
    "calculateur-sensibilite": TABLEAU,
    "calculateur-metiers": Reglage(colonnes=("heures",)),
    "acheteurs-liste": TABLEAU,
    "heures-achat": REALISEES,
    "heures-secteur": REALISEES,
    "heures-categorie": REALISEES,
    "heures-clause": REALISEES,
    "heures-btp": Reglage("colonnes_empilees"),
    "publics-sorties": Reglage("barres_empilees", ("part",)),
    "projets-programmes": Reglage(colonnes=("heures_dues", "realisees")),
    "projets-carte": Reglage(colonnes=("heures_dues",)),
    "projets-courbe": Reglage(colonnes=("engagees", "realisees", "projetees", "bas", "haut")),
    "projets-multiples": Reglage(colonnes=("realisees",)),
    "projets-pme": Reglage(colonnes=("part_nombre", "part_montant")),
    "projets-rapprochement": Reglage("barres_empilees", ("exact", "probable", "a_confirmer", "aucun")),
}


@dataclass(frozen=True, slots=True)
class _Lecture:
    """A table as categories: the columns of its texts and of the numbers drawn, and whether the first is time."""

    tableau: Tableau
    textes: tuple[int, ...]
    mesures: tuple[int, ...]
    temps: int | None

    def textes_de(self, colonne: int) -> list[str]:
        return [etiquette(ligne[colonne]) for ligne in self.tableau.lignes]


def de(bloc: Bloc, reglage: Reglage | None = None) -> Graphique | None:
    """The chart of a bloc, ``None`` when its table says it better. ``reglage`` overrides the rules."""
    choix = reglage or REGLAGES.get(bloc.ident, Reglage())
    if bloc.vide or choix.tableau:
        return None
    lecture = _lire(bloc, choix)
    if lecture is None:
        return None
    brut = _pivoter(lecture) if len(lecture.textes) == 2 and _pivotable(lecture) else _ranger(lecture)
    g = _couper(_sans_serie_vide(_genre(brut, lecture, choix)))
    return g if len(g.categories) > 1 and g.series else None


def etiquette(cellule: Cellule) -> str:
    """A category in words: « mars 2025 », a name, « nd »."""
    return fr.mois(cellule) if isinstance(cellule, date) else str(cellule)


def unite(colonne: Colonne) -> str:
    """Unit of a column, from its format and its heading: columns of one unit may share an axis."""
    if colonne.format == "part":
        return "Part"
    trouvee = next((nom for motif, nom in UNITES if re.search(motif, colonne.libelle.lower())), "")
    return trouvee or ("Nombre" if colonne.format == "entier" else "Valeur")


# --- reading the table -----------------------------------------------------------------------------


def _lire(bloc: Bloc, choix: Reglage) -> _Lecture | None:
    t = bloc.tableau
    nombres = [i for i, c in enumerate(t.colonnes) if c.format in NUMERIQUES and c.cle not in RANGS]
    if not nombres or len(t.lignes) < 2:
        return None
    avant = [i for i in range(nombres[0]) if t.colonnes[i].format in (*TEXTES, "mois")]
    textes = tuple(i for i in avant if not (t.colonnes[i].cle in CODES and i + 1 in avant))
    listes = sum(c.format in TEXTES for c in t.colonnes)
    if not textes or len(textes) > 2 or listes > 4:
        return None
    temps = next((i for i in textes if _est_temps(t, i)), None)
    return _Lecture(t, textes, _mesures(bloc, nombres, choix), temps)


def _est_temps(t: Tableau, colonne: int) -> bool:
    c = t.colonnes[colonne]
    return c.format == "mois" or c.cle in TEMPS or all(re.fullmatch(r"\d{4}", str(li[colonne])) for li in t.lignes)


def _mesures(bloc: Bloc, nombres: Sequence[int], choix: Reglage) -> tuple[int, ...]:
    """Columns drawn: those asked for, else the first number and all of its unit."""
    colonnes = bloc.tableau.colonnes
    if voulues := [i for i in nombres if colonnes[i].cle in choix.colonnes]:
        return tuple(i for i in voulues if colonnes[i].format == colonnes[voulues[0]].format)
    if bloc.sous_titre.startswith("Part "):
        nombres = [i for i in nombres if colonnes[i].format == "part"] or nombres
    unites = {i: unite(_tete(colonnes, i)) for i in nombres}
    forme, mesure = colonnes[nombres[0]].format, unites[nombres[0]]
    return tuple(i for i in nombres if colonnes[i].format == forme and unites[i] == mesure)


def _tete(colonnes: Sequence[Colonne], i: int) -> Colonne:
    """The column a « dont … » is part of; the column itself otherwise."""
    while i and colonnes[i].libelle.startswith("dont ") and colonnes[i - 1].format == colonnes[i].format:
        i -= 1
    return colonnes[i]


def _pivotable(lecture: _Lecture) -> bool:
    """Whether the second text makes series: few of them, each category met more than once."""
    if lecture.temps is not None:
        return True
    premiers, seconds = (set(lecture.textes_de(i)) for i in lecture.textes)
    lignes = len(lecture.tableau.lignes)
    return 1 < len(seconds) <= SERIES_MAX and len(premiers) < lignes <= len(premiers) * len(seconds)


def _ranger(lecture: _Lecture) -> Graphique:
    """One series a column."""
    t, (premier, *second) = lecture.tableau, lecture.textes
    noms = lecture.textes_de(premier)
    for i in second:
        lien = " → " if t.colonnes[i].cle in ("arrivee", "vers") else " – "
        noms = [a if b in TOTAUX else f"{a}{lien}{b}" for a, b in zip(noms, lecture.textes_de(i), strict=True)]
    gardees = [k for k, nom in enumerate(noms) if nom not in TOTAUX]
    series = tuple(
        Serie(t.colonnes[i].libelle, tuple(t.lignes[k][i] for k in gardees)) for i in lecture.mesures
    )  # fmt: skip
    tete = t.colonnes[lecture.mesures[0]]
    return Graphique(
        "barres", t.colonnes[premier].libelle, tuple(noms[k] for k in gardees), series, tete.format, unite(tete),
        colonnes=lecture.mesures,
    )  # fmt: skip


def _pivoter(lecture: _Lecture) -> Graphique:
    """One series a value of the second text (of the text that is not time), for the first number."""
    t, mesure = lecture.tableau, lecture.mesures[0]
    categorie = lecture.textes[0] if lecture.temps is None else lecture.temps
    autre = next(i for i in lecture.textes if i != categorie)
    rangees = {(etiquette(li[categorie]), etiquette(li[autre])): li[mesure] for li in t.lignes}
    cellules = list(dict.fromkeys(li[categorie] for li in t.lignes))
    categories = [etiquette(c) for c in (cellules if lecture.temps is None else sorted(cellules, key=str))]
    noms = list(dict.fromkeys(lecture.textes_de(autre)))
    noms = [n for n in noms if n not in TOTAUX]
    series = tuple(Serie(n, tuple(rangees.get((c, n), ABSENTE) for c in categories)) for n in noms)
    tete = t.colonnes[mesure]
    return Graphique("barres", t.colonnes[categorie].libelle, tuple(categories), series, tete.format, tete.libelle)


# --- kind and limits -------------------------------------------------------------------------------


def _genre(g: Graphique, lecture: _Lecture, choix: Reglage) -> Graphique:
    if lecture.temps is not None:
        genre: Genre = "courbe" if len(g.categories) >= POINTS_MIN else "colonnes"
    else:
        genre = "colonnes" if lecture.tableau.colonnes[lecture.textes[0]].cle in CLASSES else "barres"
    genre = choix.genre or genre
    troue = any(v is None for s in g.series for v in s.valeurs)
    if genre.endswith("_empilees") and (troue or len(g.series) == 1):
        genre = "barres" if genre.startswith("barres") else "colonnes"
    return replace(g, genre=genre)


def _sans_serie_vide(g: Graphique) -> Graphique:
    return replace(g, series=tuple(s for s in g.series if any(v is not None for v in s.valeurs)))


def _couper(g: Graphique) -> Graphique:
    """Keep what can be read: the first categories of the bars, the first series; and say what is left out."""
    restes = []
    if len(g.series) > SERIES_MAX:
        restes.append(f"{SERIES_MAX} premières séries sur {len(g.series)}")
        g = replace(g, series=g.series[:SERIES_MAX])
    limite = CATEGORIES_MAX if g.genre.startswith("barres") else CLASSES_MAX
    if g.genre != "courbe" and len(g.categories) > limite:
        restes.append(f"{limite} premières lignes sur {fr.nombre(len(g.categories))}")
        series = tuple(replace(s, cellules=s.cellules[:limite]) for s in g.series)
        g = replace(g, categories=g.categories[:limite], series=series)
    if not restes:
        return g
    return replace(g, reste=f"Graphique : {fr.liste(restes)} ; toutes sont dans les données à télécharger.")


def manquantes(g: Graphique) -> int:
    """Number of cells of the chart that are gaps because they are masked or not available."""
    return sum(isinstance(c, Etat) for s in g.series for c in s.cellules)
