#!/bin/sh
# Creates the virtual environment if absent and installs the locked packages; called by the Makefile.
# Usage: environnement.sh PYTHON VENV
set -eu
python=$1
venv=$2

racine() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

command -v "$python" >/dev/null 2>&1 || {
    echo "Python est introuvable : installer Python 3.11 ou plus récent (commande « $python »)." >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 ou plus récent est nécessaire ; trouvé : $("$python" --version 2>&1)." >&2
    echo "Pour en choisir un autre : make PYTHON=python3.12 …" >&2
    exit 1
}

if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        if racine; then
            echo "→ Installation de python3-venv, qui manque à ce système"
            { apt-get update -qq && apt-get install -y -qq python3-venv; } >/dev/null
        else
            echo "Le module venv de Python manque. Sous Debian ou Ubuntu : sudo apt-get install python3-venv" >&2
            exit 1
        fi
    fi
    echo "→ Création de l’environnement Python dans $venv"
    "$python" -m venv --clear "$venv"
fi

journal=$venv/installation.log
total=$(grep -c '^[A-Za-z0-9].*==' requirements.lock)
echo "→ Installation des paquets de requirements.lock (empreintes vérifiées)"

# Reads pip's messages and shows one line of progress.
progression() {
    n=0
    while IFS= read -r ligne; do
        case $ligne in
        Collecting* | "Requirement already satisfied"* | Ignoring*)
            n=$((n + 1))
            if [ -t 1 ]; then printf '\r  lecture du verrou : %d/%d' "$n" "$total"; fi
            ;;
        "Installing collected packages: "*,*) if [ -t 1 ]; then printf '\n'; fi; echo "  copie des fichiers (une minute environ)…" ;;
        esac
    done
    if [ -t 1 ]; then printf '\n'; fi
}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1
code=$venv/installation.code
{
    { "$venv/bin/python" -m pip install --progress-bar off --require-hashes -r requirements.lock &&
        "$venv/bin/python" -m pip install --progress-bar off --no-deps --no-build-isolation -e .; } 2>&1
    echo $? >"$code"
} | tee "$journal" | progression
if [ "$(cat "$code")" != 0 ]; then
    echo "L’installation a échoué ; fin du journal ($journal) :" >&2
    tail -n 15 "$journal" >&2
    exit 1
fi

# WeasyPrint writes the PDF of the sheets; it needs Pango, which Python cannot install.
if ! "$venv/bin/python" -c 'import weasyprint' >/dev/null 2>&1; then
    paquets="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
    if racine; then
        echo "→ Installation de Pango, pour les fiches en PDF (apt-get)"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $paquets; } >/dev/null 2>&1 || true
    fi
    "$venv/bin/python" -c 'import weasyprint' >/dev/null 2>&1 ||
        echo "Les fiches en PDF demandent Pango. Sous Debian ou Ubuntu : sudo apt-get install $paquets" >&2
fi
