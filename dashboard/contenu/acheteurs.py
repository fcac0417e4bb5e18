"""« Mes achats sont-ils responsables ? »: the sentence, the key figures and the list of the blocs of the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.contenu.acheteurs_comparables import comparables, liste
from dashboard.contenu.acheteurs_listes import conformite, echeances, fins
from dashboard.contenu.acheteurs_parts import TYPOLOGIES, Ici, annees, environnement, formes, territoire, typologie
from dashboard.contenu.acheteurs_spaser import spaser
from dashboard.contenu.page import PageContenu
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.phrases import Morceau
from dashboard.warehouse import acheteurs

if TYPE_CHECKING:
    from dashboard.warehouse.acheteurs_mesures import Mesures
    from dashboard.warehouse.chiffres import ChiffreCle

SANS_RESIDENCE = ", les marchés ne peuvent pas être comptés : un marché n’a pas de lieu de résidence."
PROGRAMME = (
    " Le programme n’est connu que des marchés suivis par un facilitateur, qui ont presque tous une clause : "
    "leur part ne se compare pas à celle des autres."
)


def phrase(c: Ici) -> list[Morceau]:
    """How many contracts, and which part of them is responsible."""
    debut = phrases.debut(c.selection, c.ref, c.periode)
    if c.residence:
        return [*debut, Morceau(SANS_RESIDENCE)]
    return [*debut, *resume(c.vue.total), *_a_cote(c)]


def resume(m: Mesures) -> list[Morceau]:
    """« , 8 962 marchés publics ont été publiés : 25 % déclarent … »."""
    if not m.marches:
        return [Morceau(", "), Morceau("aucun marché public", True), Morceau(" n’a été publié.")]
    accord = "a été publié" if m.marches < 2 else "ont été publiés"
    compte = Morceau(fr.pluriel(m.marches, "marché public", "marchés publics"), True)
    return [Morceau(", "), compte, Morceau(f" {accord}"), *_part_sociale(m), Morceau(".")]


def _part_sociale(m: Mesures) -> list[Morceau]:
    part, montant, env = m.part_sociale(), m.part_sociale("montant"), m.part_env()
    if part is None:
        suite = (
            "trop peu pour en dire une part"
            if m.connus
            else "son format ne dit pas s’il a une considération sociale"
            if m.marches < 2
            else "leur format ne dit pas s’ils ont une considération sociale"
        )
        return [Morceau(f" ; {suite}")]
    morceaux = [Morceau(" : "), Morceau(fr.pourcent(part), True), Morceau(" déclarent une considération sociale")]
    if not part:
        morceaux = [Morceau(" : "), Morceau("aucun", True), Morceau(" ne déclare de considération sociale")]
    elif montant is not None:
        morceaux.append(Morceau(f" ({fr.pourcent(montant)} des montants, hors accords-cadres)"))
    if env is not None:
        verbe = "" if part else "déclarent "
        suite = f" {verbe}une considération environnementale"
        morceaux += [Morceau(" et "), Morceau(fr.pourcent(env), True), Morceau(suite)]
    return morceaux


def _a_cote(c: Ici) -> list[Morceau]:
    """What is left out of the amounts, and what the programme does to the shares."""
    m = c.vue.total
    textes = []
    if m.accords and m.depense:
        maxima, un = fr.euros(m.maxima), m.accords == 1
        lesquels = "L’accord-cadre" if un else f"Les {fr.nombre(m.accords)} accords-cadres"
        textes.append(
            f" {lesquels} ({'maximum' if un else 'maxima'} : {maxima}) {'compte' if un else 'comptent'} "
            "dans les nombres, pas dans les montants."
        )
    if c.selection.programmes:
        textes.append(PROGRAMME)
    return [Morceau(t) for t in textes]


def chiffres(c: Ici) -> list[ChiffreCle]:
    """The key figures, in order; those with their own dates say what they are a part of."""
    notes = {"achats_conformite": _concernes(c), "achats_echeances": _sans_considerations(c)}
    return [replace(c.vue.chiffres[i], note=notes.get(i, "")) for i in acheteurs.CHIFFRES]


def _concernes(c: Ici) -> str:
    """« sur 140 marchés concernés » by the obligation."""
    combien = sum(li["etat"] != "inconnu" for li in c.vue.conformite)
    return f"sur {fr.pluriel(combien, 'marché concerné', 'marchés concernés')}" if combien else "aucun marché concerné"


def _sans_considerations(c: Ici) -> str:
    """« dont 5 320 sans considération sociale », among the ends of the next twelve months; unknown is never zero."""
    dans_l_an = [li for li in c.vue.echeances if li["dans_l_an"]]
    fins, inconnus, sans = (sum(li[k] for li in dans_l_an) for k in ("fins", "inconnus", "sans"))
    if not fins:
        return ""
    return (
        "considération sociale inconnue" if fins == inconnus else f"dont {fr.nombre(sans)} sans considération sociale"
    )


PAGE = PageContenu(
    "acheteurs",
    acheteurs.lire,
    {
        "acheteurs-annees": annees,
        "acheteurs-formes": formes,
        "acheteurs-environnement": environnement,
        "acheteurs-comparables": comparables,
        "acheteurs-secteur": typologie("acheteurs-secteur"),
        "acheteurs-division": typologie("acheteurs-division"),
        **{ident: typologie(ident) for ident in list(TYPOLOGIES)[2:]},
        "acheteurs-territoire": territoire,
        "acheteurs-conformite": conformite,
        "acheteurs-echeances": echeances,
        "acheteurs-fins": fins,
        "acheteurs-spaser": spaser,
        "acheteurs-liste": liste,
    },
    phrase,
    chiffres,
    sans=("regard", "clause"),
)
