"""What is being looked at: one frozen object, whose faces are a URL, SQL and words.

The URL face is here, the SQL face in :mod:`dashboard.domain.conditions`, the words in
:mod:`dashboard.domain.phrases`. Hashable, so it is also a cache key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, quote

from dashboard.domain import francais as fr
from dashboard.domain.filtre import (
    ANCIENNES_CLES,
    CLES_TERRITOIRE,
    GEOGRAPHIES,
    INSTANTANE,
    LISTES,
    NOMBRES,
    OBJET_MAX,
    REGARDS,
    VALEURS_MAX,
    VUES,
    ReglageNombre,
    ReglageVue,
)
from dashboard.domain.territoire import Territoire

REGION = "11"


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything the reader has chosen. ``annees=None`` means the last complete year;
    ``indicateur=None`` means hours when there is any follow-up, contracts otherwise;
    ``regard`` is the lens (women, under 26…) that re-bases every figure about persons; ``objet``
    is what a sheet is about (SIRET, operation, lot, programme); ``montant`` to ``tranche`` are
    the numbers of the calculator, in euros and percents."""

    annees: tuple[int, int] | None = None
    territoire: str = REGION
    geographie: str = "execution"
    acheteurs: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    secteurs: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    achats: tuple[str, ...] = ()
    regard: str | None = None
    niveau: str = "departement"
    indicateur: str | None = None
    pas: str = "mois"
    cumul: str = "non"
    calques: tuple[str, ...] = ()
    etat: tuple[str, ...] = ()
    mesure: str = "nombre"
    objet: str | None = None
    montant: float | None = None
    part: float | None = None
    taux: float | None = None
    cout: float | None = None
    tranche: float | None = None

    def avec(self, **changements: Any) -> Selection:
        """The same selection with some attributes changed."""
        return replace(self, **changements)


@dataclass(frozen=True, slots=True)
class Referentiel:
    """The values that exist in a snapshot; an unknown one in a URL is dropped with a note.

    ``listes`` maps a nomenclature to its codes and labels (``acheteur`` included);
    ``annees`` is the first and last year with data, ``defaut`` the year shown first.
    """

    territoires: Mapping[str, Territoire]
    listes: Mapping[str, Mapping[str, str]]
    annees: tuple[int, int]
    defaut: int
    a_suivi: bool = True

    def periode(self, selection: Selection) -> tuple[int, int]:
        """First and last year shown."""
        return selection.annees or (self.defaut, self.defaut)

    def indicateur(self, selection: Selection) -> str:
        """Code of what the map shows: hours when there is any follow-up, unless something else is asked."""
        return selection.indicateur or ("heures" if self.a_suivi else "marches")


@dataclass(frozen=True, slots=True)
class Lecture:
    """A URL once read: the selection, and in French what had to be ignored."""

    selection: Selection
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Lecteur:
    ref: Referentiel
    valeurs: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def lire(self, cle: str, brut: str) -> None:
        cle = ANCIENNES_CLES.get(cle, cle)
        if cle in _LECTEURS:
            _LECTEURS[cle](self, brut)
        elif cle == INSTANTANE:
            return  # chosen before anything is read (see ``ui.contexte``)
        elif cle in _PAR_CLE_LISTE:
            self.liste(cle, brut)
        elif cle in _VUES:
            self.vue(_VUES[cle], brut)
        elif cle in _NOMBRES:
            self.nombre(_NOMBRES[cle], brut)
        else:
            self.notes.append(f"Paramètre inconnu ignoré : « {_court(cle)} ».")

    def annee(self, brut: str) -> None:
        trouve = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", brut.strip())
        if not trouve:
            self.notes.append(f"Période illisible ignorée : « {_court(brut)} » (attendu : 2025 ou 2023-2025).")
            return
        debut, fin = sorted((int(trouve[1]), int(trouve[2] or trouve[1])))
        premier, dernier = self.ref.annees
        bornes = (max(debut, premier), min(fin, dernier))
        if bornes[0] > bornes[1]:
            self.notes.append(f"Aucune donnée pour {brut.strip()} : les données vont de {premier} à {dernier}.")
            return
        if bornes != (debut, fin):
            self.notes.append(
                f"Période ramenée aux données disponibles : {bornes[0]}"
                + (f"–{bornes[1]}." if bornes[0] != bornes[1] else ".")
            )
        self.valeurs["annees"] = None if bornes == (self.ref.defaut, self.ref.defaut) else bornes

    def territoire(self, niveau: str, brut: str) -> None:
        territoire = self.ref.territoires.get(brut.strip())
        if territoire is None or territoire.niveau != niveau:
            self.notes.append(f"Territoire inconnu ignoré : « {_court(brut)} ».")
        elif "territoire" in self.valeurs:
            self.notes.append(f"Un seul territoire à la fois : « {_court(brut)} » ignoré.")
        else:
            self.valeurs["territoire"] = territoire.code

    def choix(self, attribut: str, permis: tuple[str, ...], brut: str) -> None:
        if brut in permis:
            self.valeurs[attribut] = brut
        else:
            self.notes.append(f"Valeur inconnue ignorée : « {_court(brut)} ».")

    def vue(self, reglage: ReglageVue, brut: str) -> None:
        if not reglage.plusieurs:
            self.choix(reglage.cle, reglage.valeurs, brut)
            return
        demandes = [c.strip() for c in brut.split(",")]
        self.valeurs[reglage.cle] = tuple(v for v in reglage.valeurs if v in demandes)
        for inconnu in [c for c in demandes if c and c not in reglage.valeurs][:1]:
            self.notes.append(f"Valeur inconnue ignorée : « {_court(inconnu)} ».")

    def nombre(self, reglage: ReglageNombre, brut: str) -> None:
        """A number as people type it: « 1 000 000,50 » or « 1000000.5 »."""
        ou = f"{reglage.libelle} : « {_court(brut)} »"
        texte = "".join(brut.split()).replace(",", ".")
        if not re.fullmatch(r"[+-]?\d{1,15}(\.\d*)?", texte):
            self.notes.append(f"{ou} n’est pas un nombre.")
            return
        valeur = round(float(texte), 2)
        if reglage.minimum <= valeur <= reglage.maximum:
            self.valeurs[reglage.cle] = valeur
        else:
            bornes = f"{fr.nombre(reglage.minimum)} à {fr.nombre(reglage.maximum)} {reglage.unite}"
            self.notes.append(f"{ou} est hors des bornes ({bornes}).")

    def objet(self, brut: str) -> None:
        texte = " ".join(brut.split())
        if texte.isprintable() and len(texte) <= OBJET_MAX:
            self.valeurs["objet"] = texte
        else:
            self.notes.append(f"Identifiant illisible ignoré : « {_court(brut)} ».")

    def liste(self, cle: str, brut: str) -> None:
        filtre = _PAR_CLE_LISTE[cle]
        connus = self.ref.listes.get(filtre.nomenclature or "", {})
        codes = list(dict.fromkeys(c.strip() for c in brut.split(",") if c.strip()))
        inconnus = [c for c in codes if c not in connus]
        if inconnus:
            reste = f" et {len(inconnus) - 1} autre(s)" if len(inconnus) > 1 else ""
            self.notes.append(f"{filtre.libelle} : valeur inconnue ignorée, « {_court(inconnus[0])} »{reste}.")
        gardes = [c for c in codes if c in connus]
        if len(gardes) > VALEURS_MAX:
            self.notes.append(f"{filtre.libelle} : seules les {VALEURS_MAX} premières valeurs sont gardées.")
        gardes = gardes[:VALEURS_MAX]
        self.valeurs[filtre.attribut] = tuple(sorted({*self.valeurs.get(filtre.attribut, ()), *gardes}))


