"""Bytes of a DECP file made readable: encoding found, control characters blanked, read as a stream.

Knows nothing of contracts. A file is looked at once, block by block, then served
as UTF-8 whatever it was written in; it is never held in memory.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

BLOC = 1 << 20
CONTROLE = bytes(code for code in range(32) if code not in (9, 10, 13))
"""Control characters that neither JSON nor XML admit."""
BLANCHIR = bytes(32 if code < 32 else code for code in range(256))
"""Translation table: every control character becomes a space (line ends too: JSON does not need them)."""
BLANCHIR_SAUF_LIGNES = bytes(32 if code in CONTROLE else code for code in range(256))
REMPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Examen:
    """What one pass over the bytes tells: encoding, control characters, replacement characters, concessions."""

    octets: int
    encodage: str
    controles: int
    concessions: bool


def blocs(chemin: Path) -> Iterator[bytes]:
    """Raw blocks of a file."""
    with chemin.open("rb") as flux:
        while bloc := flux.read(BLOC):
            yield bloc


def examiner(chemin: Path) -> Examen:
    """One pass over the file: UTF-8 (with or without BOM) unless most accented bytes say otherwise.

    A cut in the middle of a character, at the very end, does not make a file Latin-1.
    """
    decodeur = codecs.getincrementaldecoder("utf-8")(errors="strict")
    octets = controles = 0
    utf8, concessions, queue, debut = True, False, b"", b""
    for bloc in blocs(chemin):
        debut = debut or bloc[:4]
        octets += len(bloc)
        controles += len(bloc) - len(bloc.translate(None, CONTROLE))
        concessions = concessions or b"contrat-concession" in queue + bloc
        queue = bloc[-32:]
        if utf8:
            try:
                decodeur.decode(bloc)
            except UnicodeDecodeError:
                utf8 = False
    return Examen(octets, _encodage(chemin, debut, utf8=utf8), controles, concessions)


def _encodage(chemin: Path, debut: bytes, *, utf8: bool) -> str:
    if debut.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if utf8:
        return "utf-8-sig" if debut.startswith(codecs.BOM_UTF8) else "utf-8"
    decodeur = codecs.getincrementaldecoder("utf-8")(errors="replace")
    bons = mauvais = 0
    for bloc in blocs(chemin):
        texte = decodeur.decode(bloc)
        perdus = max(texte.count(REMPLACEMENT) - bloc.count(b"\xef\xbf\xbd"), 0)
        mauvais += perdus
        bons += sum(1 for caractere in texte if caractere > "\x7f") - perdus
    return "cp1252" if mauvais > bons else "utf-8"


class Flux:
    """A binary reader (``read(n)``) of a file, in UTF-8 without BOM, control characters blanked.

    ``position`` is the number of bytes of the original file consumed so far.
    """

    def __init__(self, source: BinaryIO, encodage: str, table: bytes = BLANCHIR) -> None:
        self.source, self.table, self.position = source, table, 0
        self._reste = b""
        self._decodeur = codecs.getincrementaldecoder(encodage)(errors="replace")

    def read(self, taille: int = BLOC) -> bytes:
        """At most ``taille`` bytes; empty at the end of the file."""
        if taille == 0:
            return b""
        while not self._reste:
            bloc = self.source.read(max(taille, 1 << 16))
            self.position += len(bloc)
            self._reste = self._decodeur.decode(bloc, final=not bloc).encode().translate(self.table)
            if not bloc:
                break
        servi, self._reste = self._reste[:taille], self._reste[taille:]
        return servi


def transcoder(chemin: Path, encodage: str, cible: Path) -> None:
    """Rewrite a text file in UTF-8 without BOM, as a stream, line ends kept."""
    with chemin.open("rb") as source, cible.open("wb") as sortie:
        flux = Flux(source, encodage, BLANCHIR_SAUF_LIGNES)
        while bloc := flux.read():
            sortie.write(bloc)
