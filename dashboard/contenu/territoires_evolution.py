"""The chosen indicator year by year: the territory, its département and the region, on one scale."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.contenu.contexte import SANS_LIGNE
from dashboard.contenu.tableau import Bloc, Colonne, cellule, tableau
from dashboard.contenu.territoires_mots import EMPECHEMENTS, SENSIBLE_COMMUNE
from dashboard.contenu.territoires_phrases import Ici, majuscule, mots
from dashboard.contenu.territoires_vue import definitions, du_suivi, protegees, sous_titre_region
from dashboard.domain import francais as fr

if TYPE_CHECKING:
    from dashboard.contenu.tableau import Format
    from dashboard.warehouse.territoires import Echelle


def annees(c: Ici) -> list[int]:
    """Years shown: those the collection covers, from the first to the last with something in the widest territory."""
    if not c.vue.echelles:
        return []
    serie = c.vue.echelles[-1].serie
    pleines = [a for a, (valeur, statut) in serie.items() if valeur or statut == "s"]
    return [a for a in serie if pleines[0] <= a <= pleines[-1]] if pleines else []


def forme(c: Ici) -> Format:
    """Volumes brought to a number of inhabitants keep a decimal."""
    return "decimal" if c.vue.regle.volume else mots(c).format


def libelle(c: Ici) -> str:
    """« Heures réalisées pour 1 000 habitants », « Part des femmes »."""
    volume = c.vue.regle.volume
    return mots(c).libelle + (f" pour {fr.nombre(volume)} habitants" if volume else "")


def valeur_ecrite(c: Ici, valeur: float) -> str:
    """A value of one year, as in the table."""
    return fr.pourcent(valeur) if forme(c) == "part" else fr.nombre(valeur, 1 if forme(c) == "decimal" else 0)


def evolution(c: Ici) -> Bloc:
    """The indicator by year, one column a territory."""
    colonnes = [Colonne("annee", "Année")]
    colonnes += [Colonne(f"t{e.code}", c.ref.territoires[e.code].nom, forme(c)) for e in c.vue.echelles]
    t = tableau(colonnes, [[str(a), *(cellule(*e.serie[a]) for e in c.vue.echelles)] for a in annees(c)])
    b = c.bloc(
        "territoires-evolution", _titre(c), f"{libelle(c)}, par an", t, personnes=protegees(c), suivi=du_suivi(c),
        vide=_vide(c), definitions=definitions(c)[:1],
    )  # fmt: skip
    periode = (annees(c)[0], annees(c)[-1]) if annees(c) else c.periode
    return replace(b, sous_titre=sous_titre_region(c, f"{libelle(c)}, par an", periode))


def _vide(c: Ici) -> str | None:
    if c.vue.empechement:
        return EMPECHEMENTS[c.vue.empechement]
    if not annees(c):
        return SANS_LIGNE
    ici = [c.vue.echelles[0].serie[a] for a in annees(c)]
    if all(statut == "s" for _, statut in ici):
        return f"{SENSIBLE_COMMUNE}." if c.vue.sensible else "Toutes les années relèvent du secret statistique (s)."
    return None


def _titre(c: Ici) -> str:
    """Since when the territory is above (or under) the region; for the region, the change over the last year."""
    if _vide(c):
        return "L’évolution année par année"
    ici, ans = c.vue.echelles[0], [a for a in annees(c) if a <= c.periode[1]] or annees(c)
    nom = majuscule(fr.nom_avec_article(c.ref.territoires[ici.code]))
    if len(c.vue.echelles) == 1:
        return _variation(c, ici, ans) or "L’évolution année par année"
    region = c.vue.echelles[-1]
    ecarts = [_signe(ici.serie[a][0], region.serie[a][0]) for a in ans]
    if not ecarts[-1]:
        return f"{nom} face à la région"
    debut = len(ans) - 1
    while debut and ecarts[debut - 1] == ecarts[-1]:
        debut -= 1
    position = "au‑dessus" if ecarts[-1] > 0 else "au‑dessous"
    depuis = f"en {ans[-1]}" if debut == len(ans) - 1 else f"depuis {ans[debut]}"
    return f"{nom}, {position} de la région {depuis}"


def _signe(valeur: float | None, reference: float | None) -> int:
    if valeur is None or reference is None:
        return 0
    return (valeur > reference) - (valeur < reference)


def _variation(c: Ici, ici: Echelle, ans: list[int]) -> str | None:
    if len(ans) < 2:
        return None
    avant, apres = ici.serie[ans[-2]][0], ici.serie[ans[-1]][0]
    if not avant or apres is None:
        return None
    if forme(c) == "part":
        ecart = round(apres * 100) - round(avant * 100)
        sens = f"{abs(ecart)}{fr.FINE}pt de {'plus' if ecart > 0 else 'moins'}" if ecart else "stable"
    else:
        ecart = round((apres / avant - 1) * 100)
        sens = f"{abs(ecart)}{fr.FINE}% de {'plus' if ecart > 0 else 'moins'}" if ecart else "stable"
    liaison = f"{sens} qu’en {ans[-2]}" if ecart else f"stable par rapport à {ans[-2]}"
    return f"{mots(c).libelle} en {ans[-1]} : {liaison}"
