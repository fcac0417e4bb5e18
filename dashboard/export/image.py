"""A vector drawing as PNG, and the measured widths of its letters: the same picture on a machine without any font.

resvg draws, Source Sans Pro comes with a package, Pillow measures. Boundary: an SVG that stands alone in, bytes out;
nothing is fetched, no font of the system is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import ImageFont

TYPE_MIME: Final = "image/png"
POLICE: Final = "Source Sans Pro"
#: Files of the two weights of a picture: texts, and what is set in bold.
FICHIERS: Final = {400: "SourceSansPro-Regular.ttf", 600: "SourceSansPro-Semibold.ttf"}
#: Size at which letters are measured, in pixels: widths are in proportion.
MESURE: Final = 100
SUITE: Final = "…"


@lru_cache
def fichiers() -> dict[int, Path]:
    """The file of each weight, in the package that brings the font."""
    import font_source_sans_pro

    dossier = Path(font_source_sans_pro.font_directory)
    return {poids: dossier / nom for poids, nom in FICHIERS.items()}


@lru_cache
def _police(poids: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont  # thirty milliseconds that a server starts without

    return ImageFont.truetype(str(fichiers()[poids]), MESURE, layout_engine=ImageFont.Layout.BASIC)


def largeur(texte: str, corps: float, poids: int = 400) -> float:
    """Width of a text in a size of letters, both in pixels."""
    return float(_police(poids).getlength(texte)) * corps / MESURE


def couper(texte: str, corps: float, place: float, poids: int = 400) -> list[str]:
    """The lines of a text in a width; a no-break space never breaks, a word wider than a line is cut and says so."""
    lignes: list[str] = []
    for mot in filter(None, texte.replace("\n", " ").split(" ")):
        if lignes and largeur(f"{lignes[-1]} {mot}", corps, poids) <= place:
            lignes[-1] = f"{lignes[-1]} {mot}"
        else:
            lignes.append(abreger(mot, corps, place, poids))
    return lignes


def abreger(texte: str, corps: float, place: float, poids: int = 400) -> str:
    """The text if it fits in a width, else its beginning and an ellipsis."""
    if largeur(texte, corps, poids) <= place:
        return texte
    court = texte
    while court and largeur(court + SUITE, corps, poids) > place:
        court = court[:-1]
    return court.rstrip(" ,;:(\u202f\u00a0") + SUITE


def ajuster(
    texte: str, tailles: Sequence[float], place: float, hauteur: float, interligne: float, poids: int = 400
) -> tuple[float, list[str]]:
    """The first size whose lines fit in a box, and the lines; in the last one, what does not fit is cut and says so."""
    for corps in tailles:
        lignes = couper(texte, corps, place, poids)
        if len(lignes) * corps * interligne <= hauteur:
            return corps, lignes
    combien = max(1, int(hauteur // (corps * interligne)))
    return corps, list(_tronquer(lignes, combien, corps, place, poids))


def _tronquer(lignes: Sequence[str], combien: int, corps: float, place: float, poids: int) -> Iterator[str]:
    yield from lignes[: combien - 1]
    reste = " ".join(lignes[combien - 1 :])
    yield reste if len(lignes) <= combien else abreger(reste, corps, place, poids)


def png(svg: str) -> bytes:
    """The picture of an SVG at its own size. Raises ``ValueError`` when it is no SVG."""
    import resvg_py  # three megabytes of machine code that only a picture needs

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            font_files=[str(chemin) for chemin in fichiers().values()],
            skip_system_fonts=True,
            font_family=POLICE,
            sans_serif_family=POLICE,
        )
    )
