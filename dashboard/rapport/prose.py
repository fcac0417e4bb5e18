"""The sentences of a sheet, written from its numbers: volume, rank, change, places, public, projects, purchases.

A sentence is said only when its numbers exist; what is masked or unknown is said so. Boundary: words; every number
comes from :mod:`dashboard.rapport.lecture`, its writing and its articles from :mod:`dashboard.domain.francais`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.contenu import acheteurs as page_acheteurs
from dashboard.contenu import projets as page_projets
from dashboard.contenu import resume
from dashboard.contenu.heures_temps import heures_en_mots
from dashboard.contenu.personnes import publics, total_publie
from dashboard.contenu.tableau import Etat
from dashboard.contenu.territoires_phrases import PLURIELS, majuscule, rang, rang_en_mots
from dashboard.domain import francais as fr
from dashboard.domain import phrases
from dashboard.domain.phrases import Morceau

if TYPE_CHECKING:
    from dashboard.rapport.lecture import Lu
    from dashboard.warehouse.chiffres import ChiffreCle

Phrase = list[Morceau]

SANS_SUIVI = (
    " Seuls les marchés publiés sont connus : heures, bénéficiaires et projets apparaîtront avec un premier suivi."
)


def texte(phrase: Phrase) -> str:
    """The words of a sentence, without their weight."""
    return "".join(m.texte for m in phrase)


def essentiel(lu: Lu) -> list[Phrase]:
    """The paragraphs at the head of the sheet."""
    vue = lu.vue
    premier = resume.phrase(vue.vue, vue.selection, vue.ref)
    if not vue.ref.a_suivi:
        return [[*premier, Morceau(SANS_SUIVI)]]
    heures = vue.vue.chiffres["heures_realisees"]
    if not heures.valeur:
        return [[*premier, *_dernieres_heures(lu)]]
    intensite, lieux = _intensite(lu), _lieux(lu)
    suite = [*intensite, *([Morceau(" ")] if intensite and lieux else []), *lieux]
    return [p for p in ([*premier, *_changement(lu)], suite, _secteurs(lu)) if p]


def _dernieres_heures(lu: Lu) -> Phrase:
    """When the last hours were, for a territory that has none over the period."""
    serie = lu.vue.vue.chiffres["heures_realisees"].serie
    pleines = [a for a, v in sorted(serie.items()) if v]
    if not pleines:
        depuis = min(serie, default=lu.vue.periode[0])
        return [Morceau(f" Aucune heure n’y est connue depuis {depuis}.")]
    avant = [a for a in pleines if a < lu.vue.periode[0]]
    annee = avant[-1] if avant else pleines[0]
    verbe = "Les dernières connues datent de" if avant else "Les premières connues datent de"
    return [Morceau(f" {verbe} {annee} : {heures_en_mots(round(serie[annee] or 0))}.")]


def _changement(lu: Lu) -> Phrase:
    """« C’est 4,2 % de plus qu’en 2024. », « C’est 4,2 fois plus qu’en 2024. »"""
    chiffre = lu.vue.vue.chiffres["heures_realisees"]
    precedente = lu.vue.vue.precedente
    dite = resume.variation(chiffre, "abrege", precedente)
    if dite is None or precedente is None:
        return []
    sens, montant, _ = dite
    debut, fin = precedente
    avant = f"en {debut}" if debut == fin else f"de {debut} à {fin}"
    if sens == "stable":
        return [Morceau(f" C’est autant qu’{avant}." if avant[0] in "aeiou" else f" C’est autant que {avant}.")]
    plus = "plus" if sens == "up" else "moins"
    que = "qu’" if avant[0] in "aeiou" else "que "
    return [Morceau(" C’est "), Morceau(_ampleur(chiffre, montant, plus), True), Morceau(f" {que}{avant}.")]


def _ampleur(chiffre: ChiffreCle, montant: str, plus: str) -> str:
    """« 4,2 % de plus », « 20 % de moins », « 4,2 fois plus » from twice as much."""
    fois = (chiffre.valeur or 0.0) / (chiffre.precedent or 1.0)
    if fois >= 2:
        return f"{fr.nombre(fois, 1).removesuffix(',0')}{fr.INSECABLE}fois plus"
    return f"{montant.split(' ', 1)[1].replace(',0', '')} de {plus}"


def _intensite(lu: Lu) -> Phrase:
    """Hours per inhabitant, beside the wider territories, and the rank among the peers."""
    t, ref = lu.territoire, lu.vue.ref
    valeur = lu.valeurs(t.code).nombre("heures_hab")
    if valeur is None:
        return []
    autres = [
        f"{fr.nombre(v)} {fr.en(ref.territoires[p])}"
        for p in lu.parents
        if (v := lu.valeurs(p).nombre("heures_hab")) is not None
    ]
    contre = f", contre {fr.liste(autres)}" if autres else ""
    debut = [
        Morceau("Rapporté à la population, ce volume représente "),
        Morceau(f"{_heures(valeur)} pour 1{fr.FINE}000{fr.INSECABLE}habitants", True),
        Morceau(contre),
    ]
    if t.niveau == "region":
        return [*debut, Morceau(".")]
    lues = {code: valeurs["heures_hab"] for code, valeurs in lu.niveaux[t.niveau].items()}
    lignes = [{"code": code, "valeur": v, "statut": statut} for code, (v, statut) in lues.items()]
    place = rang(lignes, t.code)
    return [*debut, Morceau(f" : {rang_en_mots(place, t.niveau, len(lignes))}." if place else ".")]


def _heures(valeur: float) -> str:
    """« 900 heures », « 1 heure », « moins d’une heure »."""
    return "moins d’une heure" if 0 < valeur < 0.5 else fr.pluriel(round(valeur), "heure")


def classees(lu: Lu) -> list[tuple[str, float]]:
    """The territories drawn that have hours (or contracts), the most first."""
    lues = [(code, lu.valeurs(code).nombre(lu.mesure)) for code in lu.parties]
    return sorted([(c, v) for c, v in lues if v], key=lambda paire: (-paire[1], paire[0]))


def _lieux(lu: Lu) -> Phrase:
    """Where the hours are: the first parts of the territory, or its place among its neighbours."""
    t, ref, tetes = lu.territoire, lu.vue.ref, classees(lu)
    if t.code in lu.parties:
        return _parmi(lu, tetes)
    if not tetes:
        return []
    premier, *suite = tetes[:3]
    detail = [f"{fr.nom_avec_article(ref.territoires[c])} ({_court(v)})" for c, v in suite]
    devant = f", devant {fr.liste(detail)}" if detail else ""
    return [
        Morceau(f"Parmi ses {PLURIELS[lu.dessous]}, "),
        Morceau(fr.nom_avec_article(ref.territoires[premier[0]]), True),
        Morceau(f" vient en tête avec {_court(premier[1])}{devant}."),
    ]


def _parmi(lu: Lu, tetes: list[tuple[str, float]]) -> Phrase:
    """A commune among those of its EPT or EPCI; nothing for Paris, which is alone in it."""
    t, ref = lu.territoire, lu.vue.ref
    codes = [c for c, _ in tetes]
    if t.code not in codes or t.epci not in lu.parents:
        return []
    place, total = codes.index(t.code) + 1, lu.valeurs(t.epci).nombre("heures")
    part = f", avec {_pourcent(lu.valeurs(t.code).nombre('heures'), total)} du total" if total else ""
    numero = "1re" if place == 1 else f"{place}e"
    parmi = f"{fr.pluriel(len(lu.parties), 'commune')} {fr.de(ref.territoires[t.epci])}"
    return [Morceau(f"Par le nombre d’heures, c’est la {numero} des {parmi}{part}.")]


def _pourcent(valeur: float | None, total: float) -> str:
    part = (valeur or 0.0) / total
    return f"moins de {fr.pourcent(0.01)}" if part < 0.01 else fr.pourcent(part)


def _court(valeur: float) -> str:
    """« 480 000 h », « 1,2 million d’heures »."""
    return heures_en_mots(valeur) if valeur >= 1_000_000 else f"{fr.nombre(valeur)}{fr.FINE}h"


def _secteurs(lu: Lu) -> Phrase:
    """The share of construction, and the first sector."""
    hors = lu.valeurs(lu.territoire.code).nombre("part_hors_btp")
    lignes = [li for li in lu.vue.vue.secteurs if li["valeur"]]
    if hors is None or not lignes:
        return []
    if len(lignes) == 1:
        seul = lu.vue.libelle("secteur", lignes[0]["code"])
        return [Morceau("Toutes les heures", True), Morceau(f" relèvent du secteur « {seul} ».")]
    total = sum(li["valeur"] for li in lignes)
    premier = max(lignes, key=lambda li: (li["valeur"], li["code"]))
    nom_secteur = lu.vue.libelle("secteur", premier["code"])
    return [
        *_part_du_btp(1 - hors),
        Morceau(f" ; le premier secteur est « {nom_secteur} » ({fr.pourcent(premier['valeur'] / total)})."),
    ]


def _part_du_btp(part: float) -> Phrase:
    """« Le bâtiment et les travaux publics représentent 69 % des heures », « … toutes les heures », or none of them."""
    if part <= 0:
        return [Morceau("Aucune heure", True), Morceau(" ne relève du bâtiment et des travaux publics")]
    combien = "toutes les heures" if part >= 1 else f"{_pourcent(part, 1.0)} des heures"
    return [Morceau("Le bâtiment et les travaux publics représentent "), Morceau(combien, True)]


# --- persons ----------------------------------------------------------------------------------------------

_PARTS = (("part_femmes", "sont des femmes"), ("part_moins_26", f"ont moins de 26{fr.INSECABLE}ans"),
          ("part_qpv", "habitent un quartier prioritaire"))  # fmt: skip


def publics_en_phrase(lu: Lu) -> Phrase:
    """Who the beneficiaries are; what is masked is said to be."""
    if not lu.vue.ref.a_suivi:
        return [Morceau("Les bénéficiaires ne sont pas connus : aucun suivi d’exécution n’est chargé.")]
    total = total_publie(lu.vue)
    if total == 0:
        return [Morceau("Personne n’a travaillé au titre d’une clause sur cette période.")]
    if total is None:
        peu = f"Moins de 5{fr.INSECABLE}personnes"
        return [Morceau(f"{peu} ont travaillé au titre d’une clause : secret statistique (s).")]
    valeurs = lu.valeurs(lu.territoire.code)
    dites = [f"{fr.pourcent(v)} {suite}" for code, suite in _PARTS if (v := valeurs.nombre(code)) is not None]
    masquees = [code for code, _ in _PARTS if valeurs[code][1] == "s"]
    debut = [Morceau("Parmi les "), Morceau(fr.pluriel(total, "bénéficiaire"), True)]
    if not dites:
        return [*debut, Morceau(", trop peu nombreux, les parts relèvent du secret statistique (s).")]
    fin = " ; les autres parts relèvent du secret statistique (s)." if masquees else "."
    return [*debut, Morceau(f", {fr.liste(dites)}{fin}"), *_critere(lu)]


def _critere(lu: Lu) -> Phrase:
    """The first eligibility criterion, when its count and its share are published."""
    lignes = publics(lu.vue).tableau.lignes
    if not lignes or any(isinstance(c, Etat) or not c for c in lignes[0][1:]):
        return []
    libelle, part = str(lignes[0][0]), float(str(lignes[0][2]))
    return [Morceau(f" Premier critère d’éligibilité : « {libelle} » ({fr.pourcent(part)}).")]


# --- projects and purchases -------------------------------------------------------------------------------


def projets_en_phrase(lu: Lu) -> Phrase:
    """How the lots of the programmes stand, in the words of their page, the place left out: the sheet is about it."""
    c = lu.projets
    dite, debut = page_projets.phrase(c), phrases.debut(c.selection, c.ref, None)
    suite = [m for m in dite[len(debut) :] if m.texte != ", "]
    premier, *reste = suite
    debut_dit = premier.texte.removeprefix(", ")
    debut_dit = f"Un{debut_dit[1:]}" if debut_dit.startswith("1 des ") else majuscule(debut_dit)
    return [Morceau(debut_dit, premier.fort), *reste]


def achats_en_phrase(lu: Lu) -> Phrase:
    """The contracts published, in the words of their page, then those that end within a year."""
    c, m = lu.achats, lu.achats.vue.total
    fins = c.vue.chiffres["achats_echeances"].valeur
    phrase = [Morceau(phrases.quand(c.periode), True), *page_acheteurs.resume(m)]
    if not fins:
        return phrase
    accord = "marché prend fin" if fins < 2 else "marchés prennent fin"
    jour = fr.date_longue(c.instantane.manifeste.date_donnees)
    return [*phrase, Morceau(f" Dans les douze mois suivant le {jour}, {fr.nombre(fins)}{fr.INSECABLE}{accord}.")]
