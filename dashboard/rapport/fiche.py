"""The sheet of a territory: two pages, from its code and its years to all that the page sets.

Boundary: gathers numbers, sentences, map and curve in one frozen value; :mod:`dashboard.rapport.page` writes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.contenu.contexte import SANS_SUIVI
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.filtre import CLES_TERRITOIRE
from dashboard.domain.selection import REGION, Selection, depuis_url
from dashboard.rapport import carte, courbe, lecture, mesures, methode, prose
from dashboard.rapport.lecture import Lu

if TYPE_CHECKING:
    from markupsafe import Markup

    from dashboard.domain.phrases import Morceau
    from dashboard.domain.selection import Referentiel
    from dashboard.domain.territoire import Territoire
    from dashboard.warehouse.connexion import Instantane

#: What a territory of each level is.
GENRES = {"region": "Région", "departement": "Département", "commune": "Commune"}
SEULE_ANNEE = "Une fiche n’obéit qu’à l’année : les autres filtres de l’adresse sont sans effet."
SANS_HEURE = "Aucune heure d’insertion n’est connue, quelle que soit l’année."
EPT, EPCI = "Établissement public territorial (EPT)", "Établissement public de coopération intercommunale (EPCI)"


class TerritoireInconnu(LookupError):
    """There is no such territory; the message is French, ``proches`` are (code, name) of the closest ones."""

    def __init__(self, code: str, proches: tuple[tuple[str, str], ...]) -> None:
        super().__init__(f"Aucun territoire d’Île-de-France n’a le code « {code} ».")
        self.proches = proches


@dataclass(frozen=True)
class Fiche:
    """Everything the two pages show.

    ``chemin`` is the path of the sheet with its period, ``permalien`` the same on its snapshot; ``fil`` the wider
    territories (code, name); ``notes`` what was ignored in the address. Texts are plain, sentences are runs
    (:class:`Morceau`), drawings are safe markup; ``zones`` and ``cadrage`` are what the map draws and frames.
    """

    territoire: Territoire
    genre: str
    periode: str
    chemin: str
    permalien: str
    sur_le_site: str
    demo: bool
    instantane: str
    date: str
    faits: tuple[str, ...]
    fil: tuple[tuple[str, str], ...]
    annees: tuple[int, ...]
    annee: str
    essentiel: list[list[Morceau]]
    publics: list[Morceau]
    projets_phrase: list[Morceau]
    achats_phrase: list[Morceau]
    cartes: list[mesures.Carte]
    comparaison: mesures.Comparaison
    classement: list[mesures.Barre]
    titre_classement: str
    secteurs: list[mesures.Barre]
    criteres: list[tuple[str, str, str]]
    projets: mesures.Rangs
    acheteurs: mesures.Rangs
    dessin: Markup
    zones: tuple[carte.Zone, ...]
    cadrage: tuple[str, ...]
    titre_carte: str
    paliers: tuple[carte.Palier, ...]
    trace: Markup | None
    sans_courbe: str
    methode: list[tuple[str, str]]
    notes: tuple[str, ...] = ()


def trouver(ref: Referentiel, code: str) -> Territoire:
    """The territory of a code, however it is typed. Raises :class:`TerritoireInconnu`."""
    propre = code.strip().upper()
    if propre in ref.territoires:
        return ref.territoires[propre]
    raise TerritoireInconnu(code.strip()[:40], proches(ref, code))


def proches(ref: Referentiel, saisie: str, combien: int = 5) -> tuple[tuple[str, str], ...]:
    """Territories whose name or code holds what was typed: code and name of each, wide ones first."""
    mots = _cle(saisie)
    trouves = [t for t in ref.territoires.values() if mots and (mots in _cle(t.nom) or mots in t.code.lower())]
    return tuple((t.code, t.nom) for t in trouves[:combien])


def _cle(texte: str) -> str:
    """A name as it is searched: small letters, no accent, no hyphen, no typographic apostrophe."""
    from unicodedata import combining, normalize

    nu = "".join(c for c in normalize("NFD", texte.strip().lower()) if not combining(c))
    return " ".join(nu.replace("’", " ").replace("'", " ").replace("-", " ").split())


def composer(instantane: Instantane, code: str, requete: str = "") -> Fiche:
    """The sheet of a territory for the query string of its address (``annee=2025``, ``annee=2023-2025``).

    Raises :class:`TerritoireInconnu`. Anything else than the period is ignored with a note.
    """
    territoire = trouver(instantane.referentiel, code)
    lue = depuis_url(requete, instantane.referentiel)
    autres = (SEULE_ANNEE,) if lue.selection != Selection(annees=lue.selection.annees) else ()
    return replace(_composer(instantane, territoire, lue.selection.annees), notes=(*lue.notes, *autres))


@lru_cache(maxsize=128)
def _composer(instantane: Instantane, t: Territoire, annees: tuple[int, int] | None) -> Fiche:
    lu = lecture.lire(instantane, t, annees)
    ref, m, periode = instantane.referentiel, instantane.manifeste, lu.vue.periode
    points = _points(lu)
    zones = [carte.Zone(c, ref.territoires[c].nom, lu.valeurs(c).nombre(lu.mesure)) for c in lu.parties]
    quand = phrases.annees(periode)
    suffixe = f"?annee={_annee(periode)}" if annees else ""
    cle = f"{CLES_TERRITOIRE[t.niveau]}={t.code}" if t.niveau != "region" else ""
    return Fiche(
        territoire=t, genre=_genre(t), periode=quand, chemin=f"/fiche/territoire/{t.code}{suffixe}",
        permalien=f"/s/{m.instantane_id}/fiche/territoire/{t.code}?annee={_annee(periode)}",
        sur_le_site="/territoires" + (f"?{'&'.join(x for x in (suffixe[1:], cle) if x)}" if suffixe or cle else ""),
        demo=m.demo, instantane=m.instantane_id, date=fr.date_longue(m.date_donnees), faits=tuple(_faits(lu)),
        fil=tuple((p.code, p.nom) for p in _parents(t, ref)),
        annees=tuple(range(ref.annees[0], ref.annees[1] + 1)), annee=_annee(periode),
        essentiel=prose.essentiel(lu), publics=prose.publics_en_phrase(lu),
        projets_phrase=prose.projets_en_phrase(lu), achats_phrase=prose.achats_en_phrase(lu),
        cartes=mesures.cartes(lu), comparaison=mesures.comparaison(lu), classement=mesures.classement(lu),
        titre_classement=_titre_classement(lu), secteurs=mesures.secteurs(lu), criteres=mesures.criteres(lu),
        projets=mesures.projets(lu), acheteurs=mesures.acheteurs(lu),
        dessin=carte.dessiner(t.code, t.niveau, zones, _cadrage(lu), _titre_carte(lu)), titre_carte=_titre_carte(lu),
        zones=tuple(zones), cadrage=tuple(_cadrage(lu)),
        paliers=tuple(carte.paliers(zones, "aucune heure" if lu.mesure == "heures" else "aucun marché")),
        trace=courbe.dessiner(points, "Heures réalisées par an") if points else None,
        sans_courbe=SANS_HEURE if ref.a_suivi else SANS_SUIVI,
        methode=methode.lignes(lu),
    )  # fmt: skip


def _annee(periode: tuple[int, int]) -> str:
    debut, fin = periode
    return str(debut) if debut == fin else f"{debut}-{fin}"


def _genre(t: Territoire) -> str:
    return GENRES.get(t.niveau) or (EPT if t.est_ept else EPCI)


def _points(lu: Lu) -> list[courbe.Annee]:
    if not lu.vue.ref.a_suivi:
        return []
    chiffres = lu.vue.vue.chiffres
    return courbe.annees(chiffres["heures_realisees"].serie, chiffres["heures_engagees"].serie, lu.vue.periode)


def _parents(t: Territoire, ref: Referentiel) -> list[Territoire]:
    """The wider territories, the widest first."""
    codes = [REGION] if t.niveau != "region" else []
    codes += [t.departement] if t.niveau in ("epci", "commune") else []
    codes += [t.epci] if t.niveau == "commune" else []
    return [ref.territoires[c] for c in codes if c in ref.territoires and ref.territoires[c].nom != t.nom]


def _faits(lu: Lu) -> list[str]:
    """Inhabitants, area, and what the territory is made of or belongs to."""
    t, ref = lu.territoire, lu.vue.ref
    faits = [fr.pluriel(t.population, "habitant"), f"{fr.nombre(t.superficie_km2)}{fr.INSECABLE}km²"]
    if t.niveau == "commune":
        return faits + [p.nom for p in reversed(_parents(t, ref)[1:])]
    communes = [x for x in ref.territoires.values() if x.niveau == "commune"]
    siennes = [x for x in communes if t.niveau == "region" or t.code in (x.departement, x.epci)]
    return [*faits, fr.pluriel(len(siennes), "commune")] if len(siennes) > 1 else faits


def _cadrage(lu: Lu) -> list[str]:
    """Zones the frame must hold: all the parts, or the territory and its nearest neighbours when it has none."""
    t = lu.territoire
    return [t.code] if t.niveau in ("departement", "epci") and t.code in lu.parties else []


def _titre_carte(lu: Lu) -> str:
    """« Heures réalisées par commune, 2025 »."""
    niveau = phrases.NIVEAUX_EN_MOTS[lu.dessous]
    quoi = "Heures réalisées" if lu.mesure == "heures" else "Marchés publiés"
    return f"{quoi} par {niveau}, {phrases.annees(lu.vue.periode)}"


def _titre_classement(lu: Lu) -> str:
    t, ref = lu.territoire, lu.vue.ref
    if t.niveau == "region":
        return "Les départements"
    if t.code in lu.parties:
        parent = ref.territoires.get(t.epci)
        return f"Les communes {fr.de(parent)}" if parent and parent.nom != t.nom else "Paris et ses voisins"
    pluriel = "EPT et EPCI" if lu.dessous == "epci" else "communes"
    return f"Les {pluriel} {fr.de(t)}"
