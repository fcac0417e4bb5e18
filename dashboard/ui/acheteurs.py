"""How the blocs of the purchases are drawn, on the page and on a buyer's sheet: bars, curves, tables of contracts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.contenu import acheteurs_listes as listes
from dashboard.contenu import acheteurs_parts as parts
from dashboard.contenu.tableau import Cellule, Etat, ecrire
from dashboard.domain import francais as fr
from dashboard.figures import acheteurs as figures
from dashboard.ui import rendu
from dashboard.ui.acheteurs_comparables import MODELE, fiche
from dashboard.ui.barres import Barre

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.contenu.acheteurs_parts import Ici
    from dashboard.contenu.tableau import Bloc
    from dashboard.figures.theme import Theme
    from dashboard.warehouse.acheteurs_mesures import Mesures

MESURES = {"nombre": "En nombre", "montant": "En montant"}
NIVEAUX = {"departement": "Départements", "epci": "EPT et EPCI", "commune": "Communes"}
#: Contracts and buyers drawn in a list; the table twin and the CSV hold the others.
MONTRES = 25


def choix_mesure(c: Ici) -> Markup:
    """Shares of the contracts, or of the euros."""
    return rendu.segments("mesure", MESURES, c.selection.mesure, "nombre", "Compter en nombre ou en montant")


def choix_niveau(c: Ici) -> Markup:
    """Level of the territories."""
    return rendu.segments("niveau", NIVEAUX, c.selection.niveau, "departement", "Niveau de territoire")


# --- curves ------------------------------------------------------------------------------------------------


def annees(c: Ici, _bloc: Bloc, theme: Theme) -> go.Figure:
    """Social and environmental shares by year, with the national targets."""
    abscisses, mesure = list(c.vue.annees), c.selection.mesure
    series = [
        figures.Serie(
            "Social", [m.part_sociale(mesure) for m in c.vue.annees.values()],
            [parts.objectif(c, "part_sociale", a) for a in abscisses],
        ),
        figures.Serie(
            "Environnemental", [m.part_env(mesure) for m in c.vue.annees.values()],
            [parts.objectif(c, "part_environnementale", a) for a in abscisses],
        ),
    ]  # fmt: skip
    return figures.annees(series, abscisses, range(c.periode[0], c.periode[1] + 1), theme)


def echeances(c: Ici, _bloc: Bloc, theme: Theme) -> go.Figure:
    """Ends by month."""
    fins = [
        figures.Fin(li["mois"], li["sans"], li["fins"] - li["sans"] - li["inconnus"], li["inconnus"])
        for li in c.vue.echeances
    ]
    return figures.echeances(fins, theme)


# --- bars --------------------------------------------------------------------------------------------------


def _barre(c: Ici, code: str, libelle: str, m: Mesures, *, filtre: str | None = None, choisie: bool = False) -> Barre:
    part = m.part_sociale(c.selection.mesure)
    valeur: Cellule = Etat.NON_DISPONIBLE if part is None else part
    second = fr.pluriel(m.marches, "marché", "marchés")
    return Barre(code, libelle, valeur, ecrire(valeur, "part"), second, filtre, choisie)


def typologie(ident: str, decrit: parts.Typologie | None = None) -> Callable[[Ici, Bloc], Markup]:
    """Bars of one breakdown; a click filters where a filter exists."""
    t = decrit or parts.TYPOLOGIES[ident]

    def dessiner(c: Ici, _bloc: Bloc) -> Markup:
        filtrable = t.filtre and c.selection.objet is None
        choisis = getattr(c.selection, f"{t.filtre}s") if filtrable else ()
        lignes = [
            _barre(
                c, code, c.libelle(t.liste, code), m, filtre=f"{t.filtre}={code}" if filtrable else None,
                choisie=code in choisis,
            )
            for code, m in parts.lignes_de(c, t)
        ]  # fmt: skip
        return rendu.barres(lignes, longue=len(lignes) > 14)

    return dessiner


def territoire(c: Ici, _bloc: Bloc) -> Markup:
    """Bars by territory; a click filters."""
    cle = {"departement": "dep"}.get(c.selection.niveau, c.selection.niveau)
    lignes = [
        _barre(c, code, c.ref.territoires[code].nom, m, filtre=f"{cle}={code}", choisie=code == c.selection.territoire)
        for code, m in parts.par_part(c, c.vue.territoires.items())
    ]
    return rendu.barres(lignes, longue=len(lignes) > 14)


def formes(_c: Ici, bloc: Bloc) -> Markup:
    """Bars of the three forms, by number, the share by amount beside."""
    lignes = [
        Barre(str(nom), str(nom), nombre, ecrire(nombre, "part"), ecrire(montant, "part"))
        for nom, _, nombre, montant in bloc.tableau.lignes
    ]
    return rendu.barres(lignes, entete=("", "", "En nombre", "En montant"))


def environnement(_c: Ici, bloc: Bloc) -> Markup:
    """Bars of what contracts have: both, one, none."""
    lignes = [
        Barre(str(nom), str(nom), part, ecrire(part, "part"), fr.pluriel(float(n), "marché", "marchés"))
        for nom, n, part in bloc.tableau.lignes
        if isinstance(n, float)
    ]
    return rendu.barres(lignes)


# --- lists -------------------------------------------------------------------------------------------------


def lister(
    bloc: Bloc,
    liens: Sequence[str | None],
    colonnes: Sequence[int],
    notes: Sequence[tuple[str, str]] = (),
    montres: int = MONTRES,
) -> Markup:
    """The first rows of a table, some of its columns, the first one linked; then what must be known of them."""
    entetes = [bloc.tableau.colonnes[i] for i in colonnes]
    rangees = [
        (lien, [(ligne[i], ecrire(ligne[i], c.format), c.format) for i, c in zip(colonnes, entetes, strict=True)])
        for ligne, lien in zip(bloc.tableau.lignes[:montres], liens, strict=False)
    ]
    reste = len(bloc.tableau.lignes) - len(rangees)
    suite = f"{fr.pluriel(reste, 'autre ligne', 'autres lignes')} dans le tableau et le CSV." if reste > 0 else ""
    return rendu.marque(MODELE, "liste", entetes, rangees, suite, notes)


def _lien(c: Ici, siret: str) -> str | None:
    return fiche(siret) if c.selection.objet is None else None


def conformite(c: Ici, bloc: Bloc) -> Markup:
    """Contracts without a clause, the sheet of each buyer, then the rule."""
    liens = [_lien(c, li["acheteur"]) for li in listes.manquants(c)]
    return lister(bloc, liens, (1, 2, 3, 4, 5, 6, 7), listes.regle_conformite(c))


def fins(c: Ici, bloc: Bloc) -> Markup:
    """Contracts that end."""
    liens = [_lien(c, li["acheteur"]) for li in c.vue.fins]
    return lister(bloc, liens, (1, 2, 3, 4, 5, 7) if c.selection.objet is None else (2, 3, 4, 5, 6, 7))


def spaser_annees(_c: Ici, bloc: Bloc) -> Markup:
    """One buyer year by year."""
    return lister(bloc, [None] * len(bloc.tableau.lignes), (0, 1, 2, 3, 4))


def spaser(c: Ici, bloc: Bloc) -> Markup:
    """Buyers over the amount."""
    return lister(bloc, [_lien(c, li["acheteur"]) for li in c.vue.spaser], (0, 1, 2, 3))


def liste(c: Ici, bloc: Bloc) -> Markup:
    """Buyers of the selection and their shares."""
    return lister(bloc, [_lien(c, a.siret) for a, _ in c.vue.liste], (0, 2, 3, 5, 6, 7, 8))
