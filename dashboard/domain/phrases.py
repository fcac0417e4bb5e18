"""The French face of a selection: its chips, its subtitle, where and when in words."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.domain import francais as fr
from dashboard.domain.filtre import LISTES
from dashboard.domain.selection import REGION, Referentiel, Selection, vers_parametres

_LIEUX = {
    "execution": "sur les chantiers et services exécutés {en}",
    "siege": "pour les acheteurs dont le siège est {en}",
    "residence": "par des personnes résidant {en}",
}
NIVEAUX_EN_MOTS = {"departement": "département", "epci": "EPT ou EPCI", "commune": "commune"}


@dataclass(frozen=True, slots=True)
class Morceau:
    """A run of the sentence; ``fort`` ones are set in bold."""

    texte: str
    fort: bool = False


@dataclass(frozen=True, slots=True)
class Puce:
    """A chip: what is filtered, in words, and the ``cle=valeur`` that removes it (``None``: not removable)."""

    libelle: str
    retire: str | None


def annees(periode: tuple[int, int]) -> str:
    """« 2025 » or « 2023–2025 »."""
    debut, fin = periode
    return str(debut) if debut == fin else f"{debut}–{fin}"


def quand(periode: tuple[int, int]) -> str:
    """« En 2025 » or « De 2023 à 2025 »."""
    debut, fin = periode
    return f"En {debut}" if debut == fin else f"De {debut} à {fin}"


def ou(selection: Selection, ref: Referentiel) -> str:
    """Where the facts are counted, always said: « sur les chantiers et services exécutés à Paris »."""
    return _LIEUX[selection.geographie].format(en=fr.en(ref.territoires[selection.territoire]))


def restrictions(selection: Selection, ref: Referentiel) -> list[str]:
    """The lists chosen, in words, one text a filter; long lists are counted."""
    textes = []
    for filtre in LISTES:
        codes = getattr(selection, filtre.attribut)
        noms = ref.listes.get(filtre.nomenclature or "", {})
        if len(codes) > 3:
            textes.append(f"{fr.minuscule(filtre.libelle)} : {len(codes)} choisis")
        elif codes:
            textes.append(fr.liste(noms.get(c, c) for c in codes))
    return textes


def debut(selection: Selection, ref: Referentiel, periode: tuple[int, int] | None) -> list[Morceau]:
    """How every sentence begins: when, where the facts are counted, and what they are restricted to.

    ``periode`` is ``None`` where the period means nothing.
    """
    lieu = ou(selection, ref)
    if periode is None:
        morceaux = [Morceau(lieu[0].upper() + lieu[1:])]
    else:
        morceaux = [Morceau(quand(periode), True), Morceau(f", {lieu}")]
    suite = restrictions(selection, ref)
    if selection.regard:
        suite = [f"regard : {fr.minuscule(ref.listes['regard'][selection.regard])}", *suite]
    return morceaux + ([Morceau(f" ({' ; '.join(suite)})")] if suite else [])


def sous_titre(quoi: str, selection: Selection, ref: Referentiel, periode: tuple[int, int] | None) -> str:
    """Subtitle of a figure: what it counts, then the selection in words (no year when ``periode`` is ``None``)."""
    regard = [fr.minuscule(ref.listes["regard"][selection.regard])] if selection.regard else []
    quand_court = [annees(periode)] if periode else []
    lieu = [] if selection.territoire == REGION else [ref.territoires[selection.territoire].nom]
    compte = {"siege": ["siège de l’acheteur"], "residence": ["lieu de résidence"]}.get(selection.geographie, [])
    return " · ".join([quoi, *regard, *quand_court, *lieu, *compte, *restrictions(selection, ref)])


def puces(selection: Selection, ref: Referentiel, *, periode: bool = True) -> list[Puce]:
    """One chip a chosen value, in the order of the table of filters; the period is shown wherever it means anything."""
    parametres = vers_parametres(selection, ref)
    ans = Puce(annees(ref.periode(selection)), f"annee={parametres['annee']}" if "annee" in parametres else None)
    resultat = [ans] if periode else []
    if selection.territoire != REGION:
        cle = next(c for c in ("dep", "epci", "commune") if c in parametres)
        resultat.append(Puce(ref.territoires[selection.territoire].nom, f"{cle}={selection.territoire}"))
    if selection.geographie != "execution":
        resultat.append(Puce(ref.listes["geographie"][selection.geographie], f"lieu={selection.geographie}"))
    for filtre in LISTES:
        noms = ref.listes.get(filtre.nomenclature or "", {})
        resultat += [Puce(noms.get(c, c), f"{filtre.cle}={c}") for c in getattr(selection, filtre.attribut)]
    if selection.regard:
        resultat.append(Puce(f"Regard : {ref.listes['regard'][selection.regard]}", f"regard={selection.regard}"))
    return resultat
