"""Settings of a process, read once from the environment.

The only module allowed to look at the environment (a test checks it): everything else
receives a ``Settings``. It opens no file and no connection, and knows nothing of Dash.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
#: Published key of the pseudonyms of synthetic persons; real follow-up demands a key of its own.
CLE_DEMO = b"observatoire-des-clauses-sociales-cle-publique-de-demonstration"
LONGUEUR_MINIMALE_CLE = 32
PORT_PAR_DEFAUT = 8050


class ReglageInvalide(ValueError):
    """A setting cannot be used; the message is French and names the variable."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable, as the README documents it."""

    nom: str
    defaut: str
    description: str


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "OBSERVATOIRE_INSTANTANE", "data/instantane/observatoire.duckdb", "Fichier de l’instantané construit puis servi"
    ),
    Variable(
        "OBSERVATOIRE_CLE_SECRETE",
        "aucune",
        "Clé de pseudonymisation des personnes (32 caractères au moins), exigée dès qu’un suivi réel est lu",
    ),
    Variable(
        "OBSERVATOIRE_SECRET_SESSION",
        "aléatoire",
        "Secret du serveur web, à fixer quand plusieurs processus servent le site",
    ),
    Variable("OBSERVATOIRE_PORT", str(PORT_PAR_DEFAUT), "Port d’écoute du site"),
    Variable("PORT", str(PORT_PAR_DEFAUT), "Port d’écoute donné par l’hébergeur, si OBSERVATOIRE_PORT est absente"),
    Variable("OBSERVATOIRE_URL_PUBLIQUE", "aucune", "Adresse publique du site, pour les liens permanents"),
    Variable("OBSERVATOIRE_PARTAGE", "../shared", "Dossier des fichiers réels utilisés par les essais"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a process needs to know of its surroundings; secrets never appear in its representation."""

    instantane: Path = RACINE / "data" / "instantane" / "observatoire.duckdb"
    cle_secrete: bytes | None = field(default=None, repr=False)
    secret_session: str | None = field(default=None, repr=False)
    port: int = PORT_PAR_DEFAUT
    url_publique: str | None = None
    partage: Path = RACINE.parent / "shared"
    racine: Path = RACINE

    @classmethod
    def depuis_environnement(cls, env: Mapping[str, str] = os.environ) -> Settings:
        """Read and check the variables of ``VARIABLES``; an empty one counts as absent.

        Raises ``ReglageInvalide`` (a ``ValueError``) with a French message naming the variable.
        """
        defaut = cls()
        return cls(
            instantane=_chemin(env, "OBSERVATOIRE_INSTANTANE", defaut.instantane),
            cle_secrete=_cle(env),
            secret_session=_texte(env, "OBSERVATOIRE_SECRET_SESSION"),
            port=_port(env),
            url_publique=_url(env),
            partage=_chemin(env, "OBSERVATOIRE_PARTAGE", defaut.partage),
        )

    @property
    def donnees(self) -> Path:
        return self.racine / "data"

    @property
    def geo(self) -> Path:
        return self.racine / "geo"

    @property
    def assets(self) -> Path:
        return self.racine / "assets"

    @property
    def nomenclatures(self) -> Path:
        return self.donnees / "nomenclatures"

    @property
    def references(self) -> Path:
        return self.donnees / "reference"

    @property
    def correspondances(self) -> Path:
        return self.donnees / "mappings"

    @property
    def demo(self) -> Path:
        return self.donnees / "demo"


def environnement(surcharges: Mapping[str, str]) -> dict[str, str]:
    """Environment of a child process: the current one with some variables replaced."""
    return {**os.environ, **surcharges}


def _texte(env: Mapping[str, str], nom: str) -> str | None:
    return env.get(nom, "").strip() or None


def _chemin(env: Mapping[str, str], nom: str, defaut: Path) -> Path:
    texte = _texte(env, nom)
    if texte is None:
        return defaut
    if "\0" in texte:
        raise ReglageInvalide(f"{nom} n’est pas un chemin de fichier : {texte!r}.")
    return Path(texte).expanduser().resolve()


def _cle(env: Mapping[str, str]) -> bytes | None:
    texte = _texte(env, "OBSERVATOIRE_CLE_SECRETE")
    if texte is None:
        return None
    if len(texte) < LONGUEUR_MINIMALE_CLE:
        raise ReglageInvalide(
            f"OBSERVATOIRE_CLE_SECRETE est trop courte : {len(texte)} caractères, il en faut {LONGUEUR_MINIMALE_CLE}."
        )
    return texte.encode()


def _port(env: Mapping[str, str]) -> int:
    for nom in ("OBSERVATOIRE_PORT", "PORT"):
        texte = _texte(env, nom)
        if texte is None:
            continue
        if not (texte.isascii() and texte.isdigit() and 1 <= int(texte) <= 65535):
            raise ReglageInvalide(f"{nom} doit être un entier entre 1 et 65535 : {texte!r} reçu.")
        return int(texte)
    return PORT_PAR_DEFAUT


def _url(env: Mapping[str, str]) -> str | None:
    texte = _texte(env, "OBSERVATOIRE_URL_PUBLIQUE")
    if texte is not None and not texte.startswith(("https://", "http://")):
        raise ReglageInvalide(f"OBSERVATOIRE_URL_PUBLIQUE doit commencer par https:// ou http:// : {texte!r} reçu.")
    return texte.rstrip("/") if texte else None
