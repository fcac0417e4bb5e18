"""Proof of the joining of lots and contracts: lots whose contract is known, their number hidden, found again.

The lots are those of a snapshot joined by their number or, in a file of real contracts, half of these contracts.
Each is rewritten as a follow-up is typed (words cut or missing, shifted date, another firm of the group, amount with
tax…), and one contract in four is taken out of the publication: the right answer is then « none ». Draws are seeded.
"""

from __future__ import annotations

import json
import random
import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from dashboard.warehouse.fichiers_sql import noms, texte

#: Share of the lots whose contract is left out of the publication.
ABSENTS = 0.25
#: How far the follow-up is from the publication: 0, the same words and figures; 1, the worst met.
SEVERITES = (0.0, 0.3, 0.6, 1.0)
ABREGES = {
    "réhabilitation": "réhab.", "construction": "constr.", "aménagement": "amgt", "travaux": "tvx", "marché": "mché",
    "groupe scolaire": "GS", "rénovation": "rénov.", "maîtrise d.œuvre": "MOE", "entretien": "entr.",
    "fourniture": "fourn.", "maintenance": "maint.",
}  # fmt: skip
PUBLIE = ("uid", "acheteur_siret", "numero", "objet", "cpv", "date_notification", "montant", "montant_initial")


@dataclass(frozen=True, slots=True)
class Lot:
    """What a follow-up says of a lot, and the contract it truly is."""

    uid: str
    acheteur_siret: str
    objet: str | None
    cpv: str | None
    date_notification: date | None
    montant_ht: float | None
    titulaires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bilan:
    """Lots by what the method says of them; ``jumeaux`` are the wrong ones whose two contracts cannot be told apart."""

    lots: int
    a_trouver: int
    probables: int
    faux: int
    jumeaux: int
    a_confirmer: int
    bons_candidats: int

    @property
    def precision(self) -> float:
        """Share of the joined lots whose contract is the true one (1 when none is joined)."""
        return 1 - self.faux / self.probables if self.probables else 1.0

    @property
    def rappel(self) -> float:
        """Share of the lots whose contract is published that are joined to it."""
        return (self.probables - self.faux) / self.a_trouver if self.a_trouver else 1.0


def ouvrir() -> duckdb.DuckDBPyConnection:
    """An empty database with the working one attached, as a build has them."""
    con = duckdb.connect()
    con.execute("ATTACH ':memory:' AS travail")
    return con


def depuis_instantane(con: duckdb.DuckDBPyConnection, instantane: Path) -> list[Lot]:
    """Put the published contracts of a snapshot in the working database; the lots joined by their number alone."""
    con.execute(f"ATTACH '{str(instantane).replace(chr(39), chr(39) * 2)}' AS lu (READ_ONLY)")
    con.sql("SELECT * FROM lu.marche_publie").select(*PUBLIE).create("travail.decp_marche")
    con.execute("CREATE TABLE travail.decp_titulaire AS SELECT uid, type_identifiant, identifiant FROM lu.titulaire")
    lus = con.execute(
        "SELECT uid, acheteur_siret, objet, cpv, date_notification, montant, titulaire_siret FROM lu.marche"
        " WHERE rapprochement = 'exact' AND date_notification IS NOT NULL"
        " QUALIFY count(*) OVER (PARTITION BY uid) = 1 ORDER BY uid"
    ).fetchall()
    con.execute("DETACH lu")
    return [Lot(u, a, o, c, j, m, (t,) if t else ()) for u, a, o, c, j, m, t in lus]


def depuis_json(con: duckdb.DuckDBPyConnection, fichiers: Sequence[Path], graine: int = 1) -> list[Lot]:
    """Put real contracts (JSON of the 2019 order) in the working database; half of them are the lots."""
    marches = [m for f in fichiers for m in json.loads(f.read_text(encoding="utf-8"))["marches"]]
    contrats = {cle: contrat for cle, contrat in (_contrat(m) for m in marches) if contrat}
    lots = [contrats[cle] for cle in sorted(contrats)]
    publies = pd.DataFrame(
        [
            (c.uid, c.acheteur_siret, c.uid[14:], c.objet, c.cpv, c.date_notification, c.montant_ht, c.montant_ht)
            for c in lots
        ],
        columns=list(PUBLIE),
    )
    con.register("publies", publies)
    con.execute(
        "CREATE TABLE travail.decp_marche AS"
        " SELECT * REPLACE (date_notification::DATE AS date_notification) FROM publies"
    )
    firmes = pd.DataFrame([(c.uid, "SIRET", t) for c in lots for t in c.titulaires])
    con.register("firmes", firmes.set_axis(["uid", "type_identifiant", "identifiant"], axis=1))
    con.execute("CREATE TABLE travail.decp_titulaire AS SELECT * FROM firmes")
    rng = random.Random(graine)
    return [lot for lot in lots if rng.random() < 0.5]


