"""Checks a snapshot before it is published; a failed check stops the publication."""

from __future__ import annotations

import duckdb

#: French sentence → query that must return 0.
CONTROLES: dict[str, str] = {
    "des heures sans marché": "SELECT count(*) FROM heures ANTI JOIN marche USING (marche_no)",
    "des heures sans personne": "SELECT count(*) FROM heures ANTI JOIN personne USING (personne_no)",
    "des contrats sans marché": "SELECT count(*) FROM contrat ANTI JOIN marche USING (marche_no)",
    "des marchés en double": "SELECT count(*) - count(DISTINCT marche_no) FROM marche",
    "des marchés sans acheteur connu": ("SELECT count(*) FROM marche m ANTI JOIN acheteur a ON a.siret = m.acheteur"),
    "des heures perdues entre la lecture et l’instantané": (
        "SELECT abs((SELECT coalesce(sum(heures), 0) FROM travail.suivi_heures)"
        " - (SELECT coalesce(sum(heures), 0) FROM heures)) > 0.5"
    ),
    "des contrats sans personne": "SELECT count(*) FROM contrat ANTI JOIN personne USING (personne_no)",
    "des parcours sans type": (
        "SELECT count(*) FROM personne p ANTI JOIN parcours_type t ON t.groupe = p.parcours"
        " WHERE p.parcours IS NOT NULL"
    ),
    "un maître d’ouvrage nommé alors que sa diffusion est agrégée": (
        "SELECT (SELECT count(*) FROM acheteur a JOIN agrege g ON g.siren = left(a.siret, 9))"
        " + (SELECT count(*) FROM marche m JOIN agrege g ON g.siren = left(m.acheteur_siret, 9)"
        "    WHERE m.acheteur <> 'grands_projets' OR m.siege_epci IS NOT NULL OR m.siege_commune IS NOT NULL"
        "    OR m.programme <> 'ensemble' OR m.operation_id IS NOT NULL)"
        " + (SELECT count(*) FROM operation o JOIN agrege g ON g.siren = left(o.maitre_ouvrage_siret, 9))"
        " + (SELECT count(*) FROM candidat c JOIN marche m USING (marche_no)"
        "    JOIN agrege g ON g.siren = left(m.acheteur_siret, 9))"
    ),
    "des lots suivis perdus": (
        "SELECT abs((SELECT count(*) FROM travail.suivi_marches)"
        " - (SELECT count(*) FROM marche WHERE origine <> 'decp'))"
    ),
    "un marché publié compté deux fois": (
        "SELECT count(*) FROM marche d JOIN marche s USING (uid) WHERE d.origine = 'decp' AND s.origine = 'decp+suivi'"
    ),
    "un rapprochement contraire à ses règles": (
        "SELECT count(*) FROM marche m WHERE (origine = 'decp') <> (rapprochement IS NULL)"
        " OR (origine = 'decp+suivi') <> coalesce(rapprochement IN ('exact', 'probable'), false)"
        " OR rapprochement_score NOT BETWEEN 0 AND 1"
        " OR rapprochement = 'probable' AND (SELECT count(*) FROM marche a WHERE a.uid = m.uid) > 1"
    ),
    "une table de perturbation incomplète": "SELECT abs(9 * 256 - count(DISTINCT (pcv, ckey))) FROM ptable",
    "des heures perdues dans le cumul par année": (
        "SELECT abs((SELECT coalesce(sum(heures), 0) FROM presence)"
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
    "des lots suivis sans projection ni motif": (
        "SELECT (SELECT count(*) FROM marche WHERE origine <> 'decp') - (SELECT count(*) FROM lot)"
        " + (SELECT count(*) FROM lot WHERE (etat = 'nd') <> (motif IS NOT NULL))"
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
