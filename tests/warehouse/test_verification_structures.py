"""The check of a list of structures says what the loader would keep, with the file, the line and the column."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.settings import Settings
from dashboard.warehouse.verification_structures import reconnue, verifier
from tests.ingest.structures_exemple import SIRETS, ecrire, fiche

#: Real lists: read, kept, out of scope, rejected, and the lines of the rejects.
REELS = {
    "siae_idf_2020_lemarche.csv": (373, 372, 0, 1, [362]),
    "esat_idf_2025.csv": (189, 189, 0, 0, []),
    "geiq_2019-11_sans_contacts.csv": (171, 5, 165, 1, [18]),
}


@pytest.mark.parametrize("nom", ["liste.csv", "liste.json"])
def test_une_liste_juste(tmp_path: Path, nom: str) -> None:
    chemin = ecrire(tmp_path, fiche(), fiche(id="2", siret=SIRETS[1], nom="Autre atelier"), nom=nom)
    assert reconnue(chemin, Settings())
    resultat = verifier(chemin, Settings())
    assert [(b.feuille, b.lues, b.retenues, b.hors_champ, b.rejetees) for b in resultat.bilans] == [(nom, 2, 2, 0, 0)]
    assert resultat.constats == ()
    assert resultat.utilisable


def test_chaque_defaut_est_situe(tmp_path: Path) -> None:
    chemin = ecrire(
        tmp_path,
        fiche(),
        fiche(id="2", siret="123", nom="Sans bon numéro"),
        fiche(id="3", siret=SIRETS[1], nom=""),
        fiche(id="4", siret=SIRETS[2], code_insee="", code_postal="", commune=""),
        fiche(id="5", siret=SIRETS[3], code_insee="69123", code_postal="69001", commune="Lyon"),
    )
    resultat = verifier(chemin, Settings())
    assert [(b.lues, b.retenues, b.hors_champ, b.rejetees) for b in resultat.bilans] == [(5, 2, 1, 2)]
    lus = [(c.nature, c.feuille, c.ligne, c.colonne) for c in resultat.constats]
    assert lus == [
        ("rejet", chemin.name, 4, "nom"),
        ("rejet", chemin.name, 5, "commune"),
        ("correction", chemin.name, 3, "siret"),
    ]
    assert "SIRET « 123 » : 14 chiffres attendus" in resultat.constats[2].message


def test_aucun_contact_ne_sort_de_la_verification(tmp_path: Path) -> None:
    resultat = verifier(ecrire(tmp_path, fiche(siret="12", nom="Atelier jeanne@exemple.invalid")), Settings())
    dits = " ".join(f"{c.message} {c.valeur}" for c in resultat.constats)
    assert resultat.constats
    assert "exemple.invalid" not in dits
    assert "0199001234" not in dits


@pytest.mark.parametrize("contenu", [b"", b"a;b\n1;2\n", b'{"marches": []}', b"PK\x03\x04zip", b"[", b"\xff\xfe\x00"])
def test_un_autre_fichier_n_est_pas_une_liste(tmp_path: Path, contenu: bytes) -> None:
    chemin = tmp_path / "x.csv"
    chemin.write_bytes(contenu)
    assert not reconnue(chemin, Settings())
    resultat = verifier(chemin, Settings())
    assert not resultat.utilisable
    assert "x.csv" in (resultat.motif or "")


@pytest.mark.parametrize("nom", REELS)
def test_les_listes_reelles(partage: Path, nom: str) -> None:
    chemin = partage / "data" / "structures" / nom
    if not chemin.is_file():
        pytest.skip(f"liste réelle absente ({nom}) : définissez OBSERVATOIRE_PARTAGE")
    lues, retenues, hors, rejetees, lignes = REELS[nom]
    assert reconnue(chemin, Settings())
    resultat = verifier(chemin, Settings())
    assert [(b.lues, b.retenues, b.hors_champ, b.rejetees) for b in resultat.bilans] == [
        (lues, retenues, hors, rejetees)
    ]
    assert [c.ligne for c in resultat.constats if c.nature == "rejet"] == lignes
    assert all(c.feuille == nom and c.colonne for c in resultat.constats)
