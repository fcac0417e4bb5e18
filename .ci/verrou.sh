#!/bin/sh
# Writes requirements.lock: every package, run and development, with its exact version and hashes,
# for every Python from 3.11 on; refuses a lock that names an address or a path of this machine.
# Usage: verrou.sh VENV
set -eu
venv=$1
"$venv/bin/python" -m pip install --quiet uv
"$venv/bin/uv" pip compile pyproject.toml --quiet --group dev --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --output-file requirements.lock
if grep -nE '^-|https?:|file:| @ |(^|[ ("])/' requirements.lock; then
    echo "Le verrou nomme une adresse ou un chemin (lignes ci-dessus)." >&2
    exit 1
fi
echo "requirements.lock : $(grep -c '^[A-Za-z0-9].*==' requirements.lock) paquets verrouillés."
