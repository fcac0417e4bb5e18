"""What a sheet reads: the questions of the pages of the site, without those whose answers it does not show.

Four groups of questions run side by side, each on cursors of its own. The numbers are those of the pages: the same
files of SQL, the same protection of the persons, the same arithmetic. Boundary: contexts, no word.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard.contenu import acheteurs as page_acheteurs
from dashboard.contenu import projets as page_projets
from dashboard.contenu import vue_ensemble as page_vue
from dashboard.contenu.contexte import Contexte
from dashboard.domain.selection import REGION, Selection
from dashboard.rapport.niveaux import Valeurs, du_niveau
from dashboard.rapport.similaires import similaires
from dashboard.warehouse import acheteurs, projets
from dashboard.warehouse.acheteurs import Achats
from dashboard.warehouse.acheteurs_lecteur import LecteurAcheteurs
from dashboard.warehouse.acheteurs_lecteur import acheteurs as connus
from dashboard.warehouse.chiffres import periode_precedente
from dashboard.warehouse.projets import AUCUNE, Projets
from dashboard.warehouse.projets_bilan import bilan, programmes
from dashboard.warehouse.projets_lecteur import LecteurProjets

if TYPE_CHECKING:
    from dashboard.domain.territoire import Territoire
    from dashboard.warehouse.connexion import Instantane

_EQUIPE = ThreadPoolExecutor(max_workers=6, thread_name_prefix="fiche")

#: The level drawn inside a territory of each level; a commune stands among those of its EPT or EPCI.
DESSOUS = {"region": "departement", "departement": "epci", "epci": "commune", "commune": "commune"}


@dataclass(frozen=True)
class Lu:
    """Everything a sheet is written from.

    ``vue``, ``projets`` and ``achats`` are contexts of the pages of the same names; ``niveaux`` maps a level to the
    values of its territories; ``parents`` are the wider territories it is compared with, the closest first;
    ``voisins`` the most similar ones; ``parties`` those drawn and ranked.
    """

    territoire: Territoire
    vue: Contexte[Any]
    projets: Contexte[Any]
    achats: Contexte[Any]
    niveaux: dict[str, dict[str, Valeurs]]
    parents: tuple[str, ...]
    voisins: tuple[str, ...]
    parties: tuple[str, ...]

    @property
    def dessous(self) -> str:
        """Level of the territories drawn."""
        return self.vue.ref.territoires[self.parties[0]].niveau if self.parties else self.territoire.niveau

    @property
    def mesure(self) -> str:
        """What the map and the ranking count: hours, or published contracts when no follow-up is loaded."""
        return "heures" if self.vue.ref.a_suivi else "achats"

    def valeurs(self, code: str) -> Valeurs:
        """Values of a territory of any level read."""
        return self.niveaux[self.vue.ref.territoires[code].niveau][code]


def lire(instantane: Instantane, t: Territoire, annees: tuple[int, int] | None) -> Lu:
    """Read all that the sheet of a territory says over a period."""
    selection = Selection(territoire=t.code, annees=annees, niveau=_niveau_de_page(t))
    parents, parties = _parents(instantane, t), _parties(instantane, t)
    niveaux: set[str] = {t.niveau, *(instantane.referentiel.territoires[c].niveau for c in (*parents, *parties))}
    attendus = {n: _EQUIPE.submit(du_niveau, instantane, annees, n) for n in sorted(niveaux)}
    vue = _EQUIPE.submit(page_vue.PAGE.contexte, instantane, selection)
    lots = _EQUIPE.submit(_projets, instantane, page_projets.PAGE.utile(selection))
    achats = _EQUIPE.submit(_achats, instantane, page_acheteurs.PAGE.utile(selection))
    lus = {n: f.result() for n, f in attendus.items()}
    proches = similaires(t.code, instantane.referentiel.territoires, lus[t.niveau]) if t.niveau != "region" else []
    return Lu(t, vue.result(), lots.result(), achats.result(), lus, parents, tuple(proches), parties)


def _niveau_de_page(t: Territoire) -> str:
    return DESSOUS[t.niveau]


def _parents(instantane: Instantane, t: Territoire) -> tuple[str, ...]:
    """The level above (one that is not the same ground), then the region."""
    territoires = instantane.referentiel.territoires
    au_dessus = {"commune": (t.epci, t.departement), "epci": (t.departement,)}.get(t.niveau, ())
    premiers = [c for c in au_dessus if c in territoires and territoires[c].nom != t.nom][:1]
    return (*premiers, REGION) if t.niveau != "region" else ()


def _parties(instantane: Instantane, t: Territoire) -> tuple[str, ...]:
    """The territories drawn and ranked: the parts, or the neighbours of one that has a single part."""
    territoires = instantane.referentiel.territoires.values()
    du_dessous = [x for x in territoires if x.niveau == DESSOUS[t.niveau]]
    match t.niveau:
        case "region":
            parties = du_dessous
        case "departement":
            epci = {x.epci for x in territoires if x.niveau == "commune" and x.departement == t.code}
            parties = [x for x in du_dessous if x.code in epci]
        case "epci":
            parties = [x for x in du_dessous if x.epci == t.code]
        case _:
            parties = [x for x in du_dessous if x.epci and x.epci == t.epci]
    if len(parties) < 2:
        parties = [x for x in territoires if x.niveau == t.niveau and (x.departement in PETITE_COURONNE or x is t)]
    return tuple(x.code for x in parties)


#: Paris and the départements around it: Paris has a single part at every level, it is drawn among them.
PETITE_COURONNE = frozenset({"75", "92", "93", "94"})


def _projets(instantane: Instantane, selection: Selection) -> Contexte[Any]:
    """The context of the page of the projects, with its lots, lines and states only."""
    sans = page_projets.PAGE.sans
    if not instantane.referentiel.a_suivi:
        return Contexte(instantane, selection, projets.VIDE, sans)
    lecteur = LecteurProjets(instantane, selection)
    lignes, lots = lecteur.sur("projets_lignes"), lecteur.lots()
    tout = bilan(lignes)
    mesures = replace(
        AUCUNE, bilan=tout, programmes=tuple(programmes(lignes, lecteur.ref.listes.get("programme", {}))), lots=lots,
        listables=lots[0]["total"] if lots else 0,
    )  # fmt: skip
    return Contexte(instantane, selection, Projets(tout.couverture, projets.chiffres(mesures), mesures, [], []), sans)


def _achats(instantane: Instantane, selection: Selection) -> Contexte[Any]:
    """The context of the page of the buyers, with its key figures and its list only."""
    lecteur = LecteurAcheteurs(instantane, selection)
    annees, precedente = lecteur.par_annee(), periode_precedente(lecteur.periode, lecteur.annees)
    echeances = lecteur.echeances()
    vue = Achats(
        periode=lecteur.periode,
        precedente=precedente,
        chiffres=acheteurs.chiffres(annees, lecteur.periode, precedente, [], echeances, en_vigueur=False),
        total=acheteurs.de_la_periode(annees, lecteur.periode),
        annees=annees,
        echeances=tuple(echeances),
        liste=acheteurs.liste(lecteur.par_acheteur(), connus(instantane)),
    )
    return Contexte(instantane, selection, vue, page_acheteurs.PAGE.sans)
