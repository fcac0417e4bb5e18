"""How facilitators type the lots they follow: not always the words, the figures and the number of the publication.

The contract published keeps what the buyer wrote (``publics``); only the follow-up is changed here, so that joining
the two stays work. Three lots in four keep everything. Of the others, half are only worded otherwise; the other half
have no number either, and most of those also another date, amount or titulaire. Dates only move back (the award is
known before the notification), so that no hours come before the start of their lot.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd

PART_SANS_NUMERO = {False: 0.13, True: 0.05}
"""Share of the numbered lots whose number is not typed, outside and inside the grands projets."""
PART_REDITS = 0.12
"""Share of the other lots whose object is worded otherwise."""
ABREGES = {
    "Réhabilitation": "Réhab.", "Construction": "Constr.", "Rénovation": "Rénov.", "Aménagement": "Amgt",
    "Requalification": "Requal.", "Restructuration": "Restruct.", "groupe scolaire": "GS", "logements": "logts",
    "résidence": "rés.", "Entretien": "Entr.", "Nettoyage": "Nett.", "espaces verts": "EV", "quartier": "QT",
    "Assistance à maîtrise d’ouvrage": "AMO", "Maîtrise d’œuvre": "MOE", "Travaux": "Tvx", "électricité": "élec.",
    "plomberie et chauffage": "plomberie CVC", "Grand Paris Express – ligne": "GPE L",
}  # fmt: skip
NUMERO, OBJET, DATE, MONTANT, TITULAIRE = "numero_decp", "objet", "date_notification", "montant_ht", "titulaire_siret"


def _abreger(objet: str) -> str:
    for long, court in ABREGES.items():
        objet = objet.replace(long, court)
    return objet


def _sans_commune(objet: str) -> str:
    """Without the place, that the other columns give."""
    return re.sub(r" (?:à|au|aux) [A-ZÉÈÎ][^–]*?(?= –|$)", "", objet)


def _corps_d_etat_seul(objet: str) -> str:
    """« Lot 3 peinture – Extension du lycée » for « Extension du lycée à Gagny – lot 3 : peinture »."""
    trouve = re.fullmatch(r"(.+) – lot (\d+) : (.+)", objet)
    return f"Lot {trouve[2]} {trouve[3]} – {_abreger(_sans_commune(trouve[1]))}" if trouve else _abreger(objet)


def _operation_seule(objet: str) -> str:
    """The operation and the number of the lot, without its trade."""
    trouve = re.fullmatch(r"(.+) – lot (\d+) : .+", objet)
    return f"{_abreger(_sans_commune(trouve[1]))} – lot {trouve[2]}" if trouve else _sans_commune(objet)


def _capitales(objet: str) -> str:
    nu = "".join(c for c in unicodedata.normalize("NFD", objet) if not unicodedata.combining(c))
    return nu.upper().replace("’", " ").replace("Œ", "OE")


FACONS: tuple[tuple[float, Callable[[str], str]], ...] = (
    (0.30, _abreger),
    (0.20, _sans_commune),
    (0.22, _corps_d_etat_seul),
    (0.18, _operation_seule),
    (0.10, _capitales),
)
"""Ways to word an object, and how often each is met."""


def redire(objet: str, tirage: float) -> str:
    """The object in other words; ``tirage`` in [0, 1) chooses how. Never empty."""
    for part, facon in FACONS:
        if tirage < part:
            return facon(objet)
        tirage -= part
    return objet


def _montant(texte: str, tirage: float) -> str:
    """With tax, estimated before the award, rounded, or as it is."""
    valeur = float(texte)
    if tirage < 0.20:
        return f"{valeur * 1.2:.0f}"
    if tirage < 0.40:
        return f"{round(valeur * (0.72 + 2.6 * (tirage - 0.20)), -4) or valeur:.0f}"
    return f"{round(valeur, -4) or valeur:.0f}" if tirage < 0.60 else texte


def saisir(rng: np.random.Generator, lots: pd.DataFrame, *, grand_projet: bool) -> None:
    """Change in place the lots (table « marches » of the template) as their facilitators may have typed them."""
    numerotes = lots[NUMERO] != ""
    sans_numero = np.asarray(numerotes & (rng.random(len(lots)) < PART_SANS_NUMERO[grand_projet]))
    redits = np.asarray(sans_numero & (rng.random(len(lots)) < 0.8)) | (rng.random(len(lots)) < PART_REDITS)
    facons = rng.random(len(lots)).tolist()
    dits = [redire(o, f) if r else o for o, f, r in zip(lots[OBJET], facons, redits.tolist(), strict=True)]
    lots[OBJET] = pd.Series(dits, lots.index, dtype=object)
    lots.loc[sans_numero, NUMERO] = ""
    notifies = sans_numero & np.asarray(lots["statut"] != "prevision")
    autre_date = notifies & (rng.random(len(lots)) < 0.5)
    jours = np.asarray(lots.loc[autre_date, DATE].tolist(), dtype="datetime64[D]")
    lots.loc[autre_date, DATE] = (jours - rng.integers(3, 75, len(jours))).astype(str).astype(object)
    tirages = rng.random(len(lots)).tolist()
    montants = zip(lots[MONTANT], tirages, sans_numero.tolist(), strict=True)
    dits = [_montant(m, t) if s and m else m for m, t, s in montants]
    lots[MONTANT] = pd.Series(dits, lots.index, dtype=object)
    hasard = rng.random(len(lots))
    autres = rng.permutation(lots[TITULAIRE].to_numpy())
    connus = np.where(sans_numero & (hasard < 0.42), autres, lots[TITULAIRE].to_numpy())
    dits = np.where(sans_numero & (hasard < 0.25), "", connus).tolist()
    lots[TITULAIRE] = pd.Series(dits, lots.index, dtype=object)
