"""Serves the site with gunicorn, the same server as in production; also gunicorn's configuration file."""

from __future__ import annotations

import os
import socket
import sys
from typing import Any, NoReturn

from dashboard.cli.erreurs import Abandon
from dashboard.settings import Settings, environnement

# Settings read by gunicorn, which loads this module as its configuration.
loglevel = "warning"
control_socket_disable = True
preload_app = False


def post_worker_init(worker: Any) -> None:
    """Say where the site is, once the first worker can answer."""
    if worker.age == 1:
        hote, port = worker.sockets[0].getsockname()[:2]
        visible = "localhost" if hote in {"127.0.0.1", "0.0.0.0", "::"} else hote  # noqa: S104  (a test, not a bind)
        print(f"Le site répond sur http://{visible}:{port} (Ctrl+C pour arrêter).", flush=True)


def servir(reglages: Settings, hote: str, fils: int) -> NoReturn:
    """Replace this process by the web server; ``Abandon`` when there is no snapshot or when the port is taken."""
    if not reglages.instantane.exists():
        raise Abandon(
            f"Aucun instantané à servir ({reglages.instantane}). Le construire avec « observatoire construire »."
        )
    _verifier_port(hote, reglages.port)
    options = ["--config", "python:dashboard.cli.serveur", "--threads", str(fils), "--bind", f"{hote}:{reglages.port}"]
    variables = {"OBSERVATOIRE_INSTANTANE": str(reglages.instantane), "OBSERVATOIRE_PORT": str(reglages.port)}
    sys.stdout.flush()
    os.execve(  # noqa: S606  (no shell: fixed program, checked arguments)
        sys.executable,
        [sys.executable, "-m", "gunicorn", "dashboard.wsgi:server", *options],
        environnement(variables),
    )


def _verifier_port(hote: str, port: int) -> None:
    famille = socket.AF_INET6 if ":" in hote else socket.AF_INET
    try:
        with socket.socket(famille, socket.SOCK_STREAM) as essai:
            essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            essai.bind((hote, port))
    except OSError as erreur:
        raise Abandon(
            f"Impossible d’écouter sur {hote}:{port} ({erreur.strerror}). "
            "Si un autre programme occupe ce port, en choisir un autre : « observatoire servir --port 8051 »."
        ) from erreur
