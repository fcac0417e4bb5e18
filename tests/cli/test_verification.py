"""The command `verifier` on files of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dashboard.__main__ import app
from tests.ingest.structures_exemple import ecrire as ecrire_structures
from tests.ingest.structures_exemple import fiche

CONTRATS = "contrat_id,marche_id,personne_id,modalite_embauche,type_contrat,date_debut\n"


def verifier(chemin: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["verifier", str(chemin), *options])


def ecrire(tmp_path: Path, nom: str, texte: str) -> Path:
    chemin = tmp_path / nom
    chemin.write_text(texte, encoding="utf-8")
    return chemin


def test_marches_reconnus_au_contenu(tmp_path: Path) -> None:
    resultat = verifier(ecrire(tmp_path, "nom.csv", '{"marches": [{"id": "1", "_type": "Marché"}]}'))
    assert resultat.exit_code == 0
    assert "DECP JSON 2019" in resultat.stdout


@pytest.mark.parametrize("texte", ['{"autre": 1}', "<html></html>", ""])
def test_fichier_inutilisable(tmp_path: Path, texte: str) -> None:
    resultat = verifier(ecrire(tmp_path, "etrange.json", texte))
    assert resultat.exit_code == 2
    assert "etrange.json" in resultat.stderr


def test_suivi_avec_anomalie_situee(tmp_path: Path) -> None:
    dossier = tmp_path / "suivi"
    dossier.mkdir()
    lignes = "C1,M1,P1,etti,cdd,2024-02-01\nC2,M1,P1,etti,cdd,demain\n"
    ecrire(dossier, "contrats.csv", CONTRATS + lignes)
    resultat = verifier(dossier)
    assert resultat.exit_code == 0
    assert "2 lignes lues, 1 retenues, 1 rejetées" in resultat.stdout
    assert "demain" in resultat.stdout


def test_identifiant_direct_refuse(tmp_path: Path) -> None:
    dossier = tmp_path / "suivi"
    dossier.mkdir()
    ecrire(dossier, "contrats.csv", CONTRATS.replace("date_debut", "date_debut,telephone"))
    assert verifier(dossier).exit_code == 2


def test_correspondance_absente(tmp_path: Path) -> None:
    resultat = verifier(ecrire(tmp_path, "a.csv", CONTRATS), "--correspondance", str(tmp_path / "x.toml"))
    assert (resultat.exit_code, "x.toml" in resultat.stderr) == (2, True)


def test_une_liste_de_structures_est_verifiee(tmp_path: Path) -> None:
    chemin = ecrire_structures(tmp_path, fiche(), fiche(id="2", siret="12", nom=""), nom="siae.csv")
    resultat = verifier(chemin)
    assert resultat.exit_code == 0
    assert "(siae.csv) : 2 lignes lues, 1 retenues, 1 rejetées" in resultat.stdout
    assert "Structure sans nom." in resultat.stdout
    assert "Le reste du fichier serait retenu." in resultat.stdout


def test_une_liste_juste_peut_etre_envoyee(tmp_path: Path) -> None:
    resultat = verifier(ecrire_structures(tmp_path, fiche(), nom="siae.json"))
    assert resultat.exit_code == 0
    assert "Ce fichier peut être envoyé." in resultat.stdout


def test_une_liste_sans_structure_de_la_region_est_refusee(tmp_path: Path) -> None:
    ailleurs = fiche(code_insee="69123", code_postal="69001", commune="Lyon", latitude=45.7, longitude=4.8)
    resultat = verifier(ecrire_structures(tmp_path, ailleurs))
    assert resultat.exit_code == 2
    assert "1 hors champ" in resultat.stdout
    assert "aucune ligne ne serait retenue" in resultat.stderr
