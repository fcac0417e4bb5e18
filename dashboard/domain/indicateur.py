"""The indicators: what each figure means, in the words shown at the point of use, read from a file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

Genre = Literal["nombre", "abrege", "part", "decimal"]
GENRES = ("nombre", "abrege", "part", "decimal")


@dataclass(frozen=True, slots=True)
class Indicateur:
    """One indicator of ``data/indicateurs.toml``; ``genre`` says how its value is written."""

    ident: str
    libelle: str
    genre: Genre
    unite: str
    additivite: str
    secret: str
    definition: str
    source: str
    sql: str


def charger(chemin: Path) -> tuple[Indicateur, ...]:
    """Read the indicators, in the order of the file.

    Raises ``ValueError`` with a French message naming the indicator and the key at fault.
    """
    return tuple(
        _lire(i, brut) for i, brut in enumerate(tomllib.loads(chemin.read_text("utf-8")).get("indicateur", []), 1)
    )


def _lire(rang: int, brut: dict[str, object]) -> Indicateur:
    ou = f"indicateur n° {rang} ({brut.get('id', 'sans id')})"
    textes = {}
    for cle in ("id", "libelle", "genre", "unite", "additivite", "secret", "definition", "source", "sql"):
        if not isinstance(brut.get(cle), str):
            raise ValueError(f"{ou} : la clé « {cle} » manque ou n’est pas un texte.")
        textes[cle] = str(brut[cle])
    if textes["genre"] not in GENRES:
        raise ValueError(f"{ou} : genre « {textes['genre']} » inconnu (attendu : {', '.join(GENRES)}).")
    return Indicateur(
        textes["id"], textes["libelle"], cast(Genre, textes["genre"]), textes["unite"], textes["additivite"],
        textes["secret"], textes["definition"], textes["source"], textes["sql"],
    )  # fmt: skip
