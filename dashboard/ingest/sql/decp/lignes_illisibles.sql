-- Purpose: CSV lines that could not be cut into columns become rejects, and the line numbers of the others skip them.
-- Grain: constat, one row per unreadable line; decp_colonnes updated in place.
-- Columns: those of constat.
INSERT INTO constat
SELECT getvariable('decp_source')::INTEGER, 'rejet', NULL, line, NULL, left(any_value(csv_line), 200), 'ligne_csv',
    'Ligne illisible : nombre de colonnes différent de l’en-tête, ou guillemet non fermé.'
FROM decp_rejets GROUP BY line ORDER BY line;

UPDATE decp_colonnes SET ligne = l.ligne
FROM (SELECT row_number() OVER (ORDER BY i) AS n, i AS ligne
      FROM range(2, 2 + (SELECT count(*) FROM decp_colonnes) + (SELECT count(DISTINCT line) FROM decp_rejets)) t(i)
      WHERE i NOT IN (SELECT line FROM decp_rejets)) l
WHERE decp_colonnes.n = l.n AND (SELECT count(*) FROM decp_rejets) > 0;
