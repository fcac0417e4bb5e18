-- But : reporter dans le registre des sources les totaux de leurs tableaux.
-- Grain : une source de suivi.
-- Colonnes : source.retenues, source.rejetees (lues = retenues + rejetées).
UPDATE source SET retenues = b.retenues, rejetees = source.lues - b.retenues
FROM (SELECT source_id, sum(retenues) AS retenues FROM suivi_lecture GROUP BY ALL) AS b
WHERE b.source_id = source.source_id
