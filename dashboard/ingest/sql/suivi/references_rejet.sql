-- But : rejeter les lignes dont la référence obligatoire (lot, personne, contrat) n’existe pas.
-- Grain : une ligne sans sa référence.
-- Colonnes : celles de constat ; l’identifiant d’une personne n’est jamais recopié.
INSERT INTO constat
SELECT
    t.source_id, 'rejet', l.feuille, t.numero_ligne, c.colonne_source, $valeur, 'reference_absente', $message
FROM $table AS t
LEFT JOIN suivi_lecture AS l ON l.source_id = t.source_id AND l.tableau = $tableau
LEFT JOIN suivi_colonne AS c ON c.source_id = t.source_id AND c.tableau = $tableau AND c.colonne = $nom
WHERE NOT EXISTS (SELECT 1 FROM $cible AS r WHERE r.$cle = t.$colonne);
DELETE FROM $table AS t WHERE NOT EXISTS (SELECT 1 FROM $cible AS r WHERE r.$cle = t.$colonne);
