"""The look of a deck: 16:9, one sober theme of ours, the texts and their places. Knows no bloc and no number.

The theme is made once from python-pptx's own empty deck: our colours (those of the figures) and one font that every
machine has become the deck's theme, so that what a reader adds to it matches.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches, Pt

from dashboard.domain import francais as fr
from dashboard.figures.theme import JETONS

POLICE = "Arial"
#: Colours of the tokens, without their sign; those below are in the stylesheet only.
COULEURS: dict[str, str] = {nom: valeur.lstrip("#").upper() for nom, valeur in JETONS["light"].items()}
COULEURS |= {"soft": "E8F2F3", "warn": "8A5A00", "warn-bg": "FFF6E0", "hors": "E9EBEC", "inv": "FFFFFF",
             "accent": "0F6674", "trame": "A9B5BB", "champ": "81919A", "up": "1F7A3F", "down": "B3391F"}  # fmt: skip
#: Colours of the theme: text, surfaces, then the six of the categories.
SCHEMA = {"dk1": "ink", "lt1": "surface", "dk2": "r6", "lt2": "soft", "accent1": "r4", "accent2": "engaged",
          "accent3": "s3", "accent4": "s4", "accent5": "s5", "accent6": "s6", "hlink": "accent", "folHlink": "muted",
          }  # fmt: skip
LARGEUR, HAUTEUR, MARGE = 13.333, 7.5, 0.6


class Cadre(NamedTuple):
    """A place on a slide, in inches."""

    x: float
    y: float
    l: float  # noqa: E741 - width
    h: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """The same in the units of the file."""
        return Inches(self.x), Inches(self.y), Inches(self.l), Inches(self.h)


#: A run of text, bold or not, or several.
Paragraphe = tuple[str, bool] | list[tuple[str, bool]]

UTILE = LARGEUR - 2 * MARGE
TITRE = Cadre(MARGE, 0.52, UTILE, 0.92)
SOUS_TITRE = Cadre(MARGE, 1.46, UTILE, 0.36)
CORPS = Cadre(MARGE, 1.98, UTILE, 4.42)
RESTE = Cadre(MARGE, 6.46, UTILE, 0.26)
SOURCE = Cadre(MARGE, 6.78, UTILE - 0.7, 0.46)
NUMERO = Cadre(LARGEUR - MARGE - 0.6, 6.86, 0.6, 0.3)
#: Mean width of a character of a bold line, in heights: enough to choose a size, never to draw.
CARACTERE = 0.54


def rgb(nom: str) -> RGBColor:
    """A colour of the theme by the name of its token."""
    return RGBColor(*bytes.fromhex(COULEURS[nom]))


def lignes(texte: str, taille: float, largeur: float) -> int:
    """How many lines a text takes at a size (points) in a width (inches)."""
    par_ligne = max(1, int(largeur * 72 / (taille * CARACTERE)))
    return max(1, -(-len(texte) // par_ligne))


def taille(texte: str, largeur: float, tailles: Iterable[int], maximum: int) -> int:
    """The first size at which a text holds in a number of lines; the last one otherwise."""
    choix = list(tailles)
    return next((t for t in choix if lignes(texte, t, largeur) <= maximum), choix[-1])


# --- the deck --------------------------------------------------------------------------------------


def nouveau() -> Any:
    """An empty deck of ours, with two layouts: « Ouverture » and « Bloc »."""
    return Presentation(io.BytesIO(_gabarit()))


@lru_cache
def _gabarit() -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(LARGEUR), Inches(HAUTEUR)
    maitre = deck.slide_master
    theme = maitre.part.part_related_by(RT.THEME)
    theme._blob = _theme(theme.blob.decode("utf-8")).encode("utf-8")  # the theme has no object of its own
    ouverture, bloc = deck.slide_layouts[0], deck.slide_layouts[5]
    for mise in list(deck.slide_layouts):
        if mise not in (ouverture, bloc):
            deck.slide_layouts.remove(mise)
    ouverture.name, bloc.name = "Ouverture", "Bloc"
    _styles(maitre)
    _placer(maitre, (TITRE, CORPS))
    _placer(ouverture, (Cadre(MARGE, 2.05, UTILE, 1.5), Cadre(MARGE, 3.75, UTILE, 0.8)))
    _placer(bloc, (TITRE,))
    _vider(deck.part)
    tampon = io.BytesIO()
    deck.save(tampon)
    return tampon.getvalue()


def _vider(part: Any) -> None:
    """Without the picture and the printer of whoever made python-pptx's deck: a file holds what its slides show."""
    for porteur, genre in ((part, RT.PRINTER_SETTINGS), (part.package, RT.THUMBNAIL)):
        for cle in [cle for cle, lien in porteur._rels.items() if lien.reltype == genre]:
            porteur._rels.pop(cle)


def _theme(xml: str) -> str:
    couleurs = "".join(f'<a:{cle}><a:srgbClr val="{COULEURS[nom]}"/></a:{cle}>' for cle, nom in SCHEMA.items())
    schema = f'<a:clrScheme name="Observatoire">{couleurs}</a:clrScheme>'
    xml = re.sub(r"<a:clrScheme.*?</a:clrScheme>", schema, xml, flags=re.DOTALL)
    xml = re.sub(r'(<a:(?:major|minor)Font><a:latin typeface=")[^"]*', rf"\g<1>{POLICE}", xml)
    return xml.replace('name="Office Theme"', 'name="Observatoire"').replace(
        'fontScheme name="Office"', 'fontScheme name="Observatoire"'
    )


