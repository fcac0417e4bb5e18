"""What the head of a page says to those who link to it: title, finding, picture, canonical address.

Boundary: values in, safe marks out; every value is escaped, whatever the address of the request holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.domain import francais as fr
from dashboard.export.apercu import HAUTEUR, LARGEUR
from dashboard.export.image import TYPE_MIME

SITE = "Observatoire des clauses sociales d’Île-de-France"
#: Characters of a description that the readers of links show.
DESCRIPTION_MAX = 300


@dataclass(frozen=True, slots=True)
class Metas:
    """A page as it is linked to. ``image`` and ``alternative`` are empty where there is no picture.

    ``canonique`` and ``image`` are absolute addresses; ``genre`` is ``website`` or ``article``.
    """

    titre: str
    description: str
    canonique: str = ""
    image: str = ""
    alternative: str = ""
    genre: str = "website"

    @property
    def entete(self) -> Markup:
        """The marks of the head, one a line."""
        titre, description = fr.composer(self.titre), fr.composer(_court(self.description))
        paires = [
            ("name", "description", description), ("property", "og:locale", "fr_FR"),
            ("property", "og:type", self.genre), ("property", "og:site_name", SITE), ("property", "og:title", titre),
            ("property", "og:description", description), ("property", "og:url", self.canonique),
            *(self._image() if self.image else []),
            ("name", "twitter:card", "summary_large_image" if self.image else "summary"),
        ]  # fmt: skip
        marques = [Markup('<meta {}="{}" content="{}">').format(*paire) for paire in paires if paire[2]]
        if self.canonique:
            marques.append(Markup('<link rel="canonical" href="{}">').format(self.canonique))
        return Markup("\n    ").join(marques)

    def _image(self) -> list[tuple[str, str, str]]:
        return [
            ("property", "og:image", self.image), ("property", "og:image:type", TYPE_MIME),
            ("property", "og:image:width", str(LARGEUR)), ("property", "og:image:height", str(HAUTEUR)),
            ("property", "og:image:alt", fr.composer(self.alternative)),
        ]  # fmt: skip


def _court(texte: str) -> str:
    """A description cut at a word, and said so."""
    texte = " ".join(texte.split(" "))
    if len(texte) <= DESCRIPTION_MAX:
        return texte
    return texte[:DESCRIPTION_MAX].rpartition(" ")[0].rstrip(" ,;:(") + "…"
