"""The snapshots kept beside the one in place, so that a figure quoted once can be read again as it was.

A kept snapshot is read with today's code: one built by an older code, whose tables lack something, is refused
rather than half shown.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from pathlib import Path

from dashboard.warehouse.connexion import Entrepot, Instantane, InstantaneAbsent
from dashboard.warehouse.fichiers_sql import texte

#: What identifies a snapshot: the date of its data and the beginning of its hash.
IDENTITE = re.compile(r"\d{8}-[0-9a-f]{10}")
#: Old snapshots kept open at once by a process.
OUVERTS_MAX = 2

Colonnes = frozenset[tuple[str, str]]


class Archives:
    """Door to the dated snapshots kept beside that of an ``Entrepot``. Thread safe."""

    def __init__(self, entrepot: Entrepot) -> None:
        self._entrepot = entrepot
        self._verrou = threading.Lock()
        self._ouverts: OrderedDict[str, Instantane] = OrderedDict()

    def instantane(self, identite: str) -> Instantane:
        """The snapshot of this identity, that in place or a kept one.

        Raises ``InstantaneAbsent`` with a French message: not kept any more, or built by an older code.
        """
        present = self._entrepot.instantane()
        if identite == present.manifeste.instantane_id:
            return present
        with self._verrou:
            if identite not in self._ouverts:
                self._ouverts[identite] = self._ouvrir(identite, present)
            self._ouverts.move_to_end(identite)
            while len(self._ouverts) > OUVERTS_MAX:
                self._ouverts.popitem(last=False)
            return self._ouverts[identite]

    def _ouvrir(self, identite: str, present: Instantane) -> Instantane:
        chemin = self._chemin(identite)
        if chemin is None or not chemin.is_file():
            raise InstantaneAbsent(f"L’instantané « {identite[:40]} » n’est plus conservé.")
        etat = chemin.stat()
        try:
            ancien = Instantane(chemin, (etat.st_ino, etat.st_mtime_ns, etat.st_size))
        except InstantaneAbsent:
            raise _illisible(identite) from None
        if not colonnes(present) <= colonnes(ancien):
            raise _illisible(identite)
        return ancien

    def _chemin(self, identite: str) -> Path | None:
        place = self._entrepot.chemin
        return place.with_name(f"{place.stem}-{identite}{place.suffix}") if IDENTITE.fullmatch(identite) else None


def _illisible(identite: str) -> InstantaneAbsent:
    return InstantaneAbsent(f"L’instantané « {identite} » vient d’une version du site que celle-ci ne sait plus lire.")


def colonnes(instantane: Instantane) -> Colonnes:
    """Tables and columns of a snapshot."""
    return frozenset(instantane.curseur().execute(texte("lecture", "colonnes")).fetchall())
