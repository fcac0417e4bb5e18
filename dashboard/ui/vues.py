"""The light figures of the first page: rankings, shares and pyramid, from the tables of their blocs."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from dashboard.contenu.contexte import Contexte
from dashboard.contenu.tableau import Bloc, Cellule, ecrire
from dashboard.contenu.vue_ensemble import classe_par_valeur, mesure
from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.settings import RACINE
from dashboard.ui.barres import Barre, pyramide
from dashboard.ui.barres import barres as liste_barres

#: Territories drawn in the ranking; the chosen one is added when it comes after, the CSV holds all.
RANGS_MAX = 20
FICHIERS = {"departement": "departements", "epci": "epci", "commune": "communes"}


@lru_cache
def fond(niveau: str) -> str:
    """Address of the shapes of a level, with a mark of their content so that the browser may keep them."""
    contenu = (RACINE / "geo" / "carte" / f"{FICHIERS[niveau]}.geojson").read_bytes()
    return f"/carte/{niveau}.svg?v={hashlib.sha256(contenu).hexdigest()[:12]}"


def noms_series(c: Contexte) -> tuple[str, str | None]:
    """Names of the bars and of the line of the monthly figure."""
    reference = "Heures engagées" if c.heures else "dont avec clause sociale"
    return mesure(c), None if c.residence else reference


def barres_classement(c: Contexte, bloc: Bloc) -> Any:
    """Ranking of the territories, a click filters."""
    territoires, choisi = c.instantane.referentiel.territoires, c.selection.territoire
    cle = CLES_TERRITOIRE[c.selection.niveau]
    ordre = classe_par_valeur(c.territoires)["code"].tolist()
    lignes = [
        Barre(
            code, territoires[code].nom, ligne[2], ecrire(ligne[2], "entier"),
            ecrire(ligne[3], "part") if len(ligne) > 3 else None, f"{cle}={code}", code == choisi,
        )
        for rang, (code, ligne) in enumerate(zip(ordre, bloc.tableau.lignes, strict=True))
        if rang < RANGS_MAX or code == choisi
    ]  # fmt: skip
    return liste_barres(lignes, longue=len(lignes) > 12)


def barres_secteurs(c: Contexte, bloc: Bloc) -> Any:
    """Share of each sector, a click filters."""
    codes = c.vue.secteurs["code"].tolist()
    lignes = [
        Barre(code, str(ligne[0]), ligne[1], ecrire(ligne[2], "part"), ecrire(ligne[1], "entier"), f"secteur={code}",
              code in c.selection.secteurs)
        for code, ligne in zip(codes, bloc.tableau.lignes, strict=True)
    ]  # fmt: skip
    return liste_barres(lignes)


def barres_personnes(_c: Contexte, bloc: Bloc) -> Any:
    """Share of persons by level or by criterion; personal attributes do not filter."""
    lignes = [
        Barre(str(nom), str(nom), effectif, ecrire(part, "part"), ecrire(effectif, "entier"))
        for nom, effectif, part in bloc.tableau.lignes
    ]
    return liste_barres(lignes)


def pyramide_profil(_c: Contexte, bloc: Bloc) -> Any:
    """Age bands, men and women side by side; unknown sex or age stays in the table."""
    rangees: dict[str, dict[str, tuple[Cellule, Cellule]]] = {}
    for age, sexe, effectif, part in bloc.tableau.lignes:
        rangees.setdefault(str(age), {})[str(sexe)] = (effectif, part)
    complets = [(age, r["Homme"], r["Femme"]) for age, r in rangees.items() if {"Homme", "Femme"} <= r.keys()]
    return pyramide((age, h[0], ecrire(h[1], "part"), f[0], ecrire(f[1], "part")) for age, h, f in complets)


def figures(contexte: Contexte, blocs: dict[str, Bloc]) -> list[Any]:
    """The five light figures, in the order of the page; an empty bloc has none."""
    faire = {
        "classement": barres_classement,
        "secteurs": barres_secteurs,
        "profil": pyramide_profil,
        "niveaux": barres_personnes,
        "publics": barres_personnes,
    }
    return [[] if blocs[nom].vide else f(contexte, blocs[nom]) for nom, f in faire.items()]
