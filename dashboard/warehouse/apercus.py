"""The preview pictures already drawn, in a folder beside the snapshot they come from: each is drawn once.

The folder bears the identity of the snapshot and goes with it (:mod:`dashboard.warehouse.publication`). Boundary:
bytes by name; who calls knows which names exist, so that a folder never holds more than the site has pages.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

from dashboard import __version__
from dashboard.warehouse.publication import dossier_apercus

#: Pictures kept in memory by a process (some 80 kB each).
EN_MEMOIRE = 64


class Apercus:
    """Pictures of the snapshots kept at a place. Thread safe; two processes may draw the same one, none sees half."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._verrou, self._dessin = threading.Lock(), threading.Lock()
        self._memoire: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    def obtenir(self, identite: str, nom: str, dessiner: Callable[[], bytes]) -> bytes:
        """The picture ``nom`` of a snapshot, drawn by ``dessiner`` the first time; one at a time in a process."""
        connue = self._lire(identite, nom)
        if connue is not None:
            return connue
        with self._dessin:
            connue = self._lire(identite, nom)
            if connue is None:
                connue = dessiner()
                self._ecrire(self.chemin(identite, nom), connue)
                self._retenir((identite, nom), connue)
        return connue

    def chemin(self, identite: str, nom: str) -> Path:
        """Where a picture is kept: a newer version of the site draws its own."""
        return dossier_apercus(self._place, identite) / __version__ / f"{nom}.png"

    def _lire(self, identite: str, nom: str) -> bytes | None:
        with self._verrou:
            if (identite, nom) in self._memoire:
                self._memoire.move_to_end((identite, nom))
                return self._memoire[identite, nom]
        try:
            octets = self.chemin(identite, nom).read_bytes()
        except OSError:  # not there, or not readable: drawn again
            return None
        self._retenir((identite, nom), octets)
        return octets

    def _retenir(self, cle: tuple[str, str], octets: bytes) -> None:
        with self._verrou:
            self._memoire[cle] = octets
            while len(self._memoire) > EN_MEMOIRE:
                self._memoire.popitem(last=False)

    def _ecrire(self, chemin: Path, octets: bytes) -> None:
        """Write beside, then rename; where nothing can be written, the memory alone keeps the picture."""
        try:
            chemin.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=chemin.parent, suffix=".partiel", delete=False) as flux:
                flux.write(octets)
            os.chmod(flux.name, 0o644)
            os.replace(flux.name, chemin)
        except OSError as erreur:
            logging.getLogger(__name__).warning("Aperçu gardé en mémoire seulement (%s) : %s", chemin.name, erreur)
