"""How the blocs of the first page are drawn: map, rankings, shares and pyramid, from the tables of their blocs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard.contenu.tableau import Bloc, Cellule, ecrire
from dashboard.contenu.vue_ensemble import Ici, codes_vus, en_heures, mesure, territoires_vus
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.figures import heures
from dashboard.ui import carte, rendu
from dashboard.ui.barres import Barre

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.figures.theme import Theme

#: Territories drawn in the ranking; the chosen one is added when it comes after, the CSV holds all.
RANGS_MAX = 20
NIVEAUX = {"departement": "Départements", "epci": "EPT et EPCI", "commune": "Communes"}
INDICATEURS = {"heures": "Heures", "marches": "Marchés"}


def choix_carte(c: Ici) -> Markup:
    """Level of the map, and what is counted."""
    defaut = "heures" if c.ref.a_suivi else "marches"
    return Markup("").join(
        [
            rendu.segments("niveau", NIVEAUX, c.selection.niveau, "departement", "Niveau de la carte"),
            rendu.segments("indicateur", INDICATEURS, c.vue.indicateur, defaut, "Ce que l’on compte"),
        ]
    )


def fond(c: Ici) -> dict[str, Any]:
    """The map of the first page."""
    nom = "heure" if en_heures(c) else "marché"
    m = carte.Mesure(
        f"{mesure(c)} en {phrases.annees(c.periode)}",
        lambda valeur: fr.pluriel(int(fr.arrondi(valeur)), nom),
        zero="0 (aucune heure)" if en_heures(c) else "0 (aucun marché)",
    )
    return carte.donnees(c, c.vue.territoires, codes_vus(c), m)


def par_mois(c: Ici, _bloc: Bloc, theme: Theme) -> go.Figure:
    """Bars of the measure month by month, dashed line of its reference."""
    reference = "Heures engagées" if en_heures(c) else "dont avec clause sociale"
    return heures.par_mois(c.vue.mois, theme, mesure(c), None if c.protege else reference)


def classement(c: Ici, bloc: Bloc) -> Markup:
    """Ranking of the territories, a click filters."""
    territoires, choisi = c.ref.territoires, c.selection.territoire
    cle = CLES_TERRITOIRE[c.selection.niveau]
    ordre = [li["code"] for li in territoires_vus(c)]
    lignes = [
        Barre(
            code, territoires[code].nom, ligne[2], ecrire(ligne[2], "entier"),
            ecrire(ligne[3], "part") if len(ligne) > 3 else None, f"{cle}={code}", code == choisi,
        )
        for rang, (code, ligne) in enumerate(zip(ordre, bloc.tableau.lignes, strict=True))
        if rang < RANGS_MAX or code == choisi
    ]  # fmt: skip
    return rendu.barres(lignes, longue=len(lignes) > 12)


def secteurs(c: Ici, bloc: Bloc) -> Markup:
    """Share of each sector, a click filters."""
    lignes = [
        Barre(li["code"], str(ligne[0]), ligne[1], ecrire(ligne[2], "part"), ecrire(ligne[1], "entier"),
              f"secteur={li['code']}", li["code"] in c.selection.secteurs)
        for li, ligne in zip(c.vue.secteurs, bloc.tableau.lignes, strict=True)
    ]  # fmt: skip
    return rendu.barres(lignes)


def personnes(_c: Ici, bloc: Bloc) -> Markup:
    """Share of persons by level or by criterion."""
    return rendu.barres(
        Barre(str(nom), str(nom), effectif, ecrire(part, "part"), ecrire(effectif, "entier"))
        for nom, effectif, part in bloc.tableau.lignes
    )


def profil(_c: Ici, bloc: Bloc) -> Markup:
    """Age bands, men and women side by side; unknown sex or age stays in the table."""
    rangees: dict[str, dict[str, tuple[Cellule, Cellule]]] = {}
    for age, sexe, effectif, part in bloc.tableau.lignes:
        rangees.setdefault(str(age), {})[str(sexe)] = (effectif, part)
    complets = [(age, r["Homme"], r["Femme"]) for age, r in rangees.items() if {"Homme", "Femme"} <= r.keys()]
    return rendu.pyramide((age, h[0], ecrire(h[1], "part"), f[0], ecrire(f[1], "part")) for age, h, f in complets)
