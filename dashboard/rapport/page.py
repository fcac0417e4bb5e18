"""A sheet as one HTML page that stands alone: its style inside, its drawings inside, nothing fetched.

The same text serves the screen, the printer and the PDF. Boundary: templates; no number is computed here.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dashboard.domain import francais as fr
from dashboard.domain.filtre import INSTANTANE
from dashboard.rapport.methode import DEMONSTRATION

if TYPE_CHECKING:
    from dashboard.rapport.fiche import Fiche, TerritoireInconnu

MODELES = Path(__file__).parent / "modeles"
#: Where the site serves the one script of a sheet (the button that prints).
SCRIPT = "/statique/fiche.js"


@lru_cache
def _modele(nom: str) -> Any:
    env = Environment(
        loader=PackageLoader("dashboard.rapport", "modeles"), autoescape=True, undefined=StrictUndefined,
        auto_reload=False, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.filters["composer"] = fr.composer
    env.globals |= {"style": Markup((MODELES / "fiche.css").read_text(encoding="utf-8"))}  # noqa: S704 - a file of ours
    return env.get_template(nom)


def preparer() -> None:
    """Read the template of the sheets, before the first of them is asked."""
    _modele("fiche.html")


def html(
    fiche: Fiche, adresse: str = "", *, ecran: bool = True, cite: str | None = None, metas: Markup | None = None
) -> str:
    """The sheet as HTML. ``adresse`` is that of the site (``https://…``); without one, it has no link and says so.

    ``ecran`` adds the bar of the site above the pages: where else to go, other years, print, PDF; ``cite`` is the
    snapshot that its links keep, when the address quoted one; ``metas`` what its head says to those who link to it.
    """

    def vers(chemin: str) -> str:
        suite = f"{'&' if '?' in chemin else '?'}{INSTANTANE}={cite}" if cite else ""
        return f"{chemin}{suite}"

    lien, fichier = f"{adresse}{fiche.permalien}" if adresse else "", "?".join(_avec_suffixe(fiche.chemin))
    texte: str = _modele("fiche.html").render(
        f=fiche, lien=lien, qr=qr(lien) if lien else None, ecran=ecran, script=SCRIPT, demonstration=DEMONSTRATION,
        vers=vers, fichier=fichier, cite=cite, metas=metas,
    )  # fmt: skip
    return texte


def _avec_suffixe(chemin: str) -> list[str]:
    """The path of the PDF of a sheet, then its query if any."""
    page, *requete = chemin.split("?")
    return [f"{page}.pdf", *requete]


def introuvable(erreur: TerritoireInconnu) -> str:
    """The page said instead of a sheet that does not exist, with the closest territories."""
    texte: str = _modele("introuvable.html").render(erreur=erreur)
    return texte


def qr(texte: str) -> Markup:
    """A QR code as a vector drawing of one path."""
    sortie = BytesIO()
    code = segno.make(texte, error="m", micro=False)
    code.save(sortie, kind="svg", border=0, xmldecl=False, svgns=True, dark="#17242b", omitsize=True, nl=False)
    dessin = sortie.getvalue().decode("utf-8")
    return Markup(dessin.replace("<svg ", '<svg role="img" aria-label="Code QR du lien de la fiche" ', 1))  # noqa: S704
