"""The annual report of the region: every chapter, its sentences, its key figures and its numbered figures.

The numbers are those of the site: the blocs of its pages for the selections of the plan, and the sheets' reading of
each département. Boundary: gathers; :mod:`dashboard.rapport.annuel_page` writes the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dashboard.contenu.contexte import SANS_SUIVI
from dashboard.contenu.resume import indicateurs
from dashboard.domain import francais as fr
from dashboard.domain.selection import REGION, Selection
from dashboard.rapport import annuel_departements, annuel_plan, lecture, methode
from dashboard.rapport.annuel_elements import Chapitre, Figure, Numeros, cartes, figure, pourquoi
from dashboard.rapport.annuel_plan import DEPARTEMENTS, GLOSSAIRE, METHODE, PANORAMA, THEMES

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.contenu.contexte import Contexte
    from dashboard.domain.indicateur import Indicateur
    from dashboard.domain.phrases import Morceau
    from dashboard.rapport.annuel_editorial import Editorial
    from dashboard.rapport.annuel_plan import Partie, Theme
    from dashboard.warehouse.connexion import Instantane

Progres = Callable[[str, float], None]
#: What a long list of sectors is called where it is every sector but construction.
HORS_BTP = "hors BTP"


@dataclass(frozen=True)
class Rapport:
    """Everything the report shows; ``avertissements`` are what must be known before any number."""

    annee: int
    demo: bool
    instantane: str
    date: str
    chapitres: tuple[Chapitre, ...]
    methode: list[tuple[str, str]]
    glossaire: tuple[Indicateur, ...]
    avertissements: tuple[str, ...]
    avant_propos: Markup | None = None
    contexte: Contexte[Any] | None = field(default=None, repr=False)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure and table, in order."""
        return tuple(f for c in self.chapitres for s in (c, *c.sections) for f in s.figures)


def _muet(_etape: str, _part: float) -> None:
    return None


def composer(instantane: Instantane, annee: int, editorial: Editorial, progres: Progres = _muet) -> Rapport:
    """The report of a year."""
    ref, m, annees = instantane.referentiel, instantane.manifeste, (annee, annee)
    etapes = len(THEMES) + 9
    numeros = Numeros()
    progres(PANORAMA.titre, 0)
    region = lecture.lire(instantane, ref.territoires[REGION], annees)
    chapitres = [_theme(instantane, annee, PANORAMA, numeros)]
    codes = [t.code for t in ref.territoires.values() if t.niveau == "departement"]

    def dire(nom: str, rang: int) -> None:
        progres(nom, (1 + rang) / etapes)

    chapitres.append(annuel_departements.chapitre(instantane, region, codes, annees, numeros, dire))
    for rang, theme in enumerate(THEMES):
        dire(theme.titre, len(codes) + rang)
        chapitres.append(_theme(instantane, annee, theme, numeros))
    chapitres += [Chapitre(METHODE, "Méthode"), Chapitre(GLOSSAIRE, "Glossaire")]
    return Rapport(
        annee=annee, demo=m.demo, instantane=m.instantane_id, date=fr.date_longue(m.date_donnees),
        chapitres=tuple(_numeroter(chapitres, editorial)), methode=methode.lignes(region),
        glossaire=tuple(_glossaire(chapitres)), avertissements=tuple(_avertissements(region.vue, annee)),
        avant_propos=editorial.textes.get(annuel_plan.AVANT_PROPOS), contexte=region.vue,
    )  # fmt: skip


def _avertissements(c: Contexte[Any], annee: int) -> Iterator[str]:
    """No follow-up, an empty year, a year that is not over."""
    heures = c.vue.chiffres["heures_realisees"].valeur
    if not c.ref.a_suivi:
        yield SANS_SUIVI
    if not heures and not c.vue.marches:
        yield f"Aucune donnée pour {annee} : ni heure réalisée, ni marché notifié ne sont connus."
    elif not heures and c.ref.a_suivi:
        yield f"Aucune heure d’insertion n’est connue en {annee}."
    if annee > c.instantane.manifeste.defaut:
        jour = fr.date_longue(c.instantane.manifeste.date_donnees)
        yield f"Année incomplète : les données s’arrêtent au {jour}."


