"""How the lots are drawn: their states, their list, their firms, their match with the published contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard.contenu.projets_etats import GRAVITE, TERMINE, etat_du_lot, lien_du_lot, projection
from dashboard.contenu.projets_marches import objectif_pme
from dashboard.contenu.projets_mots import RAPPROCHEMENTS, Ici, etat, mesures, nd, programme, programme_court
from dashboard.contenu.tableau import Bloc, Cellule, ecrire
from dashboard.domain import francais as fr
from dashboard.ui import heures, rendu
from dashboard.ui.barres import Barre
from dashboard.ui.projets import ICONES, MODELE, etat_html
from dashboard.warehouse.projets_lecteur import ETATS, TERMINES

if TYPE_CHECKING:
    from dashboard.warehouse.execution import Ligne

# --- lots -------------------------------------------------------------------------------------------------


def etats(c: Ici, bloc: Bloc) -> Markup:
    """Lots by state; a click shows them in the list."""
    codes = {etat(c, e): e for e in ETATS}
    lignes = []
    for nom, lots, part, _dues in bloc.tableau.lignes:
        code = codes.get(str(nom))
        libelle = f"{ICONES[code]} {nom}" if code else f"dont {str(nom).split(' : ')[-1]}"
        filtre = f"etat={code}" if code else None
        lignes.append(
            Barre(
                code or str(nom), libelle, lots, ecrire(lots, "entier"), ecrire(part, "part"), filtre,
                code in c.selection.etat,
            )
        )  # fmt: skip
    return rendu.barres(lignes, entete=("État", "", "Lots", "Part"))


def _nombre(valeur: float | None) -> float | None:
    return None if valeur is None else int(fr.arrondi(valeur))


def rangs(c: Ici, _bloc: Bloc) -> list[dict[str, Any]]:
    """The rows of the table of the lots; each goes to its sheet."""
    noms = c.ref.listes.get("acheteur", {})
    return [
        {
            "lien": lien_du_lot(li["marche_id"]), "lot": li["marche_id"], "objet": li["objet"] or "nd",
            "ligne": programme_court(c, li["programme"]), "acheteur": noms.get(li["acheteur"], li["acheteur"]),
            "etat": f"{ICONES[li['etat']]} {etat_du_lot(c, li)}", "dues": _nombre(li["heures_dues"]),
            "realisees": _nombre(li["realisees"]), "restantes": _nombre(li["restantes"]),
            "projetees": TERMINE if li["etat"] in TERMINES else _nombre(li["projetees"]),
            "bas": _nombre(li["projetees_bas"]),
            "haut": _nombre(li["projetees_haut"]), "temps": li["avancement"], "part": li["part"],
            "atteinte": f"{li['date_atteinte']:%Y-%m}" if li["date_atteinte"] else None,
            "marche": RAPPROCHEMENTS.get(li["rapprochement"] or "aucun", ""), "score": li["rapprochement_score"],
        }
        for li in mesures(c).lots
    ]  # fmt: skip


#: Lots drawn on a sheet; the table twin and the CSV hold them all.
LISTE_MAX = 60


def liste(c: Ici, _bloc: Bloc) -> Markup:
    """The lots of a sheet, each with a link to its own."""
    lues = mesures(c).lots
    reste = len(lues) - LISTE_MAX
    suite = f"Les {LISTE_MAX} premiers lots ; les {reste} autres sont dans le CSV." if reste > 0 else ""
    lot = getattr(c.vue, "lot", None)
    ici = lot["marche_id"] if lot is not None else ""
    return rendu.marque(MODELE, "lots", [_rang(c, li, ici) for li in lues[:LISTE_MAX]], suite)


def _rang(c: Ici, li: Ligne, ici: str) -> dict[str, Any]:
    intervalle = li["projetees"] is not None and f"{fr.nombre(li['projetees_bas'])} à {fr.nombre(li['projetees_haut'])}"
    return {
        "lien": lien_du_lot(li["marche_id"]), "lot": li["marche_id"], "ici": li["marche_id"] == ici,
        "etat": etat_html(c, li["etat"]), "objet": li["objet"] or "nd", "fourchette": intervalle or "",
        "dues": ecrire(nd(li["heures_dues"]), "entier"), "realisees": ecrire(nd(li["realisees"]), "entier"),
        "projetees": ecrire(projection(li)[0], "entier"),
        "temps": ecrire(nd(li["avancement"]), "part"), "part": ecrire(nd(li["part"]), "part"),
    }  # fmt: skip


# --- firms, persons, match --------------------------------------------------------------------------------


def parts(c: Ici, bloc: Bloc) -> Markup:
    """Persons by programme: share of local residents, number of persons."""
    entrees = [
        heures.Pile(str(nom), _court(c, nom), (("plein", _largeur(part)),), *_textes(part, personnes))
        for nom, personnes, _residents, part in bloc.tableau.lignes
    ]
    return heures.piles(entrees, ("Programme", "", "Part", "Personnes"))


def _largeur(part: Cellule) -> str:
    return f"{100 * part:.1f}%" if isinstance(part, float) else "0%"


def _textes(part: Cellule, nombre: Cellule) -> tuple[str, str]:
    return heures.texte_de(part, "part"), heures.texte_de(nombre, "entier")


def _court(c: Ici, nom: Cellule) -> str:
    """Short name of the programme of a row; « Ensemble » stays."""
    codes = {libelle: code for code, libelle in c.ref.listes.get("programme", {}).items()}
    return programme_court(c, codes[str(nom)]) if str(nom) in codes else str(nom)


def pme(c: Ici, bloc: Bloc) -> Markup:
    """Shares of PME side by side: holders in number and in amount, all that comes to PME (with the target), acts."""
    promis = {p.code: objectif_pme(p.code) for p in mesures(c).programmes}
    cibles = {programme(c, code): o.valeur / 100 for code, o in promis.items() if o}
    rangees = []
    for nom, marches, _inconnus, nombre, montant, revenu, *suite, _charte in bloc.tableau.lignes:
        _cotitulaires, _part_co, actes, part_st, _ = suite
        cases = (
            _case(nombre, ""), _case(montant, ""), _case(revenu, "", cibles.get(str(nom))),
            _case(part_st, ecrire(actes, "entier")),
        )  # fmt: skip
        sous = fr.pluriel(float(marches), "marché") if isinstance(marches, float) else ""
        rangees.append({"nom": _court(c, nom), "sous": sous, "cases": cases})
    return rendu.marque(MODELE, "quatre", rangees, bool(cibles))


def _case(part: Cellule, compte: str, cible: float | None = None) -> dict[str, Any]:
    """One share: its bar, its text, what it is out of, and the tick of the target."""
    texte = heures.texte_de(part, "part")
    return {
        "largeur": _largeur(part),
        "texte": texte,
        "compte": compte,
        "cible": f"{100 * cible:.0f}%" if cible else "",
    }


def rapprochement(c: Ici, bloc: Bloc) -> Markup:
    """Lots by certainty of the match, as piles of 100 %, by programme."""
    classes = ("plein", "sur", "attend", "rien")
    cles = heures.cles(*zip(classes, RAPPROCHEMENTS.values(), strict=True))
    entrees = []
    for nom, lots, *suite in bloc.tableau.lignes:
        nombres = [n for n in suite[: len(classes)] if isinstance(n, float)]
        total = sum(nombres) or 1.0
        morceaux = tuple((k, f"{100 * n / total:.1f}%") for k, n in zip(classes, nombres, strict=True))
        entrees.append(
            heures.Pile(str(nom), _court(c, nom), morceaux, ecrire(suite[4], "part"), ecrire(lots, "entier"))
        )
    return cles + heures.piles(entrees, ("Programme", "", "Rattachés", "Lots"))


def choix_etats(c: Ici) -> Markup:
    """The states that the list shows: those that run first."""
    return rendu.cases("etat", {e: f"{ICONES[e]} {etat(c, e)}" for e in GRAVITE}, c.selection.etat, "États des lots")
