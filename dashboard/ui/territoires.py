"""How the page of the territories is drawn: chooser, map, ranking, distribution, lines and flows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dashboard.contenu.tableau import Bloc, ecrire
from dashboard.contenu.territoires_evolution import annees, forme, valeur_ecrite
from dashboard.contenu.territoires_flux import dessines, entre_departements, noms
from dashboard.contenu.territoires_mots import par_groupe
from dashboard.contenu.territoires_phrases import Ici, choisi, mots, publiees
from dashboard.contenu.territoires_vue import rangs, repere
from dashboard.domain import classes, phrases
from dashboard.domain import francais as fr
from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.domain.selection import REGION
from dashboard.figures import territoires as figures
from dashboard.ui import carte as fond
from dashboard.ui import rendu
from dashboard.ui.barres import Barre
from dashboard.warehouse.territoires_mesures import REGLES

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.domain.selection import Selection
    from dashboard.figures.theme import Theme

MODELE = "territoires.html"
NIVEAUX = {"departement": "Départements", "epci": "EPT et EPCI", "commune": "Communes"}
CALQUES = {"gares": "Gares du Grand Paris Express", "structures": "Structures inclusives"}
#: Territories of a ranking drawn from the top, and on each side of the one followed; the table holds all.
RANGS_MAX, VOISINS = 64, 2
#: Shares of the territories under each break of a volume, when there are enough of them.
PROGRESSIVES, PROGRESSIVES_MIN = (0.2, 0.4, 0.6, 0.75, 0.87, 0.95), 20
#: Rows beyond which the ranking scrolls.
LONGUE = 12


def filtre(c: Ici, code: str) -> str:
    """What selects a territory: « dep=93 », « epci=T8 »; nothing for what is not one."""
    t = c.ref.territoires.get(code)
    return f"{CLES_TERRITOIRE[t.niveau]}={code}" if t else ""


def fil(c: Ici) -> Markup:
    """Breadcrumb: région › département › EPT or EPCI › commune."""
    t = choisi(c)
    parents = [c.ref.territoires[p] for p in (t.departement, t.epci) if p in c.ref.territoires]
    parents = [p for p in parents if p.nom != t.nom]  # Paris is a département, an EPT and a commune
    fiche = adresse_fiche(c.selection, t.code)
    if t.code == REGION:
        return rendu.fil([(t.nom, "")], fiche)
    etapes = [(p.nom, filtre(c, p.code)) for p in parents]
    return rendu.fil([(c.ref.territoires[REGION].nom, "territoire="), *etapes, (t.nom, filtre(c, t.code))], fiche)


def adresse_fiche(selection: Selection, code: str) -> str:
    """Address of the two-page sheet of a territory, over the same years."""
    annees = selection.annees
    suite = f"?annee={'-'.join(dict.fromkeys(map(str, annees)))}" if annees else ""
    return f"/fiche/territoire/{code}{suite}"


def choix_carte(c: Ici) -> Markup:
    """Indicator, level, ways down, layers."""
    defaut = c.ref.indicateur(c.selection.avec(indicateur=None))
    groupes = [
        (groupe, [(m.code, m.libelle, REGLES[m.code].empechement(c.selection, c.ref) is None) for m in choix])
        for groupe, choix in par_groupe()
    ]
    return Markup("").join(
        [
            rendu.marque(MODELE, "indicateurs", groupes, c.vue.regle.code, defaut),
            rendu.segments("niveau", NIVEAUX, c.selection.niveau, "departement", "Niveau de la carte"),
            rendu.marque(MODELE, "descendre", _descentes(c)),
            rendu.cases("calques", CALQUES, c.selection.calques, "Repères sur la carte"),
        ]
    )


def _descentes(c: Ici) -> list[tuple[str, str]]:
    """The finer levels of the chosen territory; from a commune, its neighbours."""
    t, niveau = choisi(c), c.selection.niveau
    if t.niveau == "commune" and niveau == "commune" and t.epci in c.ref.territoires:
        return [(f"Les communes {fr.de(c.ref.territoires[t.epci])}", f"epci={t.epci}")]
    offerts = {"departement": ("epci", "commune"), "epci": ("commune",)}.get(t.niveau, ())
    textes = {"epci": "Voir ses EPT et EPCI", "commune": "Voir ses communes"}
    return [(textes[n], f"niveau={n}") for n in offerts if n != niveau]


def montree(c: Ici, valeur: float) -> float:
    """A value as it is written, so that « 27 % » never stands in the class « 26 % »; a fraction is not a zero."""
    return float(fr.arrondi(valeur, mots(c).decimales)) or valeur


def limites(c: Ici) -> tuple[float, ...]:
    """Breaks of the classes: on the whole region, so that they stay when one zooms, multiples of a readable step.

    Volumes are very unequal: their upper classes hold fewer territories, which tells the large ones apart.
    """
    pas, valeurs = mots(c).pas, sorted(montree(c, v) for v in publiees(c.vue.lignes) if v > 0)
    if c.vue.regle.volume and len(valeurs) >= PROGRESSIVES_MIN:
        brutes = [classes.arrondi_lisible(valeurs[int(part * len(valeurs))]) for part in PROGRESSIVES]
    else:
        brutes = list(classes.bornes(valeurs))
    rondes = {round(round(b / pas) * pas, 6) for b in brutes}
    return tuple(b for b in sorted(rondes) if valeurs[0] < b <= valeurs[-1])


def carte(c: Ici) -> dict[str, Any]:
    """The map of the chosen indicator."""
    m = mots(c)
    mesure = fond.Mesure(
        f"{m.libelle}, {phrases.annees(c.periode)}", m.ecrire, m.palier, m.aucun, limites(c)
    )  # fmt: skip
    vus = {li["code"] for li in c.vue.vues}
    lignes = [li if li["valeur"] is None else {**li, "valeur": montree(c, li["valeur"])} for li in c.vue.lignes]
    return fond.donnees(c, lignes, vus, mesure, c.selection.calques)


def classement(c: Ici, bloc: Bloc) -> Markup:
    """Ranking, a click filters; the territory followed is always among the lines, with its neighbours."""
    lignes, suivi = c.vue.vues, repere(c)
    ici = next((i for i, li in enumerate(lignes) if li["code"] == suivi), -10)
    forme_valeur = bloc.tableau.colonnes[2].format
    barres = []
    for i, (place, li, cellules) in enumerate(zip(rangs(lignes), lignes, bloc.tableau.lignes, strict=True)):
        muette = place is None and len(lignes) > LONGUE and li["code"] != suivi
        if muette or (i >= RANGS_MAX and abs(i - ici) > VOISINS):
            continue
        nom = c.ref.territoires[li["code"]].nom
        couverture = ecrire(cellules[3], "part") if len(cellules) > 3 and li["couverture"] is not None else None
        barres.append(
            Barre(
                li["code"], f"{place}. {nom}" if place else nom, cellules[2], ecrire(cellules[2], forme_valeur),
                couverture if len(cellules) < 4 else couverture or "", filtre(c, li["code"]), li["code"] == suivi,
            )
        )  # fmt: skip
    return rendu.barres(barres, longue=len(barres) > LONGUE)


def evolution(c: Ici, _bloc: Bloc, theme: Theme) -> go.Figure:
    """One line a territory."""
    ans = annees(c)

    def texte(valeur: float | None, statut: str) -> str:
        if valeur is None:
            return "s (secret statistique)" if statut == "s" else "nd (non disponible)"
        return valeur_ecrite(c, valeur)

    courbes = [
        figures.Courbe(
            c.ref.territoires[e.code].nom, [e.serie[a][0] for a in ans], [texte(*e.serie[a]) for a in ans]
        )
        for e in c.vue.echelles
    ]  # fmt: skip
    return figures.evolution(courbes, ans, theme, part=forme(c) == "part")


def flux(c: Ici, _bloc: Bloc, theme: Theme) -> go.Figure:
    """Ribbons from home to work."""
    lieux = noms(c)
    rubans = [
        figures.Ruban(
            li.depart, li.arrivee, float(li.effectif or 0), li.sens,
            figures.texte_ruban(lieux[li.depart], lieux[li.arrivee], float(li.effectif or 0)),
        )
        for li in dessines(c.vue.flux.liens)
    ]  # fmt: skip
    return figures.flux(rubans, lieux.__getitem__, lambda code: filtre(c, code), theme)


def cle_flux(c: Ici) -> Markup:
    """What the colours of the ribbons mean."""
    if c.vue.sensible or not dessines(c.vue.flux.liens):
        return Markup("")
    if entre_departements(c):
        sens = [("interne", "Vivent et travaillent dans le même département"), ("autre", "Changent de département")]
    else:
        nom = choisi(c).nom
        sens = [
            ("interne", f"Vivent et travaillent : {nom}"),
            ("entrant", "Y travaillent, vivent ailleurs"),
            ("sortant", "Y vivent, travaillent ailleurs"),
        ]
    return rendu.marque(MODELE, "cle_flux", sens)
