"""Mapping files: the shipped ones are valid, faults are named, every recipe does what its doc says."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.ingest import gabarit
from dashboard.ingest.correspondance import Correspondance, charger
from dashboard.ingest.journal import Declaration, Journal, SourceIllisible
from dashboard.ingest.suivi import charger as charger_suivi
from dashboard.ingest.suivi import finaliser

GABARIT = gabarit.charger()


def ecrire(tmp_path: Path, texte: str) -> Path:
    chemin = tmp_path / "essai.toml"
    chemin.write_text(texte, encoding="utf-8")
    return chemin


def lire(tmp_path: Path, texte: str) -> Correspondance:
    return charger(str(ecrire(tmp_path, texte)), tmp_path, GABARIT)


def test_correspondances_livrees(correspondances: Path) -> None:
    for chemin in set(correspondances.glob("*.toml")) - {correspondances / "structures.toml"}:
        lue = charger(chemin.stem, correspondances, GABARIT)
        assert set(lue.tableaux) == set(GABARIT)
        for nom, tableau in lue.tableaux.items():
            requis = {champ.nom for champ in GABARIT[nom].champs if champ.requis}
            assert requis <= set(tableau.recettes)
    assert charger("export_facilitateur", correspondances, GABARIT).tableau_de("heures.csv") == "heures"


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("x =", "fichier TOML invalide"),
        ("identite = true\ntruc = 1", "clé « truc » inconnue à la racine"),
        ("", "aucun tableau décrit"),
        ("[tables.lots]\nfichier = 'x.csv'", "[tables.lots] n’est pas un tableau du gabarit"),
        ("[tables.heures]\n", "[tables.heures] ne dit ni fichier ni feuille"),
        ("[tables.heures]\nfichier='h.csv'\n[tables.heures.colonnes]\nduree='x'", "« duree » n’est pas une colonne"),
        ("[tables.heures]\nfichier='h.csv'\n[tables.heures.colonnes]\nmois={}", "soit colonne, soit colonnes"),
        ("[tables.heures]\nfichier='h.csv'\n[tables.heures.colonnes]\nmois=3", "entre accolades est attendu"),
        ("identite = true\n[format]\nencodage = 'morse'", "encodage « morse » inconnu"),
        ("identite = true\n[format]\nseparateur = ';;'", "un seul caractère"),
        ("identite = true\n[format]\ndecimale = ','\nmilliers = ','", "différents"),
        ("identite = true\n[format]\ndates = ['%Q']", "format de date « %Q » non compris"),
    ],
)
def test_faute_nommee(tmp_path: Path, texte: str, message: str) -> None:
    with pytest.raises(SourceIllisible) as erreur:
        lire(tmp_path, texte)
    assert "essai.toml" in str(erreur.value)
    assert message in str(erreur.value)


def test_correspondance_introuvable(tmp_path: Path) -> None:
    with pytest.raises(SourceIllisible, match="« absente » introuvable"):
        charger("absente", tmp_path, GABARIT)


RECETTES = """
[format]
separateur = ";"
decimale = ","
milliers = "."
vrai = ["O"]
faux = ["N"]

[tables.personnes]
fichier = "P.csv"
ignorer = ["Rien"]
[tables.personnes.colonnes]
personne_id = { colonnes = ["Antenne", "Numéro"], jointure = "/", prefixe = "X-" }
sexe = { colonne = "Civilité", valeurs = { "Mme" = "F", "M." = "H" } }
annee_naissance = "Année"
niveau_formation = { colonne = "Niveau", separateur = " - ", partie = 2 }
publics = { indicateurs = { "RSA" = "rsa", "RQTH" = "rqth", "Absent" = "qpv" } }
commune_residence = { constante = "93066" }
prescripteur = "Colonne fantôme"
mois_sans_emploi = { colonne = "Années", facteur = 12 }
"""


def test_recettes(tmp_path: Path, con: duckdb.DuckDBPyConnection, journal: Journal) -> None:
    chemin = ecrire(tmp_path, RECETTES)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "p.CSV").write_text(
        "Antenne;Numéro;Civilité;Année;Niveau;RSA;RQTH;Années;Rien\nNord;7;Mme;1.990;III - CAP, BEP;O;x;1,5;z\n",
        encoding="utf-8",
    )
    declaration = Declaration(tmp_path / "source", "suivi", correspondance=str(chemin))
    charger_suivi(con, declaration, journal, b"k", tmp_path)
    finaliser(con, journal)
    lu = con.execute(
        "SELECT sexe, annee_naissance, niveau_formation, publics, commune_residence, prescripteur, mois_sans_emploi "
        "FROM suivi_personnes"
    ).fetchone()
    assert lu == ("F", 1990, "cap_bep", ["rqth", "rsa"], "93066", "autre", 18)
    assert con.execute("SELECT nature, regle, feuille, colonne FROM constat ORDER BY ALL").fetchall() == [
        ("avertissement", "colonne_absente", "p.CSV", "Absent"),
        ("avertissement", "colonne_absente", "p.CSV", "Colonne fantôme"),
        ("correction", "format_corrige", "p.CSV", "Niveau"),
    ]


def test_colonne_ignoree_mais_nominative(tmp_path: Path, con: duckdb.DuckDBPyConnection, journal: Journal) -> None:
    chemin = ecrire(tmp_path, RECETTES.replace('"Rien"', '"Téléphone"'))
    source = tmp_path / "P.csv"
    source.write_text("Antenne;Numéro;Civilité;Année;Niveau;Téléphone\nNord;7;Mme;1990;x;\n", encoding="utf-8")
    declaration = Declaration(source, "suivi", correspondance=str(chemin))
    with pytest.raises(SourceIllisible, match="la colonne « Téléphone » ressemble à un identifiant direct"):
        charger_suivi(con, declaration, journal, b"k", tmp_path)
    assert con.execute("SELECT count(*) FROM suivi_personnes").fetchone() == (0,)
