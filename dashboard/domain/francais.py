"""French as the reader meets it: numbers, dates, enumerations, and the names of territories.

Every text shown to a user takes its numbers and its articles from here, so that the site, the
sheets and the slides write them alike. Standard library only; nothing about queries or screens.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from dashboard.domain.territoire import Territoire

FINE: Final = "\u202f"  # narrow no-break space: inside numbers, before %, M, k, pt
INSECABLE: Final = "\u00a0"  # no-break space: between a number and a word
MOINS: Final = "\u2212"

_AVANT_SIGNE: Final = re.compile(r" ([:;?!»%€])")

MOIS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

_ARTICLES: Final = {2: "le ", 3: "la ", 4: "les ", 5: "l’"}
#: Under this, every whole number and every half is a float: rounding needs no ``Decimal``.
EXACTS: Final = 2.0**52

_CONTRACTIONS: Final = {0: "de ", 1: "d’", 2: "du ", 3: "de la ", 4: "des ", 5: "de l’"}
# INSEE gives these two no article, usage gives them one when they stand alone.
_ARTICLES_D_USAGE: Final = {"11": "l’", "77": "la "}
_PREPOSITIONS_DEPARTEMENT: Final = {0: "en ", 1: "en ", 2: "dans le ", 3: "en ", 4: "dans les ", 5: "en "}
_PREPOSITIONS_COMMUNE: Final = {2: "au ", 4: "aux "}


# --- numbers -----------------------------------------------------------------------------


def nombre(valeur: float, decimales: int = 0) -> str:
    """Write a number with French separators, ``decimales`` digits after the comma.

    Halves are rounded away from zero. Raises ``ValueError`` for NaN or an infinity.
    """
    if not decimales and abs(valeur) < EXACTS:
        return _entier(valeur)
    return _ecrire(_decimal(valeur), decimales)


def _entier(valeur: float) -> str:
    """The same without decimals, without ``Decimal``: what is left over the whole part of a float is exact."""
    entier = int(valeur)
    if abs(valeur - entier) >= 0.5:
        entier += 1 if valeur > 0 else -1
    texte = f"{abs(entier):,}".replace(",", FINE)
    return f"{MOINS}{texte}" if entier < 0 else texte


def arrondi(valeur: float, decimales: int = 0) -> Decimal:
    """The number that :func:`nombre` writes: halves rounded away from zero."""
    return _decimal(valeur).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)


def abrege(valeur: float) -> str:
    """Write a large number in words with three significant digits: « 1,62 million ».

    Below a million the number is written in full.
    """
    reduit, unite = _reduire(_decimal(valeur), ((9, "milliard"), (6, "million")))
    if not unite:
        return nombre(valeur)
    return f"{_sans_zeros(reduit)}{INSECABLE}{unite}{'s' if abs(reduit) >= 2 else ''}"


def abrege_court(valeur: float) -> str:
    """Write a large number with a symbol, for cards and axes: « 1,62 M », « 480 k »."""
    reduit, unite = _reduire(_decimal(valeur), ((9, "Md"), (6, "M"), (3, "k")))
    if not unite:
        return _sans_zeros(_arrondir(_decimal(valeur), 2))
    return f"{_sans_zeros(reduit)}{FINE}{unite}"


def euros(valeur: float) -> str:
    """Write an amount with its symbol: « 46,7 M€ », « 1,71 Md€ », « 850 € »."""
    texte = abrege_court(valeur)
    return f"{texte}€" if texte[-1:].isalpha() else f"{texte}{INSECABLE}€"


def pourcent(part: float, decimales: int = 0, *, signe: bool = False) -> str:
    """Write a ratio (0.124) as a percentage (« 12,4 % »); ``signe`` adds « + » to a rise."""
    texte = _ecrire(_decimal(part) * 100, decimales)
    return f"{_signer(texte, signe)}{FINE}%"


def points(ecart: float, decimales: int = 1, *, signe: bool = False) -> str:
    """Write a difference of two ratios (0.012) in percentage points (« 1,2 pt »)."""
    texte = _ecrire(_decimal(ecart) * 100, decimales)
    return f"{_signer(texte, signe)}{FINE}pt"


def _decimal(valeur: float) -> Decimal:
    if not math.isfinite(valeur):
        raise ValueError(f"« {valeur} » n’est pas un nombre que l’on puisse écrire.")
    return Decimal(str(valeur))


def _arrondir(valeur: Decimal, decimales: int) -> Decimal:
    return valeur.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)


def _ecrire(valeur: Decimal, decimales: int) -> str:
    arrondi = _arrondir(valeur, decimales)
    texte = f"{abs(arrondi):,.{decimales}f}".replace(",", FINE).replace(".", ",")
    return f"{MOINS}{texte}" if arrondi < 0 else texte


def _signer(texte: str, signe: bool) -> str:
    nul = not texte.strip("0,")
    return f"+{texte}" if signe and not nul and not texte.startswith(MOINS) else texte


def _reduire(valeur: Decimal, unites: tuple[tuple[int, str], ...]) -> tuple[Decimal, str]:
    """Round to three significant digits, then divide by the largest unit that fits."""
    if not valeur:
        return valeur, ""
    arrondi = _arrondir(valeur, 2 - valeur.adjusted())
    for puissance, unite in unites:
        if abs(arrondi) >= Decimal(10) ** puissance:
            return arrondi.scaleb(-puissance), unite
    return valeur, ""


def _sans_zeros(valeur: Decimal) -> str:
    decimales = max(0, -int(valeur.normalize().as_tuple().exponent))
    return _ecrire(valeur, decimales)


# --- dates, words ------------------------------------------------------------------------


def minuscule(texte: str) -> str:
    """A label inside a sentence: its first letter only becomes small (« bénéficiaires du RSA »), a sigle stays."""
    return texte if texte[1:2].isupper() else texte[:1].lower() + texte[1:]


def composer(texte: str) -> str:
    """Set the no-break spaces of French typography: before « : ; ? ! » % €, inside guillemets and « € HT »."""
    texte = _AVANT_SIGNE.sub(rf"{INSECABLE}\1", texte).replace("« ", f"«{INSECABLE}")
    return texte.replace("€ HT", f"€{INSECABLE}HT")


def mois(valeur: str | date) -> str:
    """Write a month (« 2025-03 » or any date of it) in words: « mars 2025 ».

    Raises ``ValueError`` when the text is not ``AAAA-MM``.
    """
    if isinstance(valeur, str):
        try:
            valeur = date.fromisoformat(f"{valeur[:7]}-01")
        except ValueError as erreur:
            raise ValueError(f"« {valeur} » n’est pas un mois (AAAA-MM).") from erreur
    return f"{MOIS[valeur.month - 1]} {valeur.year}"


def date_longue(jour: date) -> str:
    """Write a date in words: « 30 septembre 2026 », « 1er mars 2025 »."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{INSECABLE}{MOIS[jour.month - 1]} {jour.year}"


