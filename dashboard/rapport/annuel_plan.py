"""The plan of the annual report: its chapters, the pages of the site each one reads, and the blocs it shows.

Boundary: names and selections only; what they say is computed by :mod:`dashboard.rapport.annuel`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from dashboard.contenu import acheteurs, heures, projets, publics, territoires, vue_ensemble
from dashboard.contenu.page import PageContenu
from dashboard.contenu.vue_ensemble import BTP

if TYPE_CHECKING:
    from dashboard.domain.selection import Referentiel

Forme = Literal["graphique", "carte", "tableau"]
Changements = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pose:
    """A bloc set in the report: how, on half the width or all of it; ``colonnes`` are those kept (none: all)."""

    ident: str
    forme: Forme = "graphique"
    demi: bool = False
    colonnes: tuple[str, ...] = ()


def _telle_quelle(_ref: Referentiel) -> Changements:
    return {}


@dataclass(frozen=True, slots=True)
class Partie:
    """Some blocs of one page of the site, under one selection: the year, changed by ``changer``.

    ``chiffres`` are the key figures shown; ``phrase`` says whether the sentence of the page opens the part.
    """

    page: PageContenu
    poses: tuple[Pose, ...]
    titre: str = ""
    chiffres: tuple[str, ...] = ()
    phrase: bool = True
    changer: Callable[[Referentiel], Changements] = field(default=_telle_quelle)


@dataclass(frozen=True, slots=True)
class Theme:
    """A chapter: its name in the addresses and in the editorial files, its title, what is to be known, its parts."""

    ident: str
    titre: str
    parties: tuple[Partie, ...]
    note: str = ""


def demi(*idents: str) -> tuple[Pose, ...]:
    """Blocs set side by side."""
    return tuple(Pose(i, demi=True) for i in idents)


PANORAMA = Theme(
    "panorama",
    "Panorama de la région",
    (
        Partie(vue_ensemble.PAGE, (Pose("carte", "carte"), Pose("mois"), *demi("secteurs", "publics")),
               "L’essentiel de l’année", vue_ensemble.CHIFFRES),
        Partie(territoires.PAGE, (Pose("territoires-evolution"),), phrase=False),
        Partie(heures.PAGE, (Pose("heures-achat"), *demi("heures-clause", "heures-type-contrat"),
                             *demi("heures-categorie", "heures-modalite")), "Les heures d’insertion"),
        Partie(publics.PAGE, (*demi("publics-ages", "publics-niveaux"), Pose("publics-sorties")), "Les bénéficiaires",
               ("beneficiaires", "part_femmes", "part_moins_26", "part_plus_50", "part_qpv", "heures_personne")),
    ),
)  # fmt: skip


#: An indicator by département, and its years.
RANG_ET_EVOLUTION = (
    Pose("territoires-classement", demi=True, colonnes=("valeur",)), Pose("territoires-evolution", demi=True),
)  # fmt: skip


def _public(ident: str, titre: str, regard: str, indicateur: str) -> Theme:
    """A chapter about one public: its volume, its work, where it is, what becomes of it."""
    return Theme(
        ident,
        titre,
        (
            Partie(vue_ensemble.PAGE, (*demi("secteurs", "niveaux"), Pose("mois")),
                   chiffres=("beneficiaires", "heures_realisees", "etp"), changer=lambda _r: {"regard": regard}),
            Partie(territoires.PAGE, RANG_ET_EVOLUTION,
                   "Selon les départements", changer=lambda _r: {"indicateur": indicateur}),
            Partie(publics.PAGE, (*demi("publics-prescripteurs", "publics-contrats"), Pose("publics-sorties")),
                   "Parcours", phrase=False, changer=lambda _r: {"regard": regard}),
        ),
    )  # fmt: skip


def _hors_btp(ref: Referentiel) -> Changements:
    return {"secteurs": tuple(code for code in ref.listes.get("secteur", {}) if code not in BTP)}


THEMES: tuple[Theme, ...] = (
    Theme(
        "grands-projets",
        "Grands projets",
        (
            Partie(projets.PAGE, (Pose("projets-courbe"), Pose("projets-etats"), Pose("projets-programmes"),
                                  Pose("projets-publics"), Pose("projets-pme")),
                   chiffres=("projets_dues", "projets_realisees", "projets_restantes", "projets_finales",
                             "projets_atteints", "projets_couverture")),
        ),
        "Un engagement de grand projet se tient sur plusieurs années : ce chapitre compte depuis le début des lots, "
        "et non sur la seule année du rapport.",
    ),
    _public("femmes", "Femmes", "femmes", "part_femmes"),
    _public("jeunes", "Jeunes de moins de 26 ans", "moins_26", "part_moins_26"),
    _public("qpv", "Habitants des quartiers prioritaires", "qpv", "part_qpv"),
    Theme(
        "hors-btp",
        "Hors bâtiment et travaux publics",
        (
            Partie(heures.PAGE, (Pose("heures-btp"),), phrase=False),
            Partie(vue_ensemble.PAGE, (Pose("mois"),), chiffres=vue_ensemble.CHIFFRES, changer=_hors_btp),
            Partie(heures.PAGE, demi("heures-categorie", "heures-modalite"), phrase=False, changer=_hors_btp),
            Partie(territoires.PAGE, RANG_ET_EVOLUTION,
                   "Selon les départements", changer=lambda _r: {"indicateur": "part_hors_btp"}),
        ),
        "Hors BTP : tous les secteurs, sauf le gros œuvre, le second œuvre et les travaux publics.",
    ),
    Theme(
        "acheteurs",
        "Acheteurs",
        (
            Partie(acheteurs.PAGE, (Pose("acheteurs-annees"), *demi("acheteurs-formes", "acheteurs-achat"),
                                    *demi("acheteurs-categorie", "acheteurs-territoire"),
                                    Pose("acheteurs-echeances"),
                                    Pose("acheteurs-liste", "tableau",
                                         colonnes=("acheteur", "categorie", "marches", "part_nombre", "part_env"))),
                   chiffres=("achats_marches", "achats_montant", "achats_part_sociale", "achats_part_montant",
                             "achats_part_env", "achats_echeances")),
        ),
    ),
)  # fmt: skip

#: Chapters that the plan does not read from a page: the départements, then what explains the numbers.
DEPARTEMENTS, METHODE, GLOSSAIRE = "departements", "methode", "glossaire"
AVANT_PROPOS = "avant-propos"


def sections(departements: tuple[str, ...]) -> tuple[str, ...]:
    """Names that an editorial file may have, in the order of the report."""
    return (
        AVANT_PROPOS, PANORAMA.ident, DEPARTEMENTS, *(f"departement-{code}" for code in departements),
        *(t.ident for t in THEMES), METHODE, GLOSSAIRE,
    )  # fmt: skip