_PAR_CLE_LISTE = {f.cle: f for f in LISTES}
_VUES = {v.cle: v for v in VUES}
_NOMBRES = {n.cle: n for n in NOMBRES}
_LECTEURS: Mapping[str, Any] = MappingProxyType(
    {
        "annee": _Lecteur.annee,
        "objet": _Lecteur.objet,
        "lieu": lambda lecteur, brut: lecteur.choix("geographie", GEOGRAPHIES, brut),
        "regard": lambda lecteur, brut: lecteur.choix("regard", tuple(REGARDS), brut),
        "dep": lambda lecteur, brut: lecteur.territoire("departement", brut),
        "epci": lambda lecteur, brut: lecteur.territoire("epci", brut),
        "commune": lambda lecteur, brut: lecteur.territoire("commune", brut),
    }
)


def _court(texte: str, longueur: int = 40) -> str:
    propre = "".join(c if c.isprintable() else " " for c in texte)
    return propre if len(propre) <= longueur else propre[:longueur] + "…"


def depuis_url(requete: str, ref: Referentiel) -> Lecture:
    """Read a query string (with or without ``?``). Never fails: what is not understood is noted."""
    lecteur = _Lecteur(ref)
    paires = parse_qsl(requete.removeprefix("?"), keep_blank_values=True, max_num_fields=None, errors="replace")
    for cle, brut in paires[:50]:
        if brut.strip():
            lecteur.lire(cle, brut)
    if len(paires) > 50:
        lecteur.notes.append("Adresse trop longue : seuls les 50 premiers paramètres sont lus.")
    return Lecture(Selection(**lecteur.valeurs), tuple(dict.fromkeys(lecteur.notes)))


def vers_parametres(selection: Selection, ref: Referentiel) -> dict[str, str]:
    """The URL parameters of a selection, in the order of the table of filters, defaults left out."""
    parametres: dict[str, str] = {}
    if selection.annees:
        debut, fin = selection.annees
        parametres["annee"] = str(debut) if debut == fin else f"{debut}-{fin}"
    if selection.territoire != REGION:
        parametres[CLES_TERRITOIRE[ref.territoires[selection.territoire].niveau]] = selection.territoire
    if selection.geographie != "execution":
        parametres["lieu"] = selection.geographie
    for filtre in LISTES:
        if codes := getattr(selection, filtre.attribut):
            parametres[filtre.cle] = ",".join(codes)
    if selection.regard:
        parametres["regard"] = selection.regard
    for vue in VUES:
        valeur = getattr(selection, vue.cle)
        if valeur and valeur != vue.defaut:
            parametres[vue.cle] = ",".join(valeur) if vue.plusieurs else valeur
    if selection.objet:
        parametres["objet"] = selection.objet
    for nombre in NOMBRES:
        if (valeur := getattr(selection, nombre.cle)) is not None:
            parametres[nombre.cle] = f"{valeur:.2f}".rstrip("0").rstrip(".")
    return parametres


def vers_url(selection: Selection, ref: Referentiel) -> str:
    """The query string of a selection, ``""`` or ``"?dep=93&annee=2023-2025"``."""
    parametres = vers_parametres(selection, ref)
    return "?" + "&".join(f"{c}={quote(v, safe=',-')}" for c, v in parametres.items()) if parametres else ""
