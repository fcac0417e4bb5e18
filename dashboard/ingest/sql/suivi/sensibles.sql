-- But : dire, sans ligne ni effectif, que des prescripteurs sensibles ont été regroupés sous « autre ».
-- Grain : une ligne au plus par colonne.
-- Colonnes : celles de constat (ni ligne ni valeur : elles révéleraient la situation d’une personne).
INSERT INTO constat
SELECT
    $source, 'correction', $feuille, NULL, $colonne_source, NULL, 'valeur_sensible',
    'Des valeurs qui révèlent une situation sensible ont été regroupées sous « autre ».'
FROM suivi_modalite WHERE colonne = $nom AND sensible
LIMIT 1
