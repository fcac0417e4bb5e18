"""Limits of the files made on demand: checked by the routes, announced by the pages."""

from __future__ import annotations

from typing import Final

#: Slides of a deck (beyond, nobody reads it and a request costs too much); letters of a title; of a selection.
DIAPOS_MAX: Final = 40
TITRE_MAX: Final = 200
SEARCH_MAX: Final = 4_000
#: Bytes of a request.
OCTETS_MAX: Final = 262_144
