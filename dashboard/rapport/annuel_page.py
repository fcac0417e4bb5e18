"""The annual report as one HTML page that stands alone; the same text becomes the PDF.

Boundary: templates; no number is computed here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dashboard.domain import francais as fr
from dashboard.domain.selection import REGION
from dashboard.rapport.methode import DEMONSTRATION
from dashboard.rapport.page import MODELES

if TYPE_CHECKING:
    from dashboard.rapport.annuel import Rapport
    from dashboard.rapport.annuel_elements import Figure


@lru_cache
def _modele() -> Any:
    env = Environment(
        loader=PackageLoader("dashboard.rapport", "modeles"), autoescape=True, undefined=StrictUndefined,
        auto_reload=False, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.filters["composer"] = fr.composer
    env.globals |= {"style": Markup((MODELES / "annuel.css").read_text(encoding="utf-8"))}  # noqa: S704 - a file of ours
    return env.get_template("annuel.html")


def html(rapport: Rapport) -> str:
    """The report as HTML: nothing is fetched, no script."""
    texte: str = _modele().render(r=rapport, demonstration=DEMONSTRATION, lieu=lieu)
    return texte


def lieu(figure: Figure) -> str:
    """« Essonne : » before the title of a figure about a part of the region, in the list of the figures."""
    s = figure.contexte.selection
    return "" if s.territoire == REGION else f"{figure.contexte.ref.territoires[s.territoire].nom}{fr.INSECABLE}: "
