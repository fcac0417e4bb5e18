"""The lots one by one, in words and tables: their states, their map, their list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from dashboard.contenu.projets_mots import (
    RAPPROCHEMENTS,
    Ici,
    bloc,
    court,
    etat,
    fin,
    laisses,
    mesures,
    motif,
    motifs_en_mots,
    nd,
    non_publies,
    programme,
    texte,
)  # fmt: skip
from dashboard.contenu.tableau import Bloc, Cellule, Colonne, tableau
from dashboard.domain import francais as fr
from dashboard.warehouse.projets_lecteur import ETATS, LOTS_MAX, TERMINES

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne

#: The most worrying first: what a place with several lots is said to be, at equal hours.
GRAVITE = ("retard", "surveiller", "temps", "avance", "non_demarre", "nd", "non_atteint", "atteint")


# --- states -----------------------------------------------------------------------------------------------


def titre_etats(c: Ici) -> str:
    """How many running lots are late or to watch."""
    b = mesures(c).bilan
    if not b.en_cours:
        if b.termines:
            return f"{fr.pourcent(b.atteints or 0)} des lots terminés ont atteint leurs heures dues"
        return "Aucun lot en cours n’est évaluable"
    sur = fr.pluriel(b.en_cours, "lot en cours", "lots en cours")
    if not b.inquietants:
        return (
            f"Aucun des {sur} n’est en retard ni à surveiller"
            if b.en_cours > 1
            else "Le lot en cours est dans les temps"
        )
    if b.inquietants == b.en_cours:
        return f"Les {sur} sont en retard ou à surveiller" if b.en_cours > 1 else "Le lot en cours est à surveiller"
    verbe = "est" if b.inquietants == 1 else "sont"
    return f"{b.inquietants} des {sur} {verbe} en retard ou à surveiller"


def etats(c: Ici, ident: str = "projets-etats") -> Bloc:
    """Lots and due hours by state, then the reasons of those that cannot be evaluated."""
    m = mesures(c)
    lignes: list[tuple[Cellule, ...]] = []
    for code in ETATS:
        siennes = [li for li in m.motifs if li["etat"] == code]
        nombre = sum(li["lots"] for li in siennes)
        if nombre:
            lignes.append((etat(c, code), float(nombre), nombre / m.bilan.lots, sum(li["dues"] for li in siennes)))
        if code == "nd":
            lignes += [
                (f"{etat(c, code)} : {motif(c, li['motif'])}", float(li["lots"]), li["lots"] / m.bilan.lots, li["dues"])
                for li in siennes if li["motif"]
            ]  # fmt: skip
    colonnes = (
        Colonne("etat", "État"), Colonne("lots", "Lots", "entier"), Colonne("part", "Part des lots", "part"),
        Colonne("heures_dues", "Heures dues", "entier"),
    )  # fmt: skip
    sans = sum(li["lots"] for li in m.motifs if li["etat"] == "nd")
    raisons = motifs_en_mots(c, (li for li in m.motifs if li["etat"] == "nd"))
    avant = int(m.bilan["avant_debut"])
    return bloc(
        c, ident, titre_etats(c), f"Lots par état, {fin(c)}", tableau(colonnes, lignes), "projets_etat",
        notes=[
            f"{fr.pluriel(sans, 'lot')} non {fr.accord(sans, 'évaluable')} : {raisons}" if sans and raisons else "",
            f"{fr.pluriel(avant, 'lot')} avec des heures déclarées avant le début" if avant else "",
        ],
    )  # fmt: skip


# --- map --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lieu:
    """The operations of one commune: ``etat`` is the state that holds most of the due hours."""

    commune: str
    nom: str
    lon: float
    lat: float
    operations: tuple[str, ...]
    noms: tuple[str, ...]
    lots: int
    dues: float
    etat: str
    etats: tuple[tuple[str, int], ...]


def lieux(c: Ici) -> list[Lieu]:
    """The communes with operations, the largest due first."""
    par_commune: dict[str, list[Ligne]] = {}
    for li in getattr(c.vue, "operations", ()):
        if li["commune"]:
            par_commune.setdefault(li["commune"], []).append(li)
    return sorted((_lieu(c, code, lus) for code, lus in par_commune.items()), key=lambda x: (-x.dues, x.nom))


def _lieu(c: Ici, code: str, lus: list[Ligne]) -> Lieu:
    en_cours = [li for li in lus if li["etat"] not in TERMINES] or lus
    premier = max(en_cours, key=lambda li: (li["dues"], -GRAVITE.index(li["etat"])))
    return Lieu(
        code, c.ref.territoires[code].nom, lus[0]["lon"], lus[0]["lat"], _union(li["operations"] for li in lus),
        _union(li["noms"] for li in lus), sum(li["lots"] for li in lus), sum(li["dues"] for li in lus),
        premier["etat"], tuple((e, sum(li["lots"] for li in lus if li["etat"] == e)) for e in GRAVITE),
    )  # fmt: skip


def _union(listes: Iterable[list[str] | None]) -> tuple[str, ...]:
    return tuple(sorted({x for liste in listes for x in liste or ()}))


def carte(c: Ici) -> Bloc:
    """Map of the operations, at the commune where they are done."""
    places = lieux(c)
    total = sum(x.dues for x in places)
    titre = "Où sont les opérations ?"
    if places and total:
        titre = f"{places[0].nom} porte {fr.pourcent(places[0].dues / total)} des heures dues"
    colonnes = (
        Colonne("insee", "Code"), Colonne("commune", "Commune"), Colonne("operations", "Opérations", "entier"),
        Colonne("lots", "Lots", "entier"), Colonne("heures_dues", "Heures dues", "entier"),
        Colonne("etat", "État dominant"), *(Colonne(f"etat_{e}", etat(c, e), "entier") for e in GRAVITE),
    )  # fmt: skip
    lignes: list[tuple[Cellule, ...]] = [
        (x.commune, x.nom, float(len(x.operations)), float(x.lots), x.dues, etat(c, x.etat),
         *(float(n) for _, n in x.etats))
        for x in places
    ]  # fmt: skip
    sans = sum(li["lots"] for li in getattr(c.vue, "operations", ()) if not li["commune"])
    pourquoi = None if places else "Aucun lot de cette sélection n’a de commune connue : la carte est vide."
    return bloc(
        c, "projets-carte", titre, f"Opérations par commune d’exécution, {fin(c)} (aire : heures dues ; état dominant)",
        tableau(colonnes, lignes), "projets_dues", "projets_etat", pourquoi=pourquoi,
        notes=[laisses(sans, "sans commune connue"), non_publies(c)],
    )  # fmt: skip


# --- list -------------------------------------------------------------------------------------------------

COLONNES_LOTS = (
    Colonne("lot", "Lot"), Colonne("objet", "Objet"), Colonne("programme", "Programme"), Colonne("ligne", "Ligne"),
    Colonne("acheteur", "Acheteur"), Colonne("etat", "État"), Colonne("heures_dues", "Heures dues", "entier"),
    Colonne("due_mobile", "Dû mobile"), Colonne("realisees", "Heures réalisées", "entier"),
    Colonne("restantes", "Reste", "entier"), Colonne("projetees", "Projetées à la fin", "entier"),
    Colonne("projetees_bas", "Projection basse", "entier"), Colonne("projetees_haut", "Projection haute", "entier"),
    Colonne("avancement", "% du temps", "part"), Colonne("part", "% des heures", "part"),
    Colonne("date_atteinte", "Objectif atteint en", "mois"), Colonne("rapprochement", "Marché publié"),
    Colonne("score", "Score", "decimal"), Colonne("uid", "Identifiant DECP"), Colonne("operation", "Opération"),
)  # fmt: skip


def lien_du_lot(marche_id: str) -> str:
    """Address of the sheet of a lot."""
    return f"/fiche/projet/{quote(marche_id, safe='')}"


def _acheteur(c: Ici, siret: str) -> str:
    return c.ref.listes.get("acheteur", {}).get(siret, siret)


def etat_du_lot(c: Ici, li: Ligne) -> str:
    """« En retard », « Non évaluable : sans durée », and what is odd about it."""
    mots = etat(c, li["etat"]) + (f" : {motif(c, li['motif'])}" if li["motif"] else "")
    return f"{mots} (heures avant le début)" if li["avant_debut"] else mots


TERMINE = "terminé"


def projection(li: Ligne) -> tuple[Cellule, Cellule, Cellule]:
    """Central, low and high final hours of a running lot; a finished one is not projected."""
    if li["etat"] in TERMINES:
        return TERMINE, TERMINE, TERMINE
    return nd(li["projetees"]), nd(li["projetees_bas"]), nd(li["projetees_haut"])


def _lot(c: Ici, li: Ligne) -> tuple[Cellule, ...]:
    score = li["rapprochement_score"]
    return (
        li["marche_id"], texte(li["objet"]), programme(c, li["programme"]), texte(li["ligne"]),
        _acheteur(c, li["acheteur"]), etat_du_lot(c, li), nd(li["heures_dues"]),
        "oui" if li["due_mobile"] else "non", nd(li["realisees"]),
        nd(li["restantes"]), *projection(li),
        nd(li["avancement"]), nd(li["part"]), nd(li["date_atteinte"]),
        RAPPROCHEMENTS.get(li["rapprochement"] or "aucun", str(li["rapprochement"])), nd(score), texte(li["uid"]),
        texte(li["operation"]),
    )  # fmt: skip


def _titre_lots(c: Ici) -> str:
    m = mesures(c)
    if c.selection.etat:
        mots = fr.liste((fr.minuscule(etat(c, e)) for e in c.selection.etat), "ou")
        return f"{fr.pluriel(m.listables, 'lot')} : {mots}"
    if m.bilan.inquietants:
        quoi = fr.pluriel(m.bilan.inquietants, "lot")
        return f"{quoi} à regarder d’abord, sur {fr.nombre(m.listables)}"
    return f"{fr.pluriel(m.listables, 'lot')}, les moins avancés d’abord"


def lots(c: Ici, ident: str = "projets-lots") -> Bloc:
    """The table of the lots; the only one that obeys the states chosen."""
    m = mesures(c)
    coupes = m.listables - len(m.lots)
    aucun = (
        f"Aucun lot dans l’état demandé ({fr.liste(etat(c, e) for e in c.selection.etat)})."
        if c.selection.etat
        else None
    )
    restes = sum(
        li["heures_dues"] - li["realisees"]
        for li in m.lots
        if li["etat"] in ("retard", "surveiller") and li["heures_dues"]
    )
    manque = f" ; {court(restes)} restent à faire sur les lots en retard ou à surveiller" if restes > 0 else ""
    return bloc(
        c, ident, _titre_lots(c), f"Un lot par ligne, {fin(c)}{manque}",
        tableau(COLONNES_LOTS, (_lot(c, li) for li in m.lots)),
        "projets_etat", "projets_dues", "projets_finales", "projets_rapprochement",
        pourquoi=aucun if not m.lots else None,
        notes=[
            laisses(coupes, f"la liste s’arrête à {fr.nombre(LOTS_MAX)} lots") if coupes > 0 else "",
            non_publies(c) if not c.selection.etat else "",
        ],
    )  # fmt: skip
