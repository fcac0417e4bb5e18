"""Editorial paragraphs of the annual report: Markdown files named after its sections, set as safe markup.

HTML in a file is shown as it is typed, never read; a picture is not fetched; headings are set below those of the
report. Boundary: a folder to markup by section; where it goes is said by the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markupsafe import Markup

from dashboard.domain import francais as fr

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

#: Level of every heading of an editorial text, whatever was typed.
TITRE: Final = "h4"


class EditorialIllisible(ValueError):
    """An editorial file cannot be read; the message is French and says what to do."""


@dataclass(frozen=True, slots=True)
class Editorial:
    """The texts by section, and what is to be said of the files that are not one of them."""

    textes: dict[str, Markup]
    notes: tuple[str, ...] = ()


def lire(dossier: Path, sections: Sequence[str]) -> Editorial:
    """The Markdown files of a folder; a folder or a file that is not there changes nothing.

    Raises :class:`EditorialIllisible` for a file that is not UTF-8.
    """
    textes, notes = {}, []
    for fichier in sorted(dossier.glob("*.md")) if dossier.is_dir() else []:
        if fichier.stem in sections:
            if contenu := _contenu(fichier).strip():
                textes[fichier.stem] = composer(contenu)
        else:
            notes.append(
                f"Texte laissé de côté : « {fichier.name} » ne porte le nom d’aucune section "
                f"({', '.join(sections)})."
            )  # fmt: skip
    return Editorial(textes, tuple(notes))


def _contenu(fichier: Path) -> str:
    try:
        return fichier.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as erreur:
        raise EditorialIllisible(
            f"« {fichier.name} » n’est pas en UTF-8 : enregistrez-le dans ce format."
        ) from erreur  # fmt: skip


def composer(texte: str) -> Markup:
    """CommonMark as safe markup, in French typography."""
    return Markup(_lecteur().render(texte))  # noqa: S704 - markdown-it escapes the HTML that is typed


@lru_cache
def _lecteur() -> MarkdownIt:
    lecteur = MarkdownIt("commonmark", {"html": False}).disable("image")
    lecteur.core.ruler.push("francais", _regler)
    return lecteur


def _regler(etat: StateCore) -> None:
    """Set the headings at one level, and the spaces of French typography in the texts."""
    for jeton in etat.tokens:
        if jeton.type in ("heading_open", "heading_close"):
            jeton.tag = TITRE
        for enfant in jeton.children or ():
            if enfant.type == "text":
                enfant.content = fr.composer(enfant.content)
