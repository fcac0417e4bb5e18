"""The files of the contracts behind a page: what their link says, and the limit of the workbook before the click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.domain import francais as fr
from dashboard.domain.selection import vers_url
from dashboard.export.limites import LIGNES_XLSX_MAX

if TYPE_CHECKING:
    from dashboard.contenu.contexte import Contexte
    from dashboard.contenu.marches import Emport


def marches(emport: Emport, c: Contexte[Any]) -> dict[str, str]:
    """``titre``, ``requete`` (query of the addresses) and ``xlsx`` (words of the link to the workbook)."""
    coupe = f" ({fr.nombre(LIGNES_XLSX_MAX)} premières lignes)" if emport.nombre > LIGNES_XLSX_MAX else ""
    return {
        "titre": f"{emport.titre} ({fr.pluriel(emport.nombre, 'ligne')})",
        "requete": vers_url(emport.selection, c.ref),
        "xlsx": f"XLSX{coupe}",
    }
