"""What the project promises of itself: its top level, its lock, its commands, its rules of style.

Whatever import-linter cannot express about the architecture is checked here on the syntax trees.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dashboard import __version__
from dashboard.__main__ import app
from dashboard.settings import VARIABLES

RACINE = Path(__file__).resolve().parent.parent
PAQUET = RACINE / "dashboard"
MODULES = sorted(PAQUET.rglob("*.py"))
PROJET = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))
DEMANDES = ["pyproject.toml", "README.md", "dashboard", "data", "geo", "assets", "tests", "Procfile"]
AJOUTS = ["Makefile", "CHANGELOG.md", "LICENSE", "benchmarks", "docs", ".ci", ".gitignore", "requirements.lock"]
LIGNES_MODULE, LIGNES_FONCTION = 300, 40
#: Used without an import of ours: by Flask-Compress, on the command line, as files.
SANS_IMPORT = {"brotli", "gunicorn", "bootstrap-flask"}


def lire(nom: str) -> str:
    return (RACINE / nom).read_text(encoding="utf-8")


def arbre(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def nom(module: Path) -> str:
    return module.relative_to(RACINE).as_posix()


def suivis() -> list[Path]:
    """Files that git tracks or would track."""
    commande = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    resultat = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=False)
    if resultat.returncode:
        pytest.skip("dépôt git absent : liste des fichiers inconnue")
    return [Path(ligne) for ligne in resultat.stdout.splitlines() if (RACINE / ligne).is_file()]


def imports(module: Path) -> Iterator[str]:
    for noeud in ast.walk(arbre(module)):
        if isinstance(noeud, ast.Import):
            yield from (alias.name for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom) and noeud.module and not noeud.level:
            yield noeud.module


def commandes() -> set[str]:
    return {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}


def cibles_make() -> set[str]:
    return set(re.findall(r"^([a-z]+):", lire("Makefile"), flags=re.MULTILINE))


# The top level


def test_premier_niveau_demande() -> None:
    assert [n for n in DEMANDES + AJOUTS if not (RACINE / n).exists()] == []


def test_rien_d_autre_au_premier_niveau() -> None:
    assert {chemin.parts[0] for chemin in suivis()} - set(DEMANDES) - set(AJOUTS) == set()


@pytest.mark.parametrize("dossier", ["data", "geo", "assets"])
def test_pas_de_python_hors_du_paquet(dossier: str) -> None:
    assert list((RACINE / dossier).rglob("*.py")) == []


def test_aucun_chemin_de_machine() -> None:
    motif = re.compile(r"(?<![\w.])/(?:root|work|home|opt)/")
    textes = [c for c in suivis() if c.suffix in {".py", ".md", ".toml", ".sql", ".sh", ".lock", ".css", ".js", ""}]
    fautifs = [str(c) for c in textes if c.name != Path(__file__).name and motif.search(lire(str(c)))]
    assert fautifs == []


# Running, testing, deploying


def test_procfile() -> None:
    processus = dict(ligne.split(": ", 1) for ligne in lire("Procfile").splitlines())
    assert processus.keys() == {"release", "web"}
    assert processus["release"] == "observatoire construire --si-absent"
    assert processus["web"].startswith("gunicorn 'dashboard.wsgi:server'")
    assert "--threads" in processus["web"]
    assert "--preload" not in processus["web"]


def test_ci_lance_la_commande_d_essai_du_readme() -> None:
    script = RACINE / ".ci" / "run"
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec make test"
    assert os.access(script, os.X_OK)
    assert "make test" in lire("README.md")


def test_cibles_du_makefile() -> None:
    assert {"run", "test", "check", "bench", "verrou", "clean", "help"} <= cibles_make()


@pytest.mark.parametrize("fichier", ["README.md", "CHANGELOG.md", "Makefile", "Procfile"])
def test_commandes_citees_existent(fichier: str) -> None:
    texte = lire(fichier)
    assert set(re.findall(r"(?:^|[`/« ])observatoire ([a-z]+) ?(?:--|`|$)", texte, re.MULTILINE)) - commandes() == set()
    assert set(re.findall(r"\bmake ([a-z]+)", texte)) - cibles_make() == set()


def test_commande_declaree_et_demarrage_leger() -> None:
    assert PROJET["project"]["scripts"] == {"observatoire": "dashboard.__main__:main"}
    lourds = "{'dash', 'duckdb', 'geopandas', 'lxml', 'pandas', 'plotly', 'rich'}"
    code = f"import sys, dashboard.__main__; print({lourds} & set(sys.modules))"
    sortie = subprocess.run([sys.executable, "-c", code], cwd=RACINE, capture_output=True, text=True, check=True)
    assert sortie.stdout.strip() == "set()"


def test_version_unique() -> None:
    assert PROJET["project"]["version"] == __version__


# Dependencies


def verrou() -> dict[str, tuple[str, int]]:
    """Locked packages: name → version, number of hashes."""
    blocs = re.split(r"\n(?=[A-Za-z0-9])", lire("requirements.lock"))
    trouves = {}
    for bloc in blocs:
        correspondance = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", bloc)
        assert correspondance, bloc[:80]
        trouves[canonicalize_name(correspondance[1])] = (correspondance[2], bloc.count("--hash=sha256:"))
    return trouves


def test_verrou_complet_et_sans_adresse() -> None:
    assert [paquet for paquet, (_, empreintes) in verrou().items() if not empreintes] == []
    assert re.findall(r"https?:|file:|^-.*| @ ", lire("requirements.lock"), re.MULTILINE) == []


def test_verrou_satisfait_les_dependances_directes() -> None:
    exigences = PROJET["project"]["dependencies"] + PROJET["dependency-groups"]["dev"]
    verrouilles = verrou()
    for exigence in map(Requirement, exigences):
        version, _ = verrouilles[canonicalize_name(exigence.name)]
        assert version in exigence.specifier, exigence


def test_chaque_dependance_dit_sa_raison() -> None:
    exigences = PROJET["project"]["dependencies"] + PROJET["dependency-groups"]["dev"]
    lignes = lire("pyproject.toml").splitlines()
    for exigence in exigences:
        assert any(re.match(rf'\s*"{re.escape(exigence)}",\s+# \S', ligne) for ligne in lignes), exigence


def test_dependances_declarees_et_importees() -> None:
    distributions = packages_distributions()
    racines = {i.split(".")[0] for module in MODULES for i in imports(module)} - {"dashboard"}
    tiers = racines - set(sys.stdlib_module_names)
    importees = {canonicalize_name(d) for t in tiers for d in distributions.get(t, [t])}
    declarees = {canonicalize_name(Requirement(e).name) for e in PROJET["project"]["dependencies"]}
    options = [e for extra in PROJET["project"]["optional-dependencies"].values() for e in extra]
    facultatives = {canonicalize_name(Requirement(e).name) for e in options}
    permises = declarees | facultatives | {"flask", "werkzeug"}  # the last two come with Dash, which is built on them
    assert importees - permises == set()
    assert declarees - importees - SANS_IMPORT == set()


# Settings


def test_seul_settings_lit_l_environnement() -> None:
    motif = re.compile(r"os\.environ\b|\bgetenv\b|\bputenv\b")
    fautifs = [nom(m) for m in MODULES if m.name != "settings.py" and motif.search(m.read_text(encoding="utf-8"))]
    assert fautifs == []


def test_variables_documentees() -> None:
    readme = lire("README.md")
    for variable in VARIABLES:
        ligne = next((li for li in readme.splitlines() if f"`{variable.nom}`" in li), "")
        assert variable.defaut in ligne, variable.nom
        assert variable.description in ligne, variable.nom


def test_variables_citees_existent() -> None:
    connues = {variable.nom for variable in VARIABLES}
    for fichier in [RACINE / "README.md", *MODULES]:
        citees = set(re.findall(r"\bOBSERVATOIRE_[A-Z_]+[A-Z]", fichier.read_text(encoding="utf-8")))
        assert citees - connues == set(), nom(fichier)


# Style of the code


def test_longueur_des_modules() -> None:
    longs = {nom(m): n for m in MODULES if (n := len(m.read_text(encoding="utf-8").splitlines())) > LIGNES_MODULE}
    assert longs == {}


def test_longueur_des_fonctions() -> None:
    longues = {}
    for module in MODULES:
        for noeud in ast.walk(arbre(module)):
            if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef):
                lignes = (noeud.end_lineno or noeud.lineno) - noeud.lineno + 1
                if lignes > LIGNES_FONCTION:
                    longues[f"{nom(module)}:{noeud.name}"] = lignes
    assert longues == {}


def test_chaque_module_dit_pourquoi_il_existe() -> None:
    assert [nom(m) for m in MODULES if not ast.get_docstring(arbre(m))] == []


def test_chaque_requete_sql_a_son_entete() -> None:
    sans = []
    for fichier in sorted(PAQUET.rglob("*.sql")):
        debut = fichier.read_text(encoding="utf-8").splitlines()[:3]
        if len(debut) < 3 or not all(ligne.startswith("--") for ligne in debut):
            sans.append(nom(fichier))
    assert sans == []


# Architecture, where import-linter has no word for it


def test_le_domaine_ne_connait_que_la_bibliotheque_standard() -> None:
    for module in sorted((PAQUET / "domain").rglob("*.py")):
        tiers = {i for i in imports(module) if i.split(".")[0] not in sys.stdlib_module_names}
        assert {i for i in tiers if not i.startswith("dashboard.domain")} == set(), nom(module)


def test_seules_les_pages_enregistrent_des_rappels() -> None:
    def permis(module: Path) -> bool:
        chemin = module.relative_to(PAQUET)
        return chemin.parts[0] == "pages" or (chemin.parts[0] == "ui" and chemin.name.startswith("rappels"))

    fautifs = set()
    for module in (m for m in MODULES if not permis(m)):
        for noeud in ast.walk(arbre(module)):
            if isinstance(noeud, ast.Call):
                appel = noeud.func
                cible = appel.attr if isinstance(appel, ast.Attribute) else getattr(appel, "id", "")
                if cible in {"callback", "clientside_callback"}:
                    fautifs.add(nom(module))
    assert fautifs == set()
