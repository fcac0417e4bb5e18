-- Purpose: the contracts and followed lots of a selection, to take away; those only published together are never listed.
-- Grain: one row of marche: one followed lot, or one DECP contract without follow-up; the most recent first.
-- Columns: those of contenu/marches.py, in words; titulaire = SIRET of the first holder as the DECP publish it (never the one of the
-- follow-up, which is not published); hours, state and match are NULL for a contract without follow-up.
WITH choisi AS (SELECT * FROM marche WHERE {condition} AND acheteur <> 'grands_projets')
SELECT c.marche_id, c.uid, a.nom, c.acheteur, c.objet, c.cpv, s.libelle AS secteur, y.libelle AS type_achat,
       CASE WHEN c.sociale THEN k.libelle WHEN NOT c.sociale THEN 'Aucune' END AS type_clause, p.libelle AS programme,
       c.montant, c.date_notification, c.duree_mois, t.identifiant AS titulaire, c.exec_dep, d.nom AS departement,
       c.exec_epci, e.nom AS epci, c.exec_commune, v.nom AS commune, c.heures_engagees, l.heures_dues, l.realisees, g.libelle AS etat,
       CASE c.rapprochement WHEN 'exact' THEN 'Exact' WHEN 'probable' THEN 'Probable' WHEN 'a_confirmer' THEN 'À confirmer'
            WHEN 'aucun' THEN 'Aucun' END AS rapprochement, c.rapprochement_score,
       CASE c.origine WHEN 'decp' THEN 'DECP' WHEN 'suivi' THEN 'Suivi d’exécution' ELSE 'DECP et suivi d’exécution' END AS origine
FROM choisi c
LEFT JOIN acheteur a ON a.siret = c.acheteur
LEFT JOIN nomenclature s ON s.liste = 'secteur' AND s.code = CAST(c.secteur AS VARCHAR)
LEFT JOIN nomenclature y ON y.liste = 'type_achat' AND y.code = CAST(c.type_achat AS VARCHAR)
LEFT JOIN nomenclature k ON k.liste = 'type_clause' AND k.code = CAST(c.type_clause AS VARCHAR)
LEFT JOIN nomenclature p ON p.liste = 'programme' AND p.code = CAST(c.programme AS VARCHAR)
LEFT JOIN titulaire t ON t.uid = c.uid AND t.rang = 1 AND t.type_identifiant = 'SIRET'
LEFT JOIN territoire d ON d.niveau = 'departement' AND d.code = c.exec_dep
LEFT JOIN territoire e ON e.niveau = 'epci' AND e.code = c.exec_epci
LEFT JOIN territoire v ON v.niveau = 'commune' AND v.code = c.exec_commune
LEFT JOIN lot l ON l.marche_no = c.marche_no
LEFT JOIN nomenclature g ON g.liste = 'etat_lot' AND g.code = CAST(l.etat AS VARCHAR)
ORDER BY c.marche_no DESC