# --- chapters ---------------------------------------------------------------------------------------------


def _theme(instantane: Instantane, annee: int, theme: Theme, numeros: Numeros) -> Chapitre:
    """A chapter: the parts without a title in its body, the others as sections."""
    corps = Chapitre(theme.ident, theme.titre, notes=(theme.note,) if theme.note else ())
    sections: list[Chapitre] = []
    for partie in theme.parties:
        morceau = _partie(instantane, annee, partie, numeros)
        if partie.titre:
            sections.append(replace(morceau, ident=f"{theme.ident}-{len(sections) + 1}", titre=partie.titre))
        elif sections:
            sections[-1] = _ajouter(sections[-1], morceau)
        else:
            corps = _ajouter(corps, morceau)
    return replace(corps, sections=tuple(sections))


def _ajouter(chapitre: Chapitre, suite: Chapitre) -> Chapitre:
    return replace(
        chapitre,
        phrases=(*chapitre.phrases, *suite.phrases),
        cartes=(*chapitre.cartes, *suite.cartes),
        figures=(*chapitre.figures, *suite.figures),
        vides=tuple(dict.fromkeys((*chapitre.vides, *suite.vides))),
    )


def _partie(instantane: Instantane, annee: int, partie: Partie, numeros: Numeros) -> Chapitre:
    """The blocs of a part: those that have something to show are numbered, the others say why once."""
    changements = partie.changer(instantane.referentiel)
    c = partie.page.contexte(instantane, Selection(annees=(annee, annee)).avec(**changements))
    choisis = "secteur : " + f"{len(c.selection.secteurs)} choisis"

    def dire(texte: str) -> str:
        return texte.replace(choisis, HORS_BTP) if c.selection.secteurs else texte

    figures, vides = [], []
    for pose in partie.poses:
        bloc = partie.page.blocs[pose.ident](c)
        bloc = replace(bloc, titre=dire(bloc.titre), sous_titre=dire(bloc.sous_titre))
        if bloc.vide or not bloc.tableau.lignes:
            vides.append(pourquoi(bloc.vide) if bloc.vide else f"{bloc.titre} : aucune ligne à montrer.")
        else:
            figures.append(figure(bloc, c, pose, numeros))
    dites = [replace(m, texte=dire(m.texte)) for m in partie.page.phrase(c)] if partie.phrase else []
    chiffres = {k.ident: k for k in partie.page.chiffres(c)} if partie.chiffres else {}
    return Chapitre(
        "", "", phrases=(dites,) if dites else (), figures=tuple(figures), vides=tuple(dict.fromkeys(vides)),
        cartes=tuple(cartes([chiffres[i] for i in partie.chiffres], c)),
    )  # fmt: skip


def _numeroter(chapitres: Sequence[Chapitre], editorial: Editorial) -> Iterator[Chapitre]:
    """Number chapters and sections, and give each its editorial text."""
    for n, chapitre in enumerate(chapitres, 1):
        sections = tuple(
            replace(s, numero=f"{n}.{k}", editorial=editorial.textes.get(s.ident))
            for k, s in enumerate(chapitre.sections, 1)
        )
        yield replace(chapitre, numero=str(n), sections=sections, editorial=editorial.textes.get(chapitre.ident))


def _glossaire(chapitres: Iterable[Chapitre]) -> Iterator[Indicateur]:
    """Definitions of the indicators that a key figure or a figure of the report uses, in alphabetical order."""
    utiles = {
        ident
        for c in chapitres
        for s in (c, *c.sections)
        for ident in (*(i for f in s.figures for i in f.bloc.definitions), *(k.ident for k in s.cartes))
    }
    lus = [i for ident, i in indicateurs().items() if ident in utiles]
    noms = [i.libelle for i in lus]
    distincts = [replace(i, libelle=f"{i.libelle} (grands projets)") if noms.count(i.libelle) > 1 and
                 i.ident.startswith("projets_") else i for i in lus]  # fmt: skip
    yield from sorted(distincts, key=lambda i: annuel_departements.cle(i.libelle))


__all__ = ["DEPARTEMENTS", "Chapitre", "Figure", "Morceau", "Rapport", "composer"]
