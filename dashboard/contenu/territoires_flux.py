"""Where persons live and where they work: the links in words and in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.contenu.contexte import SANS_LIGNE, SANS_SUIVI
from dashboard.contenu.tableau import Bloc, Colonne, cellule, tableau
from dashboard.contenu.territoires_mots import SENSIBLE_FLUX
from dashboard.contenu.territoires_phrases import Ici, choisi
from dashboard.domain import francais as fr
from dashboard.domain.selection import REGION
from dashboard.warehouse.territoires_flux import AILLEURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.warehouse.territoires_flux import Lien

#: Links drawn, the largest ones; the table holds all.
LIENS_MAX = 48


def entre_departements(c: Ici) -> bool:
    """Whether the links are between départements: nothing chosen, or a seat, which is neither a home nor a site."""
    return c.selection.territoire == REGION or c.selection.geographie == "siege"


def noms(c: Ici) -> dict[str, str]:
    """Names of the ends of the links; around a chosen EPT, EPCI or commune, its département is « ailleurs »."""
    codes = {code for lien in c.vue.flux.liens for code in (lien.depart, lien.arrivee)}
    noms = {code: c.ref.territoires[code].nom if code in c.ref.territoires else code for code in codes}
    t = choisi(c)
    if not entre_departements(c) and t.niveau in ("epci", "commune"):
        siens = {t.departement} | {x.departement for x in c.ref.territoires.values() if x.epci == t.code}
        noms |= {code: f"Ailleurs {fr.en(c.ref.territoires[code])}" for code in siens & codes}
    return noms | {AILLEURS: "Hors Île-de-France ou inconnu"}


def dessines(liens: Sequence[Lien]) -> list[Lien]:
    """Links drawn: published ones, the largest."""
    return [lien for lien in liens if lien.effectif][:LIENS_MAX]


def flux(c: Ici) -> Bloc:
    """Persons by place of residence and place of work."""
    lieux = noms(c)
    t = tableau(
        [
            Colonne("depart", "Résidence"),
            Colonne("arrivee", "Lieu d’exécution"),
            Colonne("effectif", "Personnes", "entier"),
        ],
        [[lieux[li.depart], lieux[li.arrivee], cellule(li.effectif, li.statut)] for li in c.vue.flux.liens],
    )
    quoi = "Personnes, de leur lieu de résidence à leur lieu d’exécution"
    return c.bloc(
        "territoires-flux", _titre(c), quoi + _sur_place(c), t, personnes=True, vide=_vide(c),
        definitions=("flux_residence",),
    )  # fmt: skip


def _vide(c: Ici) -> str | None:
    if not c.ref.a_suivi:
        return SANS_SUIVI
    if c.vue.sensible:
        return SENSIBLE_FLUX
    if not c.vue.flux.liens:
        return SANS_LIGNE
    if not dessines(c.vue.flux.liens):
        return (
            "Chaque lien concerne moins de 5 personnes (s) : choisissez un territoire plus grand ou plusieurs années."
        )
    return None


def _titre(c: Ici) -> str:
    part = c.vue.flux.habitants
    if part is None or _vide(c):
        return "Où l’on vit, où l’on travaille"
    if entre_departements(c):
        return f"{fr.pourcent(part)} des heures faites dans le département où l’on vit"
    return f"{fr.pourcent(part)} des heures faites par des habitants {fr.de(choisi(c))}"


def _sur_place(c: Ici) -> str:
    part = c.vue.flux.sur_place
    if part is None:
        return ""
    return f" ; {fr.pourcent(part)} des heures de ces habitants sont faites sur place"