def _contrat(marche: dict[str, object]) -> tuple[str, Lot | None]:
    acheteur = marche.get("acheteur")
    siret = str(acheteur.get("id")) if isinstance(acheteur, dict) else ""
    jour = re.match(r"201\d-\d\d-\d\d", str(marche.get("dateNotification")))
    titulaires = marche.get("titulaires")
    firmes = [str(t.get("id")) for t in titulaires if isinstance(t, dict)] if isinstance(titulaires, list) else []
    if len(siret) != 14 or "id" not in marche:
        return "", None
    uid = f"{siret}{marche['id']}"
    montant = re.fullmatch(r"\d+(\.\d+)?", str(marche.get("montant")))
    objet, cpv = marche.get("objet"), marche.get("codeCPV")
    return re.sub("[^A-Za-z0-9]", "", uid), Lot(
        uid,
        siret,
        str(objet) if objet else None,
        str(cpv)[:8] if cpv else None,
        date.fromisoformat(jour[0]) if jour else None,
        float(montant[0]) if montant else None,
        tuple(f for f in firmes if len(f) == 14),
    )


def recrire(rng: random.Random, objet: str, severite: float) -> str:
    """The object of a contract as the follow-up may word it."""
    for long, court in ABREGES.items():
        if rng.random() < severite * 0.7:
            objet = re.sub(long, court, objet, flags=re.IGNORECASE)
    if rng.random() < severite * 0.5:
        objet = re.sub(r"\blots?\s*(n°)?\s*\d+\s*:?", "", objet, flags=re.IGNORECASE)
    mots = [_faute(rng, m, severite) for m in objet.split() if rng.random() > severite * 0.30] or objet.split()[:1]
    morceaux = re.split(r" [–-] ", " ".join(mots))
    tirage = rng.random()
    if tirage < severite * 0.30:
        morceaux = morceaux[-1:] if tirage < severite * 0.15 else morceaux[:1]
    texte_ = " – ".join(morceaux)
    if rng.random() < severite * 0.4:
        texte_ = "".join(c for c in unicodedata.normalize("NFD", texte_) if not unicodedata.combining(c)).upper()
    return texte_


def _faute(rng: random.Random, mot: str, severite: float) -> str:
    if len(mot) <= 4 or rng.random() >= severite * 0.08:
        return mot
    rang = rng.randrange(len(mot))
    return mot[:rang] + mot[rang + 1 :]


def degrader(rng: random.Random, lot: Lot, severite: float, firmes: Sequence[str]) -> Lot:
    """A lot as a follow-up may know it; ``firmes`` are those drawn when the titulaire is another."""
    jour, montant, cpv = lot.date_notification, lot.montant_ht, lot.cpv
    titulaire = rng.choice(lot.titulaires) if lot.titulaires else None
    if jour and rng.random() < severite * 0.5:
        ecart = rng.gauss(0, 12) if rng.random() < 0.75 else rng.uniform(-90, 90)
        jour += timedelta(days=int(ecart))
    if rng.random() < severite * 0.05:
        jour = None
    tirage = rng.random() / severite if severite else 1
    if tirage < 0.30:
        titulaire = rng.choice(firmes) if tirage < 0.15 else None
    tirage = rng.random() / severite if severite else 1
    if montant and tirage < 0.60:
        facteur = rng.uniform(0.9, 1.1) if tirage < 0.25 else 1.2 if tirage < 0.4 else rng.uniform(0.3, 3)
        montant = montant * facteur if tirage < 0.5 else None
    tirage = rng.random() / severite if severite else 1
    if cpv and tirage < 0.40:
        cpv = f"{cpv[:2]}000000" if tirage < 0.25 else None
    return replace(
        lot,
        objet=recrire(rng, lot.objet, severite) if lot.objet else None,
        cpv=cpv,
        date_notification=jour,
        montant_ht=montant,
        titulaires=(titulaire,) if titulaire else (),
    )