def liste(elements: Iterable[str], conjonction: str = "et") -> str:
    """Enumerate: « a, b et c ». Nothing gives an empty text."""
    *debut, fin = [*elements] or [""]
    return f"{', '.join(debut)} {conjonction} {fin}" if debut else fin


def accord(quantite: float, singulier: str, pluriel_irregulier: str | None = None) -> str:
    """Agree a word with a quantity; in French the plural begins at two.

    One word follows the regular rules (-s, -x, -z unchanged; -al, -au, -eu); anything else
    needs ``pluriel_irregulier``.
    """
    mot = singulier.strip()
    if abs(quantite) < 2:
        return mot
    if pluriel_irregulier is not None:
        return pluriel_irregulier.strip()
    if mot.endswith(("s", "x", "z")):
        return mot
    if mot.endswith("al"):
        return f"{mot[:-1]}ux"
    return f"{mot}x" if mot.endswith(("au", "eu")) else f"{mot}s"


def pluriel(quantite: float, singulier: str, pluriel_irregulier: str | None = None) -> str:
    """Write a quantity and its agreed word: « 3 120 personnes »."""
    decimales = 0 if float(quantite).is_integer() else 1
    return f"{nombre(quantite, decimales)}{INSECABLE}{accord(quantite, singulier, pluriel_irregulier)}"


# --- territories -------------------------------------------------------------------------


def nom_avec_article(territoire: Territoire) -> str:
    """Name it as a subject: « la Seine-Saint-Denis », « La Courneuve », « Est Ensemble ».

    The article of a commune belongs to its name and keeps its capital.
    """
    if territoire.niveau == "commune":
        return territoire.nom
    article = _ARTICLES_D_USAGE.get(territoire.code) or _ARTICLES.get(territoire.tncc, "")
    return f"{article}{_nom_nu(territoire)}"


def de(territoire: Territoire) -> str:
    """Introduce it with « de »: « du Val-d’Oise », « d’Aubervilliers », « des Lilas ».

    Elision and contraction follow INSEE's code of the article (tncc), which knows the mute h.
    """
    return f"{_CONTRACTIONS[territoire.tncc]}{_nom_nu(territoire)}"


def en(territoire: Territoire) -> str:
    """Locate in it: « en Seine-Saint-Denis », « à Paris », « aux Lilas ».

    An EPT or EPCI is located through its ground: « sur le territoire d’Est Ensemble ».
    """
    if territoire.nom == "Paris":
        return "à Paris"
    if territoire.niveau == "region":
        return f"en {territoire.nom}"
    if territoire.niveau == "departement":
        return f"{_PREPOSITIONS_DEPARTEMENT[territoire.tncc]}{territoire.nom}"
    if territoire.niveau == "epci":
        return f"sur le territoire {de(territoire)}"
    if preposition := _PREPOSITIONS_COMMUNE.get(territoire.tncc):
        return f"{preposition}{_nom_nu(territoire)}"
    return f"à {territoire.nom}"


def _nom_nu(territoire: Territoire) -> str:
    """Return the name without the article it may start with."""
    article = _ARTICLES.get(territoire.tncc)
    if article and territoire.nom.lower().startswith(article):
        return territoire.nom[len(article) :]
    return territoire.nom
