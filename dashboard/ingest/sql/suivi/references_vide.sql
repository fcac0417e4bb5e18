-- But : vider une référence facultative (l’opération d’un lot) qui n’existe pas, en gardant la ligne.
-- Grain : une ligne dont la référence est inconnue.
-- Colonnes : celles de constat.
INSERT INTO constat
SELECT
    t.source_id, 'correction', l.feuille, t.numero_ligne, c.colonne_source, $valeur, 'reference_absente', $message
FROM $table AS t
LEFT JOIN suivi_lecture AS l ON l.source_id = t.source_id AND l.tableau = $tableau
LEFT JOIN suivi_colonne AS c ON c.source_id = t.source_id AND c.tableau = $tableau AND c.colonne = $nom
WHERE t.$colonne IS NOT NULL AND NOT EXISTS (SELECT 1 FROM $cible AS r WHERE r.$cle = t.$colonne);
UPDATE $table AS t SET $colonne = NULL
WHERE t.$colonne IS NOT NULL AND NOT EXISTS (SELECT 1 FROM $cible AS r WHERE r.$cle = t.$colonne);
