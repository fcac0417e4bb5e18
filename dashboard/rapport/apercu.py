"""What the preview picture of a page says: its finding, its key figures, its figure, on the whole region.

A picture exists for each page, each bloc, each territory and each programme, never for a selection: what can be asked
for is bounded. Boundary: chooses; :mod:`dashboard.export.apercu` draws.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dashboard.contenu import graphique
from dashboard.contenu.registre import PAGES, page_du_bloc
from dashboard.contenu.resume import indicateur, valeur_ecrite
from dashboard.domain import francais as fr
from dashboard.domain.selection import Selection
from dashboard.export.apercu import Apercu, Figure, Legende
from dashboard.export.couleurs import couleurs
from dashboard.rapport import carte, fiche
from dashboard.ui import carte_fixe, graphique_svg
from dashboard.ui.statique import aucun_calque, page_servie

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.graphique import Graphique
    from dashboard.contenu.tableau import Bloc
    from dashboard.domain.phrases import Morceau
    from dashboard.domain.selection import Referentiel
    from dashboard.ui.page import Page
    from dashboard.warehouse.chiffres import ChiffreCle
    from dashboard.warehouse.connexion import Instantane
    from dashboard.warehouse.manifeste import Manifeste

ACCUEIL: Final = "vue-ensemble"
FICHE_PROJET: Final = "fiche-projet"
#: The bloc and the key figures that show a page best; the first ones that exist otherwise.
BLOCS: Final = {
    ACCUEIL: "carte", "territoires": "territoires-classement", "heures": "heures-temps", "publics": "publics-criteres",
    "projets": "projets-courbe", FICHE_PROJET: "fiche-projet-courbe", "acheteurs": "acheteurs-annees",
    "calculateur": "calculateur-metiers",
}  # fmt: skip
CHIFFRES: Final = {
    ACCUEIL: ("heures_realisees", "beneficiaires"), "territoires": ("heures_hab", "part_femmes"),
    "heures": ("taux_realisation", "part_hors_btp"), "publics": ("part_femmes", "emploi_durable_6"),
    "projets": ("projets_dues", "projets_finales"), FICHE_PROJET: ("projets_dues", "projets_finales"),
    "acheteurs": ("achats_part_sociale", "achats_part_montant"),
}  # fmt: skip
#: Height of the bars of a picture, in units of the chart, and what a row takes beside its bars.
HAUTEUR_BARRES, RANGEE, BARRE, RANGEES_MIN = 270.0, 28.0, 15.0, 3
#: Key figures and series shown; letters of a finding that two lines hold.
COMBIEN, SERIES, TITRE_MAX = 2, 3, 92
#: Letters of the names on the map of a sheet, in units of the drawing: it is half as wide in a picture.
CORPS: Final = 33.0


class ApercuInconnu(LookupError):
    """The site has no such picture."""


def existe(cible: str, ref: Referentiel) -> bool:
    """Whether the site has a picture for ``territoires``, ``integrer/carte``, ``fiche/territoire/93``…"""
    genre, _, objet = cible.rpartition("/")
    match genre:
        case "":
            return any(p.nom == cible and not p.fiche for p in PAGES)
        case "integrer":
            return (p := page_du_bloc(objet)) is not None and not p.fiche
        case "fiche/territoire":
            return objet in ref.territoires
        case "fiche/projet":
            return objet in ref.listes.get("programme", {})
    return False


def composer(instantane: Instantane, cible: str) -> Apercu:
    """What a picture shows. Raises :class:`ApercuInconnu`."""
    if not existe(cible, instantane.referentiel):
        raise ApercuInconnu(cible)
    genre, _, objet = cible.rpartition("/")
    match genre:
        case "fiche/territoire":
            return _territoire(instantane, objet)
        case "fiche/projet":
            return _page(instantane, FICHE_PROJET, Selection(objet=objet))
        case "integrer":
            return _bloc(instantane, objet)
    return _page(instantane, cible, Selection())


def premiere_phrase(texte: str) -> str:
    """The first sentence of a text: what a title or a description has room for."""
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý])", texte.strip(), maxsplit=1)[0]


def _mots(phrase: Sequence[Morceau]) -> str:
    return "".join(m.texte for m in phrase)


def _origine(m: Manifeste) -> str:
    return f"Données au {fr.date_longue(m.date_donnees)} · instantané {m.instantane_id} · clauses sociales d’insertion"


# --- pages and blocs ---------------------------------------------------------------------------------------


def _servie(nom: str) -> Page:
    trouvee = page_servie(nom)
    if trouvee is None:
        raise ApercuInconnu(nom)
    return trouvee[0]


def _page(instantane: Instantane, nom: str, selection: Selection) -> Apercu:
    page = _servie(nom)
    c = page.contenu.contexte(instantane, selection)
    voulu = BLOCS.get(nom, "")
    ordre = sorted(page.dessins, key=lambda i: i != voulu)
    figures = (figure(page, c, page.contenu.blocs[i](c)) for i in ordre)
    return Apercu(
        page.titre, premiere_phrase(_mots(page.contenu.phrase(c))), _chiffres(page, c),
        next((f for f in figures if f), None), _origine(instantane.manifeste), instantane.manifeste.demo,
    )  # fmt: skip


def _bloc(instantane: Instantane, ident: str) -> Apercu:
    """The picture of one bloc: its title is the finding; that of its page when it cannot be drawn."""
    contenu = page_du_bloc(ident)
    page = _servie(contenu.nom if contenu else "")
    c = page.contenu.contexte(instantane, Selection())
    b = page.contenu.blocs[ident](c)
    dessin = figure(page, c, b, constat=False)
    if dessin is None:
        return replace(_page(instantane, page.contenu.nom, Selection()), constat=b.titre)
    return Apercu(
        page.titre, b.titre, _chiffres(page, c), dessin, _origine(instantane.manifeste), instantane.manifeste.demo
    )


def _chiffres(page: Page, c: Contexte[Any]) -> tuple[tuple[str, str], ...]:
    """Value and name of the key figures chosen, those that exist."""
    tous = {k.ident: k for k in page.contenu.chiffres(c)}
    voulus = [tous[i] for i in CHIFFRES.get(page.contenu.nom, ()) if i in tous] or list(tous.values())
    return tuple(_chiffre(k) for k in voulus if k.valeur is not None)[:COMBIEN]


def _chiffre(k: ChiffreCle) -> tuple[str, str]:
    fiche_ = indicateur(k.ident)
    return valeur_ecrite(k, fiche_.genre), fiche_.libelle


def figure(page: Page, c: Contexte[Any], b: Bloc, *, constat: bool = True) -> Figure | None:
    """The map or the chart of a bloc; ``None`` when it has none that can be drawn alone.

    ``constat`` heads a chart with what it shows rather than with what it counts, when that is short enough.
    """
    dessin = page.dessins[b.ident]
    if b.vide:
        return None
    d = dessin.carte(c) if dessin.carte else None
    if d is not None and all(isinstance(calque, str) for calque in d["calques"]):  # a map of points is its chart here
        return Figure(b.sous_titre, carte_fixe.vecteur({**d, "calques": ()}, aucun_calque), tuple(_echelle(d)))
    g = graphique.de(b)
    if g is None:
        return None
    court, reste = _couper(replace(g, series=g.series[:SERIES]))
    teintes = couleurs([s.nom for s in court.series])
    cles = [Legende(f"var(--{t})", s.nom) for t, s in zip(teintes, court.series, strict=True)]
    titre = b.titre if constat and len(b.titre) <= TITRE_MAX else b.sous_titre
    return Figure(titre, graphique_svg.vecteur(court, b.titre), (*cles, *reste))


def _echelle(d: dict[str, Any]) -> list[Legende]:
    """Classes of a map, then its states."""
    signes = {"etat-zero": "#ffffff", "etat-s": "url(#trame-s)", "etat-nd": "url(#trame-nd)", "": "url(#hachures-3)"}
    paliers = [Legende(f"var(--r{classe[1:]})", texte) for classe, texte in d["echelle"]["paliers"]]
    etats = [Legende(signes[s], texte) for s, texte in d["echelle"]["signes"] if s in signes]
    return [*paliers, *etats]


def _couper(g: Graphique) -> tuple[Graphique, tuple[Legende, ...]]:
    """The bars that stay readable in a picture, and how many there are."""
    if not g.genre.startswith("barres"):
        return g, ()
    rangs = 1 if g.genre.endswith("_empilees") else len(g.series)
    combien = max(RANGEES_MIN, int(HAUTEUR_BARRES // (RANGEE + BARRE * rangs)))
    if len(g.categories) <= combien:
        return g, ()
    series = tuple(replace(s, cellules=s.cellules[:combien]) for s in g.series)
    reste = Legende("", f"{combien} premières lignes sur {len(g.categories)}")
    return replace(g, categories=g.categories[:combien], series=series), (reste,)


# --- sheets of territories ---------------------------------------------------------------------------------


def _territoire(instantane: Instantane, code: str) -> Apercu:
    f = fiche.composer(instantane, code)
    constat = premiere_phrase(_mots(f.essentiel[0]))
    voulues = [c for c in f.cartes if c.texte not in ("s", "nd")]
    chiffres = tuple((c.texte, c.libelle) for c in voulues if c.libelle != indicateur("heures_engagees").libelle)
    legende = tuple(Legende(p.couleur, p.texte) for p in f.paliers)
    carte_lisible = carte.dessiner(code, f.territoire.niveau, f.zones, f.cadrage, f.titre_carte, CORPS)
    dessin = Figure(f.titre_carte, str(carte_lisible), legende)
    titre = f"{f.territoire.nom} · {f.genre}"
    return Apercu(titre, constat, chiffres[:COMBIEN], dessin, _origine(instantane.manifeste), f.demo)
