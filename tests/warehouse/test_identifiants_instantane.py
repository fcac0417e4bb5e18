"""The published file holds no direct identifier: planted ones are looked for in its bytes and in all its columns."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from dashboard.ingest.journal import Declaration
from dashboard.settings import Settings
from dashboard.warehouse.construction import Bilan, construire
from tests.ingest.suivi_exemple import donnees, ecrire_classeur, ecrire_csv
from tests.ingest.suivi_outils import CLE

pytestmark = pytest.mark.complet

REGLAGES = Settings(cle_secrete=CLE * 3)
#: Undetectable in a free text (a name looks like any word), so dropped with its column.
NOMS = ("Zéphyrine Plantevin", "M. Théodule Quincampoix")
PERSONNES = ("D-P-000001", "D-P-000002")
#: (file, new column or ``None`` for an existing one, title of it, value): each must have its file refused.
INTERDITS = [
    ("personnes", "Nom de famille", "Plantevin-Lenoir"),
    ("contrats", "Observations", "écrire à zephyrine.plantevin@courriel.example"),
    ("formations", "Remarque", "rappeler au 06 98 76 54 32"),
    ("sorties", "Référence", "284127512345678"),
]


def construit(dossier: Path, source: Path) -> tuple[Path, Bilan]:
    cible = dossier / "publie" / "o.duckdb"
    return cible, construire([Declaration(source, "suivi")], cible, reglages=REGLAGES)


def contenus(cible: Path) -> str:
    """Every column of every table and view, as text: what compression may hide from a search of the bytes."""
    with duckdb.connect(str(cible), read_only=True) as con:
        tables = [li[0] for li in con.execute("SELECT table_name FROM information_schema.tables").fetchall()]
        assert {"presence", "personne", "formation", "constat"} <= set(tables)
        return "\n".join(str(con.execute(f'SELECT * FROM "{table}"').fetchall()) for table in tables)


def octets(cible: Path) -> bytes:
    """Bytes of all that the build left in the folder of the snapshot."""
    fichiers = [f for f in cible.parent.rglob("*") if f.is_file()]
    assert cible in fichiers
    return b"".join(f.read_bytes() for f in fichiers)


def trouves(cible: Path, plantes: Iterable[str]) -> list[str]:
    """Which planted texts are somewhere in the file, in clear or in a column, in three encodings."""
    brut, lu = octets(cible), contenus(cible)
    ecritures = ("utf-8", "latin-1", "utf-16-le")
    return [p for p in plantes if p in lu or any(p.encode(e, "ignore") in brut for e in ecritures)]


@pytest.fixture(scope="module")
def publie(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Bilan]:
    """A follow-up accepted whole, with names in free texts that are not kept."""
    tables, dossier = donnees(), tmp_path_factory.mktemp("accepte")
    for nom in ("personnes", "contrats", "heures", "sorties"):
        tables[nom] = [{**ligne, "commentaire_libre": f"Entretien avec {NOMS[0]}"} for ligne in tables[nom]]
    tables["formations"][0]["intitule"] = f"CACES de {NOMS[1]}"
    return construit(dossier, ecrire_classeur(dossier / "suivi.xlsx", tables))


def test_ni_nom_ni_identifiant_d_origine_dans_l_instantane(publie: tuple[Path, Bilan]) -> None:
    cible, bilan = publie
    assert bilan.echecs == []
    assert trouves(cible, ["absent-de-partout", "gros_oeuvre"]) == ["gros_oeuvre"], (
        "la recherche doit trouver ce qui y est"
    )
    with duckdb.connect(str(cible), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM personne").fetchone() == (2,)
        assert con.execute("SELECT count(*) FROM formation").fetchone() == (1,)
    noms = [mot for nom in NOMS for mot in nom.split()[-2:]]
    assert trouves(cible, [*noms, *PERSONNES, "P-00000", "CACES"]) == []


def test_pas_de_pseudonyme_ni_d_annee_de_naissance_ni_de_reference_de_contrat(publie: tuple[Path, Bilan]) -> None:
    """Of the keyed hash, one byte is kept; the year of birth and the reference of the contract are not."""
    cible, _ = publie
    with duckdb.connect(str(cible), read_only=True) as con:
        colonnes = {li[0] for li in con.execute("SELECT column_name FROM information_schema.columns").fetchall()}
        cles = {li[0] for li in con.execute("SELECT cle FROM personne").fetchall()}
    assert {"personne_id", "annee_naissance", "contrat_id", "nom_personne", "mois_sans_emploi"}.isdisjoint(colonnes)
    assert cles <= set(range(256))
    pseudonymes = [hmac.new(CLE * 3, p.encode(), hashlib.sha256).hexdigest() for p in PERSONNES]
    assert {int(p[:2], 16) for p in pseudonymes} == cles
    assert trouves(cible, [*pseudonymes, *(p[:16] for p in pseudonymes), "D-C1", "D-C2"]) == []


def test_un_fichier_qui_porte_un_identifiant_direct_n_entre_pas_du_tout(tmp_path: Path) -> None:
    tables = donnees()
    for nom, colonne, valeur in INTERDITS:
        tables[nom] = [{**ligne, colonne: valeur if i == 0 else "néant"} for i, ligne in enumerate(tables[nom])]
    cible, _ = construit(tmp_path, ecrire_csv(tmp_path / "suivi", tables))
    with duckdb.connect(str(cible), read_only=True) as con:
        refus = con.execute(
            "SELECT feuille, message, valeur FROM constat WHERE regle = 'identifiant_direct'"
        ).fetchall()
        for table in ("personne", "contrat", "sortie", "formation", "heures", "presence"):
            assert con.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        assert con.execute("SELECT count(*) FROM marche").fetchone() == (1,)
    dits = {feuille: message for feuille, message, _ in refus}
    assert dits.keys() == {f"{nom}.csv" for nom, _, _ in INTERDITS}
    for nom, colonne, _ in INTERDITS:
        assert f"{nom}.csv" in dits[f"{nom}.csv"]
        assert colonne in dits[f"{nom}.csv"]
    assert all(valeur is None for _, _, valeur in refus)
    secrets = [mot for _, _, valeur in INTERDITS for mot in valeur.split() if len(mot) > 8]
    assert trouves(cible, [*secrets, "98 76 54 32", *PERSONNES]) == []
