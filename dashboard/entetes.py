"""Response headers: the browser talks to our host only; static files are compressed once and kept."""

from __future__ import annotations

from dash import Dash
from flask import Request, Response, request
from werkzeug.wsgi import ClosingIterator, FileWrapper

#: Paths whose compressed content never changes while the process lives.
STATIQUES = ("/_dash-component-suites/", "/assets/", "/carte/", "/statique/")


def cle_de_cache(requete: Request) -> str:
    """Key of the compressed copy of a static file; empty for anything else."""
    return requete.full_path if requete.method == "GET" and requete.path.startswith(STATIQUES) else ""


class CacheStatique:
    """Keeps compressed static files in memory (a few MB); ignores the rest, whose key is empty."""

    def __init__(self) -> None:
        self._contenus: dict[str, bytes] = {}

    def get(self, cle: str) -> bytes | None:
        return self._contenus.get(cle)

    def set(self, cle: str, contenu: bytes) -> None:
        if not cle.endswith(";"):
            self._contenus[cle] = contenu


def _lire_entiere(reponse: Response) -> None:
    """Read a static file whole: a streamed one would be compressed again at every visit."""
    flux = reponse.response
    reponse.direct_passthrough = False
    reponse.set_data(reponse.get_data())
    if isinstance(flux, FileWrapper | ClosingIterator):
        flux.close()


def proteger(app: Dash) -> None:
    """Security headers of every response; assets fingerprinted by Dash may be kept for a year.

    Registered after the compression, so that it runs before it.
    """

    @app.server.after_request
    def entetes(reponse: Response) -> Response:
        empreintes = " ".join(f"'{h}'" if not h.startswith("'") else h for h in app.csp_hashes())
        reponse.headers.setdefault(
            "Content-Security-Policy",
            f"default-src 'self'; script-src 'self' {empreintes}; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'",
        )
        reponse.headers.setdefault("X-Content-Type-Options", "nosniff")
        reponse.headers.setdefault("Referrer-Policy", "same-origin")
        if request.path.startswith("/assets/") and "m" in request.args and reponse.status_code == 200:
            reponse.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        if request.path.startswith(STATIQUES) and reponse.status_code == 200 and request.method == "GET":
            _lire_entiere(reponse)
        return reponse
