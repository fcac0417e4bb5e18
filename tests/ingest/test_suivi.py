"""The follow-up loader: same data in three shapes, each kind of bad input, pseudonyms, no leak."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dashboard.ingest import gabarit
from dashboard.ingest.journal import Declaration, Journal, SourceIllisible
from dashboard.ingest.suivi import charger, finaliser
from tests.ingest.conftest import references
from tests.ingest.suivi_exemple import donnees, ecrire_classeur, ecrire_csv, ecrire_export

CLE = b"cle-des-essais"
Charge = Callable[..., None]
LUES = 12


@pytest.fixture
def charge(con: duckdb.DuckDBPyConnection, journal: Journal, correspondances: Path) -> Charge:
    """Load one or several sources, then finalise."""

    def _charge(*chemins: Path, correspondance: str = "gabarit") -> None:
        for chemin in chemins:
            declaration = Declaration(chemin, "suivi", correspondance=correspondance)
            charger(con, declaration, journal, CLE, correspondances)
        finaliser(con, journal)

    return _charge


def contenu(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """Every result table, without source and line numbers."""
    return {
        nom: con.execute(
            f"SELECT * EXCLUDE (source_id, numero_ligne) FROM suivi_{nom} ORDER BY ALL"
        ).fetchall()
        for nom in gabarit.charger()
    }  # fmt: skip


def constats(con: duckdb.DuckDBPyConnection, nature: str | None = None) -> list[tuple[object, ...]]:
    """Findings as (nature, rule, sheet, line, column, value)."""
    return con.execute(
        "SELECT nature, regle, feuille, ligne, colonne, valeur FROM constat "
        "WHERE $1 IS NULL OR nature = $1 ORDER BY ALL",
        [nature],
    ).fetchall()


def modifier(dossier: Path, fichier: str, avant: str, apres: str) -> None:
    """Replace a text in a written CSV, which must hold it."""
    chemin = dossier / fichier
    texte = chemin.read_text(encoding="utf-8")
    assert avant in texte
    chemin.write_text(texte.replace(avant, apres), encoding="utf-8")


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """The example as a folder of CSV."""
    return ecrire_csv(tmp_path / "suivi", donnees())


def hacher(brut: str) -> str:
    return hmac.new(CLE, brut.encode(), hashlib.sha256).hexdigest()


def test_le_gabarit_est_lu_sans_constat(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    charge(dossier)
    assert constats(con) == []
    assert con.execute("SELECT lues, retenues, rejetees, hors_champ FROM source").fetchone() == (LUES, LUES, 0, 0)
    lu = con.execute(
        "SELECT personne_id, publics, qpv, annee_naissance, cle_enregistrement, numero_ligne FROM suivi_personnes "
        "ORDER BY numero_ligne"
    ).fetchall()
    empreinte = hacher("D-P-000001")
    assert lu[0] == (empreinte, ["qpv", "rsa"], True, 1990, int(empreinte[:2], 16), 2)
    heures = con.execute("SELECT mois::VARCHAR, heures, statut FROM suivi_heures ORDER BY mois").fetchall()
    assert heures[0] == ("2019-06-01", 120.25, "validee")
    assert con.execute("SELECT programme FROM suivi_operations ORDER BY operation_id").fetchall() == [
        ("gpe_16",),
        ("hors_programme",),
    ]


@pytest.mark.parametrize("forme", ["classeur", "export"])
def test_trois_formes_memes_tables(
    charge: Charge, con: duckdb.DuckDBPyConnection, journal: Journal, correspondances: Path, tmp_path: Path, forme: str
) -> None:
    charge(ecrire_csv(tmp_path / "suivi", donnees()))
    attendu = contenu(con)
    for nom in attendu:
        con.execute(f"DROP TABLE suivi_{nom}")
    if forme == "classeur":
        charge(ecrire_classeur(tmp_path / "suivi.xlsx", donnees()))
    else:
        charge(ecrire_export(tmp_path / "export"), correspondance="export_facilitateur")
    assert contenu(con) == attendu
    assert constats(con) == []


def test_valeurs_fautives(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    modifier(dossier, "heures.csv", "151,declaree", "300,declaree")
    modifier(dossier, "heures.csv", "D-C2,2020-02,0", "D-C2,2020-02,-1")
    modifier(dossier, "contrats.csv", "2019-06-03,2019-12-31", "31/12/2019,2019-06-03")
    modifier(dossier, "personnes.csv", "cap_bep", "inconnu")
    modifier(dossier, "marches.csv", "1234500.5", '"1 234 500,50 €"')
    modifier(dossier, "operations.csv", "94028", "93059")
    charge(dossier)
    assert constats(con) == [
        ("correction", "commune_ancienne", "operations.csv", 3, "commune_insee", "93059"),
        ("correction", "dates_inversees", "contrats.csv", 2, "date_debut", "31/12/2019 → 03/06/2019"),
        ("correction", "format_corrige", "contrats.csv", 2, "date_debut", "31/12/2019"),
        ("correction", "format_corrige", "marches.csv", 2, "montant_ht", "1 234 500,50 €"),
        ("correction", "hors_nomenclature", "personnes.csv", 2, "niveau_formation", None),
        ("rejet", "hors_bornes", "heures.csv", 3, "heures", "300"),
        ("rejet", "hors_bornes", "heures.csv", 4, "heures", "-1"),
    ]
    assert con.execute("SELECT montant_ht FROM suivi_marches").fetchone() == (1234500.5,)
    assert con.execute("SELECT niveau_formation FROM suivi_personnes WHERE sexe = 'F'").fetchone() == ("nd",)
    assert con.execute("SELECT lues, retenues, rejetees FROM source").fetchone() == (LUES, LUES - 2, 2)


def test_lots_obligatoire_inconnu_ou_deduit(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    ligne = (dossier / "marches.csv").read_text(encoding="utf-8").splitlines()[1]
    lignes = [
        ligne.replace("D-M1", "D-M2").replace("travaux,gros_oeuvre", ",?"),
        ligne.replace("D-M1", "D-M3").replace("execution", "mystere"),
        ligne.replace("D-M1", "D-M4").replace("2019-05-01", ""),
    ]
    with (dossier / "marches.csv").open("a", encoding="utf-8") as flux:
        flux.write("\n".join(lignes) + "\n")
    charge(dossier)
    assert con.execute("SELECT secteur, type_achat FROM suivi_marches WHERE marche_id = 'D-M2'").fetchone() == (
        "gros_oeuvre",
        "travaux",
    )
    assert constats(con) == [
        ("correction", "deduit", "marches.csv", 3, "secteur", "?"),
        ("correction", "deduit", "marches.csv", 3, "type_achat", None),
        ("rejet", "hors_nomenclature", "marches.csv", 4, "type_clause", "mystere"),
        ("rejet", "obligatoire_absent", "marches.csv", 5, "date_notification", None),
    ]


def test_references_et_doublons(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path, tmp_path: Path) -> None:
    modifier(dossier, "marches.csv", "D-OP1", "D-OP9")
    modifier(dossier, "contrats.csv", "D-C2,D-M1", "D-C2,D-M9")
    modifier(dossier, "sorties.csv", "D-P-000001", "D-P-000009")
    with (dossier / "heures.csv").open("a", encoding="utf-8") as flux:
        flux.write("D-C1,2019-06,1,validee\n")
    seconde = {"operations": donnees()["operations"][:1]}
    charge(dossier, ecrire_csv(tmp_path / "seconde", seconde))
    assert constats(con, "rejet") == [
        ("rejet", "doublon", "heures.csv", 5, "contrat_id", "D-C1"),
        ("rejet", "doublon", "operations.csv", 2, "operation_id", "D-OP1"),
        ("rejet", "reference_absente", "contrats.csv", 3, "marche_id", "D-M9"),
        ("rejet", "reference_absente", "heures.csv", 4, "contrat_id", "D-C2"),
        ("rejet", "reference_absente", "sorties.csv", 2, "personne_id", None),
    ]
    assert ("correction", "reference_absente", "marches.csv", 2, "operation_id", "D-OP9") in constats(con)
    message = con.execute("SELECT message FROM constat WHERE source_id = 2 AND regle = 'doublon'").fetchone()
    assert message is not None
    assert "déjà reçue de la source « suivi », ligne 2" in message[0]
    assert con.execute("SELECT lues, retenues, rejetees FROM source ORDER BY source_id").fetchall() == [
        (LUES + 1, LUES - 3, 4),
        (1, 0, 1),
    ]


def test_prescripteur_sensible_sans_ligne_ni_valeur(
    charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path
) -> None:
    modifier(dossier, "personnes.csv", "mission_locale", "SPIP")
    charge(dossier)
    assert con.execute("SELECT prescripteur FROM suivi_personnes WHERE sexe = 'F'").fetchone() == ("autre",)
    assert constats(con) == [("correction", "valeur_sensible", "personnes.csv", None, "prescripteur", None)]


def test_publics_et_residence(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    modifier(dossier, "personnes.csv", "qpv|rsa,93066", "rsa|zzz,93999")
    modifier(dossier, "personnes.csv", "deld,75056", ",75118")
    charge(dossier)
    assert con.execute("SELECT publics, commune_residence FROM suivi_personnes ORDER BY sexe").fetchall() == [
        (["autre", "rsa"], None),
        ([], "75056"),
    ]
    assert constats(con) == [
        ("correction", "commune_ancienne", "personnes.csv", None, "commune_residence", "75118"),
        ("correction", "commune_inconnue", "personnes.csv", 2, "commune_residence", None),
        ("correction", "hors_nomenclature", "personnes.csv", 2, "publics", None),
        ("correction", "obligatoire_absent", "personnes.csv", 3, "publics", None),
    ]


@pytest.mark.parametrize(
    ("ecrite", "lue"),
    [("60175", "60175"), ("2A004", "2A004"), ("2b033", "2B033"), ("97411", "97411"), ("98818", "98818")]
    + [(code, None) for code in ("93999", "75999", "20004", "99109", "00123", "97901", "Lille")],
)
def test_residence_hors_region_gardee(
    charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path, ecrite: str, lue: str | None
) -> None:
    """Living elsewhere in France is no fault; only a malformed code, or one unknown in the region, is emptied."""
    modifier(dossier, "personnes.csv", "qpv|rsa,93066", f"qpv|rsa,{ecrite}")
    charge(dossier)
    assert con.execute("SELECT commune_residence FROM suivi_personnes WHERE sexe = 'F'").fetchone() == (lue,)
    regles = {regle for _, regle, *_ in constats(con)} - {"format_corrige"}
    assert regles == (set() if lue else {"commune_inconnue"})


def test_lot_hors_region_rejete(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    modifier(dossier, "marches.csv", ",93066,", ",60175,")
    charge(dossier)
    assert ("rejet", "commune_inconnue") in {(nature, regle) for nature, regle, *_ in constats(con)}


def test_heures_hors_contrat_gardees(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    """Before the first month or after the last: said, not rejected; the first and last months are inside."""
    exemple = donnees()
    exemple["contrats"][0] |= {"date_debut": "2019-06-20", "date_fin": "2019-07-02"}
    exemple["contrats"][1] |= {"date_debut": "2020-02-01", "date_fin": ""}
    exemple["heures"] += [
        {"contrat_id": "D-C1", "mois": mois, "heures": "10", "statut": "validee"} for mois in ("2019-05", "2019-08")
    ]
    exemple["heures"].append({"contrat_id": "D-C2", "mois": "2031-01", "heures": "10", "statut": "validee"})
    charge(ecrire_csv(dossier.parent / "hors", exemple))
    assert constats(con, "avertissement") == [
        ("avertissement", "heures_hors_contrat", "heures.csv", 5, "mois", "2019-05"),
        ("avertissement", "heures_hors_contrat", "heures.csv", 6, "mois", "2019-08"),
    ]
    assert con.execute("SELECT count(*) FROM suivi_heures").fetchone() == (6,)


def test_fichier_en_latin1_transcode(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    chemin = dossier / "operations.csv"
    chemin.write_bytes(chemin.read_text(encoding="utf-8").encode("cp1252"))
    charge(dossier)
    assert con.execute("SELECT nom FROM suivi_operations ORDER BY operation_id").fetchall() == [
        ("Gare de l'Étoile",),
        ("École",),
    ]
    assert constats(con) == [("correction", "encodage", "operations.csv", None, None, None)]


def test_lignes_irregulieres_gardent_leur_numero(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    (dossier / "operations.csv").write_text(
        "operation_id;nom;maitre_ouvrage_siret\n"
        '\nA;"Deux\nlignes";21750001600019\nB;trop;21750001600019;de;champs\n'
        'C;"jamais fermé;21750001600019\nD;Saine;123\n',
        encoding="utf-8",
    )
    charge(dossier)
    assert con.execute(
        "SELECT operation_id, nom, numero_ligne FROM suivi_operations WHERE source_id = 1"
    ).fetchall() == [("A", "Deux\nlignes", 3)]
    assert [c[1:5] for c in constats(con) if c[2] == "operations.csv"] == [
        ("separateur", "operations.csv", None, None),
        ("ligne_malformee", "operations.csv", 5, None),
        ("ligne_malformee", "operations.csv", 6, None),
        ("valeur_invalide", "operations.csv", 7, "maitre_ouvrage_siret"),
    ]


def test_fichiers_vides_absents_et_colonnes_manquantes(
    charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path
) -> None:
    (dossier / "sorties.csv").write_bytes(b"")
    (dossier / "formations.csv").unlink()
    (dossier / "autre.csv").write_text("a,b\n", encoding="utf-8")
    modifier(dossier, "heures.csv", "contrat_id,mois", "contrat_id,Periode")
    modifier(dossier, "operations.csv", "programme", "Programme ")
    modifier(dossier, "operations.csv", "ligne,", "tronçon,")
    charge(dossier)
    assert constats(con) == [
        ("avertissement", "colonne_inconnue", "heures.csv", None, "Periode", None),
        ("avertissement", "colonne_inconnue", "operations.csv", None, "tronçon", None),
        ("avertissement", "fichier_absent", "formations", None, None, None),
        ("avertissement", "fichier_ignore", "autre.csv", None, None, None),
        ("rejet", "colonne_absente", "heures.csv", None, "mois", None),
        ("rejet", "fichier_illisible", "sorties.csv", None, None, None),
    ]
    assert con.execute("SELECT lues, retenues, rejetees FROM source").fetchone() == (LUES - 2, LUES - 5, 3)


def test_classeur_feuille_absente_vide_ou_en_trop(
    charge: Charge, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    tables = donnees()
    del tables["formations"]
    tables["Notes"] = [{"Remarque": "rien"}]
    charge(ecrire_classeur(tmp_path / "suivi.xlsx", tables))
    assert constats(con) == [
        ("avertissement", "feuille_absente", "formations", None, None, None),
        ("avertissement", "feuille_ignoree", "Notes", None, None, None),
    ]


@pytest.mark.parametrize("part", [0.0, 0.1, 0.6, 0.95])
def test_classeur_tronque(
    charge: Charge, con: duckdb.DuckDBPyConnection, journal: Journal, tmp_path: Path, part: float
) -> None:
    chemin = ecrire_classeur(tmp_path / "suivi.xlsx", donnees())
    octets = chemin.read_bytes()
    chemin.write_bytes(octets[: int(len(octets) * part)])
    with pytest.raises(SourceIllisible, match=r"suivi\.xlsx : "):
        charge(chemin)
    finaliser(con, journal)
    assert con.execute("SELECT lues, retenues FROM source").fetchone() == (0, 0)
    assert [c[:2] for c in constats(con)] == [("rejet", "source_illisible")]


def test_rien_d_utilisable(charge: Charge, tmp_path: Path) -> None:
    with pytest.raises(SourceIllisible, match="n’existe pas"):
        charge(tmp_path / "absent.csv")
    image = tmp_path / "operations.csv"
    image.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(SourceIllisible, match=r"operations\.csv"):
        charge(image)
    with pytest.raises(SourceIllisible, match="aucun tableau utilisable"):
        charge(tmp_path / ".." / tmp_path.name)


def test_sans_source_les_tables_existent(con: duckdb.DuckDBPyConnection, journal: Journal) -> None:
    finaliser(con, journal)
    assert all(lignes == [] for lignes in contenu(con).values())


REFUS = [
    ("personnes.csv", "mois_sans_emploi", "Nom", None),
    ("personnes.csv", "mois_sans_emploi", "Prénom", None),
    ("contrats.csv", "rome", "Date de naissance", None),
    ("heures.csv", "statut", "N° Sécurité sociale", None),
    ("personnes.csv", "D-P-000001", "jeanne.exemple@exemple.fr", 2),
    ("personnes.csv", "D-P-000002", "184127512345678", 3),
    ("personnes.csv", "1990", "12/05/1990", 2),
    ("formations.csv", "CACES", "CACES (06 12 34 56 78)", 2),
    ("operations.csv", "École", "École, joindre le +33612345678", 3),
]


@pytest.mark.parametrize(("fichier", "avant", "apres", "ligne"), REFUS)
def test_identifiant_direct_refuse_le_fichier(
    charge: Charge,
    con: duckdb.DuckDBPyConnection,
    dossier: Path,
    fichier: str,
    avant: str,
    apres: str,
    ligne: int | None,
) -> None:
    modifier(dossier, fichier, avant, apres)
    for autre in dossier.iterdir():
        if autre.name not in {fichier, "sorties.csv"}:
            autre.unlink()
    charge(dossier)
    refus = con.execute("SELECT feuille, ligne, valeur, message FROM constat WHERE regle = 'identifiant_direct'")
    trouves = refus.fetchall()
    assert [t[:3] for t in trouves] == [(fichier, ligne, None)]
    assert fichier in trouves[0][3]
    assert con.execute(f"SELECT count(*) FROM suivi_{fichier[:-4]}").fetchone() == (0,)
    if ligne is not None:
        assert all(apres not in str(valeur) for constat in con.execute("FROM constat").fetchall() for valeur in constat)


def test_identifiant_dans_une_feuille_refuse_le_classeur(
    charge: Charge, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    tables = donnees()
    tables["Contacts"] = [{"Nom": "Exemple", "Portable": ""}]
    with pytest.raises(SourceIllisible, match=r"feuille « Contacts » : la colonne « Nom »"):
        charge(ecrire_classeur(tmp_path / "suivi.xlsx", tables))
    assert all(lignes == [] for lignes in contenu(con).values())


def test_aucun_identifiant_brut_dans_la_base(correspondances: Path, tmp_path: Path, dossier: Path) -> None:
    modifier(dossier, "contrats.csv", "D-P-000002", "D-P-SECRET9")
    modifier(dossier, "personnes.csv", "1990", "19900")
    base = tmp_path / "travail.duckdb"
    with duckdb.connect(str(base)) as connexion:
        references(connexion)
        journal = Journal(connexion)
        charger(connexion, Declaration(dossier, "suivi"), journal, CLE, correspondances)
        finaliser(connexion, journal)
        connexion.execute("CHECKPOINT")
    octets = base.read_bytes()
    assert hacher("D-P-000001").encode() in octets
    for secret in (b"D-P-000001", b"D-P-000002", b"D-P-SECRET9", b"19900"):
        assert secret not in octets


def test_fichier_sans_titres_ne_fuit_pas(charge: Charge, con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    chemin = dossier / "personnes.csv"
    chemin.write_text("D-P-1,Exemple,jeanne@exemple.fr\nD-P-2,Exemple,x\n", encoding="utf-8")
    sorties = dossier / "sorties.csv"
    sorties.write_text("D-P-1,Exemple,0612345678\nD-P-2,Exemple,x\n", encoding="utf-8")
    charge(dossier)
    ecrits = str(con.execute("SELECT * FROM constat").fetchall())
    assert "la colonne « n° 3 »" in ecrits
    assert not any(valeur in ecrits for valeur in ("jeanne", "0612345678", "D-P-1", "Exemple"))
