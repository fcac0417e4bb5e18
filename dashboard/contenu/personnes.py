"""The blocs about persons, from published (protected) counts only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.contenu.contexte import SANS_LIGNE, SANS_SUIVI, Contexte
from dashboard.contenu.tableau import Bloc, Colonne, Tableau, cellule, tableau
from dashboard.contenu.tournures import sur_dix
from dashboard.domain import francais as fr
from dashboard.warehouse.secret import PUBLICS_SENSIBLES, part

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne
    from dashboard.warehouse.vue_ensemble import VueEnsemble

AGES = ("moins_26", "26_49", "50_plus", "nd")
SEXES = ("H", "F", "nd")
SANS_BAC = ("sans_diplome", "cap_bep")


def _dimension(c: Contexte[VueEnsemble], dimension: str) -> list[Ligne]:
    return [p for p in c.vue.profil if p["dimension"] == dimension]


def _publie(lignes: list[Ligne], *codes: str) -> float | None:
    """Sum of the published counts of some codes; ``None`` when one of them is masked."""
    effectifs = [p["effectif"] for p in lignes if p["code"] in codes]
    return None if None in effectifs else float(sum(effectifs))


def total_publie(c: Contexte[VueEnsemble]) -> float | None:
    """Published number of persons of the selection, ``None`` when masked."""
    return _publie(_dimension(c, "total"), "tous")


def _vide(c: Contexte[VueEnsemble]) -> str | None:
    if not c.ref.a_suivi:
        return SANS_SUIVI
    return SANS_LIGNE if total_publie(c) == 0 else c.sensible


def _bloc(c: Contexte[VueEnsemble], ident: str, titre: str, quoi: str, t: Tableau) -> Bloc:
    definitions = ("beneficiaires", "part_femmes") if ident == "profil" else ("beneficiaires",)
    return c.bloc(ident, titre, quoi, t, personnes=True, vide=_vide(c), definitions=definitions)


def _tableau(c: Contexte[VueEnsemble], lignes: list[Ligne], liste: str, colonne: str) -> Tableau:
    """Count and share of persons by code."""
    total = total_publie(c)
    return tableau(
        [Colonne("code", colonne), Colonne("effectif", "Personnes", "entier"), Colonne("part", "Part", "part")],
        [
            [
                c.libelle(liste, p["code"]),
                cellule(p["effectif"], p["statut"]),
                cellule(part(p["effectif"], total), p["statut"]),
            ]
            for p in lignes
        ],
    )


def profil(c: Contexte[VueEnsemble]) -> Bloc:
    """Persons by age band and sex; a cell without anybody is a true zero, except for what is unknown."""
    lus, total = {(p["code"], p["sexe"]): p for p in _dimension(c, "age")}, total_publie(c)
    zero: Ligne = {"effectif": 0, "statut": "valeur"}
    cases = [
        (age, sexe, lus.get((age, sexe), zero))
        for age in AGES
        for sexe in SEXES
        if (age, sexe) in lus or (lus and "nd" not in (age, sexe))
    ]
    lignes = [
        [
            c.libelle("tranche_age", age),
            c.libelle("sexe", sexe),
            cellule(p["effectif"], p["statut"]),
            cellule(part(p["effectif"], total), p["statut"]),
        ]
        for age, sexe, p in cases
    ]
    colonnes = [Colonne("age", "Âge"), Colonne("sexe", "Sexe"), Colonne("effectif", "Personnes", "entier")]
    t = tableau([*colonnes, Colonne("part", "Part", "part")], lignes)
    return _bloc(c, "profil", _titre_profil(c, total), "Personnes par âge et sexe", t)


def _titre_profil(c: Contexte[VueEnsemble], total: float | None) -> str:
    effectifs = [
        (_publie(_dimension(c, "sexe"), "F"), "de femmes", "femmes"),
        (_publie(_dimension(c, "tranche"), "moins_26"), "de moins de 26 ans", "moins_26"),
    ]
    regard = c.selection.regard  # « 100 % de femmes » among women says nothing
    textes = [f"{fr.pourcent(p)} {nom}" for n, nom, lu in effectifs if lu != regard and (p := part(n, total))]
    return ", ".join(textes) if textes else "Les bénéficiaires par âge et sexe"


def niveaux(c: Contexte[VueEnsemble]) -> Bloc:
    """Persons by level of education, in the order of the nomenclature."""
    ordre = list(c.ref.listes["niveau_formation"])
    lignes = sorted(_dimension(c, "niveau"), key=lambda p: ordre.index(p["code"]))
    sans_bac = part(_publie(lignes, *SANS_BAC), total_publie(c))
    titre = sur_dix(sans_bac, "personne", "sans le baccalauréat") if sans_bac else "Les niveaux de formation"
    t = _tableau(c, lignes, "niveau_formation", "Niveau de formation")
    return _bloc(c, "niveaux", titre, "Personnes par niveau de formation", t)


def _critere(c: Contexte[VueEnsemble], lues: dict[str, Ligne], code: str) -> Ligne:
    """The row of a criterion: nobody is a true zero, unless the zero itself would tell what may not be known."""
    commune = c.ref.territoires[c.selection.territoire].niveau == "commune"
    if code in PUBLICS_SENSIBLES and (commune or c.selection.regard is not None):
        return {"code": code, "effectif": None, "statut": "s"}
    masque = total_publie(c) is None
    absent: Ligne = {"code": code, "effectif": None if masque else 0, "statut": "s" if masque else "valeur"}
    return lues.get(code, absent)


def publics(c: Contexte[VueEnsemble]) -> Bloc:
    """Persons by eligibility criterion (several for one person), the most frequent first.

    Every criterion has its row: the absence of a sensitive one would say that nobody meets it.
    """
    lues = {p["code"]: p for p in _dimension(c, "public")}
    codes = c.ref.listes.get("publics", {}) if lues else {}
    lignes = sorted((_critere(c, lues, code) for code in codes), key=lambda p: (-(p["effectif"] or 0), p["code"]))
    t = _tableau(c, lignes, "publics", "Critère d’éligibilité")
    premier = lignes[0]["effectif"] if lignes else None
    titre = f"{t.lignes[0][0]} : le premier critère" if premier else "Les critères d’éligibilité"
    return _bloc(c, "publics", titre, "Plusieurs critères possibles par personne, le total dépasse 100 %", t)
