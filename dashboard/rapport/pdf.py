"""A sheet as PDF, made on the server from the very HTML of the page by WeasyPrint, an optional extra (``pdf``).

Nothing is fetched while it is drawn: a page that asked for anything else than itself would be refused. Boundary: HTML
in, bytes out.
"""

from __future__ import annotations

from typing import Any

#: What to do when the extra is not there, or not its system libraries.
ABSENT = (
    "Les PDF demandent l’option « pdf » (WeasyPrint) et la bibliothèque Pango. "
    "Installer : pip install 'observatoire-clauses-sociales[pdf]', et sous Debian ou Ubuntu : "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation. "
    "Sans elle, le navigateur imprime la même fiche en PDF."
)
TYPE_MIME = "application/pdf"


class PdfIndisponible(RuntimeError):
    """WeasyPrint or a library it needs is not installed; the message is French and says what to do."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(ABSENT + (f" (Détail : {detail})" if detail else ""))


def _weasyprint() -> Any:
    try:
        import weasyprint
    except ImportError as erreur:
        raise PdfIndisponible from erreur
    except OSError as erreur:  # a system library is missing
        raise PdfIndisponible(str(erreur).splitlines()[0]) from erreur
    return weasyprint


def verifier() -> None:
    """Raise :class:`PdfIndisponible` where no PDF can be made: to be asked before anything long is computed."""
    _weasyprint()


def rendre(html: str) -> bytes:
    """The PDF of a page that stands alone; the same page gives the same bytes.

    Raises :class:`PdfIndisponible`, and WeasyPrint's ``FatalURLFetchingError`` for a page that asks for anything else.
    """
    weasyprint = _weasyprint()
    refus = weasyprint.urls.URLFetcher(allowed_protocols=(), fail_on_errors=True)
    document: bytes = weasyprint.HTML(string=html, url_fetcher=refus, base_url=None).write_pdf()
    return document