def cacher(con: duckdb.DuckDBPyConnection, lots: Sequence[Lot], severite: float, graine: int = 1) -> None:
    """Write the lots, without their number, as the follow-up; remove a share of the contracts from the publication."""
    rng = random.Random(graine)
    firmes = [t for lot in lots for t in lot.titulaires] or ["00000000000000"]
    vus = [degrader(rng, lot, severite, firmes) for lot in lots]
    absents = [lot.uid for lot in lots if rng.random() < ABSENTS]
    suivi = pd.DataFrame([asdict(v) | {"titulaire_siret": next(iter(v.titulaires), None)} for v in vus])
    con.register("suivi", suivi.drop(columns="titulaires"))
    con.register("absents", pd.DataFrame({"uid": np.asarray(absents, dtype=object)}))
    con.execute(
        "CREATE TEMP TABLE lu AS SELECT 'L' || row_number() OVER (ORDER BY uid) AS marche_id,"
        " NULL::VARCHAR AS numero_decp, NULL::VARCHAR AS lot,"
        " * REPLACE (date_notification::DATE AS date_notification) FROM suivi"
    )
    con.execute("CREATE TABLE travail.suivi_marches AS SELECT * EXCLUDE (uid) FROM lu")
    con.execute("CREATE TABLE verite AS SELECT marche_id, uid AS publie, uid IN (FROM absents) AS absent FROM lu")
    con.execute("CREATE TABLE retire AS SELECT * FROM travail.decp_marche WHERE uid IN (FROM absents)")
    con.execute("DELETE FROM travail.decp_marche WHERE uid IN (FROM absents)")


def rapprocher(con: duckdb.DuckDBPyConnection) -> None:
    """Run the steps of the build that join the lots and the published contracts."""
    for nom in noms("construction"):
        if nom.startswith("29"):
            con.execute(texte("construction", nom))


BILAN = """
WITH lu AS (
    SELECT r.*, CASE WHEN NOT v.absent THEN v.publie END AS vrai, r.statut = 'probable' AS joint,
           joint AND r.uid IS DISTINCT FROM vrai AS faux,
           EXISTS (FROM travail.decp_marche a, retire b
                   WHERE a.uid = r.uid AND b.uid = v.publie AND lower(a.objet) = lower(b.objet)
                         AND a.montant = b.montant
                         AND abs(a.date_notification - b.date_notification) <= 7) AS jumeau,
           EXISTS (FROM candidat_lu c WHERE c.marche_id = r.marche_id AND c.uid = vrai AND c.rang <= 3) AS bon
    FROM rapprochement r JOIN verite v USING (marche_id)
)
SELECT count(*), count(vrai), count(*) FILTER (joint), count(*) FILTER (faux), count(*) FILTER (faux AND jumeau),
       count(*) FILTER (statut = 'a_confirmer'), count(*) FILTER (statut = 'a_confirmer' AND bon)
FROM lu
"""


def bilan(con: duckdb.DuckDBPyConnection) -> Bilan:
    """What was found again. Twins: in the two contracts, same object and amount, notified within a week."""
    ligne = con.execute(BILAN).fetchone()
    assert ligne is not None
    return Bilan(*ligne)


def tableau(chemins: Sequence[Path]) -> Table:
    """Precision and recall at each severity, on a snapshot (one ``.duckdb``) or on real contracts (``.json``)."""
    resultat = Table(
        "sévérité", "lots", "à trouver", "probables", "précision", "hors jumeaux", "rappel", "à confirmer",
        "dont le bon est proposé", title="Rapprochement des lots et des marchés publiés",
    )  # fmt: skip
    for severite in SEVERITES:
        with ouvrir() as con:
            json_ = chemins[0].suffix == ".json"
            lots = depuis_json(con, chemins) if json_ else depuis_instantane(con, chemins[0])
            cacher(con, lots, severite)
            rapprocher(con)
            b = bilan(con)
        hors_jumeaux = replace(b, faux=b.faux - b.jumeaux).precision
        resultat.add_row(
            f"{severite:.1f}", str(b.lots), str(b.a_trouver), str(b.probables), f"{b.precision:.4f}",
            f"{hors_jumeaux:.4f}", f"{b.rappel:.3f}", str(b.a_confirmer), str(b.bons_candidats),
        )  # fmt: skip
    return resultat


if __name__ == "__main__":
    Console().print(tableau([Path(a) for a in sys.argv[1:]] or [Path("data/instantane/observatoire.duckdb")]))
