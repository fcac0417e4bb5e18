"""The sheet of one buyer: its sentence, its key figures and the list of its blocs.

All its published contracts, over all the years of the data; the blocs are those of the page of the buyers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from dashboard.contenu import acheteurs_comparables, acheteurs_listes, acheteurs_parts, acheteurs_spaser
from dashboard.contenu.acheteurs import chiffres as chiffres_de_la_page
from dashboard.contenu.acheteurs import resume
from dashboard.contenu.acheteurs_comparables import siret
from dashboard.contenu.contexte import Contexte
from dashboard.contenu.fiche_acheteur_contrats import contrats
from dashboard.contenu.fiche_acheteur_seuils import conformite
from dashboard.contenu.page import PageContenu
from dashboard.contenu.resume import indicateur, valeur_ecrite
from dashboard.domain import francais as fr
from dashboard.domain.phrases import Morceau
from dashboard.warehouse import acheteurs_fiche, acheteurs_objet

if TYPE_CHECKING:
    from dashboard.contenu.acheteurs_parts import Ici
    from dashboard.contenu.tableau import Bloc
    from dashboard.warehouse.acheteurs_lecteur import Acheteur
    from dashboard.warehouse.chiffres import ChiffreCle

IciFiche = Contexte[acheteurs_fiche.Fiche]


def phrase(c: IciFiche) -> list[Morceau]:
    """Who it is, what it has published and how responsible; or why there is no such buyer."""
    if c.vue.acheteur is None:
        return [Morceau(str(c.vue.introuvable))]
    qui = c.vue.acheteur
    debut, fin = c.vue.periode
    quand = f"En {debut}" if debut == fin else f"De {debut} à {fin}"
    return [
        Morceau(qui.nom, True), Morceau(f" ({identite(c, qui)}). "), Morceau(quand, True), *resume(c.vue.total),
        *_suivis(c),
    ]  # fmt: skip


def identite(c: IciFiche, qui: Acheteur) -> str:
    """« SIRET 217 500 016 00019, commune, siège à Paris »."""
    morceaux = [f"SIRET {siret(qui)}"] if qui.siret.isdigit() else []
    if qui.siret.isdigit() and not acheteurs_objet.cle_juste(qui.siret):
        morceaux.append("clé de contrôle fausse, tel que publié")
    morceaux.append(fr.minuscule(c.libelle("categorie_acheteur", qui.categorie)))
    if qui.departement and qui.departement in c.ref.territoires:
        morceaux.append(f"siège {fr.en(c.ref.territoires[qui.departement])}")
    return ", ".join(morceaux)


def _suivis(c: IciFiche) -> list[Morceau]:
    """How many of the contracts listed are followed."""
    suivis = sum(li["lots"] > 0 for li in c.vue.contrats)
    if not suivis:
        return []
    parmi = (
        f"des {fr.nombre(len(c.vue.contrats))} derniers"
        if len(c.vue.contrats) < c.vue.total.marches
        else "de ses marchés"
    )
    accord = "est suivi" if suivis == 1 else "sont suivis"
    return [Morceau(f" {fr.nombre(suivis)} {parmi} {accord} par un facilitateur.")]


def chiffres(c: IciFiche) -> list[ChiffreCle]:
    """The key figures of all the years, in order, beside their last whole year; none when there is no such buyer."""
    return [_situer(c, chiffre) for chiffre in chiffres_de_la_page(cast("Ici", c))] if c.vue.acheteur else []


def _situer(c: IciFiche, chiffre: ChiffreCle) -> ChiffreCle:
    """« 134 en 2025 » under what counts several years."""
    annee = c.ref.defaut
    valeur = chiffre.serie.get(annee)
    if chiffre.note or valeur is None or c.vue.periode == (annee, annee):
        return chiffre
    ecrite = valeur_ecrite(replace(chiffre, valeur=valeur), indicateur(chiffre.ident).genre)
    return replace(chiffre, note=f"{ecrite} en {annee}")


def _de_la_page(ecrire: Callable[[Ici], Bloc]) -> Callable[[IciFiche], Bloc]:
    """A bloc of the page, said of one buyer: its name in the subtitle, its absence when there is no such buyer."""

    def fiche(c: IciFiche) -> Bloc:
        b = ecrire(cast("Ici", c))
        if c.vue.acheteur is None:
            return replace(b, vide=c.vue.introuvable)
        return replace(b, sous_titre=f"{b.sous_titre} · {periode(c, b)}{c.vue.acheteur.nom}")

    return fiche


def periode(c: IciFiche, b: Bloc) -> str:
    """The years of the sheet, for the blocs that count them all; « » for those with their own dates."""
    if b.ident.rsplit("-", 1)[-1] in ("conformite", "echeances", "fins", "spaser", "annees"):
        return ""
    debut, fin = c.vue.periode
    return f"{debut}–{fin} · " if debut != fin else f"{debut} · "


SECTEUR, ACHAT, TRANCHE = (
    replace(acheteurs_parts.TYPOLOGIES[f"acheteurs-{cle}"], filtre=None) for cle in ("secteur", "achat", "tranche")
)

PAGE = PageContenu(
    "fiche-acheteur",
    acheteurs_fiche.lire,
    {
        "fiche-acheteur-annees": _de_la_page(lambda c: acheteurs_parts.annees(c, "fiche-acheteur-annees")),
        "fiche-acheteur-comparables": _de_la_page(
            lambda c: acheteurs_comparables.comparables(c, "fiche-acheteur-comparables")
        ),
        "fiche-acheteur-secteur": _de_la_page(acheteurs_parts.typologie("fiche-acheteur-secteur", SECTEUR)),
        "fiche-acheteur-achat": _de_la_page(acheteurs_parts.typologie("fiche-acheteur-achat", ACHAT)),
        "fiche-acheteur-tranche": _de_la_page(acheteurs_parts.typologie("fiche-acheteur-tranche", TRANCHE)),
        "fiche-acheteur-spaser": _de_la_page(acheteurs_spaser.spaser_annees),
        "fiche-acheteur-conformite": _de_la_page(cast("Callable[[Ici], Bloc]", conformite)),
        "fiche-acheteur-echeances": _de_la_page(lambda c: acheteurs_listes.echeances(c, "fiche-acheteur-echeances")),
        "fiche-acheteur-fins": _de_la_page(lambda c: acheteurs_listes.fins(c, "fiche-acheteur-fins")),
        "fiche-acheteur-contrats": _de_la_page(cast("Callable[[Ici], Bloc]", contrats)),
    },
    phrase,
    chiffres,
    fiche="acheteur",
)
