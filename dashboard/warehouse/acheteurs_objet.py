"""What a reader wrote after ``/fiche/acheteur/``: a SIRET with or without spaces, a group of owners, or a mistake.

A mistake is said precisely (length, key, unknown buyer) and the closest names are proposed. Boundary: finds the
buyer, reads nothing of its contracts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from dashboard.domain import francais as fr

if TYPE_CHECKING:
    from dashboard.warehouse.acheteurs_lecteur import Acheteur

#: Names proposed, and the likeness under which two texts have nothing to do with each other.
PROPOSES, RESSEMBLANCE = 5, 0.5
LA_POSTE = "356000000"


@dataclass(frozen=True, slots=True)
class Objet:
    """The buyer found, or why there is none (French) and the closest ones."""

    acheteur: Acheteur | None
    introuvable: str | None = None
    proches: tuple[Acheteur, ...] = ()


def cle_juste(siret: str) -> bool:
    """Whether fourteen digits have a right Luhn key; those of La Poste only need a sum multiple of five (INSEE)."""
    chiffres = [int(c) for c in siret]
    if siret.startswith(LA_POSTE) and sum(chiffres) % 5 == 0:
        return True
    doubles = (c if i % 2 else c * 2 // 10 + c * 2 % 10 for i, c in enumerate(chiffres))
    return sum(doubles) % 10 == 0


def trouver(objet: str | None, connus: Mapping[str, Acheteur]) -> Objet:
    """The buyer that a text designates."""
    texte = " ".join((objet or "").split())
    code = re.sub(r"[\s.\-]", "", texte)
    if code in connus:
        return Objet(connus[code])
    proches = _proches(texte, code, connus)
    return Objet(None, _pourquoi(texte, code), proches)


def _pourquoi(texte: str, code: str) -> str:
    if not texte:
        return "Aucun acheteur n’est demandé : l’adresse d’une fiche finit par un SIRET de 14 chiffres."
    if not code.isascii() or not code.isdigit():
        return f"« {texte} » n’est pas un SIRET : il faut 14 chiffres, avec ou sans espaces."
    if len(code) != 14:
        trop = "en trop" if len(code) > 14 else "manquants" if 14 - len(code) > 1 else "manquant"
        ecart = fr.pluriel(abs(len(code) - 14), "chiffre", "chiffres")
        return f"Le SIRET « {texte} » a {fr.pluriel(len(code), 'chiffre')} au lieu de 14 ({ecart} {trop})."
    if not cle_juste(code):
        return f"La clé de contrôle du SIRET « {texte} » est fausse : un chiffre est erroné ou deux sont inversés."
    return f"Le SIRET « {texte} » est bien formé, mais cet acheteur n’a publié aucun marché dans les données chargées."


def _proches(texte: str, code: str, connus: Mapping[str, Acheteur]) -> tuple[Acheteur, ...]:
    """Other establishments of the same buyer, then the most alike SIRET or names."""
    notes = {a.siret: _ressemblance(texte.lower(), code, a) for a in connus.values()}
    gardes = sorted(
        (s for s, n in notes.items() if n >= RESSEMBLANCE), key=lambda s: (-notes[s], -connus[s].marches, s)
    )
    return tuple(connus[s] for s in gardes[:PROPOSES])


def _ressemblance(texte: str, code: str, a: Acheteur) -> float:
    """From 0 to 2; digits are compared with the SIRET, words with the name."""
    if code.isdigit():
        if len(code) >= 9 and a.siret[:9] == code[:9]:
            return 2.0
        communs = SequenceMatcher(None, code, a.siret, autojunk=False)
        return communs.ratio() if communs.quick_ratio() >= 0.8 and communs.ratio() >= 0.8 else 0.0
    nom = a.nom.lower()
    if texte and texte in nom:
        return 1.0 + len(texte) / len(nom)
    mots = SequenceMatcher(None, texte, nom, autojunk=False)
    return mots.ratio() if mots.real_quick_ratio() >= RESSEMBLANCE and mots.quick_ratio() >= RESSEMBLANCE else 0.0
