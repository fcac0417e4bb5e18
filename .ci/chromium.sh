#!/bin/sh
# Makes sure a Chromium exists for the browser tests; called by `make test`.
# Usage: chromium.sh VENV
set -eu
venv=$1

for nom in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$nom" >/dev/null 2>&1; then exit 0; fi
done
if "$venv/bin/python" - <<'PYTHON'; then exit 0; fi
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    sys.exit(not pathlib.Path(p.chromium.executable_path).exists())
PYTHON

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "→ Installation de Chromium pour les essais dans un navigateur (apt-get)"
    apt-get update -qq
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; then exit 0; fi
fi
echo "→ Téléchargement de Chromium pour les essais dans un navigateur (Playwright)"
"$venv/bin/playwright" install chromium || {
    echo "Chromium n’a pas pu être installé. L’installer à la main (paquet « chromium »), puis relancer make test." >&2
    exit 1
}
