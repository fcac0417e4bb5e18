"""« Les engagements du Grand Paris sont-ils tenus ? »: the sentence, the key figures and the blocs of the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.contenu.page import PageContenu
from dashboard.contenu.projets_etats import carte, etats, lots
from dashboard.contenu.projets_lignes import courbe, lignes, multiples
from dashboard.contenu.projets_marches import pme, publics, rapprochement
from dashboard.contenu.projets_mots import Ici, fin, fourchette, heures, mesures, note, rond
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.phrases import Morceau
from dashboard.warehouse import projets

if TYPE_CHECKING:
    from dashboard.warehouse.chiffres import ChiffreCle
    from dashboard.warehouse.projets_bilan import Bilan


def phrase(c: Ici) -> list[Morceau]:
    """Running lots late or to watch; realised against due; what should be there at the end."""
    debut = phrases.debut(c.selection, c.ref, None)
    if not c.ref.a_suivi:
        return [*debut, Morceau(", les lots ne sont pas connus : aucun suivi d’exécution n’est chargé.")]
    if c.residence:
        return [*debut, Morceau(", aucun lot ne peut être compté : un lot n’a pas de lieu de résidence.")]
    b = mesures(c).bilan
    if not b.lots:
        return [*debut, Morceau(", "), Morceau("aucun lot", True), Morceau(" n’est suivi.")]
    return [*debut, Morceau(", "), *_en_cours(b), *bilan_en_phrase(c)]


def _en_cours(b: Bilan) -> list[Morceau]:
    if not b.en_cours:
        return [
            Morceau(
                f"aucun des {fr.pluriel(b.lots, 'lot')} n’est en cours."
                if b.lots > 1
                else "le seul lot suivi n’est pas en cours."
            )
        ]
    compte = fr.pluriel(b.en_cours, "lot en cours", "lots en cours")
    if not b.inquietants:
        lequel = "aucun n’est en retard ni à surveiller" if b.en_cours > 1 else "il n’est ni en retard, ni à surveiller"
        return [Morceau(compte, True), Morceau(f" : {lequel}.")]
    if b.inquietants == b.en_cours:
        tous = f"les {compte}" if b.en_cours > 1 else "le lot en cours"
        return [Morceau(tous, True), Morceau(f" {'sont' if b.en_cours > 1 else 'est'} en retard ou à surveiller.")]
    verbe = "est" if b.inquietants == 1 else "sont"
    return [Morceau(f"{b.inquietants} des {compte}", True), Morceau(f" {verbe} en retard ou à surveiller.")]


def bilan_en_phrase(c: Ici) -> list[Morceau]:
    """« Au 31 décembre 2025, 7,6 millions d’heures … pour 9 dues ; à la fin, entre 8,1 et 8,4 M h. »"""
    b = mesures(c).bilan
    au = fin(c)
    accord = "a été réalisée" if b["realisees"] < 2 else "ont été réalisées"
    debut = [Morceau(f" {au[0].upper()}{au[1:]}, "), Morceau(heures(b["realisees"]), True), Morceau(f" {accord}")]
    if not b["dues"]:
        return [*debut, Morceau(" ; les heures dues ne sont pas connues.")]
    debut.append(Morceau(f" pour {rond(b['dues'])}{' d’heures' if b['dues'] >= 999_500 else ''} dues"))
    finales, parts = b.finales, b.parts_finales
    if finales is None or parts is None:
        return [*debut, Morceau(".")]
    sans = " (hors lots impossibles à projeter)" if b.sans_projection else ""
    if not b.en_cours:
        return [*debut, Morceau(", soit "), Morceau(fr.pourcent(parts[1]), True), Morceau(f" de l’engagement{sans}.")]
    return [
        *debut, Morceau(" ; à la fin, "), Morceau(fourchette(finales), True),
        Morceau(f" sont attendues, soit {fr.pourcent(parts[1])} de l’engagement{sans}."),
    ]  # fmt: skip


def chiffres(c: Ici) -> list[ChiffreCle]:
    """The key figures, in order."""
    return [replace(c.vue.chiffres[ident], note=note(ident, mesures(c).bilan)) for ident in projets.CHIFFRES]


PAGE = PageContenu(
    "projets",
    projets.lire,
    {
        "projets-programmes": lignes,
        "projets-courbe": courbe,
        "projets-etats": etats,
        "projets-multiples": multiples,
        "projets-carte": carte,
        "projets-publics": publics,
        "projets-rapprochement": rapprochement,
        "projets-pme": pme,
        "projets-lots": lots,
    },
    phrase,
    chiffres,
    sans=("annee", "regard"),
)
