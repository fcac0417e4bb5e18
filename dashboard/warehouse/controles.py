"""Checks a snapshot before it is published; a failed check stops the publication."""

from __future__ import annotations

import duckdb

#: French sentence → query that must return 0.
CONTROLES: dict[str, str] = {
    "des heures sans marché": "SELECT count(*) FROM heures ANTI JOIN marche USING (marche_no)",
    "des heures sans personne": "SELECT count(*) FROM heures ANTI JOIN personne USING (personne_no)",
    "des contrats sans marché": "SELECT count(*) FROM contrat ANTI JOIN marche USING (marche_no)",
    "des marchés en double": "SELECT count(*) - count(DISTINCT marche_no) FROM marche",
    "des marchés sans acheteur connu": (
        "SELECT count(*) FROM marche m ANTI JOIN acheteur a ON a.siret = m.acheteur_siret"
    ),
    "des heures perdues entre la lecture et l’instantané": (
        "SELECT abs((SELECT coalesce(sum(heures), 0) FROM travail.suivi_heures)"
        " - (SELECT coalesce(sum(heures), 0) FROM heures)) > 0.5"
    ),
    "des heures perdues dans le cumul par mois": (
        "SELECT abs((SELECT coalesce(sum(realisees), 0) FROM activite)"
        " - (SELECT coalesce(sum(heures), 0) FROM heures)) > 0.5"
    ),
    "des marchés publiés perdus": (
        "SELECT (SELECT count(DISTINCT regexp_replace(uid, '[^A-Za-z0-9]', '', 'g')) FROM travail.decp_marche)"
        " - (SELECT count(DISTINCT regexp_replace(uid, '[^A-Za-z0-9]', '', 'g')) FROM marche WHERE uid IS NOT NULL)"
    ),
    "un identifiant de personne en clair": (
        "SELECT count(*) FROM duckdb_columns() WHERE database_name = current_database()"
        " AND column_name IN ('personne_id', 'annee_naissance', 'contrat_id')"
    ),
}


class ControleEchoue(Exception):
    """The new snapshot is not consistent; it is not published."""


def controler(con: duckdb.DuckDBPyConnection) -> None:
    """Run all the checks on the database open as main, with the working one attached as ``travail``."""
    fautes = []
    for phrase, requete in CONTROLES.items():
        ligne = con.execute(requete).fetchone()
        if ligne is None or ligne[0]:
            fautes.append(f"{phrase} ({int(ligne[0]) if ligne else '?'})")
    if fautes:
        raise ControleEchoue("Instantané non publié, contrôle échoué : " + " ; ".join(fautes) + ".")
