"""The producer's check: same rules, no other source needed, never an exception for a bad file."""

from __future__ import annotations

from pathlib import Path

from dashboard.ingest.suivi_verification import verifier
from tests.ingest.suivi_exemple import donnees, ecrire_csv


def test_fichier_partiel_sans_ses_references(tmp_path: Path) -> None:
    tables = {nom: donnees()[nom] for nom in ("contrats", "heures")}
    tables["heures"].append({"contrat_id": "D-C9", "mois": "2020-01", "heures": "260", "statut": ""})
    resultat = verifier(ecrire_csv(tmp_path / "envoi", tables))
    assert [(b.tableau, b.lues, b.retenues, b.rejetees) for b in resultat.bilans] == [
        ("contrats", 2, 2, 0),
        ("heures", 4, 3, 1),
    ]
    assert resultat.utilisable
    rejets = [c for c in resultat.constats if c.nature == "rejet"]
    assert [(c.feuille, c.ligne, c.colonne, c.valeur, c.message) for c in rejets] == [
        ("heures.csv", 5, "heures", "260", "« Heures » : on attend un nombre de 0 à 250 ; la ligne est rejetée.")
    ]


def test_fichier_inutilisable(tmp_path: Path) -> None:
    vide = tmp_path / "suivi.xlsx"
    vide.write_bytes(b"")
    resultat = verifier(vide)
    assert not resultat.utilisable
    assert resultat.motif == "suivi.xlsx : le fichier est vide."
    assert verifier(tmp_path / "absent.csv").motif == "absent.csv : ce fichier ou dossier n’existe pas."
    assert "introuvable" in (verifier(vide, "inconnue").motif or "")
