"""What the snapshot keeps of the publications: sizes of firms, subcontracting, lots without dates or hours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.ingest.journal import Declaration
from dashboard.settings import Settings
from dashboard.warehouse.connexion import Instantane
from dashboard.warehouse.construction import RienCharge, construire
from tests.ingest.decp_reference import EXEMPLES, ecrire, variante
from tests.ingest.suivi_exemple import donnees, ecrire_csv

pytestmark = pytest.mark.complet
CLE = Settings(cle_secrete=b"cle-des-essais")
CONNU, INCONNU = "12345678200010", "13002526500013"


def acte(rang: int, siret: str) -> dict[str, Any]:
    qui = {"typeIdentifiant": "SIRET", "id": siret}
    return {"acteSousTraitance": {"id": rang, "sousTraitant": qui, "montant": 1_000, "dateNotification": "2024-06-01"}}


def batir(dossier: Path, *declarations: Declaration) -> duckdb.DuckDBPyConnection:
    construire(declarations, dossier / "o.duckdb", reglages=CLE)
    return duckdb.connect(str(dossier / "o.duckdb"), read_only=True)


def stock(dossier: Path) -> Declaration:
    chemin = dossier / "stock.csv"
    chemin.write_text(
        "siren,nomUniteLegale,categorieEntreprise\n123456782,NOM-TEMOIN,ETI\n130025265,NOM-TEMOIN,PME\n",
        encoding="utf-8",
    )
    return Declaration(chemin, "entreprises")


def test_la_taille_dite_par_les_decp_l_emporte(tmp_path: Path) -> None:
    entete, *rangees = (EXEMPLES / "tabulaire.csv").read_text(encoding="utf-8").splitlines()
    tableau = tmp_path / "tabulaire.csv"
    tableau.write_text(
        "\n".join([f"{entete},titulaire_categorie", f"{rangees[0]},GE", *(f"{r}," for r in rangees[1:])]) + "\n",
        encoding="utf-8",
    )
    con = batir(tmp_path, Declaration(tableau, "decp"), stock(tmp_path))
    lues = con.execute(
        "SELECT categorie, count(*) FROM titulaire WHERE identifiant = ? GROUP BY 1 ORDER BY 1", [CONNU]
    ).fetchall()
    assert lues == [("eti", 1), ("ge", 1)]  # the contract whose file says nothing takes the size of Sirene
    assert con.execute("SELECT count(*) FROM titulaire WHERE categorie IS NULL").fetchone() != (0,)
    assert b"NOM-TEMOIN" not in (tmp_path / "o.duckdb").read_bytes()


def test_taille_et_nom_du_sous_traitant(tmp_path: Path) -> None:
    """The official schema gives neither: the name is that of the titulaire it is elsewhere, the size that of Sirene."""
    titulaire = {"typeIdentifiant": "SIRET", "id": CONNU, "denominationSociale": "Atelier fictif"}
    fiches = [
        variante(id="A1", titulaires=[{"titulaire": titulaire}]),
        variante(id="B2", actesSousTraitance=[acte(1, CONNU), acte(2, INCONNU), acte(3, "99999999900000")]),
    ]
    con = batir(tmp_path, Declaration(ecrire(tmp_path, *fiches), "decp"), stock(tmp_path))
    assert con.execute(
        "SELECT rang, denomination, categorie, montant FROM sous_traitance ORDER BY rang"
    ).fetchall() == [
        (1, "Atelier fictif", "eti", 1_000.0),
        (2, None, "pme", 1_000.0),
        (3, None, None, 1_000.0),
    ]
    colonnes = [nom for nom, *_ in con.execute("DESCRIBE sous_traitance").fetchall()]
    assert colonnes == [
        "uid", "rang", "type_identifiant", "identifiant", "denomination", "categorie", "montant", "date_notification",
        "duree_mois",
    ]  # fmt: skip


def test_des_entreprises_seules_ne_font_pas_un_instantane(tmp_path: Path) -> None:
    with pytest.raises(RienCharge, match="Aucun marché ni suivi"):
        batir(tmp_path, stock(tmp_path))


@pytest.mark.parametrize("colonne", ["date_notification", "heures_engagees"])
def test_un_lot_incomplet_garde_ses_heures(tmp_path: Path, colonne: str) -> None:
    exemple = donnees()
    exemple["marches"][0] |= {colonne: "", "heures_travaillees": "16000", "euros_par_heure": "0"}
    con = batir(tmp_path, Declaration(ecrire_csv(tmp_path / "suivi", exemple), "suivi"))
    assert con.execute("SELECT sum(realisees) FROM activite").fetchone() == (271.25,)
    (lot,) = con.execute(
        f"SELECT {colonne}, heures_travaillees, montant_facture, euros_par_heure FROM marche"
    ).fetchall()
    assert lot == (None, 16_000.0, None, None)


def test_demonstration(instantane: Instantane) -> None:
    con = instantane.curseur()
    assert con.execute("SELECT count(*) FROM sous_traitance ANTI JOIN marche_publie USING (uid)").fetchone() == (0,)
    (parts,) = con.execute(
        "SELECT avg((categorie = 'pme')::INTEGER), avg((categorie IS NULL)::INTEGER) FROM titulaire"
    ).fetchall()
    assert 0.6 < parts[0] < 0.85
    assert parts[1] < 0.08
    modes = dict(con.execute("SELECT mode_obligation, count(heures_travaillees) FROM marche GROUP BY 1").fetchall())
    assert modes["pourcentage"] > 0 == modes["volume"]
