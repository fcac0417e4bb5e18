-- Purpose: the account of one file, in records: read = kept + out of scope + rejected.
-- Grain: one row.
-- Columns: lues, retenues, rejetees, autres (in the region, of no type of ours).
SELECT (SELECT count(*) FROM structures_lu) AS lues, (SELECT count(*) FROM structures_propre) AS retenues,
    (SELECT count(*) FROM structures_ecartes) AS rejetees,
    (SELECT count(*) FROM structures_situe s WHERE perimetre <> 'hors' AND n NOT IN (SELECT n FROM structures_propre)
        AND n NOT IN (FROM structures_ecartes)) AS autres;
