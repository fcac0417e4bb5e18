"""The command `figer`: a folder whole or none, whose files are those of its manifest and whose links stay inside."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

from dashboard.__main__ import app
from dashboard.contenu.registre import PAGES
from dashboard.domain.selection import depuis_url
from dashboard.export.tableau import csv_de
from dashboard.rapport.page import qr
from dashboard.warehouse.connexion import Instantane

pytestmark = pytest.mark.complet

SITE = "https://clauses.example.fr"


def lancer(fichier: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["figer", *arguments, "--instantane", str(fichier)])


@pytest.fixture(scope="module")
def dossier(fichier_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    cible = tmp_path_factory.mktemp("figer") / "est-ensemble"
    resultat = lancer(fichier_demo, "--territoire", "t8", "--annee", "2024", "--dossier", str(cible))
    assert resultat.exit_code == 0, resultat.output
    assert "Dossier · territoires.html" in resultat.stdout
    assert "Dossier écrit" in resultat.stdout
    assert "OBSERVATOIRE_URL_PUBLIQUE" in resultat.stdout
    assert [f.name for f in cible.parent.iterdir()] == [cible.name], "rien ne reste à côté"
    return cible


@pytest.fixture(scope="module")
def manifeste(dossier: Path) -> dict[str, Any]:
    lu: dict[str, Any] = json.loads((dossier / "manifeste.json").read_text(encoding="utf-8"))
    return lu


def pages(dossier: Path) -> list[Path]:
    return sorted(dossier.glob("*.html"))


def test_le_manifeste_dit_le_dossier_et_l_empreinte_de_chaque_fichier(
    dossier: Path, manifeste: dict[str, Any], instantane: Instantane
) -> None:
    m = instantane.manifeste
    assert manifeste["instantane"] == m.instantane_id
    assert manifeste["donnees_au"] == f"{m.date_donnees:%Y-%m-%d}"
    assert manifeste["demonstration"] is True
    assert manifeste["territoire"] == {"code": "T8", "nom": "Est Ensemble"}
    assert manifeste["annees"] == [2024, 2024]
    presents = {f.relative_to(dossier).as_posix() for f in dossier.rglob("*") if f.is_file()}
    assert presents == {f["chemin"] for f in manifeste["fichiers"]} | {"manifeste.json"}
    for f in manifeste["fichiers"]:
        contenu = (dossier / f["chemin"]).read_bytes()
        assert (len(contenu), hashlib.sha256(contenu).hexdigest()) == (f["octets"], f["sha256"])
        assert re.fullmatch(r"[a-z0-9_./-]+", f["chemin"]), f["chemin"]


def test_il_a_la_fiche_chaque_page_et_les_tables_de_chaque_bloc(dossier: Path) -> None:
    onglets = [p for p in PAGES if not p.fiche]
    noms = {f.name for f in pages(dossier)}
    assert noms == {"index.html", "fiche.html", "methode.html", *(f"{p.nom}.html" for p in onglets)}
    for p in onglets:
        page = html.parse(dossier / f"{p.nom}.html")
        assert {s.get("id") for s in page.findall(".//section")} == set(p.blocs)
        for ident in p.blocs:
            assert (dossier / "donnees" / f"{ident}.csv").exists()
            assert (dossier / "donnees" / f"{ident}.xlsx").exists()


def test_les_liens_menent_tous_a_un_fichier_du_dossier_et_rien_n_est_demande_ailleurs(dossier: Path) -> None:
    for fichier in pages(dossier):
        texte = fichier.read_text(encoding="utf-8")
        page = html.document_fromstring(texte)
        for attribut in page.xpath("//@href | //@src"):
            adresse = urlsplit(attribut)
            assert not adresse.scheme, (fichier.name, attribut)
            if adresse.path:
                assert (dossier / unquote(adresse.path)).is_file(), (fichier.name, attribut)
            else:
                assert page.get_element_by_id(adresse.fragment) is not None
        assert not page.xpath("//script | //iframe | //form | //button | //*[@data-filtre]"), fichier.name
        reste = re.sub(r'xmlns(:\w+)?="[^"]*"', "", texte)
        assert not re.search(r"https?://", reste), fichier.name
    style = (dossier / "style.css").read_text(encoding="utf-8")
    assert not re.search(r"https?://|@import", style)


def test_chaque_page_et_chaque_table_dit_la_demonstration(dossier: Path) -> None:
    for fichier in pages(dossier):
        assert "onnées de démonstration" in fichier.read_text(encoding="utf-8"), fichier.name
    for fichier in (dossier / "donnees").glob("*.csv"):
        assert "démonstration" in fichier.read_text(encoding="utf-8"), fichier.name


def test_les_nombres_des_pages_sont_ceux_des_csv_et_des_classeurs(dossier: Path, instantane: Instantane) -> None:
    selection = depuis_url("epci=T8&annee=2024&niveau=commune", instantane.referentiel).selection
    for p in (p for p in PAGES if not p.fiche):
        contexte = p.contexte(instantane, selection)
        page = html.parse(dossier / f"{p.nom}.html")
        for ident, ecrire in p.blocs.items():
            bloc, ecrit = ecrire(contexte), (dossier / "donnees" / f"{ident}.csv").read_bytes().decode()
            assert ecrit == csv_de(bloc)
            lignes = list(csv.reader(io.StringIO(ecrit.removeprefix("\ufeff")), delimiter=";"))
            combien = len(bloc.tableau.lignes)
            livre = CalamineWorkbook.from_path(str(dossier / "donnees" / f"{ident}.xlsx"))
            assert [str(v) for v in livre.get_sheet_by_name("Données").to_python()[0]] == lignes[0]
            section = page.getroot().get_element_by_id(ident)
            montrees = section.findall(".//div[@class='jumeau']//tbody/tr")
            assert len(montrees) == (0 if bloc.vide else min(combien, 100)), ident
            premieres = ["".join(tr[0].itertext()) for tr in montrees]
            if bloc.tableau.colonnes[0].format == "texte":
                assert [p.lstrip("'") for p in premieres] == [li[0].lstrip("'") for li in lignes[1 : len(montrees) + 1]]


def test_le_meme_instantane_donne_les_memes_octets(
    dossier: Path, fichier_demo: Path, tmp_path: Path, manifeste: dict[str, Any]
) -> None:
    autre = tmp_path / "encore"
    assert lancer(fichier_demo, "--territoire", "T8", "--annee", "2024", "--dossier", str(autre)).exit_code == 0
    assert (autre / "manifeste.json").read_bytes() == (dossier / "manifeste.json").read_bytes()


def test_avec_une_adresse_publique_seuls_ses_liens_sortent(
    fichier_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATOIRE_URL_PUBLIQUE", SITE)
    cible = tmp_path / "d"
    assert lancer(fichier_demo, "--territoire", "75", "--annee", "2024", "--dossier", str(cible)).exit_code == 0
    dehors = {
        urlsplit(a).netloc for f in pages(cible) for a in html.parse(f).xpath("//@href") if urlsplit(a).scheme
    }  # fmt: skip
    assert dehors == {urlsplit(SITE).netloc}
    identite = json.loads((cible / "manifeste.json").read_text(encoding="utf-8"))["instantane"]
    sortants = {a for f in pages(cible) for a in html.parse(f).xpath("//@href") if urlsplit(a).scheme}
    assert all(a.startswith(f"{SITE}/s/{identite}/") for a in sortants), "un lien qui sort garde l’instantané"
    fiche = (cible / "fiche.html").read_text(encoding="utf-8")
    permalien = f"{SITE}/s/{identite}/fiche/territoire/75?annee=2024"
    assert permalien in fiche
    assert qr(permalien) in fiche


def test_sans_adresse_publique_la_fiche_n_a_pas_de_code_qr_et_le_dit(dossier: Path) -> None:
    texte = (dossier / "fiche.html").read_text(encoding="utf-8")
    assert 'class="qr"' not in texte
    assert "n’a pas d’adresse publique, donc ni lien ni code QR" in texte


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--territoire", "99"), "n’a le code « 99 »"),
        (("--territoire", "courneuve"), "Cherchiez-vous : La Courneuve (93027) ?"),
        (("--territoire", "93", "--annee", "1998"), "Aucune donnée pour 1998"),
        (("--annee", "2024"), "il manque --territoire"),
    ],
)
def test_erreurs_prevues(fichier_demo: Path, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    cible = tmp_path / "d"
    resultat = lancer(fichier_demo, *arguments, "--dossier", str(cible))
    assert resultat.exit_code == 2
    assert message in resultat.output.replace("\n", " ")
    assert list(tmp_path.iterdir()) == []


def test_un_dossier_qui_existe_n_est_jamais_touche(fichier_demo: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("à moi", encoding="utf-8")
    resultat = lancer(fichier_demo, "--territoire", "93", "--dossier", str(tmp_path))
    assert resultat.exit_code == 2
    assert "Le dossier existe déjà" in resultat.output
    assert [f.name for f in tmp_path.iterdir()] == ["note.txt"]


def test_une_ecriture_interrompue_ne_laisse_rien(
    fichier_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def casser(*_arguments: object) -> bytes:
        raise OSError("disque plein")

    monkeypatch.setattr("dashboard.rapport.dossier.xlsx_de", casser)
    assert lancer(fichier_demo, "--territoire", "93", "--dossier", str(tmp_path / "d")).exit_code != 0
    assert list(tmp_path.iterdir()) == []
