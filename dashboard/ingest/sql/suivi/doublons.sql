-- But : ne garder que la première ligne de chaque clé, dans l’ordre des sources puis des lignes.
-- Grain : une ligne en trop.
-- Colonnes : celles de constat ; le message dit où se trouve la première (jamais l’identifiant d’une personne).
CREATE OR REPLACE TEMP TABLE suivi_doublon AS
SELECT source_id, numero_ligne, premiere_source, premiere_ligne, valeur FROM (
    SELECT
        source_id, numero_ligne, $valeur AS valeur,
        first_value(source_id) OVER cle AS premiere_source, first_value(numero_ligne) OVER cle AS premiere_ligne,
        row_number() OVER cle AS rang
    FROM $table WINDOW cle AS (PARTITION BY $cle ORDER BY source_id, numero_ligne))
WHERE rang > 1;
INSERT INTO constat
SELECT
    d.source_id, 'rejet', l.feuille, d.numero_ligne, c.colonne_source, d.valeur, 'doublon',
    CASE WHEN d.premiere_source = d.source_id
        THEN concat('Doublon : $titre de même clé que la ligne ', d.premiere_ligne, '. La ligne est rejetée.')
        ELSE concat('Doublon : $titre de même clé déjà reçue de la source « ', s.fichier, ' », ligne ',
            d.premiere_ligne, '. La ligne est rejetée.') END
FROM suivi_doublon AS d
LEFT JOIN suivi_lecture AS l ON l.source_id = d.source_id AND l.tableau = $tableau
LEFT JOIN suivi_colonne AS c ON c.source_id = d.source_id AND c.tableau = $tableau AND c.colonne = $premiere_cle
LEFT JOIN source AS s ON s.source_id = d.premiere_source;
DELETE FROM $table AS t USING suivi_doublon AS d WHERE t.source_id = d.source_id AND t.numero_ligne = d.numero_ligne;
DROP TABLE suivi_doublon;
