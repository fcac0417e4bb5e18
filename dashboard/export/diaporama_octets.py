"""The same deck gives the same bytes: archives written again with fixed dates, the workbooks inside included."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

#: What zip dates everything with; and what holds the time of writing inside.
AVANT = (1980, 1, 1, 0, 0, 0)
PROPRIETES = "docProps/core.xml"


def figer(contenu: bytes, jour: date) -> bytes:
    """An Office file without any time of writing: its parts in order, its properties dated ``jour``."""
    sortie = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(contenu)) as lue,
        zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as ecrite,
    ):
        for nom in lue.namelist():
            partie = lue.read(nom)
            if nom.endswith(".xlsx"):
                partie = figer(partie, jour)
            elif nom == PROPRIETES:
                partie = _dater(partie.decode("utf-8"), jour).encode("utf-8")
            entree = zipfile.ZipInfo(nom, AVANT)
            entree.compress_type, entree.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            ecrite.writestr(entree, partie)
    return sortie.getvalue()


def _dater(xml: str, jour: date) -> str:
    motif = r"(<dcterms:(created|modified)[^>]*>)[^<]*"
    return re.sub(motif, lambda trouve: f"{trouve[1]}{jour:%Y-%m-%d}T00:00:00Z", xml)
