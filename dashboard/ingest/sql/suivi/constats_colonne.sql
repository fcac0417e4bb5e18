-- But : inscrire tout ce qui a été corrigé, vidé ou rejeté dans une colonne du tableau en cours.
-- Grain : une valeur en défaut.
-- Colonnes : celles de constat ; la valeur d’une colonne confidentielle n’est jamais recopiée.
INSERT INTO constat
SELECT
    $source,
    CASE WHEN $colonne IS NOT NULL THEN 'correction'
        WHEN $texte IS NULL THEN $nature_absent ELSE $nature_invalide END,
    $feuille, numero_ligne, $colonne_source,
    CASE WHEN NOT $confidentiel THEN left($texte, 200) END,
    CASE WHEN $colonne IS NOT NULL THEN $regle_corrige
        WHEN $texte IS NULL THEN 'obligatoire_absent'
        WHEN $hors_bornes THEN 'hors_bornes' ELSE $regle_invalide END,
    CASE WHEN $colonne IS NOT NULL AND $confidentiel THEN $message_corrige
        WHEN $colonne IS NOT NULL THEN concat($message_corrige, ' Valeur retenue : « ', left(CAST($colonne AS VARCHAR), 200), ' ».')
        WHEN $texte IS NULL THEN $message_absent
        ELSE $message_invalide END
FROM suivi_type
WHERE $en_defaut
