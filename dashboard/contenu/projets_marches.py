"""Who works on the projects, which firms hold them, and how surely they are joined to the published contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.contenu import projets_objectifs as objectifs
from dashboard.contenu.projets_mots import RAPPROCHEMENTS, Ici, bloc, mesures, nd, programme
from dashboard.contenu.tableau import Bloc, Cellule, Colonne, Etat, cellule, tableau
from dashboard.domain import francais as fr
from dashboard.warehouse import secret

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne

TOUS = "tous"
#: Under this many lots in view, the persons of a programme would be those of a lot: they are not shown.
LOTS_MIN = 2
SEUL = (Etat.SECRET, Etat.SECRET, Etat.SECRET)


# --- persons ----------------------------------------------------------------------------------------------


def _publics(c: Ici, groupe: str) -> tuple[Cellule, Cellule, Cellule] | None:
    """Persons, those who live in the département where they work, and their share; ``None`` without a row."""
    siennes = {li["local"] or TOUS: li for li in mesures(c).publics if li["groupe"] == groupe}
    if TOUS not in siennes:
        return None
    total, local = siennes[TOUS], siennes.get("oui", {"effectif": 0.0, "statut": "valeur"})
    part = secret.part(local["effectif"], total["effectif"])
    masquee = "s" if part is None else "valeur"
    return (
        cellule(total["effectif"], total["statut"]),
        cellule(local["effectif"], local["statut"]),
        cellule(part, masquee),
    )


def publics(c: Ici, ident: str = "projets-publics", pourquoi: str | None = None) -> Bloc:
    """Persons by programme, and share of local residents; never by line, operation nor lot."""
    codes = [p.code for p in mesures(c).programmes]
    seuls = {p.code for p in mesures(c).programmes if p.bilan.lots < LOTS_MIN}
    rangees = [(programme(c, code), SEUL if code in seuls else _publics(c, code)) for code in codes]
    lignes = [(nom, *cellules) for nom, cellules in rangees if cellules]
    ensemble = SEUL if mesures(c).bilan.lots < LOTS_MIN else _publics(c, TOUS)
    if ensemble and len(lignes) > 1:
        lignes.append(("Ensemble", *ensemble))
    part = ensemble[2] if ensemble else None
    titre = (
        f"{fr.pourcent(part)} des bénéficiaires habitent le département de leur chantier"
        if isinstance(part, float)
        else "Qui travaille sur ces projets ?"
    )
    colonnes = (
        Colonne("programme", "Programme"), Colonne("beneficiaires", "Bénéficiaires", "entier"),
        Colonne("residents", "Résidents du département d’exécution", "entier"), Colonne("part", "Part", "part"),
    )  # fmt: skip
    absents = len([1 for _, cellules in rangees if not cellules])
    note = f"{fr.pluriel(absents, 'programme')} sans personne déclarée" if absents else ""
    return bloc(
        c, ident, titre, "Bénéficiaires depuis le début des lots, par programme (jamais par lot ni par opération)",
        tableau(colonnes, lignes), "projets_publics", personnes=True, notes=[note], pourquoi=pourquoi,
    )  # fmt: skip


# --- firms ------------------------------------------------------------------------------------------------


def _somme(lignes: list[Ligne], role: str, cle: str, categories: tuple[str, ...] | None = None) -> float:
    return float(
        sum(
            li[cle] or 0.0
            for li in lignes
            if li["role"] == role and (categories is None or li["categorie"] in categories)
        )
    )


CONNUES = ("pme", "eti", "ge")


def _part_pme(lignes: list[Ligne], role: str, cle: str) -> Cellule:
    """Share of PME among the firms whose category is known; « nd » when none is."""
    connus = _somme(lignes, role, cle, CONNUES)
    return _somme(lignes, role, cle, ("pme",)) / connus if connus else Etat.NON_DISPONIBLE


def _part_revenue(lignes: list[Ligne]) -> Cellule:
    """Share of the amounts that comes to PME, acts of subcontracting included; « nd » when no size is known."""
    connus = _somme(lignes, "mandataire", "montant", CONNUES)
    return _somme(lignes, "mandataire", "pme", CONNUES) / connus if connus else Etat.NON_DISPONIBLE


def _pme(lignes: list[Ligne]) -> tuple[Cellule, ...]:
    contrats = _somme(lignes, "mandataire", "firmes")
    return (
        contrats, contrats - _somme(lignes, "mandataire", "firmes", CONNUES),
        _part_pme(lignes, "mandataire", "firmes"), _part_pme(lignes, "mandataire", "montant"),
        _part_revenue(lignes), _somme(lignes, "cotitulaire", "firmes"), _part_pme(lignes, "cotitulaire", "firmes"),
        _somme(lignes, "sous_traitant", "firmes"), _part_pme(lignes, "sous_traitant", "firmes"),
        _part_pme(lignes, "sous_traitant", "montant"),
    )  # fmt: skip


COLONNES_PME = (
    Colonne("programme", "Programme"), Colonne("contrats", "Marchés rattachés", "entier"),
    Colonne("inconnus", "dont mandataire de taille inconnue", "entier"),
    Colonne("part_nombre", "PME mandataires, en nombre", "part"), Colonne("part_montant", "en montant", "part"),
    Colonne("part_revenue", "Montant revenant aux PME, sous-traitance comprise", "part"),
    Colonne("cotitulaires", "Co-titulaires", "entier"), Colonne("part_cotitulaires", "dont PME", "part"),
    Colonne("sous_traitants", "Actes de sous-traitance", "entier"), Colonne("part_sous", "dont PME", "part"),
    Colonne("part_montant_sous", "en montant", "part"), Colonne("charte", "Objectif de la charte"),
)  # fmt: skip


def objectif_pme(code: str) -> objectifs.Objectif | None:
    """What the charter of a programme promises to PME, if anything."""
    return next(iter(objectifs.du_programme(code, "pme")), None)


def pme(c: Ici, ident: str = "projets-pme") -> Bloc:
    """Share of PME by programme: rank, number, amount, subcontracting."""
    toutes = mesures(c).pme
    lignes: list[tuple[Cellule, ...]] = []
    for p in mesures(c).programmes:
        siennes = [li for li in toutes if li["programme"] == p.code]
        promis = objectif_pme(p.code)
        if siennes:
            lignes.append((programme(c, p.code), *_pme(siennes), promis.libelle if promis else "sans objectif chiffré"))
    ensemble = _pme(toutes)
    if len(lignes) > 1:
        lignes.append(("Ensemble", *ensemble, "—"))
    nombre, revenu = ensemble[2], ensemble[4]
    titre = "Quelle part pour les PME ?"
    if isinstance(nombre, float) and isinstance(revenu, float):
        parts = fr.pourcent(nombre), fr.pourcent(revenu)
        titre = "Des PME mandataires pour {} des marchés ; {} des montants reviennent à des PME".format(*parts)
    rattaches = sum(li["lots"] for li in mesures(c).rapprochement if li["rapprochement"] in ("exact", "probable"))
    sans = mesures(c).bilan.lots - rattaches
    inconnus = int(_somme(toutes, "mandataire", "firmes") - _somme(toutes, "mandataire", "firmes", CONNUES))
    pourquoi = (
        None
        if lignes
        else "Aucun lot de cette sélection n’est rattaché à un marché publié : les titulaires sont inconnus."
    )
    return bloc(
        c, ident, titre, "Marchés publiés des lots ; le montant d’un groupement est compté à son mandataire",
        tableau(COLONNES_PME, lignes), "projets_pme", pourquoi=pourquoi,
        notes=[
            f"{fr.pluriel(sans, 'lot')} sans marché rattaché" if sans > 0 else "",
            f"{fr.pluriel(inconnus, 'marché')} dont la taille du mandataire est inconnue (nd)" if inconnus else "",
        ],
    )  # fmt: skip


# --- match ------------------------------------------------------------------------------------------------


def _compte(c: Ici, code: str | None, genre: str) -> float:
    return float(
        sum(
            li["lots"]
            for li in mesures(c).rapprochement
            if li["rapprochement"] == genre and code in (None, li["programme"])
        )
    )


def score(c: Ici, code: str | None, genre: str) -> float | None:
    """Mean score of a kind of match."""
    lus = [
        (li["score_moyen"], li["lots"])
        for li in mesures(c).rapprochement
        if li["rapprochement"] == genre and code in (None, li["programme"]) and li["score_moyen"] is not None
    ]
    nombre = sum(n for _, n in lus)
    return sum(s * n for s, n in lus) / nombre if nombre else None


def rapprochement(c: Ici, ident: str = "projets-rapprochement") -> Bloc:
    """Lots joined to a published contract, surely or not, by programme."""
    colonnes = (
        Colonne("programme", "Programme"), Colonne("lots", "Lots", "entier"),
        *(Colonne(genre, nom, "entier") for genre, nom in RAPPROCHEMENTS.items()),
        Colonne("part", "Part rattachée (exact ou probable)", "part"),
        Colonne("score_probable", "Score moyen des probables", "part"),
        Colonne("score_a_confirmer", "Score moyen des cas à confirmer", "part"),
    )  # fmt: skip
    codes: list[tuple[str, str | None]] = [(programme(c, p.code), p.code) for p in mesures(c).programmes]
    codes = [*codes, ("Ensemble", None)] if len(codes) > 1 else codes
    lignes = []
    for nom, code in codes:
        nombres = {genre: _compte(c, code, genre) for genre in RAPPROCHEMENTS}
        total = sum(nombres.values())
        surs = (nombres["exact"] + nombres["probable"]) / total if total else None
        lignes.append(
            (nom, total, *nombres.values(), nd(surs), nd(score(c, code, "probable")), nd(score(c, code, "a_confirmer")))
        )
    total, surs = mesures(c).bilan.lots, _compte(c, None, "exact") + _compte(c, None, "probable")
    titre = (
        f"{fr.pourcent(surs / total)} des lots sont rattachés à un marché publié"
        if total
        else "Les lots et les marchés publiés"
    )
    confirmer = int(_compte(c, None, "a_confirmer"))
    note = (
        f"{fr.pluriel(confirmer, 'rattachement')} à confirmer, jamais {fr.accord(confirmer, 'accepté')} en silence"
        if confirmer
        else ""
    )
    return bloc(
        c, ident, titre, "Lots du suivi d’exécution face aux marchés des DECP, par certitude du rattachement",
        tableau(colonnes, lignes), "projets_rapprochement", notes=[note],
    )  # fmt: skip
