"""Where Chromium is and how it is started: no sandbox for root, no traffic of its own."""

from __future__ import annotations

import shutil

#: Keeps the browser from calling anybody by itself, so that a request to another host is ours.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run", "--disable-quic"]  # fmt: skip


def chromium() -> str | None:
    """Path of an installed Chromium, ``None`` for the one that Playwright downloads."""
    return next((c for nom in ("chromium", "chromium-browser", "google-chrome") if (c := shutil.which(nom))), None)
