"""Limits of the files made on demand: checked by the routes, announced by the pages."""

from __future__ import annotations

from typing import Final

#: Slides of a deck (beyond, nobody reads it and a request costs too much); letters of a title; of a selection.
DIAPOS_MAX: Final = 40
TITRE_MAX: Final = 200
SEARCH_MAX: Final = 4_000
#: Bytes of a request.
OCTETS_MAX: Final = 262_144
#: Rows of the sheet of a workbook: it takes some ten seconds, and Excel itself stops at 1 048 576. A CSV has no limit.
LIGNES_XLSX_MAX: Final = 300_000
#: Long files written at the same time by a process: the other threads keep answering pages.
LONGS_MAX: Final = 2
