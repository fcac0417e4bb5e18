"""How the blocs of the page of the hours are drawn, from the tables of their blocs and the rows of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dashboard.contenu import heures_temps, heures_types
from dashboard.contenu.heures_temps import Ici
from dashboard.contenu.tableau import Bloc, Cellule, Etat, Format, ecrire
from dashboard.domain import francais as fr
from dashboard.figures import activite
from dashboard.ui import rendu
from dashboard.ui.barres import Barre

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.figures.theme import Theme
    from dashboard.warehouse.execution import Ligne

PAS = {"mois": "Mois", "trimestre": "Trimestre", "annee": "Année"}
CUMUL = {"non": "Valeurs", "oui": "Cumul"}


@dataclass(frozen=True, slots=True)
class Pile:
    """One stacked bar: ``morceaux`` are (class, width)."""

    code: str
    libelle: str
    morceaux: tuple[tuple[str, str], ...]
    texte: str
    second: str
    filtre: str | None = None
    choisie: bool = False


@lru_cache
def _modeles() -> Any:
    """The macros of the page, read at the first use."""
    env = Environment(loader=PackageLoader("dashboard.ui", "modeles"), autoescape=True, undefined=StrictUndefined)
    return env.get_template("heures.html").module


def piles(entrees: Iterable[Pile], entete: tuple[str, ...] = ()) -> Markup:
    """Stacked horizontal bars, under the headings of their columns."""
    return cast(Markup, _modeles().piles(list(entrees), entete))


def cles(*signes: tuple[str, str]) -> Markup:
    """The key of some colours: class and text of each."""
    return cast(Markup, _modeles().cles(signes))


def texte_de(valeur: Cellule, forme: Format) -> Markup:
    """A cell as a text of a bar, its state in words for who points at it."""
    etat = valeur if isinstance(valeur, Etat) else None
    return cast(Markup, _modeles().cellule(ecrire(valeur, forme), etat))


# --- over time ---------------------------------------------------------------------------------------


def choix_temps(c: Ici) -> Markup:
    """Step of time, and whether hours are cumulated."""
    return Markup("").join(
        [
            rendu.segments("pas", PAS, c.selection.pas, "mois", "Pas de temps"),
            rendu.segments("cumul", CUMUL, c.selection.cumul, "non", "Valeurs ou cumul"),
        ]
    )


def temps(c: Ici, _bloc: Bloc, theme: Theme) -> go.Figure:
    """Bars of realised hours, dashed line of engaged hours."""
    lignes, (debut, fin) = heures_temps.serie(c), c.periode
    pas = [
        activite.Pas(
            li["debut"], heures_temps.nom_du_pas(li["debut"], c.selection.pas), debut <= li["debut"].year <= fin
        )
        for li in lignes
    ]
    references = None if c.protege else [li["reference"] for li in lignes]
    noms = ("Heures réalisées", "Heures engagées")
    return activite.temps(pas, [li["valeur"] for li in lignes], references, theme, noms)


def chaleur(c: Ici, _bloc: Bloc, theme: Theme) -> go.Figure:
    """Month × département, the chosen one (or that of the chosen territory) in bold."""
    codes, lignes = heures_temps.lieux(c), c.vue.chaleur
    mois = list(dict.fromkeys(li["mois"] for li in lignes))
    choisi = c.ref.territoires[c.selection.territoire]
    lieux = [
        activite.Lieu(c.ref.territoires[code].nom, f"dep={code}", code in (choisi.code, choisi.departement))
        for code in codes
    ]
    rangs = {m: k for k, m in enumerate(mois)}
    cases = {(codes.index(li["lieu"]), rangs[li["mois"]]): li["valeur"] for li in lignes}
    return activite.chaleur(mois, lieux, cases, theme)


def _pas_court(li: Ligne, pas: str) -> str:
    debut = li["debut"]
    return str(debut.year) if pas == "annee" else f"T{(debut.month + 2) // 3} {debut.year}"


def validees(c: Ici, bloc: Bloc) -> Markup:
    """Declared hours, the validated part full, the rest hatched; a click filters the year."""
    lignes, pas = heures_temps.validations(c), heures_temps.pas_validation(c)
    maximum = max((li["realisees"] for li in lignes), default=0.0)
    entrees = [
        Pile(
            str(li["debut"]), _pas_court(li, pas),
            (("plein", _largeur(li["validees"], maximum)),
             ("attend", _largeur(li["realisees"] - li["validees"], maximum))),
            *_textes(ligne[3], ligne[1]), filtre=f"annee={li['debut'].year}",
        )
        for li, ligne in zip(lignes, bloc.tableau.lignes, strict=True)
    ]  # fmt: skip
    return cles(("plein", "Validées"), ("attend", "À valider")) + piles(entrees, ("", "", "Validé", "Déclaré"))


def btp(c: Ici, bloc: Bloc) -> Markup:
    """Construction and the rest, year by year; a click filters the year."""
    totaux = [(li["btp"] or 0.0) + (li["hors_btp"] or 0.0) for li in c.vue.annees]
    maximum, (debut, fin) = max(totaux, default=0.0), c.periode
    entrees = [
        Pile(
            str(li["annee"]), str(li["annee"]),
            (("plein", _largeur(li["btp"], maximum)), ("autre", _largeur(li["hors_btp"], maximum))),
            *_textes(ligne[3], total if li["btp"] is not None and li["hors_btp"] is not None else Etat.SECRET),
            filtre=f"annee={li['annee']}", choisie=debut <= li["annee"] <= fin,
        )
        for li, total, ligne in zip(c.vue.annees, totaux, bloc.tableau.lignes, strict=True)
    ]  # fmt: skip
    return cles(("plein", "BTP"), ("autre", "Hors BTP")) + piles(entrees, ("", "", "Hors BTP", "Ensemble"))


def _largeur(valeur: float | None, maximum: float) -> str:
    return f"{100 * (valeur or 0.0) / maximum:.1f}%" if maximum > 0 else "0%"


def _textes(part: Cellule, heures: Cellule) -> tuple[str, str]:
    """A share, and hours in short."""
    if isinstance(heures, float):
        court = fr.abrege_court(heures) if heures >= 10_000 else fr.nombre(heures)
        return texte_de(part, "part"), f"{court}{fr.FINE}h"
    return texte_de(part, "part"), texte_de(heures, "entier")


# --- by kind -----------------------------------------------------------------------------------------


def typologie(ident: str) -> Callable[[Ici, Bloc], Markup]:
    """Bars of one typology: share, hours, and engaged hours under them where they exist."""
    t = {**heures_types.DE_MARCHES, **heures_types.D_EMPLOI}[ident]

    def dessiner(c: Ici, bloc: Bloc) -> Markup:
        choisis = getattr(c.selection, f"{t.filtre}s") if t.filtre else ()
        lignes = [
            Barre(li["code"], str(ligne[0]), ligne[1], _part(ligne[2], ligne[1]), texte_de(ligne[1], "entier"),
                  f"{t.filtre}={li['code']}" if t.filtre else None, li["code"] in choisis,
                  li.get("reference"))
            for li, ligne in zip(heures_types.lignes_de(c, t), bloc.tableau.lignes, strict=True)
        ]  # fmt: skip
        avec_reference = any(b.reference is not None for b in lignes)
        legende = cles(("plein", "Réalisées"), ("ref", "Engagées")) if avec_reference else Markup("")
        return legende + rendu.barres(lignes)

    return dessiner


def _part(part: Cellule, valeur: Cellule) -> str:
    """A share whose own state is said; where the value has one too, the bar says it."""
    return ecrire(part, "part") if isinstance(valeur, Etat) else texte_de(part, "part")


def contrats(_c: Ici, bloc: Bloc) -> Markup:
    """Contracts begun by type, and their mean duration; the line of all is in the title and the table."""
    return rendu.barres(
        [
            Barre(str(nom), str(nom), nombre, ecrire(nombre, "entier"), _mois(duree))
            for nom, nombre, duree in bloc.tableau.lignes[:-1]
        ],
        entete=("Type de contrat", "", "Contrats", "Durée moyenne"),
    )


def _mois(duree: Cellule) -> str:
    return f"{ecrire(duree, 'decimal')} mois" if isinstance(duree, float) else texte_de(duree, "decimal")
