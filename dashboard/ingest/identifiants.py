"""Direct identifiers: recognise them (to refuse the file) and replace the persons' (keyed hash).

Column names are judged here; values are judged in SQL (``sql/suivi/identifiants.sql``).
Nothing here ever returns or logs a value. Rule: confidentiality.md, « What enters the snapshot »;
HMAC: RFC 2104, SHA-256.
"""

from __future__ import annotations

import hashlib
import re

from dashboard.ingest.correspondance import cle_libre

_BLOC = 64
_VALEUR = re.compile(r"@|(?:\d[\s./()+-]*){8}")
_TOUJOURS = frozenset({
    "nir", "nss", "email", "mail", "mails", "courriel", "telephone", "tel", "portable", "mobile", "gsm", "phone",
    "iban", "rib",
})  # fmt: skip
_MOTS = frozenset({
    "nom", "noms", "prenom", "prenoms", "patronyme", "name", "firstname", "lastname", "surname", "adresse",
    "adresses", "address", "ddn", "secu",
})  # fmt: skip
_ORGANISATIONS = frozenset({
    "operation", "operations", "acheteur", "acheteurs", "entreprise", "employeur", "structure", "marche", "lot",
    "chantier", "programme", "projet", "commune", "ville", "departement", "organisme", "formation", "titulaire",
    "ouvrage", "maitre", "societe", "etablissement", "siae",
})  # fmt: skip
_MORCEAUX = (
    "prenom", "datenaiss", "datedenaiss", "nomdenaiss", "nomnaiss", "nomdusage", "nomusage", "nomdefamille",
    "nomjeunefille", "nomdejeunefille", "lieunaiss", "lieudenaiss", "neele", "securitesociale", "numsecu",
    "numerosecu", "nosecu", "numeross", "numss", "courriel", "email", "telephone", "adressepostale", "birthdate",
    "dateofbirth",
)  # fmt: skip


def colonne_suspecte(nom: str) -> bool:
    """Tell whether a column name looks like a direct identifier of a person.

    Case, accents and separators do not count. « Nom de l’employeur » names an organisation and
    passes; an e-mail or a telephone column never does, whoever it belongs to.
    """
    separe = re.sub(r"([a-zà-ÿ])([A-ZÀ-Ý])", r"\1 \2", nom)
    mots = {cle_libre(mot) for mot in re.split(r"[^0-9A-Za-zÀ-ÿŒœ]+", separe)} - {""}
    compact = cle_libre(nom)
    if "@" in nom or mots & _TOUJOURS or any(morceau in compact for morceau in _MORCEAUX):
        return True
    if compact in {"nele", "naissance", "datenais", "datenaissance"} or {"date", "naissance"} <= mots:
        return True
    return bool(mots & _MOTS) and not mots & _ORGANISATIONS


def titre_montrable(titre: str, rang: int) -> str:
    """Title to print in a message: its rank when it may itself be a value (file without a header row)."""
    return f"n° {rang}" if not titre or _VALEUR.search(titre) else titre


def cles_hmac(cle: bytes) -> tuple[bytes, bytes]:
    """Return the inner and outer padded keys (64 bytes each) of HMAC-SHA-256, to be bound in SQL.

    ``sha256(outer || sha256(inner || message))`` equals ``hmac.new(cle, message, "sha256")``.
    """
    if not cle:
        raise ValueError("La clé de pseudonymisation est vide.")
    bloc = (hashlib.sha256(cle).digest() if len(cle) > _BLOC else cle).ljust(_BLOC, b"\0")
    return bytes(o ^ 0x36 for o in bloc), bytes(o ^ 0x5C for o in bloc)
