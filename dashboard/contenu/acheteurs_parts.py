"""The blocs of shares: by year, by form, by breakdown, by territory, and environment beside social.

The page and a buyer's sheet write them alike. A share is that of contracts or of euros (``Selection.mesure``);
both are in the table. Boundary: words and tables, no drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.contenu.contexte import SANS_LIGNE, SANS_RESIDENCE, Contexte
from dashboard.contenu.tableau import Bloc, Cellule, Colonne, Etat, cellule, tableau
from dashboard.contenu.tournures import etendue
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.filtre import PAR_CLE
from dashboard.warehouse.acheteurs import Achats
from dashboard.warehouse.acheteurs_mesures import DECIMALES, PLANCHER

if TYPE_CHECKING:
    from dashboard.warehouse.acheteurs_mesures import Mesures

Ici = Contexte[Achats]
Codes = list[tuple[str, "Mesures"]]

SANS_SOCIAL = (
    "Les marchés de cette sélection sont publiés au format 2019, qui n’a pas de champ social : "
    "leur part n’est pas disponible (nd), ce n’est pas zéro."
)
PEU = f"Il faut {PLANCHER} marchés renseignés pour dire une part : élargissez la période ou retirez un filtre."
#: Columns of every table of shares.
PARTS = (
    Colonne("marches", "Marchés", "entier"),
    Colonne("renseignes", "dont renseignés", "entier"),
    Colonne("sociaux", "avec considération sociale", "entier"),
    Colonne("part_nombre", "Part en nombre", "part"),
    Colonne("part_montant", "Part en montant, hors accords-cadres", "part"),
)
FORMES = {"clauses": "Clause sociale", "criteres": "Critère social", "reserves": "Marché réservé"}


def vide(c: Ici) -> str | None:
    """Why nothing can be drawn at all; ``None`` when there are contracts."""
    if c.residence:
        return SANS_RESIDENCE
    return None if c.vue.total.marches else SANS_LIGNE


def vide_parts(c: Ici, groupes: Iterable[Mesures]) -> str | None:
    """Why no share can be said."""
    tous = list(groupes)
    if (absent := vide(c)) or any(m.part_sociale(c.selection.mesure) is not None for m in tous):
        return absent
    return PEU if any(m.connus for m in tous) else SANS_SOCIAL


def en_quoi(c: Ici) -> str:
    """« en nombre » or « en montant, hors accords-cadres »."""
    return "en montant, hors accords-cadres" if c.selection.mesure == "montant" else "en nombre"


def des(c: Ici) -> str:
    """What the share is of, in a title."""
    return "des montants" if c.selection.mesure == "montant" else "des marchés"


def cellules(m: Mesures) -> list[Cellule]:
    """The cells of :data:`PARTS`: a count that the format does not say is not available, never zero."""
    sociaux: Cellule = float(m.sociaux) if m.connus else Etat.NON_DISPONIBLE
    return [float(m.marches), float(m.connus), sociaux, cellule(m.part_sociale()), cellule(m.part_sociale("montant"))]


def definitions(c: Ici) -> tuple[str, ...]:
    """The indicators of the share drawn, the drawn one first."""
    parts = ("achats_part_sociale", "achats_part_montant")
    return parts[::-1] if c.selection.mesure == "montant" else parts


def sans_filtre(c: Ici, *cles: str) -> Ici:
    """The context whose subtitle leaves out what the view leaves out."""
    attributs = {PAR_CLE[cle].attribut: () for cle in cles if cle in PAR_CLE and PAR_CLE[cle].genre == "liste"}
    return replace(c, selection=c.selection.avec(**attributs))


def sans_annee(c: Ici) -> Ici:
    """The context of a bloc that has its own dates."""
    return replace(c, sans=(*c.sans, "annee"))


# --- year by year ----------------------------------------------------------------------------------------


def objectif(c: Ici, cle: str, annee: int) -> float | None:
    """The national target in force at the end of a year (as a fraction)."""
    for regle in c.vue.regles:
        debut, fin = regle.debut, regle.fin
        if regle.cle == cle and (not debut or debut.year <= annee) and (not fin or annee <= fin.year):
            return regle.valeur
    return None


def annees(c: Ici, ident: str = "acheteurs-annees") -> Bloc:
    """Social and environmental shares, every year, with the national targets."""
    colonnes = [
        Colonne("annee", "Année"), *PARTS, Colonne("env", "Considération environnementale, en nombre", "part"),
        Colonne("objectif", "Objectif national social", "part"),
        Colonne("objectif_env", "Objectif national environnemental", "part"),
    ]  # fmt: skip
    lignes = [
        [str(a), *cellules(m), cellule(m.part_env()), cellule(objectif(c, "part_sociale", a)),
         cellule(objectif(c, "part_environnementale", a))]
        for a, m in c.vue.annees.items()
    ]  # fmt: skip
    quoi = f"Part des marchés publiés avec une considération sociale, {en_quoi(c)}, et environnementale, par année"
    return sans_annee(c).bloc(ident, _titre_annees(c), quoi, tableau(colonnes, lignes), suivi=False,
                              vide=vide(c) if not c.vue.annees else vide_parts(c, c.vue.annees.values()),
                              definitions=(*definitions(c), "achats_part_env"))  # fmt: skip


def jusqu_a(c: Ici) -> int:
    """Last year of a title: that of the period, a whole one where the period means nothing."""
    return c.ref.defaut if "annee" in c.sans else c.periode[1]


def _titre_annees(c: Ici) -> str:
    """The last complete year of the period against its target."""
    parts = {a: m.part_sociale(c.selection.mesure) for a, m in c.vue.annees.items() if a <= jusqu_a(c)}
    dites = [(a, p) for a, p in parts.items() if p is not None]
    if not dites:
        return "Considérations sociales et environnementales, année par année"
    annee, part = dites[-1]
    debut = f"{fr.pourcent(part)} {des(c)} avec une considération sociale en {annee}"
    if (cible := objectif(c, "part_sociale", annee)) is None:
        return debut
    sens = "l’objectif national est de" if part < cible else "au-dessus de l’objectif national,"
    return f"{debut} : {sens} {fr.pourcent(cible)}"


def formes(c: Ici) -> Bloc:
    """Clause, criterion, reserved: a contract may have several."""
    m, mesure = c.vue.total, c.selection.mesure
    colonnes = [Colonne("forme", "Forme"), Colonne("marches", "Marchés", "entier"),
                Colonne("part_nombre", "Part en nombre", "part"),
                Colonne("part_montant", "Part en montant, hors accords-cadres", "part")]  # fmt: skip
    lignes = [
        [nom, float(getattr(m, f)) if m.connus else Etat.NON_DISPONIBLE, cellule(m.part_forme(f)),
         cellule(m.part_forme(f, "montant"))]
        for f, nom in FORMES.items()
    ]  # fmt: skip
    parts = {f: p for f in FORMES if (p := m.part_forme(f, mesure)) is not None}
    titre = "Clause, critère ou marché réservé"
    if parts and (tete := max(parts, key=lambda f: parts[f])) and parts[tete]:
        titre = f"{FORMES[tete]} : {fr.pourcent(parts[tete])} {des(c)}"
    quoi = f"Part des marchés renseignés par forme de considération sociale, {en_quoi(c)}"
    return c.bloc("acheteurs-formes", titre, quoi, tableau(colonnes, lignes), suivi=False, vide=vide_parts(c, [m]),
                  definitions=("achats_formes", *definitions(c)))  # fmt: skip


# --- breakdowns ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Typologie:
    """One breakdown: key in ``Achats.typologies``, heading, nomenclature, filter of a click, rows in its order."""

    cle: str
    colonne: str
    liste: str
    filtre: str | None
    ordre_nomenclature: bool = False


TYPOLOGIES = {
    "acheteurs-secteur": Typologie("secteur", "Secteur", "secteur", "secteur"),
    "acheteurs-division": Typologie("division", "Division CPV", "cpv_division", None),
    "acheteurs-achat": Typologie("achat", "Type d’achat", "type_achat", "achat", True),
    "acheteurs-tranche": Typologie("tranche", "Tranche de montant", "tranche_montant", None, True),
    "acheteurs-categorie": Typologie("categorie", "Catégorie d’acheteur", "categorie_acheteur", None),
}


def lignes_de(c: Ici, t: Typologie) -> Codes:
    """Codes and measures of a breakdown, the highest share first (or in the order of the list); unsaid ones last."""
    groupes = c.vue.typologies.get(t.cle, {})
    if t.ordre_nomenclature:
        ordre = list(c.ref.listes.get(t.liste, {}))
        return sorted(groupes.items(), key=lambda g: ordre.index(g[0]) if g[0] in ordre else len(ordre))
    return par_part(c, groupes.items())


def par_part(c: Ici, groupes: Iterable[tuple[str, Mesures]]) -> Codes:
    """Decreasing share, those that cannot be said last."""
    mesure = c.selection.mesure

    def rang(g: tuple[str, Mesures]) -> tuple[bool, float, int, str]:
        part = g[1].part_sociale(mesure)
        return part is None, -(part or 0.0), -g[1].marches, g[0]

    return sorted(groupes, key=rang)


def typologie(ident: str, t: Typologie | None = None) -> Callable[[Ici], Bloc]:
    """Writer of the bloc of one breakdown."""
    decrit = t or TYPOLOGIES[ident]

    def ecrire(c: Ici) -> Bloc:
        lignes = lignes_de(c, decrit)
        rangees = [[c.libelle(decrit.liste, code), *cellules(m)] for code, m in lignes]
        quoi = f"Part avec considération sociale par {fr.minuscule(decrit.colonne)}, {en_quoi(c)}"
        b = sans_filtre(c, decrit.filtre or "").bloc(
            ident, _titre(c, decrit, lignes), quoi, tableau([Colonne("code", decrit.colonne), *PARTS], rangees),
            suivi=False, vide=vide_parts(c, [m for _, m in lignes]), definitions=definitions(c),
        )  # fmt: skip
        return avec_absents(b, c, [m for _, m in lignes])

    return ecrire


def avec_absents(b: Bloc, c: Ici, groupes: Iterable[Mesures]) -> Bloc:
    """The same bloc, whose caption says how many rows have too few contracts for a share."""
    absents = sum(m.part_sociale(c.selection.mesure) is None for m in groupes)
    if not absents or b.vide:
        return b
    suite = f"{fr.pluriel(absents, 'ligne')} à moins de {PLANCHER} marchés renseignés : part non disponible (nd)"
    return replace(b, legende=f"{b.legende} · {suite}")


def _titre(c: Ici, t: Typologie, lignes: Codes) -> str:
    dites = [(code, p) for code, m in lignes if code != "nd" and (p := m.part_sociale(c.selection.mesure)) is not None]
    if not dites:
        return f"Considérations sociales par {fr.minuscule(t.colonne)}"
    code, part = max(dites, key=lambda d: d[1])
    if not part:
        return "Aucune considération sociale déclarée"
    moindre, bas = min(dites, key=lambda d: d[1])
    return _etendue(c, *((fr.minuscule(c.libelle(t.liste, li)), p) for li, p in ((moindre, bas), (code, part))))


def _etendue(c: Ici, bas: tuple[str, float], haut: tuple[str, float]) -> str:
    """The finding of a breakdown, from its lowest share to its highest."""
    return etendue(f"Considération sociale{', en montant' if c.selection.mesure == 'montant' else ''}", bas, haut)


def territoire(c: Ici) -> Bloc:
    """Share by territory of the level shown, the territory filter left out."""
    codes = par_part(c, c.vue.territoires.items())
    rangees = [[c.ref.territoires[code].nom, *cellules(m)] for code, m in codes]
    niveau = phrases.NIVEAUX_EN_MOTS[c.selection.niveau]
    dites = [(code, p) for code, m in codes if (p := m.part_sociale(c.selection.mesure)) is not None]
    titre = f"Considérations sociales par {niveau}"
    if dites:
        titre = _etendue(c, *((c.ref.territoires[code].nom, part) for code, part in (dites[-1], dites[0])))
    quoi = f"Part avec considération sociale par {niveau}, {en_quoi(c)}"
    t = tableau([Colonne("territoire", "Territoire"), *PARTS], rangees)
    region = replace(c, selection=c.selection.avec(territoire="11"))
    b = region.bloc("acheteurs-territoire", titre, quoi, t, suivi=False, vide=vide_parts(c, c.vue.territoires.values()),
                    definitions=definitions(c))  # fmt: skip
    return avec_absents(b, c, c.vue.territoires.values())


# --- environment -----------------------------------------------------------------------------------------

CROISES = {
    "deux": "Sociale et environnementale",
    "sociale": "Sociale seulement",
    "env": "Environnementale seulement",
    "aucune": "Ni l’une ni l’autre",
}


def croisees(m: Mesures) -> dict[str, int]:
    """Contracts whose format says both, by what they have."""
    return {
        "deux": m.deux,
        "sociale": m.sociaux_deux - m.deux,
        "env": m.deux_connus - m.aucune - m.sociaux_deux,
        "aucune": m.aucune,
    }


def environnement(c: Ici) -> Bloc:
    """Environment beside social: contracts that have both, one, or none."""
    m = c.vue.total
    assez = m.deux_connus >= PLANCHER
    lignes = [
        [CROISES[k], cellule(n if m.deux_connus else None),
         cellule(round(n / m.deux_connus, DECIMALES) if assez else None)]
        for k, n in croisees(m).items()
    ]  # fmt: skip
    t = tableau([Colonne("quoi", "Considération"), Colonne("marches", "Marchés", "entier"),
                 Colonne("part", "Part en nombre", "part")], lignes)  # fmt: skip
    titre = "L’environnement à côté du social"
    if assez and m.sociaux_deux:
        titre = f"{fr.pourcent(m.deux / m.sociaux_deux)} des marchés sociaux sont aussi environnementaux"
    absent = vide(c) or (None if assez else PEU if m.deux_connus else SANS_SOCIAL)
    quoi = "Marchés dont le format dit l’un et l’autre, en nombre"
    return c.bloc("acheteurs-environnement", titre, quoi, t, suivi=False, vide=absent,
                  definitions=("achats_part_env", "achats_part_sociale"))  # fmt: skip
