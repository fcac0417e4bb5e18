-- But : verser dans la table définitive les lignes qu’aucune règle n’a rejetées.
-- Grain : une ligne retenue du tableau en cours.
-- Colonnes : celles du gabarit, puis source_id et numero_ligne (et cle_enregistrement pour les personnes).
INSERT INTO $table BY NAME
SELECT $colonnes, $source AS source_id, t.numero_ligne
FROM suivi_type AS t $jointure
WHERE t.numero_ligne NOT IN (
    SELECT ligne FROM constat
    WHERE source_id = $source AND feuille = $feuille AND nature = 'rejet' AND ligne IS NOT NULL)