def _styles(maitre: Any) -> None:
    """Titles on the left, bold, in ink; the rest is said by each text."""
    niveau = maitre._element.find(".//{*}titleStyle/{*}lvl1pPr")
    niveau.set("algn", "l")
    police = niveau.find("{*}defRPr")
    police.set("sz", "2600")
    police.set("b", "1")


def _placer(porteur: Any, cadres: tuple[Cadre, ...]) -> None:
    """Place the first placeholders of a master or of a layout; date, footer and number go."""
    formes = list(porteur.placeholders)
    for forme, cadre in zip(formes, cadres, strict=False):
        forme.left, forme.top, forme.width, forme.height = cadre.emu
        zone = forme.text_frame
        zone.vertical_anchor, zone.word_wrap = MSO_ANCHOR.BOTTOM, True
        zone.margin_left = zone.margin_right = zone.margin_top = zone.margin_bottom = Emu(0)
    for forme in formes[len(cadres) :]:
        forme._element.getparent().remove(forme._element)


# --- texts and marks -------------------------------------------------------------------------------


def titrer(diapo: Any, texte: str, tailles: tuple[int, ...] = (26, 24, 22, 20, 18)) -> None:
    """The title of a slide, in its placeholder, at the largest size that holds in two lines."""
    forme = diapo.shapes.title
    forme.text_frame.text = fr.composer(texte)
    _langue(forme.text_frame, taille(texte, UTILE, tailles, 2))


def _langue(zone: Any, corps: float | None = None) -> None:
    for paragraphe in zone.paragraphs:
        for morceau in paragraphe.runs:
            morceau.font.language_id = MSO_LANGUAGE_ID.FRENCH
            if corps:
                morceau.font.size = Pt(corps)


def ecrire(
    diapo: Any, cadre: Cadre, textes: Iterable[Paragraphe], corps: float, couleur: str, *,
    ancre: Any = MSO_ANCHOR.TOP, cote: Any = PP_ALIGN.LEFT, ecart: float = 0, nom: str = "Texte",
) -> Any:  # fmt: skip
    """A box of paragraphs; returns its shape."""
    forme = diapo.shapes.add_textbox(*cadre.emu)
    forme.name = nom
    zone = forme.text_frame
    zone.word_wrap, zone.vertical_anchor = True, ancre
    zone.margin_left = zone.margin_right = zone.margin_top = zone.margin_bottom = Emu(0)
    for rang, morceaux in enumerate(textes):
        paragraphe = zone.paragraphs[0] if rang == 0 else zone.add_paragraph()
        paragraphe.alignment = cote
        paragraphe.space_after = Pt(ecart)
        for texte, gras in [morceaux] if isinstance(morceaux, tuple) else morceaux:
            morceau = paragraphe.add_run()
            morceau.text = fr.composer(texte)
            morceau.font.bold, morceau.font.size = gras, Pt(corps)
            morceau.font.color.rgb = rgb(couleur)
    _langue(zone)
    return forme


def pave(diapo: Any, cadre: Cadre, couleur: str, nom: str = "Filet") -> Any:
    """A plain rectangle."""
    forme = diapo.shapes.add_shape(MSO_SHAPE.RECTANGLE, *cadre.emu)
    forme.name = nom
    forme.fill.solid()
    forme.fill.fore_color.rgb = rgb(couleur)
    forme.line.fill.background()
    forme._element.remove(forme._element.find("{*}style"))  # the shadow of the theme
    return forme


def filet(diapo: Any, y: float = 0.36) -> None:
    """The mark of the deck: a short bar of the accent above the title."""
    forme = pave(diapo, Cadre(MARGE, y, 0.62, 0.06), "r4")
    forme.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1


def alerte(diapo: Any, cadre: Cadre, texte: str) -> None:
    """A warning, in its colours."""
    pave(diapo, cadre, "warn-bg", "Fond de l’avertissement")
    interieur = Cadre(cadre.x + 0.12, cadre.y, cadre.l - 0.24, cadre.h)
    ecrire(diapo, interieur, [(texte, True)], 10, "warn", ancre=MSO_ANCHOR.MIDDLE, nom="Avertissement")


def numeroter(diapo: Any) -> None:
    """The number of the slide, a field: it follows when the slides are moved."""
    forme = ecrire(diapo, NUMERO, [("", False)], 10, "muted", cote=PP_ALIGN.RIGHT, nom="Numéro")
    paragraphe = forme.text_frame.paragraphs[0]._p
    for morceau in list(paragraphe.findall("{*}r")):
        paragraphe.remove(morceau)
    champ = (
        f'<a:fld {nsdecls("a")} id="{{5B1F6E0A-3C1D-4E52-9A57-6D0F1B7C2A10}}" type="slidenum">'
        f'<a:rPr lang="fr-FR" sz="1000"><a:solidFill><a:srgbClr val="{COULEURS["muted"]}"/></a:solidFill></a:rPr>'
        "<a:t>‹n°›</a:t></a:fld>"
    )
    paragraphe.append(parse_xml(champ))
