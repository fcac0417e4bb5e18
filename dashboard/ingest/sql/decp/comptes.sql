-- Purpose: the account of one file, in contracts: read = kept + out of scope + rejected.
-- Grain: one row.
-- Columns: lues, retenues, rejetees, concessions, inconnus.
SELECT (SELECT count(*) FROM decp_lu) AS lues, (SELECT count(*) FROM decp_propre) AS retenues,
    (SELECT count(*) FROM decp_ecartes) AS rejetees,
    (SELECT count(*) FROM decp_situe WHERE perimetre = 'concession') AS concessions,
    (SELECT count(*) FROM decp_situe WHERE perimetre = 'inconnu' AND n NOT IN (SELECT n FROM decp_ecartes)) AS inconnus;
